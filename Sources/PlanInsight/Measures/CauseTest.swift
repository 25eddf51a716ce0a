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

    /// The durations of the cases with the condition against those of all others.
    private static func log(_ process: Typed<Process>, _ condition: String, _ facts: PlanFacts) -> (Label, Label?, Bool) {
        guard let question = question(condition) else {
            return open(
                "检验条件应写作「列=值」，例如 priority=P1、活动=退回、人员=王芳；几个值之间用「|」。",
                "The condition is written column=value, such as priority=P1, activity=return or person=Ann; several values with | between."
            )
        }
        let mined: ProcessFacts
        switch facts.mined(process, question) {
        case .facts(let found): mined = found
        case .noLog(let words), .unreadable(let words), .refused(let words): return open(words.zh, words.en)
        }
        let marked = mined.log
        let ids = Set(marked.cases)
        let whole = mined.reading.log
        let others = whole.keepingCases { !ids.contains(whole.cases[$0]) }
        let fewest = min(marked.caseCount, others.caseCount)
        guard fewest >= BeforeAfter.fewest, var finding = BeforeAfter.ranks(before: others.leadTimes, after: marked.leadTimes)
        else {
            return open(
                "符合条件的案例有 \(marked.caseCount) 个，其余 \(others.caseCount) 个；两边都至少需要 \(BeforeAfter.fewest) 个。",
                "\(Wording.counted(marked.caseCount, "case meets", "cases meet")) the condition and \(others.caseCount) \(others.caseCount == 1 ? "does" : "do") not; both need at least \(BeforeAfter.fewest)."
            )
        }
        // Cases of two kinds are no series in time.
        finding.warnings.removeAll { !$0.forbidsClaim }
        let subject = Label(
            "\(condition) 的 \(DisplayText.number(Double(marked.caseCount))) 个案例与其余 \(DisplayText.number(Double(others.caseCount))) 个相比，流程时长",
            "Against the other \(DisplayText.number(Double(others.caseCount))) cases, the duration of the \(DisplayText.number(Double(marked.caseCount))) with \(condition)"
        )
        let reason = Label(
            "流程时长的分布通常偏斜，所以比较中位数（Mann–Whitney 检验）。",
            "Durations are usually skewed, so medians are compared (Mann–Whitney test).")
        return (
            ChangeStudy.verdict(finding, of: subject, verb: .duration), reason,
            finding.isUnlikelyChance && !finding.warnings.contains(where: \.forbidsClaim)
        )
    }

    /// The cases meant by `column=value`, the activities and people of a log being columns of their own; nil for anything else.
    private static func question(_ condition: String) -> LogQuestion? {
        let parts = condition.split(maxSplits: 1, omittingEmptySubsequences: false) { "=＝".contains($0) }.map {
            String($0).trimmed
        }
        guard parts.count == 2, let column = parts.first, !column.isEmpty else { return nil }
        let values = Set(parts[1].split { "|｜".contains($0) }.map { String($0).trimmed })
        guard !values.isEmpty else { return nil }
        var question = LogQuestion()
        switch column.lowercased() {
        case "活动", "activity": question.filter.withActivities = values
        case "人员", "person": question.filter.resources = values
        default: question.filter.attributes = [column: values]
        }
        return question
    }
}

extension EventLog {
    /// Seconds from the first beginning to the last end of every case.
    fileprivate var leadTimes: [Double] {
        (0..<caseCount).map { index in
            let span = span(ofCase: index)
            return Double(span.to - span.from) / 1e6
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
