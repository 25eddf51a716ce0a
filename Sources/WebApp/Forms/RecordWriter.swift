import PlanInsight
import PlanModel
import PlanStore

/// Turns what forms and programs send into changes.
struct RecordWriter {
    let site: Site
    let plan: Plan

    /// Sets fields of a record, on the revision their author had before them.
    func update(_ id: RecordID, base: Int, note: String? = nil, read: (FieldInfo) throws -> Value??) throws -> PlanStore.Committed
    {
        let before = try site.store.plan(plan.key, asOf: base)
        guard let record = before.record(id) ?? plan.record(id) else { throw Problems([.missingRecord(id)]) }
        var editor = PlanEditor(before)
        var problems: [Problem] = []
        for field in record.kind.fields {
            do {
                if let value = try read(field) { editor.set(id, field.key, value == field.spec.initial ? nil : value) }
            } catch let problem as Problem { problems.append(problem) }
        }
        if !problems.isEmpty { throw Problems(problems) }
        return try site.store.commit(editor.change(by: site.author, at: site.clock().now, note: note))
    }

    func create(_ kind: Kind, in parent: RecordID?, note: String? = nil, read: (FieldInfo) throws -> Value?) throws -> (
        id: RecordID, committed: PlanStore.Committed
    ) {
        guard kind != Kind.of(PlanHeader.self) else {
            throw NotFound(what: Label("计划本身不能新增。", "The plan itself cannot be added."))
        }
        if let parent, plan.record(parent) == nil || parent.prefix != kind.prefix { throw Problems([.missingRecord(parent)]) }
        var editor = PlanEditor(plan)
        var values: [String: Value] = [:]
        var problems: [Problem] = []
        for field in kind.fields {
            do { if let value = try read(field), value != field.spec.initial { values[field.key] = value } } catch let problem
                as Problem
            { problems.append(problem) }
        }
        if !problems.isEmpty { throw Problems(problems) }
        let id = editor.add(kind, in: parent, values: values)
        let committed = try site.store.commit(editor.change(by: site.author, at: site.clock().now, note: note))
        let made = committed.change.edits.compactMap { if case .create(let record, _) = $0 { record.id } else { nil } }.last
        return (made ?? id, committed)
    }

    func remove(_ id: RecordID) throws -> PlanStore.Committed {
        var editor = PlanEditor(plan)
        guard plan.record(id) != nil, id != plan.header.id else { throw Problems([.missingRecord(id)]) }
        editor.remove(id)
        return try site.store.commit(editor.change(by: site.author, at: site.clock().now))
    }

    func write(_ text: String, section: String, base: Int) throws -> PlanStore.Committed {
        var editor = PlanEditor(try site.store.plan(plan.key, asOf: base))
        editor.write(text, section: section)
        return try site.store.commit(editor.change(by: site.author, at: site.clock().now))
    }
}

/// Writes the delays that level a plan, as one change.
struct LevellingWriter {
    let site: Site
    let facts: PlanFacts

    /// - Parameter base: the revision the proposal was seen on; a proposal about another plan than the present one is refused.
    func accept(_ request: LevellingRequest, base: Int?) throws -> PlanStore.Committed? {
        if let base, base != facts.plan.revision {
            throw Problem(
                "levelling.stale", Label("计划在预览之后改过，日期可能不同了。", "The plan has changed since the preview; the dates may differ."),
                remedy: Label("重新打开资源平衡，看过再接受。", "Open levelling again and accept what you see."))
        }
        guard let proposal = request.proposal(facts), proposal.isNeeded else { return nil }
        return try site.store.commit(
            proposal.edits(of: facts.plan).change(by: site.author, at: site.clock().now, note: "levelling"))
    }
}

extension Problem {
    static func missingRecord(_ id: RecordID) -> Problem {
        Problem(
            "record.missing", record: id, Label("没有记录 \(id.short)。", "There is no record \(id.short)."),
            remedy: Label("它可能已被删除；刷新后再试。", "It may have been deleted; reload and try again."))
    }
}
