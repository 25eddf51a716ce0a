import PlanModel
import Scheduling

/// The points of schedule quality that are judged for the network as a whole; the others are rules of the schedule.
extension PlanCheck {
    /// The points of the rules below.
    static let judgedPoints: [QualityCheck.Point] = [
        .otherLinkKinds, .lags, .invalidDates, .missingResources, .missedBaseline, .brokenCriticalPath, .criticalPathLengthIndex,
        .baselineExecutionIndex,
    ]

    static let scheduleQualityRules: [FindingRule] = [
        linkRule(
            "P6-13", .otherLinkKinds, Label("「完成—开始」以外的关系过多", "Too many links other than finish to start"),
            why: Label(
                "别的关系难以看懂，也常漏掉半段依赖；行业检查（DCMA 第 4 点）要求九成以上是「完成—开始」。",
                "Other links are hard to read and often leave half of the waiting out; at least 90% should be finish to start (DCMA point 4)."
            ),
            remedy: Label("拆开任务，用「完成—开始」相连。", "Split the tasks and link them finish to start."),
            says: Label("「完成—开始」以外的前置关系", "Predecessors other than finish to start")),
        linkRule(
            "P6-14", .lags, Label("间隔过多", "Too many lags"),
            why: Label(
                "间隔里的等待没有人负责；行业检查（DCMA 第 3 点）以全部关系的 5% 为限。",
                "Nobody owns the waiting in a lag; at most 5% of the links should have one (DCMA point 3)."),
            remedy: Label("把等待写成任务。", "Make the waiting a task."),
            says: Label("带间隔的前置关系", "Predecessors with a lag")),
        qualityRule(
            "P6-15", .invalidDates, Label("日期与数据截至日矛盾", "Dates contradict the status date"),
            why: Label(
                "还没做的事不会发生在过去，做过的事不会发生在将来（DCMA 第 9 点）。",
                "What is still to do cannot lie in the past, nor what is done in the future (DCMA point 9)."),
            remedy: Label("登记实际日期与剩余工期，或重新排期。", "Enter actual dates and what remains, or reschedule.")
        ) { point, facts, report in
            for id in point.tasks {
                guard let task = facts.plan.record(id, as: PlanTask.self), let dates = facts.schedule[id] else { continue }
                if task.isStarted, max(task.actualStart ?? facts.today, task.actualFinish ?? facts.today) > facts.today {
                    report.found(
                        id, "actualStart", "实际日期在 \(facts.today) 之后。", "Its actual dates lie after \(facts.today).")
                } else if !task.isStarted, dates.finish >= facts.today {
                    report.found(
                        id, "start", "排在 \(dates.start) 开始，至今没有开始。",
                        "It was to begin on \(dates.start) and has not begun.")
                } else {
                    report.found(
                        id, "start", "排在 \(dates.start) 至 \(dates.finish)，已经过去却没有做完。",
                        "It lies from \(dates.start) to \(dates.finish), which is past, and is not done.")
                }
            }
        },
        qualityRule(
            "P6-16", .missingResources, Label("任务没有投入人员", "Nobody is assigned"),
            why: Label(
                "别的任务都有投入，漏掉的任务不计入负荷与成本（DCMA 第 10 点）。",
                "Other tasks have people; those without are missing from load and cost (DCMA point 10)."),
            remedy: Label("填写投入的人。", "Assign people.")
        ) { point, _, report in
            for id in point.tasks {
                report.found(id, "assignments", "\(id.short) 没有投入人员。", "Nobody is assigned to \(id.short).")
            }
        },
        qualityRule(
            "P6-17", .missedBaseline, Label("基线落空过多", "Too many baselines missed"),
            why: Label(
                "到期的任务按基线完成了多少，是最直接的进度事实；行业检查（DCMA 第 11 点）以 5% 为限。",
                "How many tasks met their baseline is the plainest fact of progress; at most 5% should miss it (DCMA point 11)."),
            remedy: Label("查明原因，调整后续任务或提出变更。", "Find out why, adjust what follows or raise a change request.")
        ) { point, _, report in
            let tasks = ComputedTable.named(point.tasks)
            report.found(
                nil, nil, "到期任务中比基线晚的有 \(point.texts.found)：\(tasks.zh)。",
                "Later than their baseline, of those due: \(point.texts.found): \(tasks.en).")
        },
        qualityRule(
            "P6-18", .brokenCriticalPath, Label("关键路径不通", "The critical path is broken"),
            why: Label(
                "把第一项关键任务拖长 600 天，完工却不跟着推迟：漏了关系，或有日期压住了它（DCMA 第 12 点）。",
                "With its first critical task 600 days longer the finish does not follow: a link is missing or a date holds it (DCMA point 12)."
            ),
            remedy: Label("补上关系，去掉硬性限制。", "Add the link, and take out hard constraints.")
        ) { point, _, report in
            for id in point.tasks {
                report.found(
                    id, "predecessors", "\(id.short) 拖长 600 天，完工不跟着推迟。",
                    "\(id.short) made 600 days longer does not move the finish.")
            }
        },
        indexRule(
            "P6-19", .criticalPathLengthIndex, Label("关键路径长度指数偏低", "Critical path length index is low"),
            why: Label(
                "（余下长度 + 时差）÷ 余下长度低于 0.95，按时完工要比计划更快（DCMA 第 13 点）。",
                "(Length to come + float) ÷ length to come is below 0.95: to be on time, work must go faster than planned (DCMA point 13)."
            ),
            remedy: Label("压缩关键任务，或改完工日期。", "Shorten critical tasks, or move the finish.")),
        indexRule(
            "P6-20", .baselineExecutionIndex, Label("基线执行指数偏低", "Baseline execution index is low"),
            why: Label(
                "已完成任务数 ÷ 基线到期任务数低于 0.95，工作在积压（DCMA 第 14 点）。",
                "Tasks finished ÷ tasks the baseline has finished is below 0.95: work piles up (DCMA point 14)."),
            remedy: Label("先完成积压的任务，或建立新基线。", "Finish what is overdue, or take a new baseline.")),
    ]

    /// A rule for a point that is not met; a list of dated tasks is no network and is not judged.
    private static func qualityRule(
        _ code: String, _ kind: QualityCheck.Point, _ title: Label, why: Label, remedy: Label,
        report: @escaping @Sendable (ScheduleQualityReport.Point, PlanFacts, inout FindingReport) -> Void
    ) -> FindingRule {
        FindingRule(code, .warning, title, why: why, remedy: remedy) { facts, findings in
            guard facts.isNetwork, let point = facts.judgedQuality?[kind], point.passes == false else { return }
            report(point, facts, &findings)
        }
    }

    private static func linkRule(
        _ code: String, _ kind: QualityCheck.Point, _ title: Label, why: Label, remedy: Label, says: Label
    ) -> FindingRule {
        qualityRule(code, kind, title, why: why, remedy: remedy) { point, _, report in
            let ((found, limit), tasks) = (point.texts, ComputedTable.named(point.tasks))
            report.found(
                nil, nil, "\(says.zh)：全部关系中有 \(found)，限度 \(limit)；\(tasks.zh)。",
                "\(says.en): \(found) of all links, limit \(limit); \(tasks.en).")
        }
    }

    private static func indexRule(_ code: String, _ kind: QualityCheck.Point, _ title: Label, why: Label, remedy: Label)
        -> FindingRule
    {
        qualityRule(code, kind, title, why: why, remedy: remedy) { point, _, report in
            let (value, least) = point.texts
            report.found(nil, nil, "\(kind.label.zh)为 \(value)，应 \(least)。", "\(kind.label.en) is \(value), wanted \(least).")
        }
    }
}
