extension Blueprint {
    /// One person's career and growth.
    public static let growth = Blueprint(
        "growth", "个人成长规划", "Personal development plan",
        help: Label(
            "一个人的现状、方向、成长行动与身心平衡；默认仅自己可见。", "One person’s position, direction, growth and balance; private unless shared."),
        chapters: Growth.chapters)
}

private enum Growth {
    static let chapters: [Section] = [position, vision, actions, learning, balance, reviews]

    static let position = Section(
        "position", "自我现状分析与SWOT评估", "Self-assessment and SWOT",
        guide: Label(
            "写事实而不是评语：每一条都举出一件最近发生的事作依据。写完请一位熟悉你的人看，问漏了什么。",
            "Write facts, not verdicts: back each point with something that happened lately. Then ask somebody who knows you what is missing."
        ),
        [.prose, .picture(.swot), .records(Strategy.self, where: Filter("area", "so", "wo", "st", "wt"))],
        sections: [
            Section(
                "position.strengths", "个人优势与特长", "Strengths and talents",
                guide: Label(
                    "写别人愿意来找你帮忙的事，并注明做到了什么程度。「学习能力强」不如「两周接手陌生模块并独立排障」。",
                    "Write what others come to you for and how well you do it. “Took over an unknown module in two weeks” says more than “learns fast”."
                ),
                [.prose, .records(SWOTItem.self, where: Filter("quadrant", "strength"))]),
            Section(
                "position.weaknesses", "待提升能力与知识", "Areas for development",
                guide: Label(
                    "挑真正拦住下一步的两三项，不必列全。分清是不会、不熟，还是不愿意，办法各不相同。",
                    "Pick the two or three that truly block the next step. Tell apart what you cannot, have not practised, or do not want to do; each needs another remedy."
                ),
                [.prose, .records(SWOTItem.self, where: Filter("quadrant", "weakness"))]),
            Section(
                "position.values", "职业兴趣与价值观", "Career interests and values",
                guide: Label(
                    "回想最近让你忘了时间的工作和最消耗你的工作，从中找规律。价值观冲突时你选哪一个，写出来。",
                    "Recall the work that made you forget the time and the work that drained you, and look for the pattern. Say which value wins when two collide."
                ),
                [.prose, .records(SWOTItem.self, where: Filter("quadrant", "interest", "value"))]),
            Section(
                "position.outside", "外部机会与潜在威胁", "External opportunities and threats",
                guide: Label(
                    "只写与你有关、三年内会起作用的变化，并注明从哪里看到的。",
                    "Only what concerns you and will matter within three years, and where you saw it."),
                sections: [
                    Section(
                        "position.opportunities", "机会", "Opportunities",
                        guide: Label(
                            "行业趋势、公司里将出现的岗位、可用的培训。写明要抓住它最晚何时动手。",
                            "Trends, posts about to open, courses within reach. Say by when you must act to take it."),
                        [.prose, .records(SWOTItem.self, where: Filter("quadrant", "opportunity"))]),
                    Section(
                        "position.threats", "威胁", "Threats",
                        guide: Label(
                            "技能过时、岗位变化、健康与家庭负担都算。重要的列成风险，写好应对。",
                            "Skills that age, posts that change, health and duties at home. Turn the serious ones into risks with a response."
                        ),
                        [.prose, .records(SWOTItem.self, where: Filter("quadrant", "threat")), .records(Risk.self)]),
                ]),
        ])

    static let vision = Section(
        "vision", "长期职业愿景与目标", "Long-term career vision and goals",
        guide: Label(
            "写得越具体越能用：别人看了能想象你那时的一天。方向可以改，改的时候写下原因。",
            "The more concrete the better: a reader should see a day of that life. You may change direction; write down why when you do."
        ),
        sections: [
            Section(
                "vision.direction", "未来三至五年职业方向", "Career direction for the next three to five years",
                guide: Label(
                    "选一条主路，再写一条备选，说明走到哪个路口再决定。至少写清角色、领域和影响范围。",
                    "Choose one main road and one other, and say at which point you will decide. Name at least role, field and reach."
                ),
                [
                    .prose,
                    .records(
                        Statement.self, where: Filter("kind", "direction", "mission", "vision", "value", "theme", "background")),
                ]),
            Section(
                "vision.life", "理想工作状态描绘", "My ideal working life",
                guide: Label(
                    "写一个普通的星期二：几点开始、和谁一起、解决什么问题、几点回家。写完检查它与你的价值观是否一致。",
                    "Describe an ordinary Tuesday: when you begin, with whom, on which problem, when you are home. Then check it against your values."
                ),
                [.prose, .records(Statement.self, where: Filter("kind", "idealState"))]),
        ])

    static let actions = Section(
        "actions", "短期发展目标与行动计划", "Development goals and action plan",
        guide: Label(
            "一年三到五个目标就够，每个配可数的指标和一两个固定习惯。排进日历的才算行动。",
            "Three to five goals are enough for a year, each with something to count and a habit or two. Only what stands in the calendar is an action."
        ),
        [
            .prose, .records(Goal.self), .picture(.goalTree), .records(PlanTask.self), .records(PlanCalendar.self),
            .records(CalendarEntry.self),
        ],
        sections: [
            Section(
                "actions.abilities", "能力提升计划（知识、技能、软实力）", "Building abilities (knowledge, skills, soft skills)",
                guide: Label(
                    "先给现在和想要的水平打分，再写怎样缩小差距。一次只攻两三项，每季度重打一次分。",
                    "Score present and wanted level, then write how to close the gap. Work on two or three at a time and score again every quarter."
                ),
                [.prose, .picture(.abilityRadar)],
                sections: [
                    Section(
                        "actions.knowledge", "知识获取", "Acquiring knowledge",
                        guide: Label(
                            "写要弄懂的问题，而不只是书名。学完讲给别人听，讲不清就是没学会。",
                            "Write the question you want to understand, not only a title. Explain it to somebody; what you cannot explain you have not learnt."
                        ),
                        [.prose, .records(Ability.self, where: Filter("kind", "knowledge"))]),
                    Section(
                        "actions.skills", "硬技能磨练", "Hard skills",
                        guide: Label(
                            "给每项技能找一个真实的小项目，并约定每周练多少小时。只看教程不动手，水平不会涨。",
                            "Give each skill a small real project and a number of hours a week. Watching lessons does not raise a level."
                        ),
                        [
                            .prose, .records(Ability.self, where: Filter("kind", "hardSkill", "")),
                            .records(Commitment.self, where: Filter("area", "learning", "practice", "work", "")),
                            .picture(.habitStreaks),
                        ]),
                    Section(
                        "actions.softSkills", "软实力培养", "Soft skills",
                        guide: Label(
                            "选一个能反复练的场合，例如每周主持一次例会，会后请一个人说一条意见。",
                            "Choose an occasion that recurs, such as chairing the weekly meeting, and ask one person for one remark afterwards."
                        ),
                        [.prose, .records(Ability.self, where: Filter("kind", "softSkill"))]),
                ]),
            Section(
                "actions.experience", "经验积累计划（项目参与、职责拓展）", "Gaining experience",
                guide: Label(
                    "写想争取的机会、要对谁开口、能给对方带来什么。每段经历结束后写下学到了什么。",
                    "Write the chance you want, whom to ask and what it gives them. When it is over, write what you learnt."),
                sections: [
                    Section(
                        "actions.projects", "项目参与", "Project work",
                        guide: Label(
                            "挑能接触新领域或承担新角色的项目，写明你负责哪一块。",
                            "Choose projects with a new field or a new role, and name the part that is yours."),
                        [.prose, .records(Experience.self, where: Filter("kind", "project", ""))]),
                    Section(
                        "actions.duties", "职责拓展", "Wider responsibilities",
                        guide: Label(
                            "从上级手里接一件固定的事，先约定试做期和交还的条件。",
                            "Take over one standing duty from your manager; agree on a trial and on when you may hand it back."),
                        [.prose, .records(Experience.self, where: Filter("kind", "duty"))]),
                    Section(
                        "actions.crossField", "跨领域学习", "Cross-field learning",
                        guide: Label(
                            "到一个上下游部门跟岗几天，回来写出三件能改进协作的事。",
                            "Spend some days in a department before or after yours and bring back three things that would make work together easier."
                        ),
                        [.prose, .records(Experience.self, where: Filter("kind", "crossField"))]),
                ]),
            Section(
                "actions.network", "人际网络拓展计划", "Building a network",
                guide: Label(
                    "每位联系人写清目的和多久联系一次。先想能给对方什么，只在求人时出现的关系不长久。",
                    "Give each contact a purpose and an interval. Think first what you can give; ties used only to ask do not last."
                ),
                [.prose, .records(Person.self)],
                sections: [
                    Section(
                        "actions.inside", "内部网络", "Internal network",
                        guide: Label(
                            "上下游部门各找一位能说真话的同事，定期交换看法。",
                            "Find one candid colleague in each department before and after yours and exchange views regularly."),
                        [.prose, .records(Contact.self, where: Filter("kind", "inside", ""))]),
                    Section(
                        "actions.outside", "外部网络", "External network",
                        guide: Label(
                            "选一两个行业社群深入参与，做一次分享比收一叠名片有用。",
                            "Take part in one or two communities for real; one talk given is worth more than many cards."),
                        [.prose, .records(Contact.self, where: Filter("kind", "outside"))]),
                    Section(
                        "actions.mentors", "寻求导师", "Finding a mentor",
                        guide: Label(
                            "写明想请教的具体问题和为什么是这个人，首次约谈只要半小时。",
                            "Write what you want to ask and why this person; ask for half an hour first."),
                        [.prose, .records(Contact.self, where: Filter("kind", "mentor", "coach"))]),
                ]),
        ])

    static let learning = Section(
        "learning", "学习与发展路径", "Learning and development path",
        guide: Label(
            "先定要解决的问题，再选课、选书、选人。写下时间和费用，报名不等于学完。",
            "Set the problem first, then choose courses, books and people. Note time and cost; to enrol is not to finish."),
        sections: [
            Section(
                "learning.courses", "课程与培训规划", "Courses and training",
                guide: Label(
                    "每门课写清学完要用在哪里。全年的时间和花费加起来，看是否负担得起。",
                    "Say where each course will be used. Add up the year’s hours and money and see whether you can bear them."),
                [.prose, .records(BudgetLine.self)],
                sections: [
                    Section(
                        "learning.online", "在线课程", "Online courses",
                        guide: Label(
                            "固定每周的学习时段，设一个放弃线：连续三周没进度就停或换。",
                            "Fix the hours in the week and a line for giving up: three weeks without progress, stop or change."),
                        [.prose, .records(Training.self, where: Filter("form", "online", ""))]),
                    Section(
                        "learning.classroom", "线下培训", "Classroom training",
                        guide: Label(
                            "公司内训优先，外训先看讲师做过什么。培训后一周内用一次。",
                            "In-house first; of outside courses look at what the teacher has done. Use it once within a week."),
                        [
                            .prose,
                            .records(
                                Training.self,
                                where: Filter("form", "internalCourse", "externalCourse", "sharing", "certification", "coaching")),
                        ]),
                    Section(
                        "learning.degrees", "学历深造", "Degree programmes",
                        guide: Label(
                            "算清时间、学费和对岗位的真实作用，再决定读不读、何时读。",
                            "Work out time, fees and what it truly changes before you decide whether and when."),
                        [.prose, .records(Training.self, where: Filter("form", "degree"))]),
                ]),
            Section(
                "learning.reading", "阅读与研究清单", "Reading and research list",
                guide: Label(
                    "一次只读两三本，读完写三句话：讲了什么、我不同意什么、要用在哪里。",
                    "Read two or three at a time; then write three sentences: what it says, where you disagree, where you will use it."
                ),
                [.prose, .records(Reading.self)]),
            Section(
                "learning.mentoring", "导师与教练机制", "Mentoring and coaching",
                guide: Label(
                    "每次会谈前发一页纸：上次约定做得怎样、这次想谈什么。会后记下约定的行动和日期。",
                    "Send a page before each session: how the agreed actions went, what to talk about. Note afterwards what was agreed and by when."
                ),
                [.prose, .records(Meeting.self)]),
        ])

    static let balance = Section(
        "balance", "个人效能与身心健康管理", "Personal effectiveness and wellbeing",
        guide: Label(
            "精力比时间更稀缺。先护住睡眠、运动和家人的时间，再安排工作和学习。",
            "Energy is scarcer than time. Protect sleep, exercise and family first, then plan work and study."),
        sections: [time, stress, life])

    static let time = Section(
        "balance.time", "时间管理策略", "Time management",
        guide: Label(
            "先记一周时间去了哪里，再谈管理。每天只定三件要紧事，其余看情况。",
            "Note for a week where time goes before you manage it. Set three things that matter each day and let the rest come."),
        sections: [
            Section(
                "balance.priorities", "优先级排序", "Prioritising",
                guide: Label(
                    "把任务放进四个象限，重要不紧急的排进日历，其余的要么快做、要么交出去、要么不做。",
                    "Put tasks into four quadrants: calendar what is important and not urgent; do quickly, hand over or drop the rest."
                ),
                [.prose, .picture(.quadrants)]),
            Section(
                "balance.focus", "番茄工作法", "Pomodoro technique",
                guide: Label(
                    "一段时间只做一件事，关掉通知，做完记下。25 分钟不合适就改，关键是中途不换事。",
                    "One thing at a time with notifications off, noted when done. Change the 25 minutes if they do not suit; what counts is not to switch."
                ),
                [.prose, .records(FocusSession.self), .picture(.timeSpent)]),
            Section(
                "balance.days", "计划与回顾", "Daily planning and review",
                guide: Label(
                    "早上五分钟写计划，晚上五分钟看做没做、为什么。连着三天没做的事，问自己是否还要做。",
                    "Five minutes in the morning to plan, five in the evening to look back. What slips three days in a row: ask whether it is still wanted."
                ),
                [.prose, .records(DailyNote.self)]),
            Section(
                "balance.distractions", "避免分心", "Avoiding distractions",
                guide: Label(
                    "写出你最常见的三个分心来源和对应的一个小办法，例如消息只在整点看。",
                    "Name your three commonest distractions and one small remedy for each, such as reading messages on the hour."),
                [.prose]),
        ])

    static let stress = Section(
        "balance.stress", "压力应对与情绪调节", "Coping with stress",
        guide: Label(
            "这里默认只有你自己看得到，放心写。目的是早一点看见信号，而不是评判自己。",
            "Only you see this unless you share it. It is for seeing signals early, not for judging yourself."),
        [.prose, .records(Stressor.self)],
        sections: [
            Section(
                "balance.stressors", "识别压力源", "Recognising stressors",
                guide: Label(
                    "写什么事、什么场合、身体有什么反应。分清能改变的和只能接受的。",
                    "Write what, when, and how the body answers. Tell apart what you can change and what you can only accept."),
                [.prose]),
            Section(
                "balance.outlets", "健康宣泄", "Healthy outlets",
                guide: Label(
                    "列出对你真管用、随时能做的三种方式，并写明什么信号出现时就去做。",
                    "List three outlets that work for you at any time, and the signal that sends you there."),
                [.prose]),
            Section(
                "balance.mindfulness", "正念练习", "Mindfulness",
                guide: Label(
                    "从每天五分钟呼吸开始，固定在同一时刻。断了就从第二天接着做，不用补。",
                    "Begin with five minutes of breathing at the same hour. If you miss a day, go on the next; no need to make up."
                ),
                [.prose]),
            Section(
                "balance.help", "寻求专业帮助", "Seeking professional help",
                guide: Label(
                    "提前写好求助的界线，例如连续两周睡不好；写下公司援助热线或医院的联系方式。",
                    "Set beforehand the line at which you ask for help, such as two weeks of bad sleep, and write down whom to call."
                ),
                [.prose]),
        ])

    static let life = Section(
        "balance.life", "业余爱好与生活平衡", "Hobbies and work–life balance",
        guide: Label(
            "给生活的几个方面打分，挑最低的一两项先补。写成固定时段，不要等有空。",
            "Score the areas of your life and work first on the lowest one or two. Keep fixed hours; do not wait for free time."),
        [.prose, .records(LifeArea.self), .picture(.balanceWheel)],
        sections: [
            Section(
                "balance.hobbies", "发展兴趣", "Hobbies",
                guide: Label("留一件与工作无关、不求结果的事。", "Keep one thing that has nothing to do with work and needs no result."),
                [.prose, .records(Commitment.self, where: Filter("area", "hobby"))]),
            Section(
                "balance.family", "陪伴家人", "Time for family and friends",
                guide: Label("写在日历上并告诉家人，临时占用要补回来。", "Put it in the calendar and tell them; what work takes is given back."),
                [.prose, .records(Commitment.self, where: Filter("area", "family", "friends"))]),
            Section(
                "balance.health", "规律作息", "Sleep and exercise",
                guide: Label(
                    "睡眠、饮食、运动各定一个最低线，忙的时候也守住。", "Set a floor for sleep, food and exercise that holds in busy weeks too."),
                [.prose, .records(Commitment.self, where: Filter("area", "sport", "sleep", "mindfulness"))]),
        ])

    static let reviews = Section(
        "reviews", "进度跟踪与复盘调整", "Progress tracking, reviews and adjustment",
        guide: Label(
            "看事实、看趋势、改计划。没达成不必自责，写清原因和下一步就够。",
            "Look at facts and trends, then change the plan. Do not blame yourself for what was missed; the cause and the next step are enough."
        ),
        [.prose, .records(Measure.self), .picture(.measureTrends)],
        sections: [
            Section(
                "reviews.self", "定期自我评估", "Regular self-assessment",
                guide: Label("每次用同样的几个问题，前后才好比较。", "Ask the same few questions each time, so that times can be compared."),
                sections: [
                    Section(
                        "reviews.monthly", "周/月度检查", "Weekly and monthly check-ins",
                        guide: Label(
                            "十五分钟：做了什么、没做什么、下周改一件事。", "Fifteen minutes: what was done, what was not, one thing to change."),
                        [.prose, .records(Review.self, where: Filter("kind", "selfReview", "weekly", "monthly", "stage", ""))]),
                    Section(
                        "reviews.quarterly", "季度/半年度复盘", "Quarterly and half-year reviews",
                        guide: Label(
                            "对照年度目标重打能力分，看经验的质量而不只是数量。",
                            "Score abilities again against the year’s goals; look at what the experience was worth, not only how much there was."
                        ),
                        [.prose, .records(Review.self, where: Filter("kind", "quarterly", "halfYear"))]),
                    Section(
                        "reviews.annual", "年度总结", "Annual summary",
                        guide: Label(
                            "写三件最值得的事、一件最大的教训，和明年不再做的事。",
                            "Three things most worth it, one great lesson, and what you will not do again next year."),
                        [.prose, .records(Review.self, where: Filter("kind", "annual")), .records(Lesson.self)]),
                ]),
            Section(
                "reviews.feedback", "反馈收集与修正", "Gathering feedback and correcting course",
                guide: Label("反馈要主动要、当面谢、认真改。", "Ask for feedback, give thanks for it, act on it."),
                sections: [
                    Section(
                        "reviews.asking", "主动寻求反馈", "Asking for feedback",
                        guide: Label(
                            "问具体的：「上次汇报哪一页没讲清楚」，比「我表现怎样」容易得到真话。",
                            "Ask about something definite: “which page was unclear” brings more truth than “how am I doing”."),
                        [.prose, .records(Feedback.self)]),
                    Section(
                        "reviews.reflection", "倾听与反思", "Listening and reflecting",
                        guide: Label(
                            "先记原话，隔一天再写自己的看法。连续两个人提到的事，多半是真的。",
                            "Note their words first and your view a day later. What two people say is probably so."),
                        [.prose]),
                    Section(
                        "reviews.adjustments", "灵活调整", "Adjusting the plan",
                        guide: Label(
                            "改目标时写明为什么、从何时起，旧目标留着，年底回头看有没有改错。",
                            "When you change a goal, write why and since when; keep the old one and look back at the year’s end."),
                        [.prose, .records(Adjustment.self)]),
                ]),
        ])
}
