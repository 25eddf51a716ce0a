/// The seven public holidays of the PRC.
public enum ChinaFestival: String, CaseIterable, Sendable {
    case newYear, springFestival, tombSweeping, labour, dragonBoat, midAutumn, national

    public var name: DayName {
        switch self {
        case .newYear: DayName(zh: "元旦", en: "New Year's Day")
        case .springFestival: DayName(zh: "春节", en: "Spring Festival")
        case .tombSweeping: DayName(zh: "清明节", en: "Tomb-sweeping Day")
        case .labour: DayName(zh: "劳动节", en: "Labour Day")
        case .dragonBoat: DayName(zh: "端午节", en: "Dragon Boat Festival")
        case .midAutumn: DayName(zh: "中秋节", en: "Mid-autumn Festival")
        case .national: DayName(zh: "国庆节", en: "National Day")
        }
    }
}

extension HolidayCalendar {
    /// The PRC working calendar 2024–2026 as announced by the General Office of the State Council each autumn.
    public static let china = HolidayCalendar(notices: chinaNotices)

    private init(notices: [Notice]) {
        self.init(publishedYears: Set(notices.map(\.year)), holidays: [:])
        var days: [Day: Holiday] = [:]
        for notice in notices {
            for entry in notice.entries {
                func mark(_ monthDay: Int, _ kind: HolidayKind) {
                    guard let day = Day(year: notice.year, month: monthDay / 100, day: monthDay % 100) else { return }
                    days[day] = Holiday(kind, name: entry.festival.name)
                }
                entry.off.forEach { mark($0, .statutoryHoliday) }
                entry.inLieu.forEach { mark($0, .dayOffInLieu) }
                entry.work.forEach { mark($0, .makeUpWorkingDay) }
            }
        }
        self = HolidayCalendar(publishedYears: publishedYears, holidays: days)
    }
}

/// One year's notice. Days are written month × 100 + day; a range stays within its month, and days that
/// do not exist in it are skipped.
private struct Notice {
    struct Entry {
        let festival: ChinaFestival
        var off: [Int]
        var inLieu: [Int] = []
        var work: [Int] = []
    }

    let year: Int
    let entries: [Entry]
}

private let chinaNotices = [
    Notice(
        year: 2024,
        entries: [
            .init(festival: .newYear, off: [101]),
            .init(festival: .springFestival, off: Array(210...217), inLieu: [215, 216], work: [204, 218]),
            .init(festival: .tombSweeping, off: Array(404...406), inLieu: [405], work: [407]),
            .init(festival: .labour, off: Array(501...505), inLieu: [502, 503], work: [428, 511]),
            .init(festival: .dragonBoat, off: [610]),
            .init(festival: .midAutumn, off: Array(915...917), inLieu: [916], work: [914]),
            .init(festival: .national, off: Array(1001...1007), inLieu: [1004, 1007], work: [929, 1012]),
        ]),
    Notice(
        year: 2025,
        entries: [
            .init(festival: .newYear, off: [101]),
            .init(festival: .springFestival, off: Array(128...131) + Array(201...204), inLieu: [203, 204], work: [126, 208]),
            .init(festival: .tombSweeping, off: Array(404...406)),
            .init(festival: .labour, off: Array(501...505), inLieu: [505], work: [427]),
            .init(festival: .dragonBoat, off: [531, 601, 602]),
            .init(festival: .national, off: Array(1001...1008), inLieu: [1007, 1008], work: [928, 1011]),
            .init(festival: .midAutumn, off: [1006]),
        ]),
    Notice(
        year: 2026,
        entries: [
            .init(festival: .newYear, off: Array(101...103), inLieu: [102], work: [104]),
            .init(festival: .springFestival, off: Array(215...223), inLieu: [220, 223], work: [214, 228]),
            .init(festival: .tombSweeping, off: Array(404...406)),
            .init(festival: .labour, off: Array(501...505), inLieu: [505], work: [509]),
            .init(festival: .dragonBoat, off: Array(619...621)),
            .init(festival: .midAutumn, off: Array(925...927)),
            .init(festival: .national, off: Array(1001...1007), inLieu: [1006, 1007], work: [920, 1010]),
        ]),
]
