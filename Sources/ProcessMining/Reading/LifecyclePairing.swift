/// Makes one event of a start and the next completion of the same activity in the same case (and instance, where there is one).
///
/// A start stands in the log as a point at once, and its completion gives it its end; so a start that is never completed stays a point.
struct LifecyclePairing {
    enum Transition { case start, complete, other }

    struct Key: Hashable {
        let caseCode: Int32
        let activity: Int32
        /// -1 where none is given.
        let instance: Int32
    }

    /// Places in the log of the starts that are not completed yet, the first in front.
    private var waiting: [Key: (places: [Int], next: Int)] = [:]
    private(set) var waitingCount = 0

    /// Bytes that the waiting starts take, about.
    var memory: Int { waitingCount * 96 }

    /// The standard's words and those that tables use; nothing at all is a completion.
    static func transition(_ text: UnsafeRawBufferPointer) -> Transition {
        switch String(decoding: text, as: UTF8.self).lowercased() {
        case "start", "begin", "started", "开始": .start
        case "", "complete", "completed", "end", "finish", "完成", "结束": .complete
        default: .other
        }
    }

    mutating func start(_ key: Key, at place: Int) {
        waiting[key, default: ([], 0)].places.append(place)
        waitingCount += 1
    }

    /// The place of the first start that this completes.
    mutating func complete(_ key: Key) -> Int? {
        guard let own = waiting[key] else { return nil }
        waitingCount -= 1
        waiting[key] = own.next + 1 < own.places.count ? (own.places, own.next + 1) : nil
        return own.places[own.next]
    }

    /// Forgets the starts that nothing will complete any more, and says how many they are.
    mutating func giveUp() -> Int {
        defer { (waiting, waitingCount) = ([:], 0) }
        return waitingCount
    }
}
