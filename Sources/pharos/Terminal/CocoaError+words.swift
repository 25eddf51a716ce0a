import Foundation
import PlanModel

extension CocoaError {
    /// Which file could not be read or written, and why.
    var words: Label {
        let path = filePath ?? url?.path ?? ""
        return switch code {
        case .fileNoSuchFile, .fileReadNoSuchFile:
            Label("\(path)：没有这个文件或文件夹。", "\(path): there is no such file or folder.")
        case .fileWriteNoPermission, .fileReadNoPermission, .fileWriteVolumeReadOnly:
            Label("\(path)：没有权限。", "\(path): there is no permission.")
        case .fileWriteOutOfSpace: Label("\(path)：磁盘空间不足。", "\(path): the disk is full.")
        case .fileWriteFileExists: Label("\(path)：已有同名的文件。", "\(path): there is a file of that name.")
        default: Label("\(path)：无法读写（\(code.rawValue)）。", "\(path): it cannot be read or written (\(code.rawValue)).")
        }
    }
}
