import Foundation
import PlanInsight
import PlanModel
import PlanPictures
import Synchronization

/// The forms a plan is exported in.
public enum DocumentFormat: String, Sendable, CaseIterable {
    case docx, pdf, html, md

    public var mediaType: String {
        switch self {
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .pdf: "application/pdf"
        case .html: "text/html; charset=utf-8"
        case .md: "text/markdown; charset=utf-8"
        }
    }
}

public enum DocumentExport {
    public enum Failure: Error {
        /// The program a format needs is not installed.
        case missing(tool: String)
        /// It ran and gave nothing.
        case failed(tool: String, String)

        public var message: Label {
            switch self {
            case .missing(let tool):
                Label(
                    "没有安装 \(tool)。运行 pharos doctor 查看需要安装什么。",
                    "\(tool) is not installed. Run pharos doctor to see what is needed.")
            case .failed(let tool, let reason): Label("\(tool) 未能完成：\(reason)", "\(tool) did not finish: \(reason)")
            }
        }
    }

    /// A plan as a document in the given form.
    ///
    /// Word's pictures are made by `rsvg-convert`, PDF by Chromium from the HTML; both run as processes of their own,
    /// and the call waits for them.
    ///
    /// - Parameters:
    ///   - withSecrets: whether what only the plan's owner sees goes into the document.
    ///   - part: the part of the plan that is a document of its own; the whole plan if nil.
    ///   - report: told the part done, 0…1; once it answers false the work ends.
    /// - Throws: `Failure`; `CancellationError` where `report` ended it.
    public static func make(
        _ facts: PlanFacts, _ format: DocumentFormat, _ language: Language, withSecrets: Bool = false, part: DocumentPart? = nil,
        report: @escaping Report = { _ in true }
    ) throws -> [UInt8] {
        let manuscript = Manuscript(facts, language, withSecrets: withSecrets, part: part)
        guard report(0.2) else { throw CancellationError() }
        return try make(manuscript, format) { report(0.2 + 0.8 * $0) }
    }

    /// Told the part done, 0…1; answers whether to go on.
    public typealias Report = @Sendable (Double) -> Bool

    public static func make(_ manuscript: Manuscript, _ format: DocumentFormat, report: @escaping Report = { _ in true }) throws
        -> [UInt8]
    {
        switch format {
        case .md:
            return Array(MarkdownWriter.write(manuscript) { picture, _ in "data:image/svg+xml;base64," + base64(picture) }.utf8)
        case .html: return Array(HTMLWriter.write(manuscript).utf8)
        case .docx:
            let drawn = try rasters(of: manuscript) { report(0.9 * $0) }
            return try DocxWriter.write(manuscript) { svg, _ in drawn[svg] ?? nil }
        case .pdf:
            let (fitted, pages) = try fitted(manuscript, report: report)
            return try Tool.pdf(HTMLWriter.write(fitted, pages: pages)) { report(0.75) }
        }
    }

    /// Prints a manuscript, and again with pictures made to fit that did not; longer ones as they are.
    ///
    /// - Returns: what shall be printed, and the page numbers for its contents.
    private static func fitted(_ manuscript: Manuscript, report: @escaping Report) throws -> (Manuscript, pages: [String: Int]) {
        func printed(_ manuscript: Manuscript, _ part: Double) throws -> [String: PageFit.Place] {
            PDFDestinations.places(Data(try Tool.pdf(HTMLWriter.write(manuscript, isMeasured: true)) { report(part) }))
        }
        func length(_ places: [String: PageFit.Place]) -> Int { places.values.reduce(0) { max($0, $1.page) } }
        func made(_ changes: [PageFit.Change], _ part: Double) throws -> (Manuscript, [String: PageFit.Place]) {
            let next = manuscript.holding(PageFit.Change.apply(changes, to: manuscript.blocks))
            return (next, try printed(next, part))
        }
        let places = try printed(manuscript, 0.1)
        let changes = length(places) <= mostFitted ? PageFit.changes(manuscript.blocks, places) : []
        guard !changes.isEmpty else { return (manuscript, places.mapValues(\.page)) }
        var next = try made(changes, 0.3)
        // What did not help is undone.
        let good = changes.filter { !PageFit.isGap(before: $0.anchor, next.0.blocks, next.1) }
        if !good.isEmpty, good.count < changes.count { next = try made(good, 0.5) }
        guard !good.isEmpty, length(next.1) <= length(places) else { return (manuscript, places.mapValues(\.page)) }
        return (next.0, next.1.mapValues(\.page))
    }

    /// Pages; each print takes a second for some forty of them.
    private static let mostFitted = 160

    /// The pictures of a manuscript as PNG by their SVG, made on all cores.
    private static func rasters(of manuscript: Manuscript, report: @escaping Report) throws -> [String: [UInt8]?] {
        let pictures = manuscript.blocks.compactMap { block in
            if case .picture(let picture, _, _) = block { picture } else { nil }
        }
        let done = Mutex(0)
        let drawn = [(svg: String, png: [UInt8]?)?](count: pictures.count) { place in
            guard done.withLock({ report(Double($0) / Double(pictures.count)) }) else { return nil }
            let svg = pictures[place].markup.string
            let png = Tool.png(svg, width: pictures[place].width * 2)
            done.withLock { $0 += 1 }
            return (svg, png)
        }
        guard !drawn.contains(where: { $0 == nil }) else { throw CancellationError() }
        return Dictionary(drawn.compactMap(\.self).map { ($0.svg, $0.png) }, uniquingKeysWith: { first, _ in first })
    }

    private static func base64(_ picture: PlanPicture) -> String { Data(picture.markup.string.utf8).base64EncodedString() }

    /// A plan as Markdown whose pictures are files in a folder beside it.
    ///
    /// - Parameter folder: the folder's name, relative to the text.
    /// - Returns: the text, and the pictures as SVG by their names in the folder.
    public static func markdown(_ manuscript: Manuscript, folder: String) -> (
        text: String, pictures: [(name: String, svg: String)]
    ) {
        var pictures: [(name: String, svg: String)] = []
        let path = folder.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? folder
        let text = MarkdownWriter.write(manuscript) { picture, number in
            let name = "figure-\(number)-\(picture.name.rawValue).svg"
            pictures.append((name, picture.markup.string))
            return "\(path)/\(name)"
        }
        return (text, pictures)
    }
}

/// Programs that do what no library here does.
enum Tool {
    static func path(_ names: String...) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return names.flatMap { name in folders.map { "\($0)/\(name)" } }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    static func png(_ svg: String, width: Double) -> [UInt8]? {
        guard let tool = path("rsvg-convert") else { return nil }
        return try? inTemporaryFolder { folder in
            let source = folder.appending(path: "picture.svg")
            try Data(svg.utf8).write(to: source)
            let target = folder.appending(path: "picture.png")
            try run(
                tool,
                [
                    "--width", String(Int(width)), "--keep-aspect-ratio", "--background-color", "white", "--output", target.path,
                    source.path,
                ], seconds: 60)
            return [UInt8](try Data(contentsOf: target))
        }
    }

    /// - Parameter goesOn: asked again and again meanwhile; the program is ended once it answers false.
    static func pdf(_ html: String, goesOn: () -> Bool = { true }) throws -> [UInt8] {
        guard let tool = path("chromium", "chromium-browser", "google-chrome") else {
            throw DocumentExport.Failure.missing(tool: "chromium")
        }
        return try inTemporaryFolder { folder in
            let source = folder.appending(path: "document.html")
            try Data(html.utf8).write(to: source)
            let target = folder.appending(path: "document.pdf")
            try run(
                tool,
                [
                    "--headless=new", "--disable-gpu", "--no-sandbox", "--disable-extensions", "--disable-background-networking",
                    "--no-first-run", "--generate-pdf-document-outline",
                    "--user-data-dir=\(folder.appending(path: "profile").path)", "--no-pdf-header-footer",
                    "--print-to-pdf=\(target.path)", source.absoluteString,
                ], seconds: 300, goesOn: goesOn)
            guard let data = try? Data(contentsOf: target), data.starts(with: Data("%PDF".utf8)) else {
                throw DocumentExport.Failure.failed(tool: "chromium", "no PDF")
            }
            return [UInt8](data)
        }
    }

    private static func inTemporaryFolder<T>(_ body: (URL) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pharos-\(UUID().uuidString)")
        // Nobody else on the machine reads a plan there.
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    /// Runs a program to its end. One that takes too long is asked to stop and then killed; it is gone when this returns,
    /// so that the folder it writes to can be removed.
    ///
    /// - Throws: `CancellationError` once `goesOn` answers false.
    static func run(_ tool: String, _ arguments: [String], seconds: Double, goesOn: () -> Bool = { true }) throws {
        let process = Foundation.Process()
        process.executableURL = URL(filePath: tool)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        let latest = ContinuousClock.now + .seconds(seconds)
        var isWanted = true
        while ended.wait(timeout: .now() + 0.2) == .timedOut {
            isWanted = goesOn()
            if isWanted && ContinuousClock.now < latest { continue }
            process.terminate()
            if ended.wait(timeout: .now() + 3) == .timedOut {
                kill(process.processIdentifier, SIGKILL)
                ended.wait()
            }
            if isWanted { throw DocumentExport.Failure.failed(tool: tool, "timeout") } else { throw CancellationError() }
        }
        guard process.terminationStatus == 0 else {
            throw DocumentExport.Failure.failed(tool: tool, "exit \(process.terminationStatus)")
        }
    }
}
