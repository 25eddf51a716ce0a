import Testing

@testable import ProcessMining

@Suite("Conformance")
struct ConformanceTests {
    /// start → a → (b | c) → ∧(d, e) → f → end
    private var model: ProcessModel {
        var model = ProcessModel()
        let start = model.add(.init(.start))
        let a = model.add(.init(.activity, "a"))
        let choice = model.add(.init(.exclusive))
        let (b, c) = (model.add(.init(.activity, "b")), model.add(.init(.activity, "c")))
        let split = model.add(.init(.parallel))
        let (d, e) = (model.add(.init(.activity, "d")), model.add(.init(.activity, "e")))
        let join = model.add(.init(.parallel))
        let f = model.add(.init(.activity, "f"))
        let end = model.add(.init(.end))
        for (one, other) in [
            (start, a), (a, choice), (choice, b), (choice, c), (b, split), (c, split), (split, d), (split, e), (d, join),
            (e, join), (join, f), (f, end),
        ] {
            model.connect(one, other)
        }
        return model
    }

    private func deviation(_ conformance: Conformance, _ name: String) -> Conformance.StepDeviation? {
        conformance.steps.first { model.nodes[$0.node].name == name }
    }

    @Test("runs of the process conform, in any order of what is parallel")
    func conforming() {
        let conformance = Conformance(letters(["abdef", "acdef", "abedf"]), model)
        #expect(conformance.conformingCases == 3)
        #expect(conformance.fitness == 1)
        #expect(deviation(conformance, "b")?.done == 2)
        #expect(deviation(conformance, "d")?.done == 3)
        #expect(conformance.extras.isEmpty)
    }

    @Test("a step left out is skipped, one too many is extra, one in the wrong place is out of order")
    func deviations() {
        let conformance = Conformance(letters(["abdf", "abdefx", "abdeff", "fabde", "abdef"]), model)
        #expect(conformance.conformingCases == 1)
        #expect(deviation(conformance, "e")?.skipped == 1)
        #expect(deviation(conformance, "e")?.cases == [0])
        #expect(deviation(conformance, "f")?.outOfOrder == 1)
        #expect(conformance.extras.map(\.activity) == ["f", "x"])
        #expect(conformance.extras.map(\.isDrawn) == [true, false])
        // Costs 1 + 1 + 1 + 2 of (events + shortest run of 5) each.
        #expect(abs(conformance.fitness - (1 - 5.0 / Double(4 + 6 + 6 + 5 + 5 + 25))) < 1e-12)
    }

    @Test("what is discovered without filter fits its own log wholly")
    func discoveredFits() throws {
        for name in ["running-example.csv", "receipt.csv"] {
            guard let log = try ReferenceLog.log(name) else { return }
            let part = log.keepingCases { $0 < 300 }
            let found = InductiveMiner(threshold: 0).discover(part).model(of: part)
            let conformance = Conformance(part, found)
            #expect(conformance.unalignedCases == 0)
            #expect(conformance.conformingCases == part.caseCount)
        }
    }

    @Test("the cost is the least there is: equal to brute force over all runs of the process")
    func least() throws {
        let runs = ["abdef", "abedf", "acdef", "acedf"]
        let aligner = { (log: EventLog) in
            Aligner(self.model, codes: self.model.nodes.map { node in Int32(log.activities.firstIndex(of: node.name) ?? -1) })
        }
        var state: UInt64 = 3
        func draw(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }
        for _ in 0..<100 {
            let word = String((0..<draw(9)).map { _ in Array("abcdefx")[draw(7)] })
            let log = letters(["abcdefx", word])
            let trace = word.map { letter in Int32(log.activities.firstIndex(of: String(letter)) ?? -1) }
            let found = try #require(aligner(log).align(trace))
            // Inserting and leaving out alone: length of both less twice the longest common subsequence.
            let best = runs.map { run in run.count + word.count - 2 * Self.longestCommon(Array(run), Array(word)) }.min()
            #expect(found.cost == best, "\(word)")
        }
    }

    private static func longestCommon(_ one: [Character], _ other: [Character]) -> Int {
        var row = [Int](repeating: 0, count: other.count + 1)
        for a in one {
            var before = 0
            for (place, b) in other.enumerated() {
                let above = row[place + 1]
                row[place + 1] = a == b ? before + 1 : max(above, row[place])
                before = above
            }
        }
        return row[other.count]
    }
}
