import PlanModel

extension OpenAPI {
    /// Customers, sales and campaigns.
    static let marketOperations: [Operation] = [
        Operation(
            method: "get", path: "/plans/{plan}/customers", name: "getCustomers",
            summary: Label(
                "客户台账：复购模型、各客户的预期、留存、获客成本与生命周期价值、净推荐值",
                "Customer ledgers: purchase model, what to expect of each customer, retention, acquisition cost, lifetime value, net promoter scores"
            ),
            answer: .json(Shape.object(["books": Shape.list(Shape.report), "surveys": Shape.list(Shape.report)]))),
        Operation(
            method: "get", path: "/plans/{plan}/sales-variance", name: "getSalesVariance",
            summary: Label(
                "销售与目标、去年的差异：价格、数量、结构，产品、区域、渠道",
                "Sales against target and last year: price, volume, mix; product, region, channel"),
            answer: .json(Shape.object(["target": variance, "last_year": variance]))),
        Operation(
            method: "get", path: "/plans/{plan}/funnel", name: "getFunnel",
            summary: Label("销售漏斗：逐级、逐月与去年同期", "The funnel: by step, by month, against last year"),
            answer: .json(
                Shape.object([
                    "months": Shape.list(Shape.text), "words": Shape.text, "overall": Shape.numberOrNull,
                    "steps": Shape.list(step),
                ]))),
        Operation(
            method: "get", path: "/plans/{plan}/marketing", name: "getMarketing",
            summary: Label("活动回报与预算重新分配的建议", "Returns of activities and proposed budgets"),
            query: [
                .init(name: "total", schema: Shape.number, help: Label("总预算。", "The total budget.")),
                .init(
                    name: "least", schema: Shape.number, help: Label("每项至少保留原预算的百分之几。", "Per cent of its budget that each keeps.")
                ),
                .init(
                    name: "most", schema: Shape.number,
                    help: Label("每项至多为原预算的百分之几。", "Per cent of its budget that each gets at most.")),
            ],
            answer: .json(
                Shape.object(
                    [
                        "gross_margin": Shape.numberOrNull, "activities": Shape.list(Shape.report),
                        "curves": Shape.list(Shape.report),
                        "proposal": Shape.report, "refusal": Shape.text,
                    ], optional: ["proposal", "refusal"]))),
        Operation(
            method: "post", path: "/plans/{plan}/marketing", name: "adoptBudgets",
            summary: Label("采用建议的预算，作为一次变更", "Adopt the proposed budgets, as one change"),
            body: Shape.object(
                [
                    "base": Shape.whole, "review": Shape.text, "total": Shape.number, "least": Shape.number, "most": Shape.number,
                ], optional: ["base", "review", "total", "least", "most"]),
            isBased: true, status: "201", answer: .json(Shape.of("Revision"))),
        Operation(
            method: "get", path: "/plans/{plan}/prose/{section}/draft", name: "getDraft",
            summary: Label("依据数据为一个章节起草的内容", "What is drafted from the data for a section"),
            answer: .json(
                Shape.object([
                    "text": Shape.text,
                    "groups": Shape.list(Shape.object(["title": Shape.text, "lines": Shape.list(Shape.text)])),
                ]))),
    ]

    private static let variance: JSONValue = ["type": ["object", "null"]]

    private static let step = Shape.object([
        "into": Shape.text, "from_count": Shape.whole, "to_count": Shape.whole, "conversion": Shape.numberOrNull,
        "low": Shape.numberOrNull, "high": Shape.numberOrNull, "last_year": Shape.numberOrNull, "target": Shape.numberOrNull,
        "missing_deals": Shape.numberOrNull, "is_weakest": Shape.flag, "by_month": Shape.list(Shape.numberOrNull),
    ])
}
