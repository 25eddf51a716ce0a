import WorkingTime

/// How the budget of a package is planned over time.
struct PlannedValue {
    let packages: [WorkPackage]
    let calendar: WorkingDays

    /// The share of a package's budget planned to be earned by the end of a day: 0…1.
    /// - Complexity: O(1), O(days) for named days, O(milestones) for milestones.
    func share(_ package: WorkPackage, through day: Day) -> Double {
        if case .apportioned(let base) = package.rule { return share(packages[base], through: day) }
        switch package.spread {
        case .even: return evenShare(package, through: day)
        case .atStart: return day >= package.baselineStart ? 1 : 0
        case .atFinish: return day >= package.baselineFinish ? 1 : 0
        case .asEarned: return ruleShare(package, through: day)
        case .days(let weights):
            let total = weights.reduce(0) { $0 + $1.weight }
            return weights.reduce(0) { $0 + ($1.day <= day ? $1.weight : 0) } / total
        }
    }

    /// By working time. A package without any, as a milestone on a day off, is planned for its last day.
    func evenShare(_ package: WorkPackage, through day: Day) -> Double {
        if day >= package.baselineFinish { return 1 }
        if day < package.baselineStart { return 0 }
        let before = calendar.minutes(before: package.baselineStart)
        let whole = calendar.minutes(through: package.baselineFinish) - before
        return whole > 0 ? Double(calendar.minutes(through: day) - before) / Double(whole) : 0
    }

    private func ruleShare(_ package: WorkPackage, through day: Day) -> Double {
        switch package.rule {
        case .fixedFormula(let atStart):
            if day >= package.baselineFinish { return 1 }
            return day >= package.baselineStart ? atStart : 0
        case .weightedMilestones(let milestones):
            let total = milestones.reduce(0) { $0 + $1.weight }
            let even = evenShare(package, through: day)
            return milestones.reduce(0) { sum, milestone in
                sum + milestone.weight * (milestone.planned.map { $0 <= day ? 1 : 0 } ?? even)
            } / total
        default: return evenShare(package, through: day)
        }
    }
}
