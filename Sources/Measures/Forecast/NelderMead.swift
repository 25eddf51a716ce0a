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
        var simplex = Simplex(start, steps: steps, function)
        while simplex.evaluations < maximalEvaluations, simplex.spread >= tolerance { simplex.step(function) }
        return Result(point: simplex.corners[simplex.best], value: simplex.values[simplex.best], evaluations: simplex.evaluations)
    }
}

/// The corners with their values, and which of them are best, second worst and worst.
private struct Simplex {
    var corners: [[Double]]
    var values: [Double]
    var evaluations: Int
    private(set) var best = 0
    private var second = 0
    private var worst = 0
    private var centre: [Double]
    private var trial: [Double]
    private var further: [Double]

    /// Steps that lead out of bounds are taken the other way.
    init(_ start: [Double], steps: [Double], _ function: ([Double]) -> Double) {
        let count = start.count
        corners = [[Double]](repeating: start, count: count + 1)
        for variable in 0..<count {
            corners[variable + 1][variable] += steps[variable]
            if !function(corners[variable + 1]).isFinite { corners[variable + 1][variable] -= 2 * steps[variable] }
        }
        values = corners.map(function)
        evaluations = 2 * count + 1
        centre = start
        trial = start
        further = start
        rank()
    }

    /// The difference between the worst and the best value; infinite while a corner is out of bounds.
    var spread: Double { values[worst] - values[best] }

    /// Reflects the worst corner through the others; goes further, less far, or shrinks to the best, whichever helps.
    mutating func step(_ function: ([Double]) -> Double) {
        findCentre()
        Self.place(&trial, centre, corners[worst], -1)
        let reflected = function(trial)
        evaluations += 1
        if reflected < values[best] {
            Self.place(&further, centre, corners[worst], -2)
            let expanded = function(further)
            evaluations += 1
            if expanded < reflected { takeFurther(expanded) } else { takeTrial(reflected) }
        } else if reflected < values[second] {
            takeTrial(reflected)
        } else {
            Self.place(&further, centre, corners[worst], reflected < values[worst] ? -0.5 : 0.5)
            let contracted = function(further)
            evaluations += 1
            if contracted < min(reflected, values[worst]) { takeFurther(contracted) } else { shrink(function) }
        }
        rank()
    }

    private mutating func findCentre() {
        let count = Double(centre.count)
        for variable in centre.indices {
            var sum = 0.0
            for corner in corners.indices where corner != worst { sum += corners[corner][variable] }
            centre[variable] = sum / count
        }
    }

    private mutating func takeTrial(_ value: Double) {
        swap(&corners[worst], &trial)
        values[worst] = value
    }

    private mutating func takeFurther(_ value: Double) {
        swap(&corners[worst], &further)
        values[worst] = value
    }

    private mutating func shrink(_ function: ([Double]) -> Double) {
        for corner in corners.indices where corner != best {
            for variable in centre.indices {
                corners[corner][variable] = 0.5 * (corners[corner][variable] + corners[best][variable])
            }
            values[corner] = function(corners[corner])
        }
        evaluations += centre.count
    }

    private mutating func rank() {
        best = 0
        worst = 0
        for corner in values.indices {
            if values[corner] < values[best] { best = corner }
            if values[corner] >= values[worst] { worst = corner }
        }
        second = best
        for corner in values.indices where corner != worst && values[corner] >= values[second] { second = corner }
    }

    private static func place(_ point: inout [Double], _ centre: [Double], _ worst: [Double], _ factor: Double) {
        for variable in centre.indices { point[variable] = centre[variable] + factor * (worst[variable] - centre[variable]) }
    }
}
