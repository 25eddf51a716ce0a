import Foundation
import PlanInsight
import PlanModel
import Testing
import WorkingTime

@testable import PlanExchange

/// Feeds read back by the rules of RFC 5545, written here a second time.
@Suite("Calendar feed")
struct CalendarFeedTests {
    private func facts(_ make: (inout PlanEditor) -> Void) throws -> PlanFacts {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("sales-2026")), blueprint: .sales))
        make(&editor)
        let today = try #require(Day("2026-06-15"))
        return try #require(PlanFacts(editor.plan.key, in: Workspace(plans: [editor.plan]), today: today))
    }

    /// Every event as its properties, values still escaped; the header under nothing.
    private func events(_ text: String) -> [[String: String]] {
        let unfolded = text.replacingOccurrences(of: "\r\n ", with: "")
        var (all, current): ([[String: String]], [String: String]) = ([], [:])
        for line in unfolded.components(separatedBy: "\r\n") where !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            if line == "BEGIN:VEVENT" {
                current = [:]
            } else if line == "END:VEVENT" {
                all.append(current)
            } else {
                current[parts[0]] = parts.count > 1 ? parts[1] : ""
            }
        }
        return all
    }

    private func plain(_ value: String) -> String {
        var (result, isMarked) = ("", false)
        for character in value {
            if isMarked {
                result.append(character == "n" ? "\n" : character)
                isMarked = false
            } else if character == "\\" {
                isMarked = true
            } else {
                result.append(character)
            }
        }
        return result
    }

    private static let content = "第一行；带,逗号;分号\\反斜杠\n第二行：" + String(repeating: "很长的说明🎉", count: 30)

    private func campaigns(_ editor: inout PlanEditor) {
        let owner = editor.add(Person.self) { $0.name = "许望" }
        editor.add(Campaign.self) { campaign in
            (campaign.title, campaign.kind, campaign.content) = ("春季直播, 第一场", .live, Self.content)
            (campaign.start, campaign.finish) = (Day("2026-03-30"), Day("2026-04-01"))
            campaign.owner = owner
        }
        editor.add(Campaign.self) { campaign in
            (campaign.title, campaign.start) = ("展会", Day("2026-12-31"))
        }
        editor.add(Campaign.self) { campaign in
            (campaign.title, campaign.start, campaign.state) = ("取消的", Day("2026-05-01"), .dropped)
        }
        editor.add(Campaign.self) { $0.title = "没有日期的" }
    }

    @Test("activities are whole days, the end not included; text comes back as it was")
    func activities() throws {
        let found = events(CalendarFeed(try facts(campaigns), .chinese).text)
        #expect(found.map { plain($0["SUMMARY"] ?? "") } == ["春季直播, 第一场", "展会"])
        #expect(found[0]["DTSTART;VALUE=DATE"] == "20260330" && found[0]["DTEND;VALUE=DATE"] == "20260402")
        #expect(found[1]["DTSTART;VALUE=DATE"] == "20261231" && found[1]["DTEND;VALUE=DATE"] == "20270101")
        #expect(found[0]["UID"] == "sales-2026/CA-1@pharos" && found[0]["DTSTAMP"] == "20260615T000000Z")
        #expect(plain(found[0]["DESCRIPTION"] ?? "") == "内容：\(Self.content)\n负责人：许望")
        #expect(found[0]["SUMMARY"] == "春季直播\\, 第一场" && found[0]["CATEGORIES"] != nil)
    }

    @Test("lines end with CR LF, have 75 octets at most, and tear no character apart", arguments: [Language.chinese, .english])
    func lines(language: Language) throws {
        let text = CalendarFeed(try facts(campaigns), language).text
        #expect(text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.hasSuffix("END:VCALENDAR\r\n"))
        let lines = Data(text.utf8).split(separator: UInt8(ascii: "\n"))
        #expect(lines.count > 20)
        for line in lines {
            #expect(line.last == UInt8(ascii: "\r") && line.count - 1 <= 75)
            #expect(String(validating: line, as: UTF8.self) != nil)
        }
    }

    @Test("folding at every width of characters", arguments: ["a", "é", "汉", "🎉"])
    func folding(character: String) {
        for length in 0...160 {
            let line = "X:" + String(repeating: character, count: length)
            let folded = CalendarFeed.folded(line)
            #expect(folded.replacingOccurrences(of: "\r\n ", with: "") == line)
            #expect(folded.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 75 })
        }
    }

    @Test("what is due stands with its reason, for everybody or one person; controls are left out")
    func due() throws {
        let facts = try facts { editor in
            let people = ["许望", "江临"].map { name in editor.add(Person.self) { $0.name = name } }
            for (title, day, owner) in [
                ("报\u{7}价\tA", "2026-07-01", people[0]), ("复核", "2026-08-03", people[1]), ("太远", "2027-09-01", people[0]),
            ] {
                editor.add(PlanTask.self) { ($0.title, $0.due, $0.owner) = (title, Day(day), owner) }
            }
            editor.add(Review.self) { ($0.title, $0.due) = ("季度复盘", Day("2026-07-10")) }
        }
        let all = events(CalendarFeed(facts, .chinese).text)
        #expect(Set(all.compactMap { $0["SUMMARY"] }) == ["报价\tA", "复核", "季度复盘"])
        let task = try #require(all.first { $0["SUMMARY"] == "报价\tA" })
        #expect(task["DTSTART;VALUE=DATE"] == "20260701" && task["CATEGORIES"] == "任务" && task["DESCRIPTION"] == "许望")
        #expect(task["UID"] == "sales-2026/T-1/task@pharos" && Set(all.compactMap { $0["UID"] }).count == all.count)
        let own = events(CalendarFeed(facts, .english, who: "江临").text)
        #expect(own.compactMap { $0["SUMMARY"] }.contains("复核") && !own.compactMap { $0["SUMMARY"] }.contains("报价\tA"))
        #expect(events(CalendarFeed(facts, .chinese, who: "").text).count == 3)
    }
}
