import Measures

/// How many cases come in an hour, for each of the 168 of a week, without what is chance in the counts of a log.
///
/// Arrivals drawn by the counts themselves are burstier than those of a log of w weeks by a part 1/w, and queues longer by about half of it.
/// So days of the week and hours of the day differ where more than chance says so (χ², 1 %), and a single hour differs from what its day
/// and its time of day let expect where it lies three deviations off, or by as much as all others together show beyond chance (James &
/// Stein). Hours in which nobody comes stay empty: those who would serve them may not work then.
struct ArrivalPattern {
    /// Cases begun in each hour of the week.
    let counts: [Double]
    /// How many hours of each the log covers.
    let exposure: [Double]

    /// - Parameters:
    ///   - begins: seconds since some Monday, midnight, in any order; at least one.
    init(_ begins: [Double]) {
        var counts = [Double](repeating: 0, count: 168)
        for begin in begins {
            counts[Int((begin - (begin / WorkWeek.length).rounded(.down) * WorkWeek.length) / 3600) % 168] += 1
        }
        let (first, last) = (begins.min() ?? 0, begins.max() ?? 0)
        self.counts = counts
        exposure = (0..<168).map { hour in
            let week = WorkWeek(openHours: [hour])
            return (week.worked(until: last) - week.worked(until: first)) / 3600
        }
    }

    /// Cases an hour in each hour of the week; none in those that the log does not cover.
    var rates: [Double] {
        let (cases, hours) = (counts.reduce(0, +), exposure.reduce(0, +))
        guard cases > 0, hours > 0 else { return counts }
        let mean = cases / hours
        let byDay = margin(of: 7, mean) { $0 / 24 }
        let byTime = margin(of: 24, mean) { $0 % 24 }
        let usual = counts.indices.map { byDay[$0 / 24] * byTime[$0 % 24] / mean }
        let deviations = counts.indices.map { hour in
            let expected = usual[hour] * exposure[hour]
            return expected > 0 ? (counts[hour] - expected) / expected.squareRoot() : 0
        }
        let ordinary = deviations.filter { abs($0) <= 3 && $0 != 0 }
        let spread = ordinary.reduce(0) { $0 + $1 * $1 } / Double(max(ordinary.count, 1))
        let own = max(0, 1 - 1 / max(spread, 1))
        return counts.indices.map { hour in
            guard exposure[hour] > 0 else { return 0 }
            let seen = counts[hour] / exposure[hour]
            return counts[hour] == 0 || abs(deviations[hour]) > 3 ? seen : usual[hour] + own * (seen - usual[hour])
        }
    }

    /// Rates of the parts of a week, each the mean of all if they differ by no more than chance.
    private func margin(of size: Int, _ mean: Double, _ part: (Int) -> Int) -> [Double] {
        var seen = [Double](repeating: 0, count: size)
        var hours = seen
        for hour in counts.indices {
            seen[part(hour)] += counts[hour]
            hours[part(hour)] += exposure[hour]
        }
        let covered = hours.indices.filter { hours[$0] > 0 }
        let distance = covered.reduce(0) {
            $0 + (seen[$1] - mean * hours[$1]) * (seen[$1] - mean * hours[$1]) / (mean * hours[$1])
        }
        guard covered.count > 1, ChiSquaredDistribution(freedom: Double(covered.count - 1)).survival(distance) < 0.01 else {
            return [Double](repeating: mean, count: size)
        }
        return zip(seen, hours).map { $1 > 0 ? $0 / $1 : 0 }
    }
}
