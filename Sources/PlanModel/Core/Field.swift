import Synchronization
import WorkingTime

/// A type a field can hold, with its way into and out of `Value`.
public protocol FieldValue: Sendable {
    static var fieldType: FieldType { get }
    var wrapped: Value { get }
    static func unwrap(_ value: Value) -> Self?
}

/// What a field holds, for everything that is derived from declarations: forms, tables, the API's schema, the plan file.
public enum FieldType: Hashable, Sendable {
    /// One line of text.
    case line
    /// CommonMark, any number of paragraphs.
    case prose
    case whole
    case number
    /// A share 0…1, written and shown as a percentage.
    case percent
    case flag
    case date
    case money
    case duration
    case choice([Option])
    case reference
    case references
    case links
    case shares
    case series

    public struct Option: Hashable, Sendable {
        /// As stored and written in plan files.
        public let key: String
        public let label: Label
    }
}

/// An enumeration people choose from. The raw value is what plan files and the API say.
public protocol Choice: FieldValue, CaseIterable, RawRepresentable, Hashable where RawValue == String {
    var label: Label { get }
}

extension Choice {
    public static var fieldType: FieldType { .choice(allCases.map { FieldType.Option(key: $0.rawValue, label: $0.label) }) }
    public var wrapped: Value { .choice(rawValue) }
    @inlinable public static func unwrap(_ value: Value) -> Self? {
        if case .choice(let key) = value { Self(rawValue: key) } else { nil }
    }
}

/// A rule or property of a field beyond its type.
public enum FieldRule: Sendable {
    /// Must be given when the record is made and may not be emptied.
    case required
    /// Text is CommonMark rather than one line.
    case prose
    /// A number is a share 0…1.
    case percent
    case range(ClosedRange<Double>)
    /// Shown behind the number.
    case unit(Label)
    /// What the record may point to.
    case to([any RecordKind.Type])
    /// Only the plan's owner sees it, unless shared field by field.
    case secret
    /// Shown as a column where space is scarce; without any, the first fields are.
    case column
    /// A column that a reader looks for first, who, by when, how far, and that gets its room before other columns do.
    case foremost
    /// Amounts that add up over records, or over the periods of a series: a table says what they come to.
    case summed
    /// The text names a file kept beside the plans, of this kind.
    case file(FileKind)
    /// The text is the code of a currency.
    case currency
    /// Assumed when absent; not written to the plan file.
    case initial(Value)
}

/// The declaration of one field, apart from the type it holds: what forms, tables, files and schemas read. There is one of each.
public final class FieldSpec: Sendable {
    public let label: Label
    public let help: Label?
    public let type: FieldType
    public let isRequired: Bool
    public let isSecret: Bool
    public let isColumn: Bool
    public let isForemost: Bool
    public let isSummed: Bool
    public let range: ClosedRange<Double>?
    public let unit: Label?
    public let targets: [any RecordKind.Type]
    public let initial: Value?
    public let file: FileKind?
    public let isCurrency: Bool

    init(_ label: Label, help: Label?, type declared: FieldType, rules: [FieldRule]) {
        var type = declared
        var (isRequired, isSecret, isColumn, isForemost, isSummed) = (false, false, false, false, false)
        var range: ClosedRange<Double>?
        var unit: Label?
        var targets: [any RecordKind.Type] = []
        var initial: Value?
        var file: FileKind?
        var isCurrency = false
        for rule in rules {
            switch rule {
            case .required: isRequired = true
            case .prose: type = .prose
            case .percent:
                type = .percent
                if range == nil { range = 0...1 }
            case .range(let allowed): range = allowed
            case .unit(let label): unit = label
            // Copied, not kept: the optimizer of Swift 6.3 lays the literal on the stack and would leave its address behind.
            case .to(let kinds): targets += kinds
            case .secret: isSecret = true
            case .column: isColumn = true
            case .foremost: (isColumn, isForemost) = (true, true)
            case .summed: isSummed = true
            case .initial(let value): initial = value
            case .file(let kind): file = kind
            case .currency: isCurrency = true
            }
        }
        self.label = label
        self.help = help
        self.type = type
        self.isRequired = isRequired
        self.isSecret = isSecret
        self.isColumn = isColumn
        self.isForemost = isForemost
        self.isSummed = isSummed
        self.range = range
        self.unit = unit
        self.targets = targets
        self.initial = initial
        self.file = file
        self.isCurrency = isCurrency
    }
}

/// What a declared field is to code that walks over declarations.
protocol DeclaredField: AnyObject, Sendable {
    var spec: FieldSpec { get }
    /// Tells the field where in a record's values it stands; once, when its kind is made.
    func place(at index: Int)
}

/// One field of a kind of record, declared once as a property of the kind: its name is the property's name.
///
/// ```swift
/// public let due = Field<Day>("完成日期", "Due", .column)
/// ```
public final class Field<V: FieldValue>: DeclaredField {
    public let spec: FieldSpec
    /// Read at every use of a field, millions of times for a long plan, so readable by code compiled elsewhere.
    @usableFromInline let position = Atomic<Int>(-1)

    public init(_ zh: String, _ en: String, _ rules: FieldRule..., help: Label? = nil) {
        spec = FieldSpec(Label(zh, en), help: help, type: V.fieldType, rules: rules)
    }

    func place(at index: Int) { position.store(index, ordering: .relaxed) }

    /// Where in a record's values it stands.
    @inlinable var index: Int { position.load(ordering: .relaxed) }
}

extension String: FieldValue {
    public static var fieldType: FieldType { .line }
    public var wrapped: Value { .text(self) }
    @inlinable public static func unwrap(_ value: Value) -> String? { if case .text(let text) = value { text } else { nil } }
}
extension Int: FieldValue {
    public static var fieldType: FieldType { .whole }
    public var wrapped: Value { .whole(self) }
    @inlinable public static func unwrap(_ value: Value) -> Int? { if case .whole(let number) = value { number } else { nil } }
}
extension Double: FieldValue {
    public static var fieldType: FieldType { .number }
    public var wrapped: Value { .number(self) }
    @inlinable public static func unwrap(_ value: Value) -> Double? {
        if case .number(let number) = value { number } else { nil }
    }
}
extension Bool: FieldValue {
    public static var fieldType: FieldType { .flag }
    public var wrapped: Value { .flag(self) }
    @inlinable public static func unwrap(_ value: Value) -> Bool? { if case .flag(let flag) = value { flag } else { nil } }
}
extension Day: FieldValue {
    public static var fieldType: FieldType { .date }
    public var wrapped: Value { .date(self) }
    @inlinable public static func unwrap(_ value: Value) -> Day? { if case .date(let day) = value { day } else { nil } }
}
extension Money: FieldValue {
    public static var fieldType: FieldType { .money }
    public var wrapped: Value { .money(self) }
    @inlinable public static func unwrap(_ value: Value) -> Money? { if case .money(let money) = value { money } else { nil } }
}
extension WorkDuration: FieldValue {
    public static var fieldType: FieldType { .duration }
    public var wrapped: Value { .duration(self) }
    @inlinable public static func unwrap(_ value: Value) -> WorkDuration? {
        if case .duration(let duration) = value { duration } else { nil }
    }
}
extension RecordID: FieldValue {
    public static var fieldType: FieldType { .reference }
    public var wrapped: Value { .references([self]) }
    @inlinable public static func unwrap(_ value: Value) -> RecordID? {
        if case .references(let ids) = value { ids.first } else { nil }
    }
}
extension Series: FieldValue {
    public static var fieldType: FieldType { .series }
    public var wrapped: Value { .series(self) }
    @inlinable public static func unwrap(_ value: Value) -> Series? {
        if case .series(let series) = value { series } else { nil }
    }
}

/// An element of a field that holds a list.
public protocol ListElement: Sendable {
    static var listType: FieldType { get }
    static func wrap(_ list: [Self]) -> Value
    static func unwrapList(_ value: Value) -> [Self]?
}
extension Array: FieldValue where Element: ListElement {
    public static var fieldType: FieldType { Element.listType }
    public var wrapped: Value { Element.wrap(self) }
    @inlinable public static func unwrap(_ value: Value) -> [Element]? { Element.unwrapList(value) }
}
extension RecordID: ListElement {
    public static var listType: FieldType { .references }
    public static func wrap(_ list: [RecordID]) -> Value { .references(list) }
    @inlinable public static func unwrapList(_ value: Value) -> [RecordID]? {
        if case .references(let ids) = value { ids } else { nil }
    }
}
extension TaskLink: ListElement {
    public static var listType: FieldType { .links }
    public static func wrap(_ list: [TaskLink]) -> Value { .links(list) }
    @inlinable public static func unwrapList(_ value: Value) -> [TaskLink]? {
        if case .links(let links) = value { links } else { nil }
    }
}
extension Share: ListElement {
    public static var listType: FieldType { .shares }
    public static func wrap(_ list: [Share]) -> Value { .shares(list) }
    @inlinable public static func unwrapList(_ value: Value) -> [Share]? {
        if case .shares(let shares) = value { shares } else { nil }
    }
}
