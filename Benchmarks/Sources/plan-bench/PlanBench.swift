import ArgumentParser
import Foundation
import Glibc
import PlanExchange
import PlanInsight
import PlanModel
import WorkingTime

/// Reads, checks and schedules generated plans of growing size, edits one task, and prints the document.
@main struct PlanBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan-bench",
        abstract: "Load, check, schedule, edit and export generated plans; docs/BENCHMARKS.md holds the figures.")

    @Option(help: "Numbers of tasks, separated by commas.") var tasks = "1000,10000,100000"
    @Option(help: "Only write a generated plan of so many tasks to this file.") var write: String?

    func run() throws {
        let sizes = tasks.split(separator: ",").compactMap { Int($0) }
        if let write {
            return try PlanFileWriter.write(GeneratedPlan.make(tasks: sizes.first ?? 1000))
                .write(toFile: write, atomically: true, encoding: .utf8)
        }
        print("tasks\tfile MB\tread ms\tfacts ms\tread+check+schedule ms\tedit median ms\tslowest\tHTML ms\tfindings")
        for size in sizes { try measure(size) }
    }

    private func measure(_ count: Int) throws {
        let clock = ProcessorClock()
        let bytes = Array(PlanFileWriter.write(GeneratedPlan.make(tasks: count)).utf8)
        var plan: Plan?
        let read = try clock.measure { plan = try PlanFileReader.read(bytes, file: "generated.yaml") }
        guard let plan else { return }
        var facts: PlanFacts?
        let computed = clock.measure { facts = PlanFacts(plan.key, in: Workspace(plans: [plan]), today: GeneratedPlan.today) }
        guard let facts else { return }
        let edits = Self.edits(of: facts, clock).sorted()
        let document = clock.measure { if count <= 10_000 { _ = HTMLWriter.write(Manuscript(facts, .chinese)) } }
        func ms(_ milliseconds: Double) -> String { String(Int(milliseconds.rounded())) }
        print(
            [
                String(count), String(bytes.count / 1_000_000), ms(read), ms(computed), ms(read + computed),
                ms(edits[edits.count / 2]), ms(edits[edits.count - 1]), count <= 10_000 ? ms(document) : "–",
                String(facts.findings.count),
            ].joined(separator: "\t"))
    }

    /// Milliseconds for each of 21 edits of a duration, spread over the plan, and all facts after it.
    private static func edits(of facts: PlanFacts, _ clock: ProcessorClock) -> [Double] {
        var facts = facts
        let tasks = facts.plan.records(.of(PlanTask.self))
        return (0..<21).map { step in
            clock.measure {
                var editor = PlanEditor(facts.plan)
                editor.set(
                    tasks[(step * 997 + 3) % tasks.count].id, "duration", .duration(WorkDuration(Double(step % 9 + 2), .days)))
                let workspace = Workspace(plans: [editor.plan])
                if let next = PlanFacts(facts.plan.key, in: workspace, today: GeneratedPlan.today, after: facts) { facts = next }
            }
        }
    }
}

/// Processor time of this process, so that other work on the machine does not count.
struct ProcessorClock {
    /// Milliseconds.
    func measure(_ body: () throws -> Void) rethrows -> Double {
        let start = now
        try body()
        return now - start
    }

    private var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
    }
}

/// A project plan of any size: phases of fifty tasks, two predecessors each, owners, baselines, every tenth done.
enum GeneratedPlan {
    static let today = Day(number: 20_600)

    static func make(tasks count: Int) -> Plan {
        guard let key = PlanKey("generated") else { preconditionFailure("a fixed key") }
        var people: [Record] = []
        func record<K: RecordKind>(_ kind: K.Type, _ number: Int, parent: Int? = nil, _ body: (inout Typed<K>) -> Void) -> Record?
        {
            guard var typed = Typed<K>(Record(id: RecordID(plan: key, prefix: kind.names.prefix, number: number), parent: parent))
            else { return nil }
            body(&typed)
            return typed.record
        }
        for number in 1...20 {
            if let person = record(Person.self, number, { $0.name = "成员\(number)" }) { people.append(person) }
        }
        var tasks: [Record] = []
        var phase = 0
        for number in 1...count {
            let isPhase = number % 51 == 1
            if isPhase { phase = number }
            let made = record(PlanTask.self, number, parent: isPhase ? nil : phase) { task in
                task.title = isPhase ? "第 \(number / 51 + 1) 阶段" : "任务 \(number) 的说明文字"
                guard !isPhase else { return }
                task.owner = people[number % 20].id
                task.duration = WorkDuration(Double(number % 9 + 1), .days)
                task.acceptance = "评审通过"
                task.assignments = [Share(people[number % 20].id, units: 0.5)]
                let earlier = [number - 1 - number % 3, number - 7 - number % 40].filter { $0 > 1 && $0 % 51 != 1 }
                if !earlier.isEmpty {
                    task.predecessors = Set(earlier).sorted().map { TaskLink(RecordID(plan: key, prefix: "T", number: $0)) }
                }
                if number % 10 == 0 { task.progress = 0.3 }
            }
            if let made { tasks.append(made) }
        }
        var header = Record(id: RecordID(plan: key, prefix: PlanHeader.names.prefix, number: 0))
        if var typed = Typed<PlanHeader>(header) {
            typed.title = "生成的计划"
            typed.start = today
            header = typed.record
        }
        return Plan(key: key, blueprint: .project, revision: 1, header: header, prose: [:], records: people + tasks)
    }
}
