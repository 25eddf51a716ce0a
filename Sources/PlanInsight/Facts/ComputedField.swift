import PlanModel
import WorkingTime

/// A column nobody types: computed from the plan, shown beside a kind's own fields in pages and documents.
public struct ComputedField: Sendable {
    public enum Value: Sendable, Hashable {
        /// Share reached, and where it should be today; both 0…1.
        case progress(Double?, expected: Double?)
        case status(Status)
        case text(Label)
        case number(String)
        /// A number that needs attention.
        case marked(String)
        /// Money that adds up over records; marked where it needs attention.
        case amount(Money, isMarked: Bool)
    }

    /// What its values are, by which a column is set; a note is a sentence that stands below the row or on the record's page.
    public enum Form: Sendable {
        case words, number, amount, progress, note
        /// From when to when a record lasts.
        case schedule
    }

    public let label: Label
    public var form = Form.words
    let value: @Sendable (PlanFacts, Record) -> Value?

    public func callAsFunction(_ facts: PlanFacts, _ record: Record) -> Value? { value(facts, record) }

    public var isNumeric: Bool { form == .number || form == .amount }

    /// Those that have columns.
    public static func of(_ kind: Kind) -> [ComputedField] { (all[kind.prefix] ?? []).filter { $0.form != .note } }

    /// Those that are sentences.
    public static func notes(of kind: Kind) -> [ComputedField] { (all[kind.prefix] ?? []).filter { $0.form == .note } }

    /// How a record stands against the plan, which nobody sets: one word for it everywhere, apart from the state that people set.
    public static let health = Label("状况", "Health")

    private static let all: [String: [ComputedField]] = [
        Goal.names.prefix: [
            ComputedField(label: Label("进度", "Progress"), form: .progress) { facts, record in
                facts.progress.goals[record.id].map { .progress($0.progress, expected: $0.expected) }
            },
            ComputedField(label: health) { facts, record in
                .status(facts.progress.goals[record.id]?.status ?? .idle)
            },
        ],
        Measure.names.prefix: [
            ComputedField(label: Label("当前值", "Current"), form: .number) { facts, record in
                facts.progress.measures[record.id]?.current.map { value in
                    .number(Typed<Measure>(record)?.isComputed == true ? DisplayText.computed(value) : DisplayText.figure(value))
                }
            },
            ComputedField(label: Label("进度", "Progress"), form: .progress) { facts, record in
                facts.progress.measures[record.id].map { .progress($0.progress, expected: $0.expected) }
            },
            ComputedField(label: health) { facts, record in
                .status(facts.progress.measures[record.id]?.status ?? .idle)
            },
        ],
        PlanTask.names.prefix: [
            ComputedField(label: Label("排期", "Scheduled"), form: .schedule) { facts, record in
                facts.schedule[record.id].map { dates in
                    .text(
                        Label(
                            DisplayText.short(dates.start, to: dates.finish, .chinese, on: facts.today),
                            DisplayText.short(dates.start, to: dates.finish, .english, on: facts.today)))
                }
            },
            ComputedField(label: Label("总时差（工作日）", "Float, working days"), form: .number) { facts, record in
                guard facts.isLinked, let dates = facts.schedule[record.id], !dates.isSummary,
                    Typed<PlanTask>(record).map({ $0.share < 1 }) == true
                else { return nil }
                let text = DisplayText.number((dates.totalFloat * 10).rounded() / 10)
                return dates.isCritical ? .marked(text) : .number(text)
            },
            ComputedField(label: health) { facts, record in
                Typed<PlanTask>(record).map { .status(facts.status(of: $0)) }
            },
        ],
        Deliverable.names.prefix: [
            ComputedField(label: Label("是否按期", "On time")) { facts, record in
                Typed<Deliverable>(record).flatMap { lateness($0, facts.today) }.map { .text($0) }
            }
        ],
        ScopeItem.names.prefix: [
            ComputedField(label: Label("与基线", "Against the baseline"), form: .note) { facts, record in
                Typed<ScopeItem>(record).flatMap { creep($0, facts.plan) }.map { .text($0) }
            }
        ],
        Meeting.names.prefix: [
            ComputedField(label: Label("行动项", "Action items"), form: .note) { facts, record in
                actions(of: record.id, facts).map { .text($0) }
            }
        ],
        Review.names.prefix: [
            ComputedField(label: Label("行动项", "Action items"), form: .note) { facts, record in
                actions(of: record.id, facts).map { .text($0) }
            },
            ComputedField(label: health) { facts, record in
                guard let review = Typed<Review>(record) else { return nil }
                if review.heldOn != nil { return .status(.done) }
                return review.due.map { .status($0 < facts.today ? .late : .idle) }
            },
        ],
        Risk.names.prefix: [
            ComputedField(label: Label("等级", "Score"), form: .number) { _, record in
                guard let risk = Typed<Risk>(record), let score = risk.score else { return nil }
                let after = risk.residualScore ?? score
                return .number(after == score ? "\(score)" : "\(score) → \(after)")
            }
        ],
        Commitment.names.prefix: [
            ComputedField(label: Label("连续", "Streak"), form: .number) { facts, record in
                Typed<Commitment>(record)?.standing(on: facts.today).map {
                    .text(Label("\($0.run) 期", "\($0.run)"))
                }
            }
        ],
        Incentive.names.prefix: [
            ComputedField(label: Label("至今应付", "Due so far"), form: .amount) { facts, record in
                Typed<Incentive>(record).flatMap { IncentivePayout($0, facts.plan, today: facts.today) }.map {
                    .amount($0.due, isMarked: $0.isCapped)
                }
            },
            ComputedField(label: Label("至今计提基数", "Based so far on"), form: .note) { facts, record in
                Typed<Incentive>(record).flatMap { IncentivePayout($0, facts.plan, today: facts.today) }.map { .text($0.words) }
            },
        ],
        Cause.names.prefix: [
            ComputedField(label: Label("数据检验", "Tested")) { facts, record in
                facts.test(of: record.id).map { .text($0.verdict) }
            }
        ],
        SalesTarget.names.prefix: [
            ComputedField(label: Label("至今目标", "Target so far"), form: .note) { facts, record in
                Typed<SalesTarget>(record).flatMap { SalesSums.sum(of: $0, in: facts.plan, today: facts.today) }.map {
                    .number(DisplayText.figure($0.target))
                }
            },
            ComputedField(label: Label("至今达成", "Attained"), form: .number) { facts, record in
                Typed<SalesTarget>(record).flatMap { SalesSums.attainment(of: $0, in: facts.plan, today: facts.today) }.map {
                    .number(DisplayText.percent($0))
                }
            },
        ],
    ]
}

extension ComputedField {
    /// That something came into the scope after the first baseline, and with which change request.
    private static func creep(_ item: Typed<ScopeItem>, _ plan: Plan) -> Label? {
        guard item.isIn == .included, let added = item.addedOn,
            let baseline = plan.all(Baseline.self).compactMap(\.takenOn).min(),
            added > baseline
        else { return nil }
        let (zh, en) =
            item.request.map { ("，变更请求为 \($0.short)", ", by change request \($0.short)") } ?? (
                "，没有变更请求", ", without a change request"
            )
        return Label("基线（\(baseline)）之后加入\(zh)", "added after the baseline (\(baseline))\(en)")
    }

    /// The tasks that came of a meeting or a review, and how far they are.
    private static func actions(of id: RecordID, _ facts: PlanFacts) -> Label? {
        let tasks = facts.schedule.tasks.filter { $0.origin == id }
        guard !tasks.isEmpty else { return nil }
        func words(_ task: Typed<PlanTask>, _ language: Language) -> String {
            "\(task.id.short) \(task.title ?? "")\(language == .chinese ? "（" : " (")\(facts.status(of: task).label[language])\(language == .chinese ? "）" : ")")"
        }
        return Label(
            tasks.map { words($0, .chinese) }.joined(separator: "、"), tasks.map { words($0, .english) }.joined(separator: ", "))
    }

    /// By how much a deliverable was late, or is; `nil` before it is due.
    private static func lateness(_ deliverable: Typed<Deliverable>, _ today: Day) -> Label? {
        guard let due = deliverable.due else { return nil }
        let late = (deliverable.deliveredOn ?? today) - due
        if deliverable.deliveredOn == nil {
            return late > 0 ? Label("逾期 \(late) 天", "\(late) \(late == 1 ? "day" : "days") overdue") : nil
        }
        return late > 0 ? Label("迟 \(late) 天", "\(late) \(late == 1 ? "day" : "days") late") : Label("按期", "On time")
    }
}

extension ComputedField.Value {
    /// As one piece of text, for documents.
    public func text(in language: Language) -> String {
        switch self {
        case .progress(let share, _): share.map(DisplayText.percent) ?? ""
        case .status(let status): "\(status.shape) \(status.label[language])"
        case .text(let label): label[language]
        case .number(let text), .marked(let text): text
        case .amount(let money, _): DisplayText.amount(money)
        }
    }
}

extension Status {
    /// A shape that reads in grey and in plain text.
    public var shape: String {
        switch self {
        case .idle: "○"
        case .done: "✓"
        case .onTrack: "●"
        case .watch: "▲"
        case .late: "◆"
        }
    }
}
