/// People who do alike, as a log shows it: each group could stand in for its members.
public struct PeopleRoles: Sendable, Hashable {
    /// Codes of the people of each role, most work first.
    public let members: [[Int]]
    /// Code of the activity each role does most.
    public let mainActivity: [Int]
    /// Role of each person, by code.
    public let roleOf: [Int]
    /// Role that does each activity most, by code; nil where nobody is named.
    public let roleOfActivity: [Int?]

    /// Joins people whose shares of activities are alike (cosine at least `similarity`): the "similar task" metric of organisational
    /// mining (Song & van der Aalst 2008).
    ///
    /// - Complexity: O(events + people² · activities).
    public init(_ log: EventLog, similarity: Double = 0.8) {
        let (people, size) = (log.resources.count, log.activities.count)
        var counts = [[Double]](repeating: [Double](repeating: 0, count: size), count: people)
        if !log.resource.isEmpty {
            for event in log.activity.indices where log.resource[event] >= 0 {
                counts[Int(log.resource[event])][Int(log.activity[event])] += 1
            }
        }
        let lengths = counts.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        var sets = DisjointSets(people)
        for one in 0..<people {
            for other in 0..<one where lengths[one] > 0 && lengths[other] > 0 {
                let product = zip(counts[one], counts[other]).reduce(0) { $0 + $1.0 * $1.1 }
                if product >= similarity * lengths[one] * lengths[other] { sets.unite(one, other) }
            }
        }
        let totals = counts.map { $0.reduce(0, +) }
        members = sets.groups.map { $0.sorted { (totals[$1], $0) < (totals[$0], $1) } }
        let work = members.map { group in (0..<size).map { activity in group.reduce(0) { $0 + counts[$1][activity] } } }
        mainActivity = work.map { own in own.indices.max { (own[$0], $1) < (own[$1], $0) } ?? 0 }
        var roleOf = [Int](repeating: 0, count: people)
        for (role, group) in members.enumerated() { for person in group { roleOf[person] = role } }
        self.roleOf = roleOf
        roleOfActivity = (0..<size).map { activity in
            work.indices.filter { work[$0][activity] > 0 }.max { (work[$0][activity], $1) < (work[$1][activity], $0) }
        }
    }
}
