import PlanModel
import Testing
import WorkingTime

@testable import WebApp

/// Figures the API gives with what is to be said of them.
@Suite("Figures of the API")
struct FiguresTests {
    private static let key = PlanKey("figures")!

    private func site(_ blueprint: Blueprint, _ make: (inout PlanEditor) -> Void) throws -> TestSite {
        var editor = PlanEditor(Plan(key: Self.key, blueprint: blueprint))
        make(&editor)
        return try TestSite(editor.plan)
    }

    @Test("a curve of marketing spend carries the notes that the page shows with it")
    func curves() async throws {
        let site = try site(.sales) { editor in
            // Return grows as spend does: nothing shows where it ends.
            for spend in [Int64(10_000), 20_000, 30_000, 40_000] {
                editor.add(Campaign.self) { campaign in
                    (campaign.title, campaign.kind, campaign.start) = ("一次", .live, Day("2026-02-01"))
                    campaign.spent = Money(units: spend * Money.unitsPerWhole, currency: .yuan)
                    campaign.revenue = Money(units: 3 * spend * Money.unitsPerWhole, currency: .yuan)
                }
            }
        }
        let answer = try await site.get("/api/v1/plans/figures/marketing", ["Accept-Language": "en"]).json
        let note = answer["curves"]?.list?.first?["notes"]?.list?.first
        #expect(note?["code"]?.text == "saturation_not_seen")
        #expect(note?["message"]?.text == "Past spend shows no saturation yet: the top is a guess")
    }

    @Test("the list of benefits tells what they come to and how soon they pay for the cost, in the API and on the page")
    func payback() async throws {
        let site = try site(.improvement) { editor in
            editor.add(Benefit.self) { ($0.title, $0.yearly) = ("省时", Money("240000", currency: .yuan)) }
            editor.add(BudgetLine.self) { ($0.title, $0.planned) = ("工具", Money("60000", currency: .yuan)) }
        }
        let answer = try await site.get("/api/v1/plans/figures/benefits", ["Accept-Language": "zh"]).json
        #expect(answer["payback"]?["months"]?.number == 3)
        #expect(answer["payback"]?["yearly"]?.number == 240_000)
        let words = "各项效益合计每年 240,000 元，已实现 0 元；预计投入 60,000 元，静态回收期 3 个月。"
        #expect(answer["payback"]?["words"]?.text == words)
        #expect(try await site.get("/plans/figures/benefits", ["Accept-Language": "zh"]).text.contains(words))
    }
}
