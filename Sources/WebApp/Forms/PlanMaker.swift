import PlanModel
import PlanStore
import WorkingTime

/// Makes a plan along an outline or from another plan, as the form and the API ask for it.
struct PlanMaker {
    let site: Site

    /// - Parameter asked: `key` and `title`; `kind` of outline or `from` another plan; `start` and `finish`.
    /// - Throws: `BadRequest` that says what is missing or wrong; nothing is made then.
    func add(_ asked: [String: String]) throws -> Plan {
        guard let key = asked["key"].flatMap({ PlanKey($0.trimmed) }) else {
            throw BadRequest(
                message: Label("代号只用小写字母、数字和连字符。", "A key takes lower-case letters, digits and hyphens."),
                remedy: Label("例如 support-2027。", "For example support-2027."))
        }
        guard let title = asked["title"]?.trimmed, !title.isEmpty else {
            throw BadRequest(message: Label("请写标题。", "Give a title."), remedy: Label("写在 title 中。", "Give it as title."))
        }
        let plan = try template(asked, key)
        var editor = PlanEditor(plan)
        editor.set(plan.header.id, "title", .text(title))
        for name in ["start", "finish"] {
            guard let text = asked[name]?.trimmed, !text.isEmpty else { continue }
            guard let day = Day(text) else {
                throw BadRequest(
                    message: Label("日期「\(text)」看不懂。", "The date “\(text)” cannot be read."),
                    remedy: Label("写作 2027-01-01。", "Write it as 2027-01-01."))
            }
            editor.set(plan.header.id, name, .date(day))
        }
        return try site.store.add(editor.plan, by: site.author, at: site.clock().now)
    }

    private func template(_ asked: [String: String], _ key: PlanKey) throws -> Plan {
        if let from = asked["from"]?.trimmed, !from.isEmpty {
            guard let source = PlanKey(from).flatMap({ site.store[$0] }) else {
                throw BadRequest(
                    message: Label("没有计划「\(from)」可以沿用。", "There is no plan “\(from)” to start from."),
                    remedy: Label("用已有计划的代号。", "Use the key of a plan that is there."))
            }
            return source.copied(as: key)
        }
        guard let blueprint = asked["kind"].flatMap({ Blueprint.named($0) }) else {
            let kinds = Blueprint.all.map(\.key)
            throw BadRequest(
                message: Label("请选择计划范式。", "Choose the kind of plan."),
                remedy: Label(
                    "kind 可为 \(kinds.joined(separator: "、"))。", "kind is one of \(kinds.joined(separator: ", "))."))
        }
        return Plan(key: key, blueprint: blueprint)
    }
}
