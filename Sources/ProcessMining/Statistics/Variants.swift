/// The ways that cases went, most frequent first; equal ones in the order of their first case.
///
/// A trace is kept as bytes and made anew when it is asked for: a byte a step (two from the 129th activity on) and twenty beside.
public struct Variants: RandomAccessCollection, Sendable {
    private let table: VariantTable
    private let order: [Int32]

    /// - Parameter mostCases: how many cases of each are noted.
    /// - Complexity: O(events), and O(v log v) for v variants.
    init<Source: EventSource>(_ source: Source, mostCases: Int = 1) throws(Source.Failure) {
        var table = VariantTable(mostCases: mostCases)
        try source.forEachPiece { piece, first in table.add(piece, first) }
        self.init(table)
    }

    init(_ table: VariantTable) {
        var table = table
        table.forgetLookups()
        self.table = table
        // Numbers count up with the first case, so that a sort by falling count that keeps the order of equal ones is all.
        order = table.counts.indices.map { Int32($0) }.sorted { one, other in
            let (a, b) = (table.counts[Int(one)], table.counts[Int(other)])
            return a != b ? a > b : one < other
        }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { order.count }

    public subscript(position: Int) -> LogStatistics.Variant {
        let number = Int(order[position])
        return LogStatistics.Variant(
            trace: table.trace(number)[...], count: Int(table.counts[number]), example: Int(table.examples[number]))
    }

    /// The first cases of a variant, as many as were to be noted.
    func cases(_ position: Int) -> [Int] { table.cases(Int(order[position])) }
}

/// Counts traces by their bytes: a code is written in groups of seven bits, the last without the eighth.
struct VariantTable: Sendable {
    private let mostCases: Int
    private var traces = ByteTable()
    /// By the number of the variant, in the order of their first case.
    private(set) var counts: [Int32] = []
    private(set) var examples: [Int32] = []
    /// Further cases, where more than the first are noted.
    private var others: [Int: [Int]] = [:]
    private var bytes: [UInt8] = []

    init(mostCases: Int = 1) { self.mostCases = mostCases }

    mutating func add(_ log: EventLog, _ firstCase: Int) {
        let traces = log.traces
        for index in 0..<log.caseCount {
            bytes.removeAll(keepingCapacity: true)
            for event in log.events(ofCase: index) { append(UInt32(bitPattern: traces[event])) }
            count(firstCase + index)
        }
    }

    @inline(__always)
    private mutating func append(_ code: UInt32) {
        var rest = code
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private mutating func count(_ index: Int) {
        let variant = bytes.withUnsafeBytes { Int(traces.code(of: $0)) }
        if variant == counts.count {
            counts.append(1)
            examples.append(Int32(index))
        } else {
            if counts[variant] < mostCases { others[variant, default: []].append(index) }
            counts[variant] += 1
        }
    }

    mutating func forgetLookups() { traces.forgetLookups() }

    func cases(_ number: Int) -> [Int] { [Int(examples[number])] + (others[number] ?? []) }

    func trace(_ number: Int) -> [Int32] {
        var (trace, code, shift): ([Int32], UInt32, UInt32) = ([], 0, 0)
        for byte in traces.bytes(number) {
            code |= UInt32(byte & 0x7F) << shift
            shift += 7
            guard byte & 0x80 == 0 else { continue }
            trace.append(Int32(bitPattern: code))
            (code, shift) = (0, 0)
        }
        return trace
    }
}
