import PlanModel
import Scheduling
import WorkingTime

/// The fourteen points of schedule quality of a plan: what was found in which tasks, and whether it is within the usual limit.
///
/// - Source: `Schedule.quality`.
public struct ScheduleQualityReport: Sendable {
    public struct Point: Sendable, Hashable {
        public enum Measured: Sendable, Hashable {
            /// So many of so many, with the greatest share allowed, 0…1.
            case found(Int, of: Int, limit: Double)
            /// An index with the least value wanted.
            case index(Double, least: Double)
        }

        public let kind: QualityCheck.Point
        /// `nil` where what the point needs is not in the plan.
        public let measured: Measured?
        public let passes: Bool?
        /// The tasks found; of links those that wait.
        public let tasks: [RecordID]

        /// 1…14
        public var number: Int { kind.rawValue }
    }

    /// In their order.
    public let points: [Point]

    subscript(kind: QualityCheck.Point) -> Point? { points.first { $0.kind == kind } }

    /// `nil` where tasks have no dates.
    /// - Complexity: O(tasks + links) a point.
    init?(_ planned: PlanSchedule, today: Day, points: [QualityCheck.Point] = QualityCheck.Point.allCases) {
        guard let schedule = planned.schedule else { return nil }
        self.points = schedule.quality(QualityInputs(planned, today: today, for: points), points: points)
            .map { Point($0, planned, schedule.network.links) }
    }
}

extension ScheduleQualityReport.Point {
    fileprivate init(_ check: QualityCheck, _ planned: PlanSchedule, _ links: [Scheduling.Link]) {
        kind = check.point
        passes = check.passes
        switch check.finding {
        case .activities(let found, let count, let limit):
            measured = .found(found.count, of: count, limit: limit)
            tasks = found.map { planned.task(at: $0).id }
        case .links(let found, let count, let limit):
            measured = .found(found.count, of: count, limit: limit)
            tasks = Set(found.map { links[$0].successor }).sorted().map { planned.task(at: $0).id }
        case .index(let value, let least):
            measured = .index(value, least: least)
            tasks = []
        case .notAssessed:
            measured = nil
            tasks = []
        }
    }

    /// What was measured and what is allowed, for a table.
    public var texts: (found: String, limit: String) {
        switch measured {
        case .found(let count, let all, let limit): ("\(count) / \(all)", limit == 0 ? "0" : "≤ \(limit.percent)")
        case .index(let value, let least): (value.hundredths, "≥ \(least.hundredths)")
        case nil: ("—", "—")
        }
    }

    public var verdict: Label {
        switch passes {
        case true?: Label("达标", "Met")
        case false?: Label("未达标", "Not met")
        case nil: Label("未评估", "Not assessed")
        }
    }
}

extension Double {
    /// At most two decimals.
    fileprivate var hundredths: String { DisplayText.number((self * 100).rounded() / 100) }
}

extension QualityInputs {
    fileprivate init(_ planned: PlanSchedule, today: Day, for points: [QualityCheck.Point]) {
        self.init()
        let outside = planned.external.known.count
        minutesPerDay = planned.calendars.minutesPerDay
        self.today = today.start..<(today + 1).start
        if points.contains(.missedBaseline) || points.contains(.baselineExecutionIndex) {
            let finishes = planned.tasks.map { task in task.baselineFinish.map { ($0 + 1).start } }
            if finishes.contains(where: { $0 != nil }) { baselineFinish = finishes + Array(repeating: nil, count: outside) }
        }
        if points.contains(.missingResources) {
            let staffed = planned.tasks.map(\.isStaffed)
            if staffed.contains(true) { isStaffed = staffed + Array(repeating: true, count: outside) }
        }
    }
}

extension Typed where K == PlanTask {
    fileprivate var isStaffed: Bool { !(self.assignments ?? []).isEmpty }
}

extension QualityCheck.Point {
    public var label: Label {
        switch self {
        case .missingLogic: Label("缺少前置或后续", "Missing logic")
        case .leads: Label("提前量", "Leads")
        case .lags: Label("间隔", "Lags")
        case .otherLinkKinds: Label("「完成—开始」以外的关系", "Links other than finish to start")
        case .hardConstraints: Label("硬性限制", "Hard constraints")
        case .highFloat: Label("时差过大", "High float")
        case .negativeFloat: Label("负时差", "Negative float")
        case .highDuration: Label("工期过长", "High duration")
        case .invalidDates: Label("日期不成立", "Invalid dates")
        case .missingResources: Label("没有投入人员", "No resources assigned")
        case .missedBaseline: Label("比基线晚", "Missed baseline")
        case .brokenCriticalPath: Label("关键路径测试", "Critical path test")
        case .criticalPathLengthIndex: Label("关键路径长度指数（CPLI）", "Critical path length index (CPLI)")
        case .baselineExecutionIndex: Label("基线执行指数（BEI）", "Baseline execution index (BEI)")
        }
    }
}
