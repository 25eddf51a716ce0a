import Testing

@testable import PlanPictures

@Suite("Layered layout")
struct LayeredLayoutTests {
    private func random(_ seed: UInt64) -> ([LayeredLayout.Node], [LayeredLayout.Arc]) {
        var state = seed
        func draw(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }
        let size = 2 + draw(16)
        let nodes = (0..<size).map { _ in
            LayeredLayout.Node(width: Double(40 + draw(120)), height: Double(20 + draw(40)), order: Double(draw(100)))
        }
        let arcs = (0..<draw(40)).map { _ in
            LayeredLayout.Arc(from: draw(size), to: draw(size), weight: Double(1 + draw(10)) / 10)
        }
        return (nodes, arcs)
    }

    @Test("boxes never overlap and lie within the picture, whatever the graph")
    func overlaps() {
        for seed in 1...150 {
            let (nodes, arcs) = random(UInt64(seed))
            let layout = LayeredLayout(nodes, arcs, gapX: 20, gapY: 30)
            for one in nodes.indices {
                let a = layout.centres[one]
                #expect(a.x - nodes[one].width / 2 > -0.001 && a.x + nodes[one].width / 2 < layout.width + 0.001)
                #expect(a.y - nodes[one].height / 2 > -0.001 && a.y + nodes[one].height / 2 < layout.height + 0.001)
                for other in 0..<one {
                    let b = layout.centres[other]
                    let isApart =
                        abs(a.x - b.x) >= (nodes[one].width + nodes[other].width) / 2 + 19.9
                        || abs(a.y - b.y) >= (nodes[one].height + nodes[other].height) / 2 + 29.9
                    #expect(isApart, "\(one) and \(other) of seed \(seed)")
                }
            }
        }
    }

    @Test("every way leads from the edge of its box to the edge of the other, in one direction")
    func ways() {
        for seed in 1...150 {
            let (nodes, arcs) = random(UInt64(seed))
            let layout = LayeredLayout(nodes, arcs, gapX: 20, gapY: 30)
            for (number, arc) in arcs.enumerated() {
                let way = layout.ways[number]
                guard arc.from != arc.to else {
                    #expect(way.isEmpty)
                    continue
                }
                guard let first = way.first, let last = way.last else {
                    Issue.record("no way")
                    continue
                }
                #expect(abs(abs(first.y - layout.centres[arc.from].y) - nodes[arc.from].height / 2) < 0.001)
                #expect(abs(abs(last.y - layout.centres[arc.to].y) - nodes[arc.to].height / 2) < 0.001)
                #expect(abs(first.x - layout.centres[arc.from].x) <= nodes[arc.from].width / 2)
                let steps = zip(way, way.dropFirst()).map { $1.y - $0.y }
                #expect(steps.allSatisfy { $0 >= 0 } || steps.allSatisfy { $0 <= 0 })
            }
        }
    }

    @Test("a row without branches stands straight, in its order")
    func row() {
        let nodes = (0..<5).map { LayeredLayout.Node(width: 100, height: 40, order: Double($0)) }
        let row = (0..<4).map { LayeredLayout.Arc(from: $0, to: $0 + 1, weight: 1) }
        let layout = LayeredLayout(nodes, row, gapX: 20, gapY: 30)
        #expect(zip(layout.centres, layout.centres.dropFirst()).allSatisfy { abs($0.x - $1.x) < 1 && $1.y > $0.y })
        // Against the stream, upward; the row keeps its order.
        let looped = LayeredLayout(nodes, row + [LayeredLayout.Arc(from: 4, to: 0, weight: 0.1)], gapX: 20, gapY: 30)
        #expect(zip(looped.centres, looped.centres.dropFirst()).allSatisfy { $1.y > $0.y })
        #expect((looped.ways[4].first?.y ?? 0) > (looped.ways[4].last?.y ?? 0))
    }
}
