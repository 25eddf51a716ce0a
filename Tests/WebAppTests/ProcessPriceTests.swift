import Foundation
import PlanModel
import Testing
import WorkingTime

@testable import WebApp

/// What a case costs in a simulated process, and which people that is known from: page and API say the same.
@Suite struct ProcessPriceTests {
    /// The desk is a person with 600 a day of eight hours; nobody holds 督导 or 抽检.
    private static func plan(cost: Int64?) -> Plan {
        var editor = PlanEditor(Plan(key: TestPlans.key, blueprint: .improvement))
        for (name, post, own) in [("甲", "前台", cost), ("乙", "专员", cost.map { $0 * 2 })] {
            editor.add(Person.self) { person in
                (person.name, person.post) = (name, post)
                person.costPerDay = own.map { Money(units: $0 * Money.unitsPerWhole, currency: .yuan) }
            }
        }
        let process = editor.add(PlanModel.Process.self) { ($0.title, $0.kind) = ("现状", .asIs) }
        var last: RecordID?
        for (name, actor) in [("受理", "前台"), ("审核", "督导"), ("抽查", "抽检")] {
            let step = editor.add(Step.self) {
                ($0.title, $0.process, $0.actor, $0.minutes, $0.kind) = (name, process, actor, 10, .task)
            }
            if let last { editor.update(last, as: Step.self) { $0.next = [step] } }
            last = step
        }
        return editor.plan
    }

    /// The answer of the API as soon as it is computed; before that it tells of the job.
    private func answer(_ site: TestSite, _ query: String = "") async throws -> JSONValue {
        for _ in 0..<600 {
            let answer = try await site.get("/api/v1/plans/trial/processes/PR-1/simulation\(query)").json
            if answer["rates"] != nil { return answer }
            try await Task.sleep(for: .milliseconds(50))
        }
        return .null
    }

    /// The page of the answer, which comes as soon as it is computed.
    private func page(_ site: TestSite, _ query: String) async throws -> String {
        _ = try await answer(site)
        for _ in 0..<600 {
            let text = try await site.get("/plans/trial/process/simulation?\(query)").text
            if !text.contains("<progress") { return text }
            try await Task.sleep(for: .milliseconds(50))
        }
        return ""
    }

    @Test("roles that nobody holds are priced at the mean of the plan's people, and the page names them in both languages")
    func mean() async throws {
        let site = try TestSite(Self.plan(cost: 600))
        let rates = try #require(try await answer(site)["rates"]?.list)
        let found = Dictionary(
            uniqueKeysWithValues: rates.map { ($0["role"]?.text, ($0["basis"]?.text, $0["per_hour"]?.number)) })
        #expect(found["前台"]?.0 == "people" && found["前台"]?.1 == 75)
        for role in ["督导", "抽检"] { #expect(found[role]?.0 == "mean" && found[role]?.1 == 112.5) }
        #expect(try await page(site, "lang=zh").contains("每案成本中，计划里没有人担任的角色（抽检、督导）按计划人员的平均计价。"))
        let english = try await page(site, "lang=en")
        #expect(
            english.contains(
                "In the cost a case, roles that nobody of the plan holds (抽检, 督导) are priced at the mean of the plan"))
    }

    @Test("a rate typed goes before all, and the page then names no role")
    func typed() async throws {
        let site = try TestSite(Self.plan(cost: 600))
        #expect(
            try await answer(site, "?cost=40")["rates"]?.list?.allSatisfy {
                $0["basis"]?.text == "typed" && $0["per_hour"]?.number == 40
            } == true)
        #expect(try await !page(site, "cost=40&lang=zh").contains("没有人担任的角色"))
    }

    @Test("without a cost of anybody the page says that the cost a case is not known")
    func unknown() async throws {
        let site = try TestSite(Self.plan(cost: nil))
        let rates = try await answer(site)["rates"]?.list
        #expect(rates?.count == 3 && rates?.allSatisfy { $0["basis"]?.text == "unknown" } == true)
        let text = try await page(site, "lang=zh")
        #expect(text.contains("计划人员没有填写人天成本，每案成本算不出来。") && !text.contains("没有人担任的角色"))
    }
}
