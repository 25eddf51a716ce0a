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

    /// (a + b + x − 1) ÷ (a − 1) · (1 − q^(a−1) ₂F₁(a + b − 1 − r, a − 1; a + b + x − 1; z)) with q = 1 − z = scale ÷ (scale + t):
    /// equation 10 after Euler's transformation, arranged so that a = 1 is no singularity and large x no cancellation.
    private func purchasesIfAlive(_ x: Double, _ scale: Double, _ weeks: Double) -> Double {
        guard weeks > 0 else { return 0 }
        let z = weeks / (scale + weeks)
        let logRest = -log1p(weeks / scale)
        let (first, third) = (a + b - 1 - r, a + b + x - 1)
        // third · Σ (first)ₖ (a)ₖ₋₁ ÷ ((third)ₖ k!) zᵏ from k = 1.
        var term = first * z
        var sum = CompensatedSum()
        var k = 1.0
        while k < 200_000 {
            sum.add(term)
            let next = term * (first + k) * (a + k - 1) / ((third + k) * (k + 1)) * z
            if abs(next) < 1e-17 * abs(sum.value) && k > 3 || next == 0 { break }
            term = next
            k += 1
        }
        let power = (a - 1) * logRest
        let head = abs(a - 1) < 1e-12 ? -logRest : -expm1(power) / (a - 1)
        return max(0, third * head - exp(power) * sum.value)
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
