import Foundation
import ProcessMining
import Testing

/// Against the answers of pm4py 2.7 on its own example logs: integers equal, seconds to 1e-3.
@Suite("Statistics of the reference logs")
struct ReferenceStatisticsTests {
    @Test(
        "every figure agrees with an established tool", arguments: ["running-example.csv", "running-example.xes", "receipt.csv"])
    func agrees(name: String) throws {
        guard let bytes = try ReferenceLog.bytes(name) else { return }
        let expected = try ReferenceLog.expected(name)
        let log: EventLog
        if name.hasSuffix(".xes") {
            var reader = XESLogReader()
            try reader.read(bytes)
            log = try reader.finish().log
        } else {
            var reader = try CSVLogReader()
            try reader.read(bytes)
            log = try reader.finish().log
        }
        let found = LogStatistics(log)
        #expect(found.cases == expected["cases"] as? Int)
        #expect(found.events == expected["events"] as? Int)
        #expect(found.activities.count == expected["activities"] as? Int)
        #expect(counts(found, found.activityCounts) == expected["activity_counts"] as? [String: Int])
        #expect(counts(found, found.startCounts) == expected["start_activities"] as? [String: Int])
        #expect(counts(found, found.endCounts) == expected["end_activities"] as? [String: Int])
        #expect(counts(found, found.reworkCases) == expected["rework_cases_per_activity"] as? [String: Int])
        #expect(found.variants.count == expected["variants"] as? Int)
        #expect(found.selfLoops == expected["self_loops"] as? Int)
        try arcs(found, expected)
        try durations(found, expected)
        try variants(found, expected)
    }

    private func counts(_ found: LogStatistics, _ counts: [Int]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: zip(found.activities, counts).filter { $1 > 0 })
    }

    private func arcs(_ found: LogStatistics, _ expected: [String: Any]) throws {
        let dfg = try #require(expected["dfg"] as? [[Any]])
        let wanted = Dictionary(uniqueKeysWithValues: dfg.map { ("\($0[0]) -> \($0[1])", $0[2] as? Int) })
        #expect(
            Dictionary(
                uniqueKeysWithValues: found.arcs.map {
                    ("\(found.activities[$0.from]) -> \(found.activities[$0.to])", Optional($0.count))
                }) == wanted)
        let waits = try #require(expected["arc_waiting_seconds"] as? [String: [String: Double]])
        for arc in found.arcs {
            let wait = try #require(waits["\(found.activities[arc.from]) -> \(found.activities[arc.to])"])
            for (key, value) in [("mean", arc.time.mean), ("median", arc.time.median), ("max", arc.time.maximum)] {
                #expect(abs(value - (wait[key] ?? .nan)) < 1e-3)
            }
        }
    }

    private func durations(_ found: LogStatistics, _ expected: [String: Any]) throws {
        let wanted = try #require(expected["case_duration_seconds"] as? [String: Double])
        let own = found.caseDuration
        for (key, value) in [
            ("mean", own.mean), ("median", own.median), ("p80_linear", own.p80), ("p90_linear", own.p90), ("max", own.maximum),
            ("min", own.minimum),
        ] {
            #expect(abs(value - (wanted[key] ?? .nan)) < 1e-3, "\(key)")
        }
        let lengths = try #require(expected["events_per_case"] as? [String: Double])
        #expect(abs(found.eventsPerCase.mean - (lengths["mean"] ?? .nan)) < 1e-9)
        #expect(found.eventsPerCase.median == lengths["median"])
    }

    private func variants(_ found: LogStatistics, _ expected: [String: Any]) throws {
        let top = try #require(expected["top_variants"] as? [[Any]])
        let own = Dictionary(uniqueKeysWithValues: found.variants.map { ($0.trace.map { found.activities[Int($0)] }, $0.count) })
        for entry in top { #expect(own[try #require(entry[0] as? [String])] == entry[1] as? Int) }
        #expect(found.variants.map(\.count) == found.variants.map(\.count).sorted(by: >))
    }
}
