"""How long a running server takes to answer an edit in a long plan, and to show its schedule after it.

Starts the program on a folder of its own, takes in a generated plan of each size, then changes durations one after the other: the time
of the edit itself (committed to disk, synchronous), of the schedule page after it (what an open page fetches), and of both. Also how long
the server takes to start on data that is there, and how much memory it holds.

usage: python3 Benchmarks/compare/edit_latency.py [PHAROS] [PLAN_BENCH] [SIZES]
"""

import http.client
import json
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PHAROS = sys.argv[1] if len(sys.argv) > 1 else ROOT / ".build/release/pharos"
BENCH = sys.argv[2] if len(sys.argv) > 2 else ROOT / "Benchmarks/.build/release/plan-bench"
SIZES = [int(size) for size in (sys.argv[3] if len(sys.argv) > 3 else "1000,10000,100000").split(",")]
EDITS = 15


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(folder, port):
    """The process, and the seconds until it answered."""
    began = time.perf_counter()
    process = subprocess.Popen([PHAROS, "serve", "--data", folder, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        try:
            ask(port, "GET", "/assets/none/none")
            return process, time.perf_counter() - began
        except OSError:
            time.sleep(0.002)


def ask(port, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"} if body else {})
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    if answer.status >= 400 and "assets" not in path:
        raise RuntimeError(f"{method} {path}: {answer.status} {data[:200]!r}")
    return data


def resident(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024


def measure(size):
    with tempfile.TemporaryDirectory() as folder:
        plan = pathlib.Path(folder) / "generated.yaml"
        subprocess.run([BENCH, "--tasks", str(size), "--write", plan], check=True)
        subprocess.run([PHAROS, "import", plan, "--data", folder], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = free_port()
        process, start = serve(folder, port)
        try:
            ask(port, "GET", "/plans/generated/schedule")
            revision, edits, pages = 1, [], []
            for step in range(EDITS):
                task = f"T-{(step * 997) % (size - 60) + 2}"
                body = {"base": revision, "fields": {"duration": f"{step % 7 + 2}d"}}
                began = time.perf_counter()
                revision = json.loads(ask(port, "PATCH", f"/api/v1/plans/generated/tasks/{task}", body))["revision"]
                edited = time.perf_counter()
                ask(port, "GET", "/plans/generated/schedule")
                edits.append((edited - began) * 1000)
                pages.append((time.perf_counter() - edited) * 1000)
            both = [edit + page for edit, page in zip(edits, pages)]
            figures = [statistics.median(edits), statistics.median(pages), statistics.median(both), max(both)]
            print(f"{size}\t{start * 1000:.0f}\t" + "\t".join(f"{figure:.1f}" for figure in figures) + f"\t{resident(process):.0f}", flush=True)
        finally:
            process.terminate()
            process.wait()


print("tasks\tstart ms\tedit ms\tschedule page ms\tboth ms\tslowest ms\tresident MB")
for size in SIZES:
    measure(size)
