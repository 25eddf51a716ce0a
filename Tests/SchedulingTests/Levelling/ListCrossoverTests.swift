import Testing

@testable import Scheduling

@Suite("Crossover of lists")
struct ListCrossoverTests {
    /// Two lists of one network, a stretch of places, and what a crossover makes of them.
    private struct Case {
        let problem: LevellingProblem
        let mother, father, child: [Int32]
        let stretch: Range<Int>

        init(
            seed: UInt64,
            _ cross: (ListCrossover, UnsafePointer<Int32>, UnsafePointer<Int32>, Range<Int>, UnsafeMutablePointer<Int32>) -> Void
        ) throws {
            var problem = LevellingProblem.random(25, seed: seed, capacities: 3)
            if seed % 4 == 0 { problem.links = [] }
            self.problem = problem
            let network = try SearchNetwork(problem)
            var random = SplitMix(state: seed)
            let (mother, father) = (Case.list(network, &random), Case.list(network, &random))
            let first = Int.random(in: 0..<25, using: &random)
            let stretch = first..<Int.random(in: first...25, using: &random)
            (self.mother, self.father, self.stretch) = (mother, father, stretch)
            child = [Int32](unsafeUninitializedCapacity: 25) { room, filled in
                cross(ListCrossover(ListDecoder(network)), mother, father, stretch, room.baseAddress!)
                filled = 25
            }
        }

        /// Whether it has each activity once, and none before one that it waits for.
        var isAllowed: Bool {
            child.sorted() == mother.sorted()
                && problem.links.allSatisfy {
                    child.firstIndex(of: Int32($0.predecessor))! < child.firstIndex(of: Int32($0.successor))!
                }
        }

        /// All activities in some order that the links allow.
        private static func list(_ network: SearchNetwork, _ random: inout SplitMix) -> [Int32] {
            var order: [Int32] = []
            while order.count < network.count {
                let open = (0..<Int32(network.count)).filter { activity in
                    !order.contains(activity)
                        && network.links.allSatisfy { $0.successor != Int(activity) || order.contains(Int32($0.predecessor)) }
                }
                order.append(open.randomElement(using: &random)!)
            }
            return order
        }
    }

    @Test("a child has the father's block whole, the others in the mother's order, and breaks no link", arguments: 1...40)
    func block(seed: UInt64) throws {
        let made = try Case(seed: seed) { $0.cross($1, $2, keeping: $3, into: $4) }
        let (mother, child) = (made.mother, made.child)
        #expect(made.isAllowed)
        let kept = Array(made.father[made.stretch])
        let start = kept.first.map { child.firstIndex(of: $0)! } ?? made.stretch.lowerBound
        #expect(Array(child[start..<start + kept.count]) == kept)
        for side in [Array(child[..<start]), Array(child[(start + kept.count)...])] {
            #expect(mother.filter(side.contains) == side)
        }
        // Only links can keep the block from its place.
        if made.problem.links.isEmpty { #expect(start == made.stretch.lowerBound) }
    }

    @Test(
        "a child has the mother's list before the window, the father's order in it, hers behind it, and breaks no link",
        arguments: 1...40)
    func order(seed: UInt64) throws {
        let made = try Case(seed: seed) { $0.cross($1, $2, orderIn: $3, into: $4) }
        let (window, child) = (made.stretch, made.child)
        #expect(made.isAllowed)
        #expect(child[..<window.lowerBound] == made.mother[..<window.lowerBound])
        let rest = Set(child[window.lowerBound...])
        #expect(Array(child[window]) == Array(made.father.filter(rest.contains).prefix(window.count)))
        let left = Set(child[window.upperBound...])
        #expect(Array(child[window.upperBound...]) == made.mother.filter(left.contains))
    }
}
