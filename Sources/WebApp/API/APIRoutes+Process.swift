import Foundation
import Hummingbird
import PlanInsight
import PlanModel
import PlanStore
import ProcessMining

/// What the event logs of a plan's processes say, and the files they are in.
extension APIRoutes {
    func files() throws -> JSONValue {
        [
            "revision": .number(Double(try site.store.filesRevision)),
            "files": .array(try site.store.presentFiles().map { json($0) }),
        ]
    }

    func file(_ visit: Visit) -> Response {
        let name = fileName(visit)
        guard let bytes = site.store.workspace.files.bytes(name) else { return refusal(noFile(name), visit) }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .cacheControl: "no-store",
                .contentDisposition:
                    "attachment; filename*=UTF-8''\(name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "file")",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The body is the file itself; the revision of the files that its sender had before them stands in `If-Match`.
    func putFile(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        var request = request
        guard let type = request.headers[.contentType],
            ["application/octet-stream", "application/gzip", "application/json"].contains(where: type.hasPrefix)
        else {
            throw BadRequest(
                message: Label("内容类型应为 application/octet-stream。", "The content type has to be application/octet-stream."),
                remedy: Label("设置 Content-Type。", "Set Content-Type."))
        }
        let name = fileName(visit)
        let purpose = request.queryFields["for"]
        let kind = purpose.flatMap { FileKind(rawValue: $0) }
        guard purpose == nil || kind != nil else {
            throw BadRequest(
                message: Label("不认识 for=\(purpose ?? "")。", "for=\(purpose ?? "") is not known."),
                remedy: Label("可用 eventLog 或 orderList。", "Use eventLog or orderList."))
        }
        let base = try base(request, present: try site.store.filesRevision)
        let bytes = Array(try await request.body(upTo: FileWriter.largestFile).readableBytesView)
        return json(try FileWriter(site: site).put(bytes, name, as: kind, base: base))
    }

    func deleteFile(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let name = fileName(visit)
        let object = try await objectIfAny(request)
        let base = try base(request, object, present: try site.store.filesRevision)
        guard let change = try site.store.removeFile(name, by: site.author, at: site.clock().now, base: base) else {
            throw noFile(name)
        }
        return json(change)
    }

    func fileHistory(_ request: Request) throws -> JSONValue {
        let query = request.queryFields
        return .array(
            try site.store.fileChanges(
                of: query["name"], limit: try query.count("limit", 1...500) ?? 50,
                before: try query.count("before", 1...1_000_000_000) ?? Int.max
            ).map { json($0) })
    }

    func reverseFile(_ visit: Visit) throws -> JSONValue {
        guard let revision = visit.parameters.get("revision").flatMap({ Int($0) }) else {
            throw NotFound(what: Label("没有这个版次。", "There is no such revision."))
        }
        return json(try site.store.undoFile(revision, by: site.author, at: site.clock().now))
    }

    private func fileName(_ visit: Visit) -> String { visit.parameters.get("name")?.removingPercentEncoding ?? "" }

    private func noFile(_ name: String) -> NotFound { NotFound(what: Label("没有文件「\(name)」。", "There is no file “\(name)”.")) }

    private func json(_ change: FileChange) -> JSONValue {
        var object: [String: JSONValue] = [
            "revision": .number(Double(change.revision)), "name": .string(change.name),
            "digest": change.digest.map { .string($0) } ?? .null, "bytes": .number(Double(change.size)),
            "author": .string(change.author), "at": .number(Double(change.at.milliseconds)),
        ]
        object["undoes"] = change.undoes.map { .number(Double($0)) }
        return .object(object)
    }

    /// The statistics as `pharos mine` prints them, and what the plan adds.
    func processLog(_ request: Request, _ visit: Visit) throws -> JSONValue {
        let (facts, process) = try process(visit)
        let question: LogQuestion
        do throws(LogQuestion.Flaw) {
            question = try LogQuestion(request.queryFields, zoneMinutes: facts.zoneMinutes(of: process))
        } catch {
            throw BadRequest(
                message: Label(error.words.zh, error.words.en), remedy: Label("改正后再问。", "Put it right and ask again."))
        }
        switch facts.mined(process, question) {
        case .facts(let mined): return try JSONValue(encoding: ProcessReport(mined))
        case .noLog(let reason), .unreadable(let reason): throw NotFound(what: reason)
        case .refused(let reason):
            throw BadRequest(message: reason, remedy: Label("用日志里有的名字再问。", "Ask again with names that the log has."))
        }
    }

    func discover(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let object = try await object(request)
        let (facts, process) = try process(visit)
        guard case .facts(let mined) = facts.mined(process) else {
            throw NotFound(what: Label("这个流程没有读得懂的事件日志。", "This process has no event log that can be read."))
        }
        let threshold = object["threshold"]?.number
        if let threshold, !(0...1).contains(threshold) {
            throw BadRequest(
                message: Label("threshold 须在 0 到 1 之间。", "threshold must be from 0 to 1."), remedy: Label("改为 0.2。", "Write 0.2.")
            )
        }
        let made = try ProcessWriter(site: site, facts: facts).draw(
            mined, base: try base(request, object, present: facts.plan.revision), threshold: threshold, visit.language)
        return ["id": .string(made.short)]
    }

    /// The answer, waited for; a job that was started with the same question is taken up.
    func processSimulation(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (facts, question) = try processQuestion(request, visit)
        let answer = try await waited(question, facts)
        let found: ProcessSimulation
        do throws(ProcessSimulation.Refusal) { found = try answer.get() } catch {
            throw BadRequest(message: error.message, remedy: Label("改正后再运行。", "Put it right and run again."))
        }
        var object: [String: JSONValue] = ["as_is": json(found.asIs), "rates": .array(rates(found))]
        if let toBe = found.toBe { object["to_be"] = json(toBe) }
        if let difference = found.difference {
            object["difference"] = [
                "cycle_time_s": json(difference.cycleTime), "p90_cycle_time_s": json(difference.p90CycleTime),
                "waiting_s": json(difference.waiting),
                "cost": json(difference.cost), "cycle_time_change": difference.cycleTimeChange.map { json($0) } ?? .null,
                "roles": .array(
                    zip(found.sharedRoles, difference.utilisation).map { ["name": .string($0), "busy": json($1)] }),
            ]
        }
        if let seen = found.seen {
            object["seen_cycle_time_s"] = .number(seen)
            object["unseen_first_wait_s"] = .number(found.unseenWait)
        }
        return .object(object)
    }

    /// What an hour of each role costs, and where that is known from.
    private func rates(_ found: ProcessSimulation) -> [JSONValue] {
        found.rates.sorted { $0.key < $1.key }.map { name, rate in
            ["role": .string(name), "per_hour": .number(rate.perHour), "basis": .string(rate.basis.rawValue)]
        }
    }

    /// Starts the simulation that the query asks for.
    func startProcessSimulation(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (facts, question) = try processQuestion(request, visit)
        return try await started(question, facts)
    }

    private func processQuestion(_ request: Request, _ visit: Visit) throws -> (PlanFacts, ProcessSimulationRequest) {
        let (facts, process) = try process(visit)
        return (
            facts, ProcessSimulationRequest(fields: request.queryFields.merging(["process": process.id.short]) { _, new in new })
        )
    }

    // MARK: Values

    private func process(_ visit: Visit) throws -> (PlanFacts, Typed<PlanModel.Process>) {
        let facts = try facts(visit)
        guard let process = Typed<PlanModel.Process>(try site.record(visit, in: facts.plan)) else {
            throw NotFound(what: Label("没有这个流程。", "There is no such process."))
        }
        return (facts, process)
    }

    private func json(_ estimate: Simulation.Estimate) -> JSONValue {
        ["mean": .number(estimate.mean), "low": .number(estimate.low), "high": .number(estimate.high)]
    }

    private func json(_ side: ProcessSimulation.Side) -> JSONValue {
        let outcome = side.outcome
        return [
            "process": .string(side.drawn.process.id.short), "cycle_time_s": json(outcome.cycleTime),
            "median_cycle_time_s": json(outcome.medianCycleTime),
            "p90_cycle_time_s": json(outcome.p90CycleTime), "waiting_s": json(outcome.waiting), "cost": json(outcome.cost),
            "finished_per_week": json(outcome.throughput),
            "arrivals_per_week": .number(side.model.arrivals.perWeek),
            "steps": .array(
                side.bases.sorted { $0.key < $1.key }.map {
                    ["id": .string(side.drawn.steps[$0.key].id.short), "basis": .string($0.value.rawValue)]
                }),
            "roles": .array(
                zip(side.model.roles, outcome.utilisation).map {
                    [
                        "name": .string($0.name), "people": .number(Double($0.capacity)),
                        "fewest_people": .number(Double($0.peopleAtOnce.lowerBound)), "busy": json($1),
                    ]
                }),
        ]
    }
}
