"""Evidence that a person attaches to a judgement: addresses, files and notes."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from pathlib import Path

from counterclaim.model import Capture, CounterclaimError, Evidence
from counterclaim.model.errors import Messages


def attach(
    urls: Iterable[str], files: Iterable[str], notes: Iterable[str]
) -> tuple[list[Evidence], list[Capture]]:
    """Return the evidence, one piece for each thing given, and the files as captures.

    A file's media type is guessed from its name. Raises CounterclaimError where a file cannot be read.
    """
    evidence = [Evidence(url=url) for url in urls]
    captures = []
    for name in files:
        try:
            content = Path(name).read_bytes()
        except OSError as error:
            raise CounterclaimError(
                Messages.attachment_unreadable(name, error.strerror or str(error))
            ) from error
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        capture = Capture.of(Path(name).name, content, media_type)
        captures.append(capture)
        evidence.append(Evidence(capture=capture.sha256, note=capture.name))
    evidence += [Evidence(note=note) for note in notes]
    return evidence, captures
