@testable import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Sums of budget and sales")
struct SumsTests {
    @Test("budget lines add up without counting sums twice, other currencies, or typed actuals where payments are recorded")
    func budget() throws {
        let totals = BudgetTotals(plan("a", .department, Self.budgetLines))
        #expect(totals.total.planned == yuan(11_000))
        #expect(totals.total.approved == yuan(5_000))
        #expect(totals.total.committed == yuan(700))
        #expect(totals.total.actual == yuan(1_500 + 4_500 + 200))
        // What was planned, or what was spent where that is more.
        #expect(totals.total.forecast == yuan(6_000 + 4_500 + 1_000))
        #expect(totals.reserve == yuan(1_000))
        #expect(totals.reserveDrawn == yuan(200))
        #expect(totals.categories.map(\.category) == [.software, .services, .travel, .reserve])
        #expect(totals.categories.map(\.row.planned) == [yuan(6_000), yuan(0), yuan(4_000), yuan(1_000)])
        #expect(totals.lines.count == 5)
    }

    @Test("what is booked counts alike in table and picture, and a forecast covers what is paid and committed")
    func booked() throws {
        let plan = plan(planKey.text, .department) { editor in
            let whole = editor.add(BudgetLine.self) { $0.title = "合计" }
            for (typed, forecast) in [(Int64(35_000), nil as Int64?), (0, 10_000)] {
                editor.add(BudgetLine.self, in: whole) { line in
                    line.title = "项"
                    line.planned = yuan(10_000)
                    line.actual = yuan(typed)
                    line.forecast = forecast.map(yuan)
                }
            }
            for (line, kind, amount) in [
                ("B-2", SpendingKind.payment, Int64(50_000)), ("B-3", .payment, 8_000), ("B-3", .commitment, 5_000),
            ] {
                editor.add(Spending.self) { spending in
                    spending.title = "支出"
                    spending.line = the(line)
                    spending.kind = kind
                    spending.amount = yuan(amount)
                }
            }
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [plan]), today: RuleCase.today))
        func shown(_ id: String, _ field: String) throws -> Value? {
            let record = try #require(facts.plan.record(the(id)))
            return facts.value(try #require(record.kind.field(field)), of: record)
        }
        #expect(try shown("B-2", "actual") == .money(yuan(50_000)))
        #expect(try shown("B-3", "actual") == .money(yuan(8_000)))
        #expect(try shown("B-3", "forecast") == .money(yuan(13_000)))
        #expect(try shown("B-1", "actual") == .money(yuan(58_000)))
        #expect(facts.budget.total.actual == yuan(58_000))
        #expect(facts.budget.total.forecast == yuan(63_000))
    }

    @Test("the pay-back of an improvement is its expected cost by its benefits of a year, in months")
    func payback() throws {
        func improvement(_ make: (inout PlanEditor) -> Void) -> Plan {
            plan(planKey.text, .improvement) { editor in
                for (yearly, realised) in [(300_000, 150_000), (180_000, nil), (nil, nil)] as [(Int64?, Int64?)] {
                    editor.add(Benefit.self) { benefit in
                        benefit.title = "效益"
                        (benefit.yearly, benefit.realised) = (yearly.map(whole), realised.map(whole))
                    }
                }
                for (state, cost) in [(TaskState.done, Int64(60_000)), (.dropped, 10_000)] {
                    editor.add(Improvement.self) { ($0.title, $0.state, $0.cost) = ("措施", state, whole(cost)) }
                }
                make(&editor)
            }
        }
        // 60,000 by 40,000 a month.
        let own = try #require(Payback(improvement { _ in }))
        #expect(own.yearly == whole(480_000) && own.realised == whole(150_000) && own.cost == whole(60_000))
        #expect(own.months == 1.5)
        // The budget counts where there is one.
        let budget = try #require(
            Payback(
                improvement { editor in
                    editor.add(BudgetLine.self) { ($0.title, $0.planned, $0.forecast) = ("工具", whole(90_000), whole(100_000)) }
                }))
        #expect(budget.months == 2.5)
        #expect(budget.words.zh == "各项效益合计每年 480,000 元，已实现 150,000 元；预计投入 100,000 元，静态回收期 2.5 个月。")
        #expect(budget.words.en.hasSuffix("at an expected cost of 100,000 CNY the pay-back period is 2.5 months."))
        #expect(Payback(plan(planKey.text, .improvement) { _ in }) == nil)
    }

    @Test("what is left of the reserve is held against what the wanted confidence takes")
    func reserveCover() throws {
        let plan = plan(planKey.text, .project) { editor in
            editor.add(BudgetLine.self) { line in
                (line.title, line.category, line.planned, line.actual) = ("储备", .reserve, whole(20_000), whole(5_000))
            }
            editor.add(PlanTask.self) { ($0.title, $0.duration) = ("开发", WorkDuration(5, .days)) }
            editor.add(Risk.self) { ($0.title, $0.probability, $0.cost) = ("供货中断", 0.5, whole(18_000)) }
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [plan]), today: RuleCase.today))
        let outlook = try #require(facts.outlook)
        let cover = try #require(ReserveCover(outlook, facts.budget))
        #expect(cover.left == 15_000 && cover.needed == 18_000 && !cover.suffices)
        #expect(abs(cover.reached - 0.5) < 0.02)
        #expect(cover.words.zh.hasPrefix("应急储备还剩 15,000 元，够用的把握为 "))
        #expect(cover.words.zh.hasSuffix("；要有 80% 的把握须有 18,000 元，还缺 3,000 元。"))
        let report = OutlookReport(outlook, facts.plan)
        #expect(report.reserveLeft == 15_000 && report.reserveLeftConfidence.map { abs($0 - 0.5) < 0.02 } == true)
        // No reserve, nothing to hold against it.
        var editor = PlanEditor(plan)
        editor.update(the("B-1"), as: BudgetLine.self) { $0.category = .software }
        #expect(ReserveCover(outlook, BudgetTotals(editor.plan)) == nil)
    }

    private func whole(_ amount: Int64) -> Money { Money(units: amount * Money.unitsPerWhole, currency: .yuan) }

    private static func budgetLines(_ editor: inout PlanEditor) {
        func line(
            _ category: BudgetCategory, planned: Money, in parent: RecordID? = nil,
            _ body: (inout Typed<BudgetLine>) -> Void = { _ in }
        ) -> RecordID {
            editor.add(BudgetLine.self, in: parent) { line in
                line.title = category.label.zh
                line.category = category
                line.planned = planned
                body(&line)
            }
        }
        let whole = line(.other, planned: yuan(10_000))
        let software = line(.software, planned: yuan(6_000), in: whole) { line in
            line.approved = yuan(5_000)
            line.actual = yuan(9_999)
        }
        _ = line(.travel, planned: yuan(4_000), in: whole) { $0.actual = yuan(4_500) }
        _ = line(.reserve, planned: yuan(1_000)) { $0.actual = yuan(200) }
        _ = line(.services, planned: Money(units: 500_000, currency: Currency("USD")!))
        let spendings: [(SpendingKind, Int64)] = [(.payment, 1_000), (.reimbursement, 500), (.commitment, 700)]
        for (kind, amount) in spendings {
            editor.add(Spending.self) { spending in
                spending.title = "支出"
                spending.line = software
                spending.kind = kind
                spending.amount = yuan(amount)
            }
        }
    }

    @Test("sales have come as far as their parts say, whatever the record of the total says itself")
    func salesOfTotal() throws {
        let plan = plan(planKey.text, .sales) { editor in
            for (title, target, actual) in [("全年", 100.0, 80.0), ("华东", 50, 40), ("华南", 40, 30)] {
                editor.add(SalesTarget.self) { line in
                    (line.title, line.isTotal) = (title, title == "全年")
                    line.target = series(("2026-05-31", target))
                    line.actual = series(("2026-05-31", actual))
                }
            }
        }
        func attained(_ id: String) throws -> Double? {
            SalesSums.attainment(
                of: try #require(plan.record(the(id), as: SalesTarget.self)), in: plan, today: RuleCase.today)
        }
        #expect(try attained("SL-1") == SalesSums(plan, today: RuleCase.today).toDate.attainment)
        #expect(try attained("SL-1") == 70.0 / 90)
        #expect(try attained("SL-2") == 0.8)
    }

    @Test("sales to date compare the months that have actual values, by part and together")
    func sales() throws {
        let sums = SalesSums(plan("a", .sales, Self.salesLines), today: RuleCase.today)
        #expect(sums.totalTarget == 120)
        #expect(sums.partsTarget == 105)
        #expect(sums.toDate.target == 30 + 20 + 5)
        #expect(sums.toDate.actual == 27 + 18 + 5)
        #expect(sums.toDate.lastYear == 18 + 20)
        let attainment = try #require(sums.toDate.attainment)
        let growth = try #require(sums.toDate.growth)
        #expect(abs(attainment - 0.909_090_909) < 1e-8)
        #expect(abs(growth - 0.315_789_474) < 1e-8)
        #expect(sums.byRegion.map(\.name) == ["华东", "华南"])
        #expect(sums.byRegion.map(\.sum.target) == [35, 20])
        #expect(sums.byRegion.map(\.sum.actual) == [32, 18])
        #expect(sums.byProduct.map(\.sum.actual) == [27])
        #expect(sums.byChannel.isEmpty)
        #expect(sums.byRegionMonth["华东"]?[YearMonth(year: 2026, month: 1)]?.target == 15)
        #expect(sums.byRegionMonth["华东"]?[YearMonth(year: 2026, month: 1)]?.actual == 17)
    }

    @Test(
        "months of a plan over two years are kept apart, and last year's may be dated a year before or under the months themselves"
    )
    func years() throws {
        let made = plan("a", .sales) { editor in
            for (title, last) in [("甲", ["2024-05-01", "2025-05-01"]), ("乙", ["2025-05-01", "2026-05-01"])] {
                editor.add(SalesTarget.self) { line in
                    line.title = title
                    line.region = "华东"
                    line.unit = "万元"
                    line.target = series(("2025-05-01", 10.1), ("2026-05-01", 20.2))
                    line.actual = series(("2025-05-01", 11), ("2026-05-01", 19.9))
                    line.lastYear = series((last[0], 7), (last[1], 9))
                }
            }
        }
        let sums = SalesSums(made, today: RuleCase.today)
        #expect(sums.byRegionMonth["华东"]?[YearMonth(year: 2025, month: 5)]?.actual == 22)
        #expect(sums.byRegionMonth["华东"]?[YearMonth(year: 2026, month: 5)]?.actual == 39.8)
        // 乙 dates its last year 2025-05 and 2026-05: of the first it has none a year before, of the second 7.
        #expect(sums.byMonth[YearMonth(year: 2026, month: 5)]?.lastYear == 16)
        let facts = try #require(PlanFacts(made.key, in: Workspace(plans: [made]), today: RuleCase.today))
        let split = try #require(facts.salesSplit(against: .target))
        #expect(split.amount(split.after - split.before) == 1.2 && split.amount(split.before) == 60.6)
        #expect(split.months[.chinese] == "2025年5月至2026年5月")
    }

    @Test("sums of decimal numbers are exact")
    func exact() {
        #expect(DecimalScale.sum([0.1, 0.2, -0.3]) == 0)
        #expect(DecimalScale.sum([12.345, 7.655]) == 20)
        #expect(DecimalScale(holding: [7.5, 12.345, 3]).digits == 3)
        #expect(DecimalScale.sum([1e300, -1e300]) == 0)
    }

    private static func salesLines(_ editor: inout PlanEditor) {
        let product = editor.add(Product.self) { $0.title = "云桌面" }
        func line(_ region: String, target: Series, actual: Series?, lastYear: Series? = nil, product: RecordID? = nil) {
            editor.add(SalesTarget.self) { line in
                line.title = region
                line.region = region
                line.product = product
                line.target = target
                line.actual = actual
                line.lastYear = lastYear
            }
        }
        editor.add(SalesTarget.self) { line in
            line.title = "全年"
            line.isTotal = true
            line.target = series(("2026-01-01", 120))
        }
        line(
            "华东", target: series(("2026-01-01", 10), ("2026-02-01", 20), ("2026-07-01", 30)),
            actual: series(("2026-01-01", 12), ("2026-02-01", 15)),
            lastYear: series(("2025-01-01", 8), ("2025-02-01", 10), ("2025-07-01", 50)), product: product)
        line(
            "华南", target: series(("2026-01-01", 20), ("2026-02-01", 20)), actual: series(("2026-01-01", 18)),
            lastYear: series(("2025-01-01", 20)))
        // A value after today does not count yet.
        line("华东", target: series(("2026-01-01", 5)), actual: series(("2026-01-01", 5), ("2026-08-01", 9)))
    }
}
