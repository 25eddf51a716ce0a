/// A checked problem laid out for the search: flat arrays, capacities packed into lanes of 64-bit words.
///
/// Lanes: the free units of four capacities (two, where a capacity exceeds 32,767) stand in one word, the top bit of each lane
/// clear. `((free | high) − demand) & high == high` then says in three operations that all of them suffice.
struct SearchNetwork: Sendable {
    /// Links into each activity (CSR) in one direction of time. `source` is the other activity's anchor (see `ListDecoder`),
    /// `weight` what is added to it, `links` the link behind it.
    struct Side: Sendable {
        var starts: [Int32] = []
        var source: [Int32] = []
        var weight: [Int32] = []
        var links: [Int32] = []
    }

    var count = 0
    /// Words per period.
    var words = 1
    var laneBits = 16
    var high: UInt64 = 0
    /// Usable modes of activity i: `modeStarts[i] ..< modeStarts[i + 1]`.
    var modeStarts: [Int32] = []
    var durations: [Int32] = []
    /// `words` values per mode.
    var demands: [UInt64] = []
    /// The number of each mode in the problem.
    var modeNumbers: [Int32] = []
    var links: [LevellingLink] = []
    /// As the first modes have them; the decoder weighs anew when modes change.
    var forward = Side()
    var backward = Side()
    var topological: [Int32] = []
    var release: [Int32] = []
    /// `Int32.max` where free.
    var latestFinish: [Int32] = []
    /// −1 where free.
    var fixedStart: [Int32] = []
    var maySplit: [Bool] = []
    /// Where it rests; empty for fixed ones.
    var pauses: [[Range<Int32>]] = []
    /// What a mode takes of capacities that rest at the same times.
    struct Track: Sendable {
        let capacities: [Int]
        /// `words` values.
        let units: [UInt64]
        let pauses: [Range<Int32>]
    }

    /// By mode, together all it takes; empty where none of it rests. Empty altogether without absences.
    var tracks: [[Track]] = []
    /// Whether its finish may be more than its duration after its start.
    func isStretchable(_ activity: Int) -> Bool { maySplit[activity] || !pauses[activity].isEmpty || hasTracks(activity) }

    private func hasTracks(_ activity: Int) -> Bool {
        !tracks.isEmpty && (modeStarts[activity]..<modeStarts[activity + 1]).contains { !tracks[Int($0)].isEmpty }
    }
    /// By mode, as the problem gives them; empty where all are 0.
    var modeCosts: [Int] = []
    /// Units free of fixed activities, `words` per period; the last of the `profileLength` periods holds on for ever.
    var capacity: [UInt64] = []
    var profileLength = 1
    /// No schedule generated ends later, unless capacity is away for good.
    var horizon = 0
    var isMultiMode = false
    /// Links other than finish-to-start with lags from 0: lists sorted by time may then break them.
    var needsRepair = false
    /// Nothing but durations, demands and links of one mode or several: the fast path.
    var isPlain = true

    var isConstant: Bool { profileLength == 1 }
}
