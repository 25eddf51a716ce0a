#if canImport(Glibc)
    import Glibc
#endif
import Measures

/// A process with who does it, how long it takes and how cases come in: what `Simulation` runs. Times are seconds.
public struct SimulationModel: Sendable, Hashable {
    /// How long something takes, drawn anew each time.
    public enum Span: Sendable, Hashable {
        case constant(Double)
        case exponential(mean: Double)
        /// By mean and coefficient of variation of the span itself.
        case lognormal(mean: Double, variation: Double)
        /// Rising values seen, linear between neighbours.
        case observed([Double])

        public var mean: Double {
            switch self {
            case .constant(let value): value
            case .exponential(let mean), .lognormal(let mean, _): mean
            case .observed(let values): values.isEmpty ? 0 : values.compensatedSum / Double(values.count)
            }
        }

        /// The value below which a part of all lie.
        func value(at part: Double) -> Double {
            switch self {
            case .constant(let value): return value
            case .exponential(let mean): return -mean * log(1 - part)
            case .lognormal(let mean, let variation):
                let variance = log(1 + variation * variation)
                return mean * exp(variance.squareRoot() * NormalDistribution.standard.quantile(part) - variance / 2)
            case .observed(let values):
                guard let last = values.last else { return 0 }
                let place = part * Double(values.count) - 0.5
                guard place > 0 else { return values[0] }
                let below = Int(place)
                return below + 1 < values.count
                    ? values[below] + (place - Double(below)) * (values[below + 1] - values[below]) : last
            }
        }
    }

    /// What is done at a step.
    public struct Work: Sendable, Hashable {
        /// Number of the role; nil where nobody is needed and nothing queues.
        public var role: Int?
        /// Done one after the other.
        public var service: [Span]
        /// Multiplies the service time.
        public var factor = 1.0
        /// Waited before, on average, for other reasons than that everybody is busy here; by chance (exponential), seconds.
        public var delay = 0.0
        /// Added to the cost of a case each time.
        public var fixedCost = 0.0

        public init(role: Int?, service: [Span]) {
            self.role = role
            self.service = service
        }

        public var meanService: Double { factor * service.reduce(0) { $0 + $1.mean } }
    }

    /// People or machines who can stand in for each other, serving in the order of asking.
    public struct Role: Sendable, Hashable {
        public var name: String
        /// How many work at once, in the hours with most of them.
        public var capacity: Int
        public var costPerHour: Double
        public var week: WorkWeek
        /// Parts of the capacity that work in the 168 hours of a week, rounded to people and at least one; all of it if empty.
        public var staffing: [Double]
        /// Whether they end what they have begun though their hours are over; it lies till the next otherwise.
        public var endsBegun: Bool

        public init(
            _ name: String, capacity: Int, costPerHour: Double = 0, week: WorkWeek = .always, staffing: [Double] = [],
            endsBegun: Bool = false
        ) {
            self.name = name
            self.capacity = capacity
            self.costPerHour = costPerHour
            self.week = week
            self.staffing = staffing
            self.endsBegun = endsBegun
        }

        /// How many work in each hour of the week; empty if as many in all.
        var people: [Int] {
            guard staffing.count == 168 else { return [] }
            return staffing.map { min(max(Int((Double(capacity) * $0).rounded()), 1), capacity) }
        }

        /// How few and how many work at once in working hours.
        public var peopleAtOnce: ClosedRange<Int> {
            let people = people
            guard !people.isEmpty else { return capacity...capacity }
            let open = week.openHours.map { people[$0] }
            return (open.min() ?? capacity)...(open.max() ?? capacity)
        }

        /// Seconds that all of them work, from 0 to a moment.
        func given(until moment: Double) -> Double {
            let people = people
            guard !people.isEmpty else { return Double(capacity) * week.worked(until: moment) }
            let weeks = (moment / WorkWeek.length).rounded(.down)
            let rest = moment - weeks * WorkWeek.length
            return week.openHours.reduce(0) { sum, hour in
                let (from, to) = (Double(hour) * 3600, Double(hour + 1) * 3600)
                func seconds(_ end: Double) -> Double { max(week.worked(until: end) - week.worked(until: from), 0) }
                return sum + Double(people[hour]) * (weeks * seconds(to) + (rest > from ? seconds(min(rest, to)) : 0))
            }
        }
    }

    /// How cases come in: so many a week, as the hours of the week have it.
    public struct Arrivals: Sendable, Hashable {
        public var perWeek: Double
        /// Weights of the 168 hours of a week; even if empty. Within an hour cases come by chance (Poisson).
        public var hourWeights: [Double]

        public init(perWeek: Double, hourWeights: [Double] = []) {
            self.perWeek = perWeek
            self.hourWeights = hourWeights
        }
    }

    public var process: ProcessModel
    /// By number of the node; steps without an entry take no time.
    public var work: [Int: Work]
    public var roles: [Role]
    public var arrivals: Arrivals

    public init(process: ProcessModel, work: [Int: Work], roles: [Role], arrivals: Arrivals) {
        self.process = process
        self.work = work
        self.roles = roles
        self.arrivals = arrivals
    }

    /// What has to be put right before the process can be run, in words.
    public enum Flaw: Error, Sendable, Hashable {
        case noEntry, noEnd
        case noCapacity(role: String)
        case noArrivals
        /// The role is asked for more than it can do: queues would grow for ever.
        case overloaded(role: String, load: Double)
        case notChangeable(ProcessChange.Flaw)
        /// By whoever follows the progress.
        case stopped

        public var words: MiningWords {
            switch self {
            case .noEntry: MiningWords("流程没有起点：添加一个开始事件。", "The process has no beginning: add a start.")
            case .noEnd: MiningWords("流程没有终点：每条路径都要通向一个结束事件。", "The process has no end: let every way lead to one.")
            case .noCapacity(let role): MiningWords("角色「\(role)」没有人手：至少要 1 人。", "Role “\(role)” has nobody: it needs at least 1.")
            case .notChangeable(let flaw): flaw.words
            case .stopped: MiningWords("仿真已停止。", "The simulation was stopped.")
            case .noArrivals: MiningWords("没有案例到来：每周到达数须大于 0。", "No cases come in: arrivals a week must be above 0.")
            case .overloaded(let role, let load):
                MiningWords(
                    "角色「\(role)」负荷为 \(Int((load * 100).rounded()))%，队列会无限增长：增加人手、缩短用时或减少到达。",
                    "Role “\(role)” is loaded by \(Int((load * 100).rounded()))%, its queue would grow for ever: add people, shorten the work or let fewer cases in."
                )
            }
        }
    }
}
