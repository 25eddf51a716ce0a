/// Numbers as people write them in Chinese text: `十二`, `两百`, `半`, `1.2万`.
enum SpokenNumber {
    private static let digits: [Character: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    private static let places: [Character: Int] = ["十": 10, "百": 100, "千": 1000]

    /// A number below ten thousand in Chinese numerals, or `半`; nil for anything else.
    static func value(_ text: some StringProtocol) -> Double? {
        if text == "半" { return 0.5 }
        var (sum, digit, place) = (0, Int?.none, 10_000)
        for character in text {
            if let found = digits[character] {
                guard digit == nil || digit == 0 else { return nil }
                digit = found
            } else if let found = places[character], found < place {
                // 十二 leaves out the one that 一百一十二 says.
                guard let times = digit ?? (sum == 0 && found == 10 ? 1 : nil), times > 0 else { return nil }
                (sum, digit, place) = (sum + times * found, nil, found)
            } else {
                return nil
            }
        }
        return text.isEmpty ? nil : Double(sum + (digit ?? 0))
    }

    /// The plain digits that `1.2万`, `3百万` or `15k` stand for; the text itself where it names no such unit.
    static func digits(_ text: Substring) -> Substring { digits(text, below: 9) }

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
            parts.joined().utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ",") })
        else { return nil }
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        let padded = fraction + String(repeating: "0", count: max(0, places - fraction.count))
        let rest = padded.dropFirst(places)
        return sign + parts[0] + padded.prefix(places) + (rest.isEmpty ? "" : "." + rest)
    }
}
