import Foundation
import PlanModel
import PlanStore

/// Puts up notes of a brainstorming, and makes risks of them.
struct BrainstormWriter {
    let writer: RecordWriter
    /// So many notes at once.
    static let most = 100

    /// One note for each line, all in one change.
    ///
    /// - Parameter name: who wrote them; empty if they did not say.
    func add(_ text: String, by name: String, base: Int) throws -> PlanStore.Committed {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        guard !lines.isEmpty, lines.count <= Self.most else {
            throw BadRequest(
                message: lines.isEmpty
                    ? Label("一张便签也没有写。", "No note was written.")
                    : Label("一次写了 \(lines.count) 张便签，太多了。", "\(lines.count) notes at once are too many."),
                remedy: Label("一行一张，一次至多 \(Self.most) 张。", "One a line, at most \(Self.most) at once."))
        }
        guard (1...writer.plan.revision).contains(base) else { throw StoreError.noRevision(writer.plan.key, base) }
        // What is new has nothing to conflict with; it stands after what others have put up since.
        var editor = PlanEditor(writer.plan)
        for line in lines {
            editor.add(RiskNote.self) {
                $0.title = line
                $0.writer = name.isEmpty ? nil : name
            }
        }
        let site = writer.site
        return try site.store.commit(editor.change(by: site.author, at: site.clock().now, note: "brainstorm", base: base))
    }

    /// A risk of the note's words and kind, which the note then names.
    ///
    /// - Throws: `Conflicts` where somebody has made one of it since `base`.
    func makeRisk(of note: RecordID, base: Int) throws -> (risk: RecordID, committed: PlanStore.Committed) {
        let site = writer.site
        // Its words and group as they are now, whoever gave them.
        guard let own = writer.plan.record(note, as: RiskNote.self) else { throw Problems([.missing(note)]) }
        if let risk = own.risk {
            throw Outdated(
                message: Label("这张便签已经变成 \(risk.short)。", "This note is \(risk.short) already."),
                remedy: Label("打开那条风险接着写。", "Open that risk and go on there."))
        }
        let committed = try writer.write(base: base, note: "brainstorm") { editor in
            let risk = editor.add(Risk.self) {
                $0.title = own.title
                $0.category = own.category
                $0.raisedOn = writer.plan.fields.statusDate ?? site.today
            }
            editor.update(note, as: RiskNote.self) { $0.risk = risk }
        }
        let made = committed.change.edits.compactMap { if case .create(let record, _) = $0 { record.id } else { nil } }.last
        guard let made else { throw Problems([.missing(note)]) }
        return (made, committed)
    }
}
