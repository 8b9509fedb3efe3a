"""How long the server takes for board, dispute and reader, and how heavy its pages are.

Make a ledger with ``eval/load.py build --ledger PLACE --statements 100000`` first. The server runs in a
process of its own; one client asks for one page after another, each for the first time, over the loopback.
Times are those that the server itself tells (``Server-Timing``: from the first byte of the request to the
first of the answer); weights are what goes over the wire, with all that a page makes a browser load, as gzip.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import subprocess
import sys
import time
from html import unescape

import httpx

PAGES = 300
HREF = re.compile(r'href="([^"#]*)')


def main() -> int:
    """Ask, and print p50, p95, the slowest, and the heaviest page of each kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--pages", type=int, default=PAGES)
    chosen = parser.parse_args()
    command = [sys.executable, "-m", "counterclaim", "serve", "--ledger", chosen.ledger]
    server = subprocess.Popen([*command, "--port", str(chosen.port), "--per-minute", "1000000"])
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{chosen.port}", timeout=120) as client:
            _wait(client)
            _measure(client, chosen.pages)
    finally:
        server.terminate()
        server.wait()
    return 0


def _wait(client: httpx.Client) -> None:
    waiting: Exception | None = None
    for _ in range(300):
        try:
            if client.get("/p/ledger/").status_code == 200:
                return
        except httpx.TransportError as error:
            waiting = error  # it is still starting
        time.sleep(0.2)
    sys.exit(f"the server did not answer: {waiting}")


def _measure(client: httpx.Client, pages: int) -> None:
    chance = random.Random(1)
    boards, disputes, reports = ["/p/ledger/"], [], set()
    while len(boards) < pages // 4:
        text = client.get(boards[-1]).text
        disputes += _links(text, "/p/ledger/disputes/")
        reports |= set(_links(text, "/p/ledger/reports/"))
        following = [each for each in _links(text, "/p/ledger/?") if "cursor=" in each]
        if not following:
            break
        boards.append(following[0])
    boards += [f"/p/ledger/?order=recent&words={word}" for word in ("is", "true", "that")]
    for name, addresses in (
        ("board", boards),
        ("dispute", list(dict.fromkeys(disputes))),
        ("reader", sorted(reports)),
    ):
        asked = addresses if len(addresses) <= pages else chance.sample(addresses, pages)
        took, weights = [], []
        for address in asked:
            answer = client.get(address)
            assert answer.status_code == 200, address
            took.append(float(answer.headers["server-timing"].partition("dur=")[2]))
            weights.append((len(gzip.compress(answer.content, 6)), len(answer.content), address))
        took.sort()
        extra = sum(_size(client, each) for each in _parts(client.get(asked[0]).text))
        heaviest = max(weights)
        half, most = took[len(took) // 2], took[int(len(took) * 0.95)]
        print(
            f"{name:8} {len(took):4} pages  p50 {half:6.1f}  p95 {most:6.1f}  most {took[-1]:6.1f} ms   "
            f"heaviest {heaviest[0] / 1000:.0f} kB ({heaviest[1] / 1000:.0f} unpacked) "
            f"and {extra / 1000:.0f} kB of style and script"
        )


def _links(text: str, beginning: str) -> list[str]:
    found = (unescape(each) for each in HREF.findall(text))
    return [each for each in found if each.startswith(beginning)]


def _parts(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'(?:src|href)="(/static/[^"]+)"', text)]


def _size(client: httpx.Client, address: str) -> int:
    return len(gzip.compress(client.get(address).content, 6))


if __name__ == "__main__":
    sys.exit(main())
