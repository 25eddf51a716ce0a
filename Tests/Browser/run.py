"""Does the main job in a real Chromium against the built program, subject by subject. Run by scripts/test-browser [TEST…].

A test is a function of a subject's file that takes a browser and the server's address; names with a leading _ are none.
"""

import importlib
import inspect
import sys
import traceback

from playwright.sync_api import sync_playwright

from support import Server

SUBJECTS = ["editing", "leaving", "arranging", "reading", "scheduling", "processes", "selling", "crawling", "looking", "guarding", "enduring"]


def tests():
    for subject in SUBJECTS:
        for name, test in vars(importlib.import_module(subject)).items():
            if inspect.isfunction(test) and list(inspect.signature(test).parameters) == ["browser", "base"]:
                yield name, test


def main(only):
    chosen = [(name, test) for name, test in tests() if not only or name in only]
    unknown = set(only) - {name for name, _ in chosen}
    if unknown:
        sys.exit(f"no such test: {', '.join(sorted(unknown))}")
    failed = 0
    with Server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, test in chosen:
            try:
                test(browser, server.base)
                print(f"ok   {name}", flush=True)
            except Exception as error:  # one failure must not hide the others
                failed += 1
                print(f"FAIL {name}: {error}", flush=True)
                traceback.print_exc()
        browser.close()
    print(f"{len(chosen) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main(sys.argv[1:])
