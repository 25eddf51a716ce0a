import HTTPTypes
import Hummingbird
import Logging
import PlanExchange
import PlanModel
import PlanStore
import WorkingTime

/// What a request carries beside itself: the language it reads in, and what it asks of the page.
struct Visit: RequestContext {
    var coreContext: CoreRequestContextStorage
    var language: Language = .chinese
    /// What stands behind the question mark of the address, but for the language.
    var query: [Substring] = []

    init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }

    /// A visit that came through no connection.
    init(logger: Logger) { coreContext = .init(source: Unconnected(logger: logger)) }

    private struct Unconnected: RequestContextSource {
        let logger: Logger
    }

    /// Uploads larger than this are refused before they are read.
    var maxUploadSize: Int { 8 << 20 }
}

/// What every route works with.
struct Site: Sendable {
    let store: PlanStore
    let facts: FactsCache
    let jobs = Jobs()
    let defaultLanguage: Language
    let clock: @Sendable () -> (today: Day, now: Instant)
    /// Who makes changes, as long as there is one local user.
    let author: String
    let workshop = Workshop()
    var live = LiveLines()

    var today: Day { clock().today }

    func plan(_ visit: Visit) throws -> Plan {
        guard let key = visit.parameters.get("plan").flatMap({ PlanKey($0) }), let plan = try store[key] ?? justAdded(key) else {
            throw NotFound(what: Label("没有这份计划。", "There is no such plan."))
        }
        return plan
    }

    /// A plan that another program has added a moment ago.
    private func justAdded(_ key: PlanKey) throws -> Plan? {
        try store.refresh()
        return store[key]
    }

    func kind(_ visit: Visit) throws -> Kind {
        guard let kind = visit.parameters.get("kind").flatMap({ Kind.withPlural[$0] }) else {
            throw NotFound(what: Label("没有这类记录。", "There is no such kind of record."))
        }
        return kind
    }

    /// The record that the address names, by its kind too where the address tells that.
    func record(_ visit: Visit, in plan: Plan) throws -> Record {
        let kind = visit.parameters.get("kind")
        guard let id = visit.parameters.get("record").flatMap({ RecordID($0, in: plan.key) }), let record = plan.record(id),
            kind == nil || kind == record.kind.names.plural
        else {
            throw NotFound(what: Label("没有这条记录，它可能已被删除。", "There is no such record; it may have been deleted."))
        }
        return record
    }
}

/// Nothing stands at the address.
struct NotFound: Error {
    let what: Label

    init(what: Label) { self.what = what }

    /// With what there is instead.
    init(unknown what: Label, _ name: String, of known: [String]) {
        let remedy = Suggestion.remedy(for: name, among: known)
        self.what = Label(what.zh + remedy.zh, "\(what.en) \(remedy.en)")
    }
}

/// What was seen has changed since, as a whole, so that nothing can be merged.
struct Outdated: Error {
    let message: Label
    let remedy: Label
}

/// The request itself is wrong: what, and what would be right.
struct BadRequest: Error {
    let message: Label
    let remedy: Label
    /// What of the request is wrong, where that is one field of a form.
    var field: String?
    /// Each wrong by itself, where there are several.
    fileprivate(set) var parts: [BadRequest] = []

    init(message: Label, remedy: Label, field: String? = nil) {
        (self.message, self.remedy, self.field) = (message, remedy, field)
    }

    /// The wrongs one by one, for a form that tells each beside its field.
    var problems: [Problem] {
        (parts.isEmpty ? [self] : parts).map { Problem("request", field: $0.field, $0.message, remedy: $0.remedy) }
    }
}

extension BadRequest {
    /// Several wrongs at once.
    init(_ all: [BadRequest]) {
        func joined(_ part: (BadRequest) -> Label) -> Label {
            Label(all.map { part($0).zh }.joined(), all.map { part($0).en }.joined(separator: " "))
        }
        self.init(message: joined(\.message), remedy: joined(\.remedy))
        parts = all
    }
}
