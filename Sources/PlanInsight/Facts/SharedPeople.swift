import PlanModel
import Synchronization
import WorkingTime

/// Somebody who takes part in several plans, and what all of them together ask of them.
///
/// The same person is known by the name; a department written in both plans must be the same. Personal plans are their owner's own and do
/// not count.
public struct SharedPerson: Sendable, Hashable {
    /// What one plan asks.
    public struct Part: Sendable, Hashable {
        public let plan: PlanKey
        public let title: String
        public let person: RecordID
        /// The part of full time promised to the plan, as typed; nil where none is.
        public let promised: Double?
        /// From when until when it is promised; open where neither the person nor the plan says.
        public let from, until: Day?
        /// Units by day that tasks take from today on, 1 = one full-time person.
        public let load: [Day: Double]

        func promise(on day: Day) -> Double {
            (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true) ? promised ?? 0 : 0
        }
    }

    /// Days on which all plans together ask for more than there is.
    public struct Excess: Sendable, Hashable {
        public let from, until: Day
        /// Working days over capacity; of promises all days.
        public let days: Int
        /// The most, in units.
        public let peak: Double
    }

    /// Who it is in the plan that is looked at.
    public let person: RecordID
    public let name: String
    /// What they can give in all: their capacity, the largest that any plan writes.
    public let capacity: Double
    /// That of the plan looked at first, the others in the order of the workspace.
    public let parts: [Part]

    /// The promises of all plans together, from today on; nil where they fit.
    public func overPromised(from today: Day) -> Excess? {
        // Promises change at the beginnings and after the ends alone.
        let turns = Set([today] + parts.compactMap(\.from) + parts.compactMap { $0.until.map { $0 + 1 } }).filter { $0 >= today }
            .sorted()
        let over = turns.filter { promised(on: $0) > capacity + 1e-9 }
        guard let first = over.first, let last = over.last else { return nil }
        let after = turns.first { $0 > last }
        return Excess(
            from: first, until: after.map { $0 - 1 } ?? last, days: (after ?? last + 1) - first,
            peak: over.map { promised(on: $0) }.max() ?? 0)
    }

    /// The most that all plans together are promised on any day.
    public var mostPromised: Double {
        // The most stands where one begins, or before any does.
        let turns = parts.compactMap(\.from) + parts.compactMap(\.until)
        return (turns + [Day(number: 0)]).map { promised(on: $0) }.max() ?? 0
    }

    /// What all plans together are promised.
    public func promised(on day: Day) -> Double { parts.reduce(0) { $0 + $1.promise(on: day) } }

    /// The tasks of all plans together, where the plan looked at and another have some on the same day; nil where they fit.
    public var overload: Excess? {
        guard let own = parts.first else { return nil }
        let others = parts.dropFirst()
        var over: [Day: Double] = [:]
        for (day, load) in own.load where load > 0 {
            let more = others.reduce(0) { $0 + ($1.load[day] ?? 0) }
            if more > 0, load + more > capacity + 1e-9 { over[day] = load + more }
        }
        guard let from = over.keys.min(), let until = over.keys.max() else { return nil }
        return Excess(from: from, until: until, days: over.count, peak: over.values.max() ?? 0)
    }
}

/// The loads of plans, kept by what they were computed from, so that looking at one plan does not schedule the others anew each time.
///
/// An entry is never wrong within one workspace and its later snapshots, and may be dropped at any time.
public final class LoadShelf: Sendable {
    /// The plans that a plan's tasks wait for, at a revision.
    private struct Links {
        let revision: Int
        let plans: Set<PlanKey>
    }

    private struct Kept {
        let today: Day
        /// The plan and all plans that its dates depend on, with their revisions.
        let sources: [PlanKey: Int]
        let load: WorkLoad
    }

    private let kept = Mutex<[PlanKey: Kept]>([:])
    private let links = Mutex<[PlanKey: Links]>([:])

    public init() {}

    func load(of plan: Plan, in workspace: Workspace, today: Day) -> WorkLoad {
        let sources = sources(of: plan, workspace)
        if let known = kept.withLock({ $0[plan.key] }), known.today == today, known.sources == sources { return known.load }
        let load = WorkLoad(plan, PlanSchedule(plan, in: workspace, today: today))
        kept.withLock { $0[plan.key] = Kept(today: today, sources: sources, load: load) }
        return load
    }

    /// The plans that a plan's dates are made from, itself among them, with their revisions: those whose calendars hold for it, and those
    /// that its tasks wait for, with theirs.
    private func sources(of plan: Plan, _ workspace: Workspace) -> [PlanKey: Int] {
        var found: [PlanKey: Int] = [:]
        var open = [plan]
        while let next = open.popLast() {
            guard found[next.key] == nil else { continue }
            found[next.key] = next.revision
            open += waitedFor(by: next).compactMap { workspace[$0] } + PlanCalendars.holders(of: next, workspace)
        }
        return found
    }

    private func waitedFor(by plan: Plan) -> Set<PlanKey> {
        if let known = links.withLock({ $0[plan.key] }), known.revision == plan.revision { return known.plans }
        let plans = Set(plan.all(PlanTask.self).flatMap { ($0.predecessors ?? []).map(\.predecessor.plan) })
        links.withLock { $0[plan.key] = Links(revision: plan.revision, plans: plans) }
        return plans
    }
}

extension PlanFacts {
    /// The people of the plan who take part in other plans too, in the plan's order.
    ///
    /// - Complexity: that of the schedules of those plans, where they are not known yet; kept with these facts.
    public var sharedPeople: [SharedPerson] { later.sharedPeople { shared() } }

    private func shared() -> [SharedPerson] {
        guard plan.blueprint != .growth else { return [] }
        let own = plan.all(Person.self).filter { !($0.name ?? "").isEmpty }
        let others = workspace.plans.filter { $0.key != plan.key && $0.blueprint != .growth }
        let people = others.map { other in
            Dictionary(grouping: other.all(Person.self), by: { $0.name ?? "" })
        }
        return own.compactMap { person in
            let same = zip(others, people).compactMap { other, people in
                people[person.name ?? ""]?.first { $0.isSame(as: person) }.map { (other, $0) }
            }
            guard !same.isEmpty else { return nil }
            let capacity = ([person] + same.map(\.1)).map { $0.capacity ?? 1 }.max() ?? 1
            return SharedPerson(
                person: person.id, name: person.name ?? "", capacity: capacity,
                parts: [part(person, plan, load)]
                    + same.map { other, person in
                        part(person, other, loads.load(of: other, in: workspace, today: other.fields.statusDate ?? today))
                    })
        }
    }

    private func part(_ person: Typed<Person>, _ plan: Plan, _ load: WorkLoad) -> SharedPerson.Part {
        SharedPerson.Part(
            plan: plan.key, title: plan.title, person: person.id,
            promised: person.share.map { $0 * (person.capacity ?? 1) }, from: person.joinsOn ?? plan.fields.start,
            until: person.leavesOn ?? plan.fields.finish,
            load: (load.byPerson[person.id]?.byDay ?? [:]).filter { $0.key >= today })
    }
}

extension Typed where K == Person {
    fileprivate func isSame(as other: Typed<Person>) -> Bool {
        guard let one = self.department, let two = other.department, !one.isEmpty, !two.isEmpty else { return true }
        return one == two
    }
}
