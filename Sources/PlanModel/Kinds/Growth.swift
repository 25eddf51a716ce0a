import WorkingTime

/// Something done so many times in every period: a quota or a habit.
public struct Commitment: RecordKind {
    public static let names = KindNames(
        "commitment", "commitments", prefix: "Q", "定期承诺与习惯", "Commitment", "Commitments",
        help: Label("每周、每月要做多少次的承诺，做一次记一次。", "So much in every week or month; each time is counted."))
    public let title = Field<String>("承诺", "Commitment", .required)
    public let area = Field<CommitmentArea>("领域", "Area", .column)
    public let amount = Field<Double>("每期数量", "Amount per period", .required, .range(0...100_000), .column)
    public let unit = Field<String>("单位", "Unit", .foremost)
    public let frequency = Field<Frequency>("周期", "Period", .required, .foremost)
    public let start = Field<Day>("开始日期", "From")
    public let finish = Field<Day>("结束日期", "Until")
    public let done = Field<Series>("完成记录", "Done", .column)
    public let abilities = Field<[RecordID]>("提升能力", "Abilities", .to([Ability.self]))
    public let goal = Field<RecordID>("服务目标", "Goal", .to([Goal.self]))
    public let output = Field<String>("产出", "Output")
    public let protectedTime = Field<String>(
        "固定时段", "Protected time", help: Label("留给它的时间，例如周六上午。", "Time kept for it, such as Saturday morning."))
    public init() {}
}

public enum CommitmentArea: String, Choice {
    case learning, practice, work, family, sport, sleep, hobby, mindfulness, friends
    public var label: Label {
        switch self {
        case .learning: Label("学习", "Learning")
        case .practice: Label("练习", "Practice")
        case .work: Label("工作", "Work")
        case .family: Label("家人", "Family")
        case .sport: Label("运动", "Sport")
        case .sleep: Label("作息", "Sleep")
        case .hobby: Label("爱好", "Hobby")
        case .mindfulness: Label("正念", "Mindfulness")
        case .friends: Label("朋友", "Friends")
        }
    }
}

public struct Experience: RecordKind {
    public static let names = KindNames(
        "experience", "experiences", prefix: "E", "经验积累", "Experience", "Experience",
        help: Label("争取参与的项目、拓展的职责、跨领域学习。", "Projects to join, duties to take on, cross-field learning."))
    public let title = Field<String>("机会", "Opportunity", .required)
    public let kind = Field<ExperienceKind>("类型", "Kind", .column)
    public let role = Field<String>("承担角色", "Role", .column)
    public let start = Field<Day>("开始日期", "Start", .column)
    public let finish = Field<Day>("结束日期", "Finish")
    public let state = Field<TaskState>("状态", "State", .foremost, .initial(.choice("planned")))
    public let goal = Field<RecordID>("服务目标", "Goal", .to([Goal.self]))
    public let learned = Field<String>("收获", "What was learned", .prose)
    public init() {}
}

public enum ExperienceKind: String, Choice {
    case project, duty, crossField
    public var label: Label {
        switch self {
        case .project: Label("项目参与", "Project")
        case .duty: Label("职责拓展", "Duty")
        case .crossField: Label("跨领域学习", "Cross-field")
        }
    }
}

public struct Contact: RecordKind {
    public static let names = KindNames(
        "contact", "contacts", prefix: "CT", "人脉", "Contact", "Contacts",
        help: Label("内部、外部联系人与导师：为什么联系、多久一次。", "People inside and outside, and mentors: why and how often to be in touch."))
    public let name = Field<String>("姓名", "Name", .required)
    public let kind = Field<ContactKind>("类型", "Kind", .column)
    public let organisation = Field<String>("单位", "Organisation", .column)
    public let purpose = Field<String>("目的", "Purpose", .column)
    public let everyDays = Field<Int>("联系间隔（天）", "Contact interval, days", .range(1...1000), .column)
    public let lastContact = Field<Day>("最近联系", "Last contact", .column)
    public let note = Field<String>("记录", "Note", .prose)
    public init() {}
}

public enum ContactKind: String, Choice {
    case inside, outside, mentor, coach
    public var label: Label {
        switch self {
        case .inside: Label("内部", "Inside")
        case .outside: Label("外部", "Outside")
        case .mentor: Label("导师", "Mentor")
        case .coach: Label("教练", "Coach")
        }
    }
}

public struct Reading: RecordKind {
    public static let names = KindNames(
        "reading", "readings", prefix: "RD", "阅读与研究", "Reading", "Reading list",
        help: Label("书籍、期刊、报告、博客、白皮书，及读后笔记。", "Books, journals, reports, blogs, white papers, with notes."))
    public let title = Field<String>("名称", "Title", .required)
    public let author = Field<String>("作者", "Author", .column)
    public let kind = Field<ReadingKind>("类型", "Kind", .column)
    public let state = Field<TaskState>("状态", "State", .foremost, .initial(.choice("planned")))
    public let start = Field<Day>("开始日期", "Start")
    public let finish = Field<Day>("读完日期", "Finished", .column)
    public let goal = Field<RecordID>("服务目标", "Goal", .to([Goal.self]))
    public let notes = Field<String>("笔记", "Notes", .prose)
    public init() {}
}

public enum ReadingKind: String, Choice {
    case book, journal, report, blog, whitePaper
    public var label: Label {
        switch self {
        case .book: Label("书籍", "Book")
        case .journal: Label("期刊", "Journal")
        case .report: Label("报告", "Report")
        case .blog: Label("博客", "Blog")
        case .whitePaper: Label("白皮书", "White paper")
        }
    }
}

/// A stretch of undisturbed work: a Pomodoro.
public struct FocusSession: RecordKind {
    public static let names = KindNames(
        "session", "sessions", prefix: "FS", "专注记录", "Focus session", "Focus sessions",
        help: Label("一个番茄钟：做了什么、多久、被什么打断。", "A Pomodoro: on what, how long, what distracted."))
    public let title = Field<String>("内容", "What", .required)
    public let on = Field<Day>("日期", "Date", .required, .column)
    public let time = Field<String>("开始时间", "Started at")
    public let minutes = Field<Int>("分钟", "Minutes", .required, .range(1...600), .column)
    public let task = Field<RecordID>("任务", "Task", .to([PlanTask.self]), .column)
    public let quadrant = Field<TimeQuadrant>("象限", "Quadrant", .column)
    public let distraction = Field<String>("分心", "Distraction")
    public init() {}
}

public enum TimeQuadrant: String, Choice {
    case importantUrgent, important, urgent, neither
    public var label: Label {
        switch self {
        case .importantUrgent: Label("重要且紧急", "Important and urgent")
        case .important: Label("重要不紧急", "Important, not urgent")
        case .urgent: Label("紧急不重要", "Urgent, not important")
        case .neither: Label("不重要不紧急", "Neither")
        }
    }
}

public struct DailyNote: RecordKind {
    public static let names = KindNames(
        "note", "notes", prefix: "DN", "日志", "Daily note", "Daily notes",
        help: Label("当天计划、晚间回顾、情绪与压力；默认仅自己可见。", "Plan of the day, evening review, mood and stress; private unless shared."))
    public let title = Field<String>("小结", "Summary", .required)
    public let on = Field<Day>("日期", "Date", .required, .column)
    public let plan = Field<String>("计划", "Plan", .prose, .secret)
    public let review = Field<String>("回顾", "Review", .prose, .secret)
    public let mood = Field<Int>("情绪", "Mood", .range(1...5), .secret, .column)
    public let stress = Field<Int>("压力", "Stress", .range(1...5), .secret, .column)
    public init() {}
}

public struct Stressor: RecordKind {
    public static let names = KindNames(
        "stressor", "stressors", prefix: "SR", "压力与调节", "Stressor", "Stressors",
        help: Label(
            "压力源、宣泄方式、正念练习、何时寻求帮助；默认仅自己可见。", "What causes stress, outlets, mindfulness, when to seek help; private unless shared."
        ))
    public let title = Field<String>("压力源", "Stressor", .required, .secret)
    public let strength = Field<Int>("强度", "Strength", .range(1...5), .secret, .column)
    public let outlet = Field<String>("宣泄方式", "Outlet", .secret, .column)
    public let practice = Field<String>("正念练习", "Mindfulness practice", .secret, .column)
    public let help = Field<String>("何时寻求帮助", "When to seek help", .secret, .column)
    public init() {}
}

public struct LifeArea: RecordKind {
    public static let names = KindNames(
        "area", "areas", prefix: "LA", "生活领域", "Life area", "Life areas",
        help: Label("平衡轮的一格：现状与期望（0–10）。", "A spoke of the balance wheel: present and wanted, 0 to 10."))
    public let title = Field<String>("领域", "Area", .required)
    public let present = Field<Double>("现状", "Current", .range(0...10), .column)
    public let wanted = Field<Double>("期望", "Target", .range(0...10), .column)
    public let history = Field<Series>("评估记录", "Assessments")
    public let action = Field<String>("行动", "Action", .prose, .column)
    public init() {}
}
