import Markup
import PlanInsight
import PlanModel
import WorkingTime

/// The precedence network: a box for each task, columns by the longest chain of predecessors, in bands that fit the page.
///
/// Of large plans the open tasks with the least float are shown, so that what drives the finish can be read.
struct NetworkDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    private static let most = 42
    private static let box = (width: 128.0, height: 62.0)
    private static let bandGap = 34.0
    /// From a box to the lane next to it, and from lane to lane.
    private static let (laneMargin, laneGap) = (7.0, 4.5)
    /// A line of ids over a box.
    private static let entryHeight = 12.0

    private struct Node {
        let task: Typed<PlanTask>
        let dates: TaskDates
        var layer = 0
        var row = 0
    }

    private struct Edge {
        let from: Int
        let to: Int
    }

    /// Where everything stands: in each gap between columns a lane for every task that has lines there, at each box a port for every
    /// line that comes in, so that no two lines lie on each other but those of one task.
    private struct Plan {
        var tops: [Double] = []
        /// How many columns a band has.
        var columns = 7
        /// Between two columns.
        var gap = 18.0
        var rowStep = 74.0
        /// Of each node that turns, its lane in the gap on its right.
        var lanes: [Int: Int] = [:]
        /// Of each line, by its place, how far from the middle of the box it comes in.
        var ports: [Int: Double] = [:]

        func corner(_ node: Node) -> (x: Double, y: Double) {
            (
                8 + Double(node.layer % columns) * (NetworkDrawing.box.width + gap),
                tops[node.layer / columns] + Double(node.row) * rowStep
            )
        }

        /// Lines lead to the next column; what comes from farther away is named.
        func isDrawn(_ edge: Edge, _ nodes: [Node]) -> Bool {
            let (from, to) = (nodes[edge.from].layer, nodes[edge.to].layer)
            return to == from + 1 && from / columns == to / columns
        }
    }

    func draw() -> PlanPicture? {
        var nodes = chosen
        let edges = edges(nodes)
        guard edges.count >= 2 else { return nil }
        let linked = Set(edges.flatMap { [$0.from, $0.to] })
        guard linked.count * 2 >= nodes.count else { return nil }
        place(&nodes, edges)
        let plan = plan(nodes, edges)
        let columns = Double(min(plan.columns, (nodes.map(\.layer).max() ?? 0) + 1))
        var canvas = Canvas(
            style, language,
            width: max(
                columns * (Self.box.width + plan.gap) + 16, Self.legendLeft + TextWidth.of(legendWords, size: 10.5) + 4),
            height: (plan.tops.last ?? 0) + 6)
        for (index, edge) in edges.enumerated() where plan.isDrawn(edge, nodes) { draw(edge, index, nodes, plan, &canvas) }
        for node in nodes { draw(node, plan.corner(node), &canvas) }
        drawEntries(nodes, edges, plan, &canvas)
        legend(&canvas)
        return canvas.picture(.network, title: canvas.t("网络图", "Network diagram"), sentence: sentence(nodes))
    }

    private func plan(_ nodes: [Node], _ edges: [Edge]) -> Plan {
        var plan = Plan()
        // Bands are shorter where lanes take more room, so that words stay large enough.
        for columns in [7, 6] {
            plan.columns = columns
            assignPorts(nodes, edges, &plan)
            assignLanes(nodes, edges, &plan)
            if plan.gap <= 24 { break }
        }
        let entries = entries(nodes, edges, plan).values.map { Self.entryLines($0).count }.max() ?? 0
        plan.rowStep = Self.box.height + 12 + (entries > 0 ? 4 : 0) + Double(max(entries - 1, 0)) * Self.entryHeight
        plan.tops = [14 + Double(max(entries - 1, 0)) * Self.entryHeight]
        for band in 0...((nodes.map(\.layer).max() ?? 0) / plan.columns) {
            let rows = nodes.filter { $0.layer / plan.columns == band }.map(\.row).max() ?? 0
            plan.tops.append((plan.tops.last ?? 0) + Double(rows + 1) * plan.rowStep + Self.bandGap)
        }
        return plan
    }

    /// A line of the same row comes in at the middle, where those out of the row begin; from above above it, from below below it.
    private func assignPorts(_ nodes: [Node], _ edges: [Edge], _ plan: inout Plan) {
        plan.ports = [:]
        let drawn = edges.indices.filter { plan.isDrawn(edges[$0], nodes) }
        for (to, coming) in Dictionary(grouping: drawn, by: { edges[$0].to }) {
            func row(_ edge: Int) -> Int { nodes[edges[edge].from].row - nodes[to].row }
            let order = coming.sorted { (row($0), $0) < (row($1), $1) }
            let (above, below) = (order.filter { row($0) < 0 }, order.filter { row($0) > 0 })
            let step = min(11, (Self.box.height / 2 - 7) / Double(max(above.count, below.count, 1)))
            for edge in order where row(edge) == 0 { plan.ports[edge] = 0 }
            for (place, edge) in above.enumerated() { plan.ports[edge] = Double(place - above.count) * step }
            for (place, edge) in below.enumerated() { plan.ports[edge] = Double(place + 1) * step }
        }
    }

    private func assignLanes(_ nodes: [Node], _ edges: [Edge], _ plan: inout Plan) {
        plan.lanes = [:]
        var widest = 0
        let turning = Set(
            edges.indices.filter { index in
                let (from, to) = (nodes[edges[index].from], nodes[edges[index].to])
                return plan.isDrawn(edges[index], nodes) && (from.row != to.row || plan.ports[index] != 0)
            }.map { edges[$0].from })
        for (_, members) in Dictionary(grouping: turning, by: { nodes[$0].layer }) {
            for (lane, index) in members.sorted(by: { nodes[$0].row < nodes[$1].row }).enumerated() { plan.lanes[index] = lane }
            widest = max(widest, members.count)
        }
        plan.gap = min(max(18, 2 * Self.laneMargin + 4 + Double(widest - 1) * Self.laneGap), 44)
    }

    private func sentence(_ nodes: [Node]) -> String {
        let all = facts.schedule.dates.count { !$0.isSummary }
        // What is critical need not follow on each other; the longest path does.
        let shown = Set(nodes.map(\.task.id))
        let path = (facts.schedule.paths(atMost: 1).first?.tasks ?? []).filter(shown.contains).map(\.short)
        let chain = path.prefix(12).joined(separator: " → ") + (path.count > 12 ? " → …" : "")
        let open = zip(facts.schedule.tasks, facts.schedule.dates).count { !$1.isSummary && !$1.isInactive && $0.share < 1 }
        let part =
            nodes.count == open && open < all
            ? (zh: "图中为全部 \(open) 项未完成任务。", en: "All \(open) open tasks are shown. ")
            : nodes.count < all
                ? (
                    zh: "全部 \(all) 项任务中，图中为时差最小的 \(nodes.count) 项未完成任务。",
                    en: "Of \(all) tasks, the \(nodes.count) open ones with the least float are shown. "
                ) : (zh: "", en: "")
        if chain.isEmpty { return language == .chinese ? part.zh : part.en }
        return language == .chinese ? "\(part.zh)关键路径：\(chain)。" : "\(part.en)Critical path: \(chain)."
    }

    // MARK: What is shown and where

    private var chosen: [Node] {
        let all = zip(facts.schedule.tasks, facts.schedule.dates).filter { !$1.isSummary && !$1.isInactive }.map {
            Node(task: $0, dates: $1)
        }
        if all.count <= Self.most { return all }
        let open = all.enumerated().filter { $0.element.task.share < 1 }.sorted {
            ($0.element.dates.totalFloat, $0.offset) < ($1.element.dates.totalFloat, $1.offset)
        }
        return open.prefix(Self.most).sorted { $0.offset < $1.offset }.map(\.element)
    }

    private func edges(_ nodes: [Node]) -> [Edge] {
        let number = Dictionary(nodes.enumerated().map { ($1.task.id, $0) }, uniquingKeysWith: { first, _ in first })
        return nodes.enumerated().flatMap { index, node in
            (node.task.predecessors ?? []).compactMap { link in number[link.predecessor].map { Edge(from: $0, to: index) } }
        }
    }

    /// Layers by longest path; within a layer those whose predecessors stand higher come first.
    private func place(_ nodes: inout [Node], _ edges: [Edge]) {
        for _ in nodes.indices {
            var hasMoved = false
            for edge in edges where nodes[edge.to].layer <= nodes[edge.from].layer && nodes[edge.from].layer < nodes.count {
                nodes[edge.to].layer = nodes[edge.from].layer + 1
                hasMoved = true
            }
            if !hasMoved { break }
        }
        for layer in 0...(nodes.map(\.layer).max() ?? 0) {
            let members = nodes.indices.filter { nodes[$0].layer == layer }
            func height(_ index: Int) -> Double {
                let rows = edges.filter { $0.to == index && nodes[$0.from].layer == layer - 1 }.map {
                    Double(nodes[$0.from].row)
                }
                return rows.isEmpty ? Double(index) / 1000 : rows.reduce(0, +) / Double(rows.count)
            }
            let order = members.map { (index: $0, key: height($0)) }.sorted { ($0.key, $0.index) < ($1.key, $1.index) }
            for (row, entry) in order.enumerated() { nodes[entry.index].row = row }
        }
    }

    // MARK: Shapes

    private func draw(_ node: Node, _ at: (x: Double, y: Double), _ canvas: inout Canvas) {
        let (width, height) = Self.box
        let isDone = node.task.share >= 1
        canvas.rect(
            at.x, at.y, width, height, fill: isDone ? .planSoft : .paper, stroke: node.dates.isCritical && !isDone ? .ink : .ink4,
            line: node.dates.isCritical && !isDone ? 2 : 1, radius: 3)
        canvas.text(node.task.id.short, at.x + 7, at.y + 12, size: 10, .ink3)
        canvas.text(
            node.task.title ?? "", at.x + 7, at.y + 34, size: 11, .ink, bold: node.task.isMilestone == true, within: width - 12)
        let days = days(of: node, within: width - 14)
        canvas.text(days.text, at.x + 7, at.y + 56, size: days.size, .ink2)
        let float = DisplayText.number((node.dates.totalFloat * 10).rounded() / 10)
        canvas.text(
            isDone ? "✓" : float, at.x + width - 7, at.y + 14, size: 10, node.dates.totalFloat < 0 ? .bad : .ink3, anchor: .end)
    }

    /// Its dates as they are written everywhere; where both have years and are too wide for the box, in figures and as small as it takes.
    private func days(of node: Node, within width: Double) -> (text: String, size: Double) {
        let size = 9.5
        let usual = DisplayText.short(node.dates.start, to: node.dates.finish, language, on: facts.today)
        guard TextWidth.of(usual, size: size) > width else { return (usual, size) }
        let figures = "\(node.dates.start)–\(node.dates.finish)"
        return (figures, min(size, size * width / TextWidth.of(figures, size: size)))
    }

    /// Out of the middle, along its task's own lane, into its own port.
    private func draw(_ edge: Edge, _ index: Int, _ nodes: [Node], _ plan: Plan, _ canvas: inout Canvas) {
        let (from, to) = (nodes[edge.from], nodes[edge.to])
        let isCritical = from.dates.isCritical && to.dates.isCritical && to.task.share < 1
        let colour: Colour = isCritical ? .ink : .ink4
        let (a, b) = (plan.corner(from), plan.corner(to))
        let start = (a.x + Self.box.width, a.y + Self.box.height / 2)
        let end = (b.x, b.y + Self.box.height / 2 + (plan.ports[index] ?? 0))
        let lane = start.0 + Self.laneMargin + Double(plan.lanes[edge.from] ?? 0) * Self.laneGap
        let way = start.1 == end.1 ? [start] : [start, (lane, start.1), (lane, end.1)]
        canvas.polyline(way + [(end.0 - 4, end.1)], colour, width: isCritical ? 1.75 : 1)
        canvas.arrowHead(end.0, end.1, angle: 0, colour)
    }

    /// What does not stand in the column before leads in by its number.
    private func entries(_ nodes: [Node], _ edges: [Edge], _ plan: Plan) -> [Int: [String]] {
        let far = edges.filter { !plan.isDrawn($0, nodes) }
        return Dictionary(grouping: far, by: \.to).mapValues { edges in
            edges.map { nodes[$0.from].task.id }.sorted { $0.number < $1.number }.map(\.short)
        }
    }

    /// As many ids in a line as there is room for over a box.
    private static func entryLines(_ ids: [String]) -> [String] {
        var lines = ["←"]
        for id in ids {
            let isFirst = lines[lines.count - 1] == "←"
            let longer = lines[lines.count - 1] + (isFirst ? " " : ", ") + id
            if TextWidth.of(longer, size: 9.5) <= box.width || isFirst {
                lines[lines.count - 1] = longer
            } else {
                lines.append(id)
            }
        }
        return lines
    }

    private func drawEntries(_ nodes: [Node], _ edges: [Edge], _ plan: Plan, _ canvas: inout Canvas) {
        for (index, ids) in entries(nodes, edges, plan).sorted(by: { $0.key < $1.key }) {
            let at = plan.corner(nodes[index])
            for (line, words) in Self.entryLines(ids).reversed().enumerated() {
                canvas.text(words, at.x + 2, at.y - 3 - Double(line) * Self.entryHeight, size: 9.5, .ink3, halo: true)
            }
        }
    }

    private func legend(_ canvas: inout Canvas) {
        let y = canvas.height - 8
        canvas.rect(8, y - 10, 22, 11, fill: .paper, stroke: .ink, line: 2, radius: 2)
        canvas.text(canvas.t("关键任务", "Critical"), 36, y, size: 10.5)
        canvas.rect(108, y - 10, 22, 11, fill: .planSoft, stroke: .ink4, radius: 2)
        canvas.text(canvas.t("已完成", "Done"), 136, y, size: 10.5)
        canvas.text(legendWords, Self.legendLeft, y, size: 10.5)
    }

    private static let legendLeft = 196.0
    private var legendWords: String {
        language == .chinese
            ? "右上角为总时差（工作日）；「← T-1」为不在前一列的前置任务"
            : "Top right: total float in working days; “← T-1”: a predecessor that is not in the column before"
    }
}
