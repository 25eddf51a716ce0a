import Measures
import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("How commitments are kept")
struct CommitmentTests {
    private static func commitment(
        _ amount: Double?, _ frequency: Frequency, from start: String?, until finish: String? = nil, _ done: Series = Series()
    ) -> Typed<Commitment> {
        let made = plan("a", .growth) { editor in
            editor.add(Commitment.self) { commitment in
                commitment.title = "跑步"
                commitment.amount = amount
                commitment.frequency = frequency
                commitment.start = start.map(day)
                commitment.finish = finish.map(day)
                commitment.done = done
            }
        }
        return made.all(Commitment.self)[0]
    }

    private static func standing(
        _ amount: Double?, _ frequency: Frequency, from start: String?, until finish: String? = nil, today: String = "2026-06-15",
        _ done: Series = Series()
    ) -> QuotaStanding? {
        commitment(amount, frequency, from: start, until: finish, done).standing(on: day(today))
    }

    private static func starts(_ standing: QuotaStanding) -> [Day] { standing.periods.map { Day(number: $0.days.lowerBound) } }

    /// Weeks of 4 May to 8 June: met, missed, met on one day, met on a Sunday, met on Monday and Sunday, more than met.
    private static let weeks: [(String, Double)] = [
        ("2026-05-05", 1), ("2026-05-08", 1), ("2026-05-12", 1), ("2026-05-20", 2), ("2026-05-31", 2), ("2026-06-01", 1),
        ("2026-06-07", 1), ("2026-06-08", 3),
    ]

    @Test("weeks run from Monday to Sunday, and the running one breaks no streak")
    func weekly() throws {
        let standing = try #require(Self.standing(2, .weekly, from: "2026-05-04", Series(Self.weeks.map { (day($0.0), $0.1) })))
        let mondays = ["2026-05-04", "2026-05-11", "2026-05-18", "2026-05-25", "2026-06-01", "2026-06-08", "2026-06-15"]
        #expect(Self.starts(standing) == mondays.map(day))
        #expect(standing.periods.map(\.done) == [2, 1, 2, 2, 2, 3, 0])
        #expect(standing.periods.map(\.isKept) == [true, false, true, true, true, true, false])
        #expect(standing.run == 4)
        #expect(standing.missedRun == 0)
        #expect(abs(try #require(standing.keptShare) - 0.833_333_333) < 1e-8)
        #expect(standing.missing == 2)
    }

    @Test("the running week adds to the streak once it is met")
    func runningWeekMet() throws {
        let done = Series((Self.weeks + [("2026-06-15", 2)]).map { (day($0.0), $0.1) })
        #expect(try #require(Self.standing(2, .weekly, from: "2026-05-04", done)).run == 5)
    }

    @Test("a week begun on its Thursday asks for its share, and what was done before the start does not count")
    func cutWeek() throws {
        let done = Series([(day("2026-05-05"), 4), (day("2026-05-08"), 4)])
        let standing = try #require(Self.standing(7, .weekly, from: "2026-05-07", today: "2026-05-12", done))
        #expect(standing.periods[0].wanted == 4)
        #expect(standing.periods[0].done == 4)
        #expect(standing.periods[0].isKept)
    }

    @Test("a commitment that is over has no running period, and its last one counts as missed")
    func over() throws {
        let standing = try #require(
            Self.standing(2, .weekly, from: "2026-05-04", until: "2026-05-17", series(("2026-05-05", 2))))
        #expect(standing.periods.map(\.status) == [.kept, .missed])
        #expect(standing.run == 0)
        #expect(standing.missedRun == 1)
        #expect(standing.keptShare == 0.5)
    }

    @Test(
        "months, quarters, half-years and years begin on their first day",
        arguments: [
            (
                Frequency.monthly, "2026-01-31",
                ["2026-01-31", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01"]
            ),
            (.quarterly, "2025-11-20", ["2025-11-20", "2026-01-01", "2026-04-01"]),
            (.halfYearly, "2025-03-20", ["2025-03-20", "2025-07-01", "2026-01-01"]),
            (.yearly, "2024-02-29", ["2024-02-29", "2025-01-01", "2026-01-01"]),
            (.daily, "2026-06-13", ["2026-06-13", "2026-06-14", "2026-06-15"]),
            (.biweekly, "2026-05-20", ["2026-05-20", "2026-06-01", "2026-06-15"]),
        ])
    func starts(frequency: Frequency, from start: String, wanted: [String]) throws {
        let standing = try #require(Self.standing(1, frequency, from: start))
        #expect(Self.starts(standing) == wanted.map(day))
        for (period, next) in zip(standing.periods, standing.periods.dropFirst()) {
            #expect(period.days.upperBound + 1 == next.days.lowerBound)
        }
    }

    @Test("a daily habit counts its days in a row, and is at risk until it is done today")
    func streak() throws {
        let done = Series([(day("2026-06-10"), 1), (day("2026-06-12"), 2), (day("2026-06-13"), 1), (day("2026-06-14"), 1)])
        let streak = try #require(Self.commitment(1, .daily, from: "2026-06-01", done).streak(on: day("2026-06-15")))
        #expect(streak.current == 3)
        #expect(streak.isAtRisk)
        #expect(Self.commitment(1, .weekly, from: "2026-06-01", done).streak(on: day("2026-06-15")) == nil)
    }

    @Test("without an amount, before its start, or done once only, there is nothing to count")
    func nothing() {
        #expect(Self.standing(nil, .weekly, from: "2026-05-04") == nil)
        #expect(Self.standing(0, .weekly, from: "2026-05-04") == nil)
        #expect(Self.standing(1, .weekly, from: "2026-07-01") == nil)
        #expect(Self.standing(1, .weekly, from: nil) == nil)
        #expect(Self.standing(1, .once, from: "2026-05-04") == nil)
    }
}
