import Markup
import PlanInsight
import PlanModel

/// Causes on five bones: man, machine, material, method, environment. Verified ones are blue.
struct FishboneDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let causes = facts.plan.all(Cause.self).filter { $0.bone != nil && $0.record.parent == nil }
        guard !causes.isEmpty else { return nil }
        let most = Bone.allCases.map { bone in causes.filter { $0.bone == bone }.count }.max() ?? 1
        let reach = 50 + Double(min(most, 7)) * (causes.contains { Self.lines($0) > 1 } ? 33 : 30)
        let spine = reach + 26
        var canvas = Canvas(style, language, width: 860, height: spine * 2 + 24)
        canvas.line(8, spine, 700, spine, .ink, width: 2)
        canvas.arrowHead(708, spine, angle: 0, .ink, size: 10)
        canvas.paragraph(effect(of: causes, canvas), 716, spine - 8, width: 140, size: 13, most: 4, .ink, bold: true)
        for (index, bone) in [Bone.man, .machine, .material].enumerated() {
            self.bone(
                &canvas, bone, causes.filter { $0.bone == bone }, foot: 250 + Double(index) * 210, spine: spine, reach: reach,
                up: true)
        }
        for (index, bone) in [Bone.method, .environment].enumerated() {
            self.bone(
                &canvas, bone, causes.filter { $0.bone == bone }, foot: 350 + Double(index) * 210, spine: spine, reach: reach,
                up: false)
        }
        let verified = causes.filter { $0.isVerified == true }.count
        canvas.text(
            canvas.t("蓝色：经数据验证　粗体：根本原因　灰色：尚未验证", "Blue: verified　Bold: root cause　Grey: not verified yet"), 8,
            canvas.height - 6, size: 10.5)
        return canvas.picture(
            .fishbone, title: canvas.t("鱼骨图", "Fishbone"),
            sentence: canvas.t(
                "五个维度共 \(causes.count) 个直接原因，\(verified) 个经数据验证。",
                "\(causes.count) direct causes in five categories, \(verified) of them verified."))
    }

    /// What the causes lead to: their problem, or the one that most of them have and how many others.
    private func effect(of causes: [Typed<Cause>], _ canvas: Canvas) -> String {
        let pains = causes.compactMap(\.pain)
        let counts = Dictionary(pains.map { ($0, 1) }, uniquingKeysWith: +)
        guard let first = pains.max(by: { counts[$0, default: 0] < counts[$1, default: 0] }),
            let title = facts.plan.record(first)?.title
        else { return facts.plan.title }
        let others = counts.count - 1
        if others == 0 { return title }
        return canvas.t("「\(title)」等 \(others + 1) 个痛点", "“\(title)” and \(others) more pain points")
    }

    private static let labelWidth = 126.0

    /// How many lines a cause takes beside its bone.
    private static func lines(_ cause: Typed<Cause>) -> Int {
        TextWidth.fit(cause.title ?? "", width: labelWidth, size: 11, most: 2).lines.count
    }

    private func bone(
        _ canvas: inout Canvas, _ bone: Bone, _ causes: [Typed<Cause>], foot: Double, spine: Double, reach: Double, up: Bool
    ) {
        let sign: Double = up ? -1 : 1
        let top = (foot - 92, spine + sign * reach)
        canvas.line(top.0, top.1, foot, spine, .ink2, width: 1.5)
        canvas.text(bone.label[language], top.0, top.1 + (up ? -8 : 18), size: 14, .ink, anchor: .middle, bold: true)
        for (index, cause) in causes.prefix(7).enumerated() {
            let share = (Double(index) + 0.9) / (Double(min(causes.count, 7)) + 0.9)
            let (x, y) = (top.0 + (foot - top.0) * share, top.1 + (spine - top.1) * share)
            let colour: Colour = cause.isVerified == true ? .planInk : .ink2
            // All lines stand above the stroke, and beside the bone where it leans over them.
            let height = Double(Self.lines(cause)) * 11 * TextWidth.tight
            let end = x - (up ? 4 + 92 / reach * height : 4)
            canvas.line(
                end - Self.labelWidth - 4, y, x, y, cause.isVerified == true ? .plan : .line2,
                width: cause.isVerified == true ? 1.5 : 1)
            canvas.text(
                cause.title ?? "", end, y - 4 - (height - 11 * TextWidth.tight) / 2, size: 11, colour, anchor: .end,
                bold: cause.isRoot == true, within: Self.labelWidth)
        }
        if causes.count > 7 { canvas.text("+\(causes.count - 7)", top.0 + 14, top.1 + (up ? 12 : -4), size: 10) }
    }
}

/// Chains of whys from a problem down to its root.
struct FiveWhyDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let all = chains
        return draw(Array(all.prefix(Self.mostChains)), of: all, rest: max(all.count - Self.mostChains, 0))
    }

    /// As many pages as the chains take; none is so full that its words would shrink.
    func pages() -> [PlanPicture] {
        let all = chains
        var pages: [[[Typed<Cause>]]] = []
        var room = 0.0
        for chain in all {
            let height = height(chain, box: box(all)) + Self.between
            if height > room {
                pages.append([])
                room = Self.pageHeight
            }
            pages[pages.count - 1].append(chain)
            room -= height
        }
        return pages.compactMap { draw($0, of: all, rest: 0) }
    }

    /// The pixels that a page turned sideways is high.
    private static let pageHeight = 540.0
    private static let (gap, between) = (26.0, 18.0)
    private var width: Double { style == .print ? 960 : 1100 }

    /// The width of a card. Frames are as wide as their stroke beyond it.
    private func box(_ chains: [[Typed<Cause>]]) -> Double {
        let longest = Double(chains.map(\.count).max() ?? 1)
        return (width - 2 - Self.gap * longest) / (longest + 1)
    }

    private func height(_ chain: [Typed<Cause>], box: Double) -> Double {
        let texts = [problem(chain)] + chain.map { $0.title ?? "" }
        return 28 + Double(texts.map { Self.lines($0, box: box).count }.max() ?? 1) * Self.line
    }

    /// - Parameters:
    ///   - all: what the sentence speaks of, and what the cards' width follows.
    ///   - rest: how many chains are not drawn at all.
    private func draw(_ chains: [[Typed<Cause>]], of all: [[Typed<Cause>]], rest: Int) -> PlanPicture? {
        guard !chains.isEmpty else { return nil }
        let (edge, gap, box) = (1.0, Self.gap, box(all))
        let heights = chains.map { height($0, box: box) }
        var canvas = Canvas(style, language, width: width, height: heights.reduce(4) { $0 + $1 + Self.between })
        var y = 4.0
        for (chain, height) in zip(chains, heights) {
            card(&canvas, problem(chain), nil, x: edge, y: y, box, height, isRoot: false, isProblem: true)
            for (index, cause) in chain.enumerated() {
                let x = edge + Double(index + 1) * (box + gap)
                canvas.line(x - gap + 2, y + height / 2, x - 6, y + height / 2, .ink3)
                canvas.arrowHead(x - 2, y + height / 2, angle: 0, .ink3)
                card(
                    &canvas, cause.title ?? "", canvas.t("为什么 \(index + 1)", "Why \(index + 1)"), x: x, y: y, box, height,
                    isRoot: cause.isRoot == true, isProblem: false)
            }
            y += height + Self.between
        }
        let roots = all.count { $0.contains { $0.isRoot == true } }
        return canvas.picture(
            .fiveWhy, title: canvas.t("五问法", "Five whys"),
            sentence: canvas.t(
                "\(all.count) 条追问链，找到根本原因 \(roots) 个\(rest > 0 ? "；图中为前 \(chains.count) 条" : "")。",
                "\(all.count) chains of whys, \(roots) with a root cause\(rest > 0 ? "; the first \(chains.count) are shown" : "")."
            )
        )
    }

    private static let mostChains = 5
    private static let (size, line) = (11.5, 17.0)

    /// The text of a card in its lines.
    private static func lines(_ text: String, box: Double) -> [String] {
        TextWidth.lines(text, width: box - 16, size: size, most: 6)
    }

    private func problem(_ chain: [Typed<Cause>]) -> String {
        chain.first?.pain.flatMap { facts.plan.record($0)?.title } ?? (language == .chinese ? "问题" : "Problem")
    }

    /// From each topmost cause with others below it down, always to the first cause within.
    private var chains: [[Typed<Cause>]] {
        let causes = facts.plan.all(Cause.self)
        let children = Dictionary(grouping: causes.filter { $0.record.parent != nil }) { $0.record.parent ?? 0 }
        return causes.filter { $0.record.parent == nil }.map { top in
            var chain = [top]
            while let next = children[chain[chain.count - 1].id.number]?.first, chain.count < 7 { chain.append(next) }
            return chain
        }.filter { $0.count > 1 }
    }

    private func card(
        _ canvas: inout Canvas, _ text: String, _ label: String?, x: Double, y: Double, _ width: Double, _ height: Double,
        isRoot: Bool, isProblem: Bool
    ) {
        canvas.rect(
            x, y, width, height, fill: isRoot ? .planSoft : isProblem ? .sunk : .paper, stroke: isRoot ? .plan : .line2,
            line: isRoot ? 1.5 : 1)
        canvas.text(
            isRoot ? canvas.t("根本原因", "Root cause") : label ?? canvas.t("问题", "Problem"), x + 8, y + 16, size: 10,
            isRoot ? .planInk : .ink3, bold: isRoot)
        for (index, line) in Self.lines(text, box: width).enumerated() {
            canvas.text(line, x + 8, y + 33 + Double(index) * Self.line, size: Self.size, .ink, bold: isProblem)
        }
    }
}

/// Effect against ease: what to do first stands at the top right.
struct PriorityMatrixDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        var items = facts.plan.all(Improvement.self).compactMap { item in
            item.effect.flatMap { effect in item.ease.map { (item.id.short, item.title ?? "", effect, $0) } }
        }
        if items.isEmpty {
            items = facts.plan.all(Cause.self).compactMap { item in
                item.effect.flatMap { effect in item.ease.map { (item.id.short, item.title ?? "", effect, $0) } }
            }
        }
        guard !items.isEmpty else { return nil }
        let size = 400.0
        var canvas = Canvas(style, language, width: 760, height: size + 40)
        canvas.rect(size / 2 + 30, 4, size / 2, size / 2, fill: .planWash)
        canvas.rect(30, 4, size, size, stroke: .line2)
        canvas.line(30, 4 + size / 2, 30 + size, 4 + size / 2, .line2)
        canvas.line(30 + size / 2, 4, 30 + size / 2, 4 + size, .line2)
        for (text, x, y, anchor) in [
            (canvas.t("先做", "Quick wins"), 24 + size, 20.0, Canvas.Anchor.end),
            (canvas.t("规划", "Major projects"), 36.0, 20.0, .start),
            (canvas.t("顺手做", "Fill-ins"), 24 + size, size - 2, .end), (canvas.t("放下", "Drop"), 36.0, size - 2, .start),
        ] {
            canvas.text(text, x, y, size: 11, .ink3, anchor: anchor)
        }
        canvas.text(canvas.t("越容易 →", "Easier →"), 30 + size, size + 22, anchor: .end)
        canvas.text(canvas.t("效果 ↑", "Effect ↑"), 30, size + 22)
        for (key, group) in Dictionary(grouping: items, by: { $0.2 * 10 + $0.3 }).sorted(by: { $0.key < $1.key }) {
            let (x, y) = (30 + size * (Double(key % 10) - 0.5) / 5, 4 + size * (1 - (Double(key / 10) - 0.5) / 5))
            let rows = min(group.count, 4)
            // Those of the same effect stand on one side of the line between quadrants, and all clear of the quadrants' names.
            let first =
                switch key / 10 {
                case 5: -8
                case 3: -8 - 16 * min(rows - 1, 2)
                case 1: 8 - 16 * (rows - 1)
                default: -8 - 16 * ((rows - 1) / 2)
                }
            for (index, item) in group.prefix(rows).enumerated() {
                let middle = y + Double(first + 16 * index)
                canvas.circle(x, middle, 4, fill: .plan)
                let more = index == 3 && group.count > 4 ? " +\(group.count - 4)" : ""
                canvas.text(item.0 + more, x + 8, middle + 4, size: 10.5, .ink)
            }
        }
        let ranked = items.sorted { ($0.2 * $0.3, $0.2) > ($1.2 * $1.3, $1.2) }
        let shown = ranked.count > 17 ? 16 : 17
        if ranked.count > shown {
            canvas.text(
                canvas.t("另有 \(ranked.count - shown) 项", "and \(ranked.count - shown) more"), size + 52, 18 + Double(shown) * 24,
                size: 11.5)
        }
        for (index, item) in ranked.prefix(shown).enumerated() {
            canvas.text(
                "\(item.0)　\(item.1)", size + 52, 18 + Double(index) * 24, size: 11.5, .ink, bold: item.2 >= 4 && item.3 >= 4,
                within: 270)
        }
        return canvas.picture(
            .priorityMatrix, title: canvas.t("效果与难易", "Effect and ease"),
            sentence: canvas.t("最值得先做的是\(ranked.first?.1 ?? "")。", "Top priority: \(ranked.first?.1 ?? "")."))
    }
}

/// Causes by how often they occur, the running share as a curve, and the line at four fifths that tells the vital few from the many.
struct ParetoDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let all = facts.plan.all(Cause.self).compactMap { cause in cause.occurrences.map { (cause.title ?? "", $0) } }.filter {
            $0.1 > 0
        }.sorted { $0.1 > $1.1 }
        let total = all.reduce(0) { $0 + $1.1 }
        guard all.count >= 3, total > 0 else { return nil }
        // The least of many are one bar.
        let rest = all.count > 10 ? all.dropFirst(9) : []
        let others = language == .chinese ? "其他 \(rest.count) 个原因" : "\(rest.count) other causes"
        let causes = all.dropLast(rest.count) + (rest.isEmpty ? [] : [(others, rest.reduce(0) { $0 + $1.1 })])
        let width = style == .print ? 720.0 : 760
        var canvas = Canvas(style, language, width: width, height: 300)
        let (left, right, top, foot) = (46.0, width - 46, 26.0, 236.0)
        let counts = Axis([0, total], from: foot, to: top, most: 4)
        func height(_ value: Double) -> Double { foot - (foot - top) * value / total }
        for mark in counts.marks where mark <= total {
            canvas.line(left, height(mark), right, height(mark), .line)
            canvas.text(DisplayText.number(mark), left - 6, height(mark) + 4, size: 10, anchor: .end)
        }
        for share in [0.0, 0.5, 1] {
            canvas.text(DisplayText.percent(share), right + 6, height(share * total) + 4, size: 10)
        }
        let step = (right - left) / Double(causes.count)
        var running: [Double] = []
        for (index, cause) in causes.enumerated() {
            let before = running.last ?? 0
            running.append(before + cause.1)
            let x = left + Double(index) * step
            // The vital few: those that carry the sum up to four fifths.
            canvas.rect(
                x + step * 0.14, height(cause.1), step * 0.72, foot - height(cause.1),
                fill: before < 0.8 * total ? .plan : .planMid)
            canvas.text(DisplayText.number(cause.1), x + step / 2, height(cause.1) - 5, size: 11, .ink, anchor: .middle)
            canvas.paragraph(cause.0, x + step * 0.06, foot + 16, width: step * 0.88, size: 10.5, most: 4, .ink2)
        }
        canvas.line(left, height(0.8 * total), right, height(0.8 * total), .signal, dash: "5 3")
        canvas.text("80%", right + 6, height(0.8 * total) + 4, size: 10.5, .signalInk, bold: true)
        let curve = running.enumerated().map { (left + (Double($0.offset) + 0.86) * step, height($0.element)) }
        canvas.polyline([(left, foot)] + curve, .ink, width: 1.5)
        for point in curve { canvas.circle(point.0, point.1, 2.5, fill: .ink) }
        canvas.text(canvas.t("次数　深色：合占八成的原因", "Times　dark: causes that make up four fifths"), left, 14, size: 10)
        canvas.text(canvas.t("累计占比", "Cumulative share"), right, 14, size: 10, anchor: .end)
        let few = running.filter { $0 < 0.8 * total }.count + 1
        let share = DisplayText.percent(running[few - 1] / total)
        return canvas.picture(
            .pareto, title: canvas.t("帕累托图", "Pareto chart"),
            sentence: canvas.t(
                "\(all.count) 个原因中，前 \(few) 个占 \(share)，最多的是\(causes.first?.0 ?? "")。",
                "Of \(all.count) causes, the first \(few) make up \(share); the most frequent is \(causes.first?.0 ?? "")."))
    }
}
