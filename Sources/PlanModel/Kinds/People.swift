import WorkingTime

public struct Person: RecordKind {
    public static let names = KindNames(
        "person", "people", prefix: "P", "人员", "Person", "People",
        help: Label("参与计划的人，也可以是一类岗位的人力池。", "Somebody who takes part, or a pool of people of one skill."))
    public let name = Field<String>("姓名", "Name", .required)
    public let post = Field<String>("岗位", "Position", .column)
    public let department = Field<String>("部门", "Department", .column)
    public let roles = Field<[RecordID]>("角色", "Roles", .to([Role.self]))
    public let capacity = Field<Double>(
        "可投入人数", "Capacity", .range(0...10_000), .column, .initial(.number(1)),
        help: Label("1 为一名全职；人力池写人数。", "1 is one full-time person; a pool has several."))
    public let share = Field<Double>("投入比例", "Share of time", .percent)
    public let costPerDay = Field<Money>("人天成本", "Cost per day")
    public let joinsOn = Field<Day>("加入日期", "Joins on")
    public let leavesOn = Field<Day>("离开日期", "Leaves on")
    public let calendar = Field<RecordID>(
        "日历", "Calendar", .to([PlanCalendar.self]),
        help: Label("自己的作息或班次；留空与计划相同。", "A week or shifts of their own; as the plan if left out."))
    public let leave = Field<String>(
        "休假", "Leave", help: Label("如 2026-05-06..2026-05-08, 2026-07-01。", "Such as 2026-05-06..2026-05-08, 2026-07-01."))
    public let isExternal = Field<Bool>("外部人员", "External")
    public let email = Field<String>("邮箱", "E-mail", .secret)
    public let skills = Field<String>("技能", "Skills")
    public init() {}
}

public struct Role: RecordKind {
    public static let names = KindNames(
        "role", "roles", prefix: "RO", "角色", "Role", "Roles",
        help: Label("职责清单与担任者。", "A list of duties and who holds it."))
    public let title = Field<String>("角色", "Role", .required)
    public let duties = Field<String>("职责", "Duties", .prose, .column)
    public let holders = Field<[RecordID]>("担任者", "Held by", .to([Person.self]), .column)
    public let count = Field<Double>("人数", "Headcount", .range(0...10_000))
    public init() {}
}

/// One cell of the RACI matrix beyond what tasks say themselves.
public struct Responsibility: RecordKind {
    public static let names = KindNames(
        "responsibility", "responsibilities", prefix: "RA", "职责分配", "Responsibility", "Responsibilities",
        help: Label("谁对哪件事执行、负责、被咨询或被知会（RACI）。", "Who is responsible, accountable, consulted or informed for what (RACI)."))
    public let duty = Field<String>("事项", "Duty", .required)
    public let subject = Field<RecordID>("任务或交付物", "Task or deliverable", .to([PlanTask.self, Deliverable.self, Phase.self]))
    public let accountable = Field<[RecordID]>("负责 A", "Accountable", .to([Person.self, Role.self]), .column)
    public let responsible = Field<[RecordID]>("执行 R", "Responsible", .to([Person.self, Role.self]), .column)
    public let consulted = Field<[RecordID]>("咨询 C", "Consulted", .to([Person.self, Role.self]), .column)
    public let informed = Field<[RecordID]>("知会 I", "Informed", .to([Person.self, Role.self]), .column)
    public init() {}
}

/// Who owes what to whom by when, between departments.
public struct Agreement: RecordKind {
    public static let names = KindNames(
        "agreement", "agreements", prefix: "AG", "协作约定", "Agreement", "Agreements",
        help: Label("部门之间谁在何时向谁交付什么。", "Who owes what to whom by when, between departments."))
    public let title = Field<String>("约定事项", "What", .required)
    public let from = Field<String>("提供方", "From", .required, .column)
    public let to = Field<String>("接收方", "To", .required, .column)
    public let due = Field<Day>("时间", "Due", .foremost)
    public let owner = Field<RecordID>("对接人", "Contact", .to([Person.self]), .foremost)
    public let boundary = Field<String>("责任边界", "Boundary", .prose)
    public let mechanism = Field<String>("协作机制", "How we work together", .prose)
    public let tasks = Field<[RecordID]>("相关任务", "Tasks", .to([PlanTask.self]))
    public let isAgreed = Field<Bool>("已确认", "Agreed", .column)
    public init() {}
}

public struct Headcount: RecordKind {
    public static let names = KindNames(
        "headcount", "headcount", prefix: "H", "人员需求", "Headcount", "Headcount",
        help: Label("各月需要与可用的人数，缺口怎样补。", "People needed and available by month, and how gaps are closed."))
    public let post = Field<String>("岗位", "Position", .required)
    public let region = Field<String>("区域", "Region", .column)
    public let phase = Field<RecordID>("阶段", "Phase", .to([Phase.self]))
    public let needed = Field<Series>("需要人数", "Needed", .column)
    public let available = Field<Series>("可用人数", "Available", .column)
    public let closing = Field<GapClosing>("补充方式", "How the gap is closed", .column)
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self]))
    public let due = Field<Day>("到位日期", "In place by", .foremost)
    public let note = Field<String>("说明", "Note", .prose)
    public init() {}
}

public enum GapClosing: String, Choice {
    case hire, transfer, outsource, train, expert
    public var label: Label {
        switch self {
        case .hire: Label("招聘", "Hire")
        case .transfer: Label("内部调岗", "Transfer")
        case .outsource: Label("外包", "Outsource")
        case .train: Label("培训", "Train")
        case .expert: Label("外部专家", "Outside expert")
        }
    }
}

public struct Ability: RecordKind {
    public static let names = KindNames(
        "ability", "abilities", prefix: "A", "能力", "Ability", "Abilities",
        help: Label("知识、硬技能与软实力：现有水平与要达到的水平（0–5）。", "Knowledge, hard and soft skills: present and wanted level, 0 to 5."))
    public let title = Field<String>("能力", "Ability", .required)
    public let kind = Field<AbilityKind>("类别", "Kind", .column)
    public let person = Field<RecordID>("人员", "Person", .to([Person.self]), .column)
    public let present = Field<Double>("现有水平", "Current level", .range(0...5), .column)
    public let wanted = Field<Double>("目标水平", "Target level", .range(0...5), .column)
    public let history = Field<Series>("评估记录", "Assessments")
    public let due = Field<Day>("达成日期", "Due")
    public let goal = Field<RecordID>("服务目标", "Goal", .to([Goal.self]))
    public let how = Field<String>("提升方式", "How", .prose)
    public init() {}
}

public enum AbilityKind: String, Choice {
    case knowledge, hardSkill, softSkill
    public var label: Label {
        switch self {
        case .knowledge: Label("知识", "Knowledge")
        case .hardSkill: Label("硬技能", "Hard skill")
        case .softSkill: Label("软实力", "Soft skill")
        }
    }
}

public struct Training: RecordKind {
    public static let names = KindNames(
        "training", "trainings", prefix: "TR", "培训与课程", "Training", "Training and courses",
        help: Label("内训、外训、知识分享、在线课程、学历深造。", "Internal or external training, sharing, online courses, degrees."))
    public let title = Field<String>("名称", "Title", .required)
    public let form = Field<TrainingForm>("形式", "Form", .column)
    public let provider = Field<String>("机构或讲师", "Provider")
    public let start = Field<Day>("开始日期", "Start", .column)
    public let finish = Field<Day>("结束日期", "Finish")
    public let audience = Field<[RecordID]>("对象", "Audience", .to([Person.self, Role.self]), .column)
    public let abilities = Field<[RecordID]>("提升能力", "Abilities", .to([Ability.self]))
    public let cost = Field<Money>("费用", "Cost", .column, .summed)
    public let expected = Field<Int>("应到人数", "Expected", .range(0...100_000))
    public let attended = Field<Int>("实到人数", "Attended", .range(0...100_000))
    public let understanding = Field<Double>("掌握程度", "Understanding", .percent)
    public let progress = Field<Double>("进度", "Progress", .percent, .column)
    public let certificate = Field<String>("证书", "Certificate")
    public let note = Field<String>("收获", "Note", .prose)
    public init() {}
}

public enum TrainingForm: String, Choice {
    case internalCourse, externalCourse, sharing, online, degree, certification, coaching
    public var label: Label {
        switch self {
        case .internalCourse: Label("内训", "Internal")
        case .externalCourse: Label("外训", "External")
        case .sharing: Label("知识分享", "Knowledge sharing")
        case .online: Label("在线课程", "Online")
        case .degree: Label("学历深造", "Degree")
        case .certification: Label("认证", "Certification")
        case .coaching: Label("一对一指导", "One to one")
        }
    }
}

public struct Incentive: RecordKind {
    public static let names = KindNames(
        "incentive", "incentives", prefix: "IN", "激励与保留", "Incentive", "Incentives",
        help: Label("怎样激励、怎样留人；销售激励可按达成率计算奖金。", "How people are rewarded and kept; sales schemes compute the payout."))
    public let title = Field<String>("措施", "Measure", .required)
    public let kind = Field<IncentiveKind>("类型", "Kind", .column)
    public let audience = Field<[RecordID]>("对象", "For", .to([Person.self, Role.self]), .column)
    public let rule = Field<String>("规则", "Rule", .prose, .column)
    public let cost = Field<Money>("费用", "Cost", .column, .summed)
    public let basis = Field<[RecordID]>(
        "计提依据", "Calculated on", .to([SalesTarget.self]),
        help: Label("按哪些销售目标计提；不填为全部细分目标。", "The sales targets it is calculated on; all parts of the target if empty."))
    public let share = Field<IncentiveShare>(
        "分别计提", "Calculated by",
        help: Label(
            "各区域、产品或渠道按自己的达成率分别计提再合计，封顶也各自计；不填为合在一起计。",
            "Each region, product or channel by its own attainment, then added up, each with the cap; all together if empty."))
    public let threshold = Field<Double>("起付达成率", "Payout threshold", .percent, .range(0...5))
    public let rate = Field<Double>("提成比例", "Commission rate", .percent)
    public let accelerator = Field<Double>("超额系数", "Accelerator", .range(0...10))
    public let cap = Field<Money>("封顶", "Cap")
    public init() {}
}

/// Whose figures an incentive is reckoned on one by one.
public enum IncentiveShare: String, Choice {
    case region, product, channel
    public var label: Label {
        switch self {
        case .region: Label("按区域", "Region")
        case .product: Label("按产品", "Product")
        case .channel: Label("按渠道", "Channel")
        }
    }

    /// What a part is called where a rule is put in words.
    public var noun: Label {
        switch self {
        case .region: Label("区域", "region")
        case .product: Label("产品", "product")
        case .channel: Label("渠道", "channel")
        }
    }
}

public enum IncentiveKind: String, Choice {
    case incentive, retention, environment, commission
    public var label: Label {
        switch self {
        case .incentive: Label("激励", "Incentive")
        case .retention: Label("保留", "Retention")
        case .environment: Label("环境与发展", "Environment and growth")
        case .commission: Label("销售激励", "Sales commission")
        }
    }
}
