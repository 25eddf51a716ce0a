import Foundation
import Scheduling
import Testing
import WorkingTime

@testable import PlanExchange

@Suite struct MSPDIReaderTests {
    static func project(_ tasks: String, _ rest: String = "") throws -> MSPDIProject {
        let xml = """
            <?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project">
            <StartDate>2026-03-02T08:00:00</StartDate><ScheduleFromStart>1</ScheduleFromStart><MinutesPerDay>480</MinutesPerDay>
            \(rest)<Tasks>\(tasks)</Tasks></Project>
            """
        return try MSPDIProject(xml: Data(xml.utf8))
    }

    @Test(
        "durations are read with days, fractions and signs",
        arguments: [
            ("PT8H0M0S", 4800), ("PT0H0M30S", 5), ("P1DT2H", 15_600), ("-PT1H30M", -900), ("PT0.5H", 300), ("PT2H40M12S", 1602),
            ("PT-8H0M0S", -4800), ("0", 0),
        ])
    func durations(text: String, tenths: Int) { #expect(MSPDIText.amount(text) == tenths) }

    @Test("what is no duration or date is not guessed at", arguments: ["", "8h", "PT8X", "PTH", "2026-02-30T08:00:00"])
    func notRead(text: String) {
        #expect(MSPDIText.amount(text) == nil)
        #expect(MSPDIText.instant(text) == nil)
    }

    @Test("links of all formats become lags")
    func lags() throws {
        func link(_ lag: Int, _ format: Int) -> String {
            "<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>3</Type><LinkLag>\(lag)</LinkLag><LagFormat>\(format)</LagFormat></PredecessorLink>"
        }
        let project = try Self.project(
            "<Task><UID>1</UID><Duration>PT8H0M0S</Duration></Task><Task><UID>2</UID>\(link(4800, 7))\(link(-14400, 8))\(link(50, 19))</Task>"
        )
        #expect(project.tasks[1].links.map(\.lag) == [.working(4800), .elapsed(-14_400), .percent(50)])
        #expect(project.tasks[1].links.allSatisfy { $0.kind == .startToStart })
    }

    @Test("a task of two people on different calendars lasts as long as the slower one needs")
    func assignments() throws {
        let calendars = """
            <Calendars><Calendar><UID>1</UID></Calendar><Calendar><UID>2</UID><BaseCalendarUID>1</BaseCalendarUID><WeekDays>
            <WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays></Calendar></Calendars>
            <Resources><Resource><UID>1</UID><Type>1</Type><CalendarUID>1</CalendarUID></Resource>
            <Resource><UID>2</UID><Type>1</Type><CalendarUID>2</CalendarUID></Resource></Resources><Assignments>
            <Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units><Work>PT8H0M0S</Work></Assignment>
            <Assignment><TaskUID>1</TaskUID><ResourceUID>2</ResourceUID><Units>0.5</Units><Work>PT20H0M0S</Work></Assignment></Assignments>
            """
        let project = try Self.project("<Task><UID>1</UID><Duration>PT40H0M0S</Duration><Type>0</Type></Task>", calendars)
        let schedule = try project.network().network.schedule()
        // Forty hours of the second person's calendar, which has no Fridays: Monday to Thursday, then Monday.
        #expect(MSPDIText.text(schedule.finish(of: 0)) == "2026-03-09T17:00:00")
    }

    @Test(
        "recurring exceptions fall on their days",
        arguments: [
            ("<Type>2</Type><Month>4</Month><MonthDay>1</MonthDay>", ["2026-05-01", "2027-05-01"]),
            (
                "<Type>3</Type><Month>10</Month><MonthItem>7</MonthItem><MonthPosition>3</MonthPosition>",
                ["2026-11-26", "2027-11-25"]
            ),
            (
                "<Type>5</Type><Period>6</Period><MonthItem>8</MonthItem><MonthPosition>4</MonthPosition>",
                ["2026-01-30", "2026-07-31", "2027-01-29", "2027-07-30"]
            ),
            (
                "<Type>6</Type><Period>26</Period><DaysOfWeek>2</DaysOfWeek>",
                ["2026-06-29", "2026-12-28", "2027-06-28", "2027-12-27"]
            ),
        ])
    func recurrences(fields: String, expected: [String]) throws {
        let period = "<TimePeriod><FromDate>2026-01-01T00:00:00</FromDate><ToDate>2027-12-31T23:59:00</ToDate></TimePeriod>"
        let calendar =
            "<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><Exceptions><Exception>\(period)<DayWorking>0</DayWorking>\(fields)</Exception></Exceptions></Calendar></Calendars>"
        let project = try Self.project("", calendar)
        let days = project.calendars[1]?.flatMap(\.exceptions).map { $0.days.lowerBound.description }
        #expect(days == expected)
    }

    @Test("files of more than ten megabytes are read")
    func large() throws {
        let filler = String(repeating: "<Value>" + String(repeating: "x", count: 2_000) + "</Value>", count: 6_000)
        let project = try Self.project(
            "<Task><UID>7</UID><Duration>PT8H0M0S</Duration></Task>", "<ExtendedAttributes>\(filler)</ExtendedAttributes>")
        #expect(project.tasks.map(\.uid) == [7])
    }

    @Test("the rest of a begun task goes on where the file says, or waits for its predecessor")
    func resumption() throws {
        func finish(_ fields: String) throws -> String {
            let project = try Self.project(
                """
                <Task><UID>1</UID><Duration>PT40H0M0S</Duration></Task>
                <Task><UID>2</UID><Duration>PT16H0M0S</Duration><ActualStart>2026-03-02T08:00:00</ActualStart>\(fields)
                <PredecessorLink><PredecessorUID>1</PredecessorUID></PredecessorLink></Task>
                """)
            return MSPDIText.text(try project.network().network.schedule().finish(of: 1))
        }
        let half = "<RemainingDuration>PT8H0M0S</RemainingDuration>"
        #expect(try finish(half) == "2026-03-09T17:00:00")
        #expect(
            try finish(half + "<Stop>2026-03-02T17:00:00</Stop><Resume>2026-03-04T08:00:00</Resume>") == "2026-03-04T17:00:00")
        #expect(try finish("<RemainingDuration>PT16H0M0S</RemainingDuration>") == "2026-03-03T17:00:00")
    }

    @Test("prefixed names, space before the declaration, percentages with a point and a lost project start are read all the same")
    func spellings() throws {
        func first(_ text: String) throws -> MSPDIScheduleRow? { try MSPDIProject(xml: Data(text.utf8)).schedule().first }
        let prefixed = """
            \u{FEFF}<p:Project xmlns:p="http://schemas.microsoft.com/project"><p:StartDate>2026-03-02T08:00:00</p:StartDate>
            <p:Tasks><p:Task><p:UID>1</p:UID><p:Duration>PT8H0M0S</p:Duration></p:Task></p:Tasks></p:Project>
            """
        #expect(try first(prefixed)?.finish == "2026-03-02T17:00:00")
        let late = """

            <?xml version="1.0"?><Project><Tasks><Task><UID>1</UID><Duration>PT16H0M0S</Duration><Start>2026-03-04T08:00:00</Start>
            <PercentComplete>50.0</PercentComplete><ActualStart>2026-03-04T08:00:00</ActualStart></Task></Tasks></Project>
            """
        #expect(try first(late)?.finish == "2026-03-05T17:00:00")
        #expect(try MSPDIProject(xml: Data(late.utf8)).tasks[0].percentComplete == 50)
        let backward = """
            <Project><ScheduleFromStart>0</ScheduleFromStart><StartDate>2026-03-02T08:00:00</StartDate><Tasks><Task><UID>1</UID>
            <ConstraintType>1</ConstraintType><Duration>PT16H0M0S</Duration><Finish>2026-03-06T17:00:00</Finish></Task></Tasks></Project>
            """
        #expect(try first(backward)?.start == "2026-03-05T08:00:00")
    }

    @Test(
        "a file in another encoding than it says, or in none that it says, is read by the encodings usual on Windows",
        arguments: [
            ("<?xml version=\"1.0\"?>", [0xD0, 0xE8, 0xC7, 0xF3], "需求"),
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", [0xD0, 0xE8], "需"),
            // A character of GBK that GB 2312 does not have, and Latin letters that are no Chinese ones.
            ("<?xml version=\"1.0\" encoding=\"gb2312\"?>", [0xE9, 0x46], "镕"), ("", [0x63, 0x61, 0x66, 0xE9], "café"),
        ] as [(String, [UInt8], String)])
    func encodings(declaration: String, name: [UInt8], text: String) throws {
        let head = "\(declaration)<Project><StartDate>2026-03-02T08:00:00</StartDate><Tasks><Task><UID>1</UID><Name>"
        let project = try MSPDIProject(xml: Data(head.utf8) + Data(name) + Data("</Name></Task></Tasks></Project>".utf8))
        #expect(project.tasks.map(\.name) == [text])
    }

    @Test("harmful, broken and foreign files are refused for what they are")
    func refused() {
        func error(_ text: String) -> MSPDIError? {
            #expect(throws: MSPDIError.self) { try MSPDIProject(xml: Data(text.utf8)) }
        }
        #expect(error("<?xml version=\"1.0\"?><!DOCTYPE p [<!ENTITY a \"b\">]><Project>&a;</Project>") == .declaresEntities)
        #expect(error("<html><body>no</body></html>") == .notAProject("html"))
        #expect(error("<Project><StartDate>never</StartDate></Project>") == .undated)
        #expect(error("<Project>\n<Tasks></Project>") == .malformed(line: 2))
        #expect(error("") == .malformed(line: 1))
        #expect(error("<Project>\n\u{1}</Project>") == .misencoded(line: 2))
        let deep = String(repeating: "<a>", count: 60) + String(repeating: "</a>", count: 60)
        #expect(error("<Project>\(deep)</Project>") == .tooLarge(.depth))
        #expect(error("<Project><Title>\(String(repeating: "x", count: 2 << 20))</Title></Project>") == .tooLarge(.field))
        #expect(
            MSPDIError.malformed(line: 2).message.en == "From line 2 on it is not valid XML. Save it as XML in Project again.")
    }

    @Test("tasks that wait for each other are named")
    func cycle() throws {
        func task(_ uid: Int, after other: Int) -> String {
            "<Task><UID>\(uid)</UID><Name>N\(uid)</Name><PredecessorLink><PredecessorUID>\(other)</PredecessorUID></PredecessorLink></Task>"
        }
        let project = try Self.project(task(1, after: 2) + task(2, after: 1))
        let error = #expect(throws: MSPDIError.self) { try project.network() }
        #expect(error == .ring(["1 N1", "2 N2"]) || error == .ring(["2 N2", "1 N1"]))
    }

    @Test("a split task lasts through its pause, wherever its pieces end up")
    func split() throws {
        func phase(_ day: String, _ hours: Int) -> String {
            "<TimephasedData><Type>1</Type><Start>2026-04-\(day)T08:00:00</Start><Finish>2026-04-\(day)T17:00:00</Finish><Unit>2</Unit><Value>PT\(hours)H0M0S</Value></TimephasedData>"
        }
        // Wednesday, pause on Thursday and Friday, Monday, Tuesday.
        let phases = phase("01", 8) + phase("02", 0) + phase("06", 8) + phase("07", 8)
        let assignment =
            "<Assignments><Assignment><TaskUID>1</TaskUID><ResourceUID>-65535</ResourceUID>\(phases)</Assignment></Assignments>"
        let project = try Self.project("<Task><UID>1</UID><Duration>PT24H0M0S</Duration></Task>", assignment)
        let schedule = try project.network().network.schedule()
        // Scheduled from Monday 2 March: three days of work and two of pause.
        #expect(MSPDIText.text(schedule.finish(of: 0)) == "2026-03-06T17:00:00")
    }

    @Test("an in-progress task keeps its start and ends after what remains")
    func progress() throws {
        let project = try Self.project(
            """
            <Task><UID>1</UID><Duration>PT40H0M0S</Duration><ActualStart>2026-03-03T08:00:00</ActualStart>
            <RemainingDuration>PT16H0M0S</RemainingDuration><PercentComplete>60</PercentComplete></Task>
            """)
        let schedule = try project.network().network.schedule()
        #expect(MSPDIText.text(schedule.start(of: 0)) == "2026-03-03T08:00:00")
        #expect(MSPDIText.text(schedule.finish(of: 0)) == "2026-03-09T17:00:00")
        #expect(MSPDIText.text(schedule.lateStart(of: 0)) == "2026-03-03T08:00:00")
    }
}
