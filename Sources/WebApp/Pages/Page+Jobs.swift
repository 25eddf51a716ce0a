import HTTPTypes
import Hummingbird
import Markup
import PlanInsight
import PlanModel

/// How a page follows a job, stops it, and shows its answer.
extension Page {
    /// The answer of a question's job, or how far it is.
    ///
    /// - Parameter show: what the page is once there is an answer.
    @MarkupBuilder func following<Question: LongQuestion>(
        _ question: Question, _ job: Jobs.Standing<Question.Answer>, _ facts: PlanFacts,
        @MarkupBuilder show: (Question.Answer) -> Markup
    ) -> Markup {
        switch job.state {
        case .done(let answer): show(answer)
        case .running(let part):
            el(.form, .class("acting"), .method("post"), .action("/jobs/\(job.id)/stop")) {
                el(.input, .type("hidden"), .name("back"), .value(question.address(facts)))
                el(.label, .role("status")) {
                    t("正在计算，完成 \(DisplayText.percent(part)) ", "Working, \(DisplayText.percent(part)) done ")
                    el(.progress, Attribute("max", "1"), .value("\(part)")) {}
                }
                el(.button, .class("btn"), .type("submit")) { t("停止", "Stop") }
            }
        case .stopped:
            el(.p, .class("empty")) {
                t("计算已停止。", "It was stopped."); " "; again(question, facts)
            }
        }
    }

    /// A number that a question takes, in its form.
    func numberField(_ name: String, _ label: Label, _ value: String?, _ range: ClosedRange<Int>?) -> Markup {
        el(.label, .class("short")) {
            t(label) + " "
            el(
                .input, .type("number"), .name(name), value.map { .value($0) }, Attribute("min", "\(range?.lowerBound ?? 0)"),
                range.map { Attribute("max", "\($0.upperBound)") }, Attribute("step", "any"))
        }
    }

    /// What few change about a search or simulation, folded until one of it is set.
    func settings(isSet: Bool, @MarkupBuilder _ fields: () -> Markup) -> Markup {
        el(.details, .class("settings"), isSet ? Attribute("open", "") : nil) {
            el(.summary) { t("更多设置", "More settings") }
            el(.div, .class("choices")) { fields() }
        }
    }

    /// The way to have a stopped job done to its end.
    func again(_ question: some LongQuestion, _ facts: PlanFacts) -> Markup {
        el(.a, .href(question.address(facts, isAgain: true))) { t("重新计算", "Compute it again") }
    }
}

extension Response {
    /// A page whose job still runs asks for itself until there is an answer; no script is needed for that.
    func following<Value>(_ job: Jobs.Standing<Value>) -> Response {
        if case .running = job.state { refreshing("1") } else { self }
    }

    /// A page that has the browser fetch another address after so many seconds.
    func leading(to address: String, after seconds: Int = 0) -> Response { refreshing("\(seconds); url=\(address)") }

    private func refreshing(_ value: String) -> Response {
        guard let name = HTTPField.Name("Refresh") else { return self }
        var response = self
        response.headers[name] = value
        return response
    }
}
