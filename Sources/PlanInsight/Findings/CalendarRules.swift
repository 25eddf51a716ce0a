import PlanModel
import WorkingTime

extension PlanCheck {
    static let calendarRules: [FindingRule] = [
        FindingRule(
            "X9-01", .warning, Label("工作日历看不懂", "Calendar cannot be read"),
            why: Label("看不懂的班次和日期不计入排期，日期就会算错。", "Hours and days that cannot be read do not count, so dates come out wrong."),
            remedy: Label(
                "班次写成 09:00-12:00, 13:00-18:00，日期写成 2026-05-06..2026-05-08。",
                "Write hours as 09:00-12:00, 13:00-18:00 and days as 2026-05-06..2026-05-08.")
        ) { facts, report in
            for calendar in facts.plan.all(PlanCalendar.self) { check(calendar, &report) }
            for entry in facts.plan.all(CalendarEntry.self) { check(entry, &report) }
            for task in facts.schedule.tasks {
                guard let text = task.interruptions else { continue }
                for part in DaysText(text).unreadable {
                    report.found(task.id, "interruptions", "中断「\(part)」看不懂。", "The interruption “\(part)” cannot be read.")
                }
            }
        },
        FindingRule(
            "X9-02", .error, Label("日历不存在", "No such calendar"),
            why: Label("指名的日历不在时，排期按计划的日历计算。", "Where the calendar named is not there, dates are computed by the plan's."),
            remedy: Label("选一个存在的日历，或清空。", "Choose a calendar that is there, or clear the field.")
        ) { facts, report in
            func check(_ record: RecordID, _ calendar: RecordID?) {
                guard let calendar, facts.workspace.record(calendar) == nil else { return }
                report.found(record, "calendar", "没有日历 \(calendar)。", "There is no calendar \(calendar).")
            }
            for task in facts.schedule.tasks { if let calendar = task.calendar { check(task.id, calendar) } }
            for person in facts.plan.all(Person.self) { check(person.id, person.calendar) }
            for entry in facts.plan.all(CalendarEntry.self) { check(entry.id, entry.calendar) }
        },
    ]

    private static func check(_ calendar: Typed<PlanCalendar>, _ report: inout FindingReport) {
        for part in WeekText(calendar.hours ?? "").unreadable {
            report.found(calendar.id, "hours", "班次「\(part)」看不懂。", "The hours “\(part)” cannot be read.")
        }
        if calendar.week == .alternating, calendar.longWeek == nil {
            report.found(
                calendar.id, "longWeek", "没有写哪一周是大周，周六都按休息计算。", "It is not said which Saturdays are worked; all count as off.")
        }
    }

    private static func check(_ entry: Typed<CalendarEntry>, _ report: inout FindingReport) {
        if let from = entry.from, let until = entry.until, until < from {
            report.found(entry.id, "until", "\(until) 在 \(from) 之前。", "\(until) is before \(from).")
        }
        if entry.effect?.needsHours == true, Shifts(entry.hours ?? "") == nil {
            report.found(
                entry.id, "hours", "「\(entry.effect?.label.zh ?? "")」的班次是空的或看不懂。",
                "“\(entry.effect?.label.en ?? "")” has no hours, or hours that cannot be read.")
        }
    }
}
