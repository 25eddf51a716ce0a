extension Blueprint {
    /// A year of sales and marketing.
    public static let sales = Blueprint(
        "sales", "销售与市场计划", "Sales and marketing plan",
        help: Label(
            "一年的市场分析、销售目标、策略、营销日历、预算与评估。", "A year’s market, sales targets, strategies, calendar, budget and evaluation."),
        chapters: Sales.chapters)
}

private enum Sales {
    static let chapters: [Section] = [market, goals, SalesStrategies.chapter, actions, means, evaluation]

    static let market = Section(
        "market", "市场环境分析", "Market analysis",
        guide: Label(
            "只留下会改变决策的分析：每一段结尾写「所以我们」。资料注明来源和日期。",
            "Keep only what changes a decision: let each passage end in “therefore we”. Give source and date."),
        sections: [
            Section(
                "market.trends", "宏观经济与行业趋势", "Economic and industry trends",
                guide: Label(
                    "挑五到十条真正影响今年成交的变化，写影响方向和程度，而不是罗列新闻。",
                    "Choose five to ten changes that touch this year’s deals; write direction and strength, not news."),
                sections: [
                    Section(
                        "market.economy", "宏观经济形势", "Economy and policy",
                        guide: Label(
                            "写政策、经济、社会变化怎样传到客户的预算和采购节奏。",
                            "Say how policy, economy and society reach customers’ budgets and the rhythm of their buying."),
                        [.prose, .records(Trend.self, where: Filter("area", "economy", "policy", "society"))]),
                    Section(
                        "market.industry", "行业发展趋势", "Industry trends",
                        guide: Label(
                            "写技术、格局和客户习惯的变化，以及我们领先、跟随还是观望。",
                            "Write what changes in technology, rivals and habits, and whether you lead, follow or wait."),
                        [.prose, .records(Trend.self, where: Filter("area", "industry", "technology", "consumer", ""))]),
                ]),
            Section(
                "market.customers", "目标客户画像与需求", "Target customers and their needs",
                guide: Label(
                    "先细分、再选核心、后画像。所有人都是目标客户，等于没有目标。",
                    "Divide, choose the core, then describe. If everybody is a target, nobody is."),
                sections: [
                    Section(
                        "market.segments", "客户群体细分", "Customer segments",
                        guide: Label(
                            "同一群体应当能用同一套话术打动。写规模和依据，标出核心群体。",
                            "One message should move all of a segment. Give size and basis and mark the core."),
                        [.prose, .records(Segment.self)]),
                    Section(
                        "market.personas", "客户画像描绘", "Customer personas",
                        guide: Label(
                            "写一个具体的人：他被谁考核、怎样决策、上次为什么没买。至少访谈五位再动笔。",
                            "Write one person: judged by whom, deciding how, why they did not buy last time. Speak with five before you write."
                        ),
                        [.prose, .records(Persona.self)]),
                    Section(
                        "market.needs", "需求洞察", "Customer needs",
                        guide: Label(
                            "写客户想完成的事和现在的凑合办法，并附证据：几次访谈、几张工单、多少样本。",
                            "Write what customers want done and how they make do today, with evidence: interviews, tickets, samples."
                        ),
                        [.prose]),
                ]),
            Section(
                "market.competition", "竞争格局与SWOT分析", "Competition and SWOT",
                guide: Label("站在客户的角度比较，包括「什么都不买」这个对手。", "Compare as customers do, and count “buying nothing” among rivals."),
                sections: [
                    Section(
                        "market.competitors", "主要竞争对手分析", "Main competitors",
                        guide: Label(
                            "把自己也列进表里，用同一把尺子打分。赢单和丢单各看十个，比看官网有用。",
                            "Put yourself in the table by the same scale. Ten deals won and ten lost teach more than websites."),
                        [.prose, .records(Competitor.self), .picture(.competitorMap)]),
                    Section(
                        "market.swot", "企业自身SWOT分析", "Our SWOT",
                        guide: Label(
                            "优劣势写内部、与对手相比的事；机会威胁写外部的事。每象限五条以内，再两两组合成策略。",
                            "Strengths and weaknesses are inside and relative to rivals, the others outside. Five each at most; then pair them into strategies."
                        ),
                        [
                            .prose, .records(SWOTItem.self), .picture(.swot),
                            .records(Strategy.self, where: Filter("area", "so", "wo", "st", "wt")),
                        ]),
                ]),
        ])

    static let goals = Section(
        "goals", "销售/营销目标设定", "Sales and marketing targets",
        guide: Label(
            "目标先自上而下算一遍，再自下而上凑一遍，两遍的差就是要谈的内容。",
            "Work targets out from the top and again from below; the difference is what to talk about."),
        sections: [
            Section(
                "goals.sales", "销售额与市场份额", "Sales and market share",
                guide: Label(
                    "写清确认收入的口径和含税与否，否则分解得再细也对不上账。",
                    "Say when revenue counts and whether tax is in; otherwise no breakdown will agree with the books."),
                [
                    .prose,
                    .records(
                        Goal.self,
                        where: Filter(
                            "dimension", "growth", "efficiency", "innovation", "team", "project", "ability", "experience",
                            "network", "life", "")), .picture(.goalTree),
                ],
                sections: [
                    Section(
                        "goals.total", "总销售目标", "Total sales target",
                        guide: Label(
                            "按产品、区域、渠道、月份分解，各部分之和必须等于总数。按历史季节性分月，不要除以十二。",
                            "Break down by product, region, channel and month; parts must add up. Follow the season of past years, do not divide by twelve."
                        ),
                        [.prose, .records(SalesTarget.self), .picture(.salesHeat)]),
                    Section(
                        "goals.share", "市场份额目标", "Market share target",
                        guide: Label(
                            "先定义市场和数据来源，再谈份额；口径一变，份额就没有可比性。",
                            "Define market and source before share; with another definition shares do not compare."),
                        [.prose]),
                    Section(
                        "goals.growth", "增长率目标", "Growth target",
                        guide: Label(
                            "把增长拆成新客、增购、涨价三块，看哪一块撑得住。",
                            "Split growth into new customers, more from old ones, and price; see which can carry it."),
                        [.prose]),
                ]),
            Section(
                "goals.brand", "品牌知名度与客户忠诚度", "Brand and customer loyalty",
                guide: Label("用固定题目、固定人群的调查，才能跨期比较。", "Only the same questions to the same people compare over time."),
                [.prose, .records(Goal.self, where: Filter("dimension", "brand", "quality"))],
                sections: [
                    Section(
                        "goals.awareness", "品牌知名度", "Brand awareness",
                        guide: Label(
                            "写在哪群人里、提示还是不提示下的知晓率，辅以搜索量。", "Say among whom, prompted or not, with search volume beside it."),
                        [.prose]),
                    Section(
                        "goals.reputation", "品牌美誉度", "Brand reputation",
                        guide: Label(
                            "看提及里正面与负面的比例和主题，数量大不等于名声好。",
                            "Look at the share and subject of good and bad mentions; many are not yet good."),
                        [.prose]),
                    Section(
                        "goals.loyalty", "客户忠诚度", "Customer loyalty",
                        guide: Label(
                            "流失率、复购率、净推荐值三个一起看，并按客户规模分开。", "Read churn, repurchase and NPS together, and by size of customer."),
                        [.prose, .records(Survey.self), .picture(.promoterScores), .picture(.cohorts)]),
                ]),
            Section(
                "goals.customers", "转化率与客户生命周期价值", "Conversion and customer lifetime value",
                guide: Label("先找漏斗里损失最大的一级，把目标定在那里。", "Find the stage that loses most and set the target there."),
                [.prose, .records(Goal.self, where: Filter("dimension", "customer"))],
                sections: [
                    Section(
                        "goals.funnel", "销售漏斗转化率", "Funnel conversion",
                        guide: Label(
                            "每一级写进入条件，由客户的动作判定，不由销售的感觉判定。",
                            "Give each stage an entry by what the customer did, not by what sales feels."),
                        [.prose, .records(FunnelStage.self), .picture(.funnel)]),
                    Section(
                        "goals.cac", "客户获取成本（CAC）", "Customer acquisition cost (CAC)",
                        guide: Label(
                            "把人力也算进去，并按渠道分开；平均数会掩盖亏钱的渠道。",
                            "Count people too and split by channel; an average hides the channel that loses money."),
                        [.prose, .records(CustomerBook.self)]),
                    Section(
                        "goals.ltv", "客户生命周期价值（LTV）", "Customer lifetime value (LTV)",
                        guide: Label(
                            "写明毛利率、留存和折现的假设。与获客成本之比低于三，就先改善留存。",
                            "State margin, retention and discount. If it is under three times acquisition cost, mend retention first."
                        ),
                        [.prose, .picture(.unitEconomics)]),
                ]),
        ])

    static let actions = Section(
        "actions", "行动计划与执行", "Action plan",
        guide: Label(
            "策略落成有人、有日期、有预算的活动。每周看一次，两周没动的要说明。",
            "Turn strategy into activities with name, date and money. Look weekly; what did not move for two weeks is explained."),
        [.prose, .records(PlanTask.self), .records(PlanCalendar.self), .records(CalendarEntry.self)],
        sections: [
            Section(
                "actions.calendar", "营销活动排期与内容", "Marketing calendar",
                guide: Label(
                    "先放行业大日子和产品发布，再填日常活动，避开销售冲刺周。每项写目标、预算、负责人和怎样算成功。",
                    "Place trade dates and launches first, then the rest, clear of the weeks when sales closes. Each has target, budget, owner and what success is."
                ),
                [.prose, .records(Campaign.self), .picture(.marketingCalendar)]),
            Section(
                "actions.team", "销售团队建设与培训", "Sales team and training",
                guide: Label(
                    "按目标和人均产出倒推人数，把新人爬坡期算进去。", "Work back from target and output per head; count the time new people need."),
                sections: [
                    Section(
                        "actions.people", "销售人员招聘与配置", "Recruiting and staffing",
                        guide: Label(
                            "写各区域各月需要与在岗人数，空缺期由谁覆盖。", "Give needed and present heads by region and month, and who covers a gap."),
                        [.prose, .records(Person.self), .records(Role.self), .records(Headcount.self)]),
                    Section(
                        "actions.training", "销售技能培训", "Sales training",
                        guide: Label(
                            "用丢单原因决定练什么，训后看一个月内的行为变化。",
                            "Let reasons for lost deals decide what to practise, and look a month later at what changed."),
                        [.prose, .records(Training.self), .records(Ability.self)]),
                    Section(
                        "actions.incentives", "销售激励机制", "Sales incentives",
                        guide: Label(
                            "规则简单到销售自己能算出这个月拿多少；写起付线、比例、超额系数和封顶。",
                            "Keep it so simple that everybody can work out this month’s pay; give threshold, rate, accelerator and cap."
                        ),
                        [.prose, .records(Incentive.self)]),
                    Section(
                        "actions.process", "销售流程优化", "Sales process",
                        guide: Label(
                            "画出从线索到回款的步骤和卡点，先解决等待最久的一步。",
                            "Draw the steps from lead to payment and where they stick; take the longest wait first."),
                        [.prose, .records(Process.self), .records(Step.self), .picture(.swimLanes)]),
                ]),
            Section(
                "actions.cooperation", "跨部门协作机制", "Cross-department collaboration",
                guide: Label(
                    "写清谁在何时给谁什么，并约定沟通节奏和升级办法。", "Write who gives what to whom by when, the rhythm of talks and how to escalate."),
                [.prose, .records(Agreement.self), .records(Communication.self), .records(Meeting.self)]),
        ])

    static let means = Section(
        "means", "预算分配与资源配置", "Budget and resources",
        guide: Label(
            "先按预期回报排活动，再从上往下分钱，留一成应变。", "Rank activities by expected return, give money from the top, keep a tenth for change."),
        sections: [
            Section(
                "means.budget", "营销费用预算明细", "Marketing budget",
                guide: Label(
                    "按活动和类别列出，与营销日历里的预算对得上；每月比较实际与预测。",
                    "List by activity and category, in step with the calendar; compare actual and forecast every month."),
                [
                    .prose, .records(BudgetLine.self), .picture(.budgetBars), .records(Spending.self),
                    .records(Strategy.self, where: Filter("area", "costControl")),
                ]),
            Section(
                "means.people", "人力与技术资源投入", "People and technology",
                guide: Label(
                    "写明市场、销售和外包的人力，以及每套系统给谁用、何时要、谁维护。",
                    "Give people of marketing, sales and agencies, and for each system who uses it, by when and who keeps it."),
                [.prose, .records(Need.self)]),
        ])

    static let evaluation = Section(
        "evaluation", "绩效评估与监控", "Performance evaluation and monitoring",
        guide: Label(
            "看数、找因、改计划，三步缺一不可。影响全局的风险也在这里跟踪。",
            "Read figures, find causes, change the plan; all three. Risks that touch the whole are followed here too."),
        [.prose, .records(Risk.self), .picture(.riskMap)],
        sections: [
            Section(
                "evaluation.measures", "关键指标（KPI）", "Key performance indicators (KPIs)",
                guide: Label(
                    "三个层面各选三到六个，写公式、来源、目标和频率。没人会因它而行动的指标就删掉。",
                    "Three to six on each level with formula, source, target and frequency. Drop what nobody would act on."),
                [.prose, .picture(.measureTrends), .picture(.controlCharts)],
                sections: [
                    Section(
                        "evaluation.salesMeasures", "销售层面", "Sales indicators",
                        guide: Label(
                            "结果指标配一个先行指标，例如销售额配在途商机金额。",
                            "Pair each result with a leading figure, such as sales with the open pipeline."),
                        [.prose, .records(Measure.self, where: Filter("level", "sales", "result", ""))]),
                    Section(
                        "evaluation.marketMeasures", "市场层面", "Marketing indicators",
                        guide: Label("少看粉丝和阅读量，多看带来的有效线索。", "Care less for followers and reads, more for qualified leads."),
                        [.prose, .records(Measure.self, where: Filter("level", "market"))]),
                    Section(
                        "evaluation.channelMeasures", "渠道层面", "Channel indicators",
                        guide: Label(
                            "同时看占比、效率和覆盖，单看占比会亏待新渠道。",
                            "Read share, efficiency and coverage together; share alone wrongs a new channel."),
                        [.prose, .records(Measure.self, where: Filter("level", "channel", "process"))]),
                ]),
            Section(
                "evaluation.reports", "数据分析与报告", "Data analysis and reports",
                guide: Label(
                    "按趋势、达成、问题、原因、建议五段写。差异先拆成价格、数量和结构，再谈人的因素。",
                    "Write trend, attainment, problem, cause, suggestion. Split variance into price, volume and mix before you speak of people."
                ),
                [.prose, .picture(.salesWaterfall)]),
            Section(
                "evaluation.reviews", "定期复盘与调整", "Reviews and adjustments",
                guide: Label("销售和市场坐在一起复盘，同一套数据。", "Sales and marketing review together, with one set of figures."),
                sections: [
                    Section(
                        "evaluation.rhythm", "月度/季度复盘", "Monthly and quarterly reviews",
                        guide: Label(
                            "月度看执行，季度看策略。会前一天发数，会上不念数。",
                            "Monthly for execution, quarterly for strategy. Figures go out a day before and are not read aloud."),
                        [.prose, .records(Review.self)]),
                    Section(
                        "evaluation.adjustments", "策略调整", "Strategy changes",
                        guide: Label(
                            "写清依据的事实、改了什么、何时看效果。一次改一件，才知道是谁起的作用。",
                            "Name the facts, what changed and when to look. Change one thing at a time to know what worked."),
                        [.prose, .records(Adjustment.self)]),
                    Section(
                        "evaluation.returns", "效果优化", "Optimising returns",
                        guide: Label(
                            "按回报给活动排名，末位的停掉或改造，把钱移给前几名并写明上限。",
                            "Rank activities by return, stop or rework the last, move money to the first and say up to where."),
                        [
                            .prose, .picture(.campaignReturns), .picture(.campaignMap), .picture(.budgetShift),
                            .records(Lesson.self),
                        ]),
                ]),
        ])
}
