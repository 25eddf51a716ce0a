import Foundation

/// Rows of a tab-separated file beside the oracle scripts.
func fixture(_ name: String) throws -> [[String]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Oracles")
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
}

func relativeError(_ value: Double, _ truth: Double) -> Double {
    if value == truth { return 0 }
    return abs(value - truth) / max(abs(truth), 1e-290)
}
