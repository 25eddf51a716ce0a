import Measures
import PlanInsight
import PlanModel
import Testing
import WorkingTime

/// Published examples, typed into a plan as a person would.
///
/// - Source: Montgomery, "Introduction to Statistical Quality Control", 5th edition, chapters 5 and 6; constants from its appendix VI.
@Suite("Control charts of a plan's measures have the limits of the textbook")
struct ControlStudyTests {
    private let first = day("2026-01-01")

    private func series(_ values: [Double]) -> Series { Series(values.enumerated().map { (first + $0.offset, $0.element) }) }

    /// The chart that a plan draws of these values, one a day from the first of January.
    private func study(
        _ values: [Double], unit: String? = nil, _ chart: ChartKind, sizes: [Double]? = nil,
        _ more: (inout Typed<Measure>) -> Void = { _ in }
    ) throws -> ControlStudy {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .improvement))
        editor.add(Measure.self) { measure in
            (measure.title, measure.unit, measure.chart) = ("指标", unit, chart)
            measure.values = series(values)
            measure.sizes = sizes.map(series)
            more(&measure)
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: day("2026-11-20")))
        return try #require(facts.controlStudies.first)
    }

    /// Centre, lower and upper limit at a place, each within what the book rounds to.
    private func expectLimits(
        _ chart: ControlChart?, at place: Int = 0, _ centre: Double, _ lower: Double, _ upper: Double, within rounding: Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let limits = try point(chart, place)
        let found = [limits.centre, limits.lower, limits.upper]
        #expect(
            zip(found, [centre, lower, upper]).allSatisfy { abs($0 - $1) < rounding }, "\(found)", sourceLocation: sourceLocation)
    }

    private func point(_ chart: ControlChart?, _ place: Int) throws -> ControlPoint { try #require(chart?.points[place]) }

    /// Points beyond the limits, counted from 1 as the book does.
    private func beyond(_ chart: ControlChart) -> [Int] {
        chart.signals.filter { $0.rule == .beyondLimits }.flatMap(\.points).map { $0 + 1 }
    }

    /// Cans of orange juice that leak, in 30 samples of 50, and in 24 more after the machine was adjusted (tables 6.1 and 6.2).
    static let cans: [Double] = [
        12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
    ]
    static let later: [Double] = [9, 6, 12, 5, 6, 4, 6, 3, 7, 6, 2, 4, 3, 6, 5, 4, 8, 5, 6, 7, 5, 6, 3, 5]

    @Test("p: leaking cans as shares in per cent; samples 15 and 23 are beyond the limits")
    func shares() throws {
        let study = try study(Self.cans.map { $0 * 2 }, unit: "%", .automatic, sizes: [50])
        #expect(study.chart.kind == .share && study.scale == 100)
        try expectLimits(study.chart, 0.2313, 0.0524, 0.4102, within: 1e-4)
        #expect(beyond(study.chart) == [15, 23])
        #expect(study.notes.isEmpty)
    }

    @Test("p: without the two samples of known cause, the limits frozen judge what came after the adjustment")
    func frozenShares() throws {
        let study = try study((Self.cans + Self.later).map { $0 * 2 }, unit: "%", .proportion, sizes: [50]) { measure in
            measure.excluded = "\(first + 14)、\(first + 22)"
            measure.limitsUntil = first + 29
        }
        for place in [0, 29, 30, 53] { try expectLimits(study.chart, at: place, 0.2150, 0.0407, 0.3893, within: 5e-5) }
        // Sample 21 is now beyond the upper limit; of the new ones, 41 has a share of 0.04.
        #expect(beyond(study.chart).contains(21) && beyond(study.chart).filter { $0 > 30 } == [41])
        #expect(study.frozen == 30 && study.excluded == [14, 22])
    }

    @Test("p: since the improvement the limits are the new phase's own")
    func improvedShares() throws {
        let study = try study((Self.cans + Self.later).map { $0 / 50 }, .proportion, sizes: [50]) { $0.improvedOn = first + 30 }
        try expectLimits(study.chart, at: 40, 0.1108, 0, 0.2440, within: 1e-4)
        #expect(beyond(study.chart) == [15, 23])
    }

    @Test("np: the same cans as numbers")
    func numbers() throws {
        let study = try study(Self.cans, unit: "件", .defectives, sizes: [50])
        #expect(study.chart.kind == .number && study.scale == 1)
        try expectLimits(study.chart, 11.57, 2.620, 20.510, within: 5e-3)
        #expect(beyond(study.chart) == [15, 23])
    }

    @Test("c: faults of circuit boards, 26 samples of 100; samples 6 and 20 are beyond the limits")
    func faults() throws {
        let study = try study(
            [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15], unit: "件",
            .automatic)
        #expect(study.chart.kind == .faults)
        try expectLimits(study.chart, 19.85, 6.48, 33.22, within: 1e-2)
        #expect(beyond(study.chart) == [6, 20])
    }

    @Test("u: faults in rolls of dyed cloth of different size")
    func faultsPerUnit() throws {
        let study = try study(
            [14, 12, 20, 11, 7, 10, 21, 16, 19, 23], unit: "件", .automatic, sizes: [10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5])
        #expect(study.chart.kind == .faultsPerUnit)
        for (place, lower, upper) in [(0, 0.29, 2.55), (1, 0.16, 2.68), (2, 0.43, 2.41), (4, 0.26, 2.58), (9, 0.41, 2.43)] {
            try expectLimits(study.chart, at: place, 1.42, lower, upper, within: 1e-2)
        }
        #expect(beyond(study.chart).isEmpty)
    }

    /// Inside diameters of piston rings in millimetres, 25 samples of 5 (table 5.3).
    static let rings: [Double] = [
        74.030, 74.002, 74.019, 73.992, 74.008, 73.995, 73.992, 74.001, 74.011, 74.004, 73.988, 74.024, 74.021, 74.005, 74.002,
        74.002, 73.996, 73.993, 74.015, 74.009, 73.992, 74.007, 74.015, 73.989, 74.014, 74.009, 73.994, 73.997, 73.985, 73.993,
        73.995, 74.006, 73.994, 74.000, 74.005, 73.985, 74.003, 73.993, 74.015, 73.988, 74.008, 73.995, 74.009, 74.005, 74.004,
        73.998, 74.000, 73.990, 74.007, 73.995, 73.994, 73.998, 73.994, 73.995, 73.990, 74.004, 74.000, 74.007, 74.000, 73.996,
        73.983, 74.002, 73.998, 73.997, 74.012, 74.006, 73.967, 73.994, 74.000, 73.984, 74.012, 74.014, 73.998, 73.999, 74.007,
        74.000, 73.984, 74.005, 73.998, 73.996, 73.994, 74.012, 73.986, 74.005, 74.007, 74.006, 74.010, 74.018, 74.003, 74.000,
        73.984, 74.002, 74.003, 74.005, 73.997, 74.000, 74.010, 74.013, 74.020, 74.003, 73.982, 74.001, 74.015, 74.005, 73.996,
        74.004, 73.999, 73.990, 74.006, 74.009, 74.010, 73.989, 73.990, 74.009, 74.014, 74.015, 74.008, 73.993, 74.000, 74.010,
        73.982, 73.984, 73.995, 74.017, 74.013,
    ]

    @Test("X̄–R: piston rings", arguments: [nil, 5])
    func meansAndRanges(subgroup: Int?) throws {
        let study = try study(Self.rings, unit: "mm", .meanRange) { $0.subgroup = subgroup }
        #expect(study.chart.points.count == 25 && study.days.first == first + 4 && study.days.last == first + 124)
        let spread = try #require(study.spread)
        let (mean, range) = (try point(study.chart, 0), try point(spread, 0))
        try expectLimits(study.chart, 74.001, 73.988, 74.014, within: 1e-3)
        #expect(abs(range.centre - 0.02324) < 1e-8 && range.lower == 0)
        // A2 = 0.577 and D4 = 2.114 (2.115 in earlier editions) have three digits in the book.
        #expect(abs(mean.upper - (74.001176 + 0.577 * 0.02324)) < 2e-5)
        #expect(abs(range.upper - 2.1145 * 0.02324) < 2e-5)
        #expect(study.chart.signals.isEmpty && beyond(spread).isEmpty)
    }

    @Test("X̄–S: piston rings, example 5.3")
    func meansAndDeviations() throws {
        let study = try study(Self.rings, unit: "mm", .meanDeviation) { measure in
            (measure.lowerSpecification, measure.upperSpecification) = (73.95, 74.05)
        }
        let spread = try #require(study.spread)
        try expectLimits(study.chart, 74.001, 73.988, 74.014, within: 1e-3)
        try expectLimits(spread, 0.0094, 0, 0.0196, within: 5e-5)
        #expect(study.chart.signals.isEmpty && beyond(spread).isEmpty)
        // σ̂ = 0.0094 ÷ 0.94 = 0.01 in the book, so that Cp is about 1.67; the pooled deviation gives 1.65.
        let capability = try #require(study.capability)
        #expect(abs(try #require(capability.cp) - 1.67) < 0.03)
    }

    @Test("what the data do not allow is charted as the next best, and it is said")
    func fallsBack() throws {
        let hours = try study([14, 13, 15, 14, 16, 13, 14, 15, 13], unit: "小时", .automatic, sizes: [50])
        // Hours with the size of the sample behind them are no cases among so many.
        #expect(hours.chart.kind == .individual)
        let uneven = try study(
            [5, 6, 4, 7, 5, 6, 4, 5], unit: "件", .defectives, sizes: [50, 60, 50, 60, 50, 60, 50, 60])
        #expect(uneven.chart.kind == .share && uneven.notes.count == 1)
        let broken = try study([5, 6, 4.5, 7, 5, 6, 4, 5], .count)
        #expect(broken.chart.kind == .individual && broken.notes.first?.en.contains("no whole counts") == true)
    }
}
