import Testing

@testable import Scheduling

@Suite("Crossover of blocks")
struct BlockCrossoverTests {
    @Test("a child has the father's block whole, the others in the mother's order, and breaks no link", arguments: 1...40)
    func child(seed: UInt64) throws {
        var problem = LevellingProblem.random(25, seed: seed, capacities: 3)
        if seed % 4 == 0 { problem.links = [] }
        let network = try SearchNetwork(problem)
        var random = SplitMix(state: seed)
        let (mother, father) = (list(network, &random), list(network, &random))
        let first = Int.random(in: 0..<25, using: &random)
        let block = first..<Int.random(in: first...25, using: &random)
        let child = [Int32](unsafeUninitializedCapacity: 25) { room, filled in
            BlockCrossover(ListDecoder(network)).cross(mother, father, keeping: block, into: room.baseAddress!)
            filled = 25
        }
        #expect(child.sorted() == mother.sorted())
        for link in problem.links {
            #expect(child.firstIndex(of: Int32(link.predecessor))! < child.firstIndex(of: Int32(link.successor))!)
        }
        let kept = Array(father[block])
        let start = kept.first.map { child.firstIndex(of: $0)! } ?? first
        #expect(Array(child[start..<start + kept.count]) == kept)
        for side in [Array(child[..<start]), Array(child[(start + kept.count)...])] {
            #expect(mother.filter(side.contains) == side)
        }
        // Only links can keep the block from its place.
        if problem.links.isEmpty { #expect(start == first) }
    }

    /// All activities in some order that the links allow.
    private func list(_ network: SearchNetwork, _ random: inout SplitMix) -> [Int32] {
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
