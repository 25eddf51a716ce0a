import Measures
import PlanModel

/// 「为什么是 63%?」: the tree of reasons as records and sentences.
extension AttainmentExplanation {
    /// What the number belongs to: a goal, a measure or a task; `nil` for the inputs of a measure.
    public var record: RecordID? {
        switch role {
        case .rollUp, .measure, .given: RecordID(key, in: .unnamed)
        default: nil
        }
    }

    /// The share of the weight below that has values, 0…1.
    public var coverage: Double {
        if case .rollUp(let coverage) = role { return coverage }
        return number == nil ? 0 : 1
    }

    /// How the number came about, as one sentence.
    public var reason: Label {
        switch role {
        case .rollUp where children.isEmpty: Label("没有指标、下级目标或任务", "No measures, goals below or tasks")
        // A long sum of tasks says less than its kind.
        case .rollUp where children.count > 8:
            Label(
                "\(number.map(DisplayText.percent) ?? "—")，由 \(children.count) 项按权重平均",
                "\(number.map(DisplayText.percent) ?? "—"), the weighted mean of \(children.count) parts")
        case .given: Label("完成 \(number.map(DisplayText.percent) ?? "—")", "\(number.map(DisplayText.percent) ?? "—") done")
        default: Label(wording.zh, wording.en)
        }
    }

    /// The tree line by line from the top, each with how deep it stands; what is beyond `most` parts of a number is counted.
    ///
    /// - Parameter most: parts named one by one below each number.
    public func lines(most: Int = 12) -> [(depth: Int, line: Line)] {
        func add(_ node: AttainmentExplanation, _ depth: Int) -> [(depth: Int, line: Line)] {
            // A measure's inputs stand in its own sentence.
            let parts = node.children.filter { $0.record != nil }
            let rest = parts.count > most ? [(depth + 1, Line.rest(parts.count - most))] : []
            return [(depth, .node(node))] + parts.prefix(most).flatMap { add($0, depth + 1) } + rest
        }
        return add(self, 0)
    }

    public enum Line {
        case node(AttainmentExplanation)
        case rest(Int)
    }
}
