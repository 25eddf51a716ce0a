import PlanInsight
import PlanModel
import Testing
import WorkingTime

/// July 2026 has no public holidays: the 6th is a Monday. All dates are counted by hand on the calendar.
@Suite("A plan's calendars")
struct PlanCalendarTests {
    /// A company of nine to six that is shut from 20 to 24 July.
    private static let company = plan("company", .company) { editor in
        editor.add(PlanCalendar.self) { calendar in
            calendar.title = "公司作息"
            calendar.hours = "09:00-12:00, 13:00-18:00"
        }
        editor.add(CalendarEntry.self) { entry in
            entry.title = "厂休"
            entry.from = day("2026-07-20")
            entry.until = day("2026-07-24")
            entry.effect = .closed
        }
    }

    private static func schedule(
        _ duration: Double, from start: String = "2026-07-06", under: [Plan] = [], holidays: HolidayCalendar = .china,
        calendars: (inout PlanEditor) -> Void = { _ in }, task: (inout Typed<PlanTask>) -> Void = { _ in }
    ) -> PlanSchedule {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.start = day(start) }
        calendars(&editor)
        editor.add(PlanTask.self) { made in
            made.title = "任务"
            made.duration = days(duration)
            task(&made)
        }
        var workspace = Workspace(plans: under + [editor.plan])
        workspace.publicHolidays = holidays
        return PlanSchedule(editor.plan, in: workspace, today: RuleCase.today)
    }

    private static func calendar(
        _ editor: inout PlanEditor, _ hours: String? = nil, _ week: WorkingWeek? = nil, scope: CalendarScope = .everyone,
        body: (inout Typed<PlanCalendar>) -> Void = { _ in }
    ) {
        editor.add(PlanCalendar.self) { calendar in
            calendar.title = "日历"
            calendar.hours = hours
            calendar.week = week
            calendar.scope = scope
            body(&calendar)
        }
    }

    private static func entry(_ editor: inout PlanEditor, _ day: Day, _ effect: CalendarEffect, _ hours: String? = nil) {
        editor.add(CalendarEntry.self) { entry in
            entry.title = "例外"
            entry.from = day
            entry.effect = effect
            entry.hours = hours
        }
    }

    @Test("the company's shutdown, the plan's six-day week and its Sunday of overtime lie over each other")
    func layers() {
        // 6–11, 13–18, then the shutdown; Saturday the 25th, Sunday the 26th by exception, Monday the 27th: fifteen days.
        let schedule = Self.schedule(15, under: [Self.company]) { editor in
            Self.calendar(&editor, nil, .sixDays)
            Self.entry(&editor, day("2026-07-26"), .open)
        }
        #expect(schedule[the("T-1")]?.finish == day("2026-07-27"))
        #expect(schedule.calendars.minutesPerDay == 480 && schedule.calendars.daysPerWeek == 6)
        #expect(schedule.calendar.hours(on: day("2026-07-11")) == Shifts("09:00-12:00, 13:00-18:00"))
        #expect(schedule.calendars.layers.map(\.title.zh) == ["国家法定节假日", "公司作息", "日历"])
        #expect(schedule.calendars.layers.map(\.plan?.text) == [nil, "company", "tested"])
    }

    @Test("without a company's calendar the standard week holds, with the public holidays and make-up days")
    func standard() {
        // 28 and 29 September, then the holiday to 7 October; 8, 9 and Saturday the 10th are worked.
        let schedule = Self.schedule(6, from: "2026-09-28")
        #expect(schedule[the("T-1")]?.finish == day("2026-10-10"))
        #expect(schedule.calendars.layers.count == 1)
    }

    @Test("every other Saturday is worked, counted from the long week, but not in a public holiday")
    func alternating() {
        func finish(_ duration: Double, _ start: String) -> Day? {
            Self.schedule(duration, from: start) { editor in
                Self.calendar(&editor, nil, .alternating) { $0.longWeek = day("2026-07-08") }
            }[the("T-1")]?.finish
        }
        // Saturday the 11th is worked, the 18th is not: 6–11, 13–17, 20.
        #expect(finish(12, "2026-07-06") == day("2026-07-20"))
        // Saturday 3 October is one of a long week, but in the holiday; Saturday the 10th is a make-up day.
        #expect(finish(6, "2026-09-28") == day("2026-10-10"))
    }

    @Test("hours can be put in place of others, added and taken away on single days, and a day of the week can have its own")
    func hours() {
        // Monday 8 h, Tuesday 4 h, Wednesday 8 + 3 h, Thursday 8 − 1 h, Friday 4 h of its own: 34 hours.
        let schedule = Self.schedule(34.0 / 8) { editor in
            Self.calendar(&editor, "09:00-12:00, 13:00-18:00; 周五 9:00–13:00")
            Self.entry(&editor, day("2026-07-07"), .hours, "13:00-17:00")
            Self.entry(&editor, day("2026-07-08"), .adding, "18:00-21:00")
            Self.entry(&editor, day("2026-07-09"), .removing, "09:00-10:00")
        }
        #expect(schedule[the("T-1")]?.finish == day("2026-07-10"))
        #expect(schedule.schedule?.finish(of: 0) == day("2026-07-10").at(13))
    }

    @Test("a day of duration has the hours of the calendar, or as many as it says", arguments: [(nil, 420), (7.5, 450)])
    func hoursPerDay(given: Double?, minutes: Int) {
        let schedule = Self.schedule(5) { editor in
            Self.calendar(&editor, "09:00-12:00, 13:00-17:00") { $0.hoursPerDay = given }
        }
        #expect(schedule.calendars.minutesPerDay == minutes)
        #expect(schedule[the("T-1")]?.duration == 5)
        #expect(schedule[the("T-1")]?.finish == day(given == nil ? "2026-07-10" : "2026-07-13"))
    }

    @Test(
        "who works mornings, three days a week, or from a later day on takes the longer",
        arguments: [
            // Forty hours: at three a day fourteen days; at eight on Monday to Wednesday two weeks less a day.
            ("09:00-12:00", nil, "2026-07-23"), ("周一至周三 09:00-12:00, 13:00-18:00", nil, "2026-07-14"),
            (nil, "2026-07-15", "2026-07-21"),
        ] as [(String?, String?, String)])
    func partTime(hours: String?, joins: String?, finish: String) {
        let schedule = Self.schedule(5) { editor in
            if hours != nil { Self.calendar(&editor, hours, scope: .named) }
            editor.add(Person.self) { person in
                person.name = "周敏"
                person.calendar = hours.map { _ in the("CAL-1") }
                person.joinsOn = joins.map(day)
            }
        } task: {
            $0.assignments = [Share(the("P-1"))]
        }
        #expect(schedule[the("T-1")]?.finish == day(finish))
        #expect(schedule[the("T-1")]?.start == day(joins ?? "2026-07-06"))
    }

    @Test("a task goes on while its own calendar works, holidays or not, and somebody at work on it only when both do")
    func taskCalendar() {
        func night(_ editor: inout PlanEditor) {
            Self.calendar(&editor, "22:00-24:00", .everyDay, scope: .named) { $0.ignoresHolidays = true }
            Self.calendar(&editor, "周一至周三 20:00-24:00", scope: .named)
            editor.add(Person.self) { person in
                person.name = "周敏"
                person.calendar = the("CAL-2")
            }
        }
        // Eight hours in windows of two: four nights of the National Day holiday.
        let alone = Self.schedule(1, from: "2026-10-01", calendars: night) { $0.calendar = the("CAL-1") }
        #expect(alone[the("T-1")]?.start == day("2026-10-01") && alone[the("T-1")]?.finish == day("2026-10-04"))
        // Nights of Monday to Wednesday: 12, 13, 14 and 19 October.
        let together = Self.schedule(1, from: "2026-10-12", calendars: night) { task in
            task.calendar = the("CAL-1")
            task.assignments = [Share(the("P-1"))]
        }
        #expect(together[the("T-1")]?.start == day("2026-10-12") && together[the("T-1")]?.finish == day("2026-10-19"))
    }

    @Test("an administrator's holidays stand in the place of a year's, and the years nobody has announced are named")
    func holidays() throws {
        let announced = try HolidayCalendar.china(
            replacedBy: Array(
                #"""
                {"year": 2027, "days": [
                  {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
                  {"name": "春节", "date": "2027-02-05", "isOffDay": true}, {"name": "春节", "date": "2027-02-06", "isOffDay": true},
                  {"name": "春节", "date": "2027-02-07", "isOffDay": true}, {"name": "春节", "date": "2027-02-08", "isOffDay": true},
                  {"name": "春节", "date": "2027-02-13", "isOffDay": false}]}
                """#.utf8))
        // Thursday the 4th, then the holiday; 9–12 and the make-up Saturday.
        let schedule = Self.schedule(6, from: "2027-02-04", holidays: announced)
        #expect(schedule[the("T-1")]?.finish == day("2027-02-13"))
        #expect(Self.schedule(6, from: "2027-02-04")[the("T-1")]?.finish == day("2027-02-11"))
        let years = day("2026-12-01")...day("2028-01-31")
        #expect(schedule.calendars.unpublishedYears(years) == [2028])
        #expect(Self.schedule(1).calendars.unpublishedYears(years) == [2027, 2028])
        #expect(schedule.calendars.layers.first?.title.zh == "管理员的节假日表")
    }
}

@Suite("Rules for calendars")
struct CalendarRuleTests {
    @Test("a calendar rule finds its fault and is content after the remedy", arguments: calendarRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }
}

let calendarRuleCases: [RuleCase] = [
    RuleCase("X9-01", .project) { editor in
        editor.add(PlanCalendar.self) { calendar in
            calendar.title = "作息"
            calendar.hours = "朝九晚五"
            calendar.week = .alternating
        }
        editor.add(CalendarEntry.self) { entry in
            entry.title = "加班"
            entry.from = day("2026-07-11")
            entry.until = day("2026-07-10")
            entry.effect = .adding
        }
        editor.add(PlanTask.self) { task in
            task.title = "设计"
            task.interruptions = "暑假"
        }
    } mend: { editor in
        editor.update(the("CAL-1"), as: PlanCalendar.self) { calendar in
            calendar.hours = "9:00-17:00"
            calendar.longWeek = day("2026-07-06")
        }
        editor.update(the("CE-1"), as: CalendarEntry.self) { entry in
            entry.until = day("2026-07-12")
            entry.hours = "09:00-12:00"
        }
        editor.update(the("T-1"), as: PlanTask.self) { $0.interruptions = "2026-07-08 至 2026-07-09" }
    },
    RuleCase("X9-02", .project) { editor in
        editor.add(PlanTask.self) { task in
            task.title = "设计"
            task.calendar = RecordID("company/CAL-9", in: planKey)
        }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.calendar = nil }
    },
]
