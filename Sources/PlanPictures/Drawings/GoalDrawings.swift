import Markup
import PlanInsight
import PlanModel
import WorkingTime

/// Goals as a tree with their progress.
struct GoalTreeDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let goals = facts.plan.all(Goal.self).filter { $0.isDropped != true }
        guard !goals.isEmpty else { return nil }
        let depths = Dictionary(
            uniqueKeysWithValues: zip(facts.plan.records(.of(Goal.self)).map(\.id), facts.plan.depths(.of(Goal.self))))
        var canvas = Canvas(style, language, width: 640, height: Double(goals.count) * 30 + 30)
        for (index, goal) in goals.enumerated() {
            let y = Double(index) * 30 + 18
            let indent = Double(depths[goal.id] ?? 0) * 22
            let state = facts.progress.goals[goal.id]
            if indent > 0 {
                canvas.path(
                    "M\((indent - 12).coordinate) \((y - 22).coordinate)V\((y - 3).coordinate)H\((indent - 3).coordinate)",
                    stroke: .line2)
            }
            canvas.text(goal.id.short, indent, y, size: 10)
            canvas.text(goal.title ?? "", indent + 34, y, size: 12, .ink, bold: indent == 0, within: 400 - indent)
            canvas.bar(450, y - 7, 130, progress: state?.progress, expected: state?.expected)
            canvas.text(state?.progress.map(DisplayText.percent) ?? "—", 622, y, .ink2, anchor: .end)
            canvas.mark(state?.status ?? .idle, 632, y - 4)
            canvas.line(0, y + 10, 640, y + 10, .line)
        }
        canvas.statuses(goals.map { facts.progress.goals[$0.id]?.status ?? .idle }, 0, canvas.height - 6)
        let late = goals.filter { facts.progress.goals[$0.id]?.status == .late }.count
        return canvas.picture(
            .goalTree, title: canvas.t("目标与进度", "Goals and progress"),
            sentence: canvas.t(
                "\(goals.count) 个目标，\(late == 0 ? "没有落后的" : "其中 \(late) 个落后")。竖线为按计划应到的位置，按期取数的以最近取数日计。",
                "\(goals.count) \(goals.count == 1 ? "goal" : "goals"), \(late == 0 ? "none" : "\(late)") of them off track. The tick marks where progress should be: today, or on the day of the latest value for what is measured at intervals."
            ))
    }
}

/// Company → department → projects: which goal supports which, with progress along the way.
struct CascadeDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    private struct Node {
        let goal: Typed<Goal>
        let x: Double
        let y: Double
        /// How far its words stand in, being part of another goal.
        let indent: Double
    }

    private static let footRoom = 24.0
    /// From goal to goal; closer on paper, where a tall picture is printed small.
    private var pitch: Double { style == .print ? 33 : 40 }

    func draw() -> PlanPicture? {
        guard !facts.plan.records(.of(Goal.self)).isEmpty else { return nil }
        let levels = columns
        guard levels.count > 1 else { return nil }
        let width = style == .print ? 1020.0 : 1240.0
        let gap = 64.0
        let nodeWidth = (width - gap * Double(levels.count - 1)) / Double(levels.count)
        let tallest = levels.map { $0.plans.reduce(0) { $0 + Double($1.goals.count) * pitch + 26 } }.max() ?? 0
        var canvas = Canvas(style, language, width: width, height: tallest + 34 + Self.footRoom)
        var nodes: [RecordID: Node] = [:]
        for (column, level) in levels.enumerated() {
            let x = Double(column) * (nodeWidth + gap)
            canvas.text(level.title, x, 14, .ink3)
            var y = 30.0
            for entry in level.plans {
                canvas.text(entry.plan.title, x, y + 8, size: 11, .ink2, bold: true, within: nodeWidth)
                y += 22
                for goal in entry.goals {
                    let indent = Double(min(entry.plan.depth(of: goal.record), 3)) * 12
                    nodes[goal.id] = Node(goal: goal, x: x, y: y, indent: indent)
                    y += pitch
                }
                y += 4
            }
        }
        links(&canvas, nodes, nodeWidth)
        for node in nodes.values.sorted(by: { ($0.x, $0.y) < ($1.x, $1.y) }) { draw(&canvas, node, nodes, nodeWidth) }
        foot(&canvas, nodes, nodeWidth)
        let company = levels.flatMap(\.plans).filter { $0.plan.blueprint == .company }.flatMap(\.goals)
        let orphans = company.count { $0.record.parent == nil && (facts.progress.below[$0.id] ?? []).isEmpty }
        return canvas.picture(
            .cascade, title: canvas.t("目标分解与对齐", "Cascade of goals"),
            sentence: company.isEmpty
                ? canvas.t("各计划的目标与它们的承接关系；没有公司计划。", "Goals of the plans and what supports what; there is no company plan.")
                : canvas.t(
                    "目标从公司分解到部门与各计划；\(orphans) 个公司目标无人承接。",
                    "Goals from company to department and plans; \(unsupported(orphans))."))
    }

    /// What the marks, lines and arrows mean.
    private func foot(_ canvas: inout Canvas, _ nodes: [RecordID: Node], _ width: Double) {
        let y = canvas.height - 6
        let end = canvas.statuses(nodes.values.map { facts.progress.goals[$0.goal.id]?.status ?? .idle }, 0, y)
        var words = [canvas.t("连线为承接关系，深色与本计划有关", "Lines: what supports what, darker where this plan is part of it")]
        if nodes.values.contains(where: { !far($0, nodes, width).isEmpty }) {
            words.append(canvas.t("「↗」后为承接的更上一层目标", "↗: the goal supported further up"))
        }
        canvas.text(
            words.joined(separator: canvas.t("；", "; ")), end + 6, y, size: 10.5, within: canvas.width - end - 6, lines: 1)
    }

    private func unsupported(_ orphans: Int) -> String {
        switch orphans {
        case 0: "every company goal is supported"
        case 1: "1 company goal is not supported by any plan"
        default: "\(orphans) company goals are not supported by any plan"
        }
    }

    private var shownPlans: [Plan] {
        facts.workspace.plans.filter { !$0.isArchived || $0.key == facts.plan.key }
    }

    private var columns: [(title: String, plans: [(plan: Plan, goals: [Typed<Goal>])])] {
        let kinds: [(String, [Blueprint])] =
            language == .chinese
            ? [("公司", [.company]), ("部门", [.department]), ("项目与专项", [.project, .sales, .improvement]), ("个人", [.growth])]
            : [
                ("Company", [.company]), ("Department", [.department]), ("Projects", [.project, .sales, .improvement]),
                ("People", [.growth]),
            ]
        return kinds.compactMap { title, blueprints in
            let plans = shownPlans.filter { blueprints.contains($0.blueprint) && $0.fields.isPrivate != true }.map { plan in
                (
                    plan: plan,
                    goals: plan.all(Goal.self).filter { $0.isDropped != true }
                )
            }.filter { !$0.goals.isEmpty }
            return plans.isEmpty ? nil : (title, plans)
        }
    }

    /// The goals that a goal supports; for one that is dropped, the one it is part of.
    private func upper(_ goal: Typed<Goal>, _ nodes: [RecordID: Node]) -> [RecordID] {
        var found: [RecordID] = []
        for supported in goal.supports ?? [] {
            var id = supported
            while nodes[id] == nil, let parent = facts.workspace.record(id)?.parent {
                id = RecordID(plan: id.plan, prefix: id.prefix, number: parent)
            }
            if !found.contains(id) { found.append(id) }
        }
        return found
    }

    /// Those it supports that no line leads to, since it would run through a column.
    private func far(_ node: Node, _ nodes: [RecordID: Node], _ width: Double) -> [RecordID] {
        upper(node.goal, nodes).filter { upper in nodes[upper].map { $0.x + width * 1.5 <= node.x - 64 } ?? false }
    }

    private func links(_ canvas: inout Canvas, _ nodes: [RecordID: Node], _ width: Double) {
        for node in nodes.values.sorted(by: { $0.goal.id.description < $1.goal.id.description }) {
            for upper in upper(node.goal, nodes) {
                // A line past a column would run through its words; such links stand as ids at the goal itself.
                guard let above = nodes[upper], above.x < node.x, above.x + width * 1.5 > node.x - 64 else { continue }
                let (x1, y1, x2, y2) = (above.x + width + 2, above.y + 8, node.x - 4, node.y + 8)
                let middle = (x1 + x2) / 2
                let isHere = node.goal.id.plan == facts.plan.key || above.goal.id.plan == facts.plan.key
                canvas.path(
                    "M\(x1.coordinate) \(y1.coordinate)C\(middle.coordinate) \(y1.coordinate) \(middle.coordinate) \(y2.coordinate) \(x2.coordinate) \(y2.coordinate)",
                    stroke: isHere ? .planMid : .line2, width: isHere ? 1.5 : 1.25)
            }
        }
    }

    private func draw(_ canvas: inout Canvas, _ node: Node, _ nodes: [RecordID: Node], _ width: Double) {
        let state = facts.progress.goals[node.goal.id]
        let left = node.x + node.indent
        if node.indent > 0 {
            canvas.path(
                "M\((left - 8).coordinate) \((node.y - 12).coordinate)V\((node.y + 8).coordinate)H\((left - 2).coordinate)",
                stroke: .line2)
        }
        canvas.text(node.goal.id.short, left, node.y + 12, size: 10)
        let far = far(node, nodes, width)
        let note = far.isEmpty ? "" : "↗" + far.map(\.short).joined(separator: " ")
        let noteWidth = note.isEmpty ? 0 : TextWidth.of(note, size: 10) + 8
        if !note.isEmpty { canvas.text(note, node.x + width - 52, node.y + 12, size: 10, .planInk, anchor: .end) }
        canvas.text(node.goal.title ?? "", left + 32, node.y + 12, size: 11.5, .ink, within: width - 88 - noteWidth - node.indent)
        canvas.text(
            state?.progress.map { "\(Int(nearest: $0 * 100))%" } ?? "—", node.x + width - 16, node.y + 12, size: 10.5, .ink2,
            anchor: .end)
        canvas.mark(state?.status ?? .idle, node.x + width - 6, node.y + 8)
        // Of two lines the second stands just above the bar, and the first clear of the bar before.
        canvas.bar(left, node.y + min(pitch - 11, 24), width - node.indent, progress: state?.progress, expected: nil, height: 3)
    }
}

/// Small lines of the measures: fact in ink, target path in blue, the forecast as bands of one half and four fifths.
struct MeasureTrendsDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        draw(Array(measures.prefix(24)))
    }

    /// As many pages as the measures take.
    func pages() -> [PlanPicture] { measures.pairs.evenly(most: 6).compactMap { draw($0.flatMap { $0 }) } }

    private var measures: [Typed<Measure>] { facts.plan.all(Measure.self).filter { ($0.values?.count ?? 0) >= 3 } }

    private func draw(_ measures: [Typed<Measure>]) -> PlanPicture? {
        guard !measures.isEmpty else { return nil }
        let (columns, cellWidth, cellHeight) = (style == .print ? 2 : 3, 320.0, 150.0)
        let rows = (measures.count + columns - 1) / columns
        var canvas = Canvas(style, language, width: Double(columns) * cellWidth, height: Double(rows) * cellHeight + 16)
        for (index, measure) in measures.enumerated() {
            cell(
                &canvas, measure, x: Double(index % columns) * cellWidth, y: Double(index / columns) * cellHeight,
                width: cellWidth - 26)
        }
        canvas.statuses(measures.map { facts.progress.measures[$0.id]?.status ?? .idle }, 0, canvas.height - 4)
        return canvas.picture(
            .measureTrends, title: canvas.t("指标走势", "Trends of measures"), sentence: sentence(self.measures))
    }

    /// What the lines of all pages show: who lags and who is not going to arrive, some of them by name.
    private func sentence(_ drawn: [Typed<Measure>]) -> String {
        let measures = facts.plan.all(Measure.self)
        let undrawn = measures.count - drawn.count
        let late = measures.filter { facts.progress.measures[$0.id]?.status == .late }
        let missed = measures.filter { facts.forecasts[$0.id]?.misses($0) == true }
        func names(_ list: [Typed<Measure>]) -> String {
            list.prefix(list.count == 4 ? 4 : 3).map { $0.title ?? $0.id.short }.joined(
                separator: language == .chinese ? "、" : ", ")
                + (list.count <= 4 ? "" : language == .chinese ? "等" : " and others")
        }
        guard language == .chinese else {
            let few =
                undrawn == 0
                ? ""
                : " \(undrawn) \(undrawn == 1 ? "measure" : "measures") with fewer than three values \(undrawn == 1 ? "is" : "are") not drawn."
            let bands =
                "Straight line and dot: the path to the target; light bands: the 50% and 80% intervals of the forecast." + few
            guard measures.count > 1 else {
                return
                    "The measure is \(late.isEmpty ? "not " : "")off track\(missed.isEmpty ? "" : "; it is forecast to miss its target"). \(bands)"
            }
            func part(_ list: [Typed<Measure>], _ fate: String) -> String {
                "\(list.isEmpty ? "none" : "\(list.count)") \(list.count > 1 ? "are" : "is") \(fate)\(list.isEmpty ? "" : " (\(names(list)))")"
            }
            let short =
                missed.isEmpty
                ? "" : "; " + part(missed, "forecast to miss the target even at the better end of the 80% interval")
            return "Of \(measures.count) measures, \(part(late, "off track"))\(short). \(bands)"
        }
        let behind = late.isEmpty ? "没有落后于路径的" : " \(late.count) 个落后于路径（\(names(late))）"
        let short = missed.isEmpty ? "" : "；预测 \(missed.count) 个到期连 80% 区间也达不到目标（\(names(missed))）"
        let few = undrawn == 0 ? "" : "不足三个数值的 \(undrawn) 个没有画出。"
        return "\(measures.count) 个指标中\(behind)\(short)。\(few)浅色直线与圆点为到目标的路径，浅色带为预测的 50% 与 80% 区间。"
    }

    /// The rest of the way: the 80 % range as a light band, the 50 % range in it, the middle dashed.
    private func draw(
        _ forecast: MeasureForecast, from now: (day: Day, value: Double), _ time: TimeAxis, _ axis: Axis, _ canvas: inout Canvas
    ) {
        let points = forecast.points.filter { $0.day <= time.end && $0.day > now.day }
        let start = (time(now.day), axis(now.value))
        for (range, colour, opacity) in [(\MeasureForecast.Point.band, Colour.planSoft, 0.6), (\.half, .planMid, 0.45)] {
            let upper = [start] + points.map { (time($0.day), axis($0[keyPath: range].upperBound)) }
            let lower = points.reversed().map { (time($0.day), axis($0[keyPath: range].lowerBound)) }
            canvas.path(Canvas.data(upper + lower, closed: true), fill: colour, opacity: opacity)
        }
        canvas.polyline([start] + points.map { (time($0.day), axis($0.value)) }, .ink3, width: 1.25, dash: "3 3")
    }

    /// The target path as the roll-up reads it: straight, in steps, through given values or by seasons.
    private func path(_ measure: Typed<Measure>, _ time: TimeAxis) -> [(day: Day, value: Double)] {
        guard let tracked = measure.tracked(in: facts.plan) else { return [] }
        let length = time.end - time.start
        let stride = max(1, length / 120)
        return Swift.stride(from: 0, through: length, by: stride).compactMap { offset in
            let day = time.start + offset
            return tracked.expectedValue(on: Int(day.number)).map { (day, $0) }
        }
    }

    private func cell(_ canvas: inout Canvas, _ measure: Typed<Measure>, x: Double, y: Double, width: Double) {
        guard let values = measure.values, let first = values.days.first, let last = values.days.last else { return }
        let state = facts.progress.measures[measure.id]
        canvas.mark(state?.status ?? .idle, x + 6, y + 12)
        let unit = max(TextWidth.of(measure.unit ?? "", size: 11) + 10, 54)
        canvas.text(measure.title ?? "", x + 16, y + 16, size: 12, .ink, bold: true, within: width - 16 - unit)
        canvas.text(measure.unit ?? "", x + width, y + 16, anchor: .end)
        let end = max(last, measure.due ?? facts.plan.fields.finish ?? last)
        let start = min(first, measure.baselineDate ?? first)
        let time = TimeAxis(start: start, end: end + 1, from: x, to: x + width - 44)
        let forecast = facts.forecasts[measure.id].flatMap { $0.points.isEmpty || $0.status == .cannotTell ? nil : $0 }
        let band = forecast.map { $0.points.flatMap { [$0.low, $0.high] } } ?? []
        // Of a flow that has to add up to the target, the target is of another size than the values.
        let isOwnSize = measure.isCumulative != true
        let path = isOwnSize && measure.direction != .milestone ? path(measure, time) : []
        let axis = Axis(
            tight: values.values + band + path.map(\.value)
                + (isOwnSize ? [measure.baseline, measure.target, measure.targetHigh].compactMap { $0 } : []), from: y + 116,
            to: y + 34)
        for mark in axis.marks {
            canvas.line(x, axis(mark), x + width - 40, axis(mark), .line)
            canvas.text(DisplayText.number(mark), x + width, axis(mark) + 4, size: 10, anchor: .end)
        }
        if isOwnSize, measure.direction == .range, let low = measure.target, let high = measure.targetHigh {
            canvas.rect(x, axis(max(low, high)), width - 44, axis(min(low, high)) - axis(max(low, high)), fill: .planWash)
        }
        canvas.polyline(path.map { (time($0.day), axis($0.value)) }, .planMid, width: 1.25)
        if isOwnSize, let target = measure.target { canvas.circle(time(end), axis(target), 3, fill: .plan) }
        let known = values.points.filter { $0.day <= facts.today }
        if let forecast, let now = known.last { draw(forecast, from: now, time, axis, &canvas) }
        canvas.polyline(known.map { (time($0.day), axis($0.value)) }, .ink, width: 1.75)
        if let now = known.last {
            canvas.circle(time(now.day), axis(now.value), 3, fill: .ink)
            canvas.text(
                measure.isComputed ? DisplayText.computed(now.value) : DisplayText.figure(now.value),
                min(time(now.day), x + width - 60), axis(now.value) - 7, size: 11, .ink,
                anchor: .middle, bold: true, halo: true)
        }
        if let forecast = facts.forecasts[measure.id], forecast.status == .cannotTell {
            canvas.text(canvas.t("看不出趋势", "No forecast possible"), x + width - 100, y + 132, size: 10, .ink4, anchor: .end)
        }
        canvas.text(Series.text(of: start), x, y + 132, size: 10)
        canvas.text(Series.text(of: end), x + width - 44, y + 132, size: 10, anchor: .end)
    }
}
