"""Every page answers, in both languages, and links to what is there."""

import re
import urllib.error
import urllib.request



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
            assert ' style="' not in html, f"{path}: a style attribute, which the policy forbids"
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
