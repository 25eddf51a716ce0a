/// The directly-follows graph with the times of every arc: a walk that counts, and walks that collect, each for as many arcs as are kept at
/// a time. An arc with more times than that has its quantiles found by counting.
struct ArcTimes {
    /// Most frequent first, then by names.
    let arcs: [LogStatistics.Arc]

    /// - Parameter most: times kept at a time.
    /// - Complexity: O(events) for every `most` events.
    init<Source: EventSource>(_ source: Source, _ clock: WorkClock, most: Int) throws(Source.Failure) {
        let names = source.outline.activities
        var numbers = ArcNumbers(names.count)
        try source.forEachPiece { piece, _ in numbers.count(piece) }
        var summaries = [LogStatistics.Summary?](repeating: nil, count: numbers.counts.count)
        let all = numbers.counts.indices
        for group in Self.groups(all.filter { numbers.counts[$0] <= most }, numbers.counts, most) {
            var times = CollectedTimes(group, numbers)
            try source.forEachPiece { piece, _ in times.add(piece, numbers, clock) }
            for (number, summary) in times.summaries() { summaries[number] = summary }
        }
        let searched = all.filter { numbers.counts[$0] > most }
        let atOnce = max(most / RankSearch.size, 1)
        for begin in stride(from: 0, to: searched.count, by: atOnce) {
            var times = SearchedTimes(Array(searched[begin..<min(begin + atOnce, searched.count)]), numbers)
            for _ in 0..<RankSearch.rounds {
                try source.forEachPiece { piece, _ in times.add(piece, numbers, clock) }
                times.narrow()
            }
            for (number, summary) in times.summaries { summaries[number] = summary }
        }
        arcs = all.compactMap { number in
            let (from, to) = numbers.pairs[number]
            return summaries[number].map { LogStatistics.Arc(from: from, to: to, count: $0.count, time: $0) }
        }.sorted { ($1.count, names[$0.from], names[$0.to]) < ($0.count, names[$1.from], names[$1.to]) }
    }

    /// Arcs in groups of no more than so many times.
    private static func groups(_ numbers: [Int], _ counts: [Int], _ most: Int) -> [[Int]] {
        var groups: [[Int]] = []
        var sum = 0
        for number in numbers {
            if groups.isEmpty || sum + counts[number] > most {
                groups.append([])
                sum = 0
            }
            groups[groups.count - 1].append(number)
            sum += counts[number]
        }
        return groups
    }
}

/// The times of some arcs, all kept.
private struct CollectedTimes {
    private let numbers: [Int]
    private let places: [Int32]
    private let bounds: [Int]
    private var next: [Int]
    private var times: [Double]

    init(_ numbers: [Int], _ all: ArcNumbers) {
        self.numbers = numbers
        places = all.places(of: numbers)
        bounds = numbers.reduce(into: [0]) { $0.append($0[$0.count - 1] + all.counts[$1]) }
        next = bounds
        times = [Double](repeating: 0, count: bounds[numbers.count])
    }

    mutating func add(_ log: EventLog, _ all: ArcNumbers, _ clock: WorkClock) {
        log.forEachTime(all, places, clock) { place, time in
            times[next[place]] = time
            next[place] += 1
        }
    }

    mutating func summaries() -> [(Int, LogStatistics.Summary)] {
        times.withUnsafeMutableBufferPointer { times in
            numbers.indices.map { place in
                let own = UnsafeMutableBufferPointer(rebasing: times[bounds[place]..<bounds[place + 1]])
                return (numbers[place], LogStatistics.Summary(own))
            }
        }
    }
}

/// The times of some arcs, none kept.
private struct SearchedTimes {
    private let numbers: [Int]
    private let places: [Int32]
    private var searches: [RankSearch]

    init(_ numbers: [Int], _ all: ArcNumbers) {
        self.numbers = numbers
        places = all.places(of: numbers)
        searches = numbers.map { RankSearch(count: all.counts[$0]) }
    }

    mutating func add(_ log: EventLog, _ all: ArcNumbers, _ clock: WorkClock) {
        log.forEachTime(all, places, clock) { place, time in searches[place].add(time) }
    }

    mutating func narrow() { for place in searches.indices { searches[place].narrow() } }

    var summaries: [(Int, LogStatistics.Summary)] { zip(numbers, searches.map(\.summary)).map { ($0, $1) } }
}

extension EventLog {
    /// Gives the seconds from the end of an event to the beginning of the next of its case, for the arcs that have a place.
    @inline(__always)
    fileprivate func forEachTime(_ numbers: ArcNumbers, _ places: [Int32], _ clock: WorkClock, _ take: (Int, Double) -> Void) {
        for index in 0..<caseCount {
            for event in events(ofCase: index).dropLast() {
                let place = Int(places[numbers.number(activity[event], activity[event + 1])])
                guard place >= 0 else { continue }
                let (left, came) = (end[event], start(of: event + 1))
                take(place, clock.isWall ? Double(came - left) / 1e6 : clock.seconds(from: left, to: came))
            }
        }
    }
}

/// Arcs by number, in the order in which they were first met, with their counts.
struct ArcNumbers {
    private let size: Int
    /// By both activities where these are few.
    private var dense: [Int32]
    private var sparse: [Int: Int] = [:]
    private(set) var pairs: [(from: Int, to: Int)] = []
    private(set) var counts: [Int] = []

    init(_ activities: Int) {
        size = activities
        dense = activities <= 2048 ? [Int32](repeating: -1, count: activities * activities) : []
    }

    /// -1 for an arc not met before.
    @inline(__always)
    func number(_ from: Int32, _ to: Int32) -> Int {
        let key = Int(from) * size + Int(to)
        return dense.isEmpty ? sparse[key] ?? -1 : Int(dense[key])
    }

    mutating func count(_ log: EventLog) {
        for index in 0..<log.caseCount {
            for event in log.events(ofCase: index).dropLast() { count(log.activity[event], log.activity[event + 1]) }
        }
    }

    /// Counts an arc and gives its number.
    @inline(__always) @discardableResult
    mutating func count(_ from: Int32, _ to: Int32) -> Int {
        let known = number(from, to)
        if known >= 0 {
            counts[known] += 1
            return known
        }
        let key = Int(from) * size + Int(to)
        if dense.isEmpty { sparse[key] = pairs.count } else { dense[key] = Int32(pairs.count) }
        pairs.append((Int(from), Int(to)))
        counts.append(1)
        return pairs.count - 1
    }

    /// Where each arc stands among some; -1 for all others.
    func places(of numbers: [Int]) -> [Int32] {
        var places = [Int32](repeating: -1, count: counts.count)
        for (place, number) in numbers.enumerated() { places[number] = Int32(place) }
        return places
    }
}
