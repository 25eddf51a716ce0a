import Foundation

/// Monthly series of the kinds that businesses and statistics offices keep, the same for the same seed.
///
/// Level by random walk, damped or changing drift, or mean reversion; seasons that multiply, add or are absent and may evolve;
/// noise that may be heavy-tailed; now and then a shift of level or an outlier. None of it is drawn from the models that
/// forecast it.
struct SeriesGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func share() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) / 9_007_199_254_740_992
    }

    mutating func normal() -> Double {
        let radius = (-2 * log(max(share(), 1e-300))).squareRoot()
        return radius * cos(2 * .pi * share())
    }

    private mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * share() }

    /// 66 to 144 values above zero.
    mutating func monthly() -> [Double] {
        let count = 66 + Int(share() * 79)
        let noise = exp(between(log(0.005), log(0.2)))
        let wander = noise * between(0, 0.7)
        let isTrending = share() < 0.5
        var drift = isTrending ? between(-0.004, 0.01) : 0
        let driftChange = isTrending ? between(0, 0.0008) : 0
        let reversion = share() < 0.25 ? between(0.05, 0.4) : 0
        let amplitude = share() < 0.65 ? exp(between(log(0.02), log(0.35))) : 0
        var seasons = (0..<12).map { _ in amplitude * normal() }
        let seasonChange = share() < 0.3 ? amplitude * between(0.02, 0.12) : 0
        let isAdditive = share() < 0.3
        let tail = share() < 0.3
        var level = 0.0
        var anchor = 0.0
        let scale = exp(between(log(50), log(20_000)))
        return (0..<count).map { index in
            drift += driftChange * normal()
            if share() < 0.004 { drift = -drift * share() }
            anchor += drift
            level += drift + wander * normal() - reversion * (level - anchor)
            if share() < 0.006 { level += 4 * noise * normal() }
            seasons[index % 12] += seasonChange * normal()
            var error = noise * normal()
            if tail && share() < 0.05 { error *= 4 }
            let relative = isAdditive ? exp(level) + seasons[index % 12] + error : exp(level + seasons[index % 12] + error)
            return scale * max(0.02, relative)
        }
    }
}
