import Measures
import PlanModel
import WorkingTime

/// How a goal, measure, task or plan stands. Each has a shape and a word; there is no sixth.
public enum Status: String, Sendable, CaseIterable, Comparable {
    case idle, done, onTrack, watch, late

    public var label: Label {
        switch self {
        case .idle: Label("未开始", "Not started")
        case .done: Label("完成", "Done")
        case .onTrack: Label("正常", "On track")
        case .watch: Label("关注", "At risk")
        case .late: Label("落后", "Off track")
        }
    }

    /// By how much progress may fall short of where it should be today: up to 5 points on track, up to 15 at risk.
    static let pace = PaceRule.gap(watch: 0.05, late: 0.15)

    public static func of(progress: Double?, expected: Double) -> Status {
        guard let progress else { return .idle }
        if progress >= 1 { return .done }
        return Status(pace.status(attainment: progress, expected: expected), progress: progress)
    }

    /// - Parameter progress: what is reached; where nothing is agreed for today, that something is reached is good enough.
    init(_ status: AttainmentStatus, progress: Double?) {
        self =
            switch status {
            case .attained: .done
            case .onTrack: .onTrack
            case .atRisk: .watch
            case .offTrack: .late
            case .notStarted: .idle
            case .cannotTell: (progress ?? 0) > 0 ? .onTrack : .idle
            }
    }

    private var rank: Int { Status.allCases.firstIndex(of: self) ?? 0 }
    /// From the least to the most in need of attention.
    public static func < (a: Status, b: Status) -> Bool { a.rank < b.rank }
}
