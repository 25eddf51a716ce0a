import Foundation
import Testing

@testable import ProcessMining

func read(_ text: String, _ change: (inout LogReadingOptions) -> Void = { _ in }, piece: Int = .max) throws(LogReadingError)
    -> LogReading
{
    try read(Array(text.utf8), change, piece: piece)
}

func read(_ bytes: [UInt8], _ change: (inout LogReadingOptions) -> Void = { _ in }, piece: Int = .max, pairs: Bool = false)
    throws(LogReadingError) -> LogReading
{
    var options = LogReadingOptions()
    change(&options)
    var reader = LogReader(options: options, pairsLifecycle: pairs)
    var place = 0
    while place < bytes.count {
        let end = piece < bytes.count - place ? place + piece : bytes.count
        try reader.read(Array(bytes[place..<end]))
        place = end
    }
    return try reader.finish()
}

@Suite("Reading logs from CSV")
struct CSVReadingTests {
    private static let plain =
        "case,activity,timestamp\n1,a,2026-03-01 08:00:00\n1,b,2026-03-01 09:30:00\n2,a,2026-03-02 08:00:00\n"

    @Test("the same log comes out however the bytes are cut", arguments: [1, 2, 3, 7, 64, 1000])
    func pieces(size: Int) throws {
        let text =
            "工单号,环节,完成时间,处理人\r\n\"A\"\"1\",\"受理,\n登记\",2026-03-01 08:00:00,甲\r\n\"A\"\"1\",关闭,2026/3/1 9:05,\"\"\r\nB,关闭,2026年3月2日 8时5分,乙\r\n"
        let whole = try read(text)
        #expect(try read(text, piece: size).log == whole.log)
        #expect(whole.log.cases == ["A\"1", "B"])
        #expect(whole.log.activities == ["受理,\n登记", "关闭"])
        #expect(whole.log.resources == ["甲", "乙"])
        #expect(whole.log.resource == [0, EventLog.noResource, 1])
        #expect(whole.badRowCount == 0)
    }

    @Test("line ends, marks and delimiters are told", arguments: ["\n", "\r\n", "\r"], [",", ";", "\t", "|"])
    func shapes(end: String, delimiter: String) throws {
        let text = Self.plain.replacing(",", with: delimiter).replacing("\n", with: end)
        #expect(try read(text).log == read(Self.plain).log)
        #expect(try read([0xEF, 0xBB, 0xBF] + Array(text.utf8)).log == read(Self.plain).log)
        #expect(try read(String(text.dropLast(end.count))).log == read(Self.plain).log)
    }

    @Test("GB18030 is told by its bytes and read as such")
    func chinese() throws {
        // 案例,活动,时间 / 1,受理,2026-01-05 08:00 as GB18030.
        let head: [UInt8] = [0xB0, 0xB8, 0xC0, 0xFD, 0x2C, 0xBB, 0xEE, 0xB6, 0xAF, 0x2C, 0xCA, 0xB1, 0xBC, 0xE4, 0x0A]
        let row: [UInt8] = [0x31, 0x2C, 0xCA, 0xDC, 0xC0, 0xED, 0x2C] + Array("2026-01-05 08:00\n".utf8)
        for piece in [1, 2, 5, 100] { #expect(try read(head + row, piece: piece).log.activities == ["受理"]) }
        #expect(try read(head + row, { $0.encoding = "gbk" }).log.activities == ["受理"])
    }

    @Test(
        "one moment, written in many ways",
        arguments: [
            "2026-03-01 08:05:09.250+08:00", "2026-03-01T08:05:09.25+0800", "2026-03-01T00:05:09.250Z",
            "2026/03/01 00:05:09.250 UTC", "20260301 00:05:09.25", "01.03.2026 00:05:09.250",
            "1772323509250", "1772323509.25", "1772323509250000", "2026-03-01 08:05:09,250 +08", "20260301T000509.25Z",
            "20260301000509.25", "20260301000509250", "2026年3月1日 上午0时5分9.25秒", "01-Mar-2026 00:05:09.250",
            "Mar 1, 2026 12:05:09.25 AM",
            "1 March 2026, 0:05:09.25", "2026-Mar-01T00:05:09.25", "46082.00357928240741", "1772323509250000000",
            "1772323509250.0",
            "Sun, 01 Mar 2026 00:05:09.25 GMT", "2026年3月1日 星期日 0:05:09.25", "2026-03-01T01:05:09.25+01:00[Europe/Berlin]",
            "\t2026-03-01 00:05:09:250\t",
            "Sun Mar 01 00:05:09.25 UTC 2026", "Sun Mar  1 08:05:09.250 +0800 2026", "Sun Mar 01 00:05:09.250 2026",
            "Sun Mar 01 2026 08:05:09.250 GMT+0800 (中国标准时间)", "Sat, 28 Feb 2026 19:05:09.25 EST", "2026-02-28 17:05:09.25 PDT",
            "2026-03-01 08:05:09.25 Asia/Shanghai", "2026-03-01 08:05:09.25 [Asia/Shanghai]",
            "2026-03-01 08:05:09.25+08:00 Asia/Shanghai",
            "2026-03-01T09:05:09.25 Asia/Tokyo", "２０２６－０３－０１　００：０５：０９．２５", "2026-03-01 00：05：09.25",
            "2026年３月１日（周日）凌晨0:05:09.25", "2026-03-01 周日 00:05:09.25", "2026-03-01 (周日) 00:05:09.25",
            "2026-03-01 00:05:09.25 星期日", "2026-03-01 00:05:09.25 Sunday", "1.77232350925E9", "1.77232350925e+12",
            "1.77232350925000000E15", "1.77232350925E18", "2026-03-01 00:05:09.25 UTC+0", "2026-03-01 10:05:09.25 UTC+10:00",
        ])
    func times(text: String) throws {

        let log = try read("case;activity;time\n1;a;\(text)\n").log
        #expect(log.end == [1_772_323_509_250_000])
    }

    @Test(
        "numbers beyond all measure are no times",
        arguments: [
            "2026-03-01T09:00:00+777777777777777777", "999999999999999999-01-01", "2026-999999999999999999-01",
            "2026-03-01 999999999999999999:00", "+9",
        ])
    func absurd(text: String) {
        #expect(throws: LogReadingError.nothingReadable(BadRow(line: 2, reason: .unreadableTime(text)))) {
            try read("case,activity,time\n1,a,\(text)\n")
        }
    }

    @Test(
        "halves of the day, midnight at the end of a day and leap seconds are times too",
        arguments: [
            ("3/1/2026 2:05 PM", 50_700), ("3/1/2026 12:00 AM", 0), ("3/1/2026 12:30 p.m.", 45_000),
            ("2026/3/1 下午 2:05:09", 50_709),
            ("2026年3月1日下午2点5分", 50_700), ("2026-03-01 上午 12:10", 600), ("2026-03-01 24:00", 86_400),
            ("2026-03-01T24:00:00Z", 86_400),
            ("2026-03-01 23:59:60", 86_400), ("2026年3月1日 8时", 28_800), ("46082.5", 43_200), ("202603010805", 29_100),
            ("1-Mar-26 08:05", 29_100), ("13/1/26", -4_060_800),
            ("2026-03-01 晚上8:05", 72_300), ("2026年3月1日晚上8点5分", 72_300), ("2026-03-01 晚上 20:05", 72_300),
            ("2026-03-01 凌晨12:30", 1_800), ("2026-03-01 凌晨3点", 10_800), ("2026-03-01 中午12:05", 43_500),
            ("2026-03-01 中午1:05", 47_100), ("2026-03-01 早上8:05", 29_100), ("2026-03-01 傍晚6:05", 65_100),
            ("Sun Mar 01 08:05:00 2026", 29_100),
        ] as [(String, Int64)])
    func clocks(text: String, seconds: Int64) throws {
        #expect(
            try read("case;activity;time\n1;a;\(text)\n") { $0.isDayFirst = text.hasPrefix("3/1") ? false : nil }.log.end
                == [(1_772_323_200 + seconds) * 1_000_000])
    }

    @Test(
        "what is no time, or may be one of several, is refused",
        arguments: [
            "2026-03-01 24:01", "2026-03-01 13:00 AM", "2026-03-01 08:60", "2026-03-01 08:05:61", "26-03-01", "20261301080509",
            "2026-Foo-01", "2026-03-01T01:05:09+01:00[Europe", "17723235092500000000",
            "30-Feb-2026", "4608", "1-2-3-4", "8:05 PM",
            "Sun Mar 01 08:05:00 CST 2026", "2026-03-01 08:05:00 America/New_York", "2026-03-01 晚上12:30", "2026-03-01 晚上1:30",
            "2026-03-01 凌晨9:00", "2026-03-01 中午8:00", "1.77232E+12", "1.77232350925E10", "2026-03-01 08:05 (周日", "1.772323509E9x",
            "Sun Mar 01 08:05:00 UTC", "Sun Mar 01 08:05:00 UTC 20261",
        ])
    func noTimes(text: String) {
        #expect(throws: LogReadingError.nothingReadable(BadRow(line: 2, reason: .unreadableTime(text)))) {
            try read("case;activity;time\n1;a;\(text)\n")
        }
    }

    @Test("seconds and milliseconds beyond the years of any log are out of range", arguments: ["9999999999", "9999999999999"])
    func farNumbers(text: String) {
        #expect(throws: LogReadingError.nothingReadable(BadRow(line: 2, reason: .timeOutOfRange(text)))) {
            try read("case,activity,time\n1,a,\(text)\n")
        }
    }

    @Test("day and month are told apart by the values of the column, wherever the one that tells is")
    func dayFirst() throws {
        #expect(try read("case,activity,time\n1,a,3/4/2026\n1,b,25/4/2026\n").log.end.first == 1_775_174_400_000_000)
        #expect(try read("case,activity,time\n1,a,3/4/2026\n1,b,4/25/2026\n").log.end.first == 1_772_582_400_000_000)
        let many = (0..<20_000).map { "c\($0),a,3/4/2026 8:00" }.joined(separator: "\n")
        let late = try read("case,activity,time\n\(many)\nlast,a,25/4/2026\n", piece: 10_000)
        #expect(late.isDayFirst == true && late.ambiguousDates == 0 && late.badRowCount == 0)
        #expect(late.log.end.dropLast().allSatisfy { $0 == 1_775_203_200_000_000 })
    }

    @Test("one order of day and month holds for the whole file; a date that contradicts it is a bad row")
    func oneOrder() throws {
        let reading = try read("case,activity,time\n1,a,25/4/2026\n1,b,4/26/2026\n1,c,3/4/2026\n")
        #expect(reading.badRows == [BadRow(line: 3, reason: .otherDateOrder("4/26/2026"))])
        #expect(reading.log.end == [1_775_174_400_000_000, 1_777_075_200_000_000])
        let asked = try read("case,activity,time\n1,a,3/4/2026\n1,b,4/26/2026\n") { $0.isDayFirst = true }
        #expect(asked.badRowCount == 1 && asked.log.end == [1_775_174_400_000_000])
    }

    @Test("dates that no row settles are read one way and reported")
    func ambiguous() throws {
        let reading = try read("case,activity,time\n1,a,3/4/2026\n1,b,5/4/2026\n1,c,6/6/2026\n")
        #expect(reading.ambiguousDates == 2 && reading.isDayFirst == false)
        #expect(reading.log.end.first == 1_772_582_400_000_000)
        #expect(try read("case,activity,time\n1,a,2026-03-01\n").isDayFirst == nil)
    }

    @Test("an interval is looked at again once the file has told day from month")
    func lateInterval() throws {
        // 3/4 to 2/5: backwards with the month first, thirty days with the day first.
        let text = "case,activity,start,end\n1,a,3/4/2026,2/5/2026\n2,a,2/5/2026,3/4/2026\n3,a,25/4/2026,26/4/2026\n"
        let reading = try read(text)
        #expect(reading.log.cases == ["1", "3"])
        #expect(reading.badRows == [BadRow(line: 3, reason: .endBeforeStart)])
        #expect(reading.log.end[0] - reading.log.start[0] == 29 * 86_400_000_000)
        let monthFirst = try read("case,activity,start,end\n1,a,3/4/2026,2/5/2026\n2,a,2/5/2026,3/4/2026\n")
        #expect(monthFirst.log.cases == ["2"] && monthFirst.badRows.map(\.line) == [2])
    }

    @Test("a zone is asked for where times name none, and mixing them is told")
    func zones() throws {
        let text = "case,activity,time\n1,a,2026-03-01 08:00:00\n1,b,2026-03-01 08:00:00Z\n"
        let reading = try read(text) { $0.zoneMinutes = 480 }
        #expect(reading.log.end == [1_772_323_200_000_000, 1_772_352_000_000_000])
        #expect(reading.hasMixedZones && reading.rowsWithoutZone == 1)
        #expect(try LogReadingOptions.zone("+05:30") == 330)
        #expect(throws: LogReadingError.unknownZone("Peking")) { try LogReadingOptions.zone("Peking") }
    }

    @Test("equal times keep the order of the file, intervals stand by their beginning")
    func order() throws {
        let points = try read("case,activity,time\n1,c,2026-03-01\n1,a,2026-03-01\n1,b,2026-03-01\n1,z,2026-02-28\n").log
        #expect(points.trace(ofCase: 0).map { points.activities[Int($0)] } == ["z", "c", "a", "b"])
        let spans = try read(
            "case,activity,start,end\n1,long,2026-03-01 08:00,2026-03-01 12:00\n1,short,2026-03-01 09:00,2026-03-01 10:00\n"
        ).log
        #expect(spans.hasIntervals)
        #expect(spans.activity.map { spans.activities[Int($0)] } == ["long", "short"])
        #expect(spans.trace(ofCase: 0).map { spans.activities[Int($0)] } == ["short", "long"])
    }

    @Test("bad rows are counted with line and reason, and the rest is read")
    func badRows() throws {
        let text = """
            case,activity,start,time
            1,a,2026-03-01 08:00,2026-03-01 09:00
            ,a,,2026-03-01 09:00
            2,NaN,,2026-03-01 09:00
            3,a,,soon
            4,a,,1900-01-01
            5,a,,2999-01-01
            6,a,,2026-02-30
            7,a,2026-03-02,2026-03-01
            8,a,,2026-03-01,x,y
            9,a

            10,a,,2026-03-01
            """
        let reading = try read(text)
        #expect(reading.log.cases == ["1", "10"])
        #expect(reading.badRowCount == 9)
        #expect(reading.badRows.map(\.line) == [3, 4, 5, 6, 7, 8, 9, 10, 11])
        #expect(reading.badRows[3].reason == .timeOutOfRange("1900-01-01"))
        #expect(reading.badRows[6].reason == .endBeforeStart)
        #expect(reading.badRows[7].reason == .tooManyCells)
        #expect(reading.badRows.allSatisfy { !$0.reason.words.zh.isEmpty && !$0.reason.words.en.isEmpty })
    }

    @Test("text that is no UTF-8 in a UTF-8 file is a bad row")
    func notText() throws {
        let good = String(repeating: "1,受理,2026-03-01 08:00\n", count: 4000)
        let bytes = Array("case,activity,time\n\(good)".utf8) + [0x32, 0x2C, 0xFF, 0xFE] + Array(",2026-03-01 08:00\n".utf8)
        let reading = try read(bytes)
        #expect(reading.log.eventCount == 4000)
        #expect(reading.badRows.map(\.reason) == [.notText])
    }

    @Test("text that is neither UTF-8 nor GB18030 is a bad row, and never another name")
    func neither() throws {
        // é of ISO 8859-1 before a comma begins no character of GB18030.
        let bytes = Array("case,activity,time\n1,a,2026-03-01\n1,caf".utf8) + [0xE9] + Array(",2026-03-02\n".utf8)
        for piece in [1, 100] {
            let reading = try read(bytes, piece: piece)
            #expect(reading.log.activities == ["a"])
            #expect(reading.badRows == [BadRow(line: 3, reason: .notText)])
        }
    }

    @Test("delimiters at the end of rows are no cells too many")
    func trailingDelimiters() throws {
        #expect(try read("case,activity,time\n1,a,2026-03-01,,\n").log.eventCount == 1)
    }

    @Test(
        "the usual names of columns are known",
        arguments: [
            "Case ID,Activity,Complete Timestamp", "case_id,event,datetime", "案例号,活动名称,日期", "流程实例,环节名称,处理时间",
            "案件号,节点名称,开始时间", "单据编号,事件,发生时间", "Incident ID,Task Name,TS", "case:concept:name,concept:name,time:timestamp",
        ])
    func names(header: String) throws {
        let log = try read("\(header)\n1,a,2026-03-01\n").log
        #expect(log.cases == ["1"] && log.activities == ["a"] && !log.hasIntervals)
    }

    @Test(
        "rows of starts and completions make events where pairs are asked for, also across cases and in any date order",
        arguments: [1, 1000])
    func pairs(piece: Int) throws {
        let text = """
            case,activity,lifecycle:transition,time,who,resource
            1,a,start,3/4/2026 08:00,,甲
            2,a,start,3/4/2026 08:10,,乙
            2,a,COMPLETE,5/5/2026 08:30,,
            1,b,schedule,5/4/2026,,
            1,a,complete,4/4/2026 09:00,,丙
            1,c,complete,5/4/2026 10:00,,丙
            1,d,start,6/4/2026 10:00,,丙
            3,e,complete,25/4/2026 10:00,,丙
            3,e,complete,24/4/2026 10:00,,丙
            """
        let reading = try read(Array(text.utf8), piece: piece, pairs: true)
        let log = reading.log
        #expect(log.cases == ["1", "2", "3"] && reading.unfinishedStarts == 1 && reading.otherTransitions == 1)
        #expect(log.activity.map { log.activities[Int($0)] } == ["a", "c", "d", "a", "e", "e"])
        let minutes: [Int64] = zip(log.start, log.end).map { ($1 - $0) / 60_000_000 }
        #expect(minutes == [1500, 0, 0, 46_100, 0, 0])
        #expect(log.resource.map { $0 < 0 ? "" : log.resources[Int($0)] } == ["丙", "丙", "丙", "乙", "丙", "丙"])
        #expect(throws: LogReadingError.columnNotGuessed("transition", columns: ["case", "activity", "time"])) {
            try read(Array("case,activity,time\n1,a,2026-03-01\n".utf8), pairs: true)
        }
    }

    @Test("a completion before its start is a bad row, whichever way the dates turn out to be")
    func backwards() throws {
        let head = "case,activity,lifecycle,time\n"
        let plain = try read(Array("\(head)1,a,start,2026-03-02\n1,a,complete,2026-03-01\n".utf8), pairs: true)
        #expect(plain.badRows == [BadRow(line: 3, reason: .endBeforeStart)] && plain.unfinishedStarts == 1)
        // The eighth of March to the fifth of May is forward; the third of August to it is not.
        let rows = "1,a,start,3/8/2026\n1,a,complete,5/5/2026\n"
        let forward = try read(Array("\(head)\(rows)2,b,complete,5/25/2026\n".utf8), pairs: true)
        #expect(forward.badRowCount == 0 && forward.log.end[0] - forward.log.start[0] == 58 * 86_400_000_000)
        let backward = try read(Array("\(head)\(rows)2,b,complete,25/5/2026\n".utf8), pairs: true)
        #expect(backward.badRows == [BadRow(line: 3, reason: .endBeforeStart)] && backward.unfinishedStarts == 1)
        #expect(backward.log.cases == ["1", "2"] && backward.log.start[0] == backward.log.end[0])
    }

    @Test("what is no log at all is refused with the reason")
    func refused() {
        #expect(throws: LogReadingError.empty) { try read("") }
        #expect(throws: LogReadingError.noRows) { try read("case,activity,time\n") }
        #expect(throws: LogReadingError.columnNotGuessed("case", columns: ["x", "y"])) { try read("x,y\n1,2\n") }
        #expect(throws: LogReadingError.noSuchColumn("票号", columns: ["case", "activity", "time"])) {
            try read("case,activity,time\n1,a,2026-03-01\n") { $0.caseColumn = "票号" }
        }
        #expect(throws: LogReadingError.duplicateColumn("case")) { try read("case,case,activity,time\n1,1,a,2026-03-01\n") }
        #expect(throws: LogReadingError.unknownEncoding("ebcdic")) { try read(Self.plain) { $0.encoding = "ebcdic" } }
        #expect(throws: LogReadingError.notText) { try read([0x50, 0x4B, 0x03, 0x04, 0x00]) }
        #expect(throws: LogReadingError.notText) { try read([0x50, 0x4B, 0x03, 0x04, 0x00, 0x00, 0x08, 0x00]) }
        #expect(throws: LogReadingError.nothingReadable(BadRow(line: 2, reason: .unclosedQuote))) {
            try read("case,activity,time\n\"1,a,2026-03-01\n")
        }
        #expect(throws: LogReadingError.endlessCell(line: 1)) { try read("\"case,activity,time\n1,a,2026-03-01\n") }
        #expect(throws: LogReadingError.nothingReadable(BadRow(line: 2, reason: .unreadableTime("never")))) {
            try read("case,activity,time\n1,a,never\n")
        }
    }

    @Test("columns named are taken, and others may be kept for filters")
    func columns() throws {
        let reading = try read("a,b,c,d\n甲,x,2026-03-01,P1\n") {
            ($0.caseColumn, $0.activityColumn, $0.timeColumn, $0.attributes) = ("b", "a", "c", ["d"])
        }
        #expect(reading.log.cases == ["x"])
        #expect(reading.log.attributes.first?.values == ["P1"])
    }

    @Test("a quote that never closes costs its own row, not the file", arguments: [1 << 10, 1 << 20])
    func unclosedQuote(piece: Int) throws {
        let rows = (0..<3).map { "\($0),a,2026-03-01\n" }.joined()
        let short = try read("case,activity,time\n\(rows)\"x,b,2026-03-01\n\(rows)", piece: piece)
        #expect(short.badRows == [BadRow(line: 5, reason: .unclosedQuote)] && short.log.eventCount == 6)
    }

    @Test("so it does in a long file, without waiting for its end")
    func unclosedQuoteInLongFile() throws {
        let rows = String(repeating: "1,\(String(repeating: "a", count: 400)),2026-03-01\n", count: 45_000)
        let reading = try read("case,activity,time\n\"x,b,2026-03-01\n\(rows)", piece: 4 << 20)
        #expect(reading.badRows == [BadRow(line: 2, reason: .unclosedQuote)] && reading.log.eventCount == 45_000)
    }

    @Test("a log beyond the limit asked for is refused before it is kept")
    func limits() {
        let text = "case,activity,time\n" + String(repeating: "1,a,2026-03-01\n", count: 50)
        #expect(throws: LogReadingError.tooManyEvents(20)) { try read(text) { $0.mostEvents = 20 } }
        #expect(throws: LogReadingError.tooManyBytes(200)) { try read(text, { $0.mostBytes = 200 }, piece: 50) }
        #expect(throws: Never.self) { try read(text) { ($0.mostEvents, $0.mostBytes) = (50, 10_000) } }
    }

    @Test("a log that would take more memory than allowed is refused, with the event at which it would; names count too")
    func memory() throws {
        let short = "case,activity,time\n" + String(repeating: "1,a,2026-03-01\n", count: 20_000)
        // 24 bytes an event and 36 while they are counted.
        #expect(throws: LogReadingError.tooMuchMemory(300_000, events: 12_288)) { try read(short) { $0.mostMemory = 300_000 } }
        #expect(try read(short) { $0.mostMemory = 20_000 * 24 + 50_000 }.log.eventCount == 20_000)
        let named =
            "case,activity,time\n" + (0..<20_000).map { "\(String(repeating: "x", count: 200))\($0),a,2026-03-01\n" }.joined()
        #expect(throws: LogReadingError.self) { try read(named) { $0.mostMemory = 20_000 * 24 + 50_000 } }
    }

    @Test("making room for a whole file at once changes nothing", arguments: [1, 3_000_000, 900_000_000])
    func room(bytes: Int) throws {
        let text = "case,activity,time,resource\n" + (0..<70_000).map { "\($0 % 700),\($0 % 7),2026-03-01,\($0 % 3)\n" }.joined()
        #expect(try read(text) { $0.fileBytes = bytes }.log == read(text).log)
    }

    @Test("the reason of a bad row is made for the rows that are kept alone")
    func reasons() {
        var reading = LogReading(log: EventLog())
        var made = 0
        func reason() -> BadRow.Reason {
            made += 1
            return .endBeforeStart
        }
        for line in 1...5000 { reading.reject(line, reason()) }
        #expect(reading.badRowCount == 5000 && reading.badRows.map(\.line) == Array(1...100))
        #expect(made == 100)
    }

    @Test("an activity whose every row is bad is none")
    func activitiesOfBadRows() throws {
        let reading = try read("case,activity,start,time\n1,a,2026-03-02,2026-03-01\n1,b,2026-03-02,2026-03-03\n")
        let statistics = LogStatistics(reading.log)
        #expect(reading.badRowCount == 1 && statistics.activityCount == 1)
        let json = try JSONEncoder().encode(MiningReport(statistics, badRows: 1))
        let report = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(report["activities"] as? Int == 1)
    }

    @Test("lines of blanks alone are an empty file")
    func blanks() {
        #expect(throws: LogReadingError.empty) { try read("   \n \n") }
    }
}
