import Foundation

/// What more spend brings: top · xˢ ÷ (halfˢ + xˢ).
///
/// - Source: Hill 1910; with slope 1 Michaelis & Menten 1913, which has diminishing returns from the first unit.
public struct SaturationCurve: Hashable, Sendable {
    /// The return that no spend exceeds.
    public var top: Double
    /// The spend that brings half of it.
    public var half: Double
    /// 1 or less: diminishing from the start. Above 1: S-shaped.
    public var slope: Double

    public init(top: Double, half: Double, slope: Double = 1) {
        self.top = top
        self.half = half
        self.slope = slope
    }

    public func value(_ spend: Double) -> Double {
        spend > 0 ? top / (1 + pow(half / spend, slope)) : 0
    }

    /// What the next unit of spend brings.
    public func marginal(_ spend: Double) -> Double {
        guard spend > 0 else { return slope < 1 ? .infinity : slope == 1 ? top / half : 0 }
        let odds = pow(half / spend, slope)
        guard odds.isFinite else { return 0 }
        return top * slope / spend * odds / ((1 + odds) * (1 + odds))
    }

    /// Where returns begin to diminish; 0 for slopes up to 1.
    public var inflection: Double {
        slope > 1 ? half * pow((slope - 1) / (slope + 1), 1 / slope) : 0
    }
}

/// A curve fitted to spend and return of past periods.
public struct SaturationFit: Hashable, Sendable {
    public enum Note: Hashable, Sendable {
        /// The spends differ too little, or are too small, to see saturation: the top is a guess.
        case saturationNotSeen
        case poorFit

        /// A code for programs: stable, in English.
        public var code: String {
            switch self {
            case .saturationNotSeen: "saturation_not_seen"
            case .poorFit: "poor_fit"
            }
        }

        public var wording: Wording {
            switch self {
            case .saturationNotSeen:
                Wording("历史投入还看不出饱和，上限只是推测", "Past spend shows no saturation yet: the top is a guess")
            case .poorFit: Wording("投入与回报的关系很弱，曲线仅供参考", "Spend explains little of the return: take the curve as a hint")
            }
        }
    }

    public var curve: SaturationCurve
    /// Share of the variation explained.
    public var determination: Double
    public var notes: [Note]

    /// Least squares; the Hill slope is only fitted from six points on, and only kept where AICc prefers it.
    ///
    /// - Parameter points: spend and return, none below zero.
    /// - Returns: `nil` with fewer than three different spends above zero, or without any return.
    public init?(_ points: [(spend: Double, value: Double)]) {
        let usable = points.filter { $0.spend >= 0 && $0.spend.isFinite && $0.value >= 0 && $0.value.isFinite }
        guard usable.count == points.count, Set(usable.map(\.spend).filter { $0 > 0 }).count >= 3,
            let most = usable.map(\.spend).max(), let best = usable.map(\.value).max(), best > 0
        else { return nil }
        let scaled = usable.map { ($0.spend / most, $0.value / best) }
        let simple = Self.search(scaled, isHill: false)
        var chosen = simple
        if points.count >= 6 {
            let hill = Self.search(scaled, isHill: true)
            let n = Double(points.count)
            func criterion(_ squares: Double, _ k: Double) -> Double {
                n * log(max(squares, 1e-18) / n) + 2 * k + 2 * k * (k + 1) / max(0.5, n - k - 1)
            }
            if criterion(hill.squares, 4) < criterion(simple.squares, 3) { chosen = hill }
        }
        curve = SaturationCurve(top: chosen.curve.top * best, half: chosen.curve.half * most, slope: chosen.curve.slope)
        let spread = Moments(scaled.map(\.1)).squares
        determination = spread > 0 ? 1 - chosen.squares / spread : chosen.squares < 1e-12 ? 1 : 0
        notes = []
        if curve.half > most { notes.append(.saturationNotSeen) }
        if determination < 0.3 { notes.append(.poorFit) }
    }

    /// The top is linear, so only half (and slope) are searched for.
    private static func search(_ points: [(Double, Double)], isHill: Bool) -> (curve: SaturationCurve, squares: Double) {
        func fitted(_ parameters: [Double]) -> (curve: SaturationCurve, squares: Double) {
            var curve = SaturationCurve(top: 1, half: exp(parameters[0]), slope: isHill ? exp(parameters[1]) : 1)
            let shape = points.map { curve.value($0.0) }
            let square = shape.map { $0 * $0 }.compensatedSum
            let top = square > 0 ? zip(shape, points).map { $0 * $1.1 }.compensatedSum / square : 0
            curve.top = max(0, top)
            return (curve, zip(shape, points).map { ($1.1 - curve.top * $0) * ($1.1 - curve.top * $0) }.compensatedSum)
        }
        func cost(_ parameters: [Double]) -> Double {
            guard abs(parameters[0]) < 5, !isHill || abs(parameters[1]) < 1.8 else { return .infinity }
            return fitted(parameters).squares
        }
        let search = NelderMead(tolerance: 1e-14, maximalEvaluations: 600)
        let starts = [-1.5, 0, 1.5].map { isHill ? [$0, 0.3] : [$0] }
        let found = starts.map { start in search.minimise(start, steps: start.map { _ in 0.4 }, cost) }
        let best = found.min { $0.value < $1.value }
        return fitted(best?.point ?? starts[0])
    }
}
