import PlanInsight
import PlanModel
import Testing

@testable import PlanExchange

@Suite struct DocumentPartTests {
    static func headings(_ manuscript: Manuscript) -> [(level: Int, anchor: String)] {
        manuscript.blocks.compactMap { if case .heading(let level, _, _, let anchor) = $0 { (level, anchor) } else { nil } }
    }

    @Test(
        "a part on its own has its sections with what stands in them, and begins with a chapter", arguments: DocumentPart.allCases
    )
    func parts(part: DocumentPart) throws {
        let facts = try DocumentTests.facts("dispatch-2026.yaml")
        let whole = Manuscript(facts, .chinese)
        let own = Manuscript(facts, .chinese, part: part)
        #expect(own.title == part.label.zh && own.subtitle == whole.title)
        let headings = Self.headings(own)
        let order = facts.plan.blueprint.sections.map(\.key)
        let places = headings.compactMap { heading in order.firstIndex { $0 == heading.anchor } }
        #expect(places.count == headings.count && places == places.sorted() && headings.first?.level == 1)
        for (before, after) in zip(headings, headings.dropFirst()) { #expect(after.level <= before.level + 1) }
        #expect(own.blocks.count > headings.count, "nothing stands in it")
        let records = own.blocks.count { block in
            switch block {
            case .table, .entry: true
            default: false
            }
        }
        #expect(records > 0)
    }

    @Test("the change log holds the change requests alone")
    func changeLog() throws {
        let facts = try DocumentTests.facts("dispatch-2026.yaml")
        let rows = Manuscript(facts, .english, part: .changeLog).blocks.flatMap { block in
            if case .table(let table) = block { table.rows } else { [Manuscript.Table.Row]() }
        }
        #expect(rows.count == facts.plan.all(ChangeRequest.self).count)
        let titles = Manuscript(facts, .chinese, part: .changeLog).blocks.compactMap { block in
            if case .heading(_, _, let text, _) = block { text } else { nil as String? }
        }
        #expect(titles == ["变更请求"])
    }

    @Test("a document of one or two headings goes without contents, a longer one has them")
    func contents() throws {
        let facts = try DocumentTests.facts("dispatch-2026.yaml")
        for (part, hasContents) in [(DocumentPart.minutes, false), (.changeLog, false), (.riskLog, true), (.charter, true)] {
            let manuscript = Manuscript(facts, .chinese, part: part)
            let word = DocxWriter.document(manuscript) { _, _ in nil }
            #expect(word.contains("TOC \\o") == hasContents && word.contains("目录") == hasContents)
            #expect(HTMLWriter.write(manuscript).contains("<nav") == hasContents)
        }
    }

    @Test("only projects have parts that are documents of their own")
    func whose() {
        #expect(DocumentPart.all(of: .project) == DocumentPart.allCases)
        for blueprint in Blueprint.all where blueprint != .project { #expect(DocumentPart.all(of: blueprint).isEmpty) }
    }
}
