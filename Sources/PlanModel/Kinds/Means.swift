import WorkingTime

public struct BudgetLine: RecordKind {
    public static let names = KindNames(
        "budget", "budget", prefix: "B", "预算", "Budget line", "Budget",
        help: Label("一项开支：计划、批准、承诺、实际与预测。", "One expense: planned, approved, committed, actual and forecast."))
    public static let isTree = true
    public let title = Field<String>("项目", "Item", .required)
    public let category = Field<BudgetCategory>("类别", "Category", .column)
    public let start = Field<Day>("期间开始", "From")
    public let finish = Field<Day>("期间结束", "Until")
    public let planned = Field<Money>("计划", "Planned", .column, .summed, .range(0...9e14))
    public let approved = Field<Money>("批准", "Approved", .column, .summed, .range(0...9e14))
    public let committed = Field<Money>(
        "已承诺", "Committed", .range(0...9e14),
        help: Label("登记了承诺的，以登记的合计为准。", "Where commitments are booked, their sum counts."))
    public let actual = Field<Money>(
        "实际", "Actual", .column, .summed,
        help: Label("登记了支付或报销的，以登记的合计为准。", "Where payments or reimbursements are booked, their sum counts."))
    public let forecast = Field<Money>("预测", "Forecast", .foremost, .summed)
    public let isReserve = Field<Bool>("应急储备", "Contingency reserve")
    public let requester = Field<RecordID>("申请人", "Requested by", .to([Person.self]))
    public let requestedOn = Field<Day>("申请日期", "Requested on")
    public let approver = Field<RecordID>("审批人", "Approver", .to([Person.self]))
    public let decidedOn = Field<Day>("审批日期", "Decided on")
    public let decision = Field<Decision>("审批", "Approval", .column, .initial(.choice("open")))
    public let reason = Field<String>("理由", "Reason", .prose)
    public let opinion = Field<String>("审批意见", "Why so decided", .prose)
    public let phase = Field<RecordID>("阶段", "Phase", .to([Phase.self]), .column)
    public let campaign = Field<RecordID>("活动", "Activity", .to([Campaign.self]))
    public let goals = Field<[RecordID]>("服务目标", "Goals", .to([Goal.self]))
    public init() {}
}

public enum BudgetCategory: String, Choice {
    case pay, recruiting, training, software, hardware, services, travel, meetings, advertising, publicRelations, events,
        materials, research, reserve, other
    public var label: Label {
        switch self {
        case .pay: Label("人员薪酬", "Pay")
        case .recruiting: Label("招聘费", "Recruiting")
        case .training: Label("培训费", "Training")
        case .software: Label("软件", "Software")
        case .hardware: Label("硬件", "Hardware")
        case .services: Label("外部服务", "Outside services")
        case .travel: Label("差旅费", "Travel")
        case .meetings: Label("会议费", "Meetings")
        case .advertising: Label("广告投放", "Advertising")
        case .publicRelations: Label("公关", "Public relations")
        case .events: Label("活动策划", "Events")
        case .materials: Label("物料制作", "Materials")
        case .research: Label("市场调研", "Market research")
        case .reserve: Label("应急储备", "Contingency reserve")
        case .other: Label("其他", "Other")
        }
    }
}

/// A commitment, payment or reimbursement against a budget line.
public struct Spending: RecordKind {
    public static let names = KindNames(
        "spending", "spending", prefix: "X", "支出", "Spending", "Spending",
        help: Label("对预算的承诺、支付或报销：谁、何时、为何。", "A commitment, payment or reimbursement: who, when, why."))
    public let title = Field<String>("事由", "Reason", .required)
    public let line = Field<RecordID>("预算项", "Budget line", .required, .to([BudgetLine.self]), .column)
    public let kind = Field<SpendingKind>("类型", "Kind", .required, .column)
    public let amount = Field<Money>("金额", "Amount", .required, .column)
    public let on = Field<Day>("日期", "Date", .required, .column)
    public let by = Field<RecordID>("经办人", "Handled by", .to([Person.self]), .column)
    public let approver = Field<RecordID>("审批人", "Approver", .to([Person.self]))
    public let approvedOn = Field<Day>("审批日期", "Approved on")
    public let risk = Field<RecordID>("动用储备的风险", "Reserve used for", .to([Risk.self]))
    public init() {}
}

public enum SpendingKind: String, Choice {
    case commitment, payment, reimbursement
    public var label: Label {
        switch self {
        case .commitment: Label("承诺", "Commitment")
        case .payment: Label("支付", "Payment")
        case .reimbursement: Label("报销", "Reimbursement")
        }
    }
}

/// Tools, systems, hardware, environments, material: what has to be there by when.
public struct Need: RecordKind {
    public static let names = KindNames(
        "need", "needs", prefix: "N", "资源需求", "Need", "Needs",
        help: Label(
            "系统、软件、硬件、环境、物料：何时要、何时到、谁维护。",
            "Systems, software, hardware, environments, material: needed when, there when, kept by whom."))
    public let title = Field<String>("名称", "Name", .required)
    public let kind = Field<NeedKind>("类型", "Kind", .column)
    public let purpose = Field<String>("用途", "Purpose", .prose)
    public let quantity = Field<Double>("数量", "Quantity", .range(0...1e9))
    public let needBy = Field<Day>("需要日期", "Needed by", .column)
    public let availableOn = Field<Day>("到位日期", "Available on", .column)
    public let cost = Field<Money>("费用", "Cost", .column, .summed)
    public let state = Field<NeedState>("状态", "State", .foremost, .initial(.choice("wanted")))
    public let maintainer = Field<RecordID>("维护人", "Maintained by", .to([Person.self, Role.self]), .column)
    public let tasks = Field<[RecordID]>("使用它的任务", "Tasks that use it", .to([PlanTask.self]))
    public let steps = Field<[RecordID]>(
        "流程环节", "Process steps", .to([Step.self]), help: Label("引入后用在流程的哪些环节。", "Where it joins the process."))
    public init() {}
}

public enum NeedKind: String, Choice {
    case system, software, hardware, environment, material, people, service
    public var label: Label {
        switch self {
        case .system: Label("系统平台", "System")
        case .software: Label("软件工具", "Software")
        case .hardware: Label("硬件设备", "Hardware")
        case .environment: Label("技术环境", "Environment")
        case .material: Label("物料", "Material")
        case .people: Label("人力", "People")
        case .service: Label("外部服务", "Service")
        }
    }
}

public enum NeedState: String, Choice {
    case wanted, ordered, available, retired
    public var label: Label {
        switch self {
        case .wanted: Label("待落实", "Requested")
        case .ordered: Label("采购中", "Ordered")
        case .available: Label("已到位", "Available")
        case .retired: Label("已停用", "Retired")
        }
    }
}

public struct Risk: RecordKind {
    public static let names = KindNames(
        "risk", "risks", prefix: "R", "风险", "Risk", "Risks",
        help: Label(
            "可能性 × 影响，应对前与应对后；高风险须有负责人、应对与预警指标。",
            "Likelihood × impact before and after response; a high risk needs owner, response and indicator."))
    public let title = Field<String>("风险", "Risk", .required)
    public let category = Field<RiskCategory>("类别", "Category", .column)
    public let likelihood = Field<Int>("可能性", "Likelihood", .range(1...5), .foremost)
    public let impact = Field<Int>("影响", "Impact", .range(1...5), .foremost)
    public let response = Field<RiskResponse>("应对方式", "Response", .column)
    public let measures = Field<String>("应对措施", "Actions", .prose)
    public let contingency = Field<String>("应急预案", "Contingency plan", .prose)
    public let residualLikelihood = Field<Int>("应对后可能性", "Residual likelihood", .range(1...5))
    public let residualImpact = Field<Int>("应对后影响", "Residual impact", .range(1...5))
    public let owner = Field<RecordID>("责任人", "Owner", .to([Person.self]), .foremost)
    public let trigger = Field<String>("触发条件", "Trigger")
    public let indicator = Field<String>("预警指标", "Indicator")
    public let state = Field<RiskState>("状态", "State", .foremost, .initial(.choice("open")))
    public let raisedOn = Field<Day>("提出日期", "Raised on")
    public let lastReviewed = Field<Day>("最近复核", "Last reviewed")
    public let reviewDays = Field<Int>("复核间隔（天）", "Review interval (days)", .range(1...400), .initial(.whole(30)))
    public let log = Field<String>("跟踪记录", "Log", .prose)
    public let tasks = Field<[RecordID]>("影响的任务", "Tasks affected", .to([PlanTask.self]))
    public let goals = Field<[RecordID]>("影响的目标", "Goals affected", .to([Goal.self]))
    public let probability = Field<Double>("发生概率", "Probability", .percent)
    public let delay = Field<WorkDuration>(
        "延误", "Delay", .range(0...10_000), help: Label("发生时任务延长多少。", "How much longer its tasks take if it happens."))
    public let cost = Field<Money>("损失", "Cost", .range(0...9e14))
    public let seasonFrom = Field<Day>(
        "误工期自", "Season from",
        help: Label(
            "雨季、节后返工等只在一段日子里误工的风险：其间每个月各以发生概率损失「延误」那么多工作时间。",
            "For what costs working time in certain days only, such as rain or the weeks after a holiday: in each month of them the delay is lost with the probability."
        ))
    public let seasonUntil = Field<Day>("误工期至", "Season until")
    public let isYearly = Field<Bool>("每年都有", "Every year", help: Label("误工期每年重复。", "The season comes again every year."))
    public let responseCost = Field<Money>(
        "应对成本", "Cost of the response", .range(0...9e14),
        help: Label("应对措施本身要花的钱，无论风险是否发生。", "What the response costs, whether or not the risk happens."))
    public let residualProbability = Field<Double>("应对后概率", "Residual probability", .percent)
    public let residualDelay = Field<WorkDuration>("应对后延误", "Residual delay", .range(0...10_000))
    public let residualCost = Field<Money>("应对后损失", "Residual cost", .range(0...9e14))
    public init() {}
}

/// A thought put down while risks are sought, before anybody judges it.
public struct RiskNote: RecordKind {
    public static let names = KindNames(
        "riskNote", "risk-notes", prefix: "RN", "风险便签", "Risk note", "Risk notes",
        help: Label(
            "头脑风暴时写下的担心：先写，再归类，最后把要管的变成风险。",
            "A worry put down while brainstorming: written first, grouped then, and made a risk where it needs care."))
    public let title = Field<String>("便签", "Note", .required)
    public let category = Field<RiskCategory>("类别", "Category", .column)
    public let writer = Field<String>("提出人", "Raised by", .column)
    public let risk = Field<RecordID>("转为风险", "Raised as risk", .to([Risk.self]), .column)
    public init() {}
}

/// Something that makes several durations or risks come out well or badly together.
public struct CommonCause: RecordKind {
    public static let names = KindNames(
        "commonCause", "common-causes", prefix: "CC", "共同因素", "Common cause", "Common causes",
        help: Label(
            "让几项任务的工期或几项风险一起变好或变坏的因素，如同一个供应商、同一个团队；模拟时它们相关。",
            "What makes durations of tasks, or risks, turn out well or badly together, such as one supplier or one team; they are correlated in the simulation."
        ))
    public let title = Field<String>("共同因素", "Common cause", .required)
    public let tasks = Field<[RecordID]>("任务", "Tasks", .to([PlanTask.self]), .column)
    public let risks = Field<[RecordID]>("风险", "Risks", .to([Risk.self]), .column)
    public let strength = Field<Double>(
        "相关程度", "Correlation", .percent, .range(0...0.95), .column, .initial(.number(0.5)),
        help: Label("两两之间的秩相关系数。", "The rank correlation of every two of them."))
    public init() {}
}

public enum RiskCategory: String, Choice {
    case technology, people, market, operations, compliance, schedule, cost, quality, requirements, environment
    public var label: Label {
        switch self {
        case .technology: Label("技术", "Technology")
        case .people: Label("人员", "People")
        case .market: Label("市场", "Market")
        case .operations: Label("运营", "Operations")
        case .compliance: Label("合规", "Compliance")
        case .schedule: Label("进度", "Schedule")
        case .cost: Label("成本", "Cost")
        case .quality: Label("质量", "Quality")
        case .requirements: Label("需求", "Requirements")
        case .environment: Label("外部环境", "Environment")
        }
    }
}

public enum RiskResponse: String, Choice {
    case avoid, mitigate, transfer, accept, contingency, monitor
    public var label: Label {
        switch self {
        case .avoid: Label("规避", "Avoid")
        case .mitigate: Label("缓解", "Mitigate")
        case .transfer: Label("转移", "Transfer")
        case .accept: Label("接受", "Accept")
        case .contingency: Label("应急预案", "Contingency plan")
        case .monitor: Label("监控", "Monitor")
        }
    }
}

public enum RiskState: String, Choice {
    case open, happened, closed
    public var label: Label {
        switch self {
        case .open: Label("开放", "Open")
        case .happened: Label("已发生", "Occurred")
        case .closed: Label("关闭", "Closed")
        }
    }
}
