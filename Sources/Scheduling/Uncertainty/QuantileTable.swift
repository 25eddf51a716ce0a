import Foundation

/// The quantile function of an estimate as a table that a hot loop can read: linear between knots at every 256th of the
/// probability, and twice sixteen times finer in the first and the last 256th, where quantile functions bend.
///
/// 325 numbers. Off by less than 1e-5 of the spread in mean and standard deviation for the kinds of ``Estimate``.
enum QuantileTable {
    static let mainCells = 256
    /// Positions of the five parts in a table: main, then the first and last cell refined, then their outermost cells again.
    static let lowOffset = 257
    static let lowestOffset = 257 + 17
    static let highOffset = 257 + 34
    static let highestOffset = 257 + 51
    static let count = 257 + 68

    /// The outermost probability a draw can have; unbounded quantile functions are cut there.
    static let outermost = 1.0 / 16_777_216

    /// The probability of each knot.
    static let probabilities: [Double] = {
        let fine = (0...16).map { Double($0) / 16 }
        let main = (0...mainCells).map { Double($0) / 256 }
        let all =
            main + fine.map { $0 / 256 } + fine.map { $0 / 4096 }
            + fine.map { 1 - (1 - $0) / 256 } + fine.map { 1 - (1 - $0) / 4096 }
        return all.map { min(max($0, outermost), 1 - outermost) }
    }()

    private static let normal: [Double] = probabilities.map(SpecialFunctions.normalQuantile)

    static func table(of estimate: Estimate) -> [Float] {
        switch estimate {
        case .pert(let low, let mode, let high, let weight) where high > low:
            let position = (mode - low) / (high - low)
            let shape = weight == 4 ? BetaShapes.classic(mode: position) : BetaShapes.exact(mode: position, weight: weight)
            return shape.map { Float(low + (high - low) * Double($0)) }
        case .normal(let mean, let deviation):
            return normal.map { Float(mean + deviation * $0) }
        case .logNormal(let mean, let deviation):
            let logs = Estimate.logMoments(mean: mean, deviation: deviation)
            return normal.map { Float(exp(logs.mean + logs.deviation * $0)) }
        case .history(let values):
            let sorted = values.sorted()
            return probabilities.map { Float(Estimate.historyQuantile(sorted, $0)) }
        default:
            return probabilities.map { Float(estimate.quantile($0)) }
        }
    }

    /// - Parameter draw: a probability in units of 2⁻²³, its lower end; the middle of that step is read.
    @inline(__always)
    static func value(_ table: UnsafePointer<Float>, _ draw: Int32) -> Float {
        let cell = draw >> 15
        if cell == 0 || cell == 255 { return outerValue(table, draw) }
        let at = table + Int(cell)
        let fraction = Float(draw & 0x7FFF) * 0x1p-15 + 0x1p-16
        return at[0] + fraction * (at[1] - at[0])
    }

    @inline(never)
    private static func outerValue(_ table: UnsafePointer<Float>, _ draw: Int32) -> Float {
        let isLow = draw >> 15 == 0
        let within = draw & 0x7FFF
        let cell = within >> 11
        if cell == (isLow ? 0 : 15) {
            let at = table + (isLow ? lowestOffset : highestOffset) + Int((within & 0x7FF) >> 7)
            let fraction = Float(within & 0x7F) * 0x1p-7 + 0x1p-8
            return at[0] + fraction * (at[1] - at[0])
        }
        let at = table + (isLow ? lowOffset : highOffset) + Int(cell)
        let fraction = Float(within & 0x7FF) * 0x1p-11 + 0x1p-12
        return at[0] + fraction * (at[1] - at[0])
    }
}

/// Quantile tables of the beta distributions on 0…1 that three-point estimates use.
enum BetaShapes {
    private static let steps = 128

    /// Tables for modes 0, 1/128 … 1 with the classic weight; made once, about 40 ms. The upper half mirrors the lower.
    private static let grid: [[Float]] = {
        var tables = (0...steps / 2).map { exact(mode: Double($0) / Double(steps), weight: 4) }
        for step in (steps / 2 + 1)...steps { tables.append(mirrored(tables[steps - step])) }
        return tables
    }()

    /// The table for any mode, between two of the grid's: off by less than 2e-5.
    static func classic(mode: Double) -> [Float] {
        let position = mode * Double(steps)
        let index = min(Int(position), steps - 1)
        let share = Float(position - Double(index))
        let (a, b) = (grid[index], grid[index + 1])
        return (0..<a.count).map { a[$0] + share * (b[$0] - a[$0]) }
    }

    static func exact(mode: Double, weight: Double) -> [Float] {
        let (alpha, beta) = (1 + weight * mode, 1 + weight * (1 - mode))
        let logBeta = SpecialFunctions.logBeta(alpha, beta)
        var table = [Float](repeating: 0, count: QuantileTable.count)
        var x = alpha / (alpha + beta)
        // Ascending probabilities, so that each search starts near its end.
        for knot in QuantileTable.probabilities.indices.sorted(by: {
            QuantileTable.probabilities[$0] < QuantileTable.probabilities[$1]
        }) {
            let p = QuantileTable.probabilities[knot]
            x = SpecialFunctions.betaQuantile(p, alpha, beta, logBeta: logBeta, from: x)
            table[knot] = Float(x)
        }
        return table
    }

    /// 1 − q(1 − p): main knots turn around, low parts become high parts.
    private static func mirrored(_ table: [Float]) -> [Float] {
        func turned(_ from: Int, _ count: Int) -> [Float] { (0..<count).map { 1 - table[from + count - 1 - $0] } }
        return turned(0, 257) + turned(QuantileTable.highOffset, 17) + turned(QuantileTable.highestOffset, 17)
            + turned(QuantileTable.lowOffset, 17) + turned(QuantileTable.lowestOffset, 17)
    }
}
