import PlanModel

/// Text cut up so that words of two Chinese characters are found: every ideograph is a token of its own, the rest lower-cased.
enum SearchText {
    static func segmented(_ text: String) -> String {
        var out = ""
        out.reserveCapacity(text.utf8.count * 2)
        for scalar in text.lowercased().unicodeScalars {
            if isIdeograph(scalar) {
                out += " "
                out.unicodeScalars.append(scalar)
                out += " "
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// A phrase query for each word the person typed; `nil` if nothing can be searched.
    static func query(_ text: String) -> String? {
        let words = text.split(whereSeparator: \.isWhitespace).prefix(12).map { word in
            segmented(String(word)).unicodeScalars.map {
                $0.properties.isAlphabetic || $0.properties.numericType != nil || isIdeograph($0) ? String($0) : " "
            }.joined()
        }
        let phrases = words.map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
        // The last word may be unfinished while somebody types.
        return phrases.isEmpty ? nil : phrases.map { "\"\($0)\"" }.joined(separator: " AND ") + (isLatin(phrases.last) ? "*" : "")
    }

    private static func isLatin(_ text: String?) -> Bool { text?.unicodeScalars.last.map { $0.isASCII } ?? false }

    private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value)
    }

    /// What of a record is searched: its texts, without secret fields.
    static func body(of record: Record) -> String {
        let texts = record.kind.fields.compactMap { field -> String? in
            guard !field.spec.isSecret, case .text(let text)? = record.values[field.index] else { return nil }
            return text
        }
        return segmented(([record.id.short] + texts).joined(separator: "\n"))
    }
}
