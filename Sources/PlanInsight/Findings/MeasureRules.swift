import PlanModel
import WorkingTime

extension PlanCheck {
    static let measureRules: [FindingRule] = [
        FindingRule("D11-01", .warning, Label("指标数值过期", "Stale value"),
            why: Label("过期的数会让人以为一切照旧。", "An old number looks as if nothing had changed."),
            remedy: Label("补录最近一期的数值，或接入数据来源。", "Enter the newest value, or connect the data source.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) {
                guard let frequency = measure.frequency, frequency != .once, measure.formula == nil, let target = measure.target,
                    let start = measure.baselineDate ?? facts.plan.fields.start, start < facts.today, target.isFinite
                else { continue }
                let allowed = frequency.days + max(3, frequency.days / 5)
                guard let latest = facts.progress.measures[measure.id]?.currentDay else {
                    if facts.today - start > allowed {
                        report.found(measure.id, "values", "约定\(frequency.label.zh)取数，至今没有数值。", "To be collected \(frequency.label.en.lowercased()), but there is no value.")
                    }
                    continue
                }
                let age = facts.today - latest
                if age > allowed {
                    report.found(measure.id, "values", "最近一次数值是 \(latest)，已 \(age) 天；约定\(frequency.label.zh)。", "The newest value is of \(latest), \(age) days ago; it is to be collected \(frequency.label.en.lowercased()).")
                }
            }
        },
        FindingRule("D11-02", .warning, Label("指标落后于路径", "Measure off track"),
            why: Label("早一个月发现，就多一个月补救。", "A month's notice is a month to mend it."),
            remedy: Label("查明原因，补充举措，或在复盘中调整目标。", "Find the cause, add an initiative, or adjust the target in a review.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) {
                guard let progress = facts.progress.measures[measure.id], progress.status == .late, let current = progress.current else { continue }
                let wanted = progress.expectedValue.map { $0.plain } ?? progress.expected.percent
                let unit = measure.unit ?? ""
                report.found(measure.id, "values", "当前 \(current.plain)\(unit)，按路径应为 \(wanted)\(progress.expectedValue == nil ? "" : unit)。", "Now \(current.plain) \(unit); the path wants \(wanted).")
            }
        },
        FindingRule("D11-04", .warning, Label("指标没有数据来源", "Measure without data source"),
            why: Label("说不清来源的数没有人相信。", "Nobody believes a number of unknown origin."),
            remedy: Label("写明从哪个系统或报表取数。", "Say which system or report it comes from.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) where measure.goal != nil && (measure.source ?? "").isEmpty && measure.formula == nil {
                report.found(measure.id, "source", "\(measure.id.short) 没有数据来源。", "\(measure.id.short) has no data source.")
            }
        },
        FindingRule("D11-05", .error, Label("指标没有目标值", "Measure without target"),
            why: Label("没有目标值就没有进度。", "Without a target there is no progress."),
            remedy: Label("填写目标值；区间指标填写上下限。", "Give a target; for a range, both ends.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) where measure.goal != nil && measure.target == nil {
                report.found(measure.id, "target", "\(measure.id.short) 没有目标值。", "\(measure.id.short) has no target.")
            }
        },
        FindingRule("D11-06", .warning, Label("指标没有单位", "Measure without unit"),
            why: Label("没有单位的数无法比较。", "A number without a unit cannot be compared."),
            remedy: Label("填写单位，例如 %、小时、件。", "Give a unit such as %, hours, pieces.")
        ) { facts, report in
            for measure in facts.plan.all(Measure.self) where measure.target != nil && (measure.unit ?? "").isEmpty && measure.direction != .milestone {
                report.found(measure.id, "unit", "\(measure.id.short) 没有单位。", "\(measure.id.short) has no unit.")
            }
        },
    ]
}
