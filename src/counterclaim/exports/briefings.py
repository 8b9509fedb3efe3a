"""The forms in which a briefing is written: one table, which the command line and the pages read."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from counterclaim.exports.briefing_docx import MEDIA_TYPE, briefing_docx
from counterclaim.exports.briefing_page import briefing_html, briefing_markdown
from counterclaim.views.briefing import Briefing


class Form(NamedTuple):
    """One form: its media type, and what writes it."""

    media_type: str
    write: Callable[[Briefing], bytes]


FORMS = {
    "md": Form("text/markdown; charset=utf-8", briefing_markdown),
    "html": Form("text/html; charset=utf-8", briefing_html),
    "docx": Form(MEDIA_TYPE, briefing_docx),
}
"""Every form by the ending of its files."""
