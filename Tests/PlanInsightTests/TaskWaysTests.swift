import PlanInsight
import PlanModel
import Scheduling
import Testing
import WorkingTime

/// Alternatives of tasks, and absences, in levelling. July 2026 has no holidays: the 6th is a Monday.
@Suite("Ways to do tasks, and who is away, in levelling")
struct TaskWaysTests {
    private static func facts(_ body: (inout PlanEditor) -> Void) throws -> PlanFacts {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        editor.period("2026-07-06", "2026-12-31")
        for name in ["周敏", "陈实"] { editor.add(Person.self) { $0.name = name } }
        body(&editor)
        return try facts(editor.plan)
    }

    private static func facts(_ plan: Plan) throws -> PlanFacts {
        try #require(PlanFacts(planKey, in: Workspace(plans: [plan]), today: RuleCase.today))
    }

    private static func task(_ editor: inout PlanEditor, _ length: Double, _ who: String...) {
        editor.add(PlanTask.self) { task in
            task.title = "任务"
            task.duration = days(length)
            task.assignments = who.map { Share(the($0)) }
        }
    }

    private static func alternative(_ editor: inout PlanEditor, _ task: String, _ length: Double, _ who: String...) {
        editor.add(Alternative.self) { way in
            way.title = "乙队"
            way.task = the(task)
            way.duration = days(length)
            way.assignments = who.map { Share(the($0)) }
        }
    }

    /// Two tasks of five days for one person at the same time; the second could be done by another in three.
    private static func crews() throws -> PlanFacts {
        try facts { editor in
            task(&editor, 5, "P-1")
            task(&editor, 5, "P-1")
            editor.update(the("T-2"), as: PlanTask.self) { $0.way = "甲队" }
            alternative(&editor, "T-2", 3, "P-2")
        }
    }

    @Test("tasks moved to days gone by are said to be; a status date puts them after it")
    func past() throws {
        func proposal(_ status: Day?) throws -> LevellingProposal {
            try LevellingProposal(
                Self.facts { editor in
                    editor.update(editor.plan.header.id, as: PlanHeader.self) { header in
                        (header.start, header.statusDate) = (day("2026-03-02"), status)
                    }
                    Self.task(&editor, 5, "P-1")
                    Self.task(&editor, 5, "P-1")
                })
        }
        let words = try #require(try proposal(nil).pastWords)
        #expect(words.zh.hasPrefix("其中 1 项会移到 2026-06-15 之前") && words.en.hasPrefix("1 task would move"))
        #expect(try proposal(RuleCase.today).pastWords == nil)
    }

    @Test("what lies by hand stays where it is, and levelling says when it would no longer wait for its predecessor")
    func overtaken() throws {
        let facts = try Self.facts { editor in
            Self.task(&editor, 5, "P-1")
            Self.task(&editor, 5, "P-1")
            Self.task(&editor, 1, "P-2")
            let first = PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: RuleCase.today)?.schedule
            let finish = first?[the("T-2")]?.finish
            editor.update(the("T-3"), as: PlanTask.self) { task in
                (task.isManual, task.start) = (true, finish.map { $0 + 1 })
                task.predecessors = [TaskLink(the("T-1")), TaskLink(the("T-2"))]
            }
        }
        #expect(!facts.findings.contains { $0.code == "P6-22" })
        let proposal = try LevellingProposal(facts)
        let overtaken = try #require(proposal.overtaken.first)
        let moved = try #require(proposal.moves.first)
        #expect(proposal.overtaken.count == 1 && overtaken.task == the("T-3") && overtaken.predecessor == moved.task)
        #expect(overtaken.earliest > moved.to.upperBound)
        #expect(proposal.moves.allSatisfy { $0.task != overtaken.task })
        #expect(ComputedTable.levelling(facts).rows.contains { $0.first?.en == "T-3" && $0.last == overtaken.words })
        let report = LevellingReport(proposal, facts.plan, aim: .fewestChanges, language: .english)
        #expect(report.overtaken.map(\.words) == [overtaken.words.en])
        // Accepted, the plan itself says so, and levelling has nothing to add.
        let after = try #require(
            PlanFacts(planKey, in: Workspace(plans: [proposal.edits(of: facts.plan).plan]), today: RuleCase.today))
        #expect(after.findings.contains { $0.code == "P6-22" && $0.record == overtaken.task })
        #expect(try LevellingProposal(after).overtaken.isEmpty)
    }

    @Test("levelling gives the task to the other crew, says so, and accepting exchanges the two ways in one change")
    func exchanged() throws {
        let facts = try Self.crews()
        let proposal = try LevellingProposal(facts, aim: .earliestFinish)
        #expect(proposal.ways.map(\.task) == [the("T-2")] && proposal.ways.map(\.alternative) == [the("W-1")])
        #expect(proposal.ways[0].words.zh == "改用做法「乙队」（3 天，陈实）。")
        #expect(proposal.ways[0].words.en == "Switched to the alternative “乙队” (3 d, 陈实).")
        #expect(proposal.overloadBefore == 5 && proposal.overloadAfter == 0)
        #expect(proposal.finishAfter == day("2026-07-10"))
        #expect(proposal.moves.map(\.task) == [the("T-2")] && proposal.moves[0].to == day("2026-07-06")...day("2026-07-08"))
        let editor = proposal.edits(of: facts.plan)
        let after = try Self.facts(editor.plan)
        #expect(after.schedule.dates == proposal.after.dates && after.load.overloads.isEmpty)
        let (task, way) = (
            try #require(after.plan.record(the("T-2"), as: PlanTask.self)),
            try #require(after.plan.record(the("W-1"), as: Alternative.self))
        )
        #expect(task.way == "乙队" && task.duration == days(3) && task.assignments == [Share(the("P-2"))])
        #expect(way.title == "甲队" && way.duration == days(5) && way.assignments == [Share(the("P-1"))])
        #expect(try !LevellingProposal(after, aim: .earliestFinish).isNeeded)
        // One change, one undo.
        let change = editor.change(by: "a", at: Instant(milliseconds: 0), note: nil)
        #expect(change.edits.count == editor.edits.count)
    }

    @Test("nobody is over-allocated: no other way is taken, however short")
    func leftAlone() throws {
        let facts = try Self.facts { editor in
            Self.task(&editor, 5, "P-1")
            Self.alternative(&editor, "T-1", 4, "P-2")
        }
        #expect(try LevellingProposal(facts).ways.isEmpty)
    }

    @Test("what has begun, is made of others or says too little keeps its way")
    func unusable() throws {
        let facts = try Self.facts { editor in
            Self.task(&editor, 5, "P-1")
            Self.task(&editor, 5, "P-1")
            editor.update(the("T-2"), as: PlanTask.self) { $0.actualStart = day("2026-07-06") }
            Self.alternative(&editor, "T-2", 1, "P-2")
            editor.add(Alternative.self) { way in
                way.title = "不知多久"
                way.task = the("T-1")
                way.assignments = [Share(the("P-2"))]
            }
        }
        #expect(try LevellingProposal(facts, aim: .earliestFinish).ways.isEmpty)
        let found = facts.findings.filter { $0.code == "P7-03" }.map(\.record)
        #expect(Set(found) == [the("W-1"), the("W-2")])
    }

    @Test("a way that asks somebody for more than there is is named, and a task that has others can still be deleted")
    func tooMuch() throws {
        let facts = try Self.facts { editor in
            editor.update(the("P-2"), as: Person.self) { $0.share = 0.5 }
            Self.task(&editor, 5, "P-1")
            Self.task(&editor, 5, "P-1")
            Self.alternative(&editor, "T-2", 1, "P-2")
        }
        #expect(facts.findings.filter { $0.code == "P7-03" }.map(\.field) == ["assignments"])
        #expect(try LevellingProposal(facts, aim: .earliestFinish).ways.isEmpty)
        var editor = PlanEditor(facts.plan)
        editor.remove(the("T-2"))
        let left = try Self.facts(editor.plan)
        #expect(facts.plan.problems(with: editor.edits).isEmpty)
        #expect(left.findings.filter { $0.code == "P7-03" }.map(\.field) == ["assignments", "task"])
    }

    /// Of small plans every way of every task is tried with every order of each person's tasks, by the plan's own schedule.
    @Test("of small plans the finish is the least of all ways and orders", arguments: 1...6)
    func enumerated(seed: Int) throws {
        let facts = try Self.facts { editor in
            for number in 0..<3 {
                Self.task(&editor, Double(1 + (seed * 7 + number * 5) % 4), "P-1")
                if (seed + number) % 3 != 0 {
                    Self.alternative(&editor, "T-\(number + 1)", Double(1 + (seed * 3 + number) % 5), "P-2")
                }
            }
        }
        let proposal = try LevellingProposal(facts, aim: .earliestFinish)
        // Independent tasks, one person each: the finish of a choice is the greater of the two sums.
        let ways = facts.plan.all(Alternative.self)
        var least = Double.infinity
        for choice in 0..<(1 << ways.count) {
            let taken = ways.indices.filter { choice >> $0 & 1 == 1 }
            let other = taken.reduce(0.0) { $0 + (ways[$1].duration?.amount ?? 0) }
            let own = facts.plan.all(PlanTask.self).filter { task in !taken.contains { ways[$0].task == task.id } }
            least = min(least, max(other, own.reduce(0.0) { $0 + ($1.duration?.amount ?? 0) }))
        }
        #expect(proposal.overloadAfter == 0)
        let start = day("2026-07-06")
        let worked = try (start...#require(proposal.finishAfter)).count { facts.schedule.calendar.isWorkingDay($0) }
        #expect(Double(worked) == least)
    }

    // MARK: Absences

    @Test("two people on leave at different times: levelling moves the task as the schedule then lies, not by both leaves")
    func bothAway() throws {
        let facts = try Self.facts { editor in
            editor.update(the("P-1"), as: Person.self) { $0.leave = "2026-07-09..2026-07-10" }
            editor.update(the("P-2"), as: Person.self) { $0.leave = "2026-07-13..2026-07-15" }
            Self.task(&editor, 2, "P-1")
            editor.update(the("T-1"), as: PlanTask.self) { task in
                task.constraint = .mustStartOn
                task.constraintDate = day("2026-07-06")
            }
            Self.task(&editor, 4, "P-1", "P-2")
            Self.task(&editor, 1, "P-2")
            editor.update(the("T-3"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-2"))] }
        }
        let proposal = try LevellingProposal(facts, aim: .earliestFinish)
        #expect(proposal.overloadAfter == 0)
        // T-2 from the 8th: 周敏 works the 8th and 13th to 15th, 陈实 the 8th to 10th and the 16th.
        let dates = try #require(proposal.after[the("T-2")])
        #expect(dates.start == day("2026-07-08") && dates.finish == day("2026-07-16"))
        #expect(proposal.finishAfter == day("2026-07-17"))
    }

    @Test("who is done with a shared task works on the next while the other is still away")
    func freeAgain() throws {
        let facts = try Self.facts { editor in
            editor.update(the("P-1"), as: Person.self) { $0.leave = "2026-07-07..2026-07-10" }
            Self.task(&editor, 2, "P-1", "P-2")
            Self.task(&editor, 3, "P-2")
        }
        let proposal = try LevellingProposal(facts, aim: .earliestFinish)
        #expect(proposal.moves.map(\.task) == [the("T-2")])
        #expect(proposal.after[the("T-2")].map { $0.start...$0.finish } == day("2026-07-08")...day("2026-07-10"))
    }

    @Test("a fixed duration asks nobody, on leave or not, in the schedule and in levelling alike")
    func fixedDuration() throws {
        let facts = try Self.facts { editor in
            editor.update(the("P-1"), as: Person.self) { $0.leave = "2026-07-08" }
            Self.task(&editor, 5, "P-1")
            Self.task(&editor, 5, "P-1")
            for id in ["T-1", "T-2"] { editor.update(the(id), as: PlanTask.self) { $0.type = .fixedDuration } }
        }
        #expect(facts.schedule[the("T-1")]?.finish == day("2026-07-10"))
        let proposal = try LevellingProposal(facts, aim: .earliestFinish)
        #expect(proposal.finishAfter == day("2026-07-17"))
    }

    @Test("a split task stops on its own days wherever levelling puts it")
    func split() throws {
        let facts = try Self.facts { editor in
            Self.task(&editor, 2, "P-1")
            Self.task(&editor, 3, "P-1")
            editor.update(the("T-2"), as: PlanTask.self) { $0.interruptions = "2026-07-09..2026-07-10" }
        }
        let proposal = try LevellingProposal(facts)
        #expect(proposal.moves.map(\.task) == [the("T-2")])
        #expect(proposal.moves[0].to == day("2026-07-08")...day("2026-07-14"))
        #expect(proposal.overloadAfter == 0)
    }
}
