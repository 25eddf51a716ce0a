import PlanModel
import Testing

@testable import PlanInsight

@Suite struct TextDifferenceTests {
    @Test("a step put in before others is new and changes none of them, whatever their numbers")
    func numbered() {
        let difference = TextDifference(from: "1. 建单\n2. 派单\n3. 回访", to: "1. 建单\n2. 判级\n3. 派单\n4. 回访")
        #expect(difference.lines == [.same("1. 建单"), .added("2. 判级"), .same("3. 派单"), .same("4. 回访")])
        #expect(TextDifference(from: "1. 建单\n\n2. 派单", to: "3、建单\n4）派单").isEmpty)
    }

    @Test("from what is the same or removed comes the old text, from what is the same or added the new")
    func whole() {
        var generator = SystemRandomNumberGenerator()
        func text() -> [String] {
            (0..<Int.random(in: 0...12, using: &generator)).map { _ in ["甲", "乙", "丙", "丁"].randomElement(using: &generator)! }
        }
        for _ in 0..<200 {
            let (old, new) = (text(), text())
            let lines = TextDifference(from: old.joined(separator: "\n"), to: new.joined(separator: "\n")).lines
            #expect(lines.compactMap { if case .added = $0 { nil } else { $0.text } } == old)
            #expect(lines.compactMap { if case .removed = $0 { nil } else { $0.text } } == new)
        }
    }

    @Test("a text of which little is left is rewritten; one with a line more or another is not")
    func rewritten() {
        #expect(TextDifference(from: "1. 甲\n2. 乙\n3. 丙", to: "1. 子\n2. 丑\n3. 丙").isRewritten)
        #expect(!TextDifference(from: "1. 甲\n2. 乙\n3. 丙", to: "1. 甲\n2. 丑\n3. 丙\n4. 丁").isRewritten)
        #expect(!TextDifference(from: "夜间打电话。", to: "夜间发消息。").isRewritten)
        #expect(!TextDifference(from: "", to: "1. 甲\n2. 乙\n3. 丙").isRewritten)
    }

    @Test("a line of which most words are still there is reworded, shown from shortly before what differs; others come and go")
    func reworded() {
        let old = "1. 接单后五分钟内判定级别\n2. 需要回滚的，先申请回滚或紧急发布\n3. 通知客户经理\n4. 每 30 分钟在群里通报一次进展和预计恢复时间"
        let new = "1. 接单后五分钟内判定级别\n2. 需要回滚的，先申请回滚、限流或紧急发布\n3. 拉起专班\n4. 每 10 分钟在群里通报一次进展和预计恢复时间"
        let difference = TextDifference(from: old, to: new)
        #expect(!difference.isRewritten)
        #expect(
            difference.changes == [
                .reworded(from: "2. …，先申请回滚或紧急发布", to: "2. …，先申请回滚、限流或紧急发布"), .removed("3. 通知客户经理"), .added("3. 拉起专班"),
                .reworded(from: "4. 每 30 分钟在群里…", to: "4. 每 10 分钟在群里…"),
            ])
        #expect(TextDifference(from: "call the duty manager at once", to: "call the new duty manager at once").changes.count == 1)
    }

    @Test("versions are followed back to the first, and a ring of them ends")
    func versions() throws {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("p")), blueprint: .improvement))
        var ids: [RecordID] = []
        for number in 1...3 {
            ids.append(
                editor.add(Procedure.self) {
                    $0.title = "重大工单处理"
                    $0.version = "\(number).0"
                    $0.previous = ids.last
                    $0.steps = "1. 建单\n2. 第\(number)版的做法"
                })
        }
        let last = try #require(editor.plan.record(ids[2], as: Procedure.self))
        #expect(ProcedureDifference.earlierVersions(of: last, in: editor.plan).map(\.id) == [ids[1], ids[0]])
        let step = try #require(ProcedureDifference(last, in: editor.plan))
        #expect(step.parts.map(\.field.key) == ["steps"])
        #expect(step.parts[0].difference.lines == [.same("1. 建单"), .removed("2. 第2版的做法"), .added("2. 第3版的做法")])
        #expect(ProcedureDifference(last, from: ids[0], in: editor.plan)?.earlier.id == ids[0])
        editor.set(ids[0], "previous", .references([ids[2]]))
        let first = try #require(editor.plan.record(ids[0], as: Procedure.self))
        #expect(ProcedureDifference.earlierVersions(of: first, in: editor.plan).count == 2)
    }
}

extension TextDifference.Line {
    fileprivate var text: String {
        switch self {
        case .same(let text), .removed(let text), .added(let text): text
        }
    }
}
