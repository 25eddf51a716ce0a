import Testing
import WorkingTime

@testable import PlanModel

/// A plan made from last year's: what was planned comes along and moves, what has happened stays behind.
@Suite struct PlanCopyTests {
    private static let key = PlanKey("support-2026")!
    private static let next = PlanKey("support-2027")!

    private static func source(_ fill: (inout PlanEditor) -> Void) -> Plan {
        var editor = PlanEditor(Plan(key: key, blueprint: .department))
        editor.update(editor.plan.header.id, as: PlanHeader.self) { header in
            header.start = Day("2026-01-01")
            header.finish = Day("2026-12-31")
            header.approvedOn = Day("2025-12-20")
        }
        fill(&editor)
        return editor.plan
    }

    private static func copied(_ plan: Plan, on start: String = "2027-01-01") -> Plan {
        plan.copied(as: next, startingOn: Day(start))
    }

    @Test("decisions, money spent and agreements of the year before are not taken along")
    func happened() throws {
        let plan = Self.source { editor in
            editor.add(BudgetLine.self) { line in
                line.title = "差旅"
                line.planned = Money("10000", currency: .yuan)
                line.approved = Money("9000", currency: .yuan)
                line.forecast = Money("9500", currency: .yuan)
                line.decision = .approved
                line.decidedOn = Day("2025-12-20")
                line.requestedOn = Day("2025-12-01")
                line.opinion = "同意"
                line.reason = "客户回访"
            }
            editor.add(Agreement.self) { agreement in
                agreement.title = "每周同步"
                agreement.isAgreed = true
            }
        }
        let copy = Self.copied(plan)
        let line = try #require(copy.all(BudgetLine.self).first)
        #expect(line.planned == Money("10000", currency: .yuan) && line.reason == "客户回访")
        #expect(line.approved == nil && line.forecast == nil && line.decision == .open && line.opinion == nil)
        #expect(line.decidedOn == nil && line.requestedOn == nil)
        #expect(copy.all(Agreement.self).first?.isAgreed == nil && copy.fields.approvedOn == nil)
    }

    @Test("dates, target paths and quarters move with the start, the end of a month to the end of a month")
    func moved() throws {
        let plan = Self.source { editor in
            editor.add(PlanTask.self) { task in
                task.title = "年中盘点"
                task.start = Day("2026-02-16")
                task.due = Day("2026-02-28")
                task.deadline = Day("2026-06-30")
                task.actualStart = Day("2026-02-17")
            }
            editor.add(Measure.self) { measure in
                measure.title = "解决率"
                measure.path = Series([(Day("2026-02-28")!, 80), (Day("2026-12-31")!, 90)])
                measure.values = Series([(Day("2026-02-28")!, 79)])
            }
            editor.add(Focus.self) { focus in
                focus.theme = "先稳住"
                focus.quarter = "2026Q3"
            }
            editor.add(Person.self) { person in
                person.name = "周岚"
                person.joinsOn = Day("2026-03-01")
            }
        }
        let copy = Self.copied(plan)
        #expect(copy.fields.start == Day("2027-01-01") && copy.fields.finish == Day("2027-12-31"))
        let task = try #require(copy.all(PlanTask.self).first)
        #expect([task.start, task.due, task.deadline] == ["2027-02-16", "2027-02-28", "2027-06-30"].map { Day($0) })
        #expect(task.actualStart == nil)
        let measure = try #require(copy.all(Measure.self).first)
        #expect(measure.path?.days == ["2027-02-28", "2027-12-31"].map { Day($0)! } && measure.values == nil)
        #expect(copy.all(Focus.self).first?.quarter == "2027Q3")
        #expect(copy.all(Person.self).first?.joinsOn == Day("2026-03-01"))
        // Half a year later the end of June becomes the end of December; by days where the starts are unlike days.
        #expect(Self.copied(plan, on: "2026-07-01").all(PlanTask.self).first?.deadline == Day("2026-12-31"))
        #expect(Self.copied(plan, on: "2026-01-12").all(PlanTask.self).first?.start == Day("2026-02-27"))
        #expect(plan.copied(as: Self.next).all(PlanTask.self).first?.start == Day("2026-02-16"))
    }

    @Test("a year on, what was sold is what the next year is held against; at any other distance nothing is")
    func lastYear() throws {
        let plan = Self.source { editor in
            editor.add(SalesTarget.self) { line in
                line.title = "驻场"
                line.target = Series([(Day("2026-01-31")!, 12)])
                line.actual = Series([(Day("2026-01-31")!, 11)])
                line.quantity = Series([(Day("2026-01-31")!, 3)])
                line.lastYear = Series([(Day("2025-01-31")!, 9)])
            }
            editor.add(FunnelStage.self) { stage in
                stage.title = "线索"
                stage.counts = Series([(Day("2026-01-31")!, 40)])
            }
        }
        let copy = Self.copied(plan)
        let line = try #require(copy.all(SalesTarget.self).first)
        #expect(line.target?.days == [Day("2027-01-31")!] && line.actual == nil && line.quantity == nil)
        #expect(line.lastYear == Series([(Day("2026-01-31")!, 11)]) && line.lastQuantity == Series([(Day("2026-01-31")!, 3)]))
        #expect(copy.all(FunnelStage.self).first?.lastYear == Series([(Day("2026-01-31")!, 40)]))
        #expect(Self.copied(plan, on: "2026-07-01").all(SalesTarget.self).first?.lastYear == nil)
    }
}
