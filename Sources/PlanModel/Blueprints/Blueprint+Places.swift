/// Where the records of a plan stand in its outline.
extension Plan {
    /// Records of one kind that stand together.
    public struct Group: Sendable {
        public let kind: Kind
        public let records: [Record]
    }

    /// What stands where a section lists a kind.
    ///
    /// The steps of a process stand in the chapter that shows the process: what is to be is not told of what is. Where that chapter lists
    /// no steps of its own, they follow the process.
    ///
    /// - Complexity: O(records of the kind and sections).
    public func groups(_ kind: Kind, _ filter: Filter?, in section: Section, of outline: Blueprint) -> [Group] {
        let here = outline.chapter(of: section)
        let listed = records(kind).filter { filter?.admits($0) ?? true }
        switch kind {
        case .of(Step.self):
            let shown = listed.filter { step in
                let process = Typed<Step>(step)?.process.flatMap { record($0) }
                return process.flatMap { outline.chapter(showing: $0) }.map { $0 == here } ?? true
            }
            return [Group(kind: kind, records: shown)]
        case .of(Process.self) where outline.chapter(listing: .of(Step.self)) != here:
            let ids = Set(listed.map(\.id))
            let steps = all(Step.self).filter { $0.process.map(ids.contains) ?? false }.map(\.record)
            return [Group(kind: kind, records: listed)] + (steps.isEmpty ? [] : [Group(kind: .of(Step.self), records: steps)])
        default: return [Group(kind: kind, records: listed)]
        }
    }
}

extension Blueprint {
    fileprivate func chapter(of section: Section) -> String? {
        chapters.first { $0.withDescendants.contains(section) }?.key
    }

    fileprivate func chapter(showing record: Record) -> String? {
        chapter { kind, filter in kind == record.kind && filter?.admits(record) ?? true }
    }

    fileprivate func chapter(listing kind: Kind) -> String? { chapter { listed, _ in listed == kind } }

    private func chapter(that lists: (Kind, Filter?) -> Bool) -> String? {
        chapters.first { chapter in
            chapter.withDescendants.flatMap(\.contents).contains {
                if case .records(let type, let filter) = $0 { lists(Kind.of(type), filter) } else { false }
            }
        }?.key
    }
}
