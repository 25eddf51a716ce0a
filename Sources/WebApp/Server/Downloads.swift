import Foundation
import HTTPTypes
import Hummingbird
import PlanExchange
import PlanInsight
import PlanModel

/// Files made from a plan: the plan file, documents, tables as CSV. The same for pages and API.
struct Downloads {
    let site: Site
    let plan: Plan
    let language: Language

    init(site: Site, visit: Visit) throws {
        self.site = site
        plan = try site.plan(visit)
        language = visit.language
    }

    /// `KEY.yaml`, `document.docx`, `goals.csv`, `calendar.ics`.
    ///
    /// - Parameter followed: the job that has made the document.
    func response(_ name: String, withSecrets: Bool, who: String? = nil, part: String? = nil, following followed: String? = nil)
        async throws -> Response
    {
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        let (stem, ending) = (String(name[..<dot]), String(name[dot...].dropFirst()))
        switch (stem, ending) {
        case (plan.key.text, "yaml"): return planFile()
        case ("calendar", "ics"): return try calendar(who: who)
        case ("document", _): return try await document(ending, withSecrets: withSecrets, part: part, following: followed)
        case (_, "csv"): return try table(stem, withSecrets: withSecrets)
        default: throw noFile
        }
    }

    /// Whole: it is what a plan is carried elsewhere in, secrets and all.
    func planFile() -> Response {
        file(Array(PlanFileWriter.write(plan).utf8), "application/yaml; charset=utf-8", "\(plan.key).yaml")
    }

    /// What is on the plan's calendar, to be subscribed to.
    ///
    /// - Parameter who: the name of the person whose things are wanted; everybody's if nil.
    func calendar(who: String?) throws -> Response {
        guard let facts = site.facts.facts(plan.key, in: site.store.workspace, today: site.today) else { throw noFile }
        return file(Array(CalendarFeed(facts, language, who: who).text.utf8), CalendarFeed.mediaType, "\(plan.key).ics")
    }

    /// - Parameters:
    ///   - withSecrets: whether what only the plan's owner sees goes into it.
    ///   - part: the name of a part that is a document of its own, such as `charter`; the whole plan if nil.
    ///   - followed: the job that has made it.
    func document(_ ending: String, withSecrets: Bool, part name: String? = nil, following followed: String? = nil) async throws
        -> Response
    {
        let (part, format) = (try DocumentPart(name, of: plan), try self.format(ending))
        guard let facts = site.facts.facts(plan.key, in: site.store.workspace, today: site.today) else { throw noFile }
        let question = DocumentRequest(format: format, language: language, part: part, withSecrets: withSecrets)
        var job = try await question.job(facts, site.jobs, following: followed, patience: nil)
        if case .stopped = job.state {
            // Somebody stopped it who no longer wanted it; whoever asks for the file does.
            var again = question
            again.isAgain = true
            job = try await again.job(facts, site.jobs, patience: nil)
        }
        guard case .done(let bytes) = job.state else { throw Overloaded() }
        return file(bytes, format.mediaType, question.fileName(facts))
    }

    /// A review on one page.
    func review(_ report: ReviewReport, _ facts: PlanFacts, _ ending: String) async throws -> Response {
        let format = try self.format(ending)
        let name = "\(plan.key)-\(report.review.id.short)"
        let order = Workshop.Order("\(name) \(ending) \(language.rawValue)", of: site)
        let bytes = try await site.workshop.product(order) { [language] in
            try DocumentExport.make(Manuscript(report, of: facts, language), format)
        }
        return file(bytes, format.mediaType, "\(name).\(ending)")
    }

    func table(_ plural: String, withSecrets: Bool) throws -> Response {
        guard let kind = Kind.withPlural[plural] else {
            throw NotFound(
                unknown: Label("没有表「\(plural)」。", "There is no table “\(plural)”."), plural, of: Kind.all.map(\.names.plural))
        }
        return file(Array(csv(kind, withSecrets: withSecrets).utf8), "text/csv; charset=utf-8", "\(plan.key)-\(plural).csv")
    }

    private func format(_ ending: String) throws -> DocumentFormat {
        guard let format = DocumentFormat(rawValue: ending) else {
            throw NotFound(
                unknown: Label("没有格式「\(ending)」。", "There is no form “\(ending)”."), ending,
                of: DocumentFormat.allCases.map(\.rawValue))
        }
        return format
    }

    private var noFile: NotFound { NotFound(what: Label("没有这个文件。", "There is no such file.")) }

    private func file(_ bytes: [UInt8], _ type: String, _ name: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .contentDisposition: "attachment; filename=\"\(name)\"", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// With a byte order mark, so that Excel reads Chinese; cells that would be formulas are made text.
    private func csv(_ kind: Kind, withSecrets: Bool) -> String {
        let show = DisplayText(plan, in: site.store.workspace, language)
        let fields = kind.fields.filter { withSecrets || !$0.spec.isSecret }
        let head = ["id"] + fields.map { $0.label[language] }
        let rows = plan.records(kind).map { record in
            [record.id.short]
                + fields.map { field in
                    record[field].map {
                        field.type.isText ? show.text($0, field) : field.text(of: $0, in: plan.textContext)
                    } ?? ""
                }
        }
        return "\u{FEFF}" + ([head] + rows).map { $0.map(CSVCell.text).joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
    }
}

extension DocumentPart {
    /// - Throws: `NotFound`, with those there are, for a name that is none of the plan's.
    init?(_ name: String?, of plan: Plan) throws {
        guard let name else { return nil }
        let all = DocumentPart.all(of: plan.blueprint)
        guard let part = all.first(where: { $0.rawValue == name }) else {
            guard !all.isEmpty else {
                throw NotFound(what: Label("这类计划没有单独成文的部分。", "Plans of this kind have no parts that are documents of their own."))
            }
            throw NotFound(
                unknown: Label("没有单独成文的部分「\(name)」。", "There is no part “\(name)”."), name, of: all.map(\.rawValue))
        }
        self = part
    }
}

extension Request {
    /// Whether the owner asks for what only the owner sees: `?secrets=yes`.
    var asksForSecrets: Bool { queryFields["secrets"] == "yes" }
}

extension FieldType {
    fileprivate var isText: Bool {
        switch self {
        case .line, .prose, .choice: true
        default: false
        }
    }
}
