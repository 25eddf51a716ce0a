extension Blueprint {
    /// Making operations and processes better.
    public static let improvement = Blueprint(
        "improvement", "运营改进计划", "Operations improvement plan",
        help: Label("从现状、根因到方案、实施与推广的流程改进。", "Improving a process from how it is, by root causes, to roll-out."),
        chapters: Improve.chapters)
}

private enum Improve {
    static let chapters: [Section] = [analysis, causes, goals, solution, rollout, evaluation, lessons]

    static let analysis = Section(
        "analysis", "现状分析与问题识别", "Current state and problems",
        guide: Label(
            "到现场看，跟着一单走完全程，再动笔。写现在实际怎样做，而不是制度规定怎样做。",
            "Go and see; follow one case to its end before you write. Write what is done, not what the rule says."),
        sections: [
            Section(
                "analysis.processes", "现有流程与操作概述", "Current processes",
                guide: Label(
                    "选一条端到端的流程，从客户的触发写到客户的结果，别从部门的边界开始和结束。",
                    "Take one process from what a customer triggers to what the customer gets; do not begin and end at a department’s border."
                ),
                sections: [
                    Section(
                        "analysis.map", "流程梳理", "Process map",
                        guide: Label(
                            "每个环节写输入、活动、输出、执行者和工具，判断处写分支比例。画完请一线的人改一遍。",
                            "For each step give input, activity, output, actor and tool; at decisions the share of each way. Let those who do it correct the map."
                        ),
                        [
                            .prose, .records(Process.self, where: Filter("kind", "asIs")), .picture(.swimLanes),
                            .picture(.processMap),
                        ]),
                    Section(
                        "analysis.details", "操作细节", "Process details",
                        guide: Label(
                            "记下用时、等待、手工录入和审批方式。用时取中位数，另记最慢的一成。",
                            "Note service time, waiting, manual entry and approvals. Take medians, and note the slowest tenth."),
                        [.prose, .records(Step.self)]),
                ]),
            Section(
                "analysis.pains", "痛点与瓶颈分析", "Pain points and bottlenecks",
                guide: Label(
                    "痛点写表现和落在哪个环节，先不写原因和办法。同一件事只记在最贴切的一类。",
                    "Write what is seen and at which step, not yet why or what to do. Put each into the one class that fits best."
                ),
                sections: [
                    Section(
                        "analysis.slow", "效率低下", "Low efficiency",
                        guide: Label(
                            "分开处理时间和等待时间，多数流程里等待占了大头。",
                            "Tell service from waiting; in most processes waiting is the greater part."),
                        [.prose, .records(Pain.self, where: Filter("category", "slow", ""))]),
                    Section(
                        "analysis.waste", "资源浪费", "Waste of resources",
                        guide: Label(
                            "找不增加价值的动作：重复录入、来回确认、加班赶工。", "Look for work that adds nothing: typing twice, asking back, overtime."),
                        [.prose, .records(Pain.self, where: Filter("category", "waste"))]),
                    Section(
                        "analysis.quality", "质量问题", "Quality problems",
                        guide: Label(
                            "写错误类型、发现在哪一步、返工要花多少时间。", "Give kinds of error, where they are found and what rework costs."),
                        [.prose, .records(Pain.self, where: Filter("category", "quality"))]),
                    Section(
                        "analysis.cost", "成本高企", "High cost",
                        guide: Label("算到一单花多少钱，再看哪个环节最贵。", "Work out the cost of one case, then which step costs most."),
                        [.prose, .records(Pain.self, where: Filter("category", "cost"))]),
                    Section(
                        "analysis.customer", "客户体验不佳", "Poor customer experience",
                        guide: Label(
                            "引用客户原话，注明次数，别用自己的感受代替。", "Quote customers with numbers; do not put your own feeling in their place."),
                        [.prose, .records(Pain.self, where: Filter("category", "customer"))]),
                    Section(
                        "analysis.silo", "信息孤岛", "Information silos",
                        guide: Label("列出同一数据在几个系统各录一遍，以谁为准。", "List what is entered in several systems and which one counts."),
                        [.prose, .records(Pain.self, where: Filter("category", "silo"))]),
                    Section(
                        "analysis.morale", "员工满意度低", "Low employee satisfaction",
                        guide: Label(
                            "匿名问一线：哪件事最想不再做。他们往往早就知道答案。",
                            "Ask those who do it, unnamed, what they most want to stop; they often know the answer."),
                        [.prose, .records(Pain.self, where: Filter("category", "morale"))]),
                ]),
            Section(
                "analysis.figures", "数据支持与量化问题", "Data that quantify the problems",
                guide: Label(
                    "每个要解决的问题至少一个数：时长、错误率、返工、投诉、录入次数、加班。基线取改进前至少八周，定下后不再改。",
                    "At least one figure for each problem: time, errors, rework, complaints, entries, overtime. Take eight weeks or more as baseline and then leave it."
                ),
                [.prose, .records(Measure.self)]),
        ])

    static let causes = Section(
        "causes", "根本原因分析", "Root cause analysis",
        guide: Label(
            "原因要能验证：如果它是真的，数据里应当看到什么。停在「人不负责」就还没到根。",
            "A cause can be tested: if it is true, what should the data show? Who stops at “careless people” is not at the root."),
        sections: [
            Section(
                "causes.bones", "人、机、料、法、环等维度", "Man, machine, material, method, environment",
                guide: Label(
                    "先按五个维度铺开，再对最重的几条连问五个为什么，直到一个改得动的原因。",
                    "Spread causes over the five bones, then ask why five times about the heaviest until you reach one you can change."
                ),
                [.prose, .picture(.fishbone), .picture(.fiveWhy)],
                sections: [
                    Section(
                        "causes.man", "人", "Man",
                        guide: Label(
                            "技能、责任、培训和人手。写缺什么，不写谁不行。", "Skill, duty, training, numbers. Write what is missing, not who is bad."),
                        [.prose, .records(Cause.self, where: Filter("bone", "man"))]),
                    Section(
                        "causes.machine", "机", "Machine",
                        guide: Label(
                            "系统、工具和接口，写出故障或不匹配的次数。", "Systems, tools and interfaces, with how often they fail or do not fit."),
                        [.prose, .records(Cause.self, where: Filter("bone", "machine"))]),
                    Section(
                        "causes.material", "料", "Material",
                        guide: Label("在服务流程里，料就是信息：缺字段、不准确、来得晚。", "In services material is information: missing, wrong or late."),
                        [.prose, .records(Cause.self, where: Filter("bone", "material"))]),
                    Section(
                        "causes.method", "法", "Method",
                        guide: Label(
                            "流程、标准、权限和考核。问一句：照章办事能不能办好。",
                            "Flow, standards, authority and incentives. Ask whether following the rule gives a good result."),
                        [.prose, .records(Cause.self, where: Filter("bone", "method", ""))]),
                    Section(
                        "causes.environment", "环", "Environment",
                        guide: Label(
                            "跨部门关系、旺季、政策和工作环境。分清能影响的和只能适应的。",
                            "Other departments, seasons, policy, place of work. Tell what you can influence from what you must bear."
                        ),
                        [.prose, .records(Cause.self, where: Filter("bone", "environment"))]),
                ]),
            Section(
                "causes.priorities", "影响分析与优先级排序", "Impact and priorities",
                guide: Label(
                    "按影响和容易程度打分，先做右上角。帕累托图上前两三条往往占八成。",
                    "Score effect and ease and begin at the upper right. In the Pareto chart two or three often make eighty per cent."
                ),
                [.prose, .picture(.priorityMatrix), .picture(.pareto)]),
        ])

    static let goals = Section(
        "goals", "改进目标设定", "Improvement goals",
        guide: Label(
            "目标接着基线写，从多少到多少、何时达到，并写明不能变差的指标。",
            "Let goals follow the baseline: from what to what by when, and what may not get worse."),
        sections: [
            Section(
                "goals.smart", "具体、可衡量、可达成、相关、有时限", "SMART goals",
                guide: Label(
                    "对照五个字母逐条检查。可达成的依据写数据或同行水平，不写决心。",
                    "Check each against the five letters. Ground “attainable” in data or in what others reach, not in resolve."),
                [.prose, .records(Goal.self), .picture(.goalTree)]),
            Section(
                "goals.benefits", "预期效益（效率提升、成本降低、质量改善）", "Expected benefits",
                guide: Label(
                    "折算成每年金额时写明算法，省下的时间只有真的另作他用才算钱。",
                    "Show how each becomes money a year; saved time is money only if it is used for something else."),
                sections: [
                    Section(
                        "goals.efficiency", "效率提升", "Higher efficiency",
                        guide: Label(
                            "写处理时长、吞吐量或产能的变化和折算方法。", "Give the change in time, throughput or capacity and how it is valued."),
                        [.prose, .records(Benefit.self, where: Filter("kind", "efficiency"))]),
                    Section(
                        "goals.cost", "成本降低", "Lower cost",
                        guide: Label(
                            "区分现在就能少花的钱和将来不必多花的钱。", "Tell money no longer spent from money that will not have to be spent."),
                        [.prose, .records(Benefit.self, where: Filter("kind", "cost"))]),
                    Section(
                        "goals.quality", "质量改善", "Better quality",
                        guide: Label("用少返工、少赔付、少流失来折算。", "Value it by less rework, fewer penalties, fewer customers lost."),
                        [.prose, .records(Benefit.self, where: Filter("kind", "quality"))]),
                    Section(
                        "goals.other", "其他效益", "Other benefits",
                        guide: Label(
                            "员工满意、风险降低等算不成钱的，写明怎样看得出来。",
                            "For what cannot be money, such as morale or less risk, say how it will show."),
                        [.prose, .records(Benefit.self, where: Filter("kind", "other", ""))]),
                ]),
        ])

    static let solution = Section(
        "solution", "改进方案设计", "Improvement plan",
        guide: Label(
            "每条措施指向一个已验证的原因；对不上原因的措施，再好也先放下。", "Each measure answers a verified cause; put aside what does not, however good."),
        sections: [
            Section(
                "solution.measures", "详细改进措施与步骤", "Improvement measures and steps",
                guide: Label(
                    "先减后改再自动化：把不该有的环节自动化，只会更快地做无用功。",
                    "Remove, then simplify, then automate; to automate a needless step is only to waste faster."),
                sections: [
                    Section(
                        "solution.streamline", "流程优化", "Process optimisation",
                        guide: Label(
                            "画出改进后的流程，与现状并排，标明取消、合并和并行了什么。",
                            "Draw the process to be beside the one that is and mark what was removed, joined or made parallel."),
                        [
                            .prose, .records(Process.self, where: Filter("kind", "toBe")), .picture(.toBeLanes),
                            .records(Improvement.self, where: Filter("kind", "streamline", "")),
                        ]),
                    Section(
                        "solution.standardise", "标准化", "Standardisation",
                        guide: Label(
                            "只标准化做法已经稳定的环节，写清允许例外的条件。",
                            "Standardise only where practice is settled, and say when exceptions are allowed."),
                        [.prose, .records(Improvement.self, where: Filter("kind", "standardise"))]),
                    Section(
                        "solution.automate", "自动化", "Automation",
                        guide: Label(
                            "挑量大、规则清楚、出错可回退的动作，写出自动化失败时怎么办。",
                            "Choose what is frequent, ruled and reversible, and say what happens when it fails."),
                        [.prose, .records(Improvement.self, where: Filter("kind", "automate"))]),
                    Section(
                        "solution.digitise", "数字化/智能化", "Digitalisation",
                        guide: Label(
                            "先有干净的数据，再谈预测和智能。写明人怎样复核机器的判断。",
                            "Clean data first, then prediction. Say how people check what the machine decides."),
                        [.prose, .records(Improvement.self, where: Filter("kind", "digitise"))]),
                    Section(
                        "solution.reorganise", "组织结构调整", "Reorganisation",
                        guide: Label(
                            "流程确实要求时才动组织，并先谈清汇报、考核和过渡期。",
                            "Change the organisation only if the flow needs it, with reporting, incentives and transition settled first."
                        ),
                        [.prose, .records(Improvement.self, where: Filter("kind", "reorganise"))]),
                ]),
            Section(
                "solution.technology", "技术引入与流程优化", "New technology",
                guide: Label(
                    "写系统接在哪个环节、替换什么、数据怎么迁、谁维护。试用一周再签合同。",
                    "Say at which step it joins, what it replaces, how data moves and who keeps it. Try it for a week before you sign."
                ),
                [.prose, .records(Need.self, where: Filter("kind", "system", "software", ""))]),
            Section(
                "solution.procedures", "标准操作程序（SOP）更新", "Standard operating procedures (SOPs)",
                guide: Label(
                    "让新人照着能做完，写步骤、注意事项和异常处理。每次改版写明改了什么、谁批准、谁已学过。",
                    "A newcomer should get through with it: steps, cautions, exceptions. With each version say what changed, who approved it and who has learnt it."
                ),
                [.prose, .records(Procedure.self)]),
        ])

    static let rollout = Section(
        "rollout", "实施计划与资源保障", "Implementation plan and resources",
        guide: Label(
            "先试点、再工具、后推广，每一步都有继续或停下的标准。", "Pilot, tools, then everybody; each step has a rule for going on or stopping."),
        sections: [
            Section(
                "rollout.schedule", "责任人与时间表", "Owners and timetable",
                guide: Label(
                    "每项措施一位责任人。试点选愿意配合、规模适中的一组，时间够看出变化。",
                    "One owner per measure. Pilot with a willing group of middling size, long enough to see a change."),
                [
                    .prose, .records(Phase.self), .records(PlanTask.self), .records(Alternative.self), .picture(.gantt),
                    .records(Responsibility.self),
                    .picture(.raci), .records(Agreement.self), .records(PlanCalendar.self), .records(CalendarEntry.self),
                ]),
            Section(
                "rollout.means", "所需资源（人力、物力、财力）", "Required resources",
                guide: Label(
                    "改进也要占用一线的时间，提前与主管说好从哪里出。", "Improvement takes time of those who work; agree beforehand where it comes from."),
                sections: [
                    Section(
                        "rollout.people", "人力资源", "People",
                        guide: Label("写参与人、投入比例和需要的外部帮助。", "Give who takes part, with which share, and help from outside."),
                        [
                            .prose, .records(Person.self), .records(Role.self), .records(Headcount.self),
                            .records(Need.self, where: Filter("kind", "people", "service")),
                        ]),
                    Section(
                        "rollout.things", "物力资源", "Equipment",
                        guide: Label("设备、场地和测试环境，写到位日期。", "Equipment, rooms and test environments with dates."),
                        [.prose, .records(Need.self, where: Filter("kind", "hardware", "environment", "material"))]),
                    Section(
                        "rollout.money", "财力资源", "Funding",
                        guide: Label(
                            "列一次性投入和每年的费用，与效益放在一起看回收期。",
                            "List what is spent once and every year, and hold it against benefits for the payback."),
                        [.prose, .records(BudgetLine.self), .picture(.budgetBars), .records(Spending.self)]),
                ]),
            Section(
                "rollout.training", "培训与推广", "Training and promotion",
                guide: Label(
                    "先讲为什么改、对大家有什么好处，再讲怎么做。用操作考核代替签到。",
                    "First why and what is in it for people, then how. Test by doing, not by attendance."),
                [.prose, .records(Training.self), .records(Communication.self), .records(Meeting.self), .records(Feedback.self)]),
        ])

    static let evaluation = Section(
        "evaluation", "效果评估与持续监控", "Results and monitoring",
        guide: Label(
            "用同一口径比较前后，先问变化是不是真的，再问值不值。",
            "Compare by one definition; ask first whether the change is real, then whether it is worth it."),
        sections: [
            Section(
                "evaluation.comparison", "改进前后对比数据", "Before and after",
                guide: Label(
                    "写明分界日、前后各多少期，避开节假日等特殊周。变化小于平时波动，就先别庆祝。",
                    "Give the dividing day and how many periods lie on each side, leave out special weeks. A change within the usual noise is no reason to celebrate."
                ),
                [.prose, .picture(.beforeAfter)]),
            Section(
                "evaluation.watching", "监控指标与频率", "Indicators and monitoring frequency",
                guide: Label(
                    "关键指标画控制图，约定出现什么信号由谁处理。别对每次波动都作反应。",
                    "Keep control charts and agree who acts on which signal. Do not react to every swing."),
                [.prose, .records(Measure.self), .picture(.measureTrends), .picture(.controlCharts)]),
            Section(
                "evaluation.risks", "风险与应对预案", "Risks and contingency plans",
                guide: Label(
                    "改变本身的风险：抵触、故障、数据错乱、旺季撞期。写好退回旧做法的办法。",
                    "Risks of the change itself: resistance, failure, damaged data, peak season. Write how to go back."),
                [.prose, .records(Risk.self), .picture(.riskMap)]),
        ])

    static let lessons = Section(
        "lessons", "经验总结与推广", "Lessons learned and roll-out",
        guide: Label("改进算完成，是指别人照着也能做成。", "An improvement is done when others can do it too."),
        sections: [
            Section(
                "lessons.learned", "成功经验与教训", "Successes and lessons",
                guide: Label(
                    "每条写事实、原因、建议，失败的同样写。标签写得让别的部门搜得到。",
                    "For each give fact, cause and advice, failures too. Tag them so that others find them."),
                [.prose, .records(Review.self), .records(Adjustment.self), .records(Lesson.self)]),
            Section(
                "lessons.spread", "标准化与横向推广", "Standardisation and wider roll-out",
                guide: Label(
                    "挑已证实有效的做法，写给谁、何时、由谁帮，按月看采用率。照搬之前先看对方的条件是否相同。",
                    "Choose what is proven, say for whom, when and with whose help, and follow adoption monthly. See first whether their conditions are the same."
                ),
                [.prose, .records(Rollout.self)]),
        ])
}
