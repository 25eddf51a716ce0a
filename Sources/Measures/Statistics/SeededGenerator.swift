import Foundation

/// xoshiro256** with its state filled by SplitMix64: the same seed gives the same numbers on every machine.
///
/// - Source: Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators".
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var a: UInt64
    private var b: UInt64
    private var c: UInt64
    private var d: UInt64

    public init(seed: UInt64) {
        var counter = seed
        func mixed() -> UInt64 {
            counter &+= 0x9E37_79B9_7F4A_7C15
            var word = counter
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
        a = mixed()
        b = mixed()
        c = mixed()
        d = mixed()
    }

    public mutating func next() -> UInt64 {
        let product = b &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let shifted = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = (d << 45) | (d >> 19)
        return result
    }

    /// Evenly in 0…1, both ends left out: multiples of 2⁻⁵³ plus one half.
    public mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

    /// Standard normal, by the inverse of its distribution: one word a number, so sequences of different use stay in step.
    public mutating func normal() -> Double { NormalDistribution.standardQuantile(uniform()) }

    /// Exponential with mean 1.
    public mutating func exponential() -> Double { -log(uniform()) }

    /// Gamma with scale 1.
    ///
    /// - Source: Marsaglia & Tsang 2000.
    public mutating func gamma(shape: Double) -> Double {
        guard shape >= 1 else { return gamma(shape: shape + 1) * pow(uniform(), 1 / shape) }
        let third = shape - 1 / 3.0
        let scale = 1 / (9 * third).squareRoot()
        while true {
            let deviate = normal()
            let root = 1 + scale * deviate
            guard root > 0 else { continue }
            let cube = root * root * root
            if log(uniform()) < 0.5 * deviate * deviate + third * (1 - cube + log(cube)) { return third * cube }
        }
    }

    /// Beta, from two gammas.
    public mutating func beta(_ a: Double, _ b: Double) -> Double {
        let first = gamma(shape: a)
        return first / (first + gamma(shape: b))
    }

    /// Poisson, exactly: large means are halved into the smaller of gamma gaps (Ahrens & Dieter 1974).
    public mutating func poisson(mean: Double) -> Int {
        var rest = mean
        var count = 0
        while rest > 30 {
            let jump = Int(rest * 0.875)
            let arrival = gamma(shape: Double(jump))
            if arrival > rest { return count + binomial(trials: jump - 1, probability: rest / arrival) }
            count += jump
            rest -= arrival
        }
        let limit = exp(-rest)
        var product = uniform()
        while product > limit {
            count += 1
            product *= uniform()
        }
        return count
    }

    /// Binomial, exactly: large numbers are split at the median of the order statistics (Relles 1972).
    public mutating func binomial(trials: Int, probability: Double) -> Int {
        var trials = trials
        var probability = probability
        var count = 0
        while trials > 40 {
            let place = trials / 2 + 1
            let split = beta(Double(place), Double(trials + 1 - place))
            if split <= probability {
                count += place
                trials -= place
                probability = (probability - split) / (1 - split)
            } else {
                trials = place - 1
                probability /= split
            }
        }
        for _ in 0..<max(0, trials) where uniform() < probability { count += 1 }
        return count
    }
}
