import WorkingTime

/// The plans that belong together: a company's, a team's, a person's.
public struct Workspace: Sendable, Equatable {
    public var name: String
    /// In the order of lists.
    public private(set) var plans: [Plan]
    private var positions: [PlanKey: Int]
    /// What plans name and is kept beside them.
    public var files: WorkspaceFiles
    /// The public holidays all calendars begin with: those built in, years of an administrator's file in their place.
    public var publicHolidays = HolidayCalendar.china

    public init(name: String = "", plans: [Plan] = [], files: WorkspaceFiles = WorkspaceFiles()) {
        self.name = name
        self.files = files
        self.plans = plans
        positions = Dictionary(plans.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads a plan; sets one of the same key or adds a new one at the end; `nil` removes it.
    public subscript(key: PlanKey) -> Plan? {
        get { positions[key].map { plans[$0] } }
        set {
            switch (newValue, positions[key]) {
            case (let plan?, let position?): plans[position] = plan
            case (let plan?, nil):
                positions[key] = plans.count
                plans.append(plan)
            case (nil, let position?):
                plans.remove(at: position)
                positions = Dictionary(uniqueKeysWithValues: plans.enumerated().map { ($1.key, $0) })
            case (nil, nil): break
            }
        }
    }

    /// Takes over the public holidays that an administrator keeps beside the plans; without a file, those built in.
    ///
    /// - Throws: `HolidayFileError`, where the file cannot be read; the holidays stay as they were.
    public mutating func takeHolidays() throws(HolidayFileError) {
        guard let bytes = files.bytes(WorkspaceFiles.holidays) else {
            publicHolidays = .china
            return
        }
        publicHolidays = try .china(replacedBy: bytes)
    }

    /// Those that are not archived.
    public var plansInUse: [Plan] { plans.filter { !$0.isArchived } }

    public func record(_ id: RecordID) -> Record? { self[id.plan]?.record(id) }
}

extension HolidayCalendar {
    /// The public holidays built in, with the years of an administrator's file in their place.
    ///
    /// - Throws: `HolidayFileError`, naming the entry.
    public static func china(replacedBy file: some Sequence<UInt8>) throws(HolidayFileError) -> HolidayCalendar {
        china.replacing(with: try HolidayCalendar(json: String(decoding: Array(file), as: UTF8.self)))
    }
}
