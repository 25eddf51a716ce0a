/// Two people changed the same thing: what it was, what each made of it.
public struct Conflict: Error, Hashable, Sendable {
    public let record: RecordID?
    /// A field of the record, `parent` for the record it stands in, or a section's key for prose.
    public let field: String?
    public let base: Value?
    public let mine: Value?
    public let theirs: Value?
}

public struct Conflicts: Error, Sendable {
    public let all: [Conflict]
    public init(_ all: [Conflict]) { self.all = all }
}

extension Plan {
    /// The edits as they have to be made now, if they were written for an earlier revision of this plan.
    ///
    /// Edits of different fields merge; lists, links, shares and series merge entry by entry; new records whose number has been
    /// taken get the next free one, and references among the edits follow. An edit whose end is already reached is dropped.
    ///
    /// - Throws: `Conflicts` where both sides gave the same field different values, or one side changed what the other deleted.
    /// - Complexity: O(edits) plus a copy of each touched table.
    public func merging(_ edits: [Edit]) throws(Conflicts) -> [Edit] {
        var merger = Merger(plan: self)
        for edit in edits { merger.merge(edit) }
        if !merger.conflicts.isEmpty { throw Conflicts(merger.conflicts) }
        return merger.merged
    }
}

private struct Merger {
    var plan: Plan
    var merged: [Edit] = []
    var conflicts: [Conflict] = []
    private var renumbered: [RecordID: RecordID] = [:]

    init(plan: Plan) { self.plan = plan }

    mutating func merge(_ original: Edit) {
        let edit = renumbered.isEmpty ? original : original.renumbering(renumbered)
        switch edit {
        case .set(let id, let field, let from, let to): mergeSet(id, field, from, to)
        case .create(let record, let place): mergeCreate(record, place)
        case .delete(let record, _): mergeDelete(record)
        case .move(let id, let seen, let place): mergeMove(id, seen, place)
        case .write(let section, let from, let to): mergeWrite(section, from, to)
        }
    }

    private mutating func accept(_ edit: Edit) {
        merged.append(edit)
        plan.apply(edit)
    }

    private mutating func mergeSet(_ id: RecordID, _ key: String, _ from: Value?, _ to: Value?) {
        guard let record = plan.record(id) else {
            conflicts.append(Conflict(record: id, field: key, base: from, mine: to, theirs: nil))
            return
        }
        guard let field = record.kind.field(key) else { return accept(.set(id, field: key, from: from, to: to)) }
        let current = record.values[field.index]
        if current == to { return }
        if current == from { return accept(.set(id, field: key, from: from, to: to)) }
        // A field that names one record cannot name two.
        if field.type != .reference, let both = Value.merge(base: from, mine: to, theirs: current) {
            return accept(.set(id, field: key, from: current, to: both.isEmptyList ? nil : both))
        }
        conflicts.append(Conflict(record: id, field: key, base: from, mine: to, theirs: current))
    }

    private mutating func mergeCreate(_ record: Record, _ place: Place) {
        var record = record
        if plan.record(record.id) != nil {
            let fresh = RecordID(plan: plan.key, prefix: record.id.prefix, number: plan.nextNumber(record.kind))
            renumbered[record.id] = fresh
            record = Record(id: fresh, parent: record.parent, values: record.values)
        }
        accept(.create(record, at: standing(place, record.id.prefix)))
    }

    private mutating func mergeDelete(_ record: Record) {
        guard let current = plan.record(record.id), let place = plan.place(of: record.id) else { return }
        let differing = record.kind.fields.filter { current.values[$0.index] != record.values[$0.index] }
        if differing.isEmpty { return accept(.delete(current, at: place)) }
        conflicts += differing.map {
            Conflict(record: record.id, field: $0.key, base: record.values[$0.index], mine: nil, theirs: current.values[$0.index])
        }
    }

    private mutating func mergeMove(_ id: RecordID, _ seen: Place, _ place: Place) {
        func value(_ parent: Int?) -> Value? {
            parent.map { .references([RecordID(plan: id.plan, prefix: id.prefix, number: $0)]) }
        }
        guard let from = plan.place(of: id) else {
            conflicts.append(
                Conflict(record: id, field: "parent", base: value(seen.parent), mine: value(place.parent), theirs: nil))
            return
        }
        // Siblings come and go; into which record it was moved is what two people can disagree about.
        if from.parent != seen.parent, from.parent != place.parent {
            conflicts.append(
                Conflict(
                    record: id, field: "parent", base: value(seen.parent), mine: value(place.parent), theirs: value(from.parent)))
            return
        }
        let to = standing(place, id.prefix)
        if from != to { accept(.move(id, from: from, to: to)) }
    }

    private mutating func mergeWrite(_ section: String, _ from: String, _ to: String) {
        let current = plan.prose[section] ?? ""
        if current == to { return }
        if current == from { return accept(.write(section: section, from: from, to: to)) }
        conflicts.append(Conflict(record: nil, field: section, base: .text(from), mine: .text(to), theirs: .text(current)))
    }

    /// The place, or the end of the same parent if the sibling it names has gone.
    private func standing(_ place: Place, _ prefix: String) -> Place {
        let table = plan.tables[prefix]
        let parent = place.parent.flatMap { table?[$0] == nil ? nil : $0 }
        if let after = place.after, let sibling = table?[after], sibling.parent == parent {
            return Place(parent: parent, after: after)
        }
        return place.after == nil ? Place(parent: parent) : Place(parent: parent, after: table?.lastChild(of: parent))
    }
}

extension Value {
    /// Merges lists and series entry by entry; `nil` where both sides disagree.
    static func merge(base: Value?, mine: Value?, theirs: Value?) -> Value? {
        switch (mine, theirs) {
        case (.references(let mine)?, .references(let theirs)?):
            return .references(mergeList(base: base.flatMap(RecordID.unwrapList) ?? [], mine: mine, theirs: theirs))
        case (.links(let mine)?, .links(let theirs)?):
            let merged = mergeList(base: base.flatMap(TaskLink.unwrapList) ?? [], mine: mine, theirs: theirs)
            return Set(merged.map(\.predecessor)).count == merged.count ? .links(merged) : nil
        case (.shares(let mine)?, .shares(let theirs)?):
            let merged = mergeList(base: base.flatMap(Share.unwrapList) ?? [], mine: mine, theirs: theirs)
            return Set(merged.map(\.who)).count == merged.count ? .shares(merged) : nil
        case (.series(let mine)?, .series(let theirs)?):
            return mergeSeries(base: base.flatMap(Series.unwrap) ?? Series(), mine: mine, theirs: theirs).map { .series($0) }
        default: return nil
        }
    }

    private static func mergeList<Element: Hashable>(base: [Element], mine: [Element], theirs: [Element]) -> [Element] {
        let removed = Set(base).subtracting(mine)
        let added = mine.filter { !base.contains($0) && !theirs.contains($0) }
        return theirs.filter { !removed.contains($0) } + added
    }

    private static func mergeSeries(base: Series, mine: Series, theirs: Series) -> Series? {
        var merged = theirs
        for day in Set(base.days).union(mine.days) where mine[day] != base[day] {
            if theirs[day] != base[day], theirs[day] != mine[day] { return nil }
            merged[day] = mine[day]
        }
        return merged
    }
}

extension Value {
    fileprivate var isEmptyList: Bool {
        switch self {
        case .references(let list): list.isEmpty
        case .links(let list): list.isEmpty
        case .shares(let list): list.isEmpty
        case .series(let series): series.isEmpty
        default: false
        }
    }
}

extension Edit {
    /// The edit with references to renumbered records following them.
    func renumbering(_ ids: [RecordID: RecordID]) -> Edit {
        switch self {
        case .set(let id, let field, let from, let to):
            return .set(ids[id] ?? id, field: field, from: from, to: to?.renumbering(ids))
        case .create(let record, let place):
            var copy = Record(
                id: ids[record.id] ?? record.id, parent: record.parent, values: record.values.map { $0?.renumbering(ids) })
            let renumberedPlace = place.renumbering(ids, record.id)
            copy.parent = renumberedPlace.parent
            return .create(copy, at: renumberedPlace)
        case .delete(let record, let place): return .delete(record, at: place)
        case .move(let id, let from, let to): return .move(ids[id] ?? id, from: from, to: to.renumbering(ids, id))
        case .write: return self
        }
    }
}

extension Place {
    fileprivate func renumbering(_ ids: [RecordID: RecordID], _ like: RecordID) -> Place {
        func number(_ old: Int?) -> Int? {
            old.map { ids[RecordID(plan: like.plan, prefix: like.prefix, number: $0)]?.number ?? $0 }
        }
        return Place(parent: number(parent), after: number(after))
    }
}

extension Value {
    func renumbering(_ ids: [RecordID: RecordID]) -> Value {
        switch self {
        case .references(let list): .references(list.map { ids[$0] ?? $0 })
        case .links(let links): .links(links.map { TaskLink(ids[$0.predecessor] ?? $0.predecessor, $0.relation, lag: $0.lag) })
        case .shares(let shares): .shares(shares.map { Share(ids[$0.who] ?? $0.who, units: $0.units) })
        default: self
        }
    }
}
