/// What a quantity came to in the runs of a simulation.
public struct SampleDistribution: Sendable {
    /// One value per run, in the order of the runs; the same position in another distribution of the same result is the same run.
    public let runs: [Double]
    /// The same, ascending.
    public let sorted: [Double]
    /// The run of each sorted value.
    let order: [Int32]
    public let mean: Double
    public let standardDeviation: Double

    init(_ runs: [Double]) {
        self.runs = runs
        let order = RadixOrder.order(of: runs)
        sorted = order.map { runs[Int($0)] }
        self.order = order
        let count = Double(max(runs.count, 1))
        let mean = runs.reduce(0, +) / count
        self.mean = mean
        let squares = runs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        standardDeviation = (squares / max(count - 1, 1)).squareRoot()
    }

    public var minimum: Double { sorted.first ?? 0 }
    public var maximum: Double { sorted.last ?? 0 }

    /// The value not exceeded with probability `p`, linear between order statistics. `quantile(0.8)` is what planners call P80.
    public func quantile(_ p: Double) -> Double {
        sorted.isEmpty || p.isNaN ? 0 : Estimate.historyQuantile(sorted, min(max(p, 0), 1))
    }

    /// The share of runs that stay at or below a value: the probability of keeping to it.
    public func probability(atMost value: Double) -> Double {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return sorted.isEmpty ? 0 : Double(low) / Double(sorted.count)
    }

    /// What must be held beyond `baseline` so that a probability of `confidence` is reached; zero where it is reached anyway.
    public func reserve(over baseline: Double, confidence: Double) -> Double { max(quantile(confidence) - baseline, 0) }

    /// P10, P20 … P90.
    public var deciles: [Double] { (1...9).map { quantile(Double($0) / 10) } }

    /// Points of the cumulative curve (S-curve), from the least value to the greatest, evenly spaced in probability.
    public func curve(points: Int = 101) -> [(value: Double, probability: Double)] {
        (0..<max(points, 2)).map { index in
            let p = Double(index) / Double(max(points, 2) - 1)
            return (quantile(p), p)
        }
    }

    /// Runs per bin of equal width between the least and the greatest value.
    public func histogram(bins: Int) -> [(from: Double, to: Double, runs: Int)] {
        let bins = max(bins, 1)
        let width = (maximum - minimum) / Double(bins)
        guard width > 0 else { return [(minimum, maximum, runs.count)] }
        var counts = [Int](repeating: 0, count: bins)
        for value in runs { counts[min(Int((value - minimum) / width), bins - 1)] += 1 }
        return counts.enumerated().map { index, count in
            (minimum + Double(index) * width, minimum + Double(index + 1) * width, count)
        }
    }
}
