"""Every parser takes its seeds, and takes again what showed a bug in it."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "eval"))

import fuzz_mutators  # noqa: E402
import fuzz_seeds  # noqa: E402
import fuzz_targets  # noqa: E402

FINDINGS = {
    "html/headline-not-utf-8": "a headline with a byte that is no UTF-8 could not be stored",
    "lists/tabs-alone": "a line of a CDX index that holds tabs alone ended the reading",
    "lists/half-a-pair": "an address with half of a surrogate pair was given out, and could not be written",
    "import/words-not-in-the-capture": "a text that is not that of its capture came in; verify told it",
    "import-ftm/no-value": "an entity whose property has no value ended the import",
    "mail/charset-not-ascii": "the name of an encoding in a header that is no ASCII ended the reading",
    "warc/no-page": "a web archive whose page says that it is another record came to nothing, without a word",
    "import/unknown-part-not-utf-8": "bytes that are no UTF-8 in a field of a later release ended the import",
}
"""Each file that showed a bug, and the bug."""

REFUSED = {"query": {2, 3}}
"""Seeds that give nothing, because nothing of the kind is there to be found."""


def test_every_file_here_says_what_it_showed() -> None:
    files = [path for path in HERE.glob("*/*") if "__pycache__" not in path.parts]
    assert sorted(str(path.relative_to(HERE)) for path in files) == sorted(FINDINGS)


@pytest.mark.parametrize("name", FINDINGS)
def test_what_showed_a_bug_shows_it_no_more(name: str) -> None:
    fuzz_targets.run(name.partition("/")[0], (HERE / name).read_bytes())


@pytest.mark.parametrize("name", fuzz_targets.TARGETS)
def test_every_parser_reads_its_seeds(name: str) -> None:
    """What is fuzzed is the reader, not the place that refuses what it does not know."""
    seeds = fuzz_seeds.SEEDS[name]()
    read = {number for number, seed in enumerate(seeds) if fuzz_targets.run(name, seed)}
    assert read == set(range(len(seeds))) - REFUSED.get(name, set())


@pytest.mark.parametrize("name", fuzz_targets.TARGETS)
def test_some_changes_of_every_seed(name: str) -> None:
    """A few of the inputs that ``make fuzz`` makes: bytes flipped, lost, doubled, and changes by the form."""
    chance = random.Random(name)

    def plain(data: bytes, most: int) -> bytes:
        start, length = chance.randrange(len(data) + 1), chance.randrange(1, 30)
        part = data[start : start + length]
        new = chance.choice((b"", part * 2, bytes(chance.randrange(256) for _ in part[:3])))
        return (data[:start] + new + data[start + length :])[:most]

    changed = fuzz_mutators.mutator(name, plain) or (lambda data, most, _seed: plain(data, most))
    for seed in fuzz_seeds.SEEDS[name]()[:3]:
        data = seed
        for number in range(6):
            data = changed(data, 100_000, number)
            fuzz_targets.run(name, data)


def test_time_that_an_input_takes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz_targets, "SECONDS", 0.0)
    with pytest.raises(fuzz_targets.SlowError):
        fuzz_targets.run("html", fuzz_seeds.HTML.encode())
