import WorkingTime

public struct Trend: RecordKind {
    public static let names = KindNames(
        "trend", "trends", prefix: "TD", "环境趋势", "Trend", "Trends",
        help: Label(
            "政策、经济、社会、技术与行业的变化，对我们的影响与证据。", "Changes in policy, economy, society, technology and industry: effect and evidence."))
    public let title = Field<String>("趋势", "Trend", .required)
    public let area = Field<TrendArea>("方面", "Area", .column)
    public let effect = Field<String>("影响", "Effect", .prose, .column)
    public let impact = Field<Int>(
        "影响程度", "Strength", .range(-5...5), .foremost, help: Label("-5 很不利，5 很有利。", "From -5, very bad, to 5, very good."))
    public let evidence = Field<String>("证据", "Evidence", .prose, .column)
    public init() {}
}

public enum TrendArea: String, Choice {
    case policy, economy, society, technology, industry, consumer
    public var label: Label {
        switch self {
        case .policy: Label("政策法规", "Policy")
        case .economy: Label("经济", "Economy")
        case .society: Label("社会", "Society")
        case .technology: Label("技术", "Technology")
        case .industry: Label("行业格局", "Industry")
        case .consumer: Label("消费者", "Consumers")
        }
    }
}

public struct Segment: RecordKind {
    public static let names = KindNames(
        "segment", "segments", prefix: "SG", "客户细分", "Segment", "Segments",
        help: Label("按地理、人口统计、行为、心理划分的客户群体。", "Customers divided by geography, demography, behaviour or psychology."))
    public let title = Field<String>("群体", "Segment", .required)
    public let basis = Field<SegmentBasis>("划分依据", "Basis", .column)
    public let description = Field<String>("特征", "Description", .prose, .column)
    public let size = Field<Double>("规模", "Size", .range(0...1e12), .column)
    public let unit = Field<String>("规模单位", "Unit of size")
    public let isCore = Field<Bool>("核心群体", "Core", .column)
    public init() {}
}

public enum SegmentBasis: String, Choice {
    case geographic, demographic, behavioural, psychographic
    public var label: Label {
        switch self {
        case .geographic: Label("地理", "Geographic")
        case .demographic: Label("人口统计", "Demographic")
        case .behavioural: Label("行为", "Behavioural")
        case .psychographic: Label("心理", "Psychographic")
        }
    }
}

public struct Persona: RecordKind {
    public static let names = KindNames(
        "persona", "personas", prefix: "PS", "客户画像", "Persona", "Personas",
        help: Label("一个典型客户：特征、决策过程、需求与痛点及其证据。", "A typical customer: traits, how they decide, needs and pains with evidence."))
    public let title = Field<String>("画像", "Persona", .required)
    public let segment = Field<RecordID>("所属群体", "Segment", .to([Segment.self]), .column)
    public let traits = Field<String>("特征", "Traits", .prose, .column)
    public let decides = Field<String>("决策过程", "How they decide", .prose)
    public let needs = Field<String>("需求", "Needs", .prose, .column)
    public let pains = Field<String>("痛点", "Pain points", .prose, .column)
    public let evidence = Field<String>("证据", "Evidence", .prose)
    public init() {}
}

public struct Competitor: RecordKind {
    public static let names = KindNames(
        "competitor", "competitors", prefix: "CO", "竞争对手", "Competitor", "Competitors",
        help: Label("份额、产品、价格、推广、渠道、服务与优劣势。", "Share, product, price, promotion, channel, service, strengths and weaknesses."))
    public let name = Field<String>("名称", "Name", .required)
    public let isUs = Field<Bool>("本企业", "Own company")
    public let share = Field<Double>("市场份额", "Market share", .percent, .column)
    public let product = Field<String>("产品", "Product", .column)
    public let price = Field<String>("价格", "Price", .column)
    public let promotion = Field<String>("营销", "Promotion")
    public let channel = Field<String>("渠道", "Channel")
    public let service = Field<String>("服务", "Service")
    public let strengths = Field<String>("优势", "Strengths", .prose, .column)
    public let weaknesses = Field<String>("劣势", "Weaknesses", .prose, .column)
    public let priceLevel = Field<Double>("价格水平", "Price level", .range(0...10))
    public let qualityLevel = Field<Double>("产品水平", "Quality level", .range(0...10))
    public init() {}
}

public struct Product: RecordKind {
    public static let names = KindNames(
        "product", "products", prefix: "PD", "产品", "Product", "Products",
        help: Label("定位、价格与生命周期。", "Positioning, price and life cycle."))
    public let title = Field<String>("产品", "Product", .required)
    public let positioning = Field<String>("定位与差异化", "Positioning", .prose, .column)
    public let price = Field<Money>("价格", "Price", .column)
    public let unit = Field<String>(
        "计量单位", "Unit of quantity",
        help: Label(
            "数量按什么计，如 人天、台。单位不同的产品，数量不相加。", "What quantities count, such as person days; those of unlike products are not added.")
    )
    public let cost = Field<Money>("单位成本", "Unit cost")
    public let stage = Field<ProductStage>("阶段", "Stage", .column)
    public let iteration = Field<String>("迭代计划", "Iteration", .prose, .column)
    public init() {}
}

public enum ProductStage: String, Choice {
    case new, growing, mature, declining
    public var label: Label {
        switch self {
        case .new: Label("新品", "New")
        case .growing: Label("成长", "Growing")
        case .mature: Label("成熟", "Mature")
        case .declining: Label("淘汰", "Declining")
        }
    }
}

public struct Channel: RecordKind {
    public static let names = KindNames(
        "channel", "channels", prefix: "CH", "渠道", "Channel", "Channels",
        help: Label("线上、线下与合作伙伴，各自的效率与占比。", "Online, offline and partners, with efficiency and share."))
    public let title = Field<String>("渠道", "Channel", .required)
    public let kind = Field<ChannelKind>("类型", "Kind", .column)
    public let share = Field<Double>("销售占比", "Share of sales", .percent, .column)
    public let cost = Field<Money>("渠道成本", "Cost", .column)
    public let coverage = Field<Double>("覆盖率", "Coverage", .percent, .column)
    public let plan = Field<String>("优化措施", "Plan", .prose, .column)
    public init() {}
}

public enum ChannelKind: String, Choice {
    case online, offline, partner
    public var label: Label {
        switch self {
        case .online: Label("线上", "Online")
        case .offline: Label("线下", "Offline")
        case .partner: Label("合作伙伴", "Partner")
        }
    }
}

/// One cell of the sales target: a product in a region through a channel, month by month.
public struct SalesTarget: RecordKind {
    public static let names = KindNames(
        "sales", "sales", prefix: "SL", "销售目标", "Sales target", "Sales targets",
        help: Label(
            "产品 × 区域 × 渠道的各月目标与实际；各部分之和须等于总目标。",
            "Monthly target and actual by product, region and channel; the parts must add up to the whole."))
    public let title = Field<String>("名称", "Name", .required)
    public let isTotal = Field<Bool>("总目标", "Total", help: Label("全年总目标只写一条。", "One record holds the whole year's total."))
    public let product = Field<RecordID>("产品", "Product", .to([Product.self]), .column)
    public let region = Field<String>("区域", "Region", .column)
    public let channel = Field<RecordID>("渠道", "Channel", .to([Channel.self]), .column)
    public let unit = Field<String>("金额单位", "Unit of amounts", help: Label("如 万元。", "Such as 10,000 yuan."))
    public let target = Field<Series>("各月目标", "Target", .foremost, .summed)
    public let actual = Field<Series>("各月实际", "Actual", .column, .summed)
    public let lastYear = Field<Series>("上年同期", "Last year", .summed)
    public let quantity = Field<Series>("实际数量", "Units sold", .summed)
    public let targetQuantity = Field<Series>("目标数量", "Target units", .summed)
    public let lastQuantity = Field<Series>("上年数量", "Units last year", .summed)
    public init() {}
}

public struct FunnelStage: RecordKind {
    public static let names = KindNames(
        "stage", "stages", prefix: "FU", "漏斗阶段", "Funnel stage", "Funnel stages",
        help: Label("销售漏斗的一级，按期记录数量。", "A stage of the sales funnel with counts by period."))
    public let title = Field<String>("阶段", "Stage", .required)
    public let counts = Field<Series>("各期数量", "Counts", .column)
    public let lastYear = Field<Series>("上年数量", "Last year")
    public let target = Field<Double>(
        "目标转化率", "Target conversion", .percent, .column,
        help: Label("由上一阶段转入本阶段的比例。", "Share that comes here from the stage before."))
    public init() {}
}

public struct Campaign: RecordKind {
    public static let names = KindNames(
        "campaign", "campaigns", prefix: "CA", "营销活动", "Campaign", "Campaigns",
        help: Label(
            "营销日历上的一项活动：时间、主题、内容、目标、预算、负责人与效果。",
            "An activity on the marketing calendar: date, theme, content, target, budget, owner and effect."))
    public let title = Field<String>("活动", "Activity", .required)
    public let kind = Field<CampaignKind>("类型", "Kind", .column)
    public let theme = Field<String>("主题", "Theme")
    public let start = Field<Day>("开始日期", "Start", .column)
    public let finish = Field<Day>("结束日期", "Finish", .column)
    public let content = Field<String>("内容", "Content", .prose)
    public let target = Field<String>("目标", "Target", .foremost)
    public let budget = Field<Money>("预算", "Budget", .column, .summed, .range(0...9e14))
    public let spent = Field<Money>("花费", "Spent", .range(0...9e14))
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self]), .foremost)
    public let channel = Field<RecordID>("渠道", "Channel", .to([Channel.self]))
    public let products = Field<[RecordID]>("产品", "Products", .to([Product.self]))
    public let leads = Field<Double>("线索", "Leads", .range(0...1e9))
    public let deals = Field<Double>("成交", "Deals", .range(0...1e9))
    public let revenue = Field<Money>("带来收入", "Revenue")
    public let minimum = Field<Money>(
        "预算下限", "Least that must be spent", .range(0...9e14), help: Label("重新分配预算时不低于它。", "Reallocation leaves at least this."))
    public let maximum = Field<Money>(
        "预算上限", "Spending cap", .range(0...9e14), help: Label("重新分配预算时不超过它。", "Reallocation gives at most this."))
    public let state = Field<TaskState>("状态", "State", .initial(.choice("planned")))
    public init() {}
}

public enum CampaignKind: String, Choice {
    case brand, launch, promotion, live, exhibition, content, digital, event, member
    public var label: Label {
        switch self {
        case .brand: Label("品牌宣传", "Brand")
        case .launch: Label("产品发布", "Launch")
        case .promotion: Label("促销", "Promotion")
        case .live: Label("直播", "Live stream")
        case .exhibition: Label("行业展会", "Exhibition")
        case .content: Label("内容", "Content")
        case .digital: Label("数字投放", "Digital")
        case .event: Label("线下活动", "Event")
        case .member: Label("会员", "Members")
        }
    }
}
