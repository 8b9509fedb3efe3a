"""Reports in the formats of agencies, all invented, and the check that holds for each of them."""

from __future__ import annotations

import html
import json
import re
from email import policy
from email.message import EmailMessage

from counterclaim.documents import read_document, source_of
from counterclaim.model import Capture, Document, Problem

TITLE = "Ferry company rejects inspectors’ account"
PARAGRAPHS = (
    "“We checked every lifeboat twice,” said Orla Brandvik, the company’s head of operations.",
    "Inspectors of the harbour authority denied that they had been invited to the drill & the talks.",
    "It could not be independently verified how many were on board.",
)
WORD = re.compile(r"[^\W_]+")


def read(content: bytes, media_type: str, name: str = "input") -> tuple[Document, Capture, list[str]]:
    """Read one report: its document, its capture, and the codes of the notices."""
    capture = Capture.of(name, content, media_type)
    document, problems = read_document(capture)
    return document, capture, [problem.code for problem in problems]


def unescaped(words: str) -> str:
    """What a stretch of XML, HTML or JSON shows: CDATA marks, tags, references and escapes resolved."""
    for _ in range(3):  # HTML may stand escaped in XML, and references in that again
        words = words.replace("<![CDATA[", "").replace("]]>", "")
        words = re.sub(r"<[^<>]*>", " ", words)
        words = re.sub(r"\\u([0-9a-fA-F]{4})|\\([nrt/\"\\])", _escape, words)
        words = html.unescape(words)
    return words


def _escape(match: re.Match[str]) -> str:
    return chr(int(match.group(1), 16)) if match.group(1) else json.loads(f'"\\{match.group(2)}"')


def solid(words: str) -> str:
    """The letters and figures alone: what two writings of the same words have in common."""
    return "".join(WORD.findall(words))


def check_words(document: Document, capture: Capture) -> None:
    """Check that each word of a document leads to the same word in its source."""
    source = source_of(capture.content, document.encoding)
    for match in WORD.finditer(document.text):
        start, end = document.offsets.to_source(*match.span())
        shown = solid(unescaped(source[start:end]))
        assert shown == match.group(), (match.group(), source[start:end])


def codes(items: list[Capture | Problem]) -> list[str]:
    return [item.code if isinstance(item, Problem) else item.media_type for item in items]


def nitf(paragraphs: tuple[str, ...] = PARAGRAPHS, status: str = "usable") -> str:
    """An item as NITF 3.6 has it; put into its namespace it is valid by the IPTC's schema."""
    body = "\n".join(f"<p>{html.escape(each, quote=False)}</p>" for each in paragraphs)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made for a test -->
<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.6//EN" "nitf-3-6.dtd">
<nitf xml:lang="en">
 <head>
  <title>ferry-3</title>
  <docdata management-status="{status}">
   <doc-id id-string="20310304-17" regsrc="NLN"/>
   <date.issue norm="20310304T091200+0100"/>
   <doc.copyright holder="Northlight News Service" year="2031"/>
  </docdata>
  <pubdata name="The Halden Courier" date.publication="20310304"/>
  <revision-history name="desk" norm="20310304T104500+0100"/>
 </head>
 <body>
  <body.head>
   <hedline><hl1>{TITLE}</hl1><hl2>Inspectors say nobody asked them</hl2></hedline>
   <byline>By <person>Ines Marwick</person>, <byttl>Harbour correspondent</byttl></byline>
   <distributor>Northlight News Service</distributor>
   <dateline><location>HALDEN, Norrland</location></dateline>
   <abstract><p>{html.escape(paragraphs[0], quote=False)}</p></abstract>
  </body.head>
  <body.content>
   <block>{body}
    <media media-type="image"><media-reference source="ferry.jpg"/>
     <media-caption>The ferry, before the drill</media-caption></media>
   </block>
  </body.content>
  <body.end><tagline>Editing by Tomas Weyland</tagline></body.end>
 </body>
</nitf>
"""


def news_item(
    content: str,
    *,
    guid: str = "urn:newsml:northlight.example:20310304:ferry",
    status: str = "usable",
    version: str = "3",
    extra: str = "",
) -> str:
    """A news item, valid by the IPTC's schema of NewsML-G2 2.34; ``content`` is that of its content set."""
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="{version}"
 standard="NewsML-G2" standardversion="2.34" conformance="power" xml:lang="en-GB">
 <catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"/>
 <rightsInfo><copyrightHolder literal="Northlight News Service"/></rightsInfo>
 <itemMeta>
  <itemClass qcode="ninat:text"/>
  <provider literal="northlight"><name>Northlight News Service</name></provider>
  <versionCreated>2031-03-04T10:45:00+01:00</versionCreated>
  <firstCreated>2031-03-04T09:12:00+01:00</firstCreated>{extra}
  <pubStatus qcode="stat:{status}"/>
 </itemMeta>
 <contentMeta>
  <creator literal="im"><name>Ines Marwick</name></creator>
  <creditline>Northlight / Halden Courier</creditline>
  <language tag="en-GB"/>
  <headline>{TITLE}</headline>
 </contentMeta>
 <contentSet>{content}</contentSet>
</newsItem>"""


def xhtml_content(paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    body = "".join(f"<p>{html.escape(each, quote=False)}</p>" for each in paragraphs)
    return (
        '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>no text</title></head><body>{body}</body></html></inlineXML>"
    )


def ninjs(**members: object) -> bytes:
    """An item of ninjs, valid by the IPTC's schemas 1.4 to 1.6, with other members where they are given."""
    item = {
        "uri": "https://northlight.example/items/20310304-ferry",
        "type": "text",
        "versioncreated": "2031-03-04T10:45:00+01:00",
        "firstcreated": "2031-03-04T09:12:00+01:00",
        "language": "en",
        "byline": "By Ines Marwick",
        "copyrightholder": "Northlight News Service",
        "headline": TITLE,
        "body_text": "\n\n".join(PARAGRAPHS),
    } | members
    return json.dumps({key: value for key, value in item.items() if value is not None}).encode()


def mail(text: str = "\n\n".join(PARAGRAPHS), *, html_text: str | None = None) -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = "Harbour Press Office Brändt <press@harbour.example>"
    message["To"] = "desk@haldencourier.example"
    message["Subject"] = f"Fwd: {TITLE}"
    message["Date"] = "Tue, 04 Mar 2031 09:12:00 +0100"
    message["Message-ID"] = "<20310304.17@harbour.example>"
    message.set_content(text)
    if html_text is not None:
        message.add_alternative(html_text, subtype="html")
    return message
