import WorkingTime

/// An activity network, checked and laid out for computing.
///
/// Nodes are the activities and a few gates that carry the links of summaries. They are kept in topological order
/// (a node's place in it is its *rank*), links in compressed rows by successor and by predecessor.
///
/// Where one calendar rules everything, times are positions in that calendar and a pass is integer arithmetic;
/// otherwise they are instants and every step asks its calendar. Both fit 32 bits.
public struct Network: Sendable {
    public private(set) var activities: [Activity]
    public private(set) var links: [Link]
    public let calendars: [WorkCalendar]
    public let options: SchedulingOptions

    var layout: NetworkLayout
    var nodes: NodeTable
    /// The clock of elapsed durations and lags, after the given calendars.
    let clocks: [WorkCalendar]
    /// For each clock the first one made of the same layers.
    let clockTwins: [Int32]
    /// Whether times are positions of the network's calendar.
    let isUniform: Bool
    /// Instant ↔ raw time; in a uniform network raw times count from here.
    let origin: Int
    /// The start of a network whose activities may precede it; see `SchedulingOptions.datesMayPrecedeStart`.
    private(set) var precedingStart: Int32?
    /// Minutes of the summaries on whose duration a lag depends, as far as dates are known.
    private(set) var summarySpans: [Int: Int32] = [:]
    /// Links whose lag is a share of a summary's duration.
    let summaryShares: [Int]
    /// Whether summaries are projects of their own.
    let hasProjects: Bool

    /// See `NetworkBuilder` for a convenient way.
    public init(
        activities: [Activity], links: [Link], calendars: [WorkCalendar], options: SchedulingOptions
    ) throws(ScheduleError) {
        try Network.check(activities, links, calendars, options)
        self.activities = activities
        self.links = links
        self.calendars = calendars
        self.options = options
        clocks = calendars + [.aroundTheClock]
        clockTwins = Network.twins(of: clocks)
        isUniform = Network.isUniform(activities, links, options)
        origin = isUniform ? calendars[options.calendar].position(of: options.direction.instant) : 0
        layout = try NetworkLayout(activities: activities, links: links)
        summaryShares = Network.summaryShares(links, layout)
        hasProjects = layout.gates.contains { activities[$0.summary].isProject }
        nodes = NodeTable(layout: layout)
        fillNodes()
        fillLinks()
    }

    /// Computes all dates. See `Schedule` for what it holds.
    /// - Complexity: O(n + m) in a uniform network; each step O(log d) more where calendars differ.
    public func schedule() -> Schedule {
        var schedule = Schedule(network: self)
        schedule.computeAll()
        return schedule
    }

    public var count: Int { activities.count }

    /// Whether activities name this one as their parent.
    public func isSummary(_ activity: Int) -> Bool { layout.rank[activity] < 0 }

    /// The calendar in which the activity's float is counted.
    public func calendar(of activity: Int) -> WorkCalendar {
        if case .elapsed = activities[activity].duration, !isSummary(activity) { return .aroundTheClock }
        return calendars[activities[activity].calendar ?? options.calendar]
    }

    private static func check(
        _ activities: [Activity], _ links: [Link], _ calendars: [WorkCalendar], _ options: SchedulingOptions
    ) throws(ScheduleError) {
        func check(calendar: Int, _ owner: String) throws(ScheduleError) {
            guard calendars.indices.contains(calendar) else {
                throw .unknownReference("\(owner) names calendar \(calendar) of \(calendars.count)")
            }
        }
        try check(calendar: options.calendar, "the network")
        for (index, activity) in activities.enumerated() {
            if let calendar = activity.calendar { try check(calendar: calendar, "activity \(index)") }
            if case .assigned(let work) = activity.duration {
                for part in work { try check(calendar: part.calendar, "an assignment of activity \(index)") }
            }
            if let parent = activity.parent, !activities.indices.contains(parent) {
                throw .unknownReference("activity \(index) names parent \(parent) of \(activities.count)")
            }
        }
        for (index, link) in links.enumerated() {
            guard activities.indices.contains(link.predecessor), activities.indices.contains(link.successor) else {
                throw .unknownReference("link \(index) joins \(link.predecessor) and \(link.successor) of \(activities.count)")
            }
        }
    }

    private static func twins(of clocks: [WorkCalendar]) -> [Int32] {
        var first: [[CalendarLayer]: Int32] = [:]
        return clocks.enumerated().map { index, clock in
            if let twin = first[clock.layers] { return twin }
            first[clock.layers] = Int32(index)
            return Int32(index)
        }
    }

    static func isUniform(_ activities: [Activity], _ links: [Link], _ options: SchedulingOptions) -> Bool {
        activities.allSatisfy { $0.isUniform(in: options.calendar) }
            && links.allSatisfy {
                switch $0.lag {
                case .working, .percent: true
                case .elapsed, .elapsedPercent: false
                }
            }
    }
}

extension SchedulingDirection {
    var instant: Int {
        switch self {
        case .fromStart(let instant), .fromFinish(let instant): instant
        }
    }

    var isFromStart: Bool { if case .fromStart = self { true } else { false } }
}

extension Activity {
    func isUniform(in calendar: Int) -> Bool {
        guard case .working = duration else { return false }
        return levellingDelay == 0 && (self.calendar ?? calendar) == calendar
    }
}

// MARK: - Raw times

extension Network {
    /// Times are kept within ± 2,000 years of the origin and saturate there. As a late time: nothing binds.
    static let farthest: Int32 = (1 << 30) - 1
    /// Amounts are kept within ± 510 years, so that a time and a few amounts never overflow 32 bits.
    private static let longest = 1 << 28

    func raw(_ instant: Int) -> Int32 {
        Network.clampTime(isUniform ? calendars[options.calendar].position(of: instant) - origin : instant)
    }

    @inline(__always) static func clamp(_ amount: Int) -> Int32 { Int32(max(-longest, min(longest, amount))) }

    @inline(__always) static func clampTime(_ time: Int) -> Int32 { Int32(max(-Int(farthest), min(Int(farthest), time))) }

    func startInstant(_ raw: Int32) -> Int { isUniform ? calendars[options.calendar].start(at: Int(raw) + origin) : Int(raw) }

    func finishInstant(_ raw: Int32) -> Int { isUniform ? calendars[options.calendar].finish(at: Int(raw) + origin) : Int(raw) }
}

// MARK: - Filling the tables

extension Network {
    private mutating func fillNodes() {
        for activity in activities.indices where layout.rank[activity] >= 0 { fillNode(activity) }
        for gate in layout.gates { fill(gate: gate) }
    }

    /// Takes the activity's fields over into the tables; its links are not touched.
    mutating func fillNode(_ index: Int) {
        let activity = activities[index]
        let rank = Int(layout.rank[index])
        let own = activity.calendar ?? options.calendar
        nodes.calendar[rank] = Int32(own)
        if !nodes.drivers.isEmpty { nodes.drivers[rank] = nil }
        switch activity.duration {
        case .working(let minutes):
            nodes.span[rank] = Network.span(minutes, activity.pauses)
            nodes.clock[rank] = Int32(own)
        case .elapsed(let minutes):
            nodes.span[rank] = Network.span(minutes, activity.pauses)
            nodes.clock[rank] = Int32(clocks.count - 1)
        case .assigned(let work):
            nodes.span[rank] = Network.span(work.map(\.minutes).max() ?? 0, activity.pauses)
            nodes.clock[rank] = Int32(work.max { $0.minutes < $1.minutes }?.calendar ?? own)
            if Set(work.map(\.calendar)).count > 1 || work.contains(where: { $0.delay != .none }) {
                nodes.drivers[rank] = work.map { longer($0, by: activity.pauses) }
            }
        }
        nodes.setDetail(detail(activity), at: rank)
    }

    private func longer(_ work: AssignedWork, by pauses: Int) -> AssignedWork {
        AssignedWork(calendar: work.calendar, minutes: Int(Network.span(work.minutes, pauses)), delay: work.delay)
    }

    private static func span(_ minutes: Int, _ pauses: Int) -> Int32 {
        clamp(max(0, Int(clamp(minutes))) + max(0, Int(clamp(pauses))))
    }

    private func detail(_ activity: Activity) -> NodeDetail? {
        if activity.isOrdinary { return nil }
        var detail = NodeDetail()
        detail.take(activity.constraint, raw: raw)
        detail.deadline = activity.deadline.map(raw)
        if activity.levellingDelay > 0 || !options.direction.isFromStart {
            detail.levellingDelay = Network.clamp(activity.levellingDelay)
        }
        switch activity.progress {
        case .notStarted: break
        case .started(let start, let remaining, let resume):
            detail.actualStart = raw(start)
            detail.remaining = Network.span(remaining, activity.pauses)
            detail.resume = resume.map(raw)
        case .finished(let start, let finish):
            detail.actualStart = raw(start)
            detail.actualFinish = raw(finish)
        }
        switch activity.mode {
        case .automatic: break
        case .manual(let start, let finish): detail.manual = (raw(start), raw(max(start, finish)))
        case .inactive: detail.isInactive = true
        case .external(let start, let finish):
            detail.manual = (raw(start), raw(max(start, finish)))
            detail.isInactive = true
        }
        return detail.isPlain ? nil : detail
    }

    private mutating func fill(gate: NetworkLayout.Gate) {
        let rank = Int(gate.rank)
        let summary = activities[gate.summary]
        nodes.calendar[rank] = Int32(summary.calendar ?? options.calendar)
        nodes.clock[rank] = nodes.calendar[rank]
        var detail = NodeDetail()
        detail.gate = gate.kind
        detail.endsProject = gate.kind == .end && summary.isProject
        if case .manual(let start, let finish) = summary.mode { detail.manual = (raw(start), raw(max(start, finish))) }
        switch (gate.kind, summary.constraint) {
        case (.begin, .startNoEarlierThan(let date)), (.begin, .mustStartOn(let date)):
            detail.constraint = .startNoEarlierThan
            detail.date = raw(date)
        case (.end, .finishNoLaterThan(let date)), (.end, .mustFinishOn(let date)):
            detail.deadline = raw(date)
        default: break
        }
        if gate.kind == .end, let deadline = summary.deadline {
            detail.deadline = min(raw(deadline), detail.deadline ?? raw(deadline))
        }
        nodes.setDetail(detail, at: rank)
    }

    private mutating func fillLinks() {
        let edges = layout.edgeLink.count
        nodes.edgeLag = Array(repeating: 0, count: edges)
        nodes.edgeClock = Array(repeating: Int32(options.calendar), count: edges)
        nodes.predecessorShift = Array(repeating: 0, count: edges)
        nodes.successorShift = Array(repeating: 0, count: edges)
        nodes.floor = Array(repeating: 0, count: nodes.count)
        if isUniform && nodes.hasOnlyPlainNodes {
            fillPlainLinks()
        } else {
            for rank in 0..<nodes.count { fillEdges(into: rank) }
        }
        fillFloors()
    }

    /// `fillEdges` for a million plain activities: no gates, no progress, one clock.
    private mutating func fillPlainLinks() {
        for rank in 0..<nodes.count {
            let span = nodes.span[rank]
            for edge in layout.predecessorRows(rank) {
                let kind = layout.edgeKind[edge]
                let source = nodes.span[Int(layout.edgeSource[edge])]
                let link = Int(layout.edgeLink[edge])
                let lag: Int32 =
                    switch links[link].lag {
                    case .working(let minutes), .elapsed(let minutes): Network.clamp(minutes)
                    case .percent(let percent), .elapsedPercent(let percent):
                        Network.share(percent, of: self.span(ofActivity: links[link].predecessor))
                    }
                nodes.edgeLag[edge] = lag
                nodes.predecessorShift[edge] = lag - (kind.toFinish ? span : 0)
                nodes.successorShift[Int(layout.successorRowOfEdge[edge])] = lag - (kind.fromFinish ? 0 : source)
            }
        }
    }

    /// Nothing starts before the network does, leads or not; what has not happened by the status date comes after it.
    /// Where activities may precede the start, one without predecessors follows its own date alone, and links see to the others.
    private func floor(_ rank: Int) -> Int32 {
        var floor = -Network.farthest
        if case .fromStart(let start) = options.direction, precedingStart == nil || !isHeldOtherwise(rank) { floor = raw(start) }
        return max(floor, options.statusDate.map(raw) ?? floor)
    }

    private mutating func fillFloors() {
        if options.datesMayPrecedeStart, case .fromStart(let start) = options.direction { precedingStart = raw(start) }
        let plain = nodes.count > 0 && nodes.hasOnlyPlainNodes && precedingStart == nil ? floor(0) : nil
        for rank in 0..<nodes.count { nodes.floor[rank] = plain ?? floor(rank) }
    }

    private func isHeldOtherwise(_ rank: Int) -> Bool {
        if !layout.predecessorRows(rank).isEmpty { return true }
        return switch nodes.detail(rank)?.constraint {
        case .startNoEarlierThan, .finishNoEarlierThan, .mustStart, .mustFinish: true
        default: false
        }
    }

    /// Lags and shifts of the edges that end in `rank`.
    mutating func fillEdges(into rank: Int) {
        for edge in layout.predecessorRows(rank) { fill(edge: edge, successor: rank) }
    }

    mutating func fill(edge: Int, successor: Int) {
        let source = Int(layout.edgeSource[edge])
        let kind = layout.edgeKind[edge]
        let link = Int(layout.edgeLink[edge])
        let lag = link < 0 ? Lag.none : links[link].lag
        let elapsed = Int32(clocks.count - 1)
        let predecessorSpan = link < 0 ? 0 : span(ofActivity: links[link].predecessor)
        switch lag {
        case .working(let minutes):
            (nodes.edgeLag[edge], nodes.edgeClock[edge]) = (Network.clamp(minutes), nodes.calendar[successor])
        case .elapsed(let minutes): (nodes.edgeLag[edge], nodes.edgeClock[edge]) = (Network.clamp(minutes), elapsed)
        case .percent(let percent):
            (nodes.edgeLag[edge], nodes.edgeClock[edge]) = (
                Network.share(percent, of: predecessorSpan),
                isElapsed(links[link].predecessor) ? elapsed : nodes.calendar[successor]
            )
        case .elapsedPercent(let percent):
            (nodes.edgeLag[edge], nodes.edgeClock[edge]) = (Network.share(percent, of: predecessorSpan), elapsed)
        }
        nodes.predecessorShift[edge] = nodes.edgeLag[edge] - (kind.toFinish ? nodes.span[successor] : 0)
        let row = Int(layout.successorRowOfEdge[edge])
        nodes.successorShift[row] =
            bindsNobody(edge, successor: successor)
            ? -Network.farthest - 1 : nodes.edgeLag[edge] - (kind.fromFinish ? 0 : nodes.span[source])
    }

    /// Whether the late dates of the predecessor need not look at the successor.
    private func bindsNobody(_ edge: Int, successor: Int) -> Bool {
        guard let detail = nodes.detail(successor) else { return false }
        return detail.isInactive || detail.isHistory(layout.edgeKind[edge], options.progressRule)
    }

    /// Minutes of the activity's duration, pauses left out; a summary's once its dates are known.
    private func span(ofActivity activity: Int) -> Int32 {
        if layout.rank[activity] < 0 { return summarySpans[activity] ?? 0 }
        return switch activities[activity].duration {
        case .working(let minutes), .elapsed(let minutes): Network.span(minutes, 0)
        case .assigned(let work): Network.span(work.map(\.minutes).max() ?? 0, 0)
        }
    }

    /// - Returns: whether the summary had another span before.
    mutating func setSpan(_ span: Int32, ofSummary summary: Int) -> Bool {
        defer { summarySpans[summary] = span }
        return summarySpans[summary] ?? 0 != span
    }

    private func isElapsed(_ activity: Int) -> Bool {
        guard layout.rank[activity] >= 0, case .elapsed = activities[activity].duration else { return false }
        return true
    }

    private static func share(_ percent: Double, of span: Int32) -> Int32 {
        let minutes = (Double(span) * percent / 100).rounded()
        return minutes.isFinite ? clamp(Int(max(-1e9, min(1e9, minutes)))) : 0
    }

    /// Takes new fields of an activity over; its place in the network stays.
    mutating func replace(_ activity: Activity, at index: Int) {
        activities[index] = activity
        let rank = Int(layout.rank[index])
        fillNode(index)
        nodes.floor[rank] = floor(rank)
        fillEdges(into: rank)
        for row in layout.successorRows(rank) {
            fill(edge: Int(layout.successorEdge[row]), successor: Int(layout.successorTarget[row]))
        }
    }

    mutating func replace(_ lag: Lag, ofLink link: Int, edge: Int, successor: Int) {
        links[link].lag = lag
        fill(edge: edge, successor: successor)
    }
}
