/// What is done differently in the to-be process.
public enum ProcessChange: Sendable, Hashable {
    /// The step is left out.
    case drop(Int)
    /// The first step takes over the second, which follows it; the work of both, times a factor.
    case merge(Int, Int, factor: Double)
    /// A machine does it in so many seconds; nobody is needed. What was waited before for other reasons than people is waited still,
    /// unless told otherwise.
    case automate(Int, seconds: Double, keepsDelay: Bool = true)
    /// Steps that follow each other are done at the same time.
    case parallel([Int])
    /// A role gets another number of people.
    case staff(role: Int, capacity: Int)
    /// The step takes so many times as long.
    case scale(Int, factor: Double)
    /// So many times as many cases come in.
    case demand(factor: Double)

    public enum Flaw: Error, Sendable, Hashable {
        case noSuchStep(Int)
        case noSuchRole(Int)
        case notInARow([Int])
        case notPositive

        public var words: MiningWords {
            switch self {
            case .noSuchStep: MiningWords("流程中没有这个环节。", "The process has no such step.")
            case .noSuchRole: MiningWords("没有这个角色。", "There is no such role.")
            case .notInARow:
                MiningWords(
                    "这些环节不是首尾相接的，不能合并或并行：先选相邻的环节。",
                    "These steps do not follow each other directly and cannot be joined: choose neighbours.")
            case .notPositive: MiningWords("倍数、时间与人数须大于 0。", "Factors, times and numbers of people must be above 0.")
            }
        }
    }
}

extension SimulationModel {
    /// The same with changes made in order.
    public func applying(_ changes: [ProcessChange]) throws(ProcessChange.Flaw) -> SimulationModel {
        var model = self
        for change in changes { try model.apply(change) }
        return model
    }

    private mutating func apply(_ change: ProcessChange) throws(ProcessChange.Flaw) {
        switch change {
        case .drop(let step):
            try check(step)
            process.passThrough(step)
            work[step] = nil
        case .merge(let first, let second, let factor):
            try check(first)
            try check(second)
            guard factor > 0 else { throw .notPositive }
            guard process.isRow([first, second]) else { throw .notInARow([first, second]) }
            let (one, other) = (work[first] ?? Work(role: nil, service: []), work[second] ?? Work(role: nil, service: []))
            // Service times are drawn and scaled alike; differing factors are evened out by their means.
            let mean = one.meanService + other.meanService
            var joined = Work(role: one.role ?? other.role, service: one.service + other.service)
            let plain = joined.meanService
            joined.factor = plain > 0 ? factor * mean / plain : factor
            joined.fixedCost = one.fixedCost + other.fixedCost
            joined.delay = one.delay
            work[first] = joined
            process.passThrough(second)
            work[second] = nil
        case .automate(let step, let seconds, let keepsDelay):
            try check(step)
            guard seconds >= 0 else { throw .notPositive }
            let delay = keepsDelay ? work[step]?.delay ?? 0 : 0
            work[step] = Work(role: nil, service: [.constant(seconds)])
            work[step]?.delay = delay
        case .parallel(let steps):
            for step in steps { try check(step) }
            guard steps.count > 1, process.isRow(steps) else { throw .notInARow(steps) }
            process.makeParallel(steps)
        case .staff(let role, let capacity):
            guard roles.indices.contains(role) else { throw .noSuchRole(role) }
            guard capacity > 0 else { throw .notPositive }
            roles[role].capacity = capacity
        case .scale(let step, let factor):
            try check(step)
            guard factor > 0 else { throw .notPositive }
            work[step]?.factor *= factor
        case .demand(let factor):
            guard factor > 0 else { throw .notPositive }
            arrivals.perWeek *= factor
        }
    }

    private func check(_ step: Int) throws(ProcessChange.Flaw) {
        guard process.nodes.indices.contains(step), process.nodes[step].kind == .activity else { throw .noSuchStep(step) }
    }
}

extension ProcessModel {
    /// Whether the steps follow each other and nothing leads in or out between them.
    func isRow(_ steps: [Int]) -> Bool {
        zip(steps, steps.dropFirst()).allSatisfy { one, other in
            outgoing[one].count == 1 && flows[outgoing[one][0]].to == other && incoming[other].count == 1
        }
    }

    /// The step stays as a way through at which nothing happens.
    mutating func passThrough(_ node: Int) { setKind(.exclusive, of: node) }

    /// Puts a row of steps side by side between a split and a join.
    mutating func makeParallel(_ steps: [Int]) {
        guard let first = steps.first, let last = steps.last else { return }
        let members = Set(steps)
        var model = ProcessModel()
        for node in nodes { model.add(node) }
        let (split, join) = (model.add(Node(.parallel)), model.add(Node(.parallel)))
        for flow in flows where !(members.contains(flow.from) && members.contains(flow.to)) {
            model.connect(flow.from == last ? join : flow.from, flow.to == first ? split : flow.to, share: flow.share)
        }
        for step in steps {
            model.connect(split, step)
            model.connect(step, join)
        }
        self = model
    }
}
