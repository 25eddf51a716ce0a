import Hummingbird
import NIOCore
import PlanModel

/// An urlencoded form, as browsers send it.
struct FormBody {
    private(set) var fields: [String: String] = [:]

    /// - Throws: `TooLarge` beyond 2 MiB, `BadRequest` for anything that is not a form.
    init(_ request: Request) async throws {
        var request = request
        guard request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false else {
            throw BadRequest(
                message: Label("这里只接受表单。", "This takes a form."), remedy: Label("用页面上的按钮提交。", "Use the button on the page."))
        }
        let buffer = try await request.body(upTo: 2 << 20)
        for pair in String(buffer: buffer).split(separator: "&").prefix(500) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            fields[Self.decoded(parts[0])] = parts.count == 2 ? Self.decoded(parts[1]) : ""
        }
    }

    subscript(name: String) -> String? { fields[name] }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(32)
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(hex), let low = iterator.next().flatMap(hex) else { continue }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        // Browsers send every line end of a text field as CR LF.
        return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}

extension Request {
    /// The whole body, or a refusal that says it is too large: by its announced length before anything is read.
    mutating func body(upTo limit: Int) async throws -> ByteBuffer {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw TooLarge(limit: limit) }
        do { return try await collectBody(upTo: limit) } catch is NIOTooManyBytesError { throw TooLarge(limit: limit) }
    }

    var queryFields: [String: String] {
        // Values come decoded, names as they were sent.
        Dictionary(
            uri.queryParameters.map { (String($0.key).removingPercentEncoding ?? String($0.key), String($0.value)) },
            uniquingKeysWith: { _, last in last })
    }
}

/// A body of more bytes than are taken.
struct TooLarge: Error {
    let limit: Int

    var message: Label {
        Label("内容太大：最多 \(limit >> 20) MB。", "The content is too large: \(limit >> 20) MB at most.")
    }
}
