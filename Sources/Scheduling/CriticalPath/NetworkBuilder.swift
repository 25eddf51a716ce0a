import WorkingTime

/// Collects activities and links and makes a `Network` of them.
///
/// ```swift
/// var builder = NetworkBuilder(start: monday.at(8), calendar: .china)
/// let design = builder.add(Activity(duration: .working(5 * 480)))
/// let build = builder.add(Activity(duration: .working(10 * 480)))
/// builder.link(design, build, .finishToStart, lag: .working(480))
/// let schedule = try builder.build().schedule()
/// schedule.finish(of: build)
/// ```
public struct NetworkBuilder: Sendable {
    public var options: SchedulingOptions
    public private(set) var calendars: [WorkCalendar]
    public var activities: [Activity] = []
    public var links: [Link] = []

    public init(start: Int, calendar: WorkCalendar) {
        self.init(options: SchedulingOptions(direction: .fromStart(start)), calendars: [calendar])
    }

    public init(options: SchedulingOptions, calendars: [WorkCalendar]) {
        self.options = options
        self.calendars = calendars
    }

    /// Makes room for that many at once.
    public mutating func reserve(activities: Int, links: Int) {
        self.activities.reserveCapacity(activities)
        self.links.reserveCapacity(links)
    }

    /// - Returns: the calendar's index, for `Activity.calendar`.
    public mutating func add(calendar: WorkCalendar) -> Int {
        calendars.append(calendar)
        return calendars.count - 1
    }

    /// - Returns: the activity's index; indices count from 0 in the order of adding.
    @discardableResult
    public mutating func add(_ activity: Activity) -> Int {
        activities.append(activity)
        return activities.count - 1
    }

    /// A recurring activity: a summary with one occurrence for each start, none of which begins before it.
    /// - Returns: the summary's index; the occurrences follow it.
    @discardableResult
    public mutating func add(recurring occurrence: Activity, at starts: [Int], parent: Int? = nil) -> Int {
        var summary = Activity.summary
        summary.parent = parent
        let index = add(summary)
        for start in starts {
            var one = occurrence
            one.parent = index
            one.constraint = .startNoEarlierThan(start)
            add(one)
        }
        return index
    }

    /// - Returns: the link's index.
    @discardableResult
    public mutating func link(_ predecessor: Int, _ successor: Int, _ kind: Link.Kind = .finishToStart, lag: Lag = .none) -> Int {
        links.append(Link(from: predecessor, to: successor, kind, lag: lag))
        return links.count - 1
    }

    /// - Throws: `ScheduleError.cycle` with the activities that wait for each other; `.unknownReference` for indices out of range.
    /// - Complexity: O(n + m).
    public func build() throws(ScheduleError) -> Network {
        try Network(activities: activities, links: links, calendars: calendars, options: options)
    }
}
