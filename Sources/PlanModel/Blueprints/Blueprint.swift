/// A kind of plan as an outline: chapters with guidance, prose, the records and the pictures that belong there.
/// The editor, the exported document and the navigation all walk this tree.
public struct Blueprint: Sendable, Hashable {
    /// In plan files and addresses: `department`.
    public let key: String
    public let name: Label
    /// What the plan is for, in a sentence.
    public let help: Label
    public let chapters: [Section]

    public init(_ key: String, _ zh: String, _ en: String, help: Label, chapters: [Section]) {
        self.key = key
        name = Label(zh, en)
        self.help = help
        self.chapters = chapters
    }

    public static func == (a: Blueprint, b: Blueprint) -> Bool { a.key == b.key }
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// Every section in document order, chapters included.
    public var sections: [Section] { chapters.flatMap(\.withDescendants) }

    public func section(_ key: String) -> Section? { sections.first { $0.key == key } }

    /// The section whose page is the home of a kind: the first that shows it.
    public func home(of kind: Kind) -> Section? { sections.first { $0.kinds.contains(kind) } }

    public static let all: [Blueprint] = [.company, .department, .growth, .project, .sales, .improvement]
    public static func named(_ key: String) -> Blueprint? { all.first { $0.key == key } }
}

/// A chapter or section of a blueprint.
public struct Section: Sendable, Hashable {
    /// Stable, in plan files and addresses: `goals.breakdown`.
    public let key: String
    public let title: Label
    /// What belongs here and how to write it well.
    public let guidance: Label
    public let contents: [Content]
    public let sections: [Section]

    public init(
        _ key: String, _ zh: String, _ en: String, guide: Label, _ contents: [Content] = [.prose], sections: [Section] = []
    ) {
        self.key = key
        title = Label(zh, en)
        guidance = guide
        self.contents = contents
        self.sections = sections
    }

    public static func == (a: Section, b: Section) -> Bool { a.key == b.key }
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// Its records under another heading, without the prose that belongs to its own.
    func titled(_ zh: String, _ en: String) -> Section {
        let contents = contents.filter { if case .prose = $0 { false } else { true } }
        return Section(key, zh, en, guide: guidance, contents, sections: sections)
    }

    var withDescendants: [Section] { [self] + sections.flatMap(\.withDescendants) }

    /// The kinds shown here, not in sections below.
    public var kinds: [Kind] {
        contents.compactMap { if case .records(let type, _) = $0 { Kind.of(type) } else { nil } }
    }
}

/// What stands in a section, in order.
public enum Content: Sendable {
    /// Text of the plan's authors.
    case prose
    /// Records of a kind; where given, only those whose choice field has one of the values. New ones made here get the first.
    case records(any RecordKind.Type, where: Filter? = nil)
    case picture(PictureName)
}

/// Records whose field `field` holds one of `values`.
public struct Filter: Sendable, Hashable {
    public let field: String
    public let values: [String]

    public init(_ field: String, _ values: String...) {
        self.field = field
        self.values = values
    }

    /// Whether all have the value that the section is named for: it need not be said of each.
    public func isSettled(for records: [Record]) -> Bool {
        values.count == 1 || records.allSatisfy { Filter(field, only: values[0]).admits($0) }
    }

    private init(_ field: String, only value: String) { (self.field, values) = (field, [value]) }

    public func admits(_ record: Record) -> Bool {
        switch record[field] {
        case .choice(let key)?: values.contains(key)
        case .flag(let flag)?: values.contains(flag ? "true" : "false")
        default: values.contains("")
        }
    }
}

/// A picture that can stand in a plan. What it shows is computed from the plan.
public enum PictureName: String, Sendable, CaseIterable {
    case gantt, goalTree, cascade, measureTrends, riskMap, swot, raci, fishbone, fiveWhy, priorityMatrix, pareto, funnel,
        budgetBars
    case marketingCalendar, swimLanes, toBeLanes, processMap, abilityRadar, loadHistogram, network, earnedValue, simulation,
        controlCharts, beforeAfter
    case salesHeat, salesWaterfall, competitorMap, cohorts, unitEconomics, promoterScores, campaignReturns, campaignMap,
        budgetShift, quadrants,
        balanceWheel, timeSpent, habitStreaks
}
