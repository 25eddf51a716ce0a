import Foundation

/// A fitted smoothing model.
struct SmoothingFit {
    var form: SmoothingForm
    var parameters: SmoothingParameters
    var deviance: Double
    /// Akaike's criterion, corrected for short series.
    var criterion: Double
}

/// Estimation by maximum likelihood and choice by AICc among the admissible forms.
struct SmoothingSelection {
    let values: [Double]
    let period: Int
    var effort = 45

    /// The best form by AICc.
    ///
    /// Left out are additive errors with multiplicative seasons (unstable, as usual), multiplicative forms where not all values
    /// are positive, seasonal forms below two cycles and one value more, and forms with more parameters than the values carry.
    /// Seasonal forms alone are tried where seasonality is beyond doubt.
    func best() -> SmoothingFit? {
        let positive = values.allSatisfy { $0 > 1e-6 }
        // Differences show the season of a series whose trend hides it.
        let strength = max(
            Seasonality.strength(values, period: period),
            Seasonality.strength(Autoregression.difference(values, lag: 1), period: period))
        let seasonal = period > 1 && values.count >= 2 * period + 1 && strength > 0.8
        var seasons: [SmoothingForm.Season] = strength > 3 ? [] : [.none]
        if seasonal { seasons += positive ? [.additive, .multiplicative] : [.additive] }
        var best: SmoothingFit?
        for season in seasons {
            let start = firstStates(season)
            for trend in [SmoothingForm.Trend.none, .additive, .damped] {
                var warm: SmoothingParameters?
                for relative in positive ? [false, true] : [false] {
                    let form = SmoothingForm(errorIsRelative: relative, trend: trend, season: season)
                    guard values.count > form.parameterCount(period: period) + 2 else { continue }
                    if !relative && season == .multiplicative { continue }
                    let fit = fit(form, from: warm ?? start, isWarm: warm != nil)
                    warm = fit.parameters
                    if fit.criterion < best?.criterion ?? .infinity { best = fit }
                }
            }
        }
        return best.map { refine($0) }
    }

    /// Fits one form, beginning at given parameters.
    func fit(_ form: SmoothingForm, from start: SmoothingParameters, isWarm: Bool = false) -> SmoothingFit {
        let hasTrend = form.trend != .none
        let hasSeason = form.season != .none
        var point = [start.alpha]
        var steps = [isWarm ? 0.06 : start.alpha > 0.5 ? -0.25 : 0.25]
        let scale = max(1e-4, typicalChange)
        point.append(start.level)
        steps.append(isWarm ? 0.2 * scale : scale)
        if hasTrend {
            point += [start.beta / start.alpha, start.slope]
            steps += [isWarm ? 0.03 : 0.15, isWarm ? 0.02 * scale : 0.1 * scale]
        }
        if hasSeason {
            point.append(start.gamma / max(1e-6, 1 - start.alpha))
            steps.append(isWarm ? 0.04 : 0.15)
        }
        if form.trend == .damped {
            point.append(start.phi)
            steps.append(start.phi > 0.95 ? -0.05 : 0.03)
        }
        var trial = start
        if !hasSeason { trial.seasons = [] }
        let period = trial.seasons.count
        let evaluations = effort * point.count
        let result = withUnsafeTemporaryAllocation(of: Double.self, capacity: values.count + period) { seasons in
            for season in 0..<period { seasons.initializeElement(at: season, to: trial.seasons[season]) }
            return values.withUnsafeBufferPointer { values in
                NelderMead(tolerance: 1e-2, maximalEvaluations: evaluations).minimise(point, steps: steps) { point in
                    guard Self.unpack(point, form, into: &trial) else { return .infinity }
                    return form.run(values, trial, seasons).deviance
                }
            }
        }
        _ = Self.unpack(result.point, form, into: &trial)
        return fitted(form, trial, result.value)
    }

    /// Better first states by running the recursions backwards over the series, then a last polish.
    private func refine(_ fit: SmoothingFit) -> SmoothingFit {
        let forward = fit.form.pass(values, fit.parameters)
        var reversed = fit.parameters
        reversed.level = forward.level + forward.slope
        reversed.slope = -forward.slope
        reversed.seasons = forward.seasons.reversed()
        let back = fit.form.pass(values.reversed(), reversed)
        var start = fit.parameters
        start.level = back.level + back.slope
        start.slope = -back.slope
        start.seasons = back.seasons.reversed()
        let polished = self.fit(fit.form, from: start, isWarm: true)
        return polished.deviance < fit.deviance ? polished : fit
    }

    private static func unpack(_ point: [Double], _ form: SmoothingForm, into parameters: inout SmoothingParameters) -> Bool {
        let alpha = point[0]
        guard alpha >= 1e-4, alpha <= 0.9999 else { return false }
        parameters.alpha = alpha
        parameters.level = point[1]
        var next = 2
        if form.trend != .none {
            guard point[next] >= 1e-4, point[next] <= 0.9999 else { return false }
            parameters.beta = alpha * point[next]
            parameters.slope = point[next + 1]
            next += 2
        }
        if form.season != .none {
            guard point[next] >= 0, point[next] <= 0.9999 else { return false }
            parameters.gamma = (1 - alpha) * point[next]
            next += 1
        }
        if form.trend == .damped {
            guard point[next] >= 0.8, point[next] <= 0.98 else { return false }
            parameters.phi = point[next]
        }
        return true
    }

    private func fitted(_ form: SmoothingForm, _ parameters: SmoothingParameters, _ deviance: Double) -> SmoothingFit {
        let count = Double(values.count)
        let free = Double(form.parameterCount(period: period))
        let criterion = deviance + 2 * free + 2 * free * (free + 1) / max(1, count - free - 1)
        return SmoothingFit(form: form, parameters: parameters, deviance: deviance, criterion: criterion)
    }

    /// Seasonal indices from classical decomposition, level and slope from a line through the first values without season.
    func firstStates(_ season: SmoothingForm.Season) -> SmoothingParameters {
        var adjusted = values
        var seasons: [Double] = []
        if season != .none {
            seasons = Seasonality.indices(values, period: period, multiplicative: season == .multiplicative)
            for index in adjusted.indices {
                let factor = seasons[index % period]
                adjusted[index] = season == .multiplicative ? adjusted[index] / factor : adjusted[index] - factor
            }
        }
        let head = Array(adjusted.prefix(max(10, 2 * period)))
        let line = Line(through: head)
        return SmoothingParameters(
            alpha: 0.3, beta: 0.03, gamma: season == .none ? 0 : 0.07, phi: 0.95, level: line.value(at: -1), slope: line.slope,
            seasons: seasons)
    }

    private var typicalChange: Double {
        guard values.count > 1 else { return 1 }
        var sum = 0.0
        for index in 1..<values.count { sum += abs(values[index] - values[index - 1]) }
        return sum / Double(values.count - 1)
    }
}

/// A least-squares line through equally spaced values, the first at 0.
struct Line {
    var intercept: Double
    var slope: Double

    init(through values: [Double]) {
        let count = Double(values.count)
        guard values.count > 1 else {
            intercept = values.first ?? 0
            slope = 0
            return
        }
        let middle = (count - 1) / 2
        let mean = values.reduce(0, +) / count
        var cross = 0.0
        for (index, value) in values.enumerated() { cross += (Double(index) - middle) * (value - mean) }
        slope = cross / (count * (count * count - 1) / 12)
        intercept = mean - slope * middle
    }

    func value(at position: Double) -> Double { intercept + slope * position }
}
