"""Both pictures in a browser: they load nothing, nothing runs, axe finds nothing, the page is not wide."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from map_help import PAGE, macro, place, side, styles, view
from playwright.sync_api import sync_playwright

from counterclaim.model import Precision
from counterclaim.views.timeline import timeline_view
from counterclaim.web.map_svg import map_shapes
from counterclaim.web.timeline_svg import timeline_shapes

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
HOSTILE = '<img src="http://192.0.2.1/x" onerror="document.title=1">'


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory, example) -> Path:
    shapes = map_shapes(
        view(
            place("Srinagar", 34.08, 74.79, sides=(side(0, HOSTILE),)),
            place(HOSTILE, 34.37, 73.47, sides=(side(1),)),
            place("Kargil", 34.55, 76.13, Precision.NEAR, 25.0),
            place("Ladakh", 34.2, 77.6, Precision.REGION, None),
        ),
        lambda each: f"#{each.key}",
    )
    times = timeline_shapes(
        timeline_view(example.catalogue, dispute="q-1"), lambda item: f"#{item.quote.actor}"
    )
    body = "".join(
        (
            macro("map.svg.j2", "map_svg", shapes, "Places"),
            macro("map.svg.j2", "map_legend"),
            macro("map.svg.j2", "map_table", shapes, "Places named"),
            macro("timeline.svg.j2", "timeline_svg", times, "Times"),
            macro("timeline.svg.j2", "timeline_legend"),
            macro("timeline.svg.j2", "timeline_table", times, "When it was said"),
        )
    )
    folder = tmp_path_factory.mktemp("pictures")
    for name, text in styles().items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "page.html").write_text(PAGE % body, encoding="utf-8")
    return folder / "page.html"


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pictures_in_a_browser(page_file, width, scheme):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        asked, complaints = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(page_file.as_uri())
        before = list(asked), list(complaints)  # axe itself asks for the styles once more
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]})
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.tagName.toLowerCase()")
        title = page.title()
        browser.close()
    assert {url.rsplit("/", 1)[-1] for url in before[0]} == {"page.html", "page.css", "map.css"}
    assert before[1] == []
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found.response["violations"]] == []
    assert overflow <= 0
    assert focused == "a"
    assert title == "Check"
