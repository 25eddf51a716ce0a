/// A moment in UTC: milliseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Comparable, Sendable {
    public let milliseconds: Int64
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }
}

/// The one way in: who, when, on which revision, which fields of which records become what.
public struct Change: Sendable, Equatable {
    public let plan: PlanKey
    /// The revision its author had before them.
    public let base: Int
    public let author: String
    public let at: Instant
    public let edits: [Edit]
    /// Why, in the author's words.
    public let note: String?
    /// The revision it takes back, if it is an undo.
    public let undoes: Int?

    public init(plan: PlanKey, base: Int, author: String, at: Instant, edits: [Edit], note: String? = nil, undoes: Int? = nil) {
        self.plan = plan
        self.base = base
        self.author = author
        self.at = at
        self.edits = edits
        self.note = note
        self.undoes = undoes
    }
}

/// One step of a change. Each step says what was there before, so that it can be taken back and merged.
public enum Edit: Hashable, Sendable {
    case set(RecordID, field: String, from: Value?, to: Value?)
    case create(Record, at: Place)
    /// The record as it was, and where.
    case delete(Record, at: Place)
    case move(RecordID, from: Place, to: Place)
    /// Prose of a section; empty text is no prose.
    case write(section: String, from: String, to: String)

    /// The record it is about; `nil` for prose.
    public var record: RecordID? {
        switch self {
        case .set(let id, _, _, _), .move(let id, _, _): id
        case .create(let record, _), .delete(let record, _): record.id
        case .write: nil
        }
    }

    public var inverse: Edit {
        switch self {
        case .set(let id, let field, let from, let to): .set(id, field: field, from: to, to: from)
        case .create(let record, let place): .delete(record, at: place)
        case .delete(let record, let place): .create(record, at: place)
        case .move(let id, let from, let to): .move(id, from: to, to: from)
        case .write(let section, let from, let to): .write(section: section, from: to, to: from)
        }
    }
}

extension Change {
    /// The edits that take this change back, last first.
    public var inverseEdits: [Edit] { edits.reversed().map(\.inverse) }
}

extension Plan {
    /// The plan after the edits. The edits must fit: see `problems(with:)` and `merging(_:)`.
    public func applying(_ edits: [Edit]) -> Plan {
        var plan = self
        for edit in edits { plan.apply(edit) }
        return plan
    }

    /// The plan after a committed change, one revision on.
    public func applying(_ change: Change) -> Plan {
        var plan = applying(change.edits)
        plan.revision = revision + 1
        return plan
    }

    /// The same content at another revision: for readers of the journal.
    public func at(revision: Int) -> Plan {
        var plan = self
        plan.revision = revision
        return plan
    }

    /// One edit, in place: the tables are copied only where somebody else holds them.
    mutating func apply(_ edit: Edit) {
        switch edit {
        case .set(let id, let key, _, let value):
            guard let field = id.kind?.field(key) else { return }
            if id == header.id {
                header.values[field.index] = value
            } else {
                tables[id.prefix]?.set(id.number, field: field.index, to: value)
            }
        case .create(let record, let place):
            tables[record.id.prefix, default: Table()].insert([record], at: place)
        case .delete(let record, _):
            retired[record.id.prefix] = max(retired[record.id.prefix] ?? 0, tables[record.id.prefix]?.highest ?? 0)
            _ = tables[record.id.prefix]?.remove(record.id.number)
        case .move(let id, _, let place):
            guard var table = tables[id.prefix] else { return }
            tables[id.prefix] = nil
            let block = table.remove(id.number)
            table.insert(block, at: place)
            tables[id.prefix] = table
        case .write(let section, _, let text):
            prose[section] = text.isEmpty ? nil : text
        }
    }
}
