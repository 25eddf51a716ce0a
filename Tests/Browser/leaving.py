"""What was written is not lost: when a page is left, when the line is down, when Esc is pressed."""

import re
import time

from support import DEPARTMENT, PROJECT

WORDS = "离开之前写下的一段话"


def _prose(page, base, section, words=WORDS):
    """Types into the chapter and returns the element."""
    page.goto(base + DEPARTMENT)
    prose = page.locator(f'[id="prose-{section}"]')
    prose.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    return prose


def _section(page):
    return page.locator(".prose.edit").nth(2).get_attribute("id").removeprefix("prose-")


def _stored(page, base, section):
    return page.request.get(base + "/api/v1" + DEPARTMENT).json()["prose"].get(section, "")


def _asked(page, answers):
    """Notes what the page asks, and answers no, or as told."""
    asked = []

    def answer(dialog):
        asked.append((dialog.type, dialog.message))
        dialog.accept() if answers else dialog.dismiss()

    page.on("dialog", answer)
    return asked


def a_link_leads_on_once_the_text_is_saved(browser, base):
    """On a slow line, too; a refused text keeps the page, with the reason."""
    page = browser.new_page()
    page.goto(base + DEPARTMENT)
    section = _section(page)
    page.route("**/prose/*", lambda route: (time.sleep(0.5), route.continue_()))
    asked = _asked(page, True)
    _prose(page, base, section)
    page.click('.tabs a[href$="/insight"]')
    page.wait_for_url(re.compile("/insight"))
    assert _stored(page, base, section) == WORDS and not asked, asked
    page.unroute("**/prose/*")
    page.route("**/prose/*", lambda route: route.abort())
    _prose(page, base, section, WORDS + "，第二次")
    page.click('.tabs a[href$="/tables"]')
    page.wait_for_selector(".editing .refused")
    assert page.input_value(".editing textarea") == WORDS + "，第二次" and "/tables" not in page.url


def leaving_asks_while_something_is_not_saved(browser, base):
    page = browser.new_page()
    asked = _asked(page, False)
    page.goto(base + DEPARTMENT)
    section = _section(page)
    page.locator(f'[id="prose-{section}"]').click()
    page.reload()
    assert not asked, "nothing was changed"
    _prose(page, base, section, "还没有保存")
    page.evaluate("location.reload()")
    page.wait_for_timeout(300)
    assert [kind for kind, _ in asked] == ["beforeunload"] and page.input_value(".editing textarea") == "还没有保存"
    page.close()
    page = browser.new_page()
    asked = _asked(page, False)
    page.goto(base + DEPARTMENT + "/goals/new")
    page.locator("#f-title").click()
    page.click("form.form a.btn")
    page.wait_for_url(re.compile("/goals$"))
    assert not asked, "nothing was filled in"
    page.goto(base + DEPARTMENT + "/goals/new")
    page.fill("#f-title", "只写了一半")
    page.click("form.form a.btn")
    page.wait_for_timeout(300)
    assert [kind for kind, _ in asked] == ["beforeunload"] and page.input_value("#f-title") == "只写了一半"
    page.click("button.main")
    page.wait_for_url(re.compile(r"/goals/G-\d+$"))
    assert len(asked) == 1, "it asks while the form is sent"


def escape_asks_before_a_long_change_is_thrown_away(browser, base):
    for language, words in [("zh-Hans", "放弃"), ("en", "Discard")]:
        context = browser.new_context()
        page = context.new_page()
        page.goto(base + DEPARTMENT + "?lang=" + language)
        section = _section(page)
        before = _stored(page, base, section)
        asked = _asked(page, False)
        prose = _prose(page, base, section, WORDS * 3)
        page.keyboard.press("Escape")
        assert words in asked[0][1] and page.input_value(".editing textarea") == WORDS * 3
        page.fill(".editing textarea", before + "短")
        page.keyboard.press("Escape")
        assert len(asked) == 1 and page.locator(".editing").count() == 0, "a short change is asked about"
        assert _stored(page, base, section) == before and prose.evaluate("cell => cell === document.activeElement")
        cell = page.locator('.tbl [data-edit="title"]').first
        cell.click()
        page.keyboard.type("一个单元格里的长长的标题")
        page.keyboard.press("Escape")
        assert len(asked) == 1, "a cell asks"
        context.close()


def a_line_that_is_down_keeps_what_was_written(browser, base):
    for language, words in [("zh-Hans", "连不上服务器，写的内容还在，稍后再按回车。"), ("en", "what you wrote is still here, press Enter again later")]:
        context = browser.new_context()
        page = context.new_page()
        page.goto(base + DEPARTMENT + "/goals?lang=" + language)
        cell = page.locator('[data-edit="title"]').last
        cell.click()
        page.keyboard.type("线断时写的 " + language)
        context.set_offline(True)
        page.keyboard.press("Enter")
        page.wait_for_selector(".editing .refused")
        assert words in page.inner_text(".refused")
        context.set_offline(False)
        page.keyboard.press("Enter")
        page.wait_for_function("() => !document.querySelector('.editing')")
        assert cell.get_attribute("data-raw") == "线断时写的 " + language
        context.close()


def saving_a_long_text_leaves_it_in_sight(browser, base):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(base + DEPARTMENT)
    section = _section(page)
    prose = _prose(page, base, section, "")
    page.keyboard.insert_text("一行\n" * 400)
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => !document.querySelector('.editing')")
    page.wait_for_timeout(500)
    box = page.locator(f'[id="prose-{section}"]').bounding_box()
    assert box["y"] < 800 and box["y"] + box["height"] > 0, f"the text is {box['y']} pixels away"
