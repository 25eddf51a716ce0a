import PlanModel
import Scheduling
import WorkingTime

/// What levelling a plan's tasks under the capacity of its people would change: a preview, nothing is written.
public struct LevellingProposal: Sendable {
    /// What levelling may do and what it aims at.
    public enum Aim: String, Sendable, CaseIterable {
        /// As close to the present dates as capacity allows.
        case fewestChanges
        /// The earliest finish.
        case earliestFinish
        /// Deadlines kept, by priority.
        case deadlines

        public var label: Label {
            switch self {
            case .fewestChanges: Label("尽量少改动", "Fewest changes")
            case .earliestFinish: Label("尽早完工", "Earliest finish")
            case .deadlines: Label("尽量守住截止日期", "Keep deadlines")
            }
        }
    }

    /// One task that starts elsewhere.
    public struct Move: Sendable, Hashable {
        public let task: RecordID
        public let from: ClosedRange<Day>
        public let to: ClosedRange<Day>
        public let reason: Label
    }

    public let moves: [Move]
    public let finishBefore: Day?
    public let finishAfter: Day?
    /// Person days over capacity, before and after.
    public let overloadBefore: Double
    public let overloadAfter: Double
    /// Demands that no date can meet, because one task alone asks for more than there is; they were cut to the capacity.
    public let excessive: [(task: RecordID, person: RecordID)]
    /// How far the objective is from a proven bound: 0 is proven best.
    public let gap: Double
    public let wasStopped: Bool
    public let schedulesGenerated: Int
    public let after: PlanSchedule
    /// Elapsed minutes by which each task is held back.
    private let delays: [RecordID: Int]

    public var isNeeded: Bool { !moves.isEmpty }

    /// - Parameters:
    ///   - withinFloat: whether no task may finish after its late finish, so that the plan's finish stays.
    ///   - options: how long to search; the result is the same for the same seed.
    ///   - observer: told of progress, may stop the search; the best so far is kept.
    /// - Throws: `LevellingError` where the plan cannot be searched.
    public init(
        _ facts: PlanFacts, aim: Aim = .fewestChanges, withinFloat: Bool = false,
        options: LevellingOptions = LevellingOptions(schedules: 3000),
        observer: Levelling.Observer? = nil
    ) throws {
        let plain = PlanSchedule(facts.plan, in: facts.workspace, today: facts.today, ignoresLevelling: true)
        guard var question = LevellingQuestion(facts, plain, aim: aim, withinFloat: withinFloat) else {
            throw LevellingError.nothingToSearch
        }
        var answer = try Levelling.run(question.problem, options: options, observer: observer)
        // Where float does not suffice the overload stays: what would be late keeps its place.
        while withinFloat, !answer.wasStopped, question.hold(late: answer.overruns) {
            answer = try Levelling.run(question.problem, options: options, observer: observer)
        }
        let (delays, schedule) = question.delays(answer)
        let before = facts.schedule
        let after = PlanSchedule(schedule, like: plain)
        let reasons = Dictionary(
            answer.moves.map { (question.tasks[$0.activity], question.words(of: $0)) }, uniquingKeysWith: { first, _ in first })
        moves = after.tasks.indices.compactMap { index in
            let (task, dates) = (after.tasks[index].id, after.dates[index])
            guard !dates.isSummary, let old = before[task], old.start != dates.start || old.finish != dates.finish else {
                return nil
            }
            return Move(
                task: task, from: old.start...max(old.start, old.finish), to: dates.start...max(dates.start, dates.finish),
                reason: reasons[index] ?? Label("随前置任务移动。", "It moves with its predecessors."))
        }
        self.delays = Dictionary(
            after.tasks.indices.map { (after.tasks[$0].id, delays[$0] ?? 0) }, uniquingKeysWith: { first, _ in first })
        finishBefore = before.finish
        finishAfter = after.finish
        overloadBefore = WorkLoad(facts.plan, before).excess
        overloadAfter = WorkLoad(facts.plan, after).excess
        excessive = question.excessive
        gap = answer.gap
        wasStopped = answer.wasStopped
        schedulesGenerated = answer.schedulesGenerated
        self.after = after
    }

    /// The edits that accept it; one change, so that one undo takes it back.
    public func edits(of plan: Plan) -> PlanEditor {
        var editor = PlanEditor(plan)
        for task in plan.all(PlanTask.self) {
            let delay = delays[task.id] ?? 0
            guard delay != max(0, task.levellingDelay.map(after.calendars.minutes) ?? 0) else { continue }
            editor.set(task.id, "levellingDelay", delay == 0 ? nil : .duration(WorkDuration(minutesElapsed: delay)))
        }
        return editor
    }
}

extension WorkDuration {
    /// In the greatest elapsed unit that holds the minutes exactly enough: to a second.
    init(minutesElapsed minutes: Int) {
        if minutes % 1440 == 0 {
            self.init(Double(minutes / 1440), .elapsedDays)
        } else {
            self.init((Double(minutes) / 60 * 1e4).rounded() / 1e4, .elapsedHours)
        }
    }
}

/// A plan's open tasks as a levelling problem. Time is working minutes of the plan's calendar from the first open task on, so that
/// nights and holidays do not count; a task's length takes in the leave of its people as it lies at present.
struct LevellingQuestion {
    /// Position in the schedule of each activity of the problem.
    let tasks: [Int]
    private(set) var problem: LevellingProblem
    private(set) var excessive: [(task: RecordID, person: RecordID)] = []
    private let schedule: Schedule
    private let plan: PlanSchedule
    private let origin: Int
    private let people: [Typed<Person>]

    /// `nil` where the plan has no schedule.
    init?(_ facts: PlanFacts, _ plan: PlanSchedule, aim: LevellingProposal.Aim, withinFloat: Bool) {
        guard let schedule = plan.schedule else { return nil }
        self.plan = plan
        self.schedule = schedule
        let calendar = plan.calendar
        let open = plan.tasks.indices.filter { index in
            !schedule.network.isSummary(index) && !plan.dates[index].isInactive && !plan.tasks[index].isFinished
        }
        let first = open.map { schedule.start(of: $0) }.min() ?? 0
        let origin = calendar.position(of: first)
        self.origin = origin
        let people = facts.plan.all(Person.self).filter { ($0.capacity ?? 1) * ($0.share ?? 1) > 0 }
        self.people = people
        var problem = LevellingProblem(
            objective: aim == .earliestFinish ? .makespan : aim == .deadlines ? .weightedTardiness : .deviation)
        problem.capacities = people.map { LevellingQuestion.capacity($0, calendar, origin) }
        let columns = Dictionary(people.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for index in open {
            let task = plan.tasks[index]
            var demands = [Int](repeating: 0, count: people.count)
            for share in task.assignments ?? [] {
                if let column = columns[share.who] { demands[column] += max(0, Int((share.units * 100).rounded())) }
            }
            for column in demands.indices {
                let most = problem.capacities[column].steps.map(\.units).max() ?? 0
                if demands[column] > most {
                    excessive.append((task.id, people[column].id))
                    demands[column] = most
                }
            }
            problem.activities.append(LevellingQuestion.activity(index, demands, schedule, calendar, origin, aim, withinFloat))
        }
        let waiting = plan.waitingOutside
        for (number, index) in open.enumerated() where waiting.contains(index) {
            problem.activities[number].release = problem.activities[number].presentStart ?? 0
        }
        let repeated = LevellingQuestion.addOccurrences(to: &problem, of: plan, open, origin)
        tasks = open + repeated
        problem.links = OpenLinks(open, schedule).all.map { LevellingLink($0.predecessor, $0.successor, $0.kind, lag: $0.lag) }
        self.problem = problem
    }

    /// What recurs takes its people at each of its times and at no other; the times do not move.
    /// - Returns: for each activity added the position of its task.
    private static func addOccurrences(
        to problem: inout LevellingProblem, of plan: PlanSchedule, _ open: [Int], _ origin: Int
    ) -> [Int] {
        var repeated: [Int] = []
        for (number, index) in open.enumerated() where plan.tasks[index].isRecurring {
            let demands = problem.activities[number].modes[0].demands
            problem.activities[number].modes[0].demands = demands.map { _ in 0 }
            problem.activities[number].fixedStart = problem.activities[number].presentStart
            for occurrence in plan.occurrences(of: plan.tasks[index]) {
                let start = plan.calendar.position(of: occurrence.days.lowerBound.start) - origin
                let finish = plan.calendar.position(of: (occurrence.days.upperBound + 1).start) - origin
                guard start >= 0, finish > start else { continue }
                let shares = demands.map { Int((Double($0) * occurrence.share).rounded()) }
                var activity = LevellingActivity(modes: [LevellingMode(duration: finish - start, demands: shares)])
                activity.presentStart = start
                activity.fixedStart = start
                problem.activities.append(activity)
                repeated.append(index)
            }
        }
        return repeated
    }

    private static func capacity(_ person: Typed<Person>, _ calendar: WorkCalendar, _ origin: Int) -> LevellingCapacity {
        let units = Int(((person.capacity ?? 1) * (person.share ?? 1) * 100).rounded())
        var steps = [LevellingCapacity.Step(start: 0, units: units)]
        if let joins = person.joinsOn {
            let position = calendar.position(of: joins.start) - origin
            if position > 0 { steps = [.init(start: 0, units: 0), .init(start: position, units: units)] }
        }
        return LevellingCapacity(steps: steps)
    }

    private static func activity(
        _ index: Int, _ demands: [Int], _ schedule: Schedule, _ calendar: WorkCalendar, _ origin: Int,
        _ aim: LevellingProposal.Aim, _ withinFloat: Bool
    ) -> LevellingActivity {
        let start = max(0, calendar.position(of: schedule.start(of: index)) - origin)
        let finish = max(start, calendar.position(of: schedule.finish(of: index)) - origin)
        let inputs = schedule.network.activities[index]
        var activity = LevellingActivity(modes: [LevellingMode(duration: finish - start, demands: demands)])
        activity.presentStart = start
        activity.release = max(0, inputs.constraint.earliestStart(taking: finish - start, calendar, origin))
        if let status = schedule.network.options.statusDate {
            activity.release = max(activity.release, calendar.position(of: status) - origin)
        }
        activity.release = min(activity.release, start)
        if let deadline = inputs.deadline { activity.deadline = max(0, calendar.position(of: deadline) - origin) }
        if withinFloat { activity.latestFinish = max(finish, calendar.position(of: schedule.lateFinish(of: index)) - origin) }
        if inputs.progress != .notStarted || inputs.constraint.isFixed { activity.fixedStart = start }
        activity.weight = 1
        return activity
    }

    /// Holds activities that would be late where they are; whether there were any.
    mutating func hold(late overruns: [LevellingOverrun]) -> Bool {
        var hasHeld = false
        for case .late(let activity, _) in overruns where problem.activities[activity].fixedStart == nil {
            problem.activities[activity].fixedStart = problem.activities[activity].presentStart
            hasHeld = true
        }
        return hasHeld
    }

    /// The delay of each task, elapsed minutes by position in the schedule, that gives the levelled starts, and the schedule it gives.
    /// Tasks are taken by their starts, so that what a predecessor's delay moves is not delayed twice.
    func delays(_ result: LevellingResult) -> (delays: [Int: Int], schedule: Schedule) {
        var schedule = schedule
        var delays: [Int: Int] = [:]
        for activity in tasks.indices.sorted(by: { (result.starts[$0], $0) < (result.starts[$1], $1) }) {
            let index = tasks[activity]
            guard !plan.tasks[index].isRecurring else { continue }
            let isMoved = result.starts[activity] != problem.activities[activity].presentStart
            guard isMoved || schedule.start(of: index) != self.schedule.start(of: index) else { continue }
            let wanted = plan.calendar.start(at: origin + result.starts[activity])
            let delay = wanted - schedule.start(of: index)
            guard delay > 0 else { continue }
            var inputs = schedule.network.activities[index]
            inputs.levellingDelay = delay
            guard (try? schedule.update(inputs, at: index)) != nil else { continue }
            delays[index] = delay
        }
        return (delays, schedule)
    }

    func words(of move: LevellingMove) -> Label {
        func name(_ activity: Int) -> (zh: String, en: String) {
            let task = plan.tasks[tasks[activity]]
            return ("\(task.id.short)「\(task.title ?? "")」", "\(task.id.short) “\(task.title ?? "")”")
        }
        switch move.reason {
        case .gaveWay(let capacity, let others):
            let person = people[capacity].name ?? people[capacity].id.short
            let names = others.prefix(2).map(name)
            return Label(
                "\(person)正忙于 \(names.map(\.zh).joined(separator: "、"))。",
                "\(person) is taken by \(names.map(\.en).joined(separator: ", ")).")
        case .capacityAway(let capacity):
            let person = people[capacity].name ?? people[capacity].id.short
            return Label("\(person)那时还不在岗，或人手不够。", "\(person) is not there yet, or there are not enough.")
        case .follows(let predecessor): return Label("随前置任务 \(name(predecessor).zh) 移动。", "It follows \(name(predecessor).en).")
        case .advanced: return Label("没有什么拦着它，可以提前。", "Nothing holds it; it can start earlier.")
        case .chosen: return Label("整体更好的安排。", "Better for the plan as a whole.")
        }
    }
}

extension DateConstraint {
    /// In working minutes from the origin, 0 where the constraint does not say.
    fileprivate func earliestStart(taking duration: Int, _ calendar: WorkCalendar, _ origin: Int) -> Int {
        switch self {
        case .startNoEarlierThan(let instant), .mustStartOn(let instant): calendar.position(of: instant) - origin
        case .finishNoEarlierThan(let instant), .mustFinishOn(let instant): calendar.position(of: instant) - origin - duration
        default: 0
        }
    }

    fileprivate var isFixed: Bool {
        switch self {
        case .mustStartOn, .mustFinishOn: true
        default: false
        }
    }
}

extension Typed where K == PlanTask {
    var isFinished: Bool { self.actualFinish != nil || self.state == .done || self.progress == 1 }
}

extension WorkLoad {
    /// Person days planned over capacity.
    var excess: Double {
        byPerson.reduce(0) { sum, entry in
            let capacity = capacities[entry.key] ?? 1
            return sum + entry.value.values.reduce(0) { $0 + max(0, $1 - capacity) }
        }
    }
}
