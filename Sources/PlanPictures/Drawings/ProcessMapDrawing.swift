import PlanInsight
import PlanModel
import ProcessMining

/// The process as its log shows it: activities with how often and how long, ways with how often and how long is waited on them.
public struct ProcessMapDrawing {
    private let map: ProcessMap
    private let title: String
    /// Cases of the log that are left out: they went the improved way already.
    private let improvedCases: Int
    private let style: PictureStyle
    private let language: Language
    private let slow: Set<Int>

    private static let boxWidth = 156.0
    private static let dot = 26.0

    public init(_ map: ProcessMap, title: String, improvedCases: Int = 0, style: PictureStyle, language: Language) {
        self.map = map
        self.title = title
        self.improvedCases = improvedCases
        self.style = style
        self.language = language
        slow = Self.slow(map)
    }

    private static let margin = 30.0
    /// What a page has room for in words of 6 pt.
    private static let pageHeight = 960.0

    /// The layout with everything that is drawn on it; after the activities stand start and end.
    private struct Placed {
        let layout: LayeredLayout
        let width: Double
        let height: Double
        let most: Double
        /// Words on ways: their middle, how wide they are, what they say.
        var labels: [(x: Double, y: Double, width: Double, text: String, isSlow: Bool)] = []

        var shift: Double { (width - layout.width) / 2 }
        func at(_ point: (x: Double, y: Double)) -> (Double, Double) { (point.x + shift, point.y + margin) }
    }

    /// - Returns: nil where the log has no event.
    public func draw() -> PlanPicture? { placed.map { draw($0, from: 0, to: $0.height) } }

    /// As many pages as it takes, cut between rows of activities.
    func pages() -> [PlanPicture] {
        guard let placed else { return [] }
        let count = Int((placed.height / Self.pageHeight).rounded(.up))
        let cuts = (1..<max(count, 1)).map { cut(placed, near: placed.height * Double($0) / Double(count)) }
        let edges = [0] + cuts + [placed.height]
        return zip(edges, edges.dropFirst()).map { draw(placed, from: $0, to: $1) }
    }

    /// The height nearest to the wanted one where no activity and no words stand.
    private func cut(_ placed: Placed, near wanted: Double) -> Double {
        let boxes = map.nodes.indices.map { index -> ClosedRange<Double> in
            let (middle, half) = (placed.at(placed.layout.centres[index]).1, height(map.nodes[index]) / 2 + 5)
            return middle - half...middle + half
        }
        let taken = boxes + placed.labels.map { $0.y - 9...$0.y + 9 }
        let tried = stride(from: 0.0, to: placed.height / 2, by: 2).flatMap { [wanted - $0, wanted + $0] }
        return tried.first { height in !taken.contains { $0.contains(height) } } ?? wanted
    }

    private var placed: Placed? {
        guard !map.nodes.isEmpty else { return nil }
        let (start, end) = (map.nodes.count, map.nodes.count + 1)
        let boxes = map.nodes.map { LayeredLayout.Node(width: Self.boxWidth, height: height($0), order: $0.position) }
        let nodes = boxes + [-1, .infinity].map { LayeredLayout.Node(width: Self.dot, height: Self.dot, order: $0) }
        let most = Double(map.arcs.map(\.count).max() ?? 1)
        let arcs = map.arcs.map { LayeredLayout.Arc(from: $0.from ?? start, to: $0.to ?? end, weight: Double($0.count) / most) }
        let layout = LayeredLayout(nodes, arcs, gapX: 34, gapY: style == .print ? 32 : 46)
        var placed = Placed(
            layout: layout, width: max(layout.width, 260) + 2 * Self.margin,
            height: layout.height + 2 * Self.margin, most: most)
        for (number, arc) in map.arcs.enumerated() where !layout.ways[number].isEmpty {
            label(arc, isSlow: slow.contains(number), layout.ways[number].map(placed.at), sides(of: number, layout), &placed)
        }
        return placed
    }

    private func draw(_ placed: Placed, from top: Double, to foot: Double) -> PlanPicture {
        let lines = TextWidth.lines(legend, width: placed.width - 2 * Self.margin, size: 10.5, most: 4).count
        let below = 8 + Double(lines) * 10.5 * 1.45
        var canvas = Canvas(style, language, width: placed.width, height: foot - top + below)
        func at(_ point: (x: Double, y: Double)) -> (Double, Double) { (placed.at(point).0, placed.at(point).1 - top) }
        func isHere(_ point: (Double, Double)) -> Bool { point.1 >= 0 && point.1 <= foot - top }
        for (number, arc) in map.arcs.enumerated() where !placed.layout.ways[number].isEmpty {
            draw(arc, isSlow: slow.contains(number), placed.layout.ways[number].map(at), placed.most, &canvas)
        }
        // Words stand above lines, so that no line runs through them.
        for label in placed.labels where isHere((label.x, label.y - top)) {
            canvas.rect(label.x - label.width / 2, label.y - top - 7, label.width, 14, fill: .paper, radius: 2)
            canvas.text(
                label.text, label.x, label.y - top + 3.5, size: Self.small, label.isSlow ? .bad : .ink2, anchor: .middle)
        }
        for (index, node) in map.nodes.enumerated() where isHere(at(placed.layout.centres[index])) {
            draw(
                node, at(placed.layout.centres[index]),
                repeats: map.arcs.first { $0.from == index && $0.to == index }?.count, &canvas)
        }
        drawEnds(at(placed.layout.centres[map.nodes.count]), at(placed.layout.centres[map.nodes.count + 1]), &canvas)
        // Ways that go on on the next page end at the edge of this one.
        canvas.rect(0, foot - top, canvas.width, below, fill: .paper)
        canvas.paragraph(
            legend, Self.margin, foot - top + 14, width: canvas.width - 2 * Self.margin, size: 10.5, most: 4, .ink3)
        return canvas.picture(.processMap, title: title, sentence: sentence)
    }

    private func drawEnds(_ start: (Double, Double), _ end: (Double, Double), _ canvas: inout Canvas) {
        canvas.circle(start.0, start.1, 11, fill: .paper, stroke: .ink3, line: 1.25)
        canvas.path(
            "M\((start.0 - 3).coordinate) \((start.1 - 5).coordinate)L\((start.0 + 6).coordinate) \(start.1.coordinate)L\((start.0 - 3).coordinate) \((start.1 + 5).coordinate)Z",
            fill: .ink3)
        canvas.circle(end.0, end.1, 11, fill: .paper, stroke: .ink, line: 2.5)
        canvas.rect(end.0 - 4, end.1 - 4, 8, 8, fill: .ink)
    }

    private func t(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    private var legend: String {
        let repeats = map.arcs.contains { $0.from != nil && $0.from == $0.to }
        return t(
            "颜色越深，占全部用时越多；框内为次数与平均用时（含等待），线上为次数与平均等待\(repeats ? "，↻ 为原地重复的次数" : "")\(slow.isEmpty ? "" : "；红线为合计等待最多的")",
            "Darker: larger share of all time; boxes: how often and the mean time, waiting included\(repeats ? ", ↻ repeated at once" : ""); lines: how often and the mean wait\(slow.isEmpty ? "" : "; red: the longest waits in all")"
        )
    }

    private var sentence: String {
        guard let worst = map.nodes.max(by: { $0.share < $1.share }) else { return "" }
        let shown =
            map.coverage < 0.9995
            ? t(
                "图中显示 \(DisplayText.percent(map.coverage)) 的事件。", " \(DisplayText.percent(map.coverage)) of all events are shown."
            ) : ""
        let longest = map.arcs.filter { $0.from != nil && $0.to != nil }.max {
            ($0.meanTime ?? 0) * Double($0.count) < ($1.meanTime ?? 0) * Double($1.count)
        }
        let way =
            longest.map { arc in
                t(
                    "等待最多的是从「\(name(arc.from))」到「\(name(arc.to))」，平均 \(DisplayText.span(arc.meanTime ?? 0, language))。",
                    " The longest wait in all is between “\(name(arc.from))” and “\(name(arc.to))”, \(DisplayText.span(arc.meanTime ?? 0, language)) on average."
                )
            } ?? ""
        let hidden =
            map.hiddenArcs > 0
            ? t(
                "另有 \(map.hiddenArcs) 条较少走的连线没有画出，\(DisplayText.percent(Double(map.hiddenCases) / Double(max(map.cases, 1)))) 的案例至少走过其中一条。",
                " \(map.hiddenArcs) less frequent \(map.hiddenArcs == 1 ? "way is" : "ways are") not drawn; \(DisplayText.percent(Double(map.hiddenCases) / Double(max(map.cases, 1)))) of the cases take at least one of them."
            ) : ""
        let left =
            improvedCases > 0
            ? t(
                "另有 \(DisplayText.number(Double(improvedCases))) 个案例已按改进后的流程办理，不计在内。",
                improvedCases == 1
                    ? " 1 more case already followed the improved process and is not counted."
                    : " \(DisplayText.number(Double(improvedCases))) more cases already followed the improved process and are not counted."
            ) : ""
        return t(
            "\(DisplayText.number(Double(map.cases))) 个案例、\(map.nodes.count) 种活动；全部案例的用时中，「\(map.names[worst.activity])」占 \(DisplayText.percent(worst.share))。\(way)\(hidden)\(left)\(shown)",
            "\(DisplayText.number(Double(map.cases))) cases, \(map.nodes.count) activities; of the time of all cases, “\(map.names[worst.activity])” takes \(DisplayText.percent(worst.share)).\(way)\(hidden)\(left)\(shown)"
        )
    }

    private func name(_ node: Int?) -> String { node.map { map.names[map.nodes[$0].activity] } ?? "" }

    // MARK: Shapes

    private func lines(_ node: ProcessMap.Node) -> [String] {
        TextWidth.lines(map.names[node.activity], width: Self.boxWidth - 16, size: 12, most: 2)
    }
    private func height(_ node: ProcessMap.Node) -> Double { 31 + 15 * Double(lines(node).count) }

    private func draw(_ node: ProcessMap.Node, _ at: (Double, Double), repeats: Int?, _ canvas: inout Canvas) {
        let (width, height) = (Self.boxWidth, height(node))
        let most = map.nodes.map(\.share).max() ?? 0
        let share = most > 0 ? node.share / most : 0
        let isWorst = node.share == most && most > 0
        let isDark = share >= 0.85
        canvas.rect(
            at.0 - width / 2, at.1 - height / 2, width, height, fill: .heat(share), stroke: isWorst ? .ink : .planMid,
            line: isWorst ? 2 : 1, radius: 3)
        let ink: Colour = isDark ? .paper : .ink
        let count = DisplayText.number(Double(node.count))
        let times = repeats.map { "\(count) · ↻\(DisplayText.number(Double($0)))" } ?? count
        let counted = node.meanTime > 0 ? "\(times) · \(DisplayText.span(node.meanTime, language))" : times
        // In the box, where no line and no number of a line can be in its way.
        let detail = isWorst ? "\(t("瓶颈", "Bottleneck")) · \(counted)" : counted
        let top = at.1 - height / 2 + 19
        let lines = lines(node)
        for (index, line) in lines.enumerated() {
            canvas.text(line, at.0, top + Double(index) * 15, size: 12, ink, anchor: .middle, bold: isWorst)
        }
        canvas.text(
            detail, at.0, top + Double(lines.count) * 15 + 1, size: 10.5, isDark ? .paper : share >= 0.5 ? .ink : .ink2,
            anchor: .middle, bold: isWorst, within: width - 10)
    }

    private func draw(_ arc: ProcessMap.Arc, isSlow: Bool, _ points: [(Double, Double)], _ most: Double, _ canvas: inout Canvas) {
        let colour: Colour = isSlow ? .bad : .ink4
        let thickness = 1 + 3 * (Double(arc.count) / most).squareRoot()
        canvas.path(Self.smooth(points), stroke: colour, width: thickness, dash: arc.from == nil || arc.to == nil ? "4 3" : nil)
        guard let tip = points.last else { return }
        let isUp = points.count > 1 && points[points.count - 2].1 > tip.1
        canvas.arrowHead(tip.0, tip.1, angle: isUp ? 270 : 90, colour, size: 5 + thickness)
    }

    /// The ways that cost at least half as much as the costliest, three at most: where all are slow, none stands out.
    private static func slow(_ map: ProcessMap) -> Set<Int> {
        let costs = map.arcs.map { ($0.meanTime ?? 0) * Double($0.count) }
        let worst = costs.max() ?? 0
        return Set(costs.indices.filter { worst > 0 && costs[$0] >= worst / 2 }.sorted { costs[$0] > costs[$1] }.prefix(3))
    }

    private static let small = 10.5

    /// Where words stand best: on the way; of two that lead there and back each on its own side.
    private func sides(of number: Int, _ layout: LayeredLayout) -> [Double] {
        let arc = map.arcs[number]
        let back = map.arcs.firstIndex { $0.from == arc.to && $0.to == arc.from && $0.from != nil && $0.to != nil }
        guard let back, back != number, !layout.ways[back].isEmpty else { return [0, 1, -1] }
        let (here, there) = (
            Self.along(layout.ways[number].map { ($0.x, $0.y) }, 0.5).0, Self.along(layout.ways[back].map { ($0.x, $0.y) }, 0.5).0
        )
        return here < there ? [-1, 1, 0] : [1, -1, 0]
    }

    /// At the first place no other words have.
    ///
    /// - Parameter sides: 0 on the way, 1 to its right, −1 to its left.
    private func label(
        _ arc: ProcessMap.Arc, isSlow: Bool, _ points: [(Double, Double)], _ sides: [Double], _ placed: inout Placed
    ) {
        guard arc.from != nil, arc.to != nil else { return }
        let count = DisplayText.number(Double(arc.count))
        let text = arc.meanTime.map { "\(count) · \(DisplayText.span($0, language))" } ?? count
        let width = TextWidth.of(text, size: Self.small) + 6
        let parts = [0.5, 0.35, 0.65, 0.25, 0.75, 0.15, 0.85]
        for (shift, part) in sides.flatMap({ side in parts.map { (side * (width / 2 + 6), $0) } }) {
            let (on, y) = Self.along(points, part)
            let x = on + shift
            let isFree =
                x - width / 2 >= 2 && x + width / 2 <= placed.width - 2
                && placed.labels.allSatisfy { abs($0.x - x) > ($0.width + width) / 2 || abs($0.y - y) > 13 }
                && map.nodes.indices.allSatisfy { index in
                    let centre = placed.at(placed.layout.centres[index])
                    return abs(centre.0 - x) > (Self.boxWidth + width) / 2
                        || abs(centre.1 - y) > height(map.nodes[index]) / 2 + 7
                }
            if isFree { return placed.labels.append((x, y, width, text, isSlow)) }
        }
    }

    /// Vertical tangents at every point, so that ways leave and reach boxes straight.
    private static func smooth(_ points: [(Double, Double)]) -> String {
        guard let first = points.first else { return "" }
        var path = "M\(first.0.coordinate) \(first.1.coordinate)"
        for (one, other) in zip(points, points.dropFirst()) {
            let bend = (other.1 - one.1) / 2
            path +=
                "C\(one.0.coordinate) \((one.1 + bend).coordinate) \(other.0.coordinate) \((other.1 - bend).coordinate) \(other.0.coordinate) \(other.1.coordinate)"
        }
        return path
    }

    private static func along(_ points: [(Double, Double)], _ part: Double) -> (Double, Double) {
        let lengths = zip(points, points.dropFirst()).map {
            (($1.0 - $0.0) * ($1.0 - $0.0) + ($1.1 - $0.1) * ($1.1 - $0.1)).squareRoot()
        }
        var rest = lengths.reduce(0, +) * part
        for (index, length) in lengths.enumerated() {
            if rest <= length || index == lengths.count - 1 {
                let share = length > 0 ? min(rest / length, 1) : 0
                // The curve's own middle: x eases in and out, y goes on evenly.
                let eased = share * share * (3 - 2 * share)
                return (
                    points[index].0 + (points[index + 1].0 - points[index].0) * eased,
                    points[index].1 + (points[index + 1].1 - points[index].1) * share
                )
            }
            rest -= length
        }
        return points.first ?? (0, 0)
    }
}

extension ProcessMapDrawing {
    /// The part of ways shown where nobody chose: as many as can be read.
    public static let usualPaths = 0.5
    /// So few ways are shown all.
    static let usualWays = 24

    /// The first process of a plan that has a log.
    static func of(_ facts: PlanFacts, _ language: Language, style: PictureStyle) -> ProcessMapDrawing? {
        for process in facts.loggedProcesses {
            guard case .facts(let mined) = facts.minedAsItWas(process) else { continue }
            let title = language == .chinese ? "\(process.title ?? "")：日志中的流程" : "\(process.title ?? ""): the process in the log"
            return ProcessMapDrawing(
                ProcessMap(mined.log, paths: usualPaths, least: usualWays), title: title,
                improvedCases: facts.casesOfSuccessors(process),
                style: style,
                language: language)
        }
        return nil
    }
}
