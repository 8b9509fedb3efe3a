"""What is fuzzed: each parser with what must hold for whatever bytes it is given.

A target raises only where something is wrong in the program: an exception that is not declared, a broken
invariant (a span that does not quote its text, a map that leads elsewhere, two readings that differ), or
more time than an input may take.
"""

from __future__ import annotations

import io
import os
import re
import resource
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import fuzz_seeds
import msgspec

from counterclaim.documents import is_mapped, pdf_source, pdf_worker, read_document, source_of
from counterclaim.documents.dates import iso_date, news_date
from counterclaim.documents.decoding import decode
from counterclaim.ledger.admission import check, check_words
from counterclaim.model import Capture, Document, InputError, Problem, Report, Severity, dump, load
from counterclaim.sources import Address, read_addresses, read_stream
from counterclaim.sources.news_formats import MAIL, NEWSML_G2, NINJS, NITF, PDF

SECONDS = 10.0
"""Seconds of the processor that an input may take; more where it has more than :data:`USUAL` bytes."""
USUAL = 100_000
MOST_READ = 40
"""Reports of one input that are read as documents; the rest are only counted."""
MAX_BYTES = 5_000_000

TIMEX = re.compile(
    r"(BC)?[\dX]{4}(-[\dX]{2}(-[\dX]{2})?)?(T(\d\d(:\d\d){0,2}(Z|[+-]\d\d(:\d\d)?)?|MO|MI|AF|EV|NI|DT))?"
    r"|[\dX]{4}-W[\dX]{2}(-WE|-\d)?|(BC)?[\dX]{4}-(SP|SU|FA|WI|Q[1-4]|H[12])|PT?(X|[\d.]+)[A-Z]{1,2}"
    r"|(PAST|PRESENT|FUTURE)_REF"
)


class SlowError(Exception):
    """An input took more time than it may."""


def processor_seconds() -> float:
    """Return the seconds of the processor that this process and its children have taken."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


@contextmanager
def timed(size: int) -> Iterator[None]:
    """Raise SlowError where what stands within takes more than an input of ``size`` bytes may."""
    started = processor_seconds()
    yield
    seconds = processor_seconds() - started
    if seconds > SECONDS * max(1.0, size / USUAL):
        raise SlowError(f"{seconds:.1f} s for {size:,} bytes")


def again(data: bytes) -> bool:
    """Tell whether an input is read twice: one in eight, always the same ones."""
    return zlib.crc32(data) % 8 == 0


# Documents


def check_document(capture: Capture) -> bool:
    """Read a capture; tell whether it gave a document, of which everything that must hold was checked."""
    try:
        document, problems = read_document(capture)
    except InputError as error:
        check_problem(error.problem)
        return False
    for problem in problems:
        check_problem(problem)
        assert problem.severity is Severity.NOTICE, problem
    assert document.text.strip()
    document.text.encode()
    report = Report(document=document)
    check(capture, report)
    check_words(report)
    assert load(dump(document)) == document
    assert is_mapped(document, capture.content), "the map leads elsewhere"
    check_places(document, source_of(capture.content, document.encoding))
    for value in (document.published, document.modified):
        assert value is None or iso_date(value) == value, value
    if again(capture.content):
        pdf_source._pages.cache_clear()  # noqa: SLF001
        assert read_document(capture) == (document, problems), "read twice, it differs"
    return True


def check_places(document: Document, source: str) -> None:
    """Check that places all over the text lead into the source, in order within each run."""
    step = max(1, len(document.text) // 50)
    for start in range(0, len(document.text), step):
        end = min(len(document.text), start + step)
        span = document.span(start, end)
        assert span.fits(document.text)
        begin, stop = document.offsets.to_source(start, end)
        assert 0 <= begin <= stop <= len(source), (start, end, begin, stop)


def check_problem(problem: Problem) -> None:
    """Check that a problem says what it is about and can be printed and stored."""
    assert problem.name
    assert problem.code
    assert problem.message
    str(problem).encode()
    msgspec.json.encode(problem)


def single(media_type: str) -> Callable[[bytes], bool]:
    """Return the target of a format of one report."""

    def target(data: bytes) -> bool:
        return check_document(Capture.of("input", data, media_type))

    return target


def text(data: bytes) -> bool:
    """Decode, with each of some declarations, and read as plain text."""
    label = ("utf-8", "windows-1251", "iso-2022-jp", "utf-7", "x-sjis", None)[len(data) % 6]
    try:
        decoded = decode("input", data, label)
    except InputError:
        return False
    assert decoded.source.encode(decoded.encoding, "surrogateescape") == data
    return check_document(Capture.of("input", data, "text/plain", encoding=label))


# Files that hold reports


def stream(name: str, *, one_piece: bool = True) -> Callable[[bytes], bool]:
    """Return the target of files that are recognised by their bytes, called ``name``."""

    def target(data: bytes) -> bool:
        items = list(read_stream(name, io.BytesIO(data), MAX_BYTES))
        assert items, "neither a report nor a problem"
        read = 0
        for item in items:
            if isinstance(item, Problem):
                check_problem(item)
            else:
                assert item.name.isprintable()
                item.name.encode()
                if read < MOST_READ:
                    check_document(item)
                read += 1
        if again(data):
            assert list(read_stream(name, io.BytesIO(data), MAX_BYTES)) == items, "read twice, it differs"
            if one_piece:
                piecewise = list(read_stream(name, Pipe(data), MAX_BYTES))
                assert contents(piecewise) == contents(items), "another from a pipe"
        return read > 0

    return target


def contents(items: list[Capture | Problem]) -> list[tuple[str, str]]:
    """Return what was read, without what is told of it."""
    return [(item.name, item.sha256) for item in items if isinstance(item, Capture)]


class Pipe(io.BytesIO):
    """Bytes that come in small pieces, and cannot be sought in."""

    def seekable(self) -> bool:
        """Return False."""
        return False

    def seek(self, *_: int) -> int:
        """Refuse."""
        raise io.UnsupportedOperation

    def read(self, size: int | None = -1, /) -> bytes:
        """Return at most 1,000 bytes."""
        return super().read(min(1_000, size if size is not None and size >= 0 else 1_000))


def lists(data: bytes) -> bool:
    """Read the addresses of a list."""
    with tempfile.NamedTemporaryFile(dir=_memory(), suffix=".list") as file:
        file.write(data)
        file.flush()
        items = list(read_addresses([file.name]))
        if again(data):
            assert list(read_addresses([file.name])) == items
    found = [item for item in items if isinstance(item, Address)]
    assert len({item.url for item in found}) == len(found)
    for item in found:
        assert re.match(r"https?://", item.url, re.IGNORECASE)
        item.url.encode()
        assert item.date is None or re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", item.date)
    for item in items:
        if isinstance(item, Problem):
            check_problem(item)
    return bool(found)


# PDF


def pdf(data: bytes) -> bool:
    """Read a PDF, with PDFium in this very process: starting one for each input would take all the time."""
    import pypdfium2

    @cache
    def pages(content: bytes) -> pdf_source.Pdf:
        told = pdf_worker._read(pypdfium2, content)  # noqa: SLF001
        found = msgspec.json.decode(msgspec.json.encode(told), type=pdf_source.Pdf)
        made = tuple(
            msgspec.structs.replace(each, text=pdf_source.visible(each.text)) for each in found.pages
        )
        return msgspec.structs.replace(found, pages=made)

    with replaced(pdf_source, "_pages", pages):
        return check_document(Capture.of("input", data, PDF))


def pdf_layout(data: bytes) -> bool:
    """Lay out pages whose lines stand anywhere: what PDFium may say of a file that was made to confuse."""
    pages, position = [], 0
    numbers = list(data)
    while numbers and len(pages) < 20:
        count, lines, parts = numbers.pop(0) % 12, [], []
        for _ in range(count):
            given, numbers = numbers[:7], numbers[7:]
            if len(given) < 7:
                break
            left, base, width, size, length, letters, kind = given
            words = (chr(32 + letters % 95) + "word- and \u00ad\ufb01\ud83d")[: length % 17 + 1]
            words = words.strip() or "x"
            edge = (0.0, 1e9, -1e9)[kind % 3] if kind > 250 else float(left)
            lines.append((position, position + len(words), edge, float(base), edge + width, size / 4))
            parts.append(words + ("\r\n" if kind % 2 else " "))
            position += len(parts[-1])
        position = 0
        pages.append(pdf_source.PdfPage(pdf_source.visible("".join(parts)), tuple(lines)))

    def made(_content: bytes) -> pdf_source.Pdf:
        return pdf_source.Pdf(tuple(pages), "", "1.0")

    made.cache_clear = lambda: None  # type: ignore[attr-defined]
    with replaced(pdf_source, "_pages", made):
        return check_document(Capture.of("input", data, PDF))


@contextmanager
def replaced(module: Any, name: str, value: Any) -> Iterator[None]:
    """Have another value stand in a module for a while."""
    kept = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, kept)


# Moments


def dates(data: bytes) -> bool:
    """Read a date: what is found reads as itself."""
    value = data.decode("utf-8", "replace")
    found = [each for each in (iso_date(value), news_date(value)) if each is not None]
    for each in found:
        assert iso_date(each) == each, each
        assert news_date(each) == each, each
    return bool(found)


def times(data: bytes) -> bool:
    """Find temporal expressions in a text, on a day of publication that the text decides."""
    from counterclaim.times import find_times

    words = data.decode("utf-8", "replace")
    day = (None, "2031-03-04", "0001-01-01", "9999-12-31", "2028-02-29", "no date")[len(words) % 6]
    document = Document(id="a", key="d", capture="0", text=words, published=day)
    found = find_times(document)
    end = 0
    for each in found:
        assert each.span.fits(words)
        assert each.span.start >= end, "two share a character"
        end = each.span.end
        assert TIMEX.fullmatch(each.value), each.value
        if each.interval and each.interval.start and each.interval.end:
            one, other = each.interval.start, each.interval.end
            assert one.startswith("-") or other.startswith("-") or one <= other, each.interval
    assert not again(data) or find_times(document) == found
    return bool(found)


# Ledgers


@cache
def _memory() -> str:
    """Return a folder that is in memory where there is such a one."""
    return tempfile.mkdtemp(prefix="cc-fuzz-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)


@cache
def _empty_ledger() -> bytes:
    from counterclaim.ledger import Ledger

    place = Path(_memory(), "empty.db")
    with Ledger.open(str(place), create=True):
        pass
    return place.read_bytes()


def imported(data: bytes) -> bool:
    """Import lines into an empty ledger, twice; what it then holds is sound, and nothing comes twice."""
    from counterclaim.exports import read_lines
    from counterclaim.ledger import Ledger
    from counterclaim.ledger.importing import import_lines
    from counterclaim.model import CounterclaimError

    place = Path(_memory(), "import.db")
    for rest in ("-wal", "-shm"):
        Path(f"{place}{rest}").unlink(missing_ok=True)
    place.write_bytes(_empty_ledger())
    problems: list[Problem] = []
    linker = fuzz_seeds.PairLinker()
    with Ledger.open(str(place)) as ledger:
        try:
            lines = read_lines(io.BytesIO(data))
            done = import_lines(ledger, lines, linker, name="f", problem=problems.append)
            added, told = done.added, list(problems)
            if added:
                lines = read_lines(io.BytesIO(data))
                second = import_lines(ledger, lines, linker, name="f", problem=problems.append)
                assert (second.added, second.statements) == (0, 0), second
                assert len(told) <= len(problems)
        except CounterclaimError as error:
            str(error).encode()
            added = sum(1 for _ in ledger.documents())
        if added or again(data):
            assert ledger.verify() == [], ledger.verify()
        for problem in problems:
            check_problem(problem)
    return added > 0


@cache
def _full_ledger() -> Any:
    from counterclaim.ledger import Ledger

    ledger = Ledger.open(str(Path(_memory(), "full.db")), create=True)
    fuzz_seeds.fill(ledger)
    return ledger


def query(data: bytes) -> bool:
    """Search: everything with all the words is found, and nothing else."""
    from counterclaim.ledger.matches import body_of, query_terms

    words = data.decode("utf-8", "surrogatepass" if len(data) % 2 else "replace") if _is_wtf8(data) else ""
    ledger = _full_ledger()
    found = ledger.search(words)
    terms = query_terms(words)
    for hit in found:
        assert all(span.fits(hit.document.text) for span in hit.spans)
    with ledger.reading() as connection:
        rows = connection.exec_driver_sql("SELECT document, body FROM full_text").all()
    wanted = {key for key, body in rows if terms and all(body_of(term) in body for term in terms)}
    assert {hit.document.key for hit in found} == wanted, (words, terms)
    assert not again(data) or ledger.search(words) == found
    return bool(found)


def _is_wtf8(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return len(data) % 2 == 0
    return True


TARGETS: dict[str, Callable[[bytes], bool]] = {
    "html": single("text/html"),
    "text": text,
    "json": single("application/json"),
    "jsonl": stream("input.jsonl"),
    "ninjs": single(NINJS),
    "nitf": single(NITF),
    "newsml": single(NEWSML_G2),
    "feed": stream("feed.xml"),
    "pdf": pdf,
    "pdf-layout": pdf_layout,
    "mail": single(MAIL),
    "mbox": stream("input.mbox"),
    "warc": stream("crawl.warc"),
    "warc-gzip": stream("crawl.warc.gz"),
    "warc-zstd": stream("crawl.warc.zst"),
    "wacz": stream("site.wacz"),
    "zip": stream("pile.zip"),
    "tar": stream("pile.tar"),
    "packed": stream("pile.jsonl.gz"),
    "lists": lists,
    "dates": dates,
    "times": times,
    "import": imported,
    "import-ftm": imported,
    "query": query,
}
"""Each parser with what checks it. It gives True where the input was read as what it should be."""


def run(name: str, data: bytes) -> bool:
    """Give one input to a target; raises what is wrong."""
    with timed(len(data)):
        return TARGETS[name](data)


def main() -> int:
    """Give files to a target: ``python eval/fuzz_targets.py TARGET FILE...``."""
    for place in sys.argv[2:]:
        print(place, "read" if run(sys.argv[1], Path(place).read_bytes()) else "refused")
    return 0


if __name__ == "__main__":
    sys.exit(main())
