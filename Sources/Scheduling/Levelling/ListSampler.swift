import Foundation

/// SplitMix64 (Steele, Lea & Flood 2014).
struct LevellingRandom: Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(((next() >> 32) &* UInt64(truncatingIfNeeded: bound)) >> 32) }

    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}

/// Starting lists: regret-based biased random sampling on latest start times (Drexl 1991), in the parallel scheme where the network is
/// plain (it packs best on average), in the serial scheme otherwise.
final class ListSampler {
    private let decoder: ListDecoder
    private let count: Int
    /// Longest path from the activity's start to the end: the greater, the more urgent.
    private var tail: [Int32]
    private var precedence: [Int32]
    private var waiting: [Int32]
    private var eligible: [Int32] = []
    private var active: [Int32] = []
    private var finish: [Int32]
    private var chance: [Double] = []
    private var candidates: [Int] = []

    init(_ decoder: ListDecoder, priorities: [Int]) {
        self.decoder = decoder
        count = decoder.count
        tail = Array(repeating: 0, count: count)
        precedence = priorities.isEmpty ? Array(repeating: 0, count: decoder.count) : priorities.map { Int32(clamping: $0) }
        waiting = tail
        finish = tail
    }

    /// A list in `result`; `bias` 0 is pure chance, high values follow the rule strictly.
    func sample(into result: UnsafeMutablePointer<Int32>, bias: Double, random: inout LevellingRandom) {
        measureTails()
        let network = decoder.network
        eligible.removeAll(keepingCapacity: true)
        active.removeAll(keepingCapacity: true)
        for activity in 0..<count {
            waiting[activity] = network.forward.starts[activity + 1] - network.forward.starts[activity]
            if waiting[activity] == 0 { eligible.append(Int32(activity)) }
        }
        if network.isPlain {
            sampleParallel(into: result, bias, &random)
        } else {
            for position in 0..<count {
                candidates = Array(eligible.indices)
                result[position] = draw(bias, &random)
                release(Int(result[position]))
            }
        }
    }

    private func measureTails() {
        let side = decoder.backward
        for activity in decoder.network.topological.reversed() {
            let activity = Int(activity)
            var longest: Int32 = 0
            for link in side.starts[activity]..<side.starts[activity + 1] {
                // A mirrored weight leads from the successor's mirrored start to ours.
                longest = max(
                    longest,
                    tail[Int(side.source[Int(link)])] - decoder.duration[Int(side.source[Int(link)])] + side.weight[Int(link)])
            }
            tail[activity] = longest + decoder.duration[activity]
        }
    }

    private func release(_ activity: Int) {
        let side = decoder.backward
        for link in side.starts[activity]..<side.starts[activity + 1] {
            let successor = Int(side.source[Int(link)])
            waiting[successor] -= 1
            if waiting[successor] == 0 { eligible.append(Int32(successor)) }
        }
    }

    /// Takes one of the candidates out of the eligible.
    private func draw(_ bias: Double, _ random: inout LevellingRandom) -> Int32 {
        var least = Int32.max
        var first = Int32.min
        for candidate in candidates {
            first = max(first, precedence[Int(eligible[candidate])])
            least = min(least, tail[Int(eligible[candidate])] - decoder.duration[Int(eligible[candidate])])
        }
        chance.removeAll(keepingCapacity: true)
        var sum = 0.0
        for candidate in candidates {
            let activity = Int(eligible[candidate])
            let regret = Double(tail[activity] - decoder.duration[activity] - least + 1)
            let isFirst = precedence[activity] == first
            sum += isFirst ? (bias == 2 ? regret * regret : pow(regret, bias)) : 0
            chance.append(sum)
        }
        let mark = random.unit() * sum
        let chosen = candidates[min(chance.firstIndex { $0 > mark } ?? 0, candidates.count - 1)]
        let activity = eligible[chosen]
        eligible.swapAt(chosen, eligible.count - 1)
        eligible.removeLast()
        return activity
    }

    /// At each instant at which something finishes, starts what fits, until nothing more does.
    private func sampleParallel(into result: UnsafeMutablePointer<Int32>, _ bias: Double, _ random: inout LevellingRandom) {
        let high = decoder.high
        var free = decoder.network.capacity[0]
        var now: Int32 = 0
        var filled = 0
        while filled < count {
            retire(until: now, &free)
            while true {
                candidates.removeAll(keepingCapacity: true)
                for (index, activity) in eligible.enumerated()
                where ((free | high) &- decoder.demand[Int(activity)]) & high == high { candidates.append(index) }
                if candidates.isEmpty { break }
                let activity = draw(bias, &random)
                result[filled] = activity
                filled += 1
                finish[Int(activity)] = now + decoder.duration[Int(activity)]
                free &-= decoder.demand[Int(activity)]
                active.append(activity)
            }
            now = active.reduce(Int32.max) { min($0, finish[Int($1)]) }
        }
    }

    private func retire(until now: Int32, _ free: inout UInt64) {
        var index = 0
        while index < active.count {
            let activity = Int(active[index])
            if finish[activity] > now {
                index += 1
                continue
            }
            free &+= decoder.demand[activity]
            active.swapAt(index, active.count - 1)
            active.removeLast()
            release(activity)
        }
    }
}
