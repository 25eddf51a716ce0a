import Foundation
import PlanInsight
import PlanModel
import PlanPictures
import Testing
import WorkingTime

@testable import PlanExchange

/// What documents and pictures look like, as text. `make golden` writes them anew.
@Suite struct GoldenTests {
    private static func facts(_ path: String) throws -> PlanFacts {
        let workspace = try WorkspaceFolder.read(Golden.file(path).path)
        let plan = try #require(workspace.plans.first)
        let day = try #require(Day("2026-04-15"))
        return try #require(PlanFacts(plan.key, in: workspace, today: day))
    }

    @Test("every picture is drawn as before", arguments: PictureName.allCases, Language.allCases)
    func picture(name: PictureName, language: Language) throws {
        let file = "pictures/\(name.rawValue).\(language == .chinese ? "zh" : "en").svg"
        guard let picture = PlanPicture.draw(name, try Self.facts("pictures"), language, style: .print) else {
            Issue.record("\(name) is not drawn")
            return
        }
        try Golden.check(picture.markup.string.replacing("><", with: ">\n<") + "\n", file)
    }

    @Test("every form of a document has its blocks as before", arguments: Language.allCases)
    func document(language: Language) throws {
        let manuscript = Manuscript(try Self.facts("document/plan.yaml"), language)
        let name = "document/plan." + (language == .chinese ? "zh" : "en")
        try Golden.check(MarkdownWriter.write(manuscript) { "plan.files/figure-\($1)-\($0.name.rawValue).svg" }, name + ".md")
        let html = HTMLWriter.write(manuscript)
            .replacing(/<style>[^<]*<\/style>/, with: "<style/>").replacing(/<svg .*?<\/svg>/, with: "<svg/>")
        try Golden.check(
            html.replacing(/<(\/?(head|body|main|section|figure|table|thead|tbody)|tr|h[1-6]|p|li|div)\b/) { "\n\($0.0)" } + "\n",
            name + ".html")
        let word = DocxWriter.document(manuscript) { _, _ in [] }
        try Golden.check(word.replacing(/<(w:p|w:tbl|w:tr|w:tc|w:sectPr)[ >]/) { "\n\($0.0)" } + "\n", name + ".xml")
    }
}
