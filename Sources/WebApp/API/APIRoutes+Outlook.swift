import Foundation
import Hummingbird
import Measures
import PlanInsight
import PlanModel

/// What the scheduling engines say of a plan.
extension APIRoutes {
    func levelling(_ request: Request, _ visit: Visit) throws -> JSONValue {
        let facts = try facts(visit)
        let question = LevellingRequest(aim: request.queryFields["aim"], within: request.queryFields["within"])
        guard let proposal = question.proposal(facts) else { throw nothingToLevel }
        return try JSONValue(encoding: LevellingReport(proposal, facts.plan, aim: question.aim, language: visit.language))
    }

    func acceptLevelling(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (facts, object) = (try facts(visit), try await object(request))
        let question = LevellingRequest(aim: object["aim"]?.text, within: object["within"]?.text)
        let committed = try LevellingWriter(site: site, facts: facts).accept(
            question, base: try base(request, object, present: facts.plan.revision))
        return ["revision": .number(Double(committed?.plan.revision ?? facts.plan.revision))]
    }

    func scheduleQuality(_ facts: PlanFacts, _ language: Language) throws -> JSONValue {
        guard let report = facts.scheduleQuality else {
            throw NotFound(what: Label("没有排期：任务成环。", "There is no schedule: the tasks form a ring."))
        }
        return try JSONValue(encoding: ScheduleQualitySummary.points(report, language))
    }

    func simulation(_ request: Request, _ facts: PlanFacts) throws -> JSONValue {
        let question = try SimulationRequest(request.queryFields)
        guard let outlook = question.outlook(facts) else {
            throw NotFound(
                what: Label(
                    "没有可模拟的不确定性：任务没有三点估算，风险没有概率与延误。",
                    "Nothing is uncertain: no task has estimates, no risk a probability and a delay."))
        }
        return try JSONValue(encoding: OutlookReport(outlook, facts.plan, confidence: question.confidence))
    }

    func earnedValue(_ facts: PlanFacts, _ language: Language) throws -> JSONValue {
        guard let report = facts.earnedValue else {
            throw NotFound(what: Label("没有基线，无从计算挣值。", "Without a baseline there is no earned value."))
        }
        return try JSONValue(encoding: EarnedValueSummary(report, facts.plan, language))
    }

    func reasons(_ visit: Visit) throws -> JSONValue {
        let facts = try facts(visit)
        guard let id = visit.parameters.get("record").flatMap({ RecordID($0, in: facts.plan.key) }) else {
            throw NotFound(what: Label("没有这条记录。", "There is no such record."))
        }
        if let tree = facts.progress.goals[id]?.explanation ?? facts.progress.measures[id]?.explanation {
            return reason(tree, facts.plan, visit.language)
        }
        guard facts.schedule[id] != nil else {
            throw NotFound(
                what: Label(
                    "没有可以说明的数：只有任务、目标与有目标值的指标有。",
                    "Nothing to give reasons for: only tasks, goals and measures with a target have them."))
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

    func reviewFacts(_ visit: Visit) throws -> JSONValue {
        let facts = try facts(visit)
        guard let id = visit.parameters.get("record").flatMap({ RecordID($0, in: facts.plan.key) }),
            let review = facts.plan.record(id, as: Review.self)
        else {
            throw NotFound(what: Label("没有这次复盘。", "There is no such review."))
        }
        let found = ReviewFacts(review, facts)
        return [
            "start": .string("\(found.period.lowerBound)"), "finish": .string("\(found.period.upperBound)"),
            "groups": .array(
                found.groups.map {
                    ["title": .string($0.title[visit.language]), "lines": .array($0.lines.map { .string($0[visit.language]) })]
                }),
            "text": .string(found.text(visit.language)),
        ]
    }

    private var nothingToLevel: NotFound { NotFound(what: Label("没有可以平衡的任务。", "There is nothing to level.")) }
}

extension JSONValue {
    /// Any encodable value as JSON.
    init(encoding value: some Encodable) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value))
    }
}
