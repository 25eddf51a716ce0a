/// Serial schedule generation (Kelley 1963): activities are placed one after another in the order of a list, each at its earliest
/// feasible start; forward from time 0, or backward in mirrored time.
///
/// One decoder per thread. All arrays are unmanaged and allocated once; a schedule of 120 activities takes about 4 µs.
/// The anchor of activity i at `i` is its start, at `n + i` its finish less its duration (the same unless it was split).
final class ListDecoder {
    let network: SearchNetwork
    let count: Int
    let words: Int
    let high: UInt64
    let isPlain: Bool

    /// Of the modes chosen.
    let duration: UnsafeMutablePointer<Int32>
    let demand: UnsafeMutablePointer<UInt64>
    /// Of the schedule generated last, in the time of its direction.
    let anchor: UnsafeMutablePointer<Int32>
    /// Free units per period, `words` each.
    let profile: UnsafeMutablePointer<UInt64>
    let periods: Int
    let forward: DecoderSide
    let backward: DecoderSide
    /// Of the modes chosen, together.
    private(set) var modeCost = 0
    /// The modes chosen, as indices into those of the network.
    let mode: UnsafeMutablePointer<Int32>
    /// What the last schedule misses: units lacking and periods late.
    var overrun = 0
    /// The instant that is 0 in mirrored time, while a schedule is generated backward.
    var mirrorEnd: Int?
    /// Periods of the profile in use by the last schedule.
    var touched = 0
    /// Longest path from an activity's start to the end of all, in the modes chosen.
    let tail: UnsafeMutablePointer<Int32>
    let placed: UnsafeMutablePointer<Bool>
    let repaired: UnsafeMutablePointer<Int32>
    /// Activities placed so far, over all schedules.
    var placements = 0
    /// Working intervals of split and paused activities, kept while `isRecording`.
    var isRecording = false
    var parts: [Int: [Range<Int>]] = [:]
    var tracks: [Int: [ActivityTrack]] = [:]
    private let bucket: UnsafeMutablePointer<Int32>

    init(_ network: SearchNetwork) {
        self.network = network
        count = network.count
        words = network.words
        high = network.high
        isPlain = network.isPlain
        let room = max(count, 1)
        duration = .allocate(capacity: room)
        demand = .allocate(capacity: room * words)
        mode = .allocate(capacity: room)
        anchor = .allocate(capacity: 2 * room)
        anchor.initialize(repeating: 0, count: 2 * room)
        tail = .allocate(capacity: room)
        placed = .allocate(capacity: room)
        repaired = .allocate(capacity: room)
        forward = DecoderSide(network.forward)
        backward = DecoderSide(network.backward)
        periods = network.horizon + 2
        profile = .allocate(capacity: periods * words)
        for period in 0..<periods {
            let source = min(period, network.profileLength - 1) * words
            for word in 0..<words { profile[period * words + word] = network.capacity[source + word] }
        }
        bucket = .allocate(capacity: periods + 1)
        bucket.initialize(repeating: 0, count: periods + 1)
        for activity in 0..<count { load(mode: Int(network.modeStarts[activity]), of: activity) }
        measureTails()
    }

    deinit {
        duration.deallocate()
        demand.deallocate()
        mode.deallocate()
        anchor.deallocate()
        tail.deallocate()
        placed.deallocate()
        repaired.deallocate()
        profile.deallocate()
        bucket.deallocate()
        forward.deallocate()
        backward.deallocate()
    }

    /// Chooses the modes (indices into those of the network) for the schedules to come.
    func choose(modes: UnsafePointer<Int32>) {
        modeCost = 0
        for activity in 0..<count { load(mode: Int(modes[activity]), of: activity) }
        weigh(network.forward, forward, backward: false)
        weigh(network.backward, backward, backward: true)
        measureTails()
    }

    private func measureTails() {
        for activity in network.topological.reversed() {
            let activity = Int(activity)
            var longest: Int32 = 0
            for link in backward.starts[activity]..<backward.starts[activity + 1] {
                // A mirrored weight leads from the successor's mirrored start to ours.
                let successor = backward.activity(at: Int(link), count)
                longest = max(longest, tail[successor] - duration[successor] + backward.weight[Int(link)])
            }
            tail[activity] = longest + duration[activity]
        }
    }

    private func load(mode: Int, of activity: Int) {
        self.mode[activity] = Int32(mode)
        if !network.modeCosts.isEmpty { modeCost += network.modeCosts[mode] }
        duration[activity] = network.durations[mode]
        for word in 0..<words { demand[activity * words + word] = network.demands[mode * words + word] }
    }

    private func weigh(_ side: Network, _ target: DecoderSide, backward: Bool) {
        for (index, link) in side.links.enumerated() {
            let weight = network.weight(of: network.links[Int(link)], backward: backward) { duration[$0] }
            target.weight[index] = Int32(truncatingIfNeeded: weight)
        }
    }

    private typealias Network = SearchNetwork.Side

    /// Places the activities in the order of `list`, which must respect the links of the direction (it is repaired first where
    /// the network needs that); returns the makespan.
    ///
    /// The first `shared` activities take their starts from `known` and are not searched for (nor counted). With a limit the
    /// schedule is given up, and `Int32.max` returned, as soon as it cannot end by then.
    func decode(
        _ list: UnsafeMutablePointer<Int32>, backward isBackward: Bool, shared: Int = 0, known: UnsafePointer<Int32>? = nil,
        limit: Int32 = .max
    ) -> Int32 {
        if !isPlain {
            placements &+= count
            return decodeGeneral(list, backward: isBackward)
        }
        let side = isBackward ? backward : forward
        let full = network.capacity.withUnsafeBufferPointer { $0[0] }
        for period in 0..<touched { profile[period] = full }
        var makespan: Int32 = 0
        if let known {
            for position in 0..<shared {
                let activity = Int(list[position])
                let start = known[activity]
                anchor[activity] = start
                anchor[activity &+ count] = start
                let end = start &+ duration[activity]
                for period in Int(start)..<Int(end) { profile[period] &-= demand[activity] }
                makespan = max(makespan, end)
            }
        }
        for position in shared..<count {
            let activity = Int(list[position])
            let length = duration[activity]
            var start = side.earliest(of: activity, anchor, from: 0)
            let units = demand[activity]
            if units != 0 { start = place(from: start, length, units) }
            anchor[activity] = start
            anchor[activity &+ count] = start
            makespan = max(makespan, start &+ length)
            if limit != .max, start &+ tail[activity] > limit {
                placements &+= position &+ 1 &- shared
                touched = Int(makespan)
                return .max
            }
        }
        placements &+= count &- shared
        touched = Int(makespan)
        return makespan
    }

    /// One look per period: on a lack the start moves behind it.
    @inline(__always)
    private func place(from earliest: Int32, _ length: Int32, _ units: UInt64) -> Int32 {
        var start = earliest
        var period = earliest
        var end = earliest &+ length
        while period < end {
            if ((profile[Int(period)] | high) &- units) & high != high {
                start = period &+ 1
                end = start &+ length
            }
            period &+= 1
        }
        period = start
        while period < end {
            profile[Int(period)] &-= units
            period &+= 1
        }
        return start
    }

    /// Turns `list` into the list for the opposite direction: by finishes in the last schedule, latest first, equal ones in
    /// reversed order. O(n + makespan).
    func reverse(_ list: UnsafePointer<Int32>, into result: UnsafeMutablePointer<Int32>, makespan: Int32) {
        let top = min(Int(makespan), periods)
        func key(_ activity: Int) -> Int { max(0, top &- Int(anchor[activity &+ count] &+ duration[activity])) }
        for position in 0..<count { bucket[key(Int(list[position]))] &+= 1 }
        var sum: Int32 = 0
        for key in 0...top {
            let here = bucket[key]
            bucket[key] = sum
            sum &+= here
        }
        var position = count &- 1
        while position >= 0 {
            let activity = Int(list[position])
            let key = key(activity)
            result[Int(bucket[key])] = Int32(truncatingIfNeeded: activity)
            bucket[key] &+= 1
            position &-= 1
        }
        for key in 0...top { bucket[key] = 0 }
    }
}

/// One direction's links as unmanaged arrays.
struct DecoderSide {
    let starts: UnsafeMutablePointer<Int32>
    let source: UnsafeMutablePointer<Int32>
    let weight: UnsafeMutablePointer<Int32>

    init(_ side: SearchNetwork.Side) {
        func copy(_ values: [Int32]) -> UnsafeMutablePointer<Int32> {
            let pointer = UnsafeMutablePointer<Int32>.allocate(capacity: max(values.count, 1))
            for (index, value) in values.enumerated() { pointer[index] = value }
            return pointer
        }
        starts = copy(side.starts)
        source = copy(side.source)
        weight = copy(side.weight)
    }

    /// The activity at whose anchor a link begins.
    @inline(__always)
    func activity(at link: Int, _ count: Int) -> Int {
        let source = Int(source[link])
        return source < count ? source : source &- count
    }

    @inline(__always)
    func earliest(of activity: Int, _ anchor: UnsafeMutablePointer<Int32>, from release: Int32) -> Int32 {
        var earliest = release
        var link = starts[activity]
        let end = starts[activity &+ 1]
        while link < end {
            let bound = anchor[Int(source[Int(link)])] &+ weight[Int(link)]
            if bound > earliest { earliest = bound }
            link &+= 1
        }
        return earliest
    }

    func deallocate() {
        starts.deallocate()
        source.deallocate()
        weight.deallocate()
    }
}
