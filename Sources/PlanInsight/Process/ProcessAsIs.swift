import PlanModel
import ProcessMining

extension PlanFacts {
    /// What the log of a process says of the cases that went its own way. Cases with a step that only a process has that replaces it
    /// went the new way already, and are no part of how it was. Where nothing is left, it is what the whole log says.
    ///
    /// - Complexity: O(events of the log), once.
    public func minedAsItWas(_ process: Typed<Process>) -> MinedProcess {
        let newSteps = stepsOfSuccessors(of: process)
        guard !newSteps.isEmpty, case .facts(let whole) = mined(process) else { return mined(process) }
        return later.minedAsItWas.value(process.id) {
            var question = LogQuestion()
            question.filter.withoutActivities = newSteps.intersection(whole.log.activities)
            guard case .facts(let part) = mined(process, question) else { return .facts(whole) }
            return .facts(part)
        }
    }

    /// How many cases of a log went the new way already.
    public func casesOfSuccessors(_ process: Typed<Process>) -> Int {
        guard case .facts(let whole) = mined(process), case .facts(let part) = minedAsItWas(process) else { return 0 }
        return whole.log.caseCount - part.log.caseCount
    }

    /// That a log has cases which went the new way already, and that they are counted in what the whole log says; nil where it has none.
    public func wordsOfSuccessors(_ process: Typed<Process>) -> Label? {
        let count = casesOfSuccessors(process)
        guard count > 0, case .facts(let part) = minedAsItWas(process) else { return nil }
        let (improved, rest) = (DisplayText.number(Double(count)), DisplayText.number(Double(part.log.caseCount)))
        return Label(
            "这里说的是整份日志，其中 \(improved) 个案例已按改进后的流程办理，计在内；文档、检查与图不计它们，只说其余 \(rest) 个。",
            "This is of the whole log, in which \(improved) \(count == 1 ? "case" : "cases") already went the improved way and \(count == 1 ? "is" : "are") counted; document, checks and pictures leave them out and speak of the other \(rest)."
        )
    }

    /// The activities of processes that replace a process which are none of its own.
    private func stepsOfSuccessors(of process: Typed<Process>) -> Set<String> {
        func names(_ process: Typed<Process>) -> Set<String> {
            PlanProcess(process, in: plan).map { Set($0.activityNames.values) } ?? []
        }
        let successors = plan.all(Process.self).filter { $0.improves == process.id && $0.id != process.id }
        return Set(successors.flatMap(names)).subtracting(names(process))
    }
}
