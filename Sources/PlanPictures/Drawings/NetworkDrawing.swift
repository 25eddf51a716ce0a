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
    private static let columns = 7
    private static let box = (width: 128.0, height: 62.0)
    private static let step = (x: 146.0, y: 74.0)
    private static let bandGap = 34.0

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

    func draw() -> PlanPicture? {
        var nodes = chosen
        let edges = edges(nodes)
        guard edges.count >= 2 else { return nil }
        let linked = Set(edges.flatMap { [$0.from, $0.to] })
        guard linked.count * 2 >= nodes.count else { return nil }
        place(&nodes, edges)
        let bands = (nodes.map(\.layer).max() ?? 0) / Self.columns + 1
        var tops: [Double] = [14]
        for band in 0..<bands {
            let rows = nodes.filter { $0.layer / Self.columns == band }.map(\.row).max() ?? 0
            tops.append((tops.last ?? 0) + Double(rows + 1) * Self.step.y + Self.bandGap)
        }
        let columns = Double(min(Self.columns, (nodes.map(\.layer).max() ?? 0) + 1))
        var canvas = Canvas(
            style, language, width: max(columns * Self.step.x + 16, Self.legendLeft + TextWidth.of(legendWords, size: 10.5) + 4),
            height: (tops.last ?? 0) + 6)
        for edge in edges { draw(edge, nodes, tops, &canvas) }
        for node in nodes { draw(node, corner(node, tops), &canvas) }
        drawEntries(nodes, edges, tops, &canvas)
        legend(&canvas)
        return canvas.picture(.network, title: canvas.t("网络图", "Network diagram"), sentence: sentence(nodes))
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
                let rows = edges.filter { $0.to == index && nodes[$0.from].layer / Self.columns == layer / Self.columns }.map {
                    Double(nodes[$0.from].row)
                }
                return rows.isEmpty ? Double(index) / 1000 : rows.reduce(0, +) / Double(rows.count)
            }
            let order = members.map { (index: $0, key: height($0)) }.sorted { ($0.key, $0.index) < ($1.key, $1.index) }
            for (row, entry) in order.enumerated() { nodes[entry.index].row = row }
        }
    }

    private func corner(_ node: Node, _ tops: [Double]) -> (x: Double, y: Double) {
        (8 + Double(node.layer % Self.columns) * Self.step.x, tops[node.layer / Self.columns] + Double(node.row) * Self.step.y)
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
        canvas.text(
            DisplayText.short(node.dates.start, to: node.dates.finish, language, on: facts.today), at.x + 7,
            at.y + 56, size: 9.5, .ink2)
        let float = DisplayText.number((node.dates.totalFloat * 10).rounded() / 10)
        canvas.text(
            isDone ? "✓" : float, at.x + width - 7, at.y + 14, size: 10, node.dates.totalFloat < 0 ? .bad : .ink3, anchor: .end)
    }

    private func draw(_ edge: Edge, _ nodes: [Node], _ tops: [Double], _ canvas: inout Canvas) {
        let (from, to) = (nodes[edge.from], nodes[edge.to])
        let isCritical = from.dates.isCritical && to.dates.isCritical && to.task.share < 1
        let colour: Colour = isCritical ? .ink : .ink4
        let (a, b) = (corner(from, tops), corner(to, tops))
        let (start, end) = ((a.x + Self.box.width, a.y + Self.box.height / 2), (b.x, b.y + Self.box.height / 2))
        guard isWithinBand(edge, nodes) else { return }
        let middle = end.0 - (Self.step.x - Self.box.width) / 2
        var way = [start, (middle, start.1), (middle, end.1), (end.0 - 4, end.1)]
        if to.layer > from.layer + 1 {
            // Past other columns it runs in the gap above the row it leads to.
            let (turn, channel) = (start.0 + (Self.step.x - Self.box.width) / 2, b.y - 6)
            way = [start, (turn, start.1), (turn, channel), (middle, channel), (middle, end.1), (end.0 - 4, end.1)]
        }
        canvas.polyline(way, colour, width: isCritical ? 2 : 1)
        canvas.arrowHead(end.0, end.1, angle: 0, colour)
    }

    private func isWithinBand(_ edge: Edge, _ nodes: [Node]) -> Bool {
        let (from, to) = (nodes[edge.from].layer, nodes[edge.to].layer)
        return from / Self.columns == to / Self.columns && to > from
    }

    /// What stands in a band above leads in by its number.
    private func drawEntries(_ nodes: [Node], _ edges: [Edge], _ tops: [Double], _ canvas: inout Canvas) {
        for index in nodes.indices {
            let far = edges.filter { $0.to == index && !isWithinBand($0, nodes) }.map { nodes[$0.from].task.id.short }
            guard !far.isEmpty else { continue }
            let at = corner(nodes[index], tops)
            let words = "← " + far.joined(separator: canvas.t("、", ", "))
            // Lines that pass here are covered, not only rimmed.
            canvas.rect(at.x, at.y - 13, min(TextWidth.of(words, size: 9.5), Self.box.width) + 4, 12, fill: .paper)
            canvas.text(words, at.x + 2, at.y - 3, size: 9.5, .ink3, within: Self.box.width)
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
            ? "右上角为总时差（工作日）；「← T-1」为排在上一段的前置任务"
            : "Top right: total float in working days; “← T-1”: a predecessor in a band above"
    }
}
