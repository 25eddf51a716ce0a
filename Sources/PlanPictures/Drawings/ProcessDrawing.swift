import Markup
import PlanInsight
import PlanModel

/// A process in swim lanes, left to right, with time spent and the bottleneck marked. A long process goes on in further bands
/// below, each with the lanes that are busy in it, and on further pages, joined by lettered connectors: what is printed can be read.
struct ProcessDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language
    let name: PictureName
    let kind: ProcessKind
    private let process: Typed<Process>?
    private let logged: [String: Double]
    /// How often a gateway leads to a step, where that is not the step's own word.
    private var shares: [RecordID: [RecordID: Double]] = [:]

    init(facts: PlanFacts, style: PictureStyle, language: Language, name: PictureName, kind: ProcessKind) {
        (self.facts, self.style, self.language, self.name, self.kind) = (facts, style, language, name, kind)
        process = facts.plan.all(Process.self).first { ($0.kind ?? .asIs) == kind }
        logged = Self.logged(process, facts)
        if let drawn = process.flatMap({ PlanProcess($0, in: facts.plan) }) {
            for flow in drawn.model.flows {
                shares[drawn.steps[flow.from].id, default: [:]][drawn.steps[flow.to].id] = flow.share
            }
        }
    }

    private static let (label, column, boxWidth, boxHeight) = (92.0, 116.0, 96.0, 44.0)
    /// Between the lines of a step: two of its title and one of its time fit into the box.
    private static let leading = 13.0
    private var laneHeight: Double { style == .print ? 62 : 66 }
    private static let bandGap = 20.0
    /// So many that words on a page turned sideways are still of 6.5 pt.
    private var mostColumns: Int { style == .print ? 8 : 10 }
    /// What such a page has room for.
    private static let pageHeight = 670.0

    private struct Layout {
        var columns: [RecordID: Int] = [:]
        var columnsPerBand = 1
        /// The lanes of each band, and where it begins.
        var bands: [(lanes: [String], top: Double)] = []

        func band(_ step: Typed<Step>) -> Int { (columns[step.id] ?? 0) / columnsPerBand }
    }

    private func height(_ band: Int, _ layout: Layout) -> Double {
        Double(layout.bands[band].lanes.count) * laneHeight + Self.bandGap
    }

    /// In one piece.
    func draw() -> PlanPicture? {
        let steps = steps
        guard steps.count > 1 else { return nil }
        let layout = layout(steps)
        return draw(steps, layout, layout.bands.indices)
    }

    /// As many pages as the bands take.
    func pages() -> [PlanPicture] {
        let steps = steps
        guard steps.count > 1 else { return [] }
        let layout = layout(steps)
        var pages: [Range<Int>] = []
        for band in layout.bands.indices {
            if let page = pages.last,
                layout.bands[band].top + height(band, layout) - layout.bands[page.lowerBound].top <= Self.pageHeight
            {
                pages[pages.count - 1] = page.lowerBound..<band + 1
            } else {
                pages.append(band..<band + 1)
            }
        }
        return pages.map { draw(steps, layout, $0) }
    }

    private var steps: [Typed<Step>] {
        process.map { process in facts.plan.all(Step.self).filter { $0.process == process.id } } ?? []
    }

    private func draw(_ steps: [Typed<Step>], _ layout: Layout, _ bands: Range<Int>) -> PlanPicture {
        let height = bands.reduce(0) { $0 + self.height($1, layout) }
        let width = Self.label + Double(layout.columnsPerBand) * Self.column + 24
        let legend = legend(steps, layout)
        let lines = TextWidth.lines(legend, width: width, size: 10.5, most: 4).count
        var canvas = Canvas(style, language, width: width, height: height + 10 + Double(lines - 1) * 10.5 * 1.45)
        // What follows is told where this page begins.
        let above = layout.bands[bands.lowerBound].top
        var layout = layout
        for band in layout.bands.indices { layout.bands[band].top -= above }
        for band in bands { lanes(&canvas, layout.bands[band]) }
        let slowest = steps.filter { $0.kind == .task }.max { cost($0) < cost($1) }
        let most = max(slowest.map(cost) ?? 1, 1)
        flows(&canvas, steps, layout, bands)
        for step in steps where bands.contains(layout.band(step)) {
            box(&canvas, step, layout, share: cost(step) / most, isSlowest: step.id == slowest?.id && cost(step) > 0)
        }
        canvas.paragraph(legend, 0, height + 6, width: width, size: 10.5, most: 4, .ink3)
        return canvas.picture(
            name, title: process?.title ?? canvas.t("流程", "Process"), sentence: sentence(steps, slowest))
    }

    /// What stands for what, of all that the process has.
    private func legend(_ steps: [Typed<Step>], _ layout: Layout) -> String {
        let kinds = Set(steps.compactMap(\.kind))
        let ways = steps.flatMap { step in
            (step.next ?? []).compactMap { facts.plan.record($0, as: Step.self) }.map { (step, $0) }
        }
        let isParted = ways.contains { layout.band($0) != layout.band($1) }
        let leadsBack = ways.contains { layout.band($0) == layout.band($1) && centre($1, layout).0 <= centre($0, layout).0 - 1 }
        let isLogged = !logged.isEmpty
        let parts: [Label?] = [
            Label("颜色越深用时越长，含等待", "Darker: takes longer, waiting included"),
            isLogged ? Label("用时按事件日志", "times from the event log") : nil,
            kinds.contains(.start) || kinds.contains(.end)
                ? Label("细圈为开始，粗圈为结束", "thin circle: start, thick circle: end") : nil,
            kinds.contains(.decision) ? Label("「?」为判断", "?: decision") : nil,
            kinds.contains(.parallel) ? Label("「+」为并行", "+: in parallel") : nil,
            isParted ? Label("圈内字母相同处相接", "circles with the same letter are joined") : nil,
            told(connectors(steps, layout).filter { room(for: $0, steps, layout) == nil }),
            leadsBack ? Label("虚线为返回", "dashed: back to an earlier step") : nil,
        ]
        return parts.compactMap { $0?[language] }.joined(separator: language == .chinese ? "；" : "; ")
    }

    private func sentence(_ steps: [Typed<Step>], _ slowest: Typed<Step>?) -> String {
        let total = steps.reduce(0) { $0 + cost($1) }
        let share = total > 0 ? (slowest.map(cost) ?? 0) / total : 0
        let lanes = Set(steps.map { $0.actor ?? "" }).count
        return language == .chinese
            ? "\(steps.count) 个环节、\(lanes) 条泳道；每个环节各计一次（含等待），最耗时的是\(slowest?.title ?? "")，占 \(DisplayText.percent(share))。"
            : "\(steps.count) steps in \(lanes) lanes; counting each step once, waiting included, \(slowest?.title ?? "") takes the most time, \(DisplayText.percent(share))."
    }

    private func flows(_ canvas: inout Canvas, _ steps: [Typed<Step>], _ layout: Layout, _ bands: Range<Int>) {
        let drawn = pairs(steps).filter { layout.band($0.from) == layout.band($0.to) && bands.contains(layout.band($0.from)) }
        for pair in drawn { flow(&canvas, pair.from, pair.to, layout) }
        // Over all lines, so that none strikes words out.
        for pair in drawn { words(&canvas, pair.from, pair.to, layout) }
        for connector in connectors(steps, layout) {
            if bands.contains(layout.band(connector.from)) {
                leave(&canvas, connector, room(for: connector, steps, layout), layout)
            }
            if bands.contains(layout.band(connector.to)) {
                arrive(&canvas, connector.to, layout, connector.letter, place: connector.reached)
            }
        }
    }

    private func pairs(_ steps: [Typed<Step>]) -> [(from: Typed<Step>, to: Typed<Step>)] {
        steps.flatMap { step in
            (step.next ?? []).compactMap { next in steps.first { $0.id == next } }.map { (from: step, to: $0) }
        }
    }

    /// Minutes with waiting, as the log has them where it knows the step, or else as typed.
    private func cost(_ step: Typed<Step>) -> Double {
        logged[step.activity ?? step.title ?? ""] ?? ((step.minutes ?? 0) + (step.waiting ?? 0))
    }

    /// Mean minutes of each activity with its waiting, in the log of a process; nothing where it has none that can be read.
    private static func logged(_ process: Typed<Process>?, _ facts: PlanFacts) -> [String: Double] {
        guard let process, process.log != nil, case .facts(let mined) = facts.minedAsItWas(process) else { return [:] }
        return Dictionary(
            mined.activities.map { (mined.log.activities[$0.activity], $0.sojourn.mean / 60) },
            uniquingKeysWith: { first, _ in first })
    }

    // MARK: Layout

    /// Columns by the longest way from the start, not counting flows that lead back; lanes in order of appearance.
    private func layout(_ steps: [Typed<Step>]) -> Layout {
        var layout = Layout()
        let order = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1.id, $0) })
        for step in steps { layout.columns[step.id] = layout.columns[step.id] ?? 0; advance(step, steps, order, &layout) }
        // No two steps in one place: the later one moves right.
        var taken: Set<String> = []
        for step in steps.sorted(by: {
            (layout.columns[$0.id] ?? 0, order[$0.id] ?? 0) < (layout.columns[$1.id] ?? 0, order[$1.id] ?? 0)
        }) {
            var column = layout.columns[step.id] ?? 0
            while !taken.insert("\(step.actor ?? "")|\(column)").inserted { column += 1 }
            layout.columns[step.id] = column
        }
        divide(steps, &layout)
        return layout
    }

    /// Bands of about the same length, none longer than there is room for.
    private func divide(_ steps: [Typed<Step>], _ layout: inout Layout) {
        let columns = (layout.columns.values.max() ?? 0) + 1
        let bands = (columns + mostColumns - 1) / mostColumns
        layout.columnsPerBand = (columns + bands - 1) / bands
        var lanes: [String] = []
        for step in steps where !lanes.contains(step.actor ?? "") { lanes.append(step.actor ?? "") }
        var top = 0.0
        for band in 0..<bands {
            let busy = Set(steps.filter { layout.band($0) == band }.map { $0.actor ?? "" })
            layout.bands.append((lanes.filter(busy.contains), top))
            top += height(band, layout)
        }
    }

    private func advance(_ step: Typed<Step>, _ steps: [Typed<Step>], _ order: [RecordID: Int], _ layout: inout Layout) {
        guard let here = order[step.id] else { return }
        for next in step.next ?? [] {
            guard let there = order[next], there > here else { continue }
            layout.columns[next] = max(layout.columns[next] ?? 0, (layout.columns[step.id] ?? 0) + 1)
        }
    }

    private func centre(_ step: Typed<Step>, _ layout: Layout) -> (Double, Double) {
        let band = layout.bands[layout.band(step)]
        let lane = band.lanes.firstIndex(of: step.actor ?? "") ?? 0
        let column = (layout.columns[step.id] ?? 0) % layout.columnsPerBand
        return (Self.label + (Double(column) + 0.5) * Self.column, band.top + (Double(lane) + 0.5) * laneHeight)
    }

    private func lanes(_ canvas: inout Canvas, _ band: (lanes: [String], top: Double)) {
        for (index, lane) in band.lanes.enumerated() {
            let y = band.top + Double(index) * laneHeight
            canvas.line(0, y, canvas.width, y, .line2)
            canvas.paragraph(
                lane.isEmpty ? canvas.t("未定", "Nobody") : lane, 0, y + 26, width: Self.label - 14, size: 12, most: 2, .ink,
                bold: true)
        }
        let foot = band.top + Double(band.lanes.count) * laneHeight
        canvas.line(0, foot, canvas.width, foot, .line2)
    }

    // MARK: Boxes and flows

    /// A flow to another band, as two circles with the same letter.
    private struct Connector {
        let from: Typed<Step>
        let to: Typed<Step>
        let letter: String
        /// Its place among those that leave the same step, of so many, and among those that reach the same step.
        let left: Int
        var leaving = 1
        let reached: Int
    }

    /// Letters run through all pages; those of one step stand beside each other.
    private func connectors(_ steps: [Typed<Step>], _ layout: Layout) -> [Connector] {
        var found: [Connector] = []
        var (left, reached): ([RecordID: Int], [RecordID: Int]) = ([:], [:])
        for (step, target) in pairs(steps) where layout.band(step) != layout.band(target) {
            found.append(
                Connector(
                    from: step, to: target, letter: String(UnicodeScalar(UInt8(65 + found.count % 26))),
                    left: left[step.id, default: 0], reached: reached[target.id, default: 0]))
            left[step.id, default: 0] += 1
            reached[target.id, default: 0] += 1
        }
        for index in found.indices { found[index].leaving = left[found[index].from.id, default: 1] }
        return found
    }

    /// Where the condition of a flow that leaves a decision by a letter stands: before the circle, behind it, or behind it in one line
    /// over the words of a flow within the band.
    private enum Side { case before, behind, over }

    /// - Returns: nil where other words or circles are in the way; then the legend tells it.
    private func room(for connector: Connector, _ steps: [Typed<Step>], _ layout: Layout) -> Side? {
        guard connector.leaving <= 2 else { return nil }
        let at = centre(connector.from, layout)
        let pairs = pairs(steps)
        func isLevel(_ other: Typed<Step>) -> Bool {
            layout.band(other) == layout.band(connector.from) && abs(centre(other, layout).1 - at.1) < 1
        }
        let isReached = pairs.contains {
            $0.to.id == connector.from.id
                && (layout.band($0.from) != layout.band($0.to) || $0.from.kind == .decision && isLevel($0.from))
        }
        // Words of flows within the band stand behind the decision.
        let others = pairs.filter { $0.from.id == connector.from.id && layout.band($0.to) == layout.band($0.from) }
        if connector.left == 0, !isReached { return .before }
        guard connector.left == connector.leaving - 1 else { return nil }
        if others.isEmpty { return .behind }
        let words = others.map { condition($0.from, $0.to) } + [condition(connector.from, connector.to)]
        return words.allSatisfy { TextWidth.of($0, size: 10) <= Self.oneLine } ? .over : nil
    }

    /// So wide are words that stand in one line between a decision and the step behind it.
    private static let oneLine = 46.0

    /// Conditions that have no room at their circles.
    private func told(_ connectors: [Connector]) -> Label? {
        let words = connectors.filter { $0.from.kind == .decision }.compactMap { connector -> String? in
            let said = condition(connector.from, connector.to)
            return said.isEmpty ? nil : "\(connector.letter) \(said)"
        }
        return words.isEmpty ? nil : Label(words.joined(separator: "、"), words.joined(separator: ", "))
    }

    /// A circle with a letter behind a step: the flow goes on at the same letter in another band.
    private func leave(_ canvas: inout Canvas, _ connector: Connector, _ side: Side?, _ layout: Layout) {
        let (x, y) = centre(connector.from, layout)
        if connector.from.kind == .decision || connector.from.kind == .parallel {
            let at = x + (Double(connector.left) - Double(connector.leaving - 1) / 2) * 18
            self.connector(&canvas, at, y - half(connector.from).1 - 9, connector.letter)
            guard connector.from.kind == .decision, let side else { return }
            let (said, isBefore) = (condition(connector.from, connector.to), side == .before)
            if said.isEmpty { return }
            canvas.text(
                said, isBefore ? at - 10.5 : at + 10.5, side == .over ? y - 21 : y - 17, size: 10, .ink2,
                anchor: isBefore ? .end : .start, within: 44, halo: true)
        } else {
            let (edge, out) = (x + half(connector.from).0, y + Double(connector.left) * 17)
            canvas.line(edge, out, edge + 5, out, .ink3)
            self.connector(&canvas, edge + 12, out, connector.letter)
        }
    }

    /// A circle with a letter before a step, clear of the flows that reach it in this band.
    private func arrive(_ canvas: inout Canvas, _ step: Typed<Step>, _ layout: Layout, _ letter: String, place: Int) {
        let (x, y) = centre(step, layout)
        let isTask = step.kind ?? .task == .task
        // The words of what is no task stand below it.
        let (edge, at) = (x - half(step).0, isTask ? y + 12 : y - 10)
        let from = edge - 14 - Double(place) * 17
        if place > 0 {
            // As far as the circle before.
            canvas.line(from, at, from + 9.5, at, .ink3)
        } else {
            canvas.line(from, at, isTask ? edge - 1 : edge + 3, isTask ? at : y - 4, .ink3)
        }
        connector(&canvas, from, at, letter)
    }

    private func connector(_ canvas: inout Canvas, _ x: Double, _ y: Double, _ letter: String) {
        canvas.circle(x, y, 7.5, fill: .paper, stroke: .planMid, line: 1.25)
        canvas.text(letter, x, y + 3.6, size: 10, .planInk, anchor: .middle, bold: true)
    }

    private func box(_ canvas: inout Canvas, _ step: Typed<Step>, _ layout: Layout, share: Double, isSlowest: Bool) {
        let (x, y) = centre(step, layout)
        switch step.kind ?? .task {
        case .start, .end:
            canvas.circle(x, y, 13, fill: .paper, stroke: step.kind == .end ? .ink : .ink3, line: step.kind == .end ? 2.5 : 1.25)
            canvas.text(
                step.title ?? "", x, y + 25, size: 10.5, .ink2, anchor: .middle, within: Self.column - 8, lines: 1, halo: true)
        case .decision, .parallel:
            canvas.diamond(x, y, 15, fill: .paper, stroke: .ink2)
            canvas.text(step.kind == .parallel ? "+" : "?", x, y + 4, size: 12, .ink2, anchor: .middle)
            // Above, where a flow leads back below.
            let leadsBack = (step.next ?? []).compactMap { facts.plan.record($0, as: Step.self) }.contains {
                layout.band($0) == layout.band(step) && centre($0, layout).0 <= x - 1
            }
            canvas.text(
                step.title ?? "", x, leadsBack ? y - 20 : y + 26, size: 10.5, .ink2, anchor: .middle, within: Self.column - 8,
                lines: 1, halo: true)
        case .task:
            let isDark = share >= 0.85
            canvas.rect(
                x - Self.boxWidth / 2, y - Self.boxHeight / 2, Self.boxWidth, Self.boxHeight,
                fill: share > 0 ? .heat(share) : .paper, stroke: isSlowest ? .ink : .planMid, line: isSlowest ? 2 : 1, radius: 2)
            let spent = cost(step) > 0 ? duration(cost(step)) : nil
            // In the box, where no line of a lane or a flow is in its way.
            let time = spent.map { isSlowest ? "\(canvas.t("瓶颈", "Bottleneck")) · \($0)" : $0 }
            let lines = TextWidth.lines(step.title ?? "", width: Self.boxWidth - 8, size: 11, most: 2)
            let top = y - Double(lines.count + (time == nil ? 0 : 1) - 1) * Self.leading / 2 + 3.5
            for (index, line) in lines.enumerated() {
                canvas.text(line, x, top + Double(index) * Self.leading, size: 11, isDark ? .paper : .ink, anchor: .middle)
            }
            if let time {
                canvas.text(
                    time, x, top + Double(lines.count) * Self.leading, size: 10, isDark ? .paper : .ink2, anchor: .middle,
                    bold: isSlowest, within: Self.boxWidth - 6, lines: 1)
            }
        }
    }

    private func duration(_ minutes: Double) -> String {
        if minutes < 90 {
            return language == .chinese
                ? "\(DisplayText.number(minutes.rounded())) 分钟" : "\(DisplayText.number(minutes.rounded())) min"
        }
        let hours = (minutes / 6).rounded() / 10
        return language == .chinese ? "\(DisplayText.number(hours)) 小时" : "\(DisplayText.number(hours)) h"
    }

    private func half(_ step: Typed<Step>) -> (Double, Double) {
        switch step.kind ?? .task {
        case .start, .end: (13, 13)
        case .decision, .parallel: (15, 15)
        case .task: (Self.boxWidth / 2, Self.boxHeight / 2)
        }
    }

    private func flow(_ canvas: inout Canvas, _ from: Typed<Step>, _ to: Typed<Step>, _ layout: Layout) {
        let (a, b) = (centre(from, layout), centre(to, layout))
        let (ha, hb) = (half(from), half(to))
        if b.0 <= a.0 - 1 {
            // Back: below the boxes, dashed, so that a loop is seen as one.
            let y = max(a.1, b.1) + laneHeight / 2 - 6
            canvas.polyline([(a.0, a.1 + ha.1), (a.0, y), (b.0, y), (b.0, b.1 + hb.1 + 2)], .bad, width: 1.25, dash: "3 3")
            canvas.arrowHead(b.0, b.1 + hb.1, angle: 270, .bad)
        } else if abs(b.0 - a.0) < 1 {
            let down = b.1 > a.1
            canvas.line(a.0, a.1 + (down ? ha.1 : -ha.1), b.0, b.1 + (down ? -hb.1 - 2 : hb.1 + 2), .ink3)
            canvas.arrowHead(b.0, b.1 + (down ? -hb.1 : hb.1), angle: down ? 90 : 270, .ink3)
        } else {
            let turn = b.0 - Self.column / 2
            let points =
                abs(a.1 - b.1) < 1 && b.0 - a.0 < Self.column * 1.5
                ? [(a.0 + ha.0, a.1), (b.0 - hb.0 - 2, b.1)]
                : [
                    (a.0 + ha.0, a.1), (a.0 + Self.column / 2, a.1),
                    (a.0 + Self.column / 2, b.1 - (abs(a.1 - b.1) < 1 ? laneHeight / 2 - 8 : 0)),
                    (turn, b.1 - (abs(a.1 - b.1) < 1 ? laneHeight / 2 - 8 : 0)), (turn, b.1), (b.0 - hb.0 - 2, b.1),
                ]
            canvas.polyline(points, .ink3, width: 1)
            canvas.arrowHead(b.0 - hb.0, b.1, angle: 0, .ink3)
        }
    }

    /// The condition of a flow within a band, where its line leads.
    private func words(_ canvas: inout Canvas, _ from: Typed<Step>, _ to: Typed<Step>, _ layout: Layout) {
        let (a, b) = (centre(from, layout), centre(to, layout))
        if b.0 <= a.0 - 1 {
            let y = max(a.1, b.1) + laneHeight / 2 - 6
            canvas.text(condition(from, to), a.0 - 6, y - 3, size: 10, .ink2, anchor: .end, within: 74)
        } else if from.kind == .decision, abs(b.0 - a.0) >= 1 {
            let (isLevel, isNear) = (abs(a.1 - b.1) < 1, b.0 - a.0 < Self.column * 1.5)
            if isLevel, !isNear {
                // Past other boxes the flow runs above them, and so do its words, towards its end.
                let (said, end, foot) = (condition(from, to), b.0 - Self.column / 2 - 4, b.1 - laneHeight / 2 + 5)
                if said.isEmpty { return }
                let wide = min(TextWidth.of(said, size: 10), 74)
                // The line of the lane stops where the words are.
                canvas.rect(end - wide - 4, foot - 10, wide + 8, 12, fill: .paper)
                canvas.text(said, end, foot, size: 10, .ink2, anchor: .end, within: 74, lines: 1)
            } else if isLevel, runsAbove(from, layout) {
                canvas.text(
                    condition(from, to), b.0 - half(to).0 - 6, b.1 + 12, size: 10, .ink2, anchor: .end, within: 74, halo: true)
            } else {
                let end = b.0 - half(to).0 - (isLevel ? 6 : 16)
                label(&canvas, condition(from, to), end, b.1, within: end - max(a.0 + half(from).0, b.0 - Self.column / 2))
            }
        }
    }

    /// Whether a flow of the gateway rises beside it to pass other boxes, so that there is no room for words above its straight flow.
    private func runsAbove(_ gateway: Typed<Step>, _ layout: Layout) -> Bool {
        let at = centre(gateway, layout)
        return (gateway.next ?? []).contains { id in
            guard let step = facts.plan.record(id, as: Step.self), step.process == gateway.process else { return false }
            let other = centre(step, layout)
            return abs(other.1 - at.1) < 1 && other.0 - at.0 >= Self.column * 1.5
        }
    }

    /// The condition a gateway leads here by, and how often: just before a box whose middle is `y`; what is wider than the flow is long stands above it in two lines.
    private func label(_ canvas: inout Canvas, _ text: String, _ end: Double, _ y: Double, within room: Double) {
        let isWide = TextWidth.of(text, size: 10) > room
        canvas.text(
            text, end, isWide ? y - 11 : y - 5, size: 10, .ink2, anchor: .end, within: isWide ? max(room, 46) : 74,
            halo: true)
    }

    /// What a step says of how it is entered is said of the first gateway that leads to it; another's flow has its share alone.
    private func condition(_ from: Typed<Step>, _ to: Typed<Step>) -> String {
        let first = facts.plan.all(Step.self).first {
            $0.process == to.process && $0.kind == .decision && ($0.next ?? []).contains(to.id)
        }
        let own = first.map { $0.id == from.id } ?? true
        let share = own ? to.share ?? shares[from.id]?[to.id] : shares[from.id]?[to.id]
        return [own ? to.condition : nil, share.map(DisplayText.percent)].compactMap { $0 }.joined(separator: " ")
    }
}
