import PlanModel
import Scheduling
import WorkingTime

/// The ways in which tasks can be done otherwise than they are planned at present.
struct TaskWays {
    /// Fields of a task and of an alternative that change places when the alternative is taken.
    static let exchanged = ["duration", "effort", "assignments", "optimistic", "pessimistic", "cost"]

    /// The alternatives of each task that can still be done in another way, in document order.
    let byTask: [RecordID: [Typed<Alternative>]]
    private let plan: Plan

    init(_ plan: Plan) {
        self.plan = plan
        byTask = Dictionary(grouping: plan.all(Alternative.self).filter { $0.flaw(in: plan) == nil }) { $0.task ?? $0.id }
    }

    /// The plan with the alternatives of this number taken, each as far as there are so many; as many plans as the longest list has.
    var variants: [Plan] {
        (0..<(byTask.values.map(\.count).max() ?? 0)).map { number in
            plan.taking(byTask.values.compactMap { number < $0.count ? $0[number].id : nil }).plan
        }
    }
}

extension Typed where K == Alternative {
    /// How long it takes and who does it.
    func terms(in plan: Plan, _ language: Language) -> String {
        let shown = DisplayText(plan, in: Workspace(plans: [plan]), language)
        let texts = ["duration", "effort", "assignments"].compactMap { key in
            record.kind.field(key).flatMap { field in record[field].map { shown.text($0, field) } }
        }
        return texts.joined(separator: language == .chinese ? "，" : ", ")
    }

    /// Those of whom it alone asks for more than there is.
    func excessive(_ staffing: Staffing) -> [String] {
        (self.assignments ?? []).compactMap { share in
            staffing.source(of: share.who).flatMap { share.units > $0.peak ? $0.name : nil }
        }
    }

    /// Why it cannot be chosen; `nil` where it can.
    func flaw(in plan: Plan) -> Label? {
        guard let task = self.task.flatMap({ plan.record($0, as: PlanTask.self) }) else {
            return Label("没有指明任务", "it names no task")
        }
        if !plan.children(of: task.id, task.record.kind).isEmpty {
            return Label("\(task.id.short) 由下级任务组成", "\(task.id.short) is made of other tasks")
        }
        if task.isStarted || task.state == .dropped {
            return Label("\(task.id.short) 已经开始或取消", "\(task.id.short) has begun, or is dropped")
        }
        if task.isManual == true || task.isRecurring {
            return Label("\(task.id.short) 手工排期或重复进行", "\(task.id.short) is scheduled by hand, or recurs")
        }
        if self.duration == nil && self.effort == nil { return Label("没有工期也没有工时", "it has neither duration nor effort") }
        return nil
    }
}

extension Plan {
    /// The edits that take alternatives: each changes places with the present way of its task, names and all.
    func taking(_ alternatives: [RecordID]) -> PlanEditor {
        var editor = PlanEditor(self)
        for id in alternatives {
            guard let taken = record(id, as: Alternative.self), let task = taken.task.flatMap({ record($0, as: PlanTask.self) })
            else { continue }
            editor.set(id, "title", .text(task.way ?? wayText(task)))
            editor.set(task.id, "way", taken.title.map { .text($0) })
            for key in TaskWays.exchanged {
                guard let mine = task.record.kind.field(key), let theirs = taken.record.kind.field(key) else { continue }
                let (old, new) = (task.record[mine], taken.record[theirs])
                editor.set(task.id, key, new)
                editor.set(id, key, old)
            }
        }
        return editor
    }

    /// A way that has no name, by its duration and who does it: `5d P-1`.
    private func wayText(_ task: Typed<PlanTask>) -> String {
        let who = (task.assignments ?? []).map { $0.text(seenFrom: key) }
        let text = ([(task.duration ?? task.effort)?.text].compactMap { $0 } + who).joined(separator: " ")
        return text.isEmpty ? task.id.short : text
    }
}
