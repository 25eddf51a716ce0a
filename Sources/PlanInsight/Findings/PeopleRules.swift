import PlanModel
import WorkingTime

extension PlanCheck {
    static let peopleRules: [FindingRule] = [
        FindingRule(
            "D7-01", .warning, Label("人员缺口没有补充办法", "Headcount gap without a way to close it"),
            why: Label("没有人手的计划只是愿望。", "A plan without people is a wish."),
            remedy: Label("选择招聘、调岗、外包或培训，并写明到位日期。", "Choose hiring, transfer, outsourcing or training, with a date.")
        ) { facts, report in
            for need in facts.plan.all(Headcount.self) {
                guard let gap = need.largestGap, gap.missing > 0, need.closing == nil else { continue }
                report.found(
                    need.id, "closing", "「\(need.post ?? "")」在 \(Series.text(of: gap.day)) 缺 \(gap.missing.plain) 人，没有补充办法。",
                    "“\(need.post ?? "")” lacks \(gap.missing.plain) in \(Series.text(of: gap.day)), and nothing closes the gap.")
            }
        },
        FindingRule(
            "D7-02", .warning, Label("技能差距没有培训", "Skill gap without training"),
            why: Label("差距不会自己消失。", "Gaps do not close by themselves."),
            remedy: Label("安排提升这项能力的培训，或写明提升方式。", "Plan a training for the ability, or say how it will grow.")
        ) { facts, report in
            let trained = Set(
                facts.plan.all(Training.self).flatMap { $0.abilities ?? [] }
                    + facts.plan.all(Commitment.self).flatMap { $0.abilities ?? [] })
            for ability in facts.plan.all(Ability.self) {
                guard let present = ability.present, let wanted = ability.wanted, wanted - present >= 1,
                    !trained.contains(ability.id), (ability.how ?? "").isEmpty
                else { continue }
                report.found(
                    ability.id, "how", "「\(ability.title ?? "")」现有 \(present.plain)，目标 \(wanted.plain)，没有安排。",
                    "“\(ability.title ?? "")” is at \(present.plain), wanted \(wanted.plain), and nothing is planned.")
            }
        },
        FindingRule(
            "P3-01", .warning, Label("角色没有职责或担任者", "Role without duties or holder"),
            why: Label("空着的角色就是遗漏的职责。", "An empty role is a duty left out."),
            remedy: Label("写明职责清单，指定担任者。", "List its duties and name who holds it.")
        ) { facts, report in
            for role in facts.plan.all(Role.self) {
                if (role.duties ?? "").isEmpty {
                    report.found(role.id, "duties", "「\(role.title ?? "")」没有职责。", "“\(role.title ?? "")” has no duties.")
                }
                let isHeld =
                    !(role.holders ?? []).isEmpty || facts.plan.all(Person.self).contains { ($0.roles ?? []).contains(role.id) }
                if !isHeld {
                    report.found(role.id, "holders", "「\(role.title ?? "")」没有担任者。", "Nobody holds “\(role.title ?? "")”.")
                }
            }
        },
        FindingRule(
            "P3-02", .warning, Label("职责交叉", "Overlapping duties"),
            why: Label("同一条职责写在两个角色里，出事时互相推诿。", "A duty in two roles is one both can disown."),
            remedy: Label("只留在一个角色里，另一个改为协作。", "Keep it in one role.")
        ) { facts, report in
            var owner: [String: Typed<Role>] = [:]
            for role in facts.plan.all(Role.self) {
                for line in (role.duties ?? "").split(whereSeparator: { "\n;；。".contains($0) }) {
                    let duty = String(line.drop { "-*•· 0123456789.、".contains($0) }).trimmed
                    guard duty.count >= 4 else { continue }
                    if let other = owner[duty], other.id != role.id {
                        report.found(
                            role.id, "duties", "「\(duty)」也写在「\(other.title ?? "")」的职责里。",
                            "“\(duty)” is a duty of “\(other.title ?? "")” too.")
                    } else {
                        owner[duty] = role
                    }
                }
            }
        },
        FindingRule(
            "P3-03", .error, Label("有人执行却无人负责", "Responsible but nobody accountable"),
            why: Label("没有负责人的事项没有最终决定人。", "Without somebody accountable nobody decides."),
            remedy: Label("指定一位负责（A）。", "Name one accountable.")
        ) { facts, report in
            for item in facts.plan.all(Responsibility.self) where (item.accountable ?? []).isEmpty {
                report.found(
                    item.id, "accountable", "「\(item.duty ?? "")」没有负责人（A）。", "Nobody is accountable for “\(item.duty ?? "")”.")
            }
        },
        FindingRule(
            "P7-01", .warning, Label("人员超载", "Over-allocated"),
            why: Label("一个人同时被排了超过可用的时间，必有一件延误。", "Somebody planned beyond their time delays something."),
            remedy: Label("错开任务、换人，或用资源平衡排出可行的日期。", "Stagger the tasks, use somebody else, or level the schedule.")
        ) { facts, report in
            for overload in facts.load.overloads {
                guard let person = facts.plan.record(overload.person) else { continue }
                report.found(
                    overload.person, "capacity",
                    "\(person.title)在 \(overload.from) 至 \(overload.until) 间有 \(overload.days) 个工作日超载，最高 \((overload.peak).percent)（\(overload.tasks.prefix(4).map(\.short).joined(separator: "、"))）。",
                    "\(person.title) is over-allocated on \(overload.days) working days from \(overload.from) to \(overload.until), up to \(overload.peak.percent) (\(overload.tasks.prefix(4).map(\.short).joined(separator: ", ")))."
                )
            }
        },
        FindingRule(
            "P7-03", .warning, Label("替代做法用不上", "Alternative that cannot be chosen"),
            why: Label("资源平衡只会选用能做的做法，这一条等于没有写。", "Levelling only chooses ways that can be done; this one counts for nothing."),
            remedy: Label(
                "指明一项未开始、没有下级的任务，并写明工期或工时。",
                "Name a task that has not begun and has none within it, and give a duration or effort.")
        ) { facts, report in
            let staffing = Staffing(facts.plan)
            for alternative in facts.plan.all(Alternative.self) {
                for name in alternative.excessive(staffing) {
                    report.found(
                        alternative.id, "assignments", "\(alternative.id.short) 单独就要求\(name)超出可投入的时间。",
                        "\(alternative.id.short) alone asks \(name) for more than there is.")
                }
                guard let flaw = alternative.flaw(in: facts.plan) else { continue }
                report.found(
                    alternative.id, "task", "\(alternative.id.short) 用不上：\(flaw.zh)。",
                    "\(alternative.id.short) cannot be chosen: \(flaw.en).")
            }
        },
        FindingRule(
            "P7-02", .warning, Label("安排了不在岗的人", "Planned for somebody who is not there"),
            why: Label(
                "人不在，任务就停着；排期要按在岗的日子算。",
                "Work stands still while its people are away; dates must be computed on the days they are there."),
            remedy: Label("换人、改期，或更正加入、离开与休假日期。", "Use somebody else, move the task, or correct joining, leaving and leave."),
            check: { facts, report in
                for person in facts.plan.all(Person.self) {
                    for part in person.unreadableLeave {
                        report.found(
                            person.id, "leave", "休假「\(part)」看不懂，未计入排期；写成 2026-05-06..2026-05-08。",
                            "The leave “\(part)” cannot be read and does not count; write 2026-05-06..2026-05-08.")
                    }
                }
            },
            eachTask: { facts, task, dates, report in
                let people = facts.passingPeople
                for share in people.isEmpty ? [] : task.assignments ?? [] {
                    guard let person = people[share.who] else { continue }
                    if let joins = person.joinsOn, dates.start < joins {
                        report.found(
                            task.id, "assignments", "\(person.name ?? "")\(joins) 才加入，任务 \(dates.start) 开始。",
                            "\(person.name ?? "") joins on \(joins); the task starts on \(dates.start).")
                    }
                    if let leaves = person.leavesOn, dates.finish > leaves {
                        report.found(
                            task.id, "assignments", "\(person.name ?? "")\(leaves) 离开，任务 \(dates.finish) 才完成。",
                            "\(person.name ?? "") leaves on \(leaves); the task finishes on \(dates.finish).")
                    }
                }
            }),
        FindingRule(
            "D9-01", .error, Label("工具到位晚于需要", "Tool needed before it is there"),
            why: Label("等工具的任务只能停着。", "Tasks that wait for a tool stand still."),
            remedy: Label("提前采购，或把用到它的任务往后排。", "Order earlier, or move the tasks that use it.")
        ) { facts, report in
            for need in facts.plan.all(Need.self) where need.state != .available && need.state != .retired {
                let firstUse = (need.tasks ?? []).compactMap { facts.schedule[$0]?.start }.min()
                guard let wanted = [need.needBy, firstUse].compactMap({ $0 }).min() else { continue }
                if let there = need.availableOn, there > wanted {
                    report.found(need.id, "availableOn", "\(wanted) 就要用，\(there) 才到位。", "Needed on \(wanted), there on \(there).")
                } else if need.availableOn == nil, wanted < facts.today {
                    report.found(need.id, "availableOn", "\(wanted) 就要用，至今未到位。", "Needed on \(wanted), and not there yet.")
                }
            }
        },
        FindingRule(
            "D9-02", .warning, Label("工具无人维护", "Nobody maintains it"),
            why: Label("无人维护的系统出故障时无人接手。", "When it fails nobody takes over."),
            remedy: Label("指定维护人。", "Name who maintains it.")
        ) { facts, report in
            for need in facts.plan.all(Need.self)
            where need.maintainer == nil
                && (need.kind == .system || need.kind == .software || need.kind == .hardware || need.kind == .environment)
            {
                report.found(need.id, "maintainer", "「\(need.title ?? "")」没有维护人。", "Nobody maintains “\(need.title ?? "")”.")
            }
        },
    ]
}

extension Typed where K == Headcount {
    /// The month in which most people are missing.
    public var largestGap: (day: Day, missing: Double)? {
        let gaps: [(day: Day, missing: Double)] = (self.needed?.points ?? []).map { point in
            (point.day, point.value - (self.available?.latest(on: point.day)?.value ?? 0))
        }
        return gaps.max { $0.missing < $1.missing }
    }
}
