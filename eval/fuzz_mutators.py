"""Changes that know the form of an input, so that what lies behind the first check is reached too.

JSON is changed as JSON, packed bytes are changed inside and packed again; half of all inputs are changed
as plain bytes.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, TypeAlias

Plain: TypeAlias = Callable[[bytes, int], bytes]
"""Changes bytes as bytes, up to a size."""
Mutator: TypeAlias = Callable[[bytes, int, random.Random, Plain], bytes | None]
"""Changes an input by its form; None where it does not have that form."""

_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 1e308, "", "a", "\ud83d", "\u0000", "2031-02-30", [], {}, [[]],
    "d-0000000000000000",
)  # fmt: skip
_LETTERS = ("", "\ufeff", "\r", "<p>", "&#0;", "\u2028")


def change_json(data: bytes, most: int, chance: random.Random, _plain: Plain) -> bytes | None:
    """Change a value somewhere in the lines of JSON, or the order of the lines."""
    lines = data.splitlines(keepends=True)
    if not lines:
        return None
    kind = chance.randrange(8)
    place = chance.randrange(len(lines))
    if kind == 0:
        chance.shuffle(lines)
    elif kind == 1:
        lines.insert(place, chance.choice(lines))
    elif kind == 2 and len(lines) > 1:
        del lines[place]
    else:
        try:
            read = json.loads(lines[place])
            other = json.loads(chance.choice(lines))
        except (ValueError, RecursionError):
            return None
        _change_value(read, chance, [*_VALUES, *_leaves(other)])
        lines[place] = json.dumps(read, ensure_ascii=chance.random() < 0.7).encode("utf-8", "replace") + b"\n"
    return b"".join(lines)[:most]


def _leaves(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [leaf for each in inner for leaf in [each, *_leaves(each)]]


def _change_value(read: Any, chance: random.Random, values: list[Any]) -> None:
    """Walk to a place in a value, and put another there, or take away what is there."""
    while True:
        keys = list(read) if isinstance(read, dict) else range(len(read)) if isinstance(read, list) else ()
        if not keys:
            return
        key = chance.choice(keys)
        if isinstance(read[key], dict | list) and read[key] and chance.random() < 0.8:
            read = read[key]
            continue
        value = read[key]
        if chance.random() < 0.2:
            del read[key]
        elif isinstance(value, str) and value and chance.random() < 0.4:
            at = chance.randrange(len(value))
            read[key] = (
                value[:at] + chance.choice(("", "\ufeff", "\r", "<p>", "&#0;", "\u2028")) + value[at + 1 :]
            )
        elif isinstance(value, int) and chance.random() < 0.5:
            read[key] = value + chance.choice((-1, 1))
        else:
            read[key] = chance.choice(values)
        return


def _repack(
    unpack: Callable[[bytes], bytes], pack: Callable[[bytes], bytes], errors: tuple[type[Exception], ...]
) -> Mutator:
    def change(data: bytes, most: int, _chance: random.Random, plain: Plain) -> bytes | None:
        try:
            inner = unpack(data)
        except errors:
            return None
        packed = pack(plain(inner, 4 * most))
        return packed if len(packed) <= most else None

    return change


def _zstd() -> Mutator:
    from backports import zstd

    return _repack(zstd.decompress, zstd.compress, (zstd.ZstdError, ValueError, MemoryError))


change_gzip = _repack(
    gzip.decompress, lambda data: gzip.compress(data, 1, mtime=0), (OSError, EOFError, zlib.error)
)
change_bzip2 = _repack(bz2.decompress, bz2.compress, (OSError, ValueError))
change_xz = _repack(lzma.decompress, lzma.compress, (lzma.LZMAError, EOFError))


def change_zip(data: bytes, most: int, chance: random.Random, plain: Plain) -> bytes | None:
    """Change one member of a ZIP archive, so that its checksum is right again."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
            infos = given.infolist()
            changed = chance.choice(infos)
            for info in infos:
                content = given.read(info)
                if info is changed:
                    content = plain(content, most)
                made.writestr(info.filename, content, info.compress_type)
    except Exception:  # noqa: BLE001  zipfile raises whatever its parts raise; then the bytes are changed
        return None
    return out.getvalue() if out.tell() <= most else None


def change_packed(data: bytes, most: int, chance: random.Random, plain: Plain) -> bytes | None:
    """Change what was packed, whatever packed it."""
    for magic, change in ((b"\x1f\x8b", change_gzip), (b"BZh", change_bzip2), (b"\xfd7zXZ", change_xz)):
        if data.startswith(magic):
            return change(data, most, chance, plain)
    return _zstd()(data, most, chance, plain)


MUTATORS: dict[str, Mutator] = {
    "json": change_json,
    "jsonl": change_json,
    "ninjs": change_json,
    "import": change_json,
    "import-ftm": change_json,
    "warc-gzip": change_packed,
    "warc-zstd": change_packed,
    "packed": change_packed,
    "zip": change_zip,
    "wacz": change_zip,
}


def mutator(name: str, plain: Plain) -> Callable[[bytes, int, int], bytes] | None:
    """Return what changes an input of a target, given its most bytes and a seed; None for plain bytes."""
    change = MUTATORS.get(name)
    if change is None:
        return None

    def changed(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        made = change(data, most, chance, plain) if chance.random() < 0.5 else None
        return plain(data, most) if made is None else made

    return changed
