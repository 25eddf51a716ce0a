/// A kind of record: a struct whose properties are its fields. One file declares it whole.
///
/// ```swift
/// public struct Lesson: RecordKind {
///     public static let names = KindNames("lesson", "lessons", prefix: "L", "经验教训", "Lesson", "Lessons")
///     public let title = Field<String>("标题", "Title", .required)
///     public init() {}
/// }
/// ```
public protocol RecordKind: Sendable {
    static var names: KindNames { get }
    /// Whether records of the kind stand in each other.
    static var isTree: Bool { get }
    init()
}

extension RecordKind {
    public static var isTree: Bool { false }
}

public struct KindNames: Sendable {
    /// In addresses and code: `goal`.
    public let key: String
    /// In plan files and lists: `goals`.
    public let plural: String
    /// The letters of short ids: `G`.
    public let prefix: String
    public let one: Label
    public let many: Label
    public let help: Label

    public init(_ key: String, _ plural: String, prefix: String, _ zh: String, _ en: String, _ enMany: String, help: Label) {
        self.key = key
        self.plural = plural
        self.prefix = prefix
        one = Label(zh, en)
        many = Label(zh, enMany)
        self.help = help
    }

    /// The English name of one within a sentence, with its article: `a task`, `an incentive`, `an NPS survey`.
    public var indefinite: String {
        let name = one.en
        let isAcronym = name.prefix(2).allSatisfy(\.isUppercase)
        let hasVowel = name.first.map { (isAcronym ? "AEFHILMNORSX" : "AEIOU").contains($0.uppercased()) } ?? false
        return (hasVowel ? "an " : "a ") + (isAcronym ? name : name.prefix(1).lowercased() + name.dropFirst())
    }
}

extension StringProtocol {
    /// The first letter as a capital.
    public var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// A field as seen from outside its kind.
public struct FieldInfo: Sendable {
    /// The property's name: in plan files, the API and the journal.
    public let key: String
    public let index: Int
    public let spec: FieldSpec

    public var type: FieldType { spec.type }
    public var label: Label { spec.label }
}

/// The declaration of a kind of record, for code that walks over all kinds. There is one of each, passed around by reference.
public final class Kind: Sendable {
    public let names: KindNames
    public let isTree: Bool
    public let fields: [FieldInfo]
    /// The fields that point to records.
    let referring: [FieldInfo]
    let type: any RecordKind.Type
    private let positions: [String: Int]

    public var key: String { names.key }
    public var prefix: String { names.prefix }
    /// Whether even what its records are called is for the plan's owner alone.
    public var isSecret: Bool { titleField.spec.isSecret }

    init(_ type: any RecordKind.Type) {
        self.type = type
        names = type.names
        isTree = type.isTree
        var fields: [FieldInfo] = []
        // The one place that reads a type's shape at run time: once per kind, when the program starts.
        for child in Mirror(reflecting: Declarations.instance(of: type)).children {
            guard let name = child.label, let field = child.value as? any DeclaredField else { continue }
            field.place(at: fields.count)
            fields.append(FieldInfo(key: name, index: fields.count, spec: field.spec))
        }
        self.fields = fields
        referring = fields.filter { !$0.spec.targets.isEmpty }
        positions = Dictionary(uniqueKeysWithValues: fields.map { ($0.key, $0.index) })
    }

    public func field(_ key: String) -> FieldInfo? { positions[key].map { fields[$0] } }

    /// The field that names a record in lists: the first one.
    public var titleField: FieldInfo { fields[0] }

    /// The columns of a narrow table: those marked, or else the first four that are not prose.
    public var columns: [FieldInfo] {
        let marked = fields.filter(\.spec.isColumn)
        return marked.isEmpty ? Array(fields.filter { $0.type != .prose }.prefix(4)) : marked
    }

    /// Every kind, in the order of declaration.
    public static let all: [Kind] = Kinds.types.map(Kind.init)
    public static let withPrefix: [String: Kind] = Dictionary(uniqueKeysWithValues: all.map { ($0.prefix, $0) })
    public static let withKey: [String: Kind] = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })
    public static let withPlural: [String: Kind] = Dictionary(uniqueKeysWithValues: all.map { ($0.names.plural, $0) })
    static let ofType: [ObjectIdentifier: Kind] = Dictionary(uniqueKeysWithValues: all.map { (ObjectIdentifier($0.type), $0) })

    /// The declaration of a kind by its type.
    public static func of(_ type: any RecordKind.Type) -> Kind {
        guard let kind = ofType[ObjectIdentifier(type)] else { preconditionFailure("\(type) is missing from Kinds.types") }
        return kind
    }
}

extension Kind: Hashable {
    public static func == (a: Kind, b: Kind) -> Bool { a.prefix == b.prefix }
    public func hash(into hasher: inout Hasher) { hasher.combine(prefix) }
}

/// One instance of every kind, since a field's identity is the identity of its declaration.
enum Declarations {
    private static let instances: [ObjectIdentifier: any RecordKind] =
        Dictionary(uniqueKeysWithValues: Kinds.types.map { (ObjectIdentifier($0), $0.init()) })
    // Never freed, and never written once they are there.
    private nonisolated(unsafe) static let places: [ObjectIdentifier: UnsafeRawPointer] = instances.mapValues { place($0) }

    private static func place<K: RecordKind>(_ instance: K) -> UnsafeRawPointer {
        let place = UnsafeMutablePointer<K>.allocate(capacity: 1)
        place.initialize(to: instance)
        return UnsafeRawPointer(place)
    }

    static func instance(of type: any RecordKind.Type) -> any RecordKind {
        guard let instance = instances[ObjectIdentifier(type)] else { preconditionFailure("\(type) is missing from Kinds.types") }
        return instance
    }

    static func of<K: RecordKind>(_ type: K.Type) -> Declaration<K> {
        guard let place = places[ObjectIdentifier(type)] else { preconditionFailure("\(type) is missing from Kinds.types") }
        return Declaration(place.assumingMemoryBound(to: type))
    }
}

/// A kind's declaration with its type, shared by all typed views of its records. It lives as long as the program, so that views do not
/// count who holds it: the count would be what all cores wait for.
@usableFromInline struct Declaration<K: RecordKind>: @unchecked Sendable {
    @usableFromInline let fields: UnsafePointer<K>

    fileprivate init(_ fields: UnsafePointer<K>) { self.fields = fields }

    var kind: Kind { Kind.of(K.self) }

    /// The field itself; reading it through the whole declaration would copy that.
    @inlinable subscript<V>(field: KeyPath<K, Field<V>>) -> Field<V> {
        guard let place = fields.pointer(to: field) else { preconditionFailure("the fields of a kind are stored") }
        return place.pointee
    }
}
