import ArgumentParser
import Foundation
import PlanExchange
import PlanModel
import WorkingTime

/// Public holidays other than those built in; without it those of `holidays.json` beside the plans, where there is one.
struct HolidayOption: ParsableArguments {
    @Option(
        name: .customLong("holidays"),
        help: .both(
            "法定节假日的 JSON 文件，格式同 holiday-cn；替换内置的年份。",
            "Public holidays as JSON in the form of holiday-cn; they replace the years built in."),
        completion: .file(extensions: ["json"]))
    var file: String?

    /// Reads plans with these holidays, or says what is wrong and ends with exit code 2.
    func workspace(_ path: String, _ language: Language) throws -> Workspace {
        try replacing(PlanInput.workspace(path, language), language)
    }

    /// Plans with these holidays instead of their own.
    func replacing(_ given: Workspace, _ language: Language) throws -> Workspace {
        var workspace = given
        if let bytes = try bytes(language) { workspace.publicHolidays = try .china(replacedBy: bytes) }
        return workspace
    }

    /// The file, found readable.
    func bytes(_ language: Language) throws -> Data? {
        guard let file else { return nil }
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw ValidationError(language == .chinese ? "\(file)：没有这个文件。" : "\(file): there is no such file.")
        }
        do throws(HolidayFileError) { _ = try HolidayCalendar.china(replacedBy: bytes) } catch {
            Terminal.complain(language == .chinese ? "\(file)：\(error.words.zh)" : "\(file): \(error.words.en)")
            throw ExitCode(2)
        }
        return bytes
    }
}
