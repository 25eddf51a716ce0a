/// Events by cases, in whatever way they are kept: what counts them walks them piece by piece.
///
/// A log in memory is one piece; one on disk (``SpilledLog``) comes as many whole cases at a time as fit. Pieces come in the order of
/// the cases and may be walked again and again, by several threads at once.
public protocol EventSource: Sendable {
    /// `Never` where all is in memory.
    associatedtype Failure: Error
    associatedtype Pieces: EventPieces where Pieces.Failure == Failure

    /// The names by code and the columns, with or without the events.
    var outline: EventLog { get }
    /// Whether there are so many events that a second thread pays.
    var isLong: Bool { get }

    /// Numbers that a count may keep at a time.
    var numbersAtOnce: Int { get }

    /// A walk from the first case to the last.
    func pieces() -> Pieces

    /// The part that a filter keeps. Codes of names stay as they are, cases are numbered anew.
    func filtered(by filter: LogFilter, clock: WorkClock) throws(Failure) -> Self
}

/// One walk over events by cases.
public protocol EventPieces {
    associatedtype Failure: Error

    /// Whole cases as a log with the codes of the source; nil behind the last.
    mutating func next() throws(Failure) -> EventLog?
}

extension EventLog: EventSource {
    public typealias Failure = Never

    public var outline: EventLog { self }
    public var isLong: Bool { eventCount >= 50_000 }
    public var numbersAtOnce: Int { 1 << 22 }

    public func pieces() -> WholeLog { WholeLog(log: self) }

    /// The walk over a log that is one piece.
    public struct WholeLog: EventPieces {
        fileprivate var log: EventLog?

        public mutating func next() -> EventLog? {
            defer { log = nil }
            return log
        }
    }
}

extension EventSource {
    /// - Parameter take: gets whole cases, and the number of the first of them.
    func forEachPiece(_ take: (_ piece: EventLog, _ firstCase: Int) -> Void) throws(Failure) {
        var (pieces, first) = (pieces(), 0)
        while let piece = try pieces.next() {
            take(piece, first)
            first += piece.caseCount
        }
    }

    /// The names of some cases by their numbers.
    ///
    /// - Complexity: a walk over all pieces.
    public func caseNames(_ numbers: Set<Int>) throws(Failure) -> [Int: String] {
        var names: [Int: String] = [:]
        guard !numbers.isEmpty else { return names }
        try forEachPiece { piece, first in
            for number in numbers where piece.cases.indices.contains(number - first) {
                names[number] = piece.cases[number - first]
            }
        }
        return names
    }
}
