import WorkingTime

/// The customers a plan sells to: their orders, and what winning and keeping them costs and brings.
public struct CustomerBook: RecordKind {
    public static let names = KindNames(
        "book", "books", prefix: "CB", "客户台账", "Customer ledger", "Customer ledgers",
        help: Label(
            "订单清单与获客投入：由此算出复购、留存、获客成本与客户生命周期价值。",
            "The order list and what winning customers costs: repurchase, retention, acquisition cost and lifetime value follow from them."
        ))
    public let title = Field<String>("名称", "Name", .required)
    public let orders = Field<String>(
        "订单清单", "Order list", .file(.orderList), .column,
        help: Label(
            "工作区中的文件名；含客户、日期、金额三列的 CSV。", "Name of a file in the workspace: CSV with columns customer, date and amount."))
    public let start = Field<Day>(
        "投入期开始", "Spend from",
        help: Label("获客投入与新客户数从这一天算起；不填为计划开始日。", "Spend and new customers count from here; the plan's start if empty."))
    public let until = Field<Day>(
        "截止日期", "Until", .column,
        help: Label("此后的订单不计；不填为最后一笔订单的日期。", "Later orders do not count; the newest order's day if empty."))
    public let horizon = Field<Int>(
        "预测周数", "Weeks ahead", .range(1...520), .initial(.whole(26)),
        help: Label("预计此后若干周的订单与金额。", "Orders and amounts are expected for so many weeks."))
    public let salesSpend = Field<Money>("销售费用", "Sales spend", .range(0...9e14), .column)
    public let marketingSpend = Field<Money>("市场费用", "Marketing spend", .range(0...9e14), .column)
    public let newCustomers = Field<Double>(
        "新客户数", "New customers", .range(0...1e9),
        help: Label("不填则数投入期内首次下单的客户。", "Counted from first orders within the period if empty."))
    public let monthlyRevenue = Field<Money>(
        "每位客户月均收入", "Monthly revenue per customer", .range(0...9e14),
        help: Label("不填则由最近十二个月的订单得出。", "Taken from the last twelve months of orders if empty."))
    public let grossMargin = Field<Double>("毛利率", "Gross margin", .percent, .column)
    public let monthlyChurn = Field<Double>("月流失率", "Monthly churn", .percent, .column)
    public let note = Field<String>("口径说明", "Definitions", .prose)
    public init() {}
}

/// One round of asking customers how likely they would recommend us.
public struct Survey: RecordKind {
    public static let names = KindNames(
        "survey", "surveys", prefix: "SV", "推荐意愿调查", "NPS survey", "NPS surveys",
        help: Label(
            "0–10 分的推荐意愿，各分数收到几份；净推荐值与误差由此算出。",
            "Answers from 0 to 10 and how many of each; the net promoter score and its margin follow."))
    public let title = Field<String>("名称", "Name", .required)
    public let on = Field<Day>("日期", "Date", .column)
    public let segment = Field<RecordID>("客户群体", "Segment", .to([Segment.self]), .column)
    public let scores = Field<String>(
        "各分数份数", "Answers by score", .column,
        help: Label(
            "先写分数，再写份数，如 10:33 9:41 8:27；不提的分数为零。",
            "Score and number of answers, such as 10:33 9:41 8:27; what is not named is none."))
    public let source = Field<String>("来源", "Source")
    public let note = Field<String>("发现", "What was learned", .prose)
    public init() {}
}
