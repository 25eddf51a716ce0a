import WorkingTime

/// Lags that are a percentage of a summary's duration, which only its dates tell.
extension Network {
    /// Links whose lag is a share of a summary, by index.
    static func summaryShares(_ links: [Link], _ layout: NetworkLayout) -> [Int] {
        guard !layout.children.isEmpty else { return [] }
        return links.indices.filter { links[$0].lag.isShare && layout.rank[links[$0].predecessor] < 0 }
    }

    /// Measures the summaries anew and sets their lags; returns whether any changed.
    mutating func measureSummaries(_ early: [Int32]) -> Bool {
        var hasChanged = false
        for summary in Set(summaryShares.map { links[$0].predecessor }) {
            hasChanged = setSpan(span(ofSummary: summary, early), ofSummary: summary) || hasChanged
        }
        guard hasChanged else { return false }
        let shares = Set(summaryShares.map(Int32.init))
        for rank in 0..<nodes.count {
            for edge in layout.predecessorRows(rank) where shares.contains(layout.edgeLink[edge]) {
                fill(edge: edge, successor: rank)
            }
        }
        return true
    }

    private func span(ofSummary summary: Int, _ early: [Int32]) -> Int32 {
        let times = dates(ofSummary: summary, early)
        guard !isUniform else { return Network.clamp(Int(times.finish) - Int(times.start)) }
        return Network.clamp(calendar(of: summary).workingMinutes(from: Int(times.start), to: Int(times.finish)))
    }

    private func dates(ofSummary summary: Int, _ early: [Int32]) -> (start: Int32, finish: Int32) {
        if case .manual(let start, let finish) = activities[summary].mode { return (raw(start), raw(max(start, finish))) }
        let ranks = layout.descendants(of: summary).filter { activities[$0].mode != .inactive }.map { Int(layout.rank[$0]) }
        guard let start = ranks.map({ early[2 * $0] }).min(), let finish = ranks.map({ early[2 * $0 + 1] }).max() else {
            return (0, 0)
        }
        return (start, finish)
    }
}

extension Lag {
    var isShare: Bool {
        switch self {
        case .percent, .elapsedPercent: true
        case .working, .elapsed: false
        }
    }
}
