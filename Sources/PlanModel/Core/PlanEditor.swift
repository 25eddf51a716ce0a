/// Collects the edits that lead from one plan to another, in terms of what people do: set, add, remove, move, write.
///
/// ```swift
/// var editor = PlanEditor(plan)
/// let goal = editor.add(Goal.self) { $0.title = "…" }
/// editor.set(goal, "owner", .references([person]))
/// let change = editor.change(by: "zhou", at: now)
/// ```
public struct PlanEditor: Sendable {
    /// The plan with all edits so far.
    public private(set) var plan: Plan
    public private(set) var edits: [Edit] = []
    private let base: Int

    public init(_ plan: Plan) {
        self.plan = plan
        base = plan.revision
    }

    /// Sets a field; setting what is there already, or is assumed where nothing is, makes no edit.
    public mutating func set(_ id: RecordID, _ field: String, _ value: Value?) {
        guard let record = plan.record(id), let info = record.kind.field(field), record.values[info.index] != value,
            record.values[info.index] != nil || value != info.spec.initial
        else { return }
        make(.set(id, field: field, from: record.values[info.index], to: value))
    }

    /// Changes fields of a record through its typed view.
    public mutating func update<K: RecordKind>(_ id: RecordID, as type: K.Type, _ body: (inout Typed<K>) -> Void) {
        guard var typed = plan.record(id, as: type) else { return }
        body(&typed)
        for field in typed.record.kind.fields { set(id, field.key, typed.record.values[field.index]) }
    }

    @discardableResult
    public mutating func add<K: RecordKind>(
        _ type: K.Type, in parent: RecordID? = nil, _ body: (inout Typed<K>) -> Void = { _ in }
    ) -> RecordID {
        let declaration = Declarations.of(K.self)
        var typed = Typed(Record(id: newID(declaration.kind)), declaration)
        body(&typed)
        insert(typed.record, in: parent)
        return typed.id
    }

    @discardableResult
    public mutating func add(_ kind: Kind, in parent: RecordID? = nil, values: [String: Value] = [:]) -> RecordID {
        var record = Record(id: newID(kind))
        for (key, value) in values { if let field = kind.field(key) { record[field] = value } }
        insert(record, in: parent)
        return record.id
    }

    /// Adds a record that already has its identity, last among its siblings: for readers of plan files.
    public mutating func insert(_ record: Record, in parent: RecordID? = nil) {
        let last = plan.tables[record.id.prefix]?.lastChild(of: parent?.number)
        var placed = record
        placed.parent = parent?.number
        make(.create(placed, at: Place(parent: parent?.number, after: last)))
    }

    /// Removes a record with all that stands in it, and every reference to them from this plan.
    public mutating func remove(_ id: RecordID) {
        guard let record = plan.record(id), id != plan.header.id else { return }
        for child in plan.children(of: id, record.kind) { remove(child.id) }
        for (pointer, field) in plan.pointers(to: id) where pointer.id != id {
            set(pointer.id, field.key, pointer.values[field.index]?.without(id))
        }
        guard let place = plan.tables[id.prefix]?.place(of: id.number), let current = plan.record(id) else { return }
        make(.delete(current, at: place))
    }

    public mutating func move(_ id: RecordID, to place: Place) {
        guard let from = plan.tables[id.prefix]?.place(of: id.number), from != place, place.after != id.number else { return }
        make(.move(id, from: from, to: place))
    }

    public mutating func write(_ text: String, section: String) {
        let old = plan.prose[section] ?? ""
        guard old != text else { return }
        make(.write(section: section, from: old, to: text))
    }

    /// - Parameter seen: the revision its author had before them, where that is not the one edited.
    public func change(by author: String, at instant: Instant, note: String? = nil, base seen: Int? = nil) -> Change {
        Change(plan: plan.key, base: seen ?? base, author: author, at: instant, edits: edits, note: note)
    }

    private func newID(_ kind: Kind) -> RecordID { RecordID(plan: plan.key, prefix: kind.prefix, number: plan.nextNumber(kind)) }

    private mutating func make(_ edit: Edit) {
        edits.append(edit)
        plan.apply(edit)
    }
}

extension Plan {
    /// Where a record stands among its kind.
    public func place(of id: RecordID) -> Place? { tables[id.prefix]?.place(of: id.number) }
}

extension Table {
    func lastChild(of parent: Int?) -> Int? {
        if let last = records.last, last.parent == parent { return last.id.number }
        return records.last { $0.parent == parent }?.id.number
    }
}

extension Value {
    /// The value without references to `id`; `nil` if nothing is left.
    func without(_ id: RecordID) -> Value? {
        switch self {
        case .references(let ids):
            let kept = ids.filter { $0 != id }
            return kept.isEmpty ? nil : .references(kept)
        case .links(let links):
            let kept = links.filter { $0.predecessor != id }
            return kept.isEmpty ? nil : .links(kept)
        case .shares(let shares):
            let kept = shares.filter { $0.who != id }
            return kept.isEmpty ? nil : .shares(kept)
        default: return self
        }
    }
}
