import PlanPictures

/// Where pictures stand so that no page stays a third empty before one that did not fit: somewhat smaller, or before or after the tables
/// beside them in their section. Told from where things stood in a print before.
enum PageFit {
    /// In points: the page, from 1, and the height above the page's foot.
    struct Place: Equatable {
        let page: Int
        let y: Double
    }

    /// The names of the places where a block of a manuscript starts and where its last line starts.
    static func start(_ block: Int) -> String { "block-\(block)" }
    static func end(_ block: Int) -> String { "block-\(block)-end" }

    /// The type area, 225 mm high, its foot, 35 mm above the page's, and a line.
    private static let (height, foot, line) = (637.8, 99.2, 16.0)
    /// What may stay empty of it before a picture, in parts.
    private static let mostEmpty = 0.22
    /// Smaller than this part of its size no picture is made, nor so that its smallest words have less than 6 pt.
    private static let smallest = 0.68

    /// - Returns: what makes pictures fit that did not, of the first on each stretch of upright pages, for what comes after it stands
    ///   elsewhere then.
    static func changes(_ blocks: [Manuscript.Block], _ places: [String: Place]) -> [Change] {
        var changes: [Change] = []
        var isStretchChanged = false
        for case (let index, .picture(let picture, _, let anchor)) in blocks.enumerated() {
            if picture.needsLandscape {
                isStretchChanged = false
            } else if !isStretchChanged, let gap = Gap(before: index, blocks, places) {
                guard let form = gap.change(picture, blocks, places) else { continue }
                changes.append(Change(anchor: anchor, form: form))
                isStretchChanged = true
            }
        }
        return changes
    }

    /// Whether a page stays a third empty before the picture.
    static func isGap(before anchor: String, _ blocks: [Manuscript.Block], _ places: [String: Place]) -> Bool {
        for case (let index, .picture(_, _, anchor)) in blocks.enumerated() { return Gap(before: index, blocks, places) != nil }
        return false
    }

    struct Change {
        enum Form {
            case scale(Int, Double)
            /// A picture with its sentence to before a block.
            case move(Range<Int>, before: Int)
        }

        let anchor: String
        fileprivate let form: Form

        /// From the last to the first, so that the places of those before stay.
        static func apply(_ changes: [Change], to blocks: [Manuscript.Block]) -> [Manuscript.Block] {
            changes.reversed().reduce(blocks) { $1.applied(to: $0) }
        }

        private func applied(to blocks: [Manuscript.Block]) -> [Manuscript.Block] {
            var blocks = blocks
            switch form {
            case .scale(let index, let share):
                guard case .picture(let picture, let caption, let anchor) = blocks[index] else { return blocks }
                blocks[index] = .picture(picture.scaled(by: share), caption: caption, anchor: anchor)
            case .move(let group, let target):
                blocks.insert(contentsOf: blocks[group], at: target)
                let rest = target < group.lowerBound ? group.lowerBound + group.count : group.lowerBound
                blocks.removeSubrange(rest..<rest + group.count)
            }
            return blocks
        }
    }

    /// An empty rest of a page before a picture that stands on the next.
    private struct Gap {
        /// The picture with its sentence.
        let group: Range<Int>
        /// What is empty, and what the picture takes with its sentence, its headings and its caption, in points.
        let room: Double
        let need: Double
        let page: Int

        /// `nil` if the picture follows what is before it, or starts a page for another reason.
        init?(before index: Int, _ blocks: [Manuscript.Block], _ places: [String: Place]) {
            var first = index
            if index > 0, case .remark = blocks[index - 1] { first = index - 1 }
            group = first..<index + 1
            while first > 0, case .heading = blocks[first - 1] { first -= 1 }
            guard first > 0, !blocks[first - 1].isTurned, let last = places[PageFit.end(first - 1)],
                let top = places[PageFit.start(first)], let caption = places[PageFit.end(index)], top.page == last.page + 1,
                caption.page == top.page
            else { return nil }
            page = last.page
            room = last.y - PageFit.line - PageFit.foot
            need = top.y - caption.y + PageFit.line
            guard room > PageFit.height * PageFit.mostEmpty else { return nil }
        }

        func change(_ picture: PlanPicture, _ blocks: [Manuscript.Block], _ places: [String: Place]) -> Change.Form? {
            let printed = picture.printedSize(isTurned: false).height * 72 / 25.4
            let share = 1 - (need - room + PageFit.line) / printed
            if share >= PageFit.smallest, picture.printedWords(isTurned: false) * share >= 6 {
                return .scale(group.upperBound - 1, min(share, 1))
            }
            if let above = above(blocks, places) { return .move(group, before: above) }
            return below(blocks, places).map { .move(group, before: $0) }
        }

        /// The first of the tables before the picture that starts where there is room for both on the page.
        private func above(_ blocks: [Manuscript.Block], _ places: [String: Place]) -> Int? {
            var index = group.lowerBound
            while index > 0, blocks[index - 1].isBroken {
                index -= 1
                guard let start = places[PageFit.start(index)], start.page == page else { return nil }
                if start.y - PageFit.foot >= need + PageFit.line { return index }
            }
            return nil
        }

        /// After as much of what follows as fills half the gap.
        private func below(_ blocks: [Manuscript.Block], _ places: [String: Place]) -> Int? {
            var index = group.upperBound
            guard let start = places[PageFit.start(index)] else { return nil }
            while index < blocks.count, blocks[index].isBroken, let end = places[PageFit.end(index)] {
                index += 1
                let height = Double(end.page - start.page) * PageFit.height + start.y - end.y + PageFit.line
                if height >= room / 2 { return index }
            }
            return nil
        }
    }
}

extension Manuscript.Block {
    /// Whether it may stand before or after the pictures of its section, and go on on the next page.
    fileprivate var isBroken: Bool {
        switch self {
        case .table, .entry: true
        default: false
        }
    }

    fileprivate var isTurned: Bool {
        if case .picture(let picture, _, _) = self { picture.needsLandscape } else { false }
    }
}
