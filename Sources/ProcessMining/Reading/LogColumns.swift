/// Which columns of a table hold what.
public struct LogColumns: Sendable, Hashable {
    public var caseID: String
    public var activity: String
    /// The completion, or the only time there is.
    public var time: String
    public var start: String?
    public var resource: String?
    /// The team or role of who did it.
    public var group: String?
    /// Whether a row is a start or a completion, and what tells several of one activity apart: read where these are paired.
    public var transition: String?
    public var instance: String?

    /// Guesses what is not given, by the names that logs use: XES keys, and common names in English and Chinese.
    /// - Throws: ``LogReadingError`` where a name given does not exist or a needed one cannot be guessed.
    public init(header: [String], options: LogReadingOptions) throws(LogReadingError) {
        var seen: Set<String> = []
        for name in header where !name.isEmpty && !seen.insert(name).inserted { throw .duplicateColumn(name) }
        func named(_ name: String?) throws(LogReadingError) -> String? {
            guard let name else { return nil }
            guard header.contains(name) else { throw .noSuchColumn(name, columns: header) }
            return name
        }
        func guessed(_ names: [String]) -> String? {
            for name in names { if let found = header.first(where: { LogColumns.plain($0) == name }) { return found } }
            return nil
        }
        func needed(_ given: String?, _ role: String, _ names: [String]) throws(LogReadingError) -> String {
            if let name = try named(given) ?? guessed(names) { return name }
            throw .columnNotGuessed(role, columns: header)
        }
        caseID = try needed(options.caseColumn, "case", Self.caseNames)
        activity = try needed(options.activityColumn, "activity", Self.activityNames)
        // A log may have no other time than the beginning.
        time = try needed(options.timeColumn, "time", Self.timeNames + Self.startNames)
        start = try named(options.startColumn) ?? guessed(Self.startNames)
        if start == time { start = nil }
        resource = try named(options.resourceColumn) ?? guessed(Self.resourceNames)
        group = guessed(Self.groupNames)
        transition = try named(options.transitionColumn) ?? guessed(Self.transitionNames)
        instance = guessed(["concept:instance"])
    }

    /// Whether a column of this name says of which team somebody is.
    static func isGroup(_ name: String) -> Bool { groupNames.contains(plain(name)) }

    /// Lower case without spaces, underscores and hyphens.
    private static func plain(_ name: String) -> String { String(name.lowercased().filter { !" _-".contains($0) }) }

    private static let caseNames = [
        "case:concept:name", "caseid", "case", "casenumber", "caseno", "traceid", "trace", "processinstance", "processinstanceid",
        "instanceid", "ticketid", "incidentid", "orderid", "案例", "案例编号", "案例号", "案例id", "案件号", "流程实例", "流程实例id", "流程编号",
        "实例编号", "实例id", "工单号", "工单编号", "工单", "单号", "单据编号", "订单号", "订单编号",
    ]
    private static let activityNames = [
        "concept:name", "activity", "activityname", "event", "eventname", "task", "taskname", "step", "活动", "活动名称", "环节", "环节名称",
        "步骤", "任务", "任务名称", "操作", "节点", "节点名称", "事件", "事件名称",
    ]
    private static let timeNames = [
        "time:timestamp", "timestamp", "completetimestamp", "endtimestamp", "endtime", "end", "enddate", "complete",
        "completetime",
        "time", "datetime", "date", "eventtime", "ts", "完成时间", "结束时间", "时间", "时间戳", "日期时间", "日期", "发生时间", "操作时间",
        "处理时间",
    ]
    private static let startNames = [
        "starttimestamp", "starttime", "start", "startdate", "begin", "begintime", "开始时间", "受理时间",
    ]
    private static let transitionNames = ["lifecycle:transition", "lifecycle", "transition", "生命周期"]
    private static let groupNames = [
        "org:role", "org:group", "role", "team", "group", "department", "班组", "团队", "部门", "岗位", "角色",
    ]
    private static let resourceNames = [
        "org:resource", "resource", "user", "agent", "employee", "资源", "处理人", "人员", "操作人", "执行人", "责任人",
    ]
}

/// How to read a log.
public struct LogReadingOptions: Sendable, Hashable {
    public var caseColumn: String?
    public var activityColumn: String?
    public var timeColumn: String?
    public var startColumn: String?
    public var resourceColumn: String?
    public var transitionColumn: String?
    /// Further columns to keep for filters.
    public var attributes: [String] = []
    /// `utf-8`, `utf-16`, `gb18030`, `iso-8859-1` or `windows-1252`; `nil` tells by the bytes.
    public var encoding: String?
    /// Zone of times that name none, minutes east of Greenwich.
    public var zoneMinutes = 0
    /// Whether 3/4/2026 is the third of April; `nil` lets the dates of the file tell.
    public var isDayFirst: Bool?
    /// A log of more is refused: what a server sets so that nobody fills its memory. `nil` is no limit.
    public var mostEvents: Int?
    /// Bytes after inflating, as `mostEvents`.
    public var mostBytes: Int?
    /// Bytes of memory that the log may take while it is read and counted; one that would take more is refused. `nil` is no limit. With
    /// `spill`, rows are no part of it but for those of the longest case.
    public var mostMemory: Int?
    /// Where rows go that are too many for memory; `nil` keeps all in memory.
    public var spill: SpillOptions?
    /// Bytes of the file where that is known and it is not packed: room is made for its events at once, which takes less at the most.
    public var fileBytes: Int?

    public init() {}

    /// Positions of events are kept in 32 bits.
    var eventLimit: Int { min(mostEvents ?? .max, Int(Int32.max) - 1) }

    /// `Z`, `+08:00`, `+0800`, `+08` as minutes.
    public static func zone(_ text: String) throws(LogReadingError) -> Int {
        if ["Z", "UTC", "GMT"].contains(text.uppercased()) { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { throw .unknownZone(text) }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard let number = Int(digits), digits.count == 2 || digits.count == 4 else { throw .unknownZone(text) }
        let minutes = digits.count == 2 ? number * 60 : number / 100 * 60 + number % 100
        guard minutes <= 15 * 60 else { throw .unknownZone(text) }
        return sign == "-" ? -minutes : minutes
    }
}
