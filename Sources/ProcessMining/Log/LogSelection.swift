/// A filter with what it has to know of the whole log, so that it can be put to one piece after the other.
struct LogSelection: Sendable {
    private let filter: LogFilter
    private let clock: WorkClock
    /// The traces of the variants asked for, if any are.
    private var traces: Set<[Int32]>?

    /// - Complexity: a walk over all pieces where variants are asked for.
    init<Source: EventSource>(_ filter: LogFilter, of source: Source, _ clock: WorkClock) throws(Source.Failure) {
        self.filter = filter
        self.clock = clock
        guard filter.mostFrequentVariants != nil || filter.variant != nil else { return }
        var conditions = filter
        (conditions.mostFrequentVariants, conditions.variant) = (nil, nil)
        var variants = try Variants(source.filtered(by: conditions, clock: clock))[...]
        if let most = filter.mostFrequentVariants { variants = variants.prefix(max(most, 0)) }
        if let number = filter.variant { variants = variants.dropFirst(max(number - 1, 0)).prefix(1) }
        traces = Set(variants.map { Array($0.trace) })
    }

    /// What is kept of whole cases of the log.
    func part(of log: EventLog) -> EventLog {
        var log = log
        if !filter.onlyActivities.isEmpty {
            let isKept = log.activities.map { filter.onlyActivities.contains($0) }
            log = log.keeping { isKept[Int(log.activity[$0])] }
        }
        let test = CaseTest(filter, log, clock)
        return log.keepingCases { index in
            test.keeps(index) && traces.map { $0.contains(Array(log.trace(ofCase: index))) } ?? true
        }
    }
}
