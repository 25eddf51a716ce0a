/// Something with an attainment: a measure, a given share, or a goal that has others below it.
public indirect enum AttainmentItem: Hashable, Sendable {
    case measure(TrackedMeasure)
    /// A share known from elsewhere (0…1) and the share expected by now, such as the progress of a project.
    case given(key: String, share: Double?, expected: Double?)
    /// What has been explained already, such as a measure judged on a day of its own.
    case explained(AttainmentExplanation)
    case group(key: String, parts: [WeightedItem])
}

/// An item with its weight among its siblings.
public struct WeightedItem: Hashable, Sendable {
    /// Any non-negative number; only the proportion to the siblings counts. `nil`: see `RollUpRule`.
    public var weight: Double?
    public var item: AttainmentItem

    public init(_ item: AttainmentItem, weight: Double? = nil) {
        self.item = item
        self.weight = weight
    }
}

/// How attainments are put together.
///
/// Weights: where no sibling has one (or all are zero), all count the same; where some have, those without share what is left up to 1, or
/// count as the mean of the given ones where nothing is left.
public struct RollUpRule: Hashable, Sendable {
    public enum Missing: Hashable, Sendable {
        /// The weight of an item without value goes to its siblings; the weights of goals stay as agreed.
        case sharedAmongSiblings
        /// A goal counts only with the part of its weight that has values, so that how measures are grouped does not matter.
        case sharedAmongAll
        /// No value is no attainment.
        case countsAsZero
    }

    public var missing: Missing
    /// Shares are held within these bounds before they are put together: by default no debt, and no more than 100 %, so that
    /// one measure far beyond its target does not hide another one's failure.
    public var bounds: ClosedRange<Double>
    public var pace: PaceRule

    public init(missing: Missing = .sharedAmongSiblings, bounds: ClosedRange<Double> = 0...1, pace: PaceRule = .standard) {
        self.missing = missing
        self.bounds = bounds
        self.pace = pace
    }
}

extension AttainmentItem {
    /// The attainment on a day with the whole tree of reasons.
    ///
    /// A group's number is the weighted mean of its parts. Putting a part asunder into parts of its own whose weights add up
    /// to its weight changes nothing above, as long as all have values (or under `.sharedAmongAll` and `.countsAsZero` always).
    ///
    /// - Complexity: O(items + values)
    public func explained(on day: Int, rule: RollUpRule = RollUpRule()) -> AttainmentExplanation {
        switch self {
        case .measure(let measure): return measure.explained(on: day)
        case .explained(let explanation): return explanation
        case .given(let key, let share, let expected):
            return AttainmentExplanation(
                key: key, role: .given, number: share, expected: expected,
                status: standing(share, expected, rule), weight: nil, contribution: nil, children: [])
        case .group(let key, let parts):
            return combined(key: key, parts.map { ($0.item.explained(on: day, rule: rule), $0.weight) }, rule: rule)
        }
    }
}

/// The weighted mean of parts that are explained already.
func combined(key: String, _ parts: [(AttainmentExplanation, weight: Double?)], rule: RollUpRule) -> AttainmentExplanation {
    let agreed = agreedWeights(parts.map(\.weight))
    let effective = zip(parts, agreed).map { part, weight in weight * presence(of: part.0, rule) }
    let whole = effective.reduce(0, +)
    var children = parts.map(\.0)
    var number = 0.0
    var expected = 0.0
    var expectedWeight = 0.0
    for index in children.indices {
        let weight = whole > 0 ? effective[index] / whole : 0
        let share = min(rule.bounds.upperBound, max(rule.bounds.lowerBound, children[index].number ?? 0))
        children[index].weight = weight
        children[index].contribution = weight * share
        number += weight * share
        if let due = children[index].expected, weight > 0 {
            expected += weight * min(rule.bounds.upperBound, max(rule.bounds.lowerBound, due))
            expectedWeight += weight
        }
    }
    let covered = zip(parts, agreed).reduce(0) { $0 + $1.1 * coverage(of: $1.0.0) }
    let allAgreed = agreed.reduce(0, +)
    let attained = whole > 0 ? number : nil
    let due = expectedWeight > 0 ? expected / expectedWeight : nil
    return AttainmentExplanation(
        key: key, role: .rollUp(coverage: allAgreed > 0 ? covered / allAgreed : 0), number: attained, expected: due,
        status: standing(attained, due, rule), weight: nil, contribution: nil, children: children)
}

private func agreedWeights(_ given: [Double?]) -> [Double] {
    let known = given.compactMap { $0 }.map { max(0, $0) }
    // Where nothing has weight all count the same.
    if known.count == given.count, known.allSatisfy({ $0 == 0 }) { return given.map { _ in 1 } }
    let open = given.count - known.count
    let rest = 1 - known.reduce(0, +)
    let mean = known.isEmpty ? 1 : known.reduce(0, +) / Double(known.count)
    let fallback = known.isEmpty ? 1 : rest > 1e-12 ? rest / Double(max(1, open)) : mean
    return given.map { $0.map { max(0, $0) } ?? fallback }
}

/// The part of an item's weight that takes part in the mean.
private func presence(of item: AttainmentExplanation, _ rule: RollUpRule) -> Double {
    switch rule.missing {
    case .sharedAmongSiblings: item.number == nil ? 0 : 1
    case .sharedAmongAll: coverage(of: item)
    case .countsAsZero: 1
    }
}

/// The share of the weight below that has values.
private func coverage(of item: AttainmentExplanation) -> Double {
    if case .rollUp(let coverage) = item.role { return coverage }
    return item.number == nil ? 0 : 1
}

private func standing(_ share: Double?, _ expected: Double?, _ rule: RollUpRule) -> AttainmentStatus {
    if let share, share >= 1 - 1e-12 { return .attained }
    return rule.pace.status(attainment: share, expected: expected)
}

extension TrackedMeasure {
    /// The measure's attainment with its inputs as children.
    public func explained(on day: Int) -> AttainmentExplanation {
        let standing = attainment(on: day)
        var inputs: [AttainmentExplanation] = []
        func add(_ role: AttainmentExplanation.Role, _ number: Double?) {
            guard let number else { return }
            inputs.append(
                AttainmentExplanation(
                    key: key, role: role, number: number, expected: nil, status: nil, weight: nil, contribution: nil, children: []
                ))
        }
        add(.value, standing.value)
        add(.baseline, aim.baseline)
        add(.target, aim.target)
        if case .stay(let range, _) = aim {
            add(.lowerEnd, range.lowerBound)
            add(.upperEnd, range.upperBound)
        }
        add(.expectedValue, standing.expectedValue)
        return AttainmentExplanation(
            key: key, role: .measure(aim), number: standing.attainment, expected: standing.expectedAttainment,
            status: standing.status, weight: nil, contribution: nil, children: inputs)
    }
}
