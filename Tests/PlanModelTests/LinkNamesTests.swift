import PlanModel
import Testing

/// Predecessors that go by the titles of tasks.
@Suite struct LinkNamesTests {
    private let key = PlanKey("names")!

    private func plan(_ titles: String...) -> Plan {
        var editor = PlanEditor(Plan(key: key, blueprint: .project))
        for title in titles { editor.add(PlanTask.self) { $0.title = title } }
        return editor.plan
    }

    private func read(_ text: String, _ plan: Plan, of record: String? = nil) throws(Problem) -> String {
        let field = Kind.of(PlanTask.self).field("predecessors")!
        return try field.links(typed: text, in: plan, of: record.flatMap { RecordID($0, in: key) }).map { $0.text(seenFrom: key) }
            .joined(separator: "; ")
    }

    @Test(
        "a title stands for its task, whole or by a part that no other has, with relation and lag behind it",
        arguments: [
            ("需求评审", "T-1"), ("需求", "T-1"), ("需求评审 SS+2d", "T-1 SS+2d"), ("需求评审ss+2d", "T-1 SS+2d"),
            ("需求评审+3天", "T-1 FS+3d"), ("需求评审 FF-50%", "T-1 FF-50%"), ("T-2 SS, 需求评审", "T-2 SS; T-1"),
            ("设计、开发", "T-3"), ("设计、开发 SF+1d，T-1", "T-3 SF+1d; T-1"), ("Setup-2 days", "T-4"), ("setup-2", "T-4"),
            ("Business class", "T-5"), ("business CLASS ff+1d", "T-5 FF+1d"), ("Ｔ－１、需求评审", "T-1; T-1"), ("", ""),
        ])
    func read(typed: String, expected: String) throws {
        #expect(try read(typed, plan("需求评审", "设计评审", "设计、开发", "Setup-2 days", "Business class")) == expected)
    }

    @Test("a name that several tasks have is refused with those it could be; the task itself is none of them")
    func ambiguous() throws {
        let plan = plan("评审", "开发", "评审", "开发评审")
        let problem = #expect(throws: Problem.self) { try read("评审", plan) }
        #expect(problem?.code == "link.ambiguous" && problem?.field == "predecessors")
        #expect(problem?.message.zh == "「评审」可能是 T-1 评审、T-3 评审。")
        #expect(try read("评审", plan, of: "T-3") == "T-1")
        #expect(try read("开发", plan) == "T-2")
        let part = #expect(throws: Problem.self) { try read("审", plan) }
        #expect(part?.message.en == "“审” could be T-1 评审, T-3 评审, T-4 开发评审.")
    }

    @Test("a name of no task, and what stands behind an id and cannot be read, are refused")
    func unknown() throws {
        #expect(#expect(throws: Problem.self) { try read("上线", plan("评审")) }?.code == "link.unknown")
        #expect(#expect(throws: Problem.self) { try read("T-1 以后", plan("评审")) }?.code == "value.unreadable")
        #expect(#expect(throws: Problem.self) { try read("评审 SS+很久", plan("评审")) }?.code == "link.unknown")
    }
}
