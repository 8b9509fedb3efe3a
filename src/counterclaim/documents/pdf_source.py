"""The source that the text of a PDF is mapped to: the characters of its pages, parted by form feeds.

PDFium (through pypdfium2, the extra ``pdf``) reads them in a process of its own, with bounded time and
memory. The recipe names the version that read it: ``pdf/1/pdfium-159.0.8149``. Another version reads nearly
every file the same; where it does not, ``verify`` tells.
"""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import msgspec

from counterclaim.documents.mapping import visible
from counterclaim.model import InputError
from counterclaim.model.errors import Messages

RECIPE = "pdf/"
PAGE_END = "\f"
_WORKER = Path(__file__).with_name("pdf_worker.py")
_TIMEOUT = 120
_HELD = 4


class PdfPage(msgspec.Struct, frozen=True):
    """The text of one page, and its lines: start, end, left, baseline, right, size of type."""

    text: str
    lines: tuple[tuple[float, float, float, float, float, float], ...] = ()
    broken: bool = False


class Pdf(msgspec.Struct, frozen=True):
    """What the worker says of a PDF; ``error`` is the code of why it could not be read."""

    pages: tuple[PdfPage, ...] = ()
    title: str = ""
    maker: str = ""
    error: str = ""

    @property
    def recipe(self) -> str:
        """The recipe by which the source was made."""
        return f"{RECIPE}1/pdfium-{self.maker.split('@')[0]}"

    @property
    def source(self) -> str:
        """The text of all pages, with a form feed between two."""
        return PAGE_END.join(page.text for page in self.pages)


def read_pages(name: str, content: bytes) -> Pdf:
    """Read the pages of a PDF. Raises InputError where that cannot be done, with why."""
    found = _pages(content)
    if found.error:
        raise InputError(Messages.pdf_unreadable(name, found.error))
    return found


def pdf_source(name: str, content: bytes) -> str:
    """Return the source of a PDF. Raises InputError as :func:`read_pages` does."""
    return read_pages(name, content).source


def page_number(source: str, offset: int) -> int:
    """Return the number, from 1, of the page on which a character of the source stands."""
    return source.count(PAGE_END, 0, offset) + 1


@lru_cache(maxsize=_HELD)
def _pages(content: bytes) -> Pdf:
    try:
        done = subprocess.run(  # noqa: S603 - our own script, and no word of the input
            [sys.executable, str(_WORKER)],
            input=content,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
        found = msgspec.json.decode(done.stdout, type=Pdf)
    except subprocess.TimeoutExpired:
        return Pdf(error="costly")
    except (msgspec.MsgspecError, UnicodeDecodeError):  # it was ended before it wrote anything
        return Pdf(error="costly")
    pages = tuple(msgspec.structs.replace(page, text=visible(page.text)) for page in found.pages)
    return msgspec.structs.replace(found, pages=pages)
