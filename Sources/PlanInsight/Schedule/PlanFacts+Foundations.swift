import PlanModel

extension PlanFacts {
    /// The plan and those that bear on its dates, by their keys: whose calendars hold in it, whose tasks its own wait for, and what
    /// bears on theirs.
    ///
    /// - Complexity: O(tasks and people of those plans).
    public var foundations: [Plan] {
        var found: [PlanKey: Plan] = [:]
        var open = [plan]
        while let next = open.popLast() {
            guard found.updateValue(next, forKey: next.key) == nil else { continue }
            open += PlanCalendars.holders(of: next, workspace) + next.plansNamed.compactMap { workspace[$0] }
        }
        return found.values.sorted { $0.key.text < $1.key.text }
    }
}

extension Plan {
    /// Other plans in which predecessors or calendars of this one stand.
    fileprivate var plansNamed: Set<PlanKey> {
        let tasks = all(PlanTask.self)
        let records =
            tasks.flatMap { $0.predecessors ?? [] }.map(\.predecessor) + tasks.compactMap(\.calendar)
            + all(Person.self).compactMap(\.calendar)
        return Set(records.map(\.plan).filter { $0 != key })
    }
}
