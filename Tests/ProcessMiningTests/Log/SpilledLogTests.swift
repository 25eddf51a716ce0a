import Foundation
import Measures
import Testing

@testable import ProcessMining

/// Logs too long for memory come to the same as those in memory, to the last digit.
@Suite("Logs on disk")
struct SpilledLogTests {
    @Test("random tables come to the same with a ceiling of a few events", arguments: 0..<40)
    func tables(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let log = RandomLog(&random)
        for ceiling in [1, 600] { try compare(Array(log.table(&random).utf8), pairs: log.hasPairs, ceiling) }
    }

    @Test("random logs of XES come to the same with a ceiling of a few events", arguments: 0..<24)
    func xes(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(1_000 + seed))
        let log = RandomLog(&random)
        for ceiling in [1, 600] { try compare(Array(log.xes(&random).utf8), pairs: log.hasPairs, ceiling) }
    }

    @Test(
        "the reference logs come to the same with a ceiling of a few events",
        arguments: ["running-example.csv", "running-example.xes", "receipt.csv"])
    func reference(name: String) throws {
        guard let bytes = try ReferenceLog.bytes(name) else { return }
        try compare(bytes, pairs: false, name == "receipt.csv" ? 20_000 : 100)
        try compare(bytes, pairs: true, name == "receipt.csv" ? 20_000 : 100)
    }

    @Test("rows whose dates tell day from month only at the end are put right on disk as well")
    func lateDates() throws {
        let rows = (0..<40).map {
            "\($0 % 7),a\($0 % 3),\(1 + $0 % 12)/\(1 + $0 * 5 % 12)/2026,\(1 + $0 % 11)/\(1 + $0 * 5 % 12)/2026\n"
        }
        let head = "case,activity,end,start\n" + rows.joined()
        for last in ["", "1,b,25/4/2026,24/4/2026\n", "1,b,4/25/2026,4/24/2026\n"] {
            for ceiling in [1, 300, 900] { try compare(Array((head + last).utf8), pairs: false, ceiling) }
        }
        let spilled = try read(head + "1,b,25/4/2026,24/4/2026\n") { $0.spill = Self.spill(1) }
        #expect(spilled.badRowCount > 3 && spilled.isDayFirst == true && spilled.ambiguousDates == 0)
    }

    @Test("arcs with more times than are kept have the same quantiles", arguments: 0..<4)
    func searchedTimes(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var log = EventLogBuilder()
        for row in 0..<400 {
            let time = Int64(random.below(3) == 0 ? 0 : random.below(90_000_000_000))
            log.append(
                caseID: "\(row % 17)", activity: "\(random.below(2))", start: Int64(random.below(Int(time + 1))), end: time)
        }
        let (one, other) = (LogStatistics(log.finish()), LogStatistics(log.finish(), .wall, timesAtOnce: 20))
        #expect(one.arcs == other.arcs && one.arcs.allSatisfy { $0.count > 20 && $0.time.minimum < 0 })
    }

    @Test("the names that a log is asked by, and those of single cases, are known on disk")
    func names() throws {
        let text =
            "case,activity,time,resource,d\n"
            + (0..<30).map { "c\($0 % 9),a\($0 % 4),2026-03-\(10 + $0 % 19),p\($0 % 2),x\n" }.joined()
        let reading = try read(text) { ($0.spill, $0.attributes) = (Self.spill(200), ["d"]) }
        let log = try #require(reading.spilled)
        #expect(
            reading.log.eventCount == 0 && reading.log.activities == ["a0", "a1", "a2", "a3"]
                && reading.log.resources == ["p0", "p1"])
        #expect(try log.caseNames([0, 8]) == [0: "c0", 8: "c8"])
        #expect(throws: LogQuestion.Flaw.self) { try LogQuestion(["with": "b"], zoneMinutes: 0).check(log.outline) }
        #expect(throws: Never.self) { try LogQuestion(["with": "a3", "attribute": "d=x"], zoneMinutes: 0).check(log.outline) }
    }

    @Test("a log that fits stays in memory")
    func fits() throws {
        let text = "case,activity,time\n" + String(repeating: "1,a,2026-03-01\n", count: 40)
        #expect(try read(text) { $0.spill = Self.spill(40 * 24 + 1) }.spilled == nil)
        #expect(try read(text) { $0.spill = Self.spill(20 * 24) }.spilled != nil)
    }

    @Test("a temporary folder that takes no file, and a disk that is full, are told apart and say what to do")
    func noRoom() throws {
        let text = "case,activity,time\n" + String(repeating: "1,a,2026-03-01\n", count: 40)
        let nowhere = "/nowhere-\(UUID().uuidString)"
        #expect(throws: LogReadingError.temporaryFile(nowhere, isFull: false)) {
            try read(text) { $0.spill = SpillOptions(bytesInMemory: 1, folder: nowhere) }
        }
        let full = NamelessFile(open("/dev/full", O_RDWR), in: "/dev")
        #expect(throws: LogReadingError.temporaryFile("/dev", isFull: true)) {
            try [UInt8](repeating: 1, count: 9).withUnsafeBytes { try full.write($0, at: 0) }
        }
        #expect(LogReadingError.temporaryFile("/x", isFull: true).words.zh.contains("/x"))
        #expect(LogReadingError.temporaryFile("/x", isFull: false).words.en.contains("TMPDIR"))
    }

    @Test("nothing stands in the temporary folder while a log is on disk, nor afterwards")
    func noTrace() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "spill-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let text = "case,activity,time\n" + String(repeating: "1,a,2026-03-01\n", count: 40)
        let log = try read(text) { $0.spill = SpillOptions(bytesInMemory: 100, folder: folder) }.spilled
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        #expect(try LogStatistics(#require(log)).events == 40)
        #expect(throws: LogReadingError.self) {
            try read(text + "\"", { ($0.spill, $0.mostEvents) = (SpillOptions(bytesInMemory: 100, folder: folder), 30) })
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    @Test("names and the longest case are refused beyond the memory allowed, the number of events is not")
    func ceiling() throws {
        let head = "case,activity,time\n"
        let short = head + (0..<60_000).map { "\($0 % 50),a,2026-03-01\n" }.joined()
        func options(_ options: inout LogReadingOptions) { (options.mostMemory, options.spill) = (300_000, Self.spill(20_000)) }
        #expect(try read(short, options).spilled != nil)
        #expect(throws: LogReadingError.tooMuchMemory(300_000, events: 60_000)) {
            try read(head + String(repeating: "1,a,2026-03-01\n", count: 60_000), options)
        }
        let named = head + (0..<9_000).map { "\($0),a,2026-03-01\n" }.joined()
        #expect(throws: LogReadingError.self) { try read(named, options) }
    }

    // MARK: Comparing

    private static func spill(_ bytes: Int) -> SpillOptions {
        SpillOptions(bytesInMemory: bytes, folder: FileManager.default.temporaryDirectory.path)
    }

    private func compare(_ bytes: [UInt8], pairs: Bool, _ ceiling: Int) throws {
        let attributes = String(decoding: bytes.prefix(60), as: UTF8.self).contains(",d,") ? ["d"] : []
        let whole: LogReading
        do { whole = try read(bytes, { $0.attributes = attributes }, pairs: pairs) } catch {
            #expect(throws: error) {
                try read(bytes, { ($0.attributes, $0.spill) = (attributes, Self.spill(ceiling)) }, pairs: pairs)
            }
            return
        }
        let other = try read(bytes, { ($0.attributes, $0.spill) = (attributes, Self.spill(ceiling)) }, piece: 97, pairs: pairs)
        #expect(facts(whole) == facts(other))
        guard let log = other.spilled else {
            #expect(whole.log == other.log)
            return
        }
        #expect(try gathered(log) == whole.log)
        try compare(whole.log, log)
        for fields in [
            ["variants": "2"], ["variant": "2"], ["with": "a0"], ["without": "a1"], ["only": "a1|a2"], ["longer": "3h"],
            ["person": "p1", "from": "2026-03-02"],
        ] {
            let filter = try LogQuestion(fields, zoneMinutes: 0).filter
            #expect(try plain(gathered(log.filtered(by: filter, clock: .wall))) == plain(whole.log.filtered(by: filter)))
        }
    }

    private func facts(_ reading: LogReading) -> [String] {
        [
            "\(reading.badRows)", "\(reading.badRowCount)", "\(reading.rowsWithZone)", "\(reading.rowsWithoutZone)",
            "\(reading.ambiguousDates)", "\(String(describing: reading.isDayFirst))", "\(reading.otherTransitions)",
            "\(reading.unfinishedStarts)", "\(String(describing: reading.columns))",
        ]
    }

    /// Traces in the order of the log need no order of their own.
    private func plain(_ log: EventLog) -> EventLog {
        var log = log
        if log.traceOrder.elementsEqual(0..<Int32(log.eventCount)) { log.traceOrder = [] }
        return log
    }

    /// One log of all pieces.
    private func gathered(_ source: SpilledLog) throws -> EventLog {
        var log = source.outline
        var pieces = source.pieces()
        while let piece = try pieces.next() {
            let first = Int32(log.eventCount)
            if !piece.traceOrder.isEmpty, log.traceOrder.isEmpty { log.traceOrder = Array(0..<first) }
            if !log.traceOrder.isEmpty || !piece.traceOrder.isEmpty {
                log.traceOrder +=
                    piece.traceOrder.isEmpty
                    ? Array(first..<first + Int32(piece.eventCount)) : piece.traceOrder.map { first + $0 }
            }
            log.cases += piece.cases
            log.caseOffsets += piece.caseOffsets.dropFirst().map { first + $0 }
            log.activity += piece.activity
            log.end += piece.end
            log.start += piece.start
            log.resource += piece.resource
            for column in log.attributes.indices { log.attributes[column].codes += piece.attributes[column].codes }
        }
        return log
    }

    private func compare(_ log: EventLog, _ spilled: SpilledLog) throws {
        let days = (0..<5).map { (day: Int) -> Range<Double> in Double(day) * 86_400 + 28_800..<Double(day) * 86_400 + 61_200 }
        let office = WorkWeek(spans: days)
        for clock in [WorkClock.wall, WorkClock(office, zoneMinutes: 480)] {
            let (one, other) = (LogStatistics(log, clock: clock), try LogStatistics(spilled, clock: clock))
            #expect(try json(one) == json(other))
            #expect(one.arcs == other.arcs && one.leadTime == other.leadTime)
            #expect(one.variants.elementsEqual(other.variants) && one.first == other.first && one.last == other.last)
            #expect(try Bottleneck.activities(log, clock: clock) == Bottleneck.activities(spilled, clock: clock))
            #expect(try Bottleneck.arcs(log, clock: clock) == Bottleneck.arcs(spilled, clock: clock))
            #expect(try ProcessMap(log, activities: 0.6, clock: clock) == ProcessMap(spilled, activities: 0.6, clock: clock))
        }
        let part = try LogQuestion(["with": "a0"], zoneMinutes: 0).filter
        let one = LogComparison(log, log.filtered(by: part))
        let other = try LogComparison(spilled, spilled.filtered(by: part, clock: .wall))
        #expect(one.activities == other.activities && one.arcs == other.arcs)
        guard log.eventCount > 0, log.eventCount < 200 else { return }
        let model = InductiveMiner(threshold: 0.2).discover(log).model(of: log)
        let (drawn, found) = (Conformance(log, model), try Conformance(spilled, model))
        #expect(drawn.steps == found.steps && drawn.extras == found.extras && drawn.fitness == found.fitness)
        #expect(drawn.cases == found.cases && drawn.flowCounts == found.flowCounts)
    }

    private func json(_ log: LogStatistics) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(MiningReport(log, badRows: 0)), as: UTF8.self)
    }
}

/// A log of any kind: points or intervals, with or without people, in any order, with bad rows and dates that tell late.
private struct RandomLog {
    let hasPairs: Bool
    private let hasStarts, hasPeople, hasColumn, isInOrder: Bool
    private let dates: Int
    private let cases, activities, rows: Int

    init(_ random: inout SeededGenerator) {
        hasPairs = random.below(3) == 0
        hasStarts = random.below(2) == 0
        hasPeople = random.below(2) == 0
        hasColumn = random.below(3) == 0
        isInOrder = random.below(3) == 0
        dates = random.below(3)
        cases = 1 + random.below(12)
        activities = 1 + random.below(5)
        rows = 1 + random.below(90)
    }

    func table(_ random: inout SeededGenerator) -> String {
        var text =
            "case,activity,time,start,lifecycle,concept:instance\(hasPeople ? ",resource" : "")\(hasColumn ? ",d," : ",")\n"
        for row in 0..<rows {
            let hour = isInOrder ? row : random.below(60)
            let start = hasStarts && random.below(4) > 0 ? date(hour - random.below(20) + 2, &random) : ""
            text +=
                "c\(random.below(cases)),\(random.below(40) == 0 ? "" : "a\(random.below(activities))"),\(date(hour, &random)),\(start)"
            text += ",\(["start", "complete", "complete", "suspend", ""][random.below(5)]),\(random.below(3) == 0 ? "i" : "")"
            text +=
                "\(hasPeople ? ",\(random.below(5) == 0 ? "" : "p\(random.below(3))")" : "")\(hasColumn ? ",v\(random.below(3))" : "")\n"
        }
        return text
    }

    /// ISO, or in figures that mostly do not tell the day from the month.
    private func date(_ hour: Int, _ random: inout SeededGenerator) -> String {
        let (day, time) = (1 + (hour + 24) / 24, "\((hour + 24) % 24 < 10 ? "0" : "")\((hour + 24) % 24):00:00")
        if random.below(60) == 0 { return "no time" }
        if dates == 0 || dates == 1 && random.below(5) == 0 {
            return "2026-03-0\(day)T\(time)\(random.below(9) == 0 ? "+08:00" : "")"
        }
        if random.below(70) == 0 { return dates == 1 ? "13/3/2026 \(time)" : "3/13/2026 \(time)" }
        return dates == 1 ? "\(day)/3/2026 \(time)" : "3/\(day)/2026 \(time)"
    }

    func xes(_ random: inout SeededGenerator) -> String {
        var text = "<log>"
        var made = 0
        while made < rows {
            text += "<trace>"
            if random.below(4) > 0 {
                text += "<string key=\"concept:name\" value=\"\(random.below(4) == 0 ? "#1" : "c\(random.below(cases))")\"/>"
            }
            for _ in 0..<random.below(9) {
                let hour = isInOrder ? made : random.below(60)
                made += 1
                text += "<event><string key=\"concept:name\" value=\"a\(random.below(activities))\"/>"
                if random.below(40) > 0 {
                    text += "<date key=\"time:timestamp\" value=\"2026-03-0\(1 + hour / 24)T\(10 + hour % 10):00:00Z\"/>"
                }
                if hasStarts, random.below(6) == 0 {
                    text += "<date key=\"start_timestamp\" value=\"2026-03-01T0\(random.below(9)):00:00Z\"/>"
                }
                if hasPeople, random.below(3) == 0 { text += "<string key=\"org:resource\" value=\"p\(random.below(3))\"/>" }
                text +=
                    "<string key=\"lifecycle:transition\" value=\"\(["start", "complete", "resume"][random.below(3)])\"/></event>"
            }
            made += 1
            text += "</trace>"
        }
        return text + "</log>"
    }
}

extension SeededGenerator {
    fileprivate mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(count, 1), using: &self) }
}
