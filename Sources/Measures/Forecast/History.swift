/// A series with its gaps filled, or the reason why it tells nothing.
struct History {
    var values: [Double]
    /// Periods before the first and after the last value.
    var leading: Int
    var trailing: Int
    var notes: [ForecastNote]

    struct Refusal: Error { var note: ForecastNote }

    /// - Parameter leftOut: places whose values are not used; they are filled like gaps.
    static func read(_ series: [Double?], leftOut: Set<Int> = [], period: Int) -> Result<History, Refusal> {
        let known = series.enumerated().map { place, value in value.flatMap { $0.isFinite && !leftOut.contains(place) ? $0 : nil }
        }
        let present = known.compactMap { $0 }.count
        guard let first = known.firstIndex(where: { $0 != nil }), let last = known.lastIndex(where: { $0 != nil }),
            present >= Forecaster.fewestValues
        else { return .failure(Refusal(note: .tooShort(count: present, needed: Forecaster.fewestValues))) }
        let inner = Array(known[first...last])
        let missing = inner.count - present
        let trailing = known.count - 1 - last
        if 3 * missing > inner.count {
            let places = known.indices.filter { known[$0] != nil }
            let longest = zip(places, places.dropFirst()).max { $0.1 - $0.0 < $1.1 - $1.0 } ?? (first, last)
            return .failure(Refusal(note: .tooManyGaps(missing: missing, of: inner.count, longest: longest.0...longest.1)))
        }
        if trailing > max(2, min(period / 2, present / 4)) { return .failure(Refusal(note: .ended(periodsAgo: trailing))) }
        var notes: [ForecastNote] = []
        let gaps = missing - leftOut.filter { $0 > first && $0 < last }.count
        if gaps > 0 { notes.append(.gapsFilled(gaps, of: inner.count)) }
        if present < 10 { notes.append(.shortHistory(count: present)) }
        return .success(
            History(
                values: missing > 0 ? filled(inner, period: period) : inner.compactMap { $0 }, leading: first, trailing: trailing,
                notes: notes))
    }

    /// Straight lines across the gaps; where there are two cycles, on the seasonally adjusted series.
    private static func filled(_ series: [Double?], period: Int) -> [Double] {
        let straight = interpolated(series)
        guard period > 1, series.count >= 2 * period + 1 else { return straight }
        let multiplicative = straight.allSatisfy { $0 > 0 }
        let indices = Seasonality.indices(straight, period: period, multiplicative: multiplicative)
        let adjusted = interpolated(
            series.enumerated().map { index, value in
                value.map { multiplicative ? $0 / indices[index % period] : $0 - indices[index % period] }
            })
        return series.enumerated().map { index, value in
            value ?? (multiplicative ? adjusted[index] * indices[index % period] : adjusted[index] + indices[index % period])
        }
    }

    private static func interpolated(_ series: [Double?]) -> [Double] {
        var result: [Double] = []
        var index = 0
        while index < series.count {
            if let value = series[index] {
                result.append(value)
                index += 1
                continue
            }
            let next = series[index...].firstIndex { $0 != nil } ?? series.count
            let before = result.last ?? 0
            let after = next < series.count ? series[next] ?? before : before
            let width = Double(next - index + 1)
            for step in 0..<(next - index) { result.append(before + (after - before) * Double(step + 1) / width) }
            index = next
        }
        return result
    }
}
