import WorkingTime

public struct Review: RecordKind {
    public static let names = KindNames(
        "review", "reviews", prefix: "V", "复盘", "Review", "Reviews",
        help: Label(
            "按期回顾：事实由系统准备，人来写经验、问题、原因与调整。",
            "A look back: facts are prepared, people add what went well, what didn't, causes and adjustments."))
    public let title = Field<String>("名称", "Title", .required)
    public let kind = Field<ReviewKind>("类型", "Kind", .column)
    public let start = Field<Day>("期间开始", "From")
    public let finish = Field<Day>("期间结束", "Until")
    public let due = Field<Day>("计划日期", "Due", .foremost)
    public let heldOn = Field<Day>("实际日期", "Held on", .column)
    public let participants = Field<[RecordID]>("参加人", "Participants", .to([Person.self]))
    public let facts = Field<String>("事实", "Facts", .prose)
    public let wentWell = Field<String>("做得好的", "What went well", .prose)
    public let wentBadly = Field<String>("存在的问题", "What did not go well", .prose)
    public let causes = Field<String>("原因", "Causes", .prose)
    public let conclusion = Field<String>("结论", "Conclusion", .prose, .column)
    public let score = Field<Double>("自评分", "Score", .range(0...10))
    public init() {}
}

public enum ReviewKind: String, Choice {
    case weekly, monthly, quarterly, halfYear, annual, stage, selfReview
    public var label: Label {
        switch self {
        case .weekly: Label("周跟踪", "Weekly")
        case .monthly: Label("月度复盘", "Monthly")
        case .quarterly: Label("季度复盘", "Quarterly")
        case .halfYear: Label("半年复盘", "Half-year")
        case .annual: Label("年度总结", "Annual")
        case .stage: Label("阶段评审", "Stage gate")
        case .selfReview: Label("自我评估", "Self-review")
        }
    }
}

public struct Adjustment: RecordKind {
    public static let names = KindNames(
        "adjustment", "adjustments", prefix: "AD", "调整", "Adjustment", "Adjustments",
        help: Label("复盘得出的改动：改什么、为什么、何时生效。", "What a review changed: what, why, since when."))
    public let title = Field<String>("调整内容", "Adjustment", .required)
    public let review = Field<RecordID>("来源复盘", "Source review", .to([Review.self]), .column)
    public let subjects = Field<[RecordID]>(
        "调整对象", "What it changes",
        .to([Goal.self, Measure.self, PlanTask.self, BudgetLine.self, Risk.self, Campaign.self, Commitment.self, Strategy.self]),
        .column)
    public let reason = Field<String>("原因", "Reason", .prose, .column)
    public let effectiveOn = Field<Day>("生效日期", "Since", .column)
    public let isApplied = Field<Bool>("已落实", "Applied", .column)
    public init() {}
}

public struct Feedback: RecordKind {
    public static let names = KindNames(
        "feedback", "feedback", prefix: "FB", "反馈", "Feedback", "Feedback",
        help: Label("来自内外部的意见，以及怎样回应。", "What others say, and how it is answered."))
    public let title = Field<String>("要点", "Point", .required)
    public let from = Field<String>("反馈人", "Given by", .column)
    public let side = Field<FeedbackSide>("来源", "Source", .column)
    public let on = Field<Day>("日期", "Date", .column)
    public let content = Field<String>("内容", "Content", .prose)
    public let reflection = Field<String>("反思", "Reflection", .prose)
    public let action = Field<String>("回应", "Response", .prose, .column)
    public let responseHours = Field<Double>("响应时长（小时）", "Response time, hours", .range(0...100_000))
    public init() {}
}

public enum FeedbackSide: String, Choice {
    case manager, peer, mentor, staff, customer, partner
    public var label: Label {
        switch self {
        case .manager: Label("上级", "Manager")
        case .peer: Label("同事", "Peer")
        case .mentor: Label("导师", "Mentor")
        case .staff: Label("员工", "Staff")
        case .customer: Label("客户", "Customer")
        case .partner: Label("合作方", "Partner")
        }
    }
}

public struct Communication: RecordKind {
    public static let names = KindNames(
        "communication", "communications", prefix: "C", "沟通安排", "Communication", "Communications",
        help: Label("向谁、为什么、用什么渠道、多久一次、谁负责、产出什么。", "To whom, why, by which channel, how often, by whom, with which output."))
    public let title = Field<String>("沟通", "Communication", .required)
    public let isExternal = Field<Bool>("外部", "External")
    public let purpose = Field<String>("目的", "Purpose", .column)
    public let audience = Field<String>("对象", "Audience", .column)
    public let channel = Field<String>("渠道", "Channel", .column)
    public let frequency = Field<Frequency>("频率", "Frequency", .foremost)
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self, Role.self]), .foremost)
    public let minutes = Field<Int>("时长（分钟）", "Duration (minutes)", .range(0...1440))
    public let output = Field<String>("产出", "Output")
    public let nextOn = Field<Day>("下次日期", "Next on")
    public init() {}
}

public struct Meeting: RecordKind {
    public static let names = KindNames(
        "meeting", "meetings", prefix: "MT", "会议与会谈", "Meeting", "Meetings",
        help: Label("议程、参加人、纪要、决定；行动项是任务。", "Agenda, people, minutes, decisions; its action items are tasks."))
    public let title = Field<String>("主题", "Subject", .required)
    public let kind = Field<MeetingKind>("类型", "Kind", .column)
    public let on = Field<Day>("日期", "Date", .column)
    public let time = Field<String>("时间", "Time")
    public let minutes = Field<Int>("时长（分钟）", "Duration (minutes)", .range(0...1440))
    public let place = Field<String>("地点", "Place")
    public let chair = Field<RecordID>("主持", "Chair", .to([Person.self]), .column)
    public let participants = Field<[RecordID]>("参加人", "Participants", .to([Person.self, Contact.self]))
    public let agenda = Field<String>("议程", "Agenda", .prose)
    public let notes = Field<String>("纪要", "Notes", .prose)
    public let decisions = Field<String>("决定", "Decisions", .prose, .column)
    public let communication = Field<RecordID>("沟通安排", "Communication", .to([Communication.self]))
    public init() {}
}

public enum MeetingKind: String, Choice {
    case kickOff, standUp, regular, review, mentor, coach, customer, steering, promotion
    public var label: Label {
        switch self {
        case .kickOff: Label("启动会", "Kick-off")
        case .standUp: Label("站会", "Stand-up")
        case .regular: Label("例会", "Regular")
        case .review: Label("评审会", "Review")
        case .mentor: Label("导师会谈", "Mentor session")
        case .coach: Label("教练会谈", "Coach session")
        case .customer: Label("客户会议", "Customer")
        case .steering: Label("高层汇报", "Steering")
        case .promotion: Label("宣贯会", "Promotion")
        }
    }
}

public struct Lesson: RecordKind {
    public static let names = KindNames(
        "lesson", "lessons", prefix: "L", "经验教训", "Lesson", "Lessons",
        help: Label("成功的关键因素、失败的原因，供其他计划查用。", "Success factors and failure causes that other plans can find."))
    public let title = Field<String>("经验或教训", "Lesson", .required)
    public let kind = Field<LessonKind>("类型", "Kind", .column)
    public let factor = Field<String>("关键因素或原因", "Factor or cause", .prose, .column)
    public let advice = Field<String>("建议", "Advice", .prose, .column)
    public let review = Field<RecordID>("来源复盘", "Source review", .to([Review.self]))
    public let tags = Field<String>("标签", "Tags")
    public init() {}
}

public enum LessonKind: String, Choice {
    case success, failure
    public var label: Label { self == .success ? Label("成功经验", "Success") : Label("教训", "Failure") }
}

public struct SWOTItem: RecordKind {
    public static let names = KindNames(
        "swot", "swot", prefix: "SW", "SWOT 要点", "SWOT item", "SWOT",
        help: Label(
            "优势、劣势、机会、威胁；个人计划还有兴趣与价值观。", "Strengths, weaknesses, opportunities, threats; for a person also interests and values.")
    )
    public let title = Field<String>("要点", "Point", .required)
    public let quadrant = Field<Quadrant>("象限", "Quadrant", .required, .column)
    public let evidence = Field<String>("依据", "Evidence", .prose, .column)
    public let weight = Field<Int>("重要度", "Weight", .range(1...5), .column)
    public init() {}
}

public enum Quadrant: String, Choice {
    case strength, weakness, opportunity, threat, interest, value
    public var label: Label {
        switch self {
        case .strength: Label("优势", "Strength")
        case .weakness: Label("劣势", "Weakness")
        case .opportunity: Label("机会", "Opportunity")
        case .threat: Label("威胁", "Threat")
        case .interest: Label("兴趣", "Interest")
        case .value: Label("价值观", "Value")
        }
    }
}

/// A strategy: drawn from a SWOT pair, or for product, price, channel, promotion, customer relationship.
public struct Strategy: RecordKind {
    public static let names = KindNames(
        "strategy", "strategies", prefix: "TS", "策略", "Strategy", "Strategies",
        help: Label(
            "由 SWOT 组合得出，或针对产品、价格、渠道、推广、客户关系。", "Drawn from a SWOT pair, or for product, price, channel, promotion, customers."))
    public let title = Field<String>("策略", "Strategy", .required)
    public let area = Field<StrategyArea>("领域", "Area", .required, .column)
    public let content = Field<String>("内容", "Content", .prose, .column)
    public let items = Field<[RecordID]>("依据的 SWOT", "SWOT items", .to([SWOTItem.self]))
    public let goals = Field<[RecordID]>("服务目标", "Goals", .to([Goal.self]), .column)
    public let products = Field<[RecordID]>("产品", "Products", .to([Product.self]))
    public let channels = Field<[RecordID]>("渠道", "Channels", .to([Channel.self]))
    public let owner = Field<RecordID>("负责人", "Owner", .to([Person.self]), .foremost)
    public let responseHours = Field<Double>("响应时限（小时）", "Response within, hours", .range(0...10_000))
    public init() {}
}

public enum StrategyArea: String, Choice {
    case so, wo, st, wt, positioning, portfolio, pricing, iteration, online, offline, partner, channelManagement, brand, digital,
        traditional,
        promotion, content, service, membership, customerData, feedback, costControl
    public var label: Label {
        switch self {
        case .so: Label("SO 增长", "SO")
        case .wo: Label("WO 扭转", "WO")
        case .st: Label("ST 防御", "ST")
        case .wt: Label("WT 规避", "WT")
        case .positioning: Label("产品定位与差异化", "Positioning")
        case .portfolio: Label("产品组合", "Portfolio")
        case .pricing: Label("定价", "Pricing")
        case .iteration: Label("创新与迭代", "Iteration")
        case .online: Label("线上渠道", "Online channels")
        case .offline: Label("线下渠道", "Offline channels")
        case .partner: Label("合作伙伴", "Partners")
        case .channelManagement: Label("渠道优化与管理", "Channel management")
        case .brand: Label("品牌建设与传播", "Brand")
        case .digital: Label("数字营销", "Digital marketing")
        case .traditional: Label("传统营销", "Traditional marketing")
        case .promotion: Label("促销活动", "Promotions")
        case .content: Label("内容营销", "Content marketing")
        case .service: Label("客户服务", "Service")
        case .membership: Label("会员与忠诚度", "Membership")
        case .customerData: Label("客户数据管理", "Customer data")
        case .feedback: Label("客户反馈", "Customer feedback")
        case .costControl: Label("成本控制", "Cost control")
        }
    }
}
