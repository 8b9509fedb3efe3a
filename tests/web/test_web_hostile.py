"""Reports are hostile: 300 attacks in titles, bodies, names and quotations, and none of them runs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import lxml.html
import pytest
from playwright.sync_api import Browser, Page

from counterclaim import pipeline
from counterclaim.ledger import Ledger
from counterclaim.serving.settings import Settings
from counterclaim.statements import Extraction
from desk_server import serving

MARK = "window.__ran=(window.__ran||0)+1"
TAGS = (
    "<script>{mark}</script>",
    "<img src=x onerror={mark}>",
    "<svg onload={mark}>",
    "<svg><script>{mark}</script></svg>",
    "<body onload={mark}>",
    "<iframe src='javascript:parent.{mark}'></iframe>",
    "<iframe srcdoc='<script>parent.{mark}</script>'></iframe>",
    "<details open ontoggle={mark}>",
    "<input autofocus onfocus={mark}>",
    "<video><source onerror={mark}></video>",
    "<a href='javascript:{mark}'>go</a>",
    "<form action='javascript:{mark}'><button>go</button></form>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror={mark}></style></math>",
    "<style>@import 'javascript:{mark}';</style>",
    "<link rel=stylesheet href='data:text/css,*{{}}'>",
    "<meta http-equiv=refresh content='0;url=javascript:{mark}'>",
    "<object data='javascript:{mark}'></object>",
    "<embed src='javascript:{mark}'>",
    "<base href='//evil.example/'>",
    "<template><script>{mark}</script></template>",
    '<noscript><p title="</noscript><img src=x onerror={mark}>">',
    "<div hx-get='/p/ledger/' hx-trigger='load' hx-on::load='{mark}'></div>",
    "<div hx-on:click='{mark}' data-hx-on='load: {mark}'></div>",
    "<p data-copy onclick={mark}>x</p>",
    "<marquee onstart={mark}>x</marquee>",
)
WRAPPINGS = (
    "{tag}",
    "\"'>{tag}",
    "</title></textarea></style></script>{tag}",
    "]]>-->{tag}<!--",
    "{{{{7*7}}}}${{7*7}}{tag}",
    "\u202e{tag}\u2066",
)
PLACES = ("title", "speaker")


def attacks() -> list[str]:
    """Return 150 attacks; each is tried in two places."""
    tags = [tag.format(mark=MARK) for tag in TAGS]
    return [wrapping.format(tag=tag) for tag in tags for wrapping in WRAPPINGS]


def line(number: int, attack: str, place: str) -> str:
    """Return a report with an attack in its title and quotation, or in its speaker, outlet and address."""
    if place == "title":
        text = f'The port was closed, the harbour office said. "{attack} is a lie," Tom Haske told reporters.'
        report = {
            "title": f"Port closed {attack}",
            "text": f"{text} The line denied that the port was closed.",
        }
    else:
        text = f"The port was closed, spokesman {attack} said. Larre Lines denied that the port was closed."
        report = {
            "title": "Port",
            "text": text,
            "publisher": attack,
            "byline": attack,
            "url": f"javascript:{MARK}",
        }
    report |= {"id": f"attack-{number}", "published": "2031-04-02"}
    return json.dumps(report)


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[tuple[Page, str, list[str]]]:
    """Serve a ledger of the attacks, and give a page on it, its address and the reports' keys."""
    folder = tmp_path_factory.mktemp("hostile")
    both = [(attack, place) for attack in attacks() for place in PLACES]
    assert len(both) == 300
    lines = [line(number, attack, place) for number, (attack, place) in enumerate(both)]
    (folder / "attacks.jsonl").write_text("\n".join(lines), encoding="utf-8")
    pages = [
        f"<html><head><title>{a}</title></head><body><p>{a} The line denied it.</p></body></html>"
        for a in attacks()
    ]
    for number, page in enumerate(pages):
        (folder / f"page-{number}.html").write_text(page, encoding="utf-8")
    place = folder / "hostile.db"
    with Ledger.open(str(place), create=True) as ledger:
        inputs = [folder / "attacks.jsonl", *sorted(folder.glob("*.html"))]
        done = pipeline.ingest(ledger, inputs, extraction=Extraction(extractor="rules"))
        assert done.added >= 300
        pipeline.refresh(ledger)
        keys = [document.key for document in ledger.documents()]
    for address in serving(Settings(ledger=str(place), per_minute=1_000_000)):
        context = browser.new_context(base_url=address)
        page = context.new_page()
        yield page, address, keys
        context.close()
    shutil.rmtree(folder)


def ran(page: Page) -> object:
    return page.evaluate("[window.__ran, document.querySelectorAll('base').length]")


@pytest.mark.timeout(600)
def test_no_attack_runs_in_any_page(hostile: tuple[Page, str, list[str]]) -> None:
    page, address, keys = hostile
    sources = {each: page.request.get(f"{address}/p/ledger/reports/{each}/source") for each in keys}
    pages = [each for each in keys if "html" in sources[each].headers["content-type"]]
    assert len(pages) >= 100
    page.route("**/*.css*", lambda route: route.abort())  # styles take time, and run nothing
    dialogs: list[str] = []
    asked: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url) if "127.0.0.1" not in request.url else None)
    addresses = [
        f"/p/ledger/{each}" for each in ("", "reports", "actors", "review", "changes?since=2020-01-01")
    ]
    addresses += [
        f"/p/ledger/search?q={word}" for word in ("port", "%3Cscript%3E", "%22%3E%3Csvg%20onload%3D")
    ]
    addresses += [f"/p/ledger/reports/{key}" for key in keys if key not in pages[15:]]
    addresses += [f"/p/ledger/reports/{key}/source" for key in pages]
    page.goto("/p/ledger/")
    disputes = page.locator("article.dispute h2 a").evaluate_all(
        "links => links.map(each => each.getAttribute('href'))"
    )
    page.goto("/p/ledger/actors")
    actors = page.locator("td a").evaluate_all("links => links.map(each => each.getAttribute('href'))")
    for each in [*addresses, *disputes[:12], *actors[:40]]:
        answer = page.goto(each)
        assert answer is not None
        assert answer.status == 200, each
        assert ran(page) == [None, 0], each
        links = page.evaluate("[...document.links].map(each => each.protocol)")
        assert set(links) <= {"http:", "https:"}, each
    assert dialogs == []
    assert [each for each in asked if not each.startswith("data:")] == []


def test_no_attack_stands_in_the_source_as_markup(hostile: tuple[Page, str, list[str]]) -> None:
    page, address, keys = hostile
    for key in keys[::5]:
        text = page.request.get(f"{address}/p/ledger/reports/{key}").text()
        tree = lxml.html.document_fromstring(text)
        scripts = [(each.get("src") or "").partition("?")[0] for each in tree.iter("script")]
        assert scripts == ["/static/htmx.min.js", "/static/desk.js"]
        names = {name for element in tree.iter() if isinstance(element.tag, str) for name in element.attrib}
        assert not {name for name in names if name.startswith(("on", "hx-on", "data-hx", "srcdoc", "style"))}
        assert not {"iframe", "object", "embed", "base", "math", "style"} & {each.tag for each in tree.iter()}
