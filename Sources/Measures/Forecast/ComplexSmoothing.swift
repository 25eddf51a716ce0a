import Foundation

/// Complex exponential smoothing without season: level and potential are smoothed together by one complex number, so that
/// level and trend need not be told apart.
///
/// - Source: Svetunkov, Kourentzes & Ord 2022, "Complex exponential smoothing".
struct ComplexSmoothing {
    /// Real and imaginary part of the smoothing parameter.
    var real: Double
    var imaginary: Double
    var level: Double
    var potential: Double

    struct Pass {
        var level: Double
        var potential: Double
        var squares: Double
    }

    /// - Complexity: O(n), nothing allocated.
    @inline(__always)
    func pass(_ values: UnsafeBufferPointer<Double>) -> Pass {
        var state = Pass(level: level, potential: potential, squares: 0)
        for index in 0..<values.count {
            let error = values[index] - state.level
            state.squares += error * error
            advance(&state, error)
        }
        return state
    }

    @inline(__always)
    private func advance(_ state: inout Pass, _ error: Double) {
        let level = state.level
        state.level = level - (1 - imaginary) * state.potential + (real - imaginary) * error
        state.potential = level + (1 - real) * state.potential + (real + imaginary) * error
    }

    func forecast(_ values: [Double], horizon: Int) -> [Double] {
        var state = values.withUnsafeBufferPointer { pass($0) }
        return (0..<max(0, horizon)).map { _ in
            let next = state.level
            advance(&state, 0)
            return next
        }
    }

    /// Least squares within the stability region.
    static func fitted(to values: [Double], from start: ComplexSmoothing? = nil) -> ComplexSmoothing {
        let head = values.prefix(12)
        let mean = head.reduce(0, +) / Double(max(1, head.count))
        var model = start ?? ComplexSmoothing(real: 1.3, imaginary: 1, level: mean, potential: mean / 1.1)
        let count = Double(max(1, values.count))
        let point = [model.real, model.imaginary, model.level, model.potential]
        let scale = max(1e-3, abs(mean) * 0.1)
        let result = values.withUnsafeBufferPointer { values in
            NelderMead(tolerance: 5e-3, maximalEvaluations: 260)
                .minimise(point, steps: [0.1, 0.02, scale, scale]) { point in
                    var trial = model
                    trial.real = point[0]
                    trial.imaginary = point[1]
                    trial.level = point[2]
                    trial.potential = point[3]
                    guard trial.isStable else { return .infinity }
                    return count * log(max(trial.pass(values).squares, 1e-300))
                }
        }
        model.real = result.point[0]
        model.imaginary = result.point[1]
        model.level = result.point[2]
        model.potential = result.point[3]
        return model
    }

    private var isStable: Bool {
        let (a, b) = (real, imaginary)
        return (a - 2.5) * (a - 2.5) + b * b > 1.25 && (a - 0.5) * (a - 0.5) + (b - 1) * (b - 1) > 0.25
            && (a - 1.5) * (a - 1.5) + (b - 0.5) * (b - 0.5) < 1.5
    }
}
