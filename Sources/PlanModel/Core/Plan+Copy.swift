import WorkingTime

extension Plan {
    /// The same plan under another key: references within it follow, what has happened stays out.
    ///
    /// Actual dates, progress, values, decisions, spending and reviews belong to the plan copied from. What is planned moves with the
    /// start; what was sold a year before becomes what the next year is held against.
    ///
    /// - Parameter start: where the copy begins; its dates stay where they are if nil, or if this plan has no start.
    /// - Complexity: O(values).
    public func copied(as key: PlanKey, startingOn start: Day? = nil) -> Plan {
        let move = DateMove(from: fields.start, to: start)
        let moved = Dictionary(
            uniqueKeysWithValues: Kind.all.flatMap(records).map {
                ($0.id, RecordID(plan: key, prefix: $0.id.prefix, number: $0.id.number))
            })
        let dropped = Kind.all.filter { Self.happened.contains($0.key) }.flatMap(records).map(\.id)
        func copy(_ record: Record) -> Record {
            var made = Record(
                id: RecordID(plan: key, prefix: record.id.prefix, number: record.id.number), parent: record.parent,
                values: record.values)
            for field in record.kind.fields {
                if !field.spec.isRequired, Self.isCleared(field, of: record.kind) { made.values[field.index] = nil }
                if let source = Self.lastYear[field.key].flatMap({ record.kind.firstField(of: $0) }) {
                    made.values[field.index] = move.isOneYear ? record.values[source.index] : nil
                }
                var value = made.values[field.index]
                if Self.isPlanned(field, of: record.kind) { value = value.map(move.callAsFunction) }
                for id in dropped { value = value?.without(id) }
                made.values[field.index] = value?.renumbering(moved)
            }
            return made
        }
        let kept = Kind.all.filter { !Self.happened.contains($0.key) }.flatMap(records).map(copy)
        return Plan(key: key, blueprint: blueprint, revision: 0, header: copy(header), prose: prose, records: kept)
    }

    /// Kinds of what has happened.
    private static let happened: Set<String> = [
        "spending", "review", "adjustment", "feedback", "session", "note", "defect", "change", "baseline", "survey",
    ]

    private static func isCleared(_ field: FieldInfo, of kind: Kind) -> Bool {
        cleared.contains(field.key) || cleared.contains("\(kind.key).\(field.key)")
    }

    /// Fields of what has happened, of any kind or of one.
    private static let cleared: Set<String> = [
        // How far it is, and what it came to.
        "progress", "state", "actualStart", "actualFinish", "remaining", "actualCost", "costToComplete", "unitsDone",
        "baselineStart",
        "baselineFinish", "baselineCost", "values", "done", "actual", "sales.quantity", "committed", "spent", "realised",
        "passed",
        "adoption", "attended", "understanding", "certificate", "learned", "leads", "deals", "revenue", "counts", "orders",
        "newCustomers", "monthlyRevenue", "salesSpend", "marketingSpend", "history", "log", "measured", "decisions",
        "meeting.notes",
        "reading.notes", "until",
        // What was decided and seen.
        "decision", "approved", "opinion", "forecast", "decidedOn", "requestedOn", "approvedOn", "isAgreed", "raisedOn", "heldOn",
        "lastReviewed", "reviewedOn", "doneOn", "deliveredOn", "acceptedOn", "signedOn", "availableOn", "statusDate", "isSample",
        "isArchived",
    ]

    /// What a field of the year before is taken from.
    private static let lastYear = ["lastYear": ["actual", "counts"], "lastQuantity": ["quantity"]]

    /// Whether a field says when something is to be, and so moves with the plan. Days that people join and leave, and those of calendars,
    /// do not depend on it.
    private static func isPlanned(_ field: FieldInfo, of kind: Kind) -> Bool {
        planned.contains(field.key) && !["person", "calendar", "exception", "book"].contains(kind.key)
    }

    private static let planned: Set<String> = [
        "start", "finish", "due", "deadline", "constraintDate", "needBy", "nextOn", "on", "seasonFrom", "seasonUntil", "path",
        "target",
        "targetQuantity", "needed", "available", "quarter",
    ]
}

extension Kind {
    fileprivate func firstField(of keys: [String]) -> FieldInfo? { keys.lazy.compactMap(field).first }
}

/// How far dates move when a plan is made anew for another time: by whole months where both starts are the same day of a month, so that
/// the end of a month stays one, else by days.
struct DateMove {
    private var months = 0
    private var days = 0

    init(from old: Day?, to new: Day?) {
        guard let old, let new else { return }
        if old.day == new.day {
            months = (new.year - old.year) * 12 + new.month - old.month
        } else {
            days = new - old
        }
    }

    var isOneYear: Bool { months == 12 }

    func callAsFunction(_ day: Day) -> Day {
        guard months != 0 else { return day + days }
        let count = day.year * 12 + day.month - 1 + months
        let (year, month) = (count / 12, count % 12 + 1)
        let length = Day.length(ofMonth: month, in: year)
        let isLast = day.day == Day.length(ofMonth: day.month, in: day.year)
        return Day(year: year, month: month, day: isLast ? length : min(day.day, length)) ?? day
    }

    /// A date, the periods of a series, or a quarter written as `2026Q1`; any other value is itself.
    func callAsFunction(_ value: Value) -> Value {
        switch value {
        case .date(let day): .date(self(day))
        case .series(let series): .series(Series(series.points.map { (self($0.day), $0.value) }))
        case .text(let text): Self.quarter(text).map { .text("\(self($0).year)Q\(self($0).quarter)") } ?? value
        default: value
        }
    }

    /// The first day of `2026Q1`; nil for any other text.
    private static func quarter(_ text: String) -> Day? {
        let parts = text.split(separator: "Q", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let year = parts[0], let quarter = parts[1], (1...4).contains(quarter) else { return nil }
        return Day(year: year, month: 3 * quarter - 2, day: 1)
    }
}
