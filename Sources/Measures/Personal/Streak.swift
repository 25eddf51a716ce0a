/// How long a habit has been kept without a break.
public struct Streak: Hashable, Sendable {
    /// What counts as keeping a habit.
    public enum Rhythm: Hashable, Sendable {
        /// Every day, except the weekdays of rest (1 Monday … 7 Sunday), on which doing it adds nothing and not doing it breaks nothing.
        case daily(rest: Set<Int>)
        /// At least so many days in every week from Monday to Sunday.
        case weekly(times: Int)
    }

    /// Days or weeks kept in the running streak; 0 when it is broken. Skipped ones that were allowed are not counted.
    public var current: Int
    public var longest: Int
    /// The first day of the running streak.
    public var since: Int?
    /// The newest day on which the habit was done.
    public var lastDone: Int?
    /// The streak breaks at the end of today (of this week) unless the habit is done.
    public var isAtRisk: Bool
    /// Skips still allowed before the running streak breaks.
    public var skipsLeft: Int
}

extension Streak {
    /// Counts a streak up to a day. What is not done yet today (this week) breaks nothing.
    ///
    /// - Parameters:
    ///   - days: the days on which it was done, in any order, repeated or not; days after `today` do not count.
    ///   - allowedSkips: how many days (weeks) in a row may be left out without breaking the streak.
    /// - Complexity: O(n log n)
    public static func counted(_ days: [Int], on today: Int, rhythm: Rhythm = .daily(rest: []), allowedSkips: Int = 0) -> Streak {
        let done = Set(days.filter { $0 <= today }).sorted()
        let beats: [Int]
        let now: Int
        let firstDay: (Int) -> Int
        switch rhythm {
        case .daily(let rest):
            let working = done.filter { !rest.contains(weekday(of: $0)) }
            beats = working.map { ordinal($0, rest) }
            now = ordinal(today, rest)
            var byBeat: [Int: Int] = [:]
            for (beat, day) in zip(beats, working) { byBeat[beat] = day }
            firstDay = { byBeat[$0] ?? today }
        case .weekly(let times):
            var counts: [Int: Int] = [:]
            for day in done { counts[week(of: day), default: 0] += 1 }
            beats = counts.filter { $0.value >= max(1, times) }.keys.sorted()
            now = week(of: today)
            firstDay = { $0 * 7 - 3 }
        }
        return counted(
            beats: beats, now: now, lastDone: done.last, allowedSkips: max(0, allowedSkips), isResting: isRest(today, rhythm),
            firstDay: firstDay)
    }

    private static func counted(
        beats: [Int], now: Int, lastDone: Int?, allowedSkips: Int, isResting: Bool, firstDay: (Int) -> Int
    ) -> Streak {
        var longest = 0
        var length = 0
        var start: Int?
        for (index, beat) in beats.enumerated() {
            let isContinued = index > 0 && beat - beats[index - 1] - 1 <= allowedSkips
            length = isContinued ? length + 1 : 1
            if !isContinued { start = beat }
            longest = max(longest, length)
        }
        // On a day of rest the newest beat that could be missed is the one before, which is over.
        let skipped = beats.last.map { max(0, now - $0 - (isResting ? 0 : 1)) } ?? 0
        let isAlive = beats.last != nil && skipped <= allowedSkips
        let isDoneNow = beats.last == now
        return Streak(
            current: isAlive ? length : 0, longest: longest, since: isAlive ? start.map(firstDay) : nil, lastDone: lastDone,
            isAtRisk: isAlive && !isDoneNow && !isResting && skipped == allowedSkips,
            skipsLeft: isAlive ? allowedSkips - skipped : 0)
    }

    private static func isRest(_ day: Int, _ rhythm: Rhythm) -> Bool {
        if case .daily(let rest) = rhythm { rest.contains(weekday(of: day)) } else { false }
    }

    /// Days that are not of rest from a fixed Monday up to and including `day`.
    private static func ordinal(_ day: Int, _ rest: Set<Int>) -> Int {
        let working = (1...7).filter { !rest.contains($0) }
        return week(of: day) * working.count + working.filter { $0 <= weekday(of: day) }.count
    }

    /// Weeks since the one of 1969-12-29.
    private static func week(of day: Int) -> Int {
        let shifted = day + 3
        return shifted >= 0 ? shifted / 7 : (shifted - 6) / 7
    }
}
