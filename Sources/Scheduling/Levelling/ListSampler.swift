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

/// Starting lists: regret-based biased random sampling on latest finish times (Drexl 1991), in the serial scheme.
final class ListSampler {
    private let decoder: ListDecoder
    private let count: Int
    private var precedence: [Int32]
    private var waiting: [Int32]
    private var eligible: [Int32] = []
    private var chance: [Double] = []

    init(_ decoder: ListDecoder, priorities: [Int]) {
        self.decoder = decoder
        count = decoder.count
        precedence = priorities.isEmpty ? Array(repeating: 0, count: decoder.count) : priorities.map { Int32(clamping: $0) }
        waiting = precedence
    }

    /// A list in `result`; `bias` 0 is pure chance, high values follow the rule strictly.
    func sample(into result: UnsafeMutablePointer<Int32>, bias: Double, random: inout LevellingRandom) {
        let network = decoder.network
        eligible.removeAll(keepingCapacity: true)
        for activity in 0..<count {
            waiting[activity] = network.forward.starts[activity + 1] - network.forward.starts[activity]
            if waiting[activity] == 0 { eligible.append(Int32(activity)) }
        }
        for position in 0..<count {
            result[position] = draw(bias, &random)
            release(Int(result[position]))
        }
    }

    private func release(_ activity: Int) {
        let side = decoder.backward
        for link in side.starts[activity]..<side.starts[activity + 1] {
            let successor = side.activity(at: Int(link), count)
            waiting[successor] -= 1
            if waiting[successor] == 0 { eligible.append(Int32(successor)) }
        }
    }

    /// Takes one of the eligible out: among those of the highest priority with a chance of (regret + 1)^bias.
    private func draw(_ bias: Double, _ random: inout LevellingRandom) -> Int32 {
        var least = Int32.max
        var first = Int32.min
        for activity in eligible {
            first = max(first, precedence[Int(activity)])
            least = min(least, rest(Int(activity)))
        }
        chance.removeAll(keepingCapacity: true)
        var sum = 0.0
        for activity in eligible {
            let regret = Double(rest(Int(activity)) - least + 1)
            let isFirst = precedence[Int(activity)] == first
            sum += isFirst ? (bias == 1 ? regret : bias == 2 ? regret * regret : pow(regret, bias)) : 0
            chance.append(sum)
        }
        let mark = random.unit() * sum
        let chosen = chance.firstIndex { $0 > mark } ?? 0
        let activity = eligible[chosen]
        eligible.swapAt(chosen, eligible.count - 1)
        eligible.removeLast()
        return activity
    }

    /// Least time from an activity's finish to the end of all: the greater, the earlier its latest finish.
    private func rest(_ activity: Int) -> Int32 { decoder.tail[activity] - decoder.duration[activity] }
}
