import WorkingTime

/// One point of a schedule-quality assessment.
public struct QualityCheck: Hashable, Sendable {
    /// The fourteen points of the DCMA assessment, in its order.
    public enum Point: Int, Hashable, Sendable, CaseIterable {
        /// Unfinished activities without a predecessor or without a successor (one open end at either side of the network is natural).
        case missingLogic = 1
        case leads
        case lags
        /// Links other than finish-to-start.
        case otherLinkKinds
        /// Must start, must finish, start or finish no later than.
        case hardConstraints
        /// Total float above 44 working days.
        case highFloat
        case negativeFloat
        /// Unfinished activities of more than 44 working days.
        case highDuration
        /// Actual dates after the status date, or open ones before it.
        case invalidDates
        /// Unfinished activities without anybody assigned.
        case missingResources
        /// Activities that finish, or are to finish, later than the baseline had them, of those due by the status date.
        case missedBaseline
        /// Delaying the first critical activity does not delay the end: a link is missing, or a date holds it.
        case brokenCriticalPath
        /// Critical path length index below 0.95.
        case criticalPathLengthIndex
        /// Baseline execution index below 0.95.
        case baselineExecutionIndex
    }

    /// What a check found and in what it is measured.
    public enum Finding: Hashable, Sendable {
        /// Indices of activities, of so many looked at, with the greatest share allowed.
        case activities([Int], of: Int, limit: Double)
        /// Indices of links, likewise.
        case links([Int], of: Int, limit: Double)
        /// An index and the least value wanted.
        case index(Double, least: Double)
        /// What the check needs was not given.
        case notAssessed
    }

    public let point: Point
    public let finding: Finding

    /// `nil` where it was not assessed.
    public var passes: Bool? {
        switch finding {
        case .activities(let found, let count, let limit), .links(let found, let count, let limit):
            found.isEmpty || Double(found.count) <= limit * Double(count)
        case .index(let value, let least): value >= least
        case .notAssessed: nil
        }
    }
}

/// What an assessment needs beyond the schedule.
public struct QualityInputs: Sendable {
    /// Working minutes a day, for the limits of 44 days.
    public var minutesPerDay = 480
    /// Baseline finish by activity; without it points 11 and 14 are not assessed.
    public var baselineFinish: [Int?]?
    /// Whether somebody is assigned, by activity; without it point 10 is not assessed.
    public var isStaffed: [Bool]?
    /// The day to look from where the network has no status date, as instants: forecasts lie not before its begin, actual dates not
    /// after its end.
    public var today: Range<Int>?

    public init() {}
}

extension Schedule {
    /// The fourteen-point assessment of the network as it stands. Points 9, 11, 13 and 14 look from the status date or the day
    /// given, points 11, 13 and 14 else from the start.
    ///
    /// - Parameter points: those to assess.
    /// - Complexity: O(activities + links) a point.
    /// - Source: Defense Contract Management Agency, *Earned Value Management System Program Analysis Pamphlet*, 2012.
    public func quality(_ inputs: QualityInputs = QualityInputs(), points: [QualityCheck.Point] = QualityCheck.Point.allCases)
        -> [QualityCheck]
    {
        let assessment = QualityAssessment(schedule: self, inputs: inputs)
        return points.map { QualityCheck(point: $0, finding: assessment.finding($0)) }
    }
}

private struct QualityAssessment {
    let schedule: Schedule
    let inputs: QualityInputs
    private let work: [Int]
    private let open: [Int]
    /// What finishes last of what is open.
    private let last: Int?
    private let day: Range<Int>?
    private let now: Int

    init(schedule: Schedule, inputs: QualityInputs) {
        self.schedule = schedule
        self.inputs = inputs
        let activities = schedule.network.activities
        work = activities.indices.filter { !schedule.network.isSummary($0) && activities[$0].mode.counts }
        open = work.filter { activities[$0].progress.finish == nil }
        // Of those that finish together the one that starts last, as a closing milestone does.
        func order(_ activity: Int) -> (Int, Int) { (schedule.finish(of: activity), schedule.start(of: activity)) }
        last = open.max { order($0) < order($1) }
        let options = schedule.network.options
        day = options.statusDate.map { $0..<$0 } ?? inputs.today
        now = day?.upperBound ?? work.map { schedule.start(of: $0) }.min() ?? options.direction.instant
    }

    private var network: Network { schedule.network }

    func finding(_ point: QualityCheck.Point) -> QualityCheck.Finding {
        let long = 44 * inputs.minutesPerDay
        return switch point {
        case .missingLogic: .activities(openEnds(), of: open.count, limit: 0.05)
        case .leads: links(limit: 0) { lag($0) < 0 }
        case .lags: links(limit: 0.05) { lag($0) > 0 }
        case .otherLinkKinds: links(limit: 0.10) { $0.kind != .finishToStart }
        case .hardConstraints: activities(limit: 0.05) { network.activities[$0].constraint.isHard }
        case .highFloat: activities(limit: 0.05) { schedule.totalFloat(of: $0) > long }
        case .negativeFloat: activities(limit: 0) { schedule.totalFloat(of: $0) < 0 }
        case .highDuration: activities(limit: 0.05) { duration($0) > long }
        case .invalidDates: invalidDates()
        case .missingResources:
            inputs.isStaffed.map { staffed in activities(limit: 0) { !staffed[$0] && duration($0) > 0 } } ?? .notAssessed
        case .missedBaseline: missedBaseline()
        case .brokenCriticalPath: .activities(criticalPathTest(), of: 1, limit: 0)
        case .criticalPathLengthIndex: lengthIndex()
        case .baselineExecutionIndex: executionIndex()
        }
    }

    // MARK: Points

    /// Activities without a link on one side, those beyond the one first and the one last of every network.
    private func openEnds() -> [Int] {
        var hasPredecessor = Array(repeating: false, count: network.count)
        var hasSuccessor = hasPredecessor
        for link in network.links {
            mark(link.predecessor, in: &hasSuccessor)
            mark(link.successor, in: &hasPredecessor)
        }
        let first = open.first { !hasPredecessor[$0] }
        return open.filter { (!hasPredecessor[$0] && $0 != first) || (!hasSuccessor[$0] && $0 != last) }
    }

    /// A summary stands for all its parts.
    private func mark(_ activity: Int, in marks: inout [Bool]) {
        guard network.isSummary(activity) else { return marks[activity] = true }
        for part in network.layout.descendants(of: activity) { marks[part] = true }
    }

    private func activities(limit: Double, where isFound: (Int) -> Bool) -> QualityCheck.Finding {
        .activities(open.filter(isFound), of: open.count, limit: limit)
    }

    private func links(limit: Double, where isFound: (Link) -> Bool) -> QualityCheck.Finding {
        .links(network.links.indices.filter { isFound(network.links[$0]) }, of: network.links.count, limit: limit)
    }

    private func lag(_ link: Link) -> Double {
        switch link.lag {
        case .working(let minutes), .elapsed(let minutes): Double(minutes)
        case .percent(let percent), .elapsedPercent(let percent): percent
        }
    }

    private func duration(_ activity: Int) -> Int {
        network.calendar(of: activity).workingMinutes(from: schedule.start(of: activity), to: schedule.finish(of: activity))
    }

    private func invalidDates() -> QualityCheck.Finding {
        guard let day else { return .notAssessed }
        let found = work.filter { activity in
            switch network.activities[activity].progress {
            case .notStarted: schedule.start(of: activity) < day.lowerBound
            case .started(let start, _, _): start > day.upperBound || schedule.finish(of: activity) < day.lowerBound
            case .finished(_, let finish): finish > day.upperBound
            }
        }
        return .activities(found, of: work.count, limit: 0)
    }

    private func missedBaseline() -> QualityCheck.Finding {
        guard let baseline = inputs.baselineFinish else { return .notAssessed }
        let due = work.filter { baseline[$0].map { $0 <= now } ?? false }
        let missed = due.filter { schedule.finish(of: $0) > baseline[$0] ?? .max }
        return .activities(missed, of: due.count, limit: 0.05)
    }

    /// Lengthens the first critical activity not begun by 600 days; the last activity must move as far.
    private func criticalPathTest() -> [Int] {
        let waiting = open.filter { network.activities[$0].progress == .notStarted && schedule.isCritical($0) }
        guard let first = waiting.min(by: { schedule.start(of: $0) < schedule.start(of: $1) }), let last,
            case .working(let minutes) = network.activities[first].duration
        else { return [] }
        let delay = 600 * inputs.minutesPerDay
        var longer = network.activities[first]
        longer.duration = .working(minutes + delay)
        var copy = schedule
        guard (try? copy.update(longer, at: first)) != nil else { return [] }
        let calendar = network.calendars[network.options.calendar]
        let moved = calendar.workingMinutes(from: schedule.finish(of: last), to: copy.finish(of: last))
        return moved >= delay * 9 / 10 ? [] : [first]
    }

    /// (Length of the critical path + total float at its end) ÷ length, in working time from the status date.
    private func lengthIndex() -> QualityCheck.Finding {
        guard let last else { return .notAssessed }
        let length = network.calendars[network.options.calendar].workingMinutes(from: now, to: schedule.finish(of: last))
        guard length > 0 else { return .notAssessed }
        return .index(Double(length + schedule.totalFloat(of: last)) / Double(length), least: 0.95)
    }

    /// Activities finished ÷ activities the baseline has finished by the status date.
    private func executionIndex() -> QualityCheck.Finding {
        guard let baseline = inputs.baselineFinish else { return .notAssessed }
        let due = work.count { baseline[$0].map { $0 <= now } ?? false }
        guard due > 0 else { return .notAssessed }
        return .index(Double(work.count - open.count) / Double(due), least: 0.95)
    }
}

extension DateConstraint {
    /// Whether it can hold an activity back from its links' dates.
    var isHard: Bool {
        switch self {
        case .mustStartOn, .mustFinishOn, .startNoLaterThan, .finishNoLaterThan: true
        case .asSoonAsPossible, .asLateAsPossible, .startNoEarlierThan, .finishNoEarlierThan: false
        }
    }
}
