/// Reproducible numbers for property tests (SplitMix64).
struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Even over 0..<1.
    mutating func share() -> Double { Double(bits() >> 11) / 9_007_199_254_740_992 }

    mutating func roll(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(bits() % UInt64(range.count)) }

    /// Roughly standard normal: the sum of twelve even numbers less six.
    mutating func bell() -> Double { (0..<12).reduce(-6) { sum, _ in sum + share() } }
}
