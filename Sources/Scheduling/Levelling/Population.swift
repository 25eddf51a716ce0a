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

    init(size: Int, count: Int, isMultiMode: Bool, seed: UInt64) {
        self.size = size
        lists = Array(repeating: 0, count: size * count)
        modes = isMultiMode ? lists : []
        costs = Array(repeating: ScheduleCost(), count: size)
        hashes = Array(repeating: 0, count: size)
        random = LevellingRandom(state: seed)
    }
}
