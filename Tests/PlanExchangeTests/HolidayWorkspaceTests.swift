import Foundation
import PlanModel
import Testing
import WorkingTime

@testable import PlanExchange

/// The administrator's public holidays beside plan files.
@Suite struct HolidayWorkspaceTests {
    private static func folder(_ holidays: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pharos-holidays-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("pharos: 1\nplan: a\nkind: project\ntitle: 甲\n".utf8).write(to: folder.appending(path: "a.yaml"))
        try Data("name: 试\nplans:\n  - a.yaml\n".utf8).write(to: folder.appending(path: WorkspaceFolder.settingsFile))
        try Data(holidays.utf8).write(to: folder.appending(path: WorkspaceFiles.holidays))
        return folder
    }

    private static let announced = #"{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-04", "isOffDay": true}]}"#

    @Test(
        "a file of public holidays beside the plans is read with them, for the folder and for one plan of it",
        arguments: ["", "a.yaml"])
    func reads(file: String) throws {
        let folder = try Self.folder(Self.announced)
        defer { try? FileManager.default.removeItem(at: folder) }
        let workspace = try WorkspaceFolder.read(folder.appending(path: file).path)
        #expect(workspace.publicHolidays.publishedYears == [2024, 2025, 2026, 2027])
        #expect(workspace.publicHolidays[Day("2027-01-04")!]?.kind == .statutoryHoliday)
        #expect(workspace.files.names == [WorkspaceFiles.holidays])
    }

    @Test("a file that cannot be read is refused by its name, with what is wrong")
    func refuses() throws {
        let folder = try Self.folder(#"{"year": 2027, "days": [{"name": "元旦", "date": "2027-02-30", "isOffDay": true}]}"#)
        defer { try? FileManager.default.removeItem(at: folder) }
        let error = #expect(throws: PlanFileErrors.self) { try WorkspaceFolder.read(folder.path) }
        #expect(error?.all.first?.file == WorkspaceFiles.holidays)
        #expect(error?.all.first?.text(in: .english).contains("2027-02-30") == true)
    }
}
