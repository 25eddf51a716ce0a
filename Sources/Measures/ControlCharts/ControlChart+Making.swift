/// How charts are made: phases, points left out of the limits, and the rules looked for.
public struct ControlCharting: Sendable {
    /// In order; the first starts at 0.
    public var phases: [ControlPhase]
    /// Points with a known special cause: plotted and judged, but not used for the limits.
    public var excluded: Set<Int>
    public var rules: [ControlRule]

    public init(
        phases: [ControlPhase] = [ControlPhase(start: 0)], excluded: Set<Int> = [], rules: [ControlRule] = ControlRule.nelson
    ) {
        self.phases = phases
        self.excluded = excluded
        self.rules = rules
    }

    /// X̄–R: all subgroups of one size from 2 to 25.
    public func meansAndRanges(_ subgroups: [[Double]]) throws(ControlChartError) -> (
        location: ControlChart, spread: ControlChart
    ) {
        let size = subgroups.first?.count ?? 0
        for (index, group) in subgroups.enumerated() where group.count != size { throw .subgroupSize(point: index) }
        guard size <= 25, let constants = ControlConstants(size: size) else { throw .subgroupSize(point: 0) }
        let groups = try summaries(subgroups)
        let (means, ranges) = (groups.map(\.mean), groups.map(\.range))
        let location = try chart(.mean, means) { members in
            let sigma = average(ranges, members) / constants.d2
            return Estimate(centre: average(means, members)) { _ in sigma / Double(size).squareRoot() }
        }
        let spread = try chart(.range, ranges, rules: [.beyondLimits]) { members in
            let mean = average(ranges, members)
            return Estimate(centre: mean) { _ in constants.d3 * mean / constants.d2 }
        }
        return (location, spread)
    }

    /// X̄–S: subgroups of any size from 2; σ is the mean of S ÷ c4, weighted where sizes differ.
    ///
    /// - Source: weights inverse to the variance of S ÷ c4 (Burr 1969); with equal sizes S̄ ÷ c4.
    public func meansAndDeviations(
        _ subgroups: [[Double]]
    ) throws(ControlChartError) -> (location: ControlChart, spread: ControlChart) {
        var constants: [ControlConstants] = []
        for (index, group) in subgroups.enumerated() {
            guard let found = ControlConstants(size: group.count) else { throw .subgroupSize(point: index) }
            constants.append(found)
        }
        let groups = try summaries(subgroups)
        func sigma(_ members: [Int]) -> Double {
            var sum = CompensatedSum()
            var weights = 0.0
            for member in members {
                let c4 = constants[member].c4
                let weight = c4 * c4 / (1 - c4 * c4)
                sum.add(weight * groups[member].deviation / c4)
                weights += weight
            }
            return sum.value / weights
        }
        func grandMean(_ members: [Int]) -> Double {
            let count = members.reduce(0) { $0 + groups[$1].count }
            return members.map { groups[$0].mean * Double(groups[$0].count) }.compensatedSum / Double(count)
        }
        let location = try chart(.mean, groups.map(\.mean)) { members in
            let deviation = sigma(members)
            return Estimate(centre: grandMean(members)) { deviation / Double(groups[$0].count).squareRoot() }
        }
        let spread = try chart(.deviation, groups.map(\.deviation), rules: [.beyondLimits]) { members in
            let deviation = sigma(members)
            return Estimate(centres: { constants[$0].c4 * deviation }) {
                (1 - constants[$0].c4 * constants[$0].c4).squareRoot() * deviation
            }
        }
        return (location, spread)
    }

    /// I–MR: single values in order; σ is the mean moving range of two ÷ 1.128. Moving ranges don't cross phases.
    public func individuals(_ values: [Double]) throws(ControlChartError) -> (location: ControlChart, spread: ControlChart) {
        for (index, value) in values.enumerated() where !value.isFinite { throw .badValue(point: index) }
        guard let constants = ControlConstants(size: 2) else { throw .badPhase(0) }
        let starts = Set(phases.map(\.start))
        let ranges = values.indices.map { index in
            index == 0 || starts.contains(index) ? nil : abs(values[index] - values[index - 1])
        }
        func usable(_ members: [Int]) -> [Double] {
            let kept = Set(members)
            return members.filter { ranges[$0] != nil && kept.contains($0 - 1) }.compactMap { ranges[$0] }
        }
        for (index, range) in try phaseRanges(values.count).enumerated() where phases[index].limits == .own {
            let members = range.filter { !excluded.contains($0) }
            // Two values that follow each other, or nothing tells how far values move by chance.
            if members.count >= 2, usable(members).isEmpty { throw .noRange(phase: index) }
        }
        func meanRange(_ members: [Int]) -> Double {
            let usable = usable(members)
            return usable.isEmpty ? 0 : usable.compensatedSum / Double(usable.count)
        }
        let location = try chart(.individual, values) { members in
            let deviation = meanRange(members) / constants.d2
            return Estimate(centre: average(values, members)) { _ in deviation }
        }
        let spread = try chart(.movingRange, ranges, rules: [.beyondLimits]) { members in
            let mean = meanRange(members)
            return Estimate(centre: mean) { _ in constants.d3 * mean / constants.d2 }
        }
        return (location, spread)
    }

    /// p: nonconforming items of samples whose size may vary.
    public func shares(nonconforming: [Int], of sizes: [Int]) throws(ControlChartError) -> ControlChart {
        try check(nonconforming, sizes)
        return try chart(.share, zip(nonconforming, sizes).map { Double($0) / Double($1) }) { members in
            let share = ratio(nonconforming, sizes.map(Double.init), members)
            return Estimate(centre: share) { (share * (1 - share) / Double(sizes[$0])).squareRoot() }
        }
    }

    /// np: nonconforming items of samples of one size.
    public func numbers(nonconforming: [Int], of size: Int) throws(ControlChartError) -> ControlChart {
        let sizes = [Int](repeating: size, count: nonconforming.count)
        try check(nonconforming, sizes)
        return try chart(.number, nonconforming.map(Double.init)) { members in
            let share = ratio(nonconforming, sizes.map(Double.init), members)
            return Estimate(centre: share * Double(size)) { _ in (Double(size) * share * (1 - share)).squareRoot() }
        }
    }

    /// c: faults counted over equal opportunities.
    public func faults(_ counts: [Int]) throws(ControlChartError) -> ControlChart {
        for (index, count) in counts.enumerated() where count < 0 { throw .badValue(point: index) }
        return try chart(.faults, counts.map(Double.init)) { members in
            let mean = average(counts.map(Double.init), members)
            return Estimate(centre: mean) { _ in mean.squareRoot() }
        }
    }

    /// u: faults per unit over varying numbers of units.
    public func faultsPerUnit(_ counts: [Int], units: [Double]) throws(ControlChartError) -> ControlChart {
        for (index, count) in counts.enumerated() {
            guard count >= 0, index < units.count, units[index] > 0, units[index].isFinite else { throw .badValue(point: index) }
        }
        return try chart(.faultsPerUnit, zip(counts, units).map { Double($0) / $1 }) { members in
            let mean = ratio(counts, units, members)
            return Estimate(centre: mean) { (mean / units[$0]).squareRoot() }
        }
    }

    // MARK: From statistics to a chart

    /// Centre line and standard deviation of the plotted statistic at every point.
    private struct Estimate {
        var centres: (Int) -> Double
        var deviations: (Int) -> Double

        init(centre: Double, deviations: @escaping (Int) -> Double) {
            self.init(centres: { _ in centre }, deviations: deviations)
        }

        init(centres: @escaping (Int) -> Double, deviations: @escaping (Int) -> Double) {
            self.centres = centres
            self.deviations = deviations
        }
    }

    private func chart(
        _ kind: ControlChartKind, _ values: [Double?], rules: [ControlRule]? = nil, _ estimate: ([Int]) -> Estimate
    ) throws(ControlChartError) -> ControlChart {
        var points = [ControlPoint?](repeating: nil, count: values.count)
        var estimates: [Estimate?] = []
        var signals: [ControlSignal] = []
        for (index, range) in try phaseRanges(values.count).enumerated() {
            let found: Estimate
            switch phases[index].limits {
            case .own:
                let members = range.filter { !excluded.contains($0) }
                guard members.count >= 2 else { throw .tooFewPoints(phase: index, found: members.count, needed: 2) }
                found = estimate(members)
                estimates.append(found)
            case .frozen(let phase):
                guard phase >= 0, phase < index, let earlier = estimates[phase] else { throw .badPhase(index) }
                found = earlier
                estimates.append(nil)
            }
            for place in range {
                guard let value = values[place] else { continue }
                let (centre, deviation) = (found.centres(place), found.deviations(place))
                points[place] = ControlPoint(
                    value: value, phase: index, centre: centre, deviation: deviation,
                    lower: max(kind.bounds.lowerBound, centre - 3 * deviation),
                    upper: min(kind.bounds.upperBound, centre + 3 * deviation))
            }
            for rule in rules ?? self.rules { signals += rule.signals(in: points, range) }
        }
        return ControlChart(kind: kind, points: points, signals: signals)
    }

    private func phaseRanges(_ count: Int) throws(ControlChartError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (index, phase) in phases.enumerated() {
            let end = index + 1 < phases.count ? phases[index + 1].start : count
            guard phase.start == (ranges.last?.upperBound ?? 0), phase.start < end, end <= count else {
                if count == 0 { throw .tooFewPoints(phase: 0, found: 0, needed: 2) }
                throw .badPhase(index)
            }
            ranges.append(phase.start..<end)
        }
        guard !ranges.isEmpty else { throw .badPhase(0) }
        return ranges
    }

    private func summaries(_ subgroups: [[Double]]) throws(ControlChartError) -> [Moments] {
        for (index, group) in subgroups.enumerated() where !group.allSatisfy(\.isFinite) { throw .badValue(point: index) }
        return subgroups.map { Moments($0) }
    }

    private func check(_ counts: [Int], _ sizes: [Int]) throws(ControlChartError) {
        for (index, count) in counts.enumerated() {
            guard index < sizes.count, sizes[index] > 0, count >= 0, count <= sizes[index] else { throw .badValue(point: index) }
        }
        if sizes.count > counts.count { throw .badValue(point: counts.count) }
    }
}

private func average(_ values: [Double], _ members: [Int]) -> Double {
    members.map { values[$0] }.compensatedSum / Double(members.count)
}

private func ratio(_ counts: [Int], _ sizes: [Double], _ members: [Int]) -> Double {
    members.map { Double(counts[$0]) }.compensatedSum / members.map { sizes[$0] }.compensatedSum
}
