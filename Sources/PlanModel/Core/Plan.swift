import WorkingTime

/// A whole plan at one revision: an immutable snapshot that everything people see is computed from.
public struct Plan: Sendable, Equatable, Identifiable {
    public let key: PlanKey
    public let blueprint: Blueprint
    /// 0 before the first change; each committed change adds one.
    public internal(set) var revision: Int
    /// The plan's own fields: title, owner, period, currency.
    public internal(set) var header: Record
    /// CommonMark by the key of the blueprint's section.
    public internal(set) var prose: [String: String]
    var tables: [String: Table]
    /// The highest number ever given, by prefix, where it is higher than any number present.
    var retired: [String: Int]

    /// An empty plan.
    public init(key: PlanKey, blueprint: Blueprint, revision: Int = 0) {
        self.key = key
        self.blueprint = blueprint
        self.revision = revision
        header = Record(id: RecordID(plan: key, prefix: PlanHeader.names.prefix, number: 0))
        prose = [:]
        tables = [:]
        retired = [:]
    }

    public var id: PlanKey { key }

    public static func == (a: Plan, b: Plan) -> Bool {
        a.key == b.key && a.blueprint == b.blueprint && a.header == b.header && a.prose == b.prose
            && a.tables.filter { !$0.value.records.isEmpty } == b.tables.filter { !$0.value.records.isEmpty }
    }

    // MARK: Reading

    /// The records of a kind in document order; in trees a record stands before those within it.
    public func records(_ kind: Kind) -> [Record] { tables[kind.prefix]?.records ?? [] }

    /// The records of a kind, typed.
    public func all<K: RecordKind>(_ type: K.Type) -> [Typed<K>] {
        let declaration = Declarations.of(K.self)
        return records(declaration.kind).map { Typed($0, declaration) }
    }

    public func record(_ id: RecordID) -> Record? {
        if id == header.id { return header }
        guard id.plan == key, let table = tables[id.prefix], let position = table.positions[id.number] else { return nil }
        return table.records[position]
    }

    public func record<K: RecordKind>(_ id: RecordID, as type: K.Type) -> Typed<K>? { record(id).flatMap(Typed<K>.init) }

    public var fields: Typed<PlanHeader> { Typed(header, Declarations.of(PlanHeader.self)) }

    public var title: String { fields.title ?? blueprint.name.zh }
    public var currency: Currency { fields.currency.flatMap { Currency(known: $0) ?? Currency($0) } ?? .yuan }

    /// The kinds that have records here, in the order of declaration.
    public var kinds: [Kind] { Kind.all.filter { tables[$0.prefix]?.records.isEmpty == false } }
    public var count: Int { tables.values.reduce(0) { $0 + $1.records.count } }

    /// The records directly within `id`, or at the top for `nil`.
    public func children(of parent: RecordID?, _ kind: Kind) -> [Record] {
        records(kind).filter { $0.parent == parent?.number }
    }

    /// How deep a record stands, 0 at the top.
    public func depth(of record: Record) -> Int {
        var depth = 0
        var above = record.parent
        while let number = above, let parent = self.record(RecordID(plan: key, prefix: record.id.prefix, number: number)) {
            depth += 1
            above = parent.parent
        }
        return depth
    }

    /// How deep each record of a kind stands, in document order.
    public func depths(_ kind: Kind) -> [Int] {
        var depthOf: [Int: Int] = [:]
        return records(kind).map { record in
            let depth = record.parent.flatMap { depthOf[$0] }.map { $0 + 1 } ?? 0
            depthOf[record.id.number] = depth
            return depth
        }
    }

    /// The number the next record of the kind gets.
    public func nextNumber(_ kind: Kind) -> Int {
        min((tables[kind.prefix]?.highest ?? 0).maximum(retired[kind.prefix] ?? 0), Limits.number) + 1
    }

    /// Numbers given and no longer present, where they are above all present ones, by prefix.
    public var retiredNumbers: [String: Int] { retired.filter { $0.value > (tables[$0.key]?.highest ?? 0) } }

    /// The records of this plan that point to `id`, with the field that does.
    public func pointers(to id: RecordID) -> [(record: Record, field: FieldInfo)] {
        Kind.all.flatMap { records($0) }.flatMap { record in
            record.references.filter { $0.to == id }.map { (record, $0.field) }
        }
    }
}

extension Int {
    fileprivate func maximum(_ other: Int) -> Int { Swift.max(self, other) }
}

/// The records of one kind in document order, found by number.
struct Table: Sendable, Equatable {
    private(set) var records: [Record] = []
    private(set) var positions: [Int: Int] = [:]
    private(set) var highest = 0

    static func == (a: Table, b: Table) -> Bool { a.records == b.records }

    subscript(number: Int) -> Record? { positions[number].map { records[$0] } }

    mutating func set(_ number: Int, field: Int, to value: Value?) {
        guard let position = positions[number] else { return }
        records[position].values[field] = value
    }

    /// Where the record stands: in which record, after which sibling.
    func place(of number: Int) -> Place? {
        guard let position = positions[number] else { return nil }
        let parent = records[position].parent
        let before = records[..<position].last { $0.parent == parent }
        return Place(parent: parent, after: before?.id.number)
    }

    /// Inserts a record and whatever stands in it.
    mutating func insert(_ block: [Record], at place: Place) {
        guard var first = block.first else { return }
        first.parent = place.parent
        let position = insertionPosition(place)
        records.insert(contentsOf: [first] + block.dropFirst(), at: position)
        if position + block.count == records.count, !block.contains(where: { positions[$0.id.number] != nil }) {
            for (offset, record) in block.enumerated() { positions[record.id.number] = position + offset }
        } else {
            reindex()
        }
        highest = max(highest, block.reduce(0) { max($0, $1.id.number) })
    }

    /// Takes out a record and whatever stands in it, in order.
    mutating func remove(_ number: Int) -> [Record] {
        guard let position = positions[number] else { return [] }
        let end = blockEnd(position)
        let block = Array(records[position..<end])
        records.removeSubrange(position..<end)
        reindex()
        highest = records.reduce(0) { max($0, $1.id.number) }
        return block
    }

    private func insertionPosition(_ place: Place) -> Int {
        if let sibling = place.after, let position = positions[sibling] { return blockEnd(position) }
        if let parent = place.parent, let position = positions[parent] { return position + 1 }
        return 0
    }

    /// The position behind the record at `position` and all within it.
    func blockEnd(_ position: Int) -> Int {
        var inside: Set<Int> = [records[position].id.number]
        var end = position + 1
        while end < records.count, let parent = records[end].parent, inside.contains(parent) {
            inside.insert(records[end].id.number)
            end += 1
        }
        return end
    }

    private mutating func reindex() {
        positions = Dictionary(uniqueKeysWithValues: records.enumerated().map { ($1.id.number, $0) })
    }
}

/// Where a record stands among its kind: in which record (`nil` at the top) and after which sibling (`nil` first).
public struct Place: Hashable, Sendable {
    public let parent: Int?
    public let after: Int?

    public init(parent: Int? = nil, after: Int? = nil) {
        self.parent = parent
        self.after = after
    }
}

extension Plan {
    /// A plan read whole, without edits: for readers of plan files and of the store.
    ///
    /// - Parameters:
    ///   - records: in document order; in trees a record stands before those within it, and with its siblings in order.
    ///   - retired: the highest number ever given where it is above all present ones, by prefix.
    /// - Complexity: O(records).
    public init(
        key: PlanKey, blueprint: Blueprint, revision: Int, header: Record, prose: [String: String], records: [Record],
        retired: [String: Int] = [:]
    ) {
        self.init(key: key, blueprint: blueprint, revision: revision)
        self.header = header
        self.prose = prose.filter { !$0.value.isEmpty }
        self.retired = retired
        for (prefix, group) in Dictionary(grouping: records, by: \.id.prefix) { tables[prefix] = Table(inOrder: group) }
    }

    /// The edits that make this plan from an empty one: its first change.
    public var foundingEdits: [Edit] {
        var edits: [Edit] = header.kind.fields.compactMap { field in
            header.values[field.index].map { .set(header.id, field: field.key, from: nil, to: $0) }
        }
        for kind in Kind.all {
            var lastChild: [Int?: Int] = [:]
            for record in records(kind) {
                edits.append(.create(record, at: Place(parent: record.parent, after: lastChild[record.parent])))
                lastChild[record.parent] = record.id.number
            }
        }
        return edits
            + blueprint.sections.compactMap { section in
                prose[section.key].map { .write(section: section.key, from: "", to: $0) }
            }
    }
}

extension Table {
    init(inOrder records: [Record]) {
        self.init()
        self.records = records
        positions = Dictionary(records.enumerated().map { ($1.id.number, $0) }, uniquingKeysWith: { first, _ in first })
        highest = records.reduce(0) { max($0, $1.id.number) }
    }
}

extension Plan {
    /// Whether other records stand in it. In document order the first of them follows it directly.
    public func hasChildren(_ record: Record) -> Bool {
        guard let table = tables[record.id.prefix], let position = table.positions[record.id.number],
            position + 1 < table.records.count
        else { return false }
        return table.records[position + 1].parent == record.id.number
    }
}
