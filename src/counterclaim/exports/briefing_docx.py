"""A briefing as a document for word processors (Office Open XML), with real footnotes.

python-docx has none, so the part that holds them is made here as ECMA-376 Part 1, 17.11 describes it.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lxml import etree

from counterclaim.exports.briefing_page import closing, footnote_words
from counterclaim.exports.filters import is_web, kept
from counterclaim.model.errors import LedgerError, Messages
from counterclaim.views.briefing import Briefing, Footnote, Sentence

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.text.paragraph import Paragraph

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive, so that the same briefing gives the same bytes."""


def briefing_docx(view: Briefing) -> bytes:
    """Return the document; the same briefing gives the same bytes. LedgerError without python-docx."""
    try:
        import docx
    except ModuleNotFoundError as error:
        raise LedgerError(Messages.desk_missing(str(error))) from error
    document = docx.Document()
    _set_up(document, view)
    marks = _Marks(view)
    document.add_heading(_clean(view.question), level=1)
    for each in view.opening:
        marks.write(document.add_paragraph(), each)
    for section in view.sections:
        document.add_heading(_clean(section.heading), level=2)
        paragraph = document.add_paragraph()
        for each in section.sentences:
            marks.write(paragraph, each)
            paragraph.add_run(" ")
        for each in section.quotations:
            marks.write(document.add_paragraph(style="Quote"), each)
    document.add_paragraph(_clean(closing(view))).style = "Footer"
    _add_footnotes(document, view)
    made = io.BytesIO()
    document.save(made)
    return _undated(made.getvalue())


class _Marks:
    """Marks footnotes in the text: the first time as such, then as a link to the first mark."""

    def __init__(self, view: Briefing) -> None:
        self._known = {note.number for note in view.notes}
        self._marked: set[int] = set()

    def write(self, paragraph: Paragraph, sentence: Sentence) -> None:
        """Add a sentence with its marks to a paragraph."""
        paragraph.add_run(_clean(sentence.text))
        for number in sentence.notes:
            if number in self._marked:
                self._again(paragraph, number)
            else:
                self._first(paragraph, number)
                self._marked.add(number)

    def _first(self, paragraph: Paragraph, number: int) -> None:
        start = _element("bookmarkStart", id=str(number), name=f"note{number}")
        run = _run(style="FootnoteReference")
        run.append(_element("footnoteReference", id=str(number)))
        for each in (start, run, _element("bookmarkEnd", id=str(number))):
            paragraph._p.append(each)  # noqa: SLF001  the element is what python-docx has for it

    def _again(self, paragraph: Paragraph, number: int) -> None:
        link = _element("hyperlink", anchor=f"note{number}")
        run = _run(style="FootnoteReference")
        run.append(_text(str(number)))
        link.append(run)
        paragraph._p.append(link)  # noqa: SLF001


def _set_up(document: DocxDocument, view: Briefing) -> None:
    """Set styles, margins and what the document says of itself."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt

    styles: Any = document.styles
    styles["Normal"].font.size = Pt(10)
    styles["Normal"].paragraph_format.space_after = Pt(4)
    reference = styles.add_style("FootnoteReference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    styles.add_style("FootnoteText", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(8)
    for section in document.sections:
        section.left_margin = section.right_margin = Mm(18)
        section.top_margin = section.bottom_margin = Mm(15)
    known: Any = document.core_properties
    moment = datetime.fromisoformat(view.moment).astimezone(UTC).replace(tzinfo=None) if view.moment else None
    known.created = known.modified = moment or datetime(*_BEGINNING)  # noqa: DTZ001  the format has no zone
    known.title = _clean(view.question)[:250]
    known.author = known.last_modified_by = "counterclaim"
    known.comments = ""
    known.language = "en"


def _add_footnotes(document: DocxDocument, view: Briefing) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, b"", document.part.package)
    root = etree.Element(f"{{{_W}}}footnotes", nsmap={"w": _W, "r": _R})
    for identifier, kind in (("-1", "separator"), ("0", "continuationSeparator")):
        note = _element("footnote", type=kind, id=identifier)
        paragraph, run = _element("p"), _element("r")
        run.append(_element(kind))
        paragraph.append(run)
        note.append(paragraph)
        root.append(note)
    for each in view.notes:
        address = each.url if each.url and is_web(each.url) else None
        relation = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True) if address else None
        root.append(_footnote(each, relation))
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    settings: Any = document.settings.element
    properties = _element("footnotePr")
    properties.extend([_element("footnote", id="-1"), _element("footnote", id="0")])
    compat = settings.find(f"{{{_W}}}compat")
    if compat is None:
        settings.append(properties)
    else:  # the schema wants it before
        compat.addprevious(properties)


def _footnote(note: Footnote, relation: str | None) -> Any:
    element, paragraph = _element("footnote", id=str(note.number)), _element("p")
    properties = _element("pPr")
    properties.append(_element("pStyle", val="FootnoteText"))
    mark = _run(style="FootnoteReference")
    mark.append(_element("footnoteRef"))
    words = _element("r")
    words.append(_text(f" {footnote_words(note)}"))
    paragraph.extend([properties, mark, words])
    if relation is not None:
        link = etree.Element(f"{{{_W}}}hyperlink")
        link.set(f"{{{_R}}}id", relation)
        run = _element("r")
        run.append(_text(" Open the report."))
        link.append(run)
        paragraph.append(link)
    element.append(paragraph)
    return element


def _run(style: str) -> Any:
    from docx.oxml import OxmlElement

    run, properties = OxmlElement("w:r"), OxmlElement("w:rPr")
    properties.append(_element("rStyle", val=style))
    run.append(properties)
    return run


def _element(tag: str, /, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        element.set(f"{{{_W}}}{key}", value)
    return element


def _text(words: str) -> Any:
    element = _element("t")
    element.text = _clean(words)
    element.set(_SPACE, "preserve")
    return element


def _clean(text: str) -> str:
    """Return text without what XML forbids."""
    return kept(text)


def _undated(archive: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(made, "w") as taken:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            taken.writestr(entry, given.read(name))
    return made.getvalue()
