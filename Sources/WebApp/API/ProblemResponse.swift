import Hummingbird
import PlanExchange
import PlanModel
import PlanStore

/// Turns every error into an answer people and programs can act on: RFC 9457 problem details in the request's language.
enum ProblemResponse {
    static let type = "application/problem+json; charset=utf-8"

    static func of(_ error: any Error, _ language: Language) -> (status: HTTPResponse.Status, body: JSONValue) {
        switch error {
        case let error as Problems:
            (
                .unprocessableContent,
                body(
                    "invalid", Label("没有保存：内容有问题。", "Not saved: something is wrong with it."), language,
                    ["problems": .array(error.all.map { json($0, language) })])
            )
        case let error as Problem:
            (
                .unprocessableContent,
                body(
                    "invalid", Label("没有保存：内容有问题。", "Not saved: something is wrong with it."), language,
                    ["problems": .array([json(error, language)])])
            )
        case let error as Conflicts:
            (
                .conflict,
                body(
                    "conflict", Label("没有保存：别人同时改了这里。", "Not saved: somebody else changed it meanwhile."), language,
                    ["conflicts": .array(error.all.map { json($0) })])
            )
        case let error as FileConflict:
            (
                .conflict,
                body(
                    "conflict",
                    Label("没有保存：别人同时改了文件「\(error.name)」。", "Not saved: somebody else changed “\(error.name)” meanwhile."),
                    language,
                    [
                        "conflicts": [json(error)], "revision": .number(Double(error.theirs.revision)),
                    ])
            )
        case let error as StandsUnder:
            (
                .conflict,
                body(
                    "standing", error.message, language,
                    ["remedy": .string(error.remedy[language]), "conflicts": .array(error.conflicts.map { json($0) })])
            )
        case let error as Outdated:
            (.conflict, body("outdated", error.message, language, ["remedy": .string(error.remedy[language])]))
        case is Overloaded:
            (
                .serviceUnavailable,
                body("busy", Label("现在请求太多。请稍后再试。", "Too much is asked for at the moment. Try again a little later."), language)
            )
        case let error as DocumentExport.Failure:
            (.serviceUnavailable, body("export", error.message, language))
        case let error as PlanFileErrors:
            (
                .unprocessableContent,
                body(
                    "file", Label("文件无法读取。", "The file cannot be read."), language,
                    ["problems": .array(error.all.map { json($0, language) })])
            )
        case let error as StoreError:
            (status(error), body(code(error), error.message, language))
        case let error as NotFound:
            (.notFound, body("missing", error.what, language))
        case let error as WrongMethod:
            (
                .methodNotAllowed,
                body(
                    "method", Label("这个地址不接受这个方法。", "This address does not take this method."), language,
                    ["remedy": .string(error.remedy[language])])
            )
        case let error as BadRequest:
            (.badRequest, body("request", error.message, language, ["remedy": .string(error.remedy[language])]))
        case let error as TooLarge:
            (.contentTooLarge, body("http", error.message, language, ["limit": .number(Double(error.limit))]))
        case is ForeignRequest:
            (.forbidden, body("foreign", ForeignRequest.words, language))
        case let error as HTTPError:
            (error.status, body("http", Label("请求有误。", "The request is wrong."), language))
        default:
            (
                .internalServerError,
                body(
                    "internal", Label("服务器内部出错，没有保存。详情见日志。", "Something failed inside; nothing was saved. See the log."), language
                )
            )
        }
    }

    private static func status(_ error: StoreError) -> HTTPResponse.Status {
        switch error {
        case .noPlan, .noRevision, .noFileRevision: .notFound
        case .fileName: .unprocessableContent
        case .fileTooLarge: .contentTooLarge
        case .planExists, .fileExists, .undone: .conflict
        case .holidays: .badRequest
        case .full: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        case .busy: .serviceUnavailable
        default: .internalServerError
        }
    }

    private static func code(_ error: StoreError) -> String {
        switch error {
        case .full: "full"
        case .busy: "busy"
        case .damaged, .unreadable: "damaged"
        default: "store"
        }
    }

    private static func body(_ code: String, _ title: Label, _ language: Language, _ more: [String: JSONValue] = [:]) -> JSONValue
    {
        var object: [String: JSONValue] = [
            "type": .string("urn:pharos:\(code)"), "code": .string(code), "title": .string(title[language]),
        ]
        object.merge(more) { _, new in new }
        return .object(object)
    }

    private static func json(_ problem: Problem, _ language: Language) -> JSONValue {
        var object: [String: JSONValue] = [
            "code": .string(problem.code), "message": .string(problem.message[language]),
            "remedy": .string(problem.remedy[language]),
        ]
        object["record"] = problem.record.map { .string($0.short) }
        object["field"] = problem.field.map { .string($0) }
        return .object(object)
    }

    private static func json(_ error: PlanFileError, _ language: Language) -> JSONValue {
        [
            "file": .string(error.file), "line": .number(Double(error.line)), "column": .number(Double(error.column)),
            "message": .string(error.message[language]), "remedy": .string(error.remedy[language]),
        ]
    }

    /// Both contents as digests; `null` where the file was removed.
    private static func json(_ conflict: FileConflict) -> JSONValue {
        [
            "file": .string(conflict.name), "mine": conflict.mine.map { .string($0) } ?? .null,
            "theirs": conflict.theirs.digest.map { .string($0) } ?? .null, "author": .string(conflict.theirs.author),
        ]
    }

    private static func json(_ conflict: Conflict) -> JSONValue {
        var object: [String: JSONValue] = [:]
        object["record"] = conflict.record.map { .string($0.short) }
        object["field"] = conflict.field.map { .string($0) }
        for (name, value) in [("base", conflict.base), ("mine", conflict.mine), ("theirs", conflict.theirs)] {
            object[name] = json(value, conflict)
        }
        return .object(object)
    }

    private static func json(_ value: Value?, _ conflict: Conflict) -> JSONValue {
        guard let value else { return .null }
        if let record = conflict.record, let field = conflict.field.flatMap({ record.kind?.field($0) }) {
            return field.json(value, TextContext(plan: record.plan))
        }
        switch value {
        case .text(let text): return .string(text)
        case .references(let ids): return ids.first.map { .string($0.short) } ?? .null
        default: return .null
        }
    }
}
