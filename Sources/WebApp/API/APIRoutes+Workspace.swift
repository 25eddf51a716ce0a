import Hummingbird
import PlanInsight
import PlanModel
import PlanPictures
import WorkingTime

/// What concerns all plans together, and what is drawn or carried away of one.
extension APIRoutes {
    func addWorkspace(to api: RouterGroup<Visit>) {
        api.get("home") { request, visit in answer(visit) { try home(request, visit) } }
        api.get("findings") { _, visit in answer(visit) { findings(visit) } }
        api.get("cascade") { _, visit in answer(visit) { cascade() } }
        api.get("plans/:plan/network") { _, visit in answer(visit) { network(try facts(visit)) } }
        api.get("plans/:plan/pictures") { _, visit in await answer(visit) { try await pictures(visit) } }
        api.get("plans/:plan/pictures/:name") { _, visit in await download(visit) { try await picture(visit) } }
        api.get("plans/:plan/file") { _, visit in
            await download(visit) { try Downloads(site: site, visit: visit).planFile() }
        }
        api.get("plans/:plan/calendar.ics") { request, visit in
            await download(visit) {
                try Downloads(site: site, visit: visit).calendar(who: request.queryFields["who"])
            }
        }
        api.get("plans/:plan/:kind/:record/report/:format") { _, visit in
            await download(visit) {
                let facts = try facts(visit)
                let report = ReviewReport(try review(visit, facts), facts)
                return try await Downloads(site: site, visit: visit).review(report, facts, visit.parameters.get("format") ?? "")
            }
        }
        api.get("plans/:plan/document/:format") { request, visit in
            await download(visit) {
                try await Downloads(site: site, visit: visit).document(
                    visit.parameters.get("format") ?? "", withSecrets: request.asksForSecrets, part: request.queryFields["part"])
            }
        }
        api.get("plans/:plan/tables/:kind") { request, visit in
            await download(visit) {
                try Downloads(site: site, visit: visit).table(
                    visit.parameters.get("kind") ?? "", withSecrets: request.asksForSecrets)
            }
        }
    }

    private func download(_ visit: Visit, _ make: () async throws -> Response) async -> Response {
        do { return try await make() } catch { return refusal(error, visit) }
    }

    private var allFacts: [PlanFacts] {
        let workspace = site.store.workspace
        return workspace.plans.compactMap { site.facts.facts($0.key, in: workspace, today: site.today) }
    }

    // MARK: All plans

    /// What is due, soonest first; `?days=` says how far ahead, 7 if left out, `?who=` for whom.
    private func home(_ request: Request, _ visit: Visit) throws -> JSONValue {
        let days = try request.queryFields.count("days", 0...366) ?? 7
        let who = request.queryFields["who"] ?? ""
        let items = allFacts.flatMap { facts in
            facts.due(by: site.today + days).filter { who.isEmpty || $0.isFor(who, in: facts) }.map {
                (facts, $0, $0.day - site.today)
            }
        }
        return .array(
            items.sorted { $0.2 < $1.2 }.map { facts, item, inDays in
                var object: [String: JSONValue] = [
                    "plan": .string(facts.plan.key.text), "revision": .number(Double(facts.plan.revision)),
                    "record": .string(item.record.short), "reason": .string(item.reason.rawValue),
                    "title": .string(item.title[visit.language]), "day": .string("\(item.day)"),
                    "inDays": .number(Double(inDays)),
                ]
                object["purpose"] = item.purpose.map { .string($0) }
                return .object(object)
            })
    }

    private func findings(_ visit: Visit) -> JSONValue {
        .array(
            allFacts.flatMap { facts in
                facts.findings.map { finding in
                    guard case .object(var object) = json(finding, visit.language) else { return .null }
                    object["plan"] = .string(facts.plan.key.text)
                    return .object(object)
                }
            })
    }

    /// Every goal with those it supports, over all plans, and its progress.
    private func cascade() -> JSONValue {
        let workspace = site.store.workspace
        let progress = site.facts.progress(workspace, today: site.today)
        return .array(
            workspace.plans.flatMap { plan in
                plan.all(Goal.self).map { goal in
                    let state = progress.goals[goal.id]
                    return [
                        "goal": .string(goal.id.description), "title": .string(goal.title ?? ""),
                        "supports": .array((goal.supports ?? []).map { .string($0.description) }),
                        "progress": state?.progress.map { .number($0) } ?? .null,
                        "expected": state.map { .number($0.expected) } ?? .null,
                        "status": .string((state?.status ?? .idle).rawValue),
                    ]
                }
            })
    }

    // MARK: One plan

    /// Activities and the links between them.
    private func network(_ facts: PlanFacts) -> JSONValue {
        let tasks = zip(facts.schedule.tasks, facts.schedule.dates).filter { !$1.isSummary }
        let links = tasks.flatMap { task, _ in (task.predecessors ?? []).map { (task.id, $0) } }
        return [
            "tasks": .array(
                tasks.map { task, dates in
                    [
                        "id": .string(task.id.short), "title": .string(task.title ?? ""), "start": .string("\(dates.start)"),
                        "finish": .string("\(dates.finish)"), "critical": .bool(dates.isCritical),
                        "totalFloatDays": .number(dates.totalFloat),
                    ]
                }),
            "links": .array(
                links.map { successor, link in
                    [
                        "from": .string(link.predecessor.text(seenFrom: facts.plan.key)), "to": .string(successor.short),
                        "link": .string(link.text(seenFrom: facts.plan.key)),
                    ]
                }),
        ]
    }

    /// Names and sentences of the pictures that the plan has data for.
    private func pictures(_ visit: Visit) async throws -> JSONValue {
        let (facts, language) = (try facts(visit), visit.language)
        return try await site.workshop.run {
            .array(
                PictureName.allCases.compactMap { name in
                    PlanPicture.draw(name, facts, language, style: .print).map {
                        [
                            "name": .string(name.rawValue), "title": .string($0.title), "sentence": .string($0.sentence),
                        ]
                    }
                })
        }
    }

    private func picture(_ visit: Visit) async throws -> Response {
        let (facts, language) = (try facts(visit), visit.language)
        guard let name = visit.parameters.get("name").flatMap({ PictureName(rawValue: $0) }) else {
            throw NotFound(
                what: Label(
                    "没有这幅图。可用：\(PictureName.allCases.map(\.rawValue).joined(separator: "、"))。",
                    "There is no such picture. Use one of \(PictureName.allCases.map(\.rawValue).joined(separator: ", "))."))
        }
        let order = Workshop.Order("\(facts.plan.key) \(name.rawValue) \(language.rawValue)", of: site)
        let bytes = try await site.workshop.product(order) {
            guard let picture = PlanPicture.draw(name, facts, language, style: .print) else {
                throw NotFound(what: Label("这份计划还没有可画的数据。", "The plan has nothing to draw yet."))
            }
            return Array(picture.markup.string.utf8)
        }
        return Response(
            status: .ok, headers: [.contentType: "image/svg+xml; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
