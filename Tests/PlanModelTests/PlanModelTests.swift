import Testing
import WorkingTime

@testable import PlanModel

@Suite struct DeclarationTests {
    @Test("every kind declares a title first, with labels in both languages, and prefixes are unique")
    func declarations() {
        #expect(Kind.all.count == Kinds.types.count)
        #expect(Set(Kind.all.map(\.prefix)).count == Kind.all.count)
        #expect(Set(Kind.all.map(\.key)).count == Kind.all.count)
        for kind in Kind.all {
            #expect(kind.fields.count >= 4, "\(kind.key)")
            #expect(kind.titleField.type == .line, "\(kind.key)")
            for field in kind.fields {
                #expect(!field.label.zh.isEmpty && !field.label.en.isEmpty, "\(kind.key).\(field.key)")
                switch field.type {
                case .reference, .references, .links, .shares: #expect(!field.spec.targets.isEmpty, "\(kind.key).\(field.key)")
                default: #expect(field.spec.targets.isEmpty, "\(kind.key).\(field.key)")
                }
                if let initial = field.spec.initial {
                    #expect(
                        field.problems(with: initial, in: RecordID(plan: PlanKey("p")!, prefix: kind.prefix, number: 1)).isEmpty)
                }
            }
        }
    }
}

@Suite struct PlanTests {
    @Test("numbers of records end where they can still be counted on, and an old one beyond does not stop the program")
    func highestNumber() throws {
        var editor = PlanEditor(Plan(key: Self.key, blueprint: .project))
        for number in [Limits.number, Limits.number + 1] {
            let task = Record(id: RecordID(plan: Self.key, prefix: "T", number: number))
            editor.insert(task)
            let codes = Plan(key: Self.key, blueprint: .project).problems(with: [.create(task, at: Place())]).map(\.code)
            #expect(codes.contains("record.number") == (number > Limits.number))
        }
        editor.insert(Record(id: RecordID(plan: Self.key, prefix: "T", number: .max)))
        let next = editor.plan.nextNumber(.of(PlanTask.self))
        #expect(next == Limits.number + 1)
    }

    @Test("what was reckoned beyond any whole number becomes the nearest within the limit")
    func nearest() {
        #expect(Int(nearest: 2.5) == 3 && Int(nearest: -.infinity, within: 10) == -10 && Int(nearest: .nan) == 0)
        #expect(Int(nearest: 1e300) == 9_000_000_000_000_000)
    }

    static let key = PlanKey("support-2026")!
    static func id(_ text: String) -> RecordID { RecordID(text, in: key)! }

    static func sample() -> Plan {
        var editor = PlanEditor(Plan(key: key, blueprint: .department))
        editor.set(editor.plan.header.id, "title", .text("技术支持部 2026"))
        let person = editor.add(Person.self) { $0.name = "周岚" }
        let goal = editor.add(Goal.self) {
            $0.title = "缩短解决时长"
            $0.owner = person
        }
        editor.add(Goal.self, in: goal) { $0.title = "缩短二线等待" }
        let first = editor.add(PlanTask.self) {
            $0.title = "分析"
            $0.duration = WorkDuration(5, .days)
            $0.goals = [goal]
        }
        editor.add(PlanTask.self) {
            $0.title = "优化"
            $0.predecessors = [TaskLink(first, .startToStart, lag: .time(WorkDuration(2, .days)))]
            $0.assignments = [Share(person, units: 0.5)]
        }
        return editor.plan
    }

    @Test("a typed record reads and writes its fields, with initial values where nothing is set")
    func typed() throws {
        let plan = Self.sample()
        let tasks = plan.all(PlanTask.self)
        #expect(tasks.map(\.title) == ["分析", "优化"])
        #expect(tasks[0].state == .planned)
        #expect(tasks[0].goals == [Self.id("G-1")])
        #expect(plan.record(Self.id("G-2"), as: Goal.self)?.title == "缩短二线等待")
        #expect(plan.record(Self.id("G-2"))?.parent == 1)
        #expect(plan.record(Self.id("G-2"), as: PlanTask.self) == nil)
    }

    @Test("taking back every edit in turn leads to the plan before")
    func undo() {
        let before = Self.sample()
        var editor = PlanEditor(before)
        editor.update(Self.id("T-1"), as: PlanTask.self) { $0.duration = WorkDuration(8, .days) }
        editor.remove(Self.id("G-1"))
        editor.move(Self.id("T-2"), to: Place())
        editor.write("缘由", section: "x")
        let after = before.applying(editor.edits)
        #expect(after == editor.plan)
        #expect(after.records(.of(Goal.self)).isEmpty)
        #expect(after.record(Self.id("T-1"), as: PlanTask.self)?.goals == nil)
        #expect(after.records(.of(PlanTask.self)).map(\.id.number) == [2, 1])
        let change = editor.change(by: "zhou", at: Instant(milliseconds: 0))
        #expect(after.applying(change.inverseEdits) == before)
    }

    @Test("numbers of deleted records are not given again")
    func numbers() {
        var editor = PlanEditor(Self.sample())
        editor.remove(Self.id("T-2"))
        #expect(editor.plan.retiredNumbers == ["T": 2])
        #expect(editor.add(PlanTask.self).short == "T-3")
    }

    @Test(
        "edits that cannot be made are refused with record, field and remedy",
        arguments: [
            (Edit.set(id("T-9"), field: "title", from: nil, to: .text("x")), "record.missing"),
            (Edit.set(id("T-1"), field: "titel", from: nil, to: .text("x")), "field.unknown"),
            (Edit.set(id("T-1"), field: "title", from: nil, to: nil), "value.required"),
            (Edit.set(id("T-1"), field: "duration", from: nil, to: .text("5d")), "value.type"),
            (Edit.set(id("T-1"), field: "progress", from: nil, to: .number(1.2)), "value.range"),
            (Edit.set(id("T-1"), field: "progress", from: nil, to: .number(.nan)), "value.finite"),
            (Edit.set(id("T-1"), field: "due", from: nil, to: .date(Day("6127-02-07")!)), "value.date"),
            (Edit.set(id("T-1"), field: "due", from: nil, to: .date(Day("1026-02-07")!)), "value.date"),
            (Edit.set(id("T-1"), field: "state", from: nil, to: .choice("finished")), "value.choice"),
            (Edit.set(id("T-1"), field: "owner", from: nil, to: .references([id("G-1")])), "reference.kind"),
            (Edit.set(id("T-1"), field: "owner", from: nil, to: .references([id("P-7")])), "reference.missing"),
            (Edit.set(id("T-1"), field: "predecessors", from: nil, to: .links([TaskLink(id("T-1"))])), "link.self"),
            (Edit.move(id("G-1"), from: Place(), to: Place(parent: 2)), "tree.cycle"),
            (Edit.create(Record(id: id("T-1")), at: Place()), "record.exists"),
            (Edit.set(id("T-1"), field: "title", from: nil, to: .text("a\nb")), "value.control"),
        ])
    func refusals(edit: Edit, code: String) throws {
        let problems = Self.sample().problems(with: [edit])
        let problem = try #require(problems.first)
        #expect(problem.code == code)
        #expect(!problem.message.zh.isEmpty && !problem.remedy.en.isEmpty)
    }

    @Test("deleting what others point to is refused unless the pointers go too")
    func dangling() throws {
        let plan = Self.sample()
        let goal = try #require(plan.record(Self.id("G-2")))
        #expect(plan.problems(with: [.delete(goal, at: Place(parent: 1))]).isEmpty)
        let person = try #require(plan.record(Self.id("P-1")))
        #expect(plan.problems(with: [.delete(person, at: Place())]).map(\.code).contains("reference.missing"))
        var editor = PlanEditor(plan)
        editor.remove(Self.id("P-1"))
        #expect(plan.problems(with: editor.edits).isEmpty)
    }
}

@Suite struct MergeTests {
    static let base = PlanTests.sample()
    static func after(_ body: (inout PlanEditor) -> Void) -> [Edit] {
        var editor = PlanEditor(base)
        body(&editor)
        return editor.edits
    }

    @Test("edits of different fields merge in either order to the same plan")
    func differentFields() throws {
        let mine = Self.after { $0.set(PlanTests.id("T-1"), "title", .text("分析瓶颈")) }
        let theirs = Self.after { $0.set(PlanTests.id("T-1"), "duration", .duration(WorkDuration(9, .days))) }
        let one = Self.base.applying(theirs)
        let two = Self.base.applying(mine)
        #expect(one.applying(try one.merging(mine)) == two.applying(try two.merging(theirs)))
    }

    @Test("edits of the same field conflict and report base, mine and theirs")
    func sameField() {
        let mine = Self.after { $0.set(PlanTests.id("T-1"), "title", .text("甲")) }
        let theirs = Self.base.applying(Self.after { $0.set(PlanTests.id("T-1"), "title", .text("乙")) })
        let conflict = #expect(throws: Conflicts.self) { try theirs.merging(mine) }?.all.first
        #expect(conflict?.base == .text("分析"))
        #expect(conflict?.mine == .text("甲"))
        #expect(conflict?.theirs == .text("乙"))
    }

    @Test("of a field that names one record, two names are a conflict; of a list, both are kept")
    func references() throws {
        func set(_ field: String, _ ids: String...) -> [Edit] {
            Self.after { $0.set(PlanTests.id("T-1"), field, .references(ids.map(PlanTests.id))) }
        }
        let owned = Self.base.applying(set("owner", "P-1"))
        #expect(throws: Conflicts.self) { try owned.merging(set("owner", "P-2")) }
        let served = Self.base.applying(set("goals", "G-1", "G-2"))
        let both = served.applying(try served.merging(set("goals", "G-1", "G-3")))
        #expect(both.record(PlanTests.id("T-1"), as: PlanTask.self)?.goals?.count == 3)
    }

    @Test("two new records that took the same number both stay, and references follow the renumbered one")
    func creations() throws {
        let mine = Self.after { editor in
            let task = editor.add(PlanTask.self) { $0.title = "甲" }
            editor.add(PlanTask.self) {
                $0.title = "甲之后"
                $0.predecessors = [TaskLink(task)]
            }
        }
        let theirs = Self.base.applying(Self.after { $0.add(PlanTask.self) { $0.title = "乙" } })
        let both = theirs.applying(try theirs.merging(mine))
        let tasks = both.all(PlanTask.self)
        #expect(Set(tasks.map { $0.title ?? "" }) == ["分析", "优化", "乙", "甲", "甲之后"])
        let successor = try #require(tasks.first { $0.title == "甲之后" })
        let predecessor = try #require(successor.predecessors?.first?.predecessor)
        #expect(both.record(predecessor)?.title == "甲")
        #expect(both.problems(with: []).isEmpty)
    }

    @Test("series merge by date and lists by entry")
    func collections() {
        let base = Value.series(Series([(Day(number: 1), 1), (Day(number: 2), 2)]))
        let mine = Value.series(Series([(Day(number: 1), 1), (Day(number: 2), 5)]))
        let theirs = Value.series(Series([(Day(number: 1), 1), (Day(number: 2), 2), (Day(number: 3), 3)]))
        #expect(
            Value.merge(base: base, mine: mine, theirs: theirs)
                == .series(Series([(Day(number: 1), 1), (Day(number: 2), 5), (Day(number: 3), 3)])))
        let ids = (1...4).map { PlanTests.id("G-\($0)") }
        #expect(
            Value.merge(
                base: .references([ids[0], ids[1]]), mine: .references([ids[1], ids[2]]),
                theirs: .references([ids[0], ids[1], ids[3]]))
                == .references([ids[1], ids[3], ids[2]]))
    }

    @Test("deleting what somebody else has changed meanwhile is a conflict")
    func deletion() {
        let mine = Self.after { $0.remove(PlanTests.id("T-2")) }
        let theirs = Self.base.applying(Self.after { $0.set(PlanTests.id("T-2"), "title", .text("优化流转")) })
        #expect(throws: Conflicts.self) { try theirs.merging(mine) }
    }

    @Test("a record moved into two different ones is a conflict that names both; new siblings are none")
    func moves() throws {
        let ids = ["G-1", "G-2"].map { PlanTests.id($0) }
        let mine = Self.after { $0.move(ids[1], to: Place()) }
        let wider = Self.base.applying(Self.after { $0.add(Goal.self) { $0.title = "丙" } })
        let third = PlanTests.id("G-3")
        #expect(wider.applying(try wider.merging(mine)).record(ids[1])?.parent == nil)
        let theirs = wider.applying([.move(ids[1], from: Place(parent: 1), to: Place(parent: 3))])
        let conflict = #expect(throws: Conflicts.self) { try theirs.merging(mine) }?.all.first
        #expect(conflict?.base == .references([ids[0]]))
        #expect(conflict?.mine == nil)
        #expect(conflict?.theirs == .references([third]))
    }
}

@Suite struct ValueTests {
    @Test(
        "money is exact and refuses what is no amount",
        arguments: [
            ("48000", "48000"), ("-12.5", "-12.5"), ("1,250,000.00", "1250000"), ("0.0001", "0.0001"),
            ("899999999999999", "899999999999999"),
        ])
    func money(text: String, decimal: String) { #expect(Money(text, currency: .yuan)?.decimal == decimal) }

    @Test("no amount", arguments: ["", "1.23456", "1e5", "十十", "--1", "1.2.3", "9999999999999999"])
    func noMoney(text: String) { #expect(Money(text, currency: .yuan) == nil) }

    @Test("a currency before or after the number is taken", arguments: ["USD 300", "300 USD"])
    func currency(text: String) { #expect(Money(text, currency: .yuan)?.currency.description == "USD") }

    @Test(
        "durations read back as written",
        arguments: [
            ("5d", 2400), ("4h", 240), ("2w", 4800), ("30min", 30), ("1.5d", 720), ("3ed", 4320), ("-2d", -960), ("5 天", 2400),
        ])
    func durations(text: String, minutes: Int) throws {
        let duration = try #require(WorkDuration(text))
        #expect(duration.minutes() == minutes)
        #expect(WorkDuration(duration.text) == duration)
    }

    @Test("links read back as written", arguments: ["T-3", "T-3 SS+2d", "T-3 FF-50%", "other-plan/T-12 SF", "T-3 FS-1.5d"])
    func links(text: String) throws {
        let link = try #require(TaskLink(text, in: PlanTests.key))
        #expect(link.text(seenFrom: PlanTests.key) == text)
        #expect(TaskLink(text.filter { $0 != " " }, in: PlanTests.key) == link)
    }

    @Test("no link", arguments: ["", "3FS", "T-", "T-3XX", "T-3 SS 2d", "Q9-3", "T-3 SS+2q"])
    func noLinks(text: String) { #expect(TaskLink(text, in: PlanTests.key) == nil) }

    @Test(
        "digits and signs of full width, as Chinese input methods give them, are read as usual ones; titles keep them",
        arguments: [
            ("progress", "４０％", Value.number(0.4)), ("start", "２０２６－０３－０５", .date(Day("2026-03-05")!)),
            ("title", "第３期（Ａ）", .text("第３期（Ａ）")),
        ])
    func fullWidth(key: String, text: String, value: Value) throws {
        let plan = Plan(key: try #require(PlanKey("p")), blueprint: .project)
        let field = try #require(Kind.of(PlanTask.self).field(key))
        #expect(try field.value(from: text, in: plan.textContext) == value)
    }

    @Test("shares read back as written", arguments: ["P-3", "P-3 50%", "RO-2 300%"])
    func shares(text: String) { #expect(Share(text, in: PlanTests.key)?.text(seenFrom: PlanTests.key) == text) }
}
