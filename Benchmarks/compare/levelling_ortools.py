#!/usr/bin/env python3
"""Levels the same PSPLIB instances with OR-Tools CP-SAT and with pharos-bench, one core and equal wall time each.

usage: levelling_ortools.py SM_DIR SECONDS [--every N] [--bench PATH] [--bounds bounds.csv] [--workers 1]

needs: pip install ortools; a built pharos-bench (swift build -c release --package-path Benchmarks).
Prints the mean makespan of both, the mean deviation from the best known (with a bounds file that has columns id and best_ub),
and on how many instances either is shorter. Every schedule, of either, is checked for links and capacities.
"""
import argparse
import csv
import pathlib
import subprocess
import sys
import tempfile
import time

from ortools.sat.python import cp_model


def numbers(line):
    fields = line.split()
    return [int(field) for field in fields] if fields and all(field.isdigit() for field in fields) else None


def read(path):
    """Successors, durations, demands (by job from 0) and capacities."""
    lines = path.read_text(errors="replace").splitlines()
    title = lambda text: next(index for index, line in enumerate(lines) if line.startswith(text))
    links, requests, units = title("PRECEDENCE"), title("REQUESTS"), title("RESOURCEAVAIL")
    rows = lambda low, high: [row for row in map(numbers, lines[low:high]) if row]
    successors = [[job - 1 for job in row[3:]] for row in rows(links, requests)]
    jobs = rows(requests, units)
    return successors, [row[2] for row in jobs], [row[3:] for row in jobs], rows(units, len(lines))[0]


def makespan(instance, starts):
    """The makespan, after checking that nothing is broken."""
    successors, durations, demands, capacities = instance
    for job, after in enumerate(successors):
        assert all(starts[job] + durations[job] <= starts[other] for other in after), "link broken"
    for index, capacity in enumerate(capacities):
        use = {}
        for job, start in enumerate(starts):
            for period in range(start, start + durations[job]):
                use[period] = use.get(period, 0) + demands[job][index]
        assert max(use.values(), default=0) <= capacity, "capacity exceeded"
    return max(start + duration for start, duration in zip(starts, durations))


def cp_sat(instance, seconds, workers):
    """The usual model: one interval a job, one cumulative a capacity."""
    successors, durations, demands, capacities = instance
    horizon = sum(durations)
    model = cp_model.CpModel()
    starts = [model.new_int_var(0, horizon, f"s{job}") for job in range(len(durations))]
    intervals = [model.new_fixed_size_interval_var(start, length, f"i{job}") for job, (start, length) in enumerate(zip(starts, durations))]
    for job, after in enumerate(successors):
        for other in after:
            model.add(starts[other] >= starts[job] + durations[job])
    for index, capacity in enumerate(capacities):
        users = [job for job in range(len(durations)) if demands[job][index] > 0 and durations[job] > 0]
        model.add_cumulative([intervals[job] for job in users], [demands[job][index] for job in users], capacity)
    model.minimize(starts[-1])
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    status = solver.solve(model)
    return [solver.value(start) for start in starts] if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def pharos(bench, directory, seconds, every):
    with tempfile.NamedTemporaryFile(suffix=".csv") as out:
        subprocess.run(
            [bench, "psplib", directory, "--seconds", str(seconds), "--threads", "1", "--every", str(every), "--out", out.name],
            check=True, stdout=sys.stderr)
        with open(out.name) as file:
            return {row["id"]: [int(start) for start in row["start_times"].split()] for row in csv.DictReader(file)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory")
    parser.add_argument("seconds", type=float)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--bench", default=str(pathlib.Path(__file__).parent.parent / ".build/release/pharos-bench"))
    parser.add_argument("--bounds")
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    best = {}
    if options.bounds:
        with open(options.bounds) as file:
            best = {row["id"]: int(row["best_ub"]) for row in csv.DictReader(file)}
    ours = pharos(options.bench, options.directory, options.seconds, options.every)
    files = {path.stem: path for path in pathlib.Path(options.directory).rglob("*.sm")}
    rows, without = [], 0
    for name, starts in ours.items():
        instance = read(files[name])
        begun = time.monotonic()
        theirs = cp_sat(instance, options.seconds, options.workers)
        print(f"{name}: CP-SAT took {time.monotonic() - begun:.1f} s", file=sys.stderr)
        if theirs is None:
            # No schedule at all: left out of the means, told below.
            without += 1
            continue
        rows.append((name, makespan(instance, starts), makespan(instance, theirs)))
    count = max(len(rows), 1)
    print(f"{len(rows)} instances, {options.seconds:g} s each, one core; CP-SAT found nothing on {without} more")
    print(f"mean makespan: pharos {sum(row[1] for row in rows) / count:.3f}, CP-SAT {sum(row[2] for row in rows) / count:.3f}")
    if best:
        deviation = lambda column: sum(row[column] / best[row[0]] - 1 for row in rows) / count * 100
        print(f"mean deviation from best known: pharos {deviation(1):.3f} %, CP-SAT {deviation(2):.3f} %")
    shorter, longer = sum(row[1] < row[2] for row in rows), sum(row[1] > row[2] for row in rows)
    print(f"pharos shorter on {shorter}, CP-SAT on {longer}, equal on {len(rows) - shorter - longer}")


if __name__ == "__main__":
    main()
