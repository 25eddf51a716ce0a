import Foundation
import PlanInsight
import PlanModel
import Scheduling
import Testing
import WorkingTime

/// Correlation and seasons in a plan's simulation, against closed forms. July 2026 has no holidays: the 6th is a Monday.
@Suite("Common causes and seasons of risk")
struct CommonCauseTests {
    private static func facts(_ body: (inout PlanEditor) -> Void) throws -> PlanFacts {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        editor.period("2026-07-06", "2026-12-31")
        body(&editor)
        return try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: RuleCase.today))
    }

    /// Four tasks one after another, each evenly between 6 and 14 days.
    private static func chain(_ editor: inout PlanEditor) {
        for number in 1...4 {
            editor.add(PlanTask.self) { task in
                task.title = "任务"
                task.duration = days(10)
                task.optimistic = days(6)
                task.pessimistic = days(14)
                task.estimate = .uniform
                if number > 1 { task.predecessors = [TaskLink(the("T-\(number - 1)"))] }
            }
        }
    }

    /// Working days.
    private func deviation(_ facts: PlanFacts) throws -> Double {
        try #require(facts.outlook).present.finish.standardDeviation / 480
    }

    @Test("tasks of one cause spread as correlated sums do, those of none as independent ones")
    func spread() throws {
        // Of n equal ones with standard deviation s and correlation r: s √(n (1 + (n − 1) r)).
        let one = 8 / 12.0.squareRoot()
        let apart = try Self.facts(Self.chain)
        #expect(abs(try deviation(apart) - one * 2) < 0.1)
        let together = try Self.facts { editor in
            Self.chain(&editor)
            editor.add(CommonCause.self) { cause in
                cause.title = "同一团队"
                cause.tasks = (1...4).map { the("T-\($0)") }
                cause.strength = 0.8
            }
        }
        #expect(abs(try deviation(together) - one * (4 * (1 + 3 * 0.8)).squareRoot()) < 0.15)
        #expect(together.findings.filter { $0.code == "P11-01" }.isEmpty)
        let mean = try #require(together.outlook).present.finish.mean / 480
        #expect(abs(mean - 40) < 0.1, "the mean stays")
    }

    @Test("risks of one cause happen together")
    func risks() throws {
        func facts(_ strength: Double?) throws -> PlanFacts {
            try Self.facts { editor in
                editor.add(PlanTask.self) { task in
                    task.title = "任务"
                    task.duration = days(10)
                }
                for _ in 1...2 {
                    editor.add(Risk.self) { risk in
                        risk.title = "延误"
                        risk.probability = 0.5
                        risk.delay = days(4)
                        risk.tasks = [the("T-1")]
                    }
                }
                if let strength {
                    editor.add(CommonCause.self) { cause in
                        cause.title = "同一供应商"
                        cause.risks = [the("R-1"), the("R-2")]
                        cause.strength = strength
                    }
                }
            }
        }
        // Independent: both with 1/4. Correlated normal scores: 1/4 + asin(r) / 2π with r = 2 sin(π ρ / 6).
        let r = 2 * sin(Double.pi * 0.9 / 6)
        for (strength, both) in [(nil, 0.25), (0.9, 0.25 + asin(r) / (2 * Double.pi))] as [(Double?, Double)] {
            let result = try #require(try facts(strength).outlook).present
            #expect(abs(result.probability(finishBy: 17 * 480) - (1 - both)) < 0.02)
        }
    }

    @Test("a season takes its days in each of its months with its probability, from those who feel it alone")
    func season() throws {
        func facts(_ body: (inout Typed<Risk>) -> Void) throws -> PlanFacts {
            try Self.facts { editor in
                // 20 days: the rest of July to the 31st, which are 20 working days.
                editor.add(PlanTask.self) { task in
                    task.title = "室外"
                    task.duration = days(20)
                }
                editor.add(PlanTask.self) { task in
                    task.title = "室内"
                    task.duration = days(12)
                }
                editor.add(Risk.self) { risk in
                    risk.title = "雨季"
                    risk.probability = 0.5
                    risk.delay = days(4)
                    risk.seasonFrom = day("2026-07-01")
                    risk.seasonUntil = day("2026-07-31")
                    body(&risk)
                }
            }
        }
        // All feel it. Of the 20 days of July from the 6th four are lost: the work goes on at four fifths and ends four days later, at
        // full speed from August on.
        let outlook = try #require(try facts { _ in }.outlook)
        #expect(abs(outlook.present.finish.mean / 480 - 22) < 0.05)
        #expect(outlook.finish(0.4) == day("2026-07-31") && outlook.finish(0.9) == day("2026-08-06"))
        #expect(outlook.risks == 1 && outlook.drivers.map(\.record) == [the("R-1")])
        // Only the shorter task feels it: 12 days at four fifths are 15, and nothing is later.
        let inside = try facts { $0.tasks = [the("T-2")] }
        #expect(try #require(inside.outlook).present.finish.mean / 480 == 20)
        // A response that halves the loss.
        let response = try #require(
            try facts { risk in
                risk.residualDelay = days(2)
                risk.residualProbability = 0.5
            }.outlook)
        #expect(abs(response.responded.finish.mean / 480 - 21) < 0.05)
        #expect(abs(response.present.finish.mean / 480 - 22) < 0.05)
        // A season of another year, every year.
        let yearly = try facts { risk in
            risk.seasonFrom = day("2020-07-01")
            risk.seasonUntil = day("2020-07-31")
            risk.isYearly = true
        }
        #expect(abs(try #require(yearly.outlook).present.finish.mean / 480 - 22) < 0.05)
        #expect(try facts { $0.seasonUntil = day("2026-06-30") }.findings.contains { $0.code == "P11-02" })
    }

    @Test("what stands in two causes counts in the first, and a cause of one thing is none")
    func repeated() throws {
        let facts = try Self.facts { editor in
            Self.chain(&editor)
            for tasks in [["T-1", "T-2"], ["T-2", "T-3"]] {
                editor.add(CommonCause.self) { cause in
                    cause.title = "因素"
                    cause.tasks = tasks.map(the)
                }
            }
        }
        #expect(facts.findings.filter { $0.code == "P11-01" }.map(\.record) == [the("CC-2"), the("CC-2")])
        #expect(facts.outlook != nil)
    }

    @Test("the plan says how sure its reserves are to be, 80 % if it does not")
    func confidence() throws {
        func outlook(_ share: Double?) throws -> RiskOutlook {
            try #require(
                try Self.facts { editor in
                    Self.chain(&editor)
                    editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.reserveConfidence = share }
                    editor.add(Person.self) { person in
                        person.name = "周敏"
                        person.costPerDay = yuan(1000)
                    }
                    for number in 1...4 {
                        editor.update(the("T-\(number)"), as: PlanTask.self) { $0.assignments = [Share(the("P-1"))] }
                    }
                }.outlook)
        }
        for (share, wanted) in [(nil, 0.8), (0.6, 0.6), (0.95, 0.95)] as [(Double?, Double)] {
            let found = try outlook(share)
            #expect(found.confidence == wanted)
            let drawDown = try #require(found.present.drawDown)
            #expect(drawDown.confidence == wanted && drawDown.reserve == found.costReserve(wanted))
        }
    }
}
