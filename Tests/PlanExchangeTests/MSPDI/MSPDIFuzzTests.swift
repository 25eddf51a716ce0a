import Foundation
import Testing

@testable import PlanExchange

@Suite struct MSPDIFuzzTests {
    private static let whole = """
        <?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><ScheduleFromStart>1</ScheduleFromStart>
        <StartDate>2026-03-02T08:00:00</StartDate><FinishDate>2026-04-02T08:00:00</FinishDate><CriticalSlackLimit>2</CriticalSlackLimit>
        <MinutesPerDay>480</MinutesPerDay><CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><WeekDays>
        <WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime>
        <ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays><Exceptions><Exception><TimePeriod>
        <FromDate>2026-03-05T00:00:00</FromDate><ToDate>2027-03-05T23:59:00</ToDate></TimePeriod><Type>6</Type><Period>2</Period>
        <DaysOfWeek>14</DaysOfWeek><DayWorking>0</DayWorking></Exception></Exceptions></Calendar><Calendar><UID>2</UID>
        <BaseCalendarUID>1</BaseCalendarUID></Calendar></Calendars><Tasks><Task><UID>1</UID><OutlineLevel>1</OutlineLevel>
        <Duration>PT80H0M0S</Duration><Summary>1</Summary></Task><Task><UID>2</UID><OutlineLevel>2</OutlineLevel>
        <Duration>PT16H0M0S</Duration><ConstraintType>4</ConstraintType><ConstraintDate>2026-03-09T08:00:00</ConstraintDate>
        <LevelingDelay>14400</LevelingDelay></Task><Task><UID>3</UID><OutlineLevel>2</OutlineLevel><Duration>PT24H30M0S</Duration>
        <DurationFormat>7</DurationFormat><PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type><LinkLag>4800</LinkLag>
        <LagFormat>7</LagFormat></PredecessorLink></Task><Task><UID>4</UID><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration>
        <ActualStart>2026-03-03T08:00:00</ActualStart><RemainingDuration>PT4H0M0S</RemainingDuration><PredecessorLink>
        <PredecessorUID>1</PredecessorUID><Type>3</Type><LinkLag>50</LinkLag><LagFormat>19</LagFormat></PredecessorLink></Task></Tasks>
        <Resources><Resource><UID>1</UID><Type>1</Type><CalendarUID>2</CalendarUID></Resource></Resources><Assignments><Assignment>
        <TaskUID>3</TaskUID><ResourceUID>1</ResourceUID><Units>0.5</Units><Work>PT12H0M0S</Work></Assignment></Assignments></Project>
        """

    @Test("a damaged file is read or refused, never worse", arguments: 0..<6)
    func damaged(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let alphabet = Array("0123456789.-:T<>/P".utf8)
        var outcomes: Set<Bool> = []
        for _ in 0..<60 {
            var bytes = Array(Self.whole.utf8)
            for _ in 0...next(4) {
                let place = next(bytes.count)
                // Digits mostly, so that most files stay well-formed and say something odd.
                if (48...57).contains(bytes[place]) || next(8) == 0 {
                    bytes[place] = alphabet[next(next(4) == 0 ? alphabet.count : 10)]
                }
                if next(6) == 0 { bytes.insert(contentsOf: Array("99999999999".utf8), at: place) }
            }
            let table = try? MSPDIProject(xml: Data(bytes)).scheduleCSV()
            outcomes.insert(table?.isEmpty == false)
        }
        #expect(outcomes == [true, false])
    }
}
