import Foundation

enum ThreadCount {
    static var cores: Int { max(ProcessInfo.processInfo.activeProcessorCount, 1) }
}
