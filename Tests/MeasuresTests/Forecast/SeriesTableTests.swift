import Foundation
import Synchronization
import Testing

@testable import Measures

@Suite("Series from a file and forecasts as JSON")
struct SeriesTableTests {
    private func read(_ text: String) throws -> SeriesTable {
        var reader = SeriesTableReader()
        try reader.read(text.utf8)
        return try reader.finish()
    }

    @Test("rows in any order, quotes, BOM and CRLF; gaps stay open")
    func rows() throws {
        let table = try read(
            "\u{FEFF}value,Series,T\r\n3,\"a, b\",3\r\n1,\"a, b\",1\r\n\r\n7,c,2020-01\r\n,c,2020-02\r\n8.5,c,2020-04\r\n")
        #expect(table.series.map(\.name) == ["a, b", "c"])
        #expect(table.series[0].values == [1, 3])
        #expect(table.series[0].scale.label(at: 2) == "5")
        #expect(table.series[1].values == [7, 8.5])
        #expect(table.series[1].scale.label(at: 2) == "2020-07")
        #expect(table.badRowCount == 0)
    }

    @Test("a table may have a row for each series and a column for each period")
    func periods() throws {
        let table = try read(
            "编号,指标,单位,2026-01,2026年2月,202603,合计\nM-1,签约额,万元,\"1,200\",1250,1300,2500\nM-2,满意度,%,91,x,93\n,,,1,2,3\nM-3,空,%,,,\n")
        #expect(table.series.map(\.name) == ["签约额", "满意度"])
        #expect(table.series.map(\.values) == [[1200, 1250, 1300], [91, 93]])
        #expect(table.series.map { $0.scale.label(at: 1) } == ["2026-02", "2026-03"])
        #expect(table.badRows.map(\.line) == [3, 4])
        let quarters = try read("name;2025Q4;2026Q1\na;1,5;2\n")
        #expect(quarters.series.map(\.values) == [[1.5, 2]] && quarters.series[0].scale.label(at: 1) == "2026Q1")
        // One period alone, or months without a year, are no such table.
        #expect(throws: SeriesTableError.missing(.date)) { try read("指标,2026-01\nM-1,3\n") }
        #expect(throws: SeriesTableError.missing(.date)) { try read("指标,1月,2月\nM-1,3,4\n") }
    }

    @Test("bad rows are counted with their lines and leave the others untouched")
    func badRows() throws {
        let table = try read(
            "series,t,value\na,1,5\na,2,NaN\na,x,5\na,1,6\na\na,2020-01-01,4\n,3,4\na,3,1e400\na,4,8\nb,2020-02-30,1\n")
        #expect(table.badRows.map(\.line) == [3, 4, 5, 6, 7, 8, 9, 11])
        #expect(table.badRowCount == 8)
        #expect(table.series[0].values == [5, 8])
    }

    @Test("month ends, quarters, weeks and days are told apart")
    func scales() throws {
        let ends = try read("series,t,value\na,2024-01-31,1\na,2024-02-29,1\na,2024-03-31,1\n").series[0]
        #expect(ends.scale.label(at: 3) == "2024-04-30")
        #expect(ends.scale.firstMonth == CalendarMonth(year: 2024, month: 1))
        let quarters = try read("series,t,value\na,2024-01-01,1\na,2024-04-01,1\na,2024-10-01,1\n").series[0]
        #expect(quarters.values == [1, 1, nil, 1])
        #expect(quarters.scale.label(at: 4) == "2025-01-01")
        let weeks = try read("series,t,value\na,2024-01-01,1\na,2024-01-08,1\na,2024-01-22,1\n").series[0]
        #expect(weeks.values == [1, 1, nil, 1])
        #expect(weeks.scale.label(at: 4) == "2024-01-29")
    }

    @Test(
        "months and quarters are read in the ways tables write them, and told onwards",
        arguments: [
            (["202411", "202412", "202501"], "2025-02"), (["2024M11", "2024M12", "2025M01"], "2025-02"),
            (["2024年11月", "2024年12月", "2025年1月"], "2025-02"), (["2024Q3", "2024Q4", "2025Q1"], "2025Q2"),
            (["2024-Q3", "2024-Q4", "2025-Q1"], "2025Q2"), (["2024年第3季度", "2024年第4季度", "2025年第1季度"], "2025Q2"),
            (["20241231", "20250131", "20250228"], "2025-03-31"), (["2022", "2023", "2024"], "2025"),
            (["199913", "199914", "199915"], "199916"),
        ] as [([String], String)])
    func writtenMonths(times: [String], next: String) throws {
        let rows = times.enumerated().map { "a,\($1),\($0)\n" }.joined()
        let series = try #require(try read("series,month,value\n\(rows)").series.first)
        #expect(series.values == [0, 1, 2])
        #expect(series.scale.label(at: 3) == next)
    }

    @Test("a quarter that is missing stays a gap")
    func missingQuarter() throws {
        let series = try read("series,t,value\na,2023Q4,1\na,2024Q2,3\na,2024Q3,4\n").series[0]
        #expect(series.values == [1, nil, 3, 4] && series.scale.label(at: 4) == "2024Q4")
        #expect(try read("series,t,value\na,2023Q4,1\na,2024Q4,3\n").series[0].scale.label(at: 2) == "2025Q4")
        #expect(try read("series,t,value\na,2023Q5,1\na,3/5/26,1\na,26-01,1\n").badRows.map(\.line) == [2, 3, 4])
    }

    @Test("a table of times and values alone is one series")
    func onlySeries() throws {
        let table = try read("月份,签约额\n2026-01,5\n2026-02,6\n".replacing("签约额", with: "value"))
        #expect(table.series.map(\.name) == ["value"] && table.series[0].values == [5, 6])
        #expect(throws: SeriesTableError.missing(.measure)) { try read("t,value,note\n1,2,x\n") }
    }

    @Test("GB18030, lone carriage returns and bars are read, UTF-16 is refused")
    func forms() throws {
        // 指标 in GB18030.
        var reader = SeriesTableReader()
        try reader.read([0xD6, 0xB8, 0xB1, 0xEA] + Array(",t,value\n".utf8) + [0xD6, 0xB8, 0xB1, 0xEA] + Array(",1,2\n".utf8))
        #expect(try reader.finish().series.map(\.name) == ["指标"])
        #expect(try read("series|t|value\ra|1|2,5\r").badRows.map(\.line) == [2])
        #expect(try read("series|t|value\ra|1|2.5\r").series[0].values == [2.5])
        var other = SeriesTableReader()
        #expect(throws: SeriesTableError.self) { try other.read([0xFF, 0xFE] + Array("s\0e\0,\0t\0,\0\n\0".utf8)) }
    }

    @Test("an empty file and a wrong header are refused; a header alone gives nothing")
    func refused() throws {
        #expect(throws: SeriesTableError.empty) { try read("") }
        #expect(throws: SeriesTableError.missing(.value)) { try read("series,t\na,1\n") }
        #expect(try read("series,t,value\n").series.isEmpty)
        #expect(throws: SeriesTableError.doubleColumn("Value")) { try read("series,t,Value,value\na,1,2,3\n") }
        #expect(try read("series,t,value,note,note\na,1,2,x,y\n").series[0].values == [2])
        var reader = SeriesTableReader(mostUnusable: 20)
        try reader.read(Array("series,t,value\n".utf8))
        #expect(throws: SeriesTableError.self) { try reader.read(Array(String(repeating: "a,b,c\n", count: 21).utf8)) }
    }

    @Test("a row far in the future does not open a gap without bounds")
    func farFuture() throws {
        let table = try read("series,t,value\na,1900-01-01,1\na,1900-01-02,1\na,2999-12-31,1\n")
        #expect(table.series[0].values == [1, 1])
        #expect(table.badRows.map(\.line) == [4])
        #expect(Forecaster(period: 7, horizon: 2).forecast(table.series[0].values).status == .cannotTell)
        // The stray one may be the first.
        let other = try read("series,t,value\na,1900-01-01,9\na,2026-01-01,1\na,2026-01-02,2\n")
        #expect(other.series[0].values == [1, 2])
        #expect(other.badRows.map(\.line) == [2])
    }

    private func months(_ places: [Int]) -> [String] {
        places.map { "a,\(dateText(CalendarMonth(year: 2023, month: 1).advanced(by: $0))),\(100 + $0 % 7)\n" }
    }

    @Test(
        "years mistyped do not end the forecast of a series: they are bad rows",
        arguments: [["1900-01"], ["2030-01"], ["1900-03", "2099-05"]])
    func mistypedYears(strays: [String]) throws {
        let good = months(Array(0..<36))
        let bad = strays.map { "a,\($0),5\n" }
        for place in [0, 20, 36] {
            var rows = good
            rows.insert(contentsOf: bad, at: place)
            let table = try read("series,t,value\n" + rows.joined())
            #expect(table.badRows.map(\.line) == strays.indices.map { place + $0 + 2 })
            #expect(table.series[0].values.count == 36 && table.series[0].scale.label(at: 36) == "2026-01")
            #expect(Forecaster(period: 12, horizon: 3).forecast(table.series[0].values).status != .cannotTell)
        }
        // Not on the first of a month as the others.
        let days = good.map { $0.replacingOccurrences(of: ",1", with: "-01,1") } + ["a,1906-01-05,5\n"]
        #expect(try read("series,t,value\n" + days.joined()).badRows.map(\.line) == [38])
    }

    @Test("what is sparse, goes on after a break or is short stays as it is")
    func sparse() throws {
        for places in [
            Array(0..<30) + [58], Array(0..<23) + [80], Array(0..<24) + Array(60..<66), (0..<40).map { $0 * $0 }, [0, 1, 40],
            (0..<30).map { $0 * 12 },
        ] {
            let table = try read("series,t,value\n" + months(places).joined())
            #expect(table.badRowCount == 0, "\(places)")
            #expect(table.series[0].values.compactMap { $0 }.count == places.count)
        }
    }

    @Test("semicolons, tabs, decimal commas, thousands and named columns are read")
    func separators() throws {
        #expect(try read("series;t;value\na;1;2,5\na;2;3\n").series[0].values == [2.5, 3])
        #expect(try read("series\tt\tvalue\na\t1\t2.5\n").series[0].values == [2.5])
        #expect(try read("指标,日期,数值\na,2026-01,\"1,234.5\"\n").series[0].values == [1234.5])
        var reader = SeriesTableReader(columns: SeriesColumns(series: "门店", time: "月", value: "销量"))
        try reader.read("月,门店,value,销量\n1,a,9,4\n2,a,9,5\n".utf8)
        #expect(try reader.finish().series[0].values == [4, 5])
        var wrong = SeriesTableReader(columns: SeriesColumns(value: "数量"))
        #expect(throws: SeriesTableError.missingColumn("数量")) { try wrong.read("series,t,value\n".utf8) }
    }

    @Test("a quoted field may hold line breaks; one that never ends costs its own line only")
    func quotedBreaks() throws {
        let table = try read("series,t,value\n\"north\nand south\",1,2\n\"north\nand south\",2,x\nb,1,7\n")
        #expect(table.series.map(\.name) == ["north\nand south", "b"])
        #expect(table.badRows.map(\.line) == [4])
        var text = "series,t,value\n\"a,1,5\n"
        for t in 2...200 { text += "a,\(t),\(t)\n" }
        let astray = try read(text)
        #expect(astray.badRows.map(\.line) == [2])
        #expect(astray.series[0].values.count == 199)
        #expect(try read("series,t,value\na,1,5\n\"b,2,3").badRows.map(\.line) == [3])
    }

    @Test("pieces cut anywhere read like the whole, and random bytes never crash")
    func pieces() throws {
        var dice = Dice(31)
        let alphabet = Array("0123456789,,,\n\n\r\"-. aé春\0NaNe+/T:".utf8)
        for _ in 0..<400 {
            var bytes = Array("series,t,value\n".utf8)
            for row in 0..<dice.roll(0...8) { bytes += Array("a,\(row),\(row * 2)\n".utf8) }
            for _ in 0..<dice.roll(0...80) { bytes.append(alphabet[dice.roll(0...alphabet.count - 1)]) }
            var whole = SeriesTableReader()
            try whole.read(bytes)
            let wanted = try whole.finish()
            var reader = SeriesTableReader()
            var place = 0
            while place < bytes.count {
                let next = min(bytes.count, place + dice.roll(1...9))
                try reader.read(bytes[place..<next])
                place = next
            }
            let table = try reader.finish()
            #expect(table.series.map(\.name) == wanted.series.map(\.name))
            #expect(table.series.map(\.values) == wanted.series.map(\.values))
            #expect(table.badRows == wanted.badRows)
        }
    }

    @Test("a line without end is one bad row, in bounded memory")
    func endlessLine() throws {
        var reader = SeriesTableReader()
        try reader.read("series,t,value\na,1,2\n".utf8)
        let piece = [UInt8](repeating: 0x61, count: 50_000)
        for _ in 0..<20 { try reader.read(piece) }
        try reader.read("\na,2,3\n".utf8)
        let table = try reader.finish()
        #expect(table.badRows.map(\.line) == [3])
        #expect(table.series[0].values == [2, 3])
    }

    @Test("the report is JSON with one entry per series")
    func json() throws {
        var text = "series,t,value\n"
        for month in 0..<40 { text += "\"销售\"\"x\",\(2021 + month / 12)-\(month % 12 + 1),\(100 + month % 12)\n" }
        text += "short,1,2\nbad\n"
        let report = ForecastReport(try read(text), period: 12, horizon: 3)
        let value = try #require(JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
        let series = try #require(value["series"] as? [[String: Any]])
        #expect(series.count == 2)
        #expect(series[0]["series"] as? String == "销售\"x")
        #expect(series[0]["t"] as? [String] == ["2024-05", "2024-06", "2024-07"])
        #expect((series[0]["point"] as? [Double])?.count == 3)
        #expect(((series[0]["lo"] as? [String: [Double]])?["80"])?.count == 3)
        #expect(series[1]["status"] as? String == "cannotTell")
        #expect((value["bad_rows"] as? [String: Any])?["count"] as? Int == 1)
    }

    @Test("many series are forecast at once, each as by itself and in the order of the table")
    func many() throws {
        var dice = Dice(7)
        var text = "series,t,value\n"
        for name in 0..<40 { for t in 1...dice.roll(1...60) { text += "\(name),\(t),\(dice.roll(1...90))\n" } }
        let table = try read(text)
        let done = Mutex<[Int]>([])
        let report = ForecastReport(table, period: 4, horizon: 3) { count in done.withLock { $0.append(count) } }
        let forecaster = Forecaster(period: 4, horizon: 3)
        #expect(report.forecasts == table.series.map { forecaster.forecast($0.values) })
        #expect(done.withLock { $0 } == Array(1...40))
    }

    @Test("day numbers and dates go round")
    func days() {
        #expect(dayNumber(year: 1970, month: 1, day: 1) == 0)
        #expect(dayNumber(year: 2000, month: 3, day: 1) == 11_017)
        for day in stride(from: -30_000, through: 400_000, by: 37) {
            let date = civilDate(day)
            #expect(dayNumber(year: date.year, month: date.month, day: date.day) == day)
        }
    }

    @Test("a table with more series than memory is kept for is refused with its line")
    func tooMany() throws {
        var reader = SeriesTableReader()
        try reader.read(Array("series,t,value\n".utf8))
        let limit = SeriesTableReader.mostSeries
        #expect(throws: SeriesTableError.tooLong(line: limit + 2)) {
            for first in stride(from: 0, through: limit, by: 1 << 16) {
                try reader.read(Array((first..<first + 1 << 16).map { "\($0),1,1\n" }.joined().utf8))
            }
        }
    }
}
