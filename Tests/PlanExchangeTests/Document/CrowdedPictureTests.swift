import PlanInsight
import PlanModel
import PlanPictures
import Testing
import WorkingTime

@testable import PlanExchange

/// Pictures of plans that are fuller, emptier and wordier than a sample.
@Suite("Pictures hold their words, however many and long these are")
struct CrowdedPictureTests {
    private static let sentence = "重大工单在夜间升级之后无人审核等待值班经理逐级电话确认并补录系统字段的平均时长过长"

    private static func title(_ place: Int) -> String { "\(sentence.prefix(8 + place * 7 % 30))\(place)" }

    static func facts(
        _ kind: String, _ records: String, header: String = "start: 2026-01-01\nfinish: 2026-12-31\n"
    ) throws -> PlanFacts {
        let text = "pharos: 1\nplan: crowded\nkind: \(kind)\ntitle: \(sentence)\n\(header)\nothers:\n" + records
        let plan = try PlanFileReader.read(Array(text.utf8), file: "crowded.yaml")
        let today = try #require(Day("2026-11-20"))
        return try #require(PlanFacts(plan.key, in: Workspace(plans: [plan]), today: today))
    }

    /// Causes on five bones, each a chain of whys.
    private static func causes(_ count: Int, depth: Int) -> String {
        let bones = ["man", "machine", "material", "method", "environment"]
        var text = "  pains:\n    - id: PN-1\n      title: \(sentence)\(sentence)\n  causes:\n"
        for place in 0..<count {
            text +=
                "    - title: \(title(place))\n      pain: PN-1\n      bone: \(bones[place % 5])\n      isVerified: \(place % 2 == 0)\n"
            for level in 1...depth {
                let indent = String(repeating: "    ", count: level + 1)
                text += "\(indent.dropLast(2))children:\n\(indent)- title: \(title(place + level))\n"
                if level == depth { text += "\(indent)  isRoot: true\n" }
            }
        }
        return text
    }

    /// Weekly values with an improvement between.
    private static func measures(_ count: Int, _ value: (Int) -> Double) -> String {
        let first = Day("2026-01-04") ?? Day(number: 0)
        let values = (0..<40).map { "\(first + 7 * $0): \(value($0))" }.joined(separator: ", ")
        let charts = ["individuals", "meanRange", "meanDeviation", "count"]
        return "  measures:\n"
            + (0..<count).map {
                "    - title: \(title($0))\n      unit: 小时每张重大工单\n      chart: \(charts[$0 % 4])\n      improvedOn: \(first + 140)\n      values: {\(values)}\n"
            }.joined()
    }

    private static func tasks(_ count: Int) -> String {
        "  tasks:\n"
            + (0..<count).map {
                "    - id: T-\($0 + 1)\n      title: \(title($0))\n      duration: \(5 + $0 % 9)d\n      optimistic: \(3 + $0 % 5)d\n      pessimistic: \(12 + $0 % 30)d\n"
                    + ($0 > 0 ? "      predecessors: [T-\($0)]\n" : "")
            }.joined()
    }

    private static func sales(_ count: Int, _ value: (Int) -> Double) -> String {
        "  sales:\n"
            + (0..<count).map { line in
                func months(_ year: Int, _ share: Double) -> String {
                    (1...9).map { "\(year)-0\($0): \(value(line + $0) * share)" }.joined(separator: ", ")
                }
                return
                    "    - title: \(title(line))\n      unit: 万元\n      region: \(title(line))\n      target: {\(months(2026, 1.1))}\n      actual: {\(months(2026, 1))}\n      lastYear: {\(months(2025, 0.9))}\n"
            }.joined()
    }

    /// Words are within the picture, none over another, and no stroke runs through them.
    private func check(_ picture: PlanPicture, strokes: Bool = false) {
        let labels = PictureLabelTests.labels(picture.markup.string).sorted { $0.top < $1.top }
        for (place, label) in labels.enumerated() {
            #expect(label.left >= -3 && label.right <= picture.width - 3 && label.bottom <= picture.height + 1, "\(label)")
            for other in labels[(place + 1)...].prefix(while: { $0.top < label.bottom }) where label.overlaps(other) {
                Issue.record("\(picture.name): \(label) over \(other)")
            }
        }
        guard strokes else { return }
        let lines = picture.markup.string.matches(of: /<path d="M([0-9.]+) ([0-9.]+)L([0-9.]+) ([0-9.]+)" fill="none"/).map {
            match in
            [match.1, match.2, match.3, match.4].compactMap { Double($0) }
        }
        #expect(!lines.isEmpty)
        for line in lines {
            for step in 0...200 {
                let share = Double(step) / 200
                let (x, y) = (line[0] + (line[2] - line[0]) * share, line[1] + (line[3] - line[1]) * share)
                for label in labels
                where (label.left + 1..<label.right - 1).contains(x) && (label.top + 1..<label.bottom - 1.5).contains(y) {
                    Issue.record("\(picture.name): a stroke through \(label)")
                }
            }
        }
    }

    private func draw(_ name: PictureName, _ facts: PlanFacts, _ language: Language) throws -> [PlanPicture] {
        let pages = PlanPicture.pages(name, facts, language)
        try #require(!pages.isEmpty)
        return pages
    }

    @Test("causes and whys", arguments: [1, 5, 40], Language.allCases)
    func causes(count: Int, language: Language) throws {
        let facts = try Self.facts("improvement", Self.causes(count, depth: count == 1 ? 1 : 6))
        for picture in try draw(.fishbone, facts, language) { check(picture, strokes: true) }
        let whys = try draw(.fiveWhy, facts, language)
        for picture in whys {
            check(picture)
            #expect(picture.printedWords(isTurned: picture.needsLandscape) >= 6, "\(picture.width)×\(picture.height)")
        }
        // Every chain stands on one of the pages.
        let rootCause = language == .chinese ? ">根本原因<" : ">Root cause<"
        #expect(whys.map { $0.markup.string.ranges(of: rootCause).count }.reduce(0, +) == count)
        #expect(whys[0].sentence.hasPrefix("\(count) "))
    }

    @Test("trends of all measures stand on as many pages as they need, and each page speaks of all", arguments: Language.allCases)
    func trends(language: Language) throws {
        let facts = try Self.facts("department", Self.measures(25) { Double($0 % 7) })
        let pages = try draw(.measureTrends, facts, language)
        #expect(pages.count == 3)
        for page in pages {
            check(page)
            #expect(page.sentence.contains(language == .chinese ? "25 个指标中" : "Of 25 measures"))
        }
    }

    @Test("control charts", arguments: [1, 24], Language.allCases)
    func control(count: Int, language: Language) throws {
        let facts = try Self.facts("improvement", Self.measures(count) { Double(($0 * 7) % 5) + ($0 < 20 ? 14 : 9) })
        for picture in try draw(.controlCharts, facts, language) { check(picture) }
    }

    @Test("what never varies is charted without a finding")
    func constant() throws {
        let picture = try draw(.controlCharts, try Self.facts("improvement", Self.measures(4) { _ in 0 }), .chinese)[0]
        check(picture)
        #expect(picture.sentence == "4 个指标最近 8 点都只有偶然波动。")
    }

    @Test("the finish, with a deadline far away as well", arguments: [1, 40], Language.allCases)
    func finish(count: Int, language: Language) throws {
        for picture in try draw(.simulation, try Self.facts("project", Self.tasks(count)), language) { check(picture) }
    }

    @Test("sales by many regions, by none and of nothing", arguments: Language.allCases)
    func sales(language: Language) throws {
        let many = try draw(.salesWaterfall, try Self.facts("sales", Self.sales(40) { Double(10 + $0 * 13 % 29) }), language)
        many.forEach { check($0) }
        let one = try draw(.salesWaterfall, try Self.facts("sales", Self.sales(1) { _ in 10 }), language)
        one.forEach { check($0) }
        #expect(one[0].sentence == (language == .chinese ? "比目标少 9 万元。比去年同期多 9 万元。" : "9 万元 below target. 9 万元 above last year."))
        let nothing = try Self.facts("sales", Self.sales(3) { _ in 0 })
        for picture in try draw(.salesWaterfall, nothing, language) {
            check(picture)
            #expect(!picture.markup.string.contains("+0"))
        }
        #expect(try draw(.salesHeat, nothing, .chinese)[0].sentence == "至今没有可以比较的目标。")
    }
}
