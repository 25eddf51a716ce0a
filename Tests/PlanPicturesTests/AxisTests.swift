import Testing

@testable import PlanPictures

@Suite struct AxisTests {
    @Test(
        "a tight axis is hardly longer than its values, and has marks within",
        arguments: [
            [0, 6], [0.0, 13], [4.1, 4.4], [62, 1200], [-3, 0.5], [6.1, 6.9],
        ] as [[Double]])
    func tight(values: [Double]) {
        let axis = Axis(tight: values, from: 100, to: 0)
        #expect(axis.low <= values[0] && axis.high >= values[1])
        #expect(axis.high - axis.low < 1.5 * (values[1] - values[0]), "\(axis)")
        #expect(axis.marks.count >= 1 && axis.marks.allSatisfy { $0 >= axis.low - 1e-9 && $0 <= axis.high + 1e-9 }, "\(axis)")
    }
}
