import ArgumentParser
import PlanInsight
import PlanModel

struct FindingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "findings",
        Label(
            "列出检查可能报告的每一种发现；docs/findings.md 由它生成。", "List every finding the check can report; docs/findings.md is made from it."),
        examples: ["pharos findings > findings.md"])

    func run() {
        print(
            "# Findings\n\nEvery finding of `pharos check`, made from the rules by `make docs`. The code begins with the row of the promise it keeps.\n"
        )
        for rule in PlanCheck.rules {
            print("## \(rule.code) \(rule.title.en)\n")
            print("**\(rule.title.zh)** · \(rule.severity.label.en)\n")
            print("\(rule.why.en) \(rule.why.zh)\n")
            print("Remedy: \(rule.remedy.en) \(rule.remedy.zh)\n")
        }
    }
}
