/// What `pharos mine` says in JSON: names as keys, seconds, arcs as lists.
public struct MiningReport: Encodable, Sendable {
    public let log: LogStatistics
    public let badRows: Int

    public init(_ log: LogStatistics, badRows: Int) {
        self.log = log
        self.badRows = badRows
    }

    private enum Key: String, CodingKey {
        case cases, events, activities, activity_counts, start_activities, end_activities, variants, top_variants, dfg,
            case_duration_s, events_per_case
        case self_loops, rework_cases, waiting_s, bad_rows
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public func encode(to encoder: any Encoder) throws {
        var all = encoder.container(keyedBy: Key.self)
        try all.encode(log.cases, forKey: .cases)
        try all.encode(log.events, forKey: .events)
        try all.encode(log.activityCount, forKey: .activities)
        try encode(log.activityCounts, .activity_counts, &all)
        try encode(log.startCounts, .start_activities, &all)
        try encode(log.endCounts, .end_activities, &all)
        try all.encode(log.variants.count, forKey: .variants)
        var variants = all.nestedUnkeyedContainer(forKey: .top_variants)
        for variant in log.variants.prefix(20) {
            var entry = variants.nestedUnkeyedContainer()
            try entry.encode(variant.trace.map { log.activities[Int($0)] })
            try entry.encode(variant.count)
        }
        var graph = all.nestedUnkeyedContainer(forKey: .dfg)
        for arc in log.arcs {
            var entry = graph.nestedUnkeyedContainer()
            try entry.encode(log.activities[arc.from])
            try entry.encode(log.activities[arc.to])
            try entry.encode(arc.count)
        }
        var duration = all.nestedContainer(keyedBy: Name.self, forKey: .case_duration_s)
        let own = log.caseDuration
        for (name, value) in [
            ("mean", own.mean), ("median", own.median), ("p80", own.p80), ("p90", own.p90), ("min", own.minimum),
            ("max", own.maximum),
        ] {
            try duration.encode(value, forKey: Name(stringValue: name))
        }
        var lengths = all.nestedContainer(keyedBy: Name.self, forKey: .events_per_case)
        for (name, value) in [
            ("mean", log.eventsPerCase.mean), ("median", log.eventsPerCase.median), ("min", log.eventsPerCase.minimum),
            ("max", log.eventsPerCase.maximum),
        ] {
            try lengths.encode(value, forKey: Name(stringValue: name))
        }
        try all.encode(log.selfLoops, forKey: .self_loops)
        try encode(log.reworkCases, .rework_cases, &all)
        var waits = all.nestedUnkeyedContainer(forKey: .waiting_s)
        for arc in log.arcs {
            var entry = waits.nestedUnkeyedContainer()
            try entry.encode(log.activities[arc.from])
            try entry.encode(log.activities[arc.to])
            for value in [arc.time.mean, arc.time.median, arc.time.maximum] { try entry.encode(value) }
        }
        try all.encode(badRows, forKey: .bad_rows)
    }

    /// Activities with a count above zero, by name.
    private func encode(_ counts: [Int], _ key: Key, _ all: inout KeyedEncodingContainer<Key>) throws {
        var named = all.nestedContainer(keyedBy: Name.self, forKey: key)
        for (name, count) in zip(log.activities, counts) where count > 0 {
            try named.encode(count, forKey: Name(stringValue: name))
        }
    }
}
