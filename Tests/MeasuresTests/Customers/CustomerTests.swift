import Foundation
import Testing

@testable import Measures

/// Truth: `Oracles/customers_oracle.py` (its own likelihoods fitted by scipy; expectations by quadrature over the posterior).
@Suite struct CustomerTests {
    static let cdnow = PurchaseModel(r: 0.243, alpha: 4.414, a: 0.793, b: 2.426)

    static func histories() throws -> [PurchaseHistory] {
        try fixture("customers.tsv").dropFirst(2).enumerated().map { index, row in
            PurchaseHistory(
                customer: "C\(index)", repeats: Int(row[0])!, recency: Double(row[1])! / 7, age: Double(row[2])! / 7,
                meanAmount: Double(row[3])!)
        }
    }

    @Test("both models fitted agree with an independent maximisation")
    func fit() throws {
        let rows = try fixture("customers.tsv")
        let purchases = rows[0].dropFirst().map { Double($0)! }
        let spend = rows[1].dropFirst().map { Double($0)! }
        let histories = try Self.histories()
        let found = try #require(PurchaseModel.fitted(to: histories))
        for (value, truth) in zip([found.model.r, found.model.alpha, found.model.a, found.model.b], purchases) {
            #expect(relativeError(value, truth) < 2e-4, "\(found.model)")
        }
        #expect(abs(found.logLikelihood - purchases[4]) < 1e-5)
        #expect(found.isInside)
        let amounts = try #require(SpendModel.fitted(to: histories))
        for (value, truth) in zip([amounts.model.p, amounts.model.q, amounts.model.v], spend) {
            #expect(relativeError(value, truth) < 2e-3, "\(amounts.model)")
        }
        #expect(abs(amounts.logLikelihood - spend[3]) < 1e-5)
    }

    @Test("P(alive) and expected purchases agree with quadrature, also where a is 1, purchases are many, or all leave alike")
    func expectations() throws {
        for row in try fixture("customer_values.tsv") {
            let n = row.map { Double($0)! }
            let model = PurchaseModel(r: n[0], alpha: n[1], a: n[2], b: n[3])
            let history = PurchaseHistory(customer: "", repeats: Int(n[4]), recency: n[5], age: n[6])
            #expect(relativeError(model.aliveProbability(history), n[8]) < 1e-12, "\(row)")
            #expect(relativeError(model.expectedPurchases(history, weeks: n[7]), n[9]) < 1e-9, "\(row)")
        }
    }

    /// Fader, Hardie & Lee's worked figures for the CDNOW customers.
    @Test("the published figures of the CDNOW customers")
    func published() throws {
        let history = PurchaseHistory(customer: "", repeats: 2, recency: 30.43, age: 38.86)
        #expect(abs(Self.cdnow.expectedPurchases(history, weeks: 39) - 1.226) < 5e-4)
        let spend = SpendModel(p: 6.25, q: 3.74, v: 15.44)
        #expect(abs(try #require(spend.populationMean) - 35.2) < 0.05)
        #expect(abs(try #require(spend.expectedAmount(purchases: 2, mean: 22.35)) - 24.66) < 0.02)
        #expect(abs(try #require(spend.expectedAmount(purchases: 1, mean: 11.77)) - 18.91) < 0.02)
    }

    @Test("expected purchases grow with the horizon and begin at nothing")
    func horizon() {
        let history = PurchaseHistory(customer: "", repeats: 3, recency: 20, age: 25)
        #expect(Self.cdnow.expectedPurchases(history, weeks: 0) == 0)
        var last = 0.0
        for weeks in stride(from: 1.0, through: 520, by: 40) {
            let expected = Self.cdnow.expectedPurchases(history, weeks: weeks)
            #expect(expected > last)
            last = expected
        }
    }

    @Test("whatever the parameters, expected purchases grow with the horizon, are never more than without leaving, and a number")
    func anyParameters() {
        let sizes = [6.2e-6, 0.01, 1, 30, 3000, 162_754]
        for a in sizes {
            for b in sizes {
                let model = PurchaseModel(r: 1.5, alpha: 3, a: a, b: b)
                for history in [(0, 0.0), (1, 1), (40, 30)].map({
                    PurchaseHistory(customer: "", repeats: $0, recency: $1, age: 31)
                }) {
                    let alive = model.aliveProbability(history)
                    #expect((0...1).contains(alive))
                    var last = 0.0
                    for weeks in [0.1, 1, 4, 26, 260, 5200] {
                        let expected = model.expectedPurchases(history, weeks: weeks)
                        let staying = alive * (1.5 + Double(history.repeats)) / 34 * weeks
                        // Once all have left for certain nothing is added.
                        #expect(expected > last || weeks == 5200 && expected > last * (1 - 1e-12), "\(model) \(history)")
                        #expect(expected <= staying * (1 + 1e-12))
                        last = expected
                    }
                }
            }
        }
    }

    /// With a known chance p to leave, purchases to come are (1 − (1 + p·t ÷ scale)^−(r + x)) ÷ p.
    @Test("regular customers who leave at about the same rate have purchases ahead, and a value")
    func alike() throws {
        var dice = Dice(3)
        var orders: [Order] = []
        for customer in 0..<600 {
            let rate = -2 * log(1 - dice.share())
            var week = 26 * dice.share()
            while week < 78 {
                orders.append(Order(customer: "\(customer)", day: Int(week * 7), amount: 100 * (0.5 + dice.share())))
                if dice.share() < 0.03 { break }
                week -= log(1 - dice.share()) / rate
            }
        }
        let histories = PurchaseHistory.of(orders, until: 78 * 7)
        let model = try #require(PurchaseModel.fitted(to: histories)?.model)
        let leaving = model.a / (model.a + model.b)
        #expect(abs(leaving - 0.03) < 0.005 && model.a > 50)
        let known = histories.map { history in
            let gain = 1 - pow(1 + leaving * 26 / (model.alpha + history.age), -model.r - Double(history.repeats))
            return model.aliveProbability(history) * gain / leaving
        }
        let expected = histories.map { model.expectedPurchases($0, weeks: 26) }
        #expect(relativeError(expected.reduce(0, +), known.reduce(0, +)) < 0.01)
    }

    @Test("histories join orders of one day and end at the day")
    func histories() {
        let orders = [
            Order(customer: "甲", day: 10, amount: 5), Order(customer: "甲", day: 24, amount: 3),
            Order(customer: "甲", day: 24, amount: 4),
            Order(customer: "乙", day: 31, amount: nil), Order(customer: "甲", day: 99, amount: 1),
        ]
        let found = PurchaseHistory.of(orders, until: 38)
        #expect(
            found == [
                PurchaseHistory(customer: "甲", repeats: 1, recency: 2, age: 4, meanAmount: 7, revenue: 12),
                PurchaseHistory(customer: "乙", repeats: 0, recency: 0, age: 1),
            ])
    }

    @Test("a day on which nothing was paid is a purchase, in the mean amount too")
    func free() {
        let amounts: [Double] = [9, 0, 4, 5]
        let orders = amounts.enumerated().map { Order(customer: "甲", day: 7 * $0, amount: $1) }
        #expect(
            PurchaseHistory.of(orders, until: 28) == [
                PurchaseHistory(customer: "甲", repeats: 3, recency: 3, age: 4, meanAmount: 3, revenue: 18)
            ])
    }

    @Test("bad rows are counted with their line, encodings are told apart")
    func reading() throws {
        func read(_ bytes: [UInt8]) throws -> OrderTable {
            var reader = OrderTableReader()
            for piece in [bytes.prefix(7), bytes.dropFirst(7)] { try reader.read(piece) }
            return try reader.finish()
        }
        let text =
            "\u{FEFF}日期,Customer,金额\r\n2026-01-05,\"王, 五\",\"1,200.50\"\n2026/1/6,b,-3\nyesterday,b,3\n20260107,b,NaN\n\n"
            + "2999-01-01,b,1\n2026-02-30,b,1\n2026年1月8日,b,¥8\nx\n"
        let table = try read(Array(text.utf8))
        #expect(
            table.orders == [
                Order(customer: "王, 五", day: dayNumber(year: 2026, month: 1, day: 5), amount: 1200.5),
                Order(customer: "b", day: dayNumber(year: 2026, month: 1, day: 8), amount: 8),
            ])
        #expect(table.badRowCount == 6)
        #expect(table.badRows.map(\.line) == [3, 4, 5, 7, 8, 10])
        // 客户,日期 and 张三 in GB18030.
        let chinese: [UInt8] = [0xBF, 0xCD, 0xBB, 0xA7, 0x2C, 0xC8, 0xD5, 0xC6, 0xDA, 0x0A, 0xD5, 0xC5, 0xC8, 0xFD]
        let second = try read(chinese + Array(",2026-01-05\n".utf8))
        #expect(second.orders == [Order(customer: "张三", day: dayNumber(year: 2026, month: 1, day: 5), amount: nil)])
        #expect(throws: OrderTableError.empty) { try read([]) }
        #expect(throws: OrderTableError.missing(.customer)) { try read(Array("date,amount\n".utf8)) }
    }

    @Test("semicolons, tabs and bars separate too, quoted fields may break lines, and returns are stated")
    func separators() throws {
        func read(_ text: String, _ columns: OrderColumns = OrderColumns()) throws -> OrderTable {
            var reader = OrderTableReader(columns: columns)
            for byte in Array(text.utf8) { try reader.read([byte]) }
            return try reader.finish()
        }
        let day = dayNumber(year: 2026, month: 1, day: 5)
        let one = [Order(customer: "甲", day: day, amount: 1200.5)]
        #expect(try read("客户;日期;金额\n甲;2026-01-05;1200,5\n").orders == one)
        #expect(try read("客户\t日期\t金额\r\n甲\t2026-01-05\t1,200.5").orders == one)
        #expect(try read("amount|customer|date\n1200.5|甲|2026-01-05\n").orders == one)
        let broken = try read(
            "customer,date,amount\n\"a\nb \"\"c\"\"\",2026-01-05,1\n5\" disk,2026-01-05,2\nd,2026-01-05,-3\ne,x,1\n\"f,2026-01-05,1\n"
        )
        #expect(broken.orders.map(\.customer) == ["a\nb \"c\"", "5\" disk"])
        #expect(broken.returns == OrderTable.Returns(count: 1, total: -3))
        #expect(broken.badRows.map(\.line) == [5, 6, 7])
        let named = try read("谁,何时,多少,date\n甲,2026-01-05,1200.5,x\n", OrderColumns(customer: "谁", date: "何时", amount: "多少"))
        #expect(named.orders == one)
        #expect(throws: OrderTableError.missingColumn("总额")) { try read("客户,日期\n", OrderColumns(amount: "总额")) }
        for bytes: [UInt8] in [[0xFF, 0xFE, 0x63, 0, 0x0A, 0], [0x63, 0, 0x0A, 0], Array("\"customer,date\n".utf8)] {
            #expect(throws: OrderTableError.self) {
                var reader = OrderTableReader()
                try reader.read(bytes)
                _ = try reader.finish()
            }
        }
        #expect(throws: OrderTableError.doubleColumn("金额")) { try read("客户,日期,金额,金额\n") }
        #expect(try read("客户,日期,备注,备注\n甲,2026-01-05,x,y\n").orders.count == 1)
        #expect(throws: OrderTableError.tooMany(1)) {
            var reader = OrderTableReader(most: 1)
            try reader.read(Array("customer,date\na,2026-01-05\na,2026-01-06\n".utf8))
        }
    }

    @Test("what is no list of orders is not read to its end; returns beside orders do not make it so")
    func mostlyUnusable() throws {
        func read(_ rows: [String]) throws -> OrderTable {
            var reader = OrderTableReader(mostUnusable: 20)
            try reader.read(Array((["customer,date,amount"] + rows).joined(separator: "\n").utf8))
            return try reader.finish()
        }
        let bad = [String](repeating: "a,b,c", count: 21)
        let wording = try #require(throws: OrderTableError.self) { try read(bad) }.wording
        #expect(
            wording.en
                == "21 rows cannot be used, so it is not read on; line 2, for example: “b” is not a date; write it as 2026-03-05."
        )
        #expect(try read([String](repeating: "a,2026-01-05,1", count: 3) + bad).badRowCount == 21)
    }

    @Test("days written in several zones count as written, with a note")
    func zones() throws {
        func notes(_ times: [String]) throws -> [CustomerReport.Note] {
            var reader = OrderTableReader()
            try reader.read(Array((["customer,date"] + times.map { "a,\($0)" }).joined(separator: "\n").utf8))
            return CustomerReport(try reader.finish(), horizon: 4).notes
        }
        #expect(try notes(["2026-01-01T23:30:00Z", "2026-01-02T00:30:00+08:00"]).contains(.severalZones))
        #expect(
            try !notes(["2026-01-01T23:30:00+08:00", "2026-01-02 00:30:00", "2026-01-03T00:30:00+0800"]).contains(.severalZones))
        #expect(try !notes(["2026-01-01T23:30:00Z", "2026-01-03T00:30:00+00:00"]).contains(.severalZones))
    }

    @Test("the report says what it can't tell")
    func report() {
        let none = CustomerReport(OrderTable(orders: []), horizon: 4)
        #expect(none.notes == [.noOrders])
        let once = CustomerReport(OrderTable(orders: [Order(customer: "a\"b", day: 0, amount: 3)]), until: 70, horizon: 4)
        #expect(once.notes == [.cannotFit])
        #expect(once.json.contains(#""purchase_model":null,"spend_model":null"#))
        #expect(
            once.json.contains(#""customer":"a\"b","orders":1,"recency_weeks":0.0,"age_weeks":10.0,"revenue":3.0,"p_alive":null"#)
        )
    }

    @Test("orders made from the model come back from the report")
    func recovery() throws {
        var generator = SeededGenerator(seed: 5)
        var orders: [Order] = []
        var later = 0
        for index in 0..<1500 {
            let rate = generator.gamma(shape: 0.8) / 8
            let drop = generator.beta(0.8, 2.5)
            let first = Int(generator.uniform() * 90)
            var day = Double(first)
            orders.append(Order(customer: "\(index)", day: first, amount: 10))
            while true {
                day += 7 * generator.exponential() / rate
                if day > 364 + 182 { break }
                if day > 364 {
                    later += 1
                } else {
                    orders.append(Order(customer: "\(index)", day: Int(day), amount: 5 + 10 * generator.uniform()))
                }
                if generator.uniform() < drop { break }
            }
        }
        let report = CustomerReport(OrderTable(orders: orders), until: 364, horizon: 26)
        let expected = report.entries.compactMap(\.expectedOrders).reduce(0, +)
        #expect(abs(expected / Double(later) - 1) < 0.15)
        #expect(report.entries.count == 1500)
    }
}

@Suite struct OrderTableTests {
    @Test("whatever bytes come, the reader ends, counts, and never traps")
    func garbage() throws {
        var dice = Dice(12)
        let alphabet =
            Array("customer,date,amount\n\"2026-13-0199999999999e308-NaN\r ".utf8) + [0x00, 0x80, 0xFE, 0xFF, 0x81, 0x30]
        for _ in 0..<300 {
            var bytes = Array("customer,date,amount\n".utf8)
            for _ in 0..<dice.roll(0...200) { bytes.append(alphabet[dice.roll(0...alphabet.count - 1)]) }
            var reader = OrderTableReader()
            try reader.read(bytes)
            let table = try reader.finish()
            #expect(table.badRows.count == min(100, table.badRowCount))
            #expect(table.orders.allSatisfy { ($0.amount ?? 0) >= 0 && !$0.customer.isEmpty })
        }
    }

    @Test("a date of any usual form is the same day; impossible ones are none")
    func days() {
        let day = dayNumber(year: 2026, month: 3, day: 5)
        for text in ["2026-03-05", "2026/3/5", "2026年3月5日", "20260305", "2026-03-05 17:20:01", "2026-03-05T17:20"] {
            #expect(parseDay(text) == day, "\(text)")
        }
        #expect(parseDay("2028-02-29") == dayNumber(year: 2028, month: 2, day: 29))
        for text in ["2026-02-29", "2026-00-10", "20261301", "5", "", "2026-03", "-2026-03-5"] {
            #expect(parseDay(text) == nil, "\(text)")
        }
    }
}
