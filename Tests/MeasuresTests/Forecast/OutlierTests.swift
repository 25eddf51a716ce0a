import Foundation
import Testing

@testable import Measures

@Suite("Values that stand out of a series")
struct OutlierTests {
    private func seasonal(_ count: Int, seed: UInt64 = 1) -> [Double] {
        var dice = Dice(seed)
        return (0..<count).map { month in
            let level = 500 * (1 + 0.004 * Double(month))
            return level * (1 + 0.3 * sin(Double(month) / 6 * Double.pi)) * (1 + 0.04 * dice.bell())
        }
    }

    private func findings(_ series: [Double], period: Int = 12) -> [Outlier] {
        Outliers(series.map(Optional.some), period: period).findings
    }

    @Test("a slip of the pen is told by its period and value and leaves the forecast as it was", arguments: [0, 5, 37, 58, 59])
    func absurd(place: Int) throws {
        let sound = seasonal(60)
        var series = sound
        series[place] = 1e12
        let forecaster = Forecaster(period: 12, horizon: 6)
        let (expected, forecast) = (forecaster.forecast(sound.map(Optional.some)), forecaster.forecast(series.map(Optional.some)))
        #expect(forecast.points.count == 6 && forecast.status == .cautious)
        for (left, right) in zip(forecast.points, expected.points) { #expect(abs(left / right - 1) < 0.06) }
        for (left, right) in zip(forecast.intervals, expected.intervals) {
            #expect(abs(left.upper[5] / right.upper[5] - 1) < 0.2)
        }
        let told = forecast.notes.compactMap { if case .outlier(let outlier) = $0 { outlier } else { nil } }
        #expect(told.map(\.place) == [place] && told.map(\.value) == [1e12] && told.map(\.use) == [.leftOut])
        #expect(abs((told.first?.expected ?? 0) / sound[place] - 1) < 0.3)
        #expect(!forecast.notes.contains { if case .gapsFilled = $0 { true } else { false } })
    }

    @Test("the report names the period, in both languages and for programs")
    func report() throws {
        var text = "series,t,value\n"
        for (month, value) in seasonal(36).enumerated() {
            text += "a,\(2023 + month / 12)-\(month % 12 + 1),\(month == 26 ? 1e12 : value)\n"
        }
        var reader = SeriesTableReader()
        try reader.read(Data(text.utf8))
        let report = ForecastReport(try reader.finish(), period: 12, horizon: 3)
        let parsed = try #require(try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
        let entry = try #require((parsed["series"] as? [[String: Any]])?.first)
        let note = try #require((entry["notes"] as? [[String: Any]])?.first { $0["code"] as? String == "outlier_left_out" })
        #expect(note["t"] as? String == "2025-03" && note["value"] as? Double == 1e12)
        #expect((note["zh"] as? String)?.contains("2025-03 的值 1,000,000,000,000") == true)
        #expect((note["en"] as? String)?.contains("The value of 2025-03, 1,000,000,000,000, lies too far") == true)
    }

    @Test("a change of level is no outlier, wherever it begins", arguments: [0.05, 0.3, 3, 10, 40])
    func levelShift(factor: Double) {
        for begin in 1..<60 {
            let series = seasonal(60).enumerated().map { $0.offset >= begin ? $0.element * factor : $0.element }
            let found = findings(series)
            // Before the first value there is nothing, so the first alone may as well be a slip.
            #expect(found.allSatisfy { $0.use == .usedAsLast && begin == 59 }, "\(begin): \(found)")
        }
    }

    @Test("a digit too many or too few among others is left out; three times the level is used and told")
    func digits() {
        for factor in [0.1, 10] {
            var series = seasonal(60)
            series[30] *= factor
            #expect(findings(series).map(\.use) == [.leftOut])
        }
        var series = seasonal(60)
        series[30] *= 5
        #expect(findings(series).map(\.place) == [30] && findings(series).map(\.use) == [.used])
        #expect(Forecaster(period: 12, horizon: 3).forecast(series.map(Optional.some)).status == .forecast)
    }

    @Test("peaks of a season, growth, demand now and then, and several values in a row are no outliers")
    func ordinary() {
        for seed in 1...20 { #expect(findings(seasonal(60, seed: UInt64(seed))).isEmpty) }
        #expect(findings(seasonal(60).enumerated().map { $0.offset % 12 == 11 ? $0.element * 12 : $0.element }).isEmpty)
        #expect(findings(seasonal(60).enumerated().map { [35, 47].contains($0.offset) ? $0.element * 12 : $0.element }).isEmpty)
        #expect(findings((0..<40).map { pow(1.5, Double($0)) }).isEmpty)
        let rare = (0..<60).map { (month: Int) -> Double in month % 7 == 3 ? Double(5 + month % 4) : 0 }
        #expect(findings(rare).isEmpty)
        #expect(findings(seasonal(60).enumerated().map { (20...22).contains($0.offset) ? $0.element * 9 : $0.element }).isEmpty)
        #expect(findings([100, 101, 100, 99, 100, 150, 100, 100, 101, 100], period: 1).isEmpty)
    }

    @Test("a slip in a series of zeros and ones, below zero, or beside another is found")
    func otherSeries() {
        var rare = (0..<60).map { (month: Int) -> Double in month % 5 == 0 ? 1 : 0 }
        rare[31] = 1e9
        #expect(findings(rare).map(\.place) == [31])
        var signed = (0..<40).map { sin(Double($0)) * 20 }
        signed[12] = -1e12
        #expect(findings(signed, period: 1).map(\.place) == [12])
        var series = seasonal(60)
        (series[30], series[31]) = (1e12, 2e12)
        #expect(findings(series).map(\.place) == [30, 31])
    }
}
