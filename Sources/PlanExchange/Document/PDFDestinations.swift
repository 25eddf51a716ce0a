import Foundation

/// Which page of a PDF each place that is linked to stands on, for a table of contents with page numbers: Chromium has no
/// `target-counter`. Read from what Chromium writes, whose page tree and destinations are objects in plain text; of any other PDF
/// it finds none.
enum PDFDestinations {
    /// - Returns: page numbers from 1 by the name of the destination.
    static func pages(_ pdf: Data) -> [String: Int] { places(pdf).mapValues(\.page) }

    /// - Returns: pages and heights above their foot by the name of the destination.
    static func places(_ pdf: Data) -> [String: PageFit.Place] {
        let order = Dictionary(pageObjects(pdf).enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        var places: [String: PageFit.Place] = [:]
        for place in ranges(of: " 0 R /XYZ ", in: pdf) {
            // `/name [12 0 R /XYZ 79.4 737 0]`
            let before = pdf[max(pdf.startIndex, place.lowerBound - 200)..<place.lowerBound]
            let after = text(pdf[place.upperBound..<min(pdf.endIndex, place.upperBound + 40)]).split(separator: " ")
            guard let open = before.lastIndex(of: UInt8(ascii: "[")),
                let slash = before[..<open].lastIndex(of: UInt8(ascii: "/")),
                let object = Int(text(before[(open + 1)...])), let page = order[object]
            else { continue }
            let name = text(before[(slash + 1)..<open]).trimmingCharacters(in: .whitespaces)
            places[name] = PageFit.Place(page: page, y: after.count > 1 ? Double(after[1]) ?? 0 : 0)
        }
        return places
    }

    /// The pages' object numbers, in order: the page tree's leaves.
    private static func pageObjects(_ pdf: Data) -> [Int] {
        var kids: [Int: [Int]] = [:]
        for place in ranges(of: "/Kids [", in: pdf) {
            guard let object = objectNumber(before: place.lowerBound, pdf),
                let end = pdf[place.upperBound...].firstIndex(of: UInt8(ascii: "]"))
            else { continue }
            kids[object] = text(pdf[place.upperBound..<end]).components(separatedBy: " 0 R").compactMap {
                Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
            }
        }
        let inner = Set(kids.values.joined())
        func leaves(_ object: Int) -> [Int] { kids[object].map { $0.flatMap(leaves) } ?? [object] }
        return kids.keys.filter { !inner.contains($0) }.flatMap(leaves)
    }

    /// Of the node of the page tree that a place stands in.
    private static func objectNumber(before place: Data.Index, _ pdf: Data) -> Int? {
        let before = pdf[max(pdf.startIndex, place - 200)..<place]
        guard let mark = before.range(of: Data(" 0 obj".utf8), options: .backwards),
            before[mark.upperBound...].range(of: Data("/Type /Pages".utf8)) != nil
        else { return nil }
        let digits = before[..<mark.lowerBound].suffix { (48...57).contains($0) }
        return Int(text(digits))
    }

    private static func ranges(of word: String, in data: Data) -> [Range<Data.Index>] {
        var found: [Range<Data.Index>] = []
        var from = data.startIndex
        while let range = data.range(of: Data(word.utf8), in: from..<data.endIndex) {
            found.append(range)
            from = range.upperBound
        }
        return found
    }

    private static func text(_ bytes: Data) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension Data {
    fileprivate func suffix(while isPart: (UInt8) -> Bool) -> Data {
        var start = endIndex
        while start > startIndex, isPart(self[start - 1]) { start -= 1 }
        return self[start...]
    }
}
