import Foundation

/// How often customers buy and when they silently leave: the BG/NBD model.
///
/// While alive a customer buys at a rate that is gamma(r, α) over customers; after each purchase they leave with a probability
/// that is beta(a, b) over customers.
///
/// - Source: Fader, Hardie & Lee 2005, "Counting your customers the easy way", Marketing Science 24:275.
public struct PurchaseModel: Hashable, Sendable {
    public var r: Double
    /// In weeks.
    public var alpha: Double
    public var a: Double
    public var b: Double

    public init(r: Double, alpha: Double, a: Double, b: Double) {
        self.r = r
        self.alpha = alpha
        self.a = a
        self.b = b
    }

    /// The logarithm of the likelihood of one customer's history.
    public func logLikelihood(_ history: PurchaseHistory) -> Double {
        let x = Double(history.repeats)
        let gamma = logGamma(r + x) - logGamma(r) + r * log(alpha)
        let stay = -(r + x) * log(alpha + history.age)
        guard x > 0 else { return gamma + stay }
        let beta = logBeta(a, b + x) - logBeta(a, b)
        let leave = log(a) - log(b + x - 1) - (r + x) * log(alpha + history.recency)
        let larger = max(stay, leave)
        return gamma + beta + larger + log1p(exp(min(stay, leave) - larger))
    }

    /// The probability that a customer has not left.
    public func aliveProbability(_ history: PurchaseHistory) -> Double {
        let x = Double(history.repeats)
        guard x > 0 else { return 1 }
        let odds = log(a) - log(b + x - 1) + (r + x) * (log(alpha + history.age) - log(alpha + history.recency))
        return 1 / (1 + exp(odds))
    }

    /// Expected purchases of a known customer in the weeks to come.
    public func expectedPurchases(_ history: PurchaseHistory, weeks: Double) -> Double {
        aliveProbability(history) * purchasesIfAlive(Double(history.repeats), alpha + history.age, weeks)
    }

    /// Expected purchases of a new customer in the weeks after the first purchase.
    public func expectedPurchases(weeks: Double) -> Double { purchasesIfAlive(0, alpha, weeks) }

    /// The mean of (1 − (1 + p · weeks ÷ scale)^−(r + x)) ÷ p over the chance p to leave after a purchase, beta(a, b + x): equation 10
    /// before it is solved by a hypergeometric function, whose series overflow where a and b are large.
    ///
    /// Over the log-odds of p the weights fall exponentially to both sides and all is analytic up to ±πi, so the trapezoidal rule
    /// converges exponentially for any a and b, be p known almost exactly or spread from 0 to 1. Some 30 to 300 points.
    private func purchasesIfAlive(_ x: Double, _ scale: Double, _ weeks: Double) -> Double {
        guard weeks > 0 else { return 0 }
        let (stay, ratio) = (b + x, weeks / scale)
        let most = (r + x) * ratio
        let middle = log(a / stay)
        let (logLeave, logStay) = (-log1p(stay / a), -log1p(a / stay))
        func point(_ odds: Double) -> (weight: Double, purchases: Double) {
            let p = 1 / (1 + exp(-odds))
            let weight = exp(a * (-log1p(exp(-odds)) - logLeave) + stay * (-log1p(exp(odds)) - logStay))
            return (weight, p > 0 ? -expm1(-(r + x) * log1p(p * ratio)) / p : most)
        }
        let step = min(0.3, (1 / a + 1 / stay).squareRoot() / 1.5)
        let first = point(middle)
        var (weights, sum) = (first.weight, first.weight * first.purchases)
        for (side, exponent) in [(-1.0, a), (1.0, stay)] {
            // From here on purchases are the same and weights a geometric series, to the last digit.
            let end = 37 + log(max(a + stay, most, ratio, 1))
            var distance = step
            while true {
                let odds = middle + side * distance
                let (weight, purchases) = point(odds)
                let isLast = side * odds > end
                let rest = isLast ? weight / -expm1(-exponent * step) : weight
                weights += rest
                sum += rest * purchases
                if isLast || weight < 1e-17 * weights && weight * most < 1e-17 * sum { break }
                distance += step
            }
        }
        return sum / weights
    }
}

/// What a customer's purchases are worth: the gamma-gamma model.
///
/// - Source: Fader, Hardie & Lee 2005, "RFM and CLV", J. Marketing Research 42:415; Fader & Hardie 2013, "The gamma-gamma
///   model of monetary value".
public struct SpendModel: Hashable, Sendable {
    public var p: Double
    public var q: Double
    public var v: Double

    public init(p: Double, q: Double, v: Double) {
        self.p = p
        self.q = q
        self.v = v
    }

    /// The logarithm of the likelihood of a mean amount over a number of purchases, both above zero.
    public func logLikelihood(purchases: Int, mean: Double) -> Double {
        let x = Double(purchases)
        let px = p * x
        return -logBeta(px, q) - log(mean) + q * (log(v) - log(v + mean * x)) + px * (log(mean * x) - log(v + mean * x))
    }

    /// The mean amount over all customers; `nil` where q ≤ 1, without a finite mean.
    public var populationMean: Double? { q > 1 ? p * v / (q - 1) : nil }

    /// The mean amount to expect of a customer, drawn from their own mean towards all customers'.
    public func expectedAmount(purchases: Int, mean: Double) -> Double? {
        guard purchases > 0 else { return populationMean }
        let x = Double(purchases)
        let below = p * x + q - 1
        return below > 0 ? p * (v + x * mean) / below : nil
    }
}
