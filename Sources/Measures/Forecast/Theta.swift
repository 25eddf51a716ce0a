import Foundation

/// The Theta method in its standard, optimised and dynamic forms, for series without season.
///
/// A Theta forecast adds half (more generally 1 − 1/θ) of the linear trend to simple exponential smoothing.
/// - Source: Assimakopoulos & Nikolopoulos 2000; Hyndman & Billah 2003; Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016,
///   "Models for optimising the theta method and their relationship to state space models".
public struct ThetaModel: Hashable, Sendable {
    public var alpha: Double
    /// The smoothed level before the first value.
    public var level: Double
    /// 2 is the standard method; 1 is smoothing without trend.
    public var theta: Double
    /// The trend line is that of the values so far at every step (dynamic), instead of that of the whole series.
    public var isDynamic: Bool

    public init(alpha: Double, level: Double, theta: Double, isDynamic: Bool) {
        self.alpha = alpha
        self.level = level
        self.theta = theta
        self.isDynamic = isDynamic
    }
}

extension ThetaModel {
    /// What a pass leaves: the level, the line, and the sum of squared one-step errors from the third value on.
    struct Pass {
        var level: Double
        var mean: Double
        var intercept: Double
        var slope: Double
        var count: Int
        var squares: Double
        /// (1 − α) to the power of `count`.
        var decay: Double
    }

    /// - Complexity: O(n), nothing allocated.
    @inline(__always)
    func pass(_ values: UnsafeBufferPointer<Double>, line: Line) -> Pass {
        var state = Pass(level: level, mean: 0, intercept: line.value(at: -1), slope: line.slope, count: 0, squares: 0, decay: 1)
        if isDynamic {
            state.intercept = values.isEmpty ? 0 : values[0]
            state.slope = 0
        }
        for index in 0..<values.count {
            let error = values[index] - expected(state)
            if index >= 2 || !isDynamic { state.squares += error * error }
            advance(&state, by: values[index])
        }
        return state
    }

    @inline(__always)
    private func expected(_ state: Pass) -> Double {
        let remaining = (1 - state.decay * (1 - alpha)) / alpha
        return state.level + (1 - 1 / theta) * (state.decay * state.intercept + remaining * state.slope)
    }

    @inline(__always)
    private func advance(_ state: inout Pass, by value: Double) {
        state.level = alpha * value + (1 - alpha) * state.level
        state.decay *= 1 - alpha
        state.count += 1
        guard isDynamic else { return }
        let count = Double(state.count)
        if state.count == 1 {
            state.slope = 0
        } else {
            state.slope = ((count - 2) * state.slope + 6 / count * (value - state.mean)) / (count + 1)
        }
        state.mean += (value - state.mean) / count
        state.intercept = state.mean - state.slope * (count + 1) / 2
    }

    /// Point forecasts for the `horizon` values after `values`.
    public func forecast(_ values: [Double], horizon: Int) -> [Double] {
        var state = values.withUnsafeBufferPointer { pass($0, line: Line(through: values)) }
        return (0..<max(0, horizon)).map { _ in
            let next = expected(state)
            advance(&state, by: next)
            return next
        }
    }

    /// Estimates α, the first level and, where it is not given, θ by least squares of one-step errors.
    ///
    /// - Parameter theta: `nil` to estimate it (1…10,000).
    static func fitted(to values: [Double], theta: Double?, isDynamic: Bool, from start: ThetaModel? = nil) -> ThetaModel {
        let line = Line(through: values)
        let first = values.first ?? 0
        var model = start ?? ThetaModel(alpha: 0.5, level: first / 2, theta: theta ?? 2, isDynamic: isDynamic)
        if start == nil && theta == 1 { model.level = first }
        let count = Double(max(1, values.count))
        var point = [model.alpha, model.level]
        var steps = [model.alpha > 0.6 ? -0.2 : 0.2, max(1e-3, abs(first) * 0.2)]
        if theta == nil {
            // In terms of 1 − 1/θ, the weight of the line.
            point.append(1 - 1 / model.theta)
            steps.append(0.15)
        }
        let result = values.withUnsafeBufferPointer { values in
            NelderMead(tolerance: 2e-3, maximalEvaluations: 80 * point.count).minimise(point, steps: steps) { point in
                guard point[0] >= 0.01, point[0] <= 0.999 else { return .infinity }
                var trial = model
                trial.alpha = point[0]
                trial.level = point[1]
                if point.count > 2 {
                    guard point[2] >= 0, point[2] <= 0.9999 else { return .infinity }
                    trial.theta = 1 / (1 - point[2])
                }
                return count * log(max(trial.pass(values, line: line).squares, 1e-300))
            }
        }
        model.alpha = result.point[0]
        model.level = result.point[1]
        if result.point.count > 2 { model.theta = 1 / (1 - result.point[2]) }
        return model
    }
}
