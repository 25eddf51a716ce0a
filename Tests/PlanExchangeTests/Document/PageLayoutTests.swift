import Foundation
import PlanInsight
import PlanModel
import PlanPictures
import Testing
import WorkingTime

@testable import PlanExchange

/// What is printed fills its pages and breaks where a reader expects it.
@Suite struct PageLayoutTests {
    @Test(
        "a picture on a page turned sideways, with those that share the page, fills at least half of it",
        arguments: SampleTests.files, Language.allCases)
    func turnedPages(file: String, language: Language) throws {
        let blocks = Manuscript(try DocumentTests.facts(file), language).blocks
        var heights: [Double] = []
        for block in blocks + [.remark("", anchor: nil)] {
            if case .picture(let picture, _, _) = block, picture.needsLandscape {
                heights.append(picture.printedSize(isTurned: true).height)
            } else if !heights.isEmpty {
                #expect(heights.reduce(0, +) >= Double(heights.count) * 72, "\(heights)")
                heights = []
            }
        }
    }

    @Test(
        "pages of one picture say what the whole picture says", arguments: [PictureName.beforeAfter, .controlCharts, .swimLanes])
    func sentences(name: PictureName) throws {
        let facts = try DocumentTests.facts("escalation-2026.yaml")
        let whole = try #require(PlanPicture.draw(name, facts, .chinese, style: .print))
        #expect(Set(PlanPicture.pages(name, facts, .chinese).map(\.sentence)) == [whole.sentence])
    }

    @Test("a process drawn on several pages has every step on one of them, and every letter twice")
    func swimLanes() throws {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("p")), blueprint: .improvement))
        let process = editor.add(PlanModel.Process.self) {
            $0.title = "长流程"
            $0.kind = .asIs
        }
        let actors = ["客户", "一线", "二线", "研发", "运维", "财务", "法务"]
        var steps: [RecordID] = []
        for number in 0..<60 {
            steps.append(
                editor.add(Step.self) {
                    $0.title = "第\(number)步"
                    $0.process = process
                    $0.actor = actors[number % actors.count]
                    $0.minutes = 5
                })
        }
        for (step, next) in zip(steps, steps.dropFirst()) { editor.update(step, as: Step.self) { $0.next = [next] } }
        let day = try #require(DocumentTests.today)
        let facts = try #require(PlanFacts(editor.plan.key, in: Workspace(plans: [editor.plan]), today: day))
        let pages = PlanPicture.pages(.swimLanes, facts, .chinese)
        #expect(pages.count > 1)
        let drawn = pages.map(\.markup.string).joined()
        for number in 0..<60 { #expect(drawn.components(separatedBy: ">第\(number)步<").count == 2) }
        // Sixty steps in bands of eight: seven ways lead from band to band.
        for letter in "ABCDEFG" { #expect(drawn.components(separatedBy: ">\(letter)</text>").count == 3) }
        for page in pages { #expect(page.printedWords(isTurned: page.needsLandscape) >= 6) }
    }

    @Test("where a flow leaves a decision by a letter, its condition and share stand at the circle, or else in the legend")
    func conditions() throws {
        func drawn(ways: Int) throws -> String {
            var editor = PlanEditor(Plan(key: try #require(PlanKey("p")), blueprint: .improvement))
            let process = editor.add(PlanModel.Process.self) { ($0.title, $0.kind) = ("流程", .asIs) }
            func step(_ title: String, _ kind: StepKind = .task, by actor: String = "一线") -> RecordID {
                editor.add(Step.self) { ($0.title, $0.kind, $0.process, $0.actor) = (title, kind, process, actor) }
            }
            // Ten columns in two bands: the decision is the last of the first.
            let before = (1...4).map { step("前\($0)") } + [step("判断", .decision)]
            let next = (0..<ways).map { step("情况", by: ["二线", "研发", "运维"][$0]) }
            let after = [next[0]] + (1...4).map { step("后\($0)") }
            for chain in [before, after] {
                for (one, other) in zip(chain, chain.dropFirst()) { editor.update(one, as: Step.self) { $0.next = [other] } }
            }
            editor.update(before[4], as: Step.self) { $0.next = next }
            for (place, id) in next.enumerated() {
                editor.update(id, as: Step.self) { ($0.condition, $0.share) = ("情况\(place + 1)", [0.4, 0.35, 0.25][place]) }
            }
            let day = try #require(DocumentTests.today)
            let facts = try #require(PlanFacts(editor.plan.key, in: Workspace(plans: [editor.plan]), today: day))
            return PlanPicture.pages(.swimLanes, facts, .chinese).map(\.markup.string).joined()
        }
        let two = try drawn(ways: 2)
        for words in ["情况1", "40%", "情况2", "35%"] { #expect(two.contains(">\(words)</text>"), "\(words)") }
        #expect(try drawn(ways: 3).contains("圈内字母相同处相接；A 情况1 40%、B 情况2 35%、C 情况3 25%"))
    }

    @Test("of records measured in different things each line says its unit")
    func differentUnits() throws {
        let facts = try CrowdedPictureTests.facts(
            "department",
            "  measures:\n    - title: 解决时长\n      unit: 小时\n      values: { 2026-01: 5, 2026-02: 4 }\n    - title: 解决率\n      unit: '%'\n      values: { 2026-01: 50, 2026-02: 60 }\n"
        )
        let kind = Kind.of(Measure.self)
        let setting = RecordSetting(facts, .chinese, kind, facts.plan.records(kind), nil, withSecrets: false)
        let grid = try #require(setting.periodGrids.first)
        #expect(grid.table(caption: "").rows.map { $0.cells[1].plain } == ["解决时长（小时）", "解决率（%）"])
        #expect(!grid.title(kind.names.many).zh.contains("单位"))
    }

    @Test("ids, dates and numbers of figures are broken in no form; other hyphens may be")
    func unbroken() {
        let text = "T-12 自 2026-03-05 起，见图 3-1；follow-up 与 -5 不算"
        #expect(UnbrokenText.parts(text).filter(\.isWhole).map { String($0.text) } == ["T-12", "2026-03-05", "3-1"])
        #expect(UnbrokenText.parts(text).map { String($0.text) }.joined() == text)
        #expect(UnbrokenText.betweenHyphens(text[...]).joined(separator: "-") == text)
        #expect(UnbrokenText.betweenHyphens(text[...]).count == 5)
        let series = "实际值：1（2026-07）、12.5%（2026-08-03），by 3 (2026-09) of 4 (all)"
        #expect(
            UnbrokenText.parts(series).filter(\.isWhole).map { String($0.text) } == [
                "1（2026-07）", "12.5%（2026-08-03）", "3 (2026-09)",
            ])
    }

    @Test("a figure stays with its unit, a month with its year, and what a bracket opens with the bracket")
    func units() {
        let text = "签约 1,200 万元，3 个目标落后，约 2,000 万元的合同，在 10月 与 2026年3月5日，1–6 月，（T-12 后）8 days of all"
        #expect(
            UnbrokenText.parts(text).filter(\.isWhole).map { String($0.text) } == [
                "1,200 万元", "3 个", "2,000 万元", "10月", "2026年3月5日", "1–6 月", "（T-12", "8 days",
            ])
        #expect(UnbrokenText.parts(text).map { String($0.text) }.joined() == text)
    }

    @Test("a name in a list stays whole, and lines end between names")
    func names() {
        let names = Manuscript.Text.list(["林晓棠", "季青临 40%"], separator: "、")
        #expect(names.parts.map { String($0.text) } == ["林晓棠、", "季青临 40%"] && names.parts.allSatisfy(\.isWhole))
        let english = Manuscript.Text.list(["林晓棠", "T-4"], separator: ", ")
        #expect(english.parts.map { String($0.text) } == ["林晓棠,", " ", "T-4"] && english.plain == "林晓棠, T-4")
    }

    @Test("prose of three lines is not broken over pages, longer prose may be")
    func fewLines() throws {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("p")), blueprint: .improvement))
        let day = try #require(DocumentTests.today)
        for (count, isWhole) in [(100, true), (150, false)] {
            editor.write(String(repeating: "字", count: count), section: "analysis")
            let facts = try #require(PlanFacts(editor.plan.key, in: Workspace(plans: [editor.plan]), today: day))
            let page = HTMLWriter.write(Manuscript(facts, .chinese))
            #expect(page.contains("<div class=\"prose few\">") == isWhole && page.contains(".prose.few { break-inside: avoid; }"))
        }
    }

    @Test("in Word an id after an ideograph has a space before it at which a line can end, and none inside")
    func wordLines() throws {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("p")), blueprint: .improvement))
        editor.write("改进自2026-03-05起，（T-12）；见 T-4，用 8 天。", section: "analysis")
        let day = try #require(DocumentTests.today)
        let facts = try #require(PlanFacts(editor.plan.key, in: Workspace(plans: [editor.plan]), today: day))
        let word = DocxWriter.document(Manuscript(facts, .chinese)) { _, _ in nil }
        func t(_ text: String) -> String { "<w:t xml:space=\"preserve\">\(text)</w:t>" }
        let hyphen = "<w:noBreakHyphen/>"
        let narrow = "<w:r><w:rPr><w:sz w:val=\"2\"/></w:rPr>\(t(" "))</w:r>"
        #expect(word.contains("自</w:t></w:r><w:r>\(t(" "))</w:r><w:r>\(t("2026"))\(hyphen)\(t("03"))\(hyphen)\(t("05"))"))
        #expect(word.contains("，</w:t></w:r>\(narrow)<w:r>\(t("（T"))\(hyphen)\(t("12"))"))
        // After a space there is one already, and a figure's own space is none.
        #expect(word.contains("见 </w:t>\(t("T"))\(hyphen)\(t("4"))") && word.contains(t("8\u{A0}天")))
    }

    @Test("what is counted by months on more than a page stands at the end of the document, its sums in the text")
    func appendix() throws {
        let facts = try DocumentTests.facts("service-sales-2026.yaml")
        let blocks = Manuscript(facts, .chinese).blocks
        let tables = blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
        let main = try #require(tables.first { $0.caption.hasSuffix("　销售目标") })
        let appendix = try #require(blocks.lastIndex { if case .heading(1, _, "附录：各期数值", _) = $0 { true } else { false } })
        let months = blocks[appendix...].compactMap { if case .table(let table) = $0 { table } else { nil } }
        #expect(months.count == 2 && months.allSatisfy(\.isDense))
        let column = try #require(main.columns.firstIndex { $0.title == "各月目标合计（1–12月）" })
        // Of fewer months; the target of the same stands below.
        #expect(Set(main.columns.map(\.title)).isSuperset(of: ["各月实际合计（1–10月）", "至今达成"]))
        let total = try #require(months[0].columns.firstIndex { $0.title == "合计" })
        for target in facts.plan.all(SalesTarget.self) {
            // As entered, month by month.
            let sum = DisplayText.figure((target.target?.values ?? []).reduce(0, +))
            let row = try #require(main.rows.first { $0.cells[0].plain == target.id.short })
            #expect(row.cells[column].plain == sum && row.details.contains { $0.label == "至今目标" })
            let line = try #require(months[0].rows.first { $0.cells[0].plain == target.id.short })
            #expect(line.cells[1].plain == "各月目标" && line.cells[total].plain == sum)
        }
        #expect(main.units.contains { $0.label == "各期数值" && $0.text.plain == "见附录" })
    }

    @Test("what all records of a table say alike stands once above it, and not below every row")
    func shared() throws {
        let facts = try DocumentTests.facts("service-sales-2026.yaml")
        let manuscript = Manuscript(facts, .chinese)
        let table = try #require(
            manuscript.blocks.lazy.compactMap { block -> Manuscript.Table? in
                if case .table(let table) = block, table.caption.hasSuffix("销售目标") { table } else { nil }
            }.first)
        #expect(table.shared.map(\.label) == ["金额单位"] && table.shared.map(\.text) == [.line("万元")])
        #expect(table.rows.allSatisfy { row in !row.details.contains { $0.label == "金额单位" } })
        // What stands in columns as an id is named once above them.
        #expect(table.units.map(\.label) == ["PD-1", "PD-2", "PD-3", "CH-1", "CH-2", "CH-3", "各期数值"])
        #expect(table.units.first?.text == .line("驻场服务（人天）"))
        for form in [
            HTMLWriter.write(manuscript).replacing(/<[^>]*>/, with: ""), MarkdownWriter.write(manuscript) { _, _ in "" },
            DocxWriter.document(manuscript) { _, _ in [] }.replacing(/<[^>]*>/, with: ""),
        ] { #expect(form.contains("各项相同")) }
    }

    @Test("what a record says below its row is said once: its particulars where it stands first, its prose where it stands last")
    func repeated() throws {
        let facts = try DocumentTests.facts("support-2026.yaml")
        let tables = Manuscript(facts, .chinese).blocks.compactMap { block -> Manuscript.Table? in
            if case .table(let table) = block, table.caption.contains("风险") || table.caption.hasSuffix("应急预案") {
                table
            } else {
                nil
            }
        }
        let details = tables.flatMap(\.rows).flatMap(\.details)
        let risks = facts.plan.all(Risk.self)
        #expect(details.count { $0.label == "触发条件" } == risks.count { $0.trigger != nil })
        // By category with its figures, then by response with what is done.
        #expect(details.count { $0.label == "应对措施" } == risks.count { $0.measures != nil })
        let first = try #require(tables.first)
        #expect(first.columns.contains { $0.title == "可能性" } && first.rows.flatMap(\.details).allSatisfy { $0.label != "应对措施" })
        #expect(first.units.contains { $0.label.contains("应对措施") && $0.text.plain == "见后文按「应对方式」所列" })
        let last = try #require(tables.last)
        #expect(!last.columns.contains { $0.title == "可能性" } && last.rows.flatMap(\.details).contains { $0.label == "应对措施" })
    }

    @Test("what a picture says stays on the page of the picture that follows it")
    func sentences() throws {
        let manuscript = Manuscript(try DocumentTests.facts("company-2026.yaml"), .chinese)
        let sentence = "6 个目标，其中 2 个落后。"
        let word = DocxWriter.document(manuscript) { _, _ in [] }
        let kept = word.components(separatedBy: "<w:keepNext/></w:pPr>").map { $0.prefix(400).replacing(/<[^>]*>/, with: "") }
        #expect(kept.contains { $0.replacing("\u{A0}", with: " ").hasPrefix(sentence) })
        // One whose picture waits at the end of the chapter does not wait with it.
        #expect(!word.contains(/<w:keepNext\/><\/w:pPr><w:r><w:t xml:space="preserve">[^<]*见本章末/))
    }

    @Test("a year of wide figures stands in two tables of half a year, a year of narrow ones in one")
    func halves() throws {
        func grids(_ values: [Double]) throws -> [String] {
            var editor = PlanEditor(Plan(key: try #require(PlanKey("p")), blueprint: .department))
            for title in ["收入", "成本"] {
                var series = Series()
                for (month, value) in values.enumerated() {
                    let first = try #require(Day(year: 2026, month: month + 1, day: 1))
                    series[first + Day.length(ofMonth: month + 1, in: 2026) - 1] = value
                }
                _ = editor.add(Measure.self) {
                    $0.title = title; $0.values = series
                }
            }
            let day = try #require(DocumentTests.today)
            let facts = try #require(PlanFacts(editor.plan.key, in: Workspace(plans: [editor.plan]), today: day))
            return Manuscript(facts, .chinese).blocks.compactMap { block in
                if case .table(let table) = block, table.caption.contains("实际值") { table.caption } else { nil }
            }
        }
        let wide = try grids((1...12).map { 1_234_500 + Double($0) })
        #expect(wide.count == 2 && wide[0].hasSuffix("（2026年1–6月）") && wide[1].hasSuffix("（2026年7–12月）"))
        let narrow = try grids((1...12).map(Double.init))
        #expect(narrow.count == 1 && narrow[0].hasSuffix("（2026年）"))
    }
}
