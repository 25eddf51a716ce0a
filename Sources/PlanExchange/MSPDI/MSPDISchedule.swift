/// What we compute for a task of a project file, as CSV and JSON name it.
public struct MSPDIScheduleRow: Encodable, Sendable {
    public let uid: Int
    public let name: String
    public let outlineLevel: Int
    /// `2010-06-08T08:00:00`
    public let earlyStart: String
    public let earlyFinish: String
    public let lateStart: String
    public let lateFinish: String
    public let start: String
    public let finish: String
    /// Working minutes.
    public let totalSlack: Int
    public let freeSlack: Int
    public let isCritical: Bool

    enum CodingKeys: String, CodingKey {
        case uid, name, start, finish
        case outlineLevel = "outline_level"
        case earlyStart = "early_start"
        case earlyFinish = "early_finish"
        case lateStart = "late_start"
        case lateFinish = "late_finish"
        case totalSlack = "total_slack_min"
        case freeSlack = "free_slack_min"
        case isCritical = "critical"
    }
}

extension MSPDIProject {
    /// The computed schedule, a row a task in the order of the file.
    public func schedule() throws(MSPDIError) -> [MSPDIScheduleRow] {
        let schedule = try network().network.schedule()
        func minutes(_ tenths: Int) -> Int { Int((Double(tenths) / Double(MSPDIText.unitsPerMinute)).rounded()) }
        return tasks.enumerated().map { activity, task in
            MSPDIScheduleRow(
                uid: task.uid, name: task.name, outlineLevel: task.outlineLevel,
                earlyStart: MSPDIText.text(schedule.earlyStart(of: activity)),
                earlyFinish: MSPDIText.text(schedule.earlyFinish(of: activity)),
                lateStart: MSPDIText.text(schedule.lateStart(of: activity)),
                lateFinish: MSPDIText.text(schedule.lateFinish(of: activity)),
                start: MSPDIText.text(schedule.start(of: activity)), finish: MSPDIText.text(schedule.finish(of: activity)),
                totalSlack: minutes(schedule.totalFloat(of: activity) - schedule.conflict(of: activity)),
                freeSlack: minutes(schedule.freeFloat(of: activity)),
                isCritical: schedule.isCritical(activity) && !task.isSketch && task.percentComplete < 100)
        }
    }

    /// The computed schedule as CSV:
    /// `uid,early_start,early_finish,late_start,late_finish,start,finish,total_slack_min,free_slack_min,critical`.
    public func scheduleCSV() throws(MSPDIError) -> String {
        let head = "uid,early_start,early_finish,late_start,late_finish,start,finish,total_slack_min,free_slack_min,critical"
        let rows = try schedule().map { row in
            let dates = [row.earlyStart, row.earlyFinish, row.lateStart, row.lateFinish, row.start, row.finish]
            return "\(row.uid),\(dates.joined(separator: ",")),\(row.totalSlack),\(row.freeSlack),\(row.isCritical ? 1 : 0)"
        }
        return ([head] + rows).joined(separator: "\n") + "\n"
    }
}
