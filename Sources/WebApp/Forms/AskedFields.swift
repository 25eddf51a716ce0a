import PlanModel

/// What the fields of an address or a form say; an empty one says nothing.
extension [String: String] {
    func number(_ name: String, _ range: ClosedRange<Double>) throws -> Double? {
        guard let text = said(name) else { return nil }
        guard let number = text.finiteNumber, range.contains(number) else {
            throw Self.refusal(name, "\(DisplayText.number(range.lowerBound))–\(DisplayText.number(range.upperBound))")
        }
        return number
    }

    /// How many are asked for, or where to go on from.
    func count(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text = said(name) else { return nil }
        guard let count = Int(text), range.contains(count) else {
            throw Self.refusal(name, "\(range.lowerBound)–\(range.upperBound)")
        }
        return count
    }

    /// Where a search or simulation starts; the same seed gives the same result.
    func seed() throws -> UInt64? {
        guard let text = said("seed") else { return nil }
        guard let seed = UInt64(text) else { throw Self.refusal("seed", "0–\(UInt64.max)") }
        return seed
    }

    func choice<Choice: CaseIterable & RawRepresentable>(_ name: String) throws -> Choice? where Choice.RawValue == String {
        guard let text = said(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw BadRequest(
                message: Label("不认识 \(name)=\(text)。", "\(name)=\(text) is not known."),
                remedy: Label("可用：\(known)。", "There are: \(known)."))
        }
        return choice
    }

    private func said(_ name: String) -> String? { self[name].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed } }

    private static func refusal(_ name: String, _ range: String) -> BadRequest {
        BadRequest(
            message: Label("\(name) 不成立。", "\(name) cannot be meant."),
            remedy: Label("填写 \(range) 之间的数。", "Give a number of \(range)."))
    }
}
