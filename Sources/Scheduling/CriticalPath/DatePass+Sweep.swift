/// Whole passes over all nodes.
extension DatePass {
    mutating func sweepForward() { Space.sweepForward(&self) }
    mutating func sweepBackward() { Space.sweepBackward(&self) }

    @inline(__always) mutating func setEarly(_ rank: Int, _ times: (start: Int32, finish: Int32)) {
        early[2 * rank] = times.start
        early[2 * rank + 1] = times.finish
    }

    @inline(__always) mutating func setLate(_ rank: Int, _ times: (start: Int32, finish: Int32)) {
        late[2 * rank] = times.start
        late[2 * rank + 1] = times.finish
    }

    /// The latest early finish of the activities that count.
    func latestFinish() -> Int32 {
        var latest: Int32 = -Network.farthest
        if nodes.hasOnlyPlainNodes {
            return early.withUnsafeBufferPointer { times in
                for finish in stride(from: 1, to: times.count, by: 2) { latest = max(latest, times[finish]) }
                return latest
            }
        }
        for rank in 0..<layout.nodeCount where layout.activity[rank] >= 0 && early[2 * rank + 1] > latest {
            if nodes.detail(rank)?.isInactive != true { latest = early[2 * rank + 1] }
        }
        return latest
    }

    func earliestLateStart() -> Int32 {
        var earliest = Network.farthest
        for rank in 0..<layout.nodeCount where layout.activity[rank] >= 0 { earliest = min(earliest, late[2 * rank]) }
        return earliest
    }
}

extension InstantSpace {
    static func sweepForward(_ pass: inout DatePass<InstantSpace>) {
        for rank in 0..<pass.layout.nodeCount { pass.setEarly(rank, pass.forward(rank)) }
    }

    static func sweepBackward(_ pass: inout DatePass<InstantSpace>) {
        for rank in stride(from: pass.layout.nodeCount - 1, through: 0, by: -1) { pass.setLate(rank, pass.backward(rank)) }
    }
}

extension PositionSpace {
    static func sweepForward(_ pass: inout DatePass<PositionSpace>) {
        if pass.isLateRound {
            for rank in 0..<pass.layout.nodeCount { pass.setEarly(rank, pass.forward(rank)) }
        } else {
            pass.sweepPlainForward()
        }
    }

    static func sweepBackward(_ pass: inout DatePass<PositionSpace>) { pass.sweepPlainBackward() }
}

// Measured on 10^6 activities: 1.1–1.3 × the time of the same loops in C++ at -O3 (docs/BENCHMARKS.md). Bounds are not checked
// here; the layout keeps every endpoint below 2 · nodeCount.
extension DatePass where Space == PositionSpace {
    /// The forward pass where most nodes are plain: one addition and one comparison a link.
    mutating func sweepPlainForward() {
        guard nodes.hasOnlyPlainNodes else {
            for rank in 0..<layout.nodeCount { setEarly(rank, nodes.isPlain(rank) ? plainForward(rank) : forward(rank)) }
            return
        }
        let count = layout.nodeCount
        early.withUnsafeMutableBufferPointer { early in
            layout.edgeEndpoint.withUnsafeBufferPointer { endpoints in
                nodes.predecessorShift.withUnsafeBufferPointer { shifts in
                    layout.predecessorOffset.withUnsafeBufferPointer { offsets in
                        nodes.floor.withUnsafeBufferPointer { floors in
                            nodes.span.withUnsafeBufferPointer { spans in
                                var edge = 0
                                for rank in 0..<count {
                                    var start = floors[rank]
                                    let last = Int(offsets[rank + 1])
                                    while edge < last {
                                        start = max(start, early[Int(endpoints[edge])] &+ shifts[edge])
                                        edge += 1
                                    }
                                    early[2 * rank] = start
                                    early[2 * rank + 1] = start &+ spans[rank]
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func plainForward(_ rank: Int) -> (start: Int32, finish: Int32) {
        var start = nodes.floor[rank]
        for edge in layout.predecessorRows(rank) {
            start = max(start, early[Int(layout.edgeEndpoint[edge])] &+ nodes.predecessorShift[edge])
        }
        return (start, start &+ nodes.span[rank])
    }

    /// The backward pass likewise.
    mutating func sweepPlainBackward() {
        guard nodes.hasOnlyPlainNodes, !options.multipleCriticalPaths else {
            for rank in stride(from: layout.nodeCount - 1, through: 0, by: -1) {
                let isPlain = nodes.isPlain(rank) && !(options.multipleCriticalPaths && layout.successorRows(rank).isEmpty)
                setLate(rank, isPlain ? plainBackward(rank) : backward(rank))
            }
            return
        }
        let count = layout.nodeCount
        let end = end
        late.withUnsafeMutableBufferPointer { late in
            layout.successorEndpoint.withUnsafeBufferPointer { endpoints in
                nodes.successorShift.withUnsafeBufferPointer { shifts in
                    layout.successorOffset.withUnsafeBufferPointer { offsets in
                        nodes.span.withUnsafeBufferPointer { spans in
                            var row = endpoints.count
                            var rank = count
                            while rank > 0 {
                                rank -= 1
                                var finish = end
                                let first = Int(offsets[rank])
                                while row > first {
                                    row -= 1
                                    finish = min(finish, late[Int(endpoints[row])] &- shifts[row])
                                }
                                late[2 * rank] = finish &- spans[rank]
                                late[2 * rank + 1] = finish
                            }
                        }
                    }
                }
            }
        }
    }

    private func plainBackward(_ rank: Int) -> (start: Int32, finish: Int32) {
        var finish = end
        for row in layout.successorRows(rank) {
            finish = min(finish, late[Int(layout.successorEndpoint[row])] &- nodes.successorShift[row])
        }
        return (finish &- nodes.span[rank], finish)
    }
}
