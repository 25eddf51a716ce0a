import Foundation
import Hummingbird
import Measures
import PlanExchange
import PlanInsight
import PlanModel
import PlanStore
import WorkingTime

/// What forms send: each is written as one change, or shown again with what is wrong.
extension PageRoutes {
    /// A plan of a hundred thousand tasks is some 20 MB.
    static let largestPlanFile = 64 << 20

    func createPlan(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        func again(_ problems: [Problem]) -> Response {
            NewPlanPage(page: page(visit), typed: form.fields, problems: problems).response()
        }
        let key: PlanKey
        do { key = try PlanMaker(site: site).add(form.fields).key } catch let error as BadRequest {
            return again(error.problems)
        } catch let error as StoreError {
            return again([Problem("store", field: "key", error.message, remedy: Label("换一个代号。", "Choose another key."))])
        }
        return seeOther("/plans/\(key)")
    }

    func importPlan(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await UploadBody(request, upTo: Self.largestPlanFile)
        let text = form.fields["file"] ?? ""
        let upload = form.file.flatMap { $0.bytes.isEmpty ? nil : $0 }
        func again(_ zh: String, _ en: String) -> Response {
            ImportPage(page: page(visit), text: text, problem: visit.language == .chinese ? zh : en).response()
        }
        if upload == nil, text.allSatisfy(\.isWhitespace) {
            return again("还没有内容：选择一个计划文件，或把全文粘贴到下面。", "There is nothing yet: choose a plan file, or paste its text below.")
        }
        if let upload, upload.bytes.prefix(4096).contains(0) {
            return again(
                "\(upload.name) 不是文本文件；计划文件是 YAML 文本，扩展名为 .yaml。",
                "\(upload.name) is no text; a plan file is YAML text and ends in .yaml.")
        }
        do {
            let plan = try PlanFileReader.read(upload?.bytes ?? Array(text.utf8), file: upload?.name ?? "")
            try site.store.add(plan, by: site.author, at: site.clock().now)
            return seeOther("/plans/\(plan.key)")
        } catch let error as PlanFileErrors {
            return ImportPage(page: page(visit), text: text, errors: error.all).response()
        } catch StoreError.planExists(let key) {
            return again(
                "计划 \(key) 已存在，不会被替换。要另存一份，把文件开头的 plan 改成别的代号再导入。",
                "The plan \(key) exists and is not replaced. To keep both, change the key behind plan: at the top of the file.")
        } catch let error as StoreError { return again(error.message.zh, error.message.en) }
    }

    func takeBaseline(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let (_, facts) = try opened(visit)
        let committed = try RecordWriter(site: site, plan: facts.plan).takeBaseline(base: try base(form))
        return seeOther("/plans/\(facts.plan.key)/schedule", committed)
    }

    func acceptLevelling(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let (_, facts) = try opened(visit)
        let committed = try await LevellingWriter(site: site, facts: facts).accept(
            try LevellingRequest(form.fields), base: try base(form), seen: form["seen"])
        return seeOther("/plans/\(facts.plan.key)/schedule", committed)
    }

    /// Shows what a file of values would write, and writes it when it is sent again with `accept`.
    func importValues(_ request: Request, _ visit: Visit) async throws -> Response {
        let (page, facts) = try opened(visit)
        let isUpload = request.headers[.contentType]?.hasPrefix("multipart/form-data") ?? false
        var fields: [String: String]
        if isUpload {
            let form = try await UploadBody(request, upTo: 2 << 20)
            fields = form.fields
            if let file = form.file, !file.bytes.isEmpty {
                guard let text = TableText.text(of: [UInt8](file.bytes)) else {
                    throw BadRequest(
                        message: Label("文件的文字编码读不出来。", "The encoding of the file cannot be read."),
                        remedy: Label("另存为 UTF-8 的 CSV。", "Save it as CSV in UTF-8."))
                }
                fields["text"] = text
            }
        } else {
            fields = try await FormBody(request).fields
        }
        let sent = ValueImportRequest(text: fields["text"] ?? "", fields)
        do {
            let proposal = try sent.proposal(for: facts.plan, today: site.today)
            guard fields["accept"] != nil, !proposal.entries.isEmpty else {
                return ValueImportPage(page: page, facts: facts, request: sent, proposal: proposal).response()
            }
            let committed = try RecordWriter(site: site, plan: facts.plan).write(
                base: fields["base"].flatMap { Int($0) } ?? facts.plan.revision, note: proposal.words[visit.language]
            ) { editor in try sent.proposal(for: editor.plan, today: site.today).write(into: &editor) }
            return seeOther("/plans/\(facts.plan.key)/measures", committed)
        } catch let error as BadRequest {
            return ValueImportPage(page: page, facts: facts, request: sent, problem: error.message).response()
        }
    }

    func uploadFile(_ request: Request, _ visit: Visit) async throws -> Response {
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

    func discoverProcess(_ request: Request, _ visit: Visit) async throws -> Response {
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

    func createRecord(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let (plan, kind) = (try site.plan(visit), try site.kind(visit))
        do {
            let made = try RecordWriter(site: site, plan: plan).create(
                kind, in: try parent(form["parent"] ?? "", of: kind, in: plan), base: try base(form)
            ) { field in
                try form[field.key].flatMap { try field.value(typed: $0, in: plan) }
            }
            let list = "/plans/\(plan.key)/\(kind.names.plural)"
            return seeOther("\(list)/\(form["then"] == "another" ? "new" : made.id.short)", made.committed)
        } catch let error as Problems {
            return try planPage(visit) {
                RecordPage(
                    page: $0, facts: $1, kind: kind, record: nil, typed: form.fields, problems: error.all, base: try base(form)
                ).response()
            }
        }
    }

    /// The record named as the one above, or none; anything else is refused.
    private func parent(_ text: String, of kind: Kind, in plan: Plan) throws -> RecordID? {
        if text.trimmed.isEmpty { return nil }
        guard let id = RecordID(text.trimmed, in: plan.key) else {
            throw Problem(
                "tree.unreadable", field: "parent", Label("「\(text)」不是编号。", "“\(text)” is no id."),
                remedy: Label("填 \(kind.prefix)-1 这样的编号，或留空。", "Give one such as \(kind.prefix)-1, or nothing."))
        }
        return id
    }

    func updateRecord(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        let record = try site.record(visit, in: plan)
        let base = try base(form)
        do {
            let parent = form["parent"].map { text in { try self.parent(text, of: record.kind, in: plan) } }
            let committed = try RecordWriter(site: site, plan: plan).update(record.id, base: base, into: parent) { field in
                guard let text = form[field.key] else { return nil }
                return .some(try field.value(typed: text, in: plan, record: record.id))
            }
            return seeOther(
                record.id == plan.header.id
                    ? "/plans/\(plan.key)" : "/plans/\(plan.key)/\(record.kind.names.plural)/\(record.id.short)", committed)
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

    /// Puts a plan into the archive or takes it out.
    func archive(_ request: Request, _ visit: Visit, _ isOver: Bool) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        let committed = try RecordWriter(site: site, plan: plan).write(
            base: try base(form), note: isOver ? "archived" : "restored"
        ) { editor in
            editor.set(plan.header.id, "isArchived", isOver ? .flag(true) : nil)
        }
        return seeOther("/plans/\(plan.key)", committed)
    }

    func deleteRecord(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        let record = try site.record(visit, in: plan)
        let committed = try RecordWriter(site: site, plan: plan).remove(record.id, base: try base(form))
        return seeOther("/plans/\(plan.key)/\(record.kind.names.plural)", committed)
    }

    /// The record of the address, which has to be of a kind.
    func record(of kind: Kind, _ visit: Visit, else words: Label) throws -> (Plan, Record) {
        let plan = try site.plan(visit)
        let record = try site.record(visit, in: plan)
        guard record.kind == kind else { throw NotFound(what: words) }
        return (plan, record)
    }

    func complete(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let (plan, record) = try record(
            of: .of(PlanTask.self), visit, else: Label("只有任务可以标为完成。", "Only tasks can be marked as done."))
        let committed = try RecordWriter(site: site, plan: plan).write(base: try base(form)) { editor in
            guard let before = editor.plan.record(record.id, as: PlanTask.self) else { return }
            editor.update(record.id, as: PlanTask.self) { task in
                task.state = .done
                task = TaskCompletion(on: plan.fields.statusDate ?? site.today).settled(task, from: before)
            }
        }
        return home(of: form, committed)
    }

    /// Money is approved as it was planned, or the request is sent back.
    func decide(_ request: Request, _ visit: Visit) async throws -> Response {
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
        let committed = try RecordWriter(site: site, plan: plan).write(base: try base(form)) { editor in
            editor.update(record.id, as: BudgetLine.self) { line in
                line.decision = decision
                if !opinion.isEmpty { line.opinion = opinion }
                line.approver = line.approver ?? decider?.id
                line.decidedOn = plan.fields.statusDate ?? site.today
                if decision == .approved { line.approved = line.approved ?? line.planned }
            }
        }
        return home(of: form, committed)
    }

    func brainstorm(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        _ = try BrainstormWriter(writer: RecordWriter(site: site, plan: plan)).add(
            form["notes"] ?? "", by: form["writer"] ?? "", base: try base(form))
        return board(of: plan, form)
    }

    func makeRisk(_ request: Request, _ visit: Visit) async throws -> Response {
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

    /// Back to the home page of the person who was there, to the thing after the one that is done.
    private func home(of form: FormBody, _ committed: PlanStore.Committed) -> Response {
        let place = address("/", "me", form["me"])
        let next = form["next"].map { "\(place.contains("?") ? "&" : "?")next=\($0.urlEncoded)" } ?? ""
        return seeOther(place + next, committed)
    }

    func writeReviewFacts(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let page = page(visit, try site.plan(visit))
        guard let facts = page.facts, let review = Typed<Review>(try site.record(visit, in: facts.plan)) else {
            throw NotFound(what: Label("只有复盘可以写入事实。", "Only reviews take facts."))
        }
        let text = [review.facts, ReviewFacts(review, facts).text(visit.language)].compactMap { $0 }.filter { !$0.isEmpty }
            .joined(separator: "\n\n")
        let committed = try RecordWriter(site: site, plan: facts.plan).update(review.id, base: try base(form)) { field in
            field.key == "facts" ? .some(.text(text)) : nil
        }
        return seeOther(page.address(review.id), committed)
    }

    /// A review on one page: to read, or as a file where a format is asked for.
    func reviewReport(_ request: Request, _ visit: Visit) async throws -> Response {
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

    func adoptBudgets(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let (_, facts) = try opened(visit)
        let committed = try BudgetWriter(site: site, facts: facts).adopt(
            BudgetShiftRequest(fields: form.fields), base: try base(form), visit.language)
        return seeOther("/plans/\(facts.plan.key)/adjustments", committed)
    }

    func section(_ visit: Visit, of plan: Plan) throws -> Section {
        guard let section = visit.parameters.get("section").flatMap({ plan.blueprint.section($0) }) else {
            throw NotFound(what: Label("没有这个章节。", "There is no such section."))
        }
        return section
    }

    func writeProse(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        let (section, text) = (try section(visit, of: plan), form["text"] ?? "")
        func again(_ problems: [Problem], _ conflicts: [Conflict]) throws -> Response {
            try planPage(visit) {
                ProsePage(page: $0, facts: $1, section: section, typed: text, problems: problems, conflicts: conflicts).response()
            }
        }
        do {
            let committed = try RecordWriter(site: site, plan: plan).write(text, section: section.key, base: try base(form))
            return seeOther("/plans/\(plan.key)#\(section.key)", committed)
        } catch let error as Problems {
            return try again(error.all, [])
        } catch let error as Conflicts {
            return try again([], error.all)
        }
    }

    /// Writes what is drafted from the data into a section, behind what is there.
    func writeDraft(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let page = page(visit, try site.plan(visit))
        guard let facts = page.facts else { throw NotFound(what: Label("没有这份计划。", "There is no such plan.")) }
        let section = try section(visit, of: facts.plan)
        let draft = facts.draft(of: section.key)
        guard !draft.isEmpty else { throw NotFound(what: Label("这个章节没有草稿。", "Nothing is drafted for this section.")) }
        let text = [facts.plan.prose[section.key], draft.text(visit.language)].compactMap { $0 }.filter { !$0.isEmpty }.joined(
            separator: "\n\n")
        let committed = try RecordWriter(site: site, plan: facts.plan).write(
            text, section: section.key, base: try base(form))
        return seeOther("/plans/\(facts.plan.key)#\(section.key)", committed)
    }

    func addReading(_ request: Request, _ visit: Visit) async throws -> Response {
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
        let committed = try RecordWriter(site: site, plan: plan).write(base: try base(form)) { editor in
            editor.update(record.id, as: Measure.self) { measure in
                var series = measure.values ?? Series()
                series[day] = value
                measure.values = series
            }
        }
        return seeOther("/", committed)
    }

    func reverse(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await FormBody(request)
        let plan = try site.plan(visit)
        guard let revision = visit.parameters.get("revision").flatMap({ Int($0) }) else {
            throw NotFound(what: Label("没有这个版次。", "There is no such revision."))
        }
        let committed = try RecordWriter(site: site, plan: plan).reverse(revision, base: try base(form))
        return seeOther(ownAddress(form["back"]) ?? "/plans/\(plan.key)/history", committed)
    }

    func reverseFile(_ visit: Visit) throws -> Response {
        guard let revision = visit.parameters.get("revision").flatMap({ Int($0) }) else {
            throw NotFound(what: Label("没有这个版次。", "There is no such revision."))
        }
        try site.store.undoFile(revision, by: site.author, at: site.clock().now)
        return seeOther("/plans/\(try site.plan(visit).key)/history")
    }
}
