/// A piece of HTML or SVG, ready to be sent: everything in it is escaped already.
///
/// ```swift
/// let row = el(.tr, .class("rec"), .id("G-1")) {
///     el(.td) { goal.title }                       // text is escaped
///     if let owner { el(.td) { owner } }
///     for month in months { el(.td, .class("num")) { month.text } }
/// }
/// ```
///
/// - Complexity: each element copies what stands in it once; a table of 2,000 rows takes a few milliseconds.
public struct Markup: Sendable, Hashable {
    /// UTF-8.
    public internal(set) var bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    public init() { bytes = [] }

    /// Text, escaped.
    public init(_ text: String) {
        bytes = []
        bytes.appendEscaped(text)
    }

    /// Markup from elsewhere that is known to be safe: our own assets, or what another `Markup` made.
    public init(trusted text: String) { bytes = Array(text.utf8) }

    public init(@MarkupBuilder _ content: () -> Markup) { self = content() }

    public var isEmpty: Bool { bytes.isEmpty }
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    public mutating func append(_ other: Markup) { bytes += other.bytes }
    public static func + (a: Markup, b: Markup) -> Markup { Markup(bytes: a.bytes + b.bytes) }
}

extension Markup: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(text) }
}

extension [UInt8] {
    /// Appends text with the five characters that could end it replaced. Control characters XML forbids are left out.
    mutating func appendEscaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): append(contentsOf: "&#39;".utf8)
            case 0..<9, 11, 12, 14..<32: continue
            default: append(byte)
            }
        }
    }
}

/// Collects markup and text in the order written.
@resultBuilder
public enum MarkupBuilder {
    public static func buildExpression(_ markup: Markup) -> Markup { markup }
    public static func buildExpression(_ text: String) -> Markup { Markup(text) }
    public static func buildExpression(_ text: Substring) -> Markup { Markup(String(text)) }
    public static func buildExpression(_ number: Int) -> Markup { Markup(String(number)) }
    public static func buildExpression(_ list: [Markup]) -> Markup { buildArray(list) }
    public static func buildExpression(_ markup: Markup?) -> Markup { markup ?? Markup() }
    public static func buildBlock() -> Markup { Markup() }
    public static func buildPartialBlock(first: Markup) -> Markup { first }
    public static func buildPartialBlock(accumulated: Markup, next: Markup) -> Markup {
        var all = accumulated
        all.append(next)
        return all
    }
    public static func buildOptional(_ markup: Markup?) -> Markup { markup ?? Markup() }
    public static func buildEither(first markup: Markup) -> Markup { markup }
    public static func buildEither(second markup: Markup) -> Markup { markup }
    public static func buildArray(_ list: [Markup]) -> Markup {
        var all = Markup()
        all.bytes.reserveCapacity(list.reduce(0) { $0 + $1.bytes.count })
        for markup in list { all.append(markup) }
        return all
    }
}
