import Measures
import Testing

@Suite("Roll-up and its explanation")
struct RollUpTests {
    private func given(_ share: Double?, _ weight: Double? = nil, _ key: String = "x") -> WeightedItem {
        WeightedItem(.given(key: key, share: share, expected: 0.5), weight: weight)
    }

    private func group(_ parts: [WeightedItem]) -> AttainmentItem { .group(key: "G", parts: parts) }

    @Test("63% is explained by weights, shares and inputs")
    func whySixtyThree() {
        let revenue = TrackedMeasure(
            key: "revenue", aim: .rise(from: 0, to: 1000), start: 0, due: 100, values: [DatedValue(day: 50, value: 700)])
        let hours = TrackedMeasure(
            key: "hours", aim: .fall(from: 48, to: 24), start: 0, due: 100, values: [DatedValue(day: 50, value: 36)])
        let tree = group([WeightedItem(.measure(revenue), weight: 0.65), WeightedItem(.measure(hours), weight: 0.35)])
            .explained(on: 50)
        #expect(abs((tree.number ?? 0) - 0.63) < 1e-12)
        #expect(tree.expected == 0.5)
        #expect(tree.status == .onTrack)
        #expect(tree.wording.zh == "63% = 65% × 70% + 35% × 50%")
        #expect(tree.children[1].wording.en == "50% = (36 − 48) ÷ (24 − 48)")
        #expect(tree.children[1].children.map(\.role) == [.value, .baseline, .target, .expectedValue])
        #expect(tree.children[1].children.map(\.number) == [36, 48, 24, 36])
        #expect(tree.role == .rollUp(coverage: 1))
    }

    @Test("contributions of the parts add up to the number")
    func contributions() {
        var dice = Dice(1)
        for _ in 0..<200 {
            let tree = randomTree(&dice, depth: 3, missing: true).explained(on: 0)
            checkSums(tree)
        }
    }

    private func checkSums(_ node: AttainmentExplanation) {
        guard case .rollUp = node.role else { return }
        let sum = node.children.reduce(0) { $0 + ($1.contribution ?? 0) }
        let weights = node.children.reduce(0) { $0 + ($1.weight ?? 0) }
        if let number = node.number {
            #expect(abs(number - sum) < 1e-12)
            #expect(abs(weights - 1) < 1e-12)
        } else {
            #expect(weights == 0)
        }
        node.children.forEach(checkSums)
    }

    private func randomTree(_ dice: inout Dice, depth: Int, missing: Bool) -> AttainmentItem {
        if depth == 0 || dice.roll(0...3) == 0 {
            return .given(key: "leaf", share: missing && dice.roll(0...4) == 0 ? nil : dice.share(), expected: dice.share())
        }
        let parts = (0..<dice.roll(1...4)).map { _ in
            WeightedItem(randomTree(&dice, depth: depth - 1, missing: missing), weight: 0.05 + dice.share())
        }
        return .group(key: "group", parts: parts)
    }

    @Test(
        "splitting a part into parts of its own changes nothing above",
        arguments: [RollUpRule.Missing.sharedAmongSiblings, .sharedAmongAll, .countsAsZero])
    func splitting(missing: RollUpRule.Missing) {
        var dice = Dice(2)
        let rule = RollUpRule(missing: missing)
        for _ in 0..<300 {
            let gaps = missing != .sharedAmongSiblings
            let parts = (0..<dice.roll(2...7)).map { _ in
                WeightedItem(randomTree(&dice, depth: 2, missing: gaps), weight: 0.05 + dice.share())
            }
            let cut = dice.roll(1...parts.count)
            let inner = Array(parts[..<cut])
            let wrapped = WeightedItem(group(inner), weight: inner.reduce(0) { $0 + ($1.weight ?? 0) })
            let flat = group(parts).explained(on: 0, rule: rule)
            let nested = group([wrapped] + parts[cut...]).explained(on: 0, rule: rule)
            #expect((flat.number == nil) == (nested.number == nil))
            #expect(abs((flat.number ?? 0) - (nested.number ?? 0)) < 1e-12)
        }
    }

    @Test("what counts as no more than all is said, and a single part is the number itself")
    func wordsOfParts() {
        let cut = group([given(1.25, 0.5), given(0.5, 0.5)]).explained(on: 0)
        #expect(cut.wording.zh == "75% = 50% × 100% + 50% × 50%（超过 100% 的按 100% 计）")
        #expect(cut.wording.en == "75% = 50% × 100% + 50% × 50% (above 100% counts as 100%)")
        #expect(group([given(0.8)]).explained(on: 0).wording.zh == "80%")
        #expect(group([given(1.25)]).explained(on: 0).wording.en == "100% (what is beyond does not count)")
        // Three sixteenths: a half that binary fractions fall just short of is rounded up.
        #expect(
            group([given(1, 0.3), given(0, 1.3)]).explained(on: 0).children[0].weight.map { abs($0 - 0.1875) < 1e-15 } == true)
        #expect(group([given(1, 0.3), given(0, 1.3)]).explained(on: 0).wording.zh == "18.8% = 18.8% × 100% + 81.3% × 0%")
    }

    @Test("a missing value leaves its weight to the siblings and lowers the coverage, or counts as nothing")
    func missing() {
        let parts = [given(0.8, 0.25), given(nil, 0.75)]
        let tree = group(parts).explained(on: 0)
        #expect(tree.number == 0.8)
        #expect(tree.role == .rollUp(coverage: 0.25))
        #expect(tree.wording.zh == "80% = 100% × 80%\u{FF08}仅 25% 的权重有数据\u{FF09}")
        #expect(tree.children[1].weight == 0)
        #expect(tree.children[1].wording.zh == "还没有实际值")
        #expect(group(parts).explained(on: 0, rule: RollUpRule(missing: .countsAsZero)).number == 0.2)
        #expect(group([given(nil)]).explained(on: 0).status == .cannotTell)
    }

    @Test("one measure far beyond its target does not hide another's failure")
    func bounds() {
        let parts = [given(3, 0.5), given(0, 0.5)]
        #expect(group(parts).explained(on: 0).number == 0.5)
        #expect(group(parts).explained(on: 0, rule: RollUpRule(bounds: 0...1.2)).number == 0.6)
    }

    @Test("weights left open are equal, or share what is left")
    func openWeights() {
        #expect(group([given(0.2), given(0.6)]).explained(on: 0).number == 0.4)
        let tree = group([given(1, 0.5), given(0), given(1)]).explained(on: 0)
        #expect(tree.children.map(\.weight) == [0.5, 0.25, 0.25])
        let full = group([given(1, 30), given(0, 50), given(1)]).explained(on: 0)
        #expect(full.children[2].weight == 1.0 / 3)
    }

    @Test("a goal that supports two goals counts for both")
    func sharedSupport() throws {
        let cascade = Cascade(
            nodes: [
                Cascade.Node(key: "company", own: [given(1, 0.5)]), Cascade.Node(key: "sales"),
                Cascade.Node(key: "team", own: [given(0.4)]),
            ],
            links: [.init(lower: 2, upper: 1), .init(lower: 2, upper: 0, weight: 0.25), .init(lower: 1, upper: 0, weight: 0.25)])
        let trees = try cascade.explained(on: 0)
        #expect(trees.map(\.key) == ["company", "sales", "team"])
        #expect(trees[1].number == 0.4)
        #expect(abs((trees[0].number ?? 0) - 0.7) < 1e-12)
        #expect(trees[0].children[1].key == "team")
    }

    @Test("a circle of goals is refused with its way")
    func cycle() {
        let cascade = Cascade(
            nodes: ["a", "b", "c"].map { Cascade.Node(key: $0) },
            links: [.init(lower: 0, upper: 1), .init(lower: 1, upper: 2), .init(lower: 2, upper: 0)])
        #expect(throws: CascadeError.self) { try cascade.explained(on: 0) }
        do {
            _ = try cascade.explained(on: 0)
        } catch {
            guard case .cycle(let path) = error else { return #expect(Bool(false)) }
            #expect(Set(path) == ["a", "b", "c"])
            let next = ["a": "b", "b": "c", "c": "a"]
            for (index, key) in path.enumerated() { #expect(next[key] == path[(index + 1) % 3]) }
        }
        // Broken instead, the link that closes the circle is left out and the rest counts.
        var broken = cascade
        broken.nodes[1].own = [given(0.4)]
        broken.breakCircles()
        #expect((try? broken.explained(on: 0))?.map(\.number) == [0.4, 0.4, 0.4])
        #expect(throws: CascadeError.unknownNode(link: 0)) {
            try Cascade(nodes: [], links: [.init(lower: 0, upper: 1)]).explained(on: 0)
        }
    }
}
