import Hummingbird
import Logging
import PlanModel
import PlanStore
import ServiceLifecycle
import WorkingTime

/// The web application over one store.
public struct WebServer: Sendable {
    private var site: Site
    private let host: String
    private let port: Int
    private let logger: Logger

    public enum Refusal: Error {
        /// Without sign-in only this machine may reach it.
        case notLoopback(String)

        public var message: Label {
            switch self {
            case .notLoopback(let host):
                Label(
                    "不能在 \(host) 上监听：目前还没有登录，只允许本机访问。请用 127.0.0.1；要从别的机器访问，请在那里用 SSH 转发端口：ssh -L 8080:127.0.0.1:8080 主机名，再打开 http://127.0.0.1:8080。",
                    "Cannot listen on \(host): there is no sign-in yet, so only this machine may reach it. Use 127.0.0.1; from another machine, forward a port by SSH there: ssh -L 8080:127.0.0.1:8080 HOST, and open http://127.0.0.1:8080."
                )
            }
        }
    }

    /// - Parameter clock: today in the people's time zone, and now.
    public init(
        store: PlanStore, host: String = "127.0.0.1", port: Int = 8080, language: Language = .chinese, author: String,
        logger: Logger, clock: @escaping @Sendable () -> (today: Day, now: Instant)
    ) throws(Refusal) {
        guard ["127.0.0.1", "localhost", "::1"].contains(host) else { throw .notLoopback(host) }
        site = Site(store: store, facts: FactsCache(), defaultLanguage: language, clock: clock, author: author)
        self.host = host
        self.port = port
        self.logger = logger
    }

    /// The same server with other limits for open lines.
    func with(live: LiveLines) -> WebServer {
        var copy = self
        copy.site.live = live
        return copy
    }

    func router() -> Router<Visit> {
        let router = Router(context: Visit.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: SecurityHeaders())
        router.add(middleware: LanguageMiddleware(fallback: site.defaultLanguage))
        router.add(middleware: SameOriginGuard())
        let pages = PageRoutes(site: site, assets: Assets())
        router.add(middleware: APIAddresses())
        router.add(middleware: PageAddresses(pages: pages))
        pages.add(to: router)
        APIRoutes(site: site).add(to: router)
        return router
    }

    /// Serves until the process is asked to stop; requests under way are finished.
    /// - Parameter started: called once with the port that is listened on.
    public func run(started: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        let application = Application(
            router: router(), configuration: .init(address: .hostname(host, port: port), serverName: "Pharos"),
            services: [Following(store: site.store, logger: logger)],
            onServerRunning: { channel in await started(channel.localAddress?.port ?? 0) }, logger: logger)
        try await application.runService()
    }
}

/// Keeps what is served true to what other programs, such as `pharos import`, write to the same data.
private struct Following: Service {
    let store: PlanStore
    let logger: Logger

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await store.follow() } catch is CancellationError { return } catch {
                    logger.error("\(error)")
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }
}
