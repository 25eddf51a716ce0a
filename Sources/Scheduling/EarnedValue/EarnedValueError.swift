/// Why earned value can't be computed. Indices are positions in the arrays given.
public enum EarnedValueError: Error, Hashable, Sendable {
    /// A negative or non-finite budget, or a baseline that ends before it starts.
    case package(Int)
    /// A share outside 0…1, weights that are negative or sum to nothing, units planned that are not positive.
    case rule(package: Int)
    /// Apportioned to itself, to another apportioned package, or to one that does not exist.
    case apportioned(package: Int)
    /// Named days whose weights are negative or sum to nothing.
    case spread(package: Int)
    /// A cost for a package that does not exist, or not a finite amount.
    case cost(Int)
    /// A reading of a package that does not exist, or outside 0…1.
    case reading(Int)
}

extension EarnedValueAnalysis {
    static func check(
        _ packages: [WorkPackage], _ costs: [ActualCost], _ readings: [ProgressReading]
    ) throws(EarnedValueError) {
        for (index, package) in packages.enumerated() {
            guard package.budget.isFinite, package.budget >= 0, package.baselineStart <= package.baselineFinish
            else { throw .package(index) }
            try check(package.rule, index, packages)
            if case .days(let weights) = package.spread, !isWeighting(weights.map(\.weight)) { throw .spread(package: index) }
        }
        for (index, cost) in costs.enumerated() {
            guard cost.amount.isFinite, cost.package.map(packages.indices.contains) ?? true else { throw .cost(index) }
        }
        for (index, reading) in readings.enumerated() {
            guard packages.indices.contains(reading.package), (0...1).contains(reading.share) else { throw .reading(index) }
        }
    }

    private static func check(_ rule: PercentCompleteRule, _ index: Int, _ packages: [WorkPackage]) throws(EarnedValueError) {
        switch rule {
        case .fixedFormula(let share), .physical(let share):
            guard (0...1).contains(share) else { throw .rule(package: index) }
        case .weightedMilestones(let milestones):
            guard isWeighting(milestones.map(\.weight)) else { throw .rule(package: index) }
        case .unitsDone(let done, let planned):
            guard done >= 0, planned > 0 else { throw .rule(package: index) }
        case .levelOfEffort: return
        case .apportioned(let base):
            guard packages.indices.contains(base), base != index else { throw .apportioned(package: index) }
            if case .apportioned = packages[base].rule { throw .apportioned(package: index) }
        }
    }

    private static func isWeighting(_ weights: [Double]) -> Bool {
        weights.allSatisfy { $0 >= 0 && $0.isFinite } && weights.contains { $0 > 0 }
    }
}
