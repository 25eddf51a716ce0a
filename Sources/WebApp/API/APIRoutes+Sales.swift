import Foundation
import Hummingbird
import Measures
import PlanInsight
import PlanModel

/// What the engines say of customers and sales.
extension APIRoutes {
    func customers(_ visit: Visit) throws -> JSONValue {
        let facts = try facts(visit)
        return [
            "books": .array(try facts.customers.map { try book($0, visit.language) }),
            "surveys": .array(
                SurveyScores(facts.plan).entries.map { entry in
                    [
                        "id": .string(entry.survey.id.short), "on": .string("\(entry.day)"),
                        "answers": .number(Double(entry.score.count)), "score": number(entry.score.score),
                        "margin": number(entry.score.marginOfError),
                    ]
                }),
        ]
    }

    /// The report as `pharos customers` prints it, and what the plan adds.
    private func book(_ customers: CustomerFacts, _ language: Language) throws -> JSONValue {
        var object: [String: JSONValue] = [
            "id": .string(customers.book.id.short), "title": .string(customers.book.title ?? ""),
            "ltv_to_cac": tree(customers.economics.ratio, language),
            "pay_back_months": tree(customers.economics.payBack, language),
            "remarks": .array(customers.remarks.map { .string($0[language]) }),
        ]
        switch customers.orders {
        case .success(let orders):
            object["report"] = try JSONDecoder().decode(JSONValue.self, from: Data(orders.report.json.utf8))
            object["cohorts"] = .array(
                orders.cohorts.cohorts.map { cohort in
                    [
                        "period": .string(orders.name(ofPeriod: cohort.period)), "size": .number(Double(cohort.size)),
                        "active": .array(cohort.active.map { .number(Double($0)) }),
                    ]
                })
        case .failure(let fault): object["problem"] = .string(fault.reason[language])
        }
        return .object(object)
    }

    private func tree(_ calculation: Calculation, _ language: Language) -> JSONValue {
        func text(_ wording: Wording) -> JSONValue { .string(Label(wording.zh, wording.en)[language]) }
        var object: [String: JSONValue] = ["name": text(calculation.name), "value": number(calculation.value)]
        if let formula = calculation.formula { object["formula"] = text(formula) }
        if !calculation.inputs.isEmpty { object["inputs"] = .array(calculation.inputs.map { tree($0, language) }) }
        return .object(object)
    }

    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }

    func salesVariance(_ visit: Visit) throws -> JSONValue {
        let facts = try facts(visit)
        func json(_ split: SalesSplit) -> JSONValue {
            func json(_ dimension: SalesSplit.Dimension) -> JSONValue {
                [
                    "name": .string(dimension.name[visit.language]), "words": .string(dimension.words[visit.language]),
                    "parts": .array(
                        dimension.parts.map {
                            ["name": .string($0.name[visit.language]), "difference": .number(split.amount($0.difference))]
                        }),
                ]
            }
            return [
                "months": .string(split.months[visit.language]), "unit": .string(split.unit),
                "reference": .number(split.amount(split.before)),
                "actual": .number(split.amount(split.after)), "difference": .number(split.amount(split.after - split.before)),
                "effects": split.effects.map(json) ?? .null, "dimensions": .array(split.dimensions.map(json)),
            ]
        }
        return [
            "target": facts.salesSplit(against: .target).map(json) ?? .null,
            "last_year": facts.salesSplit(against: .lastYear).map(json) ?? .null,
        ]
    }

    func funnel(_ visit: Visit) throws -> JSONValue {
        guard let funnel = try facts(visit).funnel else {
            throw NotFound(what: Label("没有各级都有数量的月份。", "There is no month in which every stage has a count."))
        }
        let steps = funnel.steps.enumerated().map { index, step -> JSONValue in
            [
                "into": .string(step.into.id.short), "from_count": .number(Double(step.counts.from)),
                "to_count": .number(Double(step.counts.to)),
                "conversion": number(step.counts.conversion), "low": number(step.counts.interval?.lowerBound),
                "high": number(step.counts.interval?.upperBound), "last_year": number(step.before?.conversion),
                "target": number(step.into.target), "missing_deals": number(step.missing),
                "is_weakest": .bool(index == funnel.weakest),
                "by_month": .array(step.conversions.map { number($0) }),
            ]
        }
        return [
            "months": .array(funnel.funnel.periods.map { .string($0.name) }), "words": .string(funnel.words[visit.language]),
            "overall": number(funnel.funnel.overall(of: funnel.funnel.total)), "steps": .array(steps),
        ]
    }

    func marketing(_ request: Request, _ visit: Visit) throws -> JSONValue {
        let facts = try facts(visit)
        let marketing = facts.marketing
        var object: [String: JSONValue] = [
            "gross_margin": marketing.hasMargin ? .number(marketing.grossMargin) : .null,
            "activities": .array(
                marketing.ranked.map { activity in
                    [
                        "id": .string(activity.campaign.id.short), "spend": .number(activity.result.spend),
                        "leads": .number(Double(activity.result.leads)), "deals": .number(Double(activity.result.deals)),
                        "revenue": .number(activity.result.revenue), "cost_per_lead": number(activity.result.costPerLead),
                        "cost_per_deal": number(activity.result.costPerDeal),
                        "revenue_on_spend": number(activity.result.revenueOnSpend),
                        "return": number(activity.returnOnInvestment),
                    ]
                }),
            "curves": .array(
                marketing.pools.map { pool in
                    [
                        "name": .string(pool.name[visit.language]), "activities": .number(Double(pool.points.count)),
                        "top": number(pool.fit?.curve.top), "half": number(pool.fit?.curve.half),
                        "slope": number(pool.fit?.curve.slope),
                        "determination": number(pool.fit?.determination),
                        "notes": .array(
                            (pool.fit?.notes ?? []).map { note in
                                let words = Label(note.wording.zh, note.wording.en)
                                return ["code": .string(note.code), "message": .string(words[visit.language])]
                            }),
                        "reason": pool.reason.map { .string($0[visit.language]) } ?? .null,
                    ]
                }),
        ]
        let question = try BudgetShiftRequest(fields: request.queryFields).question(facts.plan)
        do throws(BudgetShift.Refusal) { object["proposal"] = json(try BudgetShift(facts, question), visit.language) } catch {
            object["refusal"] = .string(error.message[visit.language])
        }
        return .object(object)
    }

    private func json(_ shift: BudgetShift, _ language: Language) -> JSONValue {
        [
            "words": .string(shift.words[language]), "total": .string(shift.proposed.decimal),
            "marginal": .number(shift.marginal),
            "expected_today": .number(shift.expectedToday), "expected": .number(shift.expected),
            "budgets": .array(
                shift.rows.map { row in
                    [
                        "id": .string(row.campaign.id.short), "today": .string(row.today.decimal),
                        "proposed": .string(row.proposed.decimal),
                        "expected_today": .number(row.expectedToday), "expected": .number(row.expected),
                        "beyond_experience": .bool(row.isBeyondExperience),
                    ]
                }),
            "fixed": .array(shift.fixed.map { ["id": .string($0.campaign.id.short), "reason": .string($0.reason[language])] }),
        ]
    }

    func adoptBudgets(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (facts, object) = (try facts(visit), try await object(request))
        var fields: [String: String] = [:]
        for name in ["total", "least", "most", "review"] {
            fields[name] = object[name]?.text ?? object[name]?.number.map { DisplayText.number($0) }
        }
        let committed = try BudgetWriter(site: site, facts: facts).adopt(
            BudgetShiftRequest(fields: fields), base: try base(request, object, present: facts.plan.revision), visit.language)
        guard let committed else {
            throw BadRequest(
                message: Label("没有保存：建议的预算就是现在的预算。", "Not saved: the proposed budgets are those of today."),
                remedy: Label("换一个总预算或上下限再试。", "Try another total, or other limits."))
        }
        return ["revision": .number(Double(committed.plan.revision))]
    }

    func draft(_ visit: Visit) throws -> JSONValue {
        let facts = try facts(visit)
        guard let section = visit.parameters.get("section").flatMap({ facts.plan.blueprint.section($0) }) else {
            throw NotFound(what: Label("没有这个章节。", "There is no such section."))
        }
        let groups = facts.draft(of: section.key)
        return [
            "text": .string(groups.text(visit.language)),
            "groups": .array(
                groups.map {
                    ["title": .string($0.title[visit.language]), "lines": .array($0.lines.map { .string($0[visit.language]) })]
                }),
        ]
    }
}
