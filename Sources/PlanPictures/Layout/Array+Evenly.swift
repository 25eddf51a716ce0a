extension Array {
    /// Parts whose lengths differ by one at most, none longer than `most`, so that of several pages the last is not nearly empty.
    func evenly(most: Int) -> [[Element]] {
        let parts = (count + most - 1) / Swift.max(most, 1)
        return (0..<parts).map { Array(self[count * $0 / parts..<count * ($0 + 1) / parts]) }
    }
}

extension Array {
    /// Two by two, the last perhaps alone: what stands beside each other in two columns.
    var pairs: [[Element]] { stride(from: 0, to: count, by: 2).map { Array(self[$0..<Swift.min($0 + 2, count)]) } }
}
