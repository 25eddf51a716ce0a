import Foundation
import FoundationXML
import Scheduling
import Testing
import WorkingTime

@testable import PlanExchange

@Suite struct MSPDIScheduleTests {
    /// The results stored in a file, straight from its XML, for leaf tasks. Tenths of minutes.
    struct Stored {
        let uid: Int
        let dates: [String: Int]
        let totalFloat: Int
        let freeFloat: Int
        let isCritical: Bool

        /// Whether the late dates are as far from the early ones as the slack says. In some files they are left over from an
        /// earlier calculation.
        func hasCurrentLateDates(_ calendar: WorkCalendar) -> Bool {
            guard let earlyStart = dates["EarlyStart"], let earlyFinish = dates["EarlyFinish"],
                let lateStart = dates["LateStart"],
                let lateFinish = dates["LateFinish"]
            else { return false }
            let start = calendar.workingMinutes(from: earlyStart, to: lateStart)
            let finish = calendar.workingMinutes(from: earlyFinish, to: lateFinish)
            return min(start, finish) == totalFloat
        }

        init?(_ element: XMLElement) {
            func text(_ name: String) -> String? { element.elements(forName: name).first?.stringValue }
            guard let uid = text("UID").flatMap({ Int($0) }), uid != 0, text("IsNull") != "1", text("Summary") != "1"
            else { return nil }
            self.uid = uid
            var dates: [String: Int] = [:]
            for name in ["EarlyStart", "EarlyFinish", "LateStart", "LateFinish", "Start", "Finish"] {
                dates[name] = text(name).flatMap { MSPDIText.instant($0) }
            }
            self.dates = dates
            totalFloat = text("TotalSlack").flatMap { Int($0) } ?? 0
            freeFloat = text("FreeSlack").flatMap { Int($0) } ?? 0
            isCritical = text("Critical") == "1"
        }
    }

    static let folder: URL? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appendingPathComponent("../shared/data/mspdi")
        guard FileManager.default.fileExists(atPath: folder.path) else {
            print("reference project files absent, skipped")
            return nil
        }
        return folder
    }()

    static func stored(_ xml: Data) throws -> [Stored] {
        let document = try XMLDocument(data: xml)
        let tasks = document.rootElement()?.elements(forName: "Tasks").first?.elements(forName: "Task") ?? []
        return tasks.compactMap { Stored($0) }
    }

    /// What differs between a file's stored results and ours, a line each, and how many values were compared.
    struct Comparison {
        var compared: [String: Int] = [:]
        var differing: [String: [String]] = [:]
        /// Rows whose stored late dates contradict their own slack; only their other fields are compared.
        var leftOver: [String] = []

        mutating func check(_ field: String, _ isEqual: Bool, _ detail: @autoclosure () -> String) {
            compared[field, default: 0] += 1
            if !isEqual { differing[field, default: []].append(detail()) }
        }

        mutating func add(_ file: URL) throws {
            let xml = try Data(contentsOf: file)
            let made = try MSPDIProject(xml: xml).network()
            let schedule = made.network.schedule()
            for stored in try MSPDIScheduleTests.stored(xml) {
                let activity = try #require(made.uids.firstIndex(of: stored.uid))
                add(
                    stored, schedule, activity, made.network.calendar(of: activity),
                    place: "\(file.lastPathComponent) \(stored.uid)")
            }
        }

        private mutating func add(
            _ stored: Stored, _ schedule: Schedule, _ activity: Int, _ calendar: WorkCalendar, place: String
        ) {
            func isEqual(_ a: Int, _ b: Int) -> Bool { a == b || calendar.position(of: a) == calendar.position(of: b) }
            var ours = [
                "EarlyStart": schedule.earlyStart(of: activity), "EarlyFinish": schedule.earlyFinish(of: activity),
                "Start": schedule.start(of: activity), "Finish": schedule.finish(of: activity),
            ]
            if stored.hasCurrentLateDates(calendar) {
                ours["LateStart"] = schedule.lateStart(of: activity)
                ours["LateFinish"] = schedule.lateFinish(of: activity)
            } else {
                leftOver.append(place)
            }
            for (field, date) in ours {
                guard let theirs = stored.dates[field] else { continue }
                check(field, isEqual(date, theirs), "\(place): \(MSPDIText.text(date)) for \(MSPDIText.text(theirs))")
            }
            let total = schedule.totalFloat(of: activity)
            let free = schedule.freeFloat(of: activity)
            check("TotalSlack", total == stored.totalFloat, "\(place): \(total) for \(stored.totalFloat)")
            check("FreeSlack", free == stored.freeFloat, "\(place): \(free) for \(stored.freeFloat)")
            check("Critical", schedule.isCritical(activity) == stored.isCritical, place)
        }
    }

    @Test(
        "our dates, floats and critical flags equal the ones Microsoft Project stored, in at least 99 of 100 values of every field"
    )
    func storedResults() throws {
        guard let folder = Self.folder else { return }
        var comparison = Comparison()
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where file.pathExtension == "xml" {
            try comparison.add(file)
        }
        #expect(comparison.compared.count == 9)
        for (field, count) in comparison.compared {
            let differing = comparison.differing[field] ?? []
            #expect(differing.count * 100 <= count, "\(field): \(differing)")
        }
        // docs/scheduling.md explains these four.
        #expect(comparison.leftOver.count == 4, "\(comparison.leftOver)")
    }

    @Test("the table has a row a task, in the order of the file, with dates as in the file")
    func table() throws {
        guard let folder = Self.folder else { return }
        let xml = try Data(contentsOf: folder.appendingPathComponent("mspdirelations.xml"))
        let rows = try MSPDIProject(xml: xml).scheduleCSV().split(separator: "\n")
        #expect(rows.count == 7)
        #expect(
            rows[0] == "uid,early_start,early_finish,late_start,late_finish,start,finish,total_slack_min,free_slack_min,critical")
        #expect(rows[2].hasPrefix("1,2006-09-21T08:00:00,2006-09-21T17:00:00,2006-09-21T08:00:00,2006-09-21T17:00:00,"))
        #expect(rows[2].hasSuffix(",0,0,1"))
    }
}
