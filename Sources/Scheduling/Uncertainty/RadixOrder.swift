/// Ascending order of floating-point numbers by their bits, eleven at a time: for ten thousand values about five times as fast as
/// sorting by comparison, which took a quarter of a simulation of a small plan.
enum RadixOrder {
    private static let digitBits: UInt64 = 11
    private static let buckets = 2048

    /// Positions of the values in ascending order; equal values keep their order. Values must not be NaN.
    /// - Complexity: O(n), at most six passes; passes in which all values agree are left out.
    static func order(of values: [Double]) -> [Int32] {
        // Bits ascend with the value once negative numbers are turned around.
        var keys = values.map { value in
            let bits = value.bitPattern
            return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
        }
        var order = (0..<Int32(values.count)).map { $0 }
        var nextKeys = keys
        var nextOrder = order
        var starts = [Int32](repeating: 0, count: buckets)
        for shift in stride(from: UInt64(0), to: 64, by: Int(digitBits)) {
            guard count(keys, shift, into: &starts) else { continue }
            for index in keys.indices {
                let bucket = Int(truncatingIfNeeded: keys[index] >> shift) & (buckets - 1)
                let place = Int(starts[bucket])
                starts[bucket] += 1
                nextKeys[place] = keys[index]
                nextOrder[place] = order[index]
            }
            swap(&keys, &nextKeys)
            swap(&order, &nextOrder)
        }
        return order
    }

    /// Where each digit's values begin; `false` if all have the same digit.
    private static func count(_ keys: [UInt64], _ shift: UInt64, into starts: inout [Int32]) -> Bool {
        for bucket in 0..<buckets { starts[bucket] = 0 }
        for key in keys { starts[Int(truncatingIfNeeded: key >> shift) & (buckets - 1)] += 1 }
        if let first = keys.first, Int(starts[Int(truncatingIfNeeded: first >> shift) & (buckets - 1)]) == keys.count {
            return false
        }
        var sum: Int32 = 0
        for bucket in 0..<buckets {
            let here = starts[bucket]
            starts[bucket] = sum
            sum += here
        }
        return true
    }
}
