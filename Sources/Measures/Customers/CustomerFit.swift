import Foundation

/// A model fitted by maximum likelihood.
public struct ModelFit<Model: Hashable & Sendable>: Hashable, Sendable {
    public var model: Model
    public var logLikelihood: Double
    /// Customers that the fit rests on.
    public var customers: Int
    /// Whether the search ended within the bounds e^±12 of every parameter.
    public var isInside: Bool
}

extension PurchaseModel {
    /// Fits the model to all histories.
    ///
    /// - Returns: `nil` with fewer than two customers, or when nobody ever came back.
    /// - Complexity: a few hundred passes over the distinct histories.
    public static func fitted(to histories: [PurchaseHistory]) -> ModelFit<PurchaseModel>? {
        let usable = histories.filter { $0.age > 0 && $0.recency <= $0.age }
        guard usable.count > 1, usable.contains(where: { $0.repeats > 0 }) else { return nil }
        // Weeks in units of the mean age, so that the parameters are of one size.
        let unit = usable.map(\.age).compensatedSum / Double(usable.count)
        let groups = HistoryGroups(usable, unit: unit)
        let search = maximum(of: 4, observations: Double(usable.count)) { point in
            groups.logLikelihood(PurchaseModel(r: exp(point[0]), alpha: exp(point[1]), a: exp(point[2]), b: exp(point[3])))
        }
        let found = search.point.map { exp($0) }
        let model = PurchaseModel(r: found[0], alpha: found[1] * unit, a: found[2], b: found[3])
        let likelihood = usable.map(model.logLikelihood).compensatedSum
        return ModelFit(model: model, logLikelihood: likelihood, customers: usable.count, isInside: search.isInside)
    }
}

/// Equal histories together, in flat arrays in the order of repeat purchases: the gamma functions are computed once per number
/// of purchases, and customers that never came back need one logarithm.
private struct HistoryGroups {
    private var repeats: [Int] = []
    private var recency: [Double] = []
    private var age: [Double] = []
    private var count: [Double] = []

    private struct Shape: Hashable {
        var repeats: Int
        var recency: Double
        var age: Double
    }

    init(_ histories: [PurchaseHistory], unit: Double) {
        var counts: [Shape: Double] = [:]
        for history in histories {
            counts[Shape(repeats: history.repeats, recency: history.recency, age: history.age), default: 0] += 1
        }
        for (shape, number) in counts.sorted(by: {
            ($0.key.repeats, $0.key.age, $0.key.recency) < ($1.key.repeats, $1.key.age, $1.key.recency)
        }) {
            repeats.append(shape.repeats)
            recency.append(shape.recency / unit)
            age.append(shape.age / unit)
            count.append(number)
        }
    }

    /// The same as the sum of `PurchaseModel.logLikelihood`.
    func logLikelihood(_ model: PurchaseModel) -> Double {
        let (r, alpha, a, b) = (model.r, model.alpha, model.a, model.b)
        let base = r * log(alpha) - logGamma(r)
        let betaBase = logBeta(a, b)
        var sum = CompensatedSum()
        var current = -1
        var (constant, leaving) = (0.0, 0.0)
        for index in repeats.indices {
            let x = Double(repeats[index])
            if repeats[index] != current {
                current = repeats[index]
                constant = base + logGamma(r + x) + (current > 0 ? logBeta(a, b + x) - betaBase : 0)
                leaving = current > 0 ? log(a) - log(b + x - 1) : 0
            }
            let stay = -(r + x) * log(alpha + age[index])
            guard current > 0 else {
                sum.add(count[index] * (constant + stay))
                continue
            }
            let leave = leaving - (r + x) * log(alpha + recency[index])
            let larger = max(stay, leave)
            sum.add(count[index] * (constant + larger + log1p(exp(min(stay, leave) - larger))))
        }
        return sum.value
    }
}

extension SpendModel {
    /// Fits the model to all customers with repeat purchases of an amount above zero.
    ///
    /// - Returns: `nil` with fewer than two of them, or where all spend the same.
    public static func fitted(to histories: [PurchaseHistory]) -> ModelFit<SpendModel>? {
        let usable = histories.filter { $0.meanAmount > 0 }
        let amounts = Moments(usable.map(\.meanAmount))
        guard usable.count > 1, amounts.minimum < amounts.maximum else { return nil }
        let unit = amounts.mean
        let sorted = usable.map { (purchases: $0.repeats, mean: $0.meanAmount) }.sorted { $0.purchases < $1.purchases }
        let search = maximum(of: 3, observations: Double(usable.count)) { point in
            sumOfLogLikelihoods(SpendModel(p: exp(point[0]), q: exp(point[1]), v: exp(point[2])), sorted, unit: unit)
        }
        let found = search.point.map { exp($0) }
        let model = SpendModel(p: found[0], q: found[1], v: found[2] * unit)
        let likelihood = usable.map { model.logLikelihood(purchases: $0.repeats, mean: $0.meanAmount) }.compensatedSum
        return ModelFit(model: model, logLikelihood: likelihood, customers: usable.count, isInside: search.isInside)
    }
}

/// The sum over customers in the order of their purchases; the beta function is computed once per number of purchases.
private func sumOfLogLikelihoods(_ model: SpendModel, _ sorted: [(purchases: Int, mean: Double)], unit: Double) -> Double {
    var sum = CompensatedSum()
    var current = 0
    var constant = 0.0
    let logV = log(model.v)
    for (purchases, mean) in sorted {
        let px = model.p * Double(purchases)
        if purchases != current {
            current = purchases
            constant = -logBeta(px, model.q) + model.q * logV
        }
        let total = mean / unit * Double(purchases)
        sum.add(constant - log(mean / unit) + px * log(total) - (px + model.q) * log(model.v + total))
    }
    return sum.value
}

/// The maximum over the logarithms of positive parameters, by a simplex started again until it stays.
private func maximum(
    of count: Int, observations: Double, _ likelihood: ([Double]) -> Double
) -> (point: [Double], isInside: Bool) {
    let bound = 12.0
    func cost(_ point: [Double]) -> Double {
        guard point.allSatisfy({ abs($0) <= bound }) else { return .infinity }
        let value = -likelihood(point) / observations
        return value.isNaN ? .infinity : value
    }
    let search = NelderMead(tolerance: 1e-13, maximalEvaluations: 600)
    var best = search.minimise([Double](repeating: 0, count: count), steps: [Double](repeating: 0.5, count: count), cost)
    for _ in 0..<6 {
        let next = search.minimise(best.point, steps: [Double](repeating: 0.1, count: count), cost)
        let gain = best.value - next.value
        if next.value <= best.value { best = next }
        if gain < 1e-12 { break }
    }
    return (best.point, best.point.allSatisfy { abs($0) < bound - 0.01 })
}
