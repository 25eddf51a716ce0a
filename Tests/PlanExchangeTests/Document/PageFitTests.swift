import Markup
import PlanPictures
import Testing

@testable import PlanExchange

/// A type area is 638 points high, from 737 down to 99 above the foot of the page.
@Suite struct PageFitTests {
    private typealias Place = PageFit.Place

    /// Words of a tenth of the width, so that they stay legible in any size here.
    private func picture(height: Double) -> Manuscript.Block {
        .picture(
            PlanPicture(
                name: .riskMap, title: "图", sentence: "句。", markup: Markup(trusted: "<svg></svg>"), width: 400, height: height,
                smallestWords: 40), caption: "图 1-1", anchor: "figure-1-1")
    }

    private let table = Manuscript.Block.table(Manuscript.Table(caption: "表 1-1", columns: [], rows: []))
    private let prose = Manuscript.Block.prose("正文。")
    private let remark = Manuscript.Block.remark("句。", anchor: nil)

    private func kinds(_ blocks: [Manuscript.Block]?) -> String {
        (blocks ?? []).map { block in
            switch block {
            case .prose: "p"
            case .table: "t"
            case .remark: "r"
            case .picture(let picture, _, _): picture.share < 1 ? "s" : "f"
            default: "?"
            }
        }.joined()
    }

    private func made(_ blocks: [Manuscript.Block], _ places: [String: Place]) -> [Manuscript.Block]? {
        let changes = PageFit.changes(blocks, places)
        return changes.isEmpty ? nil : PageFit.Change.apply(changes, to: blocks)
    }

    private func places(_ ends: [(start: Place, end: Place)]) -> [String: Place] {
        var places: [String: Place] = [:]
        for (index, block) in ends.enumerated() {
            places[PageFit.start(index)] = block.start
            places[PageFit.end(index)] = block.end
        }
        return places
    }

    @Test("a picture that lacks little room is printed smaller, and then fits")
    func smaller() throws {
        // 300 points are left; sentence, picture and caption take 340.
        let found = places([
            (Place(page: 1, y: 737), Place(page: 1, y: 415)), (Place(page: 2, y: 737), Place(page: 2, y: 737)),
            (Place(page: 2, y: 715), Place(page: 2, y: 413)),
        ])
        let blocks = [prose, remark, picture(height: 370)]
        let improved = made(blocks, found)
        let blocksMade = try #require(improved)
        #expect(kinds(blocksMade) == "prs")
        guard case .picture(let before, _, _) = blocks[2], case .picture(let after, _, _) = blocksMade[2] else { return }
        let saved = (before.printedSize(isTurned: false).height - after.printedSize(isTurned: false).height) * 72 / 25.4
        #expect(saved >= 40 && saved < 60, "\(saved)")
    }

    @Test("one that lacks much goes before the table above it, if there is room, or after the one below it")
    func moved() {
        // 200 points are left, 500 needed; the table above starts at 650.
        let above = places([
            (Place(page: 1, y: 737), Place(page: 1, y: 690)), (Place(page: 1, y: 650), Place(page: 1, y: 315)),
            (Place(page: 2, y: 737), Place(page: 2, y: 737)), (Place(page: 2, y: 715), Place(page: 2, y: 253)),
        ])
        let risen = made([prose, table, remark, picture(height: 640)], above)
        #expect(kinds(risen) == "prft")
        let below = places([
            (Place(page: 1, y: 737), Place(page: 1, y: 315)), (Place(page: 2, y: 737), Place(page: 2, y: 737)),
            (Place(page: 2, y: 715), Place(page: 2, y: 253)), (Place(page: 2, y: 220), Place(page: 3, y: 500)),
        ])
        let sunk = made([prose, remark, picture(height: 640), table], below)
        #expect(kinds(sunk) == "ptrf")
    }

    @Test("a picture that follows what is before it, or leaves little empty, stays as it is")
    func kept() {
        let follows = places([
            (Place(page: 1, y: 737), Place(page: 1, y: 600)), (Place(page: 1, y: 570), Place(page: 1, y: 570)),
            (Place(page: 1, y: 540), Place(page: 1, y: 200)),
        ])
        let following = made([prose, remark, picture(height: 400)], follows)
        #expect(following?.count == nil)
        let little = places([
            (Place(page: 1, y: 737), Place(page: 1, y: 230)), (Place(page: 2, y: 737), Place(page: 2, y: 737)),
            (Place(page: 2, y: 715), Place(page: 2, y: 413)),
        ])
        let nearly = made([prose, remark, picture(height: 370)], little)
        #expect(nearly?.count == nil)
    }
}
