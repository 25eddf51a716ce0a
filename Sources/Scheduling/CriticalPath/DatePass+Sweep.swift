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

extension DatePass where Space == PositionSpace {
    /// The forward pass where most nodes are plain: one addition and one comparison a link.
    mutating func sweepPlainForward() {
        layout.edgeEndpoint.withUnsafeBufferPointer { endpoints in
            nodes.predecessorShift.withUnsafeBufferPointer { shifts in
                layout.predecessorOffset.withUnsafeBufferPointer { offsets in
                    for rank in 0..<layout.nodeCount {
                        guard nodes.isPlain(rank) else {
                            setEarly(rank, forward(rank))
                            continue
                        }
                        var start = nodes.floor[rank]
                        for edge in Int(offsets[rank])..<Int(offsets[rank + 1]) {
                            start = max(start, early[Int(endpoints[edge])] &+ shifts[edge])
                        }
                        setEarly(rank, (start, start &+ nodes.span[rank]))
                    }
                }
            }
        }
    }

    /// The backward pass likewise.
    mutating func sweepPlainBackward() {
        let openEnds = options.multipleCriticalPaths
        layout.successorEndpoint.withUnsafeBufferPointer { endpoints in
            nodes.successorShift.withUnsafeBufferPointer { shifts in
                layout.successorOffset.withUnsafeBufferPointer { offsets in
                    for rank in stride(from: layout.nodeCount - 1, through: 0, by: -1) {
                        guard nodes.isPlain(rank), !(openEnds && offsets[rank] == offsets[rank + 1]) else {
                            setLate(rank, backward(rank))
                            continue
                        }
                        var finish = end
                        for row in Int(offsets[rank])..<Int(offsets[rank + 1]) {
                            finish = min(finish, late[Int(endpoints[row])] &- shifts[row])
                        }
                        setLate(rank, (finish &- nodes.span[rank], finish))
                    }
                }
            }
        }
    }
}
