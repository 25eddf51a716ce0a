/// What capacities say on the windows of a `NogoodSearch`: compulsory parts (Lahrichi 1982) and pairs that cannot overlap.
///
/// An activity runs for certain from its latest start to its earliest finish. What it takes then is not at the disposal of others, and
/// their windows are pushed off such periods, each push with the reason that Schutt et al. (2011) call pointwise.
struct Timetable: Sendable {
    private typealias Literal = NogoodSearch.Literal

    private let count: Int
    private let words: Int
    private let high: UInt64
    private let laneBits: Int
    private let duration: [Int32]
    /// `words` values each; 0 for fixed activities, whose use the capacity lacks already.
    private let demand: [UInt64]
    /// Activities that take anything.
    private let users: [Int]
    private let rivals: [[Int]]
    /// Units by period, less those of fixed activities.
    private let capacity: [UInt64]
    private var profile: [UInt64]
    private var covering: [(activity: Int, units: Int)] = []

    init(_ network: SearchNetwork, makespan: Int) {
        let words = network.words
        count = network.count
        self.words = words
        high = network.high
        laneBits = network.laneBits
        duration = (0..<network.count).map { network.durations[Int(network.modeStarts[$0])] }
        let demand = (0..<network.count).flatMap { activity -> [UInt64] in
            let mode = Int(network.modeStarts[activity])
            let isFree = network.fixedStart[activity] < 0 && network.durations[mode] > 0
            return (0..<words).map { isFree ? network.demands[mode * words + $0] : 0 }
        }
        self.demand = demand
        let users = (0..<network.count).filter { activity in (0..<words).contains { demand[activity * words + $0] != 0 } }
        self.users = users
        capacity = (0...makespan).flatMap { period in
            let source = min(period, network.profileLength - 1) * words
            return network.capacity[source..<source + words].map { $0 | network.high }
        }
        profile = capacity
        let most = (0..<words).map { word in
            stride(from: 0, to: 64, by: network.laneBits).reduce(UInt64(0)) { packed, shift in
                let mask = (UInt64(1) << UInt64(network.laneBits - 1) - 1) << UInt64(shift)
                return packed | (0..<network.profileLength).reduce(0) { max($0, network.capacity[$1 * words + word] & mask) }
            }
        }
        let high = network.high
        var rivals = [[Int]](repeating: [], count: network.count)
        for first in users {
            rivals[first] = users.filter { second in
                first != second
                    && (0..<words).contains {
                        ((most[$0] | high) &- demand[first * words + $0] &- demand[second * words + $0]) & high != high
                    }
            }
        }
        self.rivals = rivals
    }

    /// Pushes windows off periods that are taken; false on a conflict.
    mutating func narrow(_ windows: inout StartWindows) -> Bool {
        for index in profile.indices { profile[index] = capacity[index] }
        for activity in users {
            var period = windows.latest(activity)
            let end = windows.earliest(activity) + duration[activity]
            while period < end {
                guard fits(activity, period) else { return overfill(activity, period, &windows) }
                for word in 0..<words { profile[Int(period) * words + word] &-= demand[activity * words + word] }
                period += 1
            }
        }
        for activity in users where !windows.isSettled(activity) {
            guard raise(activity, &windows), lower(activity, &windows) else { return false }
        }
        return true
    }

    @inline(__always)
    private func fits(_ activity: Int, _ period: Int32) -> Bool {
        for word in 0..<words where (profile[Int(period) * words + word] &- demand[activity * words + word]) & high != high {
            return false
        }
        return true
    }

    /// The earliest start behind the last period in its way.
    private mutating func raise(_ activity: Int, _ windows: inout StartWindows) -> Bool {
        let length = duration[activity]
        var start = windows.earliest(activity)
        // From the latest start on the activity would meet its own compulsory part.
        var period = min(start + length, windows.latest(activity)) - 1
        while period >= start {
            if !fits(activity, period) {
                explain(activity, period, &windows)
                windows.because(.start(of: activity, atLeast: period + 1 - length))
                guard windows.tighten(.start(of: activity, atLeast: period + 1)) else { return false }
                start = period + 1
                period = min(start + length, windows.latest(activity))
            }
            period -= 1
        }
        return true
    }

    /// The latest start before the first period in its way.
    private mutating func lower(_ activity: Int, _ windows: inout StartWindows) -> Bool {
        let length = duration[activity]
        var start = windows.latest(activity)
        var period = max(start, windows.earliest(activity) + length)
        while period < start + length {
            if !fits(activity, period) {
                explain(activity, period, &windows)
                windows.because(.start(of: activity, atMost: period))
                guard windows.tighten(.start(of: activity, atMost: period - length)) else { return false }
                start = period - length
                period = max(start, windows.earliest(activity) + length) - 1
            }
            period += 1
        }
        return true
    }

    private mutating func overfill(_ activity: Int, _ period: Int32, _ windows: inout StartWindows) -> Bool {
        explain(activity, period, &windows)
        windows.because(.start(of: activity, atLeast: period + 1 - duration[activity]))
        windows.because(.start(of: activity, atMost: period))
        return windows.contradict()
    }

    /// Gives as reason the others that run for certain in the period and leave too little of a capacity: as few as do, the greatest
    /// users, and those that are there whatever is decided.
    private mutating func explain(_ own: Int, _ period: Int32, _ windows: inout StartWindows) {
        for lane in 0..<(words * 64 / laneBits) {
            let wanted = units(demand[own * words + lane / (64 / laneBits)], lane)
            guard wanted > 0 else { continue }
            let free = units(capacity[Int(period) * words + lane / (64 / laneBits)], lane) - wanted
            var sum = 0
            covering.removeAll(keepingCapacity: true)
            for other in users where other != own && windows.latest(other) <= period {
                guard period < windows.earliest(other) + duration[other] else { continue }
                let taken = units(demand[other * words + lane / (64 / laneBits)], lane)
                if taken > 0 {
                    covering.append((other, taken))
                    sum += taken
                }
            }
            guard sum > free else { continue }
            covering.sort { ($0.units, $0.activity) < ($1.units, $1.activity) }
            for (other, taken) in covering {
                let runs = (
                    Literal.start(of: other, atLeast: period + 1 - duration[other]), Literal.start(of: other, atMost: period)
                )
                if sum - taken > free, !windows.isTrueAtRoot(runs.0) || !windows.isTrueAtRoot(runs.1) {
                    sum -= taken
                    continue
                }
                windows.because(runs.0)
                windows.because(runs.1)
            }
            return
        }
    }

    private func units(_ packed: UInt64, _ lane: Int) -> Int {
        Int(packed >> UInt64(lane % (64 / laneBits) * laneBits) & (UInt64(1) << UInt64(laneBits - 1) - 1))
    }

    /// Of two that cannot overlap, where the first cannot come before the second it comes after it.
    mutating func separate(_ windows: inout StartWindows) -> Bool {
        for first in users {
            for second in rivals[first] {
                let latest = windows.latest(second)
                guard windows.earliest(first) + duration[first] > latest else { continue }
                let end = windows.earliest(second) + duration[second]
                if end > windows.earliest(first) {
                    exclude(first, before: second, latest, &windows)
                    windows.because(.start(of: second, atLeast: end - duration[second]))
                    guard windows.tighten(.start(of: first, atLeast: end)) else { return false }
                }
                let start = windows.latest(first)
                if start - duration[second] < latest {
                    exclude(first, before: second, latest, &windows)
                    windows.because(.start(of: first, atMost: start))
                    guard windows.tighten(.start(of: second, atMost: start - duration[second])) else { return false }
                }
            }
        }
        return true
    }

    private func exclude(_ first: Int, before second: Int, _ latest: Int32, _ windows: inout StartWindows) {
        windows.because(.start(of: first, atLeast: latest - duration[first] + 1))
        windows.because(.start(of: second, atMost: latest))
    }
}
