import Testing

@testable import Measures

@Suite struct ControlChartTests {
    @Test("I–MR limits are the mean ± 2.66 mean moving ranges, and 3.267 of them for the ranges")
    func individuals() throws {
        let values = [10.0, 12, 11, 13, 9, 11, 12, 10]
        let charts = try ControlCharting().individuals(values)
        let point = try #require(charts.location.points[3])
        let meanRange = (2.0 + 1 + 2 + 4 + 2 + 1 + 2) / 7
        #expect(abs(point.centre - 11) < 1e-12)
        #expect(abs(point.upper - (11 + 2.6587 * meanRange)) < 1e-3)
        #expect(charts.spread.points[0] == nil)
        let range = try #require(charts.spread.points[1])
        #expect(abs(range.upper - 3.2665 * meanRange) < 1e-3)
        #expect(range.lower == 0)
    }

    @Test("X̄–R and X̄–S limits follow A2, D4, A3 and B4")
    func subgroups() throws {
        let groups = [
            [74.030, 74.002, 74.019, 73.992, 74.008], [73.995, 73.992, 74.001, 74.011, 74.004],
            [73.988, 74.024, 74.021, 74.005, 74.002],
        ]
        let moments = groups.map { Moments($0) }
        let mean = moments.map(\.mean).reduce(0, +) / 3
        let range = moments.map(\.range).reduce(0, +) / 3
        let deviation = moments.map(\.deviation).reduce(0, +) / 3
        let byRange = try ControlCharting().meansAndRanges(groups)
        #expect(abs(try #require(byRange.location.points[0]).upper - (mean + 0.57682 * range)) < 1e-6)
        #expect(abs(try #require(byRange.spread.points[0]).upper - 2.1145 * range) < 1e-5)
        let byDeviation = try ControlCharting().meansAndDeviations(groups)
        #expect(abs(try #require(byDeviation.location.points[0]).upper - (mean + 1.42729 * deviation)) < 1e-6)
        #expect(abs(try #require(byDeviation.spread.points[0]).upper - 2.08895 * deviation) < 1e-6)
    }

    @Test("attribute charts: p with varying samples, np, c and u")
    func attributes() throws {
        let p = try ControlCharting().shares(nonconforming: [12, 8, 20], of: [100, 80, 120])
        let share = 40.0 / 300
        #expect(abs(try #require(p.points[1]).upper - (share + 3 * (share * (1 - share) / 80).squareRoot())) < 1e-12)
        let np = try ControlCharting().numbers(nonconforming: [1, 2, 3], of: 50)
        #expect(try #require(np.points[0]).lower == 0)
        #expect(abs(try #require(np.points[0]).centre - 2) < 1e-12)
        let c = try ControlCharting().faults([4, 6, 5, 5])
        #expect(abs(try #require(c.points[0]).upper - (5 + 3 * 5.0.squareRoot())) < 1e-12)
        let u = try ControlCharting().faultsPerUnit([4, 6], units: [2, 4])
        #expect(abs(try #require(u.points[1]).deviation - (10.0 / 6 / 4).squareRoot()) < 1e-12)
    }

    @Test("limits frozen in the phase before judge the phase after, and patterns don't cross")
    func phases() throws {
        let before = [10.0, 11, 9, 10, 12, 8, 10, 11, 9, 10]
        let after = [8.0, 8.5, 7.5, 8, 8.2, 7.9, 8.1, 7.7, 8.3, 8]
        var charting = ControlCharting(phases: [ControlPhase(start: 0), ControlPhase(start: 10, limits: .frozen(phase: 0))])
        let frozen = try charting.individuals(before + after).location
        #expect(frozen.points[0]?.centre == frozen.points[15]?.centre)
        let shift = try #require(frozen.signals.first { $0.rule == .sameSide(9) })
        #expect(shift.points == Array(10..<20))
        #expect(shift.isAbove == false)
        #expect(shift.wording.zh == "第 11、12、13、14、15、16、17、18、19、20 点连续在中心线下方")
        charting.phases[1].limits = .own
        let own = try charting.individuals(before + after).location
        let (narrow, wide) = (try #require(own.points[15]), try #require(frozen.points[15]))
        #expect(narrow.upper < wide.upper)
        #expect(own.signals.isEmpty)
    }

    @Test("points with a known cause are plotted and judged but leave the limits alone")
    func excluded() throws {
        let values = [10.0, 11, 9, 10, 40, 10, 11, 9, 10]
        let chart = try ControlCharting(excluded: [4]).individuals(values).location
        #expect(try #require(chart.points[0]).centre == 10)
        #expect(chart.signals.contains { $0.rule == .beyondLimits && $0.points == [4] && $0.isAbove == true })
    }

    /// Points at given scores; brute force over windows is the truth.
    @Test("every rule names exactly the windows that show it")
    func rules() {
        func signals(_ scores: [Double], _ rule: ControlRule) -> [[Int]] {
            let points = scores.map {
                ControlPoint(value: $0, phase: 0, centre: 0, deviation: 1, lower: -3, upper: 3) as ControlPoint?
            }
            return rule.signals(in: points, 0..<points.count).map(\.points)
        }
        #expect(signals([0, 3.1, 0, -3.2], .beyondLimits) == [[1], [3]])
        #expect(signals([1, 2.1, 0.5, 2.2], .beyond(deviations: 2, count: 2, window: 3)) == [[1, 3]])
        #expect(signals([2.1, 0.5, 0, 2.2], .beyond(deviations: 2, count: 2, window: 3)).isEmpty)
        #expect(signals([2.1, -2.1, 0], .beyond(deviations: 2, count: 2, window: 3)).isEmpty)
        #expect(signals([1.1, 1.2, 0.1, 1.3, 1.4], .beyond(deviations: 1, count: 4, window: 5)) == [[0, 1, 3, 4]])
        #expect(signals([1, 2, 3, 4, 5, 6, 7], .trend(6)) == [[0, 1, 2, 3, 4, 5, 6]])
        #expect(signals([1, 2, 3, 4, 5, 5, 6], .trend(6)).isEmpty)
        #expect(signals((0..<14).map { $0 % 2 == 0 ? 0.1 : -0.1 }, .alternating(14)) == [Array(0..<14)])
        #expect(signals([Double](repeating: 0.5, count: 15), .hugging(15)) == [Array(0..<15)])
        #expect(signals((0..<8).map { $0 % 2 == 0 ? 1.5 : -1.5 }, .avoiding(8)) == [Array(0..<8)])
        #expect(signals([Double](repeating: 0.2, count: 8) + [0], .sameSide(8)) == [Array(0..<8)])
        #expect(signals([Double](repeating: -0.2, count: 8), .sameSide(9)).isEmpty)
    }

    @Test("values that never vary show no pattern")
    func constant() throws {
        let charts = try ControlCharting(rules: ControlRule.nelson).individuals([Double](repeating: 7, count: 40))
        #expect([charts.location, charts.spread].allSatisfy { $0.signals.isEmpty })
    }

    @Test("what can't be charted says which point and why")
    func errors() {
        #expect(throws: ControlChartError.tooFewPoints(phase: 0, found: 0, needed: 2)) { try ControlCharting().individuals([]) }
        #expect(throws: ControlChartError.badValue(point: 1)) { try ControlCharting().individuals([1, .nan, 2]) }
        #expect(throws: ControlChartError.subgroupSize(point: 1)) { try ControlCharting().meansAndRanges([[1, 2], [1]]) }
        #expect(throws: ControlChartError.badValue(point: 0)) {
            try ControlCharting().shares(nonconforming: [5, 1], of: [4, 4])
        }
        let frozen = ControlCharting(phases: [ControlPhase(start: 0, limits: .frozen(phase: 0))])
        #expect(throws: ControlChartError.badPhase(0)) { try frozen.individuals([1, 2, 3]) }
    }

    @Test("capability: both kinds of σ, one-sided limits, and the share outside")
    func capability() throws {
        let groups = [[9.0, 11], [10, 12], [8, 10], [9, 11]]
        let result = try #require(Capability(subgroups: groups, lower: 4, upper: 16))
        #expect(abs(result.withinDeviation - 2.0.squareRoot()) < 1e-12)
        #expect(abs(try #require(result.cp) - 12 / (6 * 2.0.squareRoot())) < 1e-12)
        #expect(abs(try #require(result.ppk) - 6 / (3 * result.overallDeviation)) < 1e-12)
        #expect(
            abs(try #require(result.shareOutside) - 2 * NormalDistribution.standard.survival(6 / result.overallDeviation)) < 1e-12
        )
        let oneSided = try #require(Capability(subgroups: groups, lower: nil, upper: 16))
        #expect(oneSided.cp == nil)
        #expect(oneSided.cpk == result.cpk)
        #expect(Capability(subgroups: groups, lower: 5, upper: 5) == nil)
        #expect(try #require(Capability(subgroups: [[3, 3]], lower: 1, upper: 5)).cpk == nil)
    }

    @Test("without two points beside each other there is no moving range and no chart")
    func noRange() {
        let charting = ControlCharting(excluded: [1, 3, 5, 7])
        #expect(throws: ControlChartError.noRange(phase: 0)) { try charting.individuals([1, 2, 1, 3, 1, 2, 1, 9]) }
    }

    @Test("capability takes σ of values from the chart: of means it is √n times that of the points")
    func capabilityOfChart() throws {
        let groups = [[9.0, 11], [10, 12], [8, 10], [9, 11]]
        let chart = try ControlCharting().meansAndRanges(groups).location
        // Mean range 2, d₂ of two values 2 ÷ √π.
        let sigma = try #require(chart.deviationOfValues(in: groups))
        #expect(abs(sigma - Double.pi.squareRoot()) < 1e-9)
        let result = try #require(Capability(subgroups: groups, within: sigma, lower: 4, upper: 16))
        #expect(abs(try #require(result.cp) - 12 / (6 * Double.pi.squareRoot())) < 1e-9)
    }
}
