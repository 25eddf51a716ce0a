import PlanModel
import Scheduling
import WorkingTime

/// The links among some activities of a schedule, for those who look at the open part of a plan alone. A link on a summary holds
/// every activity within it. Activities are named by their place in the list given.
struct OpenLinks {
    struct OpenLink {
        let predecessor: Int
        let successor: Int
        let kind: Scheduling.Link.Kind
        /// Working minutes of the calendar.
        let lag: Int
    }

    private(set) var all: [OpenLink] = []

    init(_ open: [Int], _ schedule: Schedule) {
        let network = schedule.network
        let number = Dictionary(open.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let parts = OpenLinks.parts(open, network)
        for link in network.links {
            for from in parts[link.predecessor] ?? [] {
                for to in parts[link.successor] ?? [] where from != to {
                    guard let predecessor = number[from], let successor = number[to] else { continue }
                    all.append(
                        OpenLink(
                            predecessor: predecessor, successor: successor, kind: link.kind,
                            lag: OpenLinks.minutes(link, from, schedule)))
                }
            }
        }
    }

    /// The open activities each activity stands for: itself, or what lies within it.
    private static func parts(_ open: [Int], _ network: Network) -> [Int: [Int]] {
        var parts: [Int: [Int]] = [:]
        for index in open {
            parts[index] = [index]
            var parent = network.activities[index].parent
            while let current = parent {
                parts[current, default: []].append(index)
                parent = network.activities[current].parent
            }
        }
        return parts
    }

    /// A lag in working minutes, where elapsed time counts as much as lies between its ends at present.
    static func minutes(_ link: Scheduling.Link, _ predecessor: Int, _ schedule: Schedule) -> Int {
        let calendar = schedule.network.calendars[schedule.network.options.calendar]
        let (start, finish) = (schedule.start(of: predecessor), schedule.finish(of: predecessor))
        let end = link.kind == .finishToStart || link.kind == .finishToFinish ? finish : start
        func elapsed(_ minutes: Int) -> Int { calendar.position(of: end + minutes) - calendar.position(of: end) }
        func share(_ percent: Double, of minutes: Int) -> Int {
            Int(nearest: Double(minutes) * percent / 100, within: WorkDuration.mostMinutes)
        }
        return switch link.lag {
        case .working(let minutes): minutes
        case .elapsed(let minutes): elapsed(minutes)
        case .percent(let percent): share(percent, of: calendar.workingMinutes(from: start, to: finish))
        case .elapsedPercent(let percent): elapsed(share(percent, of: finish - start))
        }
    }
}
