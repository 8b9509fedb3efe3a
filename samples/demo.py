"""``make demo``: read the sample reports into a new ledger, show the board, and write one HTML page."""

from __future__ import annotations

import sys
from pathlib import Path

from counterclaim.cli.program import run

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "samples" / "reports"
OUTPUT = ROOT / "build" / "demo"
LEDGER = OUTPUT / "counterclaim.db"
PAGE = OUTPUT / "page.html"
REPORT = "meridian-sorvan"
"""The report that is shown with its statements marked."""


def step(title: str, *arguments: str) -> None:
    """Run one command as a user would, and leave where it fails."""
    sys.stdout.write(f"\n== {title}\n   $ counterclaim {' '.join(arguments)}\n\n")
    sys.stdout.flush()
    code = run(arguments)
    if code:
        sys.exit(code)


def main() -> None:
    """Make the ledger anew, and show what is in it."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for old in OUTPUT.glob(f"{LEDGER.name}*"):
        old.unlink()
    ledger = ("--ledger", shown(LEDGER))
    step("Read the sample reports into a ledger", "ingest", shown(REPORTS), *ledger)
    step("The disputes", "board", *ledger)
    step("One report with its statements marked", "show", REPORT, *ledger)
    step("The same as one page", "export", "--to", "html", "-o", shown(PAGE), *ledger)
    sys.stdout.write(
        f"\nThe page needs no network: open {PAGE.as_uri()}\n\n"
        "Try next:\n"
        f"  .venv/bin/counterclaim serve --ledger {shown(LEDGER)}   # and open http://127.0.0.1:8000/\n"
        f"  .venv/bin/counterclaim brief {REPORT} --ledger {shown(LEDGER)} --to docx -o brief.docx\n"
        f"  .venv/bin/counterclaim show Revik --ledger {shown(LEDGER)}\n"
        f"  .venv/bin/counterclaim search siren --ledger {shown(LEDGER)}\n"
        "  .venv/bin/counterclaim extract YOUR-REPORTS --format jsonl\n"
    )


def shown(path: Path) -> str:
    """Return the path as short as it can be written from here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


if __name__ == "__main__":
    main()
