import Foundation
import PlanInsight
import PlanModel
import PlanPictures
import Testing

@testable import PlanExchange

/// Lines of a picture that can be followed, and words that stand clear of them.
@Suite struct PictureLineTests {
    private struct Line {
        let start: [Double]
        let points: [[Double]]
        /// Level or upright pieces, each with its ends in order.
        var pieces: [(isLevel: Bool, at: Double, from: Double, to: Double)] {
            zip(points, points.dropFirst()).map { a, b in
                let isLevel = a[1] == b[1]
                let (one, other) = isLevel ? (a[0], b[0]) : (a[1], b[1])
                return (isLevel, isLevel ? a[1] : a[0], min(one, other), max(one, other))
            }
        }
    }

    /// The open lines drawn in a picture.
    private static func lines(_ picture: PlanPicture) -> [Line] {
        picture.markup.string.matches(of: /<path d="M([0-9. L-]+)" fill="none"/).map { match in
            let points = match.1.split(separator: "L").map { $0.split(separator: " ").compactMap { Double($0) } }
            return Line(start: points[0], points: points)
        }
    }

    @Test("in a network no two lines lie on each other but those that leave one task; what stands farther off is named")
    func network() throws {
        // Every task of a column waits for every one of the column before; the last also for the first of all.
        var tasks = "  tasks:\n"
        for number in 1...9 {
            let before = (number - 1) / 3 * 3
            let waits = before == 0 ? [] : (before - 2...before).map { "T-\($0)" } + (number == 9 ? ["T-2"] : [])
            tasks += "    - id: T-\(number)\n      title: 任务\(number)\n      duration: \(number)d\n"
            if !waits.isEmpty { tasks += "      predecessors: [\(waits.joined(separator: ", "))]\n" }
        }
        let facts = try CrowdedPictureTests.facts("project", tasks)
        let picture = try #require(PlanPicture.draw(.network, facts, .chinese, style: .print))
        let lines = Self.lines(picture)
        #expect(lines.count == 18 && picture.markup.string.contains(">← T-2<"))
        for (index, line) in lines.enumerated() {
            for other in lines[(index + 1)...] where other.start != line.start {
                for piece in line.pieces {
                    for own in other.pieces where own.isLevel == piece.isLevel && abs(own.at - piece.at) < 1 {
                        let common = min(own.to, piece.to) - max(own.from, piece.from)
                        #expect(common < 1, "\(line.points) \(other.points)")
                    }
                }
            }
        }
        #expect(picture.printedWords(isTurned: picture.needsLandscape) >= 6)
    }

    @Test("long names of a Gantt chart stand on one line, very long ones in two that keep within their row")
    func gantt() throws {
        let (long, longer) = ("跨部门重大工单升级与夜间值守联合演练阶段", String(repeating: "联合演练与夜间值守", count: 5))
        let tasks =
            "  tasks:\n    - title: \(long)\n      children:\n        - title: \(longer)\n          start: 2026-03-02\n          duration: 5d\n"
            + "        - title: 里程碑\n          start: 2026-12-30\n          isMilestone: true\n"
        let facts = try CrowdedPictureTests.facts("project", tasks)
        let page = try #require(PlanPicture.pages(.gantt, facts, .chinese).first)
        let svg = page.markup.string
        #expect(svg.contains(">\(long)<"))
        let parts = svg.matches(of: /y="([0-9.]+)" font-size="([0-9.]+)"[^>]*>([^<]*联合演练[^<]*)</).filter { longer.contains($0.3) }
        #expect(parts.count == 2 && parts.map { String($0.3) }.joined() == longer)
        // The second row begins 46 + 24 below the top, each is 24 high: from an ascent above the line to a descent below it.
        for part in parts {
            let (foot, size) = (try #require(Double(part.1)), try #require(Double(part.2)))
            #expect(foot - size * 0.88 >= 70 && foot + size * 0.2 <= 94.5, "\(foot) \(size)")
        }
        // What follows a milestone is led to behind its date: a white ground stands between.
        #expect(svg.contains(/<rect [^>]*height="10" fill="#ffffff"\/>\s*<text [^>]*>12\/30</))
        // A milestone at the right edge has its date, too.
        #expect(svg.contains(">12/30<") && page.printedWords(isTurned: true) >= 6)
    }
}
