import CCmark
import Foundation
import Markup

/// CommonMark as people write it in a plan's chapters and fields.
public enum Prose {
    /// HTML by the reference implementation. HTML in the text is shown as the text it is, and a link to an address that may run code
    /// as its words. A picture from elsewhere becomes a link: neither a reader nor a server that prints fetches what somebody has
    /// written into a plan.
    public static func html(_ text: String) -> Markup {
        let options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8
        guard let root = parsed(text) else { return Markup(text) }
        defer { cmark_node_free(root) }
        joinLines(in: root)
        guard let made = cmark_render_html(root, options) else { return Markup(text) }
        defer { free(made) }
        return Markup(trusted: String(cString: made))
    }

    /// The same text as CommonMark, with HTML in it as text and without addresses that may run code; heads stand below those of a
    /// document.
    public static func markdown(_ text: String) -> String {
        guard let root = parsed(text) else { return "" }
        defer { cmark_node_free(root) }
        for head in nodes(of: [CMARK_NODE_HEADING], in: root) {
            cmark_node_set_heading_level(head, min(cmark_node_get_heading_level(head) + 5, 6))
        }
        guard let made = cmark_render_commonmark(root, CMARK_OPT_DEFAULT, 0) else { return "" }
        defer { free(made) }
        return String(cString: made).trimmed
    }

    /// The text with nothing in it that a reader would run or fetch; to be freed.
    private static func parsed(_ text: String) -> OpaquePointer? {
        guard let root = cmark_parse_document(text, text.utf8.count, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8) else {
            return nil
        }
        flatten(root)
        linkPictures(in: root)
        for node in nodes(of: [CMARK_NODE_HTML_INLINE, CMARK_NODE_HTML_BLOCK], in: root) { replaceByText(node) }
        for node in nodes(of: [CMARK_NODE_LINK, CMARK_NODE_IMAGE], in: root) where !isHarmless(node) { replaceByWords(node) }
        return root
    }

    /// How many blocks, or marks of inline text, may stand in one another. Writers descend from level to level, and no page shows more.
    static let deepest = 100

    /// What stands in one another too deeply, side by side in the last that may hold it: each text stays, its further marks go.
    private static func flatten(_ root: OpaquePointer) {
        let blocks = [CMARK_NODE_BLOCK_QUOTE, CMARK_NODE_LIST, CMARK_NODE_ITEM]
        // A list holds nothing but items; it adds no level of its own.
        for node in deepest([CMARK_NODE_BLOCK_QUOTE, CMARK_NODE_ITEM], in: root) { lift(outOf: blocks, in: node) }
        let inlines = [CMARK_NODE_EMPH, CMARK_NODE_STRONG, CMARK_NODE_LINK, CMARK_NODE_IMAGE]
        for node in deepest(inlines, in: root) { lift(outOf: inlines, in: node) }
    }

    /// Nodes on the last level that may hold others.
    private static func deepest(_ types: [cmark_node_type], in root: OpaquePointer) -> [OpaquePointer] {
        var found: [OpaquePointer] = []
        var level = 0
        let walk = cmark_iter_new(root)
        defer { cmark_iter_free(walk) }
        while true {
            let event = cmark_iter_next(walk)
            guard event != CMARK_EVENT_DONE else { return found }
            guard let node = cmark_iter_get_node(walk), types.contains(cmark_node_get_type(node)) else { continue }
            level += event == CMARK_EVENT_ENTER ? 1 : -1
            if event == CMARK_EVENT_ENTER, level == deepest { found.append(node) }
        }
    }

    /// Puts what stands in containers below a node, at any depth, into the node itself, and the containers away.
    private static func lift(outOf containers: [cmark_node_type], in node: OpaquePointer) {
        var (contents, emptied): ([OpaquePointer], [OpaquePointer]) = ([], [])
        let walk = cmark_iter_new(node)
        while cmark_iter_next(walk) != CMARK_EVENT_DONE {
            guard cmark_iter_get_event_type(walk) == CMARK_EVENT_ENTER, let inner = cmark_iter_get_node(walk), inner != node,
                containers.contains(cmark_node_get_type(cmark_node_parent(inner)))
            else { continue }
            if !containers.contains(cmark_node_get_type(inner)) {
                contents.append(inner)
            } else if cmark_node_parent(inner) == node {
                emptied.append(inner)
            }
        }
        cmark_iter_free(walk)
        for inner in contents { cmark_node_append_child(node, inner) }
        for inner in emptied {
            cmark_node_unlink(inner)
            cmark_node_free(inner)
        }
    }

    /// Collected before any of them is changed.
    private static func nodes(of types: [cmark_node_type], in root: OpaquePointer) -> [OpaquePointer] {
        var found: [OpaquePointer] = []
        let walk = cmark_iter_new(root)
        defer { cmark_iter_free(walk) }
        while cmark_iter_next(walk) != CMARK_EVENT_DONE {
            guard cmark_iter_get_event_type(walk) == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(walk),
                types.contains(cmark_node_get_type(node))
            else { continue }
            found.append(node)
        }
        return found
    }

    /// Whether an address leads somewhere rather than running something: one without a scheme, or with one that is known.
    private static func isHarmless(_ link: OpaquePointer) -> Bool {
        let address = cmark_node_get_url(link).map { String(cString: $0).lowercased() } ?? ""
        let isPicture = cmark_node_get_type(link) == CMARK_NODE_IMAGE && address.hasPrefix("data:image/")
        guard let colon = address.firstIndex(of: ":"), !address[..<colon].contains(where: { "/?#".contains($0) }) else {
            return true
        }
        return isPicture || ["http", "https", "mailto", "tel"].contains(address[..<colon])
    }

    /// Between ideographs a line end of the source is nothing; browsers would show a space.
    private static func joinLines(in root: OpaquePointer) {
        var breaks: [OpaquePointer] = []
        let walk = cmark_iter_new(root)
        defer { cmark_iter_free(walk) }
        while cmark_iter_next(walk) != CMARK_EVENT_DONE {
            guard let node = cmark_iter_get_node(walk), cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK else { continue }
            let (before, after) = (cmark_node_previous(node), cmark_node_next(node))
            if let last = before.map(literal)?.unicodeScalars.last, let first = after.map(literal)?.unicodeScalars.first,
                Run.isJoined(last, first)
            {
                breaks.append(node)
            }
        }
        for node in breaks {
            cmark_node_unlink(node)
            cmark_node_free(node)
        }
    }

    private static func literal(_ node: OpaquePointer) -> String {
        cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    }

    /// HTML as the letters it is written in, line by line.
    private static func replaceByText(_ node: OpaquePointer) {
        let isBlock = cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK
        let lines = literal(node).split(separator: "\n", omittingEmptySubsequences: true)
        guard isBlock else { return replace(node, by: [text(literal(node))]) }
        let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH)
        for (index, line) in lines.enumerated() {
            if index > 0 { cmark_node_append_child(paragraph, cmark_node_new(CMARK_NODE_LINEBREAK)) }
            cmark_node_append_child(paragraph, text(String(line).trimmed))
        }
        replace(node, by: [paragraph])
    }

    /// A link as the words it was to be followed by.
    private static func replaceByWords(_ node: OpaquePointer) {
        var words: [OpaquePointer?] = []
        var child = cmark_node_first_child(node)
        while let current = child {
            words.append(current)
            child = cmark_node_next(current)
        }
        replace(node, by: words.isEmpty ? [text(cmark_node_get_url(node).map { String(cString: $0) } ?? "")] : words)
    }

    private static func text(_ words: String) -> OpaquePointer? {
        let text = cmark_node_new(CMARK_NODE_TEXT)
        cmark_node_set_literal(text, words)
        return text
    }

    private static func replace(_ node: OpaquePointer, by others: [OpaquePointer?]) {
        for other in others { cmark_node_insert_before(node, other) }
        cmark_node_unlink(node)
        cmark_node_free(node)
    }

    /// Puts a link of the same text in place of every picture that does not come with the text itself.
    private static func linkPictures(in root: OpaquePointer) {
        for picture in nodes(of: [CMARK_NODE_IMAGE], in: root) {
            let address = cmark_node_get_url(picture).map { String(cString: $0) } ?? ""
            guard !address.lowercased().hasPrefix("data:"), let link = cmark_node_new(CMARK_NODE_LINK) else { continue }
            cmark_node_set_url(link, address)
            while let child = cmark_node_first_child(picture) { cmark_node_append_child(link, child) }
            if cmark_node_first_child(link) == nil, let words = cmark_node_new(CMARK_NODE_TEXT) {
                cmark_node_set_literal(words, address)
                cmark_node_append_child(link, words)
            }
            // A link may not stand in a link; there the picture is its text alone.
            if cmark_node_get_type(cmark_node_parent(picture)) == CMARK_NODE_LINK {
                while let child = cmark_node_first_child(link) { cmark_node_insert_before(picture, child) }
                cmark_node_free(link)
            } else {
                cmark_node_insert_before(picture, link)
            }
            cmark_node_unlink(picture)
            cmark_node_free(picture)
        }
    }

    /// The text without its marks, on one line: for summaries and search results.
    public static func plain(_ text: String) -> String {
        blocks(text).flatMap(\.runs).map(\.text).joined().split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// A paragraph-like piece of prose, in order of reading.
    public struct Block: Sendable, Hashable {
        public enum Kind: Sendable, Hashable {
            case paragraph
            case heading(Int)
            /// Depth from 0, and the number of an ordered item.
            case item(depth: Int, number: Int?)
            case quote
            case code
            case rule
        }

        public let kind: Kind
        public let runs: [Run]
    }

    public struct Run: Sendable, Hashable {
        public var text: String
        public var isBold = false
        public var isEmphasised = false
        public var isCode = false
        public var link: String?

        /// Whether nothing stands between two characters over a line end.
        static func isJoined(_ last: Unicode.Scalar, _ first: Unicode.Scalar) -> Bool {
            last.value > 0x2E7F && first.value > 0x2E7F
        }
    }

    /// The blocks of a text, for writers of formats other than HTML.
    public static func blocks(_ text: String) -> [Block] {
        guard let root = parsed(text) else { return [] }
        defer { cmark_node_free(root) }
        var reader = BlockReader()
        reader.read(root, depth: -1)
        return reader.blocks
    }
}

private struct BlockReader {
    var blocks: [Prose.Block] = []
    private var kind = Prose.Block.Kind.paragraph

    mutating func read(_ parent: OpaquePointer, depth: Int) {
        var node = cmark_node_first_child(parent)
        var number = cmark_node_get_list_type(parent) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(parent)) : nil
        while let current = node {
            switch cmark_node_get_type(current) {
            case CMARK_NODE_HEADING: add(.heading(Int(cmark_node_get_heading_level(current))), current)
            case CMARK_NODE_PARAGRAPH:
                add(kind, current)
                // Further paragraphs of an item stand below it without a mark of their own.
                if case .item(let depth, _) = kind { kind = .item(depth: depth, number: nil) }
            case CMARK_NODE_CODE_BLOCK:
                blocks.append(Prose.Block(kind: .code, runs: [Prose.Run(text: literal(current), isCode: true)]))
            case CMARK_NODE_THEMATIC_BREAK: blocks.append(Prose.Block(kind: .rule, runs: []))
            case CMARK_NODE_BLOCK_QUOTE: within(.quote) { $0.read(current, depth: depth) }
            case CMARK_NODE_LIST: read(current, depth: depth + 1)
            case CMARK_NODE_ITEM:
                within(.item(depth: max(depth, 0), number: number)) { $0.read(current, depth: depth) }
                number = number.map { $0 + 1 }
            default: break
            }
            node = cmark_node_next(current)
        }
    }

    private mutating func within(_ inner: Prose.Block.Kind, _ body: (inout BlockReader) -> Void) {
        let outer = kind
        kind = inner
        body(&self)
        kind = outer
    }

    private mutating func add(_ kind: Prose.Block.Kind, _ node: OpaquePointer) {
        var runs: [Prose.Run] = []
        collect(node, Prose.Run(text: ""), into: &runs)
        blocks.append(Prose.Block(kind: kind, runs: runs))
    }

    private func collect(_ parent: OpaquePointer, _ style: Prose.Run, into runs: inout [Prose.Run]) {
        var node = cmark_node_first_child(parent)
        while let current = node {
            var inner = style
            switch cmark_node_get_type(current) {
            case CMARK_NODE_TEXT: runs.append(styled(style, literal(current)))
            case CMARK_NODE_CODE:
                inner.isCode = true
                runs.append(styled(inner, literal(current)))
            case CMARK_NODE_SOFTBREAK:
                runs.append(styled(style, softBreak(after: runs.last?.text, before: cmark_node_next(current))))
            case CMARK_NODE_LINEBREAK: runs.append(styled(style, "\n"))
            case CMARK_NODE_STRONG: inner.isBold = true
            case CMARK_NODE_EMPH: inner.isEmphasised = true
            case CMARK_NODE_LINK: inner.link = cmark_node_get_url(current).map { String(cString: $0) }
            default: break
            }
            if cmark_node_first_child(current) != nil { collect(current, inner, into: &runs) }
            node = cmark_node_next(current)
        }
    }

    /// Between ideographs a line end of the source is nothing, elsewhere a space.
    private func softBreak(after text: String?, before node: OpaquePointer?) -> String {
        let next = node.map { literal($0) } ?? ""
        guard let last = text?.unicodeScalars.last, let first = next.unicodeScalars.first else { return " " }
        return Prose.Run.isJoined(last, first) ? "" : " "
    }

    private func styled(_ style: Prose.Run, _ text: String) -> Prose.Run {
        var run = style
        run.text = text
        return run
    }

    private func literal(_ node: OpaquePointer) -> String { cmark_node_get_literal(node).map { String(cString: $0) } ?? "" }
}
