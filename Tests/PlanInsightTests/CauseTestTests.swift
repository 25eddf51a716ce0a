import Foundation
import Measures
import PlanInsight
import PlanModel
import Testing
import WorkingTime

/// Causes held against a measure and against a log whose durations are known.
@Suite("Causes tested against data")
struct CauseTestTests {
    private static let urgent: [Double] = [30, 34, 28, 41, 37, 33, 29, 36]
    private static let others: [Double] = [20, 25, 18, 22, 27, 19, 24, 21, 26, 23, 17, 28.5, 20.5, 22.5, 24.5, 19.5]

    /// Cases of so many minutes each; the first eight are P1, every other is returned, every fourth is 王芳's.
    private static let log: String = {
        var rows = ["case,activity,time,resource,priority"]
        for (number, minutes) in (urgent + others).enumerated() {
            let (priority, who) = (number < urgent.count ? "P1" : "P2", number % 4 == 0 ? "王芳" : "李强")
            func row(_ activity: String, _ seconds: Double) {
                let time = String(format: "%02d:%02d:%02d", 8, Int(seconds) / 60, Int(seconds) % 60)
                rows.append("\(number),\(activity),2026-03-\(String(format: "%02d", number + 1)) \(time),\(who),\(priority)")
            }
            row("受理", 0)
            if number % 2 == 0 { row("退回", 300) }
            row("关闭", minutes * 60)
        }
        return rows.joined(separator: "\n")
    }()

    private func test(log: String = log, _ make: (inout Typed<Cause>) -> Void) throws -> CauseTest? {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .improvement))
        editor.add(Process.self) { process in
            (process.title, process.log) = ("工单", "log.csv")
        }
        editor.add(Measure.self) { measure in
            (measure.title, measure.unit) = ("平均处理时间", "小时")
            measure.values = Series(
                [14, 13, 15, 14, 16, 13, 14, 15, 13, 14, 11, 12, 10, 11, 12, 11, 10, 12, 11, 10].enumerated().map {
                    (day("2026-01-04") + 7 * $0.offset, $0.element)
                })
        }
        let cause = editor.add(Cause.self) { cause in
            cause.title = "原因"
            make(&cause)
        }
        var workspace = Workspace(plans: [editor.plan])
        workspace.files = WorkspaceFiles(stamps: ["log.csv": "1"]) { _ in Array(log.utf8) }
        return try #require(PlanFacts(planKey, in: workspace, today: RuleCase.today)).test(of: cause)
    }

    /// `scipy.stats.mannwhitneyu(method="exact")`: p = 5.4e-6; the median of all differences is 11 minutes, 49 % of the others' median.
    @Test(
        "cases with a mark against all others: the measured difference, and that it is no chance",
        arguments: ["priority=P1", "priority＝P1"])
    func attribute(condition: String) throws {
        let found = try #require(
            try test {
                $0.testProcess = the("PR-1")
                $0.testCases = condition
            })
        #expect(found.isSupported)
        #expect(found.verdict.zh.hasPrefix("\(condition) 的 8 个案例与其余 16 个相比，流程时长按典型差值延长 49%（95% 区间"))
        #expect(found.verdict.zh.hasSuffix("几乎不可能是偶然。"))
        #expect(
            found.verdict.en.contains("duration of the 8 with")
                && found.verdict.en.contains("became 49% longer by the typical difference"))
        #expect(found.reason?.en.contains("Mann–Whitney") == true)
    }

    /// Returned or not: p = 0.67, the medians differ by −1.5 minutes; of 王芳 or others: p = 0.67, +1.5 minutes.
    @Test(
        "an activity and a person can be the mark; a difference that chance explains supports nothing",
        arguments: [
            ("活动=退回", 12, 12, "缩短 6.3%"), ("activity=退回", 12, 12, "缩短 6.3%"), ("人员=王芳", 6, 18, "延长 6.2%"),
            ("person=王芳", 6, 18, "延长 6.2%"),
        ])
    func chance(condition: String, marked: Int, rest: Int, size: String) throws {
        let found = try #require(
            try test {
                $0.testProcess = the("PR-1")
                $0.testCases = condition
            })
        #expect(!found.isSupported)
        #expect(
            found.verdict.zh.hasPrefix("\(condition) 的 \(marked) 个案例与其余 \(rest) 个相比，流程时长看起来按典型差值\(size)"), "\(found.verdict.zh)")
        #expect(found.verdict.zh.hasSuffix("可能只是偶然波动。"))
    }

    @Test("several values of a column are one mark")
    func values() throws {
        let found = try #require(
            try test {
                $0.testProcess = the("PR-1")
                $0.testCases = "priority=P1|P2"
            })
        #expect(found.reason == nil && found.verdict.en.contains("24 cases meet the condition and 0 do not"))
    }

    @Test(
        "what cannot be tested yet says what is missing",
        arguments: [
            ("优先级", "「列=值」"), ("=P1", "「列=值」"), ("priority=", "「列=值」"), ("priority=P9", "P1、P2"), ("渠道=电话", "渠道"),
            ("活动=升级", "受理、退回、关闭"), ("人员=张三", "王芳、李强"),
        ])
    func open(condition: String, words: String) throws {
        let found = try #require(
            try test {
                $0.testProcess = the("PR-1")
                $0.testCases = condition
            })
        #expect(!found.isSupported && found.reason == nil)
        #expect(found.verdict.zh.hasPrefix("还不能检验：") && found.verdict.zh.contains(words), "\(found.verdict.zh)")
    }

    @Test("too few cases of a kind claim nothing")
    func few() throws {
        let short = Self.log.split(separator: "\n").prefix(12).joined(separator: "\n")
        let found = try #require(
            try test(log: short) {
                $0.testProcess = the("PR-1")
                $0.testCases = "人员=王芳"
            })
        #expect(!found.isSupported && found.verdict.zh.contains("两边都至少需要 5 个"))
    }

    /// The numbers of `ChangeStudyTests.means`: by Welch 3.1 of 14.1 hours.
    @Test("a measure before and since a day")
    func measure() throws {
        let found = try #require(
            try test {
                $0.testMeasure = the("M-1")
                $0.testDay = day("2026-01-04") + 70
            })
        #expect(found.isSupported && found.verdict.zh.hasPrefix("平均处理时间缩短 22%（95% 区间"))
        let undated = try #require(try test { $0.testMeasure = the("M-1") })
        #expect(!undated.isSupported && undated.verdict.zh.contains("没有填写检验分界日"))
        let early = try #require(
            try test {
                $0.testMeasure = the("M-1")
                $0.testDay = day("2026-01-11")
            })
        #expect(!early.isSupported && early.verdict.en.contains("at least 3 values on each side"))
        let unnamed = try test { _ in }
        #expect(unnamed == nil)
    }
}
