/// Why a day is worked or not, for people and pictures.
public enum DayKind: Hashable, Sendable {
    case workingDay
    /// Off by the week pattern.
    case restDay
    case statutoryHoliday(DayName)
    case dayOffInLieu(DayName)
    case makeUpWorkingDay(DayName)
    /// Off by an exception of a layer.
    case exceptionalDayOff(DayName?)
    /// Hours other than the week's by an exception of a layer.
    case exceptionalWorkingDay(DayName?)

    public var name: DayName? {
        switch self {
        case .workingDay, .restDay: nil
        case .statutoryHoliday(let name), .dayOffInLieu(let name), .makeUpWorkingDay(let name): name
        case .exceptionalDayOff(let name), .exceptionalWorkingDay(let name): name
        }
    }
}
