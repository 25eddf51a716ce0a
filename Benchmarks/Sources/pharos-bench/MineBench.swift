import ArgumentParser
import Glibc
import ProcessMining

/// Makes a log of any size, or reads one and counts: the map with its times, durations and variants.
struct Mine: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mine", abstract: "Reads an event log to map and durations; with --write makes one.",
        discussion:
            "pharos-bench mine log.csv --events 1000000 --write\npharos-bench mine log.csv\nBenchmarks/compare/mining.py log.csv runs the same beside other tools."
    )

    @Argument(help: "The log, .csv or .xes.") var file: String
    @Option(help: "How many events to make.") var events = 1_000_000
    @Option(
        help:
            "Megabytes that the log may take; events beyond a sixteenth of them go to a temporary file. All in memory if left out."
    )
    var memory: Int?
    @Option(help: "Events of the longest case made.") var longest = 17
    @Flag(help: "Make the file instead of reading it.") var write = false

    func run() throws {
        if write { return try GeneratedLog(events: events, longest: max(longest, 3)).write(to: file) }
        let clock = ContinuousClock()
        var reading: LogReading?
        let read = try clock.measure {
            var options = LogReadingOptions()
            options.fileBytes = size
            if let memory {
                options.mostMemory = (memory << 18) * 3
                options.spill = SpillOptions(bytesInMemory: memory << 16, folder: "/tmp")
            }
            var reader = LogReader(options: options)
            try forEachPiece { try reader.read($0) }
            reading = try reader.finish()
        }
        guard let reading else { return }
        var statistics: LogStatistics?
        let counted = try clock.measure {
            if let log = reading.spilled { statistics = try LogStatistics(log) } else { statistics = LogStatistics(reading.log) }
        }
        guard let statistics else { return }
        print("events\tcases\tarcs\tvariants\tread ms\tcount ms\tall ms\tpeak MB")
        let values = [
            statistics.events, statistics.cases, statistics.arcs.count, statistics.variants.count,
        ]
        print(
            (values.map(String.init) + [read, counted, read + counted].map { milliseconds($0) } + ["\(peakMegabytes)"]).joined(
                separator: "\t"))
    }

    private var size: Int? {
        var facts = stat()
        return stat(file, &facts) == 0 ? Int(facts.st_size) : nil
    }

    private func forEachPiece(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard let stream = fopen(file, "rb") else { throw ValidationError("\(file): cannot be opened") }
        defer { fclose(stream) }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { room.deallocate() }
        while true {
            let count = fread(room.baseAddress, 1, room.count, stream)
            guard count > 0 else { return }
            try take(UnsafeRawBufferPointer(rebasing: room[..<count]))
        }
    }

    private func milliseconds(_ duration: Duration) -> String {
        String(Int((Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15).rounded()))
    }

    private var peakMegabytes: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }
}

/// Cases of three events and more of nine activities by sixty people; the same for the same size.
private struct GeneratedLog {
    let events: Int
    let longest: Int
    private static let activities = ["登记", "分派", "受理", "处理", "升级", "回访", "关闭", "退回", "审批"]

    func write(to file: String) throws {
        guard let stream = fopen(file, "wb") else { throw ValidationError("\(file): cannot be written") }
        defer { fclose(stream) }
        let isXES = file.hasSuffix(".xes")
        put(
            isXES
                ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\">\n"
                : "case:concept:name,concept:name,time:timestamp,org:resource\n", stream)
        var state: UInt64 = 1
        func draw(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }
        var made = 0
        var number = 0
        while made < events {
            number += 1
            let length = min(3 + draw(longest - 2), events - made)
            var time = 1_735_689_600 + number * 30
            if isXES { put("<trace><string key=\"concept:name\" value=\"C\(number)\"/>\n", stream) }
            for _ in 0..<length {
                time += draw(20_000)
                let (activity, who) = (Self.activities[draw(9)], "员工\(draw(60))")
                if isXES {
                    put(
                        "<event><string key=\"concept:name\" value=\"\(activity)\"/><string key=\"org:resource\" value=\"\(who)\"/><date key=\"time:timestamp\" value=\"\(stamp(time, "T"))\"/></event>\n",
                        stream)
                } else {
                    put("C\(number),\(activity),\(stamp(time, " ")),\(who)\n", stream)
                }
            }
            if isXES { put("</trace>\n", stream) }
            made += length
        }
        if isXES { put("</log>\n", stream) }
    }

    private func put(_ text: String, _ stream: UnsafeMutablePointer<FILE>) { _ = text.withCString { fputs($0, stream) } }

    private func stamp(_ seconds: Int, _ separator: String) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return
            "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))\(separator)\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))+00:00"
    }
}
