import PlanModel
import WorkingTime

extension PlanCheck {
    static let goalRules: [FindingRule] = [
        FindingRule(
            "D1-01", .warning, Label("目标没有服务的使命或愿景", "Goal serves neither mission nor vision"),
            why: Label("说不清为何而做的目标，最先在忙的时候被放下。", "A goal nobody can trace to a purpose is the first to be dropped."),
            remedy: Label("在「服务于」中选一条使命或愿景，或删去这个目标。", "Choose a mission or vision it serves, or drop the goal.")
        ) { facts, report in
            let purposes = facts.plan.all(Statement.self).filter {
                $0.kind == .mission || $0.kind == .vision || $0.kind == .direction
            }
            guard !purposes.isEmpty else { return }
            for goal in facts.goals where goal.record.parent == nil && (goal.serves ?? []).isEmpty {
                report.found(
                    goal.id, "serves", "\(goal.id.short) 没有说明服务于哪条使命或愿景。",
                    "\(goal.id.short) does not say which mission or vision it serves.")
            }
        },
        FindingRule(
            "D1-02", .warning, Label("愿景没有目标支撑", "Vision no goal serves"),
            why: Label("没有目标的愿景只是口号。", "A vision without a goal is a slogan."),
            remedy: Label("设一个服务于它的目标，或改写愿景。", "Set a goal that serves it, or rewrite it.")
        ) { facts, report in
            let served = Set(facts.goals.flatMap { $0.serves ?? [] })
            for statement in facts.plan.all(Statement.self) where statement.kind == .vision && !served.contains(statement.id) {
                report.found(statement.id, nil, "没有任何目标服务于这条愿景。", "No goal serves this vision.")
            }
        },
        FindingRule(
            "D2-01", .warning, Label("公司目标无人承接", "Company goal nobody supports"),
            why: Label("没有部门承接的公司目标，年底多半落空。", "A company goal no department supports will hardly be met."),
            remedy: Label("指定承接它的部门目标；若确与各部门无关，写明理由。", "Name the department goals that support it, or say why there are none.")
        ) { facts, report in
            guard facts.plan.blueprint == .company, facts.workspace.plans.count > 1 else { return }
            for goal in facts.goals where goal.record.parent == nil && (facts.progress.below[goal.id] ?? []).isEmpty {
                report.found(goal.id, nil, "没有任何部门目标承接 \(goal.id.short)。", "No department goal supports \(goal.id.short).")
            }
        },
        FindingRule(
            "D2-02", .warning, Label("部门目标没有承接公司目标", "Department goal supports no company goal"),
            why: Label(
                "与公司方向无关的部门目标会争抢人和钱。", "A department goal away from the company's direction competes for people and money."),
            remedy: Label("在「承接」中选公司目标，或说明为什么仍然要做。", "Choose the company goal it supports, or say why it matters all the same.")
        ) { facts, report in
            guard facts.plan.blueprint == .department, facts.workspace.plans.contains(where: { $0.blueprint == .company }) else {
                return
            }
            for goal in facts.goals where goal.record.parent == nil && (goal.supports ?? []).isEmpty {
                report.found(goal.id, "supports", "\(goal.id.short) 没有承接任何公司目标。", "\(goal.id.short) supports no company goal.")
            }
        },
        FindingRule(
            "D2-03", .error, Label("指向的记录不存在", "Record referred to does not exist"),
            why: Label("断掉的承接关系使进度无法向上汇总。", "A broken link keeps progress from rolling up."),
            remedy: Label("改为存在的记录，或去掉。", "Point it to an existing record, or remove it.")
        ) { facts, report in
            for (record, field, target) in facts.missingElsewhere where facts.workspace[target.plan] != nil {
                report.found(
                    record, field.key, "\(record.short) 指向不存在的 \(target)。",
                    "\(record.short) points to \(target), which does not exist.")
            }
        },
        FindingRule(
            "D2-04", .warning, Label("指向的计划不在这里", "Plan referred to is not here"),
            why: Label(
                "别的计划不在时，承接关系与跨计划的前置任务不计入，上级计划的日历也不生效。",
                "Links to a plan that is not here count for nothing, nor do the calendars of a parent plan."),
            remedy: Label("把那份计划也放进来，或改正代号。", "Bring that plan in, too, or correct its key.")
        ) { facts, report in
            let plan = facts.plan
            if let under = plan.fields.under, under == plan.key.text || PlanKey(under).flatMap({ facts.workspace[$0] }) == nil {
                report.found(
                    plan.header.id, "under", under == plan.key.text ? "计划把自己写成了上级计划。" : "没有上级计划「\(under)」。",
                    under == plan.key.text ? "The plan names itself as its parent." : "There is no parent plan “\(under)”.")
            }
            for (record, field, target) in facts.missingElsewhere where facts.workspace[target.plan] == nil {
                report.found(
                    record, field.key, "\(record.short) 指向 \(target)，没有计划 \(target.plan)。",
                    "\(record.short) points to \(target); there is no plan \(target.plan).")
            }
        },
        FindingRule(
            "D3-01", .warning, Label("目标不够具体（SMART 的 S）", "Goal is not specific (the S of SMART)"),
            why: Label("含糊的目标人人理解不同。", "People read a vague goal differently."),
            remedy: Label(
                "写明对象与要达到的结果，例如「重大工单平均解决时长缩短到 8 小时」。",
                "Name the object and the result, such as “mean time to resolve down to 8 hours”.")
        ) { facts, report in
            let vague = ["提高效率", "加强管理", "做好", "进一步", "更好", "优化工作", "improve efficiency", "do better"]
            for goal in facts.goals {
                let title = goal.title ?? ""
                if title.count < 5 {
                    report.found(goal.id, "title", "「\(title)」太短，看不出要改变什么。", "“\(title)” is too short to say what shall change.")
                } else if let word = vague.first(where: { title.lowercased().contains($0) }), facts.measures(of: goal.id).isEmpty
                {
                    report.found(goal.id, "title", "「\(word)」没有说明对象与结果。", "“\(word)” names neither object nor result.")
                }
            }
        },
        FindingRule(
            "D3-02", .error, Label("目标无法衡量（SMART 的 M）", "Goal cannot be measured (the M of SMART)"),
            why: Label("没有指标，进度只能靠感觉。", "Without a measure progress is a feeling."),
            remedy: Label("加一个有单位、基线与目标值的衡量指标。", "Add a measure with unit, baseline and target.")
        ) { facts, report in
            for goal in facts.goals where facts.measures(of: goal.id).isEmpty && (facts.progress.below[goal.id] ?? []).isEmpty {
                report.found(
                    goal.id, nil, "\(goal.id.short) 没有衡量指标，也没有下级目标。", "\(goal.id.short) has no measure and no goal below it.")
            }
        },
        FindingRule(
            "D3-03", .warning, Label("目标可能够不着（SMART 的 A）", "Goal may be out of reach (the A of SMART)"),
            why: Label("够不着的目标会让人提前放弃。", "People give up early on what cannot be reached."),
            remedy: Label("调低目标、延长期限，或写明凭什么能更快。", "Lower the target, allow more time, or say what will make it faster.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) {
                guard let pace = Pace(measure, facts: facts), pace.needed > pace.best * 1.15 else { continue }
                let unit = measure.unit ?? ""
                report.found(
                    measure.id, "target", "每月需改善 \(pace.needed.with(unit))，过去最快每月 \(pace.best.with(unit))。",
                    "It needs \(pace.needed.with(unit)) a month; the fastest so far was \(pace.best.with(unit)).")
            }
        },
        FindingRule(
            "D3-04", .warning, Label("看不出与上级方向的关系（SMART 的 R）", "Relevance is not visible (the R of SMART)"),
            why: Label("与方向无关的目标即使达成也无益。", "A goal off the direction does no good even when met."),
            remedy: Label("写明承接的目标、服务的愿景，或「为什么重要」。", "Say what it supports or serves, or why it matters.")
        ) { facts, report in
            for goal in facts.goals
            where goal.record.parent == nil && (goal.supports ?? []).isEmpty && (goal.serves ?? []).isEmpty
                && (goal.relevance ?? "").isEmpty
            {
                report.found(
                    goal.id, "relevance", "\(goal.id.short) 没有承接、服务或理由。",
                    "\(goal.id.short) supports nothing, serves nothing and gives no reason.")
            }
        },
        FindingRule(
            "D3-05", .warning, Label("目标没有期限（SMART 的 T）", "Goal has no date (the T of SMART)"),
            why: Label("没有期限就无法判断快慢。", "Without a date nobody can tell fast from slow."),
            remedy: Label("填写完成日期。", "Give a due date.")
        ) { facts, report in
            for goal in facts.goals where goal.due == nil && facts.measures(of: goal.id).allSatisfy({ $0.due == nil }) {
                report.found(goal.id, "due", "\(goal.id.short) 没有完成日期。", "\(goal.id.short) has no due date.")
            }
        },
        FindingRule(
            "D3-06", .error, Label("同一指标被要求往两个方向走", "The same measure is driven both ways"),
            why: Label("两个目标一个要升、一个要降，必有一个落空。", "If one goal raises what another lowers, one of them fails."),
            remedy: Label("统一方向，或区分口径后改名。", "Agree on one direction, or rename where the definitions differ.")
        ) { facts, report in
            func driven(_ measure: Typed<Measure>) -> (title: String, direction: Direction)? {
                guard let title = measure.title?.trimmed, let direction = measure.direction,
                    direction == .up || direction == .down
                else { return nil }
                return (title, direction)
            }
            let others = facts.workspace.plans.filter { $0.key != facts.plan.key && $0.blueprint != .growth }.flatMap {
                $0.all(Measure.self)
            }
            // The first measure of each title and direction; those of the plan itself come after all others.
            var first: [String: [Direction: RecordID]] = [:]
            for measure in others {
                if let (title, direction) = driven(measure), first[title]?[direction] == nil {
                    first[title, default: [:]][direction] = measure.id
                }
            }
            for measure in facts.plan.all(Measure.self) {
                guard let (title, direction) = driven(measure) else { continue }
                if let other = first[title]?[direction == .up ? .down : .up] {
                    report.found(
                        measure.id, "direction", "「\(title)」在 \(other.text(seenFrom: facts.plan.key)) 中方向相反。",
                        "“\(title)” goes the other way in \(other.text(seenFrom: facts.plan.key)).")
                }
                if first[title]?[direction] == nil { first[title, default: [:]][direction] = measure.id }
            }
        },
        FindingRule(
            "D3-11", .error, Label("目标值与方向矛盾", "Target contradicts the direction"),
            why: Label(
                "说越高越好，目标却低于基线（或反过来），进度就无从算起，也没有人知道该往哪边走。",
                "Where higher is better and the target lies below the baseline, or the other way round, no progress can be told and nobody knows which way to go."
            ),
            remedy: Label("改正方向，或改正目标值、基线值。", "Correct the direction, the target or the baseline.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) {
                guard let baseline = measure.baseline, let target = measure.target, let direction = measure.direction,
                    direction == .up && target < baseline || direction == .down && target > baseline
                else { continue }
                report.found(
                    measure.id, "target",
                    "方向是\(direction.label.zh)，目标 \(target.with(measure.unit)) 却\(direction == .up ? "低于" : "高于")基线 \(baseline.with(measure.unit))，达成率无法计算。",
                    "\(direction.label.en), but the target \(target.with(measure.unit)) is \(direction == .up ? "below" : "above") the baseline \(baseline.with(measure.unit)), so attainment cannot be told."
                )
            }
        },
        FindingRule(
            "D3-07", .warning, Label("同一笔钱被许诺了两次", "The same money is promised twice"),
            why: Label("两个目标都指望的钱，只够其中一个。", "Money two goals count on serves only one."),
            remedy: Label("把预算拆到各目标，或说明怎样共用。", "Split the line between the goals, or say how they share it.")
        ) { facts, report in
            for line in facts.plan.all(BudgetLine.self) {
                guard let goals = line.goals, goals.count > 1, (line.reason ?? "").isEmpty else { continue }
                report.found(
                    line.id, "goals", "\(line.id.short) 同时许给 \(goals.map(\.short).joined(separator: "、"))。",
                    "\(line.id.short) is promised to \(goals.map(\.short).joined(separator: ", ")).")
            }
        },
        FindingRule(
            "D3-08", .warning, Label("目标没有负责人", "Goal has no owner"),
            why: Label("人人有份等于无人负责。", "What everybody owns nobody owns."),
            remedy: Label("指定一位负责人。", "Name one owner.")
        ) { facts, report in
            guard !facts.plan.records(.of(Person.self)).isEmpty else { return }
            for goal in facts.goals where goal.owner == nil {
                report.found(goal.id, "owner", "\(goal.id.short) 没有负责人。", "\(goal.id.short) has no owner.")
            }
        },
        FindingRule(
            "D3-09", .warning, Label("权重之和不是 100%", "Weights do not add up to 100%"),
            why: Label("权重不足或超出会使总进度失真。", "Weights above or below distort overall progress."),
            remedy: Label("调整权重，使其和为 100%。", "Adjust the weights to add up to 100%.")
        ) { facts, report in
            let weights = facts.goals.filter { $0.record.parent == nil }.compactMap(\.weight)
            let sum = weights.reduce(0, +)
            if weights.count > 1, abs(sum - 1) > 0.005 {
                report.found(nil, nil, "顶层目标的权重之和是 \(sum.percent)。", "The weights of the top goals add up to \(sum.percent).")
            }
        },
        FindingRule(
            "D3-10", .warning, Label("同一个人被许诺给几个计划", "The same person is promised to several plans"),
            why: Label("几个计划各自看都排得下，合在一起就超过了一个人的时间。", "Each plan fits by itself; together they take more than a person has."),
            remedy: Label(
                "与其他计划商定投入比例，错开任务或换人。", "Agree on shares with the other plans, stagger the tasks, or use somebody else.")
        ) { facts, report in
            for shared in facts.sharedPeople {
                let titles = shared.parts.map(\.title)
                let (zh, en) = (titles.map { "「\($0)」" }.joined(separator: "、"), titles.map { "“\($0)”" }.joined(separator: ", "))
                if let excess = shared.overPromised(from: facts.today) {
                    report.found(
                        shared.person, "share",
                        "\(shared.name)在 \(zh) 的投入合计最高 \(excess.peak.percent)，可用 \(shared.capacity.percent)（\(excess.from) 至 \(excess.until)）。",
                        "\(shared.name) is promised to \(en) for up to \(excess.peak.percent) of \(shared.capacity.percent) from \(excess.from) to \(excess.until)."
                    )
                }
                if let excess = shared.overload {
                    report.found(
                        shared.person, "capacity",
                        "\(shared.name)在 \(zh) 的任务合计，\(excess.from) 至 \(excess.until) 间有 \(excess.days) 个工作日超载，最高 \(excess.peak.percent)，可用 \(shared.capacity.percent)。",
                        "The tasks of \(en) together ask \(shared.name) for up to \(excess.peak.percent) of \(shared.capacity.percent) on \(excess.days) working days from \(excess.from) to \(excess.until)."
                    )
                }
            }
        },
        FindingRule(
            "D4-01", .warning, Label("季度没有重点", "Quarter without focus"),
            why: Label("没有重点的季度会被日常事务填满。", "A quarter without focus fills up with routine."),
            remedy: Label("为这个季度写一个主题与预期成果。", "Write a theme and an expected result for the quarter.")
        ) { facts, report in
            guard facts.plan.blueprint.home(of: .of(Focus.self)) != nil, let start = facts.plan.fields.start,
                let finish = facts.plan.fields.finish, finish - start < 800
            else { return }
            let covered = Set(facts.plan.all(Focus.self).compactMap(\.quarter))
            var day = start
            while day <= finish {
                let quarter = "\(day.year)Q\(day.quarter)"
                if !covered.contains(quarter) { report.found(nil, nil, "\(quarter) 没有季度重点。", "\(quarter) has no focus.") }
                day = day.startOfNextQuarter
            }
        },
        FindingRule(
            "D4-02", .warning, Label("交付物没有任务", "Deliverable without a task"),
            why: Label("没有任务的交付物不会自己出现。", "What no task makes will not appear."),
            remedy: Label("把它写进某个任务的交付物。", "Name it as the deliverable of a task.")
        ) { facts, report in
            guard !facts.plan.records(.of(Deliverable.self)).isEmpty else { return }
            let made = Set(facts.plan.all(PlanTask.self).flatMap { $0.deliverables ?? [] })
            for deliverable in facts.plan.all(Deliverable.self)
            where !made.contains(deliverable.id) && deliverable.deliveredOn == nil {
                report.found(deliverable.id, nil, "没有任务产出 \(deliverable.id.short)。", "No task makes \(deliverable.id.short).")
            }
        },
    ]
}

extension PlanFacts {
    /// What records of the plan point to in other plans and is not there, where there are other plans at all.
    fileprivate var missingElsewhere: [(record: RecordID, field: FieldInfo, target: RecordID)] {
        guard workspace.plans.count > 1 else { return [] }
        return Kind.all.lazy.flatMap { plan.records($0) }.filter(\.pointsToOtherPlans).flatMap { record in
            record.references.filter { $0.to.plan != plan.key && workspace.record($0.to) == nil }.map {
                (record.id, $0.field, $0.to)
            }
        }
    }
}
