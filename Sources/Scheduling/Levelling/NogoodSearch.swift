/// Exact search for a shorter schedule: each dead end teaches a clause that keeps the search out of it for good.
///
/// The variables are the starts; the makespan is held below the best known, so that a schedule found is an improvement and a
/// refutation the proof that there is none. Lazy clause generation (Ohrimenko, Stuckey & Codish 2009) as Schutt, Feydy, Stuckey &
/// Wallace (2011) apply it here: links, compulsory parts and pairs that cannot overlap narrow the windows and say why; a conflict is
/// traced back to its first unique implication point, and search restarts after Luby's sequence, turn by turn with the
/// earliest start and with the activity most often in conflicts. For one mode each, without splits and pauses, and the makespan.
struct NogoodSearch: Sendable {
    /// A statement on a bound. Bound 2i of activity i is its start, bound 2i + 1 its start negated; the statement is that the bound is at
    /// least `value`, so that its opposite is one on bound ^ 1.
    struct Literal: Sendable {
        let bound: Int32
        let value: Int32

        var negated: Literal { Literal(bound: bound ^ 1, value: 1 - value) }

        @inline(__always)
        static func start(of activity: Int, atLeast value: Int32) -> Literal { Literal(bound: Int32(2 * activity), value: value) }

        @inline(__always)
        static func start(of activity: Int, atMost value: Int32) -> Literal {
            Literal(bound: Int32(2 * activity + 1), value: -value)
        }
    }

    enum Outcome: Sendable {
        /// No schedule is shorter than the best known.
        case isProven
        /// `starts` hold a shorter one.
        case hasImproved
        case isExhausted
    }

    private var windows: StartWindows
    private var timetable: Timetable
    private(set) var starts: [Int32] = []
    private(set) var conflicts = 0
    /// Starts settled so far, by decision or as a consequence; each again after a dead end.
    var placements: Int { windows.settled }
    private var clauses: ClauseStore
    private var weight: [Double]
    private var bump = 1.0
    private var restarts = 0
    private var untilRestart = 0
    private var isRefuted = false

    /// `nil` where the network is beyond this search. `makespan` is the best known.
    init?(_ network: SearchNetwork, makespan: Int) {
        guard !network.isMultiMode, !(0..<network.count).contains(where: network.isStretchable), network.count <= 300,
            (makespan + 2) * network.words <= 8_192
        else { return nil }
        windows = StartWindows(network, latest: Int32(makespan))
        timetable = Timetable(network, makespan: makespan)
        clauses = ClauseStore(bounds: 2 * network.count)
        weight = Array(repeating: 0, count: network.count)
        seek(below: makespan)
    }

    /// From now on only schedules shorter than this count.
    mutating func seek(below makespan: Int) {
        windows.backtrack(to: 0)
        isRefuted = !windows.holdFinishes(by: Int32(makespan) - 1) || isRefuted
    }

    /// Goes on until so many more starts have been settled or conflicts met.
    mutating func run(placements: Int, conflicts: Int, isStopped: () -> Bool) -> Outcome {
        let (lastPlacement, lastConflict) = (self.placements + placements, self.conflicts + conflicts)
        var isAtRoot = windows.level == 0
        while !isRefuted {
            if !propagate() {
                self.conflicts += 1
                isRefuted = !learn()
                isAtRoot = windows.level == 0
                if self.conflicts & 15 == 0, isStopped() { return .isExhausted }
                continue
            }
            if isAtRoot { windows.settleRoot() }
            isAtRoot = false
            if self.placements >= lastPlacement || self.conflicts >= lastConflict { return .isExhausted }
            if self.conflicts >= untilRestart {
                restart()
                isAtRoot = true
                continue
            }
            guard let activity = next() else {
                starts = (0..<windows.count).map { windows.earliest($0) }
                return .hasImproved
            }
            windows.decide(.start(of: activity, atMost: windows.earliest(activity)))
        }
        return .isProven
    }

    private mutating func restart() {
        restarts += 1
        untilRestart = conflicts + 50 * Self.luby(restarts)
        windows.backtrack(to: 0)
        clauses.reduce(atMost: 4_000 + conflicts / 20, windows)
    }

    /// 1, 1, 2, 1, 1, 2, 4, … (Luby, Sinclair & Zuckerman 1993).
    static func luby(_ number: Int) -> Int {
        var power = 1
        while 2 * power - 1 < number { power *= 2 }
        return 2 * power - 1 == number ? power : luby(number - power + 1)
    }

    private func next() -> Int? {
        var best: Int?
        let isByWeight = restarts & 1 == 1
        for activity in 0..<windows.count where !windows.isSettled(activity) {
            guard let other = best else {
                best = activity
                continue
            }
            let isBetter =
                isByWeight
                ? weight[activity] > weight[other]
                : (windows.earliest(activity), windows.latest(activity)) < (windows.earliest(other), windows.latest(other))
            if isBetter { best = activity }
        }
        return best
    }

    private mutating func propagate() -> Bool {
        while true {
            while let bound = windows.nextChange() {
                guard windows.followLinks(bound), clauses.visit(bound ^ 1, &windows) else { return false }
            }
            guard timetable.narrow(&windows) else { return false }
            if windows.hasChanges { continue }
            guard timetable.separate(&windows) else { return false }
            if !windows.hasChanges { return true }
        }
    }

    /// Learns from the conflict and jumps back to where the clause says something new; whether there is any hope left.
    private mutating func learn() -> Bool {
        guard let (clause, level, activities) = windows.explainConflict() else { return false }
        for activity in activities { weight[activity] += bump }
        bump /= 0.95
        if bump > 1e100 {
            for activity in weight.indices { weight[activity] *= 1e-100 }
            bump *= 1e-100
        }
        windows.backtrack(to: level)
        if clause.count > 1 { clauses.add(clause) }
        for literal in clause.dropFirst() { windows.because(literal.negated) }
        return windows.tighten(clause[0])
    }
}

/// Learned clauses, each watched at two literals that are not false yet (Moskewicz et al. 2001).
struct ClauseStore: Sendable {
    private struct Watch: Sendable {
        let clause: Int
        let value: Int32
    }

    private var clauses: [[NogoodSearch.Literal]] = []
    private var watches: [[Watch]]

    init(bounds: Int) { watches = Array(repeating: [], count: bounds) }

    /// The first literal and one of the latest other are watched.
    mutating func add(_ clause: [NogoodSearch.Literal]) {
        for literal in clause.prefix(2) {
            watches[Int(literal.bound)].append(Watch(clause: clauses.count, value: literal.value))
        }
        clauses.append(clause)
    }

    /// Looks at the clauses whose watched literal on `bound` may have become false; false on a conflict.
    mutating func visit(_ bound: Int32, _ windows: inout StartWindows) -> Bool {
        var list: [Watch] = []
        swap(&list, &watches[Int(bound)])
        defer { swap(&list, &watches[Int(bound)]) }
        var (kept, isFine) = (0, true)
        for watch in list {
            let literal = NogoodSearch.Literal(bound: bound, value: watch.value)
            if isFine, windows.isFalse(literal) {
                if let other = moveWatch(of: watch.clause, from: literal, windows) {
                    if other.bound != bound {
                        watches[Int(other.bound)].append(Watch(clause: watch.clause, value: other.value))
                        continue
                    }
                    list[kept] = Watch(clause: watch.clause, value: other.value)
                    kept += 1
                    continue
                }
                isFine = impose(watch.clause, &windows)
            }
            list[kept] = watch
            kept += 1
        }
        list.removeLast(list.count - kept)
        return isFine
    }

    /// Another literal of the clause that is not false takes the place of the one given, if there is any.
    private mutating func moveWatch(
        of clause: Int, from literal: NogoodSearch.Literal, _ windows: StartWindows
    ) -> NogoodSearch.Literal? {
        let first = clauses[clause][0]
        if first.bound == literal.bound, first.value == literal.value { clauses[clause].swapAt(0, 1) }
        if windows.isTrue(clauses[clause][0]) { return nil }
        for position in 2..<max(2, clauses[clause].count) where !windows.isFalse(clauses[clause][position]) {
            clauses[clause].swapAt(1, position)
            return clauses[clause][1]
        }
        return nil
    }

    /// All other literals are false, so the first must hold.
    private func impose(_ clause: Int, _ windows: inout StartWindows) -> Bool {
        let literals = clauses[clause]
        if windows.isTrue(literals[0]) { return true }
        for literal in literals.dropFirst() { windows.because(literal.negated) }
        return windows.tighten(literals[0])
    }

    /// Beyond so many clauses the older half is dropped but for short ones. Call at the root only.
    mutating func reduce(atMost limit: Int, _ windows: StartWindows) {
        guard clauses.count > limit else { return }
        let kept = clauses.enumerated().filter { $0.offset >= clauses.count / 2 || $0.element.count <= 5 }.map(\.element)
        clauses = []
        for bound in watches.indices { watches[bound].removeAll(keepingCapacity: true) }
        for clause in kept where !clause.contains(where: { windows.isTrue($0) }) {
            let open = clause.filter { !windows.isFalse($0) }
            if open.count > 1 { add(open) }
        }
    }
}
