"""Damaged, cut and malicious archives: each is named, the rest is read, within time and memory."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from archive_making import address, crawl, memory_below, page, problems, urls
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.model import Capture, Problem
from counterclaim.sources import read_captures, read_stream
from counterclaim.sources.budget import FREE

SUFFIX = {"gzip": ".warc.gz", "zstd": ".warc.zst", "none": ".warc"}
COUNT = 12
MADE = {packing: crawl(COUNT, packing) for packing in SUFFIX}


def places(items: list[Capture | Problem]) -> list[str]:
    return [item.name.rpartition("#")[2] for item in items]


def stream(name: str, content: bytes, max_bytes: int = 20_000_000) -> list[Capture | Problem]:
    return list(read_stream(name, io.BytesIO(content), max_bytes))


@pytest.mark.parametrize("packing", list(SUFFIX))
@pytest.mark.parametrize("seed", range(25))
def test_a_web_archive_cut_anywhere_gives_what_is_whole_and_names_the_cut(packing: str, seed: int) -> None:
    made = MADE[packing]
    cut = random.Random(seed).randrange(made.offsets[1] + 1, len(made.content) - 8)
    items = stream(f"crawl{SUFFIX[packing]}", made.content[:cut])
    whole = sum(offset <= cut for offset in made.offsets[2:])
    assert urls(items)[:whole] == [address(each) for each in range(whole)]
    found = problems(items)
    boundary = cut in made.offsets
    if packing == "none":
        # A record that lost only the blank lines after it is whole.
        assert len(urls(items)) - whole in {0, 1}
        assert len(found) == (0 if boundary or len(urls(items)) > whole else 1)
    else:
        assert len(urls(items)) == whole
        assert len(found) == (0 if boundary else 1)
    for problem in found:
        assert problem.code == "damaged"
        assert places([problem]) == [str(max(each for each in made.offsets if each <= cut))]


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
@pytest.mark.parametrize("seed", range(40))
def test_a_flipped_bit_in_a_packed_web_archive_costs_one_record(packing: str, seed: int) -> None:
    made = MADE[packing]
    content = bytearray(made.content)
    chance = random.Random(seed)
    at = chance.randrange(made.offsets[1], len(content))
    content[at] ^= 1 << chance.randrange(8)
    items = stream(f"crawl{SUFFIX[packing]}", bytes(content))
    hit = max(index for index, offset in enumerate(made.offsets) if offset <= at) - 1
    rest = [address(each) for each in range(COUNT) if each != hit]
    found = urls(items)
    if found == [address(each) for each in range(COUNT)]:
        # A bit of the member's header that says nothing of its content.
        contents = [item.content for item in items if isinstance(item, Capture)]
        assert contents == [page(each) for each in range(COUNT)]
        return
    assert found == rest
    assert [item.code for item in problems(items)] == ["damaged"]
    assert places(problems(items)) == [str(made.offsets[hit + 1])]


@pytest.mark.parametrize("seed", range(60))
def test_flipped_bits_in_a_plain_web_archive_are_named(seed: int) -> None:
    made = MADE["none"]
    content = bytearray(made.content)
    chance = random.Random(seed)
    at = chance.randrange(made.offsets[1], len(content))
    content[at] ^= 1 << chance.randrange(8)
    items = stream("crawl.warc", bytes(content))
    hit = max(index for index, offset in enumerate(made.offsets) if offset <= at) - 1
    rest = {address(each) for each in range(COUNT) if each != hit}
    assert rest <= set(urls(items))
    pages = {page(each) for each in range(COUNT)}
    changed = [item for item in items if isinstance(item, Capture) and item.content not in pages]
    assert not changed or problems(items)


def test_bytes_lost_from_the_middle_cost_the_records_they_were_of() -> None:
    for packing in SUFFIX:
        made = MADE[packing]
        start, end = made.offsets[4] + (1_200 if packing == "none" else 90), made.offsets[7] + 300
        items = stream(f"crawl{SUFFIX[packing]}", made.content[:start] + made.content[end:])
        assert urls(items) == [address(each) for each in (0, 1, 2, 7, 8, 9, 10, 11)], packing
        assert [item.code for item in problems(items)] == ["damaged"], packing
        assert places(problems(items)) == [str(made.offsets[4])]


def test_rubbish_between_records_is_named_and_passed_over() -> None:
    for packing in SUFFIX:
        made = MADE[packing]
        rubbish = random.Random(1).randbytes(150_000) + b"\x1f\x8b\x08\0" * 30 + b"\x28\xb5\x2f\xfd" * 30
        content = made.content[: made.offsets[3]] + rubbish + made.content[made.offsets[3] :]
        items = stream(f"crawl{SUFFIX[packing]}", content)
        assert urls(items) == [address(each) for each in range(COUNT)], packing
        assert 1 <= len(problems(items)) <= 2
        assert places(problems(items))[0] == str(made.offsets[3])


def test_the_first_record_can_be_the_damaged_one() -> None:
    for packing in ("gzip", "zstd"):
        made = MADE[packing]
        for at in (0, 3, 60):
            content = bytearray(made.content)
            content[at] ^= 0xFF
            assert urls(stream(f"crawl{SUFFIX[packing]}", bytes(content))) == [
                address(each) for each in range(COUNT)
            ]


def hostile(unit: bytes, size: int) -> bytes:
    return unit * (size // len(unit))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        # Each of these looks like the start of something at every few bytes.
        ("crawl.warc", hostile(b"WARC/1.0\r\nContent-Length: 8000000\r\n\r\n", 8_000_000)),
        ("crawl.warc", hostile(b"WARC/1.0\r\nA:", 8_000_000)),
        ("crawl.warc.gz", b"\x1f\x8b\x08" + hostile(b"\x1f\x8b\x08", 8_000_000)),
        ("crawl.warc.zst", hostile(b"\x28\xb5\x2f\xfd", 8_000_000)),
        ("a.tar", hostile(b"x" * 257 + b"ustar" + b"\0" * 250, 8_000_000)),
        ("a.zip", hostile(b"PK\3\4PK\1\2PK\5\6", 8_000_000)),
        ("a.mbox", b"From a 1:11 2025\nA: b\n\n" + hostile(b"\nFrom " + b"1:11 " * 70 + b"\n", 8_000_000)),
        ("a.bz2", b"BZh91AY&SY" + hostile(b"BZh91AY&SY", 8_000_000)),
    ],
)
def test_what_looks_like_a_start_everywhere_takes_no_time(name: str, content: bytes) -> None:
    begun = time.monotonic()
    count = sum(1 for _ in read_stream(name, io.BytesIO(content)))
    assert count >= 1
    assert time.monotonic() - begun < 30


def test_a_length_that_claims_everything_does_not_swallow_what_follows() -> None:
    made = MADE["none"]
    at = made.content.index(b"Content-Length: ", made.offsets[5])
    for lie in (
        b"Content-Length: 99999999999999",
        b"Content-Length: -1",
        b"Content-Length: 200000",
        b"Content-Longth: 5",
    ):
        content = made.content[:at] + lie + made.content[made.content.index(b"\r", at) :]
        items = stream("crawl.warc", content, 100_000)
        assert urls(items) == [address(each) for each in range(COUNT) if each != 4]
        assert places(problems(items)) == [str(made.offsets[5])]


LINES = b"".join(
    b'{"id": "r%d", "text": "The board of Aldermere denied it, %d."}\n' % (each, each * 7919)
    for each in range(5_000)
)
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd.compress,
}  # fmt: skip


@pytest.mark.parametrize("suffix", list(PACKERS))
def test_packed_lines_are_read_in_one_member_or_many_and_cut_ones_up_to_the_cut(suffix: str) -> None:
    pack = PACKERS[suffix]
    half = LINES.index(b"\n", len(LINES) // 2) + 1
    name = f"reports.jsonl{suffix}"
    for content in (
        pack(LINES),
        pack(LINES[:half]) + pack(b"") + pack(LINES[half:]),
        pack(LINES) + bytes(1_500),
    ):
        items = stream(name, content)
        assert problems(items) == []
        assert len(items) == 5_000
        assert items[4_999].name == f"{name}#5000"
    content = pack(LINES[:half]) + pack(LINES[half:])
    for part in (0.3, 0.7, 0.95):
        items = stream(name, content[: int(len(content) * part)])
        *captures, problem = items
        assert isinstance(problem, Problem)
        assert (problem.code, problem.name) == ("damaged", name)
        assert [item.content for item in captures if isinstance(item, Capture)] == LINES.splitlines()[
            : len(captures)
        ]
        assert part < 0.6 or len(captures) >= 2_400
    (problem,) = stream(f"page.html{suffix}", pack(page(1))[:-9])
    assert isinstance(problem, Problem)
    assert problem.code == "damaged"


def zeros(size: int) -> Iterator[bytes]:
    for _ in range(size >> 20):
        yield bytes(1 << 20)


def packed_zeros(packer, size: int) -> bytes:
    return b"".join(packer.compress(each) for each in zeros(size)) + packer.flush()


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        # 1 GiB of one line of JSON, and of spaces: nothing that is seen at the start.
        (
            ".jsonl.gz",
            lambda: gzip.compress(b'{"text": "') + packed_members(gzip.compress(b"a" * (1 << 24)), 80),
        ),
        (
            ".html.gz",
            lambda: gzip.compress(b"<html><body>") + packed_members(gzip.compress(b" " * (1 << 24)), 80),
        ),
        (".txt.xz", lambda: lzma.compress(b"Text. ") + packed_members(lzma.compress(b"a" * (1 << 26)), 20)),
        (
            ".jsonl.zst",
            lambda: zstd.compress(b'{"text": "') + packed_members(zstd.compress(b"a" * (1 << 26)), 20),
        ),
        (
            ".jsonl.bz2",
            lambda: bz2.compress(b'{"text": "') + packed_members(bz2.compress(b"a" * (1 << 26)), 20),
        ),
    ],
)
def test_bombs_are_stopped(suffix: str, content: Callable[[], bytes]) -> None:
    bomb = content()
    begun = time.monotonic()
    with memory_below(60_000_000):
        items = stream(f"bomb{suffix}", bomb)
    assert time.monotonic() - begun < 60
    (problem,) = items
    assert isinstance(problem, Problem)
    assert problem.code in {"bomb", "too-large"}
    assert problem.name == f"bomb{suffix}"


def packed_members(member: bytes, count: int) -> bytes:
    return member * count


def test_ten_gigabytes_of_zeros_in_a_gzip_file(tmp_path: Path) -> None:
    """The file is 10 MB, one member; it is made by repeating what deflate makes of a megabyte of zeros."""
    packer = zlib.compressobj(9, wbits=-15)
    first = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    path = tmp_path / "zeros.jsonl.gz"
    with path.open("wb") as out:
        out.write(b"\x1f\x8b\x08\0\0\0\0\0\0\x03")
        for _ in range(10_240):
            out.write(first)
    begun = time.monotonic()
    with memory_below(60_000_000):
        (problem,) = read_captures([path])
    assert time.monotonic() - begun < 60
    assert isinstance(problem, Problem)


def test_a_web_archive_with_a_record_of_a_gigabyte_costs_no_memory() -> None:
    member = zlib.compressobj(9, wbits=31)
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://echo.example/big\r\n"
        b"Content-Length: 536870912\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    )
    bomb = member.compress(head) + packed_zeros(member, 1 << 29)
    made = MADE["gzip"]
    with memory_below(60_000_000):
        items = stream(
            "crawl.warc.gz", made.content[: made.offsets[3]] + bomb + made.content[made.offsets[3] :]
        )
    assert urls(items)[:2] == [address(0), address(1)]
    assert [item.code for item in problems(items)] == ["bomb"]


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_of_zips_of_zips_is_stopped() -> None:
    inner = zipped({f"{each}.txt": b"a" * 20_000_000 for each in range(4)})
    for depth in range(2):
        inner = zipped({f"{depth}-{each}.zip": inner for each in range(16)})
    begun = time.monotonic()
    with memory_below(120_000_000):
        for item in read_stream("bomb.zip", io.BytesIO(inner)):
            last = item
    assert time.monotonic() - begun < 90
    assert isinstance(last, Problem)
    assert last.code == "bomb"
    assert len(inner) < 200_000


def test_archives_deeper_than_three_are_named() -> None:
    content = zipped({"page.html": page(1)})
    for depth in range(3):
        content = zipped({f"{depth}.zip": content})
    (problem,) = stream("deep.zip", content)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.name) == ("too-deep", "deep.zip!2.zip!1.zip!0.zip")
    content = page(1)
    for _ in range(4):
        content = gzip.compress(content)
    (problem,) = stream("page.html.gz.gz.gz.gz", content)
    assert isinstance(problem, Problem)
    assert problem.code == "too-deep"
    (capture,) = stream("page.html.gz.gz.gz", gzip.compress(gzip.compress(gzip.compress(page(1)))))
    assert isinstance(capture, Capture)


def test_members_that_share_their_bytes_are_refused() -> None:
    """As in the bombs that list one packed megabyte thousands of times."""
    content = bytearray(zipped({"a.txt": b"a" * 1_000_000, "b.txt": b"The board denied it."}))
    directory = content.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<L", content, directory + 16)[0]
    first_size = 46 + len("a.txt")
    second = start + first_size
    content[second + 42 : second + 46] = content[start + 42 : start + 46]
    items = stream("overlap.zip", bytes(content))
    (problem,) = problems(items)
    assert (problem.code, problem.name) == ("damaged", "overlap.zip")
    assert "2 of its files, from a.txt on" in problem.message
    assert len(items) == 1


def test_a_directory_of_too_many_members_is_refused_before_it_is_read() -> None:
    content = bytearray(zipped({"a.txt": b"The board denied it."}))
    end = content.rindex(b"PK\x05\x06")
    directory = bytes(content[struct.unpack_from("<L", content, end + 16)[0] : end])
    many = bytes(content[: -len(directory) - 22]) + directory * 260_000
    size = len(directory) * 260_000
    start = len(many) - size
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 260_000, 260_000, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(many), 1)
    ending = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    with memory_below(90_000_000):
        (problem,) = stream("many.zip", many + large + locator + ending)
    assert isinstance(problem, Problem)
    assert problem.code == "too-many"


def test_a_wrong_checksum_in_a_zip_is_named_and_the_others_are_read() -> None:
    content = bytearray(
        zipped({"a.txt": b"The board denied it.", "b.txt": b"The mayor admitted it."}, zipfile.ZIP_STORED)
    )
    content[content.index(b"denied")] ^= 1
    bad, good = stream("two.zip", bytes(content))
    assert isinstance(bad, Problem)
    assert (bad.code, bad.name) == ("damaged", "two.zip!a.txt")
    assert isinstance(good, Capture)
    assert good.name == "two.zip!b.txt"


def test_a_directory_that_lost_members_is_named() -> None:
    content = bytearray(zipped({"a.txt": b"The board denied it.", "b.txt": b"The mayor admitted it."}))
    end = content.rindex(b"PK\x05\x06")
    content[end + 12 : end + 16] = struct.pack("<L", 46 + len("a.txt"))
    start = struct.unpack_from("<L", content, end + 16)[0]
    del content[start + 46 + len("a.txt") : end]
    problem, capture = stream("two.zip", bytes(content))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.name) == ("damaged", "two.zip")
    assert capture.name == "two.zip!a.txt"


def tarred(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def test_a_damaged_header_in_a_tar_is_named_and_the_next_is_found() -> None:
    content = bytearray(tarred({f"{each}.html": page(each) for each in range(5)}))
    content[content.index(b"2.html\0")] ^= 0xFF
    items = stream("pages.tar", bytes(content))
    assert [item.name for item in items if isinstance(item, Capture)] == [
        f"pages.tar!{each}.html" for each in (0, 1, 3, 4)
    ]
    (problem,) = problems(items)
    assert problem.code == "damaged"
    assert problem.name.startswith("pages.tar#")


@pytest.mark.parametrize("share", [0.05, 0.4, 0.6, 0.9])
def test_a_cut_tar_gives_what_is_whole(share: float) -> None:
    content = tarred({f"{each}.html": page(each) for each in range(20)})
    for name, packed in (
        ("pages.tar", content),
        ("pages.tar.gz", gzip.compress(content)),
        ("pages.tar.zst", zstd.compress(content)),
    ):
        items = stream(name, packed[: int(len(packed) * share)])
        captures = [item.content for item in items if isinstance(item, Capture)]
        assert captures == [page(each) for each in range(len(captures))]
        assert problems(items) or (name == "pages.tar" and len(captures) == 20)
        assert all(item.name.startswith(name) for item in items)


def test_a_tar_with_an_endless_extended_header_costs_no_memory() -> None:
    info = tarfile.TarInfo("x")
    info.type = tarfile.XHDTYPE
    info.size = 100_000_000
    content = info.tobuf(tarfile.USTAR_FORMAT) + b"9" * 100_000_000 + bytes(256) + tarred({"a.html": page(1)})
    packed = gzip.compress(content, 1)
    del content
    with memory_below(30_000_000):
        items = stream("pages.tar.gz", packed)
    assert problems(items)[0].code == "damaged"


MUTATED = {
    "crawl.warc": MADE["none"].content[:20_000],
    "crawl.warc.gz": MADE["gzip"].content,
    "crawl.warc.zst": MADE["zstd"].content,
    "pages.zip": zipped({f"{each}/p.html": page(each, 5) for each in range(4)}),
    "pages.tar": tarred({f"{each}/p.html": page(each, 5) for each in range(4)}),
    "pages.tar.xz": lzma.compress(tarred({f"{each}/p.html": page(each, 5) for each in range(4)})),
    "reports.jsonl.bz2": bz2.compress(LINES[:5_000]),
    "nested.zip": zipped(
        {"a.tar.gz": gzip.compress(tarred({"p.html": page(1)})), "b.warc.gz": MADE["gzip"].content}
    ),
}


@pytest.mark.parametrize("name", list(MUTATED))
@settings(max_examples=60, deadline=10_000)
@given(data=st.data())
def test_any_mutation_gives_captures_and_problems(name: str, data: st.DataObject) -> None:
    content = bytearray(MUTATED[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["flip", "cut", "lose", "double", "zero"])):
            case "flip":
                content[at] ^= data.draw(st.integers(1, 255))
            case "cut":
                del content[max(at, 1) :]
            case "lose":
                del content[at : min(at + data.draw(st.integers(1, 300)), len(content) - 1)]
            case "double":
                content[at:at] = content[at : at + 200]
            case "zero":
                content[at : at + 8] = bytes(len(content[at : at + 8]))
    for item in read_stream(name, io.BytesIO(bytes(content)), 50_000):
        assert isinstance(item, Capture | Problem)
        assert item.name.startswith(name)


def test_the_free_allowance_is_what_the_manual_says() -> None:
    assert FREE == 256 << 20
