import Foundation
import PlanModel
import Testing

@testable import WebApp

/// Several people put down what could go wrong; a note becomes a risk once.
@Suite struct BrainstormTests {
    private static let board = "/plans/trial/brainstorm"

    @Test("a note is made of every line, with who wrote it, as one change that can be taken back")
    func notes() async throws {
        let site = try TestSite(TestPlans.project)
        let sent = try await site.form(Self.board, ["base": "1", "notes": "接口给得太晚\r\n\r\n  测试环境不够  \r\n", "writer": "苏禾"])
        #expect(sent.status == 303 && sent.headers[.location] == "/plans/trial/brainstorm?who=%E8%8B%8F%E7%A6%BE")
        let notes = try #require(site.store[TestPlans.key]?.all(RiskNote.self))
        #expect(notes.map(\.title) == ["接口给得太晚", "测试环境不够"] && notes.allSatisfy { $0.writer == "苏禾" })
        #expect(site.store[TestPlans.key]?.revision == 2)
        let page = try await site.get(Self.board + "?who=%E8%8B%8F%E7%A6%BE").text
        #expect(page.contains("接口给得太晚") && page.contains("value=\"苏禾\""))
        for empty in ["", " \n \n"] { #expect(try await site.form(Self.board, ["base": "2", "notes": empty]).status == 400) }
        let many = Array(repeating: "便签", count: BrainstormWriter.most + 1).joined(separator: "\n")
        #expect(try await site.form(Self.board, ["base": "2", "notes": many]).status == 400)
    }

    @Test("people who write at once lose nothing of each other")
    func together() async throws {
        let site = try TestSite(TestPlans.project)
        for name in ["甲", "乙", "丙"] {
            #expect(try await site.form(Self.board, ["base": "1", "notes": "\(name)一\n\(name)二", "writer": name]).status == 303)
        }
        let titles = site.store[TestPlans.key]?.all(RiskNote.self).compactMap(\.title)
        #expect(titles == ["甲一", "甲二", "乙一", "乙二", "丙一", "丙二"])
    }

    @Test("a note becomes a risk of its words and kind, once, in page and API")
    func risks() async throws {
        let site = try TestSite(TestPlans.project)
        _ = try await site.form(Self.board, ["base": "1", "notes": "接口给得太晚\n测试环境不够"])
        #expect(
            try await site.api(.patch, "plans/trial/risk-notes/RN-1", ["base": 2, "fields": ["category": "schedule"]]).status
                == 200)
        let before = try #require(site.store[TestPlans.key]?.all(Risk.self).count)
        #expect(try await site.form("/plans/trial/risk-notes/RN-1/risk", ["base": "3"]).status == 303)
        let made = try await site.api(.post, "plans/trial/risk-notes/RN-2/risk", ["base": 3])
        #expect(made.status == 201)
        #expect(try made.json["record"]?["fields"]?["title"]?.text == "测试环境不够")
        let plan = try #require(site.store[TestPlans.key])
        let risks = plan.all(Risk.self)
        #expect(risks.count == before + 2)
        let first = try #require(plan.all(RiskNote.self).first?.risk.flatMap { plan.record($0, as: Risk.self) })
        #expect(first.title == "接口给得太晚" && first.category == .schedule && first.raisedOn != nil)
        #expect(try await site.form("/plans/trial/risk-notes/RN-1/risk", ["base": "5"]).status == 409)
        #expect(try await site.api(.post, "plans/trial/risk-notes/RN-1/risk", ["base": 3]).status == 409)
        #expect(try await site.api(.post, "plans/trial/tasks/T-2/risk", ["base": 5]).status == 404)
        #expect(site.store[TestPlans.key]?.all(Risk.self).count == before + 2)
    }

    @Test("versions of a procedure are compared on its page and in the API")
    func versions() async throws {
        let site = try TestSite(TestPlans.project)
        for (base, fields) in [
            (1, ["title": "派单", "version": "1.0", "steps": "1. 建单\n2. 派单"]),
            (2, ["title": "派单", "version": "2.0", "previous": "SP-1", "steps": "1. 建单\n2. 判级\n3. 派单"]),
        ] as [(Int, JSONValue)] {
            #expect(
                try await site.api(.post, "plans/trial/procedures", ["base": .number(Double(base)), "fields": fields]).status
                    == 201)
        }
        let answer = try await site.get("/api/v1/plans/trial/procedures/SP-2/difference?lang=en").json
        #expect(answer["earlier"] == "SP-1" && answer["parts"]?.list?.count == 1)
        let lines = answer["parts"]?.list?.first?["lines"]?.list?.map { ($0["change"]?.text ?? "") + ($0["text"]?.text ?? "") }
        #expect(lines == ["same1. 建单", "added2. 判级", "same3. 派单"])
        #expect(try await site.get("/plans/trial/procedures/SP-2").text.contains("<ins>2. 判级</ins>"))
        for nothing in ["SP-1/difference", "SP-2/difference?from=SP-9", "SP-2/difference?from=x"] {
            #expect(try await site.get("/api/v1/plans/trial/procedures/\(nothing)").status == 404)
        }
    }
}
