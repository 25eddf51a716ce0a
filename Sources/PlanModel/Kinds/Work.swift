import WorkingTime

public struct Phase: RecordKind {
    public static let names = KindNames(
        "phase", "phases", prefix: "PH", "阶段", "Phase", "Phases",
        help: Label("一段工作，以里程碑收尾，通过评审才进入下一阶段。", "A stretch of work that ends in a milestone and gates the next."))
    public let title = Field<String>("阶段", "Phase", .required)
    public let start = Field<Day>("开始日期", "Start", .column)
    public let finish = Field<Day>("结束日期", "Finish", .column)
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self]), .foremost)
    public let milestones = Field<[RecordID]>("里程碑", "Milestones", .to([PlanTask.self]), .column)
    public let entry = Field<String>("准入条件", "Entry criteria", .prose)
    public let exit = Field<String>("准出条件", "Exit criteria", .prose)
    public let reviewedOn = Field<Day>("评审通过日期", "Gate passed on")
    public init() {}
}

public struct PlanTask: RecordKind {
    public static let names = KindNames(
        "task", "tasks", prefix: "T", "任务", "Task", "Tasks",
        help: Label(
            "有负责人、有时间、有交付物、有验收标准的工作；上下级构成工作分解结构。",
            "Owned, dated work with deliverable and acceptance criteria; nested tasks form the work breakdown structure."))
    public static let isTree = true
    public let title = Field<String>("任务", "Task", .required)
    public let description = Field<String>("任务描述", "Description", .prose)
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self, Role.self]), .foremost)
    public let collaborators = Field<[RecordID]>("协作方", "Collaborators", .to([Person.self, Role.self]))
    public let consulted = Field<[RecordID]>("咨询", "Consulted", .to([Person.self, Role.self]))
    public let informed = Field<[RecordID]>("知会", "Informed", .to([Person.self, Role.self]))
    public let partner = Field<String>(
        "协作部门", "Partner department", help: Label("依赖的其他部门；须有协作约定。", "Another department it depends on; needs an agreement."))
    public let start = Field<Day>(
        "开始日期", "Start", .column, help: Label("计划开始；有前置任务时由排期计算，可留空。", "Planned start; computed from predecessors if left out."))
    public let due = Field<Day>("完成日期", "Finish", .foremost)
    public let duration = Field<WorkDuration>("工期", "Duration", .column, .range(0...100_000))
    public let effort = Field<WorkDuration>("工时", "Effort", .range(0...1_000_000))
    public let assignments = Field<[Share]>("投入", "Assignments", .to([Person.self, Role.self]))
    public let way = Field<String>(
        "做法", "Way",
        help: Label(
            "现在打算怎样做，如「自己做」；另有替代做法时写明。", "How it is to be done at present, such as “in house”; for tasks with alternatives."))
    public let type = Field<TaskType>(
        "任务类型", "Task type",
        help: Label(
            "工期、工时、投入三者中改动一项时，哪一项不变；留空则工期优先。",
            "Which of duration, effort and assignments stays when another changes; the duration comes first if left out."))
    public let isEffortDriven = Field<Bool>(
        "工时驱动", "Effort-driven", help: Label("加人分担已有工时，而不是带来新的工时。", "People who join share the work there is."))
    public let predecessors = Field<[TaskLink]>("前置任务", "Predecessors", .to([PlanTask.self]))
    public let constraint = Field<Constraint>("限制条件", "Constraint", .initial(.choice("asSoonAsPossible")))
    public let constraintDate = Field<Day>("限制日期", "Constraint date")
    public let deadline = Field<Day>("截止日期", "Deadline")
    public let calendar = Field<RecordID>(
        "日历", "Calendar", .to([PlanCalendar.self]),
        help: Label("只在这个日历上班的时间进行；留空与计划相同。", "Goes on only while this calendar works; as the plan if left out."))
    public let isManual = Field<Bool>(
        "手工排期", "Scheduled by hand",
        help: Label("按填写的开始与完成日期，前置任务不移动它。", "Lies on the start and finish given; predecessors do not move it."))
    public let interruptions = Field<String>(
        "中断", "Interruptions",
        help: Label("任务停下的日子，如 2026-05-06..2026-05-08, 2026-07-01。", "Days on which it stops, such as 2026-05-06..2026-05-08."))
    public let isMilestone = Field<Bool>("里程碑", "Milestone")
    public let phase = Field<RecordID>("阶段", "Phase", .to([Phase.self]))
    public let goals = Field<[RecordID]>("服务目标", "Goals", .to([Goal.self]))
    public let deliverables = Field<[RecordID]>("交付物", "Deliverables", .to([Deliverable.self]))
    public let acceptance = Field<String>("验收标准", "Acceptance criteria", .prose)
    public let state = Field<TaskState>("状态", "State", .foremost, .initial(.choice("planned")))
    public let progress = Field<Double>("完成比例", "Progress", .percent, .column)
    public let actualStart = Field<Day>("实际开始", "Actual start")
    public let actualFinish = Field<Day>("实际完成", "Actual finish")
    public let remaining = Field<WorkDuration>("剩余工期", "Remaining duration", .range(0...100_000))
    public let levellingDelay = Field<WorkDuration>(
        "平衡延迟", "Levelling delay", .range(0...100_000),
        help: Label("资源平衡让它晚开始多久；清空即撤销。", "How much later levelling lets it start; clear it to take that back."))
    public let baselineStart = Field<Day>("基线开始", "Baseline start")
    public let baselineFinish = Field<Day>("基线完成", "Baseline finish")
    public let baselineCost = Field<Money>("基线成本", "Baseline cost")
    public let cost = Field<Money>("固定成本", "Fixed cost")
    public let actualCost = Field<Money>("实际成本", "Actual cost")
    public let costToComplete = Field<Money>(
        "尚需成本估算", "Estimate to complete",
        help: Label(
            "重新估计余下的工作还要花多少；用于自下而上的完工估算。", "A new estimate of what the rest will cost; for the bottom-up estimate at completion.")
    )
    public let earning = Field<EarningRule>(
        "挣值规则", "Earning rule",
        help: Label("做到什么算挣得；留空则按完成比例。", "What counts as earned; the progress if left out."))
    public let unitsPlanned = Field<Double>("计划数量", "Units planned", .range(0...1e12))
    public let unitsDone = Field<Double>("完成数量", "Units done", .range(0...1e12))
    public let earningMilestones = Field<[Share]>(
        "加权里程碑", "Weighted milestones", .to([PlanTask.self]),
        help: Label(
            "达成即挣得其权重的任务，如 T-5 30%, T-6 70%。", "Tasks whose weight is earned when they are done, such as T-5 30%, T-6 70%."))
    public let earnsLike = Field<RecordID>(
        "随之挣得", "Earns like", .to([PlanTask.self]),
        help: Label("按分摊法挣得时，跟着哪项任务的完成比例走。", "By the apportioned rule: the task whose earned share it has."))
    public let estimate = Field<EstimateKind>(
        "估算分布", "Estimate",
        help: Label("乐观与悲观工期之间怎样分布；留空为 PERT。", "How durations lie between optimistic and pessimistic; PERT if left out."))
    public let optimistic = Field<WorkDuration>("乐观工期", "Optimistic duration", .range(0...100_000))
    public let pessimistic = Field<WorkDuration>("悲观工期", "Pessimistic duration", .range(0...100_000))
    public let priority = Field<Priority>("优先级", "Priority")
    public let isImportant = Field<Bool>("重要", "Important")
    public let isUrgent = Field<Bool>("紧急", "Urgent")
    public let recurrence = Field<Frequency>("重复", "Recurrence")
    public let origin = Field<RecordID>(
        "来源", "Source", .to([Review.self, Meeting.self, Risk.self, Adjustment.self, ChangeRequest.self, Improvement.self]),
        help: Label("由哪次复盘、会议、风险或变更引出。", "The review, meeting, risk or change it came from."))
    public init() {}
}

/// Another way to do a task: crew A in five days, or crew B in three.
public struct Alternative: RecordKind {
    public static let names = KindNames(
        "alternative", "alternatives", prefix: "W", "替代做法", "Alternative", "Alternatives",
        help: Label(
            "一项任务的另一种做法：换人或换工期；资源平衡可以选用它，选用时与任务现在的做法对调。",
            "Another way to do a task, by others or in another time; levelling may choose it, and it then changes places with the present way."
        ))
    public let title = Field<String>("做法", "Way", .required)
    public let task = Field<RecordID>("任务", "Task", .to([PlanTask.self]), .column)
    public let duration = Field<WorkDuration>("工期", "Duration", .column, .range(0...100_000))
    public let effort = Field<WorkDuration>("工时", "Effort", .range(0...1_000_000))
    public let assignments = Field<[Share]>("投入", "Assignments", .to([Person.self, Role.self]), .column)
    public let optimistic = Field<WorkDuration>("乐观工期", "Optimistic duration", .range(0...100_000))
    public let pessimistic = Field<WorkDuration>("悲观工期", "Pessimistic duration", .range(0...100_000))
    public let cost = Field<Money>("固定成本", "Fixed cost", .column)
    public init() {}
}

/// What stays of duration, effort and assignments when another of them changes.
public enum TaskType: String, Choice {
    case fixedUnits, fixedDuration, fixedWork
    public var label: Label {
        switch self {
        case .fixedUnits: Label("固定投入", "Fixed units")
        case .fixedDuration: Label("固定工期", "Fixed duration")
        case .fixedWork: Label("固定工时", "Fixed work")
        }
    }
}

/// What of a task counts as earned.
public enum EarningRule: String, Choice {
    case physical, zeroHundred, fiftyFifty, twentyFiveSeventyFive, milestones, units, levelOfEffort, apportioned
    public var label: Label {
        switch self {
        case .physical: Label("按完成比例", "Physical progress")
        case .zeroHundred: Label("0/100", "0/100")
        case .fiftyFifty: Label("50/50", "50/50")
        case .twentyFiveSeventyFive: Label("25/75", "25/75")
        case .milestones: Label("加权里程碑", "Weighted milestones")
        case .units: Label("按完成数量", "Units done")
        case .levelOfEffort: Label("随时间投入", "Level of effort")
        case .apportioned: Label("随另一任务分摊", "Apportioned to another task")
        }
    }
}

/// How likely the durations between an optimistic and a pessimistic one are.
public enum EstimateKind: String, Choice {
    case pert, triangular, uniform, logNormal
    public var label: Label {
        switch self {
        case .pert: Label("PERT（贝塔）", "PERT (beta)")
        case .triangular: Label("三角", "Triangular")
        case .uniform: Label("均匀", "Uniform")
        case .logNormal: Label("对数正态（P10 与 P90）", "Lognormal (P10 and P90)")
        }
    }
}

public enum TaskState: String, Choice {
    case planned, doing, blocked, done, dropped
    public var label: Label {
        switch self {
        case .planned: Label("未开始", "Planned")
        case .doing: Label("进行中", "In progress")
        case .blocked: Label("受阻", "Blocked")
        case .done: Label("已完成", "Done")
        case .dropped: Label("已取消", "Dropped")
        }
    }
}

public enum Priority: String, Choice {
    case high, medium, low
    public var label: Label {
        switch self {
        case .high: Label("高", "High")
        case .medium: Label("中", "Medium")
        case .low: Label("低", "Low")
        }
    }
}

public enum Constraint: String, Choice {
    case asSoonAsPossible, asLateAsPossible, mustStartOn, mustFinishOn, startNoEarlierThan, startNoLaterThan, finishNoEarlierThan,
        finishNoLaterThan
    public var label: Label {
        switch self {
        case .asSoonAsPossible: Label("越早越好", "As soon as possible")
        case .asLateAsPossible: Label("越晚越好", "As late as possible")
        case .mustStartOn: Label("必须开始于", "Must start on")
        case .mustFinishOn: Label("必须完成于", "Must finish on")
        case .startNoEarlierThan: Label("不得早于…开始", "Start no earlier than")
        case .startNoLaterThan: Label("不得晚于…开始", "Start no later than")
        case .finishNoEarlierThan: Label("不得早于…完成", "Finish no earlier than")
        case .finishNoLaterThan: Label("不得晚于…完成", "Finish no later than")
        }
    }
    public var needsDate: Bool { self != .asSoonAsPossible && self != .asLateAsPossible }
}

public struct Deliverable: RecordKind {
    public static let names = KindNames(
        "deliverable", "deliverables", prefix: "D", "交付物", "Deliverable", "Deliverables",
        help: Label("要提交的成果，有质量标准与验收负责人。", "A result to be handed over, with a quality standard and who accepts it."))
    public let title = Field<String>("交付物", "Deliverable", .required)
    public let form = Field<String>("形式", "Form", help: Label("文档、代码、报告、培训材料等。", "Document, code, report, training material."))
    public let standard = Field<String>("质量标准", "Quality standard", .prose, .column)
    public let acceptor = Field<RecordID>("验收负责人", "Accepted by", .to([Person.self, Role.self]), .column)
    public let due = Field<Day>("应交日期", "Due", .foremost)
    public let phase = Field<RecordID>("阶段", "Phase", .to([Phase.self]))
    public let deliveredOn = Field<Day>("实际提交", "Delivered on")
    public let acceptedOn = Field<Day>("验收日期", "Accepted on", .column)
    public init() {}
}

public struct ScopeItem: RecordKind {
    public static let names = KindNames(
        "scope", "scope", prefix: "SC", "范围", "Scope item", "Scope",
        help: Label("包含什么、不包含什么。", "What is in and what is out."))
    public let title = Field<String>("内容", "Item", .required)
    public let isIn = Field<ScopeSide>("范围", "Scope", .required, .column)
    public let reason = Field<String>("说明", "Reason", .prose, .column)
    public let addedOn = Field<Day>("提出日期", "Raised on")
    public let request = Field<RecordID>("变更请求", "Change request", .to([ChangeRequest.self]))
    public init() {}
}

public enum ScopeSide: String, Choice {
    case included, excluded
    public var label: Label { self == .included ? Label("范围内", "In scope") : Label("范围外", "Out of scope") }
}

public struct Baseline: RecordKind {
    public static let names = KindNames(
        "baseline", "baselines", prefix: "BL", "基线", "Baseline", "Baselines",
        help: Label("某一时点批准的计划，用来比较偏差。", "The plan as approved at a time, to compare with."))
    public let title = Field<String>("名称", "Name", .required)
    public let takenOn = Field<Day>("日期", "Taken on", .required, .column)
    public let revision = Field<Int>("版次", "Revision", .column, .range(0...1_000_000_000))
    public let finish = Field<Day>("计划完工", "Planned finish", .column)
    public let budget = Field<Money>("预算总额", "Budget", .column)
    public let reason = Field<String>("原因", "Reason", .prose)
    public init() {}
}

public struct ChangeRequest: RecordKind {
    public static let names = KindNames(
        "change", "changes", prefix: "CR", "变更请求", "Change request", "Change requests",
        help: Label("对范围、时间、成本的影响，批准后形成新基线。", "Its effect on scope, time and cost; approved, it makes a new baseline."))
    public let title = Field<String>("变更", "Change", .required)
    public let reason = Field<String>("原因", "Reason", .prose)
    public let requester = Field<RecordID>("提出人", "Requested by", .to([Person.self]), .column)
    public let requestedOn = Field<Day>("提出日期", "Requested on", .column)
    public let scopeEffect = Field<String>("对范围的影响", "Effect on scope", .prose)
    public let timeEffect = Field<WorkDuration>("对工期的影响", "Effect on time", .column)
    public let costEffect = Field<Money>("对成本的影响", "Effect on cost", .column)
    public let decision = Field<Decision>("决定", "Decision", .column, .initial(.choice("open")))
    public let decidedBy = Field<RecordID>("决定人", "Decided by", .to([Person.self]))
    public let decidedOn = Field<Day>("决定日期", "Decided on")
    public let baseline = Field<RecordID>("新基线", "New baseline", .to([Baseline.self]))
    public init() {}
}

public enum Decision: String, Choice {
    case open, approved, rejected
    public var label: Label {
        switch self {
        case .open: Label("待定", "Open")
        case .approved: Label("批准", "Approved")
        case .rejected: Label("驳回", "Rejected")
        }
    }
}
