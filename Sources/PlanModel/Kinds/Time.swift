import WorkingTime

/// Working time as a company, a plan, a crew or a person has it: laid over the public holidays and the calendars above.
public struct PlanCalendar: RecordKind {
    public static let names = KindNames(
        "calendar", "calendars", prefix: "CAL", "工作日历", "Calendar", "Calendars",
        help: Label(
            "每周上哪几天班、每天几点到几点；国家放假之上叠公司日历，再叠本计划和任务、人员的日历。",
            "Which days are worked and at what hours: the company's over the public holidays, then the plan's, a task's, a person's."
        ))
    public let title = Field<String>("日历", "Calendar", .required)
    public let scope = Field<CalendarScope>(
        "适用", "Applies to", .column, .initial(.choice("everyone")),
        help: Label(
            "全员：本计划及其下级计划都用；指名：只用于选了它的任务和人员。",
            "Everyone: this plan and those under it; by name: only tasks and people that name it."))
    public let week = Field<WorkingWeek>("作息", "Week", .column, help: Label("留空沿用上一层。", "As in the layer below if left out."))
    public let longWeek = Field<Day>(
        "大周", "Long week", help: Label("大小周：周六上班的那一周里的任意一天。", "Alternating weeks: any day of a week whose Saturday is worked."))
    public let hours = Field<String>(
        "班次", "Hours", .column,
        help: Label(
            "如 09:00-12:00, 13:00-18:00；某天不同，写在分号后：周六 09:00-12:00；只上几天：周一至周三 09:00-18:00。",
            "Such as 09:00-12:00, 13:00-18:00; a day of its own behind a semicolon: Sat 09:00-12:00; some days only: Mon-Wed 9-18."
        ))
    public let hoursPerDay = Field<Double>(
        "每日工时", "Hours per day", .range(0.5...24), .column, .unit(Label("小时", "h")),
        help: Label("工期一天算几小时；留空按班次。", "How many hours a day of duration has; those of the shifts if left out."))
    public let ignoresHolidays = Field<Bool>(
        "公共假期照常上班", "Works on public holidays", help: Label("例如 7×24 值班。", "Such as round-the-clock duty."))
    public init() {}
}

public enum CalendarScope: String, Choice {
    case everyone, named
    public var label: Label { self == .everyone ? Label("全员", "Everyone") : Label("指名", "Named people") }
}

public enum WorkingWeek: String, Choice {
    case fiveDays, sixDays, alternating, everyDay
    public var label: Label {
        switch self {
        case .fiveDays: Label("双休", "Monday to Friday")
        case .sixDays: Label("单休", "Monday to Saturday")
        case .alternating: Label("大小周", "Every other Saturday")
        case .everyDay: Label("无休", "Every day")
        }
    }
}

/// Days on which a calendar departs from its week.
public struct CalendarEntry: RecordKind {
    public static let names = KindNames(
        "exception", "exceptions", prefix: "CE", "日历例外", "Calendar exception", "Calendar exceptions",
        help: Label("厂休、加班、停电检修：某几天不上班、照常上班或换时间上班。", "Shutdown, overtime, maintenance: days off, worked, or with other hours."))
    public let title = Field<String>("事由", "Reason", .required)
    public let calendar = Field<RecordID>(
        "所属日历", "Calendar", .to([PlanCalendar.self]), .column,
        help: Label("留空：本计划及其下级计划的全员。", "Left out: everybody in this plan and those under it."))
    public let from = Field<Day>("从", "From", .required, .column)
    public let until = Field<Day>("到", "Until", .column, help: Label("最后一天；留空为一天。", "The last day; one day if left out."))
    public let effect = Field<CalendarEffect>("安排", "Effect", .required, .column)
    public let hours = Field<String>(
        "班次", "Hours", .column,
        help: Label("如 18:00-21:00；放假与照常上班不用写。", "Such as 18:00-21:00; not for days off and ordinary work."))
    public init() {}
}

public enum CalendarEffect: String, Choice {
    case closed, open, hours, adding, removing
    public var label: Label {
        switch self {
        case .closed: Label("放假", "No work")
        case .open: Label("照常上班", "Ordinary work")
        case .hours: Label("改为这些时段", "These hours instead")
        case .adding: Label("加班", "These hours more")
        case .removing: Label("停工", "These hours less")
        }
    }
    public var needsHours: Bool { self != .closed && self != .open }
}
