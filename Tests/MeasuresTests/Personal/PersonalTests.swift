import Foundation
import Measures
import Testing

@Suite("Personal measures")
struct PersonalTests {
    private func day(_ year: Int, _ month: Int, _ day: Int) -> Int { dayNumber(year: year, month: month, day: day) }

    @Test("periods are those of the calendar of another program")
    func periods() throws {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        for number in stride(from: -800, through: 25_000, by: 61) {
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            for (period, component) in [(PeriodOfDays.week, Calendar.Component.weekOfYear), (.month, .month), (.year, .year)] {
                let interval = try #require(calendar.dateInterval(of: component, for: date))
                let range = period.range(containing: number)
                #expect(Double(range.lowerBound) * 86_400 == interval.start.timeIntervalSince1970)
                #expect(Double(range.upperBound + 1) * 86_400 == interval.end.timeIntervalSince1970)
            }
        }
        #expect(PeriodOfDays.quarter.range(containing: day(2026, 5, 9)) == day(2026, 4, 1)...day(2026, 6, 30))
        #expect(PeriodOfDays.halfYear.range(containing: day(2026, 5, 9)) == day(2026, 1, 1)...day(2026, 6, 30))
        let anchor = day(2026, 1, 7)
        #expect(PeriodOfDays.twoWeeks(from: anchor).range(containing: day(2026, 1, 18)) == day(2026, 1, 5)...day(2026, 1, 18))
        #expect(PeriodOfDays.twoWeeks(from: anchor).range(containing: day(2026, 1, 4)) == day(2025, 12, 22)...day(2026, 1, 4))
    }

    @Test("two books a month: kept, missed and running months")
    func quota() {
        let quota = Quota(amount: 2, period: .month, start: day(2026, 1, 1), finish: day(2026, 12, 31))
        let read = [day(2026, 1, 9), day(2026, 1, 30), day(2026, 2, 15), day(2026, 3, 1), day(2026, 3, 20), day(2026, 4, 10)]
        let standing = quota.standing(read.map { DatedValue(day: $0, value: 1) }, on: day(2026, 4, 20))
        #expect(standing.periods.map(\.done) == [2, 1, 2, 1])
        #expect(standing.periods.map(\.status) == [.kept, .missed, .kept, .runningOnPace])
        #expect(standing.keptShare == 2.0 / 3)
        #expect(standing.run == 1)
        #expect(standing.missing == 1)
        #expect(standing.wanted == 8)
        let late = quota.standing(read.dropLast().map { DatedValue(day: $0, value: 1) }, on: day(2026, 4, 20))
        #expect(late.periods.last?.status == .runningBehind)
        let after = quota.standing([], on: day(2027, 3, 1))
        #expect(after.periods.count == 12)
        #expect(after.missing == 0)
        #expect(quota.standing([], on: day(2025, 12, 31)).periods.isEmpty)
    }

    @Test("a quota that begins within a month wants its share of it, whole things rounded up")
    func cutQuota() {
        let books = Quota(amount: 2, period: .month, start: day(2026, 4, 16)).standing([], on: day(2026, 5, 2))
        #expect(books.periods.map(\.wanted) == [1, 2])
        let hours = Quota(amount: 7.5, period: .week, start: day(2026, 4, 16)).standing([], on: day(2026, 4, 17))
        #expect(abs(hours.wanted - 7.5 * 4 / 7) < 1e-12)
        var dice = Dice(4)
        let entries = (0..<300).map { _ in DatedValue(day: day(2026, 1, 1) + dice.roll(0...399), value: Double(dice.roll(1...3)))
        }
        for period in [PeriodOfDays.day, .week, .month, .quarter, .year, .twoWeeks(from: day(2026, 2, 3))] {
            let today = day(2026, 1, 1) + dice.roll(30...380)
            let standing = Quota(amount: 3, period: period, start: day(2026, 1, 20)).standing(entries, on: today)
            let all = entries.filter { $0.day >= day(2026, 1, 20) && $0.day <= today }.reduce(0) { $0 + $1.value }
            #expect(standing.done == all)
        }
    }

    @Test("daily streaks: today is not over, a gap breaks, allowed gaps do not")
    func dailyStreak() {
        let today = day(2026, 3, 10)
        func streak(_ ago: [Int], skips: Int = 0) -> Streak {
            Streak.counted(ago.map { today - $0 }, on: today, allowedSkips: skips)
        }
        #expect(streak([0, 1, 2]).current == 3)
        #expect(streak([1, 2, 3, 3]).current == 3)
        #expect(streak([1, 2, 3]).isAtRisk)
        #expect(!streak([0, 1]).isAtRisk)
        #expect(streak([2, 3, 4]).current == 0)
        #expect(streak([2, 3, 4]).longest == 3)
        #expect(streak([2, 3, 5], skips: 1).current == 3)
        #expect(streak([2, 3, 5], skips: 1).skipsLeft == 0)
        #expect(streak([2, 3, 5], skips: 1).isAtRisk)
        #expect(streak([0, 1, 3, 6, 7, 8, 9]).longest == 4)
        #expect(streak([0, 1, 3]).since == today - 1)
        #expect(streak([]).current == 0)
        #expect(streak([-1, -2]).current == 0)
    }

    @Test("days of rest neither break nor add")
    func restDays() {
        // Friday 6 March 2026, then Monday 9 March.
        let days = [day(2026, 3, 5), day(2026, 3, 6), day(2026, 3, 7), day(2026, 3, 9)]
        let streak = Streak.counted(days, on: day(2026, 3, 9), rhythm: .daily(rest: [6, 7]))
        #expect(streak.current == 3)
        let sunday = Streak.counted(Array(days.prefix(2)), on: day(2026, 3, 8), rhythm: .daily(rest: [6, 7]))
        #expect(sunday.current == 2)
        #expect(!sunday.isAtRisk)
        let missedFriday = Streak.counted([day(2026, 3, 5)], on: day(2026, 3, 8), rhythm: .daily(rest: [6, 7]))
        #expect(missedFriday.current == 0)
    }

    @Test("streaks agree with walking back day by day")
    func bruteForce() {
        var dice = Dice(14)
        for _ in 0..<300 {
            let today = 20_000 + dice.roll(0...6)
            let days = (0..<40).filter { _ in dice.share() < 0.7 }.map { today - $0 }
            let done = Set(days)
            let skips = dice.roll(0...2)
            var current = 0
            var missed = 0
            for ago in 0..<60 {
                if done.contains(today - ago) {
                    current += 1
                    missed = 0
                } else if ago > 0 {
                    missed += 1
                    if missed > skips { break }
                }
            }
            #expect(Streak.counted(days, on: today, allowedSkips: skips).current == current)
        }
    }

    @Test("weekly streaks count weeks with enough days; this week is not over")
    func weeklyStreak() {
        let monday = day(2026, 3, 2)
        let days = [0, 2, 4, 7, 8, 9, 14, 21, 22, 23].map { monday + $0 }
        let inLastWeek = Streak.counted(days, on: monday + 23, rhythm: .weekly(times: 3))
        #expect(inLastWeek.current == 1)
        #expect(inLastWeek.longest == 2)
        let forgiving = Streak.counted(days, on: monday + 29, rhythm: .weekly(times: 3), allowedSkips: 1)
        #expect(forgiving.current == 3)
        #expect(forgiving.since == monday)
        #expect(Streak.counted(days, on: monday + 15, rhythm: .weekly(times: 3)).isAtRisk)
    }

    @Test("the wheel names what lacks most, and how even it is")
    func wheel() {
        let wheel = BalanceWheel([
            .init(key: "health", score: 4, wanted: 8, earlier: 6), .init(key: "work", score: 8, wanted: 8, earlier: 7),
            .init(key: "family", score: 6, wanted: 9), .init(key: "fun", score: nil),
        ])
        #expect(wheel.mean == 6)
        #expect(wheel.attention.map(\.key) == ["health", "family", "work"])
        #expect(wheel.risen.map(\.key) == ["work"])
        #expect(wheel.fallen.map(\.key) == ["health"])
        // Gini of 4, 6, 8: mean absolute difference 16/9 over twice the mean 12.
        #expect(abs((wheel.evenness ?? 0) - (1 - 16.0 / 9 / 12)) < 1e-12)
        #expect(BalanceWheel([.init(key: "a", score: 5), .init(key: "b", score: 5)]).evenness == 1)
        #expect(BalanceWheel([]).mean == nil)
    }

    @Test("time by category adds up over periods")
    func timeSpent() {
        let start = day(2026, 3, 4)
        let entries = [
            TimeEntry(day: start, minutes: 90, category: "写作"),
            TimeEntry(day: start + 1, minutes: 30, category: "会议"),
            TimeEntry(day: start + 6, minutes: 60, category: "会议"),
            TimeEntry(day: start + 6, minutes: -5, category: "会议"),
            TimeEntry(day: start + 30, minutes: 60, category: "会议"),
        ]
        let spent = TimeSpent(entries, days: start...(start + 11), by: .week)
        #expect(spent.periods.map(\.minutes) == [120, 60])
        #expect(spent.periods[0].days == start...(start + 4))
        #expect(spent.total.byCategory == ["写作": 90, "会议": 90])
        #expect(spent.ranking.map(\.category) == ["会议", "写作"])
        #expect(spent.share(of: "写作") == 0.5)
        #expect(spent.share(of: "阅读") == 0)
        #expect(TimeSpent(entries, days: start...(start + 12), by: .day).periods.count == 13)
    }
}
