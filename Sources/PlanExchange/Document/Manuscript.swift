import Markup
import PlanInsight
import PlanModel
import PlanPictures

/// A plan set as a document, before it takes the form of HTML, Word or Markdown: the outline with everything in its place.
public struct Manuscript: Sendable {
    public enum Block: Sendable {
        /// Level 1 for chapters.
        case heading(level: Int, number: String, text: String, anchor: String)
        case prose(String)
        case table(Table)
        /// A record that is mainly text, set as a block of its own.
        case entry(Entry)
        case picture(PlanPicture, caption: String, anchor: String)
        /// A sentence of our own, for instance what a picture says; the anchor leads to what it speaks of.
        case remark(String, anchor: String?)
        /// What belongs into a section, in a plan that nobody has written in yet.
        case guide(String)
    }

    /// What stands in a cell or behind a label.
    public enum Text: Sendable, Hashable {
        case line(String)
        /// Several of a kind, people for instance, none of whose names is parted.
        case list([String], separator: String)
        /// CommonMark, as the plan's authors wrote it.
        case prose(String)
    }

    /// A field of a record that has no column: its label, and what it holds; a property that simply holds has no text.
    public struct Detail: Sendable, Hashable {
        public let label: String
        public let text: Text

        /// Whether it is set as a passage of its own rather than in line with others.
        public var isPassage: Bool { if case .prose = text { true } else { false } }
    }

    public struct Table: Sendable {
        public struct Column: Sendable {
            public let title: String
            public let isNumeric: Bool
            /// Share of the table's width; all columns together take 1.
            public let width: Double
        }

        public struct Row: Sendable {
            public let cells: [Text]
            /// How deep the second cell is set in.
            public var depth = 0
            /// Below the cells, over the whole width.
            public var details: [Detail] = []
            /// Whether it says what the rows above come to.
            public var isTotal = false
        }

        public let caption: String
        public let columns: [Column]
        public let rows: [Row]
        /// What every row would say below its cells, said once above them.
        public var shared: [Detail] = []
        /// Whether its lines stand close, so that a long table of figures takes few pages.
        var isDense = false
        /// What its amounts are counted in.
        public var units: [Detail] = []

        /// Whether a row may not be the last on a page: the next is part of it, or says more of the same record.
        func leads(_ index: Int) -> Bool {
            guard index + 1 < rows.count else { return false }
            let next = rows[index + 1]
            return next.depth > rows[index].depth || next.cells.first?.plain.isEmpty == true && !next.isTotal
        }

        /// What stands above its rows, and the words before that.
        func note(_ language: Language) -> (title: String, details: [Detail]) {
            let title = Label("各项相同　", "Common to all: ")
            return (shared.isEmpty ? "" : title[language], shared + units)
        }
    }

    public struct Entry: Sendable {
        public let title: String
        public let details: [Detail]
    }

    public let title: String
    public let subtitle: String?
    public let organisation: String
    /// Label and value pairs of the cover.
    public let particulars: [(String, String)]
    public private(set) var blocks: [Block]
    public let language: Language
    public let isSample: Bool
    /// A page or two without cover and contents.
    public let isBrief: Bool

    /// - Parameters:
    ///   - withSecrets: whether what only the plan's owner sees goes into the document.
    ///   - part: the part of the plan that is a document of its own; the whole plan if nil.
    /// - Complexity: O(records + drawing the pictures).
    public init(_ facts: PlanFacts, _ language: Language, withSecrets: Bool = false, part: DocumentPart? = nil) {
        let plan = facts.plan
        self.language = language
        title = part?.label[language] ?? plan.title
        subtitle = part == nil ? plan.fields.subtitle : plan.title
        organisation = [plan.fields.organisation, plan.fields.department].compactMap { $0 }.joined(separator: "　")
        isSample = plan.fields.isSample == true
        isBrief = false
        particulars = Manuscript.particulars(facts, language)
        blocks = Typesetter.blocks(facts, language, withSecrets: withSecrets, part: part)
    }

    /// Whether a page of contents helps: not in a document of one or two headings.
    var hasContents: Bool {
        let headings = blocks.count { if case .heading(let level, _, _, _) = $0 { level <= 2 } else { false } }
        return !isBrief && headings > 2
    }

    /// A brief document of given blocks.
    init(
        title: String, subtitle: String?, organisation: String, particulars: [(String, String)], blocks: [Block],
        language: Language,
        isSample: Bool
    ) {
        (self.title, self.subtitle, self.organisation) = (title, subtitle, organisation)
        (self.particulars, self.blocks, self.language, self.isSample) = (particulars, blocks, language, isSample)
        isBrief = true
    }

    /// The same with other blocks.
    func holding(_ blocks: [Block]) -> Manuscript {
        var manuscript = self
        manuscript.blocks = blocks
        return manuscript
    }

    private static func particulars(_ facts: PlanFacts, _ language: Language) -> [(String, String)] {
        let plan = facts.plan.fields
        func t(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }
        var pairs: [(String, String?)] = [(t("编制", "Prepared by"), plan.owner), (t("审批", "Approved by"), plan.approver)]
        if let start = plan.start, let finish = plan.finish {
            pairs.append((t("计划期", "Period"), "\(DisplayText.long(start, language)) – \(DisplayText.long(finish, language))"))
        }
        pairs.append((t("批准日期", "Approved on"), plan.approvedOn.map { DisplayText.long($0, language) }))
        pairs.append((t("数据截至", "As of"), DisplayText.long(facts.today, language)))
        pairs.append((t("版次", "Revision"), facts.plan.revision > 0 ? "\(facts.plan.revision)" : nil))
        let overall = facts.overall
        if let progress = overall.progress {
            let errors = facts.errorReason.map { t("；\($0.zh)", "; \($0.en)") } ?? ""
            pairs.append(
                (
                    t("进度", "Progress"),
                    "\(overall.status.shape) \(overall.status.label[language])"
                        + t(
                            "：\(DisplayText.percent(progress))，按计划应为 \(DisplayText.percent(overall.expected))",
                            ": \(DisplayText.percent(progress)), planned \(DisplayText.percent(overall.expected))") + errors
                ))
        }
        pairs.append((t("密级", "Classification"), plan.classification))
        return pairs.compactMap { label, value in value.map { (label, $0) } }
    }
}
