"""Customers, budgets and reports of a sales plan."""

import re
import urllib.request

from support import SALES


def customers_are_valued_from_an_order_list(browser, base):
    page = browser.new_page()
    page.goto(base + SALES + "/customers")
    text = page.inner_text("main")
    assert "3,049" in text and "仍是客户" in text and "赢得一位客户要花" in text and "净推荐值" in text
    assert page.locator("figure svg").count() == 3
    page.set_input_files("input[type=file]", {"name": "日志.csv", "mimeType": "text/csv", "buffer": "工单,环节\n1,2\n".encode()})
    page.click("button:has-text(\"上传\")")
    assert "缺少列「客户」" in page.inner_text(".problem")
    # A file that is in use as a log cannot become an order list.
    page.goto(base + SALES + "/customers")
    rows = "客户;日期;金额\n" + "".join(f"客户{n % 7};2026-0{n % 5 + 1}-1{n % 9};{n * 3},50\n" for n in range(40))
    page.set_input_files("input[type=file]", {"name": "escalation-tickets.csv.gz", "mimeType": "application/gzip", "buffer": rows.encode()})
    page.click("button:has-text(\"上传\")")
    assert "已用作事件日志" in page.inner_text(".problem")
    page.goto(base + SALES + "/customers")
    page.set_input_files("input[type=file]", {"name": "新订单.csv", "mimeType": "text/csv", "buffer": rows.encode("gb18030")})
    page.click("button:has-text(\"上传\")")
    text = page.inner_text("main")
    assert "40" in page.inner_text("p.facts") and "客户6" in text and "复购客户少于 50 个" in text
    page.goto(base + SALES + "/history")
    page.locator(".change form button").first.click()
    page.goto(base + SALES + "/customers")
    assert "3,049" in page.inner_text("p.facts")


def budgets_move_to_where_they_bring_more(browser, base):
    page = browser.new_page()
    page.goto(base + SALES + "/marketing")
    text = page.inner_text("main")
    assert "按回报排名" in text and "预期带来的收入比今天的分配高" in text and "保持不变" not in page.inner_text("h1")
    page.fill("input[name=total]", "9999999999")
    page.click("#shift form button")
    assert "总预算只能在" in page.inner_text("#shift")
    page.goto(base + SALES + "/marketing?most=150")
    page.click("button:has-text(\"采用建议的预算\")")
    page.wait_for_url(re.compile(r"/adjustments"))
    assert "按预期回报重新分配" in page.inner_text("main") and "V-4" in page.inner_text("main")
    page.goto(base + SALES + "/history")
    page.locator(".change form button").first.click()
    page.goto(base + SALES + "/adjustments")
    assert "按预期回报重新分配" not in page.inner_text("main")


def report_is_drafted_and_a_review_goes_upward(browser, base):
    page = browser.new_page()
    page.goto(base + SALES + "/selling")
    text = page.inner_text("main")
    assert "按区域" in text and "损失最大的一步" in text and "逐月转化率" in text
    page.locator("details:has-text(\"分析报告的草稿\") summary").click()
    page.click("button:has-text(\"数据分析与报告\")")
    page.wait_for_url(re.compile(r"#evaluation.reports"))
    assert "至今销售" in page.inner_text("[id=\"prose-evaluation.reports\"]")
    page.goto(base + SALES + "/history")
    page.locator(".change form button").first.click()
    page.goto(base + SALES + "/reviews/V-3/report")
    assert "销售差异" in page.inner_text("main") and "停止展架投放" in page.inner_text("main")
    with urllib.request.urlopen(base + SALES + "/reviews/V-3/report?format=md") as answer:
        assert "第三季度复盘" in answer.read().decode()
