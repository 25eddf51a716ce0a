/// Numbers as people write them in Chinese text: `十二`, `一万二`, `三百二十万`, `半`, `1.2万`.
enum SpokenNumber {
    private static let digits: [Character: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    private static let places: [Character: Int] = ["十": 10, "百": 100, "千": 1000]
    private static let myriads: [Character: Int] = ["万": 10_000, "亿": 100_000_000]

    /// A number in Chinese numerals, or `半`; nil for anything else.
    static func value(_ text: some StringProtocol) -> Double? { text == "半" ? 0.5 : whole(text).map(Double.init) }

    /// A whole number below a trillion in Chinese numerals; a last digit without its place counts for the next lower one, as `一万二`
    /// and `两百五` are said.
    private static func whole(_ text: some StringProtocol) -> Int? {
        var (total, section, digit) = (0, 0, Int?.none)
        var (place, myriad) = (10_000, Int.max)
        // What the last digit stands for if nothing follows it.
        var tail = 1
        for character in text {
            if let found = digits[character] {
                guard digit == nil || digit == 0 else { return nil }
                digit = found
                if found == 0 { tail = 1 }
            } else if let found = places[character], found < place {
                // 十二 leaves out the one that 一百一十二 says.
                guard let times = digit ?? (section == 0 && found == 10 ? 1 : nil), times > 0 else { return nil }
                (section, digit, place, tail) = (section + times * found, nil, found, found / 10)
            } else if let found = myriads[character], found < myriad {
                section += (digit ?? 0) * tail
                guard section > 0 else { return nil }
                (total, section, digit) = (total + section * found, 0, nil)
                (place, myriad, tail) = (10_000, found, found / 10)
            } else {
                return nil
            }
        }
        return text.isEmpty ? nil : total + section + (digit ?? 0) * tail
    }

    /// The plain digits that `1.2万`, `3百万`, `15k` or `一万二` stand for; the text itself where it names no such unit.
    static func digits(_ text: Substring) -> Substring {
        let isSpoken = text.first.map { digits[$0] != nil || $0 == "十" } ?? false
        return isSpoken ? whole(text).map { Substring(String($0)) } ?? text : digits(text, below: 9)
    }

    /// A share as it is said: `八成`, `八成五`, `百分之八十`, `一半`; nil for anything else.
    static func share(_ text: String) -> Double? {
        if text == "一半" || text == "半" { return 0.5 }
        if text.hasPrefix("百分之") { return value(text.dropFirst(3)).map { $0 / 100 } }
        let parts = text.split(separator: "成", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let tenths = value(parts[0]), (1...10).contains(tenths) else { return nil }
        if parts[1].isEmpty { return tenths / 10 }
        return value(parts[1]).flatMap { $0 < 10 ? (tenths * 10 + $0) / 100 : nil }
    }

    private static func digits(_ text: Substring, below limit: Int) -> Substring {
        guard let last = text.last, let zeros = magnitudes[last], zeros < limit else { return text }
        return moved(digits(text.dropLast(), below: zeros), by: zeros)?[...] ?? text
    }

    private static let magnitudes: [Character: Int] = ["百": 2, "千": 3, "k": 3, "K": 3, "万": 4, "亿": 8]

    /// A decimal number with its point moved to the right, exactly; nil where the text is none.
    static func moved(_ number: Substring, by places: Int) -> String? {
        let sign = String(number.prefix { "+-".contains($0) })
        let parts = number.dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false)
        guard sign.count < 2, (1...2).contains(parts.count), !parts[0].isEmpty,
            parts.joined().utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        let padded = fraction + String(repeating: "0", count: max(0, places - fraction.count))
        let rest = padded.dropFirst(places)
        return sign + parts[0] + padded.prefix(places) + (rest.isEmpty ? "" : "." + rest)
    }
}
