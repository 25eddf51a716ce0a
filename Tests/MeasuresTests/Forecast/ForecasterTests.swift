import Foundation
import Testing

@testable import Measures

@Suite("Forecasts of series")
struct ForecasterTests {
    private func seasonal(_ count: Int, seed: UInt64 = 1, noise: Double = 0.03) -> [Double] {
        var dice = Dice(seed)
        return (0..<count).map { (month: Int) -> Double in
            let level = 500 * (1 + 0.004 * Double(month))
            return level * (1 + 0.2 * sin(Double(month) / 6 * Double.pi)) * (1 + noise * dice.bell())
        }
    }

    @Test("a short series on a line goes on along it, and one around a level stays there")
    func shortLine() throws {
        // By 210 to 270 a month: a straight line goes on by 248 on average.
        let line: [Double?] = [15380, 15590, 15840, 16110, 16380, 16610, 16860, 17090, 17340, 17610]
        let forecast = Forecaster(period: 12, horizon: 3).forecast(line)
        for (step, point) in forecast.points.enumerated() {
            #expect(abs(point - 17610 - 248 * Double(step + 1)) < 40 * Double(step + 1), "\(forecast.points)")
        }
        let level: [Double?] = [101, 99, 100, 102, 98, 100, 99, 101, 100, 100]
        for point in Forecaster(period: 12, horizon: 3).forecast(level).points { #expect(abs(point - 100) < 1.5, "\(point)") }
    }

    @Test("multiplying a series multiplies the forecast and its intervals", arguments: [7.3, 0.001, 12345.678, 3.0])
    func scale(factor: Double) {
        let forecaster = Forecaster(period: 12, horizon: 6)
        for seed in 1...6 {
            let series = seasonal(50 + 7 * seed, seed: UInt64(seed), noise: 0.02 * Double(seed))
            let plain = forecaster.forecast(series.map(Optional.some))
            let scaled = forecaster.forecast(series.map { $0 * factor })
            #expect(plain.points.count == 6)
            for (left, right) in zip(plain.points, scaled.points) { #expect(abs(right / left / factor - 1) < 1e-8) }
            for (left, right) in zip(plain.intervals, scaled.intervals) {
                for (a, b) in zip(left.lower + left.upper, right.lower + right.upper) { #expect(abs(b / a / factor - 1) < 1e-6) }
            }
            #expect(plain.smoothing == scaled.smoothing)
            #expect(plain.status == scaled.status)
        }
    }

    @Test("a trend with season is foretold better than by last year's values")
    func accuracy() {
        let series = seasonal(84, noise: 0.01)
        let forecast = Forecaster(period: 12, horizon: 12).forecast(series.dropLast(12).map(Optional.some))
        let actual = series.suffix(12)
        let error = zip(forecast.points, actual).reduce(0) { $0 + abs($1.0 - $1.1) / $1.1 } / 12
        let naive = zip(series[60..<72], actual).reduce(0) { $0 + abs($1.0 - $1.1) / $1.1 } / 12
        #expect(forecast.status == .forecast)
        #expect(forecast.isSeasonal)
        #expect(error < 0.5 * naive)
        #expect(abs(forecast.parts.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    }

    @Test("the rest of the year adds what is known to what is foretold")
    func total() throws {
        let forecast = Forecaster(period: 12, horizon: 4).forecast(seasonal(56).map(Optional.some))
        let total = try #require(forecast.total(adding: 1000))
        #expect(abs(total.point - 1000 - forecast.points.reduce(0, +)) < 1e-9)
        #expect(total.bounds.map(\.level) == [0.5, 0.8, 0.95])
        #expect(total.bounds.allSatisfy { $0.lower < total.point && total.point < $0.upper })
        #expect(Forecaster(period: 12, horizon: 4).forecast([1]).total() == nil)
    }

    @Test("intervals hold about the share of futures they promise, and the wider ones hold the narrower")
    func coverage() {
        var inside = [0.0, 0.0, 0.0]
        var counted = 0.0
        for seed in 1...40 {
            let series = seasonal(72, seed: UInt64(100 + seed), noise: 0.05)
            let forecast = Forecaster(period: 12, horizon: 6).forecast(series.dropLast(6).map(Optional.some))
            for (step, actual) in series.suffix(6).enumerated() {
                for (index, interval) in forecast.intervals.enumerated() {
                    if interval.lower[step] <= actual && actual <= interval.upper[step] { inside[index] += 1 }
                    #expect(interval.lower[step] <= forecast.points[step] && forecast.points[step] <= interval.upper[step])
                }
                #expect(forecast.intervals[2].lower[step] < forecast.intervals[1].lower[step])
                counted += 1
            }
        }
        #expect((0.35...0.7).contains(inside[0] / counted))
        #expect((0.68...0.92).contains(inside[1] / counted))
        #expect((0.88...1).contains(inside[2] / counted))
    }

    @Test("too little, too gappy or long ended series are refused with the reason")
    func refusals() {
        let forecaster = Forecaster(period: 12, horizon: 3)
        #expect(forecaster.forecast([]).notes == [.tooShort(count: 0, needed: 4)])
        #expect(forecaster.forecast([1, 2, nil, .nan]).notes == [.tooShort(count: 2, needed: 4)])
        let gappy: [Double?] = [1, nil, nil, 2, nil, 3, nil, 4]
        #expect(forecaster.forecast(gappy).notes == [.tooManyGaps(missing: 4, of: 8, longest: 0...3)])
        let ended: [Double?] = seasonal(36).map(Optional.some) + [Double?](repeating: nil, count: 9)
        #expect(forecaster.forecast(ended).notes == [.ended(periodsAgo: 9)])
        #expect(forecaster.forecast(gappy).status == .cannotTell)
        #expect(forecaster.forecast(gappy).points.isEmpty)
        #expect(Forecaster(period: 0, horizon: 3).forecast([1, 2, 3, 4]).notes == [.badRequest])
    }

    @Test("short series are foretold with care, and say that season cannot be told")
    func short() {
        let forecast = Forecaster(period: 12, horizon: 3).forecast([10, 12, 11, 13, 12, 14])
        #expect(forecast.status == .cautious)
        #expect(forecast.notes.contains(.shortHistory(count: 6)))
        #expect(forecast.notes.contains(.seasonUnknown(count: 6, period: 12)))
        #expect(forecast.points.allSatisfy { (9...17).contains($0) })
        for count in 4...30 {
            let series = seasonal(count, noise: 0.1)
            let each = Forecaster(period: 12, horizon: 5).forecast(series.map(Optional.some))
            #expect(each.points.count == 5)
            let all = each.points + each.intervals.flatMap { $0.lower + $0.upper }
            #expect(all.allSatisfy { $0.isFinite })
        }
    }

    @Test("where one value in ten was never there, the forecast asks for care")
    func manyGaps() {
        var series = seasonal(60, noise: 0.005).map(Optional.some)
        for index in stride(from: 5, to: 55, by: 7) { series[index] = nil }
        let forecast = Forecaster(period: 12, horizon: 6).forecast(series)
        #expect(forecast.notes == [.gapsFilled(8, of: 60)] && forecast.status == .cautious)
    }

    @Test("the width of a sum: independent errors add their squares, those of a random walk all that they share")
    func sums() {
        let independent = SeriesForecast.widthsOfSums([2, 2, 2, 2])
        #expect(zip(independent, [2, 8.0.squareRoot(), 12.0.squareRoot(), 4]).allSatisfy { abs($0 - $1) < 1e-12 })
        // Sums of a walk's errors of steps 1…n have the variance 1² + 2² + … + n².
        let walk = SeriesForecast.widthsOfSums((1...4).map { Double($0).squareRoot() })
        #expect(zip(walk, [1, 5, 14, 30].map { Double($0).squareRoot() }).allSatisfy { abs($0 - $1) < 1e-12 })
        // Simple smoothing with α = 0.5, by hand: Var 1 and 1.25, Cov 0.5.
        #expect(abs((SeriesForecast.widthsOfSums([1, 1.25.squareRoot()]).last ?? 0) - 3.25.squareRoot()) < 1e-12)
        #expect(SeriesForecast.widthsOfSums([]).isEmpty && SeriesForecast.widthsOfSums([3]) == [3])
    }

    @Test("a total of one step is as wide as the step; one of more is wider than independent and smoothed errors make it")
    func totals() throws {
        #expect(SeriesForecast.widthsOfTotals([]).isEmpty && SeriesForecast.widthsOfTotals([3]) == [3])
        let year = try #require(SeriesForecast.widthsOfTotals([Double](repeating: 1, count: 12)).last)
        #expect(abs(year - 12.0.squareRoot() * (1 + 0.22 * 11 / 12)) < 1e-12)
        let forecast = Forecaster(period: 12, horizon: 6).forecast(seasonal(56).map(Optional.some))
        let (two, all) = (try #require(forecast.total(of: 2)), try #require(forecast.total(of: 99)))
        #expect(two.point == forecast.points[0] + forecast.points[1] && all.point == forecast.total()?.point)
        let one = try #require(forecast.total(of: 1))
        #expect(abs(one.bounds[1].upper - forecast.intervals[1].upper[0]) < 1e-9)
        // Narrower than if all errors went the same way, wider than if each went its own.
        let widths = zip(forecast.intervals[1].upper, forecast.points).map { $0 - $1 }
        let width = all.bounds[1].upper - all.point
        #expect(width < widths.reduce(0, +) && width > widths.reduce(0) { $0 + $1 * $1 }.squareRoot())
    }

    @Test("sums of a year hold about the share of futures they promise where the level wanders")
    func coverageOfTotals() {
        var inside = [0.0, 0.0, 0.0]
        for seed in 1...80 {
            var dice = Dice(UInt64(700 + seed))
            var level = 500.0
            let series = (0..<84).map { (month: Int) -> Double in
                level *= 1 + 0.015 * dice.bell()
                return level * (1 + 0.2 * sin(Double(month) / 6 * Double.pi)) * (1 + 0.03 * dice.bell())
            }
            let forecast = Forecaster(period: 12, horizon: 12).forecast(series.dropLast(12).map(Optional.some))
            let sum = series.suffix(12).reduce(0, +)
            for (index, bound) in (forecast.total()?.bounds ?? []).enumerated() where bound.lower...bound.upper ~= sum {
                inside[index] += 1
            }
        }
        let shares = inside.map { $0 / 80 }
        #expect((0.4...0.68).contains(shares[0]) && (0.72...0.92).contains(shares[1]) && shares[2] > 0.88, "\(shares)")
    }

    @Test("gaps are filled along the season and said")
    func gaps() {
        let whole = seasonal(60, noise: 0.005)
        var series = whole.map(Optional.some)
        for index in [17, 30, 31, 44] { series[index] = nil }
        let forecast = Forecaster(period: 12, horizon: 6).forecast(series)
        let full = Forecaster(period: 12, horizon: 6).forecast(whole.map(Optional.some))
        #expect(forecast.notes == [.gapsFilled(4, of: 60)])
        #expect(forecast.status == .forecast)
        for (left, right) in zip(forecast.points, full.points) { #expect(abs(left / right - 1) < 0.03) }
    }

    @Test("values missing at the end are bridged: the horizon still begins after the last period")
    func trailing() {
        let whole = seasonal(60, noise: 0.002)
        let forecast = Forecaster(period: 12, horizon: 4).forecast(whole.dropLast(2).map(Optional.some) + [nil, nil])
        let longer = Forecaster(period: 12, horizon: 6).forecast(whole.dropLast(2).map(Optional.some))
        #expect(forecast.points == Array(longer.points.suffix(4)))
    }

    @Test("constant, mostly zero and negative series do not break")
    func oddSeries() {
        let constant = Forecaster(period: 12, horizon: 2).forecast([Double?](repeating: 5, count: 30))
        #expect(constant.points == [5, 5])
        #expect(constant.notes.contains(.constant))
        let exact = Forecaster(period: 1, horizon: 3).forecast((1...20).map { (index: Int) -> Double? in 3 * Double(index) })
        #expect(exact.notes.contains(.withoutDeviation) && exact.status == .cautious)
        let sparse = Forecaster(period: 12, horizon: 3).forecast(
            (0..<40).map { (index: Int) -> Double? in index % 5 == 0 ? 3 : 0 })
        #expect(sparse.notes.contains(.mostlyZero))
        #expect(sparse.points.allSatisfy { (0...3).contains($0) })
        #expect(sparse.intervals.allSatisfy { $0.lower.allSatisfy { $0 >= 0 } })
        var dice = Dice(9)
        let mixed = Forecaster(period: 12, horizon: 12).forecast(
            (0..<60).map { (month: Int) -> Double? in 5 * sin(Double(month) / 2) + dice.bell() })
        #expect(mixed.points.allSatisfy { $0.isFinite } && !mixed.notes.contains(.withoutDeviation))
        let huge = Forecaster(period: 4, horizon: 4).forecast(
            (0..<30).map { (index: Int) -> Double? in 1e90 * Double(index + 1) })
        #expect(huge.points.allSatisfy { $0.isFinite })
    }

    @Test("whatever the series, bounds are finite and hold the point; repeating gives the same")
    func strangeSeries() {
        var dice = Dice(77)
        for round in 0..<90 {
            let count = dice.roll(0...70)
            let size = [1e-9, 1, 1e6, 1e12][dice.roll(0...3)]
            let kind = dice.roll(0...6)
            let series: [Double?] = (0..<count).map { (index: Int) -> Double? in
                if dice.roll(0...20) == 0 { return dice.roll(0...1) == 0 ? nil : 1000 * size * dice.bell() }
                switch kind {
                case 0: return size * dice.bell()
                case 1: return size * Double(index)
                case 2: return size * exp(Double(index) / 3)
                case 3: return dice.roll(0...6) == 0 ? size : 0
                case 4: return size * Double(index % 3)
                case 5: return index < count / 2 ? size : 100 * size
                default: return -size * (1 + 0.1 * dice.share())
                }
            }
            let forecaster = Forecaster(
                period: [1, 3, 4, 7, 12, 52, 400][dice.roll(0...6)], horizon: dice.roll(1...30),
                firstMonth: round % 3 == 0 ? CalendarMonth(year: 1998 + dice.roll(0...40), month: 3) : nil)
            let forecast = forecaster.forecast(series)
            #expect(forecast == forecaster.forecast(series))
            #expect((forecast.status == .cannotTell) == forecast.points.isEmpty)
            for interval in forecast.intervals {
                for step in forecast.points.indices {
                    #expect(forecast.points[step].isFinite && interval.lower[step].isFinite && interval.upper[step].isFinite)
                    #expect(
                        interval.lower[step] <= forecast.points[step] && forecast.points[step] <= interval.upper[step],
                        "\(kind) \(series)")
                }
            }
        }
    }
}
