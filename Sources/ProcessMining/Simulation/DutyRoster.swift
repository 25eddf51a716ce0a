import Measures

/// When those work who do some activities of a log of intervals, and how many of them at a time.
///
/// **Hours.** An hour of the week is worked if things begin and end in it at least a tenth as often as in the busiest one, or a fifth as
/// often as usual for the time that something lies there in that hour, waiting or in work. So a quiet night on duty is worked, and a
/// night over which work lies until the morning is not. Where people end what they have begun though the hours are over, only beginnings
/// make an hour worked. What a single hour cannot tell, its time of day tells (Monday to Friday); what neither tells in a log of few events, the hours of everybody tell.
///
/// **People.** Work of one person without a rest of eight hours between is a stint. A stint lasts from its first beginning to its last end,
/// and on both sides as long again as people are idle between two pieces of work on average; one of a single piece lasts as long as the
/// others on average. How many stints cover an hour is how many work in it: the median of those in which anybody does, since those who have
/// nothing to do are not seen.
/// People who do several things at once count as so many more.
struct DutyRoster {
    let week: WorkWeek
    /// Whether what is begun is ended though the hours are over; it lies till the next hours otherwise.
    let endsBegun: Bool
    /// How many work at once in the hours with most of them.
    let capacity: Int
    /// Parts of the capacity in the 168 hours of the week; empty if it is the same in all.
    let staffing: [Double]

    /// - Parameter general: the hours of everybody in the log.
    /// - Complexity: O(visits · (log visits + hours a visit lasts, at most 168)).
    init(_ visits: [RoleVisit], general: WorkWeek? = nil) {
        (week, endsBegun) = Self.hours(visits, general: general)
        let atOnce = Self.atOnce(visits, week)
        guard visits.contains(where: { $0.person >= 0 }) else {
            (capacity, staffing) = (max(atOnce.most, 1), [])
            return
        }
        let people = StintCover(visits, week).people
        // A tenth of the hours may have more, as where shifts overlap.
        let most = week.openHours.map { people[$0] }.sorted(by: >)[week.openHours.count / 10]
        capacity = Self.doesSeveralAtOnce(visits, week) ? max(most, atOnce.usual) : most
        staffing = week.openHours.allSatisfy { people[$0] >= most } ? [] : people.map { min(Double($0) / Double(most), 1) }
    }

    /// The hours in which visits are worked, and whether what is begun in them is ended after them.
    static func hours(_ visits: [RoleVisit], general: WorkWeek? = nil) -> (week: WorkWeek, endsBegun: Bool) {
        // Who is busy with one case begins no other, and who has nothing to do ends none.
        let beginnings = WorkWeek(
            openHours: HourEvidence(visits).hours(general: general)
                .union(HourEvidence(visits, countsWork: false).hours(general: general)))
        guard !endsBegun(visits, beginnings) else { return (beginnings, true) }
        return (WorkWeek(openHours: HourEvidence(visits, countsEnds: true).hours(general: general)), false)
    }

    /// Whether more is ended after hours than lies till the next, and that is little of all the work.
    private static func endsBegun(_ visits: [RoleVisit], _ week: WorkWeek) -> Bool {
        guard !week.isAlways else { return false }
        let open = Set(week.openHours)
        var (over, lying, after, all) = (0, 0, 0.0, 0.0)
        for visit in visits {
            let outside = visit.end - visit.start - (week.worked(until: visit.end) - week.worked(until: visit.start))
            all += visit.end - visit.start
            guard outside > 0, open.contains(WorkWeek.hour(of: visit.start)) else { continue }
            if open.contains(WorkWeek.hour(of: visit.end)), outside > 3600 {
                lying += 1
            } else {
                (over, after) = (over + 1, after + outside)
            }
        }
        return over > lying && after < 0.2 * all
    }

    /// Whether more than a twentieth of the work is done by people who are at something else too.
    private static func doesSeveralAtOnce(_ visits: [RoleVisit], _ week: WorkWeek) -> Bool {
        var (work, busy) = (0.0, 0.0)
        for own in Dictionary(grouping: visits.filter { $0.person >= 0 }, by: \.person).values {
            var until = -Double.infinity
            for visit in own.sorted(by: { $0.start < $1.start }) {
                let (start, end) = (week.worked(until: visit.start), week.worked(until: visit.end))
                work += end - start
                busy += max(end - max(start, until), 0)
                until = max(until, end)
            }
        }
        return work > 1.05 * busy
    }

    /// How many visits are in work at once at most, and in all but a two-hundredth of the working time.
    private static func atOnce(_ visits: [RoleVisit], _ week: WorkWeek) -> (most: Int, usual: Int) {
        let spans = visits.map { (from: week.worked(until: $0.start), to: week.worked(until: $0.end)) }.filter { $0.from < $0.to }
        let steps = spans.flatMap { [($0.from, 1), ($0.to, -1)] }.sorted { $0 < $1 }
        guard let first = steps.first, let last = steps.last else { return (0, 0) }
        var lasting: [Double] = [0]
        var (level, before) = (0, first.0)
        for (moment, step) in steps {
            lasting[level] += moment - before
            before = moment
            level += step
            if level == lasting.count { lasting.append(0) }
        }
        var rest = 0.005 * (last.0 - first.0)
        var usual = lasting.count - 1
        while usual > 0, lasting[usual] <= rest {
            rest -= lasting[usual]
            usual -= 1
        }
        return (lasting.lastIndex { $0 > 0 } ?? 0, usual)
    }
}

/// One piece of work of a role. Seconds since a Monday, midnight, of the zone.
struct RoleVisit {
    /// When the case was ready for it.
    let ready: Double
    let start: Double
    let end: Double
    /// Code of who did it; negative where nobody is named.
    let person: Int32
}

/// What happens in the hours of the week, and how long something lies there.
private struct HourEvidence {
    /// Beginnings, and ends where they count.
    private var counts = [Double](repeating: 0, count: 168)
    /// Hours in which something waited, or was in work where that counts, each case for itself.
    private var lying = [Double](repeating: 0, count: 168)

    init(_ visits: [RoleVisit], countsEnds: Bool = false, countsWork: Bool = true) {
        for visit in visits {
            counts[WorkWeek.hour(of: visit.start)] += 1
            if countsEnds { counts[WorkWeek.hour(of: visit.end)] += 1 }
            let until = countsWork ? visit.end : visit.start
            let weeks = ((until - visit.ready) / WorkWeek.length).rounded(.down)
            if weeks > 0 { for hour in lying.indices { lying[hour] += weeks } }
            var from = visit.ready + weeks * WorkWeek.length
            while from < until {
                let to = min(((from / 3600).rounded(.down) + 1) * 3600, until)
                lying[WorkWeek.hour(of: from)] += (to - from) / 3600
                from = to
            }
        }
    }

    func hours(general: WorkWeek?) -> Set<Int> {
        let usual = usual
        let busiest = counts.max() ?? 0
        let isSparse = counts.reduce(0, +) < 3 * 168
        let open = counts.indices.filter { hour in
            let alike = Self.alike(hour)
            for hours in [[hour], alike] {
                let seen = hours.reduce(0) { $0 + counts[$1] }
                let expected = usual * hours.reduce(0) { $0 + lying[$1] }
                guard max(seen, expected) >= 5 else { continue }
                return seen >= 0.2 * expected || seen >= 0.1 * busiest * Double(hours.count)
            }
            let similar = hour < 120 ? alike : [120 + hour % 24, 144 + hour % 24]
            return similar.contains { counts[$0] > 0 } || isSparse && general?.openHours.contains(hour) ?? false
        }
        return Set(open)
    }

    /// What begins and ends for each hour that something lies there, in the hour of the median beginning or end.
    private var usual: Double {
        let rates = counts.indices.filter { counts[$0] > 0 && lying[$0] > 0 }.map {
            (rate: counts[$0] / lying[$0], weight: counts[$0])
        }
        .sorted { $0.rate < $1.rate }
        var rest = rates.reduce(0) { $0 + $1.weight } / 2
        for (rate, weight) in rates {
            rest -= weight
            if rest <= 0 { return rate }
        }
        return 0
    }

    /// The same time of day on days of the same kind.
    static func alike(_ hour: Int) -> [Int] { hour < 120 ? (0..<5).map { $0 * 24 + hour % 24 } : [hour] }
}

/// How many people are at work in each hour of the week.
private struct StintCover {
    /// At least one in the hours of the week, none in others.
    let people: [Int]

    private struct Stint {
        /// When it began.
        let began: Double
        /// In working seconds.
        let from, to: Double
        /// Idle between two pieces of work; nil if there is one only.
        let idle: Double?
    }

    private static let rest = 8 * 3600.0

    init(_ visits: [RoleVisit], _ week: WorkWeek) {
        let hours = week.openHours
        let spans = Self.presences(Self.stints(visits, week), week)
        // By number of the working hour, of the last so many.
        let last = Int(((spans.map(\.upperBound).max() ?? 0) / 3600).rounded(.up))
        let first = max(Int(((spans.map(\.lowerBound).min() ?? 0) / 3600).rounded(.down)), last - Self.mostHours)
        var covered = [Double](repeating: 0, count: max(last - first, 0))
        for span in spans {
            var from = max(span.lowerBound, Double(first) * 3600)
            while from < span.upperBound {
                let number = (from / 3600).rounded(.down)
                let to = min((number + 1) * 3600, span.upperBound)
                covered[Int(number) - first] += (to - from) / 3600
                from = to
            }
        }
        var seen = [[Double]](repeating: [], count: 168)
        for (place, people) in covered.enumerated() where people > 0 {
            let number = (place + first) % hours.count
            seen[hours[number < 0 ? number + hours.count : number]].append(people)
        }
        var people = [Int](repeating: 0, count: 168)
        for hour in hours {
            let counts = HourEvidence.alike(hour).flatMap { seen[$0] }.sorted()
            people[hour] = counts.isEmpty ? 1 : max(Int(counts[counts.count / 2].rounded()), 1)
        }
        self.people = people
    }

    /// Some forty years of offices.
    private static let mostHours = 100_000

    private static func stints(_ visits: [RoleVisit], _ week: WorkWeek) -> [Stint] {
        var stints: [Stint] = []
        for own in Dictionary(grouping: visits.filter { $0.person >= 0 }, by: \.person).values {
            var (began, from, until, end, idle, gaps) = (0.0, 0.0, -Double.infinity, 0.0, 0.0, 0)
            func finish() {
                if until > -.infinity {
                    stints.append(Stint(began: began, from: from, to: end, idle: gaps > 0 ? idle / Double(gaps) : nil))
                }
            }
            for visit in own.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
                let start = week.worked(until: visit.start)
                if visit.start - until >= rest {
                    finish()
                    (began, from, end, idle, gaps) = (visit.start, start, start, 0, 0)
                } else {
                    idle += max(start - end, 0)
                    gaps += 1
                }
                until = max(until, visit.end)
                end = max(end, week.worked(until: visit.end))
            }
            finish()
        }
        return stints
    }

    /// When people are there, in working seconds.
    private static func presences(_ stints: [Stint], _ week: WorkWeek) -> [Range<Double>] {
        let several = stints.filter { $0.idle != nil }
        func mean(_ value: (Stint) -> Double) -> Double { several.map(value).compensatedSum / Double(max(several.count, 1)) }
        let idle = mean { $0.idle ?? 0 }
        let usual = several.isEmpty ? rest : mean { $0.to - $0.from } + 2 * idle
        let longest =
            (0..<7).map { week.worked(until: Double($0 + 1) * 86_400) - week.worked(until: Double($0) * 86_400) }.max() ?? rest
        return stints.map { stint in
            let length = max(stint.to - stint.from, min(stint.idle == nil ? usual : stint.to - stint.from + 2 * idle, longest))
            let from = (stint.from + stint.to - length) / 2
            guard !week.isAlways else { return from..<from + length }
            // Nobody is there before the day's work begins or after it ends.
            let day = (stint.began / 86_400).rounded(.down) * 86_400
            let (opens, closes) = (week.worked(until: day), week.worked(until: day + 86_400))
            if stint.to > closes { return stint.from..<stint.to }
            let begin = max(min(from, closes - length), opens)
            return begin..<max(min(begin + length, closes), begin)
        }
    }
}
