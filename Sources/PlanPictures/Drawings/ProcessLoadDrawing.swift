import PlanModel
import ProcessMining
import WorkingTime

/// What came in, what was finished and what was under way, day by day; weeks where there are many days.
public struct ProcessLoadDrawing {
    private let load: DailyLoad
    private let title: String
    private let style: PictureStyle
    private let language: Language

    private static let mostBars = 120

    public init(_ load: DailyLoad, title: String, style: PictureStyle, language: Language) {
        self.load = load
        self.title = title
        self.style = style
        self.language = language
    }

    /// - Returns: nil where nothing ever came in.
    public func draw() -> PlanPicture? {
        guard load.arrived.count > 1 else { return nil }
        let step =
            load.arrived.count <= Self.mostBars ? 1 : 7 * ((load.arrived.count + 7 * Self.mostBars - 1) / (7 * Self.mostBars))
        let finished = sums(load.finished, step)
        let arrived = sums(load.arrived, step)
        let open = sums(load.inProgress, step).enumerated().map { $1 / Double(min(step, load.inProgress.count - $0 * step)) }
        var canvas = Canvas(style, language, width: 960, height: 250)
        let (left, right) = (44.0, 950.0)
        let flow = Axis(finished + arrived, from: 104, to: 24, startsAtZero: true, most: 3)
        let stock = Axis(open, from: 214, to: 134, startsAtZero: true, most: 3)
        let width = (right - left) / Double(finished.count)
        func place(_ index: Int) -> Double { left + (Double(index) + 0.5) * width }
        for (axis, top, name) in [
            (
                flow, 14.0,
                step == 1
                    ? canvas.t("每天完成（柱）与到达（线）", "Finished (bars) and arrived (line) a day")
                    : canvas.t("每 \(step) 天完成（柱）与到达（线）", "Finished (bars) and arrived (line) in \(step) days")
            ),
            (
                stock, 126.0,
                step == 1 ? canvas.t("每天结束时在办", "In progress at the end of each day") : canvas.t("在办，平均", "In progress, mean")
            ),
        ] {
            canvas.text(name, left, top, size: 11, .ink2)
            for mark in axis.marks {
                canvas.line(left, axis(mark), right, axis(mark), .line2)
                canvas.text(DisplayText.number(mark), left - 6, axis(mark) + 4, size: 10, anchor: .end)
            }
        }
        for (index, count) in finished.enumerated() where count > 0 {
            canvas.rect(place(index) - width * 0.4, flow(count), width * 0.8, flow(0) - flow(count), fill: .planMid)
        }
        canvas.polyline(arrived.indices.map { (place($0), flow(arrived[$0])) }, .ink, width: 1.25)
        canvas.polyline(open.indices.map { (place($0), stock(open[$0])) }, .signal, width: 1.75)
        canvas.text("\(Day(number: load.firstDay))", left, 234, size: 10)
        canvas.text("\(Day(number: load.firstDay + load.arrived.count - 1))", right, 234, size: 10, anchor: .end)
        return canvas.picture(.processMap, title: title, sentence: sentence)
    }

    private func sums(_ counts: [Int], _ step: Int) -> [Double] {
        stride(from: 0, to: counts.count, by: step).map { begin in
            Double(counts[begin..<min(begin + step, counts.count)].reduce(0, +))
        }
    }

    private var sentence: String {
        let most = load.inProgress.max() ?? 0
        let peak = Day(number: load.firstDay + (load.inProgress.firstIndex(of: most) ?? 0))
        let mean = DisplayText.number((load.meanInProgress * 10).rounded() / 10)
        let (came, done) = (load.arrived.reduce(0, +), load.finished.reduce(0, +))
        return language == .chinese
            ? "共到达 \(came) 个、完成 \(done) 个；平均在办 \(mean) 个，最多 \(most) 个（\(peak)）。"
            : "\(came) came in and \(done) were finished; \(mean) in progress on average, \(most) at most (\(peak))."
    }
}
