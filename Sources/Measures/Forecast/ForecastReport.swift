import Dispatch
import Synchronization

/// The forecasts of a table as JSON: the answer of `pharos forecast`.
///
/// ```json
/// {"horizon": 18, "period": 12, "series": [
///   {"series": "N1402", "status": "forecast", "method": "combination", "smoothing": "ETS(M,A,M)", "seasonal": true,
///    "parts": [{"method": "theta", "weight": 0.17, "error": 213.5}],
///    "notes": [{"code": "gaps_filled", "zh": "…", "en": "…"},
///              {"code": "outlier_left_out", "t": "2025-03", "value": 1e12, "expected": 312, "zh": "…", "en": "…"}],
///    "t": ["2026-01", "2026-02"], "point": [4100.2, 4012.9],
///    "lo": {"50": [], "80": [], "95": []}, "hi": {"50": [], "80": [], "95": []}}],
///  "bad_rows": {"count": 1, "rows": [{"line": 17, "zh": "…", "en": "…"}]}}
/// ```
///
/// `status` is `forecast`, `cautious` (the notes say why) or `cannotTell` (arrays are empty).
public struct ForecastReport: Sendable {
    public var period: Int
    public var horizon: Int
    public var table: SeriesTable
    /// One per series of the table.
    public var forecasts: [SeriesForecast]

    /// Forecasts every series of a table, on all cores; the result is the same on any number.
    ///
    /// - Parameters:
    ///   - lunarNewYear: look for the effect of the moving 春节 in monthly series with dates.
    ///   - progress: called after each series with the number done, one call at a time.
    public init(
        _ table: SeriesTable, period: Int, horizon: Int, lunarNewYear: Bool = false,
        progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.period = period
        self.horizon = horizon
        self.table = table
        let series = table.series
        let made = Mutex<[Int: SeriesForecast]>([:])
        DispatchQueue.concurrentPerform(iterations: series.count) { number in
            let own = series[number]
            let forecaster = Forecaster(
                period: period, horizon: horizon, firstMonth: lunarNewYear ? own.scale.firstMonth : nil)
            let forecast = forecaster.forecast(own.values)
            made.withLock { all in
                all[number] = forecast
                progress(all.count)
            }
        }
        forecasts = made.withLock { all in series.indices.compactMap { all[$0] } }
    }

    public var json: String {
        var text = "{\"horizon\":\(horizon),\"period\":\(period),\"series\":["
        for (index, forecast) in forecasts.enumerated() {
            if index > 0 { text += "," }
            text += "\n" + entry(table.series[index], forecast)
        }
        let rows = table.badRows.map { "{\"line\":\($0.line),\(wording($0.reason))}" }
        text += "],\n\"bad_rows\":{\"count\":\(table.badRowCount),\"rows\":[\(rows.joined(separator: ","))]}}\n"
        return text
    }

    private func entry(_ series: SeriesTable.Series, _ forecast: SeriesForecast) -> String {
        let parts = forecast.parts.map {
            "{\"method\":\"\($0.method.rawValue)\",\"weight\":\(number($0.weight)),\"error\":\($0.error.map(number) ?? "null")}"
        }
        let notes = forecast.notes.map { note($0, series.scale) }
        let times = forecast.points.indices.map { quoted(series.scale.label(at: series.values.count + $0)) }
        let lower = forecast.intervals.map { "\"\(plainNumber($0.level * 100))\":\(array($0.lower))" }
        let upper = forecast.intervals.map { "\"\(plainNumber($0.level * 100))\":\(array($0.upper))" }
        let method =
            forecast.points.isEmpty
            ? "null" : forecast.parts.count == 1 ? quoted(forecast.parts[0].method.rawValue) : "\"combination\""
        return "{\"series\":\(quoted(series.name)),\"status\":\"\(forecast.status.rawValue)\",\"method\":\(method),"
            + "\"smoothing\":\(forecast.smoothing.map(quoted) ?? "null"),\"seasonal\":\(forecast.isSeasonal),"
            + "\"parts\":[\(parts.joined(separator: ","))],\"notes\":[\(notes.joined(separator: ","))],"
            + "\"t\":[\(times.joined(separator: ","))],\"point\":\(array(forecast.points)),"
            + "\"lo\":{\(lower.joined(separator: ","))},\"hi\":{\(upper.joined(separator: ","))}}"
    }

    private func note(_ note: ForecastNote, _ scale: TimeScale) -> String {
        var text = "{\"code\":\"\(note.code)\","
        if case .outlier(let outlier) = note {
            text +=
                "\"t\":\(quoted(scale.label(at: outlier.place))),\"value\":\(number(outlier.value)),\"expected\":\(number(outlier.expected)),"
        }
        return text + wording(note.wording { scale.label(at: $0) }) + "}"
    }

    private func array(_ values: [Double]) -> String { "[" + values.map(number).joined(separator: ",") + "]" }

    private func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "null" }

    private func wording(_ wording: Wording) -> String { "\"zh\":\(quoted(wording.zh)),\"en\":\(quoted(wording.en))" }

    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
