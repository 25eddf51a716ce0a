import Foundation
import Testing

@testable import PlanExchange

/// Small projects whose dates follow from what Microsoft documents of Project, worked out by hand. They start on Monday,
/// 2 March 2026, at 08:00, in the standard week.
@Suite struct MSPDIBehaviourTests {
    static func rows(_ tasks: String..., rest: String = "") throws -> [Int: MSPDIScheduleRow] {
        let rows = try MSPDIReaderTests.project(tasks.joined(), rest).schedule()
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.uid, $0) })
    }

    static func task(_ uid: Int, days: Double = 1, _ fields: String = "") -> String {
        "<Task><UID>\(uid)</UID><OutlineLevel>1</OutlineLevel><Duration>PT\(days * 8)H0M0S</Duration><DurationFormat>7</DurationFormat>\(fields)</Task>"
    }

    static func after(_ uid: Int, type: Int = 1, lag: Int = 0, format: Int = 7, _ fields: String = "") -> String {
        "<PredecessorLink><PredecessorUID>\(uid)</PredecessorUID><Type>\(type)</Type><LinkLag>\(lag)</LinkLag><LagFormat>\(format)</LagFormat>\(fields)</PredecessorLink>"
    }

    static let person =
        "<Resources><Resource><UID>1</UID><Type>1</Type></Resource><Resource><UID>2</UID><Type>1</Type><CalendarUID>2</CalendarUID></Resource></Resources>"
    /// The standard week, and one without Mondays.
    static let calendars = """
        <CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar></Calendar><Calendar>
        <UID>2</UID><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>1</BaseCalendarUID><WeekDays><WeekDay><DayType>2</DayType>
        <DayWorking>0</DayWorking></WeekDay></WeekDays></Calendar></Calendars>
        """

    static func assignment(_ task: Int, _ resource: Int, hours: Int, _ fields: String = "") -> String {
        "<Assignment><TaskUID>\(task)</TaskUID><ResourceUID>\(resource)</ResourceUID><Units>1</Units><Work>PT\(hours)H0M0S</Work>\(fields)</Assignment>"
    }

    /// Remaining work in March 2026.
    static func remaining(_ from: String, _ to: String) -> String {
        "<TimephasedData><Type>1</Type><Start>2026-03-\(from)</Start><Finish>2026-03-\(to)</Finish><Value>PT4H0M0S</Value></TimephasedData>"
    }

    @Test("an inactive task moves nothing in either direction, and the project ends without it")
    func inactive() throws {
        let rows = try Self.rows(
            Self.task(1), Self.task(2, days: 10, "<Active>0</Active>" + Self.after(1)), Self.task(3, days: 3),
            Self.task(4, Self.after(2)))
        #expect(rows[2]?.start == "2026-03-03T08:00:00")
        #expect(rows[1]?.lateFinish == "2026-03-04T17:00:00")
        #expect(rows[1]?.totalSlack == 960 && rows[1]?.freeSlack == 960)
        #expect(rows[4]?.start == "2026-03-02T08:00:00")
        #expect(rows.values.filter(\.isCritical).map(\.uid) == [3])
    }

    @Test("a percentage lag is a share of the predecessor's duration, a summary's included, and elapsed where that is")
    func percentages() throws {
        let summary = try Self.rows(
            Self.task(1, days: 5), "<Task><UID>2</UID><OutlineLevel>2</OutlineLevel><Duration>PT16H0M0S</Duration></Task>",
            "<Task><UID>3</UID><OutlineLevel>2</OutlineLevel><Duration>PT24H0M0S</Duration>\(Self.after(2))</Task>",
            Self.task(4, Self.after(1, lag: 20, format: 19)), Self.task(5, Self.after(1, type: 3, lag: 40, format: 19)))
        #expect(summary[4]?.start == "2026-03-10T08:00:00")
        #expect(summary[5]?.start == "2026-03-04T08:00:00")
        let elapsed = try Self.rows(
            "<Task><UID>1</UID><Duration>PT48H0M0S</Duration><DurationFormat>8</DurationFormat></Task>",
            Self.task(2, Self.after(1, lag: 50, format: 19)))
        #expect(elapsed[2]?.start == "2026-03-05T08:00:00")
    }

    @Test(
        "constraint dates win over links where the project honours them; files before Project 2010 say 0 for that",
        arguments: [
            ("<SaveVersion>14</SaveVersion><HonorConstraints>1</HonorConstraints>", "2026-03-04"),
            ("<SaveVersion>14</SaveVersion><HonorConstraints>0</HonorConstraints>", "2026-03-09"), ("", "2026-03-04"),
            ("<SaveVersion>12</SaveVersion><HonorConstraints>0</HonorConstraints>", "2026-03-04"),
        ])
    func constraints(option: String, start: String) throws {
        // By three days, from Monday, 9 March, the links are broken, or else the dates are.
        let slack = -3 * 480
        let date = "<ConstraintDate>2026-03-04T08:00:00</ConstraintDate>"
        let rows = try Self.rows(
            Self.task(1, days: 5), Self.task(2, days: 2, "<ConstraintType>2</ConstraintType>\(date)" + Self.after(1)),
            Self.task(3, "<ConstraintType>5</ConstraintType>\(date)" + Self.after(1)), rest: option)
        #expect(rows[2]?.start == start + "T08:00:00" && rows[3]?.start == start + "T08:00:00")
        #expect(rows[2]?.lateStart == "2026-03-04T08:00:00" && rows[2]?.totalSlack == slack)
        #expect(rows[3]?.lateStart == "2026-03-04T08:00:00" && rows[3]?.totalSlack == slack)
        #expect(rows[1]?.lateFinish == "2026-03-03T17:00:00")
    }

    @Test("a predecessor, a lead or a start-to-finish link may take a task before the project, but no link of two finishes does")
    func projectStart() throws {
        let done =
            "<ActualStart>2026-02-23T08:00:00</ActualStart><ActualFinish>2026-02-24T17:00:00</ActualFinish><PercentComplete>100</PercentComplete>"
        let rows = try Self.rows(
            Self.task(1, days: 2, done), Self.task(2, Self.after(1)), Self.task(3), Self.task(4, Self.after(3, lag: -24_000)),
            Self.task(5, days: 5, Self.after(3, type: 0)), Self.task(6, Self.after(1, lag: -48_000)),
            Self.task(7, days: 2, Self.after(3, type: 2)), Self.task(8, Self.after(3, type: 3, lag: -4800)))
        #expect(rows[2]?.start == "2026-02-25T08:00:00")
        // Five working days before Monday evening, and ten before Tuesday, 24 February.
        #expect(rows[4]?.start == "2026-02-24T08:00:00" && rows[6]?.start == "2026-02-11T08:00:00")
        #expect(rows[5]?.start == "2026-03-02T08:00:00")
        #expect(rows[7]?.start == "2026-02-26T08:00:00" && rows[8]?.start == "2026-02-27T08:00:00")
        let plain = try Self.rows(
            Self.task(1), Self.task(2, days: 2, Self.after(1, type: 2)), Self.task(3, Self.after(1, type: 3, lag: -4800)))
        #expect(plain[2]?.start == "2026-02-26T08:00:00" && plain[3]?.start == "2026-02-27T08:00:00")
    }

    @Test("a split task lasts through its pauses, begun or not; percentages of its duration leave them out")
    func splits() throws {
        let work = Self.remaining("02T08:00:00", "02T17:00:00") + Self.remaining("05T08:00:00", "05T17:00:00")
        let fresh = try Self.rows(
            Self.task(1, days: 2), Self.task(2, Self.after(1)), Self.task(3, Self.after(1, type: 3, lag: 50, format: 19)),
            rest: Self.person + "<Assignments>\(Self.assignment(1, 1, hours: 16, work))</Assignments>")
        #expect(fresh[1]?.finish == "2026-03-05T17:00:00" && fresh[2]?.start == "2026-03-06T08:00:00")
        #expect(fresh[1]?.lateStart == "2026-03-02T08:00:00" && fresh[3]?.start == "2026-03-03T08:00:00")

        let rest = Self.remaining("02T13:00:00", "02T17:00:00") + Self.remaining("05T08:00:00", "05T17:00:00")
        let begun = """
            <ActualStart>2026-03-02T08:00:00</ActualStart><ActualDuration>PT4H0M0S</ActualDuration><PercentComplete>25</PercentComplete>
            <RemainingDuration>PT12H0M0S</RemainingDuration><Stop>2026-03-02T12:00:00</Stop><Resume>2026-03-02T13:00:00</Resume>
            """
        let rows = try Self.rows(
            Self.task(1, days: 2, begun), Self.task(2, Self.after(1)), Self.task(3, days: 8),
            rest: Self.person + "<Assignments>\(Self.assignment(1, 1, hours: 16, rest))</Assignments>")
        #expect(rows[1]?.finish == "2026-03-05T17:00:00" && rows[2]?.start == "2026-03-06T08:00:00")
        #expect(rows[1]?.lateFinish == "2026-03-10T17:00:00" && rows[1]?.lateStart == "2026-03-02T08:00:00")

        // Four hours on Monday and again from Thursday noon, as days tell it.
        let days = Self.remaining("02T08:00:00", "03T08:00:00") + Self.remaining("05T08:00:00", "05T17:00:00")
        let half = try Self.rows(
            Self.task(1), rest: Self.person + "<Assignments>\(Self.assignment(1, 1, hours: 8, days))</Assignments>")
        #expect(half[1]?.finish == "2026-03-05T17:00:00")
    }

    @Test("an elapsed task pauses on the wall clock")
    func elapsedSplit() throws {
        let work = Self.remaining("02T08:00:00", "03T08:00:00") + Self.remaining("06T08:00:00", "07T08:00:00")
        let rows = try Self.rows(
            "<Task><UID>1</UID><Duration>PT48H0M0S</Duration><DurationFormat>8</DurationFormat></Task>",
            rest: Self.person + "<Assignments>\(Self.assignment(1, 1, hours: 48, work))</Assignments>")
        #expect(rows[1]?.finish == "2026-03-07T08:00:00")
    }

    @Test("each person on their own calendar has their own pauses, contour and delay")
    func severalCalendars() throws {
        func finish(_ fields: String, hours: Int = 16) throws -> String? {
            let staff = Self.assignment(1, 1, hours: 8) + Self.assignment(1, 2, hours: hours, fields)
            return try Self.rows(
                Self.task(1, days: 2), rest: Self.calendars + Self.person + "<Assignments>\(staff)</Assignments>")[1]?
                .finish
        }
        // Without Mondays: Tuesday and Wednesday; with a pause until Friday; back-loaded 12 ÷ 0.6 = 20 hours.
        #expect(try finish("") == "2026-03-04T17:00:00")
        #expect(
            try finish(Self.remaining("03T08:00:00", "03T17:00:00") + Self.remaining("06T08:00:00", "06T17:00:00"))
                == "2026-03-06T17:00:00")
        #expect(try finish("<WorkContour>1</WorkContour>", hours: 12) == "2026-03-05T12:00:00")
        #expect(
            try finish("<WorkContour>8</WorkContour>" + Self.remaining("03T08:00:00", "05T12:00:00"), hours: 12)
                == "2026-03-05T12:00:00")
        #expect(
            try finish("<LevelingDelay>4800</LevelingDelay><LevelingDelayFormat>7</LevelingDelayFormat>") == "2026-03-05T17:00:00"
        )
        #expect(try finish("<Delay>43200</Delay><DelayFormat>8</DelayFormat>") == "2026-03-06T17:00:00")
    }

    @Test("units stand in whole percents: a third of somebody's time for six days is six days, and nobody's time is none")
    func roundedUnits() throws {
        func share(_ task: Int, _ resource: Int, hours: Int, units: Double) -> String {
            Self.assignment(task, resource, hours: hours).replacing("<Units>1</Units>", with: "<Units>\(units)</Units>")
        }
        let staff = share(1, 1, hours: 16, units: 0.33) + share(1, 2, hours: 8, units: 1) + share(2, 2, hours: 0, units: 0)
        let rows = try Self.rows(
            Self.task(1, days: 6), Self.task(2), rest: Self.calendars + Self.person + "<Assignments>\(staff)</Assignments>")
        #expect(rows[1]?.finish == "2026-03-09T17:00:00")
        #expect(rows[2]?.start == "2026-03-02T08:00:00")
    }

    @Test("where a person works at none of the task's hours the task's rule, and a calendar without working time rules nobody")
    func calendarsWithoutTime() throws {
        func day(_ type: Int, _ hours: String?) -> String {
            let times = hours.map { "<WorkingTimes><WorkingTime>\($0)</WorkingTime></WorkingTimes>" } ?? ""
            return "<WeekDay><DayType>\(type)</DayType><DayWorking>\(hours == nil ? 0 : 1)</DayWorking>\(times)</WeekDay>"
        }
        let evening = (1...7).map { day($0, "<FromTime>20:00:00</FromTime><ToTime>00:00:00</ToTime>") }.joined()
        let never = (1...7).map { day($0, nil) }.joined()
        let rest = """
            <CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar><WeekDays>\(never)</WeekDays>
            </Calendar><Calendar><UID>3</UID><IsBaseCalendar>1</IsBaseCalendar><WeekDays>\(evening)</WeekDays></Calendar></Calendars>
            \(Self.person)<Assignments>\(Self.assignment(1, 1, hours: 8))</Assignments>
            """
        let rows = try Self.rows(Self.task(1, "<CalendarUID>3</CalendarUID>"), Self.task(2), rest: rest)
        #expect(rows[1]?.start == "2026-03-02T20:00:00" && rows[1]?.finish == "2026-03-04T00:00:00")
        #expect(rows[2]?.start == "2026-03-02T08:00:00" && rows[2]?.finish == "2026-03-02T17:00:00")
    }

    /// A task of three days of which the first is done.
    static let begun = """
        <ActualStart>2026-03-02T08:00:00</ActualStart><ActualDuration>PT8H0M0S</ActualDuration><PercentComplete>33</PercentComplete>
        <RemainingDuration>PT16H0M0S</RemainingDuration><Stop>2026-03-02T17:00:00</Stop><Resume>2026-03-03T08:00:00</Resume>
        """

    @Test("of a begun task of several people, each finishes what is left")
    func begunTogether() throws {
        let staff =
            Self.assignment(1, 1, hours: 24, "<RemainingWork>PT0H0M0S</RemainingWork>")
            + Self.assignment(1, 2, hours: 32, "<RemainingWork>PT32H0M0S</RemainingWork>")
        let rows = try Self.rows(
            Self.task(1, days: 3, Self.begun), rest: Self.calendars + Self.person + "<Assignments>\(staff)</Assignments>")
        #expect(rows[1]?.start == "2026-03-02T08:00:00" && rows[1]?.finish == "2026-03-06T17:00:00")
    }

    @Test(
        "a task's levelling delay is elapsed, whatever its unit",
        arguments: [
            ("<LevelingDelay>9600</LevelingDelay><LevelingDelayFormat>7</LevelingDelayFormat>", 4),
            ("<LevelingDelay>28800</LevelingDelay><LevelingDelayFormat>8</LevelingDelayFormat>", 4),
            ("<LevelingDelay>24000</LevelingDelay><LevelingDelayFormat>9</LevelingDelayFormat>", 9),
        ])
    func levellingDelay(fields: String, day: Int) throws {
        let rows = try Self.rows(Self.task(1, fields), Self.task(2, days: 8))
        #expect(rows[1]?.start == "2026-03-0\(day)T08:00:00")
    }

    @Test("a link to another project counts where the file has a stand-in for the predecessor")
    func crossProject() throws {
        let outside = "<ExternalTask>1</ExternalTask><Start>2026-03-04T08:00:00</Start><Finish>2026-03-05T17:00:00</Finish>"
        let cross = "<CrossProject>1</CrossProject><CrossProjectName>other.mpp\\7</CrossProjectName>"
        let rows = try Self.rows(
            Self.task(1, days: 2, outside), Self.task(2, Self.after(1, cross)), Self.task(3, days: 9),
            Self.task(4, Self.after(3, cross)))
        #expect(rows[1]?.start == "2026-03-04T08:00:00" && rows[1]?.finish == "2026-03-05T17:00:00")
        #expect(rows[2]?.start == "2026-03-06T08:00:00")
        #expect(rows[4]?.start == "2026-03-02T08:00:00")
    }

    @Test("inserted projects have one critical path like summaries, or each its own, as the file says")
    func insertedProjects() throws {
        func project(_ uid: Int, days: Int) -> String {
            "<Task><UID>\(uid)</UID><OutlineLevel>1</OutlineLevel><IsSubproject>1</IsSubproject></Task><Task><UID>\(uid + 1)</UID><OutlineLevel>2</OutlineLevel><Duration>PT\(8 * days)H0M0S</Duration></Task>"
        }
        for (option, slack) in [("", 3), ("1", 3), ("0", 0)] {
            let rest = option.isEmpty ? "" : "<InsertedProjectsLikeSummary>\(option)</InsertedProjectsLikeSummary>"
            let rows = try Self.rows(project(1, days: 2), project(3, days: 5), rest: rest)
            #expect(rows[2]?.totalSlack == slack * 480 && rows[2]?.isCritical == (slack == 0))
            #expect(rows[4]?.isCritical == true)
        }
    }

    @Test("a manual task stands where a person put it, without dates Project schedules it, and stored results are not looked at")
    func manual() throws {
        let stored = "<Manual>1</Manual><Start>2026-05-01T08:00:00</Start><Finish>2026-05-04T17:00:00</Finish>"
        let rows = try Self.rows(
            Self.task(1, days: 2),
            Self.task(
                2, days: 3,
                stored + "<ManualStart>2026-03-03T08:00:00</ManualStart><ManualFinish>2026-03-05T17:00:00</ManualFinish>"
                    + Self.after(1, lag: 48_000)),
            Self.task(
                3, days: 9, stored + "<ManualStart>2026-03-03T08:00:00</ManualStart><ManualDuration>PT16H0M0S</ManualDuration>"),
            Self.task(4, days: 2, stored + "<ManualFinish>2026-03-10T17:00:00</ManualFinish>"),
            Self.task(5, stored + Self.after(1)), Self.task(6, Self.after(2)))
        #expect(rows[2]?.start == "2026-03-03T08:00:00" && rows[2]?.finish == "2026-03-05T17:00:00")
        #expect(rows[3]?.finish == "2026-03-04T17:00:00")
        #expect(rows[4]?.start == "2026-03-09T08:00:00")
        #expect(rows[5]?.start == "2026-03-04T08:00:00")
        #expect(rows[6]?.start == "2026-03-06T08:00:00")
    }

    @Test("the late dates of a begun manual task are those of its whole duration, and one with words for dates is never critical")
    func begunManual() throws {
        let begun = """
            <Manual>1</Manual><ManualStart>2026-03-03T08:00:00</ManualStart><ManualFinish>2026-03-05T17:00:00</ManualFinish>
            <ActualStart>2026-03-03T08:00:00</ActualStart><RemainingDuration>PT8H0M0S</RemainingDuration>
            """
        let sketch =
            "<Manual>1</Manual><ManualDuration>PT80H0M0S</ManualDuration><StartText>After the talks</StartText>"
        let rows = try Self.rows(Self.task(1, days: 3, begun), Self.task(2, days: 10), Self.task(3, days: 10, sketch))
        #expect(rows[1]?.lateStart == "2026-03-11T08:00:00" && rows[1]?.lateFinish == "2026-03-13T17:00:00")
        #expect(rows[1]?.totalSlack == 6 * 480)
        #expect(rows[2]?.isCritical == true)
        #expect(rows[3]?.totalSlack == 0 && rows[3]?.isCritical == false)
    }

    @Test("a manual summary moves its successors by its own dates, and leaves its parts alone")
    func manualSummary() throws {
        let rows = try Self.rows(
            Self.task(
                1,
                "<Manual>1</Manual><ManualStart>2026-03-03T08:00:00</ManualStart><ManualFinish>2026-03-12T17:00:00</ManualFinish>"
            ),
            "<Task><UID>2</UID><OutlineLevel>2</OutlineLevel><Duration>PT16H0M0S</Duration></Task>", Self.task(3, Self.after(1)))
        #expect(rows[1]?.start == "2026-03-03T08:00:00" && rows[1]?.finish == "2026-03-12T17:00:00")
        #expect(rows[2]?.start == "2026-03-02T08:00:00" && rows[2]?.lateFinish == "2026-03-13T17:00:00")
        #expect(rows[3]?.start == "2026-03-13T08:00:00")
    }

    @Test("what is left of a begun successor still bounds the start of its predecessor")
    func begunSuccessor() throws {
        let begun = """
            <ActualStart>2026-03-02T08:00:00</ActualStart><ActualDuration>PT8H0M0S</ActualDuration><PercentComplete>50</PercentComplete>
            <RemainingDuration>PT8H0M0S</RemainingDuration><Stop>2026-03-02T17:00:00</Stop><Resume>2026-03-03T08:00:00</Resume>
            """
        let rows = try Self.rows(
            Self.task(1, days: 2), Self.task(2, days: 2, begun + Self.after(1, type: 3)), Self.task(3, days: 8, Self.after(2)))
        // The project ends on Friday 13th; the rest of 2 starts by Tuesday 3rd at the latest, and so does 1.
        #expect(rows[1]?.lateStart == "2026-03-03T08:00:00" && rows[1]?.lateFinish == "2026-03-04T17:00:00")
    }

    @Test("a milestone that has been reached has no later date, and one that takes time is a task")
    func milestones() throws {
        let reached = "<Milestone>1</Milestone><ActualStart>2026-03-03T08:00:00</ActualStart>"
        let rows = try Self.rows(
            Self.task(1, days: 0, reached), Self.task(2, Self.after(1)), Self.task(3, days: 9),
            Self.task(4, days: 2, "<Milestone>1</Milestone>"), Self.task(5, Self.after(4)))
        #expect(rows[1]?.lateFinish == "2026-03-03T08:00:00")
        #expect(rows[4]?.finish == "2026-03-03T17:00:00" && rows[5]?.start == "2026-03-04T08:00:00")
    }

    @Test("tenths of minutes add up")
    func tenths() throws {
        let third = "<Duration>PT2H40M6S</Duration>"
        let rows = try Self.rows(
            "<Task><UID>1</UID>\(third)</Task>", "<Task><UID>2</UID>\(third)\(Self.after(1))</Task>",
            "<Task><UID>3</UID>\(third)\(Self.after(2, lag: 3))</Task>")
        #expect(rows[1]?.finish == "2026-03-02T10:40:06")
        #expect(rows[2]?.finish == "2026-03-02T14:20:12")
        #expect(rows[3]?.finish == "2026-03-03T08:00:36")
    }

    @Test("scheduled from the finish, tasks lie as late as their constraint says and inactive ones set no start")
    func fromFinish() throws {
        let finish = "<FinishDate>2026-03-13T17:00:00</FinishDate>"
        let xml = """
            <Project><ScheduleFromStart>0</ScheduleFromStart>\(finish)<Tasks>
            \(Self.task(1, days: 2, "<ConstraintType>1</ConstraintType>"))
            \(Self.task(2, days: 3, "<ConstraintType>1</ConstraintType>" + Self.after(1)))
            \(Self.task(3, "<ConstraintType>1</ConstraintType>"))\(Self.task(4, "<ConstraintType>0</ConstraintType>"))
            \(Self.task(5, days: 9, "<Active>0</Active>"))</Tasks></Project>
            """
        let rows = Dictionary(
            uniqueKeysWithValues: try MSPDIProject(xml: Data(xml.utf8)).schedule().map { ($0.uid, $0) })
        #expect(rows[1]?.start == "2026-03-09T08:00:00" && rows[2]?.finish == "2026-03-13T17:00:00")
        #expect(rows[3]?.start == "2026-03-13T08:00:00" && rows[3]?.totalSlack == 4 * 480)
        #expect(rows[4]?.start == "2026-03-09T08:00:00")
    }

    @Test("calendars say little and still work: missing weekdays of a base, a person without one or without a base")
    func calendars() throws {
        let calendars = """
            <CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar><BaseCalendarUID>0</BaseCalendarUID>
            <WeekDays><WeekDay><DayType>7</DayType><DayWorking>1</DayWorking></WeekDay></WeekDays></Calendar>
            <Calendar><UID>3</UID><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>-1</BaseCalendarUID><WeekDays>
            <WeekDay><DayType>2</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays></Calendar></Calendars>
            <Resources><Resource><UID>1</UID><Type>1</Type></Resource>
            <Resource><UID>2</UID><Type>1</Type><CalendarUID>3</CalendarUID></Resource></Resources>
            <Assignments>\(Self.assignment(1, 1, hours: 48))\(Self.assignment(2, 2, hours: 40))</Assignments>
            """
        let rows = try Self.rows(Self.task(1, days: 6), Self.task(2, days: 5), rest: calendars)
        #expect(rows[1]?.finish == "2026-03-07T17:00:00")
        #expect(rows[2]?.start == "2026-03-03T08:00:00" && rows[2]?.finish == "2026-03-10T17:00:00")
    }

    @Test("a lag runs on the successor's own calendar, else on the project's, never on a person's")
    func lagCalendar() throws {
        let rest = Self.calendars + Self.person + "<Assignments>\(Self.assignment(3, 2, hours: 8))</Assignments>"
        let rows = try Self.rows(
            Self.task(1, days: 5), Self.task(2, "<CalendarUID>2</CalendarUID>" + Self.after(1, lag: 4800)),
            Self.task(3, Self.after(1, lag: 4800)), rest: rest)
        #expect(rows[2]?.start == "2026-03-11T08:00:00")
        #expect(rows[3]?.start == "2026-03-10T08:00:00")
    }

    @Test("as late as possible waits for the project's end, holds its successors there, and has no slack")
    func asLateAsPossible() throws {
        let late =
            "<ConstraintType>1</ConstraintType><LevelingDelay>28800</LevelingDelay><LevelingDelayFormat>8</LevelingDelayFormat>"
        let rows = try Self.rows(
            Self.task(1, late), Self.task(2, Self.after(1)), Self.task(3, days: 10), Self.task(4, late + Self.after(1)))
        #expect(rows[1]?.start == "2026-03-12T08:00:00" && rows[1]?.earlyStart == "2026-03-02T08:00:00")
        #expect(rows[2]?.start == "2026-03-13T08:00:00" && rows[2]?.earlyStart == "2026-03-13T08:00:00")
        #expect(rows[4]?.start == "2026-03-13T08:00:00" && rows[4]?.earlyStart == "2026-03-03T08:00:00")
        #expect(rows[1]?.totalSlack == 0 && rows[1]?.isCritical == true)
    }

    @Test(
        "scheduled from the finish, a negative levelling delay brings a task forward by elapsed time, and its followers leave room"
    )
    func negativeDelay() throws {
        let delay = "<LevelingDelay>-28800</LevelingDelay><LevelingDelayFormat>8</LevelingDelayFormat>"
        let late = "<ConstraintType>1</ConstraintType>"
        func rows(_ tasks: String...) throws -> [Int: MSPDIScheduleRow] {
            let xml =
                "<Project><ScheduleFromStart>0</ScheduleFromStart><FinishDate>2026-03-13T17:00:00</FinishDate><Tasks>\(tasks.joined())</Tasks></Project>"
            return Dictionary(
                uniqueKeysWithValues: try MSPDIProject(xml: Data(xml.utf8)).schedule().map { ($0.uid, $0) })
        }
        // The second fills the 11th to 13th. The first could end on Tuesday, the 10th, at 17:00; 48 hours before lies Sunday, so it
        // ends on Friday, the 6th.
        let moved = try rows(Self.task(1, days: 2, late + delay), Self.task(2, days: 3, late + Self.after(1)))
        #expect(moved[1]?.start == "2026-03-05T08:00:00" && moved[1]?.finish == "2026-03-06T17:00:00")
        #expect(moved[1]?.lateFinish == "2026-03-06T17:00:00" && moved[1]?.totalSlack == 0)
        #expect(moved[2]?.start == "2026-03-11T08:00:00" && moved[2]?.earlyStart == "2026-03-11T08:00:00")
        // What is as soon as possible ignores it, as does a project that is scheduled from its start.
        let early = try rows(Self.task(1, days: 2, "<ConstraintType>0</ConstraintType>" + delay), Self.task(2, days: 3, late))
        #expect(early[1]?.start == "2026-03-11T08:00:00")
        #expect(try Self.rows(Self.task(1, days: 2, delay))[1]?.start == "2026-03-02T08:00:00")
    }

    @Test("scheduled from the finish, a task with a date it may not pass lies at that date")
    func noLaterFromFinish() throws {
        let xml = """
            <Project><ScheduleFromStart>0</ScheduleFromStart><FinishDate>2026-03-13T17:00:00</FinishDate><Tasks>
            \(Self.task(1, days: 8, "<ConstraintType>1</ConstraintType>"))
            \(Self.task(2, "<ConstraintType>7</ConstraintType><ConstraintDate>2026-03-11T17:00:00</ConstraintDate>"))
            \(Self.task(3, days: 2, "<ConstraintType>5</ConstraintType><ConstraintDate>2026-03-10T08:00:00</ConstraintDate>"))
            </Tasks></Project>
            """
        let rows = Dictionary(
            uniqueKeysWithValues: try MSPDIProject(xml: Data(xml.utf8)).schedule().map { ($0.uid, $0) })
        #expect(rows[1]?.start == "2026-03-04T08:00:00")
        #expect(rows[2]?.start == "2026-03-11T08:00:00" && rows[2]?.finish == "2026-03-11T17:00:00")
        #expect(rows[3]?.start == "2026-03-10T08:00:00" && rows[3]?.finish == "2026-03-11T17:00:00")
    }

    @Test("a task with a calendar of its own runs where its person works too, unless it ignores them")
    func taskAndResourceCalendars() throws {
        // The task's calendar has no Tuesdays, the person's no Mondays.
        let calendars = Self.calendars.replacing(
            "</Calendars>",
            with:
                "<Calendar><UID>3</UID><IsBaseCalendar>1</IsBaseCalendar><WeekDays><WeekDay><DayType>3</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays></Calendar></Calendars>"
        )
        let assignments = (1...3).map { Self.assignment($0, 2, hours: 24) }.joined()
        let rows = try Self.rows(
            Self.task(1, days: 3, "<CalendarUID>3</CalendarUID>"),
            Self.task(2, days: 3, "<CalendarUID>3</CalendarUID><IgnoreResourceCalendar>1</IgnoreResourceCalendar>"),
            // Without a calendar of its own there is nothing to ignore them for.
            Self.task(3, days: 3, "<IgnoreResourceCalendar>1</IgnoreResourceCalendar>"),
            rest: calendars + Self.person + "<Assignments>\(assignments)</Assignments>")
        #expect(rows[1]?.start == "2026-03-04T08:00:00" && rows[1]?.finish == "2026-03-06T17:00:00")
        #expect(rows[2]?.start == "2026-03-02T08:00:00" && rows[2]?.finish == "2026-03-05T17:00:00")
        #expect(rows[3]?.start == "2026-03-03T08:00:00" && rows[3]?.finish == "2026-03-05T17:00:00")
    }

    @Test("the critical slack limit says up to how many days of slack a task is critical", arguments: [0, 1, 2, 3])
    func criticalSlackLimit(limit: Int) throws {
        let rows = try Self.rows(
            Self.task(1, days: 5), Self.task(2, days: 3), rest: "<CriticalSlackLimit>\(limit)</CriticalSlackLimit>")
        #expect(rows[1]?.isCritical == true && rows[2]?.totalSlack == 2 * 480)
        #expect(rows[2]?.isCritical == (limit >= 2))
    }

    @Test(
        "a date of the start goes on to hold when the task has begun, and a must date alone says when the task ends at the latest"
    )
    func begunConstraints() throws {
        func date(_ kind: Int) -> String {
            "<ConstraintType>\(kind)</ConstraintType><ConstraintDate>2026-03-03T08:00:00</ConstraintDate>"
        }
        let begun =
            "<ActualStart>2026-03-03T08:00:00</ActualStart><PercentComplete>50</PercentComplete><RemainingDuration>PT8H0M0S</RemainingDuration><Stop>2026-03-03T17:00:00</Stop><Resume>2026-03-04T08:00:00</Resume>"
        let rows = try Self.rows(
            Self.task(1, days: 2, date(2) + begun), Self.task(2, days: 2, date(5) + begun), Self.task(3, days: 2, begun),
            Self.task(4, days: 2, date(2) + "<Deadline>2026-03-03T17:00:00</Deadline>"), Self.task(5, days: 9))
        for uid in [1, 2, 4] {
            #expect(rows[uid]?.lateFinish == "2026-03-04T17:00:00" && rows[uid]?.totalSlack == 0 && rows[uid]?.isCritical == true)
        }
        #expect(rows[3]?.lateFinish == "2026-03-12T17:00:00")
    }

    @Test("of a begun task of several people, what the file does not say is left is the work without what is done")
    func doneShare() throws {
        // The first is done; the second, who has Mondays off, has two days left.
        let staff =
            Self.assignment(1, 1, hours: 40, "<ActualWork>PT40H0M0S</ActualWork>")
            + Self.assignment(1, 2, hours: 24, "<ActualWork>PT8H0M0S</ActualWork>")
        let rows = try Self.rows(
            Self.task(1, days: 3, Self.begun), rest: Self.calendars + Self.person + "<Assignments>\(staff)</Assignments>")
        #expect(rows[1]?.finish == "2026-03-04T17:00:00")
    }

    @Test("an elapsed task begins the moment its predecessor ends, and has until the next one begins")
    func elapsedBetween() throws {
        let rows = try Self.rows(
            Self.task(1, days: 5),
            "<Task><UID>2</UID><OutlineLevel>1</OutlineLevel><Duration>PT24H0M0S</Duration><DurationFormat>8</DurationFormat>\(Self.after(1))</Task>",
            Self.task(3, Self.after(2)))
        #expect(rows[2]?.earlyStart == "2026-03-06T17:00:00" && rows[2]?.earlyFinish == "2026-03-07T17:00:00")
        #expect(rows[2]?.lateFinish == "2026-03-09T08:00:00" && rows[2]?.lateStart == "2026-03-08T08:00:00")
        #expect(rows[2]?.totalSlack == 39 * 60 && rows[2]?.isCritical == false)
    }

    @Test("what a calendar says of one day wins over what recurs, and a file that names no calendar has its first base calendar")
    func calendarOrder() throws {
        let calendar = """
            <Calendars><Calendar><UID>4</UID><IsBaseCalendar>1</IsBaseCalendar><WeekDays><WeekDay><DayType>7</DayType>
            <DayWorking>1</DayWorking></WeekDay></WeekDays><Exceptions>
            <Exception><TimePeriod><FromDate>2026-03-06T00:00:00</FromDate><ToDate>2026-03-06T23:59:00</ToDate></TimePeriod>
            <Type>1</Type><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime>
            </WorkingTime></WorkingTimes></Exception>
            <Exception><TimePeriod><FromDate>2026-03-01T00:00:00</FromDate><ToDate>2026-12-31T23:59:00</ToDate></TimePeriod>
            <Type>6</Type><Period>1</Period><DaysOfWeek>32</DaysOfWeek><DayWorking>0</DayWorking></Exception>
            </Exceptions></Calendar></Calendars>
            """
        // Fridays off, but half of the first; Saturdays on.
        for rest in [calendar, "<CalendarUID>9</CalendarUID>" + calendar] {
            #expect(try Self.rows(Self.task(1, days: 5.5), rest: rest)[1]?.finish == "2026-03-07T17:00:00")
        }
    }

    @Test("a deadline moves nothing; missed, it makes negative slack as far back as links lead, and a later one lengthens none")
    func deadlines() throws {
        let rows = try Self.rows(
            Self.task(1, days: 2), Self.task(2, days: 3, Self.after(1) + "<Deadline>2026-03-04T17:00:00</Deadline>"),
            Self.task(3, days: 4, "<Deadline>2026-03-31T17:00:00</Deadline>"), Self.task(4, days: 1))
        #expect(rows[2]?.finish == "2026-03-06T17:00:00" && rows[2]?.lateFinish == "2026-03-04T17:00:00")
        #expect(rows[1]?.totalSlack == -2 * 480 && rows[2]?.totalSlack == -2 * 480)
        #expect(rows[1]?.isCritical == true && rows[2]?.isCritical == true)
        #expect(rows[3]?.totalSlack == 480 && rows[3]?.isCritical == false && rows[4]?.totalSlack == 4 * 480)
    }
}
