/// An ``UncertainPlan`` checked and laid out for simulation: activities in topological order, links and effects as compressed rows.
struct CompiledPlan: Sendable {
    /// A source of uncertainty as the hot loop sees it.
    struct Source: Sendable {
        var hash: UInt64
        /// Row among the correlated draws, or −1.
        var row: Int32
    }

    struct Effect: Sendable {
        var risk: Int32
        var multiplies: Bool
        var sampler: Sampler
    }

    struct Risk: Sendable {
        var source: Int32
        var probability: Float
        var cost: Sampler
        var hasCost: Bool
        /// Neither effects nor cost depend on how hard the event strikes.
        var isPlainEvent: Bool
        /// Position of the activity at whose finish the cost is counted, or −1 for the project's finish.
        var position: Int32
    }

    struct FixedCost: Sendable {
        var position: Int32
        var source: Int32
        var sampler: Sampler
        var planned: Float
    }

    var count: Int
    /// The activity at each position.
    var order: [Int32]
    var position: [Int32]
    var linkStarts: [Int32]
    var linkPredecessors: [Int32]
    var linkKinds: [UInt8]
    var lags: [Float]
    var notEarlier: [Float]
    /// Whether the activity may be the last to finish: no successor is bound to finish at the same time or later.
    var mayEndLast: [Bool]
    var durations: [Sampler]
    /// The source that a duration is drawn from, or −1 where it is certain.
    var durationSources: [Int32]
    var planned: [Float]
    var costPerMinute: [Double]
    var profiles: [Int32]
    var effectStarts: [Int32]
    var effects: [Effect]
    var risks: [Risk]
    var fixedCosts: [FixedCost]
    /// Fixed costs that are certain and prices of responses, together.
    var certainCost: Double
    var plannedCost: Double
    var overheadPerMinute: Double
    var exposures: [CalendarExposure]
    var sources: [Source]
    var sourceNames: [UncertaintySource]
    var tables: [Float]
    var correlated: CorrelatedDraws
    var strata: RandomStrata

    var hasCosts: Bool {
        !fixedCosts.isEmpty || certainCost != 0 || overheadPerMinute != 0 || costPerMinute.contains { $0 != 0 }
            || risks.contains { $0.hasCost }
    }
}

/// How one set of activities feels the calendar risks: stretches of time, each with the losses that fall in it.
struct CalendarExposure: Sendable {
    struct Loss: Sendable {
        var source: Int32
        var probability: Float
        var sampler: Sampler
        /// 1 / length of the period: minutes lost become a share of the time.
        var share: Float
    }

    /// Ascending ends of the stretches; before the first and after the last all time is worked.
    var bounds: [Float]
    var lossStarts: [Int32]
    var losses: [Loss]

    /// Row of the first stretch among the stretches of all exposures.
    var firstStretch: Int

    var stretches: Int { max(bounds.count - 1, 0) }
}
