/// Least squares by Householder reflections.
struct LinearFit {
    let coefficients: [Double]
    let residuals: [Double]
    /// (XᵀX)⁻¹, row by row.
    let inverse: [Double]

    /// - Returns: `nil` where the columns depend on each other.
    init?(_ rows: [[Double]], _ values: [Double]) {
        let (n, k) = (rows.count, rows.first?.count ?? 0)
        guard n >= k, k > 0 else { return nil }
        var a = rows
        var y = values
        for column in 0..<k {
            let norm = (column..<n).map { a[$0][column] * a[$0][column] }.compensatedSum.squareRoot()
            let scale = rows.map { abs($0[column]) }.max() ?? 0
            guard norm > 1e-11 * scale * Double(n).squareRoot() else { return nil }
            let alpha = a[column][column] > 0 ? -norm : norm
            var v = (column..<n).map { a[$0][column] }
            v[0] -= alpha
            let square = v.reduce(0) { $0 + $1 * $1 }
            for other in column..<k {
                let factor = 2 * v.indices.reduce(0) { $0 + v[$1] * a[column + $1][other] } / square
                for i in v.indices { a[column + i][other] -= factor * v[i] }
            }
            let factor = 2 * v.indices.reduce(0) { $0 + v[$1] * y[column + $1] } / square
            for i in v.indices { y[column + i] -= factor * v[i] }
        }
        func solved(_ right: [Double]) -> [Double] {
            var x = [Double](repeating: 0, count: k)
            for i in stride(from: k - 1, through: 0, by: -1) {
                x[i] = (right[i] - (i + 1..<k).reduce(0) { $0 + a[i][$1] * x[$1] }) / a[i][i]
            }
            return x
        }
        let found = solved(y)
        coefficients = found
        residuals = zip(rows, values).map { row, value in value - (0..<k).reduce(0) { $0 + row[$1] * found[$1] } }
        // R⁻¹ column by column, then R⁻¹R⁻ᵀ.
        let columns = (0..<k).map { unit in solved((0..<k).map { $0 == unit ? 1 : 0 }) }
        inverse = (0..<k * k).map { place in (0..<k).reduce(0) { $0 + columns[$1][place / k] * columns[$1][place % k] } }
    }

    private func product(_ a: [Double], _ b: [Double]) -> [Double] {
        let k = coefficients.count
        return (0..<k * k).map { place in (0..<k).reduce(0) { $0 + a[place / k * k + $1] * b[$1 * k + place % k] } }
    }

    /// The covariance of the coefficients if the errors are autoregressive of order one, row by row.
    ///
    /// The correlation of the residuals is too small by about (k + 3r) ÷ n, which is made good; the variance is unbiased for it.
    ///
    /// - Complexity: O(n k²).
    /// - Source: Kendall 1954 for the bias; generalised least squares theory (Judge et al. 1985, ch. 8) for the covariance.
    func autoregressiveCovariance(_ rows: [[Double]]) -> [Double] {
        let (n, k) = (rows.count, coefficients.count)
        let square = residuals.map { $0 * $0 }.compensatedSum
        guard square > 0 else { return [Double](repeating: 0, count: k * k) }
        let seen = zip(residuals, residuals.dropFirst()).map { $0 * $1 }.compensatedSum / square
        let rho = min(0.9, max(0, seen + (Double(k) + 3 * seen) / Double(n)))
        // Ω x for Ω = ρ^|i−j|: a pass forth and a pass back.
        func correlated(_ column: Int) -> [Double] {
            var result = rows.map { $0[column] }
            var (forth, back) = (0.0, 0.0)
            for t in 0..<n {
                result[t] += forth
                forth = rho * (forth + rows[t][column])
            }
            for t in stride(from: n - 1, through: 0, by: -1) {
                result[t] += back
                back = rho * (back + rows[t][column])
            }
            return result
        }
        let columns = (0..<k).map(correlated)
        let middle = (0..<k * k).map { place in (0..<n).reduce(0) { $0 + rows[$1][place / k] * columns[place % k][$1] } }
        let half = product(inverse, middle)
        let trace = (0..<k).reduce(0) { $0 + half[$1 * k + $1] }
        let variance = square / max(1e-9, Double(n) - trace)
        return product(half, inverse).map { $0 * variance }
    }

    /// The covariance of the coefficients with serially correlated errors of any shape (Newey & West 1987), row by row.
    func serialCovariance(_ rows: [[Double]], lags: Int) -> [Double] {
        let (n, k) = (rows.count, coefficients.count)
        var middle = [Double](repeating: 0, count: k * k)
        for lag in 0...min(lags, n - 1) {
            let weight = lag == 0 ? 0.5 : 1 - Double(lag) / Double(lags + 1)
            for t in lag..<n {
                let product = weight * residuals[t] * residuals[t - lag]
                for i in 0..<k {
                    for j in 0..<k {
                        middle[i * k + j] += product * (rows[t][i] * rows[t - lag][j] + rows[t - lag][i] * rows[t][j])
                    }
                }
            }
        }
        let factor = Double(n) / Double(n - k)
        return product(product(inverse, middle), inverse).map { $0 * factor }
    }
}
