import WorkingTime

/// How much of a package is earned by the end of a day, by its rule.
struct EarnedShare {
    let planned: PlannedValue
    /// Per package, ascending by day.
    let readings: [[ProgressReading]]
    /// The day of which the rules' own figures (physical shares, milestones without a date) speak.
    let statusDay: Day

    /// 0…1
    func share(_ index: Int, through day: Day) -> Double {
        let package = planned.packages[index]
        switch package.rule {
        case .apportioned(let base): return share(base, through: day)
        case .levelOfEffort: return planned.share(package, through: day)
        case .fixedFormula(let atStart):
            if isReached(package.actualFinish, day) { return 1 }
            return isReached(package.actualStart, day) ? atStart : 0
        case .weightedMilestones(let milestones):
            let total = milestones.reduce(0) { $0 + $1.weight }
            return milestones.reduce(0) { $0 + ($1.isReached && ($1.reached ?? day) <= day ? $1.weight : 0) } / total
        case .physical(let share): return measured(index, share, through: day)
        case .unitsDone(let done, let of): return measured(index, min(max(done / of, 0), 1), through: day)
        }
    }

    private func isReached(_ date: Day?, _ day: Day) -> Bool { date.map { $0 <= day } ?? false }

    /// On the status day what is measured then; before it the last reading, or without readings an even rise from the actual start.
    private func measured(_ index: Int, _ share: Double, through day: Day) -> Double {
        let package = planned.packages[index]
        if isReached(package.actualFinish, day) { return 1 }
        if day >= statusDay { return share }
        if !readings[index].isEmpty { return readings[index].last { $0.day <= day }?.share ?? 0 }
        guard let start = package.actualStart, start <= day else { return 0 }
        let end = min(package.actualFinish ?? statusDay, statusDay)
        let before = planned.calendar.minutes(before: start)
        let whole = planned.calendar.minutes(through: end) - before
        let final = isReached(package.actualFinish, statusDay) ? 1 : share
        return whole > 0 ? final * Double(planned.calendar.minutes(through: day) - before) / Double(whole) : 0
    }
}
