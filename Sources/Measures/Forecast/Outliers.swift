import Foundation

/// A value that lies far from what the others let expect.
public struct Outlier: Hashable, Sendable {
    /// Its period in the series, the first being 0.
    public let place: Int
    public let value: Double
    /// What the values around it let expect.
    public let expected: Double
    public let use: Use

    public enum Use: Hashable, Sendable {
        case leftOut
        case used
        /// It may begin a new level.
        case usedAsLast
    }
}

extension Outlier {
    var code: String {
        switch use {
        case .leftOut: "outlier_left_out"
        case .used: "outlier_used"
        case .usedAsLast: "last_value_far_off"
        }
    }

    /// With the name of its period.
    func wording(_ period: String) -> Wording {
        let (value, level) = (plainNumber(value), plainNumber(expected))
        return switch use {
        case .leftOut:
            Wording(
                "\(period) 的值 \(value) 与前后各期（约 \(level)）相差太远，没有用于预测；请核对，如是笔误请改正",
                "The value of \(period), \(value), lies too far from those around it (about \(level)) and was not used; check it, and correct it if it is a slip"
            )
        case .used:
            Wording(
                "\(period) 的值 \(value) 远离前后各期（约 \(level)），仍用于预测；请核对，如是笔误请改正",
                "The value of \(period), \(value), lies far from those around it (about \(level)) and was used all the same; check it, and correct it if it is a slip"
            )
        case .usedAsLast:
            Wording(
                "最后一个值（\(period)，\(value)）远离此前的水平（约 \(level)），可能是新的水平，也可能是笔误；请核对",
                "The last value (\(period), \(value)) lies far from the level before (about \(level)): a new level, or a slip; check it"
            )
        }
    }
}

/// Values that cannot belong to their series, such as 10¹² among hundreds.
///
/// What is left of a value after season and level, both taken by medians that no single value moves, is held against what is left of all:
/// a value stands out that lies beyond ``farthest`` standard deviations, three times as far as nineteen in twenty of the others, and
/// is three times its level or a third, alone between others and not so a cycle before or after. It is used all the same, and told.
/// Left out is what is eight times its level or an eighth besides, as a digit too many or too few makes it. Positive series
/// are looked at on the logarithmic scale, so that growth makes no value stand out.
///
/// A change of level does not either: the running median follows it. The last value may begin a new level, so it is used and told;
/// several in a row are an event of their own. What is a hundred times its level is a slip wherever it stands.
///
/// - Source: Iglewicz & Hoaglin 1993, How to Detect and Handle Outliers (the modified z-score, by the median absolute deviation);
///   Hampel 1974 and Pearson 2002 on the running median filter.
struct Outliers {
    /// In standard deviations. The customary 3.5 would name promotions, strikes and holidays.
    static let farthest = 8.0
    /// Times the level, or parts of it.
    private enum Factor {
        static let told = 3.0
        static let leftOut = 8.0
        static let absurd = 100.0
    }
    private static let fewest = 8
    /// Values of the running median on each side.
    private static let reach = 3

    let findings: [Outlier]

    /// - Parameter series: one value per period; `nil` where it is missing.
    /// - Complexity: O(n log n).
    init(_ series: [Double?], period: Int) {
        let places = series.indices.filter { series[$0]?.isFinite ?? false }
        let values = places.compactMap { series[$0] }
        let sizes = values.filter { $0 != 0 }.map(abs)
        guard values.count >= Self.fewest, let size = median(sizes), sizes.count >= 4 else {
            findings = []
            return
        }
        let isLogarithmic = values.allSatisfy { $0 > 0 }
        let scaled = isLogarithmic ? values.map { log($0) } : values
        let (levels, seasons) = Self.decomposed(scaled, places, period: period)
        let expected = zip(levels, seasons).map { $0 + $1 }
        let offsets = zip(scaled, expected).map { $0 - $1 }
        let distances = offsets.map(abs)
        let others = linearQuantile(ofSorted: distances.sorted(), 0.95) ?? 0
        let noise = max(Self.farthest * Self.deviation(distances), 3 * others)
        // Where most values are zero nothing tells how far is far.
        let isSparse = 2 * sizes.count < values.count
        func isBeyond(_ factor: Double, _ index: Int) -> Bool {
            distances[index] > (isLogarithmic ? log(factor) : (factor - 1) * max(size, abs(expected[index])))
        }
        let isAbsurd = values.indices.map { isBeyond(Factor.absurd, $0) }
        let isFar = values.indices.map { isAbsurd[$0] || !isSparse && distances[$0] > noise && isBeyond(Factor.told, $0) }
        let offsetAt = Dictionary(uniqueKeysWithValues: zip(places, offsets))
        func recurs(_ index: Int) -> Bool {
            period > 1
                && [-period, period].contains { cycle in
                    (offsetAt[places[index] + cycle] ?? 0) / offsets[index] > 0.5
                }
        }
        findings = values.indices.compactMap { index in
            guard isFar[index] else { return nil }
            let isLast = index == values.count - 1
            // Those beside it are on its level; two or three at an end may all be of another.
            let isAlone =
                index > 0 && !recurs(index)
                && [index - 1, index + 1].filter(values.indices.contains).allSatisfy {
                    4 * abs(scaled[$0] - seasons[$0] - levels[index]) < distances[index]
                }
            guard isAbsurd[index] || isAlone else { return nil }
            let isLeftOut = isAbsurd[index] || !isLast && isBeyond(Factor.leftOut, index)
            return Outlier(
                place: places[index], value: values[index], expected: isLogarithmic ? exp(expected[index]) : expected[index],
                use: isLeftOut ? .leftOut : isLast ? .usedAsLast : .used)
        }
    }

    /// Level alone, or level and season, whichever leaves less.
    private static func decomposed(_ values: [Double], _ places: [Int], period: Int) -> (levels: [Double], seasons: [Double]) {
        let none = [Double](repeating: 0, count: values.count)
        let plain = levels(values, reach: reach)
        guard period > 1, values.count >= 2 * period + 1 else { return (plain, none) }
        let seasons = seasons(zip(values, levels(values, reach: period / 2)).map { $0 - $1 }, places, period: period)
        let adjusted = zip(values, seasons).map { $0 - $1 }
        let seasonal = levels(adjusted, reach: reach)
        func left(_ values: [Double], _ levels: [Double]) -> Double { deviation(zip(values, levels).map { abs($0 - $1) }) }
        // Seasons take as many values as a cycle has from what can vary.
        let cycles = Double(values.count) / Double(period)
        return left(adjusted, seasonal) * (cycles / (cycles - 1)).squareRoot() < left(values, plain)
            ? (seasonal, seasons) : (plain, none)
    }

    /// The running median, of fewer values beside the ends.
    private static func levels(_ values: [Double], reach: Int) -> [Double] {
        values.indices.map { index in
            median(Array(values[max(0, index - reach)...min(values.count - 1, index + reach)])) ?? values[index]
        }
    }

    /// For each value the median of what its season is off the level; of two in the middle the smaller.
    private static func seasons(_ offsets: [Double], _ places: [Int], period: Int) -> [Double] {
        var bySeason = [[Double]](repeating: [], count: period)
        for (place, offset) in zip(places, offsets) { bySeason[place % period].append(offset) }
        let medians = bySeason.map { season -> Double in
            let sorted = season.sorted()
            guard let high = sorted.isEmpty ? nil : sorted[sorted.count / 2] else { return 0 }
            let low = sorted[(sorted.count - 1) / 2]
            return abs(low) < abs(high) ? low : high
        }
        return places.map { medians[$0 % period] }
    }

    /// The standard deviation of normal values with these distances from their middle.
    private static func deviation(_ distances: [Double]) -> Double { 1.4826 * (median(distances) ?? 0) }
}
