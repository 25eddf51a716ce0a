import Measures
import Testing

@Suite("Attainment of one measure")
struct AttainmentTests {
    @Test("higher is better: the share of the way from baseline to target")
    func rise() {
        #expect(Aim.rise(from: 40, to: 90).attainment(of: 65) == 0.5)
        #expect(Aim.rise(from: nil, to: 200).attainment(of: 50) == 0.25)
        #expect(Aim.rise(from: 40, to: 90).attainment(of: 30) == -0.2)
        #expect(Aim.rise(from: 40, to: 90).attainment(of: 100) == 1.2)
        #expect(Aim.rise(from: 98, to: 98).attainment(of: 99) == 1)
    }

    @Test("lower is better: with a baseline the share of the way down, without one 2 − value ÷ target")
    func fall() {
        #expect(Aim.fall(from: 48, to: 24).attainment(of: 30) == 0.75)
        #expect(Aim.fall(from: nil, to: 20).attainment(of: 20) == 1)
        #expect(Aim.fall(from: nil, to: 20).attainment(of: 25) == 0.75)
        #expect(Aim.fall(from: nil, to: 0).attainment(of: 0) == 1)
        #expect(Aim.fall(from: nil, to: 0).attainment(of: 1) == 0)
    }

    @Test("stay in range: whole inside, falling to nothing at the tolerance outside")
    func stay() {
        let aim = Aim.stay(within: 60...80, tolerance: nil)
        #expect(aim.attainment(of: 60) == 1)
        #expect(aim.attainment(of: 85) == 0.75)
        #expect(aim.attainment(of: 50) == 0.5)
        #expect(aim.attainment(of: 200) == 0)
        #expect(Aim.stay(within: 5...5, tolerance: nil).attainment(of: 6) == 0)
    }

    @Test("a baseline beyond the target cannot be scored, nor a value that is not a number")
    func contradiction() {
        #expect(Aim.rise(from: 90, to: 40).attainment(of: 50) == nil)
        #expect(Aim.fall(from: 10, to: 40).attainment(of: 50) == nil)
        #expect(Aim.rise(from: 0, to: 1).attainment(of: .nan) == nil)
    }

    @Test("a straight path asks for the share of the time gone")
    func linearPath() {
        let path = TargetPath.linear
        #expect(path.expectedValue(on: 50, baseline: 0, target: 200, start: 0, due: 100) == 100)
        #expect(path.expectedValue(on: -5, baseline: 0, target: 200, start: 0, due: 100) == 0)
        #expect(path.expectedValue(on: 500, baseline: 0, target: 200, start: 0, due: 100) == 200)
        #expect(path.expectedValue(on: 50, baseline: 0, target: 200, start: 0, due: nil) == 0)
        #expect(path.expectedValue(on: 50, baseline: 0, target: 200, start: nil, due: 100) == nil)
    }

    @Test("a stepped path holds each value until the next step")
    func steppedPath() {
        let path = TargetPath.stepped([DatedValue(day: 90, value: 30), DatedValue(day: 30, value: 10)])
        func expected(_ day: Int) -> Double? { path.expectedValue(on: day, baseline: 2, target: 40, start: 0, due: 120) }
        #expect(expected(29) == 2)
        #expect(expected(30) == 10)
        #expect(expected(89) == 10)
        #expect(expected(100) == 30)
    }

    @Test("a path through given values is straight between them and ends at the target")
    func pathThroughPoints() {
        let path = TargetPath.through([DatedValue(day: 40, value: 10), DatedValue(day: 60, value: 50)])
        func expected(_ day: Int) -> Double? { path.expectedValue(on: day, baseline: 0, target: 100, start: 0, due: 100) }
        #expect(expected(20) == 5)
        #expect(expected(50) == 30)
        #expect(expected(80) == 75)
    }

    @Test("a seasonal path gives each season its share, and all of them the target")
    func seasonalPath() {
        let seasons = [SeasonShare(through: 9, share: 1), SeasonShare(through: 19, share: 3)]
        func expected(_ day: Int) -> Double? {
            TargetPath.seasonal(seasons).expectedValue(on: day, baseline: 100, target: 500, start: 0, due: 19)
        }
        #expect(expected(-1) == 100)
        #expect(expected(4) == 150)
        #expect(expected(9) == 200)
        #expect(expected(14) == 350)
        #expect(expected(19) == 500)
        #expect(expected(30) == 500)
    }

    @Test(
        "status follows the share of what is expected by the day",
        arguments: [(46.0, AttainmentStatus.onTrack), (40, .atRisk), (30, .offTrack), (100, .attained)])
    func status(value: Double, wanted: AttainmentStatus) {
        let measure = TrackedMeasure(
            key: "M", aim: .rise(from: 0, to: 100), start: 0, due: 100, values: [DatedValue(day: 49, value: value)])
        #expect(measure.attainment(on: 50).status == wanted)
    }

    @Test("thresholds in the measure's own unit work both ways round")
    func valueThresholds() {
        var measure = TrackedMeasure(
            key: "M", aim: .fall(from: 60, to: 20), start: 0, due: 100, values: [DatedValue(day: 1, value: 35)],
            thresholds: StatusThresholds(watchValue: 30, lateValue: 40))
        #expect(measure.attainment(on: 10).status == .atRisk)
        measure.values = [DatedValue(day: 1, value: 45)]
        #expect(measure.attainment(on: 10).status == .offTrack)
        measure.values = [DatedValue(day: 1, value: 29)]
        #expect(measure.attainment(on: 10).status == .onTrack)
        // The alarm values only warn: at the end the path has not been followed.
        #expect(measure.attainment(on: 100).status == .atRisk)
    }

    @Test("a gap in points is milder than a ratio while little is expected")
    func gap() {
        let pace = PaceRule.gap(watch: 0.05, late: 0.15)
        #expect(pace.status(attainment: 0.06, expected: 0.1) == .onTrack)
        #expect(PaceRule.standard.status(attainment: 0.06, expected: 0.1) == .offTrack)
        #expect(pace.status(attainment: 0.5, expected: 0.55) == .onTrack)
        #expect(pace.status(attainment: 0.5, expected: 0.64) == .atRisk)
        #expect(pace.status(attainment: 0.5, expected: 0.66) == .offTrack)
        #expect(pace.status(attainment: 0, expected: 0) == .notStarted)
        #expect(pace.status(attainment: nil, expected: 0.5) == .cannotTell)
    }

    @Test("a path of steps counts for a ceiling without baseline too")
    func stepsWithoutBaseline() {
        let path = TargetPath.stepped([DatedValue(day: 10, value: 30), DatedValue(day: 20, value: 10)])
        #expect(path.expectedValue(on: 15, baseline: nil, target: 5, start: 0, due: 40) == 30)
        #expect(path.expectedValue(on: 5, baseline: nil, target: 5, start: 0, due: 40) == nil)
    }

    @Test("values after the day are not seen; totals count from the start on")
    func reading() {
        var measure = TrackedMeasure(
            key: "M", aim: .rise(from: 0, to: 100), start: 0, due: 100,
            values: [
                DatedValue(day: -3, value: 7), DatedValue(day: 20, value: 10), DatedValue(day: 10, value: 30),
                DatedValue(day: 60, value: 5),
            ],
            basis: .total)
        #expect(measure.attainment(on: 50).value == 40)
        measure.basis = .latest
        #expect(measure.attainment(on: 50).value == 10)
        #expect(measure.attainment(on: 5).value == 7)
        measure.basis = .mean
        #expect(measure.attainment(on: 99).value == 15)
        #expect(measure.attainment(on: -10).status == .notStarted)
        measure.basis = .total
        #expect(measure.attainment(on: 5).status == .cannotTell)
    }

    @Test("a milestone is not started before it is due, then off track, then attained")
    func milestone() {
        var measure = TrackedMeasure(key: "M", aim: .milestone, start: 0, due: 30)
        #expect(measure.attainment(on: 29).status == .notStarted)
        #expect(measure.attainment(on: 30).status == .offTrack)
        measure.values = [DatedValue(day: 31, value: 1)]
        #expect(measure.attainment(on: 31).status == .attained)
    }

    @Test("a range or a ceiling is attained only when its time is over")
    func keeping() {
        var measure = TrackedMeasure(
            key: "M", aim: .fall(from: nil, to: 5), start: 0, due: 30, values: [DatedValue(day: 1, value: 3)])
        #expect(measure.attainment(on: 10).status == .onTrack)
        #expect(measure.attainment(on: 30).status == .attained)
        measure.aim = .stay(within: 1...4, tolerance: nil)
        #expect(measure.attainment(on: 10).status == .onTrack)
        #expect(measure.attainment(on: 10).expectedAttainment == 1)
    }
}
