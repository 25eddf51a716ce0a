import WorkingTime

/// Working time from a first day on, day by day, as sums.
struct WorkingDays: Sendable {
    let first: Day
    /// Working minutes, and working days, before each day; one number more than days.
    private let minutesBefore: [Int]
    private let daysBefore: [Int]
    private let minutes: @Sendable (Day) -> Int

    init(_ days: ClosedRange<Day>, minutes: @escaping @Sendable (Day) -> Int) {
        first = days.lowerBound
        self.minutes = minutes
        var minutesBefore = [0]
        var daysBefore = [0]
        for day in days {
            let worked = max(minutes(day), 0)
            minutesBefore.append((minutesBefore.last ?? 0) + worked)
            daysBefore.append((daysBefore.last ?? 0) + (worked > 0 ? 1 : 0))
        }
        self.minutesBefore = minutesBefore
        self.daysBefore = daysBefore
    }

    private func index(_ day: Day) -> Int { min(max(day - first, 0), minutesBefore.count - 1) }

    /// Working minutes from the first day up to and including a day.
    func minutes(through day: Day) -> Int { minutesBefore[index(day + 1)] }

    func minutes(before day: Day) -> Int { minutesBefore[index(day)] }

    /// Working days from the first day up to and including a day, which may lie beyond the range.
    func days(through day: Day) -> Int {
        var count = daysBefore[index(day + 1)]
        var next = first + (daysBefore.count - 1)
        while next <= day {
            count += minutes(next) > 0 ? 1 : 0
            next = next + 1
        }
        return count
    }

    /// The working day with this number, counted from one; `nil` if there is none within a hundred years.
    func day(number: Int) -> Day? {
        var count = 0
        for day in first...(first + 36_525) where minutes(day) > 0 {
            count += 1
            if count >= number { return day }
        }
        return nil
    }

    func workingMinutes(on day: Day) -> Int { max(minutes(day), 0) }

    func isWorkingDay(_ day: Day) -> Bool { minutes(day) > 0 }
}
