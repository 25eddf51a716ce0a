"""What was acknowledged outlasts the process."""

import http.client
import json
import random
import subprocess
import threading
import urllib.error
import urllib.request

from support import DEPARTMENT, PHAROS, Server

ROUNDS = 24
WRITERS = 4
PLAN = "/api/v1" + DEPARTMENT


class Writer(threading.Thread):
    """Makes changes of every kind, one after the other, and keeps a list of those the server acknowledged."""

    def __init__(self, base, number, revision, files_revision, section, first):
        super().__init__()
        self.base, self.number, self.revision, self.files, self.section = base, number, revision, files_revision, section
        self.step = first
        # What has to be there: tasks by id with their mark and parent, the newest prose, the newest file.
        self.tasks, self.prose, self.file = {}, None, None
        self.acknowledged, self.refusal = 0, None

    def run(self):
        try:
            while True:
                self.step += 1
                mark = f"{self.number}-{self.step}"
                made = self.send("POST", "/tasks", {"base": self.revision, "fields": {"title": mark, "description": mark, "acceptance": mark}})
                task = made["record"]["id"]
                self.tasks[task] = (mark, None)
                if self.step % 2 and len(self.tasks) > 1:
                    parent = next(iter(self.tasks))
                    self.send("POST", f"/tasks/{task}/move", {"base": self.revision, "parent": parent})
                    self.tasks[task] = (mark, parent)
                if self.step % 3 == 0:
                    self.send("PUT", f"/prose/{self.section}", {"base": self.revision, "text": mark * 500})
                    self.prose = mark
                if self.step % 4 == 0:
                    body = ("case,activity,time\n" + f"{mark},a,2026-01-01 10:00\n" * 2000).encode()
                    self.request("PUT", f"/api/v1/files/w{self.number}.csv", body, {"Content-Type": "application/octet-stream", "If-Match": str(self.files + 10**6)})
                    self.file = body
        except urllib.error.HTTPError as error:
            self.refusal = error.read().decode()
        except (OSError, json.JSONDecodeError, http.client.HTTPException):
            pass  # The server is gone.

    def send(self, method, path, body):
        answer = json.loads(self.request(method, PLAN + path, json.dumps(body).encode(), {"Content-Type": "application/json"}))
        self.revision = answer["revision"]
        return answer

    def request(self, method, path, body, headers):
        with urllib.request.urlopen(urllib.request.Request(self.base + path, body, headers, method=method), timeout=20) as answer:
            text = answer.read()
        self.acknowledged += 1
        return text


def check(base, writer):
    """Every acknowledged change is there, and none is half there."""
    plan = json.load(urllib.request.urlopen(base + PLAN))
    tasks = {task["id"]: task for task in plan["tasks"]}
    for task, (mark, parent) in writer.tasks.items():
        assert task in tasks, f"{task} was acknowledged and is gone"
        fields = tasks[task]["fields"]
        assert fields["title"] == fields["description"] == fields["acceptance"] == mark, f"{task} is half there: {fields}"
        # A move that was under way when the process died may be there without having been acknowledged.
        assert parent is None or tasks[task].get("parent") == parent, f"{task} was moved into {parent}"
    for task in tasks.values():
        fields = task["fields"]
        if fields["title"].startswith(f"{writer.number}-"):
            assert fields["title"] == fields.get("description") == fields.get("acceptance"), f"half there: {fields}"
    if writer.prose:
        text = plan["prose"][writer.section]
        newest = text[: len(text) // 500]
        assert text == newest * 500, "prose is half there"
        assert int(newest.split("-")[1]) >= int(writer.prose.split("-")[1]), "acknowledged prose is gone"
    if writer.file:
        stored = urllib.request.urlopen(f"{base}/api/v1/files/w{writer.number}.csv").read()
        step = int(stored.split(b"\n")[1].split(b",")[0].split(b"-")[1])
        assert stored.count(b"\n") == 2001 and step >= int(writer.file.split(b"\n")[1].split(b",")[0].split(b"-")[1]), "the file is not whole"


def acknowledged_changes_survive_a_kill(browser, base):
    """SIGKILL at random moments while several write creations, moves, prose and files."""
    server = Server()
    chance = random.Random(20261120)
    writers, acknowledged = [], 0
    try:
        for _ in range(ROUNDS):
            server.__enter__()
            for writer in writers:
                check(server.base, writer)
            plan = json.load(urllib.request.urlopen(server.base + PLAN))
            files = json.load(urllib.request.urlopen(server.base + "/api/v1/files"))
            sections = sorted(plan["prose"])[:WRITERS]
            first = [writer.step for writer in writers] or [0] * WRITERS
            writers = [Writer(server.base, n, plan["revision"], files["revision"], sections[n], first[n]) for n in range(WRITERS)]
            for writer in writers:
                writer.start()
            threading.Timer(chance.uniform(0.2, 1.5), server.process.kill).start()
            for writer in writers:
                writer.join()
                assert writer.refusal is None, writer.refusal
            server.process.wait()
            acknowledged += sum(writer.acknowledged for writer in writers)
        verdict = subprocess.run([PHAROS, "verify", "--data", server.folder.name], capture_output=True)
        assert verdict.returncode == 0, verdict.stderr.decode()
        server.__enter__()
        for writer in writers:
            check(server.base, writer)
        server.stop()
        assert acknowledged > ROUNDS * WRITERS, f"only {acknowledged} changes were made"
        print(f"     {acknowledged} acknowledged changes of {WRITERS} writers over {ROUNDS} kills")
    finally:
        server.process.kill()
        server.folder.cleanup()
