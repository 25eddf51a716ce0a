/// Files that the plans of a workspace name, such as event logs: known by name, read when asked for.
public struct WorkspaceFiles: Sendable, Equatable {
    /// What tells one content of a file from another, by name.
    public let stamps: [String: String]
    private let load: @Sendable (String) -> [UInt8]?

    /// - Parameter load: the bytes of a file, nil where they cannot be read.
    public init(stamps: [String: String] = [:], load: @escaping @Sendable (String) -> [UInt8]? = { _ in nil }) {
        self.stamps = stamps
        self.load = load
    }

    public var names: [String] { stamps.keys.sorted() }

    public func contains(_ name: String) -> Bool { stamps[name] != nil }

    public func bytes(_ name: String) -> [UInt8]? { stamps[name] == nil ? nil : load(name) }

    public static func == (one: WorkspaceFiles, other: WorkspaceFiles) -> Bool { one.stamps == other.stamps }

    /// Names that may stand beside plans: no folders, nothing hidden, an ending that says what is in it.
    public static func isName(_ name: String) -> Bool {
        let isPlain = !name.isEmpty && name.utf8.count <= 120 && !name.hasPrefix(".")
        let isSafe = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || "._-（）()".unicodeScalars.contains($0)
        }
        return isPlain && isSafe && (name == holidays || endings.contains { name.lowercased().hasSuffix($0) })
    }

    /// The administrator's public holidays, in the form of the community list `holiday-cn`.
    public static let holidays = "holidays.json"

    public static let endings = FileKind.allCases.flatMap(\.endings).reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
    }
}

/// What is in a file that stands beside plans.
public enum FileKind: String, Sendable, CaseIterable {
    case eventLog, orderList

    public var label: Label { self == .eventLog ? Label("事件日志", "event log") : Label("订单清单", "order list") }

    /// Endings of names that it may have.
    public var endings: [String] {
        switch self {
        case .eventLog: [".csv", ".csv.gz", ".xes", ".xes.gz"]
        case .orderList: [".csv", ".csv.gz", ".tsv", ".tsv.gz"]
        }
    }
}

extension Workspace {
    /// Every place where a record names a file: the record, its field, the file.
    public var filesNamed: [(record: RecordID, field: FieldInfo, name: String)] {
        let fields = Kind.all.flatMap { kind in kind.fields.filter { $0.spec.file != nil }.map { (kind, $0) } }
        return plans.flatMap { plan in
            fields.flatMap { kind, field in
                plan.records(kind).compactMap { record in
                    if case .text(let name)? = record[field], !name.isEmpty { (record.id, field, name) } else { nil }
                }
            }
        }
    }
}
