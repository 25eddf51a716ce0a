extension Day {
    /// The instant at which the day begins: minutes since 1970-01-01T00:00.
    public var start: Int { Int(number) * 1440 }

    /// The instant at `hour:minute` of the day.
    public func at(_ hour: Int, _ minute: Int = 0) -> Int { start + hour * 60 + minute }

    /// The day in which the instant lies; midnight belongs to the day it begins.
    public init(instant: Int) { self.init(number: floorDivide(instant, 1440)) }
}
