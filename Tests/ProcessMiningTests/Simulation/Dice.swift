import Foundation

@testable import ProcessMining

/// Reproducible numbers between 0 and 1 (SplitMix64).
struct Dice {
    var state: UInt64

    mutating func part() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Chance.part(Chance.mix(state, 0))
    }

    /// By chance, of this mean.
    mutating func span(_ mean: Double) -> Double { -mean * log(part()) }
}
