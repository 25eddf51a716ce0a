"""Makes ForecastOracle.swift: fixed-parameter filters and forecasts of statsmodels (tested with 0.14 and 0.15).

    python forecast_oracle.py > ForecastOracle.swift
"""
import numpy as np
import pandas as pd
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel
from statsmodels.tsa.seasonal import seasonal_decompose

generator = np.random.default_rng(11)
months = np.arange(48)
series = np.round(
    (100 + 1.2 * months) * (1 + 0.2 * np.sin(2 * np.pi * months / 12)) * np.exp(0.04 * generator.standard_normal(48)), 3)

first_seasons = {
    "add": np.round(20 * np.sin(2 * np.pi * np.arange(12) / 12), 3),
    "mul": np.round(1 + 0.2 * np.sin(2 * np.pi * np.arange(12) / 12), 4),
}


def swift(values):
    return "[" + ", ".join(repr(float(v)) for v in values) + "]"


def multiplicative_season(trend, damped):
    """Table 2.2 of Hyndman et al. 2008 in error form. statsmodels divides by the new level instead of the old one there."""
    phi = 0.9 if damped else 1.0
    level, slope, seasons, fitted = 98.0, 1.1 if trend else 0.0, list(first_seasons["mul"]), []
    for t, value in enumerate(series):
        expected, season = level + phi * slope, seasons[t]
        fitted.append(expected * season)
        error = value - fitted[-1]
        level = expected + 0.3 * error / season
        slope = phi * slope + (0.05 * error / season if trend else 0.0)
        seasons.append(season + 0.1 * error / expected)
    reach = np.cumsum(phi ** np.arange(1, 16))
    return fitted, (level + reach * slope) * np.array([seasons[len(series) + h % 12] for h in range(15)])


print("// Made by forecast_oracle.py from statsmodels; do not edit.\n")
print("enum ForecastOracle {")
print(f"    static let series: [Double] = {swift(series)}\n")
print("    struct Smoothing: Sendable {\n        var form: String\n        var fitted: [Double]\n        var forecast: [Double]\n    }\n")
print(f"    static let additiveSeasons: [Double] = {swift(first_seasons['add'])}")
print(f"    static let multiplicativeSeasons: [Double] = {swift(first_seasons['mul'])}")
print("    /// α 0.3, β 0.05, γ 0.1, φ 0.9, level 98, slope 1.1; errors: additive.")
print("    static let smoothing: [Smoothing] = [")
for trend, damped in ((None, False), ("add", False), ("add", True)):
    for season in (None, "add", "mul"):
        form = f"{'N' if not trend else 'Ad' if damped else 'A'}{ {None: 'N', 'add': 'A', 'mul': 'M'}[season]}"
        if season == "mul":
            fitted, forecast = multiplicative_season(trend, damped)
            print(f"        Smoothing(form: \"{form}\", fitted: {swift(fitted[-3:])}, forecast: {swift(forecast)}),")
            continue
        model = ETSModel(
            pd.Series(series), error="add", trend=trend, damped_trend=damped, seasonal=season, seasonal_periods=12 if season else None)
        named = {"smoothing_level": 0.3, "initial_level": 98.0}
        if trend:
            named |= {"smoothing_trend": 0.05, "initial_trend": 1.1}
        if damped:
            named |= {"damping_trend": 0.9}
        if season:
            named |= {"smoothing_seasonal": 0.1}
            # statsmodels counts first seasons backwards: initial_seasonal.0 belongs to the last season before the series.
            named |= {f"initial_seasonal.{i}": v for i, v in enumerate(first_seasons[season][::-1])}
        parameters = np.array([named[name] for name in model.param_names])
        result = model.smooth(parameters)
        print(f"        Smoothing(form: \"{form}\", fitted: {swift(result.fittedvalues[-3:])}, forecast: {swift(result.forecast(15))}),")
print("    ]\n")

decomposed = {m: seasonal_decompose(series, model=m, period=12).seasonal[:12] for m in ("additive", "multiplicative")}
print(f"    static let additiveIndices: [Double] = {swift(decomposed['additive'])}")
print(f"    static let multiplicativeIndices: [Double] = {swift(decomposed['multiplicative'])}\n")

plain = np.round(100 + np.cumsum(0.5 + 2 * generator.standard_normal(40)), 3)
fitted = ThetaModel(pd.Series(plain, index=pd.period_range("2020-01", periods=40, freq="M")), deseasonalize=False).fit()
print("    /// A series without season, and the standard Theta forecast of it.")
print(f"    static let plain: [Double] = {swift(plain)}")
print(f"    static let thetaAlpha = {float(fitted.params['alpha'])!r}")
print(f"    static let thetaSlope = {float(fitted.params['b0'])!r}")
print(f"    static let theta: [Double] = {swift(fitted.forecast(12, theta=2))}")
print("}")
