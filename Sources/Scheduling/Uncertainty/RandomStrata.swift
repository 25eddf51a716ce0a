/// Latin hypercube draws from a counter: what source `s` gets in run `r` is a function of (seed, s, r) alone, so the result does
/// not depend on how runs are shared among threads, nor a source's draws on which other sources exist.
///
/// Runs come in batches of 1024. Within a batch every source meets each 1024th of its distribution exactly once, in an order of its
/// own (a keyed bijection of ten bits), at a place within the stratum that is hashed too. Batches are independent of each other, which
/// gives the simulation honest standard errors (replicated Latin hypercube sampling, McKay, Beckman & Conover 1979; Owen 1992).
struct RandomStrata: Sendable {
    static let batchSize = 1024
    static let batchBits = 10

    let seed: UInt64

    /// The finalizer of SplitMix64 (Steele, Lea & Flood 2014): a bijection of 64 bits without visible structure.
    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    func key(source: UInt64, batch: Int) -> StratumKey {
        let first = RandomStrata.mix(seed ^ RandomStrata.mix(source &* 2))
        let second = RandomStrata.mix(first ^ RandomStrata.mix(UInt64(batch) &* 2 &+ 1))
        return StratumKey(second, RandomStrata.mix(second))
    }
}

/// The keyed bijection of one source in one batch.
struct StratumKey {
    private var xor, add1, add2, add3: UInt16
    private var factor1, factor2, factor3: UInt16
    private var placeFactor, placeAdd: UInt16

    init(_ a: UInt64, _ b: UInt64) {
        xor = UInt16(truncatingIfNeeded: a)
        factor1 = UInt16(truncatingIfNeeded: a >> 16) | 1
        add1 = UInt16(truncatingIfNeeded: a >> 32)
        factor2 = UInt16(truncatingIfNeeded: a >> 48) | 1
        add2 = UInt16(truncatingIfNeeded: b)
        factor3 = UInt16(truncatingIfNeeded: b >> 16) | 1
        add3 = UInt16(truncatingIfNeeded: b >> 32)
        placeFactor = UInt16(truncatingIfNeeded: b >> 48) | 1
        placeAdd = UInt16(truncatingIfNeeded: (a ^ b) >> 20)
    }

    /// Draws for `count` runs from number `from` on in the batch: probabilities in units of 2⁻²³, stratum in the upper ten bits.
    ///
    /// Sixteen-bit arithmetic without branches: the compiler makes eight at once of it even for the oldest x86-64.
    @inline(__always)
    func fill(_ draws: UnsafeMutablePointer<Int32>, from: Int, count: Int) {
        let first = UInt16(truncatingIfNeeded: from)
        for lane in 0..<count {
            let run = first &+ UInt16(truncatingIfNeeded: lane)
            var x = (run ^ xor) & 1023
            x = (x &* factor1 &+ add1) & 1023
            x ^= x >> 5
            x = (x &* factor2 &+ add2) & 1023
            x ^= x >> 4
            x = (x &* factor3 &+ add3) & 1023
            x ^= x >> 5
            x = (x &* factor1 &+ add2) & 1023
            var place = (run ^ add3) &* placeFactor &+ placeAdd
            place ^= place >> 7
            place = place &* factor2
            place ^= place >> 9
            place = place &* 0x6A4D
            draws[lane] = Int32(x) << 13 | Int32(place >> 3)
        }
    }
}
