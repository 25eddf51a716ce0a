import HTTPTypes
import Hummingbird
import PlanModel

/// Chooses the language: `?lang=`, else the cookie, else (for the API) Accept-Language, else the server's default.
struct LanguageMiddleware: RouterMiddleware {
    let fallback: Language

    func handle(_ request: Request, context: Visit, next: (Request, Visit) async throws -> Response) async throws -> Response {
        var visit = context
        let asked = request.uri.queryParameters["lang"].map(String.init)
        visit.language = Self.language(asked) ?? Self.language(request.cookies["lang"]?.value) ?? accepted(request) ?? fallback
        var response = try await next(request, visit)
        if Self.language(asked) != nil {
            response.headers[values: .setCookie].append("lang=\(visit.language.rawValue); Path=/; Max-Age=31536000; SameSite=Lax")
        }
        return response
    }

    /// The language most wanted of those we have: `fr, en;q=0.8, zh;q=0.5` is English.
    private func accepted(_ request: Request) -> Language? {
        guard request.uri.path.hasPrefix("/api/"), let header = request.headers[.acceptLanguage] else { return nil }
        let wanted = header.split(separator: ",").compactMap { part -> (Language, Double)? in
            let pieces = part.split(separator: ";").map { String($0).trimmed }
            guard let language = Self.language(pieces.first) else { return nil }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return weight > 0 ? (language, weight) : nil
        }
        return wanted.max { $0.1 < $1.1 }?.0
    }

    private static func language(_ name: String?) -> Language? {
        guard let name = name?.lowercased() else { return nil }
        return name.hasPrefix("zh") ? .chinese : name.hasPrefix("en") ? .english : nil
    }
}

/// Headers every answer carries: no inline script and no inline style, nothing from elsewhere, no framing, no guessing of types.
struct SecurityHeaders: RouterMiddleware {
    func handle(_ request: Request, context: Visit, next: (Request, Visit) async throws -> Response) async throws -> Response {
        var response: Response
        do { response = try await next(request, context) } catch let error as any HTTPResponseError {
            response = try error.response(from: request, context: context)
        }
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.openerPolicy] = "same-origin"
        return response
    }
}

/// Refuses requests that another site makes a browser send.
///
/// A server on the loopback address is reachable from every page the browser opens. So the host has to be a loopback name (a foreign
/// name that resolves here is DNS rebinding), and whatever writes has to come from our own pages, as the browser says in
/// `Sec-Fetch-Site` or `Origin`. Programs send neither and are let through.
struct SameOriginGuard: RouterMiddleware {
    func handle(_ request: Request, context: Visit, next: (Request, Visit) async throws -> Response) async throws -> Response {
        let authority = request.head.authority ?? request.headers[.host] ?? ""
        guard Self.isLoopback(authority) else { return Self.refusal(request, context.language) }
        if request.method != .get && request.method != .head {
            if let site = request.headers[.fetchSite], site != "same-origin", site != "none" {
                return Self.refusal(request, context.language)
            }
            if let origin = request.headers[.origin], origin != "http://\(authority)" {
                return Self.refusal(request, context.language)
            }
        }
        return try await next(request, context)
    }

    static func isLoopback(_ authority: String) -> Bool {
        let host =
            authority.hasPrefix("[") ? String(authority.prefix { $0 != "]" }) + "]" : String(authority.prefix { $0 != ":" })
        return ["localhost", "127.0.0.1", "[::1]"].contains(host.lowercased())
    }

    private static func refusal(_ request: Request, _ language: Language) -> Response {
        if request.uri.path.hasPrefix("/api/") {
            let (status, body) = ProblemResponse.of(ForeignRequest(), language)
            return body.response(status, type: ProblemResponse.type)
        }
        return Response(
            status: .forbidden, headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: .init(string: ForeignRequest.words[language] + "\n")))
    }
}

/// A request that another site made a browser send.
struct ForeignRequest: Error {
    static let words = Label("请求来自其他网站，已拒绝。", "The request came from another site and was refused.")
}

extension HTTPField.Name {
    static let referrerPolicy = named("Referrer-Policy")
    static let openerPolicy = named("Cross-Origin-Opener-Policy")
    static let host = named("Host")
    static let fetchSite = named("Sec-Fetch-Site")

    private static func named(_ name: String) -> HTTPField.Name {
        guard let made = HTTPField.Name(name) else { preconditionFailure("\(name) is no header name") }
        return made
    }
}
