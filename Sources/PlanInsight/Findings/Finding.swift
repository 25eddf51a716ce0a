import PlanModel
import WorkingTime

/// How much a finding matters: an error has to be dealt with, a warning is worth a look.
public enum FindingSeverity: String, Sendable, CaseIterable {
    case error, warning

    public var label: Label { self == .error ? Label("错误", "Error") : Label("提醒", "Warning") }
}

/// Something the plan check found: what, where, why, and what would mend it.
public struct Finding: Sendable, Hashable {
    /// Stable: `D3-02`, the row of the promise and a number.
    public let code: String
    public let severity: FindingSeverity
    public let title: Label
    public let reason: Label
    public let remedy: Label
    /// The record it is about; `nil` for the plan as a whole.
    public let record: RecordID?
    public let field: String?
}

/// One check of the plan, declared once: the page, the command line, the API and `docs/findings.md` read this.
public struct FindingRule: Sendable {
    public let code: String
    public let severity: FindingSeverity
    public let title: Label
    /// Why it matters, for the reference.
    public let why: Label
    public let remedy: Label
    let check: @Sendable (PlanFacts, inout FindingReport) -> Void

    init(
        _ code: String, _ severity: FindingSeverity, _ title: Label, why: Label, remedy: Label,
        check: @escaping @Sendable (PlanFacts, inout FindingReport) -> Void
    ) {
        self.code = code
        self.severity = severity
        self.title = title
        self.why = why
        self.remedy = remedy
        self.check = check
    }
}

/// Where a rule puts what it finds.
struct FindingReport {
    let rule: FindingRule
    private(set) var findings: [Finding] = []

    init(_ rule: FindingRule) { self.rule = rule }

    mutating func found(_ record: RecordID?, _ field: String? = nil, _ zh: String, _ en: String) {
        findings.append(
            Finding(
                code: rule.code, severity: rule.severity, title: rule.title, reason: Label(zh, en), remedy: rule.remedy,
                record: record, field: field))
    }
}

/// The plan check: every rule over a plan.
public enum PlanCheck {
    public static let rules: [FindingRule] =
        goalRules + measureRules + taskRules + scheduleRules + peopleRules + budgetRules + riskRules + reviewRules + personalRules
        + qualityRules
        + marketRules + customerRules + operationsRules + calendarRules

    /// All findings, errors first, then in the order of the rules and of the plan.
    static func run(_ facts: PlanFacts) -> [Finding] {
        let found = rules.flatMap { rule -> [Finding] in
            var report = FindingReport(rule)
            rule.check(facts, &report)
            return report.findings
        }
        return found.filter { $0.severity == .error } + found.filter { $0.severity == .warning }
    }
}

extension Double {
    /// `12`, `12.5`: at most one decimal, for sentences.
    var plain: String {
        let rounded = (self * 10).rounded() / 10
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
    }
    var percent: String { (self * 100).plain + "%" }
}
