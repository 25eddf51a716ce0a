import Foundation
import PlanInsight
import PlanModel
import ProcessMining
import Testing
import WorkingTime

/// A process as it is with a log of its own, and one to be that no log knows.
@Suite("Simulation of a plan's processes")
struct ProcessSimulationTests {
    /// 400 cases, one every eleven hours and a bit, day and night: 受理 10 minutes by the desk, 审核 after 60 minutes of waiting 30 minutes by the
    /// back office, 关闭 5 minutes by the desk.
    private static func log(isPoints: Bool = false) -> String {
        let form = DateFormatter()
        (form.locale, form.timeZone, form.dateFormat) = (
            Locale(identifier: "en_US_POSIX"), TimeZone(secondsFromGMT: 0), "yyyy-MM-dd HH:mm"
        )
        func text(_ minute: Int) -> String { form.string(from: Date(timeIntervalSince1970: Double(minute) * 60)) }
        var rows = [isPoints ? "case,activity,time" : "case,activity,start,time,resource,班组"]
        for number in 0..<400 {
            // From 2026-01-05 on, day and night.
            let begin = 20_458 * 1440 + number * 673
            for (name, from, minutes, who, team) in [
                ("受理", 0, 10, "甲", "前台"), ("审核", 70, 30, "乙", "后台"), ("关闭", 100, 5, "甲", "前台"),
            ] {
                let (start, end) = (text(begin + from), text(begin + from + minutes))
                rows.append(isPoints ? "\(number),\(name),\(end)" : "\(number),\(name),\(start),\(end),\(who),\(team)")
            }
        }
        return rows.joined(separator: "\n")
    }

    private func facts(isPoints: Bool = false, hasLog: Bool = true) throws -> PlanFacts {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .improvement))
        func add(_ process: String, _ names: [(String, String, Double?)]) {
            let first = editor.plan.all(Step.self).count
            for (place, (name, actor, minutes)) in names.enumerated() {
                editor.add(Step.self) { step in
                    (step.title, step.process, step.actor, step.minutes) = (name, the(process), actor, minutes)
                    step.kind = .task
                }
                if place > 0 {
                    editor.update(the("S-\(first + place)"), as: Step.self) { $0.next = [the("S-\(first + place + 1)")] }
                }
            }
        }
        editor.add(Process.self) { process in
            (process.title, process.kind) = ("现状", .asIs)
            if hasLog { process.log = "log.csv" }
        }
        editor.add(Process.self) { process in
            (process.title, process.kind, process.improves) = ("改进后", .toBe, the("PR-1"))
        }
        add("PR-1", [("受理", "前台", 99), ("审核", "后台", 99), ("关闭", "前台", 99)])
        add("PR-2", [("受理", "前台", 99), ("抽查", "督导", 6), ("归档", "前台", nil), ("关闭", "前台", 99)])
        var workspace = Workspace(plans: [editor.plan])
        let text = Self.log(isPoints: isPoints)
        workspace.files = WorkspaceFiles(stamps: ["log.csv": isPoints ? "points" : "intervals"]) { _ in Array(text.utf8) }
        return try #require(PlanFacts(planKey, in: workspace, today: RuleCase.today))
    }

    private func run(_ facts: PlanFacts, _ change: (inout ProcessQuestion) -> Void = { _ in }) throws -> ProcessSimulation {
        var question = ProcessQuestion()
        change(&question)
        return try ProcessSimulation(facts, try #require(facts.plan.record(the("PR-1"), as: Process.self)), question)
    }

    @Test("the process to be has the arrivals, people and times of the log; typed minutes only where the log knows nothing")
    func standsOnTheLog() throws {
        let found = try run(facts()) { $0.toBe = the("PR-2") }
        let toBe = try #require(found.toBe)
        #expect(found.asIs.bases.values.allSatisfy { $0 == .log })
        #expect(toBe.bases == [0: .log, 1: .typed, 2: .assumed, 3: .log])
        #expect(toBe.model.arrivals == found.asIs.model.arrivals)
        #expect(abs(found.asIs.model.arrivals.perWeek - 15) < 0.5)
        #expect(toBe.model.roles.first { $0.name == "前台" } == found.asIs.model.roles.first { $0.name == "前台" })
        #expect(toBe.model.work[0]?.service == found.asIs.model.work[0]?.service)
        #expect(found.sharedRoles == ["前台"] && found.difference?.utilisation.count == 1)
        // 105 minutes as it is; without the review and its waiting, with six minutes by another, some twenty.
        #expect(abs(found.asIs.outcome.cycleTime.mean / 60 - 105) < 12)
        let change = try #require(found.difference)
        #expect(abs(change.cycleTime.mean / 60 + 84) < 12 && change.cycleTime.high < 0)
    }

    @Test("changes are made to the process to be, several at once, and to its steps by the names they have today")
    func changes() throws {
        let plain = try #require(try run(facts()) { $0.toBe = the("PR-2") }.toBe)
        let altered = try #require(
            try run(facts()) { question in
                question.toBe = the("PR-2")
                question.alterations = [.init(.scale, the("S-1"), value: 3), .init(.drop, the("S-5"))]
            }.toBe)
        // 受理 takes 20 minutes more, 抽查 6 minutes less.
        #expect(abs((altered.outcome.cycleTime.mean - plain.outcome.cycleTime.mean) / 60 - 14) < 5)
        let staffed = try #require(try run(facts()) { $0.staff = ["后台": 3] }.toBe)
        #expect(staffed.model.roles.first { $0.name == "后台" }?.capacity == 3)
        #expect(try run(facts()).toBe == nil)
    }

    @Test("automation keeps what is waited for other reasons, unless told")
    func automation() throws {
        func mean(_ kind: ProcessQuestion.Kind) throws -> Double {
            try #require(try run(facts()) { $0.alterations = [.init(kind, the("S-2"), value: 1)] }.toBe).outcome.cycleTime.mean
                / 60
        }
        let (kept, instant) = (try mean(.automate), try mean(.instant))
        #expect(abs(kept - 75) < 12 && abs(instant - 15) < 5)
    }

    @Test("what is not there is refused, never left out")
    func refused() throws {
        let facts = try facts()
        #expect(throws: ProcessSimulation.Refusal.self) { try run(facts) { $0.alterations = [.init(.drop, the("S-99"))] } }
        // 审核 is no step of the process to be.
        #expect(throws: ProcessSimulation.Refusal.self) {
            try run(facts) { ($0.toBe, $0.alterations) = (the("PR-2"), [.init(.drop, the("S-2"))]) }
        }
        #expect(throws: ProcessSimulation.Refusal.self) { try run(facts) { $0.staff = ["法务": 2] } }
    }

    @Test("a log of points gives times too")
    func points() throws {
        let found = try run(facts(isPoints: true)) { $0.alterations = [.init(.drop, the("S-2"))] }
        #expect(found.asIs.bases.values.allSatisfy { $0 == .log })
        // From the end of 受理 to the end of 审核 90 minutes, to the end of 关闭 5.
        #expect(abs(found.asIs.outcome.cycleTime.mean / 60 - 95) < 2)
        #expect(abs((found.difference?.cycleTime.mean ?? 0) / 60 + 90) < 2)
    }

    @Test("without a log typed minutes stand, and are told to")
    func typed() throws {
        let found = try run(facts(hasLog: false))
        #expect(found.asIs.bases.values.allSatisfy { $0 == .typed })
        #expect(found.asIs.outcome.cycleTime.mean > 3 * 99 * 60 * 0.9)
    }

    @Test("a run that was stopped says so")
    func stopped() throws {
        let facts = try facts()
        let process = try #require(facts.plan.record(the("PR-1"), as: Process.self))
        let refusal = #expect(throws: ProcessSimulation.Refusal.self) {
            _ = try ProcessSimulation(facts, process, ProcessQuestion()) { _ in false }
        }
        #expect(refusal?.message[.english].contains("stopped") == true)
    }
}
