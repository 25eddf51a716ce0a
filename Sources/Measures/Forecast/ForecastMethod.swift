import Foundation

/// The methods that take part in a forecast.
public enum ForecastMethod: String, Hashable, Sendable, CaseIterable {
    /// The value of the same season a cycle ago.
    case seasonalNaive
    /// Standard Theta on the seasonally adjusted series.
    case theta
    /// Dynamic optimised Theta on the seasonally adjusted series.
    case dynamicTheta
    /// Exponential smoothing, the form chosen by AICc.
    case exponentialSmoothing
    /// Smoothing with damped trend on the seasonally adjusted series.
    case dampedTrend
    /// Complex exponential smoothing on the seasonally adjusted series.
    case complexSmoothing
    /// Small seasonal ARIMA model chosen by AICc.
    case autoregression
    /// The recent level of the seasonally adjusted series, carried on with a part of its growth over the last cycle.
    case cycleGrowth

    public var wording: Wording {
        switch self {
        case .seasonalNaive: Wording("季节性朴素法", "Seasonal naive")
        case .theta: Wording("Theta 法", "Theta")
        case .dynamicTheta: Wording("动态优化 Theta 法", "Dynamic optimised Theta")
        case .exponentialSmoothing: Wording("指数平滑", "Exponential smoothing")
        case .dampedTrend: Wording("阻尼趋势平滑", "Damped trend")
        case .complexSmoothing: Wording("复指数平滑", "Complex exponential smoothing")
        case .autoregression: Wording("季节性自回归模型", "Seasonal ARIMA")
        case .cycleGrowth: Wording("同比增长", "Growth over a cycle")
        }
    }
}

/// A series ready for the methods: finite, without gaps, of mean size 1.
struct PreparedSeries {
    var values: [Double]
    /// 1 where there is no season to look for.
    var period: Int
    /// By the test of the M3 Theta implementation, on the whole series.
    var isSeasonal: Bool
    /// Seasonal indices multiply; only where all values are positive.
    var isMultiplicative: Bool

    init(_ values: [Double], period: Int) {
        self.values = values
        self.period = period
        isSeasonal = period > 1 && Seasonality.isSignificant(values, period: period)
        isMultiplicative = values.allSatisfy { $0 > 1e-3 }
    }

    func prefix(_ count: Int) -> PreparedSeries {
        var part = self
        part.values = Array(values.prefix(count))
        return part
    }

    /// The series with the seasons taken out, and what to put back on the `horizon` values after it.
    func adjusted(horizon: Int) -> (values: [Double], seasons: [Double]) {
        guard isSeasonal, values.count >= 2 * period else {
            return (values, [Double](repeating: isMultiplicative ? 1 : 0, count: horizon))
        }
        let indices = Seasonality.indices(values, period: period, multiplicative: isMultiplicative)
        var adjusted = values
        for index in adjusted.indices {
            let season = indices[index % period]
            adjusted[index] = isMultiplicative ? adjusted[index] / season : adjusted[index] - season
        }
        return (adjusted, (0..<horizon).map { indices[(values.count + $0) % period] })
    }

    func seasoned(_ forecast: [Double], _ seasons: [Double]) -> [Double] {
        zip(forecast, seasons).map { isMultiplicative ? $0 * $1 : $0 + $1 }
    }
}

/// A method with its parameters, able to forecast from any point of the series.
enum FittedMethod {
    case seasonalNaive
    case theta(ForecastMethod, ThetaModel)
    case smoothing(SmoothingFit)
    case damped(SmoothingFit)
    case complex(ComplexSmoothing)
    case autoregression(Autoregression)
    case cycleGrowth

    var method: ForecastMethod {
        switch self {
        case .seasonalNaive: .seasonalNaive
        case .theta(let method, _): method
        case .smoothing: .exponentialSmoothing
        case .damped: .dampedTrend
        case .complex: .complexSmoothing
        case .autoregression: .autoregression
        case .cycleGrowth: .cycleGrowth
        }
    }

    /// Chooses the form and estimates the parameters; `nil` where the series is too short for the method.
    static func fit(_ method: ForecastMethod, _ series: PreparedSeries) -> FittedMethod? {
        switch method {
        case .seasonalNaive: return .seasonalNaive
        case .theta: return .theta(.theta, ThetaModel.fitted(to: series.adjusted(horizon: 0).values, theta: 2, isDynamic: false))
        case .dynamicTheta:
            guard series.values.count >= 5 else { return nil }
            return .theta(.dynamicTheta, ThetaModel.fitted(to: series.adjusted(horizon: 0).values, theta: nil, isDynamic: true))
        case .exponentialSmoothing:
            return SmoothingSelection(values: series.values, period: series.period).best().map { .smoothing($0) }
        case .dampedTrend:
            guard series.values.count >= 8 else { return nil }
            let selection = SmoothingSelection(values: series.adjusted(horizon: 0).values, period: 1)
            let form = SmoothingForm(errorIsRelative: false, trend: .damped, season: .none)
            return .damped(selection.fit(form, from: selection.firstStates(.none)))
        case .complexSmoothing:
            guard series.values.count >= 12 else { return nil }
            return .complex(ComplexSmoothing.fitted(to: series.adjusted(horizon: 0).values))
        case .autoregression:
            guard series.values.count >= 12 else { return nil }
            return .autoregression(Autoregression.best(series.values, period: series.period, isSeasonal: series.isSeasonal))
        case .cycleGrowth: return CycleGrowth.fits(series) ? .cycleGrowth : nil
        }
    }

    /// The same form with parameters estimated from another stretch of the series, beginning at these.
    func refitted(to series: PreparedSeries) -> FittedMethod {
        switch self {
        case .seasonalNaive, .cycleGrowth: return self
        case .theta(let method, let model):
            let theta = method == .theta ? 2.0 : nil
            return .theta(
                method,
                ThetaModel.fitted(to: series.adjusted(horizon: 0).values, theta: theta, isDynamic: model.isDynamic, from: model))
        case .smoothing(let fit):
            let selection = SmoothingSelection(values: series.values, period: series.period)
            return .smoothing(selection.fit(fit.form, from: fit.parameters, isWarm: true))
        case .damped(let fit):
            let selection = SmoothingSelection(values: series.adjusted(horizon: 0).values, period: 1)
            return .damped(selection.fit(fit.form, from: fit.parameters, isWarm: true))
        case .complex(let model): return .complex(ComplexSmoothing.fitted(to: series.adjusted(horizon: 0).values, from: model))
        case .autoregression(let model): return .autoregression(model.refitted(to: series.values))
        }
    }

    /// Point forecasts after the end of `series`.
    func forecast(_ series: PreparedSeries, horizon: Int) -> [Double] {
        switch self {
        case .seasonalNaive:
            let count = series.values.count
            let period = series.isSeasonal ? series.period : 1
            return (0..<horizon).map { series.values[max(0, count - period + $0 % period)] }
        case .theta(_, let model):
            let (values, seasons) = series.adjusted(horizon: horizon)
            return series.seasoned(model.forecast(values, horizon: horizon), seasons)
        case .smoothing(let fit):
            return fit.form.forecast(
                from: fit.form.pass(series.values, fit.parameters), phi: fit.parameters.phi, horizon: horizon)
        case .damped(let fit):
            let (values, seasons) = series.adjusted(horizon: horizon)
            let ahead = fit.form.forecast(from: fit.form.pass(values, fit.parameters), phi: fit.parameters.phi, horizon: horizon)
            return series.seasoned(ahead, seasons)
        case .complex(let model):
            let (values, seasons) = series.adjusted(horizon: horizon)
            return series.seasoned(model.forecast(values, horizon: horizon), seasons)
        case .autoregression(let model): return model.forecast(series.values, horizon: horizon)
        case .cycleGrowth:
            let (values, seasons) = series.adjusted(horizon: horizon)
            return series.seasoned(
                CycleGrowth(values, period: series.period, isMultiplicative: series.isMultiplicative).forecast(horizon: horizon),
                seasons)
        }
    }
}
