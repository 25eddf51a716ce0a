"""The main job in a real browser: open, edit, see what follows, add, undo, print. Run by scripts/test-browser."""

import io
import json
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "/plans/dispatch-2026"
DEPARTMENT = "/plans/support-2026"


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
        self.base = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [ROOT / ".build/debug/pharos", "serve", "--samples", "--data", self.folder.name, "--port", str(self.port), "--today", "2026-11-20"],
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


def last_duration(page):
    return page.locator('tr.rec [data-edit="duration"]:not([data-raw=""])').last


def edit_changes_dates_and_other_pages(browser, base):
    page, other = browser.new_page(), browser.new_page()
    for one in (page, other):
        one.goto(base + PROJECT + "/schedule")
    before, gantt = page.inner_text("#sched-head"), page.inner_html("#gantt")
    cell = last_duration(page)
    path = cell.get_attribute("data-path")
    cell.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("40d")
    page.keyboard.press("Enter")
    page.wait_for_function("text => document.querySelector('#sched-head').innerText !== text", arg=before)
    assert page.locator(f'[data-path="{path}"][data-edit="duration"]').get_attribute("data-raw") == "40d"
    assert page.inner_html("#gantt") != gantt, "the Gantt did not follow"
    other.wait_for_function("text => document.querySelector('#sched-head').innerText !== text", arg=before)
    assert other.inner_text("#sched-head") == page.inner_text("#sched-head")
    page.goto(base + PROJECT + "/history")
    page.locator(".change form button").first.click()
    other.wait_for_function("text => document.querySelector('#sched-head').innerText === text", arg=before)


def refused_value_stays_with_its_reason(browser, base):
    page = browser.new_page()
    page.goto(base + PROJECT + "/schedule")
    cell = last_duration(page)
    kept = cell.get_attribute("data-raw")
    cell.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("abc")
    page.keyboard.press("Enter")
    page.wait_for_selector(".editing .refused")
    assert "5d" in page.inner_text(".refused")
    assert page.input_value(".editing input") == "abc"
    page.keyboard.press("Escape")
    assert last_duration(page).get_attribute("data-raw") == kept


def conflict_shows_both_values(browser, base):
    for is_live in [False, True]:
        page = browser.new_page()
        # Without live updates the page keeps the revision it was opened with, as one on a slow line would.
        if not is_live:
            page.route("**/live", lambda route: route.abort())
        page.goto(base + DEPARTMENT + "/goals")
        title = page.locator('[data-edit="title"]').first
        path = title.get_attribute("data-path")
        title.click()
        stale = page.evaluate("document.body.dataset.revision")
        theirs = f"别人的标题 {is_live}"
        patch(base, path, {"base": int(stale), "fields": {"title": theirs}})
        if is_live:
            page.wait_for_function("stale => document.body.dataset.revision !== stale", arg=stale)
        page.keyboard.press("Control+A")
        page.keyboard.type("我的标题")
        page.keyboard.press("Enter")
        page.wait_for_selector(".editing .theirs")
        assert theirs in page.inner_text(".theirs")
        assert page.input_value(".editing input") == "我的标题"
        page.close()


def what_arrived_while_a_field_was_open_is_shown_when_it_closes(browser, base):
    """A block somebody types in is left alone; once closed without saving it shows what others wrote, and builds on it."""
    page = browser.new_page()
    page.goto(base + DEPARTMENT + "/goals")
    first, second = (page.locator('[data-edit="title"]').nth(n) for n in (0, 1))
    path = second.get_attribute("data-path")
    first.click()
    stale = page.evaluate("document.body.dataset.revision")
    patch(base, path, {"base": int(stale), "fields": {"title": "隔壁改的标题"}})
    page.wait_for_function("stale => document.body.dataset.revision !== stale", arg=stale)
    page.keyboard.press("Escape")
    page.wait_for_function("path => document.querySelector(`[data-path=\"${path}\"][data-edit=title]`).dataset.raw === '隔壁改的标题'", arg=path)


def revisions_that_come_during_a_fetch_are_fetched_too(browser, base):
    page = browser.new_page()
    page.goto(base + DEPARTMENT + "/goals")
    cell = page.locator('[data-edit="title"]').first
    path, start = cell.get_attribute("data-path"), int(page.evaluate("document.body.dataset.revision"))
    held = []

    def hold(route):
        """The first fetch is answered only after a further change has been announced."""
        if route.request.headers.get("x-refresh") and not held:
            answer = route.fetch()
            held.append(True)
            patch(base, path, {"base": start + 1, "fields": {"title": "第二次"}})
            page.wait_for_timeout(300)
            return route.fulfill(response=answer)
        return route.continue_()

    page.route("**/goals", hold)
    patch(base, path, {"base": start, "fields": {"title": "第一次"}})
    page.wait_for_function("path => document.querySelector(`[data-path=\"${path}\"][data-edit=title]`).dataset.raw === '第二次'", arg=path, timeout=8000)


def imports_appear_while_serving(browser, base):
    """Another program that writes to the same data is seen within a second, without a reload."""
    folder = SERVER.folder.name
    page = browser.new_page()
    page.goto(base + "/plans")
    plan = Path(folder) / "new.yaml"
    plan.write_text("pharos: 1\nplan: imported\nkind: growth\ntitle: 刚导入的计划\n")
    done = subprocess.run([ROOT / ".build/debug/pharos", "import", str(plan), "--data", folder], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    time.sleep(1)
    page.reload()
    assert "刚导入的计划" in page.inner_text("main")
    page.goto(base + "/plans/imported")
    assert "刚导入的计划" in page.inner_text("main")


def added_goal_stands_in_the_document(browser, base):
    page = browser.new_page()
    page.goto(base + DEPARTMENT + "/goals/new")
    page.fill("#f-title", "新目标 <b>不是标记</b>")
    page.select_option("#f-dimension", "quality")
    page.click("button.main")
    page.wait_for_url(re.compile(r"/goals/G-\d+$"))
    page.goto(base + DEPARTMENT)
    assert "新目标 <b>不是标记</b>" in page.inner_text(".doc")


def prose_is_written_in_place(browser, base):
    page = browser.new_page()
    page.goto(base + DEPARTMENT)
    page.locator(".prose.edit").nth(1).click()
    page.keyboard.press("Control+A")
    page.keyboard.type("改写的**正文**")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".prose strong:has-text('正文')")


def word_file_is_whole(browser, base):
    data = urllib.request.urlopen(base + DEPARTMENT + "/document.docx", timeout=120).read()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        document = archive.read("word/document.xml").decode()
        assert 'TOC \\o "1-3"' in document and 'w:val="Heading1"' in document and "<w:tblHeader/>" in document
        assert "w:eastAsia" in archive.read("word/styles.xml").decode()
        assert any(name.endswith(".png") for name in archive.namelist())
        assert "部门使命与愿景" in document


def keyboard_reaches_search_and_cells(browser, base):
    page = browser.new_page()
    page.goto(base + DEPARTMENT)
    page.keyboard.press("/")
    page.keyboard.type("分派")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search"))
    assert page.locator(".row").count() > 3


def phone_pages_fit(browser, base):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    for path in ["/", "/plans", DEPARTMENT, DEPARTMENT + "/tasks", DEPARTMENT + "/check", PROJECT + "/schedule", PROJECT + "/levelling", PROJECT + "/simulation", PROJECT + "/earned-value", PROJECT + "/network", PROJECT + "/board", "/cascade", DEPARTMENT + "/goals/G-1"]:
        page.goto(base + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), f"{path} is wider than the phone"
    page.goto(base + DEPARTMENT)
    page.click(".outline-btn")
    assert page.locator(".outline").is_visible()
    context.close()


def bars_are_drawn_along_the_axis(browser, base):
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(base + PROJECT + "/schedule")
    bar = page.locator('[data-bar$="/T-143"]')
    before = bar.get_attribute("data-finish")
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] + 26, box["y"] + 8, steps=4)
    page.mouse.up()
    page.wait_for_function("finish => document.querySelector('[data-bar$=\"/T-143\"]').dataset.finish > finish", arg=before)
    page.goto(base + PROJECT + "/history")
    page.locator(".change form button").first.click()
    page.goto(base + PROJECT + "/schedule")
    assert page.locator('[data-bar$="/T-143"]').get_attribute("data-finish") == before


def levelling_is_a_preview_until_accepted(browser, base):
    page = browser.new_page()
    page.goto(base + PROJECT + "/schedule")
    before = page.inner_text("#sched-head")
    page.goto(base + PROJECT + "/levelling")
    assert page.locator("main table tr.rec").count() > 3
    page.goto(base + PROJECT + "/schedule")
    assert page.inner_text("#sched-head") == before, "looking changed the plan"
    page.goto(base + PROJECT + "/levelling")
    page.click("form.acts button.main")
    page.wait_for_url(re.compile("/schedule$"))
    assert page.inner_text("#sched-head") != before
    page.goto(base + PROJECT + "/levelling")
    assert page.locator("main table tr.rec").count() == 0, "a levelled plan is levelled again"
    page.goto(base + PROJECT + "/history")
    page.locator(".change form button").first.click()
    page.goto(base + PROJECT + "/schedule")
    assert page.inner_text("#sched-head") == before


def facts_go_into_a_review(browser, base):
    page = browser.new_page()
    page.goto(base + PROJECT + "/reviews/new")
    page.fill("#f-title", "十月复盘")
    page.fill("#f-start", "2026-10-01")
    page.fill("#f-finish", "2026-10-31")
    page.click("button.main")
    page.wait_for_url(re.compile(r"/reviews/V-\d+$"))
    page.click("details button")
    page.wait_for_url(re.compile(r"/reviews/V-\d+$"))
    assert "完成" in page.input_value("#f-facts")


def english_says_english(browser, base):
    context = browser.new_context()
    page = context.new_page()
    page.goto(base + DEPARTMENT + "?lang=en")
    assert page.get_attribute("html", "lang") == "en"
    assert "Mission and vision" in page.inner_text(".doc")
    page.goto(base + "/")
    assert "Waiting for you" in page.inner_text("main")
    context.close()


def forms_work_without_script(browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + DEPARTMENT + "/risks/new")
    page.fill("#f-title", "无脚本新增的风险")
    page.fill("#f-likelihood", "9")
    page.click("button.main")
    assert "1" in page.inner_text(".problem") and page.input_value("#f-title") == "无脚本新增的风险"
    page.fill("#f-likelihood", "4")
    page.click("button.main")
    assert "/risks/R-" in page.url
    context.close()


IMPROVEMENT = "/plans/escalation-2026"


def log_is_mined_compared_and_drawn(browser, base):
    page = browser.new_page()
    page.goto(base + IMPROVEMENT + "/process?split=2026-06-01")
    text = page.inner_text("main")
    assert "二线接手排查" in text and "前后对比" in text and "拟合度" in text
    assert page.locator("figure svg").count() == 1
    page.fill("input[name=from]", "2026-09-15")
    page.click("form.choices button")
    later = page.inner_text("main")
    assert "二线联合诊断" in later and "二线接手排查" not in page.inner_text("figure")
    page.goto(base + IMPROVEMENT + "/process")
    page.click("button:has-text(\"从日志画出流程\")")
    assert re.search(r"/processes/PR-\d+$", page.url), page.url
    drawn = page.url.rsplit("/", 1)[1]
    page.goto(base + IMPROVEMENT + "/steps")
    assert drawn in page.inner_text("main")
    page.goto(base + IMPROVEMENT + "/history")
    page.locator(".change form button").first.click()
    page.goto(base + IMPROVEMENT + "/processes")
    assert "（日志）" not in page.inner_text("main")


def process_is_simulated_as_is_and_to_be(browser, base):
    page = browser.new_page()
    page.goto(base + IMPROVEMENT + "/process/simulation")
    assert re.search(r"全程时间预计缩短 \d", page.inner_text("main"))
    page.select_option("select[name=toBe]", "")
    page.select_option("select[name=change]", "drop")
    page.select_option("select[name=step]", label="班组长审核升级")
    page.click("form.choices button")
    assert re.search(r"全程时间预计缩短 \d", page.inner_text("main"))
    page.fill("input[name=perWeek]", "90000")
    page.click("form.choices button")
    assert "队列会无限增长" in page.inner_text(".problem") or "负荷" in page.inner_text(".problem")


def uploaded_log_is_checked_and_kept(browser, base):
    page = browser.new_page()
    page.goto(base + IMPROVEMENT + "/process")
    page.set_input_files("input[type=file]", {"name": "坏.csv", "mimeType": "text/csv", "buffer": b"x,y\n1,2\n"})
    page.click("button:has-text(\"上传\")")
    assert "认不出" in page.inner_text(".problem")
    rows = "工单号,环节,完成时间\n" + "".join(f"{n},{step},2026-03-0{n % 9 + 1} 1{hour}:00\n" for n in range(40) for hour, step in enumerate(["登记", "处理", "关闭"]))
    page.set_input_files("input[type=file]", {"name": "新工单.csv", "mimeType": "text/csv", "buffer": rows.encode("gb18030")})
    page.click("button:has-text(\"上传\")")
    assert "120" in page.inner_text("p.facts") and "登记" in page.inner_text("figure")
    # Put the sample's log back.
    page.goto(base + IMPROVEMENT + "/history")
    page.locator(".change form button").first.click()
    page.goto(base + IMPROVEMENT + "/process")
    assert "二线" in page.inner_text("figure")


def every_page_answers_and_every_link_leads_somewhere(browser, base):
    """All pages of both languages, from the first page on: they answer, link to what is there, and use an id once."""
    for language in ["zh-Hans", "en"]:
        opener = urllib.request.build_opener()
        opener.addheaders = [("Cookie", f"lang={language}")]
        seen, todo, from_page, kinds = {"/"}, ["/"], {"/": "start"}, {}
        while todo and len(seen) < 1500:
            path = todo.pop(0)
            try:
                with opener.open(base + path, timeout=60) as answer:
                    kind, body = answer.headers.get_content_type(), answer.read()
            except urllib.error.HTTPError as error:
                raise AssertionError(f"{path} answers {error.code}; linked from {from_page[path]}")
            if kind != "text/html":
                continue
            html = body.decode()
            assert f'lang="{language}"' in html[:200], path
            ids = re.findall(r' id="([^"]*)"', html)
            assert len(ids) == len(set(ids)), f"{path}: twice {sorted({i for i in ids if ids.count(i) > 1})[:3]}"
            for link in re.findall(r'(?:href|src)="(/[^"#]*)', html):
                link = link.replace("&amp;", "&")
                # Records of a kind look alike: two of each do, and one of what takes long to make.
                shape = re.sub(r"[A-Z]+-\d+", "*", link.split("?")[0])
                limit = 1 if "document" in shape or "." in shape.rsplit("/", 1)[-1] else 2
                # What computes long without optimisation has tests of its own.
                if link in seen or re.search("/(live|levelling|simulation|document\\.pdf)", link) or kinds.get(shape, 0) >= limit:
                    continue
                kinds[shape] = kinds.get(shape, 0) + 1
                seen.add(link)
                from_page[link] = path
                todo.append(link)
        assert len(seen) > 300, len(seen)


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
        if kind != "text/html":
            continue
        pages += 1
        for bad in ["<script>alert", "<img src=x", "href=\"javascript:", "href='javascript:"]:
            assert bad not in body, f"{bad} on {path}"
        todo += [link.replace("&amp;", "&") for link in re.findall(r'href="(/plans/evil[^"#]*)', body)]
    assert pages > 25, pages
    page = browser.new_page()
    page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError("a script ran")))
    page.goto(base + "/plans/evil")
    assert "<script>alert(1)</script>" in page.inner_text("body")


def patch(base, path, body):
    request = urllib.request.Request(base + path, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="PATCH")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


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
    assert "script-src 'self'" in headers["Content-Security-Policy"] and headers["X-Content-Type-Options"] == "nosniff"


def acknowledged_changes_survive_a_kill(browser, base):
    """SIGKILL at random moments of a stream of changes: every acknowledged one is there, none is half there."""
    server = Server()
    chance = random.Random(20261120)
    acknowledged = 0
    for _ in range(8):
        server.__enter__()
        path = f"/api/v1{DEPARTMENT}"
        stored = json.load(urllib.request.urlopen(server.base + path))
        fields = stored["fields"]
        is_first = not fields["subtitle"].isdigit()
        present = 0 if is_first else int(fields["subtitle"])
        assert present >= acknowledged, f"{acknowledged} was acknowledged, {present} is stored"
        assert is_first or fields["classification"] == fields["subtitle"], "a change is half there"
        killer = threading.Timer(chance.uniform(0.05, 0.8), server.process.kill)
        killer.start()
        number = present
        try:
            while True:
                number += 1
                patch(server.base, path, {"base": stored["revision"] + number - present - 1, "fields": {"subtitle": str(number), "classification": str(number)}})
                acknowledged = number
        except OSError:
            pass
        killer.join()
        server.process.wait()
        verdict = subprocess.run([ROOT / ".build/debug/pharos", "verify", "--data", server.folder.name], capture_output=True)
        assert verdict.returncode == 0, verdict.stderr.decode()
    assert acknowledged > 20, f"only {acknowledged} changes were made"
    server.folder.cleanup()


SERVER = None
ONLY = sys.argv[1:]
TESTS = [
    edit_changes_dates_and_other_pages, refused_value_stays_with_its_reason, conflict_shows_both_values,
    what_arrived_while_a_field_was_open_is_shown_when_it_closes, revisions_that_come_during_a_fetch_are_fetched_too, imports_appear_while_serving, added_goal_stands_in_the_document, prose_is_written_in_place,
    word_file_is_whole, keyboard_reaches_search_and_cells, bars_are_drawn_along_the_axis, levelling_is_a_preview_until_accepted,
    facts_go_into_a_review, phone_pages_fit, english_says_english, forms_work_without_script,
    log_is_mined_compared_and_drawn, process_is_simulated_as_is_and_to_be, uploaded_log_is_checked_and_kept, every_page_answers_and_every_link_leads_somewhere,
    hostile_text_stays_text, foreign_and_oversized_requests_are_refused, acknowledged_changes_survive_a_kill,
]


def main():
    passed = failed = 0
    global SERVER
    with Server() as server, sync_playwright() as playwright:
        SERVER = server
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for test in TESTS:
            if ONLY and test.__name__ not in ONLY:
                continue
            try:
                test(browser, server.base)
                passed += 1
                print(f"ok   {test.__name__}", flush=True)
            except Exception as error:  # one failure must not hide the others
                failed += 1
                print(f"FAIL {test.__name__}: {error}", flush=True)
        browser.close()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
