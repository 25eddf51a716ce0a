import Foundation
import PlanExchange
import PlanInsight
import PlanModel
import PlanPictures
import ProcessMining
import Testing
import WorkingTime

/// The sample's ticket log, as the improvement plan uses it.
@Suite("Process of the sample plan")
struct SampleProcessTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Samples")

    private func facts() throws -> PlanFacts {
        try facts(in: WorkspaceFolder.read(Self.folder.path))
    }

    private func facts(in workspace: Workspace) throws -> PlanFacts {
        let (key, today) = (try #require(PlanKey("escalation-2026")), try #require(Day("2026-11-20")))
        return try #require(PlanFacts(key, in: workspace, today: today))
    }

    private func mined(_ facts: PlanFacts, _ filter: LogFilter = LogFilter()) throws -> ProcessFacts {
        let process = try #require(facts.loggedProcesses.first)
        var question = LogQuestion()
        question.filter = filter
        guard case .facts(let mined) = facts.mined(process, question) else { throw CancellationError() }
        return mined
    }

    private func begun(_ from: String?, _ to: String?) throws -> LogFilter {
        func micros(_ text: String) throws -> Int64 { Int64(try #require(Day(text)).number) * 86_400_000_000 }
        var filter = LogFilter()
        filter.coverage = .started
        filter.period = (try from.map(micros) ?? .min)..<(try to.map(micros) ?? .max)
        return filter
    }

    @Test("the log is of real size, read without a bad row, and covers the times the plan speaks of")
    func size() throws {
        let all = try mined(facts())
        #expect(all.statistics.events > 20_000)
        #expect(all.reading.badRowCount == 0)
        #expect(all.log.hasIntervals)
        #expect(all.log.groups?.name == "班组")
    }

    @Test("as it was, second line is the bottleneck, as the plan says; since the change it is gone")
    func bottleneck() throws {
        let facts = try facts()
        let before = try mined(facts, begun(nil, "2026-06-01"))
        let worst = try #require(before.worst)
        #expect(before.name(worst.place) == "二线接手排查")
        #expect(worst.waitingShare > 0.7)
        // The plan's own numbers: nine hours of waiting, second line waits 3.8 hours.
        #expect(abs((before.ways.first?.mean ?? 0) / 3600 - 4.2) < 0.5)
        let after = try mined(facts, begun("2026-09-01", nil))
        #expect(!after.statistics.activities.enumerated().contains { $1 == "二线接手排查" && after.statistics.activityCounts[$0] > 0 })
        #expect(after.statistics.leadTime.mean < before.statistics.leadTime.mean * 0.65)
    }

    @Test("until the change every ticket went the way that is drawn")
    func conforms() throws {
        let before = try mined(facts(), begun(nil, "2026-06-01"))
        let conformance = try #require(before.conformance)
        #expect(conformance.conformingCases == before.log.caseCount)
        #expect(conformance.fitness == 1)
    }

    @Test("simulated from its log the process takes as long as it does, and the process to be much less")
    func simulation() throws {
        let facts = try facts()
        let processes = facts.plan.all(Process.self)
        var question = ProcessQuestion()
        question.toBe = processes.last?.id
        let found = try ProcessSimulation(facts, try #require(processes.first), question)
        let seen = try #require(found.seen)
        #expect(abs(found.asIs.outcome.cycleTime.mean / seen - 1) < 0.1)
        let change = try #require(found.difference?.cycleTimeChange)
        #expect(change.high < -0.3 && change.low > -0.6)
        #expect(found.asIs.model.roles.contains { $0.name == "二线工程师" && $0.capacity >= 4 })
        #expect(!found.asIs.model.roles.contains { $0.name == "客户" })
    }

    @Test("the map is drawn for page and paper, in both languages, with the bottleneck in its words")
    func picture() throws {
        let facts = try facts()
        let zh = try #require(PlanPicture.draw(.processMap, facts, .chinese, style: .print))
        #expect(zh.sentence.contains("二线接手排查"))
        // So few ways are drawn all; of what is left out it is said how many cases go there.
        #expect(!zh.sentence.contains("没有画出"))
        let sparse = ProcessMap(try mined(facts).log, paths: 0)
        let words = try #require(ProcessMapDrawing(sparse, title: "", style: .print, language: .chinese).draw()).sentence
        #expect(sparse.hiddenArcs > 0 && words.contains("另有 \(sparse.hiddenArcs) 条较少走的连线没有画出"))
        #expect(words.contains("的案例至少走过其中一条"))
        #expect(
            try #require(PlanPicture.draw(.processMap, facts, .english, style: .screen)).sentence.contains(
                "of the time of all cases"))
        #expect(zh.width < 1200)
    }

    @Test("a process whose log is missing or broken says so")
    func missing() throws {
        var workspace = try WorkspaceFolder.read(Self.folder.path)
        workspace.files = WorkspaceFiles(stamps: ["escalation-tickets.csv.gz": "x"]) { _ in Array("no log".utf8) }
        let broken = try facts(in: workspace)
        guard case .unreadable(let reason) = broken.mined(try #require(broken.loggedProcesses.first)) else {
            Issue.record("read something")
            return
        }
        #expect(reason[.chinese].contains("认不出"))
        workspace.files = WorkspaceFiles()
        let none = try facts(in: workspace)
        guard case .noLog = none.mined(try #require(none.loggedProcesses.first)) else {
            Issue.record("found something")
            return
        }
        #expect(none.findings.contains { $0.code == "O1-03" })
        #expect(PlanPicture.draw(.processMap, none, .chinese, style: .print) == nil)
    }
}
