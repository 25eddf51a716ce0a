/// The working time of one day: disjoint, ascending intervals of minutes since midnight, within 0…1440.
///
/// Minutes are counted on a clock without daylight saving, as planning does. A night shift that crosses
/// midnight is two intervals, on two days.
public struct Shifts: Hashable, Sendable {
    /// Ascending, disjoint, not touching, never empty; each within `0..<1440`.
    public let intervals: [Range<Int>]

    /// Sorts and merges; parts outside the day are cut off.
    public init(_ intervals: [Range<Int>]) {
        var merged: [Range<Int>] = []
        for interval in intervals.map({ $0.clamped(to: 0..<1440) }).filter({ !$0.isEmpty }).sorted(by: {
            $0.lowerBound < $1.lowerBound
        }) {
            if let last = merged.last, last.upperBound >= interval.lowerBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, interval.upperBound)
            } else {
                merged.append(interval)
            }
        }
        self.intervals = merged
    }

    /// `Shifts(from: 9, to: 18)` for whole hours.
    public init(from hour: Int, to end: Int) { self.init([hour * 60..<max(hour, end) * 60]) }

    /// No work.
    public static let none = Shifts([])
    /// 08:00–12:00 and 13:00–17:00.
    public static let standard = Shifts([480..<720, 780..<1020])
    /// 00:00–24:00.
    public static let aroundTheClock = Shifts([0..<1440])

    /// Working minutes in the day.
    public var minutes: Int { intervals.reduce(0) { $0 + $1.count } }
    public var isEmpty: Bool { intervals.isEmpty }

    public func adding(_ other: Shifts) -> Shifts { Shifts(intervals + other.intervals) }

    public func removing(_ other: Shifts) -> Shifts {
        var left = intervals
        for cut in other.intervals {
            left = left.flatMap { interval -> [Range<Int>] in
                guard interval.overlaps(cut) else { return [interval] }
                return [
                    interval.lowerBound..<max(interval.lowerBound, cut.lowerBound),
                    min(interval.upperBound, cut.upperBound)..<interval.upperBound,
                ]
            }
        }
        return Shifts(left)
    }
}

/// Working time by weekday; a weekday that is not set inherits from the layer below (nothing below: no work).
public struct WeekPattern: Hashable, Sendable {
    private var days: [Shifts?] = Array(repeating: nil, count: 7)

    /// Inherits every day.
    public init() {}

    /// The same shifts on the given weekdays (ISO: 1 = Monday … 7 = Sunday) and no work on the others.
    public init(_ shifts: Shifts, on weekdays: some Sequence<Int>) {
        days = Array(repeating: Shifts.none, count: 7)
        for weekday in weekdays { self[weekday] = shifts }
    }

    /// Monday to Friday, 08:00–12:00 and 13:00–17:00.
    public static let standard = WeekPattern(.standard, on: 1...5)
    /// Every minute of the week.
    public static let aroundTheClock = WeekPattern(.aroundTheClock, on: 1...7)

    /// - Parameter weekday: 1 = Monday … 7 = Sunday; others read as `nil` and are not set.
    public subscript(weekday: Int) -> Shifts? {
        get { (1...7).contains(weekday) ? days[weekday - 1] : nil }
        set { if (1...7).contains(weekday) { days[weekday - 1] = newValue } }
    }
}
