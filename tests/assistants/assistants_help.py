"""What the tests of the assistants share: a real client, and a check of every citation in an answer."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import anyio
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from counterclaim.ledger import Ledger

Result = TypeVar("Result")
Body = Callable[[Client], Awaitable[Result]]
SOURCE = Path(__file__).parent.parent.parent / "src"


def with_client(place: str, body: Body[Result], *options: str) -> Result:
    """Run ``body`` with the SDK's own client, connected to ``counterclaim mcp`` in a process of its own."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "counterclaim", "mcp", "--ledger", place, *options],
        env={"PYTHONPATH": os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")])},
    )

    outcome: list[Result] = []
    failures: list[Exception] = []

    async def run() -> None:
        async with Client(stdio_client(server)) as client:
            try:
                outcome.append(await body(client))
            except Exception as failure:  # noqa: BLE001  raised below, outside the groups that would wrap it
                failures.append(failure)

    anyio.run(run)
    if failures:
        raise failures[0]
    return outcome[0]


async def asked(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """Return the structured answer of a tool that must not fail; the client checks it by its schema."""
    answer = await client.call_tool(tool, arguments)
    assert not answer.is_error, answer.content
    assert answer.content[0].text
    found: dict[str, Any] = answer.structured_content
    return found


async def refused(client: Client, tool: str, **arguments: Any) -> str:
    """Return the message of a tool that must fail."""
    answer = await client.call_tool(tool, arguments)
    assert answer.is_error
    assert answer.structured_content is None
    text: str = answer.content[0].text
    return text


def check_citations(ledger: Ledger, answer: Any) -> int:
    """Check every stretch of words in an answer against its report; return how many there were."""
    number = 0
    for words, citation in _cited(answer, None):
        assert citation is not None, words
        document = ledger.document(citation["version"])
        assert document.text[words["start"] : words["end"]] == words["words"]
        assert citation["report"] == document.id
        assert citation["title"] == document.title
        assert citation["published"] == document.published
        assert citation["url"] == document.url
        assert citation["capture_sha256"] == document.capture
        assert hashlib.sha256(ledger.capture(document.capture).content).hexdigest() == document.capture
        number += 1
    return number


def check_statements(ledger: Ledger, answer: Any) -> int:
    """Check that every quotation is the content of the statement that it names; return how many."""
    number = 0
    for each in _dicts(answer):
        if "content" in each and "statement" in each:
            spans = ledger.statement(each["statement"]).content
            given = [(words["start"], words["end"]) for words in each["content"]]
            assert given == [(span.start, span.end) for span in spans]
            number += 1
    return number


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _dicts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _dicts(each)


def _cited(value: Any, citation: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    if isinstance(value, list | tuple):
        for each in value:
            yield from _cited(each, citation)
    elif isinstance(value, dict):
        nearest = value.get("citation") or (value.get("quotation") or {}).get("citation") or citation
        if {"start", "end", "words"} <= value.keys():
            yield value, nearest
        for each in value.values():
            yield from _cited(each, nearest)
