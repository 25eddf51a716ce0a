import Foundation
import PlanModel
import ProcessMining
import Testing
import WorkingTime

@testable import PlanInsight

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

    private func facts(
        isPoints: Bool = false, hasLog: Bool = true, log: String? = nil, _ make: (inout PlanEditor) -> Void = { _ in }
    ) throws -> PlanFacts {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .improvement))
        make(&editor)
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
        let text = log ?? Self.log(isPoints: isPoints)
        workspace.files = WorkspaceFiles(stamps: ["log.csv": "\(text.hashValue)"]) { _ in Array(text.utf8) }
        return try #require(PlanFacts(planKey, in: workspace, today: RuleCase.today))
    }

    private func run(_ facts: PlanFacts, _ change: (inout ProcessQuestion) -> Void = { _ in }) throws -> ProcessSimulation {
        var question = ProcessQuestion()
        change(&question)
        return try ProcessSimulation(facts, try #require(facts.plan.record(the("PR-1"), as: Process.self)), question)
    }

    /// Gateway S-1 leads to S-2, S-3 and S-4, gateway S-5 to S-3, S-4 and S-6.
    @Test(
        "what is left of 100 % goes to the ways out of a gateway that say nothing, evenly; stated shares of others that don't reach it tell how they compare",
        arguments: [
            ([0.65, nil, nil], [0.65, 0.175, 0.175]), ([0.65, 0.2, nil], [0.65, 0.2, 0.15]), ([0.4, 0.1, 0.2], [0.4, 0.2, 0.4]),
            ([nil, nil, nil], [nil, nil, nil]),
        ] as [([Double?], [Double?])])
    func shares(stated: [Double?], wanted: [Double?]) throws {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .improvement))
        editor.add(Process.self) { $0.title = "流程" }
        for number in 1...6 {
            editor.add(Step.self) { step in
                (step.title, step.process, step.kind) = ("环节\(number)", the("PR-1"), number % 4 == 1 ? .decision : .task)
                step.next =
                    number == 1
                    ? [the("S-2"), the("S-3"), the("S-4")] : number == 5 ? [the("S-3"), the("S-4"), the("S-6")] : nil
                if 2...4 ~= number { step.share = stated[number - 2] }
            }
        }
        let process = try #require(editor.plan.record(the("PR-1"), as: Process.self))
        let model = try #require(PlanProcess(process, in: editor.plan)).model
        let found = model.outgoing[0].map { model.flows[$0].share }
        #expect(zip(found, wanted).allSatisfy { abs(($0 ?? -1) - ($1 ?? -1)) < 1e-12 })
        // The simulation takes the shares that are shown.
        if wanted[0] != nil { #expect(zip(model.shares(outOf: 0), wanted).allSatisfy { abs($0 - ($1 ?? -1)) < 1e-12 }) }
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

    @Test("where the first step has a queue, the log's cycle time does not hold the wait before it, and that is told")
    func unseenWait() throws {
        #expect(try run(facts()).unseenWait < 60)
        // Cases come by chance every 12 minutes and 受理 takes 10: the wait is 10² / (2 · 12 · (1 − 10/12)) = 25 minutes (M/D/1).
        var (state, arrival, free) = (UInt64(7), 0.0, 0.0)
        var rows = ["case,activity,start,time,resource,班组"]
        let form = DateFormatter()
        (form.locale, form.timeZone, form.dateFormat) = (
            Locale(identifier: "en_US_POSIX"), TimeZone(secondsFromGMT: 0), "yyyy-MM-dd HH:mm:ss"
        )
        func text(_ minute: Double) -> String { form.string(from: Date(timeIntervalSince1970: (20_458 * 1440 + minute) * 60)) }
        for number in 0..<3000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            arrival -= 12 * Foundation.log(Double(state >> 11) / 0x1p53 + 1e-12)
            let begin = max(arrival, free)
            free = begin + 10
            rows.append("\(number),受理,\(text(begin)),\(text(free)),甲,前台")
            rows.append("\(number),审核,\(text(free)),\(text(free + 2)),乙,后台")
            rows.append("\(number),关闭,\(text(free + 2)),\(text(free + 2)),甲,前台")
        }
        let found = try run(facts(log: rows.joined(separator: "\n")))
        #expect(abs(try #require(found.seen) / 60 - 12) < 0.1)
        #expect((12...40).contains(found.unseenWait / 60))
        #expect(found.asIs.outcome.cycleTime.mean > found.unseenWait + 11 * 60)
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

    /// 15 minutes by the desk and 30 by the back office a case, but for those still open at the end.
    @Test("a case costs what the plan's people cost, or what is typed")
    func costs() throws {
        func people(_ editor: inout PlanEditor) {
            // The desk is a post of two people with 600 and one with 900 a day of eight hours: 700; the back office a role with 1,200.
            for (name, post, heads, cost) in [("前台甲", "前台", 2.0, 600), ("前台乙", "前台", 1, 900), ("丙", "专员", 1, 1200)]
                as [(String, String, Double, Int64)]
            {
                editor.add(Person.self) { person in
                    (person.name, person.post, person.capacity) = (name, post, heads)
                    person.costPerDay = Money(units: cost * Money.unitsPerWhole, currency: .yuan)
                }
            }
            // In another currency, which does not count.
            editor.add(Person.self) { person in
                (person.name, person.post) = ("丁", "前台")
                person.costPerDay = Money("9000", currency: Currency("USD")!)
            }
            editor.add(Role.self) { role in
                (role.title, role.holders) = ("后台", [the("P-3")])
            }
        }
        let found = try run(facts(people)) { $0.toBe = the("PR-2") }
        #expect(found.rates["前台"] == HourlyRate(perHour: 700.0 / 8, basis: .people))
        #expect(found.rates["后台"] == HourlyRate(perHour: 150, basis: .people))
        // Nobody is 督导: the mean of all four heads.
        #expect(found.rates["督导"] == HourlyRate(perHour: (2 * 600 + 900 + 1200) / 4.0 / 8, basis: .mean))
        #expect(abs(found.asIs.outcome.cost.mean - (0.25 * 87.5 + 0.5 * 150)) < 0.2)
        let typed = try run(facts(people)) { $0.costPerHour = 40 }
        #expect(abs(typed.asIs.outcome.cost.mean - 0.75 * 40) < 0.1 && typed.rates["后台"]?.basis == .typed)
        let nobody = try run(facts())
        #expect(nobody.asIs.outcome.cost.mean == 0 && nobody.rates.values.allSatisfy { $0.basis == .unknown })
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
