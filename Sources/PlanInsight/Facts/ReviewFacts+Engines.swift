import Measures
import PlanModel
import ProcessMining
import WorkingTime

/// What the engines say of a review's period: why sales differ, what is forecast to miss, what is out of control, what changed for
/// good, and where processes wait.
extension ReviewReader {
    var engines: [ReviewFacts.Group] { [variance, forecasts, signals, changes, bottlenecks] }

    /// Of the months that begin in the period.
    private var variance: ReviewFacts.Group {
        let lines = SalesSplit.Reference.allCases.compactMap { facts.salesSplit(against: $0, within: period) }.flatMap { split in
            split.dimensions.isEmpty && split.effects == nil
                ? [split.words]
                : ([split.effects].compactMap { $0 } + split.dimensions).map {
                    Label("\($0.name.zh)：\($0.words.zh)", "\($0.name.en): \($0.words.en)")
                }
        }
        return capped(Label("销售差异", "Sales variance"), lines)
    }

    private var forecasts: ReviewFacts.Group {
        capped(Label("预测", "Forecast"), facts.missedForecasts)
    }

    /// Control charts with a signal in the period.
    private var signals: ReviewFacts.Group {
        let lines = facts.controlStudies.flatMap { study in
            study.current.filter { signal in
                signal.points.contains { study.days.indices.contains($0) && period.contains(study.days[$0]) }
            }
            .prefix(2).map { signal in
                let name = study.measure.title ?? study.measure.id.short
                let words = study.words(signal)
                return Label("\(name)：\(words.zh)。", "\(name): \(words.en).")
            }
        }
        return capped(Label("控制图信号", "Control chart signals"), lines)
    }

    /// Measures before and since an improvement, with values in the period.
    private var changes: ReviewFacts.Group {
        let lines = facts.changeStudies.filter { study in
            study.measure.values?.days.contains(where: period.contains) ?? false
        }.map(\.verdict)
        return capped(Label("改进前后", "Before and after"), lines)
    }

    /// Where the cases begun in the period wait most.
    private var bottlenecks: ReviewFacts.Group {
        let part = ["from": "\(period.lowerBound)", "to": "\(period.upperBound)"]
        let lines = facts.loggedProcesses.compactMap { process -> Label? in
            guard let question = try? LogQuestion(part, zoneMinutes: facts.zoneMinutes(of: process)),
                case .facts(let mined) = facts.mined(process, question), let worst = mined.worst
            else { return nil }
            let (name, share) = (mined.name(worst.place), DisplayText.percent(worst.share))
            let mean = (DisplayText.span(worst.mean, .chinese), DisplayText.span(worst.mean, .english))
            return Label(
                "\(process.title ?? process.id.short)：\(DisplayText.number(Double(mined.statistics.cases))) 个案例，时间最多花在「\(name)」，占 \(share)，平均 \(mean.0)，其中等待 \(DisplayText.percent(worst.waitingShare))。",
                "\(process.title ?? process.id.short): \(DisplayText.number(Double(mined.statistics.cases))) cases spend most time at “\(name)”, \(share) of it, \(mean.1) on average, \(DisplayText.percent(worst.waitingShare)) of that waiting."
            )
        }
        return capped(Label("流程瓶颈", "Bottlenecks"), lines)
    }
}
