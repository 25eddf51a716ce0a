import WorkingTime

/// Earned value of a baseline on the real calendar, on one day or day by day.
///
/// ```swift
/// let analysis = try EarnedValueAnalysis(packages: packages, costs: costs, statusDay: today, calendar: .china)
/// let status = analysis.status()
/// status.total.costPerformanceIndex      // 0.83
/// status.schedule?.variance              // −4.5 working days
/// ```
public struct EarnedValueAnalysis: Sendable {
    public let packages: [WorkPackage]
    public let costs: [ActualCost]
    public let statusDay: Day
    private let readings: [[ProgressReading]]
    private let calendar: WorkingDays
    /// First and last day of the baseline.
    public let baseline: ClosedRange<Day>

    /// - Parameters:
    ///   - packages: the baseline, with what is known of each package's progress.
    ///   - costs: money spent or hours worked; those after a day asked about don't count on it.
    ///   - readings: measured shares of physical packages in the past, for the curve; not needed for the status day.
    ///   - statusDay: the day of which the packages' progress speaks.
    ///   - workingMinutes: working time of a day, on the calendar of the plan.
    /// - Throws: ``EarnedValueError``
    public init(
        packages: [WorkPackage], costs: [ActualCost], readings: [ProgressReading] = [], statusDay: Day,
        workingMinutes: @escaping @Sendable (Day) -> Int
    ) throws(EarnedValueError) {
        try Self.check(packages, costs, readings)
        self.packages = packages
        self.costs = costs.sorted { $0.day < $1.day }
        self.statusDay = statusDay
        var grouped = [[ProgressReading]](repeating: [], count: packages.count)
        for reading in readings.sorted(by: { $0.day < $1.day }) { grouped[reading.package].append(reading) }
        self.readings = grouped
        let starts = packages.map(\.baselineStart)
        let first = starts.min() ?? statusDay
        let last = packages.map(\.baselineFinish).max() ?? statusDay
        baseline = first...last
        let earliest = min(first, packages.compactMap(\.actualStart).min() ?? first)
        calendar = WorkingDays(earliest...max(last, statusDay), minutes: workingMinutes)
    }

    /// The same on a calendar.
    public init(
        packages: [WorkPackage], costs: [ActualCost], readings: [ProgressReading] = [], statusDay: Day, calendar: WorkCalendar
    ) throws(EarnedValueError) {
        try self.init(packages: packages, costs: costs, readings: readings, statusDay: statusDay) { day in
            calendar.hours(on: day).minutes
        }
    }

    public var budgetAtCompletion: Double { packages.reduce(0) { $0 + $1.budget } }

    /// Where everything stands at the end of the status day.
    /// - Complexity: O(packages + costs + days).
    public func status() -> EarnedValueStatus { status(on: statusDay) }

    /// Where everything stood at the end of an earlier day.
    public func status(on day: Day) -> EarnedValueStatus {
        let planned = PlannedValue(packages: packages, calendar: calendar)
        let earned = EarnedShare(planned: planned, readings: readings, statusDay: statusDay)
        var spent = [Double](repeating: 0, count: packages.count)
        var total = 0.0
        for cost in costs.prefix(while: { $0.day <= day }) {
            total += cost.amount
            if let package = cost.package { spent[package] += cost.amount }
        }
        let figures = packages.enumerated().map { index, package in
            EarnedValueFigures(
                budgetAtCompletion: package.budget, plannedValue: package.budget * planned.share(package, through: day),
                earnedValue: package.budget * earned.share(index, through: day), actualCost: spent[index])
        }
        let sum = EarnedValueFigures(
            budgetAtCompletion: budgetAtCompletion, plannedValue: figures.reduce(0) { $0 + $1.plannedValue },
            earnedValue: figures.reduce(0) { $0 + $1.earnedValue }, actualCost: total)
        let schedule = earnedSchedule(sum.earnedValue, on: day)
        let finish = schedule?.estimateAtCompletion.flatMap { days in
            days < 36_525 ? baselineDays.day(number: max(Int(days.rounded(.up)), 1)) : nil
        }
        return EarnedValueStatus(day: day, total: sum, packages: figures, schedule: schedule, estimatedFinish: finish)
    }

    /// Working days of the baseline, counted from its first day.
    private var baselineDays: WorkingDays { WorkingDays(baseline, minutes: { calendar.workingMinutes(on: $0) }) }

    /// In working days from the first day of the baseline. Time stops for a project that is finished.
    private func earnedSchedule(_ earned: Double, on day: Day) -> EarnedSchedule? {
        let days = baselineDays
        var values: [Double] = []
        for point in plannedCurve() {
            if days.isWorkingDay(point.day) {
                values.append(point.value)
            } else if let last = values.indices.last {
                values[last] = point.value
            }
        }
        guard !values.isEmpty else { return nil }
        let finishes = packages.compactMap(\.actualFinish)
        let isFinished = finishes.count == packages.count && finishes.allSatisfy { $0 <= day }
        let end = isFinished ? finishes.max() ?? day : day
        return EarnedSchedule(plannedValues: values, earnedValue: earned, actualTime: Double(days.days(through: end)))
    }

    /// Cumulative planned value at the end of each day of the baseline.
    public func plannedCurve() -> [(day: Day, value: Double)] {
        let planned = PlannedValue(packages: packages, calendar: calendar)
        return baseline.map { day in
            (day, packages.reduce(0) { $0 + $1.budget * planned.share($1, through: day) })
        }
    }

    /// The curve of three lines: planned value over the whole baseline, earned value and actual cost up to the status day.
    /// - Complexity: O(packages × days + costs).
    public func curve() -> [EarnedValuePoint] {
        let planned = PlannedValue(packages: packages, calendar: calendar)
        let earned = EarnedShare(planned: planned, readings: readings, statusDay: statusDay)
        let first = min(baseline.lowerBound, costs.first?.day ?? baseline.lowerBound, calendar.first, statusDay)
        var cost = 0
        var spent = 0.0
        return (first...max(baseline.upperBound, statusDay)).map { day in
            while cost < costs.count, costs[cost].day <= day {
                spent += costs[cost].amount
                cost += 1
            }
            let value = packages.reduce(0) { $0 + $1.budget * planned.share($1, through: day) }
            guard day <= statusDay else {
                return EarnedValuePoint(day: day, plannedValue: value, earnedValue: nil, actualCost: nil)
            }
            let earnedValue = packages.indices.reduce(0) { $0 + packages[$1].budget * earned.share($1, through: day) }
            return EarnedValuePoint(day: day, plannedValue: value, earnedValue: earnedValue, actualCost: spent)
        }
    }
}

/// Everything known of one day.
public struct EarnedValueStatus: Sendable, Hashable {
    public let day: Day
    public let total: EarnedValueFigures
    /// In the order of the packages. Costs that belong to no package are only in the total.
    public let packages: [EarnedValueFigures]
    /// In working days of the calendar; `nil` where the baseline has none.
    public let schedule: EarnedSchedule?
    /// The working day on which the project ends if time goes on being used as it was: PD ÷ SPI(t) working days, rounded up.
    public let estimatedFinish: Day?
}

/// One day of the curve; cumulative amounts at its end.
public struct EarnedValuePoint: Sendable, Hashable {
    public let day: Day
    public let plannedValue: Double
    /// `nil` after the status day.
    public let earnedValue: Double?
    public let actualCost: Double?
}
