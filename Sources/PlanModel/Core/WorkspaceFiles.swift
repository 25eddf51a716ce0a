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
        return isPlain && isSafe && endings.contains { name.lowercased().hasSuffix($0) }
    }

    public static let endings = [".csv", ".csv.gz", ".xes", ".xes.gz"]
}
