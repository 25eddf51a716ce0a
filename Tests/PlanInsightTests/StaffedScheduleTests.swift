import PlanInsight
import PlanModel
import Testing
import WorkingTime

/// July 2026 has no holidays: the 6th is a Monday.
@Suite("A plan's schedule and its people")
struct StaffedScheduleTests {
    private static func facts(_ body: (inout PlanEditor) -> Void) throws -> PlanFacts {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        editor.period("2026-07-06", "2026-12-31")
        body(&editor)
        return try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: RuleCase.today))
    }

    private static func person(_ editor: inout PlanEditor, leave: String? = nil) {
        editor.add(Person.self) { person in
            person.name = "周敏"
            person.leave = leave
        }
    }

    @Test(
        "work waits for somebody on leave and goes on afterwards",
        arguments: [
            ("2026-07-08..2026-07-10", "2026-07-15"), ("2026-07-08", "2026-07-13"),
            ("2026-07-08 至 2026-07-09，2026-07-13", "2026-07-15"), ("", "2026-07-10"),
        ])
    func leave(leave: String, finish: String) throws {
        let facts = try Self.facts { editor in
            Self.person(&editor, leave: leave)
            editor.add(PlanTask.self) { task in
                task.title = "设计"
                task.duration = days(5)
                task.assignments = [Share(the("P-1"))]
            }
        }
        #expect(facts.schedule[the("T-1")]?.finish == day(finish))
        #expect(facts.load.byPerson[the("P-1")]?.days.count == 5)
    }

    @Test("effort is shared by those assigned where no duration is given")
    func effort() throws {
        let facts = try Self.facts { editor in
            Self.person(&editor)
            Self.person(&editor)
            editor.add(PlanTask.self) { task in
                task.title = "设计"
                task.effort = days(6)
                task.assignments = [Share(the("P-1")), Share(the("P-2"), units: 0.5)]
            }
        }
        #expect(facts.schedule[the("T-1")]?.duration == 4)
    }

    @Test("what has not begun by the status date lies after it, and says so")
    func statusDate() throws {
        let facts = try Self.facts { editor in
            editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.statusDate = day("2026-07-15") }
            editor.add(PlanTask.self) { task in
                task.title = "已开始"
                task.duration = days(10)
                task.actualStart = day("2026-07-06")
                task.progress = 0.5
            }
            editor.add(PlanTask.self) { task in
                task.title = "未开始"
                task.duration = days(2)
            }
        }
        #expect(facts.schedule[the("T-1")]?.finish == day("2026-07-22"))
        #expect(facts.schedule[the("T-2")]?.start == day("2026-07-16"))
        #expect(facts.schedule.reasonsForStart(of: the("T-2")).last?.words.zh.contains("2026-07-15") == true)
    }

    @Test("the reasons for a start lead back along what drives it")
    func reasons() throws {
        let facts = try Self.facts { editor in
            for (duration, links) in [
                (2.0, [] as [TaskLink]), (5, []), (1, [TaskLink(the("T-1")), TaskLink(the("T-2"), lag: .time(days(1)))]),
            ] {
                editor.add(PlanTask.self) { task in
                    task.title = "任务"
                    task.duration = days(duration)
                    if !links.isEmpty { task.predecessors = links }
                }
            }
        }
        let reasons = facts.schedule.reasonsForStart(of: the("T-3"))
        #expect(reasons.map(\.task) == [the("T-3"), the("T-2")])
        #expect(reasons.first?.predecessor == the("T-2"))
        #expect(reasons.first?.words.zh == "等 T-2「任务」完成后才能开始，再等 1 个工作日。")
        #expect(facts.schedule.reasonsForStart(of: the("T-9")).isEmpty)
    }

    /// Two tasks of three days for one person, then one of two days that follows the second.
    private static func overloaded() throws -> PlanFacts {
        try facts { editor in
            person(&editor)
            for index in 1...3 {
                editor.add(PlanTask.self) { task in
                    task.title = "任务"
                    task.duration = days(index == 3 ? 2 : 3)
                    task.assignments = [Share(the("P-1"))]
                    if index == 3 { task.predecessors = [TaskLink(the("T-2"))] }
                }
            }
        }
    }

    @Test(
        "levelling proposes moves with reasons, accepting them removes the overload, and one edit takes them back",
        arguments: LevellingProposal.Aim.allCases)
    func levelling(aim: LevellingProposal.Aim) throws {
        let facts = try Self.overloaded()
        #expect(!facts.load.overloads.isEmpty)
        let proposal = try LevellingProposal(facts, aim: aim)
        #expect(proposal.overloadBefore == 3)
        #expect(proposal.overloadAfter == 0)
        #expect(proposal.finishAfter == day("2026-07-15"))
        #expect(!proposal.moves.isEmpty)
        #expect(proposal.moves.allSatisfy { !$0.reason.zh.isEmpty && !$0.reason.en.isEmpty })
        let accepted = proposal.edits(of: facts.plan).plan
        let after = try #require(PlanFacts(planKey, in: Workspace(plans: [accepted]), today: RuleCase.today))
        #expect(after.load.overloads.isEmpty)
        #expect(after.schedule.dates == proposal.after.dates)
        #expect(try !LevellingProposal(after, aim: aim).isNeeded, "a levelled plan needs no more levelling")
        #expect(after.schedule.tasks.contains { $0.levellingDelay != nil })
    }

    private static func task(_ editor: inout PlanEditor, _ length: Double, _ who: String, priority: Priority? = nil) {
        editor.add(PlanTask.self) { task in
            task.title = "任务"
            task.duration = days(length)
            task.priority = priority
            task.assignments = [Share(the(who))]
        }
    }

    @Test(
        "what is begun out of sequence takes nobody's time while it waits, and levelling lays nothing before its rest that it waits for"
    )
    func outOfSequence() throws {
        let facts = try Self.facts { editor in
            Self.person(&editor)
            Self.task(&editor, 10, "P-1")
            Self.task(&editor, 3, "P-1")
            editor.update(the("T-2"), as: PlanTask.self) { task in
                (task.state, task.actualStart, task.predecessors) = (.doing, day("2026-07-01"), [TaskLink(the("T-1"))])
                task.assignments = [Share(the("P-1"), units: 0.5)]
            }
        }
        let dates = try #require(facts.schedule[the("T-2")])
        #expect(dates.start == day("2026-07-01") && dates.finish == day("2026-07-22"))
        #expect(dates.pauses == [day("2026-07-02")...day("2026-07-19")])
        #expect(dates.duration == 4)
        // T-1 lies in the wait.
        #expect(facts.load.overloads.isEmpty)
        for aim in LevellingProposal.Aim.allCases {
            let proposal = try LevellingProposal(facts, aim: aim)
            #expect(!proposal.isNeeded && proposal.overloadAfter == 0 && proposal.finishAfter == proposal.finishBefore)
        }
    }

    @Test("what waits for the start of a begun task waits no longer for levelling", arguments: LevellingProposal.Aim.allCases)
    func afterBegun(aim: LevellingProposal.Aim) throws {
        let facts = try Self.facts { editor in
            for _ in 1...2 { Self.person(&editor) }
            editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.statusDate = day("2026-07-15") }
            Self.task(&editor, 10, "P-1")
            editor.update(the("T-1"), as: PlanTask.self) { ($0.actualStart, $0.progress) = (day("2026-07-06"), 0.3) }
            Self.task(&editor, 2, "P-2")
            editor.update(the("T-2"), as: PlanTask.self) {
                $0.predecessors = [TaskLink(the("T-1"), .startToStart, lag: .time(days(1)))]
            }
        }
        #expect(facts.schedule[the("T-2")]?.start == day("2026-07-16"))
        #expect(try !LevellingProposal(facts, aim: aim).isNeeded)
    }

    @Test(
        "of two tasks for one person the one of lower priority moves, whatever the aim", arguments: LevellingProposal.Aim.allCases
    )
    func priority(aim: LevellingProposal.Aim) throws {
        for (first, second, moved) in [(Priority.low, Priority.high, "T-1"), (.high, .low, "T-2")] {
            let proposal = try LevellingProposal(
                Self.facts { editor in
                    Self.person(&editor)
                    Self.task(&editor, 3, "P-1", priority: first)
                    Self.task(&editor, 3, "P-1", priority: second)
                }, aim: aim)
            #expect(proposal.moves.map(\.task) == [the(moved)])
            #expect(proposal.overloadAfter == 0)
        }
    }

    @Test(
        "what a person has put on a day stays there for levelling too, whatever it waits for, and takes its people on that day alone"
    )
    func byHand() throws {
        let proposal = try LevellingProposal(
            Self.facts { editor in
                Self.person(&editor)
                Self.task(&editor, 5, "P-1")
                // A meeting on Monday the 6th, though the task before it ends on Friday; nobody but P-2 is asked for there.
                editor.add(Person.self) { $0.name = "另一人" }
                editor.add(PlanTask.self) { task in
                    (task.title, task.duration, task.isManual) = ("会议", days(1), true)
                    (task.start, task.due) = (day("2026-07-06"), day("2026-07-06"))
                    task.predecessors = [TaskLink(the("T-1"))]
                    task.assignments = [Share(the("P-2"))]
                }
                // P-2 is free from the 7th on, also right behind T-1.
                editor.add(PlanTask.self) { task in
                    (task.title, task.duration) = ("决算", days(1))
                    task.predecessors = [TaskLink(the("T-1"))]
                    task.assignments = [Share(the("P-2"))]
                }
            })
        #expect(proposal.moves.isEmpty && !proposal.isNeeded, "\(proposal.moves)")
        // Where both want the same person on that day, the other one moves, however urgent.
        let crowded = try LevellingProposal(
            Self.facts { editor in
                Self.person(&editor)
                editor.add(PlanTask.self) { task in
                    (task.title, task.duration, task.isManual, task.priority) = ("会议", days(1), true, .low)
                    (task.start, task.due) = (day("2026-07-06"), day("2026-07-06"))
                    task.assignments = [Share(the("P-1"))]
                }
                Self.task(&editor, 1, "P-1", priority: .high)
            })
        #expect(crowded.moves.map(\.task) == [the("T-2")] && crowded.overloadAfter == 0)
    }

    @Test("a role has its head-count, and who alone holds a role is asked for it")
    func roles() throws {
        let pool = try Self.facts { editor in
            editor.add(Role.self) { role in
                role.title = "开发"
                role.count = 2
            }
            for _ in 1...3 { Self.task(&editor, 3, "RO-1") }
        }
        #expect(pool.load.overloads.map(\.person) == [the("RO-1")])
        #expect(pool.load.overloads.first?.peak == 1.5)
        let proposal = try LevellingProposal(pool)
        #expect(proposal.overloadBefore == 3)
        #expect(proposal.overloadAfter == 0)
        #expect(proposal.moves.count == 1)
        #expect(proposal.moves.first?.reason.zh.hasPrefix("开发正忙于") == true)
        let held = try Self.facts { editor in
            Self.person(&editor)
            editor.add(Role.self) { role in
                role.title = "架构师"
                role.holders = [the("P-1")]
            }
            Self.task(&editor, 2, "RO-1")
            Self.task(&editor, 2, "P-1")
        }
        #expect(held.load.overloads.map(\.person) == [the("P-1")])
        #expect(try LevellingProposal(held).overloadAfter == 0)
    }

    @Test("a role has what the head-count plan has available, month by month")
    func headcount() throws {
        let facts = try Self.facts { editor in
            editor.period("2026-07-31", "2026-12-31")
            editor.add(Role.self) { $0.title = "开发" }
            editor.add(Headcount.self) { row in
                row.post = "开发"
                row.available = Series([(day("2026-07-01"), 1.0), (day("2026-08-01"), 2.0)])
            }
            for _ in 1...3 { Self.task(&editor, 1, "RO-1") }
        }
        let proposal = try LevellingProposal(facts, aim: .earliestFinish)
        #expect(proposal.overloadBefore == 2)
        #expect(proposal.overloadAfter == 0)
        #expect(proposal.finishAfter == day("2026-08-03"))
    }

    @Test("a moved task takes its own length, not that of the leave it lay around")
    func movedAroundLeave() throws {
        let facts = try Self.facts { editor in
            Self.person(&editor, leave: "2026-07-08..2026-07-10")
            Self.task(&editor, 2, "P-1")
            Self.task(&editor, 3, "P-1")
        }
        #expect(facts.schedule[the("T-2")]?.finish == day("2026-07-13"))
        let proposal = try LevellingProposal(facts)
        #expect(proposal.overloadAfter == 0)
        #expect(proposal.moves.map(\.task) == [the("T-2")])
        #expect(proposal.moves.first?.to == day("2026-07-13")...day("2026-07-15"))
    }

    @Test("a milestone stays on the last day of what levelling puts before it")
    func milestone() throws {
        let facts = try Self.facts { editor in
            Self.person(&editor)
            Self.task(&editor, 2, "P-1", priority: .high)
            Self.task(&editor, 3, "P-1")
            editor.add(PlanTask.self) { task in
                (task.title, task.isMilestone, task.predecessors) = ("里程碑", true, [TaskLink(the("T-2"))])
            }
        }
        let proposal = try LevellingProposal(facts)
        #expect(proposal.overloadBefore > 0 && proposal.overloadAfter == 0)
        let (work, milestone) = (try #require(proposal.after[the("T-2")]), try #require(proposal.after[the("T-3")]))
        #expect(milestone.start == work.finish && milestone.finish == work.finish)
        let move = try #require(proposal.moves.first { $0.task == the("T-3") })
        #expect(move.days.to == "\(work.finish)" && !move.days.from.contains("–"))
        #expect(proposal.edits(of: facts.plan).plan.record(the("T-3"), as: PlanTask.self)?.levellingDelay == nil)
    }

    @Test("within float the plan's finish stays, even where the overload then remains")
    func withinFloat() throws {
        let proposal = try LevellingProposal(Self.overloaded(), withinFloat: true)
        #expect(proposal.finishAfter == proposal.finishBefore)
    }

    @Test("a task that alone asks for more than there is is named and the rest is still levelled")
    func excessive() throws {
        let facts = try Self.facts { editor in
            Self.person(&editor)
            for units in [1.5, 1] {
                editor.add(PlanTask.self) { task in
                    task.title = "任务"
                    task.duration = days(2)
                    task.assignments = [Share(the("P-1"), units: units)]
                }
            }
        }
        let proposal = try LevellingProposal(facts)
        #expect(proposal.excessive.map(\.task) == [the("T-1")])
        #expect(proposal.moves.count == 1)
    }
}

@Suite("A plan's outlook and earned value")
struct OutlookTests {
    private static func facts(_ body: (inout PlanEditor) -> Void) throws -> PlanFacts {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        editor.period("2026-07-06", "2026-07-31")
        body(&editor)
        return try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: RuleCase.today))
    }

    private static func task(_ editor: inout PlanEditor, _ low: Double, _ likely: Double, _ high: Double, after: String? = nil) {
        editor.add(PlanTask.self) { task in
            task.title = "任务"
            task.duration = days(likely)
            task.optimistic = days(low)
            task.pessimistic = days(high)
            if let after { task.predecessors = [TaskLink(the(after))] }
        }
    }

    @Test("the mean of a chain is the sum of the PERT means, its spread that of the sum")
    func chain() throws {
        let facts = try Self.facts { editor in
            Self.task(&editor, 3, 4, 11)
            Self.task(&editor, 4, 6, 14, after: "T-1")
        }
        let outlook = try #require(facts.outlook)
        // (3 + 4 × 4 + 11) / 6 + (4 + 4 × 6 + 14) / 6 = 5 + 7
        #expect(abs(outlook.present.finish.mean / 480 - 12) < 0.05)
        #expect(outlook.finish(0.9) > outlook.finish(0.5))
        #expect(outlook.planned == day("2026-07-17"))
        #expect(outlook.estimated == 2)
        #expect(outlook.criticality.allSatisfy { $0.share == 1 })
        #expect(Set(outlook.drivers.map(\.record)) == [the("T-1"), the("T-2")])
    }

    @Test("a risk delays by its probability, and its response makes that less")
    func risk() throws {
        let facts = try Self.facts { editor in
            editor.add(PlanTask.self) { task in
                task.title = "任务"
                task.duration = days(10)
            }
            editor.add(Risk.self) { risk in
                risk.title = "供应商延误"
                risk.probability = 0.4
                risk.likelihood = 4
                risk.impact = 4
                risk.residualLikelihood = 2
                risk.residualImpact = 4
                risk.delay = days(5)
                risk.tasks = [the("T-1")]
            }
        }
        let outlook = try #require(facts.outlook)
        #expect(abs(outlook.present.finish.mean / 480 - 12) < 0.05)
        // Likelihood 4 stands for 70 %, 2 for 30 %: the response leaves 0.4 × 3 / 7.
        #expect(abs(outlook.responded.finish.mean / 480 - (10 + 5 * 0.4 * 3 / 7)) < 0.05)
        #expect(outlook.onTime() == 1)
    }

    @Test("nothing uncertain, no outlook")
    func certain() throws {
        #expect(
            try Self.facts { editor in
                editor.add(PlanTask.self) { task in
                    task.title = "任务"
                    task.duration = days(10)
                }
            }.outlook == nil)
    }

    @Test("finished work counts no more, and what remains of started work counts from the status date")
    func underWay() throws {
        let facts = try Self.facts { editor in
            editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.statusDate = day("2026-07-10") }
            Self.task(&editor, 3, 5, 7)
            Self.task(&editor, 8, 10, 12, after: "T-1")
            editor.update(the("T-1"), as: PlanTask.self) { task in
                task.actualStart = day("2026-07-06")
                task.actualFinish = day("2026-07-10")
                task.state = .done
            }
        }
        let outlook = try #require(facts.outlook)
        #expect(outlook.open == 1)
        #expect(outlook.finish(0.5) == day("2026-07-24"))
    }

    /// One task of 6 to 12 days, most likely 9: the medians of the distributions known in closed form.
    @Test(
        "a task's durations are distributed as it asks",
        arguments: [(EstimateKind.uniform, 9.0), (.triangular, 9), (.logNormal, 8.485), (.pert, 9)])
    func estimateKinds(kind: EstimateKind, median: Double) throws {
        let facts = try Self.facts { editor in
            Self.task(&editor, 6, 9, 12)
            editor.update(the("T-1"), as: PlanTask.self) { $0.estimate = kind }
        }
        let outlook = try #require(try RiskOutlook(facts, options: .init(runs: 8192)))
        let days = { (share: Double) in outlook.present.finish.quantile(share) / 480 }
        #expect(abs(days(0.5) - median) < 0.02)
        // The ninth decile: 11.4 uniform, 12 − √1.8 triangular, 12 lognormal as entered.
        let ninth: [EstimateKind: Double] = [.uniform: 11.4, .triangular: 12 - 1.8.squareRoot(), .logNormal: 12]
        if let ninth = ninth[kind] { #expect(abs(days(0.9) - ninth) < 0.05) }
    }

    @Test("what is left of a risk is as entered, and the response costs its price whatever happens")
    func responsePrice() throws {
        let facts = try Self.facts { editor in
            Self.task(&editor, 5, 5, 5)
            editor.add(Risk.self) { risk in
                risk.title = "供货"
                risk.probability = 0.5
                risk.delay = days(4)
                risk.cost = Money("8000", currency: .yuan)
                risk.tasks = [the("T-1")]
                risk.residualProbability = 0.25
                risk.residualDelay = days(1)
                risk.residualCost = Money("2000", currency: .yuan)
                risk.responseCost = Money("1000", currency: .yuan)
            }
        }
        let outlook = try #require(try RiskOutlook(facts, options: .init(runs: 8192)))
        let (before, after) = (try #require(outlook.present.cost), try #require(outlook.responded.cost))
        #expect(abs(before.mean - 4000) < 100)
        #expect(abs(after.mean - 1500) < 50 && after.minimum >= 1000)
        #expect(abs(outlook.responded.finish.mean / 480 - 5.25) < 0.02)
        #expect(outlook.costReserve(0.8) == 8000)
        // Delay and loss come together, so that both are kept as often as either.
        #expect(outlook.jointConfidence(0.4) == outlook.present.probability(finishBy: 5 * 480))
        #expect(outlook.reserveDays(0.9) == 0 && outlook.present.timeReserve(confidence: 0.9) == 4 * 480)
        #expect(!ComputedTable.confidence(facts).rows.isEmpty && !ComputedTable.drawDown(facts).rows.isEmpty)
    }

    /// A task of 10,000 over two weeks, a week of them gone and three tenths done, under each rule.
    @Test(
        "each percent-complete rule earns what it says",
        arguments: [
            (EarningRule.physical, 3000.0), (.zeroHundred, 0), (.fiftyFifty, 5000), (.twentyFiveSeventyFive, 2500),
            (.units, 2000),
            (.milestones, 4000), (.levelOfEffort, 5000),
        ])
    func rules(rule: EarningRule, earned: Double) throws {
        let facts = try Self.facts { editor in
            editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.statusDate = day("2026-07-10") }
            editor.add(PlanTask.self) { task in
                task.title = "任务"
                task.duration = days(10)
                task.baselineStart = day("2026-07-06")
                task.baselineFinish = day("2026-07-17")
                task.baselineCost = Money("10000", currency: .yuan)
                task.actualStart = day("2026-07-06")
                task.progress = 0.3
                task.earning = rule
                task.unitsPlanned = 50
                task.unitsDone = 10
                task.earningMilestones = [Share(the("T-2"), units: 0.4), Share(the("T-3"), units: 0.6)]
            }
            for number in 2...3 {
                editor.add(PlanTask.self) { milestone in
                    milestone.title = "里程碑"
                    milestone.isMilestone = true
                    if number == 2 { milestone.actualFinish = day("2026-07-09") }
                }
            }
        }
        let report = try #require(facts.earnedValue)
        #expect(abs(report.status.total.earnedValue - earned) < 1e-6)
        // Every estimate comes with the rest, the variance and the index that it needs.
        let estimates = ComputedTable.estimates(facts)
        #expect(
            estimates.rows.count == report.estimates.count && estimates.rows.allSatisfy { $0.count == estimates.columns.count })
        #expect(ComputedTable.earnedValue(facts).rows.count { $0.first?.en == "TCPI" } == 1)
    }

    /// Four tasks of five days one after the other, 10,000 each; after ten days the first is done, the second half done, 17,000 spent.
    @Test("what is apportioned earns the share of its task; a task that is no package, or apportioned itself, is none to follow")
    func apportioned() throws {
        func earned(_ change: @escaping (inout PlanEditor) -> Void) throws -> Double {
            let facts = try Self.facts { editor in
                editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.statusDate = day("2026-07-10") }
                for (number, budget) in ["10000", "2000"].enumerated() {
                    editor.add(PlanTask.self) { task in
                        task.title = number == 0 ? "开发" : "质检"
                        task.duration = days(10)
                        task.baselineStart = day("2026-07-06")
                        task.baselineFinish = day("2026-07-17")
                        task.baselineCost = Money(budget, currency: .yuan)
                        task.actualStart = day("2026-07-06")
                        task.progress = number == 0 ? 0.3 : 0.9
                    }
                }
                editor.update(the("T-2"), as: PlanTask.self) { task in
                    task.earning = .apportioned
                    task.earnsLike = the("T-1")
                }
                change(&editor)
            }
            return try #require(facts.earnedValue).status.total.earnedValue
        }
        #expect(abs(try earned { _ in } - 3600) < 1e-6)
        #expect(abs(try earned { $0.update(the("T-2"), as: PlanTask.self) { $0.earnsLike = nil } } - 4800) < 1e-6)
        #expect(abs(try earned { $0.update(the("T-2"), as: PlanTask.self) { $0.earnsLike = the("T-2") } } - 4800) < 1e-6)
        #expect(
            abs(
                try earned {
                    $0.update(the("T-1"), as: PlanTask.self) { task in
                        task.earning = .apportioned
                        task.earnsLike = the("T-2")
                    }
                } - (3000 + 1800)) < 1e-6)
    }

    @Test("bottom-up, the estimate at completion is what is spent and what the tasks now say is left")
    func bottomUp() throws {
        func facts(_ rest: String?) throws -> PlanFacts {
            try Self.facts { editor in
                editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.statusDate = day("2026-07-10") }
                for number in 1...3 {
                    editor.add(PlanTask.self) { task in
                        task.title = "任务\(number)"
                        task.duration = days(10)
                        task.baselineStart = day("2026-07-06")
                        task.baselineFinish = day("2026-07-17")
                        task.baselineCost = Money("10000", currency: .yuan)
                        task.actualStart = day("2026-07-06")
                        task.progress = number == 1 ? 1 : 0.5
                        task.actualCost = Money("6000", currency: .yuan)
                        if number == 2, let rest { task.costToComplete = Money(rest, currency: .yuan) }
                    }
                }
                editor.update(the("T-1"), as: PlanTask.self) { $0.costToComplete = Money("99999", currency: .yuan) }
            }
        }
        // Spent 3 × 6000; T-1 is done whatever it says; T-2 says 9000, T-3 has 10000 − 5000 left as planned.
        let report = try #require(try facts("9000").earnedValue)
        let estimate = try #require(report.estimates.last)
        #expect(estimate.formula == "AC + Σ ETC" && report.estimates.count == 6)
        #expect(abs(try #require(report.status.total.estimateAtCompletion(estimate.method)) - 32_000) < 1e-6)
        #expect(abs(try #require(report.status.total.varianceAtCompletion(estimate.method)) + 2000) < 1e-6)
        #expect(try #require(try facts(nil).earnedValue).estimates.count == 5)
    }

    @Test("earned value of a plan agrees with the sums done by hand")
    func earnedValue() throws {
        let facts = try Self.facts { editor in
            editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.statusDate = day("2026-07-17") }
            for (index, start) in ["2026-07-06", "2026-07-13", "2026-07-20", "2026-07-27"].enumerated() {
                editor.add(PlanTask.self) { task in
                    task.title = "任务"
                    task.duration = days(5)
                    task.baselineStart = day(start)
                    task.baselineFinish = day(start) + 4
                    task.baselineCost = Money("10000", currency: .yuan)
                    if index < 2 {
                        task.actualStart = day(start)
                        task.actualCost = Money(index == 0 ? "10000" : "7000", currency: .yuan)
                        task.progress = index == 0 ? 1 : 0.5
                    }
                    if index == 0 { task.actualFinish = day("2026-07-10") }
                }
            }
        }
        let report = try #require(facts.earnedValue)
        let total = report.status.total
        #expect(report.unit == .money(.yuan))
        #expect(abs(total.budgetAtCompletion - 40_000) < 1e-6)
        #expect(abs(total.plannedValue - 20_000) < 1e-6)
        #expect(abs(total.earnedValue - 15_000) < 1e-6)
        #expect(abs(total.actualCost - 17_000) < 1e-6)
        #expect(abs((total.schedulePerformanceIndex ?? 0) - 0.75) < 1e-9)
        #expect(abs((total.estimateAtCompletion(.costPerformance) ?? 0) - 40_000 * 17 / 15) < 1e-6)
        // Half of the second week is earned: 7.5 days of value in 10 days.
        #expect(abs((report.status.schedule?.earnedTime ?? 0) - 7.5) < 1e-9)
    }
}
