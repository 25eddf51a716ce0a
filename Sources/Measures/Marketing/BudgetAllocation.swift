/// An activity that can take a part of the budget.
public struct BudgetOption: Hashable, Sendable {
    public var name: String
    public var curve: SaturationCurve
    /// The spend today.
    public var today: Double
    public var least: Double
    public var most: Double

    /// - Parameters least, most: limits of the spend, 0 ≤ least ≤ most.
    public init(name: String, curve: SaturationCurve, today: Double, least: Double = 0, most: Double) {
        self.name = name
        self.curve = curve
        self.today = today
        self.least = least
        self.most = most
    }
}

/// The split of a budget that brings most.
///
/// At the optimum what the next unit brings is the same wherever no limit holds (Karush–Kuhn–Tucker); that price of a unit is
/// found by halving. With diminishing returns the split is optimal; with S-shaped curves splits in
/// steps of 1/400 are searched too (dynamic programming), and `bound` says how much better any split could be (Everett 1963).
public struct BudgetAllocation: Hashable, Sendable {
    public var spends: [Double]
    public var expected: Double
    public var expectedToday: Double
    /// No split within the limits brings more than this.
    public var bound: Double
    /// What one more unit of budget would bring.
    public var marginal: Double

    /// - Returns: `nil` where the limits contradict each other or leave no room for the budget.
    /// - Complexity: O(options) × 10⁵.
    public init?(_ options: [BudgetOption], budget: Double) {
        guard !options.isEmpty, budget.isFinite,
            options.allSatisfy({
                $0.least >= 0 && $0.most >= $0.least && $0.most.isFinite && $0.curve.half > 0 && $0.curve.slope > 0
            }),
            options.reduce(0, { $0 + $1.least }) <= budget, options.reduce(0, { $0 + $1.most }) >= budget
        else { return nil }
        var (low, high) = (0.0, options.map { $0.curve.top * (1 + $0.curve.slope) / max($0.curve.half, 1e-9) }.max() ?? 1)
        func taken(_ price: Double) -> [Double] { options.map { Self.demand($0, price) } }
        while taken(high).reduce(0, +) > budget && high < 1e30 { high *= 4 }
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            if taken(middle).reduce(0, +) > budget { low = middle } else { high = middle }
        }
        // Above the price some of the budget is left where curves are S-shaped: give it to whom the most comes back from.
        var chosen = taken(high)
        let upper = taken(low)
        Self.fill(&chosen, upTo: upper, options, budget)
        let price = high
        bound = zip(options, taken(price)).map { $0.curve.value($1) - price * $1 }.compensatedSum + price * budget
        func total(_ spends: [Double]) -> Double { zip(options, spends).map { $0.curve.value($1) }.compensatedSum }
        if options.contains(where: { $0.curve.slope > 1 }) {
            let stepped = Self.stepped(options, budget)
            if total(stepped) > total(chosen) { chosen = stepped }
        }
        expectedToday = total(options.map(\.today))
        let today = options.map(\.today)
        let isAllowed = zip(options, today).allSatisfy { $1 >= $0.least && $1 <= $0.most } && today.compensatedSum <= budget
        if isAllowed && expectedToday > total(chosen) { chosen = today }
        spends = chosen
        expected = total(chosen)
        bound = max(bound, expected)
        marginal = price
    }

    /// The spend that brings most after paying the price for every unit.
    private static func demand(_ option: BudgetOption, _ price: Double) -> Double {
        let curve = option.curve
        var low = max(option.least, min(curve.inflection, option.most))
        var high = option.most
        // Beyond the inflection the marginal return falls.
        if curve.marginal(high) >= price {
            low = high
        } else if curve.marginal(low) > price {
            for _ in 0..<200 {
                let middle = low + (high - low) / 2
                if middle <= low || middle >= high { break }
                if curve.marginal(middle) > price { low = middle } else { high = middle }
            }
        }
        func gain(_ spend: Double) -> Double { curve.value(spend) - price * spend }
        return gain(low) > gain(option.least) ? low : option.least
    }

    private static func fill(_ spends: inout [Double], upTo upper: [Double], _ options: [BudgetOption], _ budget: Double) {
        var rest = budget - spends.compensatedSum
        let order = options.indices.sorted { upper[$0] - spends[$0] > upper[$1] - spends[$1] }
        for index in order where rest > 0 && upper[index] > spends[index] {
            let more = min(rest, upper[index] - spends[index])
            spends[index] += more
            rest -= more
        }
        while rest > 1e-9 * max(1, budget) {
            // Whole remainder to the one that gains most from it; repeated where a limit cuts it.
            let gains = options.indices.map { index -> Double in
                let more = min(rest, options[index].most - spends[index])
                return more > 0
                    ? options[index].curve.value(spends[index] + more) - options[index].curve.value(spends[index]) : -1
            }
            guard let best = gains.indices.max(by: { gains[$0] < gains[$1] }), gains[best] >= 0 else { return }
            let more = min(rest, options[best].most - spends[best])
            guard more > 0 else { return }
            spends[best] += more
            rest -= more
        }
    }

    /// The best split in steps of 1/400 of what is free, for curves of any shape.
    private static func stepped(_ options: [BudgetOption], _ budget: Double) -> [Double] {
        let steps = 400
        let unit = max(0, budget - options.map(\.least).compensatedSum) / Double(steps)
        func spend(_ option: BudgetOption, _ count: Int) -> Double { min(option.most, option.least + Double(count) * unit) }
        var best = [Double](repeating: 0, count: steps + 1)
        var choices: [[Int]] = []
        for option in options {
            let values = (0...steps).map { option.curve.value(spend(option, $0)) }
            var next = [Double](repeating: -.infinity, count: steps + 1)
            var choice = [Int](repeating: 0, count: steps + 1)
            for used in 0...steps {
                for own in 0...used where best[used - own] + values[own] > next[used] {
                    next[used] = best[used - own] + values[own]
                    choice[used] = own
                }
            }
            best = next
            choices.append(choice)
        }
        var rest = steps
        var spends = [Double](repeating: 0, count: options.count)
        for index in options.indices.reversed() {
            spends[index] = spend(options[index], choices[index][rest])
            rest -= choices[index][rest]
        }
        return spends
    }

    /// Says what is gained against today's split.
    public var wording: Wording {
        guard expectedToday > 0 else { return Wording("今天的投入没有预期回报可比。", "Today's split has no expected return to compare with.") }
        let gain = expected / expectedToday - 1
        guard gain > 0.005 else { return Wording("今天的分配已接近最优。", "Today's split is already close to the best.") }
        return Wording(
            "按建议重新分配，预期回报比今天的分配高 \(plainPercent(gain))。",
            "The proposed split is expected to bring \(plainPercent(gain)) more than today's.")
    }
}
