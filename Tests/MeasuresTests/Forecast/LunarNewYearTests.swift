import Foundation
import Testing

@testable import Measures

@Suite("The moving Lunar New Year")
struct LunarNewYearTests {
    @Test("the dates 2000–2035 are those of the Chinese calendar")
    func dates() {
        var gregorian = Calendar(identifier: .gregorian)
        var chinese = Calendar(identifier: .chinese)
        guard let zone = TimeZone(secondsFromGMT: 8 * 3600) else { return #expect(Bool(false)) }
        gregorian.timeZone = zone
        chinese.timeZone = zone
        for year in 2000...2035 {
            guard let day = LunarNewYear.day(in: year) else { return #expect(Bool(false)) }
            let noon = Date(timeIntervalSince1970: Double(day) * 86400 + 4 * 3600)
            let parts = chinese.dateComponents([.month, .day], from: noon)
            #expect(parts.month == 1 && parts.day == 1, "\(year)")
            #expect(gregorian.component(.year, from: noon) == year)
        }
        #expect(LunarNewYear.day(in: 1999) == nil)
    }

    @Test("the window's days are shared among months and differ from the usual by nothing on average")
    func shares() {
        // 2023: festival on 22 January; of days 0…14 ten fall into January.
        let january = LunarNewYear.deviation(.after, in: CalendarMonth(year: 2023, month: 1))
        let earlier = LunarNewYear.deviation(.after, in: CalendarMonth(year: 2020, month: 1))
        #expect(abs((january - earlier) - (10.0 - 7.0) / 15) < 1e-12)
        let sum = (2000...2035).reduce(0) { $0 + LunarNewYear.deviation(.around, in: CalendarMonth(year: $1, month: 2)) }
        #expect(abs(sum) < 1e-12)
        #expect(LunarNewYear.deviation(.around, in: CalendarMonth(year: 2023, month: 7)) == 0)
    }

    @Test("an effect put into a series is found, and makes January and February foretold better")
    func effect() {
        var dice = Dice(3)
        let first = CalendarMonth(year: 2015, month: 1)
        let whole: [Double] = (0..<120).map { index in
            let drop = LunarNewYear.deviation(.around, in: first.advanced(by: index))
            let season = 0.1 * sin(Double(index) / 6 * Double.pi)
            return 800 * exp(-0.5 * drop + season + 0.015 * dice.bell())
        }
        let known = whole.prefix(108).map(Optional.some)
        let aware = Forecaster(period: 12, horizon: 12, firstMonth: first).forecast(known)
        let unaware = Forecaster(period: 12, horizon: 12).forecast(known)
        func error(_ forecast: SeriesForecast) -> Double {
            [0, 1].reduce(0) { $0 + abs(forecast.points[$1] / whole[108 + $1] - 1) }
        }
        guard case .lunarNewYear(let found)? = aware.notes.last else { return #expect(Bool(false)) }
        #expect(abs(found - (exp(-0.5) - 1)) < 0.08)
        #expect(error(aware) < 0.6 * error(unaware))
    }

    @Test("where 春节 does nothing, nothing is claimed")
    func noEffect() {
        var claims = 0
        for seed in 1...40 {
            var dice = Dice(UInt64(400 + seed))
            let values = (0..<84).map { (month: Int) -> Double in
                1 + 0.2 * sin(Double(month) / 6 * Double.pi) + 0.05 * dice.bell()
            }
            if LunarNewYearEffect.estimated(values, from: CalendarMonth(year: 2016, month: 3)) != nil { claims += 1 }
        }
        #expect(claims <= 4)
    }
}
