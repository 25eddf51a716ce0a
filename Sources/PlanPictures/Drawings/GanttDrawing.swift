import Markup
import PlanInsight
import PlanModel
import WorkingTime

/// Bars over time: full for done, soft for to do, ink outline for critical, grey below for the baseline, dotted tail for float.
struct GanttDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language
    /// Only the tasks at these places in document order; all if left out.
    var places: [Int]?
    /// Where a click on the mark before a summary leads, and whether the summary is open; without, there is no mark.
    var folds: [RecordID: GanttFold] = [:]

    private struct Row {
        let task: Typed<PlanTask>
        let dates: TaskDates
        let depth: Int
    }

    /// What all pages of one chart share, looked for once.
    private struct Common {
        let days: ClosedRange<Day>
        let hasCritical, hasBaseline, hasFloat, hasMilestone, hasManual, hasConstraint, hasPauses, hasRecurring: Bool
        let sentence: String
    }

    /// Names and figures beside the bars, the bars, or both in one picture.
    private enum Part {
        case whole, names, bars
    }

    private static let rowHeight = 24.0
    private static let head = 46.0
    /// On paper, where the column beside the titles ends so that the longest of them has room on one line.
    var titlesEnd = 248.0
    /// Where the columns beside the titles end; on a screen all windows of a plan have the same.
    private var daysEnd: Double { style == .print ? titlesEnd : 308 }
    private var floatEnd: Double { daysEnd + 42 }
    private var labels: Double { style == .print && !facts.isLinked ? daysEnd + 12 : daysEnd + 52 }

    /// Days off are drawn where a day is at least as wide.
    private static let restWidth = 2.2

    /// Rows on a page that can still be read.
    private static let rowsOnPage = 22
    /// Rows that a picture among others shows on a screen; the page of the schedule has all.
    private static let rowsOnScreen = 120

    /// The picture in one piece; of a long plan, folded to as many levels as can be taken in.
    func draw() -> PlanPicture? {
        if style == .print { return withRoom(for: rows).draw(rows, unseen: 0) }
        guard places == nil else { return draw(rows, unseen: 0) }
        var folded = self
        let places = TaskFolding(showing: Self.rowsOnScreen, of: facts).places(of: facts)
        folded.places = Array(places.prefix(Self.rowsOnScreen))
        return folded.draw(folded.rows, unseen: max(facts.schedule.tasks.count - Self.rowsOnScreen, 0))
    }

    private func draw(_ rows: [Row], unseen: Int) -> PlanPicture? { common(rows).map { draw(rows, $0, unseen: unseen) } }

    /// Names and bars as two pictures of the same height, a day being so many pixels wide: the bars may be wider than the screen.
    func parts(day: Double) -> (names: PlanPicture, bars: PlanPicture)? {
        let rows = rows
        guard let common = common(rows) else { return nil }
        let days = axis(common, from: 0, to: 1)
        let width = max(Double(days.end - days.start) * day, 480)
        return (
            draw(rows, common, unseen: 0, .names, width: labels), draw(rows, common, unseen: 0, .bars, width: width)
        )
    }

    /// All tasks, as many pages as they take, with one axis of time.
    func pages() -> [PlanPicture] {
        let all = rows
        guard let common = common(all) else { return [] }
        let roomy = withRoom(for: all)
        return all.evenly(most: Self.rowsOnPage).map { roomy.draw($0, common, unseen: 0) }
    }

    /// The same with titles as wide as they need, up to a third of the page.
    private func withRoom(for rows: [Row]) -> GanttDrawing {
        let widest = rows.map { indent($0) + TextWidth.of($0.task.title ?? "", size: Self.titleSize) * 1.05 }.max() ?? 0
        var drawing = self
        drawing.titlesEnd = min(max(widest + Self.daysRoom, titlesEnd), 340)
        return drawing
    }

    private static let titleSize = 11.5
    /// What the days of a task take beside its title.
    private static let daysRoom = 36.0

    private func indent(_ row: Row) -> Double { (folds.isEmpty ? 44 : 58) + Double(row.depth) * 11 }

    /// `nil` where there is nothing to draw.
    private func common(_ rows: [Row]) -> Common? {
        guard let first = rows.lazy.map(\.dates.start).min(),
            let last = rows.lazy.map({ max($0.dates.finish, $0.task.baselineFinish ?? $0.dates.finish) }).max()
        else { return nil }
        let open = rows.filter { !$0.dates.isSummary && $0.task.isMilestone != true && $0.task.share < 1 }
        return Common(
            days: first...max(first, last), hasCritical: open.contains { facts.isCritical($0.dates) },
            hasBaseline: rows.contains { $0.task.baselineStart != nil && $0.task.baselineFinish != nil },
            hasFloat: facts.isLinked && open.contains { $0.dates.totalFloat > 0 },
            hasMilestone: rows.contains { $0.task.isMilestone == true },
            hasManual: rows.contains { $0.task.isManual == true },
            hasConstraint: style == .screen && rows.contains { !$0.dates.isSummary && Self.isHeld($0.task) },
            hasPauses: rows.contains { !$0.dates.pauses.isEmpty }, hasRecurring: rows.contains(where: \.task.isRecurring),
            sentence: sentence)
    }

    /// - Parameter unseen: how many tasks the picture says it leaves out.
    private func draw(_ rows: [Row], _ common: Common, unseen: Int, _ part: Part = .whole, width given: Double? = nil)
        -> PlanPicture
    {
        let width = given ?? (style == .print ? 1020.0 : 1240.0)
        var canvas = Canvas(style, language, width: width, height: Self.head + Double(rows.count) * Self.rowHeight + 50)
        let axis = axis(common, from: part == .whole ? labels : 0, to: width)
        if part != .names {
            ground(&canvas, axis, rows.count)
            links(&canvas, axis, rows)
        }
        heads(&canvas, part)
        for (index, row) in rows.enumerated() {
            let y = Self.head + Double(index) * Self.rowHeight
            canvas.line(0, y + Self.rowHeight, canvas.width, y + Self.rowHeight, .line)
            if part != .bars { names(&canvas, row, y) }
            if part != .names { bars(&canvas, axis, row, y) }
        }
        if part == .names {
            return canvas.picture(.gantt, title: canvas.t("任务", "Tasks"), sentence: canvas.t("甘特图各行的任务", "The tasks of the rows"))
        }
        today(&canvas, axis, rows.count, part)
        legend(&canvas, axis, common, unseen: unseen)
        if style == .screen {
            let rest = (axis.start..<axis.end).filter { !facts.schedule.calendar.isWorkingDay($0) }.map(\.description)
            canvas.data["day"] = axis.dayWidth.coordinate
            canvas.data["rest"] = rest.joined(separator: ",")
        }
        return canvas.picture(.gantt, title: canvas.t("甘特图", "Gantt chart"), sentence: common.sentence)
    }

    private func axis(_ common: Common, from: Double, to: Double) -> TimeAxis {
        let (first, last) = (common.days.lowerBound, common.days.upperBound)
        return TimeAxis(start: first - 3, end: last + max(8, (last - first) / 14), from: from, to: to)
    }

    private var sentence: String {
        let finish = facts.schedule.finish.map { DisplayText.long($0, language) } ?? ""
        let count = facts.schedule.criticalCount
        let unknown = DisplayText.years(facts.unpublishedYears, language)
        let holidays =
            unknown.isEmpty
            ? ""
            : language == .chinese
                ? "\(unknown)年放假安排尚未公布，仅按周末计算。" : " Public holidays of \(unknown) are not announced yet; weekends only."
        guard facts.isLinked else {
            return (language == .chinese ? "预计 \(finish)完成。" : "Expected to finish on \(finish).") + holidays
        }
        return
            (language == .chinese
            ? "预计 \(finish)完成，关键任务 \(count) 项。"
            : "Expected to finish on \(finish); \(count) \(count == 1 ? "task is" : "tasks are") critical.") + holidays
    }

    private var rows: [Row] {
        let all = 0..<facts.schedule.dates.count
        return (places?.filter(all.contains) ?? Array(all)).filter { !facts.schedule.dates[$0].isInactive }.map {
            let task = facts.schedule.tasks[$0]
            return Row(task: task, dates: facts.schedule.dates[$0], depth: facts.plan.depth(of: task.record))
        }
    }

    // MARK: Ground

    private func ground(_ canvas: inout Canvas, _ axis: TimeAxis, _ count: Int) {
        let bottom = Self.head + Double(count) * Self.rowHeight
        let calendar = facts.schedule.calendar
        if axis.dayWidth >= Self.restWidth {
            for day in axis.start..<axis.end where !calendar.isWorkingDay(day) {
                canvas.rect(axis(day), Self.head, axis.dayWidth, bottom - Self.head, fill: .rest)
            }
        }
        if hasSpecialDays(axis) { specialDays(&canvas, axis, calendar) }
        for (month, name) in axis.monthNames(language) {
            canvas.line(axis(month), 6, axis(month), bottom, .line2)
            if let name { canvas.text(name, axis(month) + 4, 16, .ink2, bold: month.month == 1) }
        }
        if axis.dayWidth >= 3.4 {
            var day = axis.start + (8 - axis.start.weekday) % 7
            while day < axis.end {
                // Where the mark of today stands, it is the label.
                let isCovered = axis(day) > axis(facts.today) - 72 && axis(day) < axis(facts.today) + 40
                if !isCovered || facts.today < axis.start { canvas.text(date(day), axis(day) + 2, 38, size: 10) }
                day = day + (axis.dayWidth >= 5.5 ? 7 : 14)
            }
        }
    }

    private func heads(_ canvas: inout Canvas, _ part: Part) {
        canvas.line(0, Self.head, canvas.width, Self.head, .line2)
        if part == .bars { return }
        canvas.text(canvas.t("任务", "Task"), 44, 38)
        canvas.text(canvas.t("天数", "Days"), daysEnd, 38, anchor: .end)
        if facts.isLinked { canvas.text(canvas.t("总时差", "Float"), floatEnd, 38, anchor: .end) }
    }

    /// Whether public holidays and make-up working days are marked.
    private func hasSpecialDays(_ axis: TimeAxis) -> Bool {
        axis.dayWidth >= 5 && (axis.start..<axis.end).contains { facts.schedule.calendar.dayKind($0).name != nil }
    }

    private func specialDays(_ canvas: inout Canvas, _ axis: TimeAxis, _ calendar: WorkCalendar) {
        var free = axis.from
        for day in axis.start..<axis.end {
            guard calendar.dayKind(day).name != nil else { continue }
            let isWork = calendar.isWorkingDay(day)
            canvas.rect(axis(day), Self.head - 2.5, axis.dayWidth, 2.5, fill: isWork ? .plan : .ink3)
            let isFirst = calendar.dayKind(day - 1).name == nil || calendar.isWorkingDay(day - 1) != isWork
            if isFirst, axis(day) >= free {
                free = axis(day) + 11
                canvas.text(
                    isWork ? canvas.t("班", "W") : canvas.t("休", "H"), axis(day) + 1, 27, size: 10, isWork ? .planInk : .ink2)
            }
        }
    }

    // MARK: A row

    private func names(_ canvas: inout Canvas, _ row: Row, _ y: Double) {
        let middle = y + Self.rowHeight / 2
        canvas.text(row.task.id.short, 0, middle + 4, size: 10)
        let indent = indent(row)
        if let fold = folds[row.task.id] { mark(&canvas, fold, row, indent, middle) }
        let (title, room) = (row.task.title ?? "", daysEnd - Self.daysRoom - indent)
        // Two lines stand clear of the rules of the row.
        let isLong = TextWidth.of(title, size: Self.titleSize) > room
        canvas.text(
            title, indent, middle + 4, size: isLong ? 9.5 : Self.titleSize, row.dates.isSummary ? .ink : .ink2,
            bold: row.dates.isSummary, within: room)
        canvas.text(
            row.task.isMilestone == true ? "◇" : days(row.dates.duration), daysEnd, middle + 4, anchor: .end)
        if facts.isLinked, !row.dates.isSummary, row.task.share < 1 {
            canvas.text(
                float(row.dates.totalFloat), floatEnd, middle + 4, row.dates.isCritical ? .bad : .ink2, anchor: .end)
        }
    }

    /// Half days, as people plan; tenths of what is shorter than a day, and whole ones of what is long.
    private func days(_ days: Double) -> String {
        DisplayText.number(days < 1 ? (days * 10).rounded() / 10 : days < 100 ? (days * 2).rounded() / 2 : days.rounded())
    }

    /// As in the tables of tasks.
    private func float(_ days: Double) -> String { DisplayText.number((days * 10).rounded() / 10) }

    /// A triangle that opens or closes a summary; what can be hit is as large as a finger.
    private func mark(_ canvas: inout Canvas, _ fold: GanttFold, _ row: Row, _ indent: Double, _ middle: Double) {
        let title = row.task.title ?? row.task.id.short
        let words = fold.isOpen ? canvas.t("收起\(title)", "Close \(title)") : canvas.t("展开\(title)", "Open \(title)")
        canvas.link(fold.address, title: words, x: indent - 21, y: middle - 12, size: 24) { canvas in
            let (x, points) = (
                indent - 9, fold.isOpen ? [(-4.5, -2.5), (4.5, -2.5), (0, 3.5)] : [(-2.5, -4.5), (3.5, 0), (-2.5, 4.5)]
            )
            canvas.path(Canvas.data(points.map { (x + $0.0, middle + $0.1) }, closed: true), fill: .ink2)
        }
    }

    private func bars(_ canvas: inout Canvas, _ axis: TimeAxis, _ row: Row, _ y: Double) {
        let middle = y + Self.rowHeight / 2
        let (left, right) = (axis(row.dates.start), axis(row.dates.finish + 1))
        if let start = row.task.baselineStart, let finish = row.task.baselineFinish, row.task.isMilestone != true {
            canvas.rect(axis(start), y + Self.rowHeight - 5, axis(finish + 1) - axis(start), 2, fill: .ink4)
        }
        if row.dates.isSummary {
            canvas.path(
                Canvas.data(
                    [
                        (left, middle - 4), (right, middle - 4), (right, middle + 4), (right - 4, middle), (left + 4, middle),
                        (left, middle + 4),
                    ], closed: true), fill: .ink2)
        } else if row.task.isMilestone == true {
            let x = axis(row.dates.finish) + axis.dayWidth
            if let baseline = row.task.baselineFinish, baseline != row.dates.finish {
                canvas.diamond(axis(baseline) + axis.dayWidth, middle, 5, fill: .paper, stroke: .ink4)
            }
            canvas.diamond(x, middle, 5.5, fill: row.task.share >= 1 ? .plan : .ink)
            let isAtEdge = x > canvas.width - 46
            // The line to what follows is covered, not only rimmed.
            let wide = TextWidth.of(date(row.dates.finish), size: 10) + 4
            canvas.rect(isAtEdge ? x - 7 - wide : x + 7, middle - 5, wide, 10, fill: .paper)
            canvas.text(
                date(row.dates.finish), isAtEdge ? x - 9 : x + 9, middle + 4, size: 10, .ink, anchor: isAtEdge ? .end : .start,
                halo: true)
            if style == .screen { handle(&canvas, row, left: x - 7, width: 14, middle: middle) }
        } else {
            bar(&canvas, axis, row, left: left, right: right, middle: middle)
        }
    }

    private func bar(_ canvas: inout Canvas, _ axis: TimeAxis, _ row: Row, left: Double, right: Double, middle: Double) {
        let width = max(right - left, 2)
        if facts.isLinked, row.dates.totalFloat > 0, row.task.share < 1, axis(row.dates.lateFinish + 1) > right {
            let end = min(axis(row.dates.lateFinish + 1), canvas.width)
            canvas.line(right, middle, end, middle, .planMid, width: 1.25, dash: "1 3")
            canvas.line(end, middle - 3, end, middle + 3, .planMid, width: 1.25)
        }
        if row.task.isRecurring {
            times(&canvas, axis, row, left: left, right: right, middle: middle)
        } else {
            canvas.rect(left, middle - 5, width, 10, fill: .planSoft)
            canvas.rect(left, middle - 5, width * row.task.share, 10, fill: .plan)
            if facts.isCritical(row.dates), row.task.share < 1 {
                canvas.rect(left, middle - 5, width, 10, stroke: .ink, line: 1.5)
            }
        }
        for pause in row.dates.pauses {
            let (from, to) = (axis(pause.lowerBound), axis(pause.upperBound + 1))
            canvas.rect(from, middle - 6, to - from, 12, fill: .paper)
            canvas.line(from, middle, to, middle, .ink3, width: 1, dash: "2 2")
        }
        if row.task.isManual == true {
            for x in [left, right] { canvas.line(x, middle - 8, x, middle + 8, .ink, width: 1.5) }
        }
        if style == .screen { handle(&canvas, row, left: left, width: width, middle: middle) }
    }

    /// Each time of what recurs on a thin line, dark as far as it is done.
    private func times(_ canvas: inout Canvas, _ axis: TimeAxis, _ row: Row, left: Double, right: Double, middle: Double) {
        let times = facts.schedule.occurrences(of: row.task)
        let done = Int((row.task.share * Double(times.count)).rounded())
        canvas.line(left, middle, right, middle, facts.isCritical(row.dates) && row.task.share < 1 ? .ink : .planMid, width: 1)
        for (index, time) in times.enumerated() {
            let x = axis(time.days.lowerBound)
            let wide = max(axis(time.days.upperBound + 1) - x, 2)
            canvas.rect(x, middle - 5, wide, 10, fill: index < done ? .plan : .planSoft, stroke: .planMid, line: 0.5)
        }
    }

    /// What a pointer takes hold of to move the task, change its duration or link it; finished tasks do not change, started ones do not
    /// move.
    private func handle(_ canvas: inout Canvas, _ row: Row, left: Double, width: Double, middle: Double) {
        let task = row.task
        let waits = !(task.predecessors ?? []).isEmpty || (task.constraint ?? .asSoonAsPossible) != .asSoonAsPossible
        let isArchived = facts.plan.isArchived
        let isOpen = task.share == 0 && task.actualStart == nil && !isArchived
        let title = [task.title, task.constraintWords?[language]].compactMap { $0 }.joined(separator: canvas.t("　", " · "))
        constraint(&canvas, task, left: left, right: left + width, middle: middle)
        canvas.handle(
            left, middle - 9, max(width, 6), 18, title: title,
            [
                "bar": "/plans/\(facts.plan.key)/tasks/\(task.id.short)", "start": "\(row.dates.start)",
                "finish": "\(row.dates.finish)",
                "move": isOpen ? task.isManual == true ? "both" : waits ? "constraint" : "start" : "",
                "point": task.isMilestone == true ? "1" : "", "done": task.share >= 1 || isArchived ? "1" : "",
            ])
    }

    /// A small wedge at the end of the bar that a constraint with a day holds.
    private func constraint(_ canvas: inout Canvas, _ task: Typed<PlanTask>, left: Double, right: Double, middle: Double) {
        guard let constraint = task.constraint, Self.isHeld(task) else { return }
        let holdsFinish = [.mustFinishOn, .finishNoEarlierThan, .finishNoLaterThan].contains(constraint)
        Self.wedge(&canvas, holdsFinish ? right + 1 : left - 1, middle, away: holdsFinish ? 5 : -5)
    }

    private static func isHeld(_ task: Typed<PlanTask>) -> Bool {
        task.constraint?.needsDate == true && task.constraintDate != nil && task.share < 1
    }

    private static func wedge(_ canvas: inout Canvas, _ x: Double, _ middle: Double, away: Double) {
        canvas.path(Canvas.data([(x, middle), (x + away, middle - 4), (x + away, middle + 4)], closed: true), fill: .ink2)
    }

    // MARK: Links and today

    private func links(_ canvas: inout Canvas, _ axis: TimeAxis, _ rows: [Row]) {
        let places = Dictionary(rows.enumerated().map { ($1.task.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (index, row) in rows.enumerated() {
            for link in row.task.predecessors ?? [] {
                guard let from = places[link.predecessor], from != index else { continue }
                let predecessor = rows[from]
                let fromFinish = link.relation == .finishToStart || link.relation == .finishToFinish
                let toStart = link.relation == .finishToStart || link.relation == .startToStart
                let x1 = fromFinish ? axis(predecessor.dates.finish + 1) : axis(predecessor.dates.start)
                let x2 = toStart ? axis(row.dates.start) + 3 : axis(row.dates.finish + 1) - 2
                let y1 = Self.head + (Double(from) + 0.5) * Self.rowHeight
                let isDown = index > from
                let y2 = Self.head + (Double(index) + 0.5) * Self.rowHeight + (isDown ? -6 : 6)
                let isCritical = facts.isCritical(predecessor.dates) && facts.isCritical(row.dates) && row.task.share < 1
                let colour: Colour = isCritical ? .ink : .ink4
                canvas.polyline(
                    x2 >= x1
                        ? [(x1, y1), (x2, y1), (x2, y2)]
                        : [(x1, y1), (x1 + 5, y1), (x1 + 5, y1 + (isDown ? 12 : -12)), (x2, y1 + (isDown ? 12 : -12)), (x2, y2)],
                    colour, width: isCritical ? 1.25 : 1)
                canvas.arrowHead(x2, y2, angle: isDown ? 90 : 270, colour, size: 4)
            }
        }
    }

    private func today(_ canvas: inout Canvas, _ axis: TimeAxis, _ count: Int, _ part: Part) {
        guard facts.today >= axis.start, facts.today < axis.end else { return }
        let x = axis(facts.today) + axis.dayWidth / 2
        canvas.line(x, Self.head - 14, x, Self.head + Double(count) * Self.rowHeight, .signal, width: 1.5)
        if part == .bars { canvas.place("today", x - 120, 0, width: 360) }
        let isGiven = facts.plan.fields.statusDate != nil
        let label = (isGiven ? canvas.t("截至", "As of") : canvas.t("今天", "Today")) + " " + date(facts.today)
        let wide = TextWidth.of(label, size: 10) + 10
        // Beside the heads of the columns, not over them.
        let left = min(max(x - wide / 2, axis.from), axis.to - wide)
        canvas.rect(left, Self.head - 16, wide, 14, fill: .signal, radius: 1)
        canvas.text(label, left + wide / 2, Self.head - 5.5, size: 10, .onSignal, anchor: .middle, bold: true)
    }

    /// `11/20`, `20 Nov`: as short as a reader of the language takes it.
    private func date(_ day: Day) -> String {
        language == .chinese ? "\(day.month)/\(day.day)" : DisplayText.short(day, language)
    }

    private func legend(_ canvas: inout Canvas, _ axis: TimeAxis, _ common: Common, unseen: Int) {
        let y = canvas.height - 28
        var x = 0.0
        func entry(_ canvas: inout Canvas, _ label: String, _ shape: (inout Canvas, Double) -> Void) {
            shape(&canvas, x)
            canvas.text(label, x + 30, y, size: 10.5)
            x += 30 + TextWidth.of(label, size: 10.5) + 22
        }
        entry(&canvas, canvas.t("任务，深色为已完成", "Task (dark: done)")) {
            $0.rect($1, y - 9, 24, 9, fill: .planSoft); $0.rect($1, y - 9, 12, 9, fill: .plan)
        }
        if common.hasCritical {
            entry(&canvas, canvas.t("关键路径", "Critical")) {
                $0.rect($1 + 1, y - 9, 22, 9, fill: .planSoft, stroke: .ink, line: 1.5)
            }
        }
        if common.hasBaseline { entry(&canvas, canvas.t("基线", "Baseline")) { $0.rect($1, y - 5, 24, 2, fill: .ink4) } }
        if common.hasFloat {
            entry(&canvas, canvas.t("总时差", "Float")) { $0.line($1, y - 4, $1 + 24, y - 4, .planMid, width: 1.25, dash: "1 3") }
        }
        if common.hasMilestone { entry(&canvas, canvas.t("里程碑", "Milestone")) { $0.diamond($1 + 12, y - 4, 5, fill: .ink) } }
        if common.hasManual {
            entry(&canvas, canvas.t("手工排期", "Manually scheduled")) { canvas, x in
                canvas.rect(x, y - 9, 24, 9, fill: .planSoft)
                for end in [x, x + 24] { canvas.line(end, y - 12, end, y + 2, .ink, width: 1.5) }
            }
        }
        if common.hasConstraint {
            entry(&canvas, canvas.t("限制日期", "Constraint")) { Self.wedge(&$0, $1 + 8, y - 4.5, away: -5) }
        }
        if common.hasPauses {
            entry(&canvas, canvas.t("中断", "Interrupted")) { canvas, x in
                for part in [x, x + 16] { canvas.rect(part, y - 9, 8, 9, fill: .planSoft) }
                canvas.line(x + 8, y - 4.5, x + 16, y - 4.5, .ink3, width: 1, dash: "2 2")
            }
        }
        if common.hasRecurring {
            entry(&canvas, canvas.t("重复", "Recurs")) { canvas, x in
                canvas.line(x, y - 4.5, x + 24, y - 4.5, .planMid, width: 1)
                for part in [x, x + 10, x + 20] { canvas.rect(part, y - 9, 4, 9, fill: .planSoft, stroke: .planMid, line: 0.5) }
            }
        }
        if axis.dayWidth >= Self.restWidth {
            entry(&canvas, canvas.t("非工作日", "Non-working day")) { $0.rect($1, y - 9, 24, 9, fill: .rest, stroke: .line) }
        }
        var words = [canvas.t("天数：已完成的为实际工期，其余为排期", "Days: as it took where done, else as scheduled")]
        if hasSpecialDays(axis) { words.append(canvas.t("休：放假，班：调休上班", "H: public holiday, W: make-up working day")) }
        canvas.text(words.joined(separator: canvas.t("；", "; ")), 0, canvas.height - 10, size: 10.5)
        if unseen > 0 {
            canvas.text(
                canvas.t("另有 \(unseen) 项任务未画出，见任务表", "\(unseen) more tasks are not drawn; see the table of tasks"), x, y,
                size: 10.5, .ink2)
        }
    }
}
