import Foundation
import PlanModel
import WorkingTime

/// How the store writes values and edits: each value as the text people would write, in JSON objects by field.
///
/// Texts are stored as they are; everything else in the exact form of `FieldInfo.text(of:in:)`, with every amount's currency.
struct JournalCodec {
    private let context: TextContext

    init(plan: PlanKey) {
        // ISO 4217 keeps XXX for "no currency", so that no amount is written without its own.
        context = TextContext(plan: plan, currency: Currency("XXX") ?? .yuan)
    }

    // MARK: Values

    func text(_ value: Value?, _ field: FieldInfo) -> String? { value.map { field.text(of: $0, in: context) } }

    func value(_ text: String?, _ field: FieldInfo) throws -> Value? {
        guard let text else { return nil }
        return field.type == .line || field.type == .prose ? .text(text) : try field.value(from: text, in: context)
    }

    func values(of record: Record) -> [String: String] {
        var texts: [String: String] = [:]
        for field in record.kind.fields { texts[field.key] = text(record.values[field.index], field) }
        return texts
    }

    func record(_ id: RecordID, parent: Int?, values texts: [String: String]) throws -> Record {
        var record = Record(id: id, parent: parent)
        for field in record.kind.fields { if let text = texts[field.key] { record[field] = try value(text, field) } }
        return record
    }

    // MARK: Edits

    func encode(_ edits: [Edit]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(edits.map(stored)), as: UTF8.self)
    }

    func decode(_ text: String) throws -> [Edit] {
        try JSONDecoder().decode([StoredEdit].self, from: Data(text.utf8)).map(edit)
    }

    private func stored(_ edit: Edit) -> StoredEdit {
        switch edit {
        case .set(let id, let key, let from, let to):
            let field = id.kind?.field(key)
            return StoredEdit(
                set: id.short, field: key, from: field.flatMap { text(from, $0) }, to: field.flatMap { text(to, $0) })
        case .create(let record, let place):
            return StoredEdit(create: record.id.short, parent: place.parent, after: place.after, values: values(of: record))
        case .delete(let record, let place):
            return StoredEdit(delete: record.id.short, parent: place.parent, after: place.after, values: values(of: record))
        case .move(let id, let from, let to):
            return StoredEdit(move: id.short, parent: to.parent, after: to.after, fromParent: from.parent, fromAfter: from.after)
        case .write(let section, let from, let to): return StoredEdit(write: section, from: from, to: to)
        }
    }

    private func edit(_ stored: StoredEdit) throws -> Edit {
        let place = Place(parent: stored.parent, after: stored.after)
        if let text = stored.set {
            let id = try id(text)
            guard let field = id.kind?.field(stored.field ?? "") else {
                throw StoreError.unreadable("field \(stored.field ?? "") of \(text)")
            }
            return .set(id, field: field.key, from: try value(stored.from, field), to: try value(stored.to, field))
        }
        if let text = stored.create {
            return .create(try record(try id(text), parent: stored.parent, values: stored.values ?? [:]), at: place)
        }
        if let text = stored.delete {
            return .delete(try record(try id(text), parent: stored.parent, values: stored.values ?? [:]), at: place)
        }
        if let text = stored.move {
            return .move(try id(text), from: Place(parent: stored.fromParent, after: stored.fromAfter), to: place)
        }
        if let section = stored.write { return .write(section: section, from: stored.from ?? "", to: stored.to ?? "") }
        throw StoreError.unreadable("an edit")
    }

    private func id(_ text: String) throws -> RecordID {
        guard let id = RecordID(text, in: context.plan) else { throw StoreError.unreadable("the id \(text)") }
        return id
    }
}

/// One edit in the journal's JSON: exactly one of the first five is set.
private struct StoredEdit: Codable {
    var set: String?
    var create: String?
    var delete: String?
    var move: String?
    var write: String?
    var field: String?
    var from: String?
    var to: String?
    var parent: Int?
    var after: Int?
    var fromParent: Int?
    var fromAfter: Int?
    var values: [String: String]?
}
