"""Holds back the last values of every series, and `pharos forecast` against the methods of statsmodels on the rest: sMAPE % and MASE.

Theta is statsmodels' own. Comb is the mean of simple, linear and damped smoothing on the series adjusted by classical decomposition where
the season is significant (Makridakis & Hibon 2000).

usage: python forecasting.py PHAROS SERIES.csv HORIZON PERIOD   (pip install statsmodels)
"""

import csv
import json
import math
import subprocess
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")
import numpy
from statsmodels.tsa.forecasting.theta import ThetaModel
from statsmodels.tsa.holtwinters import Holt, SimpleExpSmoothing
from statsmodels.tsa.seasonal import seasonal_decompose

TOOL, FILE, HORIZON, PERIOD = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
SHORTEST = 12


def series():
    found = {}
    with open(FILE, newline="") as rows:
        for row in csv.DictReader(rows):
            found.setdefault(row["series"], []).append(float(row["value"]))
    return {name: numpy.array(values) for name, values in found.items() if len(values) >= HORIZON + SHORTEST}


def is_seasonal(values):
    if PERIOD == 1 or len(values) < 3 * PERIOD:
        return False
    centred = values - values.mean()
    lags = [(centred[lag:] * centred[:-lag]).sum() / (centred**2).sum() for lag in range(1, PERIOD + 1)]
    return abs(lags[-1]) > 1.645 * math.sqrt((1 + 2 * sum(lag**2 for lag in lags[:-1])) / len(values))


def smoothings(values):
    """Simple, linear and damped smoothing of the adjusted series, and their mean."""
    ahead = numpy.arange(len(values), len(values) + HORIZON)
    seasons, multiplies = numpy.zeros(PERIOD), values.min() > 0
    if is_seasonal(values):
        seasons = seasonal_decompose(values, model="multiplicative" if multiplies else "additive", period=PERIOD).seasonal[:PERIOD]
    elif multiplies:
        seasons = numpy.ones(PERIOD)
    own, next_ones = seasons[numpy.arange(len(values)) % PERIOD], seasons[ahead % PERIOD]
    adjusted = values / own if multiplies else values - own
    models = [
        SimpleExpSmoothing(adjusted, initialization_method="estimated"), Holt(adjusted, initialization_method="estimated"),
        Holt(adjusted, damped_trend=True, initialization_method="estimated")]
    forecasts = [numpy.asarray(model.fit().forecast(HORIZON)) for model in models]
    forecasts = [forecast * next_ones if multiplies else forecast + next_ones for forecast in forecasts]
    return forecasts + [numpy.mean(forecasts, axis=0)]


def theta(values):
    return numpy.asarray(ThetaModel(values, period=PERIOD, deseasonalize=PERIOD > 1).fit().forecast(HORIZON))


def ours(known):
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as table:
        table.write("series,t,value\n")
        for name, values in known.items():
            table.writelines(f"{name},{place},{value}\n" for place, value in enumerate(values, 1))
        table.flush()
        answer = subprocess.run(
            [TOOL, "forecast", table.name, "--horizon", str(HORIZON), "--period", str(PERIOD), "--format", "json"],
            capture_output=True, check=True, text=True)
    return {entry["series"]: numpy.array(entry["point"]) for entry in json.loads(answer.stdout)["series"]}


def main():
    all_values = series()
    known = {name: values[:-HORIZON] for name, values in all_values.items()}
    pharos = ours(known)
    errors = {}
    for name, values in all_values.items():
        actual, before = values[-HORIZON:], known[name]
        naive = numpy.abs(before[PERIOD:] - before[:-PERIOD]).mean()
        methods = dict(zip(["simple smoothing", "linear smoothing", "damped smoothing", "Comb"], smoothings(before)))
        methods |= {"Theta": theta(before), "Pharos": pharos[name]}
        for method, forecast in methods.items():
            error = numpy.abs(actual - forecast)
            scaled = error.mean() / naive if naive > 0 else 0
            errors.setdefault(method, []).append(((200 * error / (numpy.abs(actual) + numpy.abs(forecast))).mean(), scaled))
    print(f"{len(all_values)} series, horizon {HORIZON}, period {PERIOD}")
    for method, found in errors.items():
        smape, mase = numpy.mean(found, axis=0)
        print(f"{method:18s} {smape:8.2f} {mase:7.3f}")


if __name__ == "__main__":
    main()
