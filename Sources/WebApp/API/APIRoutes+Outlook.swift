import Foundation
import Hummingbird
import Measures
import PlanInsight
import PlanModel

/// What the scheduling engines say of a plan.
extension APIRoutes {
    func levelling(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (facts, question) = (try facts(visit), try LevellingRequest(request.queryFields))
        guard let proposal = try await waited(question, facts) else { throw NotFound(what: LevellingRefusal(facts).words) }
        return try JSONValue(encoding: LevellingReport(proposal, facts.plan, aim: question.aim, language: visit.language))
    }

    func startLevelling(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        try await started(try LevellingRequest(request.queryFields), try facts(visit))
    }

    func takeBaseline(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (plan, object) = (try site.plan(visit), try await objectIfAny(request))
        try refuseOthers(object, "base")
        let committed = try RecordWriter(site: site, plan: plan).takeBaseline(
            base: try base(request, object, present: plan.revision))
        return ["revision": .number(Double(committed.plan.revision))]
    }

    func acceptLevelling(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (facts, object) = (try facts(visit), try await object(request))
        let committed = try await LevellingWriter(site: site, facts: facts).accept(
            try LevellingRequest(object.compactMapValues { $0.text ?? $0.number.map(DisplayText.number) }),
            base: try base(request, object, present: facts.plan.revision), seen: object["seen"]?.text)
        return ["revision": .number(Double(committed?.plan.revision ?? facts.plan.revision))]
    }

    func schedule(_ facts: PlanFacts, _ language: Language) -> JSONValue {
        let longest = Set(facts.schedule.longestPath)
        let near = Set(facts.schedule.nearCritical)
        let lateness = facts.schedule.reasonsForLateness(facts.plan)
        return .array(
            zip(facts.schedule.tasks, facts.schedule.dates).map { task, dates in
                [
                    "id": .string(task.id.short), "start": .string("\(dates.start)"), "finish": .string("\(dates.finish)"),
                    "earlyStart": .string("\(dates.earlyStart)"),
                    "earlyFinish": .string("\(dates.earlyFinish)"), "lateStart": .string("\(dates.lateStart)"),
                    "lateFinish": .string("\(dates.lateFinish)"),
                    "durationDays": .number(dates.duration), "totalFloatDays": .number(dates.totalFloat),
                    "freeFloatDays": .number(dates.freeFloat),
                    "critical": .bool(dates.isCritical), "summary": .bool(dates.isSummary),
                    "nearCritical": .bool(near.contains(task.id)), "onLongestPath": .bool(longest.contains(task.id)),
                    "driver": facts.schedule.driver(of: task.id).map { .string($0.text(seenFrom: facts.plan.key)) } ?? .null,
                    "tooLateFor": lateness[task.id].map { reason in
                        [
                            "task": reason.task.map { .string($0.text(seenFrom: facts.plan.key)) } ?? .null,
                            "words": .string(reason.words[language]),
                        ]
                    } ?? .null,
                ]
            })
    }

    /// The paths to the finish in the order in which they matter.
    func schedulePaths(_ facts: PlanFacts) -> JSONValue {
        .array(
            facts.schedule.paths(atMost: 10).map { path in
                [
                    "relativeFloatDays": .number(path.relativeFloat),
                    "tasks": .array(path.tasks.map { .string($0.text(seenFrom: facts.plan.key)) }),
                ]
            })
    }

    func scheduleQuality(_ facts: PlanFacts, _ language: Language) throws -> JSONValue {
        guard let report = facts.scheduleQuality else {
            throw NotFound(what: Label("没有排期：任务成环。", "There is no schedule: the tasks form a ring."))
        }
        return try JSONValue(encoding: ScheduleQualitySummary.points(report, language))
    }

    func simulation(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (facts, question) = (try facts(visit), try SimulationRequest(request.queryFields))
        guard let outlook = try await waited(question, facts) else {
            throw NotFound(
                what: Label(
                    "没有可模拟的不确定性：任务没有三点估算，风险没有概率与延误。",
                    "Nothing is uncertain: no task has estimates, no risk a probability and a delay."))
        }
        return try JSONValue(encoding: OutlookReport(outlook, facts.plan))
    }

    func startSimulation(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        try await started(try SimulationRequest(request.queryFields), try facts(visit))
    }

    func earnedValue(_ facts: PlanFacts, _ language: Language) throws -> JSONValue {
        guard let report = facts.earnedValue else {
            throw NotFound(what: Label("没有基线，无从计算挣值。", "Without a baseline there is no earned value."))
        }
        return try JSONValue(encoding: EarnedValueSummary(report, facts.plan, language))
    }

    func reasons(_ visit: Visit) throws -> JSONValue {
        let facts = try facts(visit)
        let id = try site.record(visit, in: facts.plan).id
        if let tree = facts.progress.goals[id]?.explanation ?? facts.progress.measures[id]?.explanation {
            guard case .object(var object) = reason(tree, facts.plan, visit.language) else { return .null }
            object["formula"] = facts.formulaReason(of: id).map { formula($0, visit.language) }
            return .object(object)
        }
        if let test = facts.test(of: id) {
            return [
                "verdict": .string(test.verdict[visit.language]), "reason": .string(test.reason?[visit.language] ?? ""),
                "supported": .bool(test.isSupported),
            ]
        }
        if let shared = facts.sharedPeople.first(where: { $0.person == id }) { return json(shared, facts) }
        if let reason = facts.formulaReason(of: id) { return ["formula": formula(reason, visit.language)] }
        guard facts.schedule[id] != nil else {
            throw NotFound(
                what: Label(
                    "没有可以说明的数：只有任务、目标、有目标值的指标、可检验的原因和参与几个计划的人有。",
                    "Nothing to give reasons for: only tasks, goals, measures with a target, causes that are tested and people of several plans have them."
                ))
        }
        return .array(
            facts.schedule.reasonsForStart(of: id).map { reason in
                [
                    "id": .string(reason.task.short), "start": .string("\(reason.start)"),
                    "reason": .string(reason.words[visit.language]),
                    "predecessor": reason.predecessor.map { .string($0.short) } ?? .null,
                ]
            })
    }

    /// What several plans together ask of somebody.
    private func json(_ shared: SharedPerson, _ facts: PlanFacts) -> JSONValue {
        func json(_ excess: SharedPerson.Excess?) -> JSONValue {
            guard let excess else { return .null }
            return [
                "from": .string("\(excess.from)"), "until": .string("\(excess.until)"), "days": .number(Double(excess.days)),
                "peak": .number(excess.peak),
            ]
        }
        return [
            "name": .string(shared.name), "capacity": .number(shared.capacity),
            "overPromised": json(shared.overPromised(from: facts.today)), "overload": json(shared.overload),
            "plans": .array(
                shared.parts.map { part in
                    [
                        "plan": .string(part.plan.text), "person": .string(part.person.short),
                        "promised": part.promised.map { .number($0) } ?? .null,
                        "load": .object(Dictionary(uniqueKeysWithValues: part.load.map { ("\($0)", .number($1)) })),
                    ]
                }),
        ]
    }

    /// Where a measure is heading by its due day, period by period.
    func forecast(_ visit: Visit) throws -> JSONValue {
        let facts = try facts(visit)
        guard let measure = Typed<Measure>(try site.record(visit, in: facts.plan)) else {
            throw NotFound(what: Label("没有这个指标。", "There is no such measure."))
        }
        guard let forecast = facts.forecasts[measure.id] else {
            throw NotFound(
                what: Label("没有数值，或达成日期已过，没有可预测的。", "There are no values yet, or the due day is past: nothing to foretell."))
        }
        func range(_ range: ClosedRange<Double>) -> JSONValue { [.number(range.lowerBound), .number(range.upperBound)] }
        return [
            "status": .string(forecast.status.rawValue),
            "words": .string(forecast.words(unit: measure.unit ?? "")[visit.language]),
            "notes": .array(forecast.notes.map { .string($0[visit.language]) }), "missesTarget": .bool(forecast.misses(measure)),
            "points": .array(
                forecast.points.map {
                    [
                        "day": .string("\($0.day)"), "value": .number($0.value), "50": range($0.half), "80": range($0.band),
                        "95": range($0.wide),
                    ]
                }),
            "total": forecast.total.map {
                ["known": .number($0.known), "value": .number($0.value), "80": range($0.low...$0.high)]
            } ?? .null,
        ]
    }

    /// `{"base": 3, "text": "measure,date,value\\n…", "columns": {"series": …, "time": …, "value": …, "measure": "M-1"}, "dryRun": true}`.
    func importValues(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (plan, object) = (try site.plan(visit), try await object(request))
        try refuseOthers(object, "base", "text", "columns", "dryRun", "note")
        let isTrial = try flag(object, "dryRun")
        let sent = ValueImportRequest(
            text: object["text"]?.text ?? "", (object["columns"]?.object ?? [:]).compactMapValues(\.text))
        let proposal = try sent.proposal(for: plan, today: site.today)
        var revision = plan.revision
        if !isTrial, !proposal.entries.isEmpty {
            revision =
                try RecordWriter(site: site, plan: plan).write(
                    base: try base(request, object, present: plan.revision),
                    note: try note(object) ?? proposal.words[visit.language]
                ) { editor in try sent.proposal(for: editor.plan, today: site.today).write(into: &editor) }.plan.revision
        }
        return [
            "revision": .number(Double(revision)), "words": .string(proposal.words[visit.language]),
            "entries": .array(
                proposal.entries.map {
                    [
                        "measure": .string($0.measure.short), "day": .string("\($0.day)"),
                        "before": $0.before.map { .number($0) } ?? .null, "after": .number($0.after),
                    ]
                }),
            "same": .number(Double(proposal.sameCount)),
            "refused": .array(proposal.refusals.map { .string($0[visit.language]) }),
            "badRows": [
                "count": .number(Double(proposal.badRowCount)),
                "rows": .array(
                    proposal.badRows.map {
                        ["line": .number(Double($0.line)), "reason": .string($0.reason[visit.language])]
                    }),
            ],
        ]
    }

    /// A number of the roll-up with the numbers it was made of.
    private func reason(_ node: AttainmentExplanation, _ plan: Plan, _ language: Language) -> JSONValue {
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        return [
            "record": node.record.map { .string($0.text(seenFrom: plan.key)) } ?? .null, "number": number(node.number),
            "expected": number(node.expected), "weight": number(node.weight), "contribution": number(node.contribution),
            "coverage": .number(node.coverage), "reason": .string(node.reason[language]),
            "parts": .array(node.children.map { reason($0, plan, language) }),
        ]
    }

    /// A computed value with the values of all parts of its formula.
    private func formula(_ reason: FormulaReason, _ language: Language) -> JSONValue {
        [
            "text": .string(reason.text), "period": .string(reason.period), "value": reason.value.map { .number($0) } ?? .null,
            "gap": reason.gap.map { .string($0[language]) } ?? .null,
            "measure": reason.measure.map { .string($0.short) } ?? .null,
            "parts": .array(reason.parts.map { formula($0, language) }),
        ]
    }

    func review(_ visit: Visit, _ facts: PlanFacts) throws -> Typed<Review> {
        guard let review = Typed<Review>(try site.record(visit, in: facts.plan)) else {
            throw NotFound(what: Label("没有这次复盘。", "There is no such review."))
        }
        return review
    }

    func reviewFacts(_ visit: Visit) throws -> JSONValue {
        let facts = try facts(visit)
        let found = ReviewFacts(try review(visit, facts), facts)
        return [
            "start": .string("\(found.period.lowerBound)"), "finish": .string("\(found.period.upperBound)"),
            "groups": .array(
                found.groups.map {
                    ["title": .string($0.title[visit.language]), "lines": .array($0.lines.map { .string($0[visit.language]) })]
                }),
            "text": .string(found.text(visit.language)),
        ]
    }
}

extension JSONValue {
    /// Any encodable value as JSON.
    init(encoding value: some Encodable) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value))
    }
}
