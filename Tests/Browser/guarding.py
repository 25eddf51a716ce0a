"""Hostile text, foreign and oversized requests."""

import json
import re
import socket
import urllib.error
import urllib.request

from support import DEPARTMENT


def hostile_text_stays_text(browser, base):
    """What people write is shown as written, on every page and in every document."""
    evil = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"

    def post(path, body, method="POST"):
        request = urllib.request.Request(base + "/api/v1" + path, json.dumps(body).encode(), {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    post("/plans", {"key": "evil", "kind": "improvement", "title": evil})
    revision = 1
    for kind, fields in [
        ("people", {"name": evil}), ("goals", {"title": evil}), ("measures", {"title": evil, "unit": evil[:20]}), ("tasks", {"title": evil, "duration": "3"}),
        ("risks", {"title": evil}), ("processes", {"title": evil, "log": "none.csv"}), ("pains", {"title": evil}), ("causes", {"title": evil}),
    ]:
        try:
            post(f"/plans/evil/{kind}", {"base": revision, "fields": fields})
            revision += 1
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{kind}: {error.read().decode()}")
    sections = json.load(urllib.request.urlopen(base + "/api/v1/plans/evil"))
    prose = f"{evil}\n\n[here](javascript:alert(3)) <a href='javascript:alert(4)'>there</a>"
    post("/plans/evil/prose/analysis", {"base": sections["revision"], "text": prose}, "PUT")
    seen, todo = set(), ["/plans/evil", "/search?q=%3Cscript%3E", "/", "/plans", "/check", "/plans/evil/document.html", "/plans/evil/document.md"]
    pages = 0
    while todo:
        path = todo.pop()
        if path in seen or re.search("/(live|levelling|simulation|document\\.(pdf|docx))", path):
            continue
        seen.add(path)
        try:
            with urllib.request.urlopen(base + path, timeout=60) as answer:
                kind, body = answer.headers.get_content_type(), answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            kind, body = error.headers.get_content_type(), error.read().decode(errors="replace")
        if kind not in ("text/html", "text/markdown"):
            continue
        pages += 1
        if kind == "text/markdown":
            # A bracket behind a backslash is text there.
            body = re.sub(r"\\<[^>]*>", "", body)
        # What stands outside a tag is text.
        for bad in ["<script>alert", "<img src=x", "<[a-z][^<>]*href=[\"']?javascript:"]:
            assert not re.search(bad, body), f"{bad} on {path}"
        todo += [link.replace("&amp;", "&") for link in re.findall(r'href="(/plans/evil[^"#]*)', body)]
    assert pages > 25, pages
    page = browser.new_page()
    page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError("a script ran")))
    page.goto(base + "/plans/evil")
    assert "<script>alert(1)</script>" in page.inner_text("body")
    prose = page.locator("#prose-analysis")
    assert "here <a href='javascript:alert(4)'>there</a>" in prose.inner_text() and prose.locator("a").count() == 0


def foreign_and_oversized_requests_are_refused(browser, base):
    def status(path, method="GET", body=None, **headers):
        request = urllib.request.Request(base + path, body, {name.replace("_", "-"): value for name, value in headers.items()}, method=method)
        try:
            return urllib.request.urlopen(request, timeout=20).status
        except urllib.error.HTTPError as error:
            return error.code

    api = "/api/v1" + DEPARTMENT
    assert status("/plans", Host="evil.example") == 403
    assert status("/plans", "POST", b"a=b", Origin="http://evil.example") == 403
    assert status("/plans", "POST", b"a=b", Sec_Fetch_Site="cross-site") == 403
    assert status(api, "PATCH", b"{}", Content_Type="text/plain") == 400
    with socket.create_connection(("127.0.0.1", int(base.rsplit(":", 1)[1])), timeout=20) as line:
        line.sendall(f"PATCH {api} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n".encode())
        assert b" 413 " in line.recv(200).split(b"\r\n")[0]
    assert status("/plans/none") == 404 and status(DEPARTMENT + "/goals/G-999") == 404
    assert status("/", "HEAD") == 200
    headers = urllib.request.urlopen(base + "/").headers
    assert "unsafe-inline" not in headers["Content-Security-Policy"] and "style-src 'self'" in headers["Content-Security-Policy"]
    assert "script-src 'self'" in headers["Content-Security-Policy"] and headers["X-Content-Type-Options"] == "nosniff"
