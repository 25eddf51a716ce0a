import Measures
import PlanModel
import WorkingTime

extension PlanCheck {
    static let customerRules: [FindingRule] = [
        FindingRule(
            "S5-01", .warning, Label("净推荐值样本太少", "Too few answers for a net promoter score"),
            why: Label("份数少，几个人的心情就能左右结果。", "With few answers the mood of a few decides."),
            remedy: Label(
                "收集到 \(PromoterScore.fewestAnswers) 份以上再下结论，或合并几次调查。",
                "Collect \(PromoterScore.fewestAnswers) answers or more before you conclude, or join several rounds.")
        ) { facts, report in
            for entry in SurveyScores(facts.plan).entries where entry.score.isSmall {
                let margin = entry.score.marginOfError.map { "±\($0.rounded().plain)" }
                report.found(
                    entry.survey.id, "scores", "只有 \(entry.score.count) 份回答\(margin.map { "，误差 \($0) 分" } ?? "")。",
                    "Only \(entry.score.count) answers\(margin.map { ", margin \($0) points" } ?? "").")
            }
        },
        FindingRule(
            "S5-02", .error, Label("调查分数读不懂", "Survey answers cannot be read"),
            why: Label("读不懂的回答算不出净推荐值。", "Answers that cannot be read give no score."),
            remedy: Label(
                "写成 10:33 9:41 这样：先写 0–10 的分数，再写份数，每个分数一次。",
                "Write score:answers with scores 0 to 10, each once, such as 10:33 9:41.")
        ) { facts, report in
            for survey in facts.plan.all(Survey.self) {
                guard let text = survey.scores, !text.isEmpty, SurveyScores.counts(text) == nil else { continue }
                report.found(survey.id, "scores", "「\(text.prefix(40))」读不懂。", "“\(text.prefix(40))” cannot be read.")
            }
        },
        FindingRule(
            "S6-02", .warning, Label("客户价值不抵获客成本", "Customers hardly earn what they cost"),
            why: Label(
                "客户生命周期价值不到获客成本的三倍，或一年收不回，增长越快亏得越多。",
                "Where a customer is worth less than three times the acquisition cost, or takes over a year to pay back, growth loses money."
            ),
            remedy: Label(
                "先改善留存与毛利，再停掉最贵的获客渠道。", "Mend retention and margin first, then stop the dearest ways of winning customers.")
        ) { facts, report in
            for customers in facts.customers where customers.isUnsound {
                guard let words = customers.words else { continue }
                report.found(customers.book.id, "monthlyChurn", words.zh, words.en)
            }
        },
        FindingRule(
            "S6-03", .warning, Label("订单清单不在", "Order list is not there"),
            why: Label(
                "台账指明的清单没有文件，复购与留存就无从计算。", "Without the file that the book names, repurchase and retention cannot be computed."),
            remedy: Label(
                "在客户页上传清单，把文件放在计划文件旁边，或清空「订单清单」。",
                "Upload the list on the customers page, put the file beside the plan file, or clear “Order list”.")
        ) { facts, report in
            for book in facts.plan.all(CustomerBook.self) {
                guard let name = book.orders, !name.isEmpty, !facts.workspace.files.contains(name) else { continue }
                report.found(book.id, "orders", "没有清单文件「\(name)」。", "There is no file “\(name)”.")
            }
        },
    ]
}
