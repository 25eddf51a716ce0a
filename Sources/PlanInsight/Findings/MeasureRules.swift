import PlanModel
import WorkingTime

extension PlanCheck {
    static let measureRules: [FindingRule] = [
        FindingRule(
            "D11-01", .warning, Label("指标数值过期", "Stale value"),
            why: Label("过期的数会让人以为一切照旧。", "An old number looks as if nothing had changed."),
            remedy: Label("补录最近一期的数值，或接入数据来源。", "Enter the newest value, or connect the data source.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) {
                guard let frequency = measure.frequency, frequency != .once, measure.formula == nil, let target = measure.target,
                    let start = measure.baselineDate ?? facts.plan.fields.start, start < facts.today, target.isFinite
                else { continue }
                let allowed = frequency.patience
                guard let latest = facts.progress.measures[measure.id]?.currentDay else {
                    if facts.today - start > allowed {
                        report.found(
                            measure.id, "values", "约定\(frequency.label.zh)取数，至今没有数值。",
                            "To be collected \(frequency.label.en.lowercased()), but there is no value.")
                    }
                    continue
                }
                let age = facts.today - latest
                if age > allowed {
                    report.found(
                        measure.id, "values", "最近一次数值是 \(latest)，已 \(age) 天；约定\(frequency.label.zh)。",
                        "The newest value is of \(latest), \(age) days ago; it is to be collected \(frequency.label.en.lowercased())."
                    )
                }
            }
        },
        FindingRule(
            "D11-02", .warning, Label("指标落后于路径", "Measure off track"),
            why: Label("早一个月发现，就多一个月补救。", "A month's notice is a month to mend it."),
            remedy: Label("查明原因，补充举措，或在复盘中调整目标。", "Find the cause, add an initiative, or adjust the target in a review.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) {
                guard let progress = facts.progress.measures[measure.id], progress.status == .late, let current = progress.current
                else { continue }
                let wanted = progress.expectedValue.map { $0.with(measure.unit) } ?? progress.expected.percent
                report.found(
                    measure.id, "values",
                    "当前 \(current.with(measure.unit))，按路径应为 \(wanted)。",
                    "Now \(current.with(measure.unit)); the path wants \(wanted).")
            }
        },
        FindingRule(
            "D11-03", .error, Label("公式有算不出的值", "Formula without a value"),
            why: Label("算不出的指标没有进度，也发现不了问题。", "A measure that cannot be computed has no progress and shows no problem."),
            remedy: Label("按提示改正公式，或补录它引用的指标。", "Mend the formula as said, or enter the measures it goes back to.")
        ) { facts, report in
            guard facts.plan.all(Measure.self).contains(where: { !($0.formula ?? "").isEmpty }) else { return }
            for flaw in facts.computedMeasures.flaws {
                report.found(flaw.measure, "formula", "\(flaw.reason.zh)。", "\(flaw.reason.en).")
            }
        },
        FindingRule(
            "D11-04", .warning, Label("指标没有数据来源", "Measure without data source"),
            why: Label("说不清来源的数没有人相信。", "Nobody believes a number of unknown origin."),
            remedy: Label("写明从哪个系统或报表取数。", "Say which system or report it comes from.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self)
            where measure.goal != nil && (measure.source ?? "").isEmpty && measure.formula == nil {
                report.found(measure.id, "source", "\(measure.id.short) 没有数据来源。", "\(measure.id.short) has no data source.")
            }
        },
        FindingRule(
            "D11-05", .error, Label("指标没有目标值", "Measure without target"),
            why: Label("没有目标值就没有进度。", "Without a target there is no progress."),
            remedy: Label("填写目标值；区间指标填写上下限。", "Give a target; for a range, both ends.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) where measure.goal != nil && measure.target == nil {
                report.found(measure.id, "target", "\(measure.id.short) 没有目标值。", "\(measure.id.short) has no target.")
            }
        },
        FindingRule(
            "D11-06", .warning, Label("指标没有单位", "Measure without unit"),
            why: Label("没有单位的数无法比较。", "A number without a unit cannot be compared."),
            remedy: Label("填写单位，例如 %、小时、件。", "Give a unit such as %, hours, pieces.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self)
            where measure.target != nil && (measure.unit ?? "").isEmpty && measure.direction != .milestone {
                report.found(measure.id, "unit", "\(measure.id.short) 没有单位。", "\(measure.id.short) has no unit.")
            }
        },
        FindingRule(
            "D11-08", .warning, Label("数值的日期在今天之后", "Values dated in the future"),
            why: Label(
                "还没到的日期不会有实际值；它们不计入现状，也不画出来。", "No day to come has a real value yet; such values are neither counted nor drawn."),
            remedy: Label("改正日期；是预期值就写进目标路径。", "Correct the dates; what is expected belongs to the path of the target.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) {
                // A value of a month or quarter stands at its last day.
                let patience = measure.frequency?.patience ?? 31
                let early = (measure.values?.points ?? []).filter { $0.day > facts.today + patience }
                guard let last = early.last else { continue }
                report.found(
                    measure.id, "values", "\(early.count) 个数值的日期在 \(facts.today) 之后，最晚是 \(last.day)。",
                    "\(early.count == 1 ? "1 value is" : "\(early.count) values are") dated after \(facts.today), the last on \(last.day)."
                )
            }
        },
        FindingRule(
            "D11-07", .warning, Label("预测达不到目标", "Forecast misses the target"),
            why: Label("照现在的走势，到期时即使好于预期也达不到目标。", "As things go, even a good outcome misses the target when it is due."),
            remedy: Label("现在就补充举措，或在复盘中调整目标。", "Add an initiative now, or adjust the target in a review.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) {
                guard let forecast = facts.forecasts[measure.id], forecast.misses(measure), let target = measure.target
                else { continue }
                let words = forecast.words(unit: measure.unit ?? "")
                report.found(
                    measure.id, "values", "\(words.zh)目标是 \(target.with(measure.unit))。",
                    "\(words.en) The target is \(target.with(measure.unit)).")
            }
        },
    ]
}
