import PlanInsight
import PlanModel
import PlanPictures
import Testing
import WorkingTime

@testable import PlanExchange

/// What a picture says of a plan holds for all of the plan's records, also where it cannot show each of them.
@Suite("Pictures speak of all records")
struct PictureSentenceTests {
    private func picture(_ name: PictureName, _ kind: String, _ records: String, _ language: Language = .chinese) throws
        -> PlanPicture
    {
        try #require(PlanPicture.pages(name, CrowdedPictureTests.facts(kind, records), language).first)
    }

    private func network(_ records: String, _ header: String) throws -> PlanPicture {
        try #require(PlanPicture.pages(.network, CrowdedPictureTests.facts("project", records, header: header), .chinese).first)
    }

    private func rows(_ count: Int, _ row: (Int) -> String) -> String {
        (1...count).map { "    - \(row($0).split(separator: ";").joined(separator: "\n      "))\n" }.joined()
    }

    @Test("Pareto: shares are of all causes, and the least of many are one bar")
    func pareto() throws {
        // 100 + 50 + 15 · 10 = 300: four fifths are the first two and nine of the others.
        let causes =
            "  pains:\n    - title: 痛点\n  causes:\n"
            + rows(17) { "title: 原因\($0);pain: PN-1;occurrences: \($0 == 1 ? 100 : $0 == 2 ? 50 : 10)" }
        let drawn = try picture(.pareto, "improvement", causes)
        #expect(drawn.sentence.hasPrefix("17 个原因中，"))
        #expect(drawn.markup.string.contains("其他 8"))
        let share = try #require(drawn.sentence.firstMatch(of: /前 (\d+) 个占 ([\d.]+)%/))
        // Nine stand alone, 100 + 50 + 7 · 10 = 220, the other eight are 80.
        #expect(share.1 == "10" && share.2 == "100")
    }

    @Test("RACI: everybody who has a part has a column")
    func raci() throws {
        let people = "  people:\n" + rows(18) { "name: 员\($0)" }
        let duties = "  responsibilities:\n" + rows(9) { "duty: 职责\($0);accountable: [P-\($0)];consulted: [P-\($0 + 9)]" }
        let drawn = try picture(.raci, "department", people + duties)
        #expect((1...18).allSatisfy { drawn.markup.string.contains(">员\($0)<") })
        #expect(drawn.sentence == "9 项职责，每项恰好一位负责人。")
        let unclear = try picture(.raci, "department", people + duties + "    - duty: 夜间值班\n      consulted: [P-1]\n")
        #expect(unclear.sentence == "10 项职责，其中 1 项的负责人不是恰好一位：夜间值班。")
    }

    @Test("competitors: how many are cheaper than us, how many better, and who is both")
    func competitors() throws {
        let all = "  competitors:\n" + rows(3) { "name: 同行\($0);priceLevel: \($0 * 3);qualityLevel: \(9 - $0)" }
        let ours = "    - name: 我们\n      isUs: true\n      priceLevel: 5\n      qualityLevel: 7\n"
        let drawn = try picture(.competitorMap, "sales", all + ours)
        #expect(drawn.sentence == "与 3 家同行相比，价格低于我们的有 1 家，产品水平高于我们的有 1 家，其中价格不高于我们的是同行1。")
        for mark in ["0", "5", "10"] { #expect(drawn.markup.string.contains(">\(mark)<")) }
    }

    @Test("abilities: where all stood at first is a line of its own")
    func radar() throws {
        func words(_ history: String) throws -> String {
            try picture(
                .abilityRadar, "growth",
                "  abilities:\n" + rows(3) { "title: 能力\($0);present: 3;wanted: 4;\(history)" }
            ).markup.string
        }
        #expect(try words("history: { 2026-01: 2, 2026-06: 3 }").contains("细线为初次评估（2026-01 起）"))
        #expect(try !words("due: 2026-12-31").contains("细线"))
    }

    @Test("risk map: every risk stands in its field, and where its response takes it with a circle")
    func risks() throws {
        let risks =
            "  risks:\n"
            + rows(8) { "title: 风险\($0);likelihood: 3;impact: 4;residualLikelihood: 2;residualImpact: 2" }
        let drawn = try picture(.riskMap, "project", risks)
        #expect((1...8).allSatisfy { drawn.markup.string.contains(">R-\($0)<") && drawn.markup.string.contains(">○R-\($0)<") })
        #expect(drawn.sentence == "8 个未关闭的风险，其中高风险（12 分及以上）8 个，由高到低为 R-1、R-2、R-3、R-4、R-5，另有 3 个。")
        let uneven = "  risks:\n" + rows(7) { "title: 风险\($0);likelihood: 3;impact: \($0 == 7 ? 5 : $0 == 3 ? 3 : 4)" }
        #expect(
            try picture(.riskMap, "project", uneven).sentence
                == "7 个未关闭的风险，其中高风险（12 分及以上）6 个，由高到低为 R-7、R-1、R-2、R-4、R-5，另有 1 个。")
        // However many share a field, each is named, and those below the row move down.
        let more = try picture(.riskMap, "project", risks + rows(30) { "title: 另\($0);likelihood: 3;impact: 4" })
        #expect((1...38).allSatisfy { more.markup.string.contains(">R-\($0)<") } && !more.markup.string.contains(">+"))
        #expect(more.height > drawn.height && more.printedWords(isTurned: false) >= 6)
    }

    @Test("returns of many activities: both ends are drawn, the lowest named is one of them")
    func returns() throws {
        let campaigns = "  campaigns:\n" + rows(33) { "title: 活动\($0);spent: 100;revenue: \($0 * 10)" }
        let drawn = try picture(.campaignReturns, "sales", campaigns)
        #expect(drawn.sentence == "回报最高的是活动33，最低的是活动1。图中为 33 项中回报最高与最低的各 10 项。")
        #expect(
            drawn.markup.string.contains(">活动1<") && drawn.markup.string.contains(">活动33<")
                && !drawn.markup.string.contains(">活动17<"))
    }

    @Test("abilities: all that tie for the widest gap are named")
    func abilities() throws {
        let levels = [(2, 4), (3, 4), (1, 3), (4, 4)]
        let abilities = "  abilities:\n" + rows(4) { "title: 能力\($0);present: \(levels[$0 - 1].0);wanted: \(levels[$0 - 1].1)" }
        #expect(try picture(.abilityRadar, "growth", abilities).sentence == "差距最大的是能力1、能力3，各差 2 级。")
        #expect(
            try picture(.abilityRadar, "growth", abilities, .english).sentence
                == "The widest gaps are in 能力1, 能力3: 2 levels.")
    }

    @Test("streaks are compared by how long they lasted, not by how many periods they have")
    func streaks() throws {
        let habits =
            "  commitments:\n"
            + "    - title: 晚饭\n      amount: 1\n      frequency: weekly\n      start: 2026-09-28\n      done: { 2026-10-01: 1, 2026-10-08: 1, 2026-10-15: 1, 2026-10-22: 1, 2026-10-29: 1, 2026-11-05: 1, 2026-11-12: 1 }\n"
            + "    - title: 分享\n      amount: 1\n      frequency: monthly\n      start: 2026-06-01\n      done: { 2026-06-10: 1, 2026-07-10: 1, 2026-08-10: 1, 2026-09-10: 1, 2026-10-10: 1 }\n"
        let drawn = try picture(.habitStreaks, "growth", habits)
        #expect(drawn.sentence == "坚持最久的是分享，连续 5 个月。")
        #expect(drawn.markup.string.contains("连续 7 周"))
        let broken = "  commitments:\n    - title: 晨跑\n      amount: 1\n      frequency: monthly\n      start: 2026-06-01\n"
        #expect(try picture(.habitStreaks, "growth", broken).sentence == "")
    }

    @Test("network: the critical path is of critical tasks, without what came before work that did not wait for it")
    func network() throws {
        func tasks(_ change: String) -> String {
            "  tasks:\n    - title: 设计\n      duration: 2d\n    - title: 开发\n      duration: 10d\n      predecessors: [T-1]\n\(change)"
                + "    - title: 上线\n      duration: 2d\n      predecessors: [T-2]\n"
        }
        #expect(try network(tasks(""), "start: 2026-11-23\n").sentence == "关键路径：T-1 → T-2 → T-3。")
        let begun = "start: 2026-11-16\nprogressRule: progressOverride\n"
        let early = tasks("      actualStart: 2026-11-16\n      remaining: 7d\n")
        #expect(try network(early, begun).sentence == "关键路径：T-2 → T-3。")
    }

    @Test("control charts: a signal in the wanted direction is not called out of control, and what is long past is not told")
    func signals() throws {
        func measure(_ title: String, _ direction: String, _ change: (Int) -> Double) throws -> String {
            let first = try #require(Day("2026-05-04"))
            // Up and down by single steps, which no rule takes for a pattern.
            let values = (0..<24).map { "\(first + $0 * 7): \(Double(54 - abs($0 % 8 - 4)) + change($0))" }.joined(
                separator: ", ")
            return
                "    - title: \(title)\n      direction: \(direction)\n      chart: individuals\n      values: { \(values) }\n"
        }
        let last = { (place: Int) in place == 23 ? 6.0 : 0 }
        let both = try "  measures:\n" + measure("耗时", "down", last) + measure("满意度", "up", last)
        let drawn = try picture(.controlCharts, "improvement", both)
        #expect(drawn.sentence.hasPrefix("2 个指标中 1 个最近 8 点失控，如耗时："), "\(drawn.sentence)")
        #expect(drawn.sentence.hasSuffix("另有 1 个的异常信号朝好的方向。"))
        // What the charts mark is told: a mark of long ago as one of before.
        let early = try "  measures:\n" + measure("耗时", "down") { $0 == 2 ? 6 : 0 } + measure("满意度", "up", last)
        let found = try picture(.controlCharts, "improvement", early)
        #expect(found.sentence.hasPrefix("2 个指标中 1 个最近 8 点有异常信号，朝好的方向，如满意度："), "\(found.sentence)")
        #expect(found.sentence.hasSuffix("其余有 1 个只在更早的点或极差上有标记。"))
        #expect(
            try picture(.controlCharts, "improvement", both, .english).sentence.hasSuffix(
                " Of the others, 1 shows a signal of improvement."))
    }

    @Test("effect and ease: no label lies on the line between quadrants, and those of one effect stand on one side of it")
    func matrix() throws {
        for count in 1...4 {
            let drawn = try picture(
                .priorityMatrix, "improvement", "  improvements:\n" + rows(count) { "title: 措施\($0);effect: 3;ease: 4" })
            let feet = drawn.markup.string.matches(of: /<text x="([\d.]+)" y="([\d.]+)"[^>]*>IM-\d+</).compactMap { match in
                Double(match.1).flatMap { $0 < 430 ? Double(match.2) : nil }
            }
            #expect(feet.count == count)
            // The line is at 204; words reach from 9 above their foot to 2 below it.
            #expect(feet.allSatisfy { $0 + 2 < 204 || $0 - 9 > 204 }, "\(feet)")
            if count < 4 { #expect(feet.allSatisfy { $0 < 204 }) }
        }
    }

    @Test("control charts: points of monthly values are named by their month, and each abbreviation is explained")
    func monthlySignals() throws {
        let values = (1...9).map { "2026-0\($0): \($0 == 9 ? 20 : 5 + $0 % 2)" }.joined(separator: ", ")
        let drawn = try picture(
            .controlCharts, "department",
            "  measures:\n    - title: 首次解决率\n      unit: '%'\n      direction: up\n      chart: proportion\n      sizes: { 2026-01: 400 }\n      values: { \(values) }\n"
        )
        #expect(drawn.sentence == "首次解决率最近 8 点有异常信号，朝好的方向：2026-09 超出上控制限。", "\(drawn.sentence)")
        let words = drawn.markup.string
        #expect(words.contains("比率图（p）") && !words.contains("不合格"))
        for mark in ["UCL", "LCL", "CL"] { #expect(words.contains(mark)) }
        #expect(words.contains("CL 为中心线；虚线 UCL、LCL 为上、下控制限"))
    }

    @Test("control charts: all points beyond the limit are told, as a stretch or one by one")
    func stretches() throws {
        func sentence(_ values: [Int]) throws -> String {
            let points = values.enumerated().map { "2026-\($0 < 9 ? "0" : "")\($0 + 1): \($1)" }.joined(separator: ", ")
            return try picture(
                .controlCharts, "department",
                "  measures:\n    - title: 首次解决率\n      unit: '%'\n      direction: up\n      chart: proportion\n      sizes: { 2026-01: 400 }\n      values: { \(points) }\n"
            ).sentence
        }
        #expect(try sentence([5, 6, 5, 6, 5, 6, 5, 20, 21, 22]).contains("2026-08 至 2026-10 的 3 点超出上控制限"))
        #expect(try sentence([5, 6, 5, 6, 5, 6, 5, 25, 5, 25]).contains("2026-08、2026-10 超出上控制限"))
    }

    @Test("before and after: where the earlier course is what a change is told against, its level is drawn")
    func projected() throws {
        let facts = try DocumentTests.facts("escalation-2026.yaml")
        let pages = PlanPicture.pages(.beforeAfter, facts, .chinese)
        let told = facts.changeStudies.count { $0.finding.method == .interruptedSeries }
        let drawn = pages.reduce(0) { $0 + $1.markup.string.matches(of: />按原走势 [\d.,]+</).count }
        #expect(told > 0 && drawn == told)
    }

    @Test("quadrants: an important task that is overdue is told though nobody called it urgent")
    func overdue() throws {
        let tasks =
            "  tasks:\n    - title: 总结\n      isImportant: true\n      isUrgent: false\n      start: 2026-11-02\n      due: 2026-11-10\n    - title: 选题\n      isImportant: true\n      isUrgent: false\n      start: 2026-12-01\n      due: 2026-12-10\n"
        let drawn = try picture(.quadrants, "growth", tasks)
        #expect(drawn.sentence == "没有标为既重要又紧急的未完成任务。另有 1 件标为重要不紧急的已经逾期。", "\(drawn.sentence)")
        #expect(drawn.markup.string.contains("· 总结（已逾期）") && drawn.markup.string.contains("· 选题<"))
    }

    @Test("trends: measures without enough values to draw count too, and are said not to be drawn")
    func trends() throws {
        func measure(_ title: String, _ values: String) -> String {
            "    - title: \(title)\n      direction: up\n      baseline: 0\n      target: 100\n      values: { \(values) }\n"
        }
        let drawn = try picture(
            .measureTrends, "department",
            "  measures:\n" + measure("及时率", "2026-08: 90, 2026-09: 95, 2026-10: 99") + measure("满意度", "2026-10: 5"))
        #expect(drawn.sentence.hasPrefix("2 个指标中 1 个落后于路径（满意度）"), "\(drawn.sentence)")
        #expect(drawn.sentence.contains("不足三个数值的 1 个没有画出。"))
    }
}
