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
        for rank in 0..<layout.nodeCount where layout.activity[rank] >= 0 && nodes.detail(rank)?.isInactive != true {
            earliest = min(earliest, late[2 * rank])
        }
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
        if pass.isLateRound || pass.precedingStart != nil {
            for rank in 0..<pass.layout.nodeCount { pass.setEarly(rank, pass.forward(rank)) }
        } else {
            pass.sweepPlainForward()
        }
    }

    static func sweepBackward(_ pass: inout DatePass<PositionSpace>) { pass.sweepPlainBackward() }
}

// Measured on 10^6 activities: 0.6–1.1 × the time of the same loops in C++ at -O3 (docs/BENCHMARKS.md). Bounds are not checked
// in the innermost loops; the layout keeps every endpoint below 2 · nodeCount.
extension DatePass where Space == PositionSpace {
    /// The forward pass: runs of plain nodes take one addition and one comparison a link.
    mutating func sweepPlainForward() {
        var rank = 0
        while rank < layout.nodeCount {
            let next = nodes.endOfPlainRun(from: rank)
            sweepPlainForward(rank..<next)
            rank = next
            if rank < layout.nodeCount {
                setEarly(rank, forward(rank))
                rank += 1
            }
        }
    }

    private mutating func sweepPlainForward(_ ranks: Range<Int>) {
        let far = Network.farthest
        early.withUnsafeMutableBufferPointer { early in
            layout.edgeEndpoint.withUnsafeBufferPointer { endpoints in
                nodes.predecessorShift.withUnsafeBufferPointer { shifts in
                    layout.predecessorOffset.withUnsafeBufferPointer { offsets in
                        nodes.floor.withUnsafeBufferPointer { floors in
                            nodes.span.withUnsafeBufferPointer { spans in
                                var edge = Int(offsets[ranks.lowerBound])
                                for rank in ranks {
                                    var start = floors[rank]
                                    let last = Int(offsets[rank + 1])
                                    while edge < last {
                                        start = max(start, early[Int(endpoints[edge])] &+ shifts[edge])
                                        edge += 1
                                    }
                                    start = min(start, far)
                                    early[2 * rank] = start
                                    early[2 * rank + 1] = min(start &+ spans[rank], far)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The backward pass likewise.
    mutating func sweepPlainBackward() {
        guard !options.multipleCriticalPaths else {
            for rank in stride(from: layout.nodeCount - 1, through: 0, by: -1) { setLate(rank, backward(rank)) }
            return
        }
        var end = layout.nodeCount
        while end > 0 {
            let first = nodes.startOfPlainRun(endingAt: end)
            sweepPlainBackward(first..<end)
            end = first
            if end > 0 {
                end -= 1
                setLate(end, backward(end))
            }
        }
    }

    private mutating func sweepPlainBackward(_ ranks: Range<Int>) {
        let end = end
        let far = Network.farthest
        late.withUnsafeMutableBufferPointer { late in
            layout.successorEndpoint.withUnsafeBufferPointer { endpoints in
                nodes.successorShift.withUnsafeBufferPointer { shifts in
                    layout.successorOffset.withUnsafeBufferPointer { offsets in
                        nodes.span.withUnsafeBufferPointer { spans in
                            var row = Int(offsets[ranks.upperBound])
                            var rank = ranks.upperBound
                            while rank > ranks.lowerBound {
                                rank -= 1
                                var finish = end
                                let first = Int(offsets[rank])
                                while row > first {
                                    row -= 1
                                    finish = min(finish, late[Int(endpoints[row])] &- shifts[row])
                                }
                                finish = max(finish, -far)
                                late[2 * rank] = max(finish &- spans[rank], -far)
                                late[2 * rank + 1] = finish
                            }
                        }
                    }
                }
            }
        }
    }
}
