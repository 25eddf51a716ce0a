/// Predecessors as people type them: a short id or what the task is called, with relation and lag behind either.
extension FieldInfo {
    /// Reads `T-3 SS+2d`, `开发 FF+1d` or `开发`: a task of this plan goes by its title, or by a part of it that no other has.
    ///
    /// - Parameter record: whose predecessors they are; it is not among those that a name can mean.
    /// - Throws: `Problem` where a name means no task, or several, with those it could mean.
    /// - Complexity: O(records that may be named), and as much again for each part of a title.
    public func links(typed text: String, in plan: Plan, of record: RecordID? = nil) throws(Problem) -> [TaskLink] {
        let names = LinkNames(field: self, plan: plan, record: record)
        let pieces = text.split { ",，、;；\n".contains($0) }.filter { !String($0).trimmed.isEmpty }
        var links: [TaskLink] = []
        var rest = pieces[...]
        while let first = rest.first {
            // A title may hold what separates: the longest run that names a task is one.
            var taken: (link: TaskLink, count: Int)?
            for count in stride(from: min(rest.count, LinkNames.longestRun), through: 1, by: -1) where taken == nil {
                let words = String(text[first.startIndex..<rest[rest.startIndex + count - 1].endIndex]).trimmed
                taken = try names.exact(words).map { ($0, count) }
            }
            if let taken {
                links.append(taken.link)
                rest = rest.dropFirst(taken.count)
            } else {
                links.append(try names.part(String(first).trimmed))
                rest = rest.dropFirst()
            }
        }
        return links
    }
}

/// What the tasks that may precede one are called.
private struct LinkNames {
    /// Of pieces between commas that may be one title.
    static let longestRun = 6
    /// A refusal names no more tasks than this.
    private static let namedAtMost = 6

    let field: FieldInfo
    let plan: Plan
    private let titles: [(id: RecordID, title: String)]
    private let ids: [String: [RecordID]]

    init(field: FieldInfo, plan: Plan, record: RecordID?) {
        (self.field, self.plan) = (field, plan)
        titles = field.spec.targets.flatMap { plan.records(.of($0)) }.filter { $0.id != record }.map {
            ($0.id, $0.title.narrow.lowercased())
        }
        ids = Dictionary(grouping: titles, by: \.title).mapValues { $0.map(\.id) }
    }

    /// What an id or a whole title stands for.
    func exact(_ words: String) throws(Problem) -> TaskLink? {
        if let link = TaskLink(words, in: plan.key) ?? TaskLink(words.narrow, in: plan.key) { return link }
        for (name, relation) in readings(words) {
            guard let found = ids[name.lowercased()] else { continue }
            return try link(found, name, relation)
        }
        return nil
    }

    /// What a part of a title stands for that no other title has.
    func part(_ words: String) throws(Problem) -> TaskLink {
        let isID = words.narrow.split(separator: " ").first.map { RecordID($0, in: plan.key) != nil } ?? false
        if isID { throw field.unreadable(words, nil) }
        for (name, relation) in readings(words) {
            let found = titles.filter { $0.title.contains(name.lowercased()) }.map(\.id)
            if !found.isEmpty { return try link(found, name, relation) }
        }
        throw Problem(
            "link.unknown", field: field.key,
            Label("没有名为「\(words.prefix(60))」的任务。", "No task is called “\(words.prefix(60))”."),
            remedy: Label(
                "写任务的编号或名称，可接关系与延隔，如 T-3、T-4 SS+2d；其他计划的任务从提示中选。",
                "Name a task by id or title, with relation and lag where needed, such as T-3 or T-4 SS+2d; choose those of other plans from the list."
            ))
    }

    private func link(_ found: [RecordID], _ name: String, _ relation: String) throws(Problem) -> TaskLink {
        guard found.count == 1, let id = found.first else { throw ambiguous(name, found) }
        guard let link = TaskLink(id.short + relation, in: plan.key) else { throw field.unreadable(name + " " + relation, nil) }
        return link
    }

    /// The text as a name alone, and as a name with relation and lag behind it.
    private func readings(_ words: String) -> [(name: String, relation: String)] {
        let words = words.narrow
        guard let match = words.wholeMatch(of: /(.+?)(\s*)((?:[Ff][Ss]|[Ss][Ss]|[Ff][Ff]|[Ss][Ff])?\s*(?:[+\-]\s*\d[^,、;\n]*)?)/),
            !match.3.isEmpty
        else { return [(words, "")] }
        // The end of a Latin word is no relation.
        let isWithinWord = match.2.isEmpty && match.3.first?.isLetter == true && match.1.last?.isASCII == true
        return isWithinWord ? [(words, "")] : [(words, ""), (String(match.1), String(match.3))]
    }

    private func ambiguous(_ name: String, _ found: [RecordID]) -> Problem {
        let named = found.prefix(Self.namedAtMost).map { "\($0.short) \(plan.record($0)?.title ?? "")" }
        let isMore = found.count > named.count
        return Problem(
            "link.ambiguous", field: field.key,
            Label(
                "「\(name)」可能是 \(named.joined(separator: "、"))\(isMore ? " 等 \(found.count) 项任务" : "")。",
                "“\(name)” could be \(named.joined(separator: ", "))\(isMore ? " or others, \(found.count) in all" : "")."),
            remedy: Label("写其中一项的编号。", "Give the id of the one you mean."))
    }
}
