"""One parser, fuzzed until its time is over or something is wrong: the process that ``fuzz.py`` starts."""

from __future__ import annotations

import importlib.util
import sys
import time
import traceback
from pathlib import Path

MOST = 100_000
"""Bytes of an input, at most."""
MEMORY = 2_000
"""Megabytes that the process may have: what unpacking may give, and the instrumented program."""
HANGS = 120
"""Seconds after which an input is taken for one that hangs; how long it may take is told by the targets."""
TOKENS = (
    "<p>", "</p>", "<![CDATA[", "]]>", "<!--", "-->", "<script>", "<table>", "<td>", "<br/>", "&amp;", "&#",
    "&#x",
    "<!DOCTYPE", "<!ENTITY a ", "xmlns=", "<item>", "<entry>", "<nitf>", "<newsItem", "<pubDate>", "<title>",
    "Content-Type: ", "multipart/mixed; boundary=", "Content-Transfer-Encoding: ", "base64",
    "quoted-printable",
    "=?utf-8?B?", "charset=", "From ", "Content-Length: ", "Transfer-Encoding: chunked", "WARC/1.0",
    "WARC-Type: ",
    "WARC-Target-URI: ", "HTTP/1.1 200 OK", "Content-Encoding: gzip", "PK\\x01\\x02", "PK\\x03\\x04",
    "PK\\x05\\x06",
    "PK\\x06\\x06", "ustar", "SCHILY.", "\\xff\\xfe", "\\xef\\xbb\\xbf", "stream", "endobj", "trailer",
    "/Type /Page",
    "\\\\u0000", "\\\\ud83d", "January", "last ", "years ago", "Monday", "since ", "T24:00", "BC",
    "+00:00", "Z",
)  # fmt: skip
INSTRUMENTED = ["counterclaim", "trafilatura", "htmldate", "justext", "email", "zipfile", "tarfile"]


class Child:
    """What runs in a process of its own: one target, until its time is over or something is wrong."""

    def __init__(self, name: str, folder: Path) -> None:
        self._name = name
        self._folder = folder
        self._counted = folder / "executions"
        self._next = 0.0
        self.executions = self.read = 0

    def one(self, data: bytes) -> None:
        """Give one input to the target; what is wrong is kept with its traceback, and raised."""
        import fuzz_targets

        self.executions += 1
        try:
            self.read += fuzz_targets.run(self._name, data)
        except BaseException:
            self.count()
            (self._folder / "input").write_bytes(data)
            (self._folder / "traceback").write_text(
                traceback.format_exc(), encoding="utf-8", errors="replace"
            )
            raise
        if time.monotonic() > self._next:
            self.count()

    def count(self) -> None:
        """Write down how many inputs were given and how many were read."""
        self._next = time.monotonic() + 1
        self._counted.write_text(f"{self.executions} {self.read}", encoding="ascii")


def by_atheris(name: str, folder: Path, seconds: float) -> None:
    """Run a target by Atheris; the program and the parsers in Python below it are instrumented."""
    import atheris

    with atheris.instrument_imports(include=INSTRUMENTED):
        import fuzz_mutators
        import fuzz_targets  # noqa: F401  now, so that what it imports is instrumented

    child = Child(name, folder)
    changed = fuzz_mutators.mutator(name, lambda data, most: bytes(atheris.Mutate(data, most)))
    others = {"custom_mutator": changed} if changed else {}
    (folder / "dictionary").write_text("".join(f'"{_quoted(each)}"\n' for each in TOKENS), encoding="ascii")
    options = [
        f"-max_total_time={max(1, round(seconds))}",
        f"-max_len={MOST}",
        f"-rss_limit_mb={MEMORY}",
        f"-timeout={HANGS}",
        f"-artifact_prefix={folder}/crash-",
        f"-dict={folder}/dictionary",
        "-print_final_stats=1",
        "-reload=0",
    ]
    atheris.Setup(["fuzz", *options, str(folder / "corpus")], child.one, **others)
    atheris.Fuzz()


def _quoted(token: str) -> str:
    return token.replace('"', '\\"')


def by_hypothesis(name: str, folder: Path, seconds: float) -> None:
    """Run a target by Hypothesis, on its seeds with some bytes changed."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    child = Child(name, folder)
    seeds = [path.read_bytes() for path in sorted((folder / "corpus").iterdir())]
    end = time.monotonic() + seconds
    changes = st.lists(
        st.tuples(st.integers(0, 1 << 20), st.binary(max_size=6), st.integers(0, 20)), min_size=1, max_size=8
    )

    @settings(
        max_examples=500, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(content=st.sampled_from(seeds), changed=changes)
    def give(content: bytes, changed: list[tuple[int, bytes, int]]) -> None:
        for place, new, gone in changed:
            place %= len(content) + 1
            content = content[:place] + new + content[place + gone :]
        child.one(content[:MOST])

    while time.monotonic() < end:
        give()


def has_atheris() -> bool:
    """Tell whether Atheris is installed."""
    return importlib.util.find_spec("atheris") is not None


def main() -> int:
    """Fuzz a parser: its name, the folder for what is kept, and the seconds are the arguments."""
    name, folder, seconds = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    (by_atheris if has_atheris() else by_hypothesis)(name, folder, seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
