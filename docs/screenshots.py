"""``make screenshots``: the pages of the desk on the sample reports, at two widths."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from counterclaim import pipeline
from counterclaim.desk.application import make_application
from counterclaim.ledger import Ledger
from counterclaim.serving.settings import Settings

ROOT = Path(__file__).parent.parent
TARGET = Path(__file__).parent / "screenshots"
WIDTHS = {360: ("dark", 740), 1440: ("light", 900)}
"""Width of the window, with its colours and its height."""
EXTRA = (
    '{"id": "coast-post-airport", "title": "Both sides claim Tripoli airport", "published": "2031-05-02",'
    ' "publisher": "Coast Post", "text": "Militia forces seized Tripoli airport on 1 May, their'
    " spokesman Omar Salem said. The interior ministry denied that the airport had fallen. Clashes were"
    ' also reported in Misrata and Benghazi, residents said."}\n'
    '{"id": "gulf-wire-airport", "title": "Ministry denies airport has fallen", "published": "2031-05-03",'
    ' "publisher": "Gulf Wire", "text": "The interior ministry denied that Tripoli airport had fallen.'
    " Omar Salem said his forces seized Tripoli airport on 1 May. Residents said that there was fighting"
    ' in Misrata."}\n'
)
"""Made-up reports about places that there are: those of the other samples are on no map."""


@contextmanager
def served(place: Path) -> Iterator[str]:
    """Run the server on a ledger, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = Settings(ledger=str(place), per_minute=100_000)
    server = uvicorn.Server(uvicorn.Config(make_application(settings), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def pages(page: Page) -> dict[str, str]:
    """Return the address of each page that is shown, by its name."""
    page.goto("/p/ledger/")
    dispute = str(page.locator("article.dispute h2 a").first.get_attribute("href"))
    report = str(page.locator("figcaption a").first.get_attribute("href")).partition("#")[0]
    page.goto(report)
    statement = str(page.locator(".margin .ways a").first.get_attribute("href"))
    page.goto("/p/ledger/actors")
    actor = str(page.locator("td a").first.get_attribute("href"))
    return {
        "board": "/p/ledger/",
        "dispute": dispute,
        "report": report,
        "statement": statement,
        "actor": actor,
        "timeline": f"{dispute}/timeline",
        "map": "/p/ledger/map",
        "review": "/p/ledger/review",
        "brief": f"{dispute}/brief",
        "changes": "/p/ledger/changes?since=2020-01-01",
        "search": "/p/ledger/search?q=siren",
        "add": "/p/ledger/add",
    }


def main() -> None:
    """Take them all."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder) / "samples.db"
        (Path(folder) / "extra.jsonl").write_text(EXTRA, encoding="utf-8")
        with Ledger.open(str(place), create=True) as ledger:
            pipeline.ingest(ledger, [ROOT / "samples" / "reports", Path(folder) / "extra.jsonl"])
            pipeline.refresh(ledger)
        found = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        with served(place) as address:
            for width, (scheme, height) in WIDTHS.items():
                context = browser.new_context(
                    base_url=address,
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                page = context.new_page()
                for name, where in pages(page).items():
                    page.goto(where)
                    page.screenshot(path=TARGET / f"{name}-{width}.png")
                    print(f"{name}-{width}.png")
                context.close()
        browser.close()


if __name__ == "__main__":
    main()
