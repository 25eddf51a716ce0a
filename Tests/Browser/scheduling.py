"""Schedules: bars drawn along the axis, levelling, the facts of a review."""

import re

from support import PROJECT


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


def bar_drawn_onto_another_links_them(browser, base):
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(base + PROJECT + "/schedule")
    waits = lambda: page.request.get(base + "/api/v1" + PROJECT + "/tasks/T-143").json()["record"]["fields"].get("predecessors", [])
    before = waits()
    source, target = (page.locator(f'[data-bar$="/{id}"]') for id in ("T-142", "T-143"))
    source.scroll_into_view_if_needed()
    start, end = source.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 3, start["y"] + 9)
    page.mouse.down()
    page.mouse.move(end["x"] + 4, end["y"] + 9, steps=8)
    assert page.locator(".drawn-link").count() == 1
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.mouse.up()
    assert page.locator(".drawn-link").count() == 0
    assert waits() == before + ["T-142"]
    assert page.url.endswith("/schedule")
    # Let go over nothing, it changes nothing.
    source = page.locator('[data-bar$="/T-142"]')
    page.mouse.move(start["x"] + 3, start["y"] + 9)
    page.mouse.down()
    page.mouse.move(start["x"] + 3, start["y"] + 60, steps=4)
    page.mouse.move(5, 5)
    page.mouse.up()
    assert waits() == before + ["T-142"]
    page.goto(base + PROJECT + "/history")
    page.locator(".change form button").first.click()
    assert waits() == before


def summaries_fold_and_time_has_a_scale(browser, base):
    """By links that keep everything in the address, without script; one of them leads to today."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(base + PROJECT + "/schedule")
    rows = page.locator("#tasks tr.rec")
    all_tasks = rows.count()
    page.click('#choices a:has-text("1 级")')
    page.wait_for_url(re.compile("level=1"))
    phases = rows.count()
    assert phases < 10 < all_tasks, (phases, all_tasks)
    page.locator('#gantt a[aria-label^="展开"]').first.click()
    page.wait_for_url(re.compile("turned=1"))
    opened = rows.count()
    assert phases < opened < all_tasks
    page.click('#choices a:text-is("周")')
    page.wait_for_url(re.compile("scale=week"))
    assert rows.count() == opened, "the scale forgets what is open"
    assert "level=1" in page.url and "turned=1" in page.url and "scale=week" in page.url
    page.click('#choices a:has-text("全部展开")')
    page.wait_for_url(re.compile("level=0"))
    assert rows.count() == all_tasks and "scale=week" in page.url
    context.close()
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(base + PROJECT + "/schedule?scale=week")
    time = page.locator(".gantt .time")
    assert time.evaluate("time => time.scrollWidth > 2 * time.clientWidth && time.scrollLeft === 0")
    page.click('a:has-text("到今天")')
    page.wait_for_function("() => document.querySelector('.gantt .time').scrollLeft > 1000")
    box, names = page.locator("#today").bounding_box(), page.locator(".gantt .names").bounding_box()
    assert names["x"] + names["width"] <= box["x"] and box["x"] + box["width"] <= 1400, "today is out of sight"
    assert page.locator('.time [data-bar$="/T-143"]').bounding_box()["x"] > names["x"] + names["width"]


def levelling_is_a_preview_until_accepted(browser, base):
    page = browser.new_page()
    page.goto(base + PROJECT + "/schedule")
    before = page.inner_text("#sched-head")
    page.goto(base + PROJECT + "/levelling")
    assert page.locator("main table tr.rec").count() > 3
    page.goto(base + PROJECT + "/schedule")
    assert page.inner_text("#sched-head") == before, "looking changed the plan"
    page.goto(base + PROJECT + "/levelling")
    page.click("form.acting button.main")
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


def search_is_followed_stopped_and_accepted(browser, base):
    page = browser.new_page()
    page.goto(base + PROJECT + "/levelling?seconds=300", wait_until="commit")
    page.wait_for_selector("progress")
    # The page asks for itself every second, so the button is pressed by the page's own hand.
    page.evaluate("document.querySelector('form[action$=\"/stop\"]').requestSubmit()")
    page.wait_for_selector("text=搜索被停止")
    assert page.locator("main table tr.rec").count() > 3
    page.click("form.acting button.main")
    page.wait_for_url(re.compile("/schedule$"))
    page.goto(base + PROJECT + "/history")
    page.locator(".change form button").first.click()
    page.goto(base + PROJECT + "/levelling")
    assert page.locator("main table tr.rec").count() > 3


def a_bar_that_is_drawn_tells_its_dates(browser, base):
    """In a bubble on the way, in a sentence once they are set; in both languages."""
    for language, day, words in [("zh-Hans", r"\d+月\d+日", "现在从"), ("en", r"\d+ [A-Z][a-z]+", "now runs from")]:
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        page = context.new_page()
        page.goto(base + PROJECT + "/schedule?lang=" + language)
        bar = page.locator('[data-bar$="/T-143"]')
        bar.scroll_into_view_if_needed()
        box = bar.bounding_box()
        page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 8)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] + 40, box["y"] + 8, steps=4)
        told = page.inner_text(".bubble")
        assert re.fullmatch(f"{day} – {day}", told), told
        page.mouse.up()
        page.wait_for_function("() => document.querySelector('.said').textContent !== ''")
        said = page.inner_text(".said")
        assert words in said and "T-143" in said and all(part in said for part in told.split(" – ")), (said, told)
        assert page.locator(".bubble").count() == 0
        page.goto(base + PROJECT + "/history")
        page.locator(".change form button").first.click()
        context.close()


def folding_a_row_keeps_the_place(browser, base):
    page = browser.new_page(viewport={"width": 1200, "height": 500})
    page.goto(base + PROJECT + "/schedule?level=0")
    fold = page.locator("#gantt a[href*=turned]").last
    fold.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 100, before
    fold.click()
    page.wait_for_url(re.compile("turned="))
    page.wait_for_load_state()
    assert abs(page.evaluate("scrollY") - before) < 5


def a_bar_drawn_away_from_what_it_waits_for_says_what_holds_it_and_lets_go(browser, base):
    """The constraint that the move sets is told with its day, seen in chart and table, and taken back by one press."""
    for language, (label, undo) in {"zh-Hans": ("不得早于", "撤销"), "en": ("Start no earlier than", "Undo")}.items():
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.goto(f"{base}{PROJECT}/schedule?level=0&scale=week&lang={language}")
        fields_of = lambda path: page.request.get(base + "/api/v1" + path).json()["record"]["fields"]
        path = next(
            path for path in [bar.get_attribute("data-bar") for bar in page.locator('[data-bar][data-move="constraint"]').all()]
            if "constraintDate" not in fields_of(path))
        bar, task = page.locator(f'[data-bar="{path}"]').first, path.rsplit("/", 1)[1]
        bar.scroll_into_view_if_needed()
        box = bar.bounding_box()
        page.mouse.move(box["x"] + 3, box["y"] + 8)
        page.mouse.down()
        page.mouse.move(box["x"] + 103, box["y"] + 8, steps=6)
        page.mouse.up()
        page.wait_for_function("() => document.querySelector('.said').textContent !== ''")
        said = page.inner_text(".said")
        assert task in said and label in said, said
        fields = fields_of(path)
        day = fields["constraintDate"]
        assert fields["constraint"] == "startNoEarlierThan"
        row = page.locator(f"#tasks tr#{task} .held-by")
        assert day in row.inner_text() and label in row.inner_text(), row.inner_text()
        title = page.locator(f'[data-bar="{path}"] title').first.text_content()
        assert day in title and label in title, title
        page.click(f"#notice button:has-text('{undo}')")
        page.wait_for_function("task => !document.querySelector(`#tasks tr#${task} .held-by`)", arg=task)
        assert "constraintDate" not in fields_of(path)
        page.close()
