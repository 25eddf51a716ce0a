"""A field is edited in place: what follows from it, what is refused, what somebody else wrote at the same time."""

import re
import subprocess
import time
from pathlib import Path

from support import DEPARTMENT, PHAROS, PROJECT, patch


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


def saving_tells_what_followed_and_takes_it_back(browser, base):
    page = browser.new_page()
    page.goto(base + PROJECT + "/schedule")
    finish = page.inner_text("#sched-head")
    cell = last_duration(page)
    path, kept = cell.get_attribute("data-path"), cell.get_attribute("data-raw")
    cell.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("三十五天")
    page.keyboard.press("Enter")
    page.wait_for_selector("#notice .notice")
    told = page.inner_text("#notice")
    assert path.rsplit("/", 1)[1] in told and "35 天" in told and "全部完成由" in told, told
    # It does not hide what is being worked on.
    box = page.locator("#notice .notice").bounding_box()
    assert box["x"] + box["width"] <= 1280 and box["y"] + box["height"] <= 720 and box["width"] <= 430, box
    page.click("#notice [data-undo] button")
    page.wait_for_function("text => document.querySelector('#sched-head').innerText === text", arg=finish)
    page.wait_for_function("() => document.querySelector('#notice').innerText.includes('撤销 r')")
    assert last_duration(page).get_attribute("data-raw") == kept
    page.click("#notice [data-dismiss]")
    assert page.inner_text("#notice").strip() == ""


def form_tells_that_it_was_saved(browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + PROJECT + "/tasks/T-12")
    page.fill("#f-duration", "6d")
    page.click("button.main")
    assert "已保存" in page.inner_text("#notice") and "6 天" in page.inner_text("#notice")
    page.click("#notice [data-undo] button")
    assert page.url.startswith(base + PROJECT) and "撤销 r" in page.inner_text("#notice")
    context.close()
    # With script it is told once: a page that is loaded anew does not say it again.
    page = browser.new_page()
    page.goto(base + PROJECT + "/tasks/T-12")
    page.fill("#f-duration", "7d")
    page.click("button.main")
    page.wait_for_selector("#notice .notice")
    assert "saved=" not in page.url
    page.reload()
    assert page.inner_text("#notice").strip() == ""


def long_title_is_written_on_several_lines(browser, base):
    page = browser.new_page()
    page.goto(base + DEPARTMENT + "/goals")
    title = page.locator('[data-edit="title"]').last
    path, words = title.get_attribute("data-path"), "把跨区域的重大工单处理时限和客户满意度放在一起衡量" * 4
    revision = page.evaluate("document.body.dataset.revision")
    patch(base, path, {"base": int(revision), "fields": {"title": words}})
    page.reload()
    page.locator(f'[data-path="{path}"][data-edit="title"]').click()
    field = page.locator(".editing textarea.line")
    assert field.input_value() == words
    assert field.evaluate("one => one.scrollHeight <= one.clientHeight + 1 && one.clientHeight > 40"), "not all of it is seen"
    field.press("End")
    field.evaluate("one => { one.value += '甲\\n乙'; }")
    page.keyboard.press("Enter")
    page.wait_for_function("path => document.querySelector(`[data-path=\"${path}\"][data-edit=title]`)?.dataset.raw?.endsWith('甲 乙')", arg=path)


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


def a_date_written_in_part_is_not_emptied(browser, base):
    page = browser.new_page()
    page.goto(base + PROJECT + "/tasks")
    cell = page.locator('tr.rec [data-type="date"]:not([data-raw=""])').first
    kept = cell.get_attribute("data-raw")
    cell.focus()
    page.keyboard.press("Enter")
    assert page.get_attribute(".editing input", "max") == "2199-12-31"
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.wait_for_selector(".editing .refused")
    assert "没有写完" in page.inner_text(".refused")
    page.keyboard.press("Escape")
    page.wait_for_selector(".editing", state="detached")
    assert cell.get_attribute("data-raw") == kept


def a_refused_value_lets_go_of_the_next_field(browser, base):
    """Whoever goes on to another cell writes there, not into the one whose value was refused; taking back works meanwhile."""
    page = browser.new_page()
    page.goto(base + PROJECT + "/schedule")
    cells = page.locator('tr.rec [data-edit="duration"]:not([data-raw=""])')
    first, second = cells.nth(-1), cells.nth(-2)
    kept, path = second.get_attribute("data-raw"), second.get_attribute("data-path")
    first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("很久")
    second.click()
    page.wait_for_selector(".editing .refused")
    page.wait_for_timeout(200)
    page.keyboard.press("Control+A")
    page.keyboard.type("3d")
    assert page.input_value(".editing:focus-within input") == "3d"
    assert sorted(page.locator(".editing input").evaluate_all("all => all.map((one) => one.value)")) == ["3d", "很久"]
    page.keyboard.press("Enter")
    page.wait_for_selector("#notice .notice")
    page.click("#notice [data-undo] button")
    page.wait_for_function("() => document.querySelector('#notice').innerText.includes('撤销 r')")
    assert page.request.get(base + path).json()["record"]["fields"]["duration"] == kept


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
    folder = base.folder
    page = browser.new_page()
    page.goto(base + "/plans")
    plan = Path(folder) / "new.yaml"
    plan.write_text("pharos: 1\nplan: imported\nkind: growth\ntitle: 刚导入的计划\n")
    done = subprocess.run([PHAROS, "import", str(plan), "--data", folder], capture_output=True)
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


def the_field_of_an_empty_chapter_is_as_wide_as_the_column(browser, base):
    for width in [1280, 390]:
        page = browser.new_page(viewport={"width": width, "height": 844})
        page.goto(base + PROJECT)
        empty = page.locator(".prose.blank").first
        empty.click()
        field, column = page.locator(".editing textarea").bounding_box(), page.locator(".doc-head").bounding_box()
        assert field["width"] >= min(column["width"], 640) - 1, f"{field['width']} of {column['width']} at {width}"
        page.close()


def hints_and_reasons_stand_inside_the_screen(browser, base):
    for width in [1280, 390]:
        page = browser.new_page(viewport={"width": width, "height": 844})
        for place in [PROJECT + "/schedule", PROJECT + "/budget", DEPARTMENT + "/measures"]:
            page.goto(base + place)
            fields = page.evaluate("[...document.querySelector('tr.rec:nth-child(2)').querySelectorAll('[data-edit]')].filter(cell => cell.offsetParent).map(cell => cell.dataset.edit)")
            for field in fields:
                page.locator(f'tr.rec:nth-child(2) [data-edit="{field}"]').first.focus()
                page.keyboard.press("Enter")
                seen = page.evaluate("""() => {
                  const { left, right, top, bottom } = document.querySelector('.edit-hint').getBoundingClientRect();
                  const hint = (x, y) => document.elementFromPoint(x, y)?.closest('.edit-hint');
                  return left >= 0 && right <= innerWidth && hint(left + 3, top + 8) && hint(right - 3, bottom - 8) && true;
                }""")
                assert seen, f"the hint of {field} on {place} is cut off at {width}"
                page.keyboard.press("Escape")
        page.close()


def a_finger_saves_and_cancels_by_buttons(browser, base):
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    for language, (save, cancel) in {"en": ("save", "cancel"), "zh-Hans": ("保存", "取消")}.items():
        page.goto(base + DEPARTMENT + "/goals?lang=" + language)
        cell = page.locator('[data-edit="title"]').last
        before = cell.get_attribute("data-raw")
        cell.tap()
        page.fill(".editing input", "不要的")
        page.tap(f'.edit-hint button:text-is("{cancel}")')
        assert cell.get_attribute("data-raw") == before and page.locator(".editing").count() == 0
        cell.tap()
        page.fill(".editing input", "用手指写的 " + language)
        assert not page.locator(".edit-hint .keys").is_visible()
        page.tap(f'.edit-hint button:text-is("{save}")')
        page.wait_for_function("text => [...document.querySelectorAll('[data-edit=title]')].at(-1).dataset.raw === text", arg="用手指写的 " + language)
    context.close()


def arrows_move_through_choices_and_enter_saves(browser, base):
    """After it the same cell has the focus, in the row that has been drawn anew."""
    page = browser.new_page()
    page.goto(base + DEPARTMENT + "/goals")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "PATCH" else None)
    cell = page.locator('[data-type="choice"]').first
    before = cell.get_attribute("data-raw")
    cell.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert page.locator(".editing select").count() == 1 and not sent, "an arrow key saves"
    chosen = page.input_value(".editing select")
    page.keyboard.press("Enter")
    page.wait_for_function("before => document.querySelector('[data-type=choice]').dataset.raw !== before", arg=before)
    assert cell.get_attribute("data-raw") == chosen
    # The row is drawn anew once the server has told of the change.
    page.wait_for_timeout(500)
    page.wait_for_function("() => document.activeElement === document.querySelector('[data-type=choice]')")
    cell.click()
    page.select_option(".editing select", before)
    page.wait_for_function("before => document.querySelector('[data-type=choice]').dataset.raw === before", arg=before)


def a_cell_with_a_name_is_edited_by_a_click_and_left_by_its_arrow(browser, base):
    page = browser.new_page()
    page.goto(base + PROJECT + "/tasks")
    cell = page.locator('td:has([data-edit="owner"]:not([data-raw=""]))').first
    cell.locator(".person").click()
    assert cell.locator(".editing").count() == 1, "the name is no way to edit"
    page.keyboard.press("Escape")
    box = cell.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)
    assert cell.locator(".editing").count() == 1, "beside the name is no way to edit"
    page.keyboard.press("Escape")
    cell.hover()
    page.wait_for_function("arrow => getComputedStyle(arrow).opacity === '1'", arg=cell.locator("a.go").element_handle())
    cell.locator("a.go").click()
    page.wait_for_url(re.compile(r"/people/P-\d+$"))


def the_list_of_choices_leaves_the_save_button_free(browser, base):
    """Wherever the field stands on the screen, and in a table where the hint holds the buttons."""
    for width, height in [(1280, 720), (390, 844)]:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(base + PROJECT + "/tasks/new")
        page.fill("#f-title", f"宽 {width}")
        field, save = page.locator("#f-predecessors"), page.locator("form.form .acts button.main")
        for block in ["start", "center", "end"]:
            field.evaluate("(one, block) => one.scrollIntoView({ block })", block)
            field.fill("")
            field.press_sequentially("T-1")
            page.wait_for_selector(".picks")
            list, acts = page.locator(".picks").bounding_box(), page.locator("form.form .acts").bounding_box()
            assert list["y"] + list["height"] <= acts["y"] or list["y"] >= acts["y"] + acts["height"], f"{list} on {acts}"
            assert list["height"] >= 60 and list["x"] >= 0 and list["x"] + list["width"] <= width, list
        save.click()
        page.wait_for_url(re.compile(r"/tasks/T-\d+$"))
        assert page.input_value("#f-predecessors") == "T-1"
        page.close()


def a_refused_form_leads_to_its_first_wrong_field(browser, base):
    page = browser.new_page(viewport={"width": 1280, "height": 500})
    page.goto(base + PROJECT + "/tasks/new")
    page.fill("#f-title", "前置写错")
    page.fill("#f-duration", "很久")
    page.fill("#f-predecessors", "没有这项")
    page.keyboard.press("Enter")
    page.wait_for_selector(".problem")
    focused = page.evaluate("document.activeElement.id")
    assert focused == page.locator("[aria-invalid]").first.get_attribute("id"), focused
    words = page.evaluate("document.activeElement.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).innerText).join()")
    assert "没有名为「没有这项」" in words or "看不懂「很久」" in words, words
    page.locator(".problem a").last.click()
    assert page.evaluate("location.hash") in ["#f-duration", "#f-predecessors"]


def prose_is_written_without_script(browser, base):
    """Each text has a way to its form, whether there is something in it yet or not."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + DEPARTMENT + "?lang=zh-Hans")
    ways = page.get_by_role("link", name=re.compile("^编辑文字"))
    assert ways.count() == page.locator(".prose.edit").count() > 3
    for way in (ways.first, ways.last):
        assert way.is_visible()
    ways.first.click()
    page.fill("main textarea", "没有脚本也能写 <script>alert(1)</script> [点我](javascript:alert(2))")
    page.click("button.main")
    assert "没有脚本也能写 <script>alert(1)</script> 点我" in page.inner_text(".doc")
    context.close()
