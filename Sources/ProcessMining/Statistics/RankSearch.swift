/// What many values come to without keeping them: the values are given again four times, and every time the digits at the quantiles are
/// known sixteen bits further (a radix selection from the top).
struct RankSearch {
    static let rounds = 4
    private static let digits = 1 << 16
    /// Numbers kept by one search.
    static let size = 6 * digits

    private let count: Int
    /// Positions in the sorted values.
    private let ranks: [Int]
    /// The bits found so far of the value at each rank.
    private var prefixes: [UInt64]
    /// Where the rank stands among the values with these bits.
    private var left: [Int]
    /// How many values have each digit behind these bits, rank by rank.
    private var counts: [UInt32]
    private var round = 0
    private var total = RunningTotal()

    init(count: Int) {
        self.count = count
        ranks = Quantile.all.flatMap { [$0.below(count), min($0.below(count) + 1, count - 1)] }
        prefixes = ranks.map { _ in 0 }
        left = ranks
        counts = [UInt32](repeating: 0, count: ranks.count * Self.digits)
    }

    mutating func add(_ value: Double) {
        if round == 0 { total.add(value) }
        let key = Self.key(value)
        let shift = 48 - 16 * round
        let digit = Int(truncatingIfNeeded: key >> shift) & (Self.digits - 1)
        for index in prefixes.indices where key >> (shift + 16) == prefixes[index] { counts[index * Self.digits + digit] += 1 }
    }

    /// All values were given once more.
    mutating func narrow() {
        for index in ranks.indices {
            var digit = 0
            while left[index] >= Int(counts[index * Self.digits + digit]) {
                left[index] -= Int(counts[index * Self.digits + digit])
                digit += 1
            }
            prefixes[index] = prefixes[index] << 16 | UInt64(digit)
        }
        for index in counts.indices { counts[index] = 0 }
        round += 1
    }

    var summary: LogStatistics.Summary {
        let values = prefixes.map { Self.value($0) }
        return LogStatistics.Summary(
            total,
            Quantile.all.enumerated().map { place, share in share.between(values[2 * place], values[2 * place + 1], of: count) })
    }

    /// Bits that are ordered as the values are.
    private static func key(_ value: Double) -> UInt64 {
        let bits = value.bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    private static func value(_ key: UInt64) -> Double { Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key) }
}
