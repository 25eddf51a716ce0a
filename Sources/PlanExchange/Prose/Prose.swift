import CCmark
import Foundation
import Markup

/// CommonMark as people write it in a plan's chapters and fields.
public enum Prose {
    /// HTML by the reference implementation. Raw HTML and addresses that run code are left out.
    public static func html(_ text: String) -> Markup {
        guard let made = cmark_markdown_to_html(text, text.utf8.count, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8) else {
            return Markup(text)
        }
        defer { free(made) }
        return Markup(trusted: String(cString: made))
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
        return last.value > 0x2E7F && first.value > 0x2E7F ? "" : " "
    }

    private func styled(_ style: Prose.Run, _ text: String) -> Prose.Run {
        var run = style
        run.text = text
        return run
    }

    private func literal(_ node: OpaquePointer) -> String { cmark_node_get_literal(node).map { String(cString: $0) } ?? "" }
}
