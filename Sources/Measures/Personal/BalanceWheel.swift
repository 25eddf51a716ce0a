/// Satisfaction with the areas of life, drawn as a wheel.
public struct BalanceWheel: Hashable, Sendable {
    public struct Area: Hashable, Sendable {
        public var key: String
        /// 0…10 as a rule; `nil` where not judged.
        public var score: Double?
        /// The score that is wanted.
        public var wanted: Double?
        /// The score last time.
        public var earlier: Double?

        public init(key: String, score: Double?, wanted: Double? = nil, earlier: Double? = nil) {
            self.key = key
            self.score = score
            self.wanted = wanted
            self.earlier = earlier
        }
    }

    public var areas: [Area]
    /// Mean of the scores; `nil` without scores.
    public var mean: Double?
    /// 1 when all scores are equal, towards 0 the more they differ: 1 − Gini coefficient.
    public var evenness: Double?
    /// Areas in the order in which they ask for attention: by what they lack to the wanted score, then by the lowest score.
    public var attention: [Area]
    /// Areas with an earlier score that rose, and that fell, most changed first.
    public var risen: [Area]
    public var fallen: [Area]

    public init(_ areas: [Area]) {
        self.areas = areas
        let judged = areas.filter { $0.score?.isFinite ?? false }
        let scores = judged.compactMap(\.score)
        mean = scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
        evenness = Self.evenness(scores)
        func gap(_ area: Area) -> Double { max(0, (area.wanted ?? area.score ?? 0) - (area.score ?? 0)) }
        attention = judged.sorted { (gap($0), -($0.score ?? 0)) > (gap($1), -($1.score ?? 0)) }
        func change(_ area: Area) -> Double { area.earlier.map { (area.score ?? $0) - $0 } ?? 0 }
        risen = judged.filter { change($0) > 0 }.sorted { change($0) > change($1) }
        fallen = judged.filter { change($0) < 0 }.sorted { change($0) < change($1) }
    }

    private static func evenness(_ scores: [Double]) -> Double? {
        let sum = scores.reduce(0, +)
        guard scores.count > 1, sum > 0, scores.allSatisfy({ $0 >= 0 }) else { return scores.isEmpty ? nil : 1 }
        var weighted = 0.0
        for (rank, score) in scores.sorted().enumerated() { weighted += Double(2 * (rank + 1) - scores.count - 1) * score }
        return 1 - weighted / (Double(scores.count) * sum)
    }
}
