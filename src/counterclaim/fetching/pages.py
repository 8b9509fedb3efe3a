"""The answer of a server as a capture."""

from __future__ import annotations

import codecs
from email.message import Message
from urllib.parse import urlsplit

from counterclaim.fetching.limits import Answer, FetchError
from counterclaim.model import Capture
from counterclaim.model.errors import Messages
from counterclaim.sources.sniffing import HEAD, Form, form_of

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def capture_of(answer: Answer, received: str) -> Capture:
    """Make the capture of a page or a text that was fetched; ``received`` is the moment, in ISO 8601.

    Raises FetchError for bytes that are no text, for none at all, and for JSON, which is no page.
    """
    declared, charset = content_type(answer.headers.get("content-type", ""))
    head = answer.content[:HEAD]
    form = form_of("" if declared else urlsplit(answer.url).path, head)
    if form is Form.EMPTY:
        raise FetchError(Messages.input_empty(answer.url))
    if form is Form.BINARY:
        raise FetchError(Messages.input_binary(answer.url))
    if declared in _PAGES:
        form = Form.HTML
    elif form in {Form.JSON, Form.LINES}:
        raise FetchError(Messages.fetched_json(answer.url))
    return Capture.of(
        answer.url,
        answer.content,
        "text/html" if form is Form.HTML else "text/plain",
        encoding=charset,
        url=answer.url,
        received=received,
    )


def content_type(header: str) -> tuple[str, str | None]:
    """Return the media type of a Content-Type header in lower case, and its charset where Python knows it."""
    message = Message()
    message["Content-Type"] = "".join(each for each in header if each.isprintable())
    declared = message.get_content_type() if header.strip() else ""
    charset = message.get_content_charset()
    if charset:
        try:
            charset = codecs.lookup(charset).name
        except (LookupError, ValueError):
            charset = None
    return declared, charset
