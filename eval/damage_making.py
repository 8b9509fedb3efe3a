"""Reports that were damaged, or made to break whoever reads them: web archives, pages, XML and PDF.

Everything is made of a seed: the same seed gives the same bytes. No two files share a report, so that what
became of each can be told.
"""

from __future__ import annotations

import gzip
import html
import io
import random
import uuid
import zipfile
import zlib
from collections.abc import Callable
from typing import NamedTuple

import fuzz_seeds
from archive_making import Writing
from formats_help import news_item, nitf, xhtml_content

KINDS = ("warc.gz", "warc", "html", "nitf.xml", "newsml.xml", "rss.xml", "atom.xml", "pdf")
TYPED = '<content type="html">'
BOMB_EVERY = 8
"""One file in so many is made to break its reader; the others are damaged."""
PLACES = (
    "Aldermere",
    "Halden",
    "Larre",
    "Port Varda",
    "Norrland",
    "Echo Bay",
    "Lantern Hill",
    "Quill Street",
)
SAID = ("denied", "said", "confirmed", "rejected the claim", "insisted", "told reporters")


class File(NamedTuple):
    """A file of the set: its name, its bytes, and what was done to it."""

    name: str
    content: bytes
    done: str


def paragraphs(number: int, chance: random.Random) -> tuple[str, ...]:
    """Return the text of an invented report that no other number has."""
    made = []
    for _ in range(chance.randrange(3, 9)):
        place, verb = chance.choice(PLACES), chance.choice(SAID)
        made.append(
            f"The harbour board of {place} {verb} on Monday that {chance.randrange(2, 900)} crates of "
            f"lot {number} had been moved. “Nobody asked us & nobody will,” its head, Ines Marwick, {verb}."
        )
    return tuple(made)


def _page(texts: tuple[str, ...], number: int) -> bytes:
    body = "".join(f"<p>{html.escape(each, quote=False)}</p>\n" for each in texts)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lot {number}</title></head>'
        f"<body><article><h1>Board answers on lot {number}</h1>{body}</article></body></html>"
    ).encode()


def _warc(number: int, chance: random.Random, packing: str) -> bytes:
    made = Writing(packing)
    for record in range(4):
        one = 10 * number + record
        name = f"<urn:uuid:{uuid.UUID(int=chance.getrandbits(128), version=4)}>"
        text = _page(paragraphs(one, chance), one)
        made.answer(f"https://echo.example/{one}.html", text, **{"WARC-Record-ID": name})
    return made.content


def _feed(texts: tuple[str, ...], number: int, *, rss: bool) -> bytes:
    start = '<?xml version="1.0" encoding="utf-8"?>\n'
    items = []
    for place, text in enumerate(texts):
        body = html.escape(f"<p>{html.escape(text)}</p>")
        date = "Tue, 04 Mar 2031 09:12:00 GMT" if rss else "2031-03-04T09:12:00Z"
        names = ("guid", "pubDate", "description") if rss else ("id", "updated", "content")
        values = (f"lot-{number}-{place}", date, body)
        fields = "".join(f"<{name}>{value}</{name}>" for name, value in zip(names, values, strict=True))
        items.append(f"<title>Lot {number}</title>{fields.replace('<content>', TYPED)}")
    if rss:
        inner = "".join(f"<item>{each}</item>" for each in items)
        return f'{start}<rss version="2.0"><channel><title>Echo</title>{inner}</channel></rss>'.encode()
    inner = "".join(f"<entry>{each}</entry>" for each in items)
    return f'{start}<feed xmlns="http://www.w3.org/2005/Atom"><title>Echo</title>{inner}</feed>'.encode()


def _pdf(texts: tuple[str, ...], *, packed: bool) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=True, pageCompression=int(packed))
    for number, line in enumerate(line for text in texts for line in (*text.split(", "), "")):
        canvas.drawString(50, 780 - 14 * number, line.replace("“", '"').replace("”", '"'))
    canvas.save()
    return stream.getvalue()


def whole(kind: str, number: int, chance: random.Random) -> bytes:
    """Return a file of a kind with nothing wrong in it."""
    texts = paragraphs(number, chance)
    match kind:
        case "warc.gz":
            return _warc(number, chance, "gzip")
        case "warc":
            return _warc(number, chance, "none")
        case "html":
            return _page(texts, number)
        case "nitf.xml":
            return nitf(texts).encode()
        case "newsml.xml":
            return news_item(xhtml_content(texts), guid=f"urn:newsml:echo.example:{number}").encode()
        case "rss.xml" | "atom.xml":
            return _feed(texts, number, rss=kind == "rss.xml")
        case _:
            return _pdf(texts, packed=chance.random() < 0.5)


# What is done to a file that was whole


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _lose(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 600) :]


def _double(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    part = content[start : start + chance.randrange(1, 400)]
    return content[:start] + part * chance.randrange(2, 20) + content[start:]


def _zeros(content: bytes, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(content)), chance.randrange(1, 2_000)
    return content[:start] + bytes(len(content[start : start + length])) + content[start + length :]


def _noise(content: bytes, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(content)), chance.randrange(1, 200)
    return content[:start] + chance.randbytes(length) + content[start + length :]


DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "bits flipped": _flip,
    "cut off": _cut,
    "bytes lost": _lose,
    "bytes doubled": _double,
    "bytes zero": _zeros,
    "bytes of chance": _noise,
}


# What is made to break its reader. Each takes the number of the file, so that no two are equal.


def _gzip_of_zeros(number: int) -> bytes:
    """Return gzip that unpacks to a third of a gigabyte, in a few members."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = bytes(1 << 20)
    packed = [packer.compress(b"%d" % number), *(packer.compress(piece) for _ in range(330)), packer.flush()]
    return b"".join(packed)


def _packed_page(number: int) -> bytes:
    return gzip.compress(b"<p>%d " % number + b"<b>" * 40_000_000, 9, mtime=0)


def _zip_bomb(number: int) -> bytes:
    inner = fuzz_seeds.zipped({f"{number}-{each}.html": bytes(30_000_000) for each in range(3)})
    return fuzz_seeds.zipped({f"{each}.zip": inner for each in range(6)})


def _zip_overlap(number: int) -> bytes:
    """Return a ZIP whose directory names the same bytes a thousand times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{number}.html"), b"<p>" + b"a" * 900_000)
        first = archive.filelist[0]
        archive.filelist.extend([first] * 1_000)
    return out.getvalue()


def _encoded_answer(number: int) -> bytes:
    made = Writing("none")
    name = f"<urn:uuid:{uuid.UUID(int=number, version=4)}>"
    fields = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    packed = gzip.compress(b"%d" % number + bytes(90_000_000), mtime=0)
    made.answer(f"https://echo.example/bomb-{number}", packed, fields, **{"WARC-Record-ID": name})
    return made.content


def _header(number: int) -> bytes:
    return (
        b"WARC/1.0\r\n" + b"X-%d: y\r\n" % number * 300_000 + b"Content-Length: 99999999999999999999\r\n\r\nx"
    )


def _laughs(number: int, root: str = "nitf") -> bytes:
    levels = "".join(f'<!ENTITY l{each} "{f"&l{each - 1};" * 10}">' for each in range(1, 12))
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "lot {number} ">{levels}'
        f'<!ENTITY f SYSTEM "file:///etc/passwd">]>\n<{root}><body><body.content><p>&l11;&f;</p></body.content>'
        f"</body></{root}>"
    ).encode()


def _long_entity(number: int) -> bytes:
    text = f"lot {number} " * 20_000
    return f'<!DOCTYPE rss [<!ENTITY a "{text}">]><rss><channel>{"&a;" * 20_000}</channel></rss>'.encode()


def _deep_xml(number: int, root: str = "rss") -> bytes:
    return (
        f"<{root}><!--{number}-->".encode()
        + b"<a>" * 400_000
        + b"lot"
        + b"</a>" * 400_000
        + f"</{root}>".encode()
    )


def _attributes(number: int) -> bytes:
    many = " ".join(f"a{each}='{each}'" for each in range(100_000))
    return f"<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='{number}' {many}/>".encode()


def _deep_html(number: int) -> bytes:
    return f"<html><body><p>Lot {number} moved, he said.</p>".encode() + b"<div><table><tr><td><b>" * 80_000


def _long_token(number: int) -> bytes:
    return f"<html><body><p>Lot {number} {'a' * 3_000_000} said</p>{'&' * 500_000}</body>".encode()


def _quotation_marks(number: int) -> bytes:
    return f"<html><body><p>Lot {number}</p><p>{chr(34) * 400_000}</p><p>{'“' * 20_000}</p></body>".encode()


def _long_paragraph(number: int) -> bytes:
    said = f"“Lot {number},” said Ines Marwick, who said that he said, and that she denied that "
    return f"<html><body><article><p>{said * 3_000}</p></article></body>".encode()


def _pdf_of(content: bytes, fields: bytes = b"") -> bytes:
    """Return a PDF of one page with this as what is drawn, without a table of places."""
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        b"4 0 obj<<%s/Length %d>>stream\n%s\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF"
        % (fields, len(content), content)
    )


def _pdf_packed(number: int) -> bytes:
    drawn = b"BT /F 1 Tf (lot %d) Tj " % number + b"(aaaaaaaa) Tj " * 15_000_000
    return _pdf_of(zlib.compress(drawn, 9), b"/Filter/FlateDecode")


def _pdf_deep(number: int) -> bytes:
    return _pdf_of(b"%d " % number + b"[" * 2_000_000 + b"<<" * 500_000)


def _pdf_circle(number: int) -> bytes:
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/N %d>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Count 2000000000/Parent 2 0 R>>endobj\n"
        b"trailer<</Root 1 0 R>>"
    ) % number


BOMBS: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "gzip of zeros as a web archive": ("warc.gz", _gzip_of_zeros),
    "gzip of zeros as a text": ("txt.gz", _gzip_of_zeros),
    "page packed to a thousandth": ("html.gz", _packed_page),
    "archives in an archive": ("zip", _zip_bomb),
    "archive that names its bytes again": ("zip", _zip_overlap),
    "answer packed to a thousandth": ("warc", _encoded_answer),
    "header without end": ("warc", _header),
    "entities of entities": ("nitf.xml", _laughs),
    "entities of entities in a feed": ("rss.xml", lambda number: _laughs(number, "rss")),
    "a long entity often": ("rss.xml", _long_entity),
    "elements in elements": ("rss.xml", _deep_xml),
    "elements in elements of a news item": ("newsml.xml", lambda number: _deep_xml(number, "newsItem")),
    "attributes": ("newsml.xml", _attributes),
    "tables in tables": ("html", _deep_html),
    "a word of three million letters": ("html", _long_token),
    "quotation marks": ("html", _quotation_marks),
    "a paragraph of a hundred thousand words": ("html", _long_paragraph),
    "PDF packed to a thousandth": ("pdf", _pdf_packed),
    "lists in lists of a PDF": ("pdf", _pdf_deep),
    "PDF that contains itself": ("pdf", _pdf_circle),
}
"""What is made to break its reader: the ending of its name, and what makes it."""


def files(count: int, seed: int) -> list[File]:
    """Return so many damaged files, the same for the same seed."""
    made: list[File] = []
    bombs = list(BOMBS.items())
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        if number % BOMB_EVERY == BOMB_EVERY - 1:
            done, (kind, make) = bombs[number // BOMB_EVERY % len(bombs)]
            content = make(number)
        else:
            kind = KINDS[number % BOMB_EVERY + (number // BOMB_EVERY % 2)]
            done = chance.choice(list(DAMAGES))
            content = DAMAGES[done](whole(kind, number, chance), chance)
        made.append(File(f"{number:04}.{kind}", content, done))
    return made
