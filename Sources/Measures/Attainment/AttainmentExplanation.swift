/// One number and where it comes from: the answer to 「为什么是 63%?」 as a tree.
public struct AttainmentExplanation: Hashable, Sendable {
    /// What the number is and which rule made it.
    public enum Role: Hashable, Sendable {
        /// The weighted mean of the children; `coverage` is the share of the weight that had a value.
        case rollUp(coverage: Double)
        /// Attainment of one measure; the children are the inputs it was computed from.
        case measure(Aim)
        /// A share given from elsewhere, such as a task's progress.
        case given
        /// Inputs of a measure, in the measure's own unit.
        case baseline, target, value, expectedValue
        /// The ends of a range, in the measure's own unit.
        case lowerEnd, upperEnd
    }

    /// The caller's name of the item, or of the measure that an input belongs to.
    public var key: String
    public var role: Role
    /// A share (1 = wholly attained, not cut) for roll-ups, measures and given shares; in the measure's unit for inputs.
    public var number: Double?
    /// The share expected by the day, from the target paths below; `nil` for inputs and where nothing is agreed.
    public var expected: Double?
    public var status: AttainmentStatus?
    /// The part among the siblings that the parent's mean was taken with: the parts of siblings add up to 1.
    /// Zero where the item was left out; `nil` at the root and for inputs.
    public var weight: Double?
    /// What the item adds to the parent's number: weight × number held within the bounds of the roll-up.
    public var contribution: Double?
    public var children: [AttainmentExplanation]
}

extension AttainmentExplanation {
    /// Says in one sentence how the number came about, without the item's name.
    public var wording: Wording {
        guard let number else { return missingWording }
        let percent = plainPercent(number)
        switch role {
        case .rollUp(let coverage):
            let counted = children.filter { ($0.weight ?? 0) > 0 }
            // A single part is the number itself.
            if counted.count == 1, coverage >= 0.9995, let only = counted.first {
                let share = plainPercent(capped(only))
                return (only.number ?? 0) > capped(only)
                    ? Wording("\(share)（超出部分不计）", "\(share) (what is beyond does not count)") : Wording(share, share)
            }
            let isCut = counted.contains { ($0.number ?? 0) > capped($0) + 1e-9 }
            let sumZh = counted.map { "\(plainPercent($0.weight ?? 0)) × \(plainPercent(capped($0)))" }.joined(separator: " + ")
            let gap = coverage < 0.9995
            return Wording(
                "\(percent) = \(sumZh)" + (isCut ? "（超过 100% 的按 100% 计）" : "")
                    + (gap ? "（仅 \(plainPercent(coverage)) 的权重有数据）" : ""),
                "\(percent) = \(sumZh)" + (isCut ? " (above 100% counts as 100%)" : "")
                    + (gap ? " (only \(plainPercent(coverage)) of the weight has data)" : ""))
        case .measure(let aim): return measureWording(aim, percent)
        case .given: return Wording("直接给出：\(percent)", "Given as \(percent)")
        case .baseline: return Wording("基线值 \(plainNumber(number))", "Baseline \(plainNumber(number))")
        case .target: return Wording("目标值 \(plainNumber(number))", "Target \(plainNumber(number))")
        case .value: return Wording("实际值 \(plainNumber(number))", "Value \(plainNumber(number))")
        case .expectedValue: return Wording("目前应达到 \(plainNumber(number))", "Expected by now \(plainNumber(number))")
        case .lowerEnd: return Wording("目标下限 \(plainNumber(number))", "Lower end \(plainNumber(number))")
        case .upperEnd: return Wording("目标上限 \(plainNumber(number))", "Upper end \(plainNumber(number))")
        }
    }

    /// The share that the parent counted, after its bounds.
    private func capped(_ child: AttainmentExplanation) -> Double {
        guard let weight = child.weight, weight > 0, let contribution = child.contribution else { return 0 }
        return contribution / weight
    }

    private func input(_ role: Role) -> String {
        children.first { $0.role == role }?.number.map { plainNumber($0) } ?? "—"
    }

    private func measureWording(_ aim: Aim, _ percent: String) -> Wording {
        let (value, target) = (input(.value), input(.target))
        switch aim {
        case .fall(nil, _):
            return Wording("\(percent) = 2 − \(value) ÷ \(target)", "\(percent) = 2 − \(value) ÷ \(target)")
        // Where baseline and target are one, the level is to be held.
        case .rise(let from, let to) where (from ?? 0) == to:
            return Wording("\(percent)：实际值 \(value)，须保持 \(target)", "\(percent): value \(value), to be held at \(target)")
        case .fall(let from?, let to) where from == to:
            return Wording("\(percent)：实际值 \(value)，须保持 \(target)", "\(percent): value \(value), to be held at \(target)")
        case .rise, .fall:
            let base = input(.baseline)
            let term = "(\(value) − \(base)) ÷ (\(target) − \(base))"
            return Wording("\(percent) = \(term)", "\(percent) = \(term)")
        case .stay(let range, let tolerance):
            let ends = "\(plainNumber(range.lowerBound))–\(plainNumber(range.upperBound))"
            let reach = plainNumber(tolerance ?? range.upperBound - range.lowerBound)
            return (number ?? 0) >= 1
                ? Wording(
                    "\(percent)：实际值 \(value)，在目标区间 \(ends) 内", "\(percent): value \(value), within the wanted range \(ends)")
                : Wording(
                    "\(percent)：实际值 \(value)，在目标区间 \(ends) 外，偏出 \(reach) 计为 0",
                    "\(percent): value \(value), outside the wanted range \(ends); \(reach) outside counts as nothing")
        case .milestone:
            return (number ?? 0) >= 1 ? Wording("已完成", "Done") : Wording("完成 \(percent)", "\(percent) done")
        }
    }

    private var missingWording: Wording {
        if case .rollUp = role { return Wording("下级都没有数据", "Nothing below has data") }
        if case .measure = role, children.contains(where: { $0.role == .value }) {
            return Wording("目标值与方向矛盾，无法计算", "The target contradicts the direction, so nothing can be computed")
        }
        return Wording("还没有实际值", "No value yet")
    }
}
