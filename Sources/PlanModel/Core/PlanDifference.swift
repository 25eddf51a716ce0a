/// What differs between two snapshots of one plan, found by what they share in memory rather than by reading it.
///
/// Snapshots made from each other by changes share what no change touched. Records read anew are taken to differ even where they
/// say the same, so a difference may be too large and is never too small.
public struct PlanDifference: Sendable {
    /// Whether the plan's own fields differ.
    public let header: Bool
    /// Kinds, by prefix, of which records were added, removed, moved or put in another order.
    public let rearranged: Set<String>
    /// Records in the same place with other values, by prefix, as positions in document order.
    public let changed: [String: [Int]]

    /// - Complexity: O(records of the kinds that differ).
    public init(from before: Plan, to after: Plan) {
        header = before.header != after.header
        var rearranged: Set<String> = []
        var changed: [String: [Int]] = [:]
        for prefix in Set(before.tables.keys).union(after.tables.keys) {
            let (old, new) = (before.tables[prefix]?.records ?? [], after.tables[prefix]?.records ?? [])
            if old.sharesStorage(with: new) { continue }
            guard old.count == new.count else {
                rearranged.insert(prefix)
                continue
            }
            let positions = new.indices.filter { !old[$0].values.sharesStorage(with: new[$0].values) }
            let isSameOrder = new.indices.allSatisfy {
                old[$0].id.number == new[$0].id.number && old[$0].parent == new[$0].parent
            }
            if !isSameOrder { rearranged.insert(prefix) } else if !positions.isEmpty { changed[prefix] = positions }
        }
        self.rearranged = rearranged
        self.changed = changed
    }

    /// Whether records of the kind differ in any way.
    public func touches(_ kind: Kind) -> Bool { rearranged.contains(kind.prefix) || changed[kind.prefix] != nil }

    /// Whether nothing differs but the values of records of this kind.
    public func isWithin(_ kind: Kind) -> Bool {
        !header && rearranged.isEmpty && changed.keys.allSatisfy { $0 == kind.prefix }
    }
}

extension Array {
    /// Whether both are the same elements at the same place in memory: arrays share their elements until one of them is written to.
    fileprivate func sharesStorage(with other: [Element]) -> Bool {
        count == other.count
            && withUnsafeBufferPointer { mine in other.withUnsafeBufferPointer { mine.baseAddress == $0.baseAddress } }
    }
}
