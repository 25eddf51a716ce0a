"""Processes: mined from logs, drawn, simulated."""

import re

from support import IMPROVEMENT


def log_is_mined_compared_and_drawn(browser, base):
    page = browser.new_page()
    page.goto(base + IMPROVEMENT + "/process?split=2026-06-01")
    text = page.inner_text("main")
    assert "二线接手排查" in text and "前后对比" in text and "拟合度" in text
    # The map, and what comes in and is under way.
    assert page.locator("figure svg").count() == 2
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
    # A long run is followed by the page itself until it is done.
    page.wait_for_selector("p.says", timeout=120_000)
    assert re.search(r"全程时间预计缩短 \d", page.inner_text("main"))
    page.select_option("select[name=toBe]", "")
    page.select_option("select[name=change]", "drop")
    page.select_option("select[name=step]", label="班组长审核升级")
    page.click("form.choices button.main")
    page.wait_for_selector("p.says", timeout=120_000)
    assert re.search(r"全程时间预计缩短 \d", page.inner_text("main"))
    page.fill("input[name=perWeek]", "90000")
    page.click("form.choices button.main")
    page.wait_for_selector(".problem", timeout=120_000)
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
