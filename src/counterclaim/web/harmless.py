"""Pages that came in, made harmless, and within a time: some are made to keep a parser busy for hours."""

from __future__ import annotations

import subprocess
import sys

import nh3

SECONDS = 5.0
SMALL = 20_000
"""Characters of a page that takes no time to speak of, whatever it holds."""
_REL = "noreferrer noopener nofollow"
_PROGRAM = f"""
import sys, nh3
page = sys.stdin.buffer.read().decode("utf-8", "replace")
sys.stdout.buffer.write(nh3.clean(page, link_rel={_REL!r}).encode("utf-8", "replace"))
"""


def harmless(page: str) -> str | None:
    """Return a page without anything that runs or loads; None where that cannot be done in time.

    A large page is cleaned by a process of its own: the time that nh3 takes grows with the square of how deep
    elements stand in each other, and nothing else can end it.
    """
    if len(page) <= SMALL:
        return nh3.clean(page, link_rel=_REL)
    try:
        done = subprocess.run(  # noqa: S603  (the program is the one above, and the page goes by a pipe)
            [sys.executable, "-I", "-c", _PROGRAM],
            input=page.encode("utf-8", "replace"),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):  # too slow, or out of memory
        return None
    return done.stdout.decode("utf-8")
