import PlanModel
import Testing
import WorkingTime

@testable import PlanExchange

@Suite struct PlanFileTests {
    @Test(
        "a plan of every kind comes back from its file as it was, and is written the same again",
        arguments: Blueprint.all.map(\.key), 1...12)
    func roundTrip(blueprint: String, seed: Int) throws {
        var generator = PlanGenerator(seed: UInt64(seed))
        let plan = generator.plan(try #require(Blueprint.named(blueprint)))
        #expect(plan.problems(with: []).isEmpty)
        let text = PlanFileWriter.write(plan)
        do {
            let read = try PlanFileReader.read(Array(text.utf8), file: "made.yaml")
            #expect(difference(read, plan) == nil)
            #expect(read.retiredNumbers == plan.retiredNumbers)
            #expect(PlanFileWriter.write(read) == text)
        } catch {
            Issue.record("\(error.all.map { $0.text(in: .english) })\n\(text)")
        }
    }

    @Test("text whose first sign combines with the space before it comes back as it was")
    func combining() throws {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("made")), blueprint: .project))
        editor.set(editor.plan.header.id, "title", .text("甲"))
        for section in editor.plan.blueprint.sections.prefix(2) { editor.write(" \u{301}x\ny", section: section.key) }
        editor.add(PlanTask.self) { task in
            task.title = "乙"
            task.description = "\u{301}a\n \u{301}b\n"
        }
        let read = try PlanFileReader.read(Array(PlanFileWriter.write(editor.plan).utf8), file: "made.yaml")
        #expect(difference(read, editor.plan) == nil)
    }

    @Test("a plan as deep as plans may be is read from the file that is written of it")
    func deepest() throws {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("deep")), blueprint: try #require(Blueprint.named("project"))))
        editor.set(editor.plan.header.id, "title", .text("深"))
        let first = editor.add(PlanTask.self) { $0.title = "先" }
        var parent: RecordID?
        for level in 1...Limits.depth {
            parent = editor.add(PlanTask.self, in: parent) {
                $0.title = "第 \(level) 层"
                if level == Limits.depth {
                    $0.predecessors = [TaskLink(first, .startToStart, lag: .time(WorkDuration(2, .days)))]
                }
            }
        }
        #expect(editor.plan.problems(with: []).isEmpty)
        let read = try PlanFileReader.read(Array(PlanFileWriter.write(editor.plan).utf8), file: "deep.yaml")
        #expect(difference(read, editor.plan) == nil)
    }

    @Test(
        "what is written twice is refused with its place, for one of the two would be lost",
        arguments: [
            ("chapters:\n  - section: overview\n    text: A\n  - section: overview\n    text: B\n", 8),
            ("chapters:\n  - section: overview\n    text: A\n    text: B\n", 7),
            ("others: {}\nothers: {}\n", 5),
            ("others:\n  tasks:\n    - title: A\n      children: []\n      children: []\n", 8),
        ])
    func twice(text: String, line: Int) throws {
        let file = "plan: a\nkind: project\ntitle: b\n" + text
        do throws(PlanFileErrors) {
            _ = try PlanFileReader.read(Array(file.utf8), file: "a.yaml")
            Issue.record("read \(file)")
        } catch {
            #expect(error.all.map(\.line) == [line])
            #expect(error.all.first?.message.en.hasSuffix("is given twice.") == true)
        }
    }

    @Test("a person's file: numbers given, forms of dates and choices accepted, children nested")
    func written() throws {
        let plan = try read(
            """
            pharos: 1
            plan: team-2026
            kind: department
            title: 团队计划
            others:
              people:
                - name: 周岚
              tasks:
                - title: 启动
                  start: 2026年3月5日
                  state: 进行中
                  owner: P-1
                  children:
                    - title: 调研
                      duration: 5天
                    - id: T-7
                      title: 评审
                      predecessors: [T-8 SS+2d]
                - title: 收尾
                  progress: 40%
              measures:
                - title: 满意度
                  values: {2026-01: 91.5, 2026-02-15: 92}
            """)
        let tasks = plan.all(PlanTask.self)
        #expect(tasks.map(\.id.number) == [8, 9, 7, 10])
        #expect(tasks.map(\.record.parent) == [nil, 8, 8, nil])
        #expect(tasks[0].start == Day("2026-03-05"))
        #expect(tasks[0].state == .doing)
        #expect(
            tasks[2].predecessors == [TaskLink(RecordID("T-8", in: plan.key)!, .startToStart, lag: .time(WorkDuration(2, .days)))]
        )
        #expect(tasks[3].progress == 0.4)
        #expect(plan.all(Measure.self).first?.values?.days == [Day("2026-01-31")!, Day("2026-02-15")!])
    }

    @Test(
        "what is wrong is said with line, column and what would be right",
        arguments: [
            ("titel: x", 4, 1, "title"),
            ("others:\n  taks: []", 5, 3, "tasks"),
            ("others:\n  tasks:\n    - title: a\n      durationn: 5d", 7, 7, "duration"),
            ("others:\n  tasks:\n    - title: a\n      duration: 5x", 7, 17, "5d"),
            ("others:\n  tasks:\n    - title: a\n      state: finished", 7, 14, "done"),
            ("others:\n  tasks:\n    - id: T-1\n      title: a\n      owner: P-9", 8, 14, "id"),
            ("others:\n  tasks:\n    - id: G-1\n      title: a", 6, 11, "T-1"),
            ("others:\n  tasks:\n    - duration: 5d", 6, 7, "field"),
            ("others:\n  tasks:\n    - id: T-1\n      title: a\n    - id: T-1\n      title: b", 8, 11, "another"),
            ("others:\n  risks:\n    - title: a\n      likelihood: 9", 7, 19, "1 to 5"),
            ("others:\n  risks:\n    - title: a\n      children: []", 7, 7, "Remove"),
            ("chapters:\n  - section: nowhere", 5, 14, "Allowed"),
            ("title: [", 5, 1, "indentation"),
            ("others: &a {}", 4, 9, "out"),
            ("title: a\ntitle: b", 5, 1, "one"),
        ])
    func errors(body: String, line: Int, column: Int, remedy: String) throws {
        let error = try #require(
            #expect(throws: PlanFileErrors.self) { try read("pharos: 1\nplan: p\nkind: department\n" + body + "\n") })
        let wanted = body.hasPrefix("title: a\ntitle") || !error.all.isEmpty
        #expect(wanted)
        let first = try #require(error.all.first { $0.line == line })
        #expect(first.column == column)
        #expect(first.remedy.en.contains(remedy), "\(first.remedy.en)")
        #expect(!first.message.zh.isEmpty && !first.remedy.zh.isEmpty)
    }

    /// The first record or text in which two plans differ.
    private func difference(_ a: Plan, _ b: Plan) -> String? {
        if a == b { return nil }
        for (one, two) in zip([a.header] + Kind.all.flatMap(a.records), [b.header] + Kind.all.flatMap(b.records)) where one != two
        {
            guard one.id == two.id, one.parent == two.parent else {
                return "\(one.id) in \(one.parent ?? 0), \(two.id) in \(two.parent ?? 0)"
            }
            for field in one.kind.fields where one.values[field.index] != two.values[field.index] {
                return
                    "\(one.id.short).\(field.key): \(String(describing: one.values[field.index])) instead of \(String(describing: two.values[field.index]))"
            }
        }
        return "prose: \(a.prose) instead of \(b.prose)"
    }

    private func read(_ text: String) throws -> Plan { try PlanFileReader.read(Array(text.utf8), file: "plan.yaml") }
}
