import Foundation

/// What a schedule costs; the less the better, from the first value to the last.
struct ScheduleCost: Comparable, Hashable, Sendable {
    var overrun = Int.max
    var objective = Int.max
    /// Decides between equals: the makespan, then late starts of high priorities.
    var tie = Int.max

    @inline(__always)
    static func < (a: ScheduleCost, b: ScheduleCost) -> Bool {
        if a.overrun != b.overrun { return a.overrun < b.overrun }
        if a.objective != b.objective { return a.objective < b.objective }
        return a.tie < b.tie
    }
}

/// The state of one population between two stretches of search: a plain value, so that it can go from thread to thread.
struct Population: Sendable {
    /// Activity lists, `count` values each.
    var lists: [Int32]
    /// Starts of their schedules, `count` values each.
    var starts: [Int32]
    /// Modes, `count` values each; empty when there is no choice.
    var modes: [Int32]
    var costs: [ScheduleCost]
    var hashes: [UInt64]
    var size: Int
    var filled = 0
    var bestList: [Int32] = []
    var bestModes: [Int32] = []
    var bestCost = ScheduleCost()
    var placements = 0
    var random: LevellingRandom
    /// Hashes of schedules met, each at its place in the table until another takes it.
    private var met: [UInt64]

    init(_ settings: SearchSettings, count: Int, isMultiMode: Bool, seed: UInt64) {
        size = settings.populationSize
        met = Array(repeating: 0, count: settings.memory)
        lists = Array(repeating: 0, count: size * count)
        starts = lists
        modes = isMultiMode ? lists : []
        costs = Array(repeating: ScheduleCost(), count: size)
        hashes = Array(repeating: 0, count: size)
        random = LevellingRandom(state: seed)
    }

    /// Whether a schedule is met for the first time, as far as remembered.
    mutating func isNew(_ hash: UInt64) -> Bool {
        let place = Int(truncatingIfNeeded: (hash ^ hash >> 29) & UInt64(met.count - 1))
        defer { met[place] = hash }
        return met[place] != hash
    }
}

/// What the search does differently in small and large networks and in short and long runs; found by trial on PSPLIB.
struct SearchSettings: Sendable {
    /// Of the starting lists: how strictly they follow the latest finish.
    var bias: Double
    /// Activities moved in each child.
    var mutations: Int
    /// A child longer than its mother by more than this share is not improved.
    var slack: Double
    /// A child replaces the worst of so many.
    var rivals: Int
    var populationSize: Int
    /// Schedules remembered, a power of two.
    let memory: Int
    /// Whether children take over a stretch now whole, now as an order; in small networks always whole.
    let crossesBothWays: Bool
    /// Of so many windows drawn, the best used of the father's goes into the child.
    let windows = 3

    init(activities: Int, schedules: Int) {
        let isSmall = activities < 45
        bias = isSmall ? 0.5 : 2
        crossesBothWays = !isSmall
        mutations = isSmall ? 7 : activities < 90 ? 4 : 3
        slack = isSmall ? 0.06 : 0.02
        rivals = isSmall ? 16 : 4
        populationSize = min(max(Int((isSmall ? 21 : 14) * pow(Double(schedules) / 1_000, 0.68)), 8), 800)
        memory = 1 << min(max(Int.bitWidth - schedules.leadingZeroBitCount, 8), 16)
    }
}
