import PlanModel

extension ComputedTable {
    /// Target, actual, attainment and growth on last year to date, by product, region and channel.
    @Sendable static func salesCuts(_ facts: PlanFacts) -> ComputedTable {
        let sums = SalesSums(facts.plan, today: facts.today)
        func named(_ parts: [(RecordID, SalesSums.Sum)]) -> [(String, SalesSums.Sum)] { parts.map { (title($0.0, facts), $0.1) } }
        let cuts: [(Label, [(String, SalesSums.Sum)])] = [
            (Label("产品", "Product"), named(sums.byProduct.map { ($0.product, $0.sum) })),
            (Label("区域", "Region"), sums.byRegion.map { ($0.name, $0.sum) }),
            (Label("渠道", "Channel"), named(sums.byChannel.map { ($0.channel, $0.sum) })),
        ]
        return ComputedTable(
            Label("各产品、区域与渠道至今", "Products, regions and channels to date"),
            [
                Column("维度", "By"), Column("名称", "Name"), Column("目标", "Target", isNumeric: true),
                Column("实际", "Actual", isNumeric: true), Column("达成率", "Attainment", isNumeric: true),
                Column("去年同期", "Last year", isNumeric: true), Column("同比", "Growth", isNumeric: true),
            ],
            rows: cuts.filter { $0.1.count > 1 }.flatMap { cut, parts in
                parts.map { name, sum in
                    [cut]
                        + [
                            name, DisplayText.figure(sum.target), DisplayText.figure(sum.actual),
                            sum.attainment.map(DisplayText.percent) ?? "",
                            sum.lastYear > 0 ? DisplayText.figure(sum.lastYear) : "",
                            sum.growth.map { ($0 > 0 ? "+" : "") + DisplayText.percent($0) } ?? "",
                        ].map(same)
                }
            })
    }
}
