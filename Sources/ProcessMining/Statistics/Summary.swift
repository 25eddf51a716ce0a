extension LogStatistics {
    /// What many values come to. Quantiles are linear between neighbours (Hyndman & Fan, type 7); of no values everything is 0.
    public struct Summary: Sendable, Hashable {
        public let count: Int
        public let mean, minimum, median, p80, p90, maximum: Double

        /// - Parameter values: put into another order.
        /// - Complexity: O(n) expected; quantiles are selected, not sorted (Hoare, Algorithm 65).
        public init(_ values: inout [Double]) { self = values.withUnsafeMutableBufferPointer { Summary($0) } }

        init(_ values: UnsafeMutableBufferPointer<Double>) {
            var total = RunningTotal()
            for value in values { total.add(value) }
            var selection = Selection(values)
            self.init(total, values.isEmpty ? [0, 0, 0] : Quantile.all.map { selection.value($0) })
        }

        /// - Parameter quantiles: those of `Quantile.all`.
        init(_ total: RunningTotal, _ quantiles: [Double]) {
            count = total.count
            mean = total.mean
            (minimum, maximum) = count > 0 ? (total.low, total.high) : (0, 0)
            (median, p80, p90) = (quantiles[0], quantiles[1], quantiles[2])
        }
    }
}

/// Count, mean and ends of values that come one by one; the sum is compensated (Kahan 1965), so that long logs lose no digits.
struct RunningTotal {
    private(set) var count = 0
    private(set) var low = Double.infinity
    private(set) var high = -Double.infinity
    private var sum = 0.0
    private var rest = 0.0

    /// 0 of no values.
    var mean: Double { count > 0 ? sum / Double(count) : 0 }

    @inline(__always)
    mutating func add(_ value: Double) {
        let term = value - rest
        let next = sum + term
        rest = (next - sum) - term
        sum = next
        low = min(low, value)
        high = max(high, value)
        count += 1
    }
}

/// A share of the values that lie below.
struct Quantile {
    private let share: Double

    /// The median, P80 and P90.
    static let all = [Quantile(share: 0.5), Quantile(share: 0.8), Quantile(share: 0.9)]

    /// The position in the sorted values at or before it.
    func below(_ count: Int) -> Int { Int(share * Double(count - 1)) }

    /// Linear between the values at that position and the next.
    func between(_ one: Double, _ other: Double, of count: Int) -> Double {
        one + (share * Double(count - 1) - Double(below(count))) * (other - one)
    }
}

/// Quantiles of one buffer, asked for in rising order: what lies below one asked before is not looked at again.
private struct Selection {
    private let values: UnsafeMutableBufferPointer<Double>
    private var low = 0

    init(_ values: UnsafeMutableBufferPointer<Double>) { self.values = values }

    mutating func value(_ quantile: Quantile) -> Double {
        let below = quantile.below(values.count)
        let value = select(below)
        guard below + 1 < values.count else { return value }
        var above = values[below + 1]
        for index in (below + 1)..<values.count { above = min(above, values[index]) }
        return quantile.between(value, above, of: values.count)
    }

    /// The value at a position of the sorted values; what is before it is not greater, what is behind it not smaller.
    private mutating func select(_ position: Int) -> Double {
        var (left, right) = (min(low, position), values.count - 1)
        low = position
        var rounds = 0
        while right - left > 16 {
            rounds += 1
            // Partitions that do not shrink happen on built inputs alone; sorting bounds them.
            if rounds > 64 { break }
            let pivot = medianOfThree(values[left], values[(left + right) / 2], values[right])
            var (one, other) = (left, right)
            while one <= other {
                while values[one] < pivot { one += 1 }
                while values[other] > pivot { other -= 1 }
                if one <= other {
                    values.swapAt(one, other)
                    one += 1
                    other -= 1
                }
            }
            if position <= other { right = other } else if position >= one { left = one } else { return values[position] }
        }
        UnsafeMutableBufferPointer(rebasing: values[left...right]).sortInPlace()
        return values[position]
    }

    private func medianOfThree(_ a: Double, _ b: Double, _ c: Double) -> Double { max(min(a, b), min(max(a, b), c)) }
}

extension UnsafeMutableBufferPointer<Double> {
    fileprivate func sortInPlace() {
        var own = self
        own.sort()
    }
}
