import Foundation
import Measures
import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Studies of measures")
struct MeasureStudyTests {
    private func facts(_ make: (inout PlanEditor) -> Void) throws -> PlanFacts {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("test")), blueprint: .improvement))
        make(&editor)
        let today = try #require(Day("2026-11-20"))
        return try #require(PlanFacts(editor.plan.key, in: Workspace(plans: [editor.plan]), today: today))
    }

    private func measure(_ id: String) -> RecordID { RecordID(id, in: PlanKey("test")!)! }

    private func weeks(_ values: [Double]) -> Series {
        Series(values.enumerated().map { (Day(year: 2026, month: 1, day: 4)! + 7 * $0.offset, $0.element) })
    }

    @Test("a control chart has limits of its own since the improvement, and names what is out of control")
    func control() throws {
        let before: [Double] = (0..<16).map { (week: Int) -> Double in 14 + Double(week * 7 % 5 - 2) * 0.4 }
        let after: [Double] = (0..<12).map { (week: Int) -> Double in 8 + Double(week * 3 % 5 - 2) * 0.3 } + [13]
        let facts = try facts { editor in
            editor.add(Measure.self) { measure in
                measure.title = "平均解决时长"
                measure.chart = .individuals
                measure.values = weeks(before + after)
                measure.improvedOn = Day(year: 2026, month: 1, day: 4)! + 7 * 16
            }
        }
        let study = try #require(facts.controlStudies.first)
        #expect(study.improved == 16)
        let points = study.chart.points.compactMap { $0 }
        // I–MR: mean ± 2.66 mean moving range, phase by phase.
        let ranges = zip(before, before.dropFirst()).map { abs($1 - $0) }
        let mean = before.reduce(0, +) / 16
        #expect(abs(points[0].centre - mean) < 1e-9)
        let sigma: Double = ranges.reduce(0, +) / 15 / 1.1283791670955126
        #expect(abs(points[0].upper - mean - 3 * sigma) < 1e-6)
        #expect(points[20].centre < 9)
        #expect(study.current.contains { $0.rule == .beyondLimits && $0.points.contains(28) })
    }

    @Test("before and after is said in words, with warnings where the data cannot carry it")
    func change() throws {
        let facts = try facts { editor in
            editor.add(Measure.self) { measure in
                measure.title = "平均处理时间"
                measure.unit = "小时"
                measure.values = weeks(
                    [14, 13.5, 14.2, 13.8, 14.1, 13.9, 14.3, 13.7] + [9.6, 9.9, 9.5, 9.8, 9.7, 9.4, 9.9, 9.6])
                measure.improvedOn = Day(year: 2026, month: 1, day: 4)! + 7 * 8
            }
            editor.add(Measure.self) { measure in
                measure.title = "投诉"
                measure.values = weeks([5, 6, 7, 1, 2, 3])
                measure.improvedOn = Day(year: 2026, month: 1, day: 4)! + 7 * 3
            }
        }
        let studies = facts.changeStudies
        #expect(studies.count == 2)
        #expect(studies[0].verdict[.chinese].hasPrefix("平均处理时间缩短 31%（95% 区间"))
        #expect(studies[0].verdict[.english].contains("almost certainly not chance"))
        #expect(studies[1].verdict[.chinese].contains("数据不足"))
    }

    @Test("a measure with a formula has the values it gives, by id or title, and progress from them")
    func formula() throws {
        let facts = try facts { editor in
            editor.add(Measure.self) { measure in
                measure.title = "已解决"
                measure.values = Series([(Day("2026-09-15")!, 80), (Day("2026-10-31")!, 90)])
            }
            editor.add(Measure.self) { measure in
                measure.title = "总数"
                measure.values = Series([(Day("2026-09-30")!, 100), (Day("2026-10-31")!, 100)])
            }
            editor.add(Measure.self) { measure in
                measure.title = "解决率"
                measure.unit = "%"
                measure.formula = "([已解决]/[M-2])*100"
                measure.baseline = 80
                measure.target = 100
            }
        }
        let rate = try #require(facts.plan.all(Measure.self).last)
        #expect(rate.values?.points.map(\.value) == [80, 90])
        let reason = try #require(facts.formulaReason(of: rate.id))
        #expect(reason.period == "2026-10")
        #expect(reason.value == 90)
        #expect(reason.parts[0].parts.map(\.measure?.short) == ["M-1", "M-2"])
        #expect(reason.parts[0].parts.map(\.value) == [90, 100])
        #expect(rate.values?.days == [Day("2026-09-30")!, Day("2026-10-31")!])
        #expect(facts.progress.measures[rate.id]?.progress == 0.5)
        #expect(!facts.findings.contains { $0.code == "D11-03" })
    }

    @Test("a formula whose newest periods divide by nothing says so beside the value it had before")
    func newestFault() throws {
        func facts(_ last: [Double]) throws -> PlanFacts {
            try self.facts { editor in
                editor.add(Measure.self) { measure in
                    measure.title = "已解决"
                    measure.values = Series([8, 9, 10].map { (Day(year: 2026, month: $0, day: 28)!, 80) })
                }
                editor.add(Measure.self) { measure in
                    measure.title = "总数"
                    measure.values = Series(([100] + last).enumerated().map { (Day(year: 2026, month: $0 + 8, day: 28)!, $1) })
                }
                editor.add(Measure.self) { measure in
                    measure.title = "解决率"
                    measure.formula = "[已解决]/[总数]"
                    measure.target = 1
                }
            }
        }
        let broken = try facts([0, 0])
        #expect(broken.plan.all(Measure.self).last?.values?.points.map(\.value) == [0.8])
        let finding = try #require(broken.findings.first { $0.code == "D11-03" })
        #expect(finding.reason[.chinese].contains("除数 [总数] 在 2026-10 为零"))
        let whole = try facts([100, 100])
        #expect(!whole.findings.contains { $0.code == "D11-03" })
        // A value that has not come yet is no fault.
        let awaited = try facts([100])
        #expect(!awaited.findings.contains { $0.code == "D11-03" })
    }

    @Test(
        "the same period last year of a day is the same date, and of 29 February the 28th",
        arguments: [
            ("2024-02-28", "2023-02-28"), ("2024-02-29", "2023-02-28"), ("2024-03-01", "2023-03-01"),
            ("2024-12-31", "2023-12-31"),
            ("2025-02-28", "2024-02-28"), ("2025-03-01", "2024-03-01"),
        ])
    func dayOfLastYear(today: String, wanted: String) throws {
        let facts = try facts { editor in
            editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.statusDate = day(today) }
            editor.add(Measure.self) { measure in
                measure.title = "日"
                measure.values = Series((0..<800).map { (day("2023-01-01") + $0, Double($0)) })
            }
            editor.add(Measure.self) { $0.formula = "去年同期([日])" }
        }
        let reason = try #require(facts.formulaReason(of: measure("M-2")))
        #expect(reason.period == today)
        #expect(reason.parts.map(\.period) == [wanted])
        #expect(reason.value == Double(day(wanted) - day("2023-01-01")))
    }

    @Test("a sum over a quarter or a month that lacks a part has no value, which is told; one still running is summed so far")
    func lackingPart() throws {
        func facts(_ today: String, _ values: [(String, Double)], _ rarely: [(String, Double)]) throws -> PlanFacts {
            try self.facts { editor in
                editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.statusDate = day(today) }
                editor.add(Measure.self) { measure in
                    (measure.title, measure.gathering) = ("收入", .sum)
                    measure.values = Series(values.map { (day($0), $1) })
                }
                editor.add(Measure.self) { measure in
                    measure.title = "成本"
                    measure.values = Series(rarely.map { (day($0), $1) })
                }
                editor.add(Measure.self) { $0.formula = "[收入]-[成本]" }
            }
        }
        let months = (1...6).map { (String(format: "2025-%02d-28", $0), 10.0) }
        let quarters = [("2024-12-31", 5.0), ("2025-03-31", 5), ("2025-06-30", 5)]
        let whole = try facts("2025-06-30", months, quarters)
        #expect(whole.plan.all(Measure.self)[2].values?.values == [25, 25])
        #expect(whole.formulaReason(of: measure("M-3"))?.value == 25)
        let lacking = try facts("2025-06-30", months.filter { $0.0 != "2025-05-28" }, quarters)
        #expect(lacking.plan.all(Measure.self)[2].values?.values == [25])
        let gap = try #require(lacking.formulaReason(of: measure("M-3")))
        #expect(gap.period == "2025Q2" && gap.value == nil)
        #expect(gap.gap == Label("[收入] 在 2025-05 没有值", "[收入] has no value in 2025-05"))
        #expect(lacking.findings.contains { $0.code == "D11-03" && $0.reason.en == "[收入] has no value in 2025-05." })
        // June may still come; until it does, there is no value, and nothing is amiss.
        let awaited = try facts("2025-07-02", Array(months.prefix(5)), quarters)
        #expect(awaited.plan.all(Measure.self)[2].values?.values == [25])
        #expect(!awaited.findings.contains { $0.code == "D11-03" })
        let running = try facts("2025-06-20", Array(months.prefix(5)), quarters.dropLast() + [("2025-06-10", 5)])
        #expect(running.plan.all(Measure.self)[2].values?.values == [25, 15])
        // Four Sundays of September, without the third.
        let weeks = [("2026-08-30", 1.0), ("2026-09-06", 1), ("2026-09-13", 1), ("2026-09-27", 1), ("2026-10-04", 1)]
        let monthly = [("2026-07-31", 5.0), ("2026-08-31", 5), ("2026-09-30", 5)]
        let week = try facts("2026-10-05", weeks, monthly)
        #expect(week.formulaReason(of: measure("M-3"))?.gap?.en == "[收入] has no value in 2026-09-20")
    }

    @Test("reasons are of the newest period: also where it divides by zero or a missing value keeps it empty")
    func newestPeriod() throws {
        func facts(_ today: String, _ formula: String, _ values: [(String, Double)]) throws -> PlanFacts {
            try self.facts { editor in
                editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.statusDate = day(today) }
                editor.add(Measure.self) { measure in
                    measure.title = "收入"
                    measure.values = Series(values.map { (day($0), $1) })
                }
                editor.add(Measure.self) { $0.formula = formula }
            }
        }
        let zero = [("2026-08-31", 2.0), ("2026-09-30", 4), ("2026-10-31", 0)]
        for (formula, gap) in [
            ("100/[收入]", "The divisor [收入] is zero in 2026-10"), ("1/([收入]-[收入])", "The divisor ([收入]-[收入]) is zero in 2026-10"),
        ] {
            for today in ["2026-10-31", "2026-11-20"] {
                let facts = try facts(today, formula, zero)
                let reason = try #require(facts.formulaReason(of: measure("M-2")))
                #expect(reason.period == "2026-10" && reason.gap?.en == gap)
                #expect(facts.findings.first { $0.code == "D11-03" }?.reason.en == gap + ".")
            }
        }
        let missing = [("2025-03-31", 10.0), ("2025-01-31", 30), ("2025-02-28", 30), ("2025-04-30", 0), ("2025-06-30", 5)]
        let total = try facts("2025-06-30", "本年累计([收入])", missing)
        let reason = try #require(total.formulaReason(of: measure("M-2")))
        #expect(reason.period == "2025-06" && reason.gap?.zh == "[收入] 在 2025-05 没有值")
        #expect(total.findings.contains { $0.code == "D11-03" })
        // What has not come yet keeps nothing empty.
        let awaited = try facts("2025-07-20", "本年累计([收入])", missing.dropLast())
        #expect(awaited.formulaReason(of: measure("M-2"))?.value == 70)
        #expect(!awaited.findings.contains { $0.code == "D11-03" })
    }

    @Test("the year to date of a weekly measure counts from 1 January")
    func weeklyYearToDate() throws {
        let facts = try facts { editor in
            editor.add(Measure.self) { measure in
                measure.title = "工单"
                measure.frequency = .weekly
                // Sundays from 7 December 2025; 28 December is the last of the old year.
                measure.values = Series((0..<8).map { (Day("2025-12-07")! + 7 * $0, Double($0 + 1)) })
            }
            editor.add(Measure.self) { measure in
                measure.title = "本年工单"
                measure.formula = "ytd([工单])"
            }
        }
        let values = try #require(facts.plan.all(Measure.self).last?.values)
        #expect(values[Day("2026-01-04")!] == 5)
        #expect(values[Day("2026-01-11")!] == 11)
        #expect(values[Day("2026-01-25")!] == 26)
        // December began before there were values.
        #expect(values[Day("2025-12-28")!] == nil)
    }

    @Test(
        "weekly values go into a monthly formula as the measure says",
        arguments: [(Gathering.sum, 100.0), (.mean, 25.0), (nil, 40.0)])
    func mixedFrequencies(gathering: Gathering?, wanted: Double) throws {
        let facts = try facts { editor in
            editor.add(Measure.self) { measure in
                measure.title = "周数"
                measure.gathering = gathering
                measure.values = Series((0..<4).map { (Day("2026-09-06")! + 7 * $0, Double($0 + 1) * 10) })
            }
            editor.add(Measure.self) { measure in
                measure.title = "月数"
                measure.values = Series([(Day("2026-08-31")!, 7), (Day("2026-09-30")!, 5)])
            }
            editor.add(Measure.self) { measure in
                measure.title = "之比"
                measure.formula = "[周数]/[月数]"
            }
        }
        let values = try #require(facts.plan.all(Measure.self).last?.values)
        #expect(values.days == [Day("2026-09-30")!])
        #expect(values.values == [wanted / 5])
    }

    @Test("a computed measure is forecast too")
    func computedForecast() throws {
        let facts = try facts { editor in
            editor.period("2024-01-01", "2026-12-31")
            editor.add(Measure.self) { measure in
                measure.title = "甲"
                measure.values = Series(
                    (0..<34).map { (Day(year: 2024 + $0 / 12, month: $0 % 12 + 1, day: 28)!, 100 + Double($0) * 2) })
            }
            editor.add(Measure.self) { measure in
                measure.title = "乙"
                measure.formula = "[甲]*2"
            }
        }
        let computed = try #require(facts.plan.all(Measure.self).last)
        let end = try #require(facts.forecasts[computed.id]?.end)
        #expect(abs(end.value - 2 * 170) < 4)
    }

    @Test(
        "a formula that gives nothing says why",
        arguments: [
            ("[已解决]/", "D11-03"), ("[没有]/2", "没有名为"), ("[M-2]/[M-3]", "环"), ("[M-1]/0", "为零"),
        ])
    func flaw(formula: String, word: String) throws {
        let facts = try facts { editor in
            editor.add(Measure.self) { measure in
                measure.title = "已解决"
                measure.values = Series([(Day("2026-10-31")!, 90)])
            }
            editor.add(Measure.self) { measure in
                measure.title = "甲"
                measure.formula = formula
            }
            editor.add(Measure.self) { measure in
                measure.title = "乙"
                measure.formula = "[M-2]*2"
            }
        }
        let finding = try #require(facts.findings.first { $0.code == "D11-03" && $0.record?.short == "M-2" })
        #expect(finding.code == word || finding.reason[.chinese].contains(word))
    }

    @Test("a running total is forecast by its growth: it never falls and goes on as it grew")
    func runningTotal() throws {
        let facts = try facts { editor in
            editor.add(Measure.self) { measure in
                measure.title = "签约额（累计）"
                measure.baseline = 0
                measure.target = 1200
                measure.due = Day("2026-12-31")
                let values: [Double] = [62, 118, 214, 305, 412, 520, 633, 747, 868, 996]
                measure.values = Series(values.enumerated().map { (Day(year: 2026, month: $0 + 1, day: 28)!, $1) })
            }
        }
        let measure = try #require(facts.plan.all(Measure.self).first)
        let forecast = try #require(facts.forecasts[measure.id])
        // 102 to 128 a month of late: two months more.
        let end = try #require(forecast.end)
        #expect(end.value > 1200 && end.value < 1265 && !forecast.misses(measure))
        #expect(forecast.points.allSatisfy { $0.wide.lowerBound >= 996 })
    }

    @Test("a forecast runs to the due day, with a band, and says what it misses")
    func forecast() throws {
        let facts = try facts { editor in
            editor.add(Measure.self) { measure in
                measure.title = "签约额"
                measure.target = 500
                measure.due = Day("2026-12-31")
                measure.values = Series(
                    (0..<34).map { month in
                        (
                            Day(year: 2024 + month / 12, month: month % 12 + 1, day: 28)!,
                            100 + Double(month) * 3 + Double(month * 7 % 5)
                        )
                    })
            }
            editor.add(Measure.self) { measure in
                measure.title = "太短"
                measure.target = 5
                measure.due = Day("2026-12-31")
                measure.values = Series([(Day("2026-08-31")!, 1), (Day("2026-09-30")!, 2), (Day("2026-10-31")!, 3)])
            }
        }
        let measures = facts.plan.all(Measure.self)
        let forecast = try #require(facts.forecasts[measures[0].id])
        #expect(forecast.points.map(\.day) == [Day("2026-11-30")!, Day("2026-12-31")!])
        let end = try #require(forecast.end)
        #expect(end.low < end.value && end.value < end.high && abs(end.value - 206) < 6)
        #expect(forecast.misses(measures[0]))
        #expect(facts.forecasts[measures[1].id]?.status == .cannotTell)
        #expect(facts.forecasts[measures[1].id]?.misses(measures[1]) == false)
        #expect(facts.forecasts[measures[1].id]?.words(unit: "")[.chinese].hasPrefix("无法预测：只有 3 个值") == true)
        let point = try #require(forecast.points.first)
        #expect(point.wide.lowerBound <= point.low && point.low <= point.half.lowerBound)
        #expect(point.half.upperBound <= point.high && point.high <= point.wide.upperBound)
    }

    @Test(
        "values of any rhythm are foretold to the due day, with the ends of their periods",
        arguments: [
            (1, "2026-10-21", 41, "2026-12-31"), (14, "2026-01-10", 3, "2026-12-26"), (182, "2021-06-30", 1, "2026-12-31"),
            (365, "2012-12-31", 1, "2026-12-31"),
        ])
    func rhythms(distance: Int, first: String, wanted: Int, end: String) throws {
        let facts = try facts { editor in
            editor.add(Measure.self) { measure in
                measure.title = "指标"
                measure.due = Day("2026-12-31")
                var (day, days) = (Day(first)!, [Day]())
                while day <= Day("2026-11-20")! {
                    days.append(day)
                    switch distance {
                    case 182:
                        day =
                            day.month == 6
                            ? Day(year: day.year, month: 12, day: 31)! : Day(year: day.year + 1, month: 6, day: 30)!
                    case 365: day = Day(year: day.year + 1, month: 12, day: 31)!
                    default: day = day + distance
                    }
                }
                measure.values = Series(days.enumerated().map { ($0.element, 50 + Double($0.offset % 4)) })
            }
        }
        let forecast = try #require(facts.forecasts.values.first)
        #expect(forecast.points.count == wanted)
        #expect(forecast.end?.day == Day(end))
    }

    @Test("of a flow the total of the year is foretold, and held against a target for the whole period")
    func total() throws {
        let facts = try facts { editor in
            editor.period("2026-01-01", "2026-12-31")
            editor.add(Measure.self) { measure in
                measure.title = "签约额"
                measure.gathering = .sum
                measure.isCumulative = true
                measure.target = 2000
                // About a hundred a month since 2024; what November has so far does not count as a month.
                var values = Series([(Day("2026-11-10")!, 7.0)])
                for month in 0..<34 {
                    values[Day(year: 2024 + month / 12, month: month % 12 + 1, day: 28)!] = 100 + Double(month * 7 % 5)
                }
                measure.values = values
            }
        }
        let measure = try #require(facts.plan.all(Measure.self).first)
        let forecast = try #require(facts.forecasts[measure.id])
        #expect(forecast.points.map(\.day) == [Day("2026-11-30")!, Day("2026-12-31")!])
        let total = try #require(forecast.total)
        // From January on 103, 100, 102, 104, 101, twice.
        #expect(total.known == 1020)
        #expect(abs(total.value - 1224) < 6)
        #expect(total.low < total.value && total.value < total.high)
        #expect(forecast.misses(measure))
    }

    @Test("values that keep no rhythm are not foretold, and it says so")
    func noRhythm() throws {
        let facts = try facts { editor in
            editor.add(Measure.self) { measure in
                measure.title = "指标"
                measure.due = Day("2026-12-31")
                measure.values = Series(
                    ["2026-01-01", "2026-02-20", "2026-04-10", "2026-06-01"].enumerated().map {
                        (Day($0.element)!, Double($0.offset))
                    })
            }
        }
        let forecast = try #require(facts.forecasts.values.first)
        #expect(forecast.points.isEmpty && forecast.status == .cannotTell)
        #expect(forecast.notes.first?.zh.contains("间隔") == true)
    }

    @Test("sales differences add up exactly, by effect and by part")
    func sales() throws {
        let facts = try facts { editor in
            for (region, target, actual, quantities) in [("华东", 100.0, 90.0, (10.0, 8.0)), ("华南", 50.0, 57.25, (5.0, 6.0))] {
                editor.add(SalesTarget.self) { line in
                    line.title = region
                    line.region = region
                    line.unit = "万元"
                    line.target = Series([(Day("2026-09-30")!, target), (Day("2026-12-31")!, 999)])
                    line.actual = Series([(Day("2026-09-30")!, actual)])
                    line.targetQuantity = Series([(Day("2026-09-30")!, quantities.0)])
                    line.quantity = Series([(Day("2026-09-30")!, quantities.1)])
                }
            }
        }
        let split = try #require(facts.salesSplit(against: .target))
        #expect(split.after - split.before == -275)
        #expect(split.amount(split.after - split.before) == -2.75)
        #expect(split.effects?.parts.reduce(0) { $0 + $1.difference } == -275)
        #expect(split.dimensions.map(\.name.zh) == ["按区域"])
        #expect(split.dimensions[0].parts.map(\.difference) == [-1000, 725])
        #expect(split.dimensions[0].words[.chinese].hasPrefix("比目标少 2.8 万元：华东 −10 万元"))
        #expect(split.words[.chinese].contains("比目标少"))
        #expect(facts.salesSplit(against: .lastYear) == nil)
    }

    @Test("percent signs are read for measures in percent and refused for others, and in tables that take none")
    func percentImport() throws {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("test")), blueprint: .department))
        for (title, unit) in [("解决率", "%"), ("工单数", "件")] {
            editor.add(Measure.self) { ($0.title, $0.unit) = (title, unit) }
        }
        let text = "指标,日期,数值\n解决率,2026-02,99%\n解决率,2026-03,98.5 ％\n工单数,2026-02,99%\n"
        var reader = SeriesTableReader(takesPercent: true)
        try reader.read(text.utf8)
        let values = ValueImport(try reader.finish(), into: editor.plan, today: day("2026-11-20"))
        #expect(values.entries.map(\.after) == [99, 98.5])
        #expect(values.refusals.map(\.zh) == ["「工单数」的数值带有百分号，而它的单位是「件」。"])
        var strict = SeriesTableReader()
        try strict.read(text.utf8)
        #expect(try strict.finish().badRowCount == 3)
    }

    @Test("values from a table go to the measures they name; what cannot be taken is named with its line")
    func valueImport() throws {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("test")), blueprint: .department))
        editor.add(Measure.self) { measure in
            measure.title = "首次解决率"
            measure.values = Series([(Day("2026-01-31")!, 70), (Day("2026-02-28")!, 71)])
        }
        editor.add(Measure.self) { measure in
            measure.title = "由公式"
            measure.formula = "[M-1]*2"
        }
        var reader = SeriesTableReader()
        try reader.read(
            "指标,日期,数值\nM-1,2026-02,71\n首次解决率,2026-01,72\nM-1,2026-03,abc\nm-1,2026-04,74\n由公式,2026-03,1\n没有,2026-03,1\n".utf8)
        let values = ValueImport(try reader.finish(), into: editor.plan, today: day("2026-11-20"))
        #expect(
            Set(values.entries.map { "\($0.day) \($0.before.map { "\(Int($0))" } ?? "-") \(Int($0.after))" }) == [
                "2026-01-31 70 72", "2026-04-30 - 74",
            ])
        #expect(values.sameCount == 1)
        #expect(values.badRows.map(\.line) == [4])
        #expect(values.refusals.map(\.zh).sorted() == ["「由公式」由公式计算，不能导入。", "没有编号或名称为「没有」的指标。"].sorted())
        values.write(into: &editor)
        let series = try #require(editor.plan.all(Measure.self).first?.values)
        #expect(series.points.map(\.value) == [72, 71, 74])
    }

    @Test("of one measure by two names the first value of a day counts, and days that cannot be are refused")
    func oddImport() throws {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("test")), blueprint: .department))
        editor.add(Measure.self) { $0.title = "解决率" }
        let plan = editor.plan
        func taken(_ rows: String...) throws -> ValueImport {
            var reader = SeriesTableReader()
            try reader.read((["measure,date,value"] + rows).joined(separator: "\n").utf8)
            return ValueImport(try reader.finish(), into: plan, today: day("2026-11-20"))
        }
        let twice = try taken("解决率,2026-01-31,70", "解决率,2026-02-28,71", "M-1,2026-01-31,75", "M-1,2026-02-28,71")
        #expect(twice.entries.map(\.after) == [70, 71])
        #expect(twice.refusals.map(\.zh) == ["「M-1」与「解决率」是同一个指标，1 个日期上的值不同，如 2026-01-31，取先出现的。"])
        for row in ["M-1,1900-01-31,1", "M-1,2999-01-31,2"] {
            let odd = try taken(row)
            #expect(odd.entries.isEmpty)
            #expect(
                odd.refusals.map(\.en).allSatisfy {
                    $0.hasPrefix("1 value of “M-1” for days still to come or too long ago, such as ")
                })
            #expect(odd.refusals.count == 1)
        }
        // A value of the month that runs stands at its last day.
        #expect(try taken("M-1,2026-11-30,70").entries.count == 1)
    }
}
