import Foundation
import PlanInsight
import PlanModel
import PlanPictures
import Synchronization
import Testing
import WorkingTime

@testable import PlanExchange

/// The document has the whole plan in it, in every form.
@Suite struct DocumentTests {
    static let today = Day("2026-11-20")

    /// Kept, so that logs are read and processes simulated once.
    private static let known = Mutex<[String: PlanFacts]>([:])

    static func facts(_ file: String) throws -> PlanFacts {
        if let known = known.withLock({ $0[file] }) { return known }
        let key = try #require(PlanKey(String(file.dropLast(".yaml".count))))
        let workspace = try SampleTests.all.get()
        let day = try #require(today)
        let facts = try #require(PlanFacts(key, in: workspace, today: day))
        return known.withLock { known in
            if let first = known[file] { return first }
            known[file] = facts
            return facts
        }
    }

    @Test("making a document tells how far it is, and ends where it is told to", arguments: [DocumentFormat.docx, .pdf])
    func ended(format: DocumentFormat) throws {
        let facts = try Self.facts("company-2026.yaml")
        let parts = Mutex<[Double]>([])
        #expect(throws: CancellationError.self) {
            try DocumentExport.make(facts, format, .chinese) { part in
                parts.withLock { parts in
                    parts.append(part)
                    return parts.count < 3
                }
            }
        }
        let told = parts.withLock { $0 }
        #expect(told.count >= 3 && told == told.sorted() && told.allSatisfy { (0...1).contains($0) }, "\(told)")
    }

    @Test("every field of every record of a sample stands with its record", arguments: SampleTests.files, Language.allCases)
    func complete(file: String, language: Language) throws {
        let facts = try Self.facts(file)
        let words = Self.wordsByRecord(Manuscript(facts, language))
        let settled = Self.settledFields(facts.plan)
        for record in facts.plan.kinds.filter({ !$0.isSecret }).flatMap({ facts.plan.records($0) }) {
            let printed = words[record.id.short] ?? ""
            for field in record.kind.fields where !field.spec.isSecret && settled[record.id]?.contains(field.key) != true {
                guard let value = record.values[field.index], value != field.spec.initial else { continue }
                // That a task is done stands in its health.
                let isDone = field.key == "state" && value == .choice("done") || field.key == "progress" && value == .number(1)
                let isTask = record.id.prefix == PlanTask.names.prefix
                let expected =
                    Self.scheduled(value, record, facts, language) ?? Self.expected(value, field, record, facts, language)
                for text in isTask && isDone ? [Status.done.label[language]] : expected
                where !text.isEmpty && !printed.contains(Self.letters(text)) && !Self.letters(text).isEmpty {
                    Issue.record("\(record.id.short).\(field.key): \(text.prefix(80))")
                }
            }
        }
    }

    @Test("amounts that add up have their total below; the parts of a budget line are in it already")
    func totals() throws {
        let facts = try Self.facts("dispatch-2026.yaml")
        let lines = facts.plan.all(BudgetLine.self).filter { ["B-8", "B-9", "B-10"].contains($0.id.short) }.map(\.record)
        #expect(lines.count == 3)
        func last(_ records: [Record]) -> [String] {
            let setting = RecordSetting(facts, .chinese, .of(BudgetLine.self), records, nil, withSecrets: false)
            let table = setting.table(caption: "")
            return table.rows.last?.isTotal == true ? table.rows.last?.cells.map(\.plain) ?? [] : []
        }
        // 186,000 + 96,000 + 120,000 planned; 186,000 + 93,800 + 118,600 spent.
        #expect(last(lines).contains("402,000") && last(lines).contains("398,400") && last(lines)[1] == "合计")
        #expect(last(Array(lines.prefix(1))).isEmpty)
        let parts = try #require(lines.last)
        let whole = Record(id: parts.id, parent: lines[0].id.number, values: parts.values)
        #expect(last([lines[0], lines[1], whole]).contains("282,000"))
    }

    @Test("what the manuscript says stands in Markdown, HTML and Word", arguments: SampleTests.files, Language.allCases)
    func everyForm(file: String, language: Language) throws {
        let manuscript = Manuscript(try Self.facts(file), language)
        let forms = [
            (
                "md",
                MarkdownWriter.write(manuscript) { _, _ in "" }.replacing("&lt;", with: "").replacing("&gt;", with: "").replacing(
                    "&amp;", with: "")
            ),
            ("html", Self.text(ofMarkup: HTMLWriter.write(manuscript))),
            ("docx", Self.text(ofMarkup: DocxWriter.document(manuscript) { _, _ in [] })),
        ]
        for (form, text) in forms {
            let printed = Data(Self.letters(text).utf8)
            for words in Self.everything(manuscript) where printed.range(of: Data(Self.letters(words).utf8)) == nil {
                if !Self.letters(words).isEmpty { Issue.record("\(form): \(words.prefix(80))") }
            }
        }
    }

    @Test(
        "captions number tables and figures through every chapter, and every figure that waits is pointed to",
        arguments: SampleTests.files)
    func captions(file: String) throws {
        let blocks = Manuscript(try Self.facts(file), .chinese).blocks
        var chapter = 0
        var isNumbered = true
        var tables: [String] = []
        var figures: [String] = []
        for block in blocks {
            switch block {
            case .heading(1, let number, _, _):
                chapter += 1
                // Chapters without a number share one row of numbers.
                (tables, figures) = (isNumbered || !number.isEmpty ? [] : tables, [])
                isNumbered = !number.isEmpty
            case .table(let table):
                tables.append(String(table.caption.prefix { $0 != "　" }))
                #expect(tables.last == (isNumbered ? "表 \(chapter)-\(tables.count)" : "附表 \(tables.count)"))
                #expect(abs(table.columns.reduce(0) { $0 + $1.width } - 1) < 1e-9)
                #expect(table.rows.allSatisfy { $0.cells.count == table.columns.count })
            case .picture(_, let caption, _):
                let number = String(caption.prefix { $0 != "　" })
                if number != figures.last { figures.append(number) }
                #expect(number == "图 \(chapter)-\(figures.count)")
            default: break
            }
        }
        let anchors = Set(blocks.compactMap { if case .picture(_, _, let anchor) = $0 { anchor } else { nil } })
        for case .remark(_, let anchor?) in blocks { #expect(anchors.contains(anchor)) }
    }

    @Test("tables with amounts say the currency", arguments: SampleTests.files, Language.allCases)
    func currency(file: String, language: Language) throws {
        let name = language == .chinese ? "元" : "CNY"
        for case .table(let table) in Manuscript(try Self.facts(file), language).blocks
        where table.caption.contains("\(language == .chinese ? "　" : "  ")\(BudgetLine.names.many[language])") {
            #expect(table.units.contains { $0.text == .line(name) }, "\(table.caption)")
        }
    }

    @Test("tables of risks tell who answers for each and how it stands, in both languages", arguments: Language.allCases)
    func riskColumns(language: Language) throws {
        for file in ["support-2026.yaml", "dispatch-2026.yaml"] {
            var tables = 0
            for case .table(let table) in Manuscript(try Self.facts(file), language).blocks
            where table.caption.contains("\(language == .chinese ? "　风险：" : "  Risks: ")") {
                tables += 1
                for (key, zh, en) in [("owner", "责任人", "Owner"), ("state", "状态", "State")] {
                    let label = language == .chinese ? zh : en
                    #expect(
                        table.columns.contains { $0.title == label } || table.shared.contains { $0.label == label }
                            || table.rows.count < 3, "\(file): \(table.caption) has no \(key)")
                }
            }
            #expect(tables > 2)
        }
    }

    @Test("English sentences count in the right number and write percent signs at their figures", arguments: SampleTests.files)
    func englishCounts(file: String) throws {
        for case .remark(let words, _) in Manuscript(try Self.facts(file), .english).blocks {
            #expect(
                words.firstMatch(
                    of:
                        /\b[01] (company |of them |more )?(goals|duties|tasks|measures|risks|points|steps|causes|chains|companies|activities)\b/
                ) == nil, "\(words)")
            #expect(words.firstMatch(of: /\d %/) == nil, "\(words)")
        }
    }

    @Test(
        "a section nobody wrote anything in says so; a plan nobody wrote anything in says what belongs there",
        arguments: Language.allCases)
    func empty(language: Language) throws {
        let blank = Plan(key: try #require(PlanKey("p")), blueprint: .department)
        var editor = PlanEditor(blank)
        editor.write("部门的使命", section: "purpose")
        let plan = editor.plan
        let day = try #require(Self.today)
        let facts = try #require(PlanFacts(plan.key, in: Workspace(plans: [plan]), today: day))
        let blocks = Manuscript(facts, language).blocks
        let leaves = plan.blueprint.sections.filter(\.sections.isEmpty).count
        let remarks = blocks.compactMap { if case .remark(let words, _) = $0 { words } else { nil } }
        #expect(remarks == Array(repeating: language == .chinese ? "（尚无内容。）" : "(Nothing here yet.)", count: leaves - 1))
        let unwritten = try #require(PlanFacts(plan.key, in: Workspace(plans: [blank]), today: day))
        let guides = Manuscript(unwritten, language).blocks.compactMap { if case .guide(let words) = $0 { words } else { nil } }
        #expect(guides == plan.blueprint.sections.filter(\.sections.isEmpty).map { $0.guidance[language] })
    }

    @Test("a schedule of many tasks is drawn on several pages with every task on one of them", arguments: Language.allCases)
    func ganttPages(language: Language) throws {
        let facts = try Self.facts("dispatch-2026.yaml")
        let pages = PlanPicture.pages(.gantt, facts, language)
        #expect(pages.count > 3)
        let drawn = pages.map(\.markup.string).joined()
        for (task, dates) in zip(facts.schedule.tasks, facts.schedule.dates) where !dates.isInactive {
            #expect(drawn.components(separatedBy: ">\(task.id.short)<").count == 2, "\(task.id.short)")
        }
    }

    @Test("Markdown sets in what stands below another")
    func markdownDepth() throws {
        let text = MarkdownWriter.write(Manuscript(try Self.facts("dispatch-2026.yaml"), .chinese)) { _, _ in "" }
        let tasks = text.split(separator: "\n").filter { $0.hasPrefix("| T-") }
        #expect(tasks.contains { $0.contains(/\| T-\d+ \| 　[^　]/) } && tasks.contains { $0.contains(/\| T-\d+ \| [^　 ]/) })
    }

    @Test("a task says once when it begins and ends, and how it stands")
    func taskOnce() throws {
        let facts = try Self.facts("company-2026.yaml")
        let setting = RecordSetting(
            facts, .chinese, .of(PlanTask.self), facts.plan.records(.of(PlanTask.self)), nil, withSecrets: false)
        let table = setting.table(caption: "")
        let heads = table.columns.map(\.title)
        #expect(heads.contains("排期") && heads.contains("状况") && !heads.contains("状态"))
        for (row, record) in zip(table.rows, facts.plan.records(.of(PlanTask.self))) {
            guard let task = Typed<PlanTask>(record), let dates = facts.schedule[task.id], task.start == dates.start else {
                continue
            }
            #expect(!row.details.contains { $0.label == "开始日期" }, "\(task.id.short)")
        }
    }

    @Test("a grid of letters stands for the table of responsibilities, unless there are too many people")
    func responsibilities() throws {
        let day = try #require(Self.today)
        let key = try #require(PlanKey("p"))
        func facts(_ people: Int) throws -> PlanFacts {
            var editor = PlanEditor(Plan(key: key, blueprint: .department))
            let ids = (1...people).map { number in editor.add(Person.self) { $0.name = "员工\(number)" } }
            editor.add(Responsibility.self) { ($0.duty, $0.accountable, $0.responsible) = ("夜间值班", [ids[0]], ids) }
            return try #require(PlanFacts(key, in: Workspace(plans: [editor.plan]), today: day))
        }
        let few = try facts(3)
        let records = few.plan.records(.of(Responsibility.self))
        let table = try #require(ResponsibilityMatrix(few, .chinese, records)?.table(caption: ""))
        #expect(table.columns.map(\.title) == ["编号", "事项", "员工1", "员工2", "员工3"])
        #expect(table.rows.map { $0.cells.map(\.plain) } == [["RA-1", "夜间值班", "AR", "R", "R"]])
        let blocks = Manuscript(few, .chinese).blocks
        #expect(!blocks.contains { if case .picture(let picture, _, _) = $0 { picture.name == .raci } else { false } })
        let many = try facts(30)
        #expect(ResponsibilityMatrix(many, .chinese, many.plan.records(.of(Responsibility.self))) == nil)
    }

    @Test("in a series of days one that ends a month is a day, too")
    func daysAndMonths() throws {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("p")), blueprint: .department))
        let points = ["2026-05-24", "2026-05-31", "2026-06-07"].compactMap { Day($0) }.map { ($0, 1.0) }
        editor.add(Measure.self) { ($0.title, $0.values) = ("来量", Series(points)) }
        let record = try #require(editor.plan.records(.of(Measure.self)).first)
        #expect(PeriodGrid.text(Series(points), of: record, .chinese) == "1（2026-05-24）、1（2026-05-31）、1（2026-06-07）")
    }

    @Test("the document of an improvement says what a simulation expects of the process to be")
    func simulated() throws {
        let facts = try Self.facts("escalation-2026.yaml")
        let blocks = Manuscript(facts, .chinese).blocks
        let place = try #require(
            blocks.firstIndex { if case .table(let table) = $0 { table.caption.contains("流程仿真") } else { false } })
        guard case .remark(let words, _) = blocks[place - 1], case .table(let table) = blocks[place] else {
            Issue.record("no words before the table")
            return
        }
        #expect(words.contains("95% 区间") && words.contains("每侧 20 次"))
        #expect(table.rows.count >= 3 && table.rows.allSatisfy { $0.cells[3].plain.contains(" 至 ") })
    }

    @Test("hostile text is text in Markdown, and addresses that run code lead nowhere")
    func hostileMarkdown() {
        let evil =
            "<script>alert(1)</script>\n\n[x](javascript:alert(2)) ![y](data:text/html,z) a<img src=x onerror=alert(3)>b\n\n# 大标题"
        let made = Prose.markdown(evil)
        #expect(!made.contains("javascript:") && !made.contains("data:"))
        #expect(made.contains("alert(1)") && made.contains("onerror") && made.contains("###### 大标题"))
        // Every bracket that could open a tag is escaped; what stands in brackets is an empty address.
        #expect(made.replacing("<>", with: "").matches(of: /(.)?</).allSatisfy { $0.1 == "\\" })
        #expect(MarkdownWriter.escaped("<b>|`*_[a](b)") == "&lt;b&gt;\\|\\`\\*\\_\\[a\\](b)")
    }

    @Test("links, emphasis and rules of prose are links, emphasis and rules in Word")
    func wordProse() throws {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("p")), blueprint: .improvement))
        editor.write("看[这里](https://example.com/?a=1&b=2)，*要紧*。\n\n---\n\n[坏](javascript:alert(1))", section: "analysis")
        let workspace = Workspace(plans: [editor.plan])
        let day = try #require(Self.today)
        let facts = try #require(PlanFacts(editor.plan.key, in: workspace, today: day))
        let word = DocxWriter.document(Manuscript(facts, .chinese)) { _, _ in nil }
        #expect(word.contains("<w:hyperlink r:id=\"rLink0\">") && !word.contains("rLink1"))
        #expect(word.contains("<w:em w:val=\"dot\"/>") && word.contains("w:val=\"Rule\""))
    }

    // MARK: What is expected

    /// Letters and digits alone, so that marks of a form and line ends do not matter.
    static func letters(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
    }

    private static func text(ofMarkup markup: String) -> String {
        var out = ""
        var isTag = false
        for character in markup {
            if character == "<" {
                isTag = true
            } else if character == ">" {
                isTag = false
            } else if !isTag {
                out.append(character)
            }
        }
        return ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].reduce(out) { $0.replacing($1, with: "") }
    }

    /// A day that is where the schedule puts a task stands there, without its year.
    private static func scheduled(_ value: Value, _ record: Record, _ facts: PlanFacts, _ language: Language) -> [String]? {
        guard case .date(let day) = value, let dates = facts.schedule[record.id], day == dates.start || day == dates.finish else {
            return nil
        }
        return [DisplayText.short(day, language)]
    }

    /// The texts that a field must be found by: told from the value alone.
    private static func expected(
        _ value: Value, _ field: FieldInfo, _ record: Record, _ facts: PlanFacts, _ language: Language
    ) -> [String] {
        let show = DisplayText(facts.plan, in: facts.workspace, language)
        switch value {
        // Answers are told by what they say of the service.
        case .text(let text) where field.key == "scores": return SurveyScores.words(of: text).map { [$0[language]] } ?? [text]
        // Spans of days are set in the signs of the language.
        case .text(let text) where ["leave", "interruptions"].contains(field.key) && language == .english:
            return [text.replacing(" 至 ", with: " – ")]
        case .text(let text): return field.type == .prose ? Prose.blocks(text).flatMap(\.runs).map(\.text) : [text]
        case .flag(true): return [field.label[language]]
        case .references(let ids):
            return ids.map { id in
                // People and what stands in other plans go by name, for an id of theirs says nothing here.
                let isNamed = ["P", "RO", "CT"].contains(id.prefix) || id.plan != facts.plan.key
                return isNamed ? facts.workspace.record(id)?.title ?? id.short : id.short
            }
        case .series(let series):
            guard let first = series.points.first, let last = series.last else { return [] }
            return [first.value, last.value].map(record["formula"] == nil ? DisplayText.figure : DisplayText.computed)
        default: return [show.text(value, field)]
        }
    }

    /// The fields whose one value is the filter of a section a record stands in.
    private static func settledFields(_ plan: Plan) -> [RecordID: Set<String>] {
        var settled: [RecordID: Set<String>] = [:]
        for section in plan.blueprint.sections {
            for case .records(let type, let filter?) in section.contents {
                let records = plan.records(Kind.of(type)).filter(filter.admits)
                for record in records where filter.isSettled(for: records) {
                    settled[record.id, default: []].insert(filter.field)
                }
            }
        }
        return settled
    }

    /// Everything that stands in the rows and entries of a record, column heads included.
    private static func wordsByRecord(_ manuscript: Manuscript) -> [String: String] {
        var words: [String: String] = [:]
        for block in manuscript.blocks {
            switch block {
            case .table(let table):
                var id = ""
                for row in table.rows {
                    if let own = row.cells.first?.plain, !own.isEmpty { id = own }
                    words[id, default: ""] += letters(
                        (table.columns.map(\.title) + row.cells.map(\.plain) + details(row.details + table.shared)).joined())
                }
            case .entry(let entry):
                let id = String(entry.title.prefix { $0 != "　" })
                words[id, default: ""] += letters(([entry.title] + details(entry.details)).joined())
            default: break
            }
        }
        return words
    }

    private static func details(_ details: [Manuscript.Detail]) -> [String] { details.flatMap { [$0.label, $0.text.plain] } }

    private static func everything(_ manuscript: Manuscript) -> [String] {
        manuscript.particulars.flatMap { [$0.0, $0.1] }
            + manuscript.blocks.flatMap { block -> [String] in
                switch block {
                case .heading(_, _, let text, _): [text]
                case .prose(let text): Prose.blocks(text).flatMap(\.runs).map(\.text)
                case .remark(let text, _), .guide(let text): [text]
                case .entry(let entry): [entry.title] + entry.details.flatMap { [$0.label] + runs($0.text) }
                case .picture(_, let caption, _): [caption]
                case .table(let table):
                    [table.caption] + table.columns.map(\.title)
                        + table.shared.flatMap { [$0.label, $0.text.plain] }
                        + table.rows.flatMap { $0.cells.flatMap(runs) + $0.details.flatMap { [$0.label] + runs($0.text) } }
                }
            }
    }

    private static func runs(_ text: Manuscript.Text) -> [String] {
        switch text {
        case .line(let line): [line]
        case .list(let items, _): items
        case .prose(let prose): Prose.blocks(prose).flatMap(\.runs).map(\.text)
        }
    }
}

@Suite struct PDFTests {
    private static let hasChromium = Tool.path("chromium", "chromium-browser", "google-chrome") != nil

    @Test(
        "a PDF has its chapters in order, and contents that name their pages", .enabled(if: hasChromium),
        arguments: Language.allCases)
    func pages(language: Language) throws {
        let facts = try DocumentTests.facts("company-2026.yaml")
        let pdf = Data(try DocumentExport.make(facts, .pdf, language))
        #expect(pdf.starts(with: Data("%PDF-".utf8)))
        let pages = PDFDestinations.pages(pdf)
        let chapters = facts.plan.blueprint.chapters.compactMap { pages[$0.key] }
        #expect(chapters.count == facts.plan.blueprint.chapters.count && chapters == chapters.sorted())
        // Cover and contents come first.
        #expect(chapters.first == 3)
        let html = HTMLWriter.write(Manuscript(facts, language), pages: pages)
        for (chapter, page) in zip(facts.plan.blueprint.chapters, chapters) {
            #expect(html.contains(try Regex("href=\"#\(chapter.key)\">.{0,200}<span>\(page)</span></a>")))
        }
    }

    @Test("destinations are read over a page tree of several levels, and nothing from what is no PDF")
    func destinations() {
        let pdf = """
            %PDF-1.4
            9 0 obj
            <</Type /Pages /Count 3 /Kids [5 0 R 8 0 R]>>
            endobj
            5 0 obj
            <</Type /Pages /Count 2 /Kids [3 0 R 4 0 R]>>
            endobj
            12 0 obj
            <</a [4 0 R /XYZ 0 10 0]
            /b.c [8 0 R /XYZ 0 10 0]
            /d [77 0 R /XYZ 0 10 0]>>
            endobj
            """
        #expect(PDFDestinations.pages(Data(pdf.utf8)) == ["a": 2, "b.c": 3])
        #expect(PDFDestinations.pages(Data("nothing /Kids [ /XYZ".utf8)).isEmpty)
    }
}
