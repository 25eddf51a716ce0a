extension Blueprint {
    /// A project from charter to closing report.
    public static let project = Blueprint(
        "project", "项目计划", "Project plan",
        help: Label(
            "项目从启动到收尾的目标、组织、进度、资源、风险、沟通与验收。",
            "A project from start to close: goals, people, schedule, means, risks, communication, acceptance."),
        chapters: Project.chapters)
}

private enum Project {
    static let chapters: [Section] = [overview, team, schedule, means, risks, communication, quality, appendix]

    static let overview = Section(
        "overview", "项目概述", "Project overview",
        guide: Label(
            "一页之内让没参加过讨论的人明白：为什么做、做成什么样、不做什么。",
            "Within a page, let somebody who was not there see why this is done, what it will be, and what it will not be."),
        sections: [
            Section(
                "overview.purpose", "项目背景与目标", "Background and objectives",
                guide: Label(
                    "先写问题和它的代价，再写目标。没有代价的问题不值得立项。",
                    "First the problem and what it costs, then the goals. A problem that costs nothing needs no project."),
                sections: [
                    Section(
                        "overview.background", "项目背景", "Background",
                        guide: Label(
                            "用两三个数字说明现状和时机：为什么是现在、不做会怎样。背景里不要写方案。",
                            "Show by two or three figures how things are and why now; say what happens if nothing is done. Keep solutions out of the background."
                        ),
                        [
                            .prose,
                            .records(
                                Statement.self,
                                where: Filter(
                                    "kind", "background", "mission", "vision", "value", "theme", "direction", "idealState")),
                        ]),
                    Section(
                        "overview.goals", "项目目标", "Objectives",
                        guide: Label(
                            "一个总目标，三到五个可度量的子目标，各有基线、目标值和测量日期。上线不是目标，上线带来的改变才是。",
                            "One overall goal and three to five measurable ones with baseline, target and date. Going live is not the goal; what it changes is."
                        ),
                        [
                            .prose, .records(Goal.self), .picture(.goalTree), .records(Measure.self), .picture(.measureTrends),
                            .picture(.controlCharts),
                        ]),
                ]),
            Section(
                "overview.content", "项目范围与交付物", "Scope and deliverables",
                guide: Label(
                    "把「不包括」写得和「包括」一样清楚，争议多半出在没写的地方。",
                    "Write what is out as clearly as what is in; disputes grow where nothing was written."),
                sections: [
                    Section(
                        "overview.scope", "项目范围", "Scope",
                        guide: Label(
                            "按功能、业务、用户三个方面列出范围内外。后加的内容走变更请求，这里注明来源。",
                            "List in and out by function, business and users. What is added later comes by change request and names it."
                        ),
                        [.prose, .records(ScopeItem.self)]),
                    Section(
                        "overview.deliverables", "项目交付物", "Deliverables",
                        guide: Label(
                            "每件交付物写质量标准、应交日期和一位验收人。文档和培训也是交付物，别等到最后才想起。",
                            "Give each a standard, a date and one who accepts it. Documents and training are deliverables too; do not remember them last."
                        ),
                        [.prose, .records(Deliverable.self)]),
                ]),
        ])

    static let team = Section(
        "team", "项目组织与团队", "Project organisation and team",
        guide: Label("让每个人知道自己决定什么、执行什么、该问谁。", "Let everybody know what they decide, what they do and whom to ask."),
        sections: [
            Section(
                "team.roles", "角色与职责划分", "Roles and responsibilities",
                guide: Label(
                    "每项职责只归一个角色负责；一项也没人管或两个人都管，都要在这里解决。兼任可以，但写明哪顶帽子优先。",
                    "Each duty belongs to one role; settle here what nobody or two hold. One person may wear two hats; say which comes first."
                ),
                [.prose, .records(Role.self), .records(Responsibility.self), .picture(.raci)]),
            Section(
                "team.members", "团队成员构成", "Team members",
                guide: Label(
                    "写明所属部门、投入比例和可用时段，并取得其主管同意。启动会上逐一确认，不要只发邮件。",
                    "Give department, share of time and when each is available, agreed with their managers. Confirm with each at the kick-off, not by mail."
                ),
                [.prose, .records(Person.self), .records(Agreement.self)]),
        ])

    static let schedule = Section(
        "schedule", "项目里程碑与时间表", "Milestones and schedule",
        guide: Label(
            "先定阶段和关口，再拆任务、连依赖，最后才看日期。倒着从期望的日期填工期，只会得到一张好看的图。",
            "Phases and gates first, then tasks and links, dates last. Filling durations to meet a wished date gives only a pretty chart."
        ),
        sections: [
            Section(
                "schedule.phases", "阶段划分与关键节点", "Phases and milestones",
                guide: Label(
                    "每个阶段以里程碑收尾，写清准入和准出条件。条件没满足就进入下一阶段，要有人签字承担。",
                    "Each phase ends in a milestone with criteria to enter and leave. If one goes on without meeting them, somebody signs for it."
                ),
                [.prose, .records(Phase.self)]),
            Section(
                "schedule.tasks", "详细任务分解与排期", "Work breakdown and schedule",
                guide: Label(
                    "拆到两天到两周一项，每项有负责人、工期、前置任务和交付物。主要任务写乐观和悲观工期，才能看出完工日期有多稳。",
                    "Break down to between two days and two weeks, each with owner, duration, predecessors and deliverable. Give the main ones an optimistic and a pessimistic duration to see how firm the finish is."
                ),
                [
                    .prose, .picture(.gantt), .records(PlanTask.self), .records(Alternative.self), .picture(.network),
                    .records(PlanCalendar.self),
                    .records(CalendarEntry.self), .records(Baseline.self),
                ]),
        ])

    static let means = Section(
        "means", "资源需求与预算", "Resources and budget",
        guide: Label(
            "人、物、钱都对着排期列：何时要、要多少、谁批准。", "List people, things and money against the schedule: when, how much, approved by whom."),
        sections: [people, things, money])

    static let people = Section(
        "means.people", "人力资源", "Human resources",
        guide: Label(
            "按阶段算人，而不是按项目平均。关键的人若同时在别的项目，先谈好优先级。",
            "Count people by phase, not on average. If a key person is in other projects, agree first which comes first."),
        sections: [
            Section(
                "means.people.plan", "人员配置计划", "Staffing plan",
                guide: Label(
                    "写出每个阶段各类人员的数量和投入比例，对照负荷图看哪几周超载。",
                    "Give number and share by phase and kind of people, and see in the load chart which weeks are too full."),
                [.prose, .records(Headcount.self), .picture(.loadHistogram)]),
            Section(
                "means.people.skills", "技能要求与培训", "Required skills and training",
                guide: Label(
                    "列出项目特有的技能和掌握它的人。只有一个人会的，安排第二个人学。",
                    "List skills particular to this project and who has them. What one person alone can do, a second learns."),
                [.prose, .records(Ability.self), .records(Training.self)]),
            Section(
                "means.people.experts", "外部专家与顾问", "External experts and consultants",
                guide: Label(
                    "写清请来回答什么问题、给出什么成果、何时结束。只买「支持」，往往什么也没买到。",
                    "Say which question they answer, what they hand over and when it ends. Who buys “support” often buys nothing."
                ),
                [.prose, .records(Need.self, where: Filter("kind", "people", "service"))]),
        ])

    static let things = Section(
        "means.things", "物资与技术支持", "Equipment and technology",
        guide: Label(
            "每项写需要日期和到位日期，两者之差就是你的余量。", "Give each the day it is needed and the day it is there; the difference is your margin."),
        sections: [
            Section(
                "means.things.hardware", "硬件设备", "Hardware",
                guide: Label("写配置、数量和用途，注明项目结束后归谁。", "Give specification, quantity and use, and who has it after the project."),
                [.prose, .records(Need.self, where: Filter("kind", "hardware", "material"))]),
            Section(
                "means.things.software", "软件工具", "Software tools",
                guide: Label(
                    "优先用团队熟悉的；新工具要把学习时间排进计划。", "Prefer what the team knows; put the time to learn new tools into the plan."),
                [.prose, .records(Need.self, where: Filter("kind", "software", "system", ""))]),
            Section(
                "means.things.environment", "技术环境", "Technical environments",
                guide: Label(
                    "开发、测试、预发、生产各写一行：版本、数据从哪里来、谁有权限。测试环境晚到是最常见的延误。",
                    "One line each for development, test, staging and production: versions, where data comes from, who has access. A late test environment is the commonest delay."
                ),
                [.prose, .records(Need.self, where: Filter("kind", "environment"))]),
        ])

    static let money = Section(
        "means.money", "财务预算明细", "Detailed budget",
        guide: Label(
            "预算按阶段分配，应急储备单列并写明动用规则。每月比较计划、挣值和实际三条线。",
            "Spread the budget over phases, keep the reserve apart with a rule for drawing on it, and compare planned, earned and actual every month."
        ),
        [.prose, .picture(.budgetBars), .picture(.earnedValue)],
        sections: [
            Section(
                "means.money.labour", "人力成本", "Labour cost",
                guide: Label("用人天乘以人天成本，与排期里的投入对得上。", "Days times cost per day, in step with the assignments in the schedule."),
                [.prose, .records(BudgetLine.self, where: Filter("category", "pay", "recruiting"))]),
            Section(
                "means.money.purchases", "软件/硬件采购", "Software and hardware purchases",
                guide: Label(
                    "分清一次性和按年付费，后者写到项目结束以后由谁承担。",
                    "Tell apart what is paid once and what every year, and who pays the latter after the project."),
                [.prose, .records(BudgetLine.self, where: Filter("category", "software", "hardware"))]),
            Section(
                "means.money.services", "外部服务费", "External services",
                guide: Label("付款跟着验收走，不跟着日历走。", "Pay by what is accepted, not by the calendar."),
                [.prose, .records(BudgetLine.self, where: Filter("category", "services", "training", "research"))]),
            Section(
                "means.money.other", "差旅、会议、推广等费用与应急储备", "Travel, meetings, promotion and contingency reserve",
                guide: Label(
                    "零星费用按经验留一笔总额即可。储备一般取成本风险模拟的某个把握程度，动用时注明对应的风险。",
                    "One amount by experience covers small costs. Take the reserve from the cost simulation at the confidence you choose, and name the risk whenever you draw on it."
                ),
                [
                    .prose,
                    .records(
                        BudgetLine.self,
                        where: Filter(
                            "category", "travel", "meetings", "advertising", "publicRelations", "events", "materials", "other",
                            "reserve", "")), .records(Spending.self),
                ]),
        ])

    static let risks = Section(
        "risks", "风险管理计划", "Risk management plan",
        guide: Label(
            "写明多久识别一次、谁主持、什么分数算高。风险登记表每次例会翻一遍前五项。",
            "Say how often risks are sought, who leads and which score is high. Go through the top five in every meeting."),
        sections: [
            Section(
                "risks.identification", "风险识别与评估", "Risk identification and assessment",
                guide: Label(
                    "先各自写，再一起归类，最后打分；一上来就讨论会漏掉安静的人看到的风险。每项写明会拖哪些任务。",
                    "Write alone, group together, score last; who begins by discussing misses what quiet people see. Name the tasks each would delay."
                ),
                [.prose, .records(RiskNote.self), .records(Risk.self), .records(CommonCause.self), .picture(.riskMap)]),
            Section(
                "risks.responses", "风险应对策略", "Risk responses",
                guide: Label(
                    "高风险逐项选一种策略，指定责任人，把措施排成任务。应对之后再打一次分，看剩下的能否承受。",
                    "For each high risk choose one strategy and an owner, and make the response a task. Score again afterwards and see whether you can bear what is left."
                ),
                [.prose, .picture(.simulation)],
                sections: [
                    Section(
                        "risks.avoid", "规避", "Avoid",
                        guide: Label(
                            "改计划或改方案，使它不可能发生。写出代价。", "Change plan or design so that it cannot happen. Say what that costs."),
                        [.prose, .records(Risk.self, where: Filter("response", "avoid"))]),
                    Section(
                        "risks.mitigate", "缓解", "Mitigate",
                        guide: Label(
                            "预研、备用方案、增加检查点。说明能降到几分。", "Studies ahead, a fallback, more checkpoints. Say to which score it falls."),
                        [.prose, .records(Risk.self, where: Filter("response", "mitigate", "contingency"))]),
                    Section(
                        "risks.transfer", "转移", "Transfer",
                        guide: Label(
                            "写进合同或保险的条款号，并注明转移不了的部分。",
                            "Name the clause of contract or policy, and the part that cannot be transferred."),
                        [.prose, .records(Risk.self, where: Filter("response", "transfer"))]),
                    Section(
                        "risks.accept", "接受", "Accept",
                        guide: Label(
                            "小而少见的风险可以接受，但要写好发生时的预案和看管的人。",
                            "A small and rare risk may be accepted, with a plan for when it comes and somebody who watches."),
                        [.prose, .records(Risk.self, where: Filter("response", "accept", "monitor", ""))]),
                ]),
        ])

    static let communication = Section(
        "communication", "沟通管理计划", "Communication plan",
        guide: Label(
            "从对方需要做什么决定出发，安排说什么、何时说。", "Begin with what each audience has to decide; then plan what they hear and when."),
        sections: [
            Section(
                "communication.audience", "沟通目标与受众", "Purpose and audience",
                guide: Label(
                    "列出受众、他们关心什么、希望他们做什么。别漏掉会被项目改变工作方式的人。",
                    "List audiences, what they care about and what you want them to do. Do not forget those whose work will change."
                ),
                [.prose]),
            Section(
                "communication.channels", "沟通方式与频率", "Channels and frequency",
                guide: Label("每一种沟通都有负责人和产出；没有产出的例会可以取消。", "Each has an owner and an output; a meeting without output can go."),
                sections: [
                    Section(
                        "communication.inside", "内部沟通", "Internal communication",
                        guide: Label(
                            "站会看今天，周会看偏差，月会看方向，三者不要混。",
                            "Stand-ups for today, weekly for deviations, monthly for direction; keep them apart."),
                        [.prose, .records(Communication.self, where: Filter("isExternal", "false", ""))]),
                    Section(
                        "communication.outside", "外部沟通", "External communication",
                        guide: Label(
                            "对客户和高层先说结论和需要他们做的事，再给细节。坏消息当天说。",
                            "To customers and executives: first the conclusion and what you need from them, then details. Bad news the same day."
                        ),
                        [.prose, .records(Communication.self, where: Filter("isExternal", "true")), .records(Feedback.self)]),
                ]),
            Section(
                "communication.meetings", "会议机制", "Regular meetings",
                guide: Label(
                    "会前有议程，会后一天内有纪要，行动项有人有日期，下次会先看它们。",
                    "Agenda before, minutes within a day, action items with name and date, looked at first next time."),
                [.prose, .records(Meeting.self)]),
        ])

    static let quality = Section(
        "quality", "质量控制与验收标准", "Quality and acceptance",
        guide: Label("质量靠过程里的关口，不靠最后的检查。", "Quality comes from gates along the way, not from the last check."),
        sections: [
            Section(
                "quality.assurance", "质量保证措施", "Quality assurance",
                guide: Label("每项措施写做法、工具、负责人和完成标志。", "For each, how, with what, by whom, and when it is done."),
                sections: [
                    Section(
                        "quality.standards", "代码规范", "Coding standards",
                        guide: Label(
                            "规范交给工具检查，人只评审设计和可读性。", "Let tools hold the standard; people review design and readability."),
                        [.prose, .records(QualityActivity.self, where: Filter("area", "standard"))]),
                    Section(
                        "quality.tests", "测试策略", "Test strategy",
                        guide: Label(
                            "从单元到用户验收逐层写目标、用例数和准出条件，并说明哪些自动回归。",
                            "From unit to acceptance give aim, number of cases and exit criteria, and say which are rerun by machine."
                        ),
                        [
                            .prose,
                            .records(
                                QualityActivity.self,
                                where: Filter(
                                    "area", "unitTest", "integrationTest", "systemTest", "performanceTest", "securityTest",
                                    "acceptanceTest")),
                        ]),
                    Section(
                        "quality.defects", "缺陷管理", "Defect management",
                        guide: Label(
                            "约定严重程度的定义和修复时限，修复后必须由发现人回归。",
                            "Agree what each severity means and how fast it is fixed; who found it retests it."),
                        [.prose, .records(QualityActivity.self, where: Filter("area", "defects")), .records(Defect.self)]),
                    Section(
                        "quality.documents", "文档管理", "Document management",
                        guide: Label(
                            "一份文档一个位置、一位负责人，评审通过后打版本号。",
                            "One place and one owner per document; a version when it has passed review."),
                        [.prose, .records(QualityActivity.self, where: Filter("area", "documents"))]),
                    Section(
                        "quality.stages", "阶段评审", "Stage reviews",
                        guide: Label(
                            "评审只回答一个问题：是否进入下一阶段。有条件通过要写清条件和期限。",
                            "A review answers one question: go on or not. If on conditions, write them with their dates."),
                        [
                            .prose, .records(QualityActivity.self, where: Filter("area", "stageReview")), .records(Review.self),
                            .records(Adjustment.self),
                        ]),
                ]),
            Section(
                "quality.acceptance", "验收流程与标准", "Acceptance process and criteria",
                guide: Label("立项时就与验收人谈好标准，越晚谈越贵。", "Agree on criteria with those who accept at the start; later it costs more."),
                sections: [
                    Section(
                        "quality.criteria", "验收标准", "Acceptance criteria",
                        guide: Label(
                            "写成可以测出来的数：响应时间、正确率、覆盖率，并写明怎样测。",
                            "Write what can be measured: response time, correctness, coverage, and how."),
                        [.prose, .records(AcceptanceCriterion.self)]),
                    Section(
                        "quality.steps", "验收流程", "Acceptance process",
                        guide: Label(
                            "内部预验收、客户验收、签署三步各写参加人、材料和期限。",
                            "For internal check, customer check and sign-off give people, material and dates."),
                        [.prose]),
                    Section(
                        "quality.signatories", "验收责任人", "Sign-off",
                        guide: Label(
                            "写到姓名和代签人，并注明拒签时由谁裁决。", "Give names and stand-ins, and who decides if a signature is refused."),
                        [.prose]),
                ]),
        ])

    static let appendix = Section(
        "appendix", "附录：相关文档清单", "Appendix: list of documents",
        guide: Label(
            "列出文档、版本、负责人和位置；变更请求也登记在这里，写明对范围、工期和成本的影响，批准后形成新基线。",
            "List documents with version, owner and place. Change requests stand here too with their effect on scope, time and cost; approved, they make a new baseline."
        ),
        [.prose, .records(PlanDocument.self), .records(ChangeRequest.self), .records(Lesson.self)])
}
