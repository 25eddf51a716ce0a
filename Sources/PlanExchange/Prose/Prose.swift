import CCmark
import Foundation
import Markup

/// CommonMark as people write it in a plan's chapters and fields.
public enum Prose {
    /// HTML by the reference implementation. Raw HTML and addresses that run code are left out. A picture from elsewhere
    /// becomes a link: neither a reader nor a server that prints fetches what somebody has written into a plan.
    public static func html(_ text: String) -> Markup {
        let options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8
        guard let root = cmark_parse_document(text, text.utf8.count, options) else { return Markup(text) }
        defer { cmark_node_free(root) }
        linkPictures(in: root)
        joinLines(in: root)
        guard let made = cmark_render_html(root, options) else { return Markup(text) }
        defer { free(made) }
        return Markup(trusted: String(cString: made))
    }

    /// The same text as CommonMark without HTML in it and without addresses that run code; heads stand below those of a document.
    public static func markdown(_ text: String) -> String {
        guard let root = cmark_parse_document(text, text.utf8.count, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8) else {
            return ""
        }
        defer { cmark_node_free(root) }
        linkPictures(in: root)
        makeSafe(root)
        guard let made = cmark_render_commonmark(root, CMARK_OPT_DEFAULT, 0) else { return "" }
        defer { free(made) }
        return String(cString: made).trimmed
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

    private static func makeSafe(_ root: OpaquePointer) {
        guard let iterator = cmark_iter_new(root) else { return }
        defer { cmark_iter_free(iterator) }
        while cmark_iter_next(iterator) != CMARK_EVENT_DONE {
            guard let node = cmark_iter_get_node(iterator) else { continue }
            switch cmark_node_get_type(node) {
            case CMARK_NODE_HEADING: cmark_node_set_heading_level(node, min(cmark_node_get_heading_level(node) + 5, 6))
            case CMARK_NODE_HTML_INLINE, CMARK_NODE_HTML_BLOCK: replaceByText(node)
            case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
                let address = cmark_node_get_url(node).map { String(cString: $0).lowercased() } ?? ""
                let isKnown = ["http:", "https:", "mailto:"].contains(where: address.hasPrefix)
                if address.contains(":"), !isKnown { cmark_node_set_url(node, "") }
            default: break
            }
        }
    }

    private static func replaceByText(_ node: OpaquePointer) {
        let text = cmark_node_new(CMARK_NODE_TEXT)
        cmark_node_set_literal(text, cmark_node_get_literal(node).map { String(cString: $0).trimmed } ?? "")
        if cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK {
            let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH)
            cmark_node_append_child(paragraph, text)
            cmark_node_replace(node, paragraph)
        } else {
            cmark_node_replace(node, text)
        }
        cmark_node_free(node)
    }

    /// Puts a link of the same text in place of every picture that does not come with the text itself.
    private static func linkPictures(in root: OpaquePointer) {
        var pictures: [OpaquePointer] = []
        let walk = cmark_iter_new(root)
        defer { cmark_iter_free(walk) }
        while cmark_iter_next(walk) != CMARK_EVENT_DONE {
            if let node = cmark_iter_get_node(walk), cmark_node_get_type(node) == CMARK_NODE_IMAGE,
                cmark_iter_get_event_type(walk) == CMARK_EVENT_ENTER
            {
                pictures.append(node)
            }
        }
        for picture in pictures {
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
        guard let root = cmark_parse_document(text, text.utf8.count, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8) else {
            return []
        }
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
