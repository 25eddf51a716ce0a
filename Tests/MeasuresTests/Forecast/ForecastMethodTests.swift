import Foundation
import Testing

@testable import Measures

@Suite("Forecasting methods against statsmodels")
struct ForecastMethodTests {
    private func close(_ left: [Double], _ right: [Double], _ tolerance: Double = 1e-9) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
    }

    @Test("the recursions of every trend and season give statsmodels' fitted values and forecasts")
    func smoothing() {
        for oracle in ForecastOracle.smoothing {
            let season: SmoothingForm.Season =
                oracle.form.hasSuffix("M") ? .multiplicative : oracle.form.hasSuffix("A") ? .additive : .none
            let trend: SmoothingForm.Trend =
                oracle.form.hasPrefix("Ad") ? .damped : oracle.form.hasPrefix("A") ? .additive : .none
            let form = SmoothingForm(errorIsRelative: false, trend: trend, season: season)
            let first = season == .additive ? ForecastOracle.additiveSeasons : ForecastOracle.multiplicativeSeasons
            let parameters = SmoothingParameters(
                alpha: 0.3, beta: trend == .none ? 0 : 0.05, gamma: season == .none ? 0 : 0.1, phi: 0.9, level: 98,
                slope: trend == .none ? 0 : 1.1, seasons: season == .none ? [] : first)
            let pass = form.pass(ForecastOracle.series, parameters)
            #expect(close(form.forecast(from: pass, phi: 0.9, horizon: 15), oracle.forecast), "\(oracle.form)")
            let head = form.pass(Array(ForecastOracle.series.dropLast(3)), parameters)
            #expect(close([form.forecast(from: head, phi: 0.9, horizon: 1)[0]], [oracle.fitted[0]]), "\(oracle.form)")
        }
    }

    @Test("relative errors change the likelihood, not the recursions")
    func relativeErrors() {
        let parameters = SmoothingParameters(
            alpha: 0.3, gamma: 0.1, level: 98, seasons: ForecastOracle.multiplicativeSeasons)
        let absolute = SmoothingForm(errorIsRelative: false, trend: .none, season: .multiplicative).pass(
            ForecastOracle.series, parameters)
        let relative = SmoothingForm(errorIsRelative: true, trend: .none, season: .multiplicative).pass(
            ForecastOracle.series, parameters)
        #expect(absolute.level == relative.level)
        #expect(absolute.seasons == relative.seasons)
        #expect(absolute.squares != relative.squares)
    }

    @Test("classical decomposition gives statsmodels' seasonal indices")
    func decomposition() {
        let additive = Seasonality.indices(ForecastOracle.series, period: 12, multiplicative: false)
        let multiplicative = Seasonality.indices(ForecastOracle.series, period: 12, multiplicative: true)
        #expect(close(additive, ForecastOracle.additiveIndices))
        #expect(close(multiplicative, ForecastOracle.multiplicativeIndices))
    }

    @Test("the standard Theta forecast with statsmodels' alpha is statsmodels' forecast")
    func theta() {
        let model = ThetaModel(alpha: ForecastOracle.thetaAlpha, level: ForecastOracle.plain[0], theta: 2, isDynamic: false)
        #expect(close(model.forecast(ForecastOracle.plain, horizon: 12), ForecastOracle.theta, 1e-7))
        #expect(close([Line(through: ForecastOracle.plain).slope], [ForecastOracle.thetaSlope]))
    }

    @Test("the dynamic line of Theta at the end is the least-squares line of the whole series")
    func dynamicLine() {
        let values = ForecastOracle.plain
        let model = ThetaModel(alpha: 0.4, level: 100, theta: 3, isDynamic: true)
        let line = Line(through: values)
        let pass = values.withUnsafeBufferPointer { model.pass($0, line: line) }
        #expect(abs(pass.slope - line.slope) < 1e-10)
        #expect(abs(pass.intercept - line.value(at: -1)) < 1e-9)
    }

    @Test("the spread of a random walk grows with the square root of the step, that of a mean does not grow")
    func spread() {
        let form = SmoothingForm(errorIsRelative: false, trend: .none, season: .none)
        #expect(
            close(form.spread(SmoothingParameters(alpha: 1, level: 0), horizon: 4), [1, 2.0.squareRoot(), 3.0.squareRoot(), 2]))
        #expect(form.spread(SmoothingParameters(alpha: 0, level: 0), horizon: 3) == [1, 1, 1])
    }

    @Test("the spread is what simulated futures of a damped seasonal model show")
    func simulatedSpread() {
        var dice = Dice(5)
        let form = SmoothingForm(errorIsRelative: false, trend: .damped, season: .additive)
        let parameters = SmoothingParameters(
            alpha: 0.4, beta: 0.1, gamma: 0.2, phi: 0.9, level: 10, slope: 0.2, seasons: [1, 0, -2, 1])
        let steps = 7
        var squares = [Double](repeating: 0, count: steps)
        let rounds = 4000
        let mean = form.forecast(from: form.pass([], parameters), phi: 0.9, horizon: steps)
        for _ in 0..<rounds {
            var path: [Double] = []
            for step in 0..<steps {
                let next = form.forecast(from: form.pass(path, parameters), phi: 0.9, horizon: 1)[0] + dice.bell()
                path.append(next)
                squares[step] += (next - mean[step]) * (next - mean[step])
            }
        }
        for (seen, formula) in zip(squares, form.spread(parameters, horizon: steps)) {
            #expect(abs((seen / Double(rounds)).squareRoot() / formula - 1) < 0.05)
        }
    }

    @Test("selection finds the season and the trend that made the series")
    func selection() {
        var dice = Dice(6)
        let seasons: [Double] = [1.3, 0.9, 0.8, 1]
        let seasonal = (0..<96).map { (index: Int) -> Double in
            let level = (50 + 0.5 * Double(index)) / 70
            return level * seasons[index % 4] * (1 + 0.02 * dice.bell())
        }
        let found = SmoothingSelection(values: seasonal, period: 4).best()
        #expect(found?.form.season == .multiplicative)
        #expect(found?.form.trend != SmoothingForm.Trend.none)
        let level = (0..<80).map { _ in 1 + 0.05 * dice.bell() }
        let plain = SmoothingSelection(values: level, period: 4).best()
        #expect(plain?.form.season == SmoothingForm.Season.none)
        #expect(plain?.form.trend == SmoothingForm.Trend.none)
    }

    @Test("growth over a cycle keeps three tenths of it, from the middle of the last half cycle on")
    func cycleGrowth() {
        // Twice 100 and then 120 in cycles of four: 20 % and 20 more in a cycle.
        let values = [100.0, 100, 100, 100, 120, 120, 120, 120]
        let factors = CycleGrowth(values, period: 4, isMultiplicative: true).forecast(horizon: 5)
        for (step, value) in factors.enumerated() {
            let cycles = (Double(step) + 1.5) / 4
            #expect(abs(value - 120 * pow(1.2, 0.3 * cycles)) < 1e-9)
        }
        let differences = CycleGrowth(values, period: 4, isMultiplicative: false).forecast(horizon: 2)
        #expect(zip(differences, [122.25, 123.75]).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(FittedMethod.fit(.cycleGrowth, PreparedSeries([1, 2, 3, 4, 5, 6, 7, 8], period: 4)) == nil)
        #expect(FittedMethod.fit(.cycleGrowth, PreparedSeries([1, 2, 3], period: 1)) == nil)
    }

    @Test("an airline series is foretold by the autoregression as its equation says")
    func airline() {
        var model = Autoregression(
            orders: .init(difference: 1, moving: 1, seasonalDifference: 1, seasonalMoving: 1), period: 4, isLogarithmic: false)
        model.coefficients[3] = -0.4
        model.coefficients[5] = -0.6
        let y: [Double] = [12, 7, 9, 15, 13, 9, 8, 17, 15, 8, 11, 18, 14, 11]
        // The equation itself: (1−B)(1−B⁴) y = (1−0.4B)(1−0.6B⁴) e, errors before the fifth difference zero.
        var w = [Double](repeating: 0, count: y.count + 6)
        var e = w
        var series = y
        for t in 5..<(y.count + 6) {
            var inner = 0.0
            inner += -0.4 * e[t - 1]
            inner += -0.6 * e[t - 4]
            inner += 0.24 * e[t - 5]
            if t < y.count {
                w[t] = y[t] - y[t - 1] - y[t - 4] + y[t - 5]
                e[t] = w[t] - inner
            } else {
                series.append(inner + series[t - 1] + series[t - 4] - series[t - 5])
            }
        }
        #expect(close(model.forecast(y, horizon: 6), Array(series.suffix(6)), 1e-12))
    }

    @Test("the simplex finds the valley of Rosenbrock's function")
    func simplex() {
        let result = NelderMead(tolerance: 1e-14, maximalEvaluations: 2000).minimise([-1.2, 1], steps: [0.5, 0.5]) { p in
            100 * (p[1] - p[0] * p[0]) * (p[1] - p[0] * p[0]) + (1 - p[0]) * (1 - p[0])
        }
        #expect(abs(result.point[0] - 1) < 1e-5)
        #expect(abs(result.point[1] - 1) < 1e-5)
    }
}
