import HTTPTypes
import Hummingbird
import PlanModel

/// An address is asked in a way it does not know.
struct WrongMethod: Error {
    let methods: [String]

    var remedy: Label {
        let known = methods.joined(separator: ", ")
        return Label("可用：\(known)。", "Use \(known).")
    }
}

/// Answers for the API where no route does: what methods an address takes (RFC 9110, 405), or that there is no such address.
struct APIAddresses: RouterMiddleware {
    private static let root = "/api/v1"

    func handle(_ request: Request, context: Visit, next: (Request, Visit) async throws -> Response) async throws -> Response {
        do { return try await next(request, context) } catch let error as HTTPError where error.status == .notFound {
            guard request.uri.path.hasPrefix("/api/") else { throw error }
            let methods = Self.methods(of: request.uri.path)
            let reason: any Error = methods.isEmpty ? Self.unknown : WrongMethod(methods: methods)
            let (status, body) = ProblemResponse.of(reason, context.language)
            var response = body.response(status, type: ProblemResponse.type)
            if !methods.isEmpty { response.headers[.allow] = methods.joined(separator: ", ") }
            return response
        }
    }

    static let unknown = NotFound(
        what: Label(
            "没有这个地址；有哪些，见 /api/v1/openapi.json。", "There is no such address; /api/v1/openapi.json has those there are."))

    /// The methods that the described operations have at an address, upper case and sorted.
    static func methods(of path: String) -> [String] {
        let steps = path.dropFirst(root.count).split(separator: "/")
        guard path.hasPrefix(root + "/") else { return [] }
        let fitting = OpenAPI.operations.filter { operation in
            let own = operation.path.split(separator: "/")
            return own.count == steps.count && zip(own, steps).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return Set(fitting.map { $0.method.uppercased() }).sorted()
    }
}
