import Hummingbird
import PlanInsight
import PlanModel

/// What takes long: waited for, or started, followed and stopped as a job.
extension APIRoutes {
    /// The answer, waited for; a job that was started with the same question is taken up.
    func waited<Question: LongQuestion>(_ question: Question, _ facts: PlanFacts) async throws -> Question.Answer {
        guard case .done(let answer) = try await question.job(facts, site.jobs, patience: nil).state else {
            throw BadRequest(
                message: Label("计算已被停止。", "It was stopped."), remedy: Label("加上 again=1 重新计算。", "Compute it again with again=1."))
        }
        return answer
    }

    /// Starts the job of a question, and names it, to be followed and stopped. Once it is done, asking the same question gives the answer.
    func started(_ question: some LongQuestion, _ facts: PlanFacts) async throws -> JSONValue {
        ["job": .string(try await question.job(facts, site.jobs, patience: .zero).id)]
    }

    func jobProgress(_ visit: Visit) throws -> JSONValue {
        guard let standing = site.jobs.standing(visit.parameters.get("job") ?? "") else { throw noJob }
        return ["state": .string(standing.word), "progress": .number(standing.part)]
    }

    func stopJob(_ visit: Visit) throws -> JSONValue {
        let id = visit.parameters.get("job") ?? ""
        guard site.jobs.stop(id) else { throw noJob }
        return ["job": .string(id)]
    }

    private var noJob: NotFound { NotFound(what: Label("没有这个任务，它可能早已完成。", "There is no such job; it may be long over.")) }
}
