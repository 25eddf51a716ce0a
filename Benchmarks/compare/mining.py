"""Reads one event log to map and durations with Pharos, pm4py, polars and DuckDB, each in a process of its own.

usage: python mining.py LOG.csv|LOG.xes PHAROS_BENCH   (pip install pm4py polars duckdb)
"""

import json
import resource
import subprocess
import sys
import time

LOG = sys.argv[1]
TOOL = sys.argv[2]


def with_pm4py():
    import pandas
    import pm4py

    begun = time.perf_counter()
    if LOG.endswith(".xes"):
        frame = pm4py.read_xes(LOG)
    else:
        frame = pandas.read_csv(LOG)
        frame = pm4py.format_dataframe(frame, case_id="case:concept:name", activity_key="concept:name", timestamp_key="time:timestamp")
    read = time.perf_counter()
    graph, _, _ = pm4py.discover_dfg(frame)
    pm4py.discover_performance_dfg(frame)
    pm4py.get_all_case_durations(frame)
    return begun, read, len(frame), len(graph)


def with_polars():
    import polars as pl

    begun = time.perf_counter()
    frame = pl.read_csv(LOG).with_columns(pl.col("time:timestamp").str.to_datetime("%Y-%m-%d %H:%M:%S%z"))
    read = time.perf_counter()
    frame = frame.sort(["case:concept:name", "time:timestamp"], maintain_order=True)
    following = frame.with_columns(
        pl.col("concept:name").shift(-1).over("case:concept:name").alias("next"),
        (pl.col("time:timestamp").shift(-1).over("case:concept:name") - pl.col("time:timestamp")).dt.total_microseconds().alias("wait"))
    arcs = following.drop_nulls("next").group_by(["concept:name", "next"]).agg(
        pl.len(), pl.col("wait").min().alias("low"), pl.col("wait").mean().alias("mean"), pl.col("wait").median().alias("median"),
        pl.col("wait").quantile(0.9, "linear").alias("p90"), pl.col("wait").max().alias("high"))
    spans = frame.group_by("case:concept:name").agg(pl.col("time:timestamp").max() - pl.col("time:timestamp").min())
    spans.select(pl.col("time:timestamp").median())
    return begun, read, len(frame), len(arcs)


def with_duckdb():
    import duckdb

    begun = time.perf_counter()
    base = duckdb.connect()
    base.execute(f"create table log as select * from read_csv('{LOG}')")
    read = time.perf_counter()
    arcs = base.execute("""
        with following as (
          select "concept:name" as here, lead("concept:name") over w as next,
                 epoch_us(lead("time:timestamp") over w) - epoch_us("time:timestamp") as wait
          from log window w as (partition by "case:concept:name" order by "time:timestamp"))
        select here, next, count(*), min(wait), avg(wait), median(wait), quantile_cont(wait, 0.9), max(wait)
        from following where next is not null group by all""").fetchall()
    base.execute("""select median(s), quantile_cont(s, 0.9) from (
        select epoch_us(max("time:timestamp")) - epoch_us(min("time:timestamp")) as s from log group by "case:concept:name")""").fetchall()
    return begun, read, base.execute("select count(*) from log").fetchone()[0], len(arcs)


if len(sys.argv) > 3:
    begun, read, events, arcs = {"pm4py": with_pm4py, "polars": with_polars, "duckdb": with_duckdb}[sys.argv[3]]()
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"events": events, "arcs": arcs, "read_ms": round((read - begun) * 1000), "all_ms": round((done - begun) * 1000), "peak_mb": peak}))
    sys.exit()

for _ in range(3):
    print("pharos", subprocess.run([TOOL, "mine", LOG], capture_output=True, text=True).stdout.splitlines()[-1])
    for name in ["pm4py"] if LOG.endswith(".xes") else ["polars", "duckdb", "pm4py"]:
        ran = subprocess.run([sys.executable, __file__, LOG, TOOL, name], capture_output=True, text=True)
        print(name, ran.stdout.strip() or ran.stderr[-300:])
