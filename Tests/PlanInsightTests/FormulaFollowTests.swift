import PlanModel
import Testing
import WorkingTime

@testable import PlanInsight

/// Formulas that follow an edit of the plan give what all formulas computed anew give, and no more is computed than the edit reaches.
@Suite("Formulas follow a plan's edits")
struct FormulaFollowTests {
    private let today = day("2026-11-20")

    private func month(_ place: Int) -> Day { Day(year: 2024 + place / 12, month: place % 12 + 1, day: 15)! }

    private func months(_ value: (Int) -> Double) -> Series { Series((0..<34).map { (month($0), value($0)) }) }

    private func plan() -> Plan {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .department))
        for (title, formula) in [
            ("甲", nil), ("乙", nil), ("比", "[甲]/[乙]"), ("上月比", "previous([M-3])"), ("累计", "ytd([甲])"), ("无关", "[乙]*2"),
            ("坏", "[甲]/0"),
        ] {
            editor.add(Measure.self) { measure in
                (measure.title, measure.formula) = (title, formula)
                if formula == nil { measure.values = months { 10 + Double($0) } }
            }
        }
        return editor.plan
    }

    private func edited(_ plan: Plan, _ id: String, _ change: (inout Series) -> Void) -> Plan {
        var editor = PlanEditor(plan)
        editor.update(the(id), as: Measure.self) { measure in
            var values = measure.values ?? Series()
            change(&values)
            measure.values = values
        }
        return editor.plan
    }

    @Test("one value of one measure: the cells that read it and their readers, and no others")
    func counts() {
        let plan = plan()
        var computed = ComputedMeasures(plan, today: today)
        func cost(_ next: Plan) -> Int {
            let before = computed.computations
            computed.follow(next)
            return computed.computations - before
        }
        // Five formulas over 35 months, November 2026 being the last.
        #expect(computed.computations == 5 * 35)
        #expect(cost(plan) == 0)
        // September 2025: the ratio, the next month's that reads it, the year to date of September to December, and what divides by zero.
        let one = edited(plan, "M-1") { $0[month(20)] = 99 }
        #expect(cost(one) == 1 + 1 + 4 + 1)
        #expect(computed.values[the("M-3")]?.values[20] == 99.0 / 30)
        #expect(computed.values[the("M-5")]?.values[20] == (22...29).reduce(0.0) { $0 + Double($1) } + 99)
        // The other measure: the ratio, the next month's, and twice its value.
        let other = edited(one, "M-2") { $0[month(3)] = 1 }
        #expect(cost(other) == 3)
        // What no formula reads costs nothing; nor does a change of another field.
        var editor = PlanEditor(other)
        editor.update(the("M-1"), as: Measure.self) { $0.target = 7 }
        editor.add(PlanTask.self) { $0.title = "任务" }
        #expect(cost(editor.plan) == 0)
    }

    @Test("a changed formula, rhythm or name computes anew what it must")
    func definitions() {
        let plan = plan()
        for change: (inout Typed<Measure>) -> Void in [
            { $0.formula = "[甲]-[乙]" }, { $0.title = "丙" }, { $0.values = series(("2026-01-15", 5), ("2026-02-15", 6)) },
            { $0.gathering = .sum }, { $0.values = nil },
        ] {
            for id in ["M-1", "M-3"] {
                var editor = PlanEditor(plan)
                editor.update(the(id), as: Measure.self, change)
                var computed = ComputedMeasures(plan, today: today)
                computed.follow(editor.plan)
                let anew = ComputedMeasures(editor.plan, today: today)
                #expect(computed.values == anew.values)
                #expect(computed.flaws == anew.flaws)
            }
        }
    }

    @Test("any edits of any plan: the same as computing all anew, at no more than its cost", arguments: 1...12)
    func property(seed: Int) {
        var random = Sequenced(state: UInt64(seed))
        func pick(_ texts: [String]) -> String { texts[Int.random(in: texts.indices, using: &random)] }
        var editor = PlanEditor(Plan(key: planKey, blueprint: .department))
        let frequencies = [1, 1, 1, 3]
        for number in 1...8 {
            editor.add(Measure.self) { measure in
                measure.title = "值\(number)"
                measure.gathering = [nil, .sum, .mean].randomElement(using: &random)!
                let step = frequencies.randomElement(using: &random)!
                measure.values = Series(
                    stride(from: 0, to: 34, by: step).filter { _ in Int.random(in: 0..<8, using: &random) > 0 }.map {
                        (month($0), Double(Int.random(in: -3...20, using: &random)))
                    })
            }
        }
        for number in 9...20 {
            // Now and then to a later one, which may close a circle, or to none.
            func name() -> String {
                "[M-\(Int.random(in: 1...(Int.random(in: 0..<9, using: &random) == 0 ? 21 : number - 1), using: &random))]"
            }
            let formula = pick([
                "\(name())+\(name())", "\(name())/\(name())", "previous(\(name()))*2", "ytd(\(name()))",
                "sum(\(name()),3)-\(name())",
                "average(\(name()),4)", "samePeriodLastYear(\(name()))", "if(\(name())>3,\(name()),\(name()))", "max(\(name()))",
            ])
            editor.add(Measure.self) { measure in
                measure.title = "式\(number)"
                measure.formula = formula
            }
        }
        var computed = ComputedMeasures(editor.plan, today: today)
        var least = 0
        for _ in 0..<25 {
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let id = "M-\(Int.random(in: 1...8, using: &random))"
                let place = Int.random(in: 0...34, using: &random)
                let value: Double? =
                    Int.random(in: 0..<5, using: &random) == 0 ? nil : Double(Int.random(in: -3...20, using: &random))
                editor.update(the(id), as: Measure.self) { measure in
                    var values = measure.values ?? Series()
                    values[month(place)] = value
                    measure.values = values
                }
            }
            let before = computed.computations
            computed.follow(editor.plan)
            let anew = ComputedMeasures(editor.plan, today: today)
            #expect(computed.values == anew.values)
            #expect(computed.flaws == anew.flaws)
            if computed.computations - before < anew.computations { least += 1 }
        }
        #expect(least > 12, "most edits reach only a part")
    }

    @Test("an id counts before a title, however many have it")
    func names() {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .department))
        for (title, value) in [("同名", 1.0), ("同名", 5), ("M-2", 9), ("M-2", 8)] {
            editor.add(Measure.self) { measure in
                measure.title = title
                measure.values = series(("2026-10-31", value))
            }
        }
        editor.add(Measure.self) { $0.formula = "[M-1]*100+[M-2]" }
        #expect(ComputedMeasures(editor.plan, today: today).values[the("M-5")]?.values == [105])
    }

    @Test("a formula that cannot be read has no values, whatever was written there before")
    func unreadable() {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .department))
        editor.add(Measure.self) { measure in
            measure.formula = "[M-3"
            measure.values = series(("2026-10-31", 7))
        }
        editor.add(Measure.self) { $0.formula = "[M-1]*2" }
        let computed = ComputedMeasures(editor.plan, today: today)
        #expect(computed.values[the("M-2")]?.isEmpty == true)
        #expect(computed.flaws.map(\.measure.short) == ["M-1", "M-2"])
    }

    @Test("a title that two measures have is told with both ids, and nothing is computed from either; ids are not open to doubt")
    func ambiguous() throws {
        var editor = PlanEditor(plan())
        editor.update(the("M-2"), as: Measure.self) { $0.title = "甲" }
        editor.update(the("M-6"), as: Measure.self) { $0.formula = "[M-1]+[M-2]" }
        let computed = ComputedMeasures(editor.plan, today: today)
        let flaw = try #require(computed.flaws.first { $0.measure.short == "M-5" })
        #expect(flaw.reason.zh == "第 5 个字符：有 2 个指标叫「甲」（M-1、M-2）；请改写编号，如 [M-1]")
        #expect(
            flaw.reason.en == "At character 5: 2 measures are called “甲” (M-1, M-2); write the id, such as [M-1]")
        #expect(computed.values[flaw.measure] == nil)
        #expect(computed.values.first { $0.key.short == "M-6" }?.value.isEmpty == false)
        // Another title for one of them, and the other is meant again.
        editor.update(the("M-2"), as: Measure.self) { $0.title = "乙" }
        var followed = computed
        followed.follow(editor.plan)
        #expect(followed.flaws.allSatisfy { $0.measure.short != "M-5" })
    }
}
