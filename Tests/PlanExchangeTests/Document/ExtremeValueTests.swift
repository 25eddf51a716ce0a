import PlanInsight
import PlanModel
import PlanPictures
import Testing
import WorkingTime

@testable import PlanExchange

/// Whatever a plan holds, what is reckoned from it and drawn of it comes to an end.
@Suite struct ExtremeValueTests {
    /// Everything that is computed for pages, documents and answers.
    private static func reckon(_ plan: Plan) throws {
        let facts = try #require(PlanFacts(plan.key, in: Workspace(plans: [plan]), today: Day("2026-06-15") ?? Day(number: 0)))
        _ = facts.findings
        for name in PictureName.allCases { _ = PlanPicture.draw(name, facts, .english, style: .screen) }
        _ = DocumentExport.markdown(Manuscript(facts, .chinese), folder: "a")
        // Where there is nothing to level, or it cannot be done, that is said.
        _ = try? LevellingProposal(facts)
    }

    @Test("values that earlier versions stored, and that are not taken any more, stop nothing")
    func earlier() throws {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("old")), blueprint: .project))
        editor.update(editor.plan.header.id, as: PlanHeader.self) { header in
            (header.title, header.start, header.finish) = ("旧", Day("2026-03-02"), Day("2026-12-31"))
            header.currency = "yuan"
        }
        let person = editor.add(Person.self) { $0.name = "王" }
        let first = editor.add(PlanTask.self) { ($0.title, $0.duration) = ("一", WorkDuration(2, .days)) }
        for (share, units) in [(1e20, 1e300), (-1e20, 1e-300), (1e300, 1)] {
            editor.add(PlanTask.self) { task in
                (task.title, task.type, task.effort) = ("二", .fixedWork, WorkDuration(10, .days))
                task.predecessors = [TaskLink(first, .startToStart, lag: .share(share))]
                task.assignments = [Share(person, units: units)]
            }
        }
        editor.add(Measure.self) { measure in
            (measure.title, measure.target, measure.baseline, measure.chart) = ("量", 1e308, -1e308, .individuals)
            measure.values = Series(
                zip(1...12, [1e308, -1e308, 1e308]).map { (Day(year: 2026, month: $0, day: 1) ?? Day(number: 0), $1) })
        }
        try Self.reckon(editor.plan)
    }

    @Test(
        "values at the limits of what is taken stop nothing",
        arguments: Blueprint.all.map(\.key))
    func limits(blueprint: String) throws {
        var generator = PlanGenerator(seed: 1)
        var editor = PlanEditor(generator.plan(try #require(Blueprint.named(blueprint))))
        for record in Kind.all.flatMap({ editor.plan.records($0) }) {
            for field in record.kind.fields {
                guard let value = generator.extreme(field, record[field]), field.problems(with: value, in: record.id).isEmpty
                else {
                    continue
                }
                editor.set(record.id, field.key, value)
            }
        }
        #expect(editor.plan.problems(with: []).isEmpty)
        try Self.reckon(editor.plan)
    }
}

extension PlanGenerator {
    /// The lowest or the highest that the field takes; `nil` for fields that hold no numbers, and for some others, so that they mix.
    fileprivate mutating func extreme(_ field: FieldInfo, _ present: Value?) -> Value? {
        guard Int.random(in: 0..<4, using: &random) > 0 else { return nil }
        let range = field.spec.range ?? -Limits.magnitude...Limits.magnitude
        func end(_ range: ClosedRange<Double>) -> Double {
            Bool.random(using: &random) ? range.upperBound : range.lowerBound
        }
        switch field.type {
        case .whole: return .whole(Int(end(range)))
        case .number, .percent: return .number(end(range))
        case .money:
            return .money(Money(units: Bool.random(using: &random) ? 8_999_999_999_999_999_999 : 0, currency: .yuan))
        case .duration:
            let longest = min(range.upperBound, 100_000)
            return .duration(
                WorkDuration(Bool.random(using: &random) ? longest : 0, Bool.random(using: &random) ? .weeks : .days))
        case .series:
            guard case .series(let series)? = present else { return nil }
            return .series(Series(series.days.map { ($0, end(range)) }))
        case .shares:
            guard case .shares(let shares)? = present else { return nil }
            return .shares(shares.map { Share($0.who, units: end(Limits.units)) })
        case .links:
            guard case .links(let links)? = present else { return nil }
            return .links(links.map { TaskLink($0.predecessor, $0.relation, lag: .share(end(Limits.lag))) })
        default: return nil
        }
    }
}
