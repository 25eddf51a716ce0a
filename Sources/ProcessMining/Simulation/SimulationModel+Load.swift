extension SimulationModel {
    /// How often each node is passed by a case on average, by the flows' shares (Jackson's traffic equations, solved by iteration).
    ///
    /// - Complexity: O(rounds · flows).
    public var visits: [Double] {
        let entries = process.entries
        let shares = process.nodes.indices.map { process.shares(outOf: $0) }
        let base = process.nodes.indices.map { entries.contains($0) ? 1 / Double(entries.count) : 0.0 }
        var visits = base
        for _ in 0..<10_000 {
            var next = base
            for node in process.nodes.indices where process.nodes[node].kind != .end {
                let isSplit = process.nodes[node].kind == .parallel
                // A join is passed once for all the tokens it waits for.
                let through = process.isJoin(node) ? visits[node] / Double(process.incoming[node].count) : visits[node]
                for (place, flow) in process.outgoing[node].enumerated() {
                    next[process.flows[flow].to] += through * (isSplit ? 1 : shares[node][place])
                }
            }
            let change = zip(visits, next).reduce(0) { max($0, abs($1.0 - $1.1)) }
            visits = next
            if change < 1e-12 { break }
        }
        return visits.enumerated().map {
            process.isJoin($0.offset) ? $0.element / Double(process.incoming[$0.offset].count) : $0.element
        }
    }

    /// The part of its working time each role is busy, by the means alone; above 1 its queue grows for ever.
    public var loads: [Double] {
        let visits = visits
        return roles.indices.map { role in
            let asked =
                work.reduce(0.0) { $0 + ($1.value.role == role ? visits[$1.key] * $1.value.meanService : 0) } * arrivals.perWeek
            let given = roles[role].given(until: WorkWeek.length)
            return given > 0 ? asked / given : .infinity
        }
    }

    /// - Throws: `Flaw` that makes a run impossible or endless.
    public func check() throws(Flaw) {
        guard !process.entries.isEmpty else { throw .noEntry }
        guard process.nodes.indices.contains(where: { process.outgoing[$0].isEmpty }), reachesEnd else { throw .noEnd }
        guard arrivals.perWeek > 0, arrivals.perWeek.isFinite else { throw .noArrivals }
        let used = Set(work.values.compactMap(\.role))
        for role in roles.indices where used.contains(role) && roles[role].capacity < 1 {
            throw .noCapacity(role: roles[role].name)
        }
        for (role, load) in loads.enumerated() where load >= 1 { throw .overloaded(role: roles[role].name, load: load) }
    }

    /// Whether from everything that can be reached an end can be reached.
    private var reachesEnd: Bool {
        let shares = process.nodes.indices.map { process.shares(outOf: $0) }
        let used = process.nodes.indices.flatMap { node in
            zip(process.outgoing[node], shares[node]).compactMap { flow, share in
                share > 0 || process.nodes[node].kind == .parallel ? process.flows[flow] : nil
            }
        }
        var leads = Set(process.nodes.indices.filter { process.outgoing[$0].isEmpty || process.nodes[$0].kind == .end })
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for flow in used where leads.contains(flow.to) && leads.insert(flow.from).inserted { isGrowing = true }
        }
        var reached = Set(process.entries)
        var open = process.entries
        while let node = open.popLast() {
            for flow in used where flow.from == node && reached.insert(flow.to).inserted { open.append(flow.to) }
        }
        return reached.isSubset(of: leads)
    }
}
