/// Chance that depends on where it is asked for alone (SplitMix64's finaliser over the coordinates).
enum Chance {
    static func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
        var state = one &+ 0x9E37_79B9_7F4A_7C15 &* (other &+ 1)
        state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
        return state ^ (state >> 31)
    }

    /// In the open interval from 0 to 1.
    static func part(_ bits: UInt64) -> Double { (Double(bits >> 11) + 0.5) * 0x1p-53 }
}

/// One replication.
struct Run {
    private let model: SimulationModel
    private let cases: Int
    private let warmUp: Int
    private let seed: UInt64
    private let shares: [[Double]]
    private let joins: [Bool]
    /// What the chances of each node are drawn by, at `node + 1`, and of decisions behind all nodes; the first is the entry's.
    private let keys: [UInt64]

    private var clock = 0.0
    private var agenda = Agenda()
    private var states: [CaseState] = []
    private var queues: [Queue]
    private var busy: [Int]
    /// By role and hour of the week; empty where as many work in all hours.
    private let people: [[Int]]
    /// Roles whose queue is looked after at the next full hour, when more may work.
    private var isAwaited: [Bool]

    // What is measured.
    private var busyTime: [Double]
    private var cycleTimes: [Double] = []
    /// By node.
    private var waitedSum: [Double]
    private var waitedCount: [Int]
    private var totalWaiting = 0.0
    private var totalCost = 0.0
    private var measuredFrom = 0.0
    private var lastEnd = 0.0
    private var lastArrival = 0.0

    private struct CaseState {
        let arrived: Double
        var tokens = 0
        var waiting = 0.0
        var cost = 0.0
        /// Tokens at joins, by flow; empty where the process has no join.
        var atJoin: [Int16]
        /// How often each node was served at, and then how often each was decided at.
        var visits: [Int32]
    }

    private struct Request {
        let index: Int
        let node: Int
        let since: Double
    }

    /// First in, first out, without moving what is left.
    private struct Queue {
        private var items: [Request] = []
        private var head = 0
        var isEmpty: Bool { head == items.count }
        mutating func push(_ item: Request) { items.append(item) }
        mutating func pop() -> Request? {
            guard head < items.count else { return nil }
            defer {
                head += 1
                if head > 1024, head * 2 > items.count {
                    items.removeFirst(head)
                    head = 0
                }
            }
            return items[head]
        }
    }

    init(_ model: SimulationModel, cases: Int, warmUp: Int, seed: UInt64) {
        self.model = model
        self.cases = cases
        self.warmUp = warmUp
        self.seed = seed
        shares = model.process.nodes.indices.map { model.process.shares(outOf: $0) }
        joins = model.process.nodes.indices.map { model.process.isJoin($0) }
        keys = Self.keys(model.process)
        queues = model.roles.map { _ in Queue() }
        busy = model.roles.map { _ in 0 }
        people = model.roles.map(\.people)
        isAwaited = model.roles.map { _ in false }
        busyTime = model.roles.map { _ in 0 }
        waitedSum = model.process.nodes.map { _ in 0 }
        waitedCount = model.process.nodes.map { _ in 0 }
    }

    /// Steps go by their names, so that a step meets the same chances in two processes that number it differently.
    private static func keys(_ process: ProcessModel) -> [UInt64] {
        var seen: [String: UInt64] = [:]
        let own = process.nodes.enumerated().map { number, node -> UInt64 in
            guard node.kind == .activity else { return Chance.mix(0x6A7E, UInt64(number)) }
            defer { seen[node.name, default: 0] += 1 }
            return Chance.mix(node.name.utf8.reduce(0xAC7) { Chance.mix($0, UInt64($1)) }, seen[node.name] ?? 0)
        }
        return [0xE117] + own + own.map { Chance.mix($0, 0xDEC1) }
    }

    mutating func result() -> RunResult {
        let arrivals = ArrivalTimes(model.arrivals, seed: Chance.mix(seed, 0xA11)).first(warmUp + cases)
        lastArrival = arrivals.last ?? 0
        measuredFrom = warmUp < arrivals.count ? arrivals[warmUp] : 0
        states.reserveCapacity(arrivals.count)
        let fresh = (
            atJoin: joins.contains(true) ? [Int16](repeating: 0, count: model.process.flows.count) : [],
            visits: [Int32](repeating: 0, count: 2 * model.process.nodes.count)
        )
        for (index, time) in arrivals.enumerated() {
            while let next = agenda.next, next.time <= time { handle(agenda.pop()) }
            clock = time
            states.append(CaseState(arrived: time, atJoin: fresh.atJoin, visits: fresh.visits))
            begin(index)
        }
        while agenda.next != nil { handle(agenda.pop()) }
        return summary()
    }

    private func summary() -> RunResult {
        var times = cycleTimes
        let window = max(lastArrival - measuredFrom, 1e-9)
        let utilisation = model.roles.indices.map { role -> Double in
            let given = model.roles[role].given(until: lastArrival) - model.roles[role].given(until: measuredFrom)
            return given > 0 ? busyTime[role] / given : 0
        }
        let count = Double(max(times.count, 1))
        return RunResult(
            cycleTime: LogStatistics.Summary(&times), waiting: totalWaiting / count, cost: totalCost / count,
            throughput: Double(cycleTimes.count) / (max(lastEnd - measuredFrom, window) / WorkWeek.length),
            utilisation: utilisation,
            waitingAt: Dictionary(
                uniqueKeysWithValues: waitedSum.indices.filter { waitedCount[$0] > 0 }.map {
                    ($0, waitedSum[$0] / Double(waitedCount[$0]))
                }))
    }

    // MARK: Tokens

    private mutating func begin(_ index: Int) {
        let entries = model.process.entries
        let entry =
            entries.count == 1 ? entries[0] : entries[min(Int(part(index, -1, 0) * Double(entries.count)), entries.count - 1)]
        states[index].tokens = 1
        reach(index, entry, by: nil)
        finishIfDone(index)
    }

    /// A token comes to a node.
    private mutating func reach(_ index: Int, _ node: Int, by flow: Int?) {
        if joins[node], let flow {
            states[index].atJoin[flow] += 1
            let into = model.process.incoming[node]
            guard into.allSatisfy({ states[index].atJoin[$0] > 0 }) else { return }
            for flow in into { states[index].atJoin[flow] -= 1 }
            states[index].tokens -= into.count - 1
            return leave(index, node)
        }
        guard model.process.nodes[node].kind == .activity, let work = model.work[node] else { return leave(index, node) }
        guard work.delay > 0 else { return ask(Request(index: index, node: node, since: clock)) }
        let visit = Int(states[index].visits[node])
        let delay = SimulationModel.Span.exponential(mean: work.delay).value(at: part(index, node, visit, place: -1))
        agenda.push(time: clock + delay, index: index, node: node, since: clock)
    }

    /// Somebody is asked for.
    private mutating func ask(_ request: Request) {
        guard let role = model.work[request.node]?.role else { return serve(request, role: nil) }
        if hasFree(role) {
            busy[role] += 1
            serve(request, role: role)
        } else {
            queues[role].push(request)
            awaitMore(role)
        }
    }

    /// Whether somebody is there who can begin now, or when work begins next.
    private func hasFree(_ role: Int) -> Bool {
        guard !people[role].isEmpty else { return busy[role] < model.roles[role].capacity }
        return busy[role] < people[role][WorkWeek.hour(of: model.roles[role].week.opening(from: clock))]
    }

    /// Those who can begin take what has waited longest.
    private mutating func serveQueue(_ role: Int) {
        while hasFree(role), let next = queues[role].pop() {
            busy[role] += 1
            serve(next, role: role)
        }
    }

    private mutating func awaitMore(_ role: Int) {
        guard !people[role].isEmpty, !isAwaited[role], !queues[role].isEmpty else { return }
        isAwaited[role] = true
        agenda.push(time: ((clock / 3600).rounded(.down) + 1) * 3600, index: Agenda.Event.fullHour, node: role)
    }

    private mutating func serve(_ request: Request, role: Int?) {
        guard let work = model.work[request.node] else { return }
        let visit = Int(states[request.index].visits[request.node])
        states[request.index].visits[request.node] += 1
        var seconds = 0.0
        for (place, span) in work.service.enumerated() {
            seconds += span.value(at: part(request.index, request.node, visit, place: place))
        }
        seconds = max(seconds * work.factor, 0)
        let week = role.map { model.roles[$0].week } ?? .always
        let begins = week.opening(from: clock)
        note(request, waited: begins - request.since)
        states[request.index].cost += work.fixedCost + (role.map { model.roles[$0].costPerHour } ?? 0) * seconds / 3600
        // What is ended after hours is no part of them.
        let within = week.isAlways ? seconds : week.worked(until: begins + seconds) - week.worked(until: begins)
        if let role, clock >= measuredFrom, clock <= lastArrival {
            busyTime[role] += model.roles[role].endsBegun ? within : seconds
        }
        let ends = role.map { model.roles[$0].endsBegun } ?? false ? begins + seconds : week.moment(after: seconds, from: begins)
        agenda.push(time: ends, index: request.index, node: request.node)
    }

    private mutating func note(_ request: Request, waited seconds: Double) {
        states[request.index].waiting += seconds
        guard request.index >= warmUp else { return }
        waitedSum[request.node] += seconds
        waitedCount[request.node] += 1
    }

    private mutating func handle(_ event: Agenda.Event) {
        clock = event.time
        if event.index == Agenda.Event.fullHour {
            isAwaited[event.node] = false
            serveQueue(event.node)
            return awaitMore(event.node)
        }
        if let since = event.since { return ask(Request(index: event.index, node: event.node, since: since)) }
        if let role = model.work[event.node]?.role {
            busy[role] -= 1
            serveQueue(role)
        }
        leave(event.index, event.node)
        finishIfDone(event.index)
    }

    /// A token goes on from a node.
    private mutating func leave(_ index: Int, _ node: Int) {
        let out = model.process.outgoing[node]
        if out.isEmpty || model.process.nodes[node].kind == .end {
            states[index].tokens -= 1
            return
        }
        if model.process.nodes[node].kind == .parallel, out.count > 1 {
            states[index].tokens += out.count - 1
            for flow in out { reach(index, model.process.flows[flow].to, by: flow) }
            return
        }
        var place = 0
        if out.count > 1 {
            // Gateways are visited too, so that each decision of a case is its own.
            let own = node + model.process.nodes.count
            let visit = Int(states[index].visits[own])
            states[index].visits[own] += 1
            var rest = part(index, own, visit)
            while place + 1 < out.count, rest >= shares[node][place] {
                rest -= shares[node][place]
                place += 1
            }
        }
        reach(index, model.process.flows[out[place]].to, by: out[place])
    }

    private mutating func finishIfDone(_ index: Int) {
        guard states[index].tokens == 0 else { return }
        states[index].tokens = -1
        (states[index].atJoin, states[index].visits) = ([], [])
        guard index >= warmUp else { return }
        cycleTimes.append(clock - states[index].arrived)
        totalWaiting += states[index].waiting
        totalCost += states[index].cost
        lastEnd = max(lastEnd, clock)
    }

    /// - Parameter place: which of the chances of the visit: the spans of the service by number, the delay before it as -1.
    private func part(_ index: Int, _ node: Int, _ visit: Int, place: Int = 0) -> Double {
        let ofVisit = Chance.mix(Chance.mix(Chance.mix(seed, UInt64(index)), keys[node + 1]), UInt64(visit))
        return Chance.part(Chance.mix(ofVisit, UInt64(bitPattern: Int64(place))))
    }
}

/// Events to come: a binary heap by time, then by the order of planning.
struct Agenda {
    struct Event {
        /// In place of a case: a full hour at which more may work, with the number of the role in place of the node.
        static let fullHour = -1

        let time: Double
        let order: Int
        let index: Int
        let node: Int
        /// Since when a delay ran that is over now; nil where work is done.
        let since: Double?

        func isBefore(_ other: Event) -> Bool { time != other.time ? time < other.time : order < other.order }
    }

    private var heap: [Event] = []
    private var planned = 0

    var next: Event? { heap.first }

    mutating func push(time: Double, index: Int, node: Int, since: Double? = nil) {
        heap.append(Event(time: time, order: planned, index: index, node: node, since: since))
        planned += 1
        var child = heap.count - 1
        while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// There has to be one.
    mutating func pop() -> Event {
        let first = heap[0]
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].isBefore(heap[least]) {
                least = child
            }
            if least == parent { return first }
            heap.swapAt(least, parent)
            parent = least
        }
    }
}

/// When cases come in: a Poisson process whose rate follows the hours of the week.
struct ArrivalTimes {
    private let arrivals: SimulationModel.Arrivals
    private let seed: UInt64

    init(_ arrivals: SimulationModel.Arrivals, seed: UInt64) {
        self.arrivals = arrivals
        self.seed = seed
    }

    /// Exponential steps in operational time, turned into clock time by the hours' weights.
    func first(_ count: Int) -> [Double] {
        let weights =
            arrivals.hourWeights.count == 168 && arrivals.hourWeights.contains { $0 > 0 }
            ? arrivals.hourWeights.map { max($0, 0) } : []
        let total = weights.reduce(0, +)
        var operational = 0.0
        return (0..<count).map { index in
            operational += SimulationModel.Span.exponential(mean: WorkWeek.length / arrivals.perWeek).value(
                at: Chance.part(Chance.mix(seed, UInt64(index))))
            guard total > 0 else { return operational }
            let week = (operational / WorkWeek.length).rounded(.down)
            var rest = (operational - week * WorkWeek.length) / WorkWeek.length * total
            for (hour, weight) in weights.enumerated() {
                if rest < weight { return week * WorkWeek.length + (Double(hour) + rest / weight) * 3600 }
                rest -= weight
            }
            return (week + 1) * WorkWeek.length
        }
    }
}
