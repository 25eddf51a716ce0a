import Hummingbird
import PlanModel

/// A form with one file, as browsers send it (RFC 7578).
struct UploadBody {
    private(set) var fields: [String: String] = [:]
    private(set) var file: (name: String, bytes: [UInt8])?

    /// - Throws: `TooLarge` beyond the limit, `BadRequest` for anything that is not such a form.
    init(_ request: Request, upTo limit: Int) async throws {
        var request = request
        let type = request.headers[.contentType] ?? ""
        guard type.hasPrefix("multipart/form-data"), let mark = Self.parameter("boundary", in: type), !mark.isEmpty,
            mark.utf8.count <= 70
        else {
            throw BadRequest(
                message: Label("这里只接受带文件的表单。", "This takes a form with a file."),
                remedy: Label("用页面上的按钮提交。", "Use the button on the page."))
        }
        let buffer = try await request.body(upTo: limit)
        let bytes = Array(buffer.readableBytesView)
        let separator = Array("--\(mark)".utf8)
        var begins = Self.places(of: separator, in: bytes)
        guard begins.count >= 2, begins.count <= 100 else {
            throw BadRequest(message: Label("表单不完整。", "The form is not whole."), remedy: Label("重新提交。", "Send it again."))
        }
        let last = begins.removeLast()
        for (index, begin) in begins.enumerated() {
            let end = index + 1 < begins.count ? begins[index + 1] : last
            take(bytes[min(begin + separator.count + 2, end)..<max(end - 2, min(begin + separator.count + 2, end))])
        }
    }

    /// Head, an empty line, and what it is about.
    private mutating func take(_ part: ArraySlice<UInt8>) {
        guard let gap = Self.places(of: [13, 10, 13, 10], in: Array(part.prefix(4096))).first else { return }
        let head = String(decoding: part.prefix(gap), as: UTF8.self)
        let body = part.dropFirst(gap + 4)
        guard
            let line = head.split(whereSeparator: \.isNewline).first(where: { $0.lowercased().hasPrefix("content-disposition:") }
            ), let name = Self.parameter("name", in: String(line))
        else { return }
        if let file = Self.parameter("filename", in: String(line)) {
            // Some browsers send a whole path.
            self.file = (String(file.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""), Array(body))
        } else {
            fields[name] = String(decoding: body, as: UTF8.self).replacing("\r\n", with: "\n")
        }
    }

    private static func parameter(_ name: String, in text: String) -> String? {
        for part in text.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, String(pair[0]).trimmed.lowercased() == name else { continue }
            return String(pair[1]).trimmed.filter { $0 != "\"" }
        }
        return nil
    }

    private static func places(of pattern: [UInt8], in bytes: [UInt8]) -> [Int] {
        guard let first = pattern.first, bytes.count >= pattern.count else { return [] }
        var found: [Int] = []
        var index = 0
        while index + pattern.count <= bytes.count {
            if bytes[index] == first, bytes[index..<(index + pattern.count)].elementsEqual(pattern) {
                found.append(index)
                index += pattern.count
            } else {
                index += 1
            }
        }
        return found
    }
}
