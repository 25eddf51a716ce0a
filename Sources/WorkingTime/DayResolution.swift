/// Decides the hours and the kind of single days from layers. Used while a calendar is compiled and by tests.
struct DayResolution {
    let layers: [CalendarLayer]
    private let indices: [ExceptionIndex]?

    /// - Parameter isIndexed: finds the exceptions of a day through an index; pays where many days are asked.
    init(layers: [CalendarLayer], isIndexed: Bool = false) {
        self.layers = layers
        indices = isIndexed ? layers.map { ExceptionIndex($0.exceptions) } : nil
    }

    /// Hours of `day` by the weeks alone.
    func weekHours(_ day: Day) -> Shifts {
        var hours = Shifts.none
        for layer in layers {
            let dated = layer.datedWeeks.last { $0.days.contains(day) && $0.week[day.weekday] != nil }
            hours = dated?.week[day.weekday] ?? layer.week[day.weekday] ?? hours
        }
        return hours
    }

    func resolve(_ day: Day) -> (hours: Shifts, kind: DayKind) {
        let usual = weekHours(day)
        var hours = usual
        var kind: DayKind = usual.isEmpty ? .restDay : .workingDay
        for (place, layer) in layers.enumerated() {
            if let holiday = layer.holidays?[day] {
                (hours, kind) = apply(holiday, on: day)
            }
            for exception in exceptions(of: layer, at: place, on: day) {
                hours = apply(exception.effect, to: hours, on: day)
                kind = hours.isEmpty ? .exceptionalDayOff(exception.name) : .exceptionalWorkingDay(exception.name)
            }
        }
        return (hours, kind)
    }

    private func exceptions(of layer: CalendarLayer, at place: Int, on day: Day) -> [CalendarException] {
        guard let indices else { return layer.exceptions.filter { $0.days.contains(day) } }
        return indices[place].on(day).map { layer.exceptions[$0] }
    }

    private func apply(_ holiday: Holiday, on day: Day) -> (Shifts, DayKind) {
        switch holiday.kind {
        case .statutoryHoliday: (.none, .statutoryHoliday(holiday.name))
        case .dayOffInLieu: (.none, .dayOffInLieu(holiday.name))
        case .makeUpWorkingDay: (openHours(day), .makeUpWorkingDay(holiday.name))
        }
    }

    private func apply(_ effect: CalendarException.Effect, to hours: Shifts, on day: Day) -> Shifts {
        switch effect {
        case .closed: .none
        case .open: openHours(day)
        case .hours(let shifts): shifts
        case .adding(let shifts): hours.adding(shifts)
        case .removing(let shifts): hours.removing(shifts)
        }
    }

    /// The hours of an ordinary working day put on `day`.
    private func openHours(_ day: Day) -> Shifts {
        let own = weekHours(day)
        guard own.isEmpty else { return own }
        let monday = day - (day.weekday - 1)
        return (0..<7).lazy.map { weekHours(monday + $0) }.first { !$0.isEmpty } ?? .none
    }

    /// The days on which anything but the plain week can hold, or `nil`. Days outside 1900–2199 are ignored.
    var irregularDays: ClosedRange<Day>? {
        var first: Day?
        var last: Day?
        func include(_ days: ClosedRange<Day>) {
            first = min(first ?? days.lowerBound, days.lowerBound)
            last = max(last ?? days.upperBound, days.upperBound)
        }
        for layer in layers {
            layer.datedWeeks.forEach { include($0.days) }
            layer.exceptions.forEach { include($0.days) }
            layer.holidays?.holidays.keys.forEach { include($0...$0) }
        }
        guard let first, let last else { return nil }
        return (first...last).clamped(to: Day(number: -25_567)...Day(number: 84_005))
    }
}

/// Finds the exceptions of a day: short ones by their days, long ones one by one.
private struct ExceptionIndex {
    private static let longest = 31
    private var short: [Day: [Int]] = [:]
    private var long: [(days: ClosedRange<Day>, place: Int)] = []

    init(_ exceptions: [CalendarException]) {
        for (place, exception) in exceptions.enumerated() {
            if exception.days.upperBound - exception.days.lowerBound > ExceptionIndex.longest {
                long.append((exception.days, place))
            } else {
                for day in exception.days { short[day, default: []].append(place) }
            }
        }
    }

    /// Places in the order in which they were given.
    func on(_ day: Day) -> [Int] {
        let covering = long.filter { $0.days.contains(day) }.map(\.place)
        let own = short[day] ?? []
        return covering.isEmpty ? own : (own + covering).sorted()
    }
}
