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
    let scope: Scope
    let check: @Sendable (PlanFacts, inout FindingReport) -> Void

    /// How far the rule looks, so that a change asks only for what it can have changed.
    enum Scope {
        case plan
        /// It walks over the facts' open or leaf tasks, and what it finds of one depends on no other task.
        case eachTask
    }

    init(
        _ code: String, _ severity: FindingSeverity, _ title: Label, why: Label, remedy: Label, scope: Scope = .plan,
        check: @escaping @Sendable (PlanFacts, inout FindingReport) -> Void
    ) {
        self.code = code
        self.severity = severity
        self.title = title
        self.why = why
        self.remedy = remedy
        self.scope = scope
        self.check = check
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
}

/// The plan check: every rule over a plan.
public enum PlanCheck {
    public static let rules: [FindingRule] =
        goalRules + measureRules + taskRules + scheduleRules + scheduleQualityRules + peopleRules + budgetRules + riskRules
        + reviewRules + personalRules
        + qualityRules
        + marketRules + customerRules + operationsRules + calendarRules

    /// What each rule found, in the order of the rules.
    struct Result: Sendable {
        fileprivate var byRule: [[Finding]] = []
        /// Errors first, then in the order of the rules and of the plan.
        private(set) var findings: [Finding] = []

        init() {}

        fileprivate init(_ byRule: [[Finding]]) {
            self.byRule = byRule
            findings.reserveCapacity(byRule.reduce(0) { $0 + $1.count })
            for severity in [FindingSeverity.error, .warning] {
                for (rule, found) in zip(rules, byRule) where rule.severity == severity { findings += found }
            }
        }
    }

    /// - Parameter step: from facts whose findings hold wherever the step did not reach.
    static func run(_ facts: PlanFacts, after step: FactsStep?) -> Result {
        guard let step, let affected = step.affected, step.earlier.isNetwork == facts.isNetwork else {
            return Result(byRule(of: facts) { found(by: rules[$0], in: facts) })
        }
        let reached = facts.looking(at: affected.sorted())
        return Result(
            byRule(of: facts) { number in
                let rule = rules[number]
                guard rule.scope == .eachTask else { return found(by: rule, in: facts) }
                return replace(step.earlier.check.byRule[number], by: found(by: rule, in: reached), reached: step)
            })
    }

    /// What is found by each rule, by its number. Rules do not depend on each other, so that long plans are checked on all cores.
    private static func byRule(of facts: PlanFacts, _ find: @Sendable (Int) -> [Finding]) -> [[Finding]] {
        facts.schedule.tasks.count > 2000 ? Array(count: rules.count, concurrently: find) : rules.indices.map(find)
    }

    static func found(by rule: FindingRule, in facts: PlanFacts) -> [Finding] {
        var report = FindingReport(rule)
        rule.check(facts, &report)
        return report.findings
    }

    /// Earlier findings with those of the tasks reached replaced, in the order of the plan.
    private static func replace(_ before: [Finding], by found: [Finding], reached step: FactsStep) -> [Finding] {
        func isReached(_ finding: Finding) -> Bool { finding.record.map(step.isAffected) ?? true }
        if found.isEmpty && !before.contains(where: isReached) { return before }
        func place(_ finding: Finding) -> Int { finding.record.flatMap(step.earlier.schedule.position) ?? -1 }
        var merged: [Finding] = []
        var rest = found[...]
        for finding in before where !isReached(finding) {
            while let next = rest.first, place(next) < place(finding) { merged.append(rest.removeFirst()) }
            merged.append(finding)
        }
        return merged + rest
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
