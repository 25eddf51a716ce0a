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
        get(router, "plans/:plan/history") { request, visit in try history(request, visit) }
        get(router, "plans/:plan/:kind") { request, visit in try await table(request, visit) }
        get(router, "plans/:plan/:kind/new") { request, visit in try newRecord(request, visit) }
        get(router, "plans/:plan/:kind/:record") { _, visit in try recordPage(visit) }
        post(router, "plans") { request, visit in try await createPlan(request, visit) }
        post(router, "import") { request, visit in try await importPlan(request, visit) }
        post(router, "plans/:plan/history/:revision/reversal") { request, visit in try await reverse(request, visit) }
        post(router, "plans/:plan/files/:revision/reversal") { _, visit in try reverseFile(visit) }
        get(router, "plans/:plan/:kind/:record/report") { request, visit in try await reviewReport(request, visit) }
        post(router, "plans/:plan/marketing") { request, visit in try await adoptBudgets(request, visit) }
        get(router, "plans/:plan/prose/:section") { _, visit in
            try planPage(visit) { ProsePage(page: $0, facts: $1, section: try section(visit, of: $1.plan)).response() }
        }
        post(router, "plans/:plan/prose/:section") { request, visit in try await writeProse(request, visit) }
        post(router, "plans/:plan/prose/:section/draft") { request, visit in try await writeDraft(request, visit) }
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
        get(router, "**") { _, _ in throw NotFound(what: Label("没有这个页面。", "There is no such page.")) }
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

    private func page(_ visit: Visit, _ plan: Plan? = nil) -> Page { Page(site, visit, assets, plan: plan) }

    /// The page of the plan in the address, and what is known of it.
    private func opened(_ visit: Visit, isLive: Bool = true) throws -> (Page, PlanFacts) {
        let page = Page(site, visit, assets, plan: try site.plan(visit), isLive: isLive)
        guard let facts = page.facts else { throw NotFound(what: Label("没有这份计划。", "There is no such plan.")) }
        return (page, facts)
    }

    private func planPage(_ visit: Visit, _ make: (Page, PlanFacts) throws -> Response) throws -> Response {
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
        let back = form["back"] ?? "/"
        return seeOther(back.hasPrefix("/") && !back.hasPrefix("//") ? back : "/")
    }

    private func allFacts() -> [PlanFacts] {
        let workspace = site.store.workspace
        return workspace.plans.compactMap { site.facts.facts($0.key, in: workspace, today: site.today) }
    }

    /// The revision the form was made on.
    private func base(_ form: FormBody) throws -> Int {
        guard let base = form["base"].flatMap({ Int($0) }) else {
            throw BadRequest(
                message: Label("表单缺少它所依据的版次。", "The form does not say which revision it was made on."),
                remedy: Label("刷新页面后再试。", "Reload the page and try again."))
        }
        return base
    }

    private func seeOther(_ address: String) -> Response { Response(status: .seeOther, headers: [.location: address]) }

    // MARK: Reading

    /// `?me=NAME` chooses whose things are shown, kept in a cookie; everybody's without.
    private func home(_ request: Request, _ visit: Visit) throws -> Response {
        if let me = request.queryFields["me"] {
            let cookie = "me=\(me.urlEncoded); Path=/; Max-Age=\(me.isEmpty ? 0 : 31_536_000); SameSite=Lax; HttpOnly"
            return Response(status: .seeOther, headers: [.location: "/", .setCookie: cookie])
        }
        let page = page(visit)
        let recent = try site.store.recentChanges(limit: 6).compactMap { entry -> HomePage.RecentChange? in
            guard entry.revision > 1, let plan = page.workspace[entry.change.plan], let edit = entry.change.edits.first else {
                return nil
            }
            return HomePage.RecentChange(
                plan: plan.key, revision: entry.revision, author: entry.change.author,
                text: ChangeWords(page: page, plan: plan).line(edit))
        }
        let me = request.cookies["me"].flatMap { $0.value.removingPercentEncoding } ?? ""
        return HomePage(page: page, recent: recent, me: me).response()
    }

    private func search(_ request: Request, _ visit: Visit) throws -> Response {
        let query = request.queryFields["q"] ?? ""
        let page = Page(site, visit, assets, query: query)
        return SearchPage(page: page, query: query, hits: try site.store.search(query)).response()
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
                name, withSecrets: request.asksForSecrets, who: request.queryFields["who"], part: request.queryFields["part"])
        }
        return try planPage(visit) { page, facts in
            TablePage(page: page, facts: facts, kind: try site.kind(visit), query: request.queryFields).response()
        }
    }

    private func newRecord(_ request: Request, _ visit: Visit) throws -> Response {
        try planPage(visit) {
            RecordPage(page: $0, facts: $1, kind: try site.kind(visit), record: nil, typed: request.queryFields).response()
        }
    }

    private func recordPage(_ visit: Visit) throws -> Response {
        try planPage(visit) {
            RecordPage(page: $0, facts: $1, kind: try site.kind(visit), record: try site.record(visit, in: $1.plan)).response()
        }
    }

    // MARK: Writing

    /// A plan of a hundred thousand tasks is some 20 MB.
    static let largestPlanFile = 64 << 20

    private func createPlan(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        func again(_ problem: Label) -> Response {
            NewPlanPage(page: page(visit), typed: form.fields, problem: problem[visit.language]).response()
        }
        let key: PlanKey
        do { key = try PlanMaker(site: site).add(form.fields).key } catch let error as BadRequest {
            return again(error.message)
        } catch let error as StoreError { return again(error.message) }
        return seeOther("/plans/\(key)")
    }

    private func importPlan(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await UploadBody(request, upTo: Self.largestPlanFile)
        let text = form.fields["file"] ?? ""
        let upload = form.file.flatMap { $0.bytes.isEmpty ? nil : $0 }
        do {
            let plan = try PlanFileReader.read(upload?.bytes ?? Array(text.utf8), file: upload?.name ?? "")
            try site.store.add(plan, by: site.author, at: site.clock().now)
            return seeOther("/plans/\(plan.key)")
        } catch let error as PlanFileErrors {
            return ImportPage(page: page(visit), text: text, errors: error.all).response()
        } catch let error as StoreError {
            return ImportPage(page: page(visit), text: text, problem: error.message[visit.language]).response()
        }
    }

    private func acceptLevelling(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let (_, facts) = try opened(visit)
        _ = try await LevellingWriter(site: site, facts: facts).accept(
            try LevellingRequest(form.fields), base: try base(form), seen: form["seen"])
        return seeOther("/plans/\(facts.plan.key)/schedule")
    }

    /// Shows what a file of values would write, and writes it when it is sent again with `accept`.
    private func importValues(_ request: Request, _ visit: Visit) async throws -> Response {
        let (page, facts) = try opened(visit)
        let isUpload = request.headers[.contentType]?.hasPrefix("multipart/form-data") ?? false
        var fields: [String: String]
        if isUpload {
            let form = try await UploadBody(request, upTo: 2 << 20)
            fields = form.fields
            if let file = form.file, !file.bytes.isEmpty { fields["text"] = String(decoding: file.bytes, as: UTF8.self) }
        } else {
            fields = try await FormBody(request).fields
        }
        let sent = ValueImportRequest(text: fields["text"] ?? "", fields)
        do {
            let proposal = try sent.proposal(for: facts.plan)
            guard fields["accept"] != nil, !proposal.entries.isEmpty else {
                return ValueImportPage(page: page, facts: facts, request: sent, proposal: proposal).response()
            }
            _ = try RecordWriter(site: site, plan: facts.plan).write(
                base: fields["base"].flatMap { Int($0) } ?? facts.plan.revision, note: proposal.words[visit.language]
            ) { editor in try sent.proposal(for: editor.plan).write(into: &editor) }
            return seeOther("/plans/\(facts.plan.key)/measures")
        } catch let error as BadRequest {
            return ValueImportPage(page: page, facts: facts, request: sent, problem: error.message).response()
        }
    }

    private func uploadFile(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await UploadBody(request, upTo: FileWriter.largestFile)
        let page = page(visit, try site.plan(visit))
        guard let facts = page.facts, let file = form.file else {
            throw BadRequest(
                message: Label("没有选择文件。", "No file was chosen."), remedy: Label("选择文件后再上传。", "Choose a file and upload again."))
        }
        let record = try site.record(visit, in: facts.plan)
        guard let field = record.kind.field(visit.parameters.get("field") ?? "") else {
            throw NotFound(what: Label("没有这个字段。", "There is no such field."))
        }
        do {
            let base = form.fields["base"].flatMap { Int($0) } ?? facts.plan.revision
            try FileWriter(site: site).keep(
                file.bytes, file.name, in: field, of: record, plan: facts.plan, base: base,
                filesBase: form.fields["files"].flatMap { Int($0) })
        } catch let error as BadRequest { return refusedFile(error.message, of: record, page, facts) }
        return seeOther(page.fileAddress(record))
    }

    /// The page the file was sent from, with what is wrong with it.
    private func refusedFile(_ problem: Label, of record: Record, _ page: Page, _ facts: PlanFacts) -> Response {
        switch record.kind {
        case Kind.of(CustomerBook.self):
            CustomersPage(page: page, facts: facts, chosen: record.id.short, problem: problem).response()
        default:
            ProcessPage(
                page: page, facts: facts, question: ProcessRequest(["process": record.id.short]), problem: problem
            )
            .response()
        }
    }

    private func discoverProcess(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let page = page(visit, try site.plan(visit))
        guard let facts = page.facts,
            let process = form["process"].flatMap({ RecordID($0, in: facts.plan.key) }).flatMap({
                facts.plan.record($0, as: Process.self)
            }),
            case .facts(let mined) = facts.mined(process)
        else { throw NotFound(what: Label("这个流程没有读得懂的事件日志。", "This process has no event log that can be read.")) }
        let threshold = form["threshold"].flatMap { Double($0) }.flatMap { (0...100).contains($0) ? $0 / 100 : nil }
        let made = try ProcessWriter(site: site, facts: facts).draw(
            mined, base: try base(form), threshold: threshold, visit.language)
        return seeOther(page.address(made))
    }

    private func createRecord(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let (plan, kind) = (try site.plan(visit), try site.kind(visit))
        do {
            let parent = form["parent"].flatMap { $0.trimmed.isEmpty ? nil : RecordID($0.trimmed, in: plan.key) }
            let made = try RecordWriter(site: site, plan: plan).create(kind, in: parent, base: try base(form)) { field in
                try form[field.key].flatMap { try field.value(from: $0, in: plan.textContext) }
            }
            return seeOther("/plans/\(plan.key)/\(kind.names.plural)/\(made.id.short)")
        } catch let error as Problems {
            return try planPage(visit) {
                RecordPage(
                    page: $0, facts: $1, kind: kind, record: nil, typed: form.fields, problems: error.all, base: try base(form)
                ).response()
            }
        }
    }

    /// The record named as the one above, or none; anything else is refused.
    private func parent(_ text: String, of record: Record, in plan: Plan) throws -> RecordID? {
        if text.trimmed.isEmpty { return nil }
        guard let id = RecordID(text.trimmed, in: plan.key) else {
            throw Problems([
                Problem(
                    "tree.unreadable", record: record.id, Label("「\(text)」不是编号。", "“\(text)” is no id."),
                    remedy: Label("填 \(record.kind.prefix)-1 这样的编号，或留空。", "Give one such as \(record.kind.prefix)-1, or nothing.")
                )
            ])
        }
        return id
    }

    private func updateRecord(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        let record = try site.record(visit, in: plan)
        let base = try base(form)
        do {
            let parent = try form["parent"].map { try self.parent($0, of: record, in: plan) }
            _ = try RecordWriter(site: site, plan: plan).update(record.id, base: base, into: parent) { field in
                guard let text = form[field.key] else { return nil }
                return .some(try field.value(from: text, in: plan.textContext, record: record.id))
            }
            return seeOther(
                record.id == plan.header.id
                    ? "/plans/\(plan.key)" : "/plans/\(plan.key)/\(record.kind.names.plural)/\(record.id.short)")
        } catch let error as Problems {
            // Nothing is decided yet, so the form stays on the revision it was made on.
            return try planPage(visit) {
                RecordPage(
                    page: $0, facts: $1, kind: record.kind, record: record, typed: form.fields, problems: error.all, base: base
                ).response()
            }
        } catch let error as Conflicts { return try afterConflict(visit, form, record.id, error.all, base: base) }
    }

    /// The form again, on the present revision: saving it is then a decision between both values.
    private func afterConflict(_ visit: Visit, _ form: FormBody, _ id: RecordID, _ conflicts: [Conflict], base: Int) throws
        -> Response
    {
        try planPage(visit) { page, facts in
            guard let present = facts.plan.record(id), let before = try site.store.plan(facts.plan.key, asOf: base).record(id)
            else { throw Conflicts(conflicts) }
            let typed = Rebase(base: before, present: present, plan: facts.plan).typed(form.fields)
            return RecordPage(
                page: page, facts: facts, kind: present.kind, record: present, typed: typed, conflicts: conflicts
            ).response()
        }
    }

    private func deleteRecord(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        let record = try site.record(visit, in: plan)
        _ = try RecordWriter(site: site, plan: plan).remove(record.id, base: try base(form))
        return seeOther("/plans/\(plan.key)/\(record.kind.names.plural)")
    }

    /// The record of the address, which has to be of a kind.
    private func record(of kind: Kind, _ visit: Visit, else words: Label) throws -> (Plan, Record) {
        let plan = try site.plan(visit)
        let record = try site.record(visit, in: plan)
        guard record.kind == kind else { throw NotFound(what: words) }
        return (plan, record)
    }

    private func complete(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let (plan, record) = try record(
            of: .of(PlanTask.self), visit, else: Label("只有任务可以标为完成。", "Only tasks can be marked as done."))
        _ = try RecordWriter(site: site, plan: plan).write(base: try base(form)) { editor in
            editor.update(record.id, as: PlanTask.self) { task in
                task.state = .done
                task.progress = 1
                task.actualFinish = plan.fields.statusDate ?? site.today
            }
        }
        return home(of: form)
    }

    /// Money is approved as it was planned, or the request is sent back.
    private func decide(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let (plan, record) = try record(
            of: .of(BudgetLine.self), visit, else: Label("只有预算可以审批。", "Only budget lines are approved or sent back."))
        guard let decision = form["decision"].flatMap(Decision.init), decision != .open else {
            throw BadRequest(
                message: Label("没有说批准还是驳回。", "Neither approved nor rejected."),
                remedy: Label("用 approved 或 rejected。", "Use approved or rejected."))
        }
        let opinion = (form["opinion"] ?? "").trimmed
        guard decision == .approved || !opinion.isEmpty else {
            throw BadRequest(
                message: Label("驳回没有写理由。", "A rejection says why."),
                remedy: Label("写一句为什么，申请人才知道怎么改。", "Add a sentence, so that whoever asked knows what to change."))
        }
        let decider = plan.all(Person.self).first { $0.name != nil && $0.name == form["me"] }
        _ = try RecordWriter(site: site, plan: plan).write(base: try base(form)) { editor in
            editor.update(record.id, as: BudgetLine.self) { line in
                line.decision = decision
                if !opinion.isEmpty { line.opinion = opinion }
                line.approver = line.approver ?? decider?.id
                line.decidedOn = plan.fields.statusDate ?? site.today
                if decision == .approved { line.approved = line.approved ?? line.planned }
            }
        }
        return home(of: form)
    }

    private func brainstorm(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        _ = try BrainstormWriter(writer: RecordWriter(site: site, plan: plan)).add(
            form["notes"] ?? "", by: form["writer"] ?? "", base: try base(form))
        return board(of: plan, form)
    }

    private func makeRisk(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        let note = try site.record(visit, in: plan)
        guard note.kind == Kind.of(RiskNote.self) else {
            throw NotFound(what: Label("只有风险便签可以变成风险。", "Only risk notes become risks."))
        }
        _ = try BrainstormWriter(writer: RecordWriter(site: site, plan: plan)).makeRisk(of: note.id, base: try base(form))
        return board(of: plan, form)
    }

    /// Back to the board, where who writes need not say so again.
    private func board(of plan: Plan, _ form: FormBody) -> Response {
        seeOther(address("/plans/\(plan.key)/brainstorm", "who", form["writer"]))
    }

    private func address(_ path: String, _ name: String, _ value: String?) -> String {
        let value = value?.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return value.isEmpty ? path : "\(path)?\(name)=\(value)"
    }

    /// Back to the home page of the person who was there.
    private func home(of form: FormBody) -> Response { seeOther(address("/", "me", form["me"])) }

    private func writeReviewFacts(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let page = page(visit, try site.plan(visit))
        guard let facts = page.facts, let review = Typed<Review>(try site.record(visit, in: facts.plan)) else {
            throw NotFound(what: Label("只有复盘可以写入事实。", "Only reviews take facts."))
        }
        let text = [review.facts, ReviewFacts(review, facts).text(visit.language)].compactMap { $0 }.filter { !$0.isEmpty }
            .joined(separator: "\n\n")
        _ = try RecordWriter(site: site, plan: facts.plan).update(review.id, base: try base(form)) { field in
            field.key == "facts" ? .some(.text(text)) : nil
        }
        return seeOther(page.address(review.id))
    }

    /// A review on one page: to read, or as a file where a format is asked for.
    private func reviewReport(_ request: Request, _ visit: Visit) async throws -> Response {
        let page = page(visit, try site.plan(visit))
        guard let facts = page.facts, let review = Typed<Review>(try site.record(visit, in: facts.plan)) else {
            throw NotFound(what: Label("只有复盘有一页报告。", "Only reviews have a report on one page."))
        }
        let report = ReviewReport(review, facts)
        guard let format = request.queryFields["format"] else {
            return ReviewReportPage(page: page, facts: facts, report: report).response()
        }
        return try await Downloads(site: site, visit: visit).review(report, facts, format)
    }

    private func adoptBudgets(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let (_, facts) = try opened(visit)
        _ = try BudgetWriter(site: site, facts: facts).adopt(
            BudgetShiftRequest(fields: form.fields), base: try base(form), visit.language)
        return seeOther("/plans/\(facts.plan.key)/adjustments")
    }

    private func section(_ visit: Visit, of plan: Plan) throws -> Section {
        guard let section = visit.parameters.get("section").flatMap({ plan.blueprint.section($0) }) else {
            throw NotFound(what: Label("没有这个章节。", "There is no such section."))
        }
        return section
    }

    private func writeProse(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        let (section, text) = (try section(visit, of: plan), form["text"] ?? "")
        func again(_ problems: [Problem], _ conflicts: [Conflict]) throws -> Response {
            try planPage(visit) {
                ProsePage(page: $0, facts: $1, section: section, typed: text, problems: problems, conflicts: conflicts).response()
            }
        }
        do {
            _ = try RecordWriter(site: site, plan: plan).write(text, section: section.key, base: try base(form))
            return seeOther("/plans/\(plan.key)#\(section.key)")
        } catch let error as Problems {
            return try again(error.all, [])
        } catch let error as Conflicts {
            return try again([], error.all)
        }
    }

    /// Writes what is drafted from the data into a section, behind what is there.
    private func writeDraft(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let page = page(visit, try site.plan(visit))
        guard let facts = page.facts else { throw NotFound(what: Label("没有这份计划。", "There is no such plan.")) }
        let section = try section(visit, of: facts.plan)
        let draft = facts.draft(of: section.key)
        guard !draft.isEmpty else { throw NotFound(what: Label("这个章节没有草稿。", "Nothing is drafted for this section.")) }
        let text = [facts.plan.prose[section.key], draft.text(visit.language)].compactMap { $0 }.filter { !$0.isEmpty }.joined(
            separator: "\n\n")
        _ = try RecordWriter(site: site, plan: facts.plan).write(
            text, section: section.key, base: try base(form))
        return seeOther("/plans/\(facts.plan.key)#\(section.key)")
    }

    private func addReading(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        let record = try site.record(visit, in: plan)
        guard Typed<Measure>(record) != nil, let day = form["day"].flatMap({ Day($0) }),
            let value = form["value"]?.trimmed.finiteNumber
        else {
            throw BadRequest(
                message: Label("数值看不懂。", "The value cannot be read."),
                remedy: Label("填写一个数，如 92.6。", "Give a number such as 92.6."))
        }
        _ = try RecordWriter(site: site, plan: plan).write(base: try base(form)) { editor in
            editor.update(record.id, as: Measure.self) { measure in
                var series = measure.values ?? Series()
                series[day] = value
                measure.values = series
            }
        }
        return seeOther("/")
    }

    private func reverse(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        guard let revision = visit.parameters.get("revision").flatMap({ Int($0) }) else {
            throw NotFound(what: Label("没有这个版次。", "There is no such revision."))
        }
        _ = try RecordWriter(site: site, plan: plan).reverse(revision, base: try base(form))
        return seeOther("/plans/\(plan.key)/history")
    }

    private func reverseFile(_ visit: Visit) throws -> Response {
        guard let revision = visit.parameters.get("revision").flatMap({ Int($0) }) else {
            throw NotFound(what: Label("没有这个版次。", "There is no such revision."))
        }
        try site.store.undoFile(revision, by: site.author, at: site.clock().now)
        return seeOther("/plans/\(try site.plan(visit).key)/history")
    }
}
