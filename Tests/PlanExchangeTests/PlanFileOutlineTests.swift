import PlanModel
import Testing

@testable import PlanExchange

@Suite struct PlanFileOutlineTests {
    static func plan(_ blueprint: Blueprint) throws -> Plan {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("trial-2027")), blueprint: blueprint))
        editor.set(editor.plan.header.id, "title", .text("试验"))
        return editor.plan
    }

    @Test(
        "an outline reads as the plan it was made from, and names every section and kind", arguments: Blueprint.all,
        Language.allCases)
    func readsAsThePlan(blueprint: Blueprint, language: Language) throws {
        let plan = try Self.plan(blueprint)
        let text = PlanFileOutline.write(plan, language)
        #expect(try PlanFileReader.read(Array(text.utf8), file: "a.yaml") == plan)
        for section in blueprint.sections {
            #expect(text.contains("- section: \(section.key)\n") && text.contains(section.title[language]))
            for kind in section.kinds { #expect(text.contains("#\(kind.names.plural):")) }
        }
    }

    @Test("numbers stand apart from titles where their last sign does not part them")
    func numbers() throws {
        #expect(PlanFileOutline.write(try Self.plan(.project), .english).contains("\n  # 1 "))
        #expect(PlanFileOutline.write(try Self.plan(.project), .chinese).contains("\n  # （一）项目"))
    }

    @Test("without the comment signs its records are read, with what they point to", arguments: Blueprint.all)
    func examplesCanBeRead(blueprint: Blueprint) throws {
        let lines = PlanFileOutline.write(try Self.plan(blueprint), .english).split(separator: "\n")
        let text = lines.map {
            $0.replacing(#/^( *)#(?! )(.*)$/#) { "\($0.1)\($0.2)" }.replacing(#/^( *)#(  .*)$/#) { "\($0.1) \($0.2)" }
        }
        .joined(separator: "\n")
        do throws(PlanFileErrors) { _ = try PlanFileReader.read(Array(text.utf8), file: "a.yaml") } catch {
            Issue.record("\(error.all.map { $0.text(in: .english) })")
        }
    }

    @Test("what points to nothing is told where it stands in its list")
    func danglingReferences() throws {
        let text = """
            pharos: 1
            plan: trial-2027
            kind: project
            title: 试验
            others:
              tasks:
                - title: 一
                  predecessors: [T-2 FS+1d, T-9]
                - title: 二
                  owner: P-4
            """
        let errors = #expect(throws: PlanFileErrors.self) { try PlanFileReader.read(Array(text.utf8), file: "a.yaml") }
        #expect(errors?.all.map { [$0.line, $0.column] } == [[8, 33], [10, 14]])
    }
}
