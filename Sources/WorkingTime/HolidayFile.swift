import FoundationEssentials

/// Why an administrator's holiday file was refused. Nothing of it is taken over.
public enum HolidayFileError: Error, Equatable {
    /// Not JSON of the form `{"year": 2027, "days": [{"name", "date", "isOffDay"}]}`; where and what.
    case malformed(String)
    /// The entry at this index has a date that does not exist or is not written `2027-05-01`.
    case invalidDate(index: Int, text: String)
    /// The same day is listed twice.
    case duplicate(Day)

    /// What is wrong and what would be right.
    public var words: DayName {
        switch self {
        case .malformed(let place):
            DayName(
                zh:
                    "不是节假日文件；形式应为 {\"year\": 2027, \"days\": [{\"name\": \"春节\", \"date\": \"2027-02-06\", \"isOffDay\": true}]}。\(place.isEmpty ? "" : "问题在 \(place)。")",
                en:
                    "This is no holiday file; it takes the form {\"year\": 2027, \"days\": [{\"name\": \"春节\", \"date\": \"2027-02-06\", \"isOffDay\": true}]}.\(place.isEmpty ? "" : " What does not fit is \(place).")"
            )
        case .invalidDate(let index, let text):
            DayName(
                zh: "第 \(index + 1) 天的日期「\(text)」不存在；写成 2027-02-06。",
                en: "Day \(index + 1) has the date “\(text)”, which does not exist; write 2027-02-06.")
        case .duplicate(let day): DayName(zh: "\(day) 出现了两次；只留一次。", en: "\(day) is listed twice; keep it once.")
        }
    }
}

extension HolidayCalendar {
    /// Reads one year (an object) or several (an array of them) in the form of the community list `holiday-cn`:
    /// `{"year": 2027, "papers": [...], "days": [{"name": "春节", "date": "2027-02-06", "isOffDay": true}]}`.
    ///
    /// The form says off or not; which weekday is off in lieu is inferred (see `daysInLieu`).
    /// - Throws: `HolidayFileError`, naming the entry.
    public init(json: String) throws(HolidayFileError) {
        var calendar = HolidayCalendar(publishedYears: [], holidays: [:])
        for file in try HolidayFile.decode(json) {
            calendar = calendar.replacing(
                with: HolidayCalendar(publishedYears: [file.year], holidays: try file.holidays()))
        }
        self = calendar
    }
}

private struct HolidayFile: Decodable {
    struct Entry: Decodable {
        let name: String
        let date: String
        let isOffDay: Bool
    }

    let year: Int
    let days: [Entry]

    static func decode(_ json: String) throws(HolidayFileError) -> [HolidayFile] {
        let bytes = Data(json.utf8)
        do {
            let isArray = json.utf8.first { !" \n\r\t".utf8.contains($0) } == UInt8(ascii: "[")
            return isArray
                ? try JSONDecoder().decode([HolidayFile].self, from: bytes)
                : [try JSONDecoder().decode(HolidayFile.self, from: bytes)]
        } catch {
            throw .malformed((error as? DecodingError)?.place ?? "")
        }
    }

    func holidays() throws(HolidayFileError) -> [Day: Holiday] {
        var isOff: [Day: Bool] = [:]
        var nameOf: [Day: String] = [:]
        for (index, entry) in days.enumerated() {
            guard let day = Day(entry.date) else { throw .invalidDate(index: index, text: entry.date) }
            guard isOff.updateValue(entry.isOffDay, forKey: day) == nil else { throw .duplicate(day) }
            nameOf[day] = entry.name
        }
        var result: [Day: Holiday] = [:]
        for (name, days) in Dictionary(grouping: nameOf.keys, by: { nameOf[$0] ?? "" }) {
            let off = days.filter { isOff[$0] == true }.sorted()
            let inLieu = daysInLieu(off: off, makeUpDays: days.count - off.count)
            for day in days {
                let kind: HolidayKind =
                    isOff[day] == false ? .makeUpWorkingDay : inLieu.contains(day) ? .dayOffInLieu : .statutoryHoliday
                result[day] = Holiday(kind, name: Self.label(name))
            }
        }
        return result
    }

    /// The notices grant as many weekdays in lieu as they take weekend days. They lie at the end of the holiday;
    /// only around a single day by law do they bridge it to the weekend, wherever that lies.
    private func daysInLieu(off: [Day], makeUpDays: Int) -> [Day] {
        let weekdays = off.filter { $0.weekday <= 5 }
        guard makeUpDays == 1, weekdays.count == 2 else { return Array(weekdays.suffix(makeUpDays)) }
        let weekend = Set(off.filter { $0.weekday > 5 })
        return [weekdays.first { weekend.contains($0 + 1) || weekend.contains($0 - 1) } ?? weekdays[1]]
    }

    /// English for the festivals we know; several in one name (「国庆节、中秋节」) keep the order.
    private static func label(_ name: String) -> DayName {
        let known = ChinaFestival.allCases.filter { name.contains($0.name.zh) }
        return DayName(zh: name, en: known.isEmpty ? name : known.map(\.name.en).joined(separator: ", "))
    }
}

extension DecodingError {
    /// Where in the file: `days.3.isOffDay`; empty where it is no JSON at all.
    fileprivate var place: String {
        let path: [any CodingKey] =
            switch self {
            case .keyNotFound(let key, let context): context.codingPath + [key]
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): context.codingPath
            @unknown default: []
            }
        return path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
