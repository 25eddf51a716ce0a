import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("How commitments are kept")
struct QuotaCountTests {
    private static func count(
        _ amount: Double?, _ frequency: Frequency, from start: String?, until finish: String? = nil, today: String = "2026-06-15",
        _ done: Series = Series()
    ) -> QuotaCount? {
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
        return QuotaCount(made.all(Commitment.self)[0], today: day(today))
    }

    /// Weeks of 4 May to 8 June: met, missed, met on one day, met on a Sunday, met on Monday and Sunday, more than met.
    private static let weeks: [(String, Double)] = [
        ("2026-05-05", 1), ("2026-05-08", 1), ("2026-05-12", 1), ("2026-05-20", 2), ("2026-05-31", 2), ("2026-06-01", 1),
        ("2026-06-07", 1), ("2026-06-08", 3),
    ]

    @Test("weeks run from Monday to Sunday, and the running one breaks no streak")
    func weekly() throws {
        let count = try #require(Self.count(2, .weekly, from: "2026-05-07", Series(Self.weeks.map { (day($0.0), $0.1) })))
        let mondays = ["2026-05-04", "2026-05-11", "2026-05-18", "2026-05-25", "2026-06-01", "2026-06-08", "2026-06-15"]
        #expect(count.periods.map(\.start) == mondays.map(day))
        #expect(count.periods.map(\.done) == [2, 1, 2, 2, 2, 3, 0])
        #expect(count.periods.map(\.isMet) == [true, false, true, true, true, true, false])
        #expect(count.streak == 4)
        #expect(count.missedInARow == 0)
        #expect(abs(count.metShare - 0.833_333_333) < 1e-8)
        #expect(count.current?.start == day("2026-06-15"))
    }

    @Test("the running week adds to the streak once it is met")
    func runningWeekMet() throws {
        let count = try #require(
            Self.count(2, .weekly, from: "2026-05-07", Series((Self.weeks + [("2026-06-15", 2)]).map { (day($0.0), $0.1) })))
        #expect(count.streak == 5)
    }

    @Test("a commitment that is over has no running period, and its last one counts as missed")
    func over() throws {
        let count = try #require(Self.count(2, .weekly, from: "2026-05-04", until: "2026-05-17", series(("2026-05-05", 2))))
        #expect(count.periods.count == 2)
        #expect(count.current == nil)
        #expect(count.streak == 0)
        #expect(count.missedInARow == 1)
        #expect(count.metShare == 0.5)
    }

    @Test(
        "months, quarters, half-years and years begin on their first day",
        arguments: [
            (
                Frequency.monthly, "2026-01-31",
                ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01"]
            ),
            (.quarterly, "2025-11-20", ["2025-10-01", "2026-01-01", "2026-04-01"]),
            (.halfYearly, "2025-03-20", ["2025-01-01", "2025-07-01", "2026-01-01"]),
            (.yearly, "2024-02-29", ["2024-01-01", "2025-01-01", "2026-01-01"]),
            (.daily, "2026-06-13", ["2026-06-13", "2026-06-14", "2026-06-15"]),
            (.biweekly, "2026-05-20", ["2026-05-18", "2026-06-01", "2026-06-15"]),
        ])
    func starts(frequency: Frequency, from start: String, wanted: [String]) throws {
        let count = try #require(Self.count(1, frequency, from: start))
        #expect(count.periods.map(\.start) == wanted.map(day))
        for (period, next) in zip(count.periods, count.periods.dropFirst()) { #expect(period.end == next.start) }
    }

    @Test("without an amount, or before its start, there is nothing to count")
    func nothing() {
        #expect(Self.count(nil, .weekly, from: "2026-05-04") == nil)
        #expect(Self.count(0, .weekly, from: "2026-05-04") == nil)
        #expect(Self.count(1, .weekly, from: "2026-07-01") == nil)
        #expect(Self.count(1, .weekly, from: nil) == nil)
    }
}
