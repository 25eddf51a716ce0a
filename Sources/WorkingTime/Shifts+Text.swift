/// Hours as people write them.
extension Shifts {
    /// Reads `09:00-12:00, 13:00-18:00`; `9:00–12:00`, `9-12` and full-width signs are understood too.
    ///
    /// - Returns: `nil` for anything else, and for intervals that are empty, overlap or cross midnight: those are written as two,
    ///   `00:00-06:00, 22:00-24:00`.
    public init?(_ text: some StringProtocol) {
        var intervals: [Range<Int>] = []
        for part in text.split(whereSeparator: { ",，、 ;；".contains($0) }) {
            let ends = part.split(omittingEmptySubsequences: false) { "-–—~～至".contains($0) }.map { Shifts.minute($0) }
            guard ends.count == 2, let start = ends[0], let end = ends[1], start < end,
                !intervals.contains(where: { $0.overlaps(start..<end) })
            else { return nil }
            intervals.append(start..<end)
        }
        if intervals.isEmpty { return nil }
        self.init(intervals)
    }

    /// `9:30` or `9` as a minute of the day, up to 24:00.
    private static func minute(_ text: some StringProtocol) -> Int? {
        let parts = text.split(omittingEmptySubsequences: false) { ":：".contains($0) }
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) }), let hour = Int(parts[0]),
            let minute = parts.count == 2 ? Int(parts[1]) : 0, (0...59).contains(minute), hour >= 0
        else { return nil }
        let total = hour * 60 + minute
        return total <= 1440 ? total : nil
    }

    /// `09:00–12:00, 13:00–18:00`; empty where there is no work.
    public var text: String {
        func clock(_ minute: Int) -> String {
            let (hour, rest) = minute.quotientAndRemainder(dividingBy: 60)
            return (hour < 10 ? "0" : "") + "\(hour):" + (rest < 10 ? "0" : "") + "\(rest)"
        }
        return intervals.map { "\(clock($0.lowerBound))–\(clock($0.upperBound))" }.joined(separator: ", ")
    }
}
