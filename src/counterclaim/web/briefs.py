"""The brief: one page on a dispute, to read, to print, and to keep as a document."""

from __future__ import annotations

from starlette.responses import Response

from counterclaim.exports.briefing_page import Marked, closing
from counterclaim.exports.briefings import FORMS
from counterclaim.model.errors import Messages, QuestionError
from counterclaim.serving.tagging import tagged
from counterclaim.views.briefs import read_briefing
from counterclaim.web.asking import Asking


def brief(asking: Asking) -> Response:
    """Show the brief, or give it as a file where ``to`` names a form."""
    view, note = read_briefing(asking.ledger, asking.question(), asking.path)
    form = asking.parameter("to")
    if form is None:
        return asking.page(
            "brief.html.j2", view.question, note, view=view, marked=Marked(), closing=closing(view)
        )
    if form not in FORMS:
        raise QuestionError(Messages.choice_unknown(form, list(FORMS)))
    chosen = FORMS[form]
    return tagged(
        asking.request,
        Response(
            chosen.write(view),
            media_type=chosen.media_type,
            headers={
                "Content-Disposition": f'attachment; filename="{view.dispute}.{form}"',
                "Content-Security-Policy": "default-src 'none'; sandbox",
            },
        ),
    )
