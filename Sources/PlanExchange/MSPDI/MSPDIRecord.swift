import Foundation
import FoundationXML

/// An element with its text fields and nested elements; fields that occur once are all a project file needs.
final class MSPDIRecord {
    let name: String
    private(set) var fields: [String: String] = [:]
    private(set) var children: [MSPDIRecord] = []
    /// Stretches of an assignment in which work remains, from its time-phased data: all that is kept of them.
    private(set) var remainingWork: [Range<Int>] = []

    init(name: String) { self.name = name }

    func add(_ child: MSPDIRecord) { children.append(child) }
    func addRemainingWork(_ stretch: Range<Int>) { remainingWork.append(stretch) }
    func set(_ name: String, _ text: String) { fields[name] = text }

    func child(_ name: String) -> MSPDIRecord? { children.first { $0.name == name } }
    func children(_ name: String) -> [MSPDIRecord] { children.filter { $0.name == name } }

    func text(_ name: String) -> String? { fields[name] }
    /// Within ± 2³¹, as the format has it. Some write percentages as `50.0`.
    func integer(_ name: String) -> Int? {
        guard let text = fields[name] else { return nil }
        return Int32(text).map(Int.init) ?? number(name).flatMap { Int32(exactly: $0.rounded()) }.map(Int.init)
    }
    func number(_ name: String) -> Double? { fields[name].flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil } }
    func flag(_ name: String) -> Bool? { fields[name].map { $0 == "1" || $0 == "true" } }
    func instant(_ name: String) -> Int? { fields[name].flatMap { MSPDIText.instant($0) } }
    func amount(_ name: String) -> Int? { fields[name].flatMap { MSPDIText.amount($0) } }
}

/// Streams the file into records, leaving out what does not bear on the schedule.
final class MSPDIParser: NSObject, XMLParserDelegate {
    /// Elements whose contents are results, history or appearance.
    private static let skipped: Set<String> = [
        "Baseline", "ExtendedAttribute", "ExtendedAttributes", "OutlineCode", "OutlineCodes", "WBSMasks", "Rates",
        "AvailabilityPeriods", "Views", "Filters", "Groups", "Tables", "Maps", "Reports", "Drawings", "DataLinks", "VBAProjects",
        "EarnedValueBaselines",
    ]
    static let deepest = 32
    private static let longestText = 1 << 20
    static let mostRecords = 20_000_000

    private(set) var root: MSPDIRecord?
    private(set) var failure: MSPDIError?
    private var stack: [MSPDIRecord] = []
    private var names: [String] = []
    private var text = ""
    private var hasChildren = [Bool]()
    private var skipDepth = 0
    private var records = 0

    static func parse(_ bytes: Data) throws(MSPDIError) -> MSPDIRecord {
        guard bytes.count <= 1 << 30 else { throw .tooLarge(.file) }
        if bytes.prefix(1 << 16).range(of: Data("<!DOCTYPE".utf8)) != nil { throw .declaresEntities }
        let bytes = withoutLeadingSpace(bytes)
        do {
            return try parse(stream: bytes)
        } catch let failure {
            // What is not in the encoding it says, or in none, is most often in that of an older Windows.
            guard case .misencoded = failure else { throw failure }
            for encoding in ["GB18030", "windows-1252"] {
                if let root = try? parse(stream: bytes, as: encoding) { return root }
            }
            throw failure
        }
    }

    /// - Parameter encoding: takes the place of what the file says of itself.
    private static func parse(stream bytes: Data, as encoding: String? = nil) throws(MSPDIError) -> MSPDIRecord {
        // As a stream: given whole, more than 10 MB ahead of the parser is refused by libxml2.
        let parser = XMLParser(stream: InputStream(data: encoding.map { declared(bytes, as: $0) } ?? bytes))
        let delegate = MSPDIParser()
        parser.delegate = delegate
        parser.shouldProcessNamespaces = true
        parser.shouldResolveExternalEntities = false
        let isParsed = parser.parse()
        if let failure = delegate.failure { throw failure }
        guard isParsed, let root = delegate.root else {
            let line = max(1, parser.lineNumber)
            let code = (parser.parserError as NSError?)?.code
            throw code.map(encodingFailures.contains) == true ? .misencoded(line: line) : .malformed(line: line)
        }
        guard root.name == "Project" else { throw .notAProject(root.name) }
        return root
    }

    /// What libxml2 reports of bytes that are no characters, and of encodings that it does not know or that the bytes are not in.
    private static let encodingFailures: Set = [9, 32, 81, 6003]

    private static func declared(_ bytes: Data, as encoding: String) -> Data {
        let end = bytes.starts(with: Data("<?xml".utf8)) ? bytes.range(of: Data("?>".utf8))?.upperBound : nil
        return Data("<?xml version=\"1.0\" encoding=\"\(encoding)\"?>".utf8) + bytes[(end ?? bytes.startIndex)...]
    }

    /// Space before the XML declaration is an error, which Project does not mind.
    private static func withoutLeadingSpace(_ bytes: Data) -> Data {
        bytes.first.map { $0 <= 0x20 } == true ? bytes.drop { [0x09, 0x0A, 0x0D, 0x20].contains($0) } : bytes
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        if skipDepth > 0 || MSPDIParser.skipped.contains(name) {
            skipDepth += 1
            if skipDepth > MSPDIParser.deepest { stop(parser, .tooLarge(.depth)) }
            return
        }
        guard names.count < MSPDIParser.deepest else {
            return stop(parser, .tooLarge(.depth))
        }
        // The element around this one is not a text field after all: give it a record.
        if let outer = names.last, hasChildren.last == false {
            hasChildren[hasChildren.count - 1] = true
            open(outer, parser)
        }
        names.append(name)
        hasChildren.append(false)
        text = ""
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard skipDepth == 0 else { return }
        text += string
        if text.utf8.count > MSPDIParser.longestText { stop(parser, .tooLarge(.field)) }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        if skipDepth > 0 {
            skipDepth -= 1
            return
        }
        names.removeLast()
        if hasChildren.popLast() == true {
            let record = stack.removeLast()
            guard let outer = stack.last else { return root = record }
            if name == "TimephasedData" { keep(record, in: outer) } else { outer.add(record) }
        } else if let outer = stack.last {
            outer.set(name, text.trimmingCharacters(in: .whitespacesAndNewlines))
        } else {
            root = MSPDIRecord(name: name)
        }
        text = ""
    }

    func parser(_ parser: XMLParser, foundInternalEntityDeclarationWithName name: String, value: String?) {
        stop(parser, .declaresEntities)
    }

    func parser(_ parser: XMLParser, foundExternalEntityDeclarationWithName name: String, publicID: String?, systemID: String?) {
        stop(parser, .declaresEntities)
    }

    /// Type 1 is the remaining work of an assignment; other types are results, costs and baselines.
    private func keep(_ phase: MSPDIRecord, in outer: MSPDIRecord) {
        guard outer.name == "Assignment", phase.integer("Type") == 1, phase.amount("Value") ?? 0 > 0 else { return }
        guard let start = phase.instant("Start"), let finish = phase.instant("Finish"), finish > start else { return }
        outer.addRemainingWork(start..<finish)
    }

    private func open(_ name: String, _ parser: XMLParser) {
        stack.append(MSPDIRecord(name: name))
        records += 1
        if records > MSPDIParser.mostRecords { stop(parser, .tooLarge(.elements)) }
    }

    private func stop(_ parser: XMLParser, _ failure: MSPDIError) {
        if self.failure == nil { self.failure = failure }
        parser.abortParsing()
    }
}
