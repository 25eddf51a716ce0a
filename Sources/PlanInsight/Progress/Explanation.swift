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

    /// The tree as a list in Markdown, each level set in, for documents.
    ///
    /// - Parameter most: parts named one by one below each number; the rest is counted.
    public func outline(in workspace: Workspace, seenFrom plan: PlanKey, _ language: Language, most: Int = 12) -> String {
        var lines: [String] = []
        func add(_ node: AttainmentExplanation, _ depth: Int) {
            // A measure's inputs stand in its own sentence.
            let parts = node.children.filter { $0.record != nil }
            let name = node.record.map { "\($0.text(seenFrom: plan)) \(workspace.record($0)?.title ?? "")" } ?? ""
            let weight = node.weight.map {
                language == .chinese ? "（权重 \(DisplayText.percent($0))）" : " (weight \(DisplayText.percent($0)))"
            }
            let colon = language == .chinese ? "：" : ": "
            lines.append(
                String(repeating: "  ", count: depth) + "- " + Self.escaped(name) + (weight ?? "") + colon
                    + Self.escaped(node.reason[language]))
            for part in parts.prefix(most) { add(part, depth + 1) }
            if parts.count > most {
                let rest = parts.count - most
                lines.append(
                    String(repeating: "  ", count: depth + 1)
                        + (language == .chinese ? "- 另有 \(rest) 项" : "- and \(rest) more"))
            }
        }
        add(self, 0)
        return lines.joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "&": out += "&amp;"
            case "\\", "`", "*", "_", "[", "]", "#", "|": out += "\\\(character)"
            default: out.append(character)
            }
        }
        return out
    }
}
