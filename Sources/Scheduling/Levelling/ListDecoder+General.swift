/// The decoder for everything the fast path leaves out: capacities over time, fixed, split and paused activities, releases, latest finishes,
/// more than four capacities, all kinds of links.
extension ListDecoder {
    func decodeGeneral(_ list: UnsafeMutablePointer<Int32>, backward isBackward: Bool) -> Int32 {
        let side = isBackward ? backward : forward
        let mirror = touched
        mirrorEnd = isBackward ? mirror : nil
        if network.needsRepair || isBackward { repair(list, side) }
        resetProfile(backward: isBackward, mirror)
        overrun = 0
        var makespan: Int32 = 0
        // Fixed activities hold from the outset, wherever they stand in the list.
        for activity in 0..<count where network.fixedStart[activity] >= 0 {
            let start = network.fixedStart[activity]
            let anchored = isBackward ? max(0, Int32(mirror) - start - duration[activity]) : start
            set(activity, start: anchored, finish: anchored + duration[activity])
            makespan = max(makespan, anchored + duration[activity])
        }
        for position in 0..<count {
            let activity = Int(list[position])
            if network.fixedStart[activity] >= 0 { continue }
            let earliest = side.earliest(of: activity, anchor, from: isBackward ? 0 : network.release[activity])
            let finish = placeGeneral(activity, from: earliest)
            if !isBackward { overrun += max(0, Int(finish) - Int(network.latestFinish[activity])) }
            makespan = max(makespan, finish)
        }
        if !isBackward { countLateForFixed() }
        touched = min(Int(makespan), periods)
        return makespan
    }

    private func set(_ activity: Int, start: Int32, finish: Int32) {
        anchor[activity] = start
        anchor[activity + count] = finish - duration[activity]
    }

    /// Fixed activities that start before their predecessors allow. Free predecessors have counted that as their latest finish.
    private func countLateForFixed() {
        for activity in 0..<count where network.fixedStart[activity] >= 0 {
            let late = Int(network.fixedStart[activity]) + Int(duration[activity]) - Int(network.latestFinish[activity])
            overrun += max(0, late)
        }
    }

    private func resetProfile(backward isBackward: Bool, _ mirror: Int) {
        let last = network.profileLength - 1
        let end = isBackward || !network.isConstant ? periods : touched
        network.capacity.withUnsafeBufferPointer { capacity in
            for period in 0..<end {
                let time = isBackward ? mirror - 1 - period : period
                let source = (time < 0 ? last : min(time, last)) * words
                for word in 0..<words { profile[period * words + word] = capacity[source + word] }
            }
        }
    }

    /// Each activity stays where it is unless one that must precede it comes later: then that one is drawn before it.
    private func repair(_ list: UnsafeMutablePointer<Int32>, _ side: DecoderSide) {
        for activity in 0..<count { placed[activity] = false }
        var filled = 0
        var stack: [Int] = []
        for position in 0..<count {
            stack.append(Int(list[position]))
            while let activity = stack.last {
                if placed[activity] {
                    stack.removeLast()
                    continue
                }
                let depth = stack.count
                for link in side.starts[activity]..<side.starts[activity + 1] {
                    let before = side.activity(at: Int(link), count)
                    if !placed[before] { stack.append(before) }
                }
                guard stack.count == depth else { continue }
                stack.removeLast()
                placed[activity] = true
                repaired[filled] = Int32(activity)
                filled += 1
            }
        }
        list.update(from: repaired, count: count)
    }

    /// Places at the first feasible start and returns the finish. Where capacity is away for good the activity is placed at its
    /// earliest start and the lack counted.
    private func placeGeneral(_ activity: Int, from earliest: Int32) -> Int32 {
        let length = Int(duration[activity])
        let units = demand + activity * words
        guard length > 0, !network.pauses[activity].isEmpty || (0..<words).contains(where: { units[$0] != 0 }) else {
            set(activity, start: earliest, finish: earliest + Int32(length))
            return earliest + Int32(length)
        }
        if !network.tracks.isEmpty, !network.tracks[Int(mode[activity])].isEmpty,
            let finish = placeTracks(activity, network.tracks[Int(mode[activity])], Int(earliest), length)
        {
            return finish
        }
        if network.isStretchable(activity), let finish = placeStretched(activity, Int(earliest), length, units) { return finish }
        var start = Int(earliest)
        var period = start
        while period < start + length, start + length <= periods {
            if !fits(units, period) { start = period + 1 }
            period += 1
        }
        if start + length > periods { start = Int(earliest) }
        take(units, start..<start + length)
        set(activity, start: Int32(start), finish: Int32(start + length))
        return Int32(start + length)
    }

    /// Outside its pauses; in between wherever there is capacity if it may be split, without a break if not.
    private func placeStretched(_ activity: Int, _ earliest: Int, _ length: Int, _ units: UnsafeMutablePointer<UInt64>) -> Int32?
    {
        var left = length
        var period = earliest
        var start = -1
        while left > 0, period < periods {
            if !rests(activity, period) {
                if fits(units, period) {
                    if start < 0 { start = period }
                    left -= 1
                } else if !network.maySplit[activity] {
                    (start, left) = (-1, length)
                }
            }
            period += 1
        }
        guard left == 0 else { return nil }
        for time in start..<period where !rests(activity, time) && fits(units, time) {
            take(units, time..<time + 1)
            if isRecording { record(activity, time) }
        }
        set(activity, start: Int32(start), finish: Int32(period))
        return Int32(period)
    }

    /// What rests at the same times side by side, each from the start on until it has done the length; the activity begins with the first
    /// and ends with the last.
    private func placeTracks(_ activity: Int, _ tracks: [SearchNetwork.Track], _ earliest: Int, _ length: Int) -> Int32? {
        var start = earliest
        // A later start up to the obstacle would meet it as well, since starts and finishes of a track move together.
        while let obstacle = tracks.lazy.compactMap({ self.obstacle(activity, $0, start, length) }).first {
            guard obstacle < periods else { return nil }
            start = obstacle + 1
        }
        var (first, last) = (Int.max, start)
        for track in tracks {
            var made = ActivityTrack(capacities: track.capacities)
            var left = length
            var period = start
            while left > 0 {
                if !rests(track.pauses, period), !network.maySplit[activity] || fits(track, period) {
                    take(track, period)
                    made.record(period)
                    (first, last) = (min(first, period), max(last, period + 1))
                    left -= 1
                }
                period += 1
            }
            if isRecording { self.tracks[activity, default: []].append(made) }
        }
        set(activity, start: Int32(first), finish: Int32(last))
        return Int32(last)
    }

    /// The first period in which a track from a start on lacks what it takes; nil where it has all. Split, it lacks nothing before the end
    /// of all periods.
    private func obstacle(_ activity: Int, _ track: SearchNetwork.Track, _ start: Int, _ length: Int) -> Int? {
        var left = length
        var period = start
        while left > 0 {
            guard period < periods else { return periods }
            if !rests(track.pauses, period) {
                if fits(track, period) { left -= 1 } else if !network.maySplit[activity] { return period }
            }
            period += 1
        }
        return nil
    }

    private func fits(_ track: SearchNetwork.Track, _ period: Int) -> Bool {
        for word in 0..<words where ((profile[period * words + word] | high) &- track.units[word]) & high != high { return false }
        return true
    }

    private func take(_ track: SearchNetwork.Track, _ period: Int) {
        for word in 0..<words { profile[period * words + word] &-= track.units[word] }
    }

    private func rests(_ activity: Int, _ period: Int) -> Bool { rests(network.pauses[activity], period) }

    private func rests(_ pauses: [Range<Int32>], _ period: Int) -> Bool {
        guard !pauses.isEmpty else { return false }
        let time = Int32(mirrorEnd.map { $0 - 1 - period } ?? period)
        return pauses.contains { $0.contains(time) }
    }

    private func record(_ activity: Int, _ time: Int) {
        var own = parts[activity] ?? []
        if let last = own.last, last.upperBound == time {
            own[own.count - 1] = last.lowerBound..<time + 1
        } else {
            own.append(time..<time + 1)
        }
        parts[activity] = own
    }

    @inline(__always)
    private func fits(_ units: UnsafeMutablePointer<UInt64>, _ period: Int) -> Bool {
        for word in 0..<words where ((profile[period * words + word] | high) &- units[word]) & high != high { return false }
        return true
    }

    private func take(_ units: UnsafeMutablePointer<UInt64>, _ interval: Range<Int>) {
        for period in interval {
            guard period < periods else {
                overrun += interval.upperBound - period
                return
            }
            for word in 0..<words {
                let at = period * words + word
                if ((profile[at] | high) &- units[word]) & high == high {
                    profile[at] &-= units[word]
                } else {
                    overrun += PackedUnits.lacking(profile[at], units[word], bits: network.laneBits)
                    profile[at] = PackedUnits.saturating(profile[at], minus: units[word], high: high, bits: network.laneBits)
                }
            }
        }
    }
}
