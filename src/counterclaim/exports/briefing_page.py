"""A briefing as a page to print, and as Markdown."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

from counterclaim import __version__
from counterclaim.exports.filters import day, is_web, kept, shown
from counterclaim.exports.templating import make_environment
from counterclaim.views.briefing import Briefing, Footnote, Sentence

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&])")


class Marked:
    """Counts how often each footnote was marked in the text, so that each mark has a name of its own."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()

    def next(self, number: int) -> int:
        """Return how often a footnote is marked, this time included."""
        self._counts[number] += 1
        return self._counts[number]


def briefing_html(view: Briefing) -> bytes:
    """Return the page, which needs nothing but itself. The same briefing gives the same bytes."""
    style = files("counterclaim.exports").joinpath("templates", "briefing.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode("ascii")
    page = make_environment().get_template("briefing-page.html.j2")
    text = page.render(
        view=view,
        version=__version__,
        # The style is a file of this package, not text from a report.
        style=Markup(style),  # noqa: S704
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'",
        link=None,
        marked=Marked(),
        closing=closing(view),
    )
    return text.encode()


def briefing_markdown(view: Briefing) -> bytes:
    """Return the briefing as Markdown with footnotes, as Pandoc and GitHub read them."""
    lines = [f"# {_plain(view.question)}", ""]
    lines += [_sentence(each) for each in view.opening]
    for section in view.sections:
        lines += ["", f"## {_plain(section.heading)}", ""]
        lines.append(" ".join(_sentence(each) for each in section.sentences))
        for quotation in section.quotations:
            lines += ["", f"> {_sentence(quotation)}"]
    lines += ["", *(f"[^{note.number}]: {_plain(footnote_words(note))}" for note in view.notes), ""]
    lines.append(_plain(closing(view)))
    return ("\n".join(lines) + "\n").encode()


def footnote_words(note: Footnote) -> str:
    """Return a footnote as a line of text."""
    words = " … ".join(" ".join(each.split()) for each in note.words)
    who = f" ({' '.join(note.speaker.split())})" if note.speaker else ""
    outlet = note.outlet if note.outlet == note.origin else f"{note.outlet}, from {note.origin}"
    places = ", ".join(f"{start}:{end}" for start, end in note.offsets)
    address = f" {note.url}" if note.url and is_web(note.url) else ""
    return (
        f"“{words}”{who}. {' '.join(note.title.split())}, {outlet}, {day(note.published)}.{address} "
        f"Characters {places}; statement {note.statement}; SHA-256 {note.capture}."
    )


def closing(view: Briefing) -> str:
    """Return what stands below: of which moment it is, and that it is no verdict."""
    moment = f" It shows what the ledger knew at {view.moment}." if view.moment else ""
    return (
        f"Dispute {view.dispute}.{moment} Made by counterclaim {__version__}, which takes no side; marks and "
        "counts are made by a program and can be wrong. Follow each footnote to its place and read on."
    )


def _sentence(sentence: Sentence) -> str:
    return _plain(sentence.text) + "".join(f"[^{number}]" for number in sentence.notes)


def _plain(text: str) -> str:
    """Return text on one line in which nothing is markup."""
    return _MARKDOWN.sub(r"\\\1", shown(kept(text)))
