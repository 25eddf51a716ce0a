"""Pages look as they should: they fit the screen, words can be read, sizes keep to the scale, nothing breaks the policy."""

import json
import re
import urllib.request

from support import PROJECT, DEPARTMENT, IMPROVEMENT, SALES

SCALE = [11, 12, 13, 14, 15, 18, 22, 28]

# Words below 4.5 : 1 against the nearest ground, sizes beside the scale, and whether the page is wider than the screen.
FAULTS = """(scale) => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth + 1) found.push(`wider than the screen: ${document.documentElement.scrollWidth}`);
  if (document.querySelector("[style]:not(.doc .note)")) found.push("a style attribute");
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const known = {};
  const rgba = (colour) => {
    if (known[colour]) return known[colour];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return (known[colour] = [...canvas.getImageData(0, 0, 1, 1).data]);
  };
  const light = (colour) => {
    const [red, green, blue] = colour.slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = rgba(getComputedStyle(one).backgroundColor);
      if (colour[3] > 200) return colour;
    }
    return [255, 255, 255];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    const element = text.parentElement;
    if (!text.textContent.trim() || element.closest("svg, script, noscript, datalist, option") || !element.offsetParent) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(rgba(style.color)), light(ground(element))].sort();
    const contrast = (other + 0.05) / (one + 0.05);
    const where = `${element.tagName}.${element.className} ${text.textContent.trim().slice(0, 20)}`;
    if (contrast < 4.5) found.push(`contrast ${contrast.toFixed(1)}: ${where}`);
    if (!scale.includes(Math.round(parseFloat(style.fontSize) * 10) / 10)) found.push(`size ${style.fontSize}: ${where}`);
  }
  return found.slice(0, 5);
}"""

LONG = "在华东、华南、华北与西南四个大区同步推进重大工单分级响应机制并建立跨部门联合值守与升级通报的长效工作安排"
UNBROKEN = "internationalization_and_localization_engineering_readiness_assessment_of_everything"


def _plan_of_long_words(base):
    def post(path, body):
        request = urllib.request.Request(base + "/api/v1" + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        return json.load(urllib.request.urlopen(request, timeout=20)).get("revision", 1)

    revision = post("/plans", {"key": "long-words", "kind": "project", "title": LONG + UNBROKEN})
    for kind, fields in [
        ("people", {"name": UNBROKEN}), ("goals", {"title": LONG + UNBROKEN}), ("measures", {"title": UNBROKEN, "unit": UNBROKEN[:20]}),
        ("tasks", {"title": UNBROKEN, "duration": "5d", "owner": "P-1"}), ("tasks", {"title": LONG, "duration": "5d", "predecessors": "T-1"}),
        ("risks", {"title": UNBROKEN + LONG, "likelihood": "4", "impact": "5"}), ("budget", {"title": UNBROKEN, "planned": "123456789.01"}),
        ("responsibilities", {"duty": UNBROKEN, "accountable": "P-1"}),
    ]:
        revision = post(f"/plans/long-words/{kind}", {"base": revision, "fields": fields})
    return ["/plans/long-words" + place for place in ["", "/schedule", "/tasks", "/goals/G-1", "/check", "/board", "/history", "/risks", "/insight", "/network"]]


def pages_fit_the_screen_and_can_be_read(browser, base):
    """Desktop in light, phone in dark: with the samples and with words that are longer than anybody should write them."""
    places = ["/", "/plans", "/plans/new", "/import", "/cascade", "/check", "/search?q=工单", "/plans/none"] + _plan_of_long_words(base)
    for plan in [PROJECT, DEPARTMENT, IMPROVEMENT, SALES, "/plans/growth-shen-2026", "/plans/company-2026"]:
        with urllib.request.urlopen(base + plan + "/tables", timeout=20) as answer:
            places += [plan] + sorted(set(re.findall(rf'href="({plan}/[a-z]+)"', answer.read().decode())))
    places += [PROJECT + place for place in ["/brainstorm", "/schedule?scale=week&level=1", "/analysis", "/earned-value", "/network", "/tasks/T-124", "/tasks/new", "/plan/PLAN-0", "/none"]]
    places += [DEPARTMENT + "/goals/G-3", DEPARTMENT + "/reviews/V-7", SALES + "/customers", SALES + "/selling", SALES + "/marketing"]
    for look in [{"viewport": {"width": 1440, "height": 900}}, {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}]:
        context = browser.new_context(**look)
        page = context.new_page()
        broken, faults = [], []
        page.on("console", lambda message: broken.append(message.text) if "Content Security Policy" in message.text else None)
        page.on("pageerror", lambda error: broken.append(str(error)))
        for place in dict.fromkeys(places):
            page.goto(base + place, wait_until="load")
            faults += [f"{place}: {fault}" for fault in page.evaluate(FAULTS, SCALE) + broken]
            broken.clear()
        assert not faults, "\n".join([f"{len(faults)} at {look}"] + faults[:40])
        context.close()


def a_document_has_room_for_names_on_a_small_laptop(browser, base):
    """Beside the findings in the margin; in both languages, of which English has the longer heads of columns."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    for plan in [PROJECT, DEPARTMENT]:
        for language in ["en", "zh-Hans"]:
            page.goto(base + plan + "?lang=" + language)
            assert page.evaluate("document.documentElement.scrollWidth") <= 1280, f"{plan} scrolls sideways in {language}"
            narrow = page.evaluate("[...document.querySelectorAll('tr.rec[id^=T-] td:first-child')].map(cell => cell.getBoundingClientRect().width).filter(width => width < 160)")
            assert not narrow, f"{plan} in {language}: names of tasks have {narrow[:3]} pixels"
    context.close()


def search_opens_over_the_bar_of_a_phone(browser, base):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(base + PROJECT)
    assert page.locator(".find").bounding_box()["width"] < 50
    page.click(".find input")
    assert page.locator(".find").bounding_box()["width"] > 300
    page.keyboard.type("分派")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search"))
    assert page.input_value(".find input") == "分派" and page.locator("mark").count() > 3
    context.close()


def what_was_found_and_cards_of_tasks_read_on_a_phone(browser, base):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(base + "/search?q=工单")
    assert page.locator("main .row").first.locator(".t").bounding_box()["width"] > 300, "results stand as a tower of characters"
    page.goto(base + PROJECT + "/tasks")
    wide = page.evaluate("[...document.querySelectorAll('tr.rec td')].filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent.trim())")
    assert not wide, f"cells run into their neighbours: {wide[:5]}"
    context.close()


def every_view_of_a_schedule_is_reached_on_a_phone(browser, base):
    """The row of views scrolls where it is wider than the screen, and shows the one that is open."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(base + PROJECT + "/network")
    box = page.locator(".seg [aria-current]").bounding_box()
    assert 0 <= box["x"] and box["x"] + box["width"] <= 391, box
    page.goto(base + PROJECT + "/analysis")
    cells = page.locator("#analysis tr.rec").first.locator("td")
    assert not cells.nth(0).is_visible() and cells.nth(1).bounding_box()["width"] > 300, "a card is headed by its running number"
    context.close()


def a_record_shows_whom_its_ids_mean_and_its_findings_beside(browser, base):
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(base + PROJECT + "/tasks/T-124")
    form, note = page.locator("form.form").bounding_box(), page.locator(".beside .note").first.bounding_box()
    assert note["x"] >= form["x"] + form["width"] and abs(note["y"] - form["y"]) < 120
    assert "P-11" in page.inner_text("div:has(> #f-assignments) .hint")


def what_is_printed_from_a_page_is_whole(browser, base):
    """Pictures fit the paper in both directions of a chart, and nothing stands there that only a screen can use."""
    page = browser.new_context(viewport={"width": 700, "height": 1000}, color_scheme="dark").new_page()
    page.emulate_media(media="print")
    for place in [DEPARTMENT, PROJECT + "/schedule", PROJECT + "/schedule?scale=week", "/cascade"]:
        page.goto(base + place)
        beyond = page.evaluate("[...document.querySelectorAll('.pic')].filter(pic => pic.checkVisibility()).map(pic => pic.getBoundingClientRect().right).filter(right => right > innerWidth)")
        assert not beyond, f"{place}: pictures run off the paper at {beyond}"
        seen = page.evaluate("[...document.querySelectorAll('.btn, .sched-choices, .block > header a, .tabbar')].filter(element => element.offsetParent).map(element => element.textContent)")
        assert not seen, f"{place}: {seen[:5]}"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def what_is_wider_than_a_phone_says_so(browser, base):
    """On which side there is more, at rest and moved to the end."""
    for language, (left, right) in {"zh-Hans": ("左边还有", "右边还有"), "en": ("More to the left", "More to the right")}.items():
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        for place in [PROJECT + "/network", "/cascade"]:
            page.goto(f"{base}{place}{'&' if '?' in place else '?'}lang={language}")
            wide = page.locator("[data-beyond]").first
            said = lambda: wide.evaluate("element => getComputedStyle(element, '::before').content")
            assert right in said() and left not in said(), said()
            wide.evaluate("element => { element.scrollLeft = element.scrollWidth; }")
            page.wait_for_function("words => document.querySelector('[data-beyond]').dataset.beyond.includes(words)", arg=left)
            assert left in said() and right not in said(), said()
        context.close()


def no_line_begins_with_a_mark(browser, base):
    """Names in a cell are parted by marks that stay with the name before them, at any width of the column."""
    page = browser.new_page()
    for width in [1280, 1100, 900]:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(base + DEPARTMENT + "/reviews")
        lines = page.evaluate(
            """() => [...document.querySelectorAll('[data-edit=participants]')].flatMap((cell) => {
              const [left, found] = [cell.getBoundingClientRect().left, []];
              const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const [text, range] = [texts.currentNode, document.createRange()];
                range.setStart(text, 0);
                range.setEnd(text, 1);
                if (range.getBoundingClientRect().left < left + 2) found.push(text.data);
              }
              return found;
            })""")
        assert len(lines) > 8 and not any(line.startswith("、") for line in lines), (width, lines)


def a_long_title_takes_three_lines_and_is_told_whole(browser, base):
    title = "把跨区域的重大工单处理时限和客户满意度放在一起衡量并且逐月公布" * 4
    revision = json.load(urllib.request.urlopen(base + "/api/v1" + DEPARTMENT))["revision"]
    request = urllib.request.Request(
        f"{base}/api/v1{DEPARTMENT}/goals", json.dumps({"base": revision, "fields": {"title": title}}).encode(),
        {"Content-Type": "application/json"}, method="POST")
    made = json.load(urllib.request.urlopen(request))["record"]["id"]
    for width in [1280, 390]:
        page = browser.new_page(viewport={"width": width, "height": 844})
        for place in ["/goals", ""]:
            page.goto(base + DEPARTMENT + place)
            cell = page.locator(f"tr#{made} .name")
            height = cell.bounding_box()["height"]
            assert height <= 68, f"{height} at {width} on {place}"
            assert cell.get_attribute("title") == title
            cell.evaluate("one => one.focus({ focusVisible: true })")
            assert cell.evaluate("one => one.scrollHeight <= one.clientHeight + 1"), "not all of it is seen with the focus on it"
        page.goto(f"{base}{DEPARTMENT}/goals/{made}")
        assert title in page.inner_text("h1")
        page.close()
