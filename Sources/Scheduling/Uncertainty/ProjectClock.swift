import WorkingTime

/// Translates between dates and the working minutes that simulations count in.
public struct ProjectClock: Sendable {
    public let calendar: WorkCalendar
    /// The instant from which working minutes are counted: the project's start, or the status date.
    public let start: Int
    private let origin: Int

    public init(calendar: WorkCalendar, start: Int) {
        self.calendar = calendar
        self.start = start
        origin = calendar.position(of: start)
    }

    /// Working minutes from the start to an instant; negative before it. For deadlines, constraints and checkpoints.
    public func minutes(to instant: Int) -> Int { calendar.position(of: instant) - origin }

    /// Working minutes from the start to the end of a day.
    public func minutes(toEndOf day: Day) -> Int { minutes(to: (day + 1).start) }

    /// The instant at which work ends that takes so many working minutes from the start.
    public func instant(after minutes: Double) -> Int {
        calendar.finish(at: origin + Int(min(max(minutes, 0), Double(Lanes.farthest) * 100).rounded()))
    }

    /// The day on which that instant lies; the end of a day belongs to that day.
    public func day(after minutes: Double) -> Day { Day(instant: max(instant(after: minutes) - 1, start)) }
}

extension CalendarRisk {
    /// Working days that may be lost in a month.
    public struct Month: Sendable, Hashable {
        public var year: Int
        public var month: Int
        /// The probability that any day is lost, 0…1.
        public var probability: Double
        /// Days lost if so.
        public var lostDays: Estimate

        public init(year: Int, month: Int, probability: Double, lostDays: Estimate) {
            self.year = year
            self.month = month
            self.probability = probability
            self.lostDays = lostDays
        }
    }

    /// Lost days by month on a calendar. A day counts as the mean working day of its month; months without work fall away.
    public init(_ months: [Month], clock: ProjectClock, activities: [Int]? = nil) {
        let periods: [Period] = months.compactMap { month in
            guard let first = Day(year: month.year, month: month.month, day: 1) else { return nil }
            let next = first + Day.length(ofMonth: month.month, in: month.year)
            let minutes = clock.minutes(to: first.start)..<clock.minutes(to: next.start)
            let days = (first..<next).count { clock.calendar.isWorkingDay($0) }
            guard !minutes.isEmpty, days > 0 else { return nil }
            let perDay = Double(minutes.count) / Double(days)
            return Period(minutes, probability: month.probability, lost: month.lostDays.scaled(by: perDay))
        }
        self.init(periods: periods, activities: activities)
    }
}

extension Estimate {
    /// The estimate of a multiple, for other units: days into minutes. The factor must not be negative.
    public func scaled(by factor: Double) -> Estimate {
        switch self {
        case .fixed(let value): .fixed(value * factor)
        case .pert(let low, let mode, let high, let weight):
            .pert(optimistic: low * factor, mostLikely: mode * factor, pessimistic: high * factor, weight: weight)
        case .triangular(let low, let mode, let high):
            .triangular(optimistic: low * factor, mostLikely: mode * factor, pessimistic: high * factor)
        case .range(let low, let mode, let high, let lowShare, let highShare):
            .range(low: low * factor, mostLikely: mode * factor, high: high * factor, lowShare: lowShare, highShare: highShare)
        case .uniform(let from, let to): .uniform(from: from * factor, to: to * factor)
        case .normal(let mean, let deviation): .normal(mean: mean * factor, standardDeviation: deviation * factor)
        case .logNormal(let mean, let deviation): .logNormal(mean: mean * factor, standardDeviation: deviation * factor)
        case .discrete(let values): .discrete(values.map { WeightedValue($0.value * factor, weight: $0.weight) })
        case .history(let values): .history(values.map { $0 * factor })
        }
    }
}
