extension LogStatistics {
    /// What many values come to. Quantiles are linear between neighbours (Hyndman & Fan, type 7); of no values everything is 0.
    public struct Summary: Sendable, Hashable {
        public let count: Int
        public let mean, minimum, median, p80, p90, maximum: Double

        /// - Parameter values: put into another order.
        /// - Complexity: O(n) expected; quantiles are selected, not sorted (Hoare, Algorithm 65).
        public init(_ values: inout [Double]) { self = values.withUnsafeMutableBufferPointer { Summary($0) } }

        init(_ values: UnsafeMutableBufferPointer<Double>) {
            count = values.count
            guard !values.isEmpty else {
                (mean, minimum, median, p80, p90, maximum) = (0, 0, 0, 0, 0, 0)
                return
            }
            // Compensated, so that long logs lose no digits.
            var (sum, rest) = (0.0, 0.0)
            var (low, high) = (values[0], values[0])
            for value in values {
                let term = value - rest
                let next = sum + term
                rest = (next - sum) - term
                sum = next
                low = min(low, value)
                high = max(high, value)
            }
            mean = sum / Double(values.count)
            (minimum, maximum) = (low, high)
            var selection = Selection(values)
            (median, p80, p90) = (selection.quantile(0.5), selection.quantile(0.8), selection.quantile(0.9))
        }
    }
}

/// Quantiles of one buffer, asked for in rising order: what lies below one asked before is not looked at again.
private struct Selection {
    private let values: UnsafeMutableBufferPointer<Double>
    private var low = 0

    init(_ values: UnsafeMutableBufferPointer<Double>) { self.values = values }

    mutating func quantile(_ share: Double) -> Double {
        let position = share * Double(values.count - 1)
        let below = Int(position)
        let value = select(below)
        guard below + 1 < values.count else { return value }
        var above = values[below + 1]
        for index in (below + 1)..<values.count { above = min(above, values[index]) }
        return value + (position - Double(below)) * (above - value)
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
