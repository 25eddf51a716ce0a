import Markup
import PlanInsight
import PlanModel
import PlanStore

/// What was just saved and what it brought about, with the way to take it back.
struct ChangeNotice {
    let page: Page
    let plan: Plan
    let entry: JournalEntry
    let effect: ChangeEffect
    /// Where taking it back leads to.
    let back: String

    var markup: Markup {
        el(.div, .class("notice"), .role("status")) {
            el(.p) {
                el(.b) { page.t("已保存　", "Saved　") }
                what
            }
            let clauses = effect.clauses(today: page.today)
            if !clauses.isEmpty {
                el(.ul) { for clause in clauses { el(.li) { sentence(clause) } } }
            }
            el(.div, .class("acts")) {
                el(
                    .form, .method("post"), .action("/plans/\(plan.key)/history/\(entry.revision)/reversal"), .data("undo", "")
                ) {
                    page.base(plan.revision)
                    el(.input, .type("hidden"), .name("back"), .value(back))
                    el(.button, .class("btn s"), .type("submit")) {
                        entry.change.undoes == nil ? page.t("撤销", "Undo") : page.t("恢复", "Redo")
                    }
                }
                el(.a, .class("btn s quiet"), .href("/plans/\(plan.key)/history#r\(entry.revision)")) {
                    page.t("看改动 r\(entry.revision)", "See the change, r\(entry.revision)")
                }
                el(.button, .class("btn s quiet"), .type("button"), .data("dismiss", "")) { page.t("知道了", "Dismiss") }
            }
        }
    }

    private var what: Markup {
        let edits = entry.change.edits
        return Markup {
            if let undone = entry.change.undoes { page.t("撤销 r\(undone)　", "undoing r\(undone)　") }
            let words = ChangeWords(page: page, plan: plan)
            if entry.change.undoes == nil, let note = entry.change.note, ["archived", "restored"].contains(note) {
                page.occasion(note)
            } else if edits.areFewValues {
                // What was filled in beside what was typed is said as well.
                edits.map(words.line).joined(separator: page.t("；", "; "))
            } else if let first = edits.telling {
                words.line(first)
            }
            if edits.count > 1, !edits.areFewValues { page.t("，共 \(edits.count) 处", ", \(edits.count) changes in all") }
        }
    }

    private func sentence(_ clause: Label) -> String {
        let words = page.t(clause)
        return page.language == .chinese ? words + "。" : words.prefix(1).uppercased() + words.dropFirst() + "."
    }
}

extension Site {
    /// What a revision of a plan brought about.
    ///
    /// - Throws: `StoreError.noRevision` where there is none, or where it is the first.
    /// - Complexity: that of the facts of two revisions; O(tasks and findings) of the change made last.
    func effect(of revision: Int, on key: PlanKey) throws -> (entry: JournalEntry, effect: ChangeEffect) {
        guard revision > 1, let entry = try store.journal(of: key, revisions: revision...revision).first else {
            throw StoreError.noRevision(key, revision)
        }
        func facts(asOf revision: Int) throws -> PlanFacts? {
            var workspace = store.workspace
            workspace[key] = try store.plan(key, asOf: revision)
            if let known = self.facts.known(key, in: workspace, today: today) { return known }
            return PlanFacts(key, in: workspace, today: today, after: self.facts.facts(key, in: store.workspace, today: today))
        }
        guard let before = try facts(asOf: revision - 1), let after = try facts(asOf: revision) else {
            throw StoreError.noPlan(key)
        }
        return (entry, ChangeEffect(of: entry.change, before: before, after: after))
    }
}

extension Page {
    /// Of what a form has just saved: `?saved=KEY.REVISION`.
    var notice: Markup {
        guard let saved = question.first(where: { $0.hasPrefix("saved=") })?.dropFirst(6), let dot = saved.lastIndex(of: "."),
            let key = PlanKey(String(saved[..<dot])), let revision = Int(saved[saved.index(after: dot)...])
        else { return Markup() }
        return (try? notice(of: revision, on: key, back: "/plans/\(key)")) ?? Markup()
    }

    func notice(of revision: Int, on key: PlanKey, back: String) throws -> Markup {
        guard let plan = workspace[key] else { throw StoreError.noPlan(key) }
        let (entry, effect) = try site.effect(of: revision, on: key)
        return ChangeNotice(page: self, plan: plan, entry: entry, effect: effect, back: back).markup
    }
}
