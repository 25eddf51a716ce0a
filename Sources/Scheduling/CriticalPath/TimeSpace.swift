import WorkingTime

/// How raw times move: along one calendar (integer arithmetic) or along many (calendar look-ups).
protocol TimeSpace {
    init(_ network: Network)
    static func sweepForward(_ pass: inout DatePass<Self>)
    static func sweepBackward(_ pass: inout DatePass<Self>)

    /// Where the node finishes that starts at `start`.
    func finish(_ rank: Int, after start: Int32) -> Int32
    /// The latest start from which the node finishes at `finish`.
    func start(_ rank: Int, before finish: Int32) -> Int32
    /// Where `part` of the node's span, begun at `time`, is done.
    func advance(_ rank: Int, from time: Int32, by part: Int32) -> Int32
    /// The latest time from which `part` of the node's span is done at `time`.
    func retreat(_ rank: Int, from time: Int32, by part: Int32) -> Int32
    /// The first time at or after `time` at which the node can begin.
    func nextStart(_ rank: Int, _ time: Int32) -> Int32
    /// The last time at or before `time` at which work of the node can end.
    func previousFinish(_ rank: Int, _ time: Int32) -> Int32
    /// The last time at or before `time` at which the node can begin. A time at which the work of `successor` ends counts as the
    /// one at which its work begins again, where both run on one clock.
    func latestStart(_ rank: Int, _ time: Int32, successor: Int) -> Int32
    func lagged(_ edge: Int, _ time: Int32) -> Int32
    /// The latest time that, lagged, is no later than `time` of the `successor`.
    func unlagged(_ edge: Int, _ time: Int32, successor: Int) -> Int32
    func delayed(_ time: Int32, by elapsed: Int32) -> Int32
}

/// Raw times are positions of the one calendar.
struct PositionSpace: TimeSpace {
    let nodes: NodeTable

    init(_ network: Network) { nodes = network.nodes }

    @inline(__always) func finish(_ rank: Int, after start: Int32) -> Int32 { start + nodes.span[rank] }
    @inline(__always) func start(_ rank: Int, before finish: Int32) -> Int32 { finish - nodes.span[rank] }
    @inline(__always) func advance(_ rank: Int, from time: Int32, by part: Int32) -> Int32 { time + part }
    @inline(__always) func retreat(_ rank: Int, from time: Int32, by part: Int32) -> Int32 { time - part }
    @inline(__always) func nextStart(_ rank: Int, _ time: Int32) -> Int32 { time }
    @inline(__always) func previousFinish(_ rank: Int, _ time: Int32) -> Int32 { time }
    @inline(__always) func latestStart(_ rank: Int, _ time: Int32, successor: Int) -> Int32 { time }
    @inline(__always) func lagged(_ edge: Int, _ time: Int32) -> Int32 { time + nodes.edgeLag[edge] }
    @inline(__always) func unlagged(_ edge: Int, _ time: Int32, successor: Int) -> Int32 { time - nodes.edgeLag[edge] }
    @inline(__always) func delayed(_ time: Int32, by elapsed: Int32) -> Int32 { time }
}

/// Raw times are instants; every step asks the calendar it runs on.
struct InstantSpace: TimeSpace {
    let nodes: NodeTable
    let clocks: [WorkCalendar]
    let twins: [Int32]

    init(_ network: Network) {
        nodes = network.nodes
        twins = network.clockTwins
        clocks = network.clocks
    }

    func finish(_ rank: Int, after start: Int32) -> Int32 { advance(rank, from: start, by: nodes.span[rank]) }

    func start(_ rank: Int, before finish: Int32) -> Int32 { retreat(rank, from: finish, by: nodes.span[rank]) }

    func advance(_ rank: Int, from time: Int32, by part: Int32) -> Int32 {
        guard let drivers = drivers(rank) else { return move(time, by: part, on: nodes.clock[rank]) }
        return drivers.map {
            move(later(time, $0, isWhole: part == nodes.span[rank]), by: share(part, of: $0, rank), on: Int32($0.calendar))
        }.max() ?? time
    }

    func retreat(_ rank: Int, from time: Int32, by part: Int32) -> Int32 {
        guard let drivers = drivers(rank) else { return move(time, by: -part, on: nodes.clock[rank]) }
        return drivers.map {
            earlier(move(time, by: -share(part, of: $0, rank), on: Int32($0.calendar)), $0, isWhole: part == nodes.span[rank])
        }.min() ?? time
    }

    func nextStart(_ rank: Int, _ time: Int32) -> Int32 {
        if nodes.span[rank] == 0 { return milestone(rank, time) }
        guard let drivers = drivers(rank) else { return next(time, on: nodes.clock[rank]) }
        let first = drivers.filter { $0.delay == .none }
        return (first.isEmpty ? drivers : first).map { next(time, on: Int32($0.calendar)) }.min() ?? time
    }

    func previousFinish(_ rank: Int, _ time: Int32) -> Int32 {
        if nodes.span[rank] == 0, next(time, on: nodes.clock[rank]) == time { return time }
        guard let drivers = drivers(rank) else { return previous(time, on: nodes.clock[rank]) }
        return drivers.map { previous(time, on: Int32($0.calendar)) }.max() ?? time
    }

    func latestStart(_ rank: Int, _ time: Int32, successor: Int) -> Int32 {
        let start = nextStart(rank, time)
        guard start > time, twins[Int(nodes.clock[rank])] != twins[Int(nodes.clock[successor])] else { return start }
        return retreat(rank, from: time, by: min(1, nodes.span[rank]))
    }

    func lagged(_ edge: Int, _ time: Int32) -> Int32 {
        let lag = nodes.edgeLag[edge]
        return lag == 0 ? time : move(time, by: lag, on: nodes.edgeClock[edge])
    }

    func unlagged(_ edge: Int, _ time: Int32, successor: Int) -> Int32 {
        let lag = nodes.edgeLag[edge]
        guard lag < 0 else { return lag == 0 ? time : move(time, by: -lag, on: nodes.edgeClock[edge]) }
        // A lead ends where work begins: in a gap of its clock that is one minute of work earlier.
        let clock = nodes.edgeClock[edge]
        let isInGap = twins[Int(clock)] != twins[Int(nodes.clock[successor])] && next(time, on: clock) > time
        return next(move(time, by: isInGap ? -lag - 1 : -lag, on: clock), on: clock)
    }

    func delayed(_ time: Int32, by elapsed: Int32) -> Int32 { Network.clampTime(Int(time) + Int(elapsed)) }

    /// A milestone may stand where work ends, and need not wait for the next morning.
    private func milestone(_ rank: Int, _ time: Int32) -> Int32 {
        previous(time, on: nodes.clock[rank]) == time ? time : next(time, on: nodes.clock[rank])
    }

    private func drivers(_ rank: Int) -> [AssignedWork]? { nodes.drivers.isEmpty ? nil : nodes.drivers[rank] }

    /// Where the resource starts in an activity that starts at `time`.
    private func later(_ time: Int32, _ work: AssignedWork, isWhole: Bool) -> Int32 {
        switch work.delay {
        case .working(let minutes) where isWhole: move(time, by: Network.clamp(minutes), on: Int32(work.calendar))
        case .elapsed(let minutes) where isWhole: delayed(time, by: Network.clamp(minutes))
        default: time
        }
    }

    /// The latest start of an activity whose resource starts at `time`.
    private func earlier(_ time: Int32, _ work: AssignedWork, isWhole: Bool) -> Int32 {
        switch work.delay {
        case .working(let minutes) where isWhole: move(time, by: -Network.clamp(minutes), on: Int32(work.calendar))
        case .elapsed(let minutes) where isWhole: delayed(time, by: -Network.clamp(minutes))
        default: time
        }
    }

    private func share(_ part: Int32, of work: AssignedWork, _ rank: Int) -> Int32 {
        let span = nodes.span[rank]
        return part == span || span == 0 ? Int32(work.minutes) : Int32(work.minutes * Int(part) / Int(span))
    }

    private func move(_ time: Int32, by minutes: Int32, on clock: Int32) -> Int32 {
        Network.clampTime(clocks[Int(clock)].adding(Int(minutes), to: Int(time)))
    }

    private func next(_ time: Int32, on clock: Int32) -> Int32 {
        Network.clampTime(clocks[Int(clock)].nextWorkingInstant(onOrAfter: Int(time)))
    }

    private func previous(_ time: Int32, on clock: Int32) -> Int32 {
        Network.clampTime(clocks[Int(clock)].previousWorkingInstant(onOrBefore: Int(time)))
    }
}
