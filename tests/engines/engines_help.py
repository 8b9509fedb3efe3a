"""Runs over a few reports of our own, and what is compared of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from sqlalchemy import select

from counterclaim.engines.contract import Limits, Settings
from counterclaim.engines.folder import RunFolder, runs_in
from counterclaim.ledger import Ledger, schema
from counterclaim.statements import Extraction

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"
FAST = Settings(extraction=Extraction(extractor="fast"))
NAMES = ("Brenn", "Tolva", "Kastel", "Ondar", "Harrow", "Estrel", "Quill", "Sorvan")


def report(number: int) -> str:
    """A short report of its own about one of a few disputed events."""
    town = NAMES[number % len(NAMES)]
    return (
        f"{town} bridge closed\n\n{town.upper()} - The army closed the bridge at {town} on Monday, its "
        f"spokesman Ivo Marsk said.\nA group of {number} drivers said that it had been open all day. "
        f'"Nobody stopped us," driver {NAMES[number * 3 % 8]} Lenn said. The ministry denied that shots had '
        "been fired. The claims could not be verified.\n"
    )


def reports_file(place: Path, count: int) -> Path:
    """Write so many reports as JSON Lines."""
    lines = [
        json.dumps(
            {"id": f"r{n}", "text": report(n), "published": f"2031-03-{1 + n % 5:02d}", "publisher": "Echo"}
        )
        for n in range(count)
    ]
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def log_of(place: str) -> list[tuple[str, str, str]]:
    """Kind, name and digest of each entry of a ledger, in order: all but the times."""
    table = schema.entries
    query = select(table.c.kind, table.c.key, table.c.digest).order_by(table.c.sequence)
    with Ledger.open(place) as ledger, ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]


def run_of(runs: Path) -> RunFolder:
    """The only run in a folder."""
    (found,) = runs_in(runs)
    return found


def hash_of(folder: RunFolder) -> str:
    """One digest of all tables of a run, in order."""
    digest = hashlib.sha256()
    for path in sorted(folder.place.glob("shards/*.parquet")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def limited(**limits: float) -> Settings:
    """The settings of these tests with other limits."""
    return Settings(extraction=FAST.extraction, limits=Limits(**limits))
