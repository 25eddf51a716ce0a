import Foundation
import HTTPTypes
import PlanModel
import Testing
import WorkingTime

@testable import WebApp

/// Levelling and simulation as jobs: started, followed, stopped, taken up, in pages and API alike.
@Suite struct LongQuestionTests {
    /// Six tasks of a few days at the same time, all of one person, with estimates. Searching for the fewest changes never proves itself
    /// done, so it goes on as long as it may.
    private static var crowded: Plan {
        var editor = PlanEditor(TestPlans.project)
        let person = editor.plan.all(Person.self)[0].id
        for number in 1...6 {
            editor.add(PlanTask.self) {
                $0.title = "并行\(number)"
                $0.duration = WorkDuration(Double(number), .days)
                $0.optimistic = WorkDuration(Double(number) / 2, .days)
                $0.pessimistic = WorkDuration(Double(number) * 3, .days)
                $0.assignments = [Share(person, units: 1)]
            }
        }
        return editor.plan
    }

    private func stopped(_ job: String, _ site: TestSite) async throws {
        #expect(try await site.get("/api/v1/jobs/\(job)").json["state"]?.text == "running")
        #expect(try await site.send(.delete, "/api/v1/jobs/\(job)").status == 200)
    }

    @Test("the API starts a search, follows and stops it, gives the best found, and accepts just that")
    func levelling() async throws {
        let site = try TestSite(Self.crowded)
        let started = try await site.api(.post, "plans/trial/levelling/preview?seconds=600&seed=3", [:])
        #expect(started.status == 202)
        let job = try #require(try started.json["job"]?.text)
        try await stopped(job, site)
        let answer = try await site.get("/api/v1/plans/trial/levelling?seed=3&seconds=600&aim=fewestChanges")
        let found = try answer.json
        #expect(answer.status == 200 && found["wasStopped"] == .bool(true) && found["overloadAfter"]?.number == 0)
        #expect(try await site.get("/api/v1/jobs/\(job)").json["state"]?.text == "done")
        let digest = try #require(found["digest"]?.text)
        var question: [String: JSONValue] = ["base": 1, "seconds": 600, "seed": 3, "seen": "another"]
        #expect(try await site.api(.post, "plans/trial/levelling", .object(question)).status == 409)
        question["seen"] = .string(digest)
        #expect(try await site.api(.post, "plans/trial/levelling", .object(question)).status == 201)
        let delayed = site.store[TestPlans.key]?.all(PlanTask.self).count { $0.levellingDelay != nil }
        #expect(delayed == 5, "one of six starts at once")
    }

    @Test("the page of a search asks for itself, can be stopped, and shows the best found with the way to go on")
    func levellingPage() async throws {
        let site = try TestSite(Self.crowded)
        let running = try await site.get("/plans/trial/levelling?seconds=600&lang=en")
        #expect(running.headers[try #require(HTTPField.Name("Refresh"))] == "1" && running.text.contains("<progress"))
        let job = try #require(running.text.firstMatch(of: #/\/jobs\/([0-9]+)\/stop/#)?.output.1)
        let back = "/plans/trial/levelling?aim=fewestChanges&seconds=600.0&seed=1"
        #expect(try await site.form("/jobs/\(job)/stop", ["back": back]).status == 303)
        let found = try await site.get(back + "&lang=en")
        #expect(found.text.contains("The search was stopped") && found.text.contains("again=1"))
        #expect(found.text.contains("name=\"seen\""))
        // Live, it would begin a search anew with every change of the plan.
        #expect(!found.text.contains("data-stream") && !running.text.contains("data-stream"))
        let again = try await site.get(back + "&again=1&lang=en")
        #expect(again.text.contains("<progress"))
        let next = try #require(again.text.firstMatch(of: #/\/jobs\/([0-9]+)\/stop/#)?.output.1)
        #expect(next != job)
        _ = try await site.form("/jobs/\(next)/stop", ["back": back])
    }

    @Test("with as many searches as there are places, each on all cores, pages are answered and the searches can be stopped")
    func busy() async throws {
        let site = try TestSite(Self.crowded)
        for seed in [7, 8] {
            let running = try await site.get("/plans/trial/levelling?seconds=600&seed=\(seed)&lang=en")
            #expect(running.text.contains("<progress"))
        }
        for _ in 0..<20 {
            #expect(try await site.get("/plans/trial").status == 200)
            try await Task.sleep(for: .milliseconds(20))
        }
        for seed in [7, 8] {
            let back = "/plans/trial/levelling?aim=fewestChanges&seconds=600.0&seed=\(seed)"
            let running = try await site.get(back + "&lang=en")
            let job = try #require(running.text.firstMatch(of: #/\/jobs\/([0-9]+)\/stop/#)?.output.1)
            #expect(try await site.form("/jobs/\(job)/stop", ["back": back]).status == 303)
            #expect(try await site.get(back + "&lang=en").text.contains("The search was stopped"))
        }
    }

    @Test("a simulation that is stopped holds the runs made so far, and says so")
    func simulation() async throws {
        let site = try TestSite(Self.crowded)
        let started = try await site.api(.post, "plans/trial/simulation?runs=1000000", [:])
        #expect(started.status == 202)
        try await stopped(try #require(try started.json["job"]?.text), site)
        let answer = try await site.get("/api/v1/plans/trial/simulation?runs=1000000").json
        #expect(answer["ending"]?.text == "stopped")
        let runs = try #require(answer["runs"]?.number)
        #expect(runs >= 1024 && runs < 1_000_000)
    }

    @Test("a change of another plan does not start a question anew, one of the plan does")
    func foundations() async throws {
        let site = try TestSite(Self.crowded)
        try site.store.add(Plan(key: try #require(PlanKey("other")), blueprint: .growth), by: "a", at: Instant(milliseconds: 0))
        func job() async throws -> String? { try await site.api(.post, "plans/trial/simulation", [:]).json["job"]?.text }
        let first = try await job()
        _ = try await site.api(.patch, "plans/other", ["base": 1, "fields": ["title": "另一份"]])
        #expect(try await job() == first)
        _ = try await site.api(.patch, "plans/trial", ["base": 1, "fields": ["title": "改过"]])
        #expect(try await job() != first)
    }

    @Test("of each milestone the simulation says what it is held to, the chance to keep that, and the date that is 80 % sure")
    func milestones() async throws {
        var editor = PlanEditor(Self.crowded)
        let tasks = editor.plan.all(PlanTask.self)
        let limit = try #require(Day("2026-09-02"))
        for (title, deadline) in [("限期的交付", limit), ("不限期的交付", nil)] {
            editor.add(PlanTask.self) {
                $0.title = title
                $0.isMilestone = true
                $0.deadline = deadline
                $0.predecessors = [TaskLink(tasks[tasks.count - 1].id)]
            }
        }
        let site = try TestSite(editor.plan)
        // Waits for the end, so that the page shows it.
        let json = try await site.get("/api/v1/plans/trial/simulation").json
        let page = try await site.get("/plans/trial/simulation").text
        let start = try #require(page.range(of: "<h2>里程碑</h2>")).upperBound
        let words = page[start...].replacing(/<[^>]*>/, with: "|")
        #expect(words.contains("「期限」是任务的截止日期") && words.contains("80% 把握（P80）"))
        let rows = words.split(separator: "的交付").dropFirst().map { $0.split(separator: "|").map(String.init) }
        try #require(rows.count == 2 && rows.allSatisfy { $0.count > 4 })
        let found = try #require(json["milestones"]?.list)
        for (row, milestone) in zip(rows, found) {
            #expect(row[0] == milestone["planned"]?.text)
            #expect(row.contains(try #require(milestone["p80"]?.text)))
        }
        #expect(rows[0][1] == "\(limit)" && rows[0][2] == "0%", "\(rows[0])")
        #expect(rows[0].contains { $0.hasPrefix("比期限晚 ") } && rows[1][1] == "没有" && rows[1][2] == "—", "\(rows)")
        #expect(!rows[1].prefix(6).contains { $0.hasPrefix("比期限晚") })
    }

    @Test("levelling says what overload is, what happens on opening the page, and what is proven, in plain words")
    func plainLevelling() async throws {
        let site = try TestSite(Self.crowded)
        for (language, words) in [
            ("zh-Hans", ["就是超载", "打开时自动算", "计划不会改"]), ("en", ["overloaded", "when the page opens", "stays as it is"]),
        ] {
            let page = try await site.get("/plans/trial/levelling?lang=\(language)").text
            for word in words { #expect(page.contains(word), "\(word)") }
            #expect(!page.contains("下界") && !page.contains("proven bound"))
        }
    }

    @Test("the confidence of a simulation is the plan's, or the one asked for; its reserve is followed to the end")
    func confidence() async throws {
        var editor = PlanEditor(Self.crowded)
        editor.set(editor.plan.header.id, "reserveConfidence", .number(0.9))
        for task in editor.plan.all(PlanTask.self) where task.optimistic != nil {
            editor.set(task.id, "cost", .money(Money(units: 1000 * Money.unitsPerWhole, currency: .yuan)))
        }
        editor.update(editor.plan.all(Person.self)[0].id, as: Person.self) {
            $0.costPerDay = Money(units: 2000 * Money.unitsPerWhole, currency: .yuan)
        }
        let site = try TestSite(editor.plan)
        let own = try await site.get("/api/v1/plans/trial/simulation").json
        let asked = try await site.get("/api/v1/plans/trial/simulation?confidence=50").json
        #expect(own["confidence"]?.number == 0.9 && asked["confidence"]?.number == 0.5)
        for answer in [own, asked] {
            #expect(answer["drawDown"]?["reserve"]?.number == answer["reserveCost"]?.number)
            let points = try #require(answer["drawDown"]?["points"]?.list)
            #expect(points.last?["until"] == nil && points.count > 1)
            let exhausted = try #require(points.last?["exhausted"]?.number)
            let confidence = try #require(answer["confidence"]?.number)
            #expect(abs(exhausted - (1 - confidence)) < 0.01, "the reserve suffices with its confidence")
        }
    }

    @Test(
        "a question that cannot be meant is refused with what would be right",
        arguments: [
            "levelling?seconds=0", "levelling?seconds=601", "levelling?aim=x", "levelling?seed=-1", "simulation?runs=1",
            "simulation?confidence=100", "simulation?seed=x",
        ])
    func refusals(question: String) async throws {
        let site = try TestSite(Self.crowded)
        let answer = try await site.get("/api/v1/plans/trial/\(question)")
        #expect(answer.status == 400)
        #expect(try answer.json["remedy"]?.text?.isEmpty == false)
        #expect(try await site.get("/plans/trial/\(question)").status == 400)
    }

    @Test("another way to do a task is proposed by page and API alike, and accepted as one change that one undo takes back")
    func ways() async throws {
        var editor = PlanEditor(TestPlans.project)
        let first = editor.plan.all(Person.self)[0].id
        let second = editor.add(Person.self) { $0.name = "陈实" }
        var tasks: [RecordID] = []
        for number in 1...2 {
            tasks.append(
                editor.add(PlanTask.self) {
                    $0.title = "并行\(number)"
                    $0.duration = WorkDuration(20, .days)
                    $0.assignments = [Share(first, units: 1)]
                })
        }
        editor.add(Alternative.self) {
            $0.title = "请陈实做"
            $0.task = tasks[1]
            $0.duration = WorkDuration(15, .days)
            $0.assignments = [Share(second, units: 1)]
        }
        let site = try TestSite(editor.plan)
        let answer = try await site.get("/api/v1/plans/trial/levelling?aim=earliestFinish").json
        #expect(answer["ways"]?.list?.compactMap { $0["alternative"]?.text } == ["W-1"])
        let page = try await site.get("/plans/trial/levelling?aim=earliestFinish&lang=en")
        #expect(page.text.contains("请陈实做") && page.text.contains("Other ways"))
        let accepted = try await site.api(.post, "plans/trial/levelling", ["base": 1, "aim": "earliestFinish"])
        #expect(accepted.status == 201)
        let task = try #require(site.store[TestPlans.key]?.record(tasks[1], as: PlanTask.self))
        #expect(task.duration == WorkDuration(15, .days) && task.assignments == [Share(second, units: 1)])
        #expect(try await site.api(.post, "plans/trial/history/2/reversal", ["base": 2]).status == 201)
        #expect(
            site.store[TestPlans.key] == editor.plan
                || site.store[TestPlans.key]?.all(PlanTask.self) == editor.plan.all(PlanTask.self))
    }

    @Test("the API tells what late tasks are too late for, and the paths that decide the finish")
    func lateness() async throws {
        var editor = PlanEditor(TestPlans.project)
        editor.set(try #require(RecordID("T-3", in: TestPlans.key)), "deadline", .date(try #require(Day("2026-09-07"))))
        let site = try TestSite(editor.plan)
        let tasks = try #require(try await site.get("/api/v1/plans/trial/schedule?lang=en").json.list)
        let late = tasks.filter { $0["tooLateFor"]?["words"] != nil }
        #expect(late.compactMap { $0["id"]?.text } == ["T-2", "T-3"])
        #expect(
            late.allSatisfy {
                $0["tooLateFor"]?["words"]?.text == "deadline 2026-09-07" && $0["tooLateFor"]?["task"]?.text == "T-3"
            })
        let paths = try #require(try await site.get("/api/v1/plans/trial/schedule-paths").json.list)
        #expect(
            paths.first?["tasks"]?.list?.compactMap(\.text) == ["T-2", "T-3"] && paths.first?["relativeFloatDays"]?.number == 0)
    }
}
