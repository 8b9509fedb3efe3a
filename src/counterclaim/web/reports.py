"""Reports: a list of them, one with its statements marked, and the way back to what came in."""

from __future__ import annotations

from starlette.responses import Response

from counterclaim.documents import source_of
from counterclaim.documents.mapping import visible
from counterclaim.model.errors import Messages, UnknownNameError
from counterclaim.views.beside import against, read_disputes
from counterclaim.views.document import DocumentView
from counterclaim.views.lists import read_report_page
from counterclaim.views.reading import Question, read_answer
from counterclaim.views.statement import StatementView
from counterclaim.web.asking import Asking
from counterclaim.web.citations import citation
from counterclaim.web.harmless import harmless

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""The policy of what came in, shown as it is: nothing runs, nothing is loaded, no form is sent."""


def reports(asking: Asking) -> Response:
    """List the reports, the last recorded first."""
    page = read_report_page(asking.ledger, Question(asking.as_of), before=asking.number("before"))
    return asking.page("reports.html.j2", "Reports", page=page)


def report(asking: Asking) -> Response:
    """Show a report with its statements marked, and beside them what other reports say against each."""
    question = asking.question()
    view, note = read_answer(asking.ledger, question, asking.path)
    if not isinstance(view, DocumentView):
        raise UnknownNameError(Messages.name_unknown(asking.path))
    disputes = read_disputes(
        asking.ledger, question, {side.dispute for each in view.notes for side in each.sides}
    )
    return asking.page(
        "report.html.j2", view.title or view.id, note, view=view, against=against(view, disputes)
    )


def source(asking: Asking) -> Response:
    """Give what came in: its HTML made harmless, or the very bytes as a file to keep.

    HTML that cannot be made harmless in time is shown as the text that it is.
    """
    document = asking.ledger.document(asking.path, asking.as_of)
    capture = asking.ledger.capture(document.capture)
    if asking.parameter("show") == "bytes":
        return Response(
            capture.content,
            media_type="application/octet-stream",
            headers={
                "Content-Disposition": f'attachment; filename="{capture.sha256}"',
                "Content-Security-Policy": SANDBOX,
            },
        )
    text = visible(source_of(capture.content, document.encoding))
    page = harmless(text) if capture.media_type == "text/html" else None
    if page is not None:
        return Response(page, media_type="text/html", headers={"Content-Security-Policy": SANDBOX})
    return Response(text, media_type="text/plain", headers={"Content-Security-Policy": SANDBOX})


def statement(asking: Asking) -> Response:
    """Show one statement, how to cite it, and where each of its words comes from."""
    view, note = read_answer(asking.ledger, asking.question(), asking.path)
    if not isinstance(view, StatementView):
        raise UnknownNameError(Messages.name_unknown(asking.path))
    document = asking.ledger.document(view.quote.place.key)
    return asking.page(
        "statement.html.j2",
        "One statement",
        note,
        view=view,
        citation=citation(view, document),
    )
