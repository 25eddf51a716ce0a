import Dispatch

/// Exact search as a part of a run: so much of its effort, and no more than so many conflicts where schedules are counted.
struct ExactPart: Sendable {
    /// The best known.
    private(set) var makespan: Int
    /// Its effort to that of the populations.
    let ratio: Double
    private var search: NogoodSearch
    private let durations: [Int]
    private var conflictsLeft: Int
    private var isDone = false
    private var starts: [Int32]?

    var placements: Int { search.placements }

    /// `nil` where exact search is of no use: another aim, or a network beyond it.
    init?(_ network: SearchNetwork, _ objective: ScheduleObjective, makespan: Int, isTimed: Bool) {
        guard objective.kind == .makespan, let search = NogoodSearch(network, makespan: makespan) else { return nil }
        self.search = search
        self.makespan = makespan
        durations = (0..<network.count).map { Int(network.durations[Int(network.modeStarts[$0])]) }
        let share = Self.share(of: network.count, isTimed: isTimed)
        ratio = share / (1 - share)
        conflictsLeft = isTimed ? .max : 300_000 / (network.count * max(1, makespan * network.words / 300))
    }

    /// Found by trial on PSPLIB: the larger the network, the less is proven for the same effort.
    static func share(of count: Int, isTimed: Bool) -> Double { min(0.5, (isTimed ? 20 : 15) / Double(max(count, 1))) }

    mutating func seek(below makespan: Int) {
        guard makespan < self.makespan else { return }
        self.makespan = makespan
        search.seek(below: makespan)
    }

    /// Goes on for its share of a step of the populations, in placements or until an instant; whether nothing shorter than
    /// `makespan` exists.
    mutating func advance(step: Int, until end: UInt64?, isStopped: () -> Bool) -> Bool {
        guard !isDone else { return false }
        let last = end == nil ? search.placements + Int(Double(step) * ratio) : Int.max
        while conflictsLeft > 0, search.placements < last {
            let before = search.conflicts
            let outcome = search.run(placements: last - search.placements, conflicts: conflictsLeft) {
                isStopped() || end.map { DispatchTime.now().uptimeNanoseconds >= $0 } ?? false
            }
            conflictsLeft -= search.conflicts - before
            switch outcome {
            case .isProven:
                isDone = true
                return true
            case .isExhausted: return false
            case .hasImproved:
                starts = search.starts
                seek(below: search.starts.indices.reduce(0) { max($0, Int(search.starts[$1]) + durations[$1]) })
            }
        }
        return false
    }

    /// A shorter schedule found since the last call.
    mutating func takeStarts() -> [Int32]? { starts.take() }
}
