import Markup
import PlanInsight
import PlanModel

/// A stretch of work against the clock, kept as a focus session when it is over. Without script it is the form that records one.
struct FocusTimer {
    let page: Page
    let facts: PlanFacts

    /// As Cirillo set them (The Pomodoro Technique, 2006), in minutes.
    private static let (work, rest) = (25, 5)

    private var sessions: String { "/plans/\(facts.plan.key)/\(FocusSession.names.plural)" }

    var markup: Markup {
        el(
            .form, .class("choices timer"), .id("timer"), .method("post"), .action(sessions),
            .data("timer", "/api/v1" + sessions),
            .data("page", sessions), .data("word-rest", page.t("休息", "Break")), .data("word-work", page.t("专注", "Focus")),
            .data("word-short", page.t("不到半分钟，没有记录。", "Less than half a minute; nothing was recorded."))
        ) {
            page.base(facts.plan.revision)
            el(.input, .type("hidden"), .name("on"), .value("\(facts.today)"))
            el(.label) {
                page.t("做什么", "On what")
                el(.input, .type("text"), .name("title"), .required)
            }
            el(.label) {
                page.t("任务", "Task")
                el(.select, .name("task")) {
                    el(.option, .value("")) { page.t("不属于任务", "None") }
                    for task in open { el(.option, .value(task.id.short)) { "\(task.id.short) \(task.title ?? "")" } }
                }
            }
            minutes("minutes", page.t("专注（分钟）", "Focus, minutes"), Self.work, most: 180)
            minutes("rest", page.t("休息（分钟）", "Break, minutes"), Self.rest, most: 60)
            el(.label) {
                page.t("被什么打断", "Distracted by")
                el(.input, .type("text"), .name("distraction"))
            }
            el(.output, .class("left"), .role("timer"), .hidden)
            el(.button, .class("btn main"), .type("button"), .data("timer-start", ""), .hidden) { page.t("开始专注", "Start") }
            el(.button, .class("btn"), .type("button"), .data("timer-stop", ""), .hidden) { page.t("停下并记录", "Stop and record") }
            el(.button, .class("btn quiet"), .type("button"), .data("timer-drop", ""), .hidden) { page.t("放弃", "Drop it") }
            el(.button, .class("btn"), .type("submit"), .data("timer-plain", "")) { page.t("记下这一段", "Record it") }
        }
    }

    private var open: [Typed<PlanTask>] {
        zip(facts.schedule.tasks, facts.schedule.dates).filter { $0.share < 1 && !$1.isSummary && !$1.isInactive }.prefix(200)
            .map(\.0)
    }

    private func minutes(_ name: String, _ label: String, _ usual: Int, most: Int) -> Markup {
        el(.label, .class("short")) {
            label
            el(
                .input, .type("number"), .name(name), .value(String(usual)), Attribute("min", "1"), Attribute("max", "\(most)"),
                .required)
        }
    }
}
