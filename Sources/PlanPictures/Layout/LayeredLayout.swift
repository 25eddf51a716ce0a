/// Places the nodes of a directed graph in layers from top to bottom, with few crossings and straight ways.
///
/// The steps are those of K. Sugiyama, S. Tagawa and M. Toda (1981): cycles are opened by turning a light set of
/// arcs round, layers follow the longest way, the order within layers the median of neighbours, and places are pulled towards neighbours as
/// far as widths allow.
///
/// - Complexity: O(rounds · (nodes + arcs) log nodes); long arcs count once for each layer they pass.
struct LayeredLayout {
    struct Node {
        let width: Double
        let height: Double
        /// Where it would stand by itself: lower comes first.
        let order: Double
    }

    struct Arc {
        let from: Int
        let to: Int
        /// Heavier arcs are kept straighter.
        let weight: Double
    }

    /// Centres of the nodes.
    private(set) var centres: [(x: Double, y: Double)]
    /// The points each arc passes, from the foot of one node to the head of the other; turned ones go up. Empty for arcs from a node to itself.
    private(set) var ways: [[(x: Double, y: Double)]]
    let width: Double
    let height: Double

    init(_ nodes: [Node], _ arcs: [Arc], gapX: Double, gapY: Double) {
        var graph = Layers(nodes, arcs, gapX: gapX)
        graph.order()
        graph.place()
        let tops = graph.tops(gapY)
        let left = graph.left
        centres = nodes.indices.map { (graph.x[$0] - left, tops[graph.layer[$0]].middle) }
        ways = arcs.indices.map { graph.way($0, tops, left) }
        width = graph.right - left
        height = tops.last?.bottom ?? 0
    }
}

/// A graph in which every arc leads from one layer to the next, with places for arcs that pass.
private struct Layers {
    struct Row {
        let top: Double
        let middle: Double
        let bottom: Double
    }

    private let nodes: [LayeredLayout.Node]
    private let arcs: [LayeredLayout.Arc]
    private let gap: Double
    private let isTurned: [Bool]
    /// By number of node; numbers past the nodes are places where an arc passes.
    private(set) var layer: [Int]
    private var widths: [Double]
    private var above: [[(node: Int, weight: Double)]]
    private var below: [[(node: Int, weight: Double)]]
    private var rows: [[Int]] = []
    /// The chain of numbers each arc runs through, downward.
    private var chains: [[Int]] = []
    private(set) var x: [Double] = []

    init(_ nodes: [LayeredLayout.Node], _ arcs: [LayeredLayout.Arc], gapX: Double) {
        self.nodes = nodes
        self.arcs = arcs
        gap = gapX
        let rank = Ranking(nodes, arcs).rank
        isTurned = arcs.map { rank[$0.from] > rank[$0.to] }
        layer = Self.layers(nodes.count, arcs, rank)
        widths = nodes.map(\.width)
        above = nodes.map { _ in [] }
        below = above
        for (number, arc) in arcs.enumerated() {
            guard arc.from != arc.to else {
                chains.append([])
                continue
            }
            let (head, foot) = isTurned[number] ? (arc.to, arc.from) : (arc.from, arc.to)
            var chain = [head]
            for level in (layer[head] + 1)..<max(layer[foot], layer[head] + 1) {
                layer.append(level)
                widths.append(10)
                above.append([])
                below.append([])
                chain.append(layer.count - 1)
            }
            chain.append(foot)
            for (one, other) in zip(chain, chain.dropFirst()) {
                // Ways that pass are kept straighter than short ones.
                let weight = (one >= nodes.count ? 4.0 : 1) * (other >= nodes.count ? 2 : 1) * (1 + arc.weight)
                below[one].append((other, weight))
                above[other].append((one, weight))
            }
            chains.append(chain)
        }
        rows = (0...(layer.max() ?? 0)).map { level in layer.indices.filter { layer[$0] == level } }
    }

    private static func layers(_ count: Int, _ arcs: [LayeredLayout.Arc], _ rank: [Int]) -> [Int] {
        var layer = [Int](repeating: 0, count: count)
        let order = (0..<count).sorted { rank[$0] < rank[$1] }
        for node in order {
            for arc in arcs where arc.from != arc.to {
                let (head, foot) = rank[arc.from] > rank[arc.to] ? (arc.to, arc.from) : (arc.from, arc.to)
                if foot == node { layer[node] = max(layer[node], layer[head] + 1) }
            }
        }
        return layer
    }

    // MARK: Order within layers

    mutating func order() {
        var best = rows
        var least = crossings
        for round in 0..<24 {
            sweep(isDown: round % 2 == 0)
            let now = crossings
            if now < least { (best, least) = (rows, now) }
            if least == 0 { break }
        }
        rows = best
    }

    private mutating func sweep(isDown: Bool) {
        let levels = isDown ? Array(rows.indices.dropFirst()) : Array(rows.indices.dropLast().reversed())
        for level in levels {
            let fixed = rows[isDown ? level - 1 : level + 1]
            let place = Dictionary(uniqueKeysWithValues: fixed.enumerated().map { ($1, $0) })
            func key(_ node: Int, _ own: Int) -> Double {
                let near = (isDown ? above : below)[node].compactMap { place[$0.node] }.sorted()
                guard !near.isEmpty else { return Double(own) }
                return near.count % 2 == 1
                    ? Double(near[near.count / 2]) : Double(near[near.count / 2 - 1] + near[near.count / 2]) / 2
            }
            let keyed = rows[level].enumerated().map { (node: $1, key: key($1, $0), own: $0) }
            rows[level] = keyed.sorted { ($0.key, $0.own) < ($1.key, $1.own) }.map(\.node)
            transpose(level)
        }
    }

    /// Neighbours change places where that saves crossings.
    private mutating func transpose(_ level: Int) {
        var place: [Int: Int] = [:]
        for other in [level - 1, level + 1] where rows.indices.contains(other) {
            for (index, node) in rows[other].enumerated() { place[node] = index }
        }
        func count(_ left: Int, _ right: Int) -> Int {
            var sum = 0
            for links in [above, below] {
                for a in links[left] { for b in links[right] where (place[a.node] ?? 0) > (place[b.node] ?? 0) { sum += 1 } }
            }
            return sum
        }
        var hasChanged = true
        for _ in 0..<8 where hasChanged {
            hasChanged = false
            for index in rows[level].indices.dropLast()
            where count(rows[level][index], rows[level][index + 1]) > count(rows[level][index + 1], rows[level][index]) {
                rows[level].swapAt(index, index + 1)
                hasChanged = true
            }
        }
    }

    private var crossings: Int {
        var sum = 0
        for (level, row) in rows.enumerated().dropLast() {
            let place = Dictionary(uniqueKeysWithValues: rows[level + 1].enumerated().map { ($1, $0) })
            let ends = row.flatMap { node in below[node].map { place[$0.node] ?? 0 }.sorted() }
            for (index, one) in ends.enumerated() { sum += ends[(index + 1)...].count { $0 < one } }
        }
        return sum
    }

    // MARK: Places

    /// Starts packed and pulls every row towards the weighted middle of its neighbours, above and below by turns.
    mutating func place() {
        x = [Double](repeating: 0, count: layer.count)
        for row in rows {
            var at = 0.0
            for node in row {
                at += widths[node] / 2
                x[node] = at
                at += widths[node] / 2 + gap
            }
            for node in row { x[node] -= (at - gap) / 2 }
        }
        for round in 0..<40 {
            let isDown = round % 2 == 0
            for level in isDown ? Array(rows.indices) : rows.indices.reversed() {
                let wanted = rows[level].map { node -> Double in
                    let near = round < 30 ? (isDown ? above : below)[node] : above[node] + below[node]
                    let weight = near.reduce(0) { $0 + $1.weight }
                    return weight > 0 ? near.reduce(0) { $0 + x[$1.node] * $1.weight } / weight : x[node]
                }
                spread(rows[level], wanted)
            }
        }
    }

    /// As near to the places wanted as the order and the gaps allow: neighbours in each other's way share the mean (pool adjacent violators).
    private mutating func spread(_ row: [Int], _ wanted: [Double]) {
        var offsets: [Double] = []
        var at = 0.0
        for (index, node) in row.enumerated() {
            if index > 0 { at += (widths[row[index - 1]] + widths[node]) / 2 + gap }
            offsets.append(at)
        }
        var blocks: [(sum: Double, count: Int)] = []
        for (index, want) in wanted.enumerated() {
            blocks.append((want - offsets[index], 1))
            while blocks.count > 1,
                blocks[blocks.count - 2].sum / Double(blocks[blocks.count - 2].count) > blocks[blocks.count - 1].sum
                    / Double(blocks[blocks.count - 1].count)
            {
                let last = blocks.removeLast()
                blocks[blocks.count - 1].sum += last.sum
                blocks[blocks.count - 1].count += last.count
            }
        }
        var index = 0
        for block in blocks {
            for _ in 0..<block.count {
                x[row[index]] = block.sum / Double(block.count) + offsets[index]
                index += 1
            }
        }
    }

    var left: Double { layer.indices.map { x[$0] - widths[$0] / 2 }.min() ?? 0 }
    var right: Double { layer.indices.map { x[$0] + widths[$0] / 2 }.max() ?? 0 }

    func tops(_ gapY: Double) -> [Row] {
        var top = 0.0
        return rows.map { row in
            let height = row.map { $0 < nodes.count ? nodes[$0].height : 0 }.max() ?? 0
            defer { top += height + gapY }
            return Row(top: top, middle: top + height / 2, bottom: top + height)
        }
    }

    func way(_ number: Int, _ tops: [Row], _ left: Double) -> [(x: Double, y: Double)] {
        let chain = chains[number]
        guard let head = chain.first, let foot = chain.last else { return [] }
        var points = [(x[head] - left + spot(head, number, isOut: true), tops[layer[head]].middle + nodes[head].height / 2)]
        for passed in chain.dropFirst().dropLast() {
            points.append((x[passed] - left, tops[layer[passed]].top))
            if tops[layer[passed]].bottom > tops[layer[passed]].top {
                points.append((x[passed] - left, tops[layer[passed]].bottom))
            }
        }
        points.append((x[foot] - left + spot(foot, number, isOut: false), tops[layer[foot]].middle - nodes[foot].height / 2))
        return isTurned[number] ? points.reversed() : points
    }

    /// Ways leave and reach a node side by side, in the order of where they lead.
    private func spot(_ node: Int, _ number: Int, isOut: Bool) -> Double {
        let all = chains.indices.filter { !chains[$0].isEmpty && (isOut ? chains[$0].first : chains[$0].last) == node }
        let order = all.sorted { one, other in
            let (a, b) = (
                isOut ? chains[one][1] : chains[one][chains[one].count - 2],
                isOut ? chains[other][1] : chains[other][chains[other].count - 2]
            )
            return (x[a], one) < (x[b], other)
        }
        guard let place = order.firstIndex(of: number), order.count > 1 else { return 0 }
        let step = min(nodes[node].width * 0.7 / Double(order.count - 1), 16)
        return (Double(place) - Double(order.count - 1) / 2) * step
    }
}

/// An order of nodes against which few and light arcs run, and in which every node is led to from above if it is led to at all.
private struct Ranking {
    private(set) var rank: [Int]
    private let arcs: [LayeredLayout.Arc]

    /// Begins with the nodes' own order and moves one node after the other to its best place until none gains. O(rounds · nodes² · arcs).
    init(_ nodes: [LayeredLayout.Node], _ arcs: [LayeredLayout.Arc]) {
        self.arcs = arcs.filter { $0.from != $0.to }
        rank = [Int](repeating: 0, count: nodes.count)
        var order = nodes.indices.sorted { (nodes[$0].order, $0) < (nodes[$1].order, $1) }
        var cost = cost(order)
        var hasGained = true
        for _ in 0..<12 where hasGained {
            hasGained = false
            for node in nodes.indices {
                guard let here = order.firstIndex(of: node) else { continue }
                var best = order
                for there in order.indices where there != here {
                    var tried = order
                    tried.remove(at: here)
                    tried.insert(node, at: there)
                    let now = self.cost(tried)
                    if now < cost - 1e-9 { (best, cost, hasGained) = (tried, now, true) }
                }
                order = best
            }
        }
        for (place, node) in order.enumerated() { rank[node] = place }
    }

    /// The weight of arcs that lead up, and as much as the heaviest arc for each node that is led to from below alone.
    private mutating func cost(_ order: [Int]) -> Double {
        for (place, node) in order.enumerated() { rank[node] = place }
        var isLedTo = [Bool](repeating: false, count: order.count)
        var hasArc = isLedTo
        var sum = 0.0
        for arc in arcs {
            hasArc[arc.to] = true
            if rank[arc.from] < rank[arc.to] { isLedTo[arc.to] = true } else { sum += arc.weight }
        }
        for node in order.indices where hasArc[node] && !isLedTo[node] { sum += 1 }
        return sum
    }
}
