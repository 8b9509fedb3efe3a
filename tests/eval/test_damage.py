"""Damaged files, and files made to break their reader: a small part of what eval/damage.py does."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"
sys.path.insert(0, str(EVAL))

import damage  # noqa: E402
import damage_making  # noqa: E402

from counterclaim.documents import read_document  # noqa: E402
from counterclaim.model import Capture  # noqa: E402
from counterclaim.sources import read_captures  # noqa: E402


@pytest.fixture(scope="module")
def made() -> list[damage_making.File]:
    """Sixty files, the later of which are made to break their reader in ways that the first ones are not."""
    few = damage_making.files(40, seed=1)
    bombs = [
        damage_making.File(f"9{number:03}.{kind}", make(number), done)
        for number, (done, (kind, make)) in enumerate(damage_making.BOMBS.items())
    ]
    return few + bombs


@pytest.mark.slow
@pytest.mark.parametrize("engine", [True, False])
def test_no_file_ends_the_program_and_each_is_named(
    made: list[damage_making.File], tmp_path: Path, engine: bool
) -> None:
    figures = damage.measure(made, tmp_path, "fast", engine)
    assert figures["wrong"] == []
    assert figures["reports"] > 30


@pytest.mark.parametrize("kind", damage_making.KINDS)
def test_what_is_damaged_was_readable_before(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"whole.{kind}"
    path.write_bytes(damage_making.whole(kind, 3, random.Random(3)))
    found = list(read_captures([path]))
    assert found
    for each in found:
        assert isinstance(each, Capture)
        assert "lot 3" in read_document(each)[0].text


def test_the_same_seed_gives_the_same_files() -> None:
    assert damage_making.files(24, 5) == damage_making.files(24, 5)
    assert damage_making.files(24, 5) != damage_making.files(24, 6)


def test_a_file_that_nothing_is_said_of_is_noticed(tmp_path: Path) -> None:
    files = [damage_making.File(name, b"", "") for name in ("a.html", "b.warc.gz", "c.pdf", "d.zip")]
    told = f"error: {tmp_path}/c.pdf: broken. error: {tmp_path}/d.zip!in/page.html: broken."
    read = [str(tmp_path / "a.html")]
    assert damage.unnamed(files, tmp_path, read, told) == ["b.warc.gz"]
