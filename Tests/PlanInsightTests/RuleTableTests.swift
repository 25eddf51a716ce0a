@testable import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("The table of rules")
struct RuleTableTests {
    @Test("every rule has a case that triggers it and one that does not")
    func everyRuleHasACase() {
        let covered = Set(allRuleCases.map(\.code))
        let declared = Set(PlanCheck.rules.map(\.code))
        #expect(declared.subtracting(covered).sorted() == [])
        #expect(covered.subtracting(declared).sorted() == [])
    }

    @Test("codes are unique")
    func codesAreUnique() {
        let codes = PlanCheck.rules.map(\.code)
        #expect(Set(codes).count == codes.count)
    }

    @Test("every rule says what, why and what to do in both languages", arguments: PlanCheck.rules.map(\.code))
    func bothLanguages(_ code: String) throws {
        let rule = try #require(PlanCheck.rules.first { $0.code == code })
        for label in [rule.title, rule.why, rule.remedy] {
            #expect(!label.en.isEmpty)
            #expect(!label.en.unicodeScalars.contains(where: isHan), "English text holds Han characters: \(label.en)")
            #expect(label.zh.unicodeScalars.contains(where: isHan), "Chinese text holds no Han characters: \(label.zh)")
            #expect(halfWidthMarks(in: label.zh) == [], "\(label.zh)")
        }
    }

    @Test("what the rules find is said with full-width marks too", arguments: allRuleCases)
    func reasonsAreFullWidth(_ ruleCase: RuleCase) {
        for finding in ruleCase.findings().before { #expect(halfWidthMarks(in: finding.reason.zh) == [], "\(finding.reason.zh)") }
    }

    @Test("a plan without records has no findings but missing quarters", arguments: Blueprint.all.map(\.key))
    func emptyPlans(_ key: String) throws {
        let blueprint = try #require(Blueprint.all.first { $0.key == key })
        let facts = try #require(
            PlanFacts(planKey, in: Workspace(plans: [Plan(key: planKey, blueprint: blueprint)]), today: RuleCase.today))
        #expect(facts.findings.map(\.code) == [])
    }
}

@Suite("A plan's facts")
struct PlanFactsTests {
    @Test("errors come before warnings, and a plan's status date is the day it is judged on")
    func order() throws {
        let made = plan("tested", .department) { editor in
            editor.add(PlanTask.self) { task in
                task.title = "编写知识库"
                task.due = day("2026-06-12")
            }
        }
        var editor = PlanEditor(made)
        editor.update(made.header.id, as: PlanHeader.self) { $0.statusDate = day("2026-06-10") }
        let later = try #require(PlanFacts(planKey, in: Workspace(plans: [made]), today: RuleCase.today))
        let earlier = try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: RuleCase.today))
        #expect(later.findings.map(\.code) == ["D6-01", "D5-01", "D5-03"])
        #expect(earlier.findings.map(\.code) == ["D6-01", "D5-01"])
        #expect(earlier.today == day("2026-06-10"))
    }

    @Test("there are no facts of a plan that is not there")
    func absent() { #expect(PlanFacts(planKey, in: Workspace(), today: RuleCase.today) == nil) }
}

let allRuleCases: [RuleCase] =
    goalRuleCases + measureRuleCases + taskRuleCases + scheduleRuleCases + peopleRuleCases + budgetRuleCases + riskRuleCases
    + reviewRuleCases + personalRuleCases + qualityRuleCases + marketRuleCases + customerRuleCases + operationsRuleCases
    + calendarRuleCases

private func isHan(_ scalar: Unicode.Scalar) -> Bool { (0x4E00...0x9FFF).contains(scalar.value) }

/// Half-width commas, semicolons, colons, and question and exclamation marks directly between two Han characters.
private func halfWidthMarks(in text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    return scalars.indices.dropFirst().dropLast().filter { index in
        ",;:?!".unicodeScalars.contains(scalars[index]) && isHan(scalars[index - 1]) && isHan(scalars[index + 1])
    }.map { String(String.UnicodeScalarView(scalars[($0 - 1)...($0 + 1)])) }
}
