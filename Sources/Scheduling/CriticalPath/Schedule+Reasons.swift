/// Why an activity starts where it does, or must finish when it must: one step of a chain.
public struct ScheduleReason: Hashable, Sendable {
    public enum Cause: Hashable, Sendable {
        /// Nothing holds it but the start of the network.
        case networkStart
        /// It may slip until the end of the network, or of its project.
        case networkFinish
        /// A link of `Network.links` (its index) to the activity of the next step.
        case link(Int)
        /// A date on the activity itself.
        case constraint(DateConstraint)
        case deadline(Int)
        /// It has started, or finished, and the past does not move.
        case actual
        /// A person put it there.
        case manual
        /// Nothing that has not happened lies before the status date.
        case statusDate(Int)
        /// Levelling holds it back by these elapsed minutes, beyond what the next step asks.
        case levellingDelay(Int)
        /// As late as possible: it lies where its late dates are.
        case asLateAsPossible
        /// The activity belongs to this summary, which the next step holds.
        case summary(Int)
    }

    public let activity: Int
    /// The instant in question: a start on the way back in time, a late finish on the way ahead.
    public let instant: Int
    public let cause: Cause
}

extension Schedule {
    /// Why does the activity start on that day? The chain of what holds it, from the activity back to a fixed date.
    ///
    /// Of several links that bind equally the first of the network's counts.
    public func reasonsForStart(of activity: Int) -> [ScheduleReason] {
        network.isUniform ? startReasons(activity, PositionSpace.self) : startReasons(activity, InstantSpace.self)
    }

    /// What forces the activity to finish by its late finish: the chain ahead to a deadline, a constraint or the end of
    /// the network. With negative float this is its cause.
    public func reasonsForLateFinish(of activity: Int) -> [ScheduleReason] {
        network.isUniform ? finishReasons(activity, PositionSpace.self) : finishReasons(activity, InstantSpace.self)
    }

    /// The predecessor that decides the activity's start, and its link; `nil` where no link does.
    public func drivingPredecessor(of activity: Int) -> (activity: Int, link: Int)? {
        for reason in reasonsForStart(of: activity).prefix(3) {
            if case .link(let link) = reason.cause { return (network.links[link].predecessor, link) }
        }
        return nil
    }

    private func startReasons<Space: TimeSpace>(_ activity: Int, _: Space.Type) -> [ScheduleReason] {
        var copy = self
        var pass = copy.takePass(Space.self)
        pass.isLateRound = hasLateActivities
        var reasons: [ScheduleReason] = []
        var next: Int? = network.isSummary(activity) ? firstDescendant(of: activity) : activity
        while let current = next, reasons.count <= 2 * network.count {
            let step = pass.startStep(Int(network.layout.rank[current]))
            if let delay = step.delay {
                reasons.append(ScheduleReason(activity: current, instant: start(of: current), cause: .levellingDelay(delay)))
            }
            reasons.append(ScheduleReason(activity: current, instant: start(of: current), cause: cause(step.cause, of: current)))
            guard case .edge(let edge) = step.cause else { break }
            next = predecessorActivity(edge)
            if let via = viaSummary(edge, of: current) { reasons.insert(via, at: reasons.count - 1) }
        }
        return reasons
    }

    private func finishReasons<Space: TimeSpace>(_ activity: Int, _: Space.Type) -> [ScheduleReason] {
        var copy = self
        let pass = copy.takePass(Space.self)
        var reasons: [ScheduleReason] = []
        var next: Int? = network.isSummary(activity) ? lastDescendant(of: activity) : activity
        while let current = next, reasons.count <= 2 * network.count {
            let step = pass.finishStep(Int(network.layout.rank[current]))
            reasons.append(ScheduleReason(activity: current, instant: lateFinish(of: current), cause: cause(step, of: current)))
            guard case .edge(let edge) = step else { break }
            next = successorActivity(edge)
        }
        return reasons
    }

    private func cause(_ step: DateStep, of activity: Int) -> ScheduleReason.Cause {
        let inputs = network.activities[activity]
        switch step {
        case .floor:
            if let status = network.options.statusDate, start(of: activity) >= status,
                network.raw(status) > network.raw(network.options.direction.instant)
            {
                return .statusDate(status)
            }
            return .networkStart
        case .end: return .networkFinish
        case .date: return .constraint(inputs.constraint)
        case .deadline: return .deadline(inputs.deadline ?? projectFinish)
        case .actual: return .actual
        case .manual: return .manual
        case .late: return .asLateAsPossible
        case .summaryDate(let rank): return .summary(network.layout.gates.first { Int($0.rank) == rank }?.summary ?? activity)
        case .edge(let edge): return .link(linkIndex(edge))
        }
    }

    // MARK: Through gates

    /// The link an edge stands for; for an edge of a gate the link on the gate's other side that binds.
    private func linkIndex(_ edge: Int) -> Int { Int(network.layout.edgeLink[edge]) }

    private func viaSummary(_ edge: Int, of activity: Int) -> ScheduleReason? {
        let successor = network.links[linkIndex(edge)].successor
        guard successor != activity else { return nil }
        return ScheduleReason(activity: activity, instant: start(of: activity), cause: .summary(successor))
    }

    private func predecessorActivity(_ edge: Int) -> Int? {
        let link = network.links[linkIndex(edge)]
        guard network.isSummary(link.predecessor) else { return link.predecessor }
        return link.kind.fromFinish ? lastDescendant(of: link.predecessor) : firstDescendant(of: link.predecessor)
    }

    private func successorActivity(_ edge: Int) -> Int? {
        let link = network.links[linkIndex(edge)]
        guard network.isSummary(link.successor) else { return link.successor }
        return network.layout.descendants(of: link.successor).min { lateStart(of: $0) < lateStart(of: $1) }
    }

    private func firstDescendant(of summary: Int) -> Int? {
        network.layout.descendants(of: summary).min { start(of: $0) < start(of: $1) }
    }

    private func lastDescendant(of summary: Int) -> Int? {
        network.layout.descendants(of: summary).max { finish(of: $0) < finish(of: $1) }
    }
}
