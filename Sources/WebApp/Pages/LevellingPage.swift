import Hummingbird
import Markup
import PlanInsight
import PlanModel
import PlanPictures
import Scheduling
import WorkingTime

/// What levelling would change: before and after, every move with its reason, then accept or leave it.
struct LevellingPage {
    let page: Page
    let facts: PlanFacts
    let question: LevellingRequest
    let job: Jobs.Standing<LevellingRequest.Answer>

    func response() -> Response {
        page.response(title: page.t("资源平衡 · \(facts.plan.title)", "Levelling · \(facts.plan.title)"), tab: .schedule) {
            el(.main, .class("page wide"), .id("main")) {
                page.scheduleHead(
                    .levelling, page.t("资源平衡", "Resource levelling"),
                    page.t(
                        "某人同一天的任务加起来超过他能投入的时间，就是超载。这里试着推迟一些任务来消除超载：打开时自动算大约一秒，算得久可以停止。结果只是提议，点「接受这些日期」之前计划不会改。",
                        "Somebody is overloaded on a day when their tasks add up to more than the time they have. This tries to put tasks off until nobody is: it computes for about a second when the page opens, and a longer search can be stopped. What it finds is a proposal; the plan stays as it is until you accept the dates."
                    ))
                choices
                page.following(question, job, facts) { proposal in
                    if let proposal {
                        outcome(proposal)
                    } else {
                        el(.p, .class("empty")) { LevellingRefusal(facts).words[page.language] }
                    }
                }
            }
        }.following(job)
    }

    private var choices: Markup {
        el(.form, .class("choices"), .method("get")) {
            el(.label) {
                page.t("目标 ", "Aim ")
                el(.select, .name("aim")) {
                    for aim in LevellingProposal.Aim.allCases {
                        el(.option, .value(aim.rawValue), aim == question.aim ? .selected : nil) { page.t(aim.label) }
                    }
                }
            }
            el(.label, .class("tick")) {
                el(.input, .type("checkbox"), .name("within"), .value("float"), question.isWithinFloat ? .checked : nil)
                page.t(" 只用时差，不推迟完工", " Within float only, the finish stays")
            }
            page.settings(isSet: question.seconds != nil || question.seed != 1) {
                page.numberField(
                    "seconds", Label("最多搜索（秒）", "Search at most, seconds"), question.seconds.map { DisplayText.number($0) },
                    1...LevellingRequest.mostSeconds)
                page.numberField("seed", Label("种子", "Seed"), question.seed == 1 ? nil : "\(question.seed)", nil)
            }
            el(.button, .class("btn"), .type("submit")) { page.t("重新计算", "Compute again") }
        }
    }

    @MarkupBuilder private func outcome(_ proposal: LevellingProposal) -> Markup {
        el(.p, .class("facts apart")) {
            if let before = proposal.finishBefore, let after = proposal.finishAfter {
                el(.span) {
                    page.t("完工 ", "Finish "); el(.b) { DisplayText.long(before, page.language) }; " → ";
                    el(.b) { DisplayText.long(after, page.language) }
                }
            }
            el(.span) {
                page.t("超载 ", "Overload ");
                el(.b) { page.t("\(amount(proposal.overloadBefore)) 人天", "\(amount(proposal.overloadBefore)) person days") };
                " → "; el(.b) { page.t("\(amount(proposal.overloadAfter)) 人天", "\(amount(proposal.overloadAfter)) person days") }
            }
            el(.span) {
                page.t("移动 ", "Moves "); el(.b) { page.t("\(proposal.moves.count) 项", "\(proposal.moves.count)") }
            }
            if !proposal.ways.isEmpty {
                el(.span) {
                    page.t("换做法 ", "Other ways ");
                    el(.b) { page.t("\(proposal.ways.count) 项", "\(proposal.ways.count)") }
                }
            }
            if proposal.isNeeded || proposal.overloadBefore > 0 {
                el(.span, .class("muted")) { page.t(proposal.proof(question.aim)) }
            }
        }
        if let words = proposal.pastWords { el(.p, .class("problem")) { page.t(words) } }
        if job.wasStopped {
            el(.p, .class("muted small")) {
                page.t("搜索被停止，这是当时找到的最好排法。", "The search was stopped; this is the best found by then. ")
                page.again(question, facts)
            }
        }
        for (task, person) in proposal.excessive {
            el(.p, .class("problem")) {
                let name = facts.plan.record(person)?.title ?? person.short
                page.t(
                    "\(task.short) 单独就要求\(name)超出可投入的时间，平衡解决不了；已按其上限计算。",
                    "\(task.short) alone asks \(name) for more than there is; levelling cannot help, so it was counted at their limit."
                )
            }
        }
        for task in proposal.overtaken {
            el(.p, .class("problem")) {
                page.reference(task.task, from: facts.plan.key)
                " \(facts.plan.record(task.task)?.title ?? "")\(page.t("：", ": "))"
                page.t(task.words)
            }
        }
        if proposal.isNeeded {
            el(.div, .class("multi")) {
                if !proposal.ways.isEmpty {
                    el(.section, .class("fig full")) {
                        el(.h2) { page.t("换一种做法", "Done another way") }
                        ways(proposal)
                    }
                }
                if !proposal.moves.isEmpty {
                    el(.section, .class("fig full")) {
                        el(.h2) { page.t("移动的任务", "Tasks that move") }
                        table(proposal)
                    }
                }
            }
            page.changing { accept(proposal) }
            pictures(proposal)
        } else {
            el(.p, .class("empty")) {
                proposal.overloadAfter > 0
                    ? page.t(
                        "在这个条件下没有更好的排法；余下的超载只能换人、减量或推迟完工。",
                        "Under this condition nothing better was found; use somebody else, cut work or let the finish slip.")
                    : page.t("没有人超载，不需要平衡。", "Nobody is over-allocated; there is nothing to level.")
            }
        }
    }

    private func amount(_ days: Double) -> String { DisplayText.number((days * 10).rounded() / 10) }

    private func table(_ proposal: LevellingProposal) -> Markup {
        el(.table, .class("tbl cards")) {
            el(.thead) {
                el(.tr) {
                    for head in [page.t("任务", "Task"), page.t("现在", "Now"), page.t("平衡后", "Levelled"), page.t("原因", "Why")] {
                        el(.th) { head }
                    }
                }
            }
            el(.tbody) {
                for move in proposal.moves.prefix(300) {
                    el(.tr, .class("rec")) {
                        el(.td) {
                            page.reference(move.task, from: facts.plan.key); "　\(facts.plan.record(move.task)?.title ?? "")"
                        }
                        el(.td, .class("nb"), .data("l", page.t("现在", "Now"))) { span(move.from) }
                        el(.td, .class("nb"), .data("l", page.t("平衡后", "Levelled"))) { span(move.to) }
                        el(.td, .data("l", page.t("原因", "Why"))) { page.t(move.reason) }
                    }
                }
            }
        }
    }

    /// What is to be done in another way; those that move besides are told among the moves, too.
    private func ways(_ proposal: LevellingProposal) -> Markup {
        el(.table, .class("tbl cards")) {
            el(.thead) {
                el(.tr) {
                    for head in [page.t("任务", "Task"), page.t("替代做法", "Alternative"), page.t("怎样做", "How")] { el(.th) { head } }
                }
            }
            el(.tbody) {
                for way in proposal.ways {
                    el(.tr, .class("rec")) {
                        el(.td) {
                            page.reference(way.task, from: facts.plan.key); "　\(facts.plan.record(way.task)?.title ?? "")"
                        }
                        el(.td, .data("l", page.t("替代做法", "Alternative"))) {
                            page.reference(way.alternative, from: facts.plan.key)
                        }
                        el(.td, .data("l", page.t("怎样做", "How"))) { page.t(way.words) }
                    }
                }
            }
        }
    }

    private func span(_ days: ClosedRange<Day>) -> String {
        DisplayText.short(days.lowerBound, to: days.upperBound, page.language, on: facts.today)
    }

    private func accept(_ proposal: LevellingProposal) -> Markup {
        el(.form, .method("post"), .class("acting")) {
            for (name, value) in question.fields.sorted(by: { $0.key < $1.key }) {
                el(.input, .type("hidden"), .name(name), .value(value))
            }
            el(.input, .type("hidden"), .name("seen"), .value(proposal.digest))
            page.base(facts.plan.revision)
            el(.button, .class("btn main"), .type("submit")) { page.t("接受这些日期", "Accept these dates") }
            el(.a, .class("btn"), .href("/plans/\(facts.plan.key)/schedule")) { page.t("不接受", "Leave it") }
            el(.span, .class("muted small")) {
                page.t("接受后可在历史中一次撤销。", "One undo in the history takes it back.")
            }
        }
    }

    private func pictures(_ proposal: LevellingProposal) -> Markup {
        var workspace = page.workspace
        workspace[facts.plan.key] = proposal.edits(of: facts.plan).plan
        let after = PlanFacts(facts.plan.key, in: workspace, today: page.today)
        return el(.div, .class("multi")) {
            for (title, picture) in [
                (page.t("负荷：现在", "Load now"), page.picture(.loadHistogram, facts)),
                (page.t("负荷：平衡后", "Load when levelled"), after.flatMap { page.picture(.loadHistogram, $0) }),
            ] {
                if let picture {
                    el(.figure, .class("fig full")) {
                        el(.h2) { title }
                        el(.div, .class("scroll")) { picture.markup }
                    }
                }
            }
        }
    }
}

/// What a page, a form or a program asks of levelling.
struct LevellingRequest: LongQuestion {
    static let place = "levelling"
    static let mostSeconds = 600

    let aim: LevellingProposal.Aim
    let isWithinFloat: Bool
    /// How long to search; nil for about a second.
    let seconds: Double?
    let seed: UInt64
    let isAgain: Bool

    init(_ asked: [String: String]) throws {
        aim = try asked.choice("aim") ?? .fewestChanges
        isWithinFloat = asked["within"] == "float"
        seconds = try asked.number("seconds", 1...Double(Self.mostSeconds))
        seed = try asked.seed() ?? 1
        isAgain = asked["again"] == "1"
    }

    /// The same question however it was written.
    var fields: [String: String] {
        var fields = ["aim": aim.rawValue, "seed": "\(seed)"]
        if isWithinFloat { fields["within"] = "float" }
        fields["seconds"] = seconds.map { "\($0)" }
        return fields
    }

    func answer(_ facts: PlanFacts, report: @escaping @Sendable (Double) -> Bool) -> LevellingProposal?? {
        .some(facts.levelled(for: aim, withinFloat: isWithinFloat, seconds: seconds, seed: seed, report: report))
    }
}
