/// From a list of the search to the result a caller reads.
struct ScheduleReading {
    private let problem: LevellingProblem
    private let network: SearchNetwork
    private let objective: ScheduleObjective

    init(_ problem: LevellingProblem, _ network: SearchNetwork, _ objective: ScheduleObjective) {
        self.problem = problem
        self.network = network
        self.objective = objective
    }

    /// Decodes the best list once more; bound, moves and counts are left for the caller to fill in.
    func result(_ best: Population) -> LevellingResult {
        let decoder = ListDecoder(network)
        let count = network.count
        if network.isMultiMode { best.bestModes.withUnsafeBufferPointer { $0.baseAddress.map(decoder.choose(modes:)) } }
        var list = best.bestList
        decoder.isRecording = true
        let makespan = list.withUnsafeMutableBufferPointer { $0.baseAddress.map { decoder.decode($0, backward: false) } ?? 0 }
        var result = LevellingResult.empty
        result.starts = (0..<count).map { Int(decoder.anchor[$0]) }
        result.finishes = (0..<count).map { Int(decoder.anchor[$0 + count] + decoder.duration[$0]) }
        result.modes = (0..<count).map {
            Int(network.modeNumbers[Int(network.isMultiMode ? best.bestModes[$0] : network.modeStarts[$0])])
        }
        result.tracks = decoder.tracks
        result.parts = (0..<count).map { activity in
            decoder.tracks[activity].map { $0.flatMap(\.parts).united } ?? decoder.parts[activity]
                ?? [result.starts[activity]..<result.finishes[activity]]
        }
        result.makespan = Int(makespan)
        result.objective = objective.value(
            makespan: Int(makespan), modeCost: decoder.modeCost, start: { result.starts[$0] }, finish: { result.finishes[$0] })
        result.overruns = late(result) + overloads(result)
        return result
    }

    private func late(_ result: LevellingResult) -> [LevellingOverrun] {
        result.finishes.indices.compactMap { activity in
            let late = result.finishes[activity] - Int(network.latestFinish[activity])
            return late > 0 ? .late(activity: activity, by: late) : nil
        }
    }

    /// Looks at every instant at which use or units change.
    private func overloads(_ result: LevellingResult) -> [LevellingOverrun] {
        var overloads: [LevellingOverrun] = []
        for (index, capacity) in problem.capacities.enumerated() {
            var changes: [Int: Int] = [:]
            for activity in result.starts.indices {
                let demand = problem.activities[activity].modes[result.modes[activity]].demands[index]
                guard demand > 0 else { continue }
                for part in result.parts(of: activity, on: index) where !part.isEmpty {
                    changes[part.lowerBound, default: 0] += demand
                    changes[part.upperBound, default: 0] -= demand
                }
            }
            for step in capacity.steps { changes[step.start, default: 0] += 0 }
            var used = 0
            for (time, change) in changes.sorted(by: { $0.key < $1.key }) {
                used += change
                let excess = used - capacity.units(at: time)
                if excess > 0 { overloads.append(.overload(capacity: index, start: time, units: excess)) }
            }
        }
        return overloads
    }
}
