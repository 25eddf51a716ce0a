import WorkingTime

@testable import Scheduling

/// A reproducible generator (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Monday 2026-03-02 08:00, in a calendar of eight-hour days.
let monday = Day(number: 20_514)
let day = 480

/// Random networks over the standard calendar: layered, two links each, all four kinds, leads and lags.
func randomBuilder(count: Int, seed: UInt64, withDates: Bool = false) -> NetworkBuilder {
    var random = SplitMix(state: seed)
    var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
    for index in 0..<count {
        var activity = Activity(duration: .working(Int.random(in: 0...6, using: &random) * 240))
        if withDates { addDates(&activity, &random) }
        builder.add(activity)
        guard index > 1 else { continue }
        for _ in 0..<2 {
            let kinds: [Link.Kind] = [
                .finishToStart, .finishToStart, .finishToStart, .startToStart, .finishToFinish, .startToFinish,
            ]
            builder.link(
                Int.random(in: max(0, index - 12)..<index, using: &random), index,
                kinds[Int.random(in: 0..<6, using: &random)], lag: .working(Int.random(in: -2...5, using: &random) * 240))
        }
    }
    return builder
}

private func addDates(_ activity: inout Activity, _ random: inout SplitMix) {
    let date = (monday + Int.random(in: 0...60, using: &random)).at(8)
    switch Int.random(in: 0..<30, using: &random) {
    case 0: activity.constraint = .startNoEarlierThan(date)
    case 1: activity.constraint = .finishNoLaterThan(date + 540)
    case 2: activity.constraint = .mustStartOn(WorkCalendar.standard.nextWorkingInstant(onOrAfter: date))
    case 3: activity.deadline = date + 540
    case 4: activity.constraint = .finishNoEarlierThan(date + 540)
    case 5: activity.constraint = .startNoLaterThan(date)
    case 6: activity.progress = .started(start: monday.at(10), remaining: 240)
    case 7: activity.progress = .finished(start: monday.at(8), finish: (monday + 1).at(12))
    default: break
    }
}
