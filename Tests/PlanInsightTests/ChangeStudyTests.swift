import Foundation
import Measures
import PlanInsight
import PlanModel
import Testing
import WorkingTime

/// Data of each kind, with what scipy 1.17 and numpy say of them.
@Suite("Before and after: the method that suits the data, and its numbers")
struct ChangeStudyTests {
    private let first = day("2026-01-04")

    private func weeks(_ values: [Double]) -> Series { Series(values.enumerated().map { (first + 7 * $0.offset, $0.element) }) }

    private func study(
        _ before: [Double], _ after: [Double], unit: String? = nil, sizes: [Double]? = nil, chart: ChartKind? = nil,
        direction: Direction = .down, _ make: (inout Typed<Measure>) -> Void = { _ in }
    ) throws -> ChangeStudy {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .improvement))
        editor.add(Measure.self) { measure in
            (measure.title, measure.unit, measure.chart, measure.direction) = ("指标", unit, chart, direction)
            measure.values = weeks(before + after)
            measure.sizes = sizes.map(weeks)
            measure.improvedOn = first + 7 * before.count
            make(&measure)
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: day("2027-06-01")))
        return try #require(facts.changeStudies.first)
    }

    private func agree(
        _ finding: ChangeFinding, _ method: ChangeMethod, _ change: (Double, Double, Double)?, _ probability: Double,
        within tolerance: Double = 1e-8, place: SourceLocation = #_sourceLocation
    ) {
        #expect(finding.method == method, sourceLocation: place)
        #expect(abs(finding.probability - probability) < tolerance * max(probability, 1e-3), sourceLocation: place)
        guard let change else { return }
        for (found, wanted) in [
            (finding.change.value, change.0), (finding.change.lower, change.1), (finding.change.upper, change.2),
        ] {
            #expect(abs(found - wanted) < tolerance, "\(found) \(wanted)", sourceLocation: place)
        }
    }

    private static let cases: [Double] = [12, 9, 14, 10, 11, 8, 13, 10, 12, 11, 6, 7, 4, 5, 8, 6, 5, 7]
    private static let samples: [Double] = [
        200, 180, 220, 200, 210, 190, 205, 195, 200, 200, 200, 210, 190, 200, 205, 195, 200, 200,
    ]

    /// `statsmodels`-free: Wilson intervals of `scipy.stats.binomtest`, joined as Newcombe's method 10; `chi2_contingency` without
    /// correction. 110 of 2000 before, 48 of 1600 after.
    @Test("shares of samples that vary by chance: all cases together", arguments: ["%", nil])
    func shares(unit: String?) throws {
        let scale = unit == "%" ? 100.0 : 1
        let values = zip(Self.cases, Self.samples).map { ($0 / $1 * scale * 1e6).rounded() / 1e6 }
        let found = try study(Array(values[..<10]), Array(values[10...]), unit: unit, sizes: Self.samples)
        // In the measure's own unit: per cents, or parts of one.
        let change = (-0.025 * scale, -0.03809404851995986 * scale, -0.011763633551835014 * scale)
        agree(found.finding, .proportions, change, 0.00027414240558665785)
        #expect(found.isProvenImprovement && found.reason.zh.contains("Newcombe"))
        #expect(found.verdict.zh.contains("下降 2.5 个百分点（95% 区间 1.2–3.8 个百分点）"), "\(found.verdict.zh)")
    }

    /// The leaking cans vary far more than samples of 50 may (χ² 1.8e-7 before), so the cases of a sample are not independent.
    @Test("shares that vary beyond chance are compared sample by sample")
    func overdispersedShares() throws {
        let found = try study(
            ControlStudyTests.cans.map { $0 * 2 }, ControlStudyTests.later.map { $0 * 2 }, unit: "%",
            sizes: ControlStudyTests.cans.map { _ in 50 } + ControlStudyTests.later.map { _ in 50 })
        // scipy.stats.ttest_ind(equal_var=False)
        agree(
            found.finding, .welch, (-12.049999999999997, -16.218876418673356, -7.881123581326639), 7.529541748947635e-07)
        // Per cents differ by points: in the sentence as in the figures.
        #expect(found.verdict.zh.hasPrefix("指标下降 12.1 个百分点（95% 区间 7.9–16.2 个百分点）"), "\(found.verdict.zh)")
        #expect(found.reason.en.hasPrefix("The shares vary more than sampling by chance allows"))
    }

    /// `scipy.stats.binomtest(39, 114).proportion_ci("exact")` as a ratio of rates; probability twice the smaller binomial tail.
    @Test("counts over equal times: an exact ratio of rates")
    func counts() throws {
        let found = try study([7, 9, 6, 8, 10, 7, 5, 9, 8, 6], [4, 3, 5, 2, 4, 6, 3, 4, 3, 5], unit: "件")
        agree(found.finding, .rates, nil, 0.0009591967698984279)
        let relative = try #require(found.finding.relative)
        #expect(abs(relative.lower + 0.6562387046099478) < 1e-8 && abs(relative.upper + 0.22437628963885792) < 1e-8)
        #expect(found.verdict.zh.hasPrefix("指标减少 48%（95% 区间 22%–66%），几乎不可能是偶然"))
    }

    @Test("faults over different numbers of units: rates per unit", arguments: [ChartKind.perUnit, nil])
    func countsOverUnits(chart: ChartKind?) throws {
        let found = try study(
            [14, 12, 20, 11, 7, 10, 21, 16, 19, 23], [8, 6, 9, 7, 5, 8, 10, 6], unit: "件",
            sizes: [10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5, 10, 9, 12, 10, 9.5, 10, 12, 10], chart: chart)
        agree(found.finding, .rates, nil, 4.014124446778916e-06)
        let relative = try #require(found.finding.relative)
        #expect(abs(relative.lower + 0.6343944879512626) < 1e-8 && abs(relative.upper + 0.3172615238414276) < 1e-8)
    }

    @Test("counts that vary beyond chance are compared as values")
    func overdispersedCounts() throws {
        let found = try study([3, 18, 7, 22, 5, 16, 9, 20, 4, 15], [2, 9, 1, 11, 3, 8, 2, 10, 4, 7], unit: "件")
        agree(found.finding, .welch, (-6.2, -11.646134999365074, -0.7538650006349261), 0.02857733647765134)
        #expect(found.reason.zh.hasPrefix("次数的波动超出随机计数的范围"))
    }

    /// As rates the counts fall from 14.7 to 6.1 a week; they would have done so without the improvement. `numpy.linalg.lstsq` and the
    /// covariances of `before_after_oracle.py`.
    @Test("counts that were falling already are held against their trend")
    func fallingCounts() throws {
        let found = try study([20, 17, 19, 15, 16, 13, 14, 11, 12, 10], [9, 8, 9, 6, 7, 5, 6, 4, 4, 3], unit: "件")
        agree(
            found.finding, .interruptedSeries, (1.7636363636363535, -0.7858566669025602, 4.313129394175267), 0.16190017173382368)
        #expect(!found.isProvenImprovement && found.finding.warnings.contains(.trendBefore))
    }

    @Test("means with the size of the sample behind each stay means")
    func means() throws {
        let found = try study(
            [14, 13, 15, 14, 16, 13, 14, 15, 13, 14], [11, 12, 10, 11, 12, 11, 10, 12, 11, 10], unit: "小时", sizes: [50])
        agree(found.finding, .welch, (-3.1, -3.957161112257605, -2.242838887742394), 6.199162968735179e-07)
        #expect(found.verdict.zh.hasPrefix("指标缩短 22%"))
    }

    /// One case of 41 hours. `scipy.stats.mannwhitneyu(method="exact")`; the shift is the median of all differences.
    @Test("a far value does not hide the change: medians")
    func skewed() throws {
        let found = try study(
            [3.1, 2.8, 3.4, 2.9, 3.3, 41, 3, 2.7, 3.2, 3.5], [2.1, 1.9, 2.3, 2, 2.4, 2.2, 1.8, 2.5, 1.7, 2.6], unit: "小时")
        agree(found.finding, .mannWhitney, nil, 1.082508822446903e-05)
        #expect(abs(found.finding.change.value + 1) < 1e-9 && found.isProvenImprovement)
    }

    private static let serial: [Double] = [
        49.2, 48.03, 48.18, 48.96, 50.31, 50.36, 49.73, 49.0, 49.95, 51.59, 51.55, 50.01, 49.05, 50.84, 50.87, 48.97, 49.09,
        48.11,
        47.86, 47.8, 43.52, 44.57, 44.8, 44.45, 45.17, 46.16, 44.49, 44.53, 43.85, 44.1, 43.19, 43.78, 44.18, 44.24, 43.55, 43.64,
        43.02, 42.26, 43.23, 42.68,
    ]

    @Test("neighbours that resemble each other: an interrupted series, with an interval six times as wide as that of the t test")
    func serial() throws {
        let found = try study(Array(Self.serial[..<20]), Array(Self.serial[20...]))
        agree(
            found.finding, .interruptedSeries, (-5.038740601503788, -8.925362204436679, -1.1521189985708964),
            0.012505130728908081)
    }

    @Test("with gaps between the values a series cannot be told; the likeness is a warning")
    func gaps() throws {
        let found = try study(Array(Self.serial[..<20]), Array(Self.serial[20...])) { measure in
            measure.values = Series(
                Self.serial.enumerated().map { (first + 7 * $0.offset + ($0.offset > 4 ? 28 : 0), $0.element) })
            measure.improvedOn = first + 7 * 20 + 28
        }
        agree(found.finding, .welch, (-5.5025, -6.179191638248005, -4.8258083617519905), 3.3387485721691283e-18)
        #expect(found.finding.warnings.contains { if case .autocorrelated = $0 { true } else { false } })
        #expect(found.verdict.zh.contains("相邻数据相关"))
    }

    @Test("three values a side claim nothing, however far apart they are")
    func few() throws {
        let found = try study([14, 13.5, 14.2], [4, 4.2, 3.9], unit: "小时")
        #expect(found.finding.method == .welch && !found.isProvenImprovement)
        #expect(found.verdict.zh.contains("数据不足以下结论"))
    }

    @Test(
        "an improvement goes the way that the measure wants",
        arguments: [(Direction.up, false), (.down, true), (.range, false), (.milestone, false)])
    func direction(_ direction: Direction, _ isBetter: Bool) throws {
        let found = try study(
            [14, 13, 15, 14, 16, 13, 14, 15, 13, 14], [11, 12, 10, 11, 12, 11, 10, 12, 11, 10], direction: direction
        ) { measure in
            // Within the range before, below it after.
            (measure.target, measure.targetHigh) = (13, 16)
        }
        #expect(found.isProvenImprovement == isBetter)
        let into = try study(
            [14, 13, 15, 14, 16, 13, 14, 15, 13, 14], [11, 12, 10, 11, 12, 11, 10, 12, 11, 10], direction: .range
        ) { ($0.target, $0.targetHigh) = (8, 12) }
        #expect(into.isProvenImprovement)
    }
}
