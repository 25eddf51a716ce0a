import Dispatch
import Hummingbird
import PlanModel

/// Work that takes long, done aside: a few at a time, on threads of its own, so that other requests are answered meanwhile.
/// What is made of the same plans for the same question is made once and kept for a while.
actor Workshop {
    /// What a product was made from; made anew where any of it is another.
    struct Order: Hashable, Sendable {
        let name: String
        let plans: [Int]
        let files: [String: String]
        let day: Int
    }

    private let places: Int
    private let queueLimit: Int
    private let shelfSize: Int
    private var busy = 0
    private var queue: [CheckedContinuation<Void, Never>] = []
    private var shelf: [Order: Task<[UInt8], any Error>] = [:]
    private var orders: [Order] = []

    /// - Parameters:
    ///   - places: how many are made at once.
    ///   - queueLimit: how many may wait; more are refused.
    ///   - shelfSize: how many finished products are kept.
    init(places: Int = 2, queueLimit: Int = 16, shelfSize: Int = 8) {
        self.places = places
        self.queueLimit = queueLimit
        self.shelfSize = shelfSize
    }

    /// Does the work when there is a place for it.
    ///
    /// - Throws: `Overloaded` where too many wait already.
    func run<Product: Sendable>(_ work: @escaping @Sendable () throws -> Product) async throws -> Product {
        try await takePlace()
        defer { leavePlace() }
        return try await withCheckedThrowingContinuation { done in
            // A serial queue has a thread beside the system's pool, on whose threads requests are answered.
            DispatchQueue(label: "workshop").async { done.resume(with: Result { try work() }) }
        }
    }

    /// The product of an order: from the shelf, from the one who is making it, or made now.
    func product(_ order: Order, _ make: @escaping @Sendable () throws -> [UInt8]) async throws -> [UInt8] {
        if let known = shelf[order] { return try await known.value }
        let making = Task { try await run(make) }
        shelf[order] = making
        orders.append(order)
        if orders.count > shelfSize { shelf[orders.removeFirst()] = nil }
        do { return try await making.value } catch {
            shelf[order] = nil
            orders.removeAll { $0 == order }
            throw error
        }
    }

    private func takePlace() async throws {
        if busy < places {
            busy += 1
            return
        }
        guard queue.count < queueLimit else { throw Overloaded() }
        await withCheckedContinuation { queue.append($0) }
    }

    /// The place goes to whoever has waited longest.
    private func leavePlace() {
        if queue.isEmpty { busy -= 1 } else { queue.removeFirst().resume() }
    }
}

extension Workshop.Order {
    /// Everything that what is made of a workspace depends on, beside the question itself.
    init(_ name: String, of site: Site) {
        let workspace = site.store.workspace
        self.init(
            name: name, plans: workspace.plans.map(\.revision), files: workspace.files.stamps, day: Int(site.today.number))
    }
}

/// Too much is under way; it is worth trying again a little later.
struct Overloaded: Error {}
