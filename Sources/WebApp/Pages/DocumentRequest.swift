import Hummingbird
import Markup
import PlanExchange
import PlanInsight
import PlanModel

/// A document asked for: in which form and language, the whole plan or a part of it.
struct DocumentRequest: LongQuestion {
    typealias Answer = [UInt8]

    static let place = "document"
    let format: DocumentFormat
    let language: Language
    var part: DocumentPart?
    var withSecrets = false
    var isAgain = false

    var fields: [String: String] {
        var fields = ["format": format.rawValue, "in": language.rawValue]
        fields["part"] = part?.rawValue
        if withSecrets { fields["secrets"] = "yes" }
        return fields
    }

    /// Titles of records and the cascade come from any of them.
    func sources(_ facts: PlanFacts) -> [Plan] { facts.workspace.plans }

    func answer(_ facts: PlanFacts, report: @escaping @Sendable (Double) -> Bool) throws -> [UInt8]? {
        do {
            return try DocumentExport.make(facts, format, language, withSecrets: withSecrets, part: part, report: report)
        } catch is CancellationError { return nil }
    }

    /// What the file is called when it is kept.
    func fileName(_ facts: PlanFacts) -> String {
        ([facts.plan.key.text] + [part?.rawValue].compactMap(\.self)).joined(separator: "-") + ".\(format.rawValue)"
    }

    /// Where the file itself is that a job made.
    func file(_ facts: PlanFacts, of job: Jobs.Standing<[UInt8]>) -> String {
        var question = ["lang=\(language.rawValue)", "\(DocumentMakingPage.followed)=\(job.id)"]
        if let part { question.append("part=\(part.rawValue)") }
        if withSecrets { question.append("secrets=yes") }
        return "/plans/\(facts.plan.key)/document.\(format.rawValue)?" + question.joined(separator: "&")
    }
}

extension DocumentRequest {
    /// - Throws: `BadRequest` for a form or part that does not exist.
    init(_ asked: [String: String], of plan: Plan, _ language: Language) throws {
        guard let format = asked["format"].flatMap(DocumentFormat.init) else {
            let known = DocumentFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw BadRequest(
                message: Label("没有说要哪种格式。", "The form is not said."), remedy: Label("可用：\(known)。", "There are: \(known)."))
        }
        self.init(
            format: format, language: asked["in"].flatMap(Language.init) ?? language,
            part: try DocumentPart(asked["part"], of: plan),
            withSecrets: asked["secrets"] == "yes", isAgain: asked["again"] == "1")
    }
}

/// A document in the making, followed until it is there to be kept.
struct DocumentMakingPage {
    let page: Page
    let facts: PlanFacts
    let question: DocumentRequest
    let job: Jobs.Standing<[UInt8]>

    func response() -> Response {
        let file = question.file(facts, of: job)
        let made = page.response(title: page.t("制作文档", "Making the document"), tab: .document) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.div) {
                        el(.h1) { question.fileName(facts) }
                        el(.p) {
                            page.t(
                                "由计划的现状排成文档；大计划要一些时间，其间可以去做别的。",
                                "Set from the plan as it stands; a long plan takes a while, and you may go on meanwhile.")
                        }
                    }
                }
                page.following(question, job, facts) { _ in
                    el(.p, .role("status")) {
                        page.t("做好了，正在下载。没有开始的话，", "It is ready and being downloaded. If it does not begin, ")
                        el(.a, .class("ref"), .href(file)) { page.t("点这里下载", "download it here") }
                        page.t("。", ".")
                    }
                }
                el(.p) {
                    el(.a, .class("ref"), .href("/plans/\(facts.plan.key)")) { page.t("回到计划", "Back to the plan") }
                }
            }
        }
        return switch job.state {
        case .done: made.leading(to: file)
        case .running: made.leading(to: question.address(facts) + "&\(Self.followed)=\(job.id)", after: 1)
        case .stopped: made
        }
    }

    /// What the page adds to its address while it waits, and to that of the file: the job, so that a document is made to its end though
    /// the plan changes meanwhile. The page then says that the file is there, instead of being left for it.
    static let followed = "followed"
}
