import Foundation
import PlanInsight
import PlanModel

/// A question about a plan that takes long to answer, as the fields of an address ask it. A job answers it, which everybody shares who
/// asks the same of the same plans.
protocol LongQuestion: Sendable {
    associatedtype Answer: Sendable

    /// Where its page lies below the plan's.
    static var place: String { get }
    /// All that the answer depends on beside the plans.
    var fields: [String: String] { get }
    /// Whether an answer that was stopped is not enough, so that the work starts once more.
    var isAgain: Bool { get }

    /// - Parameter report: told the part done, 0…1; once it answers false the work is to end, with what was found by then, or nil.
    func answer(_ facts: PlanFacts, report: @escaping @Sendable (Double) -> Bool) throws -> Answer?
    /// The plans that the answer is made from.
    func sources(_ facts: PlanFacts) -> [Plan]
}

extension LongQuestion {
    func sources(_ facts: PlanFacts) -> [Plan] { facts.foundations }

    /// How its job stands after so long.
    ///
    /// - Parameters:
    ///   - followed: the job of the same question that was begun before; it is gone on with though the plans have changed since.
    ///   - patience: how long to wait for the end; nil waits for it.
    /// - Throws: `Overloaded` where too many wait already.
    func job(_ facts: PlanFacts, _ jobs: Jobs, following followed: String? = nil, patience: Duration?) async throws
        -> Jobs.Standing<
            Answer
        >
    {
        let files = facts.workspace.files.stamps.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let plans = sources(facts).map { "\($0.key)@\($0.revision)" }
        let key = Jobs.Key(
            sort: Self.place, question: [facts.plan.key.text, query], state: ["\(facts.today)"] + plans + files)
        return try await jobs.state(key, following: followed, isAgain: isAgain, patience: patience) { report in
            try answer(facts, report: report)
        }
    }

    /// The page of this question.
    func address(_ facts: PlanFacts, isAgain: Bool = false) -> String {
        let question = [query, isAgain ? "again=1" : ""].filter { !$0.isEmpty }.joined(separator: "&")
        return "/plans/\(facts.plan.key)/\(Self.place)" + (question.isEmpty ? "" : "?\(question)")
    }

    private var query: String {
        fields.filter { $0.key != "again" && $0.key != "lang" }.sorted { $0.key < $1.key }.map {
            "\(Self.escaped($0.key))=\(Self.escaped($0.value))"
        }.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~"))) ?? ""
    }
}
