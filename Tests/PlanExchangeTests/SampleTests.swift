import Foundation
import PlanInsight
import PlanModel
import PlanPictures
import Testing
import WorkingTime

@testable import PlanExchange

/// The worked plans in `Samples/`: real in size, without a problem, and as the writer writes them.
@Suite struct SampleTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Samples")
    static let files: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".yaml") && $0 != WorkspaceFolder.settingsFile }.sorted()

    static let all = Result { try WorkspaceFolder.read(folder.path) }

    static func plan(_ key: String) throws -> Plan {
        let workspace = try all.get()
        return try #require(workspace.plans.first { $0.key.text == key })
    }
    static func count(_ plan: Plan, _ kind: any RecordKind.Type) -> Int { plan.records(Kind.of(kind)).count }

    @Test("each sample reads without a problem, says that it is one, and is written again byte by byte", arguments: files)
    func canonical(file: String) throws {
        let url = Self.folder.appending(path: file)
        let plan = try WorkspaceFolder.readPlan(url)
        #expect(PlanFileWriter.write(plan) == String(decoding: try Data(contentsOf: url), as: UTF8.self))
        #expect(plan.fields.isSample == true)
        #expect("\(plan.key).yaml" == file)
        #expect(Plan(key: plan.key, blueprint: plan.blueprint).problems(with: plan.foundingEdits).isEmpty)
    }

    @Test("the workspace names every plan, and every reference across plans leads to a record")
    func workspace() throws {
        let workspace = try Self.all.get()
        #expect(workspace.name.contains("示例"))
        #expect(Set(try WorkspaceSettings.read(Self.folder).files) == Set(Self.files))
        for plan in workspace.plans {
            for record in plan.kinds.flatMap({ plan.records($0) }) {
                for (field, target) in record.references {
                    #expect(workspace.record(target) != nil, "\(record.id).\(field.key) → \(target)")
                }
            }
        }
    }

    @Test("every record of a sample stands in some section of its outline, and no section is left empty", arguments: files)
    func outline(file: String) throws {
        let plan = try WorkspaceFolder.readPlan(Self.folder.appending(path: file))
        var placed: Set<RecordID> = []
        for section in plan.blueprint.sections {
            var isEmpty = (plan.prose[section.key] ?? "").isEmpty && section.sections.isEmpty
            for case .records(let type, let filter) in section.contents {
                let records = plan.records(Kind.of(type)).filter { filter?.admits($0) ?? true }
                placed.formUnion(records.map(\.id))
                if !records.isEmpty { isEmpty = false }
            }
            #expect(!isEmpty, "\(section.key)")
        }
        for record in plan.kinds.flatMap({ plan.records($0) }) { #expect(placed.contains(record.id), "\(record.id)") }
        for chapter in plan.blueprint.chapters {
            #expect(
                ([chapter] + chapter.sections + chapter.sections.flatMap(\.sections)).contains {
                    !(plan.prose[$0.key] ?? "").isEmpty
                }, "\(chapter.key)")
        }
    }

    @Test(
        "the plan check finds much that is real, of many codes",
        arguments: [
            ("support-2026", 20), ("dispatch-2026", 20), ("escalation-2026", 15), ("service-sales-2026", 15),
            ("growth-shen-2026", 8),
        ])
    func findings(key: String, codes: Int) throws {
        let workspace = try Self.all.get()
        let name = try #require(PlanKey(key))
        let day = try #require(Day("2026-11-20"))
        let facts = try #require(PlanFacts(name, in: workspace, today: day))
        #expect(Set(facts.findings.map(\.code)).count >= codes)
        #expect(!facts.findings.contains { ["D2-03", "D8-05", "D8-06", "G9-01", "S4-01", "S12-01", "P6-01"].contains($0.code) })
    }

    @Test("the department's plan is of real size")
    func department() throws {
        let plan = try Self.plan("support-2026")
        #expect(Self.count(plan, Goal.self) >= 10)
        #expect(plan.all(Measure.self).filter { ($0.values?.count ?? 0) >= 12 }.count >= 20)
        #expect(Self.count(plan, PlanTask.self) >= 80)
        #expect(Self.count(plan, Risk.self) >= 25)
        #expect(Self.count(plan, BudgetLine.self) >= 60)
        for line in plan.all(BudgetLine.self) where line.record.parent == nil {
            let parts = plan.children(of: line.id, .of(BudgetLine.self)).compactMap { Typed<BudgetLine>($0) }
            #expect(line.planned?.units == parts.reduce(0) { $0 + ($1.planned?.units ?? 0) })
            #expect(line.actual?.units ?? 0 == parts.reduce(0) { $0 + ($1.actual?.units ?? 0) })
        }
    }

    @Test("the cascade has every goal, those within others too, and says what its arrows mean")
    func cascade() throws {
        let workspace = try Self.all.get()
        let (key, day) = (try #require(PlanKey("support-2026")), try #require(Day("2026-11-20")))
        let facts = try #require(PlanFacts(key, in: workspace, today: day))
        let drawn = try #require(PlanPicture.draw(.cascade, facts, .chinese, style: .print)).markup.string
        let goals = workspace.plans.filter { $0.fields.isPrivate != true }.flatMap { $0.all(Goal.self) }
        #expect(goals.contains { $0.record.parent != nil })
        #expect(drawn.matches(of: />G-\d+</).count == goals.count)
        #expect(drawn.contains("↗") && drawn.contains("为承接的更上一层目标") && drawn.contains("落后"))
    }

    @Test("figures told in two places of the samples are the same")
    func agreement() throws {
        let support = try Self.plan("support-2026")
        // The people listed are as many as revenue is divided by.
        let own = support.all(Person.self).filter { $0.department == "技术支持部" }.reduce(0) { $0 + ($1.capacity ?? 1) }
        let perHead = try #require(support.all(Measure.self).first { $0.formula == "[M-1]/42" })
        #expect(own == 42, "\(perHead.id)")
        #expect(support.prose.values.contains { $0.contains("现有 \(DisplayText.number(own)) 人") })
        // What a course cost is what its line of the budget says was spent.
        for course in support.all(Training.self) {
            let line = support.all(BudgetLine.self).first { $0.title == course.title && course.title != nil }
            if let line { #expect(line.actual == course.cost, "\(course.id) \(line.id)") }
        }
        // What was asked for as a change was not done before.
        let dispatch = try Self.plan("dispatch-2026")
        for change in dispatch.all(ChangeRequest.self) {
            let done = dispatch.all(PlanTask.self).first { $0.title == change.title && $0.actualStart != nil }
            if let start = done?.actualStart, let asked = change.requestedOn { #expect(start >= asked, "\(change.id)") }
            let baseline = change.baseline.flatMap { dispatch.record($0, as: Baseline.self) }
            if let baseline, let first = dispatch.all(Baseline.self).first?.budget, let more = change.costEffect {
                #expect(baseline.budget == first.adding(more))
            }
        }
        // An adjustment comes from a review that was held by then.
        for plan in try Self.all.get().plans {
            for adjustment in plan.all(Adjustment.self) {
                guard let review = adjustment.review.flatMap({ plan.record($0, as: Review.self) }) else { continue }
                #expect(review.heldOn.map { $0 <= adjustment.effectiveOn ?? $0 } == true, "\(adjustment.id)")
            }
            // Nobody focuses on two things at once.
            let sessions = plan.all(FocusSession.self).compactMap { session -> (Day, ClosedRange<Int>)? in
                let parts = (session.time ?? "").split(separator: ":").compactMap { Int($0) }
                guard parts.count == 2, let on = session.on else { return nil }
                let start = parts[0] * 60 + parts[1]
                return (on, start...start + (session.minutes ?? 1) - 1)
            }
            for (index, one) in sessions.enumerated() {
                #expect(!sessions[..<index].contains { $0.0 == one.0 && $0.1.overlaps(one.1) }, "\(plan.key) \(one.0)")
            }
        }
    }

    @Test("the project's plan is of real size, linked in all four ways, assigned, baselined and in progress")
    func project() throws {
        let plan = try Self.plan("dispatch-2026")
        let tasks = plan.all(PlanTask.self)
        let leaves = tasks.filter { plan.children(of: $0.id, .of(PlanTask.self)).isEmpty }
        #expect(leaves.count >= 120)
        #expect(Self.count(plan, Phase.self) == 6)
        let links = leaves.flatMap { $0.predecessors ?? [] }
        #expect(Set(links.map(\.relation)).count == 4)
        #expect(links.filter { $0.lag != .none }.count >= 20)
        #expect(Set(leaves.flatMap { $0.assignments ?? [] }.map(\.who)).count >= 12)
        #expect(leaves.allSatisfy { $0.baselineStart != nil && $0.baselineFinish != nil })
        #expect(leaves.filter { $0.optimistic != nil && $0.pessimistic != nil }.count >= 50)
        #expect(
            leaves.contains { $0.progress == 1 } && leaves.contains { ($0.progress ?? 0) > 0 && ($0.progress ?? 0) < 1 }
                && leaves.contains { $0.progress == nil })
        #expect(Self.count(plan, Risk.self) >= 20 && Self.count(plan, Defect.self) >= 15)
        #expect(Self.count(plan, Alternative.self) >= 2 && Self.count(plan, CommonCause.self) >= 2)
        #expect(plan.all(Risk.self).contains { $0.seasonFrom != nil && $0.isYearly == true })
    }

    @Test(
        "the improvement's plan has both processes, causes to the root, versioned procedures and weekly values before and after")
    func improvement() throws {
        let plan = try Self.plan("escalation-2026")
        let processes = plan.all(Process.self)
        let asIs = try #require(processes.first { $0.kind == .asIs })
        let toBe = try #require(processes.first { $0.kind == .toBe })
        #expect(toBe.improves == asIs.id)
        for process in [asIs, toBe] {
            let steps = plan.all(Step.self).filter { $0.process == process.id }
            #expect(steps.count >= 15 && Set(steps.compactMap(\.actor)).count >= 4)
            #expect(steps.filter { $0.kind == .decision }.count >= 2)
        }
        #expect(Set(plan.all(Pain.self).compactMap(\.category)).count == PainCategory.allCases.count)
        let causes = plan.all(Cause.self)
        #expect(Set(causes.filter { $0.record.parent == nil }.compactMap(\.bone)) == Set(Bone.allCases))
        let depths = plan.depths(.of(Cause.self))
        #expect(
            zip(causes, depths).filter { $1 == 4 && $0.isRoot == true }.count >= 2
                && zip(causes, depths).filter { $1 >= 3 && $0.isRoot == true }.count >= 3)
        let procedures = plan.all(Procedure.self)
        #expect(Set(procedures.compactMap(\.code)).count >= 3 && procedures.contains { $0.previous != nil })
        for measure in plan.all(Measure.self) {
            let day = try #require(measure.improvedOn)
            let days = measure.values?.days ?? []
            #expect(days.filter { $0 < day }.count >= 12 && days.filter { $0 >= day }.count >= 12, "\(measure.id)")
        }
    }

    @Test("the sales plan is broken down by product, region, channel and month, and the parts add up in every month")
    func sales() throws {
        let plan = try Self.plan("service-sales-2026")
        let lines = plan.all(SalesTarget.self)
        let total = try #require(lines.first { $0.isTotal == true })
        let parts = lines.filter { $0.isTotal != true }
        #expect(
            Set(parts.compactMap(\.product)).count >= 3 && Set(parts.compactMap(\.region)).count >= 4
                && Set(parts.compactMap(\.channel)).count >= 3)
        #expect(parts.count >= 36)
        for part in parts {
            #expect(
                part.target?.count == 12 && part.lastYear?.count == 12 && part.targetQuantity?.count == 12
                    && part.lastQuantity?.count == 12)
            #expect(part.actual?.count == 10 && part.quantity?.count == 10)
            // Where something was sold, some of it was.
            for (revenue, sold) in [(part.actual, part.quantity), (part.lastYear, part.lastQuantity)] {
                for (day, amount) in revenue?.points ?? [] where amount > 0 { #expect(sold?[day] ?? 0 > 0, "\(part.id) \(day)") }
            }
        }
        #expect(Self.addUp(total.target, parts.compactMap(\.target)))
        #expect(Self.addUp(total.actual, parts.compactMap(\.actual)))
        #expect(Self.addUp(total.lastYear, parts.compactMap(\.lastYear)))
        #expect(plan.all(Competitor.self).filter { $0.isUs != true }.count >= 8)
        #expect(Self.count(plan, Campaign.self) >= 40)
        #expect(
            plan.all(FunnelStage.self).allSatisfy { ($0.counts?.count ?? 0) >= 10 } && Self.count(plan, FunnelStage.self) >= 4)
    }

    @Test("the growth plan has all quadrants, assessments over time, quotas that were counted, and private notes")
    func growth() throws {
        let plan = try Self.plan("growth-shen-2026")
        #expect(plan.fields.isPrivate == true)
        #expect(Set(plan.all(SWOTItem.self).compactMap(\.quadrant)).count == Quadrant.allCases.count)
        #expect(plan.all(Ability.self).count >= 6 && plan.all(Ability.self).allSatisfy { ($0.history?.count ?? 0) >= 3 })
        #expect(Set(plan.all(Ability.self).compactMap(\.kind)).count == AbilityKind.allCases.count)
        #expect(plan.all(Commitment.self).filter { ($0.done?.count ?? 0) >= 4 }.count >= 8)
        #expect(Set(plan.all(Commitment.self).compactMap(\.area)).count >= 6)
        #expect(
            Self.count(plan, Reading.self) >= 10 && Self.count(plan, FocusSession.self) >= 40
                && Self.count(plan, Meeting.self) >= 5)
        #expect(plan.all(DailyNote.self).filter { $0.mood != nil && $0.stress != nil }.count >= 10)
        #expect(
            Self.count(plan, LifeArea.self) >= 6 && Self.count(plan, Stressor.self) >= 3 && Self.count(plan, Review.self) >= 5)
    }

    private static func addUp(_ whole: Series?, _ parts: [Series]) -> Bool {
        guard let whole else { return false }
        return whole.points.allSatisfy { day, value in abs(parts.reduce(0) { $0 + ($1[day] ?? 0) } - value) < 1e-6 }
    }
}
