/// How many get from stage to stage, by period.
public struct Funnel: Hashable, Sendable {
    public struct Period: Hashable, Sendable {
        public var name: String
        /// How many reached each stage; `stages.count` values.
        public var reached: [Int]

        public init(name: String, reached: [Int]) {
            self.name = name
            self.reached = reached
        }
    }

    /// From one stage to the next.
    public struct Step: Hashable, Sendable {
        public var from: Int
        public var to: Int
        /// `nil` where nobody reached the stage before, or where more came out than went in.
        public var conversion: Double?
        /// 95 % by Wilson 1927.
        public var interval: ClosedRange<Double>?
    }

    public var stages: [String]
    public var periods: [Period]

    /// - Returns: `nil` where a period doesn't have a number, from 0 to 2⁴⁸, for every stage.
    public init?(stages: [String], periods: [Period]) {
        guard !stages.isEmpty,
            periods.allSatisfy({ $0.reached.count == stages.count && $0.reached.allSatisfy { $0 >= 0 && $0 < 1 << 48 } })
        else { return nil }
        self.stages = stages
        self.periods = periods
    }

    /// All periods together.
    public var total: Period {
        Period(name: "", reached: stages.indices.map { stage in periods.reduce(0) { $0 + $1.reached[stage] } })
    }

    /// One step per stage after the first.
    public func steps(of period: Period) -> [Step] {
        zip(period.reached, period.reached.dropFirst()).map { from, to in
            guard from > 0, to <= from else { return Step(from: from, to: to, conversion: nil, interval: nil) }
            return Step(
                from: from, to: to, conversion: Double(to) / Double(from),
                interval: BeforeAfter.wilson(to, from, NormalDistribution.standard.upperQuantile(0.025)))
        }
    }

    /// From the first stage to the last.
    public func overall(of period: Period) -> Double? {
        guard let first = period.reached.first, let last = period.reached.last, first > 0, last <= first else { return nil }
        return Double(last) / Double(first)
    }

    /// The step that costs most: where bringing it to its conversion in the other period would change the end most.
    ///
    /// - Returns: the index of the step and how many more (or fewer) would reach the last stage; `nil` where nothing compares.
    public func weakestStep(of period: Period, against other: Period) -> (step: Int, missing: Double)? {
        let (now, then) = (steps(of: period), steps(of: other))
        let end = Double(period.reached.last ?? 0)
        let losses: [(step: Int, missing: Double)] = now.indices.compactMap { index in
            guard let share = now[index].conversion, let wanted = then[index].conversion else { return nil }
            if share > 0 { return (index, end * (wanted / share - 1)) }
            // Nobody came through: the steps behind are taken as they were in the other period.
            let behind = then.dropFirst(index + 1).map { $0.conversion ?? 1 }
            return (index, Double(now[index].from) * behind.reduce(wanted, *))
        }
        return losses.max { $0.missing < $1.missing }
    }
}
