import WorkingTime

public struct Process: RecordKind {
    public static let names = KindNames(
        "process", "processes", prefix: "PR", "流程", "Process", "Processes",
        help: Label("端到端的业务流程，现状或改进后。", "A business process end to end, as it is or as it shall be."))
    public let title = Field<String>("流程", "Process", .required)
    public let area = Field<String>("领域", "Area", .column)
    public let kind = Field<ProcessKind>("版本", "Version", .column, .initial(.choice("asIs")))
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self, Role.self]), .foremost)
    public let improves = Field<RecordID>("取代", "Replaces", .to([Process.self]))
    public let start = Field<String>("起点", "Begins with", .column)
    public let end = Field<String>("终点", "Ends with", .column)
    public let log = Field<String>(
        "事件日志", "Event log", .file(.eventLog), help: Label("工作区中的日志文件名。", "Name of the log file in the workspace."))
    public let zone = Field<String>(
        "日志时区", "Zone of the log",
        help: Label(
            "日志时间没有写时区时所在的时区，如 +08:00；留空为 +08:00。", "Where times in the log name no zone, such as +08:00; empty means +08:00."))
    public let description = Field<String>("说明", "Description", .prose)
    public init() {}
}

public enum ProcessKind: String, Choice {
    case asIs, toBe
    public var label: Label { self == .asIs ? Label("现状", "As is") : Label("改进后", "To be") }
}

public struct Step: RecordKind {
    public static let names = KindNames(
        "step", "steps", prefix: "S", "流程环节", "Process step", "Process steps",
        help: Label("输入、活动、输出、执行者与工具；用时与等待。", "Input, activity, output, actor and tool; service and waiting time."))
    public let title = Field<String>("环节", "Step", .required)
    public let process = Field<RecordID>("流程", "Process", .required, .to([Process.self]), .column)
    public let kind = Field<StepKind>("类型", "Kind", .initial(.choice("task")))
    public let actor = Field<String>("执行者", "Actor", .column)
    public let next = Field<[RecordID]>("下一环节", "Next", .to([Step.self]), .column)
    public let condition = Field<String>("进入条件", "Condition", help: Label("由网关进入本环节的条件。", "When a gateway leads here."))
    public let share = Field<Double>("进入比例", "Share", .percent)
    public let input = Field<String>("输入", "Input", .column)
    public let output = Field<String>("输出", "Output", .column)
    public let tool = Field<String>("工具系统", "Tool", .column)
    public let detail = Field<String>("操作细节", "Detail", .prose)
    public let minutes = Field<Double>("处理时间（分钟）", "Service time, minutes", .range(0...1e6), .column)
    public let waiting = Field<Double>("等待时间（分钟）", "Waiting time, minutes", .range(0...1e6))
    public let isManual = Field<Bool>("手工操作", "Manual")
    public let activity = Field<String>("日志中的活动名", "Activity in the log")
    public init() {}
}

public enum StepKind: String, Choice {
    case start, task, decision, parallel, end
    public var label: Label {
        switch self {
        case .start: Label("开始", "Start")
        case .task: Label("活动", "Activity")
        case .decision: Label("判断", "Decision")
        case .parallel: Label("并行", "Parallel")
        case .end: Label("结束", "End")
        }
    }
}

public struct Pain: RecordKind {
    public static let names = KindNames(
        "pain", "pains", prefix: "PN", "痛点", "Pain point", "Pain points",
        help: Label("七类问题，落到环节，用数字说明。", "Problems of seven categories, tied to steps, said in numbers."))
    public let title = Field<String>("问题", "Problem", .required)
    public let category = Field<PainCategory>("类别", "Category", .column)
    public let steps = Field<[RecordID]>("所在环节", "Steps", .to([Step.self]), .column)
    public let description = Field<String>("表现", "Description", .prose, .column)
    public let severity = Field<Int>("严重度", "Severity", .range(1...5), .column)
    public let isBottleneck = Field<Bool>("瓶颈", "Bottleneck", .column)
    public let frequency = Field<Double>("每月次数", "Times a month", .range(0...1e9))
    public init() {}
}

public enum PainCategory: String, Choice {
    case slow, waste, quality, cost, customer, silo, morale
    public var label: Label {
        switch self {
        case .slow: Label("效率低下", "Slow")
        case .waste: Label("资源浪费", "Waste")
        case .quality: Label("质量问题", "Quality")
        case .cost: Label("成本高企", "Cost")
        case .customer: Label("客户体验不佳", "Customer experience")
        case .silo: Label("信息孤岛", "Information silo")
        case .morale: Label("员工满意度低", "Morale")
        }
    }
}

/// A cause of a problem: on a bone of the fishbone, or an answer in a chain of whys (then it stands in the question's answer).
public struct Cause: RecordKind {
    public static let names = KindNames(
        "cause", "causes", prefix: "CS", "原因", "Cause", "Causes",
        help: Label("人机料法环分类；逐层追问，直到根本原因。", "By man, machine, material, method, environment; asked why again until the root."))
    public static let isTree = true
    public let title = Field<String>("原因", "Cause", .required)
    public let pain = Field<RecordID>("问题", "Problem", .to([Pain.self]), .column)
    public let bone = Field<Bone>("维度", "Category", .column)
    public let isRoot = Field<Bool>("根本原因", "Root cause", .column)
    public let effect = Field<Int>("影响程度", "Effect", .range(1...5), .column)
    public let ease = Field<Int>("解决容易度", "Ease", .range(1...5), .column)
    public let occurrences = Field<Double>("次数", "Occurrences", .range(0...1e9), help: Label("用于帕累托图。", "For the Pareto chart."))
    public let evidence = Field<String>("数据验证", "Evidence", .prose)
    public let testMeasure = Field<RecordID>(
        "检验指标", "Measure to test by", .to([Measure.self]),
        help: Label(
            "原因成立时应当不同的指标，在分界日前后比较。", "The measure that should differ if the cause is true, compared before and since a day."))
    public let testDay = Field<Day>("检验分界日", "Dividing day")
    public let testProcess = Field<RecordID>(
        "检验流程", "Process to test by", .to([Process.self]),
        help: Label("用这个流程的事件日志检验。", "The cause is tested by the event log of this process."))
    public let testCases = Field<String>(
        "检验条件", "Cases with the cause",
        help: Label(
            "带有这个原因的案例，写作「列=值」，例如 priority=P1、活动=退回、人员=王芳，与其余案例比流程时长。",
            "The cases that have the cause, as column=value, such as priority=P1, activity=return or person=Ann; their duration is held against the others'."
        ))
    public let isVerified = Field<Bool>("已验证", "Verified")
    public init() {}
}

public enum Bone: String, Choice {
    case man, machine, material, method, environment
    public var label: Label {
        switch self {
        case .man: Label("人", "Man")
        case .machine: Label("机", "Machine")
        case .material: Label("料", "Material")
        case .method: Label("法", "Method")
        case .environment: Label("环", "Environment")
        }
    }
}

public struct Improvement: RecordKind {
    public static let names = KindNames(
        "improvement", "improvements", prefix: "IM", "改进措施", "Improvement", "Improvements",
        help: Label("针对根本原因的措施。", "What is done against a root cause."))
    public let title = Field<String>("措施", "Measure", .required)
    public let kind = Field<ImprovementKind>("类型", "Kind", .column)
    public let causes = Field<[RecordID]>("针对原因", "Causes", .to([Cause.self]), .column)
    public let steps = Field<[RecordID]>("涉及环节", "Steps", .to([Step.self]))
    public let description = Field<String>("步骤", "How", .prose)
    public let effect = Field<Int>("效果", "Effect", .range(1...5), .column)
    public let ease = Field<Int>("容易度", "Ease", .range(1...5), .column)
    public let cost = Field<Money>("投入", "Cost", .column, .summed, .range(0...9e14))
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self]), .foremost)
    public let start = Field<Day>("开始日期", "Start")
    public let due = Field<Day>("完成日期", "Due")
    public let measures = Field<[RecordID]>("改善的指标", "Measures", .to([Measure.self]))
    public let state = Field<TaskState>("状态", "State", .foremost, .initial(.choice("planned")))
    public let minutesAfter = Field<Double>("改进后处理时间（分钟）", "Service time after, minutes", .range(0...1e6))
    public init() {}
}

public enum ImprovementKind: String, Choice {
    case streamline, standardise, automate, digitise, reorganise
    public var label: Label {
        switch self {
        case .streamline: Label("流程优化", "Streamline")
        case .standardise: Label("标准化", "Standardise")
        case .automate: Label("自动化", "Automate")
        case .digitise: Label("数字化/智能化", "Digitise")
        case .reorganise: Label("组织调整", "Reorganise")
        }
    }
}

public struct Benefit: RecordKind {
    public static let names = KindNames(
        "benefit", "benefits", prefix: "BF", "预期效益", "Benefit", "Benefits",
        help: Label("效率、成本、质量与其他效益，折算年度金额。", "Efficiency, cost, quality and others, as money a year."))
    public let title = Field<String>("效益", "Benefit", .required)
    public let kind = Field<BenefitKind>("类型", "Kind", .column)
    public let goal = Field<RecordID>("改进目标", "Goal", .to([Goal.self]))
    public let improvements = Field<[RecordID]>("来源措施", "Source improvements", .to([Improvement.self]), .column)
    public let yearly = Field<Money>("年度金额", "Per year", .column, .summed)
    public let basis = Field<String>("测算依据", "Basis", .prose, .column)
    public let realised = Field<Money>("已实现", "Realised", .column, .summed)
    public init() {}
}

public enum BenefitKind: String, Choice {
    case efficiency, cost, quality, other
    public var label: Label {
        switch self {
        case .efficiency: Label("效率提升", "Efficiency")
        case .cost: Label("成本降低", "Cost")
        case .quality: Label("质量改善", "Quality")
        case .other: Label("其他效益", "Other")
        }
    }
}

/// A version of a standard operating procedure.
public struct Procedure: RecordKind {
    public static let names = KindNames(
        "procedure", "procedures", prefix: "SP", "标准操作程序", "Procedure", "Standard operating procedures",
        help: Label("步骤、注意事项、异常处理；有版本、有审批、有人读过。", "Steps, cautions, exceptions; versioned, approved, read."))
    public let title = Field<String>("程序", "Procedure", .required)
    public let code = Field<String>("编号", "Code", .column)
    public let version = Field<String>("版本", "Version", .required, .column)
    public let previous = Field<RecordID>("上一版本", "Previous version", .to([Procedure.self]))
    public let process = Field<RecordID>("流程", "Process", .to([Process.self]))
    public let steps = Field<String>("操作步骤", "Steps", .prose)
    public let cautions = Field<String>("注意事项", "Cautions", .prose)
    public let exceptions = Field<String>("异常处理", "Exceptions", .prose)
    public let author = Field<RecordID>("编写人", "Author", .to([Person.self]))
    public let approver = Field<RecordID>("批准人", "Approver", .to([Person.self]), .column)
    public let approvedOn = Field<Day>("批准日期", "Approved on", .column)
    public let mustRead = Field<[RecordID]>("须掌握人员", "Must be known by", .to([Person.self, Role.self]))
    public let read = Field<[RecordID]>("已阅读", "Read by", .to([Person.self]))
    public let trained = Field<[RecordID]>("已培训", "Trained", .to([Person.self]))
    public init() {}
}

public struct Rollout: RecordKind {
    public static let names = KindNames(
        "rollout", "rollouts", prefix: "RL", "横向推广", "Roll-out", "Roll-outs",
        help: Label("把见效的做法推广到其他单位，跟踪采用率。", "Bring what works to other units and follow its adoption."))
    public let title = Field<String>("推广内容", "What", .required)
    public let improvement = Field<RecordID>("改进措施", "Improvement", .to([Improvement.self]), .column)
    public let procedure = Field<RecordID>("标准", "Standard", .to([Procedure.self]))
    public let unit = Field<String>("推广单位", "Unit", .required, .foremost)
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self]), .foremost)
    public let start = Field<Day>("开始日期", "Start", .column)
    public let due = Field<Day>("完成日期", "Due", .foremost)
    public let adoption = Field<Series>("采用率（%）", "Adoption, %", .column)
    public init() {}
}
