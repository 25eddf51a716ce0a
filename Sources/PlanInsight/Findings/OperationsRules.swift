import PlanModel
import WorkingTime

extension PlanCheck {
    static let operationsRules: [FindingRule] = [
        FindingRule(
            "O1-01", .warning, Label("流程断开", "Process is broken off"),
            why: Label("走不到终点的环节说明流程没有画完。", "A step that leads nowhere means the process is not drawn to its end."),
            remedy: Label("补上「下一环节」，或把类型设为结束。", "Add the next step, or make it an end.")
        ) { facts, report in
            let steps = facts.plan.all(Step.self)
            let reached = Set(steps.flatMap { $0.next ?? [] })
            let firsts = Dictionary(grouping: steps, by: \.process).compactMapValues { $0.first?.id }
            for step in steps {
                if step.kind != .end, (step.next ?? []).isEmpty {
                    report.found(step.id, "next", "「\(step.title ?? "")」之后没有环节。", "Nothing follows “\(step.title ?? "")”.")
                }
                if step.kind != .start, !reached.contains(step.id), firsts[step.process] != step.id {
                    report.found(step.id, "next", "没有环节通向「\(step.title ?? "")」。", "Nothing leads to “\(step.title ?? "")”.")
                }
            }
        },
        FindingRule(
            "O1-02", .warning, Label("环节没有执行者", "Step without actor"),
            why: Label("没有执行者的环节画不进泳道，也无人负责。", "A step without actor has no lane and no owner."),
            remedy: Label("填写执行者。", "Name the actor.")
        ) { facts, report in
            for step in facts.plan.all(Step.self) where (step.actor ?? "").isEmpty && step.kind == .task {
                report.found(step.id, "actor", "「\(step.title ?? "")」没有执行者。", "“\(step.title ?? "")” has no actor.")
            }
        },
        FindingRule(
            "O1-03", .warning, Label("事件日志不在", "Event log is not there"),
            why: Label(
                "流程指明的日志没有文件，用时和瓶颈就无从核对。", "Without the file that the process names, times and bottlenecks cannot be checked."),
            remedy: Label(
                "在流程页上传日志，把文件放在计划文件旁边，或清空「事件日志」。",
                "Upload the log on the process page, put the file beside the plan file, or clear “Event log”.")
        ) { facts, report in
            for process in facts.loggedProcesses {
                guard let name = process.log, !facts.workspace.files.contains(name) else { continue }
                report.found(process.id, "log", "没有日志文件「\(name)」。", "There is no log file “\(name)”.")
            }
        },
        FindingRule(
            "O1-04", .warning, Label("流程与日志不符", "Process is not what the log shows"),
            why: Label(
                "画出来的流程没有多少人照着走，在它上面找到的原因和改进都靠不住。",
                "Where few keep to the process as drawn, causes and improvements found on it do not hold."),
            remedy: Label(
                "在流程页看哪些环节被跳过、多做或次序不同，改画流程，或从日志画出流程。",
                "See on the process page which steps are skipped, added or out of order, and correct the process, or draw it from the log."
            )
        ) { facts, report in
            for mined in facts.minedAsIs {
                guard let conformance = mined.conformance, conformance.cases >= fewestCases, conformance.fitness < 0.8 else {
                    continue
                }
                let all = DisplayText.number(Double(conformance.cases))
                let conforming = DisplayText.number(Double(conformance.conformingCases))
                report.found(
                    mined.process.id, nil,
                    "「\(mined.process.title ?? "")」与日志的拟合度只有 \(percent(conformance.fitness))，\(all) 个案例中 \(conforming) 个完全照画的走。",
                    "The log fits “\(mined.process.title ?? "")” by \(percent(conformance.fitness)) only; \(conforming) of \(all) cases go exactly as drawn."
                )
            }
        },
        FindingRule(
            "O2-02", .warning, Label("日志里的瓶颈没有痛点", "Bottleneck of the log without a pain"),
            why: Label(
                "花时间最多的地方没有列为问题，改进就会落在别处。",
                "Where most time goes is not listed as a problem, so the improvement will go elsewhere."),
            remedy: Label("为这个环节写一条痛点，或把已有的痛点落到它上面。", "Write a pain for this step, or tie a known one to it.")
        ) { facts, report in
            let known = Set(facts.plan.all(Pain.self).flatMap { $0.steps ?? [] })
            for mined in facts.minedAsIs where mined.statistics.cases >= fewestCases {
                guard let worst = mined.worst, worst.share >= 0.25, let drawn = mined.drawn,
                    let node = drawn.activityNames.first(where: { $0.value == mined.name(worst.place) })?.key,
                    !known.contains(drawn.steps[node].id)
                else { continue }
                let step = drawn.steps[node]
                report.found(
                    step.id, nil, "「\(step.title ?? "")」占全部案例用时的 \(percent(worst.share))，却没有痛点。",
                    "“\(step.title ?? "")” takes \(percent(worst.share)) of the time of all cases and has no pain.")
            }
        },
        FindingRule(
            "O2-03", .warning, Label("填写的用时与日志相差很大", "Typed times far from the log"),
            why: Label("按错误的用时算出的效益不会兑现。", "Benefits computed from wrong times will not come true."),
            remedy: Label(
                "按日志改写处理时间与等待时间，或检查日志中的活动名。", "Write the times as the log has them, or check the activity's name in the log.")
        ) { facts, report in
            for mined in facts.minedAsIs {
                guard let drawn = mined.drawn else { continue }
                let times = Dictionary(
                    mined.activities.map { (mined.log.activities[$0.activity], $0) }, uniquingKeysWith: { first, _ in first })
                for (node, step) in drawn.steps.enumerated() where step.kind == .task {
                    guard let seen = drawn.activityNames[node].flatMap({ times[$0] }), seen.events >= fewestCases else {
                        continue
                    }
                    let typed = (step.minutes ?? 0) + (step.waiting ?? 0)
                    let logged = seen.sojourn.mean / 60
                    guard typed > 0, logged > 0, max(typed / logged, logged / typed) >= 3 else { continue }
                    report.found(
                        step.id, "minutes", "「\(step.title ?? "")」填写共 \(figure(typed)) 分钟，日志中平均 \(figure(logged)) 分钟。",
                        "“\(step.title ?? "")” is typed as \(figure(typed)) minutes in all; in the log it takes \(figure(logged)) on average."
                    )
                }
            }
        },
        FindingRule(
            "O2-01", .warning, Label("痛点没有落到环节", "Pain point not tied to a step"),
            why: Label("不落到环节的问题无从下手。", "A problem without a place cannot be tackled."),
            remedy: Label("选择它发生在哪些环节。", "Choose the steps where it happens.")
        ) { facts, report in
            guard !facts.plan.records(.of(Step.self)).isEmpty else { return }
            for pain in facts.plan.all(Pain.self) where (pain.steps ?? []).isEmpty {
                report.found(pain.id, "steps", "「\(pain.title ?? "")」没有落到环节。", "“\(pain.title ?? "")” is tied to no step.")
            }
        },
        FindingRule(
            "O3-01", .warning, Label("问题没有数字", "Problem without numbers"),
            why: Label("没有基线，改进之后说不清好了多少。", "Without a baseline nobody can say how much better it got."),
            remedy: Label("加一个量化它的指标，并冻结基线。", "Add a measure for it and freeze its baseline.")
        ) { facts, report in
            let measured = Set(facts.plan.all(Measure.self).compactMap(\.problem))
            for pain in facts.plan.all(Pain.self) where !measured.contains(pain.id) && (pain.severity ?? 3) >= 4 {
                report.found(pain.id, nil, "「\(pain.title ?? "")」没有量化指标。", "“\(pain.title ?? "")” has no measure.")
            }
        },
        FindingRule(
            "O4-01", .warning, Label("追问没有到根本原因", "Whys do not reach a root cause"),
            why: Label("停在表面的原因，改了还会再来。", "What stops at the surface comes back."),
            remedy: Label("继续追问，或把最后一层标为根本原因。", "Ask on, or mark the last answer as the root cause.")
        ) { facts, report in
            let causes = facts.plan.all(Cause.self)
            for top in causes where top.record.parent == nil && facts.plan.hasChildren(top.record) {
                let chain = causes.filter { $0.id == top.id || facts.isCause(top.id, above: $0.id) }
                if !chain.contains(where: { $0.isRoot == true }) {
                    report.found(
                        top.id, "isRoot", "「\(top.title ?? "")」的追问没有标出根本原因。",
                        "The whys of “\(top.title ?? "")” name no root cause.")
                }
            }
        },
        FindingRule(
            "O6-01", .warning, Label("改进目标没有基线", "Improvement goal without baseline"),
            why: Label("不知道从哪里出发，就说不清走了多远。", "Without a start nobody can say how far."),
            remedy: Label("填写基线值与基线日期。", "Give baseline and its date.")
        ) { facts, report in
            guard facts.plan.blueprint == .improvement else { return }
            for measure in facts.plan.all(Measure.self) where measure.goal != nil && measure.baseline == nil {
                report.found(measure.id, "baseline", "\(measure.id.short) 没有基线值。", "\(measure.id.short) has no baseline.")
            }
        },
        FindingRule(
            "O8-01", .warning, Label("根本原因没有措施", "Root cause without improvement"),
            why: Label("找到根本原因却不动它，分析就白做了。", "An analysis without action is wasted."),
            remedy: Label("设计一项针对它的改进措施。", "Design an improvement for it.")
        ) { facts, report in
            let treated = Set(facts.plan.all(Improvement.self).flatMap { $0.causes ?? [] })
            for cause in facts.plan.all(Cause.self) where cause.isRoot == true && !treated.contains(cause.id) {
                report.found(
                    cause.id, nil, "根本原因「\(cause.title ?? "")」没有改进措施。",
                    "Nothing is done about the root cause “\(cause.title ?? "")”.")
            }
        },
        FindingRule(
            "O10-01", .warning, Label("SOP 没有批准", "Procedure not approved"),
            why: Label("未经批准的 SOP 没有约束力。", "An unapproved procedure does not bind."),
            remedy: Label("提请批准并填写日期。", "Have it approved and note the date.")
        ) { facts, report in
            let replaced = Set(facts.plan.all(Procedure.self).compactMap(\.previous))
            for procedure in facts.plan.all(Procedure.self) where procedure.approvedOn == nil && !replaced.contains(procedure.id)
            {
                report.found(
                    procedure.id, "approvedOn", "「\(procedure.title ?? "")」\(procedure.version.map { " \($0) " } ?? "")尚未批准。",
                    "“\(procedure.title ?? "")” \(procedure.version ?? "") is not approved.")
            }
        },
        FindingRule(
            "O10-02", .warning, Label("SOP 有人没有读过", "Procedure not read by all"),
            why: Label("没有读过的人会照旧做。", "Who has not read it works as before."),
            remedy: Label("通知未读的人，或安排培训。", "Tell those who have not, or train them.")
        ) { facts, report in
            let replaced = Set(facts.plan.all(Procedure.self).compactMap(\.previous))
            for procedure in facts.plan.all(Procedure.self) where procedure.approvedOn != nil && !replaced.contains(procedure.id)
            {
                let known = Set((procedure.read ?? []) + (procedure.trained ?? []))
                let missing = (procedure.mustRead ?? []).filter { $0.prefix == Person.names.prefix && !known.contains($0) }
                if !missing.isEmpty {
                    let names = missing.compactMap { facts.plan.record($0)?.title }
                    report.found(
                        procedure.id, "read", "\(names.joined(separator: "、"))尚未阅读。",
                        "Not read by \(names.joined(separator: ", ")).")
                }
            }
        },
        FindingRule(
            "O13-01", .warning, Label("培训出勤不足", "Training poorly attended"),
            why: Label("缺席的人不会用新流程。", "Who was absent does not use the new process."),
            remedy: Label("为缺席者补课。", "Repeat it for those absent.")
        ) { facts, report in
            for training in facts.plan.all(Training.self) {
                guard let expected = training.expected, let attended = training.attended, expected > 0,
                    attended * 10 < expected * 8
                else { continue }
                report.found(training.id, "attended", "应到 \(expected) 人，实到 \(attended) 人。", "\(attended) of \(expected) came.")
            }
        },
        FindingRule(
            "O14-01", .warning, Label("数据撑不起改进成效", "Data do not carry the improvement"),
            why: Label("偶然的波动当成成效推广开去，别处照做也不会见效。", "Chance taken for success will not work elsewhere."),
            remedy: Label(
                "多收集几期数据、核对分界日，或如实写明尚未见效。", "Collect more periods, check the dividing day, or say that no effect is shown yet.")
        ) { facts, report in
            let done = facts.plan.all(Improvement.self).filter { $0.state == .done }
            let claimed = Set(done.flatMap { $0.measures ?? [] })
            let studies = Dictionary(uniqueKeysWithValues: facts.changeStudies.map { ($0.measure.id, $0) })
            for measure in facts.plan.all(Measure.self) where claimed.contains(measure.id) && measure.improvedOn != nil {
                guard let study = studies[measure.id] else {
                    report.found(
                        measure.id, "values", "措施已完成，但改进前后的数值不足，说不出成效。",
                        "The improvement is done, but there are too few values before or since to show an effect.")
                    continue
                }
                if !study.isProvenImprovement {
                    report.found(measure.id, "improvedOn", study.verdict.zh, study.verdict.en)
                }
            }
        },
        FindingRule(
            "O15-01", .warning, Label("控制图有异常信号", "Signal on a control chart"),
            why: Label("超出偶然波动的信号有它的原因，趁早找比事后查容易。", "A signal beyond chance has a cause that is easier to find now than later."),
            remedy: Label(
                "查明原因；原因已知的点写入「剔除点」，过程已经改变的写「改进起效日」。",
                "Find the cause; enter points with a known cause under “Points left out”, or the day since which the process has changed."
            )
        ) { facts, report in
            for study in facts.controlStudies {
                guard let signal = study.foremost else { continue }
                let (words, more) = (study.words(signal), study.current.count - 1)
                let isGood = study.isFavourable(signal) == true
                report.found(
                    study.measure.id, "values",
                    "\(words.zh)\(isGood ? "，朝好的方向" : "")\(more > 0 ? "，另有 \(more) 处信号" : "")。",
                    "\(words.en)\(isGood ? ", for the better" : "")\(more > 0 ? ", and \(more) more \(more == 1 ? "signal" : "signals")" : "")."
                )
            }
        },
        FindingRule(
            "O15-02", .warning, Label("控制图画不出来", "Control chart cannot be drawn"),
            why: Label("没有控制图，就分不清偶然波动和真正的变化。", "Without the chart nobody can tell chance from change."),
            remedy: Label("补足数值、样本量或子组大小，或改用别的图形。", "Add values, sample sizes or a subgroup size, or choose another chart.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) {
                do throws(ControlStudy.Flaw) { _ = try ControlStudy(measure, today: facts.today) } catch {
                    report.found(measure.id, "chart", error.reason.zh, error.reason.en)
                }
            }
        },
        FindingRule(
            "O18-01", .warning, Label("见效的措施没有推广", "Proven improvement not rolled out"),
            why: Label("一处见效、处处可用，不推广就浪费了。", "What works here may work elsewhere; unshared it is wasted."),
            remedy: Label("评估可推广的单位，建立推广计划。", "See which units could use it, and plan the roll-out.")
        ) { facts, report in
            let spread = Set(facts.plan.all(Rollout.self).compactMap(\.improvement))
            for improvement in facts.plan.all(Improvement.self)
            where improvement.state == .done && (improvement.effect ?? 0) >= 4 && !spread.contains(improvement.id) {
                report.found(
                    improvement.id, nil, "「\(improvement.title ?? "")」已完成且效果好，没有推广。",
                    "“\(improvement.title ?? "")” is done and effective, and not rolled out.")
            }
        },
    ]
}

extension PlanFacts {
    func isCause(_ ancestor: RecordID, above cause: RecordID) -> Bool {
        var number = plan.record(cause)?.parent
        while let current = number {
            if current == ancestor.number { return true }
            number = plan.record(RecordID(plan: plan.key, prefix: cause.prefix, number: current))?.parent
        }
        return false
    }
}

/// Cases below which a log is no evidence.
private let fewestCases = 20

private func percent(_ share: Double) -> String { "\(Int(nearest: share * 100))%" }
private func figure(_ minutes: Double) -> String {
    minutes < 10 ? "\((minutes * 10).rounded() / 10)" : "\(Int(nearest: minutes))"
}

extension PlanFacts {
    /// The processes as they are whose log can be read, by the cases that went their way.
    fileprivate var minedAsIs: [ProcessFacts] {
        loggedProcesses.filter { ($0.kind ?? .asIs) == .asIs }.compactMap {
            if case .facts(let mined) = self.minedAsItWas($0) { mined } else { nil }
        }
    }
}
