import WorkingTime

/// The plan's own fields. There is exactly one, with number 0; it is never created or deleted.
public struct PlanHeader: RecordKind {
    public static let names = KindNames(
        "plan", "plan", prefix: "PLAN", "计划", "Plan", "Plan",
        help: Label("计划本身：标题、负责人、期间。", "The plan itself: its title, who leads it, its period."))
    public let title = Field<String>("标题", "Title", .required)
    public let subtitle = Field<String>("副标题", "Subtitle")
    public let organisation = Field<String>("单位", "Organisation")
    public let department = Field<String>("部门", "Department")
    public let owner = Field<String>("负责人", "Owner", help: Label("对整个计划负责的人。", "Who answers for the whole plan."))
    public let approver = Field<String>("审批人", "Approver")
    public let approvedOn = Field<Day>("批准日期", "Approved on")
    public let start = Field<Day>("开始日期", "Start")
    public let finish = Field<Day>("结束日期", "Finish")
    public let statusDate = Field<Day>(
        "数据截至", "Status date", help: Label("进展数据截至哪一天；留空为今天。", "Progress is as of this day; today if left out."))
    public let currency = Field<String>(
        "币种", "Currency", .currency, help: Label("三位字母的货币代码，留空为 CNY。", "ISO 4217 code; CNY if left out."))
    public let under = Field<String>("上级计划", "Parent plan", help: Label("所属上级计划的代号。", "The key of the plan this one belongs to."))
    public let classification = Field<String>("密级", "Classification")
    public let isPrivate = Field<Bool>("仅自己可见", "Private")
    public let isArchived = Field<Bool>(
        "已归档", "Archived",
        help: Label(
            "不再出现在今天、计划列表、检查与全局图中；内容都在，随时可以取消归档。",
            "Out of the home page, the list of plans, the check and the cascade; all of it stays, and it can be taken back at any time."
        ))
    public let isSample = Field<Bool>("示例", "Sample", help: Label("内容为虚构示例。", "The content is an invented sample."))
    public let numbering = Field<Numbering>("章节编号", "Numbering")
    public let scheduleFromFinish = Field<Bool>("从完成日期倒排", "Schedule from the finish")
    public let progressRule = Field<UnderWay>(
        "已开始任务", "Tasks under way", .initial(.choice("retainedLogic")),
        help: Label("前置任务未完成而已经开始的任务，剩余部分怎么排。", "Where the rest of a task lies that began before its predecessors were done."))
    public let criticalFloat = Field<WorkDuration>(
        "关键任务时差", "Critical float", .range(0...1000),
        help: Label("总时差不超过它的任务算关键任务；留空为 0。", "Tasks with a total float up to this are critical; 0 if left out."))
    public let hasManyCriticalPaths = Field<Bool>(
        "多条关键路径", "Several critical paths",
        help: Label("每条没有后续的链各算一条关键路径。", "Each chain that nothing follows has a critical path of its own."))
    public let reserveConfidence = Field<Double>(
        "储备的把握", "Confidence of reserves", .percent, .range(0.01...0.99),
        help: Label("时间与成本储备应有多大把握够用；留空为 80%。", "How surely the reserves of time and money are to suffice; 80% if left out."))
    public init() {}

    /// Of reserves where the plan does not say.
    public static let usualConfidence = 0.8
}

/// What a started task still owes to its predecessors.
public enum UnderWay: String, Choice {
    case retainedLogic, progressOverride
    public var label: Label {
        switch self {
        case .retainedLogic: Label("剩余部分等前置任务", "The rest waits for predecessors")
        case .progressOverride: Label("剩余部分照常继续", "The rest goes on")
        }
    }
}

public enum Numbering: String, Choice {
    case official, letters
    public var label: Label {
        switch self {
        case .official: Label("一、（一）1.", "1 · 1.1 · 1.1.1")
        case .letters: Label("一、A. 1.", "I · A · 1")
        }
    }
}

/// Mission, vision, values, the direction of a career, the ideal working life, the theme of a year.
public struct Statement: RecordKind {
    public static let names = KindNames(
        "statement", "statements", prefix: "ST", "使命与愿景", "Statement", "Mission and vision",
        help: Label("长期方向：存在的目的、理想的状态。", "Long-term direction: why we exist, where we want to be."))
    public let title = Field<String>("一句话", "Statement", .required)
    public let kind = Field<StatementKind>("类型", "Kind", .required, .column)
    public let description = Field<String>("展开描述", "Description", .prose)
    public let horizon = Field<String>("时间范围", "Horizon", help: Label("例如「三至五年」。", "For example “three to five years”."))
    public init() {}
}

public enum StatementKind: String, Choice {
    case mission, vision, value, direction, idealState, theme, background
    public var label: Label {
        switch self {
        case .mission: Label("使命", "Mission")
        case .vision: Label("愿景", "Vision")
        case .value: Label("价值观", "Value")
        case .direction: Label("职业方向", "Direction")
        case .idealState: Label("理想状态", "Ideal state")
        case .theme: Label("年度主题", "Theme")
        case .background: Label("背景", "Background")
        }
    }
}

public struct Goal: RecordKind {
    public static let names = KindNames(
        "goal", "goals", prefix: "G", "目标", "Goal", "Goals",
        help: Label("要实现的成果；进度由它的衡量指标算出。", "A result to be reached; its progress is computed from its measures."))
    public static let isTree = true
    public let title = Field<String>("目标", "Goal", .required)
    public let dimension = Field<GoalDimension>("维度", "Dimension", .column)
    public let serves = Field<[RecordID]>(
        "服务于", "Serves", .to([Statement.self]), help: Label("服务于哪条使命或愿景。", "Which mission or vision it serves."))
    public let supports = Field<[RecordID]>(
        "承接", "Supports", .to([Goal.self]), .column, help: Label("承接哪些上级目标，可跨计划。", "The goals above it, also of other plans."))
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self]), .foremost)
    public let start = Field<Day>("开始日期", "Start")
    public let due = Field<Day>("完成日期", "Due", .foremost)
    public let weight = Field<Double>("权重", "Weight", .percent, .column)
    public let result = Field<String>("预期成果", "Expected result", .prose)
    public let relevance = Field<String>("为什么重要", "Why it matters", .prose)
    public let achievable = Field<String>("可实现的依据", "Why it can be reached", .prose)
    public let isDropped = Field<Bool>("已放弃", "Dropped")
    public init() {}
}

public enum GoalDimension: String, Choice {
    case growth, efficiency, quality, innovation, team, brand, customer, ability, experience, network, life, project
    public var label: Label {
        switch self {
        case .growth: Label("业务增长与收入", "Growth and revenue")
        case .efficiency: Label("效率与成本", "Efficiency and cost")
        case .quality: Label("质量与满意度", "Quality and satisfaction")
        case .innovation: Label("创新与发展", "Innovation and development")
        case .team: Label("团队与人才", "Team and talent")
        case .brand: Label("品牌与忠诚度", "Brand and loyalty")
        case .customer: Label("转化与客户价值", "Conversion and customer value")
        case .ability: Label("能力提升", "Abilities")
        case .experience: Label("经验积累", "Experience")
        case .network: Label("人际网络", "Network")
        case .life: Label("健康与生活", "Health and life")
        case .project: Label("项目目标", "Project")
        }
    }
}

public struct Measure: RecordKind {
    public static let names = KindNames(
        "measure", "measures", prefix: "M", "衡量指标", "Measure", "Measures",
        help: Label(
            "目标的刻度：从基线到目标值，按期取数。关键绩效指标也在这里。",
            "The scale of a goal: from baseline to target, with values by date. KPIs are measures."))
    public let title = Field<String>("指标", "Measure", .required)
    public let goal = Field<RecordID>("所属目标", "Goal", .to([Goal.self]), .column)
    public let problem = Field<RecordID>("所量化的问题", "Problem", .to([Pain.self]))
    public let level = Field<MeasureLevel>("层面", "Level")
    public let unit = Field<String>("单位", "Unit", .foremost)
    public let direction = Field<Direction>(
        "方向", "Direction", .initial(.choice("up")),
        help: Label("目标值低于基线值的，选「越低越好」。", "Choose “Lower is better” where the target lies below the baseline."))
    public let baseline = Field<Double>("基线值", "Baseline", .column)
    public let baselineDate = Field<Day>("基线日期", "Baseline date")
    public let target = Field<Double>("目标值", "Target", .foremost)
    public let targetHigh = Field<Double>(
        "目标上限", "Upper target",
        help: Label("方向为「保持在区间」时的上限，目标值为下限。", "For measures to be kept in a range; the target is the lower end."))
    public let tolerance = Field<Double>(
        "容差", "Tolerance", .range(0...1e15),
        help: Label(
            "偏出区间多少算作毫无达成；留空取基线到区间的距离，没有基线取区间宽度。",
            "How far outside the range counts as nothing attained; if left out the baseline's distance from the range, or its width."
        ))
    public let due = Field<Day>("达成日期", "Due")
    public let weight = Field<Double>("权重", "Weight", .percent)
    public let path = Field<Series>(
        "目标路径", "Target path",
        help: Label(
            "各期应达到的值，或按季节分配时各期的份额；留空则由基线到目标直线推算。",
            "Values wanted by date, or for a seasonal path each period's share; a straight line if left out."))
    public let pathKind = Field<PathKind>(
        "路径形式", "Kind of path",
        help: Label("留空：填了路径为阶梯，否则为直线。", "If left out: steps where a path is given, else a straight line."))
    public let values = Field<Series>("实际值", "Values", .column)
    public let gathering = Field<Gathering>(
        "跨期汇总", "Over periods",
        help: Label(
            "短的一期怎样合成长的一期：流量求和，存量取期末，比率取平均；留空取期末。",
            "How shorter periods make a longer one: flows add up, levels take the last, rates the mean; the last if left out."))
    public let isCumulative = Field<Bool>(
        "目标为累计值", "Target is for the whole period",
        help: Label(
            "目标与起点以来的合计（或平均）比较，而不是与最近一期比较。",
            "The target is compared with the total (or mean) since the start, not with the latest value."))
    public let formula = Field<String>(
        "计算公式", "Formula", help: Label("由其他指标计算，例如 [M-1]/[M-2]*100。", "Computed from other measures, such as [M-1]/[M-2]*100."))
    public let definition = Field<String>("口径", "Definition", .prose)
    public let source = Field<String>("数据来源", "Data source")
    public let frequency = Field<Frequency>("监测频率", "Frequency")
    public let owner = Field<RecordID>("取数人", "Collected by", .to([Person.self]))
    public let watch = Field<Double>("关注阈值", "Watch threshold")
    public let late = Field<Double>("落后阈值", "Alarm threshold")
    public let chart = Field<ChartKind>("图形", "Chart")
    public let sizes = Field<Series>(
        "样本量", "Sample sizes",
        help: Label(
            "每个实际值对应的样本数或单位数；比率与单位缺陷的控制图、比率的前后对比需要它。",
            "The number of cases or units behind each value; charts of shares and of faults per unit and comparisons of shares need it."
        ))
    public let subgroup = Field<Int>(
        "子组大小", "Subgroup size", .range(2...25),
        help: Label("均值图把相邻的几个值合成一个子组；留空为 5。", "Charts of means join so many neighbouring values; 5 if left out."))
    public let rules = Field<ChartRules>("判异准则", "Rules")
    public let limitsUntil = Field<Day>(
        "控制限冻结于", "Limits frozen on",
        help: Label("控制限只用这一天及以前的值计算，之后照此判断。", "Limits are taken from the values up to this day and kept from then on."))
    public let excluded = Field<String>(
        "剔除点", "Points left out",
        help: Label(
            "原因已知、不参与控制限计算的日期，例如 2026-02-16、2026-02-23。",
            "Dates with a known cause that do not count for the limits, such as 2026-02-16, 2026-02-23."))
    public let lowerSpecification = Field<Double>("规格下限", "Lower specification limit")
    public let upperSpecification = Field<Double>("规格上限", "Upper specification limit")
    public let improvedOn = Field<Day>(
        "改进起效日", "Improved on", help: Label("改进前后对比以这一天为界。", "Before and after are divided by this day."))
    public init() {}
}

public enum Direction: String, Choice {
    case up, down, range, milestone
    public var label: Label {
        switch self {
        case .up: Label("越高越好", "Higher is better")
        case .down: Label("越低越好", "Lower is better")
        case .range: Label("保持在区间", "Keep in range")
        case .milestone: Label("完成即达成", "Done or not")
        }
    }
}

public enum MeasureLevel: String, Choice {
    case sales, market, channel, process, result
    public var label: Label {
        switch self {
        case .sales: Label("销售层面", "Sales")
        case .market: Label("市场层面", "Market")
        case .channel: Label("渠道层面", "Channel")
        case .process: Label("过程指标", "Process")
        case .result: Label("结果指标", "Result")
        }
    }
}

/// How the way from baseline to target is cut.
public enum PathKind: String, Choice {
    case linear, stepped, through, seasonal
    public var label: Label {
        switch self {
        case .linear: Label("直线", "Straight line")
        case .stepped: Label("阶梯", "Steps")
        case .through: Label("逐点连线", "Lines through the given values")
        case .seasonal: Label("按季节份额", "By seasons' shares")
        }
    }
}

/// How the values of shorter periods make that of a longer one.
public enum Gathering: String, Choice {
    case last, sum, mean
    public var label: Label {
        switch self {
        case .last: Label("取期末（存量）", "Last value (a level)")
        case .sum: Label("求和（流量）", "Sum (a flow)")
        case .mean: Label("取平均（比率）", "Mean (a rate)")
        }
    }
}

public enum ChartKind: String, Choice {
    case line, automatic, individuals, proportion, defectives, count, perUnit, meanRange, meanDeviation
    public var label: Label {
        switch self {
        case .line: Label("趋势线", "Line")
        case .automatic: Label("控制图（按指标选择）", "Control chart (by the kind of measure)")
        case .individuals: Label("控制图（单值与移动极差）", "Control chart (individuals, I–MR)")
        case .proportion: Label("控制图（比率 p）", "Control chart (proportion, p)")
        case .defectives: Label("控制图（件数 np）", "Control chart (number, np)")
        case .count: Label("控制图（次数 c）", "Control chart (counts, c)")
        case .perUnit: Label("控制图（单位次数 u）", "Control chart (counts per unit, u)")
        case .meanRange: Label("控制图（均值与极差 X̄–R）", "Control chart (means and ranges, X̄–R)")
        case .meanDeviation: Label("控制图（均值与标准差 X̄–S）", "Control chart (means and deviations, X̄–S)")
        }
    }
}

/// Which patterns a control chart is searched for.
public enum ChartRules: String, Choice {
    case nelson, westernElectric, limits
    public var label: Label {
        switch self {
        case .nelson: Label("尼尔森八条", "Nelson's eight tests")
        case .westernElectric: Label("西方电气四条", "Western Electric's four rules")
        case .limits: Label("只看控制限", "Limits only")
        }
    }
}

public enum Frequency: String, Choice {
    case daily, weekly, biweekly, monthly, quarterly, halfYearly, yearly, once
    public var label: Label {
        switch self {
        case .daily: Label("每天", "Daily")
        case .weekly: Label("每周", "Weekly")
        case .biweekly: Label("每两周", "Every two weeks")
        case .monthly: Label("每月", "Monthly")
        case .quarterly: Label("每季度", "Quarterly")
        case .halfYearly: Label("每半年", "Half-yearly")
        case .yearly: Label("每年", "Yearly")
        case .once: Label("一次", "Once")
        }
    }

    /// Calendar days between two occurrences, for judging staleness.
    public var days: Int {
        switch self {
        case .daily: 1
        case .weekly: 7
        case .biweekly: 14
        case .monthly: 31
        case .quarterly: 92
        case .halfYearly: 184
        case .yearly: 366
        case .once: 36_500
        }
    }

    /// How many days after a value the next may be waited for.
    public var patience: Int { days + max(3, days / 5) }
}

/// The focus of a quarter.
public struct Focus: RecordKind {
    public static let names = KindNames(
        "focus", "focuses", prefix: "F", "季度重点", "Quarterly focus", "Quarterly focuses",
        help: Label("一个季度的主题、里程碑、交付物与预期成果。", "A quarter's theme, milestones, deliverables and expected result."))
    public let theme = Field<String>("主题", "Theme", .required)
    public let quarter = Field<String>("季度", "Quarter", .required, .column, help: Label("写作 2026Q1。", "Written 2026Q1."))
    public let goals = Field<[RecordID]>("目标", "Goals", .to([Goal.self]), .column)
    public let milestones = Field<[RecordID]>("里程碑", "Milestones", .to([PlanTask.self]))
    public let deliverables = Field<[RecordID]>("交付物", "Deliverables", .to([Deliverable.self]), .column)
    public let result = Field<String>("预期成果", "Expected result", .prose, .column)
    public init() {}
}
