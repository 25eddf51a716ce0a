import Measures
import PlanModel
import WorkingTime

/// Surveys that can be read, by date, with their net promoter scores.
public struct SurveyScores: Sendable {
    public struct Entry: Sendable {
        public let survey: Typed<Survey>
        public let day: Day
        public let score: PromoterScore
    }

    public let entries: [Entry]

    public init(_ plan: Plan) {
        entries = plan.all(Survey.self).compactMap { survey in
            guard let day = survey.on, let counts = survey.scores.flatMap(Self.counts) else { return nil }
            return Entry(survey: survey, day: day, score: PromoterScore(counts: counts))
        }.filter { $0.score.count > 0 }.sorted { $0.day < $1.day }
    }

    /// Those that asked the same customers as the newest survey of all of them, or else as the newest: only these compare over time.
    public var comparable: [Entry] {
        let like = entries.last { $0.survey.segment == nil } ?? entries.last
        return entries.filter { $0.survey.segment == like?.survey.segment }
    }

    /// How many gave each score from 0 to 10, of `10:33 9:41`; nil for anything else, for a score named twice and for scores beyond.
    public static func counts(_ text: String) -> [Int]? {
        var counts = [Int](repeating: 0, count: 11)
        var named: Set<Int> = []
        let parts = text.split { $0.isWhitespace || ",;，；、".contains($0) }
        for part in parts {
            let pair = part.split(whereSeparator: { ":：×".contains($0) }).map { Int($0) }
            guard pair.count == 2, let score = pair[0], let count = pair[1], (0...10).contains(score),
                (0...1_000_000_000).contains(count),
                named.insert(score).inserted
            else { return nil }
            counts[score] = count
        }
        return parts.isEmpty ? nil : counts
    }

    /// The answers of a survey by what they say of the service; `nil` for a text that cannot be read.
    public static func words(of text: String) -> Label? {
        guard let score = counts(text).map(PromoterScore.init(counts:)), let value = score.score else { return nil }
        let points = DisplayText.number(value.rounded())
        return Label(
            "推荐者（9–10 分）\(score.promoters) 人，中立者（7–8 分）\(score.passives) 人，贬损者（0–6 分）\(score.detractors) 人；净推荐值 \(points)",
            "\(score.promoters) promoters (9–10), \(score.passives) passives (7–8), \(score.detractors) detractors (0–6); net promoter score \(points)"
        )
    }

    /// The newest score with its margin, and whether it moved by more than chance since the one before.
    public var words: Label? {
        let entries = comparable
        guard let last = entries.last else { return nil }
        let wording = last.score.wording
        guard entries.count > 1, let now = last.score.score, let before = entries[entries.count - 2].score.score,
            let margin = last.score.marginOfError, let other = entries[entries.count - 2].score.marginOfError
        else { return Label(wording.zh, wording.en) }
        let change = now - before
        let points = DisplayText.number(abs(change).rounded())
        let both = (margin * margin + other * other).squareRoot()
        let isSure = abs(change) > both
        let zh = change == 0 ? "与上次持平" : "较上次\(change > 0 ? "升" : "降") \(points)"
        let en =
            change == 0
            ? "As in the previous survey"
            : "\(change > 0 ? "Up" : "Down") \(points) \(points == "1" ? "point" : "points") on the previous survey"
        return Label(
            wording.zh + "\(zh)，\(isSure ? "超出" : "没有超出")误差（±\(DisplayText.number(both.rounded()))）。",
            wording.en + " \(en), \(isSure ? "beyond" : "within") the margin of error (±\(DisplayText.number(both.rounded()))).")
    }
}
