import PlanModel
import Scheduling
import WorkingTime

/// What levelling a plan's tasks under the capacity of its people would change: a preview, nothing is written.
public struct LevellingProposal: Sendable {
    /// What levelling may do and what it aims at.
    public enum Aim: String, Sendable, CaseIterable {
        /// As close to the present dates as capacity allows.
        case fewestChanges
        /// The earliest finish.
        case earliestFinish
        /// Deadlines kept, by priority.
        case deadlines

        public var label: Label {
            switch self {
            case .fewestChanges: Label("尽量少改动", "Fewest changes")
            case .earliestFinish: Label("尽早完工", "Earliest finish")
            case .deadlines: Label("尽量守住截止日期", "Keep deadlines")
            }
        }
    }

    /// One task that starts elsewhere.
    public struct Move: Sendable, Hashable {
        public let task: RecordID
        public let from: ClosedRange<Day>
        public let to: ClosedRange<Day>
        public let reason: Label

        /// `2026-12-14 – 2026-12-15`, of a single day the day alone: where it lies and where it would.
        public var days: (from: String, to: String) { (text(from), text(to)) }

        private func text(_ days: ClosedRange<Day>) -> String {
            days.lowerBound == days.upperBound ? "\(days.lowerBound)" : "\(days.lowerBound) – \(days.upperBound)"
        }
    }

    /// One task that is to be done in another way.
    public struct Way: Sendable, Hashable {
        public let task: RecordID
        public let alternative: RecordID
        /// What it is called, how long it takes and who does it.
        public let words: Label
    }

    public let moves: [Move]
    /// Tasks put by hand, which stay where they are, that would no longer wait for a predecessor.
    public let overtaken: [EarlyPlacement]
    /// The day that the plan was looked at from.
    private let today: Day
    /// Alternatives chosen; each changes places with the present way of its task.
    public let ways: [Way]
    public let finishBefore: Day?
    public let finishAfter: Day?
    /// Person days over capacity, before and after.
    public let overloadBefore: Double
    public let overloadAfter: Double
    /// Demands that no date can meet, because one task alone asks for more than there is; they were cut to the capacity.
    public let excessive: [(task: RecordID, person: RecordID)]
    /// How far the objective is from a proven bound: 0 is proven best. Changes and deadlines are bounded by the earliest dates alone, so
    /// that a gap says little there.
    public let gap: Double
    /// Whether the search found what is no worse than the present dates; if not, they are what is proposed.
    private let isNoWorse: Bool
    public let wasStopped: Bool
    public let schedulesGenerated: Int
    public let after: PlanSchedule
    /// Elapsed minutes by which each task is held back.
    private let delays: [RecordID: Int]

    public var isNeeded: Bool { !moves.isEmpty || !ways.isEmpty }

    /// What becomes of overload and finish, in a sentence.
    public var outcome: Label? {
        guard let before = finishBefore, let after = finishAfter else { return nil }
        let (from, to) = (tenths(overloadBefore), tenths(overloadAfter))
        let (zh, en) =
            before == after
            ? ("完工仍为 \(DisplayText.long(before, .chinese))", "the finish stays on \(DisplayText.long(before, .english))")
            : (
                "完工由 \(DisplayText.long(before, .chinese))变为 \(DisplayText.long(after, .chinese))",
                "the finish moves from \(DisplayText.long(before, .english)) to \(DisplayText.long(after, .english))"
            )
        return Label(
            "按下表调整，超载由 \(from) 人天变为 \(to) 人天，\(zh)。",
            "With these moves overload goes from \(from) to \(to) person-days, and \(en).")
    }

    private func tenths(_ days: Double) -> String { DisplayText.number((days * 10).rounded() / 10) }

    /// - Parameters:
    ///   - withinFloat: whether no task may finish after its late finish, so that the plan's finish stays.
    ///   - options: how long to search; the result is the same for the same seed.
    ///   - observer: told of progress, may stop the search; the best so far is kept.
    /// - Throws: `LevellingRefusal` where the plan cannot be searched.
    public init(
        _ facts: PlanFacts, aim: Aim = .fewestChanges, withinFloat: Bool = false,
        options: LevellingOptions = LevellingOptions(schedules: 3000),
        observer: Levelling.Observer? = nil
    ) throws {
        today = facts.today
        let plain = PlanSchedule(facts.plan, in: facts.workspace, today: facts.today, ignoresLevelling: true)
        guard plain.cycles.isEmpty, var question = LevellingQuestion(facts, plain, aim: aim, withinFloat: withinFloat) else {
            throw LevellingRefusal(facts)
        }
        var answer = try LevellingProposal.search(question, options, observer)
        var wasStopped = answer.wasStopped
        // Where float does not suffice the overload stays: what would be late keeps its place.
        while withinFloat, question.hold(late: answer.overruns) {
            let rest = wasStopped ? LevellingOptions(schedules: 100, threads: options.threads, seed: options.seed) : options
            answer = try LevellingProposal.search(question, rest, wasStopped ? nil : observer)
            wasStopped = wasStopped || answer.wasStopped
        }
        let taken = question.alternatives(answer)
        let base =
            taken.isEmpty
            ? plain : PlanSchedule(facts.plan.taking(taken).plan, in: facts.workspace, today: facts.today, ignoresLevelling: true)
        let (delays, schedule) = question.delays(answer, on: base)
        let before = facts.schedule
        let levelled = PlanSchedule(schedule, like: base)
        overloadBefore = WorkLoad(facts.plan, before).excess
        let overload = WorkLoad(facts.plan, levelled).excess
        // Dates that the search cannot move, such as those of what is begun, may leave nothing better than there is.
        let isNoWorse =
            overload < overloadBefore
            || overload == overloadBefore && (aim != .earliestFinish || (levelled.finish ?? today) <= (before.finish ?? today))
        self.isNoWorse = isNoWorse
        let after = isNoWorse ? levelled : before
        overloadAfter = isNoWorse ? overload : overloadBefore
        ways = (isNoWorse ? taken : []).compactMap { facts.plan.record($0, as: Alternative.self) }.map {
            LevellingProposal.way($0, facts.plan)
        }
        let chosen = Dictionary(ways.map { ($0.task, $0.words) }, uniquingKeysWith: { first, _ in first })
        let reasons = Dictionary(
            answer.moves.map { (question.tasks[$0.activity], question.words(of: $0)) }, uniquingKeysWith: { first, _ in first })
        moves = after.tasks.indices.compactMap { index in
            let (task, dates) = (after.tasks[index].id, after.dates[index])
            guard !dates.isSummary, let old = before[task], old.start != dates.start || old.finish != dates.finish else {
                return nil
            }
            let isStarting = old.start != dates.start
            let reason =
                reasons[index] ?? (isStarting || chosen[task] == nil ? after.reasonsForStart(of: task).first?.words : nil)
            let words = [chosen[task], reason].compactMap { $0 }
            return Move(
                task: task, from: old.start...max(old.start, old.finish), to: dates.start...max(dates.start, dates.finish),
                reason: words.isEmpty
                    ? Label("随前置任务移动。", "It moves with its predecessors.")
                    : Label(words.map(\.zh).joined(), words.map(\.en).joined(separator: " ")))
        }
        let known = Set(before.earlyPlacements.map { [$0.task, $0.predecessor] })
        overtaken = after.earlyPlacements.filter { !known.contains([$0.task, $0.predecessor]) }
        self.delays = Dictionary(
            after.tasks.indices.map { index in
                let now = after.tasks[index].levellingDelay.map(after.calendars.minutes) ?? 0
                return (after.tasks[index].id, isNoWorse ? delays[index] ?? 0 : max(0, now))
            }, uniquingKeysWith: { first, _ in first })
        finishBefore = before.finish
        finishAfter = after.finish
        excessive = question.excessive
        gap = isNoWorse ? answer.gap : 1
        self.wasStopped = wasStopped
        schedulesGenerated = answer.schedulesGenerated
        self.after = after
    }

    private static func search(
        _ question: LevellingQuestion, _ options: LevellingOptions, _ observer: Levelling.Observer?
    ) throws -> LevellingResult {
        do { return try Levelling.run(question.problem, options: options, observer: observer) } catch {
            guard error == .tooLarge else { throw error }
            throw LevellingRefusal.tooLong
        }
    }

    /// Tells proposals apart that would change different things: FNV-1a over what each task is held back by and the ways chosen.
    public var digest: String {
        let moved = delays.filter { $0.value != 0 }.map { "\($0.key)+\($0.value)" }.sorted()
        let text = (moved + ways.map { "\($0.alternative)" }).joined(separator: ",")
        let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }

    private static func way(_ alternative: Typed<Alternative>, _ plan: Plan) -> Way {
        return Way(
            task: alternative.task ?? alternative.id, alternative: alternative.id,
            words: Label(
                "改用做法「\(alternative.title ?? "")」（\(alternative.terms(in: plan, .chinese))）。",
                "Switched to the alternative “\(alternative.title ?? "")” (\(alternative.terms(in: plan, .english)))."))
    }

    /// That tasks would be moved to days gone by: so it is where work lies in the past that nobody began, since dates are moved
    /// to where the plan is only by a status date. `nil` where none would.
    public var pastWords: Label? {
        let count = moves.count { move in
            move.to.upperBound < today && after.tasks.contains { $0.id == move.task && !$0.isStarted }
        }
        guard count > 0 else { return nil }
        return Label(
            "其中 \(count) 项会移到 \(today) 之前，那些日子已经过去：先登记进展，或填写数据截至日期，未开始的工作才会排到那一天之后。",
            "\(count == 1 ? "1 task" : "\(count) tasks") would move to days before \(today), which are gone: enter progress first, or a status date, which puts what is not begun after it."
        )
    }

    /// What is proven of it, as a sentence.
    public func proof(_ aim: Aim) -> Label {
        guard isNoWorse else { return Label("没有找到比现在更好的排法。", "Nothing better than the present dates was found.") }
        guard gap > 0 else { return Label("已证明没有更好的排法。", "Proven: nothing better exists.") }
        let share = (gap * 100).rounded() < 1 ? "1%" : "\(Int(nearest: gap * 100))%"
        return aim == .earliestFinish
            ? Label(
                "也许还有更早的完工，但从今天到完工的时间最多还能缩短约 \(share)。",
                "An earlier finish may exist, but the time from now to the finish can shrink by about \(share) at most.")
            : Label(
                "没有证明这是最好的排法；搜索久一些可能更好。",
                "It is not proven that nothing better exists; a longer search may find it.")
    }

    /// The edits that accept it; one change, so that one undo takes it back.
    public func edits(of plan: Plan) -> PlanEditor {
        var editor = plan.taking(ways.map(\.alternative))
        for task in plan.all(PlanTask.self) {
            let delay = delays[task.id] ?? 0
            guard delay != max(0, task.levellingDelay.map(after.calendars.minutes) ?? 0) else { continue }
            editor.set(task.id, "levellingDelay", delay == 0 ? nil : .duration(WorkDuration(minutesElapsed: delay)))
        }
        return editor
    }
}

extension WorkDuration {
    /// In the greatest elapsed unit that holds the minutes exactly enough: to a second.
    init(minutesElapsed minutes: Int) {
        if minutes % 1440 == 0 {
            self.init(Double(minutes / 1440), .elapsedDays)
        } else {
            self.init((Double(minutes) / 60 * 1e4).rounded() / 1e4, .elapsedHours)
        }
    }
}

/// A plan's open tasks as a levelling problem. Time is working minutes of the plan's calendar from the first open task on, so that
/// nights and holidays do not count; each of a task's people rests while on leave, wherever it lies, and the others go on.
struct LevellingQuestion {
    /// Position in the schedule of each activity of the problem.
    let tasks: [Int]
    /// The alternatives behind the modes of an activity other than its first.
    private var ways: [Int: [Typed<Alternative>]] = [:]
    private(set) var problem: LevellingProblem
    private(set) var excessive: [(task: RecordID, person: RecordID)] = []
    private let schedule: Schedule
    private let plan: PlanSchedule
    private let origin: Int
    private let sources: [Staffing.Source]

    /// `nil` where the plan has no schedule.
    init?(_ facts: PlanFacts, _ plan: PlanSchedule, aim: LevellingProposal.Aim, withinFloat: Bool) {
        guard let schedule = plan.schedule else { return nil }
        self.plan = plan
        self.schedule = schedule
        let calendar = plan.calendar
        let open = plan.tasks.indices.filter { index in
            !schedule.network.isSummary(index) && !plan.dates[index].isInactive && !plan.tasks[index].isFinished
        }
        let first = open.map { schedule.start(of: $0) }.min() ?? 0
        let origin = calendar.position(of: first)
        self.origin = origin
        let staffing = Staffing(facts.plan)
        func demands(_ shares: [Share]?) -> [(source: Staffing.Source, units: Double)] {
            (shares ?? []).compactMap { share in staffing.source(of: share.who).map { ($0, share.units) } }
        }
        let alternatives = TaskWays(facts.plan)
        let variants = alternatives.variants.map {
            PlanSchedule($0, in: facts.workspace, today: facts.today, ignoresLevelling: true)
        }
        let shares = open.flatMap { index in
            (plan.tasks[index].assignments ?? [])
                + (alternatives.byTask[plan.tasks[index].id] ?? []).flatMap { $0.assignments ?? [] }
        }
        let asked = Set(demands(shares).map(\.source.id))
        let sources = staffing.sources.filter { asked.contains($0.id) && $0.peak > 0 }
        self.sources = sources
        var problem = LevellingProblem(
            objective: aim == .earliestFinish ? .makespan : aim == .deadlines ? .weightedTardiness : .deviation)
        problem.capacities = sources.map { LevellingQuestion.capacity($0, calendar, origin) }
        let columns = Dictionary(sources.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let people = LevellingAbsences(facts.plan, plan.calendars, origin: origin, columns: columns)
        func units(_ shares: [Share]?) -> [Int] {
            var units = [Int](repeating: 0, count: sources.count)
            for demand in demands(shares) {
                if let column = columns[demand.source.id] {
                    units[column] += max(0, Int(nearest: demand.units * 100, within: 1e9))
                }
            }
            return units
        }
        for index in open {
            let task = plan.tasks[index]
            var needed = units(task.assignments)
            for column in needed.indices {
                let most = problem.capacities[column].steps.map(\.units).max() ?? 0
                if needed[column] > most {
                    excessive.append((task.id, sources[column].id))
                    needed[column] = most
                }
            }
            var activity = LevellingQuestion.activity(index, needed, schedule, calendar, origin, aim, withinFloat)
            activity.setPriority(task.priority)
            guard activity.fixedStart == nil else {
                problem.activities.append(activity)
                continue
            }
            let ways = alternatives.byTask[task.id] ?? []
            activity.pauses = people.pauses(task)
            activity.modes[0].duration = people.length(index, in: plan, activity.pauses)
            for (number, way) in ways.enumerated() {
                activity.modes.append(
                    LevellingMode(
                        duration: people.length(index, in: variants[number], activity.pauses), demands: units(way.assignments),
                        cost: activity.weight * plan.calendars.minutesPerDay))
            }
            activity.absences = people.absences([plan] + variants.prefix(ways.count), index)
            if !ways.isEmpty { self.ways[problem.activities.count] = ways }
            problem.activities.append(activity)
        }
        let waiting = plan.waitingOutside
        for (number, index) in open.enumerated() where waiting.contains(index) {
            problem.activities[number].release = problem.activities[number].presentStart ?? 0
        }
        let repeated = LevellingQuestion.addOccurrences(to: &problem, of: plan, open, origin)
        tasks = open + repeated
        // Links do not move what a person has put somewhere.
        problem.links = OpenLinks(open, schedule).all.filter { !schedule.network.activities[open[$0.successor]].isByHand }.map {
            link in
            // What waits for the start of a begun task waits for the start there was, not for that of the rest.
            let waitsForStart = link.kind == .startToStart || link.kind == .startToFinish
            let begun = waitsForStart ? LevellingQuestion.begun(open[link.predecessor], schedule, calendar) : 0
            return LevellingLink(link.predecessor, link.successor, link.kind, lag: link.lag - begun)
        }
        self.problem = problem
    }

    /// What recurs takes its people at each of its times and at no other; the times do not move.
    /// - Returns: for each activity added the position of its task.
    private static func addOccurrences(
        to problem: inout LevellingProblem, of plan: PlanSchedule, _ open: [Int], _ origin: Int
    ) -> [Int] {
        var repeated: [Int] = []
        for (number, index) in open.enumerated() where plan.tasks[index].isRecurring {
            let demands = problem.activities[number].modes[0].demands
            problem.activities[number].modes[0].demands = demands.map { _ in 0 }
            problem.activities[number].fixedStart = problem.activities[number].presentStart
            for occurrence in plan.occurrences(of: plan.tasks[index]) {
                let start = plan.calendar.position(of: occurrence.days.lowerBound.start) - origin
                let finish = plan.calendar.position(of: (occurrence.days.upperBound + 1).start) - origin
                guard start >= 0, finish > start else { continue }
                let shares = demands.map { Int(nearest: Double($0) * occurrence.share) }
                var activity = LevellingActivity(modes: [LevellingMode(duration: finish - start, demands: shares)])
                activity.presentStart = start
                activity.fixedStart = start
                problem.activities.append(activity)
                repeated.append(index)
            }
        }
        return repeated
    }

    private static func capacity(_ source: Staffing.Source, _ calendar: WorkCalendar, _ origin: Int) -> LevellingCapacity {
        var steps: [LevellingCapacity.Step] = []
        for step in source.steps {
            let start = step.from.map { max(0, calendar.position(of: $0.start) - origin) } ?? 0
            if steps.last?.start == start { steps.removeLast() }
            steps.append(.init(start: start, units: Int(nearest: step.units * 100, within: 1e9)))
        }
        return LevellingCapacity(steps: steps)
    }

    /// Working minutes from the start of a begun task to the rest of it; 0 of what is not begun.
    private static func begun(_ index: Int, _ schedule: Schedule, _ calendar: WorkCalendar) -> Int {
        schedule.rest(of: index).map { calendar.position(of: $0.resumes) - calendar.position(of: schedule.start(of: index)) } ?? 0
    }

    private static func activity(
        _ index: Int, _ demands: [Int], _ schedule: Schedule, _ calendar: WorkCalendar, _ origin: Int,
        _ aim: LevellingProposal.Aim, _ withinFloat: Bool
    ) -> LevellingActivity {
        // Of what is begun the rest is left.
        let begins = schedule.rest(of: index)?.resumes ?? schedule.start(of: index)
        let start = max(0, calendar.position(of: begins) - origin)
        let finish = max(start, calendar.position(of: schedule.finish(of: index)) - origin)
        let inputs = schedule.network.activities[index]
        var activity = LevellingActivity(modes: [LevellingMode(duration: finish - start, demands: demands)])
        activity.presentStart = start
        activity.release = max(0, inputs.constraint.earliestStart(taking: finish - start, calendar, origin))
        if let status = schedule.network.options.statusDate {
            activity.release = max(activity.release, calendar.position(of: status) - origin)
        }
        activity.release = min(activity.release, start)
        if let deadline = inputs.deadline { activity.deadline = max(0, calendar.position(of: deadline) - origin) }
        if withinFloat { activity.latestFinish = max(finish, calendar.position(of: schedule.lateFinish(of: index)) - origin) }
        if inputs.progress != .notStarted || inputs.constraint.isFixed || inputs.isByHand { activity.fixedStart = start }
        return activity
    }

    /// Holds activities that would be late where they are; whether there were any.
    mutating func hold(late overruns: [LevellingOverrun]) -> Bool {
        var hasHeld = false
        for case .late(let activity, _) in overruns where problem.activities[activity].fixedStart == nil {
            problem.activities[activity].fixedStart = problem.activities[activity].presentStart
            hasHeld = true
        }
        return hasHeld
    }

    /// The alternatives that a result chooses.
    func alternatives(_ result: LevellingResult) -> [RecordID] {
        ways.sorted { $0.key < $1.key }.compactMap { activity, ways in
            let mode = result.modes[activity]
            return mode > 0 ? ways[mode - 1].id : nil
        }
    }

    /// The delay of each task, elapsed minutes by position in the schedule, that gives the levelled starts, and the schedule it gives.
    /// Tasks are taken by their starts, so that what a predecessor's delay moves is not delayed twice.
    ///
    /// - Parameter base: the schedule without delays in which tasks are done in the ways chosen.
    func delays(_ result: LevellingResult, on base: PlanSchedule) -> (delays: [Int: Int], schedule: Schedule) {
        var schedule = base.schedule ?? schedule
        var delays: [Int: Int] = [:]
        for activity in tasks.indices.sorted(by: { (result.starts[$0], $0) < (result.starts[$1], $1) }) {
            let index = tasks[activity]
            guard !plan.tasks[index].isRecurring else { continue }
            let isMoved = result.starts[activity] != problem.activities[activity].presentStart
            guard isMoved || schedule.start(of: index) != self.schedule.start(of: index) else { continue }
            // A milestone lies at the end of its predecessors' last day, which is the same time as the start of the next.
            let reached = plan.calendar.position(of: schedule.start(of: index)) - origin
            let delay = plan.calendar.start(at: origin + result.starts[activity]) - schedule.start(of: index)
            guard reached < result.starts[activity], delay > 0 else { continue }
            var inputs = schedule.network.activities[index]
            inputs.levellingDelay = delay
            guard (try? schedule.update(inputs, at: index)) != nil else { continue }
            delays[index] = delay
        }
        return (delays, schedule)
    }

    func words(of move: LevellingMove) -> Label {
        func name(_ activity: Int) -> (zh: String, en: String) {
            let task = plan.tasks[tasks[activity]]
            return ("\(task.id.short)「\(task.title ?? "")」", "\(task.id.short) “\(task.title ?? "")”")
        }
        func source(_ capacity: Int) -> String { sources[capacity].name }
        switch move.reason {
        case .gaveWay(let capacity, let others):
            let names = others.prefix(2).map(name)
            let (zh, en) = (names.map(\.zh).joined(separator: "、"), names.map(\.en).joined(separator: ", "))
            return move.isAdvance
                ? Label(
                    "可以提前，到\(source(capacity))做完\(zh)为止。",
                    "It can start earlier, as soon as \(source(capacity)) is done with \(en).")
                : Label("\(source(capacity))正忙于 \(zh)。", "\(source(capacity)) is busy with \(en).")
        case .capacityAway(let capacity):
            return Label(
                "\(source(capacity))那时不在岗，或人手不够。", "\(source(capacity)) is not there then, or there are not enough.")
        case .follows(let predecessor):
            return move.isAdvance
                ? Label(
                    "可以提前，到前置任务 \(name(predecessor).zh) 为止。", "It can start earlier, as far as \(name(predecessor).en) allows.")
                : Label("随前置任务 \(name(predecessor).zh)移动。", "It follows \(name(predecessor).en).")
        case .released: return Label("它已排在允许的最早日期。", "It starts on the earliest day allowed.")
        case .chosen: return Label("没有可行的日期，只能留有超载。", "No date is feasible; an overload remains.")
        }
    }
}

extension LevellingActivity {
    /// What moves cost: high priority moves last.
    fileprivate mutating func setPriority(_ priority: Priority?) {
        switch priority {
        case .high: (weight, self.priority) = (4, 900)
        case .medium, nil: (weight, self.priority) = (2, 500)
        case .low: (weight, self.priority) = (1, 100)
        }
    }
}

extension DateConstraint {
    /// In working minutes from the origin, 0 where the constraint does not say.
    fileprivate func earliestStart(taking duration: Int, _ calendar: WorkCalendar, _ origin: Int) -> Int {
        switch self {
        case .startNoEarlierThan(let instant), .mustStartOn(let instant): calendar.position(of: instant) - origin
        case .finishNoEarlierThan(let instant), .mustFinishOn(let instant): calendar.position(of: instant) - origin - duration
        default: 0
        }
    }

    fileprivate var isFixed: Bool {
        switch self {
        case .mustStartOn, .mustFinishOn: true
        default: false
        }
    }
}

extension Typed where K == PlanTask {
    var isFinished: Bool { self.actualFinish != nil || self.state == .done || self.progress == 1 }
}
