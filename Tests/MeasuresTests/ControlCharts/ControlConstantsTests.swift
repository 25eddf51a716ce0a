import Testing

@testable import Measures

@Suite struct ControlConstantsTests {
    @Test("d2, d3 and c4 agree with quadrature by another program to nine digits")
    func quadrature() throws {
        for row in try fixture("control_constants.tsv") {
            let constants = try #require(ControlConstants(size: Int(row[0])!))
            #expect(abs(constants.d2 - Double(row[1])!) < 1e-9, "\(row)")
            #expect(abs(constants.d3 - Double(row[2])!) < 1e-9, "\(row)")
            #expect(abs(constants.c4 - Double(row[3])!) < 1e-11, "\(row)")
        }
    }

    /// Montgomery, appendix VI.
    @Test("the derived constants are those of the textbooks")
    func table() throws {
        let five = try #require(ControlConstants(size: 5))
        #expect(abs(five.a2 - 0.577) < 5e-4)
        #expect(abs(five.a3 - 1.427) < 5e-4)
        #expect(five.b3 == 0)
        #expect(abs(five.b4 - 2.089) < 5e-4)
        #expect(five.lowerRange == 0)
        #expect(abs(five.upperRange - 2.114) < 6e-4)
        let ten = try #require(ControlConstants(size: 10))
        #expect(abs(ten.b3 - 0.284) < 5e-4)
        #expect(abs(ten.lowerRange - 0.223) < 5e-4)
        #expect(abs(ten.upperRange - 1.777) < 5e-4)
        #expect(ControlConstants(size: 1) == nil)
    }
}
