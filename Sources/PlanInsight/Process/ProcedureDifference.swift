import PlanModel

/// What a version of a procedure says otherwise than an earlier one.
public struct ProcedureDifference: Sendable {
    public struct Part: Sendable {
        /// Steps, cautions or exceptions.
        public let field: FieldInfo
        public let difference: TextDifference
    }

    public let earlier: Typed<Procedure>
    public let later: Typed<Procedure>
    /// Of the fields that differ.
    public let parts: [Part]

    /// - Parameter earlier: the version compared with; the one before if left out.
    /// - Returns: `nil` where there is none before.
    public init?(_ later: Typed<Procedure>, from earlier: RecordID? = nil, in plan: Plan) {
        guard let earlier = (earlier ?? later.previous).flatMap({ plan.record($0, as: Procedure.self) }), earlier.id != later.id
        else { return nil }
        self.earlier = earlier
        self.later = later
        parts = later.record.kind.fields.filter { $0.type == .prose }.compactMap { field in
            func text(_ version: Typed<Procedure>) -> String {
                if case .text(let text)? = version.record[field] { text } else { "" }
            }
            let difference = TextDifference(from: text(earlier), to: text(later))
            return difference.isEmpty ? nil : Part(field: field, difference: difference)
        }
    }

    /// The versions before this one, the nearest first.
    public static func earlierVersions(of procedure: Typed<Procedure>, in plan: Plan) -> [Typed<Procedure>] {
        var versions: [Typed<Procedure>] = []
        var next = procedure.previous
        // A ring of versions ends where it began.
        while let id = next, id != procedure.id, !versions.contains(where: { $0.id == id }),
            let version = plan.record(id, as: Procedure.self)
        {
            versions.append(version)
            next = version.previous
        }
        return versions
    }
}
