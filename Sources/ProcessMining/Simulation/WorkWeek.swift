/// The hours of a week in which work is done, repeated for ever. Seconds; 0 is Monday, midnight, of the zone the caller counts in.
public struct WorkWeek: Sendable, Hashable {
    public static let length = 604_800.0
    /// Every second of the week.
    public static let always = WorkWeek(spans: [0..<length])

    /// Disjoint, rising, within the week.
    public let spans: [Range<Double>]
    private let before: [Double]
    /// Working seconds a week.
    public let total: Double

    /// - Parameter spans: parts outside the week are cut off, overlapping ones joined; without any, every second counts.
    public init(spans: [Range<Double>]) {
        var joined: [Range<Double>] = []
        for span in spans.map({ max($0.lowerBound, 0)..<max(min($0.upperBound, Self.length), max($0.lowerBound, 0)) }).filter({
            !$0.isEmpty
        }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, span.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                joined.append(span)
            }
        }
        self.spans = joined.isEmpty ? [0..<Self.length] : joined
        var sum = 0.0
        before = self.spans.map { span in
            defer { sum += span.upperBound - span.lowerBound }
            return sum
        }
        total = sum
    }

    /// Hours of the week, 0…167, as spans.
    public init(openHours: Set<Int>) { self.init(spans: openHours.map { Double($0) * 3600..<Double($0 + 1) * 3600 }) }

    /// Hours of the week, 0…167, of which any part is worked, rising.
    var openHours: [Int] {
        var hours: [Int] = []
        for span in spans {
            for hour in Int(span.lowerBound / 3600)..<Int((span.upperBound / 3600).rounded(.up)) where hours.last != hour {
                hours.append(hour)
            }
        }
        return hours
    }

    /// The hour of the week, 0…167, in which a moment lies.
    static func hour(of moment: Double) -> Int { Int((moment - (moment / length).rounded(.down) * length) / 3600) % 168 }

    public var isAlways: Bool { spans == [0..<Self.length] }

    /// Working seconds from 0 to a moment.
    func worked(until moment: Double) -> Double {
        let week = (moment / Self.length).rounded(.down)
        let rest = moment - week * Self.length
        var sum = week * total
        for (index, span) in spans.enumerated() {
            if rest < span.lowerBound { break }
            sum = week * total + before[index] + min(rest, span.upperBound) - span.lowerBound
        }
        return sum
    }

    /// The moment after so much more working time; from outside working hours counting begins with the next.
    func moment(after seconds: Double, from start: Double) -> Double {
        if isAlways { return start + seconds }
        let goal = worked(until: start) + seconds
        var week = (goal / total).rounded(.down)
        var rest = goal - week * total
        // The end of a week's work is the end of its last span, not the beginning of the next week's.
        if rest <= 0, goal > 0, seconds > 0 {
            week -= 1
            rest += total
        }
        let index = spans.indices.last { before[$0] < rest } ?? 0
        return week * Self.length + spans[index].lowerBound + rest - before[index]
    }

    /// The moment itself if work is done then, or else when it next is.
    func opening(from moment: Double) -> Double {
        if isAlways { return moment }
        let week = (moment / Self.length).rounded(.down)
        let rest = moment - week * Self.length
        for span in spans where rest < span.upperBound { return week * Self.length + max(rest, span.lowerBound) }
        return (week + 1) * Self.length + spans[0].lowerBound
    }
}
