"""Every page is there, every link on one leads somewhere, and past moments stay as they were."""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from starlette.testclient import TestClient

BOARD = "/p/ledger/"
PAGES = ("", "reports", "actors", "search?q=convoy", "changes", "review", "judgements", "add")


def hrefs(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]*)"', text)]


def first(client: TestClient, page: str, kind: str) -> str:
    found = [each for each in hrefs(client.get(page).text) if f"/{kind}/" in each]
    return found[0].partition("#")[0]


def test_the_front_page_leads_to_the_board(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.url.path == BOARD
    assert "<h1>What is contested</h1>" in answer.text


def test_every_link_of_every_page_leads_somewhere(client: TestClient) -> None:
    seen: set[str] = set()
    waiting = deque([BOARD])
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.text[:300])
        if not answer.headers["content-type"].startswith("text/html") or "/source" in address:
            continue
        assert len(answer.content) < 300_000, address
        page = lxml.html.fromstring(answer.text)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), (address, [each for each in ids if ids.count(each) > 1][:5])
        assert page.xpath("//h1"), address
        for link in hrefs(answer.text):
            whole = urljoin(address, link)
            if urlsplit(whole).netloc or whole.startswith("data:"):
                continue
            path, _hash, fragment = whole.partition("#")
            if path == address and fragment:
                assert fragment in ids, (address, link)
            if path not in seen:
                seen.add(path)
                waiting.append(path)
    assert len(seen) > 300


def test_a_link_to_a_statement_leads_to_its_mark(client: TestClient) -> None:
    dispute = first(client, BOARD, "disputes")
    links = [each for each in hrefs(client.get(dispute).text) if "/reports/" in each and "#" in each]
    assert links
    for link in links[:20]:
        path, _hash, fragment = link.partition("#")
        assert f'id="{fragment}"' in client.get(path).text


def test_what_is_not_there_is_told_with_a_way_back(client: TestClient) -> None:
    for address in ("/nothing", "/p/ledger/disputes/q-0", "/p/ledger/actors/nobody%20at%20all", "/p/other/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert 'role="alert"' in answer.text
        assert 'class="button"' in answer.text


def test_what_cannot_be_read_is_told(client: TestClient) -> None:
    for address in ("?as_of=yesterday", "?happened=soon", "?cursor=x", "?status=settled"):
        answer = client.get(BOARD + address)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text


def test_the_board_is_narrowed_down(client: TestClient) -> None:
    whole = client.get(BOARD).text
    actors = re.findall(r'<option value="([^"]+)">[^<]*\((\d+)\)', whole)
    assert actors
    name, number = actors[0]
    page = client.get(BOARD, params={"actor": unescape(name)}).text
    assert page.count('<article class="dispute"') == int(number)
    assert "No dispute fits" in client.get(BOARD, params={"words": "nothing like it"}).text


def test_htmx_gets_the_part_without_the_frame(client: TestClient) -> None:
    part = client.get(BOARD, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert 'id="found"' in part


def test_a_page_that_the_browser_has_is_not_sent_again(client: TestClient) -> None:
    answer = client.get(BOARD)
    tag = answer.headers["etag"]
    again = client.get(BOARD, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    client.post("/p/ledger/add", data={"title": "A boat", "text": "The line said the boat sailed at noon."})
    assert client.get(BOARD, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("kind", ["board", "disputes", "reports", "statements", "actors"])
def test_a_permalink_shows_the_same_after_corrections_and_new_reports(client: TestClient, kind: str) -> None:
    address = BOARD
    if kind != "board":
        page = {"statements": first(client, BOARD, "disputes"), "reports": first(client, BOARD, "disputes")}
        address = first(client, page.get(kind, BOARD), kind)
    permalink = next(each for each in hrefs(client.get(address).text) if "as_of=" in each)
    before = client.get(permalink).text
    dispute = first(client, BOARD, "disputes")
    pair = re.search(
        r'name="one" value="([^"]+)"><input type="hidden" name="other" value="([^"]+)"',
        client.get(dispute).text,
    )
    assert pair
    answer = client.post(
        "/p/ledger/judgements", data={"decision": "not-opposed", "one": pair[1], "other": pair[2]}
    )
    assert answer.status_code == 200
    client.post(
        "/p/ledger/add", data={"title": "A boat", "text": "The line denied that the boat sailed at noon."}
    )
    assert client.get(permalink).text == before
    assert "Back to now" in before
