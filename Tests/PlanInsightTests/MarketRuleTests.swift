import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Rules for market and sales")
struct MarketRuleTests {
    @Test("a market rule finds its fault and is content after the remedy", arguments: marketRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }
}

let marketRuleCases: [RuleCase] = [
    RuleCase("S3-01", .sales) { editor in
        editor.add(Competitor.self) { $0.name = "甲公司" }
        editor.add(Competitor.self) { competitor in
            competitor.name = "本企业"
            competitor.isUs = true
        }
    } mend: { editor in
        editor.update(the("CO-1"), as: Competitor.self) { $0.strengths = "渠道覆盖广" }
    },
    RuleCase("S12-01", .sales) { editor in
        for region in ["华东", "华南"] {
            editor.add(SalesTarget.self) { target in
                target.title = region
                target.region = region
                target.unit = "万元"
                target.target = series(("2026-01-01", 25))
            }
        }
        editor.add(Incentive.self) { incentive in
            incentive.title = "区域经理年度奖"
            incentive.rule = "各区域达成率 90% 起按签约额 0.8% 计提。"
            incentive.rate = 0.008
        }
        editor.add(Incentive.self) { incentive in
            incentive.title = "签约提成"
            incentive.rule = "按签约额 3% 计提。"
            incentive.rate = 0.03
        }
    } mend: { editor in
        editor.update(the("IN-1"), as: Incentive.self) { $0.share = .region }
    },
    RuleCase("S4-01", .sales) { editor in
        editor.add(SalesTarget.self) { target in
            target.title = "全年"
            target.isTotal = true
            target.target = series(("2026-01-01", 60), ("2026-07-01", 60))
        }
        for region in ["华东", "华南"] {
            editor.add(SalesTarget.self) { target in
                target.title = region
                target.region = region
                target.target = series(("2026-01-01", 25), ("2026-07-01", 30))
            }
        }
    } mend: { editor in
        editor.update(the("SL-3"), as: SalesTarget.self) { $0.target = series(("2026-01-01", 35), ("2026-07-01", 30)) }
    },
    RuleCase("S4-04", .sales) { editor in
        editor.add(SalesTarget.self) { target in
            (target.title, target.isTotal) = ("全年", true)
            target.target = series(("2026-05-01", 100))
            target.actual = series(("2026-05-01", 80))
        }
        editor.add(SalesTarget.self) { target in
            target.title = "华东"
            target.target = series(("2026-05-01", 100))
            target.actual = series(("2026-05-01", 70))
        }
    } mend: { editor in
        editor.update(the("SL-1"), as: SalesTarget.self) { $0.actual = series(("2026-05-01", 70)) }
    },
    RuleCase("S4-02", .sales) { editor in
        editor.add(SalesTarget.self) { target in
            target.title = "华东"
            target.target = series(("2026-04-01", 100), ("2026-05-01", 100), ("2026-12-01", 900))
            target.actual = series(("2026-04-01", 80), ("2026-05-01", 89))
        }
    } mend: { editor in
        editor.update(the("SL-1"), as: SalesTarget.self) { $0.actual = series(("2026-04-01", 80), ("2026-05-01", 90)) }
    },
    RuleCase("S4-03", .sales) { editor in
        for unit in ["万元", "元"] {
            editor.add(SalesTarget.self) { target in
                target.title = "以\(unit)计"
                target.unit = unit
            }
        }
    } mend: { editor in
        editor.update(the("SL-2"), as: SalesTarget.self) { $0.unit = "万元" }
    },
    RuleCase("S6-01", .sales) { editor in
        for (title, count) in [("访问", 1000.0), ("咨询", 120), ("成交", 150)] {
            editor.add(FunnelStage.self) { stage in
                stage.title = title
                stage.counts = series(("2026-05-01", count))
            }
        }
    } mend: { editor in
        editor.update(the("FU-3"), as: FunnelStage.self) { $0.counts = series(("2026-05-01", 50)) }
    },
    RuleCase("S11-01", .sales) { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.add(Campaign.self) { campaign in
            campaign.title = "夏季促销"
            campaign.owner = the("P-1")
        }
    } mend: { editor in
        editor.update(the("CA-1"), as: Campaign.self) { campaign in
            campaign.budget = yuan(50_000)
            campaign.target = "新增线索 500 条"
        }
    },
    RuleCase("S17-01", .sales) { editor in
        editor.add(Campaign.self) { campaign in
            campaign.title = "春季促销"
            campaign.spent = yuan(50_000)
            campaign.finish = day("2026-05-10")
        }
    } mend: { editor in
        editor.update(the("CA-1"), as: Campaign.self) { $0.leads = 320 }
    },
]
