/// A dependency between two activities, by their indices. Either may be a summary.
public struct Link: Hashable, Sendable {
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case finishToStart, startToStart, finishToFinish, startToFinish
    }

    public var predecessor: Int {
        get { Int(from) }
        set { from = Int32(clamping: newValue) }
    }

    public var successor: Int {
        get { Int(to) }
        set { to = Int32(clamping: newValue) }
    }

    public var lag: Lag
    public var kind: Kind
    private var from: Int32
    private var to: Int32

    public init(from predecessor: Int, to successor: Int, _ kind: Kind = .finishToStart, lag: Lag = .none) {
        from = Int32(clamping: predecessor)
        to = Int32(clamping: successor)
        self.kind = kind
        self.lag = lag
    }
}

/// Time between the two ends of a link; negative is a lead.
public enum Lag: Hashable, Sendable {
    /// Minutes of the successor's calendar.
    case working(Int)
    /// Minutes of the wall clock.
    case elapsed(Int)
    /// Percent of the predecessor's duration, on the successor's calendar; of an elapsed duration, on the wall clock. A summary's
    /// duration is the working time between its early dates.
    case percent(Double)
    /// Percent of the predecessor's duration, on the wall clock.
    case elapsedPercent(Double)

    public static let none = Lag.working(0)
}

extension Link.Kind {
    /// Whether the link hangs on the predecessor's finish.
    @inline(__always) var fromFinish: Bool { self == .finishToStart || self == .finishToFinish }
    /// Whether the link holds the successor's finish.
    @inline(__always) var toFinish: Bool { self == .finishToFinish || self == .startToFinish }
}
