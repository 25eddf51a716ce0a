"""Records are laid out as cards and moved: to another place on a grid, to somebody else, up and down and into each other."""

import json
import re
import urllib.parse
import urllib.request

from support import DEPARTMENT, PROJECT


def _record(base, path):
    with urllib.request.urlopen(base + "/api/v1" + path) as answer:
        return json.load(answer)


def _tasks(base):
    with urllib.request.urlopen(base + "/api/v1" + PROJECT + "/tasks") as answer:
        found = json.load(answer)
    return [record["id"] for record in found.get("records", found)]


def card_dragged_on_the_grid_gets_its_ratings(browser, base):
    page = browser.new_page(viewport={"width": 1440, "height": 2400})
    page.goto(base + DEPARTMENT + "/risks?by=likelihood-impact")
    card = page.locator("#cards .card").first
    path = card.get_attribute("data-drag")
    cell = page.locator('.grid5 [data-drop*=\'"impact":1\'][data-drop*=\'"likelihood":5\']')
    card.drag_to(cell)
    page.wait_for_function("path => document.querySelector(`[data-drag='${path}']`)?.closest('[data-heat]')?.dataset.heat === '5'", arg=path)
    fields = _record(base, path.removeprefix("/api/v1"))
    fields = fields.get("record", fields)["fields"]
    assert (fields["likelihood"], fields["impact"]) == (5, 1), fields


def quadrants_and_people_are_lanes(browser, base):
    page = browser.new_page()
    page.goto(base + "/plans/growth-shen-2026/swot?by=quadrant")
    assert page.locator(".board.quadrants .lane").count() >= 4
    assert page.locator(".board.quadrants .card").count() >= 4
    page.goto(base + PROJECT + "/tasks?by=owner")
    lanes = page.locator(".board .lane")
    assert lanes.count() >= 5
    assert page.locator(".board .lane h2", has_text="叶舟").count() == 1 and page.locator(".board .card").count() > 50


def week_shows_what_is_worked_on(browser, base):
    page = browser.new_page()
    page.goto(base + PROJECT + "/calendar?week=2026-03-18")
    assert "2026年3月16日" in page.inner_text("h1")
    assert page.locator("#month .cell").count() == 7
    assert page.locator("#week-tasks tr.rec").count() > 3
    page.get_by_role("link", name="往后").click()
    assert "3月23日" in page.inner_text("h1")


def home_shows_ones_own_things(browser, base):
    page = browser.new_page()
    page.goto(base + "/")
    everybody = page.locator(".cols .row").count()
    with page.expect_navigation():
        page.select_option("#whose select", label="梁朔")
    assert page.locator("#whose select").input_value() == "梁朔"
    mine = page.locator(".cols .row").count()
    assert 0 < mine < everybody
    query = urllib.parse.urlencode({"who": "梁朔"})
    with urllib.request.urlopen(f"{base}/api/v1/home?{query}") as answer:
        assert len(json.load(answer)) > 0
    page.goto(base + "/?me=")


def budget_is_sent_back_with_the_reason_on_a_phone(browser, base):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(base + "/")
    waiting = page.locator(".row", has=page.locator(".decision"))
    number = waiting.count()
    row = waiting.filter(has_text="推广激励")
    address = row.locator(".t a").get_attribute("href")
    row.locator("summary").click()
    form = row.locator("details form")
    box = form.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390, box
    form.get_by_role("button", name="驳回").click()
    assert waiting.count() == number, "nothing is sent without a reason"
    form.get_by_label("为什么").fill("先看试点的效果")
    with page.expect_navigation():
        form.get_by_role("button", name="驳回").click()
    assert waiting.count() == number - 1
    line = _record(base, address)
    fields = line.get("record", line)["fields"]
    assert (fields["decision"], fields["opinion"]) == ("rejected", "先看试点的效果"), fields


def rows_move_by_keyboard(browser, base):
    page = browser.new_page()
    page.goto(base + PROJECT + "/schedule")
    before = _tasks(base)
    row = page.locator("#tasks tr#T-5")
    cell = row.locator("[data-edit]").first
    cell.focus()
    page.keyboard.press("Alt+ArrowUp")
    page.wait_for_function("() => { const rows = [...document.querySelectorAll('#tasks tr.rec')].map(r => r.id); return rows.indexOf('T-5') < rows.indexOf('T-4'); }")
    after = _tasks(base)
    assert after.index("T-5") < after.index("T-4") and sorted(after) == sorted(before)
    page.locator("#tasks tr#T-5 [data-edit]").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_function("() => { const rows = [...document.querySelectorAll('#tasks tr.rec')].map(r => r.id); return rows.indexOf('T-5') > rows.indexOf('T-4'); }")
    assert _tasks(base) == before


def records_are_offered_while_ids_are_typed(browser, base):
    page = browser.new_page()
    page.goto(base + PROJECT + "/tasks/T-12")
    field = page.locator("#f-predecessors")
    kept = field.input_value()
    field.focus()
    page.keyboard.press("End")
    page.keyboard.type(", 章程评审")
    page.wait_for_selector(".picks li")
    assert "章程评审" in page.inner_text(".picks")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert field.input_value() == f"{kept}, T-8", field.input_value()
    page.keyboard.type(", <b>")
    page.wait_for_timeout(300)
    assert page.locator(".picks").count() == 0


def _sessions(base):
    with urllib.request.urlopen(base + "/api/v1/plans/growth-shen-2026/sessions") as answer:
        return json.load(answer)["records"]


def focus_timer_runs_across_reloads_and_records_its_session(browser, base):
    """25 minutes against the clock: a reload and another page do not stop it; at the end the session is recorded once and the break runs."""
    before = len(_sessions(base))
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    page.goto(base + "/plans/growth-shen-2026/sessions")
    page.fill("#timer [name=title]", "读论文第三章")
    page.select_option("#timer [name=task]", index=1)
    page.click("#timer [data-timer-start]")
    page.clock.run_for(10 * 60_000)
    page.reload()
    assert page.input_value("#timer [name=title]") == "读论文第三章"
    left = re.search(r"(\d+):\d\d", page.inner_text("#timer output")).group(1)
    assert 13 <= int(left) <= 15, left
    page.goto(base + "/plans/growth-shen-2026")
    assert page.locator(".ticking").is_visible() and len(_sessions(base)) == before
    page.goto(base + "/plans/growth-shen-2026/sessions")
    page.clock.run_for(16 * 60_000)
    page.locator("#table", has_text="读论文第三章").wait_for()
    made = _sessions(base)
    assert len(made) == before + 1, len(made) - before
    assert "读论文第三章" in json.dumps(made, ensure_ascii=False)
    assert re.search(r"0[0-5]:\d\d", page.inner_text("#timer output"))
    page.click("#timer [data-timer-drop]")
    assert not page.locator("#timer output").is_visible()
    context.close()


def focus_session_is_recorded_without_script(browser, base):
    before = len(_sessions(base))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + "/plans/growth-shen-2026/sessions")
    assert not page.locator("#timer [data-timer-start]").is_visible()
    page.fill("#timer [name=title]", "整理笔记")
    page.fill("#timer [name=minutes]", "40")
    page.click("#timer [data-timer-plain]")
    page.wait_for_url(re.compile("/sessions/FS-"))
    assert page.input_value("[name=minutes]") == "40" and len(_sessions(base)) == before + 1
    context.close()


def several_put_up_notes_at_once_and_a_note_becomes_a_risk(browser, base):
    """Two people write on the same board, one without script; a note is dragged into a group and made a risk of that kind."""
    one = browser.new_page()
    one.goto(base + PROJECT + "/brainstorm?who=甲")
    context = browser.new_context(java_script_enabled=False)
    other = context.new_page()
    other.goto(base + PROJECT + "/brainstorm")
    other.fill("textarea", "供应商可能停服\n密钥到期没人管")
    other.fill('[name="writer"]', "乙")
    other.click("form.quick button")
    other.wait_for_url(re.compile("who="))
    assert other.input_value('[name="writer"]') == "乙"
    context.close()
    note = one.locator('.card:has-text("密钥到期没人管")')
    note.wait_for(timeout=10000)
    note.drag_to(one.locator('.notes-board [data-drop*="compliance"]'))
    one.wait_for_function("() => document.querySelector('[data-drop*=compliance] .count').textContent === '1'")
    one.locator('.card:has-text("密钥到期没人管") form button').click()
    one.locator('.card.over:has-text("密钥到期没人管")').wait_for()
    one.locator('.card.over:has-text("密钥到期没人管") a.ref').click()
    assert one.input_value('[name="title"]') == "密钥到期没人管" and one.input_value('[name="category"]') == "compliance"


def versions_of_a_procedure_stand_beside_each_other(browser, base):
    page = browser.new_page()
    page.goto(base + "/plans/escalation-2026/procedures/SP-3")
    assert page.locator("#versions details").count() == 2
    assert page.locator("#versions details[open] ins").count() >= 1 and page.locator("#versions details[open] del").count() >= 1


def a_card_is_moved_by_finger_and_by_key(browser, base):
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(base + PROJECT + "/board")
    card = page.locator(".lane").first.locator(".card").first
    path = card.get_attribute("data-drag")
    mover = card.locator("[data-mover]")
    assert mover.bounding_box()["height"] >= 32
    mover.tap()
    lanes = page.locator(".lanes [role=menuitem]")
    assert lanes.all_inner_texts() == ["进行中", "受阻", "已完成", "已取消"]
    box = page.locator(".lanes").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844, box
    lanes.nth(0).tap()
    page.wait_for_function("path => document.querySelector(`[data-drag='${path}']`)?.closest('[data-drop]').ariaLabel === '进行中'", arg=path)
    assert _record(base, path.removeprefix("/api/v1")).get("record")["fields"]["state"] == "doing"
    context.close()
    page = browser.new_page()
    page.goto(base + PROJECT + "/board")
    page.locator(f'[data-drag="{path}"] [data-mover]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".lanes")
    page.keyboard.press("Escape")
    page.wait_for_selector(".lanes", state="detached")
    page.keyboard.press("Enter")
    page.wait_for_selector(".lanes")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("path => document.querySelector(`[data-drag='${path}']`)?.closest('[data-drop]').ariaLabel === '未开始'", arg=path)
    page.wait_for_function("path => document.activeElement.closest('[data-drag]')?.dataset.drag === path", arg=path)


def a_month_shows_all_its_days_on_a_phone(browser, base):
    """Seven columns, how much is on each day, and below it what: a tap on a day leads there."""
    for language in ["zh-Hans", "en"]:
        context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
        page = context.new_page()
        for span in ["month=2026-03", "week=2026-03-18"]:
            page.goto(f"{base}{PROJECT}/calendar?{span}&lang={language}")
            boxes = [one.bounding_box() for one in page.locator("#month .wd").all()]
            assert len(boxes) == 7 and all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes), boxes
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
            assert page.locator("#month .cell > a:not(.count)").first.is_visible() is False
        page.goto(f"{base}{PROJECT}/calendar?month=2026-03&lang={language}")
        counts = page.locator("#month a.count")
        told = sum(int(text) for text in counts.all_inner_texts())
        assert told == page.locator("#agenda li").count() > 3, told
        counts.last.tap()
        section = page.locator("#agenda section:target")
        assert section.count() == 1 and section.is_visible()
        context.close()
    page = browser.new_page()
    page.goto(base + PROJECT + "/calendar?month=2026-03")
    assert not page.locator("#agenda").is_visible() and page.locator("#month .cell > a:not(.count)").first.is_visible()


def filters_of_a_table_are_folded_on_a_phone(browser, base):
    for scripts in [True, False]:
        context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
        page = context.new_page()
        page.goto(base + PROJECT + "/tasks?state=done&q=%E8%AF%84%E5%AE%A1")
        button = page.locator(".filters .fold")
        assert "2" in button.inner_text() and not page.locator(".filters [name=q]").is_visible()
        assert page.locator(".filters").bounding_box()["height"] <= 90, page.locator(".filters").bounding_box()
        button.locator("input").check(force=True)
        assert page.locator(".filters [name=state]").is_visible()
        page.locator(".filters a", has_text="看全部").click()
        page.wait_for_url(base + PROJECT + "/tasks*")
        assert "（" not in page.locator(".filters .fold").inner_text()
        context.close()
    page = browser.new_page()
    page.goto(base + PROJECT + "/tasks")
    assert page.locator(".filters [name=q]").is_visible() and not page.locator(".filters .fold").is_visible()
