import PlanModel
import Testing

@testable import PlanExchange

@Suite struct ColumnFitTests {
    /// Shares of the table's width in ems, as they are set.
    private func widths(_ fits: [ColumnFit]) -> [Double] { ColumnFit.columns(fits).map { $0.width * ColumnFit.room } }

    @Test("what a crowded table lacks is taken from sentences, not from ids, and leaves those readable")
    func crowded() {
        let ids = ColumnFit("编号", ["T-128", "T-129"])
        let sentences = ColumnFit("原因", ["随前置任务移动，因为负责人正忙于另一项尚未完成的工作"], most: 14)
        let crowded = [ids] + Array(repeating: sentences, count: 4)
        let set = widths(crowded)
        #expect(set[0] >= ids.natural, "an id would break")
        #expect(set[1...].allSatisfy { $0 >= 7 && $0 < 14 })
    }

    @Test("heads break before a bracket, and not within it or a short word")
    func bracketedHeads() {
        #expect(UnbrokenText.head("总时差（工作日）").map { String($0.text) } == ["总时差", "（工作日）"])
        #expect(UnbrokenText.head("总时差（工作日）").allSatisfy { $0.isWhole })
        #expect(UnbrokenText.head("Float, working days").map(\.isWhole) == [false])
        // Five ideographs and their brackets, bold.
        #expect(ColumnFit("总时差（工作日）", ["0", "2"], isNumeric: true).least >= 5 * 1.1)
    }

    @Test("what is left over in a table does not part ids from what they name")
    func spare() {
        let ids = ColumnFit("编号", ["SV-1", "SV-2"], isWhole: true)
        let set = widths([ids, ColumnFit("名称", ["西南客户专访"], most: 13), ColumnFit("日期", ["2026-10-22"], isWhole: true)])
        // The id, and what lies between two columns.
        #expect(set[0] <= ids.natural + 1.01 && abs(set.reduce(0, +) - ColumnFit.room) < 0.01, "\(set)")
    }

    @Test("a date, an id and a choice keep their line beside sentences that would take the room")
    func words() {
        let period = ColumnFit("排期", ["12月21日 – 12月22日"], isWhole: true)
        let quarter = ColumnFit("季度", ["2026Q4"], isWhole: true)
        let sentences = ColumnFit("原因", ["随前置任务移动，因为负责人正忙于另一项尚未完成的工作"], most: 14)
        let set = widths([period, quarter] + Array(repeating: sentences, count: 4))
        // Eight digits, four ideographs, a dash, two spaces, and a quarter em at each of seven seams between scripts.
        #expect(set[0] >= 8 * 0.5 + 4 + 0.5 + 0.5 + 7 * 0.25)
        #expect(set[1] >= 5 * 0.55 + 0.7)
    }

    @Test("the word of a choice keeps whole in the widest typeface it may be set in")
    func choices() {
        let fits = [ColumnFit("Quadrant", ["Threat", "Opportunity"], isWhole: true), ColumnFit("Point", ["需要两行"], most: 13)]
        // As wide as DejaVu Serif, which stands in where a machine has no better, sets it.
        #expect(fits[0].least >= 6.16 && widths(fits)[0] >= 6.16)
    }

    @Test("a word that cannot be broken has room in a wider typeface too, beside sentences that would take it")
    func quarters() {
        let quarter = ColumnFit("季度", ["2026Q1", "2026Q4"], most: 9)
        let sentences = ColumnFit("预期成果", ["前两百家客户完成健康度评估，高风险客户都有责任人"], most: 13)
        // Five digits and a capital of Noto Serif.
        #expect(widths([quarter] + Array(repeating: sentences, count: 4))[0] - 1 >= 5 * 0.56 + 0.8)
    }

    @Test("names, and amounts with their unit, have room to stay whole beside sentences that would take it")
    func whole() {
        let names = ColumnFit("参与", cells: [.list(["欧阳林晓棠", "罗澈"], separator: "、")], most: 8)
        let amounts = ColumnFit("数额", ["签约 1,200 万元以上"], most: 9)
        let sentences = ColumnFit("预期成果", ["前两百家客户完成健康度评估，高风险客户都有责任人"], most: 13)
        let set = widths([names, amounts] + Array(repeating: sentences, count: 4))
        #expect(set[0] - 1 >= 6, "five ideographs and their comma")
        // Four digits, a comma, a space and two ideographs.
        #expect(set[1] - 1 >= 4 * 0.5 + 0.25 + 0.25 + 2, "\(set)")
        #expect(ColumnFit("参与", ["欧阳林晓棠、罗澈"], most: 8).least <= names.least)
    }

    @Test("a short head stays on one line, so that no single ideograph stands below it")
    func heads() {
        let narrow = ColumnFit("解决容易度", ["3", "4"], isNumeric: true)
        #expect(narrow.least >= 5.5 && ColumnFit("验收负责人", ["罗澈"]).least >= 5.5)
        // A long one takes two.
        #expect(ColumnFit("处理时间（分钟）", ["12"], isNumeric: true).least < 6)
    }

    @Test("a long title is given room that others need less, so that rows take fewer lines")
    func titles() {
        let ids = ColumnFit("编号", ["G-1"], isWhole: true)
        let title = ColumnFit("目标", [String(repeating: "把重大工单的解决时长降下来", count: 5)], most: 13)
        let others = (0..<4).map { _ in ColumnFit("说明", ["每周复核一次并通报"], most: 13) }
        let set = widths([ids, title] + others)
        #expect(set[1] > 1.5 * set[2] && set[2...].allSatisfy { $0 >= 7 }, "\(set)")
    }

    @Test("columns that are totalled are given up last, and make do with what they need at the least")
    func totalled() {
        let kind = Kind.of(BudgetLine.self)
        let amounts = ["planned", "approved", "actual", "forecast"].compactMap(kind.field).map { field in
            (field: field, fit: ColumnFit("1,234,567", ["1,234,567"], isNumeric: true))
        }
        let category = ["category"].compactMap(kind.field).map {
            (field: $0, fit: ColumnFit("Category", ["Contingency reserve"], most: 9))
        }
        let fixed = [ColumnFit("ID", ["B-128"], isWhole: true), ColumnFit("Item", ["部署与上线阶段人力费用和差旅"], most: 13)]
        let chosen = ColumnFit.chosen(category + amounts, beside: fixed).map(\.field.key)
        #expect(chosen.suffix(4) == ["planned", "approved", "actual", "forecast"])
    }

    @Test("beside twelve months of figures a name is no tower of single characters")
    func months() {
        let name = ColumnFit("指标", ["新客户首年合同金额（不含续约）"], most: 13)
        let month = ColumnFit("12月", ["1,234.5"], isNumeric: true)
        let set = widths([name] + Array(repeating: month, count: 12))
        #expect(set[0] > 4, "\(set)")
    }
}
