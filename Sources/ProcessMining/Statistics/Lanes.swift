extension EventLog {
    /// Who does each activity most, by code: the team where a column names teams, or else people who do alike; nil where nobody is named.
    ///
    /// - Complexity: O(events), and that of `PeopleRoles` without teams.
    public var lanes: [String?] {
        if let groups { return names(groups.codes, groups.values) }
        guard !resource.isEmpty else { return activities.map { _ in nil } }
        let people = PeopleRoles(self)
        return people.roleOfActivity.map { role in
            role.map { role in
                let members = people.members[role]
                return members.count == 1 ? resources[members[0]] : "\(resources[members[0]]) +\(members.count - 1)"
            }
        }
    }

    private func names(_ codes: [Int32], _ values: [String]) -> [String?] {
        var counts = activities.map { _ in [Int32: Int]() }
        for event in activity.indices where codes[event] >= 0 { counts[Int(activity[event])][codes[event], default: 0] += 1 }
        return counts.map { $0.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { values[Int($0.key)] } }
    }
}
