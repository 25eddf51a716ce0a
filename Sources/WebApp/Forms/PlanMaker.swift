import PlanModel
import PlanStore
import WorkingTime

/// Makes a plan along an outline or from another plan, as the form and the API ask for it.
struct PlanMaker {
    let site: Site

    /// - Parameter asked: `key` and `title`; `kind` of outline or `from` another plan; `start` and `finish`.
    /// - Throws: `BadRequest` that says all that is missing or wrong; nothing is made then.
    func add(_ asked: [String: String]) throws -> Plan {
        var wrong: [BadRequest] = []
        func read<Part>(_ field: String, _ part: () throws -> Part) throws -> Part? {
            do { return try part() } catch var error as BadRequest {
                error.field = error.field ?? field
                wrong.append(error)
                return nil
            }
        }
        let key = try read("key") { try self.key(asked) }
        let title = try read("title") { try self.title(asked) }
        let days = try ["start", "finish"].map { name in (name, try read(name) { try day(asked[name] ?? "") } ?? nil) }
        // Whether there is something to begin with can be told without the key.
        let plan = try read("kind") { try template(asked, key ?? .unnamed, days[0].1) }
        if let start = days[0].1, let finish = days[1].1, finish < start {
            wrong.append(
                BadRequest(
                    message: Label("结束日期早于开始日期。", "The finish lies before the start."),
                    remedy: Label("改正其中一个日期。", "Put one of the dates right."), field: "finish"))
        }
        guard wrong.isEmpty, let plan, let title else { throw BadRequest(wrong) }
        var editor = PlanEditor(plan)
        editor.set(plan.header.id, "title", .text(title))
        // What a person plans for themselves is shown to others once they say so.
        if plan.blueprint == .growth { editor.set(plan.header.id, "isPrivate", .flag(true)) }
        for (name, day) in days { if let day { editor.set(plan.header.id, name, .date(day)) } }
        return try site.store.add(editor.plan, by: site.author, at: site.clock().now)
    }

    private func key(_ asked: [String: String]) throws -> PlanKey {
        guard let key = asked["key"].flatMap({ PlanKey($0.trimmed) }) else {
            throw BadRequest(
                message: Label(
                    "代号只用小写字母、数字和连字符，不能是 new。", "A key takes lower-case letters, digits and hyphens, and is not “new”."),
                remedy: Label("例如 support-2027。", "For example support-2027."))
        }
        return key
    }

    private func title(_ asked: [String: String]) throws -> String {
        guard let title = asked["title"]?.trimmed, !title.isEmpty else {
            throw BadRequest(message: Label("没有写标题。", "There is no title."), remedy: Label("写上标题。", "Give a title."))
        }
        return title
    }

    private func day(_ text: String) throws -> Day? {
        if text.trimmed.isEmpty { return nil }
        guard let day = Day(text.trimmed) else {
            throw BadRequest(
                message: Label("日期「\(text.prefix(40))」看不懂。", "The date “\(text.prefix(40))” cannot be read."),
                remedy: Label("写作 2027-01-01。", "Write it as 2027-01-01."))
        }
        return day
    }

    private func template(_ asked: [String: String], _ key: PlanKey, _ start: Day?) throws -> Plan {
        if let from = asked["from"]?.trimmed, !from.isEmpty {
            guard let source = PlanKey(from).flatMap({ site.store[$0] }) else {
                throw BadRequest(
                    message: Label("没有计划「\(from)」可以沿用。", "There is no plan “\(from)” to start from."),
                    remedy: Label("用已有计划的代号。", "Use the key of a plan that is there."), field: "from")
            }
            return source.copied(as: key, startingOn: start)
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
