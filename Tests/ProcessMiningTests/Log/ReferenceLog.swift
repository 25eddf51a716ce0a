import Foundation
import ProcessMining
import Testing

/// Logs of the reference data with the answers of an established tool.
enum ReferenceLog {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared/data/event-logs")

    static func bytes(_ name: String) throws -> [UInt8]? {
        let file = folder.appendingPathComponent(name + ".xz")
        guard FileManager.default.fileExists(atPath: file.path) else {
            print("skipped: no reference data at \(file.path)")
            return nil
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["xz", "-dc", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](data)
    }

    static func log(_ name: String) throws -> EventLog? {
        guard let bytes = try bytes(name) else { return nil }
        var reader = LogReader()
        try reader.read(bytes)
        return try reader.finish().log
    }

    static func expected(_ name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: folder.appendingPathComponent(name + ".expected.json"))
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}
