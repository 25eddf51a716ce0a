extension CompiledPlan {
    /// The finish with every duration at its planned value, no risk and no time lost.
    func plannedFinish() -> Float {
        var start = notEarlier
        var finish = notEarlier
        var end: Float = 0
        for position in 0..<count {
            let duration = planned[position]
            for link in Int(linkStarts[position])..<Int(linkStarts[position + 1]) {
                let predecessor = Int(linkPredecessors[link])
                let bound = (linkKinds[link] == 0 || linkKinds[link] == 2 ? finish[predecessor] : start[predecessor]) + lags[link]
                start[position] = max(start[position], linkKinds[link] >= 2 ? bound - duration : bound)
            }
            finish[position] = start[position] + duration
            end = max(end, finish[position])
        }
        return end
    }
}
