"""The bytes as received."""

from __future__ import annotations

import msgspec

from counterclaim.model.digest import sha256 as digest


class Capture(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="capture"):
    """The bytes of one report as they were received, named by their SHA-256.

    ``name`` is the input as the user gave it: a path, with ``#line`` for a line of a JSON Lines
    file, ``#offset`` for a record of a web archive, ``#number`` for a mail of a box or an item of a
    feed (then the content is the feed without its other items), and ``!member`` for a member of an
    archive. ``media_type`` is ``text/plain``, ``text/html``, ``application/json`` (one report of a
    JSON Lines file), or that of a format of news (:mod:`counterclaim.sources.news_formats`).
    ``encoding`` is what the carrier declared (an HTTP header, say), None where nothing was declared
    outside the bytes. ``url`` is where the bytes came from, and ``received`` when (ISO 8601), where
    these are known.
    """

    name: str
    content: bytes
    sha256: str
    media_type: str
    encoding: str | None = None
    url: str | None = None
    received: str | None = None

    @classmethod
    def of(
        cls,
        name: str,
        content: bytes,
        media_type: str,
        *,
        encoding: str | None = None,
        url: str | None = None,
        received: str | None = None,
    ) -> Capture:
        """Make a capture of ``content`` and name it by its SHA-256."""
        return cls(
            name=name,
            content=content,
            sha256=digest(content),
            media_type=media_type,
            encoding=encoding,
            url=url,
            received=received,
        )
