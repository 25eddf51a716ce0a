import PlanInsight
import PlanModel
import WorkingTime

/// A plan's dates for any calendar program: its marketing activities, and what is due. Written anew whenever it is asked for, so that who
/// subscribes to it sees the plan as it stands.
///
/// - Source: RFC 5545; names and refreshing by RFC 7986.
public struct CalendarFeed: Sendable {
    private let facts: PlanFacts
    private let language: Language
    private let who: String?

    /// Days ahead for which what is due is told.
    static let horizon = 366

    /// - Parameter who: the name of the person whose things are wanted; everybody's if nil or empty.
    public init(_ facts: PlanFacts, _ language: Language, who: String? = nil) {
        (self.facts, self.language) = (facts, language)
        self.who = who.flatMap { $0.isEmpty ? nil : $0 }
    }

    public static let mediaType = "text/calendar; charset=utf-8"

    /// - Complexity: O(activities + what is due).
    public var text: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Pharos//Plan calendar//\(language == .chinese ? "ZH" : "EN")",
            "CALSCALE:GREGORIAN", "NAME:" + Self.escaped(facts.plan.title), "X-WR-CALNAME:" + Self.escaped(facts.plan.title),
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        ]
        for event in campaigns + due { lines += event.lines(stamp: facts.today) }
        lines.append("END:VCALENDAR")
        return lines.map { Self.folded($0) + "\r\n" }.joined()
    }

    private var campaigns: [Event] {
        facts.plan.all(Campaign.self).compactMap { campaign in
            guard campaign.state != .dropped, let start = campaign.start ?? campaign.finish else { return nil }
            let owner = campaign.owner.flatMap { facts.workspace.record($0)?.title }
            guard who == nil || owner == who else { return nil }
            let details: [(Label, String?)] = [
                (Label("主题", "Theme"), campaign.theme), (Label("内容", "Content"), campaign.content),
                (Label("目标", "Target"), campaign.target), (Label("负责人", "Owner"), owner),
            ]
            return Event(
                id: "\(facts.plan.key)/\(campaign.id.short)", first: start, last: max(campaign.finish ?? start, start),
                title: campaign.title ?? campaign.id.short,
                category: campaign.kind?.label[language] ?? Campaign.names.one[language],
                details: details.compactMap { name, text in
                    text.flatMap { $0.isEmpty ? nil : name[language] + (language == .chinese ? "：" : ": ") + $0 }
                })
        }
    }

    private var due: [Event] {
        facts.due(by: facts.today + Self.horizon).filter { item in who.map { item.isFor($0, in: facts) } ?? true }.map { item in
            let names = item.who.compactMap { facts.workspace.record($0)?.title }
            return Event(
                id: "\(facts.plan.key)/\(item.record.short)/\(item.reason.rawValue)", first: item.day, last: item.day,
                title: item.title[language], category: item.reason.label[language],
                details: [item.purpose, names.isEmpty ? nil : names.joined(separator: language == .chinese ? "、" : ", ")]
                    .compactMap {
                        $0
                    })
        }
    }

    /// Whole days, which leave the time of those who take part free.
    private struct Event {
        let id: String
        let first: Day
        let last: Day
        let title: String
        let category: String
        let details: [String]

        func lines(stamp: Day) -> [String] {
            var lines = [
                "BEGIN:VEVENT", "UID:\(id)@pharos", "DTSTAMP:\(compact(stamp))T000000Z", "DTSTART;VALUE=DATE:\(compact(first))",
                "DTEND;VALUE=DATE:\(compact(last + 1))", "SUMMARY:" + escaped(title), "CATEGORIES:" + escaped(category),
                "TRANSP:TRANSPARENT",
            ]
            if !details.isEmpty { lines.append("DESCRIPTION:" + escaped(details.joined(separator: "\n"))) }
            return lines + ["END:VEVENT"]
        }

        private func compact(_ day: Day) -> String { "\(day)".filter { $0 != "-" } }
    }

    /// Text as a value: commas, semicolons, backslashes and new lines marked, other controls left out (section 3.3.11).
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\\", ";", ",": result += "\\\(scalar)"
            case "\n", "\r": result += "\\n"
            case "\t": result.unicodeScalars.append(scalar)
            default: if scalar.properties.generalCategory != .control { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }

    /// A line of at most 75 octets, the rest on lines that begin with a space; no character is torn apart (section 3.1).
    static func folded(_ line: String) -> String {
        var result = ""
        var octets = 0
        for character in line.unicodeScalars {
            let size = UTF8.width(character)
            if octets + size > 75 {
                result += "\r\n "
                octets = 1
            }
            result.unicodeScalars.append(character)
            octets += size
        }
        return result
    }
}
