/// The functions of the formula language.
public enum FormulaFunction: String, Hashable, Sendable, CaseIterable {
    /// The argument one period before.
    case previous
    /// The argument in the same period a year before.
    case samePeriodLastYear
    /// The sum from the first period of the year to this one.
    case yearToDate
    /// Over the last n periods including this one, or over all so far.
    case sum, average, minimum, maximum, count
    /// A comparison, what holds if it is true, what holds otherwise.
    case choose
    case absolute
    /// To whole numbers, or to the given number of decimals.
    case round
    /// The smaller and the larger of two or more.
    case smaller, larger

    /// Chinese first, then English; case does not matter.
    public var names: [String] {
        switch self {
        case .previous: ["上期", "previous", "prev"]
        case .samePeriodLastYear: ["去年同期", "samePeriodLastYear", "lastYear"]
        case .yearToDate: ["本年累计", "yearToDate", "ytd"]
        case .sum: ["合计", "求和", "sum"]
        case .average: ["平均", "average", "avg", "mean"]
        case .minimum: ["最小", "min"]
        case .maximum: ["最大", "max"]
        case .count: ["计数", "count"]
        case .choose: ["如果", "if"]
        case .absolute: ["绝对值", "abs"]
        case .round: ["四舍五入", "round"]
        case .smaller: ["较小", "smaller", "least"]
        case .larger: ["较大", "larger", "greatest"]
        }
    }

    var argumentCount: ClosedRange<Int> {
        switch self {
        case .previous, .samePeriodLastYear, .yearToDate, .absolute: 1...1
        case .sum, .average, .minimum, .maximum, .count, .round: 1...2
        case .choose: 3...3
        case .smaller, .larger: 2...20
        }
    }

    /// The second argument is a number of periods, written out.
    var takesPeriods: Bool {
        switch self {
        case .sum, .average, .minimum, .maximum, .count: true
        default: false
        }
    }

    private static let byName: [String: FormulaFunction] = {
        var table: [String: FormulaFunction] = [:]
        for function in allCases { for name in function.names { table[name.lowercased()] = function } }
        return table
    }()

    static func named(_ name: String) -> FormulaFunction? { byName[name.lowercased()] }

    /// The known name that differs least from a mistyped one, if by no more than a third of its letters.
    static func near(_ name: String) -> String? {
        let wanted = Array(name.lowercased())
        guard wanted.count <= 40 else { return nil }
        let distances = allCases.flatMap(\.names).map { (name: $0, distance: editDistance(wanted, Array($0.lowercased()))) }
        guard let nearest = distances.min(by: { $0.distance < $1.distance }), 3 * nearest.distance <= max(3, nearest.name.count),
            nearest.distance < wanted.count
        else { return nil }
        return nearest.name
    }

    private static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(diagonal + (a == b ? 0 : 1), above + 1, row[j] + 1)
                diagonal = above
            }
        }
        return row[right.count]
    }
}
