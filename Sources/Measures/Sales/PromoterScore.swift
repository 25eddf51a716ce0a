/// Net promoter score of answers 0…10: the share of 9 and 10 less the share of 0 to 6.
///
/// - Source: Reichheld 2003; margin of error from the variance of a difference of multinomial shares, p + d − (p − d)².
public struct PromoterScore: Hashable, Sendable {
    public var promoters: Int
    public var passives: Int
    public var detractors: Int
    /// Answers outside 0…10, left out.
    public var invalid: Int

    public init(scores: some Sequence<Int>) {
        (promoters, passives, detractors, invalid) = (0, 0, 0, 0)
        for score in scores {
            switch score {
            case 9...10: promoters += 1
            case 7...8: passives += 1
            case 0...6: detractors += 1
            default: invalid += 1
            }
        }
    }

    /// How many gave each score from 0 to 10; counts beyond are invalid, as are those below zero.
    public init(counts: [Int]) {
        func sum(_ scores: ClosedRange<Int>) -> Int {
            counts.indices.reduce(0) { $0 + (scores.contains($1) ? max(counts[$1], 0) : 0) }
        }
        (promoters, passives, detractors) = (sum(9...10), sum(7...8), sum(0...6))
        invalid = counts.dropFirst(11).reduce(0) { $0 + max($1, 0) }
    }

    /// Fewer answers than these are a small sample.
    public static let fewestAnswers = 30
    public var isSmall: Bool { count < Self.fewestAnswers }

    public var count: Int { promoters + passives + detractors }

    /// −100…100; `nil` without answers.
    public var score: Double? { count > 0 ? 100 * Double(promoters - detractors) / Double(count) : nil }

    /// Half the width of the 95 % interval in points; `nil` with fewer than two answers.
    public var marginOfError: Double? {
        guard count > 1 else { return nil }
        let (p, d) = (Double(promoters) / Double(count), Double(detractors) / Double(count))
        let variance = p + d - (p - d) * (p - d)
        return 100 * NormalDistribution.standard.upperQuantile(0.025) * (variance / Double(count)).squareRoot()
    }

    public var wording: Wording {
        guard let score, let marginOfError else { return Wording("回答太少，无法计算净推荐值。", "Too few answers for a net promoter score.") }
        let (value, margin) = (plainNumber(score, digits: 0), plainNumber(marginOfError, digits: 0))
        return Wording(
            "净推荐值 \(value) ± \(margin)（\(count) 份回答\(isSmall ? "，样本偏少" : "")）。",
            "Net promoter score \(value) ± \(margin) (\(Wording.counted(count, "answer"))\(isSmall ? ", a small sample" : "")).")
    }
}
