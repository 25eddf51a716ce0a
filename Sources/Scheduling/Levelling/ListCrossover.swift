/// Crosses two lists of activities, in one of two ways: a child that keeps a stretch of its father's list whole, or one that only takes
/// over the order in which the father has what stands there. Searches that use both by turns go on finding shorter schedules for longer.
///
/// - Source: the stretch whole: peak crossover, Valls, Ballestín & Quintanilla 2008; Zamani 2013. The order: two-point crossover,
///   Hartmann 1998.
final class ListCrossover {
    /// Where an activity stands to the block.
    private enum Place: UInt8 { case free, inside, before, behind }

    private let count: Int
    /// Its sides hold the links.
    private let decoder: ListDecoder
    private let place: UnsafeMutablePointer<Place>

    init(_ decoder: ListDecoder) {
        count = decoder.network.count
        self.decoder = decoder
        place = .allocate(capacity: max(count, 1))
    }

    deinit { place.deallocate() }

    /// A child with a block of the father's in its place; the other activities stand before and behind it in the order of the mother.
    ///
    /// - Parameters:
    ///   - mother: a list of all activities in an order that the links allow, as is the father's.
    ///   - block: places in the father's list.
    ///   - child: room for a list; no link is broken in it.
    /// - Complexity: O(activities + links).
    func cross(
        _ mother: UnsafePointer<Int32>, _ father: UnsafePointer<Int32>, keeping block: Range<Int>,
        into child: UnsafeMutablePointer<Int32>
    ) {
        for activity in 0..<count { place[activity] = .free }
        for position in block { place[Int(father[position])] = .inside }
        placeOthers(mother, before: block.lowerBound)
        var filled = 0
        func append(_ wanted: Place) {
            for position in 0..<count where place[Int(mother[position])] == wanted {
                child[filled] = mother[position]
                filled += 1
            }
        }
        append(.before)
        for position in block {
            child[filled] = father[position]
            filled += 1
        }
        append(.behind)
    }

    /// A child with the mother's list outside a window, and inside it the activities left in the order of the father.
    ///
    /// - Parameters:
    ///   - mother: a list of all activities in an order that the links allow, as is the father's.
    ///   - window: places in the child's list.
    ///   - child: room for a list; no link is broken in it.
    /// - Complexity: O(activities).
    func cross(
        _ mother: UnsafePointer<Int32>, _ father: UnsafePointer<Int32>, orderIn window: Range<Int>,
        into child: UnsafeMutablePointer<Int32>
    ) {
        for activity in 0..<count { place[activity] = .free }
        var filled = 0
        func fill(_ list: UnsafePointer<Int32>, to end: Int) {
            var next = 0
            while filled < end {
                let activity = list[next]
                next += 1
                guard place[Int(activity)] == .free else { continue }
                place[Int(activity)] = .inside
                child[filled] = activity
                filled += 1
            }
        }
        fill(mother, to: window.lowerBound)
        fill(father, to: window.upperBound)
        fill(mother, to: count)
    }

    /// Puts each activity outside the block before or behind it: as the links want, the others before it up to so many in all.
    private func placeOthers(_ mother: UnsafePointer<Int32>, before wanted: Int) {
        for position in 0..<count { put(Int(mother[position]), .behind, by: decoder.forward) }
        var free = wanted
        for position in (0..<count).reversed() {
            put(Int(mother[position]), .before, by: decoder.backward)
            if place[Int(mother[position])] == .before { free -= 1 }
        }
        for position in 0..<count where place[Int(mother[position])] == .free {
            place[Int(mother[position])] = free > 0 ? .before : .behind
            free -= 1
        }
    }

    /// A free activity that is linked to the block, or to another on that side of it, stands there itself.
    private func put(_ activity: Int, _ side: Place, by links: DecoderSide) {
        guard place[activity] == .free else { return }
        for link in links.starts[activity]..<links.starts[activity + 1] {
            let other = place[links.activity(at: Int(link), count)]
            if other == .inside || other == side {
                place[activity] = side
                return
            }
        }
    }
}
