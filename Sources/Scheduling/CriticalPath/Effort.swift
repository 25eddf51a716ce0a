/// Which of duration, work and units stays when one of the others changes.
public enum EffortType: Hashable, Sendable {
    case fixedUnits, fixedDuration, fixedWork
}

/// The arithmetic of an activity's staffing: work = duration × units for each person, kept whole when one side changes.
///
/// - Source: the task types of Microsoft Project and effort-driven scheduling, as documented.
public struct Effort: Hashable, Sendable {
    public struct Share: Hashable, Sendable {
        /// 1 = full time.
        public var units: Double
        /// Minutes.
        public var work: Double
    }

    public var type: EffortType
    /// Whether people who join share the work there is, rather than bring their own.
    public var isEffortDriven: Bool
    /// Working minutes.
    public private(set) var duration: Double
    public private(set) var shares: [Share] = []

    public init(type: EffortType, isEffortDriven: Bool, duration: Int) {
        self.type = type
        self.isEffortDriven = isEffortDriven
        self.duration = Double(max(0, duration))
    }

    /// Minutes of all together.
    public var work: Double { shares.reduce(0) { $0 + $1.work } }

    /// Another person, with units above 0.
    public mutating func add(units: Double) {
        guard units > 0 else { return }
        let before = work
        shares.append(Share(units: units, work: duration * units))
        if isEffortDriven && shares.count > 1 { share(before) }
    }

    /// Somebody leaves; with effort-driven work the others take it over.
    public mutating func remove(at index: Int) {
        guard shares.indices.contains(index) else { return }
        let before = work
        shares.remove(at: index)
        if shares.isEmpty { return }
        if isEffortDriven { share(before) } else if type != .fixedDuration { duration = longest }
    }

    public mutating func setDuration(_ minutes: Int) {
        duration = Double(max(0, minutes))
        for index in shares.indices {
            if type == .fixedWork { shares[index].units = duration > 0 ? shares[index].work / duration : shares[index].units }
            shares[index].work = type == .fixedWork ? shares[index].work : duration * shares[index].units
        }
    }

    public mutating func setUnits(_ units: Double, at index: Int) {
        guard units > 0, shares.indices.contains(index) else { return }
        shares[index].units = units
        if type == .fixedDuration { shares[index].work = duration * units } else { duration = longest }
    }

    public mutating func setWork(_ minutes: Int) {
        guard !shares.isEmpty else { return }
        share(Double(max(0, minutes)))
    }

    /// Spreads work in proportion to units, then mends duration or units.
    private mutating func share(_ total: Double) {
        let units = shares.reduce(0) { $0 + $1.units }
        for index in shares.indices { shares[index].work = total * shares[index].units / units }
        guard type == .fixedDuration else { return duration = longest }
        for index in shares.indices where duration > 0 { shares[index].units = shares[index].work / duration }
    }

    private var longest: Double { shares.map { $0.work / $0.units }.max() ?? duration }
}
