/// A language of the interface and of documents. Chinese is written first, not translated.
public enum Language: String, Sendable, CaseIterable {
    case chinese = "zh-Hans"
    case english = "en"
}

/// One wording in both languages. Whole sentences or whole names, never fragments to be glued.
public struct Label: Sendable, Hashable {
    public let zh: String
    public let en: String

    public init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    public subscript(language: Language) -> String {
        language == .chinese ? zh : en
    }
}
