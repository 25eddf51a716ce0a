/// A value on a day. Days are counted from 1970-01-01 (day 0), so that no calendar is needed here.
public struct DatedValue: Hashable, Sendable {
    public var day: Int
    public var value: Double

    public init(day: Int, value: Double) {
        self.day = day
        self.value = value
    }
}

/// The part of a whole that belongs to the days up to `through`, such as December's share of a year's revenue.
public struct SeasonShare: Hashable, Sendable {
    /// The last day of the season.
    public var through: Int
    /// Any non-negative number; only the proportion to the other seasons counts.
    public var share: Double

    public init(through: Int, share: Double) {
        self.through = through
        self.share = share
    }
}

/// Which value is to be reached by which day on the way from baseline to target.
public enum TargetPath: Hashable, Sendable {
    /// A straight line from the baseline at the start to the target when due.
    case linear
    /// From each day on, its value; before the first day the baseline.
    case stepped([DatedValue])
    /// Straight lines through these values; before the first from the baseline at the start, after the last to the target.
    case through([DatedValue])
    /// The way from baseline to target divided among seasons in proportion to their shares, evenly within a season.
    case seasonal([SeasonShare])
}

extension TargetPath {
    /// The value that should be reached at the end of `day`.
    ///
    /// - Parameters:
    ///   - baseline: value at `start`; `nil` where the target holds all the way (a "less is better" measure without baseline).
    ///   - start, due: first day and day by which the target is wanted; `nil` where not agreed.
    /// - Returns: `nil` where the path says nothing about that day: no due date, or no baseline to start from.
    /// - Complexity: O(points)
    public func expectedValue(on day: Int, baseline: Double?, target: Double, start: Int?, due: Int?) -> Double? {
        switch self {
        case .linear:
            guard let baseline else { return target }
            return line(
                on: day, [start.map { DatedValue(day: $0, value: baseline) }, due.map { DatedValue(day: $0, value: target) }])
        case .stepped(let steps):
            return steps.filter { $0.day <= day }.max { $0.day < $1.day }?.value ?? baseline
        case .through(let points):
            let inner = points.sorted { $0.day < $1.day }.map(Optional.some)
            let first = start.flatMap { day in
                inner.contains { $0.map { $0.day <= day } ?? false } ? nil : baseline.map { DatedValue(day: day, value: $0) }
            }
            let last = due.flatMap { day in
                inner.contains { $0.map { $0.day >= day } ?? false } ? nil : DatedValue(day: day, value: target)
            }
            return line(on: day, [first] + inner + [last])
        case .seasonal(let seasons):
            guard let baseline else { return target }
            guard let share = cumulativeShare(seasons, on: day, start: start) else { return nil }
            return baseline + share * (target - baseline)
        }
    }

    /// Interpolates; flat before the first and after the last point. One point alone says nothing about the days before it.
    private func line(on day: Int, _ given: [DatedValue?]) -> Double? {
        let points = given.compactMap { $0 }
        guard let first = points.first, let last = points.last else { return nil }
        if points.count == 1 { return day >= first.day ? first.value : nil }
        if day <= first.day { return first.value }
        if day >= last.day { return last.value }
        guard let next = points.firstIndex(where: { $0.day > day }) else { return last.value }
        let (before, after) = (points[next - 1], points[next])
        return before.value + (after.value - before.value) * Double(day - before.day) / Double(after.day - before.day)
    }

    private func cumulativeShare(_ given: [SeasonShare], on day: Int, start: Int?) -> Double? {
        let seasons = given.sorted { $0.through < $1.through }
        let whole = seasons.reduce(0) { $0 + max(0, $1.share) }
        guard let first = seasons.first, whole > 0 else { return nil }
        var opened = (start ?? first.through) - 1
        var sum = 0.0
        for season in seasons {
            if day >= season.through {
                sum += max(0, season.share)
            } else if day > opened {
                return (sum + max(0, season.share) * Double(day - opened) / Double(season.through - opened)) / whole
            } else {
                break
            }
            opened = season.through
        }
        return sum / whole
    }
}
