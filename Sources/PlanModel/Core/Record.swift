/// One record: its identity, where it stands, and a value or nothing for each field of its kind.
public struct Record: Hashable, Sendable {
    public let id: RecordID
    /// The number of the record it stands in, for kinds that form trees.
    public internal(set) var parent: Int?
    /// In the order of the kind's fields.
    public internal(set) var values: [Value?]

    public init(id: RecordID, parent: Int? = nil, values: [Value?]? = nil) {
        self.id = id
        self.parent = parent
        self.values = values ?? Array(repeating: nil, count: id.kind?.fields.count ?? 0)
    }

    public var kind: Kind {
        guard let kind = id.kind else { preconditionFailure("no kind has the prefix \(id.prefix)") }
        return kind
    }

    /// The value or the field's initial value.
    public subscript(field: FieldInfo) -> Value? {
        get { values[field.index] ?? field.spec.initial }
        set { values[field.index] = newValue }
    }

    /// As `subscript(field:)`, by key; `nil` for keys the kind does not have.
    public subscript(key: String) -> Value? { kind.field(key).flatMap { self[$0] } }

    /// What lists call it: its first field as text, or its short id.
    public var title: String {
        if case .text(let text)? = values.first ?? nil, !text.isEmpty { return text }
        return id.short
    }

    public var pointsToOtherPlans: Bool {
        kind.referring.contains { field in
            switch values[field.index] {
            case .references(let ids)?: ids.contains { $0.plan != id.plan }
            case .links(let links)?: links.contains { $0.predecessor.plan != id.plan }
            case .shares(let shares)?: shares.contains { $0.who.plan != id.plan }
            default: false
            }
        }
    }

    /// Every record it points to, with the field that does.
    public var references: [(field: FieldInfo, to: RecordID)] {
        var found: [(field: FieldInfo, to: RecordID)] = []
        for field in kind.referring {
            switch values[field.index] {
            case .references(let ids)?: for id in ids { found.append((field, id)) }
            case .links(let links)?: for link in links { found.append((field, link.predecessor)) }
            case .shares(let shares)?: for share in shares { found.append((field, share.who)) }
            default: break
            }
        }
        return found
    }
}

/// A record seen as its kind, with its fields as properties: `task.owner`, `task.due = day`.
@dynamicMemberLookup
public struct Typed<K: RecordKind>: Sendable, Identifiable {
    public var record: Record
    @usableFromInline let declaration: Declaration<K>

    init(_ record: Record, _ declaration: Declaration<K>) {
        self.record = record
        self.declaration = declaration
    }

    /// `nil` if the record is of another kind.
    public init?(_ record: Record) {
        guard record.kind.type == K.self else { return nil }
        self.init(record, Declarations.of(K.self))
    }

    public var id: RecordID { record.id }

    public subscript<V: FieldValue>(dynamicMember field: KeyPath<K, Field<V>>) -> V? {
        @inlinable @inline(__always) get {
            // Inlined, the key path is a plain property: a tenth of the time.
            let declared = declaration[field]
            guard let value = record.values[declared.index] ?? declared.spec.initial else { return nil }
            return V.unwrap(value)
        }
        set { record.values[declaration[field].index] = newValue?.wrapped }
    }
}

extension Typed: Equatable {
    public static func == (a: Typed, b: Typed) -> Bool { a.record == b.record }
}
