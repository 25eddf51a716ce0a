import Scheduling
import WorkingTime

/// A deterministic layered network: about √n layers, two links into each activity from the layers before it,
/// 85 / 7 / 5 / 3 % FS / SS / FF / SF, lags of −2…5 days on every fifth link, durations of 1…15 days.
struct GeneratedNetwork {
    struct Row {
        var from: Int
        var to: Int
        var kind: Link.Kind
        var lag: Int
    }

    private(set) var durations: [Int] = []
    private(set) var links: [Row] = []

    init(activities count: Int, seed: UInt64 = 1) {
        var random = SeededRandom(state: seed)
        let width = max(1, Int(Double(count).squareRoot()))
        durations.reserveCapacity(count)
        links.reserveCapacity(2 * count)
        for index in 0..<count {
            durations.append((1 + random.next(below: 15)) * 480)
            let layer = index / width
            guard layer > 0 else { continue }
            for _ in 0..<2 {
                let from = max(0, layer - 1 - random.next(below: 3)) * width + random.next(below: width)
                links.append(Row(from: from, to: index, kind: kind(&random), lag: (random.next(below: 8) - 2) * 480))
            }
        }
    }

    private func kind(_ random: inout SeededRandom) -> Link.Kind {
        switch random.next(below: 100) {
        case ..<85: .finishToStart
        case ..<92: .startToStart
        case ..<97: .finishToFinish
        default: .startToFinish
        }
    }

    /// Lines `a,duration` and `l,from,to,kind,lag`, minutes.
    func csv() -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(durations.count * 8 + links.count * 28)
        func append(_ value: Int, _ end: UInt8) {
            text.append(contentsOf: String(value).utf8)
            text.append(end)
        }
        for duration in durations {
            text.append(contentsOf: "a,".utf8)
            append(duration, 10)
        }
        for link in links {
            text.append(contentsOf: "l,".utf8)
            append(link.from, 44)
            append(link.to, 44)
            append(Int(link.kind.rawValue), 44)
            append(link.lag, 10)
        }
        return text
    }
}

/// SplitMix64.
struct SeededRandom {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

extension GeneratedNetwork {
    /// Reads `csv()` back into a builder: straight over the bytes, no strings.
    static func read(_ bytes: [UInt8], into builder: inout NetworkBuilder) {
        bytes.withUnsafeBufferPointer { text in
            var at = 0
            builder.reserve(activities: text.count / 60, links: text.count / 30)
            func number() -> Int {
                let isNegative = text[at] == 45
                if isNegative { at += 1 }
                var value = 0
                while at < text.count, text[at] >= 48 {
                    value = value * 10 + Int(text[at] - 48)
                    at += 1
                }
                at += 1
                return isNegative ? -value : value
            }
            while at < text.count {
                let isActivity = text[at] == 97
                at += 2
                if isActivity {
                    builder.add(Activity(duration: .working(number())))
                } else {
                    let (from, to, kind, lag) = (number(), number(), number(), number())
                    builder.link(from, to, Link.Kind(rawValue: UInt8(kind)) ?? .finishToStart, lag: .working(lag))
                }
            }
        }
    }
}
