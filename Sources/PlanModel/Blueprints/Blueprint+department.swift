extension Blueprint {
    /// A department's strategy for a year.
    public static let department = Blueprint(
        "department", "部门年度战略计划", "Annual department strategy",
        help: Label("部门一年的方向、目标、举措、资源、风险与复盘。", "A department’s direction, goals, work, means, risks and reviews for a year."),
        chapters: Department.chapters)
}

private enum Department {
    static let chapters: [Section] = [purpose, goals, actions, means, risks, reviews]

    static let purpose = Section(
        "purpose", "部门使命与愿景", "Department mission and vision",
        guide: Label(
            "使命写部门为谁提供什么、不可替代在哪里；愿景写三五年后别人怎样评价你们。各用一句话，让新同事听一遍就能复述；年度目标逐条对回这里。",
            "The mission says whom the department serves and what nobody else gives them; the vision says what others will say of you in some years. One sentence each, easy to repeat; every goal of the year points back here."
        ),
        [.prose, .records(Statement.self)])

    static let goals = Section(
        "goals", "年度战略目标设定", "Annual strategic goals",
        guide: Label(
            "先看公司要什么，再定部门给什么。目标之间若争同一批人、同一笔钱，在这里就要取舍，不要留给执行的人。",
            "See what the company needs, then decide what the department gives. Where goals compete for the same people or money, choose here; do not leave it to those who carry it out."
        ),
        sections: [
            Section(
                "goals.alignment", "承接公司战略目标", "Alignment with company goals",
                guide: Label(
                    "逐条写出部门承接的公司目标，以及部门的贡献怎样带动它。承接不了的也写明，让公司知道缺口在哪里。",
                    "Go through the company’s goals: say which the department takes up and how its contribution moves them. Say also what it cannot carry, so that the gap is known."
                ),
                [.prose, .picture(.cascade)]),
            Section(
                "goals.breakdown", "部门核心目标分解", "Core department goals",
                guide: Label(
                    "每个维度一到三个目标，每个目标有负责人、期限、权重和可以取数的指标。常见的错误是把任务当目标：「上线新系统」是任务，「平均解决时长降到 6 小时」才是目标。",
                    "One to three goals in each dimension, each with an owner, a date, a weight and a measure that can really be read. The usual mistake is to write a task as a goal: “launch the system” is a task, “solve cases in six hours on average” is a goal."
                ),
                [.prose, .picture(.goalTree)],
                sections: [
                    Section(
                        "goals.growth", "业务增长与收入贡献目标", "Business growth and revenue",
                        guide: Label(
                            "写清部门的工作通过哪条路径变成收入，并与销售部门约定归因口径，否则年底各说各话。",
                            "Say by which path the department’s work becomes revenue, and agree with sales how it is attributed; otherwise both will claim it."
                        ),
                        [.prose, .records(Goal.self, where: Filter("dimension", "growth"))]),
                    Section(
                        "goals.efficiency", "效率提升与成本优化目标", "Efficiency and cost",
                        guide: Label(
                            "先量出现在每件事花多少时间和钱，再定降多少。同时写明不能因此变差的指标，例如提速而不增加返工。",
                            "Measure what each case costs today in time and money, then set the cut. Name what may not get worse for it, such as faster without more rework."
                        ),
                        [.prose, .records(Goal.self, where: Filter("dimension", "efficiency"))]),
                    Section(
                        "goals.quality", "质量改进与客户满意度目标", "Quality and customer satisfaction",
                        guide: Label(
                            "把客户感受和内部质量各选一个指标配对，单看满意度容易被样本左右。写明调查对象和样本量。",
                            "Pair one measure of what customers feel with one of inner quality; satisfaction alone swings with the sample. Say who is asked and how many."
                        ),
                        [.prose, .records(Goal.self, where: Filter("dimension", "quality", "customer", "brand"))]),
                    Section(
                        "goals.innovation", "创新与发展目标", "Innovation and development",
                        guide: Label(
                            "创新也要有验收：写出做成后谁会用、用到什么程度算成功，以及到哪一天没有进展就停。",
                            "Innovation needs acceptance too: who will use it, how much use counts as success, and on which day you stop if nothing has come of it."
                        ),
                        [.prose, .records(Goal.self, where: Filter("dimension", "innovation", "project"))]),
                    Section(
                        "goals.team", "团队建设与人才发展目标", "Team building and talent development",
                        guide: Label(
                            "写团队要多出来的能力和要留住的人，而不是培训场次。场次是动作，能独立处理的人数才是成果。",
                            "Write the abilities the team will have and the people it will keep, not the number of courses. How many can work on their own is a result; how many sat in a room is not."
                        ),
                        [
                            .prose,
                            .records(
                                Goal.self, where: Filter("dimension", "team", "ability", "experience", "network", "life", "")),
                        ]),
                ]),
        ])

    static let actions = Section(
        "actions", "关键举措与行动计划", "Key initiatives and action plan",
        guide: Label(
            "从目标倒推：要让指标动起来，哪几件事非做不可。先排季度，再排到月，最后落到人。",
            "Work back from the goals: which few things must be done to move the measures. Quarters first, then months, then names."
        ),
        sections: [
            Section(
                "actions.quarters", "季度重点工作规划", "Quarterly priorities",
                guide: Label(
                    "每季度一个主题，三项以内的重点，写出季末能拿出手的交付物。每个季度都「全面推进」，等于没有重点。",
                    "One theme a quarter, at most three points of focus, and what can be shown at its end. If everything is pursued in every quarter, there is no focus."
                ),
                [.prose, .records(Focus.self), .records(Deliverable.self)]),
            Section(
                "actions.tasks", "月度详细任务安排", "Monthly task plan",
                guide: Label(
                    "任务写到一个人一两周能做完的大小：做什么、谁负责、谁配合、起止日期、交付什么、怎样算合格。验收标准写在开工前，不写在争论时。",
                    "Cut tasks so that one person finishes in a week or two: what, who owns it, who helps, from when to when, what is handed over, what counts as good. Write acceptance before work begins, not when it is disputed."
                ),
                [
                    .prose, .records(PlanTask.self), .records(Alternative.self), .picture(.gantt), .records(PlanCalendar.self),
                    .records(CalendarEntry.self),
                ]),
            Section(
                "actions.owners", "负责人与时间节点", "Owners and due dates",
                guide: Label(
                    "每件事只有一位最终负责人，其余是执行、咨询或知会。依赖其他部门的事先谈好约定再排日期，并在期限前留出缓冲。",
                    "Each thing has one who answers for it; others carry it out, advise or are told. Agree with other departments before you set dates that depend on them, and keep a buffer before the deadline."
                ),
                [.prose, .records(Responsibility.self), .picture(.raci), .records(Agreement.self)]),
        ])

    static let means = Section(
        "means", "资源需求与保障", "Resources",
        guide: Label(
            "把目标折算成人、钱、工具。资源不够时，在这里砍目标或要资源，不要两头都答应。",
            "Turn goals into people, money and tools. If they do not suffice, cut goals or ask for means here; do not promise both."
        ),
        sections: [people, money, tools])

    static let people = Section(
        "means.people", "人力资源配置", "Human resources",
        guide: Label(
            "先写各月需要的能力和人数，再对照现有团队。缺口要写清用招聘、调岗、外包还是培训来补，何时到位。",
            "Write what abilities and how many people each month needs, then look at the team you have. For each gap say whether you hire, transfer, outsource or train, and by when."
        ),
        sections: [
            Section(
                "means.people.team", "团队结构与人员需求", "Team structure and headcount",
                guide: Label(
                    "列出团队成员、角色和各月人数需求。新人从到岗到独立工作通常要两三个月，把这段时间算进去。",
                    "List members, roles and headcount by month. Somebody new needs two or three months before working alone; count them in."
                ),
                [.prose, .records(Person.self), .records(Role.self), .records(Headcount.self), .picture(.loadHistogram)]),
            Section(
                "means.people.skills", "技能提升与培训", "Skills and training",
                guide: Label(
                    "按岗位列出要求的水平和现有水平，差距大且影响目标的先补。能靠结对和分享解决的，不必先花钱外训。",
                    "Set wanted against present levels by post; close first what is wide and hurts a goal. What pairing and sharing can solve needs no bought course."
                ),
                [.prose, .records(Ability.self), .picture(.abilityRadar), .records(Training.self)]),
            Section(
                "means.people.incentives", "激励与保留机制", "Incentives and retention",
                guide: Label(
                    "写明奖励什么行为、怎样计算、何时兑现，以及关键岗位靠什么留人。奖励的指标要与目标一致，不要奖励数量而目标是质量。",
                    "Say what is rewarded, how it is worked out and when it is paid, and what keeps the people you cannot lose. Reward what the goals ask for; do not pay for quantity when the goal is quality."
                ),
                [.prose, .records(Incentive.self)]),
        ])

    static let money = Section(
        "means.money", "财务预算管理", "Budget management",
        guide: Label(
            "预算跟着举措走：每笔钱都能说出支持哪个目标。说不出来的，先不要列。",
            "Money follows work: every line can name the goal it serves. A line that cannot waits."),
        [.prose, .picture(.budgetBars)],
        sections: [
            Section(
                "means.money.lines", "详细预算清单", "Detailed budget",
                guide: Label(
                    "按类别和期间列出，写明数量与单价的来由。别漏掉续费、维护和离职补招这些必然发生的开支。",
                    "List by category and period with quantity and unit price. Do not forget renewals, maintenance and replacing people who leave; they will come."
                ),
                [.prose, .records(BudgetLine.self)]),
            Section(
                "means.money.approval", "预算申请与审批流程", "Budget requests and approval",
                guide: Label(
                    "写清多少金额由谁批、多久答复，申请人不得自批。先批后花；紧急支出事后几天内补手续也在这里约定。",
                    "Say who approves which amount and how soon; nobody approves their own. Approval comes before spending; agree here in how many days urgent spending is put in order."
                ),
                [.prose, .records(Spending.self)]),
            Section(
                "means.money.control", "成本控制策略", "Cost control",
                guide: Label(
                    "选两三条真正管用的办法，例如超过计划 10% 就暂停并说明。写明谁每月看、看到什么就行动。",
                    "Choose two or three rules that bite, such as stopping to explain at ten per cent over plan. Say who looks every month and what makes them act."
                ),
                [.prose, .records(Strategy.self, where: Filter("area", "costControl"))]),
        ])

    static let tools = Section(
        "means.tools", "技术与工具支持", "Technology and tools",
        guide: Label(
            "按「最晚何时必须到位」排序，而不是按想要的程度。采购和安全审查的时间往往比安装长得多。",
            "Order by the day each must be there, not by how much it is wanted. Buying and security review often take far longer than installing."
        ),
        sections: [
            Section(
                "means.tools.systems", "系统与软件需求", "Systems and software",
                guide: Label(
                    "写明哪项任务要用、替换还是新增、许可数量怎样算出来。先查已有系统能否满足。",
                    "Say which task needs it, whether it replaces or adds, and how the number of licences was found. Check first whether what you have will do."
                ),
                [.prose, .records(Need.self, where: Filter("kind", "system", "software", ""))]),
            Section(
                "means.tools.hardware", "硬件设备与基础设施", "Hardware and infrastructure",
                guide: Label(
                    "按负荷估算容量并注明依据。到货期长的设备写上下单日期。",
                    "Size by load and give the basis. For what takes long to arrive write the day it must be ordered."),
                [.prose, .records(Need.self, where: Filter("kind", "hardware", "environment", "material"))]),
            Section(
                "means.tools.support", "技术支持与维护", "Support and maintenance",
                guide: Label(
                    "每套系统写一位维护人和一位备份，以及出故障时的响应时限。没有维护人的系统迟早变成风险。",
                    "Name for each system who keeps it, who stands in, and how fast a failure is answered. A system nobody keeps becomes a risk."
                ),
                [.prose, .records(Need.self, where: Filter("kind", "service", "people"))]),
        ])

    static let risks = Section(
        "risks", "风险识别与应对", "Risk management",
        guide: Label(
            "风险写成「因为什么，可能发生什么，会造成什么」。已经发生的是问题，交给任务去解决。",
            "Write a risk as cause, event and effect. What has already happened is an issue and becomes a task."),
        sections: [
            Section(
                "risks.analysis", "潜在风险分析", "Risk identification",
                guide: Label(
                    "请不同岗位的人各想三条再汇总，一个人想总会漏。可能性和影响用同一把尺子打分，分数要拉得开。",
                    "Let people of different posts find three each before you collect; one person always misses some. Score likelihood and impact by one scale, and let the scores differ."
                ),
                [.prose, .picture(.riskMap)],
                sections: [
                    Section(
                        "risks.technology", "技术风险", "Technology risks",
                        guide: Label(
                            "看新技术、系统接口、数据安全和单点故障。问一句：这套系统停一天，谁最先受影响。",
                            "Look at new technology, interfaces, data security and single points of failure. Ask who is hurt first if this system stops for a day."
                        ),
                        [.prose, .records(Risk.self, where: Filter("category", "technology"))]),
                    Section(
                        "risks.people", "人员风险", "People risks",
                        guide: Label(
                            "看哪些事只有一个人会、谁可能离开、哪里士气低。写到岗位和事情，不写对个人的评价。",
                            "See what only one person can do, who may leave and where morale is low. Write about posts and work, not judgements of persons."
                        ),
                        [.prose, .records(Risk.self, where: Filter("category", "people"))]),
                    Section(
                        "risks.market", "市场风险", "Market risks",
                        guide: Label(
                            "看需求、竞争和经济环境的变化怎样传到本部门：客户量突增或骤减都算。",
                            "See how demand, competition and the economy reach this department; a sudden rise of cases counts as much as a fall."
                        ),
                        [.prose, .records(Risk.self, where: Filter("category", "market", "environment"))]),
                    Section(
                        "risks.operations", "运营风险", "Operational risks",
                        guide: Label(
                            "看流程中断、供应商、排班和跨部门沟通。重点写旺季和节假日前后。",
                            "Look at broken flows, suppliers, rosters and talk between departments; above all around peak season and holidays."
                        ),
                        [
                            .prose,
                            .records(
                                Risk.self,
                                where: Filter("category", "operations", "schedule", "cost", "quality", "requirements", "")),
                        ]),
                    Section(
                        "risks.compliance", "合规风险", "Compliance risks",
                        guide: Label(
                            "看法规、合同和数据隐私的要求，写明依据哪一条、由谁解释。",
                            "Look at law, contracts and privacy; name the clause and who interprets it."),
                        [.prose, .records(Risk.self, where: Filter("category", "compliance"))]),
                ]),
            Section(
                "risks.responses", "风险规避与应对措施", "Risk responses",
                guide: Label(
                    "高风险必须有责任人、措施、触发条件和预警指标，并估计措施之后还剩多少。只写「加强管理」不是措施。",
                    "A high risk needs an owner, a response, a trigger and an indicator, and an estimate of what remains. “Manage better” is not a response."
                ),
                sections: [
                    Section(
                        "risks.avoid", "规避措施", "Avoidance",
                        guide: Label(
                            "改变做法，让它不会发生，例如改用成熟方案、放弃高风险客户定制。写明为此放弃了什么。",
                            "Change the way so that it cannot happen, such as proven technology instead of new. Say what is given up for it."
                        ),
                        [.prose, .records(Risk.self, where: Filter("response", "avoid"))]),
                    Section(
                        "risks.mitigate", "缓解措施", "Mitigation",
                        guide: Label(
                            "降低可能性或减轻影响，例如培养替补、演练、分批切换。措施要落成有日期的任务；转移给供应商或保险的也写在这里。",
                            "Lower the likelihood or the effect: train a stand-in, rehearse, switch in stages. Make it a dated task; what is transferred to a supplier or insurer stands here too."
                        ),
                        [.prose, .records(Risk.self, where: Filter("response", "mitigate", "transfer"))]),
                    Section(
                        "risks.contingency", "应急预案", "Contingency plans",
                        guide: Label(
                            "写发生后头一小时、头一天各做什么，谁下令、谁对外说。预案一年至少演练一次。",
                            "Write what is done in the first hour and on the first day, who gives the order and who speaks to others. Rehearse at least once a year."
                        ),
                        [.prose, .records(Risk.self, where: Filter("response", "contingency"))]),
                    Section(
                        "risks.monitor", "风险监控", "Risk monitoring",
                        guide: Label(
                            "给每项风险一个能看得见的信号和复核间隔。到期没看就等于没有监控。",
                            "Give each risk a signal that can be seen and an interval to look at it. A risk nobody looked at in time is not watched."
                        ),
                        [.prose, .records(Risk.self, where: Filter("response", "monitor", "accept", ""))]),
                ]),
        ])

    static let reviews = Section(
        "reviews", "绩效评估与持续改进", "Performance review and continuous improvement",
        guide: Label(
            "用数说话，按期复盘，改完留痕。复盘的产出是计划的改动，而不是会议纪要。",
            "Let figures speak, look back on time, leave a trace of what changed. A review yields changes to the plan, not minutes."
        ),
        sections: [
            Section(
                "reviews.measures", "关键绩效指标（KPI）", "Key performance indicators (KPIs)",
                guide: Label(
                    "每个指标写清公式、数据来源、目标值、频率和取数人。两个人各算一遍结果不同，口径就还没写清。",
                    "Give each indicator its formula, source, target, frequency and who collects it. If two people get different results, the definition is not done."
                ),
                [.prose, .records(Measure.self), .picture(.measureTrends), .picture(.controlCharts)]),
            Section(
                "reviews.rhythm", "定期复盘与调整机制", "Review cadence",
                guide: Label(
                    "把一年的复盘日期先排好。每次会前准备好事实，会上只谈偏差、原因和调整。",
                    "Set the dates for the whole year. Have the facts ready before and talk only of deviations, causes and adjustments."
                ),
                sections: [
                    Section(
                        "reviews.tracking", "周/月度进度跟踪", "Weekly and monthly progress tracking",
                        guide: Label(
                            "短会，只看逾期、受阻和下一步。半小时解决不了的，会后单独谈。",
                            "Keep it short: what is late, what is stuck, what is next. What takes longer than half an hour is taken elsewhere."
                        ),
                        [.prose, .records(Review.self, where: Filter("kind", "weekly", "monthly", "")), .records(Meeting.self)]),
                    Section(
                        "reviews.quarterly", "季度/半年度复盘", "Quarterly and half-year reviews",
                        guide: Label(
                            "对照季度重点看成果、看风险应对是否有效，决定下季度加什么、减什么。调整逐条记录原因。",
                            "Hold results against the quarter’s focus, see whether responses worked, decide what to add and what to drop. Record each adjustment with its reason."
                        ),
                        [
                            .prose, .records(Review.self, where: Filter("kind", "quarterly", "halfYear", "stage")),
                            .records(Adjustment.self),
                        ]),
                    Section(
                        "reviews.annual", "年度总结与规划", "Annual summary and outlook",
                        guide: Label(
                            "写目标达成了多少、为什么，以及明年要继续、停止、开始的事。经验写成别人也能照做的话。",
                            "Say how far each goal was reached and why, and what to continue, stop and start. Word lessons so that others can follow them."
                        ),
                        [.prose, .records(Review.self, where: Filter("kind", "annual", "selfReview")), .records(Lesson.self)]),
                    Section(
                        "reviews.feedback", "反馈与沟通", "Feedback and communication",
                        guide: Label(
                            "约定向谁、多久、用什么形式报告，并给员工和客户留一条提意见的路。每条意见都要有回应。",
                            "Agree to whom, how often and in which form you report, and keep a way open for staff and customers to speak. Every point gets an answer."
                        ),
                        [.prose, .records(Feedback.self), .records(Communication.self)]),
                ]),
        ])
}
