import Foundation
import HTTPTypes
import Hummingbird
import PlanExchange
import PlanInsight
import PlanModel

/// Files made from a plan: the plan file, tables as CSV.
struct Downloads {
    let page: Page
    let facts: PlanFacts

    func response(_ name: String) throws -> Response {
        let plan = facts.plan
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        let (stem, ending) = (String(name[..<dot]), String(name[dot...].dropFirst()))
        switch (stem, ending) {
        case (plan.key.text, "yaml"):
            return file(Array(PlanFileWriter.write(plan).utf8), "application/yaml; charset=utf-8", "\(plan.key).yaml")
        case ("document", _):
            guard let format = DocumentFormat(rawValue: ending) else { break }
            do {
                return file(try DocumentExport.make(facts, format, page.language), format.mediaType, "\(plan.key).\(ending)")
            } catch let failure as DocumentExport.Failure {
                throw BadRequest(message: failure.message, remedy: failure.message)
            }
        case (_, "csv"):
            guard let kind = Kind.withPlural[stem] else { break }
            return file(Array(csv(kind).utf8), "text/csv; charset=utf-8", "\(plan.key)-\(stem).csv")
        default: break
        }
        throw NotFound(what: Label("没有这个文件。", "There is no such file."))
    }

    private func file(_ bytes: [UInt8], _ type: String, _ name: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .contentDisposition: "attachment; filename=\"\(name)\"", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// With a byte order mark, so that Excel reads Chinese; cells that would be formulas are made text.
    private func csv(_ kind: Kind) -> String {
        let show = page.show(facts.plan)
        let head = ["id"] + kind.fields.map { page.t($0.label) }
        let rows = facts.plan.records(kind).map { record in
            [record.id.short]
                + kind.fields.map { field in
                    record[field].map {
                        field.type.isText ? show.text($0, field) : field.text(of: $0, in: facts.plan.textContext)
                    } ?? ""
                }
        }
        return "\u{FEFF}" + ([head] + rows).map { $0.map(Self.cell).joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
    }

    static func cell(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false && Double(text) == nil
        let safe = isFormula ? "'" + text : text
        return safe.contains { ",\"\n\r".contains($0) } ? "\"" + safe.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : safe
    }
}

extension FieldType {
    fileprivate var isText: Bool {
        switch self {
        case .line, .prose, .choice: true
        default: false
        }
    }
}
