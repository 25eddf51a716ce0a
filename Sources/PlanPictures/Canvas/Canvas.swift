import Markup
import PlanInsight
import PlanModel

/// Where a picture is drawn: shapes and words in the one visual language, on the screen or on paper.
struct Canvas {
    enum Anchor: String {
        case start, middle, end
    }

    let style: PictureStyle
    let language: Language
    let width: Double
    var height: Double
    private var body = Markup()
    /// What scripts need to know of the whole picture, by name.
    var data: [String: String] = [:]
    /// Whether it is more than an image.
    private var hasLinks = false
    /// The size of the smallest words so far.
    private var smallestWords = 12.0

    init(_ style: PictureStyle, _ language: Language, width: Double, height: Double) {
        self.style = style
        self.language = language
        self.width = width
        self.height = height
    }

    func t(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    /// The whole picture with its sentence as text alternative.
    func picture(_ name: PictureName, title: String, sentence: String) -> PlanPicture {
        let isPrint = style == .print
        let attributes: [Attribute?] = [
            Attribute("xmlns", "http://www.w3.org/2000/svg"), isPrint ? nil : .class(screenClass),
            .viewBox(width, height, margin: margin), .width(width + 2 * margin), isPrint ? .height(height) : nil,
            isPrint ? Attribute("font-family", "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif") : nil,
            .role(hasLinks ? "group" : "img"),
            .aria("label", sentence),
        ]
        let svg = el(
            .svg, attributes + data.sorted { $0.key < $1.key }.map { Attribute.data($0.key, $0.value) },
            Markup {
                el(.title) { title }
                body
            })
        return PlanPicture(
            name: name, title: title, sentence: sentence, markup: svg, width: width + 2 * margin, height: height,
            smallestWords: smallestWords)
    }

    /// Air left and right of what is drawn: on paper, words and strokes that begin at the edge would lose part of their first pixel.
    private var margin: Double { style == .print ? 3 : 0 }

    /// By how much room it needs: small ones shrink with the page, others scroll where they would become too small to read.
    private var screenClass: String { width > 960 ? "pic vast" : width > 520 ? "pic large" : "pic" }

    // MARK: Words

    /// Words on paper have 6.5 pt where that takes no further line: small ones are drawn somewhat larger in a picture that is printed
    /// smaller.
    private func size(_ wanted: Double) -> Double {
        style == .print ? max(wanted, PlanPicture.leastWords(width: width + 2 * margin, height: height)) : wanted
    }

    /// Words whose first line, or whose middle where there are more lines, stands on `y`.
    ///
    /// - Parameters:
    ///   - within: the width there is. What is wider takes more lines, and a smaller size if need be, before it is cut.
    ///   - lines: how many there is room for.
    ///   - halo: whether a rim of paper keeps the lines that pass away from the words.
    mutating func text(
        _ text: String, _ x: Double, _ y: Double, size: Double = 11, _ colour: Colour = .ink3, anchor: Anchor = .start,
        bold: Bool = false, within: Double? = nil, lines: Int = 2, halo: Bool = false
    ) {
        guard let within else { return line(text, whole: text, x, y, self.size(size), colour, anchor, bold, halo) }
        let usual = TextWidth.fit(text, width: within, size: size, most: lines)
        let larger = TextWidth.fit(text, width: within, size: self.size(size), most: lines)
        let fit = larger.isWhole && larger.lines.count == usual.lines.count && larger.size > usual.size ? larger : usual
        let top = y - Double(fit.lines.count - 1) * fit.size * TextWidth.tight / 2
        for (index, line) in fit.lines.enumerated() {
            self.line(
                line, whole: fit.isWhole ? line : text, x, top + Double(index) * fit.size * TextWidth.tight, fit.size, colour,
                anchor, bold, halo)
        }
    }

    /// - Parameter whole: what a pointer is told where the line is cut.
    private mutating func line(
        _ text: String, whole: String, _ x: Double, _ y: Double, _ size: Double, _ colour: Colour, _ anchor: Anchor, _ bold: Bool,
        _ halo: Bool
    ) {
        smallestWords = min(smallestWords, size)
        body.append(
            el(
                .text, .x(x), .y(y), Attribute("font-size", size.coordinate), .fill(colour.value(style)),
                bold ? Attribute("font-weight", "600") : nil,
                anchor == .start ? nil : Attribute("text-anchor", anchor.rawValue),
                halo ? .stroke(Colour.paper.value(style)) : nil, halo ? Attribute("stroke-width", "3") : nil,
                halo ? Attribute("stroke-linejoin", "round") : nil, halo ? Attribute("paint-order", "stroke") : nil
            ) {
                if whole != text { el(.title) { whole } }
                text
            })
    }

    /// Lines below each other, `y` being the first line's foot. Returns the height used.
    @discardableResult
    mutating func paragraph(
        _ text: String, _ x: Double, _ y: Double, width: Double, size: Double = 11, most: Int = 3, _ colour: Colour = .ink2,
        anchor: Anchor = .start, bold: Bool = false
    ) -> Double {
        let usual = TextWidth.lines(text, width: width, size: size, most: most)
        let larger = TextWidth.lines(text, width: width, size: self.size(size), most: most)
        let (lines, drawn) =
            larger.count == usual.count && larger.joined() == usual.joined() ? (larger, self.size(size)) : (usual, size)
        for (index, line) in lines.enumerated() {
            self.line(line, whole: line, x, y + Double(index) * size * 1.45, drawn, colour, anchor, bold, false)
        }
        return Double(lines.count) * size * 1.45
    }

    // MARK: Shapes

    mutating func rect(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: Colour = .none, stroke: Colour = .none,
        line: Double = 1, radius: Double = 0
    ) {
        body.append(
            el(
                .rect, .x(x), .y(y), .width(max(width, 0)), .height(max(height, 0)), .fill(fill.value(style)),
                stroke == .none ? nil : .stroke(stroke.value(style)),
                stroke == .none ? nil : Attribute("stroke-width", line.coordinate),
                radius > 0 ? Attribute("rx", radius.coordinate) : nil))
    }

    /// An invisible place that a pointer can take hold of.
    mutating func handle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, title: String, _ data: [String: String]) {
        let place: [Attribute?] = [.class("handle"), .x(x), .y(y), .width(width), .height(height), .fill("transparent")]
        body.append(
            el(
                .rect, place + data.sorted { $0.key < $1.key }.map { Attribute.data($0.key, $0.value) },
                Markup { el(.title) { title } }))
    }

    /// What an address with this fragment brings into sight.
    mutating func place(_ id: String, _ x: Double, _ y: Double, width: Double) {
        body.append(el(.rect, .id(id), .x(x), .y(y), .width(width), .height(1), .fill("none")))
    }

    /// A square that leads to an address, with what is drawn in it.
    mutating func link(
        _ address: String, title: String, x: Double, y: Double, size: Double, _ draw: (inout Canvas) -> Void
    ) {
        let before = body
        body = el(.rect, .x(x), .y(y), .width(size), .height(size), .fill("transparent"))
        draw(&self)
        let drawn = body
        body = before
        hasLinks = true
        body.append(
            el(
                .a, [.href(address), .aria("label", title)],
                Markup {
                    el(.title) { title }
                    drawn
                }))
    }

    mutating func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ colour: Colour = .line, width: Double = 1, dash: String? = nil
    ) {
        path("M\(x1.coordinate) \(y1.coordinate)L\(x2.coordinate) \(y2.coordinate)", stroke: colour, width: width, dash: dash)
    }

    mutating func path(
        _ data: String, fill: Colour = .none, stroke: Colour = .none, width: Double = 1, dash: String? = nil, opacity: Double = 1
    ) {
        body.append(
            el(
                .path, .d(data), .fill(fill.value(style)), stroke == .none ? nil : .stroke(stroke.value(style)),
                stroke == .none ? nil : Attribute("stroke-width", width.coordinate),
                dash.map { Attribute("stroke-dasharray", $0) }, opacity < 1 ? Attribute("opacity", opacity.coordinate) : nil,
                stroke == .none ? nil : Attribute("stroke-linejoin", "round")))
    }

    mutating func polyline(_ points: [(Double, Double)], _ colour: Colour, width: Double = 1.5, dash: String? = nil) {
        guard points.count > 1 else { return }
        path(Canvas.data(points), stroke: colour, width: width, dash: dash)
    }

    static func data(_ points: [(Double, Double)], closed: Bool = false) -> String {
        "M" + points.map { "\($0.0.coordinate) \($0.1.coordinate)" }.joined(separator: "L") + (closed ? "Z" : "")
    }

    mutating func circle(
        _ x: Double, _ y: Double, _ radius: Double, fill: Colour = .none, stroke: Colour = .none, line: Double = 1.5
    ) {
        body.append(
            el(
                .circle, .cx(x), .cy(y), .r(radius), .fill(fill.value(style)),
                stroke == .none ? nil : .stroke(stroke.value(style)),
                stroke == .none ? nil : Attribute("stroke-width", line.coordinate)))
    }

    mutating func diamond(_ x: Double, _ y: Double, _ radius: Double, fill: Colour, stroke: Colour = .none) {
        path(
            Canvas.data([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], closed: true), fill: fill,
            stroke: stroke)
    }

    /// An arrow head whose tip is at (x, y), pointing along `angle`: 0 right, 90 down.
    mutating func arrowHead(_ x: Double, _ y: Double, angle: Double, _ colour: Colour, size: Double = 5) {
        let (sine, cosine) = (angle == 90 ? 1.0 : angle == 270 ? -1.0 : 0.0, angle == 0 ? 1.0 : angle == 180 ? -1.0 : 0.0)
        let (backX, backY) = (x - cosine * size, y - sine * size)
        path(
            Canvas.data(
                [
                    (x, y), (backX - sine * size * 0.55, backY - cosine * size * 0.55),
                    (backX + sine * size * 0.55, backY + cosine * size * 0.55),
                ], closed: true), fill: colour)
    }

    /// Status by shape, so that grey suffices.
    mutating func mark(_ status: Status, _ x: Double, _ y: Double) {
        switch status {
        case .idle: circle(x, y, 4, stroke: .ink4)
        case .done: polyline([(x - 4, y), (x - 1, y + 3), (x + 5, y - 4)], .good, width: 2)
        case .onTrack: circle(x, y, 4.5, fill: .good)
        case .watch: path(Canvas.data([(x, y - 5), (x + 5.5, y + 4.5), (x - 5.5, y + 4.5)], closed: true), fill: .warn)
        case .late: diamond(x, y, 5.5, fill: .bad)
        }
    }

    /// What the shapes of status mean, of those that are drawn, in a row.
    ///
    /// - Returns: where the row ends.
    @discardableResult
    mutating func statuses(_ drawn: some Sequence<Status>, _ x: Double, _ y: Double) -> Double {
        let drawn = Set(drawn)
        var end = x
        for status in Status.allCases where drawn.contains(status) {
            mark(status, end + 6, y - 4)
            text(status.label[language], end + 16, y, size: 10.5)
            end += 16 + TextWidth.of(status.label[language], size: 10.5) + 18
        }
        return end
    }

    /// Progress with a tick where it should be today.
    mutating func bar(_ x: Double, _ y: Double, _ width: Double, progress: Double?, expected: Double?, height: Double = 5) {
        rect(x, y, width, height, fill: .planSoft)
        if let progress { rect(x, y, width * min(max(progress, 0), 1), height, fill: .plan) }
        if let expected { rect(x + width * min(max(expected, 0), 1) - 1, y - 3, 2, height + 6, fill: .ink) }
    }
}
