import Measures
import PlanModel
import ProcessMining
import WorkingTime

/// A cause held against data: a measure before and since a day, or the cases of a log that have a mark against all others.
public struct CauseTest: Sendable {
    public let cause: RecordID
    /// What the data say, or why they say nothing.
    public let verdict: Label
    /// By which method; nil where nothing was compared.
    public let reason: Label?
    /// Whether the data show a difference that chance hardly explains.
    public let isSupported: Bool

    /// - Returns: nil where the cause names nothing to be tested against.
    init?(_ cause: Typed<Cause>, _ facts: PlanFacts) {
        self.cause = cause.id
        if let measure = cause.testMeasure.flatMap({ facts.workspace[$0.plan]?.record($0, as: Measure.self) }) {
            guard let day = cause.testDay else {
                (verdict, reason, isSupported) = Self.open("没有填写检验分界日。", "The dividing day is missing.")
                return
            }
            guard let study = ChangeStudy(measure, dividedOn: day, today: facts.today) else {
                (verdict, reason, isSupported) = Self.open(
                    "「\(measure.title ?? "")」在 \(day) 两边各需至少 3 个值。",
                    "“\(measure.title ?? "")” needs at least 3 values on each side of \(day).")
                return
            }
            (verdict, reason) = (study.verdict, study.reason)
            isSupported = study.finding.isUnlikelyChance && !study.finding.warnings.contains(where: \.forbidsClaim)
        } else if let process = cause.testProcess.flatMap({ facts.plan.record($0, as: Process.self) }) {
            (verdict, reason, isSupported) = Self.log(process, cause.testCases ?? "", facts)
        } else {
            return nil
        }
    }

    private static func open(_ zh: String, _ en: String) -> (Label, Label?, Bool) {
        (Label("还不能检验：\(zh)", "It cannot be tested yet: \(en)"), nil, false)
    }

    /// The durations of the cases with `column=value` against those of all others.
    private static func log(_ process: Typed<Process>, _ condition: String, _ facts: PlanFacts) -> (Label, Label?, Bool) {
        let parts = condition.split(whereSeparator: { "=＝".contains($0) }).map { String($0).trimmed }
        guard parts.count == 2, let column = parts.first, let value = parts.last else {
            return open("检验条件应写作「列=值」，例如 priority=P1。", "The condition is written column=value, such as priority=P1.")
        }
        let mined: ProcessFacts
        switch facts.mined(process) {
        case .facts(let found): mined = found
        case .noLog(let words), .unreadable(let words), .refused(let words): return open(words.zh, words.en)
        }
        guard mined.log.attributes.contains(where: { $0.name == column && $0.values.contains(value) }) else {
            return open("日志里没有「\(condition)」的案例。", "The log has no cases with \(condition).")
        }
        var filter = LogFilter()
        filter.attributes = [column: [value]]
        let marked = mined.log.filtered(by: filter)
        let ids = Set(marked.cases)
        let others = mined.log.keepingCases { !ids.contains(mined.log.cases[$0]) }
        guard let finding = BeforeAfter.ranks(before: others.caseDurations, after: marked.caseDurations) else {
            return open("两组案例都要有。", "There have to be cases of both kinds.")
        }
        let subject = Label(
            "\(condition) 的 \(marked.caseCount) 个案例与其余 \(others.caseCount) 个相比，流程时长",
            "Against the other \(others.caseCount) cases, the duration of the \(marked.caseCount) with \(condition)")
        let reason = Label(
            "流程时长少数极长，所以比较中位数（Mann–Whitney 检验）。",
            "A few durations are very long, so medians are compared (Mann–Whitney test).")
        return (
            ChangeStudy.verdict(finding, of: subject, verb: .duration), reason,
            finding.isUnlikelyChance && !finding.warnings.contains(where: \.forbidsClaim)
        )
    }
}

extension EventLog {
    /// Seconds from the first beginning to the last end of every case.
    fileprivate var caseDurations: [Double] {
        (0..<caseCount).map { index in
            let range = events(ofCase: index)
            let begin = range.map { hasIntervals ? min(start[$0], end[$0]) : end[$0] }.min() ?? 0
            let finish = range.map { end[$0] }.max() ?? begin
            return Double(finish - begin) / 1e6
        }
    }
}

extension PlanFacts {
    /// The test of a cause against data; nil where it names none.
    ///
    /// - Complexity: that of reading the log once, where one is named; kept with these facts.
    public func test(of cause: RecordID) -> CauseTest? {
        later.causeTests.value(cause) { plan.record(cause, as: Cause.self).flatMap { CauseTest($0, self) } }
    }
}
