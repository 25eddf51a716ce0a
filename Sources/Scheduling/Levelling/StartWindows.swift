/// Earliest and latest starts of a `NogoodSearch`, with the history of their changes and the reason for each.
struct StartWindows: Sendable {
    typealias Literal = NogoodSearch.Literal

    let count: Int
    let duration: [Int32]
    /// Starts settled so far.
    private(set) var settled = 0
    /// For each activity the others' starts that depend on it: the least distance from start to start.
    private let after: [[(other: Int, distance: Int32)]]
    private let before: [[(other: Int, distance: Int32)]]
    private var value: [Int32]
    private var rootValue: [Int32]
    /// The last change of each bound, −1 for none since the root.
    private var last: [Int]
    private var changes: [Change] = []
    /// Reasons of all changes, one after another.
    private var reasons: [Literal] = []
    private var reasonsKept = 0
    private var followed = 0
    private var levels: [Int] = []
    private var conflict: [Literal] = []
    private var needed: [Int32]
    private var isNeeded: [Bool]

    private struct Change: Sendable {
        let bound: Int32
        let old: Int32
        let previous: Int
        let level: Int
        let reason: Int
    }

    init(_ network: SearchNetwork, latest: Int32) {
        count = network.count
        let lengths = (0..<network.count).map { network.durations[Int(network.modeStarts[$0])] }
        duration = lengths
        var (after, before) = (
            [[(other: Int, distance: Int32)]](repeating: [], count: network.count), [[(other: Int, distance: Int32)]]()
        )
        before = after
        for link in network.links {
            let distance = Int32(network.weight(of: link, backward: false) { lengths[$0] })
            after[link.predecessor].append((link.successor, distance))
            before[link.successor].append((link.predecessor, distance))
        }
        (self.after, self.before) = (after, before)
        value = (0..<network.count).flatMap { activity -> [Int32] in
            let fixed = network.fixedStart[activity]
            if fixed >= 0 { return [fixed, -fixed] }
            return [network.release[activity], lengths[activity] - min(latest, network.latestFinish[activity])]
        }
        rootValue = value
        last = Array(repeating: -1, count: value.count)
        needed = value
        isNeeded = Array(repeating: false, count: value.count)
    }

    var level: Int { levels.count }
    var hasChanges: Bool { followed < changes.count }

    @inline(__always) func earliest(_ activity: Int) -> Int32 { value[2 * activity] }
    @inline(__always) func latest(_ activity: Int) -> Int32 { -value[2 * activity + 1] }
    @inline(__always) func isSettled(_ activity: Int) -> Bool { value[2 * activity] == -value[2 * activity + 1] }
    @inline(__always) func isTrue(_ literal: Literal) -> Bool { value[Int(literal.bound)] >= literal.value }
    @inline(__always) func isFalse(_ literal: Literal) -> Bool { value[Int(literal.bound ^ 1)] > -literal.value }
    /// Whether it holds whatever is decided.
    @inline(__always) func isTrueAtRoot(_ literal: Literal) -> Bool { rootValue[Int(literal.bound)] >= literal.value }

    /// A part of the reason for the next `tighten`.
    @inline(__always) mutating func because(_ literal: Literal) { reasons.append(literal) }

    /// Makes the literal true for the reasons given before; false on a conflict, which is then kept.
    mutating func tighten(_ literal: Literal) -> Bool {
        let bound = Int(literal.bound)
        if value[bound] >= literal.value {
            reasons.removeLast(reasons.count - reasonsKept)
            return true
        }
        if isFalse(literal) {
            conflict = Array(reasons[reasonsKept...])
            conflict.append(literal.negated)
            reasons.removeLast(reasons.count - reasonsKept)
            return false
        }
        changes.append(
            Change(bound: literal.bound, old: value[bound], previous: last[bound], level: level, reason: reasonsKept))
        reasonsKept = reasons.count
        last[bound] = changes.count - 1
        value[bound] = literal.value
        if value[bound ^ 1] == -literal.value { settled += 1 }
        return true
    }

    /// The reasons given contradict each other.
    mutating func contradict() -> Bool {
        conflict = Array(reasons[reasonsKept...])
        reasons.removeLast(reasons.count - reasonsKept)
        return false
    }

    mutating func decide(_ literal: Literal) {
        levels.append(changes.count)
        _ = tighten(literal)
    }

    /// All end by then.
    mutating func holdFinishes(by end: Int32) -> Bool {
        for activity in 0..<count where !tighten(.start(of: activity, atMost: end - duration[activity])) { return false }
        return true
    }

    mutating func backtrack(to target: Int) {
        guard level > target else { return }
        let first = levels[target]
        let reason = changes.count > first ? changes[first].reason : reasonsKept
        while changes.count > first {
            let change = changes.removeLast()
            value[Int(change.bound)] = change.old
            last[Int(change.bound)] = change.previous
        }
        reasons.removeLast(reasons.count - reason)
        reasonsKept = reason
        levels.removeLast(level - target)
        followed = changes.count
    }

    /// What holds now holds for good and needs no reason any more.
    mutating func settleRoot() {
        rootValue = value
        changes.removeAll(keepingCapacity: true)
        reasons.removeAll(keepingCapacity: true)
        reasonsKept = 0
        for bound in last.indices { last[bound] = -1 }
        followed = 0
    }

    /// The next bound to draw consequences from.
    mutating func nextChange() -> Int32? {
        guard followed < changes.count else { return nil }
        defer { followed += 1 }
        return changes[followed].bound
    }

    /// Moves what is linked to the activity of the bound.
    mutating func followLinks(_ bound: Int32) -> Bool {
        let literal = Literal(bound: bound, value: value[Int(bound)])
        let isLatest = bound & 1
        for link in (isLatest == 0 ? after : before)[Int(bound >> 1)] {
            because(literal)
            guard tighten(Literal(bound: Int32(2 * link.other) + isLatest, value: literal.value + link.distance)) else {
                return false
            }
        }
        return true
    }

    /// The change that made the literal true, −1 for the root.
    private func change(behind literal: Literal) -> Int {
        var change = last[Int(literal.bound)]
        while change >= 0, changes[change].old >= literal.value { change = changes[change].previous }
        return change
    }

    private func reason(of change: Int) -> Range<Int> {
        changes[change].reason..<(change + 1 < changes.count ? changes[change + 1].reason : reasonsKept)
    }

    /// Traces the conflict back to a single statement of its level and those before: a clause whose first literal is its negation and
    /// whose second, if any, becomes false last, and the level at which the first then follows. `nil`: there is no solution.
    mutating func explainConflict() -> (clause: [Literal], level: Int, activities: [Int])? {
        let level = conflict.reduce(0) { max($0, self.level(of: $1)) }
        backtrack(to: level)
        guard level > 0 else { return nil }
        var touched: [Int32] = []
        var open = 0
        for literal in conflict { need(literal, &touched, &open) }
        let pivot = resolve(&touched, &open)
        let others = touched.filter { isNeeded[Int($0)] && $0 != pivot.bound }.map { Literal(bound: $0, value: needed[Int($0)]) }
        var clause = [pivot.negated]
        var back = 0
        for literal in others where !followsFromOthers(literal) {
            clause.append(literal.negated)
            let own = self.level(of: literal)
            if own > back {
                back = own
                clause.swapAt(1, clause.count - 1)
            }
        }
        for bound in touched { isNeeded[Int(bound)] = false }
        return (clause, back, touched.map { Int($0 / 2) })
    }

    private func level(of literal: Literal) -> Int {
        let change = change(behind: literal)
        return change < 0 ? 0 : changes[change].level
    }

    /// Of each bound the strongest statement is needed; `open` counts those of the present level.
    private mutating func need(_ literal: Literal, _ touched: inout [Int32], _ open: inout Int) {
        guard !isTrueAtRoot(literal) else { return }
        let bound = Int(literal.bound)
        let isOfLevel = change(behind: literal) >= levels[level - 1]
        if !isNeeded[bound] {
            isNeeded[bound] = true
            touched.append(literal.bound)
        } else {
            guard literal.value > needed[bound] else { return }
            if change(behind: Literal(bound: literal.bound, value: needed[bound])) >= levels[level - 1] { open -= 1 }
        }
        needed[bound] = literal.value
        if isOfLevel { open += 1 }
    }

    /// Replaces the latest statement of the level by its reason until one alone is left.
    private mutating func resolve(_ touched: inout [Int32], _ open: inout Int) -> Literal {
        var change = changes.count - 1
        while true {
            let bound = Int(changes[change].bound)
            if isNeeded[bound], needed[bound] > changes[change].old {
                if open == 1 { return Literal(bound: changes[change].bound, value: needed[bound]) }
                isNeeded[bound] = false
                open -= 1
                for position in reason(of: change) { need(reasons[position], &touched, &open) }
            }
            change -= 1
        }
    }

    /// Whether the reason of a needed statement consists of others needed.
    private func followsFromOthers(_ literal: Literal) -> Bool {
        let reason = reason(of: change(behind: literal))
        return !reason.isEmpty
            && reason.allSatisfy {
                let part = reasons[$0]
                return isTrueAtRoot(part)
                    || part.bound != literal.bound && isNeeded[Int(part.bound)] && needed[Int(part.bound)] >= part.value
            }
    }
}
