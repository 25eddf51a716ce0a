/// A genetic algorithm over activity lists, every child improved by one forward–backward pass.
///
/// Parents are drawn evenly and crossed (`ListCrossover`, with a stretch of the father's list in which his capacities are well used; one way
/// or the other by chance), then a few activities are moved; the child replaces the worst of a few when it is not worse and not yet there. Starting lists: `ListSampler`.
/// Forward–backward improvement: Tormos & Lova 2001; Valls, Ballestín & Quintanilla 2005.
final class PopulationSearch {
    let decoder: ListDecoder
    let objective: ScheduleObjective
    let count: Int
    var state: Population
    private let sampler: ListSampler
    private let child: UnsafeMutablePointer<Int32>
    private let mirrored: UnsafeMutablePointer<Int32>
    private let crossover: ListCrossover
    private let childModes: UnsafeMutablePointer<Int32>
    private let isMultiMode: Bool
    /// What each activity asks of all capacities, as parts of them, times its duration; by its first mode.
    private let work: [Double]
    private let settings: SearchSettings
    private var cost = ScheduleCost()
    /// So many activities at the head of the child stand as in its mother.
    private var shared = 0
    /// Reached: nothing better exists.
    private let bound: Int

    init(_ network: SearchNetwork, _ objective: ScheduleObjective, _ state: Population, _ settings: SearchSettings, bound: Int) {
        decoder = ListDecoder(network)
        self.objective = objective
        self.state = state
        self.bound = bound
        self.settings = settings
        count = network.count
        isMultiMode = network.isMultiMode
        work = Self.work(network)
        sampler = ListSampler(decoder, priorities: objective.priorities)
        child = .allocate(capacity: max(count, 1))
        mirrored = .allocate(capacity: max(count, 1))
        crossover = ListCrossover(decoder)
        childModes = .allocate(capacity: max(count, 1))
    }

    deinit {
        child.deallocate()
        mirrored.deallocate()
        childModes.deallocate()
    }

    var isDone: Bool { state.bestCost.overrun == 0 && state.bestCost.objective <= bound && !objective.hasTies }

    /// Goes on until so many more activities have been placed, the bound is reached or `isStopped` says so.
    func advance(placements: Int, isStopped: () -> Bool) {
        decoder.placements = 0
        var children = 0
        while decoder.placements < placements, !isDone {
            if children & 15 == 15, isStopped() { break }
            children += 1
            if state.filled < state.size {
                startChild()
                improve(mother: nil, rival: nil)
                keep(at: state.filled)
                state.filled += 1
            } else {
                breed()
            }
        }
        state.placements += decoder.placements
    }

    /// Takes in a list found elsewhere, with the modes where there is a choice.
    func admit(_ list: [Int32], modes: [Int32]) {
        for position in 0..<count { child[position] = list[position] }
        if isMultiMode {
            for activity in 0..<count { childModes[activity] = modes[activity] }
            decoder.choose(modes: childModes)
        }
        cost = objective.cost(decoder, decoder.decode(child, backward: false))
        note()
        if state.filled < state.size {
            keep(at: state.filled)
            state.filled += 1
        } else {
            keep(at: (0..<state.size).max { state.costs[$0] < state.costs[$1] } ?? 0)
        }
    }

    private func startChild() {
        if isMultiMode {
            for activity in 0..<count { childModes[activity] = startMode(activity) }
            decoder.choose(modes: childModes)
        }
        sampler.sample(into: child, bias: state.filled == 0 ? 8 : settings.bias, random: &state.random)
    }

    /// The quickest mode for the first half of the population, any for the others; where modes cost, the cheapest for the very first.
    private func startMode(_ activity: Int) -> Int32 {
        let network = decoder.network
        if state.filled == 0, !network.modeCosts.isEmpty {
            let modes = network.modeStarts[activity]..<network.modeStarts[activity + 1]
            return modes.min { network.modeCosts[Int($0)] < network.modeCosts[Int($1)] } ?? modes.lowerBound
        }
        let first = Int(network.modeStarts[activity])
        let last = Int(network.modeStarts[activity + 1])
        if state.filled * 2 >= state.size { return Int32(first + state.random.below(last - first)) }
        var quickest = first
        for mode in first..<last where network.durations[mode] < network.durations[quickest] { quickest = mode }
        return Int32(quickest)
    }

    private func breed() {
        let mother = state.random.below(state.size)
        var father = state.random.below(state.size)
        if father == mother { father = (father + 1) % state.size }
        state.lists.withUnsafeBufferPointer { lists in
            guard let base = lists.baseAddress else { return }
            let (hers, his) = (base + mother * count, base + father * count)
            let window = window(his, father)
            if !settings.crossesBothWays || state.random.below(2) == 0 {
                crossover.cross(hers, his, keeping: window, into: child)
            } else {
                crossover.cross(hers, his, orderIn: window, into: child)
            }
            shared = commonHead(hers)
        }
        if isMultiMode { crossModes(mother, father) }
        mutate()
        let slot = victim()
        improve(mother: mother, rival: slot)
        if cost <= state.costs[slot], !state.hashes.contains(hash()) { keep(at: slot) }
    }

    /// The worst of some drawn evenly.
    private func victim() -> Int {
        var worst = state.random.below(state.size)
        for _ in 1..<settings.rivals {
            let other = state.random.below(state.size)
            if state.costs[other] > state.costs[worst] { worst = other }
        }
        return worst
    }

    /// The stretch of the father's list that the child takes over: of some drawn, the one in which his capacities are used best.
    private func window(_ father: UnsafePointer<Int32>, _ slot: Int) -> Range<Int> {
        var best = 0..<1
        var density = -1.0
        for _ in 0..<settings.windows {
            let first = state.random.below(count)
            let length = max(1, Int(Double(count) * (0.1 + 0.4 * state.random.unit())))
            let drawn = first..<min(count, first + length)
            var (sum, low, high) = (0.0, Int32.max, Int32.min)
            for position in drawn {
                let activity = Int(father[position])
                let anchor = state.starts[slot * count + activity]
                sum += work[activity]
                low = min(low, anchor)
                high = max(high, anchor)
            }
            let value = sum / Double(high - low + 4)
            if value > density { (best, density) = (drawn, value) }
        }
        return best
    }

    private static func work(_ network: SearchNetwork) -> [Double] {
        let lanes = 64 / network.laneBits
        let mask = (UInt64(1) << (network.laneBits - 1)) - 1
        return (0..<network.count).map { activity in
            let mode = Int(network.modeStarts[activity])
            var sum = 0.0
            for word in 0..<network.words {
                for lane in 0..<lanes {
                    let shift = UInt64(lane * network.laneBits)
                    let capacity = word < network.capacity.count ? (network.capacity[word] >> shift) & mask : 0
                    if capacity > 0 {
                        sum += Double((network.demands[mode * network.words + word] >> shift) & mask) / Double(capacity)
                    }
                }
            }
            return sum * Double(network.durations[mode])
        }
    }

    /// So many activities stand at the head of the child as in the list given.
    private func commonHead(_ list: UnsafePointer<Int32>) -> Int {
        var position = 0
        while position < count, child[position] == list[position] { position += 1 }
        return position
    }

    private func crossModes(_ mother: Int, _ father: Int) {
        let network = decoder.network
        for activity in 0..<count {
            let parent = state.random.next() & 3 == 0 ? father : mother
            childModes[activity] = state.modes[parent * count + activity]
            let first = network.modeStarts[activity]
            let choices = Int(network.modeStarts[activity + 1] - first)
            if choices > 1, state.random.below(count) < 2 { childModes[activity] = first + Int32(state.random.below(choices)) }
        }
        decoder.choose(modes: childModes)
    }

    /// Takes some activities out and puts them elsewhere between their predecessors and successors in the list.
    private func mutate() {
        for _ in 0..<settings.mutations {
            let from = state.random.below(count)
            let activity = child[from]
            let reach = max(2, count / 3)
            var (low, high) = (from, from)
            while low > 0, from - low < reach, !isLinked(child[low - 1], activity) { low -= 1 }
            while high < count - 1, high - from < reach, !isLinked(activity, child[high + 1]) { high += 1 }
            let to = low + state.random.below(high - low + 1)
            shared = min(shared, from, to)
            var position = from
            while position > to {
                child[position] = child[position - 1]
                position -= 1
            }
            while position < to {
                child[position] = child[position + 1]
                position += 1
            }
            child[to] = activity
        }
    }

    private func isLinked(_ before: Int32, _ after: Int32) -> Bool {
        let side = decoder.backward
        return (side.starts[Int(before)]..<side.starts[Int(before) + 1]).contains {
            side.activity(at: Int($0), count) == Int(after)
        }
    }

    /// Decodes the child forward, and if it comes near its mother and was not met before also backward; if it then still does, forward
    /// again, unless it can only be longer than the rival that it is to replace. Leaves its list and cost.
    private func improve(mother: Int?, rival: Int?) {
        var makespan = firstSchedule(mother)
        guard makespan < .max else {
            cost = ScheduleCost()
            return
        }
        cost = objective.cost(decoder, makespan)
        note()
        guard state.isNew(hash()) || mother == nil else {
            cost = ScheduleCost()
            return
        }
        decoder.reverse(child, into: mirrored, makespan: makespan)
        makespan = decoder.decode(mirrored, backward: true)
        guard makespan <= limit(mother, slack: 1) else {
            cost = ScheduleCost()
            return
        }
        decoder.reverse(mirrored, into: child, makespan: makespan)
        makespan = lastSchedule(mother, rival)
        guard makespan < .max else {
            cost = ScheduleCost()
            return
        }
        cost = objective.cost(decoder, makespan)
        note()
        _ = state.isNew(hash())
    }

    /// What the child has in common with its mother is taken over; a child that can only be much longer is given up.
    private func firstSchedule(_ mother: Int?) -> Int32 {
        guard let mother, decoder.isPlain else { return decoder.decode(child, backward: false) }
        return decode(
            mother, shared: shared, limit: limit(mother, slack: Int(Double(state.costs[mother].objective) * settings.slack)))
    }

    private func lastSchedule(_ mother: Int?, _ rival: Int?) -> Int32 {
        guard let mother, let rival, decoder.isPlain else { return decoder.decode(child, backward: false) }
        let head = state.lists.withUnsafeBufferPointer { lists in
            lists.baseAddress.map { commonHead($0 + mother * count) } ?? 0
        }
        return decode(mother, shared: head, limit: limit(rival, slack: 0))
    }

    private func decode(_ mother: Int, shared: Int, limit: Int32) -> Int32 {
        state.starts.withUnsafeBufferPointer { starts in
            decoder.decode(
                child, backward: false, shared: isMultiMode ? 0 : shared, known: starts.baseAddress.map { $0 + mother * count },
                limit: limit)
        }
    }

    /// So much longer than a member of the population may a schedule be; any length where other things count.
    private func limit(_ member: Int?, slack: Int) -> Int32 {
        guard let member, decoder.isPlain else { return .max }
        return Int32(clamping: state.costs[member].objective &+ min(slack, Int.max &- state.costs[member].objective))
    }

    private func note() {
        guard cost < state.bestCost else { return }
        state.bestCost = cost
        state.bestList = Array(UnsafeBufferPointer(start: child, count: count))
        if isMultiMode { state.bestModes = Array(UnsafeBufferPointer(start: childModes, count: count)) }
    }

    private func hash() -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for activity in 0..<count { hash = (hash ^ UInt64(UInt32(bitPattern: decoder.anchor[activity]))) &* 0x100_0000_01B3 }
        return hash
    }

    private func keep(at slot: Int) {
        state.costs[slot] = cost
        state.hashes[slot] = hash()
        for position in 0..<count {
            state.lists[slot * count + position] = child[position]
            state.starts[slot * count + position] = decoder.anchor[position]
        }
        if isMultiMode { for activity in 0..<count { state.modes[slot * count + activity] = childModes[activity] } }
    }
}
