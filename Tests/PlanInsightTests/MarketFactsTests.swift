import Measures
import PlanModel
import Testing
import WorkingTime

@testable import PlanInsight

@Suite("Funnel, marketing and sales of a plan")
struct MarketFactsTests {
    private func facts(_ make: (inout PlanEditor) -> Void) throws -> PlanFacts {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .sales))
        editor.period("2026-01-01", "2026-12-31")
        make(&editor)
        return try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: RuleCase.today))
    }

    private struct Counts {
        let title: String
        let counts: [Double]
        var last: [Double] = []
        var target: Double?
    }

    private func add(_ stages: [Counts], to editor: inout PlanEditor) {
        func months(_ year: Int, _ values: [Double]) -> Series {
            Series(values.enumerated().map { (Day(year: year, month: $0.offset + 1, day: 1)!, $0.element) })
        }
        for made in stages {
            editor.add(FunnelStage.self) { stage in
                stage.title = made.title
                stage.counts = months(2026, made.counts)
                stage.lastYear = months(2025, made.last)
                stage.target = made.target
            }
        }
    }

    @Test("the costliest step is the one whose mending makes most deals, not the one with the lowest conversion")
    func weakest() throws {
        let facts = try facts { editor in
            add(
                [
                    Counts(title: "线索", counts: [1000, 1000], last: [900, 900, 5000]),
                    Counts(title: "商机", counts: [200, 200], last: [180, 180, 9], target: 0.21),
                    Counts(title: "报价", counts: [80, 80], last: [90, 90, 9]),
                    Counts(title: "签约", counts: [20, 20], last: [22, 23, 9]),
                ], to: &editor)
        }
        let funnel = try #require(facts.funnel)
        #expect(funnel.months.count == 2 && funnel.before?.periods.count == 2)
        // Into 商机 20 % of 21 %: two deals more; into 报价 40 % against 50 % last year: ten more of forty.
        #expect(funnel.weakest == 1)
        #expect(abs(try #require(funnel.steps[1].missing) - 10) < 1e-9)
        #expect(abs(try #require(funnel.steps[0].missing) - 2) < 1e-9)
        // Into 签约 25 % is as last year's 45 of 180.
        #expect(funnel.steps[2].missing == nil)
        // 160 of 400: Wilson's interval 35.3 % to 44.9 %, wholly below a half.
        #expect(funnel.steps[1].isSurelyBelow && !funnel.steps[0].isSurelyBelow)
        #expect(funnel.words[.chinese].contains("损失最大的一步是商机→报价：40%（95% 区间 35.3%–44.9%），去年同期 50%；达到它可多成 10 单。"))
        #expect(funnel.words[.chinese].hasPrefix("2026年1–2月从线索到签约转化 2%，去年同期 2.5%。"))
    }

    @Test("a step that lets nobody through is the weakest, and what it costs goes by what is wanted of the steps behind")
    func closedStep() throws {
        let facts = try facts { editor in
            add(
                [
                    Counts(title: "线索", counts: [1000, 1000], last: [1000, 1000]),
                    Counts(title: "商机", counts: [490, 490], last: [500, 500]),
                    Counts(title: "报价", counts: [0, 0], last: [200, 200]),
                    Counts(title: "签约", counts: [0, 0], last: [100, 100]),
                ], to: &editor)
        }
        let funnel = try #require(facts.funnel)
        // 980 at 40 %, and of those a half as last year.
        let missing = try #require(funnel.steps[1].missing)
        #expect(funnel.weakest == 1 && abs(missing - 196) < 1e-9)
    }

    @Test("more than came in has no conversion and is explained; months without all counts are left out")
    func widened() throws {
        let facts = try facts { editor in
            add([Counts(title: "线索", counts: [10, 10]), Counts(title: "商机", counts: [12, 14, 3])], to: &editor)
        }
        let funnel = try #require(facts.funnel)
        #expect(funnel.steps[0].counts.conversion == nil && funnel.weakest == nil)
        #expect(funnel.words[.chinese].contains("130%") && funnel.words[.english].contains("counted differently"))
        #expect(funnel.incomplete == [YearMonth(year: 2026, month: 3)])
        #expect(try self.facts { _ in }.funnel == nil)
    }

    @Test("nothing is said to be met where there is neither a target nor a last year")
    func unjudged() throws {
        func words(_ target: Double?) throws -> String {
            let facts = try facts { editor in
                add(
                    [
                        Counts(title: "线索", counts: [100]), Counts(title: "商机", counts: [50], target: target),
                        Counts(title: "签约", counts: [20]),
                    ], to: &editor)
            }
            return try #require(facts.funnel).words[.chinese]
        }
        #expect(try words(nil) == "2026年1月从线索到签约转化 20%。")
        #expect(try words(0.4).hasSuffix("有目标或去年数的各级都不低于它。"))
    }

    /// Spend x brings 1000 x ÷ (20 + x) in live streams and 400 x ÷ (20 + x) in promotions, exactly.
    private func campaigns(_ editor: inout PlanEditor) {
        for (kind, top) in [(CampaignKind.live, 1000.0), (.promotion, 400)] {
            for spend in [10, 20, 40, 80] {
                editor.add(Campaign.self) { campaign in
                    campaign.title = "\(kind.rawValue)-\(spend)"
                    campaign.kind = kind
                    campaign.start = day("2026-02-01")
                    campaign.spent = Money("\(spend)", currency: .yuan)
                    campaign.revenue = Money(
                        "\((top * Double(spend) / Double(20 + spend) * 100).rounded() / 100)", currency: .yuan)
                    campaign.leads = 10
                    campaign.deals = 2
                    campaign.state = .done
                }
            }
            editor.add(Campaign.self) { campaign in
                campaign.title = "next-\(kind.rawValue)"
                campaign.kind = kind
                campaign.start = day("2026-09-01")
                campaign.budget = Money("50", currency: .yuan)
            }
        }
        editor.add(Campaign.self) { campaign in
            campaign.title = "品牌"
            campaign.kind = .brand
            campaign.start = day("2026-09-01")
            campaign.budget = Money("30", currency: .yuan)
        }
    }

    @Test("activities are ranked, curves pooled, and what cannot be told says so")
    func marketing() throws {
        let facts = try facts { campaigns(&$0) }
        let marketing = facts.marketing
        #expect(marketing.ranked.count == 8 && marketing.ranked[0].result.name == "live-10")
        #expect(marketing.ranked[0].result.costPerLead == 1 && marketing.ranked[0].result.costPerDeal == 5)
        #expect(marketing.ranked.last?.result.name == "promotion-80")
        let fit = try #require(marketing.pools.first { $0.name == CampaignKind.live.label }?.fit)
        #expect(abs(fit.curve.top - 1000) < 1 && abs(fit.curve.half - 20) < 0.05)
        let short = try self.facts { editor in
            editor.add(Campaign.self) { campaign in
                campaign.title = "一次"
                campaign.kind = .live
                campaign.start = day("2026-02-01")
                campaign.spent = Money("10", currency: .yuan)
                campaign.revenue = Money("10", currency: .yuan)
            }
        }
        #expect(short.marketing.pools.first?.fit == nil)
        #expect(short.marketing.pools.first?.reason?[.chinese].contains("至少要三种") == true)
    }

    @Test("budgets move to where the next unit brings the same everywhere, within limits, adding up to the total")
    func shift() throws {
        let facts = try facts { campaigns(&$0) }
        var question = BudgetShiftQuestion()
        question.least = 0
        let shift = try BudgetShift(facts, question)
        // √1000 : √400 of 20 + x, with x + y = 100: (20 + x) ÷ (20 + y) = 1.5811, so x = 65.76.
        let live = try #require(shift.rows.first { $0.campaign.kind == .live })
        #expect(abs(live.proposed.approximate - 65.76) <= 1)
        #expect(shift.rows.reduce(0) { $0 + $1.proposed.units } == 100 * Money.unitsPerWhole)
        #expect(shift.fixed.map(\.campaign.title) == ["品牌"] && shift.proposed == Money("130", currency: .yuan))
        #expect(shift.expected > shift.expectedToday && shift.isWorthwhile)
        question.most = 1.1
        let tight = try BudgetShift(facts, question)
        #expect(tight.rows.allSatisfy { $0.proposed.approximate <= 55 })
        question.total = Money("1000", currency: .yuan)
        #expect(throws: BudgetShift.Refusal.self) { try BudgetShift(facts, question) }
        let edits = shift.edits(of: facts.plan, review: nil, on: day("2026-06-15"), .chinese)
        #expect(edits.plan.all(Adjustment.self).first?.subjects?.count == 2)
        #expect(edits.plan.all(Campaign.self).first { $0.title == "next-live" }?.budget == live.proposed)
    }

    @Test("of all products, regions and channels the one that makes the most of the difference is named")
    func largestPart() throws {
        let facts = try facts { editor in
            for title in ["直销", "服务伙伴"] { editor.add(Channel.self) { $0.title = title } }
            for (region, channel, actual) in [("华东", 1, 95.0), ("华南", 1, 98), ("华东", 2, 80), ("华南", 2, 70)] {
                editor.add(SalesTarget.self) { line in
                    (line.title, line.region, line.unit) = ("\(region)\(channel)", region, "万元")
                    line.channel = the("CH-\(channel)")
                    (line.target, line.actual) = (series(("2026-05-01", 100)), series(("2026-05-01", actual)))
                    line.lastYear = series(("2025-05-01", channel == 1 ? 60 : 80))
                }
            }
        }
        let split = try #require(facts.salesSplit(against: .target))
        #expect(split.largest?.zh == "各区域、渠道中差得最多的是渠道「服务伙伴」，少 50 万元。")
        #expect(split.largest?.en == "Of all regions and channels, the channel “服务伙伴” is furthest below, by 50 万元.")
        // Others may make up for it and more.
        let lastYear = try #require(facts.salesSplit(against: .lastYear))
        #expect(lastYear.largest?.zh == "各区域、渠道中超出最多的是渠道「直销」，多 73 万元；差得最多的是渠道「服务伙伴」，少 10 万元。")
    }

    @Test("the report is drafted in five parts from the data")
    func report() throws {
        let facts = try facts { editor in
            for (region, actual) in [("华东", 80.0), ("华南", 110)] {
                editor.add(SalesTarget.self) { line in
                    line.title = region
                    line.region = region
                    line.unit = "万元"
                    line.target = Series((1...12).map { (Day(year: 2026, month: $0, day: 1)!, 100) })
                    line.actual = Series((1...6).map { (Day(year: 2026, month: $0, day: 1)!, actual + Double($0)) })
                    line.lastYear = Series((1...12).map { (Day(year: 2025, month: $0, day: 1)!, 70) })
                }
            }
        }
        let groups = facts.draft(of: "evaluation.reports")
        #expect(groups.map(\.title.zh) == ["趋势", "达成", "问题", "原因", "建议"])
        // 1,182 to date of 1,200; 840 last year; 1,218 left in six months.
        #expect(groups[0].lines[0].zh == "至今销售 1,182 万元，比去年同期增长 40.7%。")
        #expect(groups[1].lines[0].zh == "至今达成 98.5%，差 18 万元。")
        #expect(groups[1].lines[1].zh.hasPrefix("全年还差 1,218 万元，余下 6 个月平均每月要 203 万元"))
        #expect(groups[2].lines[0].zh == "华东达成 83.5%。")
        #expect(groups[3].lines.contains { $0.zh.contains("按区域：比目标少 18 万元：华东 −99 万元") })
        #expect(groups.text(.chinese).hasPrefix("**趋势**\n\n- 至今销售"))
        #expect(facts.draft(of: "evaluation.risks").isEmpty)
    }

    @Test("a review's facts tell variance, forecasts and what is out of control; its report is short")
    func review() throws {
        let facts = try facts { editor in
            editor.add(SalesTarget.self) { line in
                line.title = "华东"
                line.target = series(("2026-05-01", 100))
                line.actual = series(("2026-05-01", 90))
            }
            editor.add(Measure.self) { measure in
                measure.title = "处理时长"
                measure.chart = .individuals
                measure.target = 1
                measure.due = day("2026-12-31")
                measure.direction = .up
                measure.values = Series((0..<20).map { (day("2026-01-04") + 7 * $0, $0 == 19 ? 60 : 20 + Double($0 * 7 % 3)) })
            }
            editor.add(Review.self) { review in
                review.title = "五月复盘"
                review.start = day("2026-05-01")
                review.finish = day("2026-05-31")
                review.conclusion = "照旧。"
            }
        }
        let review = try #require(facts.plan.all(Review.self).first)
        let found = ReviewFacts(review, facts)
        #expect(found.groups.contains { $0.title.zh == "销售差异" && $0.lines[0].zh.contains("比目标少 10") })
        #expect(found.groups.contains { $0.title.zh == "控制图信号" && $0.lines[0].zh.hasPrefix("处理时长：") })
        let report = ReviewReport(review, facts)
        #expect(report.groups.allSatisfy { $0.lines.count <= 3 } && report.words.map(\.text) == ["照旧。"])
    }

    @Test("a review tells the highest risks first, and nothing of a response that was not rated")
    func reviewRisks() throws {
        let facts = try facts { editor in
            for (title, impact, after) in [("缺编", 3, 2), ("丢单", 5, nil), ("回款", 4, 1)] as [(String, Int, Int?)] {
                editor.add(Risk.self) { risk in
                    risk.title = title
                    risk.likelihood = 4
                    risk.impact = impact
                    risk.residualLikelihood = after.map { _ in 2 }
                    risk.residualImpact = after
                }
            }
            editor.add(Review.self) { review in
                review.title = "五月复盘"
                review.start = day("2026-05-01")
                review.finish = day("2026-05-31")
            }
        }
        let review = try #require(facts.plan.all(Review.self).first)
        let lines = try #require(ReviewFacts(review, facts).groups.first { $0.title.zh == "风险" }).lines.map(\.zh)
        #expect(lines.map { String($0.prefix(7)) } == ["仍开放 R-2", "仍开放 R-3", "仍开放 R-1"].map { String($0.prefix(7)) })
        #expect(lines[0].contains("20 分") && !lines[0].contains("应对后") && lines[1].contains("应对后 2 分"))
    }

    @Test("a scheme's payout is reckoned on its lines, in money")
    func payout() throws {
        let facts = try facts { editor in
            for (region, actual) in [("华东", 120.0), ("华南", 10)] {
                editor.add(SalesTarget.self) { line in
                    line.title = region
                    line.unit = "万元"
                    line.target = series(("2026-05-01", 100))
                    line.actual = series(("2026-05-01", actual))
                }
            }
            editor.add(Incentive.self) { incentive in
                incentive.title = "提成"
                incentive.basis = [the("SL-1")]
                incentive.threshold = 0.8
                incentive.rate = 0.03
                incentive.accelerator = 1.5
            }
        }
        let scheme = try #require(facts.plan.all(Incentive.self).first)
        // 3 % of 100 and 4.5 % of 20, in 万元.
        #expect(IncentivePayout(scheme, facts.plan, today: facts.today)?.due == Money("39000", currency: .yuan))
    }

    @Test("an incentive by region is owed on each region's own figures, and says so")
    func payoutByRegion() throws {
        let facts = try facts { editor in
            for (region, actual) in [("华东", 120.0), ("华南", 10), ("华东", 80)] {
                editor.add(SalesTarget.self) { line in
                    line.title = region
                    line.region = region
                    line.unit = "万元"
                    line.target = series(("2026-05-01", 100))
                    line.actual = series(("2026-05-01", actual))
                }
            }
            for share in [nil, IncentiveShare.region] {
                editor.add(Incentive.self) { incentive in
                    incentive.title = "区域经理奖"
                    incentive.share = share
                    incentive.threshold = 0.9
                    incentive.rate = 0.01
                }
            }
        }
        let schemes = facts.plan.all(Incentive.self)
        // Together 210 of 300 is below the threshold; of the two regions the east has 200 of 200.
        #expect(IncentivePayout(schemes[0], facts.plan, today: facts.today)?.due == Money("0", currency: .yuan))
        let parted = try #require(IncentivePayout(schemes[1], facts.plan, today: facts.today))
        #expect(parted.due == Money("20000", currency: .yuan))
        #expect(parted.words.zh == "华东 200 万元（达成 100%）、华南 10 万元（达成 10%，未到起付线）")
    }
}
