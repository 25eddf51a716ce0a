import WorkingTime

/// Limits that keep one input from burdening everybody.
public enum Limits {
    public static let line = 2_000
    public static let prose = 200_000
    public static let list = 5_000
    public static let note = 2_000
    public static let depth = 40
    /// The highest number of a record.
    public static let number = 1_000_000_000
    /// How far from 0 a number may be: sums and squares of such numbers can be reckoned and drawn.
    public static let magnitude = 999_999_999_999_999.0
    /// A lag as a share of its predecessor's duration.
    public static let lag = -10.0...10.0
    /// Somebody's part, 1 for one full-time person.
    public static let units = 0.0001...100_000
    /// Those of the dates that a plan may name.
    public static let years = 1900...2199
}

extension Plan {
    /// Why the edits may not be made; empty if they may. Edits are checked against the plan as earlier edits left it.
    public func problems(with edits: [Edit]) -> [Problem] {
        var plan = self
        var problems: [Problem] = []
        for edit in edits {
            let found = plan.problems(with: edit)
            problems += found
            if found.isEmpty { plan.apply(edit) }
        }
        return problems + plan.danglingReferences(after: edits)
    }

    private func problems(with edit: Edit) -> [Problem] {
        switch edit {
        case .set(let id, let key, _, let value): problemsSetting(id, key, value)
        case .create(let record, let place): problemsCreating(record, place)
        case .delete(let record, _): self.record(record.id) == nil ? [Problem.missing(record.id)] : problemsDeleting(record)
        case .move(let id, _, let place): problemsMoving(id, place)
        case .write(let section, _, let text): problemsWriting(section, text)
        }
    }

    private func problemsSetting(_ id: RecordID, _ key: String, _ value: Value?) -> [Problem] {
        guard let record = record(id) else { return [Problem.missing(id)] }
        guard let field = record.kind.field(key) else { return [Problem.unknownField(id, key)] }
        return field.problems(with: value, in: id)
    }

    private func problemsCreating(_ record: Record, _ place: Place) -> [Problem] {
        guard let kind = record.id.kind, record.id.plan == key, record.id != header.id, record.id.number > 0,
            record.values.count == kind.fields.count
        else { return [Problem.missing(record.id)] }
        if record.id.number > Limits.number {
            return [
                Problem(
                    "record.number", record: record.id,
                    Label("编号 \(record.id.short) 太大。", "The number of \(record.id.short) is too high."),
                    remedy: Label("编号最大为 \(Limits.number)。", "Numbers go up to \(Limits.number)."))
            ]
        }
        if self.record(record.id) != nil {
            return [
                Problem(
                    "record.exists", record: record.id,
                    Label("编号 \(record.id.short) 已被使用。", "\(record.id.short) is already taken."),
                    remedy: Label("换一个编号，或留空由系统编号。", "Use another number, or leave it out to have one given."))
            ]
        }
        return kind.fields.flatMap { $0.problems(with: record.values[$0.index], in: record.id) }
            + problemsPlacing(record.id, kind, place)
    }

    private func problemsDeleting(_ record: Record) -> [Problem] {
        guard let child = tables[record.id.prefix]?.records.first(where: { $0.parent == record.id.number }) else { return [] }
        return [
            Problem(
                "record.hasChildren", record: record.id,
                Label("\(record.id.short) 之下还有 \(child.id.short)。", "\(child.id.short) still stands in \(record.id.short)."),
                remedy: Label("先移走或删除下级记录。", "Move or delete what stands in it first."))
        ]
    }

    private func problemsMoving(_ id: RecordID, _ place: Place) -> [Problem] {
        guard let kind = record(id)?.kind else { return [Problem.missing(id)] }
        var ancestor = place.parent
        while let number = ancestor {
            if number == id.number {
                return [
                    Problem(
                        "tree.cycle", record: id, field: "parent",
                        Label("\(id.short) 不能移到它自己的下级之中。", "\(id.short) cannot move into what stands in it."),
                        remedy: Label("选择另一个上级。", "Choose another parent."))
                ]
            }
            ancestor = tables[id.prefix]?[number]?.parent
        }
        return problemsPlacing(id, kind, place)
    }

    private func problemsPlacing(_ id: RecordID, _ kind: Kind, _ place: Place) -> [Problem] {
        let table = tables[kind.prefix]
        if let parent = place.parent {
            guard kind.isTree else {
                return [
                    Problem(
                        "tree.flat", record: id, field: "parent",
                        Label(
                            "\(kind.names.one.zh)没有上下级。", "\(kind.names.indefinite.capitalizedFirst) does not stand in another."),
                        remedy: Label("去掉上级。", "Leave out the parent."))
                ]
            }
            guard table?[parent] != nil else {
                return [Problem.missing(RecordID(plan: key, prefix: kind.prefix, number: parent), field: "parent")]
            }
            var depth = 0
            var ancestor: Int? = parent
            while let number = ancestor { (depth, ancestor) = (depth + 1, table?[number]?.parent) }
            if depth >= Limits.depth {
                return [
                    Problem(
                        "tree.depth", record: id, field: "parent",
                        Label("层级超过 \(Limits.depth) 层。", "More than \(Limits.depth) levels deep."),
                        remedy: Label("减少层级。", "Use fewer levels."))
                ]
            }
        }
        if let after = place.after, table?[after]?.parent != place.parent || table?[after] == nil {
            return [Problem.missing(RecordID(plan: key, prefix: kind.prefix, number: after))]
        }
        return []
    }

    private func problemsWriting(_ section: String, _ text: String) -> [Problem] {
        guard blueprint.section(section) != nil else {
            return [
                Problem(
                    "section.unknown", field: section,
                    Label("「\(blueprint.name.zh)」没有章节「\(section)」。", "\(blueprint.name.en) has no section “\(section)”."),
                    remedy: Label(
                        "使用：\(blueprint.sections.map(\.key).joined(separator: "、"))。",
                        "Use one of \(blueprint.sections.map(\.key).joined(separator: ", "))."))
            ]
        }
        return FieldInfo.problems(withProse: text, record: nil, field: section)
    }

    /// References from records of the edits to records of this plan that are not there.
    private func danglingReferences(after edits: [Edit]) -> [Problem] {
        var deleted = false
        var touched: Set<RecordID> = []
        for edit in edits {
            switch edit {
            case .delete: deleted = true
            case .set(let id, _, _, _): touched.insert(id)
            case .create(let record, _): touched.insert(record.id)
            default: break
            }
        }
        let toCheck = deleted ? [header] + Kind.all.flatMap { records($0) } : touched.compactMap { record($0) }
        return toCheck.flatMap { record in
            record.references.filter { $0.to.plan == key && self.record($0.to) == nil }.map {
                Problem.dangling(record.id, $0.field, $0.to)
            }
        }
    }
}

extension Change {
    /// Why its note may not stand; a note is a line, longer than those of fields.
    public var noteProblem: Problem? {
        guard let note else { return nil }
        if note.utf8.count > Limits.note * 4 || note.count > Limits.note {
            return Problem(
                "value.length", field: "note",
                Label("变更说明超过 \(Limits.note) 字。", "The note is longer than \(Limits.note) characters."),
                remedy: Label("缩短它。", "Shorten it."))
        }
        guard note.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return nil }
        return Problem(
            "value.control", field: "note",
            Label("变更说明含有换行或控制字符。", "The note contains line breaks or control characters."),
            remedy: Label("写成一行文字。", "Write it as one line."))
    }
}

extension Problem {
    /// - Parameter field: where it was named.
    public static func missing(_ id: RecordID, field: String? = nil) -> Problem {
        Problem(
            "record.missing", record: id, field: field, Label("没有记录 \(id.short)。", "There is no record \(id.short)."),
            remedy: Label(
                "它可能已被删除：可在历史中恢复它，或改用另一条记录。",
                "It may have been deleted: restore it from the history, or name another."))
    }

    static func unknownField(_ id: RecordID, _ key: String) -> Problem {
        let known = id.kind?.fields.map(\.key) ?? []
        return Problem(
            "field.unknown", record: id, field: key,
            Label("\(id.short) 没有字段「\(key)」。", "\(id.short) has no field “\(key)”."),
            remedy: Label("可用字段：\(known.joined(separator: "、"))。", "Fields: \(known.joined(separator: ", "))."))
    }

    /// Of a reference within the plan to a record that is not there.
    public static let danglingCode = "reference.missing"

    static func dangling(_ id: RecordID, _ field: FieldInfo, _ target: RecordID) -> Problem {
        Problem(
            danglingCode, record: id, field: field.key,
            Label(
                "\(id.short) 的「\(field.label.zh)」指向不存在的 \(target.short)。",
                "“\(field.label.en)” of \(id.short) points to \(target.short), which does not exist."),
            remedy: Label("改为存在的记录，或清空。", "Point it to an existing record, or clear it."))
    }
}

extension FieldInfo {
    /// Why the field may not hold the value; empty if it may.
    public func problems(with value: Value?, in id: RecordID) -> [Problem] {
        func refuse(_ code: String, _ message: Label, _ remedy: Label) -> [Problem] {
            [Problem(code, record: id, field: key, message, remedy: remedy)]
        }
        guard let value else {
            guard spec.isRequired else { return [] }
            return refuse(
                "value.required", Label("「\(label.zh)」必须填写。", "“\(label.en)” is required."),
                Label("填写后再保存。", "Fill it in and save again."))
        }
        guard value.fits(type) else {
            return refuse(
                "value.type", Label("「\(label.zh)」的内容类型不对。", "“\(label.en)” holds another type of value."),
                Label("应为\(type.name.zh)。", "It takes \(type.name.en)."))
        }
        switch value {
        case .text(let text) where type == .prose: return FieldInfo.problems(withProse: text, record: id, field: key)
        case .text(let text):
            if text.isEmpty {
                return refuse(
                    "value.empty", Label("「\(label.zh)」是空的。", "“\(label.en)” is empty."),
                    Label("填写内容，或清除该字段。", "Write something, or clear the field."))
            }
            if text.utf8.count > Limits.line * 4 || text.count > Limits.line {
                return refuse(
                    "value.length",
                    Label("「\(label.zh)」超过 \(Limits.line) 字。", "“\(label.en)” is longer than \(Limits.line) characters."),
                    Label("缩短，或写进说明。", "Shorten it, or write it as prose."))
            }
            if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                return refuse(
                    "value.control",
                    Label("「\(label.zh)」含有换行或控制字符。", "“\(label.en)” contains line breaks or control characters."),
                    Label("写成一行文字。", "Write it as one line."))
            }
            if spec.isCurrency, Currency(text)?.isKnown != true {
                return refuse(
                    "value.currency", Label("没有币种「\(text)」。", "There is no currency “\(text)”."),
                    Label("应为\(Currency.words.zh)。", "It takes \(Currency.words.en)."))
            }
        case .whole(let number): return range.contains(Double(number)) ? [] : outOfRange(range, in: id)
        case .number(let number):
            guard number.isFinite else {
                return refuse(
                    "value.finite", Label("「\(label.zh)」不是有限的数。", "“\(label.en)” is not a finite number."),
                    Label("填写普通数字。", "Give an ordinary number."))
            }
            return range.contains(number) ? [] : outOfRange(range, type == .percent ? "%" : "", in: id)
        case .money(let money):
            guard money.currency.isKnown else {
                return refuse(
                    "value.currency", Label("没有币种「\(money.currency)」。", "There is no currency “\(money.currency)”."),
                    Label("应为\(Currency.words.zh)。", "It takes \(Currency.words.en)."))
            }
            return range.contains(money.approximate) ? [] : outOfRange(range, in: id)
        case .duration(let duration): return range.contains(duration.amount) ? [] : outOfRange(range, in: id)
        case .choice(let chosen):
            guard case .choice(let options) = type, !options.contains(where: { $0.key == chosen }) else { return [] }
            return refuse(
                "value.choice", Label("「\(label.zh)」没有选项「\(chosen)」。", "“\(label.en)” has no option “\(chosen)”."),
                Label(
                    "可选：\(options.map { "\($0.key)(\($0.label.zh))" }.joined(separator: "、"))。",
                    "Options: \(options.map(\.key).joined(separator: ", "))."))
        case .references(let ids):
            return problems(withTargets: ids, in: id)
        case .links(let links):
            if links.contains(where: { $0.predecessor == id }) {
                return refuse(
                    "link.self", Label("任务不能以自己为前置任务。", "A task cannot precede itself."),
                    Label("去掉这个前置任务。", "Remove this predecessor."))
            }
            let isTooFar = links.contains { if case .share(let share) = $0.lag { !Limits.lag.contains(share) } else { false } }
            return (isTooFar ? outOfRange(Limits.lag, "%", in: id) : []) + problems(withTargets: links.map(\.predecessor), in: id)
        case .shares(let shares):
            let isBeyond = shares.contains { !Limits.units.contains($0.units) }
            return (isBeyond ? outOfRange(Limits.units, "%", in: id) : []) + problems(withTargets: shares.map(\.who), in: id)
        case .series(let series):
            if series.values.contains(where: { !$0.isFinite }) {
                return refuse(
                    "value.finite", Label("「\(label.zh)」含有无效的数。", "“\(label.en)” contains a number that is not finite."),
                    Label("填写普通数字。", "Give ordinary numbers."))
            }
            if series.values.contains(where: { !range.contains($0) }) { return outOfRange(range, in: id) }
            if series.count > Limits.list {
                return refuse(
                    "value.length",
                    Label("「\(label.zh)」超过 \(Limits.list) 个数。", "“\(label.en)” has more than \(Limits.list) values."),
                    Label("减少取值。", "Give fewer values."))
            }
        case .date(let day):
            if !Limits.years.contains(day.year) {
                return refuse(
                    "value.date",
                    Label("「\(label.zh)」的年份 \(day.year) 不像是真的。", "The year \(day.year) of “\(label.en)” cannot be meant."),
                    Label(
                        "应在 \(Limits.years.lowerBound) 到 \(Limits.years.upperBound) 年之间。",
                        "It takes \(Limits.years.lowerBound) to \(Limits.years.upperBound)."))
            }
        case .flag: break
        }
        return []
    }

    /// From where to where a number may be.
    private var range: ClosedRange<Double> { spec.range ?? -Limits.magnitude...Limits.magnitude }

    /// - Parameter sign: `%` where the range is one of shares.
    private func outOfRange(_ range: ClosedRange<Double>, _ sign: String = "", in id: RecordID) -> [Problem] {
        let scale = sign == "%" ? 100.0 : 1
        let low = WorkDuration.shortest(range.lowerBound * scale) + sign
        let high = WorkDuration.shortest(range.upperBound * scale) + sign
        return [
            Problem(
                "value.range", record: id, field: key,
                Label("「\(label.zh)」超出范围。", "“\(label.en)” is out of range."),
                remedy: Label("应在 \(low) 到 \(high) 之间。", "It takes \(low) to \(high)."))
        ]
    }

    private func problems(withTargets ids: [RecordID], in id: RecordID) -> [Problem] {
        let allowed = spec.targets.map { $0.names.prefix }
        if ids.isEmpty || ids.count > Limits.list || Set(ids).count != ids.count {
            return [
                Problem(
                    "reference.list", record: id, field: key,
                    Label("「\(label.zh)」为空、过长或有重复。", "“\(label.en)” is empty, too long or names a record twice."),
                    remedy: Label("每个记录写一次；没有则清除该字段。", "Name each record once; clear the field if there is none."))
            ]
        }
        return ids.filter { !allowed.contains($0.prefix) }.map { target in
            Problem(
                "reference.kind", record: id, field: key,
                Label("「\(label.zh)」不能指向 \(target.short)。", "“\(label.en)” cannot point to \(target.short)."),
                remedy: Label(
                    "可指向：\(spec.targets.map { "\($0.names.one.zh)(\($0.names.prefix))" }.joined(separator: "、"))。",
                    "It may point to: \(spec.targets.map { "\($0.names.one.en) (\($0.names.prefix))" }.joined(separator: ", ")).")
            )
        }
    }

    static func problems(withProse text: String, record: RecordID?, field: String) -> [Problem] {
        if text.utf8.count > Limits.prose * 4 {
            return [
                Problem(
                    "value.length", record: record, field: field,
                    Label("文字超过 \(Limits.prose) 字。", "The text is longer than \(Limits.prose) characters."),
                    remedy: Label("缩短，或拆成几处。", "Shorten or split it."))
            ]
        }
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t" }) {
            return [
                Problem(
                    "value.control", record: record, field: field, Label("文字含有控制字符。", "The text contains control characters."),
                    remedy: Label("去掉不可见字符。", "Remove invisible characters."))
            ]
        }
        return []
    }
}

extension Value {
    func fits(_ type: FieldType) -> Bool {
        switch (self, type) {
        case (.text, .line), (.text, .prose), (.whole, .whole), (.number, .number), (.number, .percent), (.flag, .flag),
            (.date, .date),
            (.money, .money), (.duration, .duration), (.choice, .choice), (.references, .references), (.links, .links),
            (.shares, .shares),
            (.series, .series):
            true
        case (.references(let ids), .reference): ids.count == 1
        default: false
        }
    }
}

extension Currency {
    /// What a field of currencies takes, to be said in errors.
    static let words = Label(
        "ISO 4217 的三位字母货币代码，如 CNY、USD、EUR", "the three letters of a currency in ISO 4217, such as CNY, USD or EUR")
}

extension FieldType {
    /// What the field takes, to be said in errors.
    public var name: Label {
        switch self {
        case .line: Label("一行文字", "one line of text")
        case .prose: Label("文字", "text")
        case .whole: Label("整数", "a whole number")
        case .number: Label("数字", "a number")
        case .percent: Label("百分比，如 45%", "a percentage such as 45%")
        case .flag: Label("是或否", "yes or no")
        case .date: Label("日期，如 2026-03-05", "a date such as 2026-03-05")
        case .money: Label("金额，如 48000、12万 或 USD 300", "an amount such as 48000, 12k or USD 300")
        case .duration:
            Label(
                "时长，如 5天、半天、4小时、2周，或 5d、4h、2w；月有长短，请写天数或周数",
                "a duration such as 5d, 4h or 2w; months differ in length, so write days or weeks")
        case .choice(let options):
            Label("以下之一：\(options.map(\.key).joined(separator: "、"))", "one of \(options.map(\.key).joined(separator: ", "))")
        case .reference: Label("一个记录的编号", "the short id of a record")
        case .references: Label("若干记录的编号", "short ids of records")
        case .links: Label("前置任务，如 T-3、T-4 SS+2d", "predecessors such as T-3 or T-4 SS+2d")
        case .shares: Label("人员与投入，如 P-3 50%", "people with their share such as P-3 50%")
        case .series: Label("日期与数值", "numbers by date")
        }
    }
}
