import Testing

@testable import ProcessMining

/// Makes logs from traces written as words, an activity a letter.
func letters(_ traces: [String]) -> EventLog {
    var builder = EventLogBuilder()
    for (index, trace) in traces.enumerated() {
        for (place, letter) in trace.enumerated() {
            builder.append(caseID: "\(index)", activity: String(letter), end: Int64(place) * 1_000_000)
        }
    }
    return builder.finish()
}

@Suite("Inductive miner")
struct InductiveMinerTests {
    @Test(
        "the structure is found again",
        arguments: [
            (["abcd", "acbd", "aed"], "→( a, ×( ∧( b, c ), e ), d )"),
            (["abc", "ac"], "→( a, ×( b, τ ), c )"),
            (["ab", "cd"], "×( →( a, b ), →( c, d ) )"),
            (["a", "aa", "aaa"], "↺( a, τ )"),
            (["abd", "abcabd", "abcabcabd"], "→( ↺( →( a, b ), c ), d )"),
            (["abc", "acb", "bac", "bca", "cab", "cba"], "∧( a, b, c )"),
        ])
    func rediscovers(traces: [String], expected: String) {
        let log = letters(traces)
        #expect(InductiveMiner(threshold: 0).discover(log).text(log.activities) == expected)
    }

    /// The tree that the literature and pm4py (2.7) give for the log of van der Aalst's running example.
    @Test("the running example has its well-known tree")
    func runningExample() throws {
        guard let log = try ReferenceLog.log("running-example.csv") else { return }
        let tree = InductiveMiner(threshold: 0).discover(log)
        guard case .sequence(let parts) = tree, parts.count == 3, case .loop(let loop) = parts[1],
            case .sequence(let body) = loop[0]
        else {
            Issue.record("another tree: \(tree.text(log.activities))")
            return
        }
        #expect(parts[0].text(log.activities) == "register request")
        #expect(loop[1].text(log.activities) == "reinitiate request")
        #expect(body.last?.text(log.activities) == "decide")
        guard case .parallel(let both) = body[0] else {
            Issue.record("not parallel: \(body[0].text(log.activities))")
            return
        }
        #expect(
            Set(both.map { Set($0.activities.map { log.activities[Int($0)] }) }) == [
                ["check ticket"], ["examine casually", "examine thoroughly"],
            ])
        #expect(parts[2].activities.count == 2)
    }

    @Test("without filter every trace of any log fits what is found")
    func fitsEverything() {
        var state: UInt64 = 7
        func draw(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }
        for _ in 0..<300 {
            let size = 2 + draw(4)
            let traces = (0..<(1 + draw(6))).map { _ in String((0..<(1 + draw(7))).map { _ in Array("abcdef")[draw(size)] }) }
            let log = letters(traces)
            let tree = InductiveMiner(threshold: 0).discover(log)
            for index in 0..<log.caseCount {
                #expect(
                    tree.allows(Array(log.trace(ofCase: index))), "\(traces[index]) in \(tree.text(log.activities)) of \(traces)")
            }
            #expect(tree.count == log.caseCount)
        }
    }

    @Test("what is rare is left out with a filter and kept without")
    func filters() {
        let log = letters(Array(repeating: "abcd", count: 98) + ["acbd", "badc"])
        #expect(InductiveMiner(threshold: 0.2).discover(log).text(log.activities) == "→( a, b, c, d )")
        #expect(InductiveMiner(threshold: 0).discover(log).text(log.activities) != "→( a, b, c, d )")
    }

    @Test("the drawn model has the tree's gateways and their shares")
    func model() {
        let log = letters(["abd", "abd", "abd", "acd"])
        let model = InductiveMiner().discover(log).model(of: log)
        let gateway = model.nodes.firstIndex { $0.kind == .exclusive }
        #expect(model.nodes.count { $0.kind == .activity } == 4)
        #expect(gateway.map { model.shares(outOf: $0) } == [0.75, 0.25])
        #expect(model.entries.count == 1)
    }
}
