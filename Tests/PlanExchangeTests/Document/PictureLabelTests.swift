import Foundation
import PlanInsight
import PlanModel
import PlanPictures
import Testing

@testable import PlanExchange

/// Words in printed pictures can be read: none is too small, none is cut, none runs out of the picture or over another.
@Suite struct PictureLabelTests {
    struct Label: CustomStringConvertible {
        let text: String
        let size: Double
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double
        let isCut: Bool

        var description: String { "「\(text)」 at \(Int(left)),\(Int(bottom))" }

        /// Widths are estimates and letters leave air around them.
        func overlaps(_ other: Label) -> Bool {
            min(right, other.right) - max(left, other.left) > 2 && min(bottom, other.bottom) - max(top, other.top) > 1.5
        }
    }

    @Test("labels are whole, inside their picture, and beside each other", arguments: SampleTests.files, Language.allCases)
    func labels(file: String, language: Language) throws {
        let facts = try DocumentTests.facts(file)
        for name in PictureName.allCases {
            for picture in PlanPicture.pages(name, facts, language) {
                let labels = Self.labels(picture.markup.string)
                let smallest = (labels.map(\.size).min() ?? 11) * Self.pointsPerPixel(picture)
                // Where larger ones would not fit into bars or boxes they are a little smaller.
                let isTight = [.salesWaterfall, .swimLanes, .toBeLanes].contains(name)
                if smallest < (isTight ? 6 : 6.5) {
                    Issue.record("\(name) \(Int(picture.width))×\(Int(picture.height)): words of \(smallest) pt")
                }
                for label in labels {
                    if label.isCut { Issue.record("\(name): cut \(label)") }
                    let isInside =
                        label.left >= -3 && label.right <= picture.width - 3 && label.bottom <= picture.height + 1
                        && label.top >= -1
                    if !isInside { Issue.record("\(name) \(Int(picture.width))×\(Int(picture.height)): outside \(label)") }
                }
                let sorted = labels.sorted { $0.top < $1.top }
                for (index, label) in sorted.enumerated() {
                    for other in sorted[(index + 1)...] {
                        if other.top >= label.bottom { break }
                        if label.overlaps(other) { Issue.record("\(name): \(label) over \(other)") }
                    }
                }
            }
        }
    }

    /// How large a pixel of a picture is on paper.
    private static func pointsPerPixel(_ picture: PlanPicture) -> Double {
        picture.printedSize(isTurned: picture.needsLandscape).width / picture.width * 72 / 25.4
    }

    static func labels(_ svg: String) -> [Label] {
        svg.matches(
            of:
                /<text x="(-?[0-9.]+)" y="(-?[0-9.]+)" font-size="([0-9.]+)" fill="[^"]*"(?: font-weight="600")?(?: text-anchor="(\w+)")?(?: stroke[^>]*)?>(<title>[^<]*<\/title>)?([^<]*)<\/text>/
        )
        .compactMap { match in
            guard let x = Double(match.1), let y = Double(match.2), let size = Double(match.3) else { return nil }
            let text = String(match.6).replacing("&amp;", with: "&").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
                .replacing("&#39;", with: "'")
            let width = TextWidth.of(text, size: size)
            let left = match.4 == "end" ? x - width : match.4 == "middle" ? x - width / 2 : x
            return Label(
                text: text, size: size, left: left, right: left + width, top: y - size * 0.82, bottom: y + size * 0.12,
                isCut: match.5 != nil || text.hasSuffix("…"))
        }
    }
}
