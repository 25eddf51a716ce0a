import PlanInsight
import PlanModel
import PlanStore
import ProcessMining

/// Keeps the files that records name, each checked as what its field is for.
struct FileWriter {
    let site: Site

    static let largestFile = 64 << 20

    /// Checks that the file can be read, keeps it and names it in the record.
    ///
    /// - Parameters:
    ///   - base: the plan's revision its author had before them.
    ///   - filesBase: the same of the files; `nil` takes what is there.
    /// - Throws: `BadRequest` that says what is wrong with the file; nothing is kept then.
    func keep(
        _ bytes: [UInt8], _ name: String, in field: FieldInfo, of record: Record, plan: Plan, base: Int, filesBase: Int?
    ) throws {
        guard let kind = field.spec.file else {
            throw NotFound(what: Label("「\(field.label.zh)」不放文件。", "“\(field.label.en)” holds no file."))
        }
        try check(bytes, name, as: kind)
        if let problem = plan.archiveProblem(of: []) { throw problem }
        try site.store.put(bytes, file: name, by: site.author, at: site.clock().now, base: filesBase)
        guard record[field] != .text(name) else { return }
        _ = try RecordWriter(site: site, plan: plan).update(record.id, base: base) {
            $0.key == field.key ? .some(.text(name)) : nil
        }
    }

    /// Keeps a file that no record names yet.
    ///
    /// - Parameter kind: what it is for; if nil, what records already name it for, or else any kind it can be read as. Public
    ///   holidays are checked by the store.
    func put(_ bytes: [UInt8], _ name: String, as kind: FileKind?, base: Int) throws -> FileChange {
        if let kind = kind ?? kinds(of: name).first {
            try check(bytes, name, as: kind)
        } else if name != WorkspaceFiles.holidays {
            let possible = FileKind.allCases.filter { kind in kind.endings.contains { name.lowercased().hasSuffix($0) } }
            let reasons = try (possible.isEmpty ? FileKind.allCases : possible).map { try refusal(bytes, name, as: $0) }
            if let first = reasons.first, !reasons.contains(where: { $0 == nil }), let reason = first { throw reason }
        }
        return try site.store.put(bytes, file: name, by: site.author, at: site.clock().now, base: base)
    }

    private func refusal(_ bytes: [UInt8], _ name: String, as kind: FileKind) throws -> BadRequest? {
        do {
            try check(bytes, name, as: kind)
            return nil
        } catch let reason as BadRequest { return reason }
    }

    private func check(_ bytes: [UInt8], _ name: String, as kind: FileKind) throws {
        guard WorkspaceFiles.isName(name) else {
            throw BadRequest(message: StoreError.fileName(name).message, remedy: Label("改名后再上传。", "Rename it and upload again."))
        }
        if let other = kinds(of: name).first(where: { $0 != kind }) {
            throw BadRequest(
                message: Label("文件「\(name)」已用作\(other.label.zh)。", "The file “\(name)” is in use as \(other.label.en)."),
                remedy: Label("改名后再上传。", "Rename it and upload again."))
        }
        guard let reason = Self.fault(bytes, kind) else { return }
        throw BadRequest(message: reason, remedy: Label("改正后再上传。", "Put it right and upload again."))
    }

    private func kinds(of name: String) -> [FileKind] {
        site.store.workspace.filesNamed.filter { $0.name == name }.compactMap(\.field.spec.file)
    }

    /// Why the file is not what it shall be; nil where it is.
    private static func fault(_ bytes: [UInt8], _ kind: FileKind) -> Label? {
        switch kind {
        case .eventLog:
            do throws(LogReadingError) {
                var reader = LogReader(options: ProcessFacts.options(zoneMinutes: ProcessFacts.zoneMinutes))
                try reader.read(bytes)
                _ = try reader.finish()
                return nil
            } catch { return Label(error.words.zh, error.words.en) }
        case .orderList:
            do throws(UnreadableFile) {
                let table = try OrderFacts.read(bytes)
                guard table.orders.isEmpty else { return nil }
                let why = table.badRows.first.map { Label("第 \($0.line) 行：\($0.reason.zh)", "line \($0.line): \($0.reason.en)") }
                return Label(
                    "没有读得懂的订单\(why.map { "，\($0.zh)" } ?? "")。", "No order can be read\(why.map { "; \($0.en)" } ?? "").")
            } catch { return error.reason }
        }
    }
}
