/// The downhill simplex method, for the few parameters of a forecasting model.
///
/// - Source: Nelder & Mead 1965, with the usual coefficients (1, 2, ½, ½).
struct NelderMead {
    struct Result {
        var point: [Double]
        var value: Double
        var evaluations: Int
    }

    /// Stops when the values at the corners differ by less than this.
    var tolerance = 1e-3
    var maximalEvaluations = 400

    /// Minimises a function of `start.count` variables; where it is infinite is out of bounds.
    ///
    /// - Parameter steps: the size of the first simplex along each variable.
    /// - Complexity: O(variables) beside the function per evaluation; allocates only at the beginning.
    func minimise(_ start: [Double], steps: [Double], _ function: ([Double]) -> Double) -> Result {
        let count = start.count
        var corners = [[Double]](repeating: start, count: count + 1)
        var values = [Double](repeating: 0, count: count + 1)
        for corner in 0..<count {
            corners[corner + 1][corner] += steps[corner]
            if !function(corners[corner + 1]).isFinite { corners[corner + 1][corner] -= 2 * steps[corner] }
        }
        for corner in 0...count { values[corner] = function(corners[corner]) }
        var evaluations = 2 * count + 1
        var centre = [Double](repeating: 0, count: count)
        var trial = start
        var further = start

        while evaluations < maximalEvaluations {
            let (best, second, worst) = rank(values)
            if values[worst] - values[best] < tolerance { break }
            for variable in 0..<count {
                var sum = 0.0
                for corner in 0...count where corner != worst { sum += corners[corner][variable] }
                centre[variable] = sum / Double(count)
            }
            place(&trial, centre, corners[worst], -1)
            let reflected = function(trial)
            evaluations += 1
            if reflected < values[best] {
                place(&further, centre, corners[worst], -2)
                let expanded = function(further)
                evaluations += 1
                if expanded < reflected {
                    swap(&corners[worst], &further)
                    values[worst] = expanded
                } else {
                    swap(&corners[worst], &trial)
                    values[worst] = reflected
                }
            } else if reflected < values[second] {
                swap(&corners[worst], &trial)
                values[worst] = reflected
            } else {
                let outside = reflected < values[worst]
                place(&further, centre, corners[worst], outside ? -0.5 : 0.5)
                let contracted = function(further)
                evaluations += 1
                if contracted < min(reflected, values[worst]) {
                    swap(&corners[worst], &further)
                    values[worst] = contracted
                } else {
                    for corner in 0...count where corner != best {
                        for variable in 0..<count {
                            corners[corner][variable] = 0.5 * (corners[corner][variable] + corners[best][variable])
                        }
                        values[corner] = function(corners[corner])
                    }
                    evaluations += count
                }
            }
        }
        let best = rank(values).best
        return Result(point: corners[best], value: values[best], evaluations: evaluations)
    }

    private func rank(_ values: [Double]) -> (best: Int, second: Int, worst: Int) {
        var best = 0
        var worst = 0
        for corner in values.indices {
            if values[corner] < values[best] { best = corner }
            if values[corner] >= values[worst] { worst = corner }
        }
        var second = best
        for corner in values.indices where corner != worst && values[corner] >= values[second] { second = corner }
        return (best, second, worst)
    }

    private func place(_ point: inout [Double], _ centre: [Double], _ worst: [Double], _ factor: Double) {
        for variable in centre.indices { point[variable] = centre[variable] + factor * (worst[variable] - centre[variable]) }
    }
}
