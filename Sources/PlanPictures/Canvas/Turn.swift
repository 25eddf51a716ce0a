#if canImport(Glibc)
    import Glibc
#endif

/// Parts of a full turn.
enum Turn {
    /// `part` 0 is up, 0.25 is right.
    static func sineCosine(_ part: Double) -> (Double, Double) { (sin(part * 2 * .pi), cos(part * 2 * .pi)) }
}
