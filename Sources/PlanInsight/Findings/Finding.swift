import PlanModel
import WorkingTime

/// How much a finding matters: an error has to be dealt with, a warning is worth a look.
public enum FindingSeverity: String, Sendable, CaseIterable {
    case error, warning

    public var label: Label { self == .error ? Label("错误", "Error") : Label("提醒", "Warning") }
}

/// Something the plan check found: what, where, why, and what would mend it.
public struct Finding: Sendable, Hashable {
    public let rule: FindingRule
    public let reason: Label
    /// The record it is about; `nil` for the plan as a whole.
    public let record: RecordID?
    public let field: String?

    /// Stable: `D3-02`, the row of the promise and a number.
    public var code: String { rule.code }
    public var severity: FindingSeverity { rule.severity }
    public var title: Label { rule.title }
    public var remedy: Label { rule.remedy }
}

/// One check of the plan, declared once: the page, the command line, the API and `docs/findings.md` read this.
public final class FindingRule: Sendable {
    public let code: String
    public let severity: FindingSeverity
    public let title: Label
    /// Why it matters, for the reference.
    public let why: Label
    public let remedy: Label
    /// Looks at the plan as a whole.
    let check: Check?
    /// Looks at one task that is open and has none within it. What it finds may depend on anything but other tasks, so that after a
    /// change only the tasks reached are looked at.
    let eachTask: TaskCheck?
    /// Whether what is found in a task depends on its dates, so that it is looked at again where only those changed.
    let readsDates: Bool

    /// Of what is told at one record for several: whether it is so of a record, too. Nil where each is told by itself.
    let holds: (@Sendable (PlanFacts, RecordID) -> Bool)?

    typealias Check = @Sendable (PlanFacts, inout FindingReport) -> Void
    typealias TaskCheck = @Sendable (PlanFacts, Typed<PlanTask>, TaskDates, inout FindingReport) -> Void

    typealias EntryCheck = @Sendable (PlanFacts, Typed<PlanTask>, inout FindingReport) -> Void

    init(
        _ code: String, _ severity: FindingSeverity, _ title: Label, why: Label, remedy: Label,
        check: Check? = nil, eachTask: TaskCheck? = nil, readsDates: Bool = true,
        holds: (@Sendable (PlanFacts, RecordID) -> Bool)? = nil
    ) {
        self.holds = holds
        self.code = code
        self.severity = severity
        self.title = title
        self.why = why
        self.remedy = remedy
        self.check = check
        self.eachTask = eachTask
        self.readsDates = readsDates
    }

    /// A rule that looks at what was entered for each task, whatever its dates.
    convenience init(
        _ code: String, _ severity: FindingSeverity, _ title: Label, why: Label, remedy: Label, eachEntry: @escaping EntryCheck
    ) {
        self.init(
            code, severity, title, why: why, remedy: remedy,
            eachTask: { facts, task, _, report in eachEntry(facts, task, &report) }, readsDates: false)
    }
}

extension FindingRule: Hashable {
    public static func == (a: FindingRule, b: FindingRule) -> Bool { a.code == b.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

/// Where a rule puts what it finds.
struct FindingReport {
    let rule: FindingRule
    private(set) var findings: [Finding] = []

    init(_ rule: FindingRule) { self.rule = rule }

    mutating func found(_ record: RecordID?, _ field: String? = nil, _ zh: String, _ en: String) {
        findings.append(Finding(rule: rule, reason: Label(zh, en), record: record, field: field))
    }

    /// What was found since it was last taken.
    mutating func take() -> [Finding] {
        defer { if !findings.isEmpty { findings = [] } }
        return findings
    }
}

extension Double {
    /// `12`, `12.5`: at most one decimal, for sentences.
    var plain: String {
        let rounded = (self * 10).rounded() / 10
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
    }
    var percent: String { (self * 100).plain + "%" }

    /// The number as it is read in a sentence, with thousands and its unit: `1,420 小时`, `92.5%`.
    func with(_ unit: String?) -> String {
        let number = DisplayText.number((self * 10).rounded() / 10)
        guard let unit, !unit.isEmpty else { return number }
        return unit.hasPrefix("%") || unit.hasPrefix("‰") ? number + unit : "\(number) \(unit)"
    }
}
