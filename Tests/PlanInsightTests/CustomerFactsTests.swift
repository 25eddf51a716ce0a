import Measures
import PlanModel
import Testing
import WorkingTime

@testable import PlanInsight

@Suite("Customers of a plan")
struct CustomerFactsTests {
    private static let list = """
        客户,日期,金额
        甲,2026-01-10,100
        甲,2026-02-10,100
        甲,2026-05-02,200
        乙,2026-02-03,50
        乙,2026-04-20,-20
        丙,2025-11-30,400
        丙,2026-01-20,400
        丁,2026-06-02,10

        """

    private func facts(_ files: [String: String] = ["订单.csv": list], _ make: (inout PlanEditor) -> Void) throws -> PlanFacts {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .sales))
        editor.period("2026-01-01", "2026-12-31")
        make(&editor)
        let stamps = files.mapValues { "\($0.utf8.count)-\($0.hashValue)" }
        var workspace = Workspace(plans: [editor.plan])
        workspace.files = WorkspaceFiles(stamps: stamps) { files[$0].map { Array($0.utf8) } }
        return try #require(PlanFacts(planKey, in: workspace, today: RuleCase.today))
    }

    @Test("a list that is larger than is taken is refused")
    func tooLarge() throws {
        #expect(try OrderFacts.read(Array(Self.list.utf8)).orders.count == 7)
        #expect(throws: UnreadableFile.self) { try OrderFacts.read(Array(Self.list.utf8), mostBytes: 40) }
    }

    @Test("what nobody typed is taken from the order list, and said")
    func fromOrders() throws {
        let facts = try facts { editor in
            editor.add(CustomerBook.self) { book in
                book.title = "客户"
                book.orders = "订单.csv"
                book.until = day("2026-05-31")
                book.salesSpend = Money("600", currency: .yuan)
                book.marketingSpend = Money("400", currency: .yuan)
                book.grossMargin = 0.5
                book.monthlyChurn = 0.05
            }
        }
        let customers = try #require(facts.customers.first)
        let orders = try customers.orders.get()
        #expect(orders.table.orders.count == 7 && orders.report.returns.count == 1)
        #expect(orders.report.entries.count == 3 && orders.report.ordersAfter == 1)
        #expect(orders.repurchase == 2.0 / 3)
        // 甲 and 乙 ordered first within the period: (600 + 400) ÷ 2.
        #expect(customers.economics.acquisitionCost.value == 500)
        // 1,250 of three customers in 183 days.
        let monthly = 1250.0 / 3 / (183 / (365.25 / 12))
        #expect(abs(try #require(orders.monthlyRevenue) - monthly) < 1e-9)
        #expect(abs(try #require(customers.economics.lifetimeValue.value) - monthly * 0.5 / 0.05) < 1e-9)
        #expect(customers.remarks.count == 2 && customers.words != nil)
    }

    @Test("cohorts by the month of the first order, only whole months")
    func cohorts() throws {
        let facts = try facts { editor in
            editor.add(CustomerBook.self) { book in
                book.title = "客户"
                book.orders = "订单.csv"
                book.until = day("2026-05-30")
            }
        }
        let orders = try #require(facts.customers.first).orders.get()
        #expect(orders.monthsPerPeriod == 1)
        // May is not over on the 30th.
        #expect(orders.cohorts.cohorts.map { orders.name(ofPeriod: $0.period) } == ["2025-11", "2026-01", "2026-02"])
        #expect(orders.cohorts.cohorts.map(\.active) == [[1, 0, 1, 0, 0, 0], [1, 1, 0, 0], [1, 0, 0]])
    }

    @Test("a customer who came back in the month that is not over is not said not to have")
    func cameBackLately() throws {
        let list = "客户,日期,金额\n甲,2026-01-10,100\n甲,2026-03-10,100\n乙,2026-01-11,100\n"
        let facts = try facts(["订单.csv": list]) { editor in
            editor.add(CustomerBook.self) { ($0.title, $0.orders) = ("客户", "订单.csv") }
        }
        let orders = try #require(facts.customers.first).orders.get()
        #expect(orders.repurchase == 0.5)
        #expect(orders.lastWholePeriod == "2026-02")
        #expect(orders.cohorts.meanRetention == [1, 0])
    }

    @Test("a list that is missing, empty or no list says so")
    func faults() throws {
        func reason(_ files: [String: String]) throws -> String {
            let facts = try facts(files) { editor in
                editor.add(CustomerBook.self) { book in
                    book.title = "客户"
                    book.orders = "订单.csv"
                }
            }
            guard case .failure(let fault) = try #require(facts.customers.first).orders else { return "" }
            return fault.reason[.chinese]
        }
        #expect(try reason([:]).contains("没有订单清单"))
        #expect(try reason(["订单.csv": ""]).contains("空的"))
        #expect(try reason(["订单.csv": "a,b\n1,2\n"]).contains("缺少列「客户」"))
        #expect(try reason(["订单.csv": "客户,日期\n甲,明天\n"]).contains("没有订单"))
    }

    @Test("answers are read by score, or not at all")
    func scores() {
        #expect(SurveyScores.counts("10:3 9：2、0×1") == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3])
        // 54 + 68 promoters, 62 + 31 passives, 11 + 5 + 2 + 1 + 1 + 1 detractors: (122 − 21) ÷ 236 = 42.8 %.
        #expect(
            SurveyScores.words(of: "10:54 9:68 8:62 7:31 6:11 5:5 4:2 3:1 2:1 1:0 0:1")?[.chinese]
                == "推荐者（9–10 分）122 人，中立者（7–8 分）93 人，贬损者（0–6 分）21 人；净推荐值 43")
        #expect(SurveyScores.words(of: "很好") == nil)
        for text in ["", "11:1", "9", "9:-1", "9:1 9:2", "9:x", "a:b"] { #expect(SurveyScores.counts(text) == nil, "\(text)") }
    }

    @Test("a change of the score is told against the margin of both")
    func change() throws {
        let facts = try facts { editor in
            for (on, scores) in [
                ("2026-01-01", "10:60 8:25 5:15"), ("2026-04-01", "10:70 8:20 5:10"), ("2026-06-01", "10:90 8:10"),
            ] {
                editor.add(Survey.self) { survey in
                    survey.title = on
                    survey.on = day(on)
                    survey.scores = scores
                }
            }
        }
        // 45 ± 14.5, 60 ± 13.1, 90 ± 5.9: the last change of 30 is beyond √(13.1² + 5.9²) = 14.
        #expect(SurveyScores(facts.plan).words?[.chinese] == "净推荐值 90 ± 6（100 份回答）。较上次升 30，超出误差（±14）。")
    }
}

let customerRuleCases: [RuleCase] = [
    RuleCase("S5-01", .sales) { editor in
        editor.add(Survey.self) { survey in
            survey.title = "回访"
            survey.on = day("2026-05-01")
            survey.scores = "10:20 6:9"
        }
    } mend: { editor in
        editor.update(the("SV-1"), as: Survey.self) { $0.scores = "10:20 6:10" }
    },
    RuleCase("S5-02", .sales) { editor in
        editor.add(Survey.self) { survey in
            survey.title = "回访"
            survey.on = day("2026-05-01")
            survey.scores = "十分三十份"
        }
    } mend: { editor in
        editor.update(the("SV-1"), as: Survey.self) { $0.scores = "10:30" }
    },
    RuleCase("S6-02", .sales) { editor in
        editor.add(CustomerBook.self) { book in
            book.title = "客户"
            book.salesSpend = Money("60000", currency: .yuan)
            book.marketingSpend = Money("40000", currency: .yuan)
            book.newCustomers = 100
            book.monthlyRevenue = Money("400", currency: .yuan)
            book.grossMargin = 0.5
            // Worth 200 ÷ 0.07 = 2,857 for 1,000: pays back in five months, but less than three times.
            book.monthlyChurn = 0.07
        }
    } mend: { editor in
        editor.update(the("CB-1"), as: CustomerBook.self) { $0.monthlyChurn = 0.06 }
    },
    RuleCase("S6-03", .sales) { editor in
        editor.add(CustomerBook.self) { book in
            book.title = "客户"
            book.orders = "没有.csv"
        }
    } mend: { editor in
        editor.update(the("CB-1"), as: CustomerBook.self) { $0.orders = nil }
    },
]
