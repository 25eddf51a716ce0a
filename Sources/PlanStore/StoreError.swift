import GRDB
import PlanModel
import WorkingTime

public enum StoreError: Error, Equatable {
    case noPlan(PlanKey)
    case planExists(PlanKey)
    case noRevision(PlanKey, Int)
    case noFileRevision(Int)
    /// The change of a revision is taken back already, by another.
    case undone(Int, by: Int)
    /// The file holds something this program cannot read.
    case unreadable(String)
    /// The file is none of a database.
    case notData(String)
    /// The file cannot be opened for writing, or made.
    case notOpened(String)
    /// The file was made by a newer program.
    case newer
    case damaged(String)
    /// There is no room for the file on its disk.
    case full(String)
    /// Another program keeps the file for itself.
    case busy(String)
    /// The disk does not read or write the file.
    case disk(String)
    /// Anything else the database library may say, by its number.
    case database(String, code: Int)
    case fileExists(String)
    case fileName(String)
    case fileTooLarge(String, Int)
    /// The file of public holidays cannot be read.
    case holidays(HolidayFileError)

    /// What an error of the database library, or content that no version has written, means for the file; any other error is itself.
    static func plain(_ error: any Error, of path: String) -> any Error {
        if error is DecodingError || error is Problem { return StoreError.damaged(path) }
        guard let error = error as? DatabaseError else { return error }
        return switch error.resultCode {
        case .SQLITE_NOTADB: StoreError.notData(path)
        case .SQLITE_CORRUPT: StoreError.damaged(path)
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: StoreError.notOpened(path)
        case .SQLITE_FULL: StoreError.full(path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: StoreError.busy(path)
        case .SQLITE_IOERR: StoreError.disk(path)
        default: StoreError.database(path, code: Int(error.extendedResultCode.rawValue))
        }
    }

    public var message: Label {
        switch self {
        case .noPlan(let key): Label("没有计划 \(key)。", "There is no plan \(key).")
        case .planExists(let key):
            Label("计划 \(key) 已存在。换一个代号，或放进另一个数据文件夹。", "The plan \(key) exists. Use another key, or another data folder.")
        case .noRevision(let key, let revision):
            Label("计划 \(key) 没有版次 \(revision)。", "The plan \(key) has no revision \(revision).")
        case .noFileRevision(let revision):
            Label("文件日志没有版次 \(revision)。", "The journal of files has no revision \(revision).")
        case .undone(let revision, let by):
            Label(
                "r\(revision) 已由 r\(by) 撤销。要恢复它，撤销 r\(by)。",
                "r\(revision) is undone by r\(by) already. To have it back, undo r\(by).")
        case .unreadable(let what): Label("数据中有无法读取的内容：\(what)。", "The data holds what cannot be read: \(what).")
        case .notData(let path):
            Label("\(path)：不是灯塔的数据或备份。", "\(path): it holds neither data of Pharos nor a backup.")
        case .notOpened(let path):
            Label("\(path)：无法打开或建立，检查文件夹与权限。", "\(path): it cannot be opened or made; check the folder and its permissions.")
        case .newer: Label("数据由更新的版本写成。请升级灯塔。", "The data was written by a newer version. Upgrade Pharos.")
        case .damaged(let what): Label("数据已损坏：\(what)。请从备份恢复。", "The data is damaged: \(what). Restore a backup.")
        case .full(let path):
            Label("\(path)：磁盘已满，没有保存。腾出空间后再试。", "\(path): the disk is full; nothing was saved. Make room and try again.")
        case .busy(let path):
            Label("\(path)：正被另一个程序占用，没有保存。稍后再试。", "\(path): another program keeps it busy; nothing was saved. Try again later.")
        case .disk(let path):
            Label(
                "\(path)：磁盘读写出错。检查磁盘，必要时从备份恢复。",
                "\(path): the disk does not read or write it. Check the disk; restore a backup if need be.")
        case .database(let path, let code):
            Label("\(path)：数据库出错（SQLite 错误 \(code)）。", "\(path): the database failed (SQLite error \(code)).")
        case .fileName(let name):
            Label(
                "文件名「\(name)」不能用：只用字母、汉字、数字和 . _ -，以 \(WorkspaceFiles.endings.joined(separator: "、")) 结尾。",
                "The name “\(name)” cannot be used: letters, digits and . _ - only, ending in \(WorkspaceFiles.endings.joined(separator: ", "))."
            )
        case .holidays(let error):
            Label("\(WorkspaceFiles.holidays)：\(error.words.zh)", "\(WorkspaceFiles.holidays): \(error.words.en)")
        case .fileTooLarge(let name, let bytes):
            Label(
                "\(name) 有 \(bytes >> 20) MB，上限为 \(PlanStore.largestFile >> 20) MB：先用 gzip 压缩，或只导出需要的时段。",
                "\(name) has \(bytes >> 20) MB, more than \(PlanStore.largestFile >> 20) MB: compress it with gzip, or export the period you need."
            )
        case .fileExists(let path): Label("\(path) 已存在。换一个文件名，或先移走它。", "\(path) exists. Use another name, or move it away.")
        }
    }
}
