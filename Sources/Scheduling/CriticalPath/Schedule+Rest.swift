extension Schedule {
    /// Where a begun activity stops for its predecessors, and where the rest of it begins.
    public struct Rest: Sendable, Hashable {
        /// The end of what is done, or the status date where that is later: instant as in `Schedule`.
        public let stopped: Int
        public let resumes: Int
    }

    /// - Returns: `nil` for summaries and for what is not begun or is finished.
    /// - Complexity: O(1), or that of the activity's calendars.
    public func rest(of activity: Int) -> Rest? {
        guard !network.isSummary(activity) else { return nil }
        return network.isUniform ? rest(activity, PositionSpace(network)) : rest(activity, InstantSpace(network))
    }

    private func rest(_ activity: Int, _ space: some TimeSpace) -> Rest? {
        let rank = Int(network.layout.rank[activity])
        guard let detail = network.nodes.detail(rank), detail.actualStart != nil, detail.actualFinish == nil else { return nil }
        let resumes = space.nextStart(rank, space.retreat(rank, from: early[2 * rank + 1], by: detail.remaining))
        let done = space.advance(rank, from: early[2 * rank], by: max(0, network.nodes.span[rank] - detail.remaining))
        let stopped = max(done, network.options.statusDate.map(network.raw) ?? done)
        return Rest(stopped: network.finishInstant(min(stopped, resumes), rank: rank), resumes: network.startInstant(resumes))
    }
}
