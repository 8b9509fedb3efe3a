"""One HTML page that needs nothing but itself: the board, and every report with its statements marked."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

from counterclaim import __version__
from counterclaim.exports.filters import anchor
from counterclaim.exports.templating import make_environment
from counterclaim.model import DisputeStatus
from counterclaim.views.board import board_view
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.document import document_view
from counterclaim.views.quotes import moment_of

TITLE = "Who said what, and who denies it"
_STATUS = {
    DisputeStatus.CONTESTED: "contested between parties",
    DisputeStatus.CONCEDED: "conceded by a party whom it harms",
}


class Anchors:
    """Where the things on the page stand: all on the page itself."""

    def statement(self, _report: str, statement: str) -> str:
        """Return the address of a statement in its report."""
        return f"#{anchor(statement)}"

    def position(self, _dispute: str, position: str) -> str:
        """Return the address of a position of a dispute."""
        return f"#{anchor(position)}"

    def report(self, key: str) -> str:
        """Return the address of a report."""
        return f"#{anchor(key)}"


def page(
    catalogue: Catalogue, *, title: str = TITLE, as_of: str | None = None, happened: str | None = None
) -> Iterator[str]:
    """Give the page piece by piece. The same catalogue gives the same page.

    The reports are those of the catalogue, oldest first. ``as_of`` and ``happened`` are words for what the
    catalogue was narrowed to. Nothing is loaded from elsewhere, nothing
    runs: the content security policy allows the page's own style, by its hash, and no more.
    """
    style = files("counterclaim.exports").joinpath("templates", "page.css").read_text(encoding="utf-8")
    documents = sorted(
        catalogue.documents.values(), key=lambda each: (moment_of(each.published), each.id, each.key)
    )
    template = make_environment().get_template("page.html.j2")
    yield from template.generate(
        to=Anchors(),
        title=title,
        as_of=as_of,
        happened=happened,
        version=__version__,
        policy=_policy(style),
        # The style is a file of this package, not text from a report.
        style=Markup(style),  # noqa: S704
        status=_STATUS,
        board=board_view(catalogue),
        documents=[document_view(catalogue, document) for document in documents],
    )


def _policy(style: str) -> str:
    digest = b64encode(sha256(style.encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
