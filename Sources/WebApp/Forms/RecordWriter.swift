import PlanInsight
import PlanModel
import PlanStore

/// Turns what forms and programs send into changes.
///
/// Each is made on the revision its author had before them (`base`), so that what others did since is merged with it or
/// reported as a conflict, and never written over.
struct RecordWriter {
    let site: Site
    let plan: Plan

    /// Makes a change of the plan as it was at `base`.
    ///
    /// - Throws: `Conflicts` where others changed the same since.
    func write(base: Int, note: String? = nil, _ edit: (inout PlanEditor) throws -> Void) throws -> PlanStore.Committed {
        var editor = PlanEditor(try site.store.plan(plan.key, asOf: base))
        try edit(&editor)
        return try site.store.commit(editor.change(by: site.author, at: site.clock().now, note: note))
    }

    /// Sets fields of a record, and where given puts it last into another record of its kind, or at the top.
    ///
    /// - Throws: `Problems`, all there are at once: what cannot be read, and what may not stand.
    func update(
        _ id: RecordID, base: Int, note: String? = nil, into parent: (() throws -> RecordID?)? = nil,
        read: (FieldInfo) throws -> Value??
    ) throws -> PlanStore.Committed {
        try write(base: base, note: note) { editor in
            let before = editor.plan
            let record = try Self.record(id, in: before, base: base)
            var reading = Reading()
            for field in record.kind.fields {
                guard let value = try reading.of({ try read(field) }) ?? nil else { continue }
                // Saying what holds without being said changes nothing.
                guard value != (record[field.key] ?? field.spec.initial) else { continue }
                editor.set(id, field.key, value == field.spec.initial ? nil : value)
            }
            staff(&editor, id, from: record)
            if let parent, let above = try reading.of(parent), above?.number != record.parent {
                let last = editor.plan.children(of: above, record.kind).last { $0.id != id }
                try reading.of { try Self.move(&editor, record, into: above, after: last?.id) }
            }
            try reading.check(editor.edits, of: before)
        }
    }

    /// What follows for duration, effort and assignments of a task, and for its state and progress, from an edit of one of them.
    private func staff(_ editor: inout PlanEditor, _ id: RecordID, from record: Record) {
        guard let before = Typed<PlanTask>(record), before.record != editor.plan.record(id) else { return }
        let calendars = PlanCalendars(editor.plan, in: site.store.workspace, today: site.today)
        let completion = TaskCompletion(on: editor.plan.fields.statusDate ?? site.today)
        let isSummary = editor.plan.hasChildren(before.record)
        editor.update(id, as: PlanTask.self) { task in
            task = TaskStaffing(calendars).completed(task, from: before)
            if !isSummary { task = completion.settled(task, from: before) }
        }
    }

    /// Adds a record, last into another of its kind or at the top.
    ///
    /// - Throws: `Problems`, all there are at once.
    func create(
        _ kind: Kind, in parent: @autoclosure () throws -> RecordID?, base: Int, note: String? = nil,
        read: (FieldInfo) throws -> Value?
    ) throws -> (id: RecordID, committed: PlanStore.Committed) {
        guard kind != Kind.of(PlanHeader.self) else {
            throw NotFound(what: Label("计划本身不能新增。", "The plan itself cannot be added."))
        }
        guard (1...plan.revision).contains(base) else { throw StoreError.noRevision(plan.key, base) }
        var reading = Reading()
        var values: [String: Value] = [:]
        for field in kind.fields {
            if let value = try reading.of({ try read(field) }) ?? nil, value != field.spec.initial { values[field.key] = value }
        }
        let above = try reading.of {
            let parent = try parent()
            guard let parent, kind.isTree else { return parent }
            if parent.prefix != kind.prefix || parent.plan != plan.key { throw Problem.otherKind(parent, kind, field: "parent") }
            if plan.record(parent) == nil { throw Problem.missing(parent, field: "parent") }
            return parent
        }
        // What is new has nothing to conflict with; its number is given when it is committed.
        var editor = PlanEditor(plan)
        let id = editor.add(kind, in: above ?? nil, values: values)
        for reference in editor.plan.record(id)?.references ?? [] where reference.to == id {
            try reading.of { throw Problem.notYet(id, reference.field) }
        }
        try reading.check(editor.edits, of: plan)
        let committed = try site.store.commit(editor.change(by: site.author, at: site.clock().now, note: note, base: base))
        let made = committed.change.edits.compactMap { if case .create(let record, _) = $0 { record.id } else { nil } }.last
        return (made ?? id, committed)
    }

    func remove(_ id: RecordID, base: Int, note: String? = nil) throws -> PlanStore.Committed {
        guard id != plan.header.id else { throw Problems([.missing(id)]) }
        return try write(base: base, note: note) { editor in editor.remove(try Self.record(id, in: editor.plan, base: base).id) }
    }

    /// Puts a record into another of its kind, or at the top, after a sibling, or first.
    func move(_ id: RecordID, into parent: RecordID?, after sibling: RecordID?, base: Int) throws -> PlanStore.Committed {
        try write(base: base) { editor in
            try Self.move(&editor, try Self.record(id, in: editor.plan, base: base), into: parent, after: sibling)
        }
    }

    private static func move(
        _ editor: inout PlanEditor, _ record: Record, into parent: RecordID?, after sibling: RecordID?
    ) throws {
        let id = record.id
        for (name, other) in [("parent", parent), ("after", sibling)] {
            guard let other, other.prefix != id.prefix || other.plan != id.plan else { continue }
            throw Problem.otherKind(other, record.kind, field: name)
        }
        let place = Place(parent: parent?.number, after: sibling?.number)
        guard let from = editor.plan.place(of: id) else { throw Problems([.missing(id)]) }
        let problems = editor.plan.problems(with: [.move(id, from: from, to: place)])
        if let problem = problems.first { throw problem }
        editor.move(id, to: place)
    }

    /// Keeps the schedule of the revision its author had before them as baseline.
    func takeBaseline(base: Int) throws -> PlanStore.Committed {
        try write(base: base, note: "baseline") { editor in
            var workspace = site.store.workspace
            workspace[plan.key] = editor.plan
            PlanFacts(plan.key, in: workspace, today: site.today)?.takeBaseline(&editor)
        }
    }

    func write(_ text: String, section: String, base: Int, note: String? = nil) throws -> PlanStore.Committed {
        try write(base: base, note: note) { $0.write(text, section: section) }
    }

    /// Takes back the change of a revision.
    ///
    /// - Parameter base: the newest revision its author had before them; nobody takes back what they have not seen.
    /// - Throws: `StandsUnder` where later changes stand on it.
    func reverse(_ revision: Int, base: Int) throws -> PlanStore.Committed {
        for number in [revision, base] where !(1...plan.revision).contains(number) {
            throw StoreError.noRevision(plan.key, number)
        }
        guard revision <= base else {
            throw Outdated(
                message: Label(
                    "r\(revision) 比所依据的版次 \(base) 新。", "r\(revision) is newer than the revision \(base) it was seen on."),
                remedy: Label("先看过 r\(revision) 再撤销它。", "Look at r\(revision) before you undo it."))
        }
        do { return try site.store.undo(revision, of: plan.key, by: site.author, at: site.clock().now) } catch let error
            as Conflicts
        {
            throw try later(than: revision, at: error.all.map { ($0.record, $0.field) }, error.all)
        } catch let error as Problems where error.all.allSatisfy({ $0.code == Problem.danglingCode }) {
            throw try later(than: revision, at: error.all.map { ($0.record, $0.field) })
        }
    }

    private func later(than revision: Int, at places: [(record: RecordID?, field: String?)], _ conflicts: [Conflict] = []) throws
        -> StandsUnder
    {
        let entries =
            revision < plan.revision ? try site.store.journal(of: plan.key, revisions: revision + 1...plan.revision) : []
        return StandsUnder(
            revision: revision,
            places: places.map { place in
                let touching = entries.filter { entry in
                    entry.change.edits.contains { $0.record == place.record && $0.touches(place.field) }
                }
                return StandsUnder.Place(record: place.record, field: place.field, revisions: touching.map(\.revision))
            }, conflicts: conflicts)
    }

    private static func record(_ id: RecordID, in plan: Plan, base: Int) throws -> Record {
        guard let record = plan.record(id) else { throw Problems([.newer(id, than: base)]) }
        return record
    }
}

/// A change cannot be taken back, since later ones stand on it.
struct StandsUnder: Error {
    struct Place {
        let record: RecordID?
        let field: String?
        /// Of the later changes there.
        let revisions: [Int]
    }

    let revision: Int
    let places: [Place]
    /// Where the same was changed again: what it was to become, and what it is.
    var conflicts: [Conflict] = []
    /// So many are named.
    private static let named = 8

    var message: Label {
        Label("r\(revision) 没有撤销：后来的改动建立在它上面。", "r\(revision) was not undone: later changes stand on it.")
    }

    var remedy: Label {
        let all = places.prefix(Self.named).map(Self.words)
        let more = places.count - all.count
        let rest = more > 0 ? Label("等 \(places.count) 处", " and \(more) more") : Label("", "")
        return Label(
            "先撤销或改掉这些：\(all.map(\.zh).joined(separator: "、"))\(rest.zh)。",
            "Undo or change these first: \(all.map(\.en).joined(separator: ", "))\(rest.en).")
    }

    private static func words(_ place: Place) -> Label {
        let name = place.record?.short ?? ""
        let field = place.field.flatMap { place.record?.kind?.field($0) }?.label
        let changes = place.revisions.map { "r\($0)" }
        return Label(
            name + (field.map { "的「\($0.zh)」" } ?? "") + (changes.isEmpty ? "" : "（\(changes.joined(separator: "、"))）"),
            name + (field.map { " \($0.en.lowercased())" } ?? "")
                + (changes.isEmpty ? "" : " (\(changes.joined(separator: ", ")))"))
    }
}

extension Edit {
    /// Whether it sets a field, or makes the record that has it; any field if nil.
    fileprivate func touches(_ field: String?) -> Bool {
        if case .set(_, let key, _, _) = self { field == nil || key == field } else { true }
    }
}

/// Reads what was sent part by part, and keeps what cannot be read, so that its author hears of everything at once.
private struct Reading {
    private var problems: [Problem] = []

    /// What could be read; nil where it could not.
    @discardableResult
    mutating func of<Value>(_ read: () throws -> Value) throws -> Value? {
        do { return try read() } catch let problem as Problem {
            problems.append(problem)
            return nil
        }
    }

    /// - Throws: `Problems` where something could not be read, with what is wrong with the rest.
    func check(_ edits: [Edit], of plan: Plan) throws {
        guard !problems.isEmpty else { return }
        let unread = Set(problems.map(\.field))
        let unfit = plan.problems(with: edits)
        let others = unfit.isEmpty ? plan.ringsClosed(by: edits) : unfit.filter { !unread.contains($0.field) }
        throw Problems(problems + others)
    }
}

/// What a form that met a conflict shows next: the present record, with what its author changed of it laid over.
struct Rebase {
    let base: Record
    let present: Record
    let plan: Plan

    /// What was typed and still says something of its own, by field. Fields left as they were show the present values;
    /// lists that both sides added to show both.
    func typed(_ fields: [String: String]) -> [String: String] {
        var kept = fields
        for field in present.kind.fields {
            guard let text = fields[field.key] else { continue }
            let mine: Value?
            do { mine = try field.value(typed: text, in: plan, record: present.id) } catch { continue }
            let (from, to) = (base.values[field.index], mine == field.spec.initial ? nil : mine)
            if from == to {
                kept[field.key] = nil
                continue
            }
            guard let merged = try? plan.merging([.set(present.id, field: field.key, from: from, to: to)]) else { continue }
            if merged.isEmpty {
                kept[field.key] = nil
            } else if case .set(_, _, _, let both?)? = merged.first, both != to {
                kept[field.key] = field.text(of: both, in: plan.textContext)
            }
        }
        return kept
    }
}

/// Writes the delays that level a plan, as one change.
struct LevellingWriter {
    let site: Site
    let facts: PlanFacts

    /// - Parameters:
    ///   - base: the revision the proposal was seen on; a proposal about another plan than the present one is refused.
    ///   - seen: the digest of the proposal that was seen; another one is refused.
    func accept(_ request: LevellingRequest, base: Int, seen: String? = nil) async throws -> PlanStore.Committed? {
        guard base == facts.plan.revision else {
            throw outdated(Label("计划在预览之后改过，日期可能不同了。", "The plan has changed since the preview; the dates may differ."))
        }
        guard case .done(let found) = try await request.job(facts, site.jobs, patience: nil).state, let proposal = found else {
            return nil
        }
        guard seen == nil || seen == proposal.digest else {
            throw outdated(Label("搜索又找到了别的排法，与预览的不同。", "The search has found another way since the preview."))
        }
        guard proposal.isNeeded else { return nil }
        return try site.store.commit(
            proposal.edits(of: facts.plan).change(by: site.author, at: site.clock().now, note: "levelling"))
    }

    private func outdated(_ message: Label) -> Outdated {
        Outdated(message: message, remedy: Label("重新打开资源平衡，看过再接受。", "Open levelling again and accept what you see."))
    }
}

extension Problem {
    fileprivate static func newer(_ id: RecordID, than base: Int) -> Problem {
        Problem(
            "record.newer", record: id,
            Label("版次 \(base) 时还没有 \(id.short)。", "At revision \(base) there was no \(id.short) yet."),
            remedy: Label("base 应为看到它的那个版次。", "Name as base the revision at which you saw it."))
    }

    /// The id that what is being added will itself get.
    fileprivate static func notYet(_ id: RecordID, _ field: FieldInfo) -> Problem {
        Problem(
            "reference.missing", field: field.key,
            Label("还没有 \(id.short)：新增的记录保存之后才有编号。", "There is no \(id.short) yet: what is added gets its id when it is saved."),
            remedy: Label("「\(field.label.zh)」改为已有的记录，或清空。", "Let “\(field.label.en)” name a record that is there, or clear it."))
    }

    fileprivate static func otherKind(_ id: RecordID, _ kind: Kind, field: String) -> Problem {
        Problem(
            "tree.kind", record: id, field: field,
            Label("\(id.short) 不是本计划的\(kind.names.one.zh)。", "\(id.short) is no \(kind.names.one.en.lowercased()) of this plan."),
            remedy: Label("给出 \(kind.prefix)-1 这样的编号。", "Name one such as \(kind.prefix)-1."))
    }
}
