/// A section where it stands in its outline, with its number.
public struct NumberedSection: Sendable {
    public let section: Section
    /// 0 for chapters.
    public let depth: Int
    /// `一、`, `（一）`, `1.` or, in letters, `一、`, `A.`, `1.`; in English `1`, `1.1`, `1.1.1`.
    public let number: String
}

extension Blueprint {
    /// All sections in document order with their numbers.
    public func numbered(_ language: Language, style: Numbering = .official) -> [NumberedSection] {
        number(chapters, depth: 0, path: [], language, style)
    }

    private func number(_ sections: [Section], depth: Int, path: [Int], _ language: Language, _ style: Numbering)
        -> [NumberedSection]
    {
        sections.enumerated().flatMap { index, section -> [NumberedSection] in
            let path = path + [index + 1]
            return [NumberedSection(section: section, depth: depth, number: Numbering.text(path, language, style))]
                + number(section.sections, depth: depth + 1, path: path, language, style)
        }
    }
}

extension Numbering {
    static func text(_ path: [Int], _ language: Language, _ style: Numbering) -> String {
        let number = path[path.count - 1]
        if language == .english {
            return style == .official
                ? path.map(String.init).joined(separator: ".")
                : [roman(number), letter(number), "\(number)."][min(path.count - 1, 2)]
        }
        switch (path.count, style) {
        case (1, _): return ideographs(number) + "、"
        case (2, .official): return "（" + ideographs(number) + "）"
        case (2, .letters): return letter(number) + "."
        case (3, _): return "\(number)."
        default: return "（\(number)）"
        }
    }

    private static func letter(_ number: Int) -> String {
        String(UnicodeScalar(UInt8(64 + min(max(number, 1), 26))))
    }

    /// 1…99 in ideographs.
    static func ideographs(_ number: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        guard (1...99).contains(number) else { return String(number) }
        let tens = number / 10
        return (tens == 0 ? "" : tens == 1 ? "十" : digits[tens] + "十") + digits[number % 10]
    }

    private static func roman(_ number: Int) -> String {
        var rest = number
        var text = ""
        for (value, numeral) in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
            while rest >= value { (text, rest) = (text + numeral, rest - value) }
        }
        return text
    }
}
