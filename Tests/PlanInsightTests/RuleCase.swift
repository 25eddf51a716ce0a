import PlanInsight
import PlanModel
import Testing
import WorkingTime

/// One case for one rule of the plan check: a plan the rule finds fault with, and the remedy after which it does not.
struct RuleCase: Sendable, CustomTestStringConvertible {
    let code: String
    let blueprint: Blueprint
    /// Other plans of the workspace.
    let others: [Plan]
    /// Files beside the plan, by name.
    let files: [String: String]
    let trigger: @Sendable (inout PlanEditor) -> Void
    let mend: @Sendable (inout PlanEditor) -> Void

    init(
        _ code: String, _ blueprint: Blueprint = .department, others: [Plan] = [], files: [String: String] = [:],
        trigger: @escaping @Sendable (inout PlanEditor) -> Void, mend: @escaping @Sendable (inout PlanEditor) -> Void
    ) {
        self.code = code
        self.blueprint = blueprint
        self.others = others
        self.files = files
        self.trigger = trigger
        self.mend = mend
    }

    var testDescription: String { code }

    static let today = day("2026-06-15")

    /// What the rule finds in the plan and what it finds after the remedy, with the plan it found it in.
    func findings() -> (before: [Finding], after: [Finding], plan: Plan) {
        var editor = PlanEditor(Plan(key: planKey, blueprint: blueprint))
        trigger(&editor)
        let triggered = editor.plan
        mend(&editor)
        return (check(triggered), check(editor.plan), triggered)
    }

    private func check(_ plan: Plan) -> [Finding] {
        var workspace = Workspace(plans: others + [plan])
        workspace.files = WorkspaceFiles(stamps: files.mapValues { _ in "1" }) { [files] in files[$0].map { Array($0.utf8) } }
        return PlanFacts(planKey, in: workspace, today: RuleCase.today)?.findings.filter { $0.code == code } ?? []
    }
}

/// Holds what every case of every table has to show.
func hold(_ ruleCase: RuleCase) {
    let (before, after, plan) = ruleCase.findings()
    #expect(!before.isEmpty, "\(ruleCase.code) found nothing")
    #expect(after.isEmpty, "\(ruleCase.code) still finds after its remedy: \(after.map(\.reason.en))")
    for finding in before {
        #expect(!finding.reason.zh.isEmpty && !finding.reason.en.isEmpty)
        if let id = finding.record {
            let record = plan.record(id)
            #expect(record != nil, "\(ruleCase.code) points to \(id), which is not in the plan")
            if let field = finding.field {
                #expect(record?.kind.field(field) != nil, "\(ruleCase.code) points to a field \(field) that \(id.short) lacks")
            }
        }
    }
}

let planKey = PlanKey("tested")!

/// The record of the tested plan with this short id, such as `T-1`.
func the(_ text: String) -> RecordID { RecordID(text, in: planKey)! }
func day(_ text: String) -> Day { Day(text)! }
func yuan(_ amount: Int64) -> Money { Money(units: amount * 100, currency: .yuan) }
func series(_ points: (String, Double)...) -> Series { Series(points.map { (day($0.0), $0.1) }) }
func days(_ amount: Double) -> WorkDuration { WorkDuration(amount, .days) }

extension PlanEditor {
    mutating func period(_ start: String, _ finish: String) {
        update(plan.header.id, as: PlanHeader.self) { header in
            header.start = day(start)
            header.finish = day(finish)
        }
    }
}

/// A plan beside the tested one, made in one go.
func plan(_ key: String, _ blueprint: Blueprint, _ body: (inout PlanEditor) -> Void) -> Plan {
    var editor = PlanEditor(Plan(key: PlanKey(key)!, blueprint: blueprint))
    body(&editor)
    return editor.plan
}
