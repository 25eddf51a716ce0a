import Foundation

/// Seasonal ARIMA with few terms, fitted by conditional least squares.
///
/// (1 − φ₁B − φ₂B²)(1 − ΦBᵐ) (1 − B)ᵈ(1 − Bᵐ)ᴰ y = c + (1 + θ₁B + θ₂B²)(1 + ΘBᵐ) e
/// - Source: Box & Jenkins 1976; the set of candidates after Hyndman & Khandakar 2008.
struct Autoregression {
    struct Orders: Hashable {
        var autoregressive = 0
        var difference = 0
        var moving = 0
        var seasonalAutoregressive = 0
        var seasonalDifference = 0
        var seasonalMoving = 0
        var hasConstant = false

        var count: Int {
            autoregressive + moving + seasonalAutoregressive + seasonalMoving + (hasConstant ? 1 : 0) + 1
        }
    }

    var orders: Orders
    var period: Int
    var isLogarithmic: Bool
    /// φ₁ φ₂ Φ θ₁ θ₂ Θ
    var coefficients = [Double](repeating: 0, count: 6)
    var mean = 0.0

    // MARK: Choice

    /// The best small model by AICc; differencing is decided before, by what leaves the least spread.
    static func best(_ values: [Double], period: Int, isSeasonal: Bool) -> Autoregression {
        let isLogarithmic = Self.growsWithLevel(values, period: period)
        let working = isLogarithmic ? values.map { log($0) } : values
        let isSeasonal = isSeasonal && period > 1 && values.count >= 3 * period
        let base = isSeasonal ? difference(working, lag: period) : working
        let once = difference(base, lag: 1)
        var orders = Orders(difference: spread(once) < 1.05 * spread(base) ? 1 : 0, seasonalDifference: isSeasonal ? 1 : 0)
        if orders.difference == 0 && !isSeasonal && spread(once) < 1.4 * spread(base) { orders.difference = 1 }
        var best: (model: Autoregression, criterion: Double)?
        for candidate in candidates(orders) {
            var model = Autoregression(orders: candidate, period: period, isLogarithmic: isLogarithmic)
            let series = orders.difference == 1 ? once : base
            guard series.count > candidate.count + 3 else { continue }
            let criterion = model.fit(series)
            if criterion < best?.criterion ?? .infinity { best = (model, criterion) }
        }
        return best?.model ?? Autoregression(orders: Orders(difference: 1), period: period, isLogarithmic: isLogarithmic)
    }

    private static func candidates(_ base: Orders) -> [Orders] {
        let pairs = base.difference == 1 ? [(0, 1), (1, 1), (2, 0), (0, 2), (1, 2)] : [(1, 0), (2, 0), (1, 1)]
        var result: [Orders] = []
        for (autoregressive, moving) in pairs {
            var orders = base
            orders.autoregressive = autoregressive
            orders.moving = moving
            orders.seasonalMoving = base.seasonalDifference
            orders.hasConstant = base.difference + base.seasonalDifference < 2 && base.difference == 0
            result.append(orders)
        }
        return result
    }

    /// Does the spread within cycles grow with their level? Then logarithms make it even.
    private static func growsWithLevel(_ values: [Double], period: Int) -> Bool {
        guard values.allSatisfy({ $0 > 1e-6 }) else { return false }
        let length = max(4, period)
        var points: [(level: Double, spread: Double)] = []
        for start in stride(from: values.count % length, through: values.count - length, by: length) {
            let block = Array(values[start..<(start + length)])
            let deviation = spread(block)
            if deviation > 0 { points.append((log(block.reduce(0, +) / Double(length)), log(deviation))) }
        }
        guard points.count >= 3 else { return false }
        let count = Double(points.count)
        let level = points.reduce(0) { $0 + $1.level } / count
        let deviation = points.reduce(0) { $0 + $1.spread } / count
        let cross = points.reduce(0) { $0 + ($1.level - level) * ($1.spread - deviation) }
        let squares = points.reduce(0) { $0 + ($1.level - level) * ($1.level - level) }
        return squares > 1e-6 && cross / squares > 0.5
    }

    // MARK: Estimation

    /// Fits to the differenced series; returns AICc up to what all candidates share.
    private mutating func fit(_ series: [Double]) -> Double {
        mean = orders.hasConstant ? series.reduce(0, +) / Double(series.count) : 0
        let centred = series.map { $0 - mean }
        let slots = usedSlots
        let start = slots.map { [0.2, 0.05, 0.1, -0.3, -0.05, -0.5][$0] }
        let count = Double(series.count)
        var trial = self
        let result = withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * series.count) { scratch in
            centred.withUnsafeBufferPointer { centred in
                NelderMead(tolerance: 1e-2, maximalEvaluations: 45 * max(1, slots.count))
                    .minimise(start, steps: [Double](repeating: 0.2, count: start.count)) { point in
                        for (slot, value) in zip(slots, point) { trial.coefficients[slot] = value }
                        guard trial.isAdmissible else { return .infinity }
                        return count * log(max(trial.residualSquares(centred, scratch), 1e-300))
                    }
            }
        }
        for (slot, value) in zip(slots, result.point) { coefficients[slot] = value }
        let free = Double(orders.count)
        return result.value + 2 * free + 2 * free * (free + 1) / max(1, count - free - 1)
    }

    /// Refits the coefficients to another stretch of the series.
    func refitted(to values: [Double]) -> Autoregression {
        var model = self
        let series = differenced(values)
        guard series.count > orders.count + 3 else { return self }
        _ = model.fit(series)
        return model
    }

    private var usedSlots: [Int] {
        Array(0..<orders.autoregressive) + (orders.seasonalAutoregressive > 0 ? [2] : [])
            + (0..<orders.moving).map { 3 + $0 } + (orders.seasonalMoving > 0 ? [5] : [])
    }

    private var isAdmissible: Bool {
        let c = coefficients
        func inside(_ first: Double, _ second: Double) -> Bool {
            abs(second) < 0.98 && second + first < 0.98 && second - first < 0.98
        }
        return inside(c[0], c[1]) && abs(c[2]) < 0.95 && inside(-c[3], -c[4]) && abs(c[5]) < 0.95
    }

    /// Σ e², errors before the series taken as zero, the first ones (as many as there are autoregressive lags) left out.
    @inline(__always)
    private func residualSquares(_ series: UnsafeBufferPointer<Double>, _ scratch: UnsafeMutableBufferPointer<Double>) -> Double {
        let count = series.count
        filter(series, scratch)
        let start = orders.autoregressive + (orders.seasonalAutoregressive > 0 ? period : 0)
        var sum = 0.0
        for index in start..<max(start, count) { sum += scratch[count + index] * scratch[count + index] }
        return sum * Double(count) / Double(max(1, count - start))
    }

    /// The one-step errors of the model along a stationary series.
    func errors(of series: [Double]) -> [Double] {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * series.count) { scratch in
            series.withUnsafeBufferPointer { filter($0, scratch) }
            return (0..<series.count).map { scratch[series.count + $0] }
        }
    }

    /// Leaves in the second half of `scratch` the errors.
    @inline(__always)
    private func filter(_ series: UnsafeBufferPointer<Double>, _ scratch: UnsafeMutableBufferPointer<Double>) {
        let count = series.count
        let (a1, a2, seasonalA) = (coefficients[0], coefficients[1], coefficients[2])
        let (m1, m2, seasonalM) = (coefficients[3], coefficients[4], coefficients[5])
        for index in 0..<count {
            var value = series[index]
            if index >= 1 { value -= a1 * series[index - 1] }
            if index >= 2 { value -= a2 * series[index - 2] }
            if index >= period && seasonalA != 0 {
                var earlier = series[index - period]
                if index > period { earlier -= a1 * series[index - period - 1] }
                if index > period + 1 { earlier -= a2 * series[index - period - 2] }
                value -= seasonalA * earlier
            }
            if index >= period && seasonalM != 0 { value -= seasonalM * scratch[index - period] }
            scratch[index] = value
            var error = value
            if index >= 1 { error -= m1 * scratch[count + index - 1] }
            if index >= 2 { error -= m2 * scratch[count + index - 2] }
            scratch[count + index] = error
        }
    }

    // MARK: Forecast

    func forecast(_ values: [Double], horizon: Int) -> [Double] {
        let working = isLogarithmic ? values.map { log(max($0, 1e-9)) } : values
        let base = orders.seasonalDifference == 1 ? Self.difference(working, lag: period) : working
        let series = (orders.difference == 1 ? Self.difference(base, lag: 1) : base).map { $0 - mean }
        guard !series.isEmpty, let last = base.last else { return [Double](repeating: values.last ?? 0, count: horizon) }
        var ahead = forecastStationary(series, horizon: horizon)
        for step in ahead.indices { ahead[step] += mean }
        if orders.difference == 1 {
            var level = last
            for step in ahead.indices {
                level += ahead[step]
                ahead[step] = level
            }
        }
        if orders.seasonalDifference == 1 {
            for step in ahead.indices {
                ahead[step] += step < period ? working[working.count - period + step] : ahead[step - period]
            }
        }
        return isLogarithmic ? ahead.map { exp(min($0, 50)) } : ahead
    }

    private func forecastStationary(_ series: [Double], horizon: Int) -> [Double] {
        let count = series.count
        let extended = series + [Double](repeating: 0, count: horizon)
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { scratch in
            series.withUnsafeBufferPointer { filter($0, scratch) }
            var stage = (0..<count).map { scratch[$0] } + [Double](repeating: 0, count: horizon)
            let errors = (0..<count).map { scratch[count + $0] } + [Double](repeating: 0, count: horizon)
            var values = extended
            let (a1, a2, seasonalA) = (coefficients[0], coefficients[1], coefficients[2])
            let (m1, m2, seasonalM) = (coefficients[3], coefficients[4], coefficients[5])
            for index in count..<(count + horizon) {
                // The inner moving-average stage u = e + θ₁e₋₁ + θ₂e₋₂, then the seasonal one, then the autoregressive part.
                var inner = 0.0
                if index >= 1 { inner += m1 * errors[index - 1] }
                if index >= 2 { inner += m2 * errors[index - 2] }
                stage[index] = inner
                var value = inner
                if seasonalM != 0 && index >= period { value += seasonalM * stage[index - period] }
                if index >= 1 { value += a1 * values[index - 1] }
                if index >= 2 { value += a2 * values[index - 2] }
                if seasonalA != 0 && index >= period + 2 {
                    value +=
                        seasonalA * (values[index - period] - a1 * values[index - period - 1] - a2 * values[index - period - 2])
                }
                values[index] = value
            }
            return Array(values[count...])
        }
    }

    private func differenced(_ values: [Double]) -> [Double] {
        let working = isLogarithmic ? values.map { log(max($0, 1e-9)) } : values
        let base = orders.seasonalDifference == 1 ? Self.difference(working, lag: period) : working
        return orders.difference == 1 ? Self.difference(base, lag: 1) : base
    }

    static func difference(_ values: [Double], lag: Int) -> [Double] {
        guard values.count > lag else { return [] }
        return (lag..<values.count).map { values[$0] - values[$0 - lag] }
    }

    private static func spread(_ values: [Double]) -> Double {
        guard values.count > 1 else { return 0 }
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }
}
