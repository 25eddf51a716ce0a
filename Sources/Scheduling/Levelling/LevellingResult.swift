/// A levelled schedule: proven feasible but for the overruns it names.
public struct LevellingResult: Sendable {
    /// One per activity.
    public internal(set) var starts: [Int]
    public internal(set) var finishes: [Int]
    /// The mode chosen for each activity.
    public internal(set) var modes: [Int]
    /// When an activity works; one interval unless it was split or paused.
    public internal(set) var parts: [[Range<Int>]]
    public internal(set) var makespan: Int
    /// When an activity with absences uses a capacity; of all others the parts say it.
    var tracks: [Int: [ActivityTrack]] = [:]
    /// The value of the problem's objective.
    public internal(set) var objective: Int
    /// No schedule has a lower objective.
    public internal(set) var lowerBound: Int
    /// Activities that start elsewhere than now, or than links and releases alone would allow, in order of their starts.
    public internal(set) var moves: [LevellingMove]
    /// Where a latest finish is missed or a capacity exceeded; empty when everything holds.
    public internal(set) var overruns: [LevellingOverrun]
    /// Schedules generated: activities placed, divided by activities.
    public internal(set) var schedulesGenerated: Int
    /// Whether the caller ended the search.
    public internal(set) var wasStopped: Bool

    /// How far from proven: (objective − lower bound) / objective, 0 when optimal.
    public var gap: Double { objective == 0 ? 0 : Double(objective - lowerBound) / Double(objective) }

    public var isOptimal: Bool { overruns.isEmpty && objective == lowerBound }

    /// When an activity uses what it takes of a capacity.
    public func parts(of activity: Int, on capacity: Int) -> [Range<Int>] {
        tracks[activity]?.first { $0.capacities.contains(capacity) }?.parts ?? parts[activity]
    }
}

/// When what an activity takes of some capacities, which rest at the same times, is at work.
struct ActivityTrack: Sendable {
    let capacities: [Int]
    var parts: [Range<Int>] = []

    /// Goes on for one period.
    mutating func record(_ time: Int) {
        if let last = parts.last, last.upperBound == time {
            parts[parts.count - 1] = last.lowerBound..<time + 1
        } else {
            parts.append(time..<time + 1)
        }
    }
}

extension [Range<Int>] {
    /// Ascending and disjoint, what overlaps or touches put together.
    public var united: [Range<Int>] {
        var made: [Range<Int>] = []
        for range in sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if let last = made.last, range.lowerBound <= last.upperBound {
                made[made.count - 1] = last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
            } else {
                made.append(range)
            }
        }
        return made
    }
}

/// An activity that starts elsewhere, and what keeps it from starting earlier still.
public struct LevellingMove: Hashable, Sendable {
    public let activity: Int
    /// The present start, or where links and releases alone would put it.
    public let from: Int
    public let to: Int
    public let reason: Reason

    /// Whether it starts earlier than at present; the reason then says what it waits for even so.
    public var isAdvance: Bool { to < from }

    public enum Reason: Hashable, Sendable {
        /// At the last instant at which it could not yet start, this capacity was taken by these activities, the greatest user first.
        case gaveWay(capacity: Int, to: [Int])
        /// The capacity itself did not suffice, whoever used it.
        case capacityAway(capacity: Int)
        /// A link to its predecessor holds it.
        case follows(predecessor: Int)
        /// It starts as early as it may.
        case released
        /// Nothing holds it: a schedule with overruns, in which no start is right.
        case chosen
    }
}

public enum LevellingOverrun: Hashable, Sendable {
    /// The latest finish (its own, or that a fixed successor leaves) is missed by so much.
    case late(activity: Int, by: Int)
    /// From `start` on the activities use more of the capacity than there is.
    case overload(capacity: Int, start: Int, units: Int)
}

/// How long to search, and how.
public struct LevellingOptions: Hashable, Sendable {
    /// At most so many schedules are generated.
    public var schedules: Int
    /// At most so many seconds; the result then depends on the machine.
    public var seconds: Double?
    /// `nil` for one per core. The result does not depend on it.
    public var threads: Int?
    public var seed: UInt64
    /// Populations that evolve side by side; `nil` for as many as the number of schedules feeds.
    public var islands: Int?

    public init(schedules: Int = 5_000, seconds: Double? = nil, threads: Int? = nil, seed: UInt64 = 1, islands: Int? = nil) {
        self.schedules = schedules
        self.seconds = seconds
        self.threads = threads
        self.seed = seed
        self.islands = islands
    }
}

/// Told now and then while the search runs.
public struct LevellingProgress: Hashable, Sendable {
    public let schedulesGenerated: Int
    public let schedulesAtMost: Int
    public let bestObjective: Int
    public let lowerBound: Int
    /// The part of the schedules or of the seconds allowed that is used up, 0…1, whichever is more.
    public let part: Double
}

public enum LevellingControl: Hashable, Sendable {
    case proceed, stop
}

public enum LevellingError: Error, Hashable, Sendable {
    /// The activities of one cycle of links, in order.
    case cycle([Int])
    case unknownActivity(link: Int)
    /// An activity without a mode, or with a mode of other than one demand per capacity.
    case malformedMode(activity: Int)
    case negativeValue(activity: Int)
    /// Pauses or absences that are empty, overlap or are not in order, or absences of a capacity that does not exist.
    case malformedPauses(activity: Int)
    /// In no mode and at no time is there enough of the capacity.
    case demandExceedsCapacity(activity: Int, capacity: Int, demand: Int, available: Int)
    case malformedCapacity(Int)
    /// A number beyond what the engine calculates with; times and units reach to 2^30.
    case tooLarge
    case nothingToSearch
}
