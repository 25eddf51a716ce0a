/// The plan check: every rule over a plan.
public enum PlanCheck {
    public static let rules: [FindingRule] =
        goalRules + measureRules + taskRules + scheduleRules + scheduleQualityRules + peopleRules + budgetRules + riskRules
        + reviewRules + personalRules
        + qualityRules
        + marketRules + customerRules + operationsRules + calendarRules

    private static let rulesOfTasks = rules.filter { $0.eachTask != nil }

    /// What was found in the tasks of a plan by one rule, with the places of the tasks, ascending.
    fileprivate typealias TaskFindings = [(place: Int, finding: Finding)]

    /// What the rules found.
    struct Result: Sendable {
        /// By the rules that look at each task, in their order.
        fileprivate var inTasks: [TaskFindings] = []
        /// Errors first, then in the order of the rules and of the plan.
        private(set) var findings: [Finding] = []

        init() {}

        /// - Parameter inPlan: for each rule what it found in the plan as a whole.
        fileprivate init(inPlan: [[Finding]], inTasks: [TaskFindings]) {
            self.inTasks = inTasks
            findings.reserveCapacity(inPlan.reduce(0) { $0 + $1.count } + inTasks.reduce(0) { $0 + $1.count })
            for severity in [FindingSeverity.error, .warning] {
                var next = inTasks.makeIterator()
                for (rule, found) in zip(rules, inPlan) {
                    let found = (found, rule.eachTask == nil ? [] : next.next() ?? [])
                    guard rule.severity == severity else { continue }
                    findings += found.0
                    findings += found.1.lazy.map(\.finding)
                }
            }
        }
    }

    /// - Parameter step: from facts whose findings hold wherever the step did not reach.
    static func run(_ facts: PlanFacts, after step: FactsStep?) -> Result {
        let isLong = facts.schedule.tasks.count > 2000
        let inPlan =
            isLong
            ? Array(count: rules.count) { found(inPlan: facts, by: rules[$0]) }
            : rules.map { found(inPlan: facts, by: $0) }
        guard let step, step.isAlone, let affected = step.affected, step.earlier.isNetwork == facts.isNetwork else {
            return Result(inPlan: inPlan, inTasks: found(inTasksOf: facts, at: facts.schedule.openPlaces, by: rulesOfTasks))
        }
        let entered = step.changed.union(reopened(facts.schedule, step.earlier.schedule))
        func again(readingDates: Bool, at reached: Set<Int>) -> IndexingIterator<[TaskFindings]> {
            found(
                inTasksOf: facts, at: facts.schedule.openPlaces.filter(reached.contains),
                by: rulesOfTasks.filter { $0.readsDates == readingDates }
            ).makeIterator()
        }
        var (dated, others) = (again(readingDates: true, at: affected), again(readingDates: false, at: entered))
        return Result(
            inPlan: inPlan,
            inTasks: zip(step.earlier.check.inTasks, rulesOfTasks).map { before, rule in
                rule.readsDates
                    ? replace(before, by: dated.next() ?? [], reached: affected)
                    : replace(before, by: others.next() ?? [], reached: entered)
            })
    }

    /// The places of tasks that are looked at in one of two schedules and not in the other.
    private static func reopened(_ now: PlanSchedule, _ before: PlanSchedule) -> Set<Int> {
        now.openPlaces == before.openPlaces ? [] : Set(now.openPlaces).symmetricDifference(before.openPlaces)
    }

    private static func found(inPlan facts: PlanFacts, by rule: FindingRule) -> [Finding] {
        var report = FindingReport(rule)
        rule.check?(facts, &report)
        return report.findings
    }

    /// - Parameter places: of open tasks, ascending. Long lists are looked through on all cores, each task by all rules before the next.
    private static func found(inTasksOf facts: PlanFacts, at places: [Int], by rules: [FindingRule]) -> [TaskFindings] {
        let stretches = places.count / 500 + 1
        let parts = Array(count: stretches) { number in
            found(
                inTasksOf: facts, at: places[places.count * number / stretches..<places.count * (number + 1) / stretches],
                by: rules)
        }
        return rules.indices.map { rule in parts.flatMap { $0[rule] } }
    }

    private static func found(inTasksOf facts: PlanFacts, at places: ArraySlice<Int>, by rules: [FindingRule]) -> [TaskFindings] {
        var found = Array(repeating: TaskFindings(), count: rules.count)
        var reports = rules.map(FindingReport.init)
        for place in places {
            let (task, dates) = (facts.schedule.tasks[place], facts.schedule.dates[place])
            for (number, rule) in rules.enumerated() {
                rule.eachTask?(facts, task, dates, &reports[number])
                for finding in reports[number].take() { found[number].append((place, finding)) }
            }
        }
        return found
    }

    /// What one rule finds, task by task in the order of the plan.
    static func found(by rule: FindingRule, in facts: PlanFacts) -> [Finding] {
        var report = FindingReport(rule)
        rule.check?(facts, &report)
        for (task, dates) in facts.openTasks { rule.eachTask?(facts, task, dates, &report) }
        return report.findings
    }

    /// Earlier findings with those of the tasks reached replaced, in the order of the plan.
    private static func replace(_ before: TaskFindings, by found: TaskFindings, reached: Set<Int>) -> TaskFindings {
        if found.isEmpty && !before.contains(where: { reached.contains($0.place) }) { return before }
        var merged: TaskFindings = []
        var rest = found[...]
        for entry in before where !reached.contains(entry.place) {
            while let next = rest.first, next.place < entry.place { merged.append(rest.removeFirst()) }
            merged.append(entry)
        }
        return merged + rest
    }
}
