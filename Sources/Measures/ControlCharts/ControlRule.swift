/// A pattern that a process in control hardly ever shows.
///
/// - Source: Western Electric, "Statistical Quality Control Handbook", 1956; Nelson 1984, J. Quality Technology 16:237.
public enum ControlRule: Hashable, Sendable {
    /// One point beyond a control limit, three standard deviations away.
    case beyondLimits
    /// So many points in a row on one side of the centre line.
    case sameSide(Int)
    /// So many points in a row, each above (or each below) the one before.
    case trend(Int)
    /// So many points in a row alternating up and down.
    case alternating(Int)
    /// `count` out of `window` points in a row more than `deviations` away on one side.
    case beyond(deviations: Double, count: Int, window: Int)
    /// So many points in a row within one standard deviation.
    case hugging(Int)
    /// So many points in a row farther than one standard deviation, on either side.
    case avoiding(Int)

    /// The four zone rules of 1956.
    public static let westernElectric: [ControlRule] = [
        .beyondLimits, .beyond(deviations: 2, count: 2, window: 3), .beyond(deviations: 1, count: 4, window: 5), .sameSide(8),
    ]

    /// Nelson's eight tests in his order.
    public static let nelson: [ControlRule] = [
        .beyondLimits, .sameSide(9), .trend(6), .alternating(14), .beyond(deviations: 2, count: 2, window: 3),
        .beyond(deviations: 1, count: 4, window: 5), .hugging(15), .avoiding(8),
    ]
}

/// A pattern found: the rule and the points that make it.
public struct ControlSignal: Hashable, Sendable {
    public var rule: ControlRule
    /// Indices in order; overlapping patterns of one rule are one signal.
    public var points: [Int]
    /// Above (or upward) or below (or downward); `nil` for patterns without side.
    public var isAbove: Bool?

    public var wording: Wording {
        let numbers = points.map { String($0 + 1) }
        return wording(
            "第 \(numbers.joined(separator: "、")) 点", (points.count == 1 ? "point " : "points ") + numbers.joined(separator: ", "))
    }

    /// - Parameter name: what a point is called, such as its day.
    public func wording(name: (Int) -> String) -> Wording {
        guard let first = points.first, let last = points.last else { return wording }
        if points.count == 1 { return wording("\(name(first)) ", name(first)) }
        // A pattern may leave out points between its ends; of points that are each a signal none between them is one.
        if rule == .beyondLimits, last - first >= points.count {
            let names = points.map(name)
            return wording("\(names.joined(separator: "、")) ", names.joined(separator: ", "))
        }
        return wording(
            "\(name(first)) 至 \(name(last)) 的 \(points.count) 点", "\(points.count) points from \(name(first)) to \(name(last))")
    }

    private func wording(_ zh: String, _ en: String) -> Wording {
        let above = isAbove ?? true
        switch rule {
        case .beyondLimits:
            return Wording("\(zh)超出\(above ? "上" : "下")控制限", "\(en) beyond the \(above ? "upper" : "lower") control limit")
        case .sameSide:
            return Wording("\(zh)连续在中心线\(above ? "上" : "下")方", "\(en) in a row \(above ? "above" : "below") the centre line")
        case .trend: return Wording("\(zh)持续\(above ? "上升" : "下降")", "\(en) steadily \(above ? "rising" : "falling")")
        case .alternating: return Wording("\(zh)上下交替", "\(en) alternating up and down")
        case .beyond(let deviations, let count, let window):
            let size = plainNumber(deviations)
            return Wording(
                "\(zh)在中心线\(above ? "上" : "下")方 \(size) 倍标准差之外（\(window) 点中至少 \(count) 点）",
                "\(en) more than \(size) standard \(deviations == 1 ? "deviation" : "deviations") \(above ? "above" : "below") the centre line (at least \(count) of \(window))"
            )
        case .hugging: return Wording("\(zh)连续在 1 倍标准差以内", "\(en) in a row within one standard deviation")
        case .avoiding: return Wording("\(zh)连续在 1 倍标准差以外", "\(en) in a row farther than one standard deviation")
        }
    }
}

extension ControlRule {
    /// Every place in a phase where the pattern stands.
    ///
    /// - Complexity: O(points × window).
    func signals(in points: [ControlPoint?], _ range: Range<Int>) -> [ControlSignal] {
        let places = range.filter { points[$0] != nil }
        let scores = places.compactMap { points[$0]?.score }
        let values = places.compactMap { points[$0]?.value }
        var found: [ControlSignal] = []
        for end in places.indices {
            for match in matches(points, places, scores, values, end) { Self.join(match, to: &found) }
        }
        return found
    }

    /// The patterns completed by the point at `end`.
    private func matches(
        _ points: [ControlPoint?], _ places: [Int], _ scores: [Double], _ values: [Double], _ end: Int
    ) -> [ControlSignal] {
        func signal(_ members: some Sequence<Int>, _ isAbove: Bool?) -> [ControlSignal] {
            [ControlSignal(rule: self, points: members.map { places[$0] }, isAbove: isAbove)]
        }
        switch self {
        case .beyondLimits:
            guard let point = points[places[end]], point.isBeyondLimits else { return [] }
            return signal([end], point.value > point.upper)
        case .sameSide(let count):
            guard end + 1 >= count else { return [] }
            let window = end + 1 - count...end
            if window.allSatisfy({ scores[$0] > 0 }) { return signal(window, true) }
            return window.allSatisfy({ scores[$0] < 0 }) ? signal(window, false) : []
        case .trend(let count):
            guard end + 1 >= count else { return [] }
            let window = end + 1 - count...end
            if window.dropFirst().allSatisfy({ values[$0] > values[$0 - 1] }) { return signal(window, true) }
            return window.dropFirst().allSatisfy({ values[$0] < values[$0 - 1] }) ? signal(window, false) : []
        case .alternating(let count):
            guard end + 1 >= count else { return [] }
            let window = end + 1 - count...end
            let turns = window.dropFirst().dropFirst().allSatisfy {
                (values[$0] - values[$0 - 1]) * (values[$0 - 1] - values[$0 - 2]) < 0
            }
            return turns ? signal(window, nil) : []
        case .beyond(let deviations, let count, let size):
            var result: [ControlSignal] = []
            for side in [1.0, -1.0] where side * scores[end] > deviations {
                let members = (max(0, end + 1 - size)...end).filter { side * scores[$0] > deviations }
                if members.count >= count { result += signal(members, side > 0) }
            }
            return result
        case .hugging(let count):
            guard end + 1 >= count else { return [] }
            let window = end + 1 - count...end
            // Values that are all the same hug nothing.
            let varies = window.contains { (points[places[$0]]?.deviation ?? 0) > 0 }
            return varies && window.allSatisfy { abs(scores[$0]) < 1 } ? signal(window, nil) : []
        case .avoiding(let count):
            guard end + 1 >= count else { return [] }
            let window = end + 1 - count...end
            return window.allSatisfy { abs(scores[$0]) > 1 } ? signal(window, nil) : []
        }
    }

    private static func join(_ match: ControlSignal, to found: inout [ControlSignal]) {
        if let last = found.lastIndex(where: { $0.isAbove == match.isAbove }),
            !Set(found[last].points).isDisjoint(with: match.points)
        {
            found[last].points = Set(found[last].points).union(match.points).sorted()
        } else {
            found.append(match)
        }
    }
}
