/// One thing said in both languages: whole sentences, never fragments to be glued.
public struct Wording: Hashable, Sendable {
    public let zh: String
    public let en: String

    public init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    /// As a sentence.
    var ended: Wording { Wording(zh + "。", en + ".") }

    /// `1 row`, `2 rows`: a number in English with what is counted, or a phrase that begins with it.
    ///
    /// - Parameter many: for all numbers but 1; with an s if left out.
    public static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count < 0 ? "\(count)" : groupedDigits(count)) \(count == 1 ? one : many ?? one + "s")"
    }
}

/// A number as people write it: at most `digits` decimals, no trailing zeros, thousands set off, a plain minus sign.
///
/// Halves are rounded away from zero also where binary fractions fall just short of them.
func plainNumber(_ value: Double, digits: Int = 2) -> String {
    guard value.isFinite else { return "—" }
    guard abs(value) < 1e15 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<max(0, digits) { scale *= 10 }
    let exact = abs(value) * scale
    let scaled = (exact + min(exact * 1e-12, 1e-3)).rounded()
    guard scaled < 9e15 else { return "\(value.rounded())".replacingSuffix(".0", with: "") }
    let units = Int(scaled)
    let base = Int(scale)
    var text = groupedDigits(units / base)
    var fraction = String(units % base)
    if units % base > 0 {
        fraction = String(repeating: "0", count: digits - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        text += "." + fraction
    }
    return value < 0 && units > 0 ? "-" + text : text
}

private func groupedDigits(_ whole: Int) -> String {
    let digits = String(whole)
    var text = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return text
}

/// A share as a percentage with at most one decimal: 0.634 is `63.4%`.
func plainPercent(_ share: Double) -> String { plainNumber(share * 100, digits: 1) + "%" }

extension String {
    fileprivate func replacingSuffix(_ suffix: String, with replacement: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) + replacement : self
    }
}
