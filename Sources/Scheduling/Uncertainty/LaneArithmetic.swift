/// Runs are simulated side by side in lanes, so that the compiler can make one instruction work on several runs.
enum Lanes {
    /// 64 runs × 1,000 activities × 2 arrays of 4 bytes stay within a second-level cache.
    static let count = 64
    static let blocksPerBatch = RandomStrata.batchSize / count

    /// The middle of the step of 2⁻²³ that a draw names; strictly between 0 and 1, exact.
    @inline(__always)
    static func probability(_ draw: Int32) -> Float { Float(draw) * 0x1p-23 + 0x1p-24 }
}

/// The loops over lanes. Each has a constant trip count and no branch, which is what makes the compiler vectorise it.
extension Lanes {
    typealias Floats = UnsafeMutablePointer<Float>

    @inline(__always)
    static func set(_ target: Floats, _ value: Float) {
        for lane in 0..<count { target[lane] = value }
    }

    /// target = max(target, source + lag)
    @inline(__always)
    static func raise(_ target: Floats, to source: Floats, plus lag: Float) {
        for lane in 0..<count {
            let bound = source[lane] + lag
            target[lane] = bound > target[lane] ? bound : target[lane]
        }
    }

    /// target = max(target, source + lag − duration)
    @inline(__always)
    static func raise(_ target: Floats, to source: Floats, plus lag: Float, minus duration: Floats) {
        for lane in 0..<count {
            let bound = source[lane] + lag - duration[lane]
            target[lane] = bound > target[lane] ? bound : target[lane]
        }
    }

    @inline(__always)
    static func add(_ target: Floats, _ a: Floats, _ b: Floats) {
        for lane in 0..<count { target[lane] = a[lane] + b[lane] }
    }

    /// No time is further from the start than this; keeps every later conversion safe. 1,900 years around the clock.
    static let farthest: Float = 1_000_000_000

    static func clamped(_ minutes: Int) -> Float { Float(min(max(minutes, -1_000_000_000), 1_000_000_000)) }

    /// Nearest whole number, from zero to ``farthest``. Adding and subtracting 1.5 × 2²³ rounds without a call; exact below 2²².
    @inline(__always)
    static func roundToMinutes(_ values: Floats) {
        for lane in 0..<count {
            let rounded = (values[lane] + 12_582_912) - 12_582_912
            let capped = rounded < farthest ? rounded : farthest
            values[lane] = capped > 0 ? capped : 0
        }
    }

    /// Marks the lanes where `bound + lag` is what `reached` is, among those marked in `from`.
    @inline(__always)
    static func mark(
        _ target: UnsafeMutablePointer<Int32>, where bound: Floats, plus lag: Float, is reached: Floats,
        from marks: UnsafeMutablePointer<Int32>
    ) {
        for lane in 0..<count {
            target[lane] |= bound[lane] + lag == reached[lane] ? marks[lane] : 0
        }
    }
}

/// Groups of eight lanes, where the compiler needs to be told.
extension Lanes {
    typealias Group = SIMD8<Float>

    static let groups = count / 8

    @inline(__always)
    static func vector(_ pointer: UnsafePointer<Float>, _ group: Int) -> Group {
        UnsafeRawPointer(pointer + 8 * group).loadUnaligned(as: Group.self)
    }

    @inline(__always)
    static func store(_ values: Group, _ pointer: UnsafeMutablePointer<Float>, _ group: Int) {
        UnsafeMutableRawPointer(pointer + 8 * group).storeBytes(of: values, as: Group.self)
    }

    @inline(__always)
    static func probabilities(_ draws: UnsafePointer<Int32>, _ group: Int) -> Group {
        Group(UnsafeRawPointer(draws + 8 * group).loadUnaligned(as: SIMD8<Int32>.self)) * 0x1p-23 + 0x1p-24
    }

    /// √x for x ≥ 0, off by less than 5e-6 of itself: the inverse root guessed from the bits, improved twice by Newton's method.
    /// The library's root is a call on Linux, which keeps a loop from being vectorised; this is five times as fast.
    @inline(__always)
    static func squareRoot(_ x: Group) -> Group {
        let bits = unsafeBitCast(x, to: SIMD8<UInt32>.self)
        var inverse = unsafeBitCast(0x5F37_5A86 &- (bits &>> 1), to: Group.self)
        let half = 0.5 * x
        inverse = inverse * (1.5 - half * inverse * inverse)
        inverse = inverse * (1.5 - half * inverse * inverse)
        return x * inverse
    }
}
