"""Pages are read: by keyboard, on a phone, in English, as a Word file."""

import io
import re
import urllib.request
import zipfile

from support import PROJECT, DEPARTMENT


def word_file_is_whole(browser, base):
    data = urllib.request.urlopen(base + DEPARTMENT + "/document.docx", timeout=120).read()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        document = archive.read("word/document.xml").decode()
        assert "TOC \\o &quot;1-2&quot;" in document and 'w:val="Heading1"' in document and "<w:tblHeader/>" in document
        assert "w:eastAsia" in archive.read("word/styles.xml").decode()
        assert any(name.endswith(".png") for name in archive.namelist())
        assert "部门使命与愿景" in document


def document_is_downloaded_by_the_button(browser, base):
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(base + "/plans/company-2026")
    for label, name in [("下载 Word", "company-2026.docx"), ("下载 PDF", "company-2026.pdf")]:
        with page.expect_download(timeout=120_000) as download:
            page.click(f"text={label}")
        assert download.value.suggested_filename == name
        with open(download.value.path(), "rb") as file:
            assert file.read(4) in (b"PK\x03\x04", b"%PDF")
        page.goto(base + "/plans/company-2026")
    context.close()


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
    for path in ["/", "/plans", DEPARTMENT, DEPARTMENT + "/tasks", DEPARTMENT + "/check", PROJECT + "/schedule", PROJECT + "/analysis", PROJECT + "/levelling", PROJECT + "/simulation", PROJECT + "/earned-value", PROJECT + "/network", PROJECT + "/board", "/cascade", DEPARTMENT + "/goals/G-1"]:
        page.goto(base + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), f"{path} is wider than the phone"
    page.goto(base + DEPARTMENT)
    page.click(".outline-btn")
    assert page.locator(".outline").is_visible()
    context.close()


def english_says_english(browser, base):
    context = browser.new_context()
    page = context.new_page()
    page.goto(base + DEPARTMENT + "?lang=en")
    assert page.get_attribute("html", "lang") == "en"
    assert "Department mission and vision" in page.inner_text(".doc")
    page.goto(base + "/")
    assert "Waiting for you" in page.inner_text("main")
    context.close()
