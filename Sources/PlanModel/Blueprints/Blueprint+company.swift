extension Blueprint {
    /// The company's goals of a year: what departments' plans take up.
    public static let company = Blueprint(
        "company", "公司目标", "Company goals",
        help: Label("公司一年的方向与目标，供各部门承接。", "Where the company wants to go this year, for departments to take up."),
        chapters: Company.chapters)
}

private enum Company {
    static let chapters: [Section] = [purpose, goals, measures, reviews]

    static let purpose = Section(
        "purpose", "使命与愿景", "Mission and vision",
        guide: Label(
            "用一两句话写清公司为谁解决什么问题、几年后想成为什么样子，再用一条年度主题说明今年先做什么。读完应当能据此否决一件事；谁都适用的话等于没写。",
            "Say in a sentence or two whose problem the company solves and what it wants to be in some years; add a theme that says what comes first this year. A statement is good if it lets you say no to something."
        ),
        [.prose, .records(Statement.self)])

    static let goals = Section(
        "goals", "年度目标", "Annual goals",
        guide: Label(
            "选三到六个全公司都看得懂的目标，每个有一位负责人。目标多于七个，通常说明还没有取舍。",
            "Choose three to six goals that everybody understands, each with one owner. More than seven usually means that nothing has been chosen yet."
        ),
        sections: [
            Section(
                "goals.company", "公司目标", "Company goals",
                guide: Label(
                    "写成果而不是动作：「续费率达到 92%」胜过「加强续费工作」。写明它服务于哪条使命或愿景。",
                    "Write the result, not the action: “renewal reaches 92%” beats “work on renewal”. Name the mission or vision it serves."
                ),
                [.prose, .records(Goal.self), .picture(.goalTree)]),
            Section(
                "goals.cascade", "目标承接", "Goal alignment",
                guide: Label(
                    "对照下图检查每个公司目标由哪些部门承接。无人承接的目标要么派给部门，要么删去。",
                    "Check in the map which departments take up each goal. A goal nobody takes up is given to somebody or dropped."
                ),
                [.prose, .picture(.cascade)]),
            Section(
                "goals.initiatives", "关键举措与负责人", "Key initiatives and owners",
                guide: Label(
                    "只列公司级的举措，一件事一位负责人、一个完成日期；部门内部的安排写进部门计划。",
                    "List only what the company itself drives, each with one owner and a date; leave what departments do to their plans."
                ),
                [
                    .prose, .records(Person.self), .records(Focus.self), .records(PlanTask.self), .records(PlanCalendar.self),
                    .records(CalendarEntry.self),
                ]),
            Section(
                "goals.means", "预算与重大风险", "Budget and major risks",
                guide: Label(
                    "写出支撑目标的大笔投入，以及足以让目标落空的几项风险。日常风险留在部门计划。",
                    "Write the large amounts that carry the goals and the few risks that could defeat them. Everyday risks stay with the departments."
                ),
                [.prose, .records(BudgetLine.self), .records(Risk.self), .picture(.riskMap)]),
        ])

    static let measures = Section(
        "measures", "衡量", "Measures of success",
        guide: Label(
            "每个目标配一到三个指标，写清口径、基线、目标值和取数频率。先找到数据来源再定目标值，避免年底才发现没有数。",
            "Give each goal one to three measures with definition, baseline, target and frequency. Find the source of data before you set the target, or the year ends without figures."
        ),
        [.prose, .records(Measure.self), .picture(.measureTrends)])

    static let reviews = Section(
        "reviews", "复盘", "Reviews",
        guide: Label(
            "至少每季度看一次事实，写下做得好的、不好的和要改的。每次调整说明原因和生效日期，旧目标保留可查。",
            "Look at the facts at least every quarter: what went well, what did not, what changes. Give each adjustment a reason and a date; the old goal stays on record."
        ),
        [
            .prose, .records(Review.self), .records(Adjustment.self), .records(Communication.self), .records(Feedback.self),
            .records(Lesson.self),
        ])
}
