/// Activities in an order in which every link leads forward.
enum TopologicalOrder {
    /// - Parameters:
    ///   - count: number of activities.
    ///   - links: endpoints within 0..<count.
    /// - Throws: ``UncertaintyError/cycle(_:)`` with the activities of one cycle.
    /// - Complexity: O(n + m).
    static func of(_ count: Int, _ links: [UncertainLink]) throws(UncertaintyError) -> [Int32] {
        var starts = [Int32](repeating: 0, count: count + 1)
        var waiting = [Int32](repeating: 0, count: count)
        for link in links {
            starts[link.predecessor + 1] += 1
            waiting[link.successor] += 1
        }
        for index in 0..<count { starts[index + 1] += starts[index] }
        var successors = [Int32](repeating: 0, count: links.count)
        var next = starts
        for link in links {
            successors[Int(next[link.predecessor])] = Int32(link.successor)
            next[link.predecessor] += 1
        }
        var order = (0..<count).filter { waiting[$0] == 0 }.map { Int32($0) }
        order.reserveCapacity(count)
        var head = 0
        while head < order.count {
            let activity = Int(order[head])
            head += 1
            for index in Int(starts[activity])..<Int(starts[activity + 1]) {
                let successor = Int(successors[index])
                waiting[successor] -= 1
                if waiting[successor] == 0 { order.append(Int32(successor)) }
            }
        }
        guard order.count == count else { throw .cycle(cycle(waiting, links)) }
        return order
    }

    /// Every activity still waiting has a predecessor that waits; following those must come around.
    private static func cycle(_ waiting: [Int32], _ links: [UncertainLink]) -> [Int] {
        var blocker: [Int: Int] = [:]
        for link in links where waiting[link.predecessor] > 0 && waiting[link.successor] > 0 {
            blocker[link.successor] = link.predecessor
        }
        guard var activity = blocker.keys.min() else { return [] }
        var path: [Int] = []
        var place: [Int: Int] = [:]
        while place[activity] == nil {
            place[activity] = path.count
            path.append(activity)
            guard let before = blocker[activity] else { return path }
            activity = before
        }
        let cycle = Array(path[(place[activity] ?? 0)...].reversed())
        let least = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
        return Array(cycle[least...] + cycle[..<least])
    }
}
