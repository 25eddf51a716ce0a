import Foundation
import Hummingbird
import PlanExchange
import PlanInsight
import PlanModel
import PlanStore
import ServiceLifecycle
import WorkingTime

/// The pages, and what their forms send.
struct PageRoutes {
    let site: Site
    let assets: Assets

    func add(to router: Router<Visit>) {
        router.get("assets/:version/:name") { _, visit in
            visit.parameters.get("name").flatMap { assets.response($0) } ?? Response(status: .notFound)
        }
        get(router, "") { request, visit in try home(request, visit) }
        get(router, "plans") { _, visit in PlansPage(page: page(visit)).response() }
        get(router, "plans/new") { request, visit in NewPlanPage(page: page(visit), typed: request.queryFields).response() }
        get(router, "import") { _, visit in ImportPage(page: page(visit)).response() }
        get(router, "cascade") { _, visit in CascadePage(page: page(visit)).response() }
        get(router, "check") { _, visit in CheckPage(page: page(visit), plans: allFacts()).response() }
        get(router, "search") { request, visit in try search(request, visit) }
        get(router, "plans/:plan") { _, visit in try planPage(visit) { DocumentPage(page: $0, facts: $1).response() } }
        get(router, "plans/:plan/live") { _, visit in try site.live.response(try site.plan(visit).key, of: site.store) }
        get(router, "plans/:plan/document") { request, visit in try await makeDocument(request, visit) }
        get(router, "plans/:plan/schedule") { request, visit in
            let view = GanttView(request.queryFields)
            let (page, facts) = try opened(visit)
            return await SchedulePage(page: page, facts: facts, view: view).response()
        }
        get(router, "plans/:plan/analysis") { _, visit in try planPage(visit) { AnalysisPage(page: $0, facts: $1).response() } }
        get(router, "plans/:plan/levelling") { request, visit in
            let question = try LevellingRequest(request.queryFields)
            return try await longPage(visit, question) {
                LevellingPage(page: $0, facts: $1, question: question, job: $2).response()
            }
        }
        get(router, "plans/:plan/simulation") { request, visit in
            let question = try SimulationRequest(request.queryFields)
            return try await longPage(visit, question) {
                SimulationPage(page: $0, facts: $1, question: question, job: $2).response()
            }
        }
        get(router, "plans/:plan/earned-value") { _, visit in
            try planPage(visit) { EarnedValuePage(page: $0, facts: $1).response() }
        }
        get(router, "plans/:plan/network") { _, visit in try planPage(visit) { NetworkPage(page: $0, facts: $1).response() } }
        get(router, "plans/:plan/values") { _, visit in try planPage(visit) { ValueImportPage(page: $0, facts: $1).response() } }
        get(router, "plans/:plan/process") { request, visit in
            try await slowPage(visit) {
                ProcessPage(page: $0, facts: $1, question: ProcessRequest(request.queryFields)).response()
            }
        }
        get(router, "plans/:plan/process/simulation") { request, visit in
            let question = ProcessSimulationRequest(fields: request.queryFields)
            return try await longPage(visit, question) {
                ProcessSimulationPage(page: $0, facts: $1, question: question, job: $2).response()
            }
        }
        get(router, "plans/:plan/customers") { request, visit in
            try planPage(visit) { CustomersPage(page: $0, facts: $1, chosen: request.queryFields["book"]).response() }
        }
        get(router, "plans/:plan/selling") { _, visit in try planPage(visit) { SellingPage(page: $0, facts: $1).response() } }
        get(router, "plans/:plan/marketing") { request, visit in
            try planPage(visit) {
                try MarketingPage(page: $0, facts: $1, asked: BudgetShiftRequest(fields: request.queryFields)).response()
            }
        }
        post(router, "jobs/:job/stop") { request, visit in try await stopJob(request, visit) }
        get(router, "plans/:plan/board") { _, visit in try planPage(visit) { BoardPage(page: $0, facts: $1).response() } }
        get(router, "plans/:plan/brainstorm") { request, visit in
            try planPage(visit) { BrainstormPage(page: $0, facts: $1, writer: request.queryFields["who"] ?? "").response() }
        }
        post(router, "plans/:plan/brainstorm") { request, visit in try await brainstorm(request, visit) }
        get(router, "plans/:plan/calendar") { request, visit in
            try planPage(visit) { CalendarPage(page: $0, facts: $1, query: request.queryFields).response() }
        }
        get(router, "plans/:plan/insight") { _, visit in try planPage(visit) { InsightPage(page: $0, facts: $1).response() } }
        get(router, "plans/:plan/tables") { _, visit in try planPage(visit) { TablesPage(page: $0, facts: $1).response() } }
        get(router, "plans/:plan/check") { _, visit in try planPage(visit) { CheckPage(page: $0, plans: [$1]).response() } }
        get(router, "plans/:plan/archive") { _, visit in try planPage(visit) { ArchivePage(page: $0, facts: $1).response() } }
        get(router, "plans/:plan/history") { request, visit in try history(request, visit) }
        get(router, "plans/:plan/history/:revision/notice") { request, visit in try notice(visit) }
        get(router, "plans/:plan/:kind") { request, visit in try await table(request, visit) }
        get(router, "plans/:plan/:kind/new") { request, visit in try newRecord(request, visit) }
        get(router, "plans/:plan/:kind/:record") { _, visit in try recordPage(visit) }
        post(router, "plans") { request, visit in try await createPlan(request, visit) }
        post(router, "import") { request, visit in try await importPlan(request, visit) }
        post(router, "plans/:plan/archive") { request, visit in try await archive(request, visit, true) }
        post(router, "plans/:plan/restoration") { request, visit in try await archive(request, visit, false) }
        post(router, "plans/:plan/history/:revision/reversal") { request, visit in try await reverse(request, visit) }
        post(router, "plans/:plan/files/:revision/reversal") { _, visit in try reverseFile(visit) }
        get(router, "plans/:plan/:kind/:record/report") { request, visit in try await reviewReport(request, visit) }
        post(router, "plans/:plan/marketing") { request, visit in try await adoptBudgets(request, visit) }
        get(router, "plans/:plan/prose/:section") { _, visit in
            try planPage(visit) { ProsePage(page: $0, facts: $1, section: try section(visit, of: $1.plan)).response() }
        }
        post(router, "plans/:plan/prose/:section") { request, visit in try await writeProse(request, visit) }
        post(router, "plans/:plan/prose/:section/draft") { request, visit in try await writeDraft(request, visit) }
        post(router, "plans/:plan/baseline") { request, visit in try await takeBaseline(request, visit) }
        post(router, "plans/:plan/levelling") { request, visit in try await acceptLevelling(request, visit) }
        post(router, "plans/:plan/:kind/:record/files/:field") { request, visit in try await uploadFile(request, visit) }
        post(router, "plans/:plan/values") { request, visit in try await importValues(request, visit) }
        post(router, "plans/:plan/process/discovery") { request, visit in try await discoverProcess(request, visit) }
        post(router, "plans/:plan/:kind") { request, visit in try await createRecord(request, visit) }
        post(router, "plans/:plan/:kind/:record") { request, visit in try await updateRecord(request, visit) }
        post(router, "plans/:plan/:kind/:record/deletion") { request, visit in try await deleteRecord(request, visit) }
        post(router, "plans/:plan/:kind/:record/completion") { request, visit in try await complete(request, visit) }
        post(router, "plans/:plan/:kind/:record/decision") { request, visit in try await decide(request, visit) }
        post(router, "plans/:plan/:kind/:record/risk") { request, visit in try await makeRisk(request, visit) }
        post(router, "plans/:plan/:kind/:record/facts") { request, visit in try await writeReviewFacts(request, visit) }
        post(router, "plans/:plan/:kind/:record/readings") { request, visit in try await addReading(request, visit) }
    }

    // MARK: Around every page

    private typealias Handler = @Sendable (Request, Visit) async throws -> Response

    private func get(_ router: Router<Visit>, _ path: String, _ handle: @escaping Handler) {
        router.get(RouterPath(path)) { request, visit in await answered(request, visit, handle) }
    }

    private func post(_ router: Router<Visit>, _ path: String, _ handle: @escaping Handler) {
        router.post(RouterPath(path)) { request, visit in await answered(request, visit, handle) }
    }

    private func answered(_ request: Request, _ visit: Visit, _ handle: Handler) async -> Response {
        var visit = visit
        visit.query = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("lang=") }
        do { return try await handle(request, visit) } catch {
            let (status, body) = ProblemResponse.of(error, visit.language)
            if status == .internalServerError { visit.logger.error("\(error)") }
            let problems = body["problems"]?.list ?? []
            let messages = problems.compactMap { $0["message"]?.text }
            let remedies = problems.compactMap { $0["remedy"]?.text } + [body["remedy"]?.text].compactMap { $0 }
            return ErrorPage(
                page: page(visit, try? site.plan(visit)), status: status,
                message: messages.isEmpty ? body["title"]?.text ?? "" : messages.joined(separator: " "),
                remedy: remedies.joined(separator: " "), conflicts: (error as? Conflicts)?.all ?? []
            ).response()
        }
    }

    /// The page that says that there is none at this address.
    fileprivate func missing(_ request: Request, _ visit: Visit) async -> Response {
        await answered(request, visit) { _, _ in throw NotFound(what: Label("没有这个页面。", "There is no such page.")) }
    }

    func page(_ visit: Visit, _ plan: Plan? = nil) -> Page { Page(site, visit, assets, plan: plan) }

    /// The page of the plan in the address, and what is known of it.
    func opened(_ visit: Visit, isLive: Bool = true) throws -> (Page, PlanFacts) {
        let page = Page(site, visit, assets, plan: try site.plan(visit), isLive: isLive)
        guard let facts = page.facts else { throw NotFound(what: Label("没有这份计划。", "There is no such plan.")) }
        return (page, facts)
    }

    func planPage(_ visit: Visit, _ make: (Page, PlanFacts) throws -> Response) throws -> Response {
        let (page, facts) = try opened(visit)
        return try make(page, facts)
    }

    /// A page that takes long to compute.
    private func slowPage(_ visit: Visit, _ make: @escaping @Sendable (Page, PlanFacts) throws -> Response) async throws
        -> Response
    {
        let (page, facts) = try opened(visit)
        return try await site.workshop.run { try make(page, facts) }
    }

    /// A page that a job answers: a short wait shows most answers at once; a longer one is followed and may be stopped.
    private func longPage<Question: LongQuestion>(
        _ visit: Visit, _ question: Question,
        _ make: @escaping @Sendable (Page, PlanFacts, Jobs.Standing<Question.Answer>) -> Response
    ) async throws -> Response {
        let (page, facts) = try opened(visit, isLive: false)
        let job = try await question.job(facts, site.jobs, patience: .seconds(2))
        return try await site.workshop.run { make(page, facts, job) }
    }

    private func stopJob(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        guard site.jobs.stop(visit.parameters.get("job") ?? "") else {
            throw NotFound(what: Label("没有这个任务，它可能早已完成。", "There is no such job; it may be long over."))
        }
        return seeOther(ownAddress(form["back"]) ?? "/")
    }

    /// An address of this site that a form names to lead back to; nil for any other. Browsers leave out tabs and line ends, so that
    /// what looks like a path with one may name another site.
    func ownAddress(_ text: String?) -> String? {
        text.flatMap { text in
            let isPlain = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F && $0 != "\\" }
            return isPlain && text.hasPrefix("/") && !text.hasPrefix("//") ? text : nil
        }
    }

    private func allFacts() -> [PlanFacts] {
        let workspace = site.store.workspace
        return workspace.plansInUse.compactMap { site.facts.facts($0.key, in: workspace, today: site.today) }
    }

    /// The revision the form was made on.
    func base(_ form: FormBody) throws -> Int {
        guard let base = form["base"].flatMap({ Int($0) }) else {
            throw BadRequest(
                message: Label("表单缺少它所依据的版次。", "The form does not say which revision it was made on."),
                remedy: Label("随表单送上 base：看到的版次，如 12。", "Send base with it: the revision you saw, such as 12."))
        }
        return base
    }

    func seeOther(_ address: String) -> Response { Response(status: .seeOther, headers: [.location: address]) }

    /// Leads on after a change, which the next page tells of.
    func seeOther(_ address: String, _ committed: PlanStore.Committed?) -> Response {
        guard let committed, !committed.change.edits.isEmpty else { return seeOther(address) }
        let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let saved = "\(parts[0].contains("?") ? "&" : "?")saved=\(committed.plan.key).\(committed.plan.revision)"
        return seeOther(parts[0] + saved + (parts.count > 1 ? "#\(parts[1])" : ""))
    }

    // MARK: Reading

    /// `?me=NAME` chooses whose things are shown, kept in a cookie; everybody's without.
    private func home(_ request: Request, _ visit: Visit) throws -> Response {
        if let me = request.queryFields["me"] {
            let cookie = "me=\(me.urlEncoded); Path=/; Max-Age=\(me.isEmpty ? 0 : 31_536_000); SameSite=Lax; HttpOnly"
            let kept = ["saved", "next"].compactMap { name in request.queryFields[name].map { "\(name)=\($0.urlEncoded)" } }
            let address = kept.isEmpty ? "/" : "/?" + kept.joined(separator: "&")
            return Response(status: .seeOther, headers: [.location: address, .setCookie: cookie])
        }
        let page = page(visit)
        let recent = try site.store.recentChanges(limit: 6).compactMap { entry -> HomePage.RecentChange? in
            guard entry.revision > 1, let plan = page.workspace[entry.change.plan], !plan.isArchived,
                let edit = entry.change.edits.telling
            else {
                return nil
            }
            return HomePage.RecentChange(
                plan: plan.key, revision: entry.revision, author: entry.change.author,
                text: ChangeWords(page: page, plan: plan).line(edit))
        }
        let me = request.cookies["me"].flatMap { $0.value.removingPercentEncoding } ?? ""
        return HomePage(page: page, recent: recent, me: me, next: request.queryFields["next"]).response()
    }

    private func search(_ request: Request, _ visit: Visit) throws -> Response {
        let query = request.queryFields["q"] ?? ""
        let page = Page(site, visit, assets, query: query)
        let count = try site.store.searchCount(query)
        let start = min(max(Int(request.queryFields["from"] ?? "") ?? 0, 0), max(count - 1, 0))
        return SearchPage(
            page: page, query: query, hits: try site.store.search(query, from: start), start: start, count: count
        ).response()
    }

    private func history(_ request: Request, _ visit: Visit) throws -> Response {
        try planPage(visit) { page, facts in
            let before = Int(request.queryFields["before"] ?? "") ?? Int.max
            return HistoryPage(
                page: page, facts: facts, entries: try site.store.recentChanges(of: facts.plan.key, before: before),
                reversals: try site.store.reversals(of: facts.plan.key),
                files: before == Int.max ? try fileChanges(of: facts.plan) : []
            ).response()
        }
    }

    /// A document that is made quickly comes at once; a longer one is followed.
    private func makeDocument(_ request: Request, _ visit: Visit) async throws -> Response {
        let question = try DocumentRequest(request.queryFields, of: try site.plan(visit), visit.language)
        let (page, facts) = try opened(visit, isLive: false)
        let followed = request.queryFields[DocumentMakingPage.followed]
        let job = try await question.job(facts, site.jobs, following: followed, patience: .seconds(2))
        if case .done = job.state, followed == nil { return seeOther(question.file(facts, of: job)) }
        return DocumentMakingPage(page: page, facts: facts, question: question, job: job).response()
    }

    /// What a revision brought about, to be shown on a page that is open.
    private func notice(_ visit: Visit) throws -> Response {
        let plan = try site.plan(visit)
        guard let revision = visit.parameters.get("revision").flatMap({ Int($0) }) else {
            throw NotFound(what: Label("没有这个版次。", "There is no such revision."))
        }
        let notice = try page(visit, plan).notice(of: revision, on: plan.key, back: "/plans/\(plan.key)")
        return Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: notice.bytes)))
    }

    /// What was done to the files that the plan's records name, newest first.
    private func fileChanges(of plan: Plan) throws -> [FileChange] {
        let named = Set(site.store.workspace.filesNamed.filter { $0.record.plan == plan.key }.map(\.name))
        return try named.flatMap { try site.store.fileChanges(of: $0, limit: 20) }.sorted { $0.revision > $1.revision }
    }

    /// A table by its kind's name; `NAME.csv`, `KEY.yaml`, `document.docx` and `calendar.ics` are files.
    private func table(_ request: Request, _ visit: Visit) async throws -> Response {
        let name = visit.parameters.get("kind") ?? ""
        if name.contains(".") {
            return try await Downloads(site: site, visit: visit).response(
                name, withSecrets: request.asksForSecrets, who: request.queryFields["who"], part: request.queryFields["part"],
                following: request.queryFields[DocumentMakingPage.followed])
        }
        let kind = try site.kind(visit)
        // There is one of these in a plan, with a page of its own.
        if kind == .of(PlanHeader.self) {
            return try planPage(visit) { page, facts in seeOther(page.address(facts.plan.header.id)) }
        }
        return try planPage(visit) { page, facts in
            TablePage(page: page, facts: facts, kind: kind, query: request.queryFields).response()
        }
    }

    private func newRecord(_ request: Request, _ visit: Visit) throws -> Response {
        let kind = try site.kind(visit)
        guard kind != .of(PlanHeader.self) else { return seeOther("/plans/new") }
        return try planPage(visit) {
            RecordPage(page: $0, facts: $1, kind: kind, record: nil, typed: request.queryFields).response()
        }
    }

    private func recordPage(_ visit: Visit) throws -> Response {
        try planPage(visit) {
            RecordPage(page: $0, facts: $1, kind: try site.kind(visit), record: try site.record(visit, in: $1.plan)).response()
        }
    }
}

/// Answers for pages where no route does.
struct PageAddresses: RouterMiddleware {
    let pages: PageRoutes

    func handle(_ request: Request, context: Visit, next: (Request, Visit) async throws -> Response) async throws -> Response {
        do { return try await next(request, context) } catch let error as HTTPError where error.status == .notFound {
            guard !request.uri.path.hasPrefix("/api/") else { throw error }
            return await pages.missing(request, context)
        }
    }
}
