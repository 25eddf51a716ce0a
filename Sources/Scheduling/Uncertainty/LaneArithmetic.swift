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

    /// Nearest whole number, at least zero. Adding and subtracting 1.5 × 2²³ rounds without a call; exact below 2²².
    @inline(__always)
    static func roundToMinutes(_ values: Floats) {
        for lane in 0..<count {
            let rounded = (values[lane] + 12_582_912) - 12_582_912
            values[lane] = rounded > 0 ? rounded : 0
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

    @inline(__always)
    static func vector(_ pointer: UnsafeMutablePointer<Float>, _ index: Int) -> SIMD8<Float> {
        UnsafeRawPointer(pointer + 8 * index).loadUnaligned(as: SIMD8<Float>.self)
    }
}
