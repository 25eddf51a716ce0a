import Foundation

/// Draws for the sources of correlation groups, one whole batch at a time.
///
/// Normal scores with the wanted correlation (a Gaussian copula: one common factor, or the Cholesky factor of the matrix) are
/// made from the sources' own strata; then each source's scores are replaced by their ranks. So every source still meets each
/// stratum of its distribution exactly once, whatever its distribution, and the ranks are correlated as asked.
/// - Source: Iman & Conover 1982 for reordering by ranks; ρ = 2 sin(π ρₛ / 6) from Spearman's to Pearson's for normal scores.
struct CorrelatedDraws: Sendable {
    struct Group: Sendable {
        /// The sources' hashes, in the order of the rows.
        var sources: [UInt64]
        /// Loading on the factor shared by all, or the lower triangular factor by rows.
        var mixing: Mixing
        /// Key of the shared factor.
        var factorSource: UInt64
    }

    enum Mixing: Sendable {
        case factor(loading: Float)
        case triangular([Float])
    }

    let groups: [Group]
    let rows: Int
    let strata: RandomStrata

    init(groups: [Group], strata: RandomStrata) {
        self.groups = groups
        self.strata = strata
        rows = groups.reduce(0) { $0 + $1.sources.count }
    }

    /// - Returns: `rows` × 1024 draws.
    /// - Complexity: about 10 ns a draw for a common strength, k multiplications more for a matrix of k.
    func draws(batch: Int) -> [Int32] {
        var result: [Int32] = []
        result.reserveCapacity(rows * RandomStrata.batchSize)
        for group in groups { append(group, batch: batch, to: &result) }
        return result
    }

    private func append(_ group: Group, batch: Int, to result: inout [Int32]) {
        let size = RandomStrata.batchSize
        let own = group.sources.map { rawDraws($0, batch) }
        let scores = own.map { $0.map { NormalScores.score(stratum: $0 >> 13) } }
        let factor = rawDraws(group.factorSource, batch).map { NormalScores.score(stratum: $0 >> 13) }
        for member in group.sources.indices {
            var mixed = [Float](repeating: 0, count: size)
            switch group.mixing {
            case .factor(let loading):
                let rest = (1 - loading * loading).squareRoot()
                for run in 0..<size { mixed[run] = loading * factor[run] + rest * scores[member][run] }
            case .triangular(let matrix):
                for other in 0...member {
                    let weight = matrix[member * group.sources.count + other]
                    for run in 0..<size { mixed[run] += weight * scores[other][run] }
                }
            }
            let ranks = NormalScores.ranks(mixed)
            for run in 0..<size { result.append(ranks[run] << 13 | own[member][run] & 0x1FFF) }
        }
    }

    private func rawDraws(_ source: UInt64, _ batch: Int) -> [Int32] {
        let key = strata.key(source: source, batch: batch)
        return [Int32](unsafeUninitializedCapacity: RandomStrata.batchSize) { buffer, count in
            if let base = buffer.baseAddress { key.fill(base, from: 0, count: RandomStrata.batchSize) }
            count = RandomStrata.batchSize
        }
    }
}

extension CorrelatedDraws.Mixing {
    /// `nil` where no joint distribution has the rank correlations.
    init?(_ strength: CorrelationGroup.Strength, members: Int) {
        switch strength {
        case .common(let rank):
            self = .factor(loading: Float((2 * sin(Double.pi * rank / 6)).squareRoot()))
        case .matrix(let ranks):
            guard let factor = Self.cholesky(ranks.map { 2 * sin(Double.pi * $0 / 6) }, members) else { return nil }
            self = .triangular(factor.map { Float($0) })
        }
    }

    private static func cholesky(_ matrix: [Double], _ size: Int) -> [Double]? {
        var factor = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0...row {
                var sum = matrix[row * size + column]
                for k in 0..<column { sum -= factor[row * size + k] * factor[column * size + k] }
                if row == column {
                    guard sum > 1e-10 else { return nil }
                    factor[row * size + row] = sum.squareRoot()
                } else {
                    factor[row * size + column] = sum / factor[column * size + column]
                }
            }
        }
        return factor
    }
}

/// Normal scores of the 1024 strata, and ranks of scores in one sweep over buckets.
enum NormalScores {
    private static let table: [Float] = (0..<RandomStrata.batchSize).map {
        Float(SpecialFunctions.normalQuantile((Double($0) + 0.5) / Double(RandomStrata.batchSize)))
    }

    /// Φ at −6 … 6 in steps of 1/128, times the number of buckets.
    private static let distribution: [Float] = (0...1536).map {
        Float(SpecialFunctions.normalDistribution(Double($0) / 128 - 6) * Double(RandomStrata.batchSize))
    }

    static func score(stratum: Int32) -> Float { table[Int(stratum)] }

    /// The rank (0…1023) of each score: sorted into about as many buckets as scores by Φ, then by insertion within buckets.
    static func ranks(_ scores: [Float]) -> [Int32] {
        let size = scores.count
        let buckets = scores.map { score in
            min(max(Int(distribution[Int(min(max((score + 6) * 128, 0), 1535))]), 0), size - 1)
        }
        var starts = [Int32](repeating: 0, count: size + 1)
        for bucket in buckets { starts[bucket + 1] += 1 }
        for bucket in 0..<size { starts[bucket + 1] += starts[bucket] }
        var order = [Int32](repeating: 0, count: size)
        for run in 0..<size {
            order[Int(starts[buckets[run]])] = Int32(run)
            starts[buckets[run]] += 1
        }
        for position in 1..<size {
            let run = order[position]
            var hole = position
            while hole > 0 && scores[Int(order[hole - 1])] > scores[Int(run)] {
                order[hole] = order[hole - 1]
                hole -= 1
            }
            order[hole] = run
        }
        var ranks = [Int32](repeating: 0, count: size)
        for position in 0..<size { ranks[Int(order[position])] = Int32(position) }
        return ranks
    }
}
