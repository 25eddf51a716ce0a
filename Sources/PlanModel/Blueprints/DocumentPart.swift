/// A document that a project hands out on its own, made from the sections of its plan that it consists of.
public enum DocumentPart: String, Sendable, CaseIterable {
    case charter, requirements, wbs, testPlan, minutes, riskLog, changeLog, closingReport

    public var label: Label {
        switch self {
        case .charter: DocumentKind.charter.label
        case .requirements: Label("需求清单", "Requirements")
        case .wbs: Label("工作分解结构与排期", "Work breakdown and schedule")
        case .testPlan: Label("测试计划", "Test plan")
        case .minutes: DocumentKind.minutes.label
        case .riskLog: DocumentKind.riskLog.label
        case .changeLog: DocumentKind.changeLog.label
        case .closingReport: DocumentKind.closingReport.label
        }
    }

    /// The keys of its sections; each brings those within it.
    private var sections: Set<String> {
        switch self {
        case .charter: ["overview", "team.roles", "schedule.phases", "means.money", "risks.identification"]
        case .requirements: ["overview.content", "quality.acceptance"]
        case .wbs: ["schedule"]
        case .testPlan: ["quality.tests", "quality.defects", "quality.acceptance"]
        case .minutes: ["communication.meetings"]
        case .riskLog: ["risks"]
        case .changeLog: ["appendix"]
        case .closingReport:
            [
                "overview.goals", "overview.deliverables", "schedule.phases", "means.money", "risks.identification",
                "quality.acceptance",
                "appendix",
            ]
        }
    }

    /// The records it is limited to; all of its sections if nil.
    private var kinds: [Kind]? {
        switch self {
        case .charter:
            [
                .of(Statement.self), .of(Goal.self), .of(ScopeItem.self), .of(Deliverable.self), .of(Role.self), .of(Phase.self),
                .of(BudgetLine.self), .of(Risk.self),
            ]
        case .changeLog: [.of(ChangeRequest.self)]
        case .closingReport:
            [
                .of(Goal.self), .of(Measure.self), .of(Deliverable.self), .of(Phase.self), .of(BudgetLine.self), .of(Risk.self),
                .of(AcceptanceCriterion.self), .of(ChangeRequest.self), .of(Lesson.self),
            ]
        default: nil
        }
    }

    public func holds(_ kind: Kind) -> Bool { kinds?.contains(kind) ?? true }

    /// Whether it shows how things stand; what was agreed at a time does not.
    public var hasPictures: Bool { self != .charter && self != .changeLog }

    /// Its own outline: the sections that the plan has them in, one after the other as chapters.
    public func outline(of blueprint: Blueprint) -> Blueprint {
        Blueprint(
            blueprint.key, label.zh, label.en, help: blueprint.help, chapters: blueprint.chapters.flatMap(chapters))
    }

    private func chapters(_ section: Section) -> [Section] {
        sections.contains(section.key) ? [titled(section)] : section.sections.flatMap(chapters)
    }

    /// A section of which only some of the records stand here goes by what these are.
    private func titled(_ section: Section) -> Section {
        switch (self, section.key) {
        case (.changeLog, "appendix"): section.titled("变更请求", "Change requests")
        case (.closingReport, "appendix"): section.titled("变更与经验教训", "Changes and lessons")
        default: section
        }
    }

    /// Those of a kind of plan: projects have them.
    public static func all(of blueprint: Blueprint) -> [DocumentPart] { blueprint == .project ? allCases : [] }
}
