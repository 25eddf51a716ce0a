import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Recurring work")
struct OccurrencesTests {
    private func days(_ frequency: Frequency, from first: String, _ range: (String, String), until: String? = nil) -> [String] {
        frequency.occurrences(from: day(first), in: day(range.0)...day(range.1), until: until.map(day), calendar: .china).map(
            \.description)
    }

    @Test("a weekly meeting that falls on a holiday moves to the first working day after it")
    func weekly() {
        // Thursday 1 October 2026 begins a holiday that ends on the 7th; the 8th is a Thursday and worked.
        #expect(days(.weekly, from: "2026-09-17", ("2026-09-20", "2026-10-20")) == ["2026-09-24", "2026-10-08", "2026-10-15"])
    }

    @Test("the 31st of a month is its last day where it is shorter")
    func monthly() {
        #expect(
            days(.monthly, from: "2026-03-31", ("2026-03-01", "2026-06-30")) == [
                "2026-03-31", "2026-04-30", "2026-06-01", "2026-06-30",
            ])
    }

    @Test("daily work is done on working days, other rhythms keep their step, and nothing lies past the end")
    func others() {
        #expect(days(.daily, from: "2026-07-10", ("2026-07-10", "2026-07-14")) == ["2026-07-10", "2026-07-13", "2026-07-14"])
        #expect(
            days(.biweekly, from: "2026-07-06", ("2026-07-01", "2026-08-31"), until: "2026-08-10") == [
                "2026-07-06", "2026-07-20", "2026-08-03",
            ])
        #expect(
            days(.quarterly, from: "2026-01-15", ("2026-01-01", "2026-12-31")) == [
                "2026-01-15", "2026-04-15", "2026-07-15", "2026-10-15",
            ])
        #expect(days(.once, from: "2026-01-15", ("2026-02-01", "2026-12-31")).isEmpty)
    }
}

@Suite("Facts of a review")
struct ReviewFactsTests {
    private static func facts() throws -> PlanFacts {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        editor.period("2026-04-01", "2026-12-31")
        editor.add(PlanTask.self) { task in
            task.title = "设计"
            task.actualStart = day("2026-05-06")
            task.actualFinish = day("2026-05-20")
            task.baselineFinish = day("2026-05-18")
            task.state = .done
        }
        editor.add(PlanTask.self) { task in
            task.title = "采购"
            task.due = day("2026-05-29")
            task.progress = 0.4
        }
        editor.add(PlanTask.self) { task in
            task.title = "四月的事"
            task.actualFinish = day("2026-04-20")
            task.state = .done
        }
        editor.add(Measure.self) { measure in
            measure.title = "解决率"
            measure.unit = "%"
            measure.baseline = 80
            measure.target = 90
            measure.values = series(("2026-04-30", 82), ("2026-05-31", 86))
        }
        editor.add(Risk.self) { risk in
            risk.title = "人手不足"
            risk.likelihood = 4
            risk.impact = 4
            risk.raisedOn = day("2026-05-11")
        }
        editor.add(Review.self) { review in
            review.title = "五月复盘"
            review.start = day("2026-05-01")
            review.finish = day("2026-05-31")
        }
        editor.add(Review.self) { review in
            review.title = "六月复盘"
            review.due = day("2026-06-30")
        }
        return try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: RuleCase.today))
    }

    @Test("the facts are those of the period: done, overdue, measures moved, risks raised")
    func period() throws {
        let facts = try Self.facts()
        let text = ReviewFacts(try #require(facts.plan.record(the("V-1"), as: Review.self)), facts).text(.chinese)
        #expect(text.contains("**完成 1 项**\n\n- T-1 设计，2026-05-20 完成，晚 2 天。"))
        #expect(text.contains("- T-2 采购，应于 2026-05-29 完成，进度 40%。"))
        #expect(text.contains("- M-1 解决率：82 → 86 %，目标 90"))
        #expect(text.contains("- 新增 R-1 人手不足（16 分）。"))
        #expect(!text.contains("四月的事"))
        #expect(
            ReviewFacts(try #require(facts.plan.record(the("V-1"), as: Review.self)), facts).text(.english).contains(
                "T-1 设计, done on 2026-05-20, 2 days late."))
    }

    @Test("without a start the period begins after the review before, and it does not reach past today")
    func following() throws {
        let facts = try Self.facts()
        let review = ReviewFacts(try #require(facts.plan.record(the("V-2"), as: Review.self)), facts)
        #expect(review.period == day("2026-06-01")...RuleCase.today)
    }
}
