import Foundation
import Hummingbird
import PlanModel
import WorkingTime

/// Any JSON.
enum JSONValue: Codable, Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .array(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let bool): try container.encode(bool)
        case .number(let number):
            if let whole = Int(exactly: number), abs(whole) < 1 << 53 {
                try container.encode(whole)
            } else {
                try container.encode(number)
            }
        case .string(let text): try container.encode(text)
        case .array(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }

    subscript(key: String) -> JSONValue? { if case .object(let object) = self { object[key] } else { nil } }
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var int: Int? { if case .number(let number) = self { Int(exactly: number) } else { nil } }
    var list: [JSONValue]? { if case .array(let list) = self { list } else { nil } }
    var object: [String: JSONValue]? { if case .object(let object) = self { object } else { nil } }

    var written: String { String(buffer: bytes) }

    var bytes: ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ByteBuffer(bytes: (try? encoder.encode(self)) ?? Data("null".utf8))
    }

    func response(_ status: HTTPResponse.Status = .ok, type: String = "application/json; charset=utf-8") -> Response {
        Response(status: status, headers: [.contentType: type], body: .init(byteBuffer: bytes))
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral text: String) { self = .string(text) }
    init(integerLiteral number: Int) { self = .number(Double(number)) }
    init(booleanLiteral bool: Bool) { self = .bool(bool) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral pairs: (String, JSONValue)...) {
        self = .object(Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    }
}

extension FieldInfo {
    /// The value in the API: numbers, flags and lists as JSON has them, everything else as the plan file writes it.
    func json(_ value: Value, _ context: TextContext) -> JSONValue {
        switch value {
        case .whole(let number): .number(Double(number))
        case .number(let number): .number(number)
        case .flag(let flag): .bool(flag)
        case .series(let series):
            .object(
                Dictionary(series.points.map { ($0.day.description, .number($0.value)) }, uniquingKeysWith: { first, _ in first })
            )
        case .references where type == .reference: .string(text(of: value, in: context))
        case .references, .links, .shares: .array(texts(of: value, in: context).map { .string($0) })
        default: .string(text(of: value, in: context))
        }
    }

    /// - Throws: `Problem` that says what the field takes.
    func value(from json: JSONValue, in plan: Plan, record: RecordID?) throws(Problem) -> Value? {
        let context = plan.textContext
        switch (json, type) {
        case (.null, _): return nil
        case (.number(let number), .number), (.number(let number), .percent): return .number(number)
        case (.bool(let flag), .flag): return .flag(flag)
        case (.number(let number), _): return try value(from: WorkDurationText.shortest(number), in: context, record: record)
        case (.string(let text), _): return try value(typed: text, in: plan, record: record)
        case (.array(let list), .references), (.array(let list), .links), (.array(let list), .shares):
            if let other = list.first(where: { $0.text?.trimmed.isEmpty ?? true }) { throw unreadable(other.written, record) }
            return try value(from: list.compactMap(\.text).joined(separator: ","), in: context, record: record)
        case (.object(let object), .series):
            if let other = object.first(where: { $0.value.number == nil }) {
                throw unreadable("\(other.key): \(other.value.written)", record)
            }
            let points = object.map { "\($0.key): \(WorkDurationText.shortest($0.value.number ?? 0))" }
            return try value(from: points.joined(separator: ","), in: context, record: record)
        case (.bool, _), (.array, _), (.object, _): throw unreadable(json.written, record)
        }
    }
}

extension FieldInfo {
    /// What somebody typed. Into a field of percentages people write `1` for 1 %, where a program gives shares; predecessors go by
    /// their titles, too.
    func value(typed text: String, in plan: Plan, record: RecordID? = nil) throws(Problem) -> Value? {
        if type == .links {
            let links = try links(typed: text, in: plan, of: record)
            return links.isEmpty ? nil : .links(links)
        }
        // Of what is measured in percent the number is the percentage.
        if type == .number, let last = text.trimmed.last, "%％".contains(last),
            record.flatMap({ plan.record($0) })?["unit"] == .text("%")
        {
            return try value(from: String(text.trimmed.dropLast()), in: plan.textContext, record: record)
        }
        let isBare = type == .percent && text.finiteNumber.map { $0 >= 1 } ?? false
        return try value(from: isBare ? text.trimmed + "%" : text, in: plan.textContext, record: record)
    }
}

extension JSONValue {
    var number: Double? { if case .number(let number) = self { number } else { nil } }
}

enum WorkDurationText {
    static func shortest(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? String(number) }
}
