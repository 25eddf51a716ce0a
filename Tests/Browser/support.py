"""A server of its own for the tests, and words for talking to its API."""

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PHAROS = ROOT / os.environ.get("PHAROS", ".build/debug/pharos")
PROJECT = "/plans/dispatch-2026"
DEPARTMENT = "/plans/support-2026"
IMPROVEMENT = "/plans/escalation-2026"
SALES = "/plans/service-sales-2026"


class Address(str):
    """Where the server answers, and the folder it keeps its data in."""

    folder = ""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The built program over a folder of its own with the samples."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()

    def __enter__(self):
        self.port = free_port()
        self.base = Address(f"http://127.0.0.1:{self.port}")
        self.base.folder = self.folder.name
        self.process = subprocess.Popen(
            [PHAROS, "serve", "--samples", "--data", self.folder.name, "--port", str(self.port), "--today", "2026-11-20"],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                urllib.request.urlopen(self.base, timeout=5)
                return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def __exit__(self, *_):
        self.stop()
        self.folder.cleanup()

    def stop(self):
        self.process.terminate()
        assert self.process.wait(timeout=20) == 0, "the server did not stop cleanly"


def patch(base, path, body):
    request = urllib.request.Request(base + path, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="PATCH")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)
