import Foundation
import PlanInsight
import PlanModel
import PlanPictures
import Testing

@testable import PlanExchange

/// What is told where, and in the same columns.
@Suite struct ChapterTests {
    private static func chapters(_ file: String, _ language: Language = .chinese) throws -> [[Manuscript.Block]] {
        var chapters: [[Manuscript.Block]] = []
        for block in Manuscript(try DocumentTests.facts(file), language).blocks {
            if case .heading(1, _, _, _) = block { chapters.append([]) }
            if !chapters.isEmpty { chapters[chapters.count - 1].append(block) }
        }
        return chapters
    }

    private static func tables(_ blocks: [Manuscript.Block]) -> [Manuscript.Table] {
        blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    }

    @Test("the steps of the process as it is and as it shall be stand in the chapter of each, and nowhere twice")
    func steps() throws {
        let facts = try DocumentTests.facts("escalation-2026.yaml")
        let chapters = try Self.chapters("escalation-2026.yaml").map { chapter in
            Self.tables(chapter).filter { $0.caption.contains("流程环节") }.flatMap(\.rows).compactMap { $0.cells.first?.plain }
        }
        func steps(_ kind: ProcessKind) -> [String] {
            let processes = Set(facts.plan.all(PlanModel.Process.self).filter { ($0.kind ?? .asIs) == kind }.map(\.id))
            return facts.plan.all(Step.self).filter { $0.process.map(processes.contains) == true }.map(\.id.short)
        }
        #expect(chapters[0] == steps(.asIs) && !chapters[0].isEmpty)
        #expect(chapters[3] == steps(.toBe) && !chapters[3].isEmpty)
        #expect(chapters.flatMap { $0 }.count == facts.plan.all(Step.self).count)
    }

    @Test(
        "the log of the process as it is shows no case that went the new way, and says how many did", arguments: Language.allCases
    )
    func log(language: Language) throws {
        let facts = try DocumentTests.facts("escalation-2026.yaml")
        let drawn = PlanPicture.pages(.processMap, facts, language)
        // Counted in the file: 436 of 2,632 cases have the step by which the new way begins.
        #expect(try #require(drawn.first).sentence.contains("2,196") && drawn[0].sentence.contains("436"))
        for name in ["自动建单与客户匹配", "值班长接管", "首小时通报客户", "三天内复盘并沉淀知识"] {
            #expect(drawn.allSatisfy { !$0.markup.string.contains(name) }, "\(name)")
        }
        #expect(drawn.contains { $0.markup.string.contains("班组长审核升级") })
    }

    @Test(
        "tables of one kind that one field parts have the same columns, but for those that nothing stands in",
        arguments: [
            ("support-2026.yaml", "风险：", "Risks: "), ("dispatch-2026.yaml", "预算：", "Budget: "),
            ("escalation-2026.yaml", "改进措施：", "Improvements: "), ("escalation-2026.yaml", "预期效益：", "Benefits: "),
        ], Language.allCases)
    func columns(kind: (file: String, zh: String, en: String), language: Language) throws {
        let name = language == .chinese ? kind.zh : kind.en
        for chapter in try Self.chapters(kind.file, language) {
            // Those by another field are another kind of table.
            let tables = Self.tables(chapter).filter { $0.caption.contains(name) && $0.columns.count > 2 }
            let groups = Dictionary(grouping: tables) { table in
                table.columns.contains { ["可能性", "Likelihood"].contains($0.title) }
            }
            for group in groups.values {
                let all = group.map { $0.columns.map(\.title) }.max { $0.count < $1.count } ?? []
                for table in group {
                    let missing = Set(all).subtracting(table.columns.map(\.title))
                    #expect(
                        Set(table.columns.map(\.title)).isSubset(of: all),
                        "\(table.caption): \(table.columns.map(\.title)) \(all)")
                    #expect(missing.count <= 3, "\(table.caption): \(missing)")
                    // A column is left out only where nothing would stand in it, or the title says it.
                    for row in table.rows {
                        for detail in row.details {
                            #expect(!missing.contains(detail.label), "\(table.caption): \(detail.label)")
                        }
                    }
                }
            }
        }
    }

    @Test("a version that was rewritten is not printed a second time as a list of what differs")
    func rewritten() throws {
        let entries = try Self.chapters("escalation-2026.yaml").flatMap { $0 }.compactMap { block -> Manuscript.Entry? in
            if case .entry(let entry) = block, entry.title.hasPrefix("SP-") { entry } else { nil }
        }
        func difference(_ id: String) throws -> String {
            let entry = try #require(entries.first { $0.title.hasPrefix("\(id)　") })
            return try #require(entry.details.last { $0.label.contains("的差别") }).text.plain
        }
        #expect(try difference("SP-2").contains("重写，见两版正文") && !(try difference("SP-2").contains("系统建单并判级")))
        #expect(try difference("SP-7").contains("注意事项，新增：连续值班不超过两晚。"))
    }

    @Test("what formulas give is printed to three figures, what was entered as it was entered")
    func figures() throws {
        let facts = try DocumentTests.facts("service-sales-2026.yaml")
        let words = Self.tables(Manuscript(facts, .chinese).blocks).flatMap(\.rows).filter { $0.cells.first?.plain == "M-11" }
            .flatMap { $0.cells.map(\.plain) }
        #expect(words.contains("4.07") && words.contains("2.45") && !words.contains { $0.contains("4.071") })
    }

    @Test("earned value is told in one table and every estimate in a row of another, all to the precision of the picture")
    func estimates() throws {
        let facts = try DocumentTests.facts("dispatch-2026.yaml")
        let tables = Self.tables(Manuscript(facts, .english).blocks)
        let figures = try #require(tables.first { $0.caption.hasSuffix("  Earned value") })
        let estimates = try #require(tables.first { $0.caption.hasSuffix("Estimates at completion (CNY)") })
        #expect(figures.rows.count == 13 && estimates.rows.count == 5)
        let spi = try #require(figures.rows.first { $0.cells[0].plain == "SPI" })
        #expect(spi.cells.last?.plain == "0.97")
        // BAC ÷ CPI = 1,000,620 × 986,060 ÷ 952,470.
        #expect(estimates.rows[0].cells.map(\.plain).suffix(4) == ["1,035,908", "49,848", "−35,288", "0.97"])
        #expect(estimates.rows.map { $0.cells[4].plain } == ["0.97", "1.00", "0.93", "0.97", "0.97"])
    }

    @Test(
        "what a total is made of stands in columns, in both languages", arguments: ["support-2026.yaml", "dispatch-2026.yaml"],
        Language.allCases)
    func sums(file: String, language: Language) throws {
        let facts = try DocumentTests.facts(file)
        let kind = Kind.of(BudgetLine.self)
        let tables = try Self.chapters(file, language).flatMap(Self.tables).filter { table in
            table.columns.contains { $0.title.hasPrefix(kind.field("planned")?.label[language] ?? "") }
        }
        let budget = try #require(tables.max { $0.rows.count < $1.rows.count })
        let total = try #require(budget.rows.last { $0.isTotal })
        for key in ["planned", "approved", "actual", "forecast"] {
            let label = try #require(kind.field(key)).label[language]
            let column = try #require(budget.columns.firstIndex { $0.title.hasPrefix(label) }, "\(label)")
            #expect(total.cells[column].plain.contains { $0.isNumber }, "\(label)")
        }
        #expect(facts.plan.records(kind).count > 10)
    }

    @Test("what schemes owe so far is told in whole yuan and has its total")
    func owed() throws {
        let tables = try Self.chapters("service-sales-2026.yaml").flatMap(Self.tables)
        let table = try #require(tables.first { $0.columns.last?.title == "至今应付" })
        let owed = table.rows.compactMap { $0.cells.last?.plain }
        let amounts = owed.compactMap { Int($0.replacing(",", with: "")) }
        #expect(amounts.count == owed.count { !$0.isEmpty } && amounts.count > 2)
        #expect(table.rows.last?.isTotal == true && amounts.last == amounts.dropLast().reduce(0, +))
    }

    @Test("the errors that the cover counts are listed at the end", arguments: Language.allCases)
    func errors(language: Language) throws {
        let facts = try DocumentTests.facts("escalation-2026.yaml")
        let blocks = Manuscript(facts, language).blocks
        let heading = try #require(blocks.lastIndex { if case .heading(1, _, _, "errors") = $0 { true } else { false } })
        guard case .table(let table)? = blocks[(heading + 1)...].first else { return #expect(Bool(false)) }
        #expect(table.rows.count == facts.errorCount && facts.errorCount > 0)
        #expect(table.rows.contains { $0.cells.map(\.plain).joined().contains("R-4") })
    }
}
