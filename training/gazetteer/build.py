"""Build the gazetteer: ``python training/gazetteer/build.py [--out FILE]``.

Needs the packages of ``requirements.txt`` beside it (their own virtual environment is best) and this
package's sources. The same packages give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE.parent.parent / "src"
sys.path[:0] = [str(HERE), str(SOURCE)]

from geonames import Divisions, cities, countries, rows  # noqa: E402
from place import Place, write  # noqa: E402
from supplement import (  # noqa: E402
    airports,
    continents,
    implausible,
    name_cities,
    name_countries,
    supplement,
    supplement_rows,
)

from counterclaim.places.gazetteer import Gazetteer  # noqa: E402


def gather() -> list[Place]:
    """Return all places of all sources."""
    table = rows("cities")
    divisions = Divisions(table)
    found = {place.id: place for place in countries(table)}
    for place in (*divisions.places(), *cities(table, divisions), *continents(), *airports()):
        found.setdefault(place.id, place)
    places = list(found.values())
    name_countries(places)
    name_cities(places)
    written = list(supplement())
    wrong = implausible(written, supplement_rows(), places)
    if wrong:
        sys.exit("supplement.toml: points that cannot be right:\n" + "\n".join(wrong))
    return places + written


def main() -> None:
    """Build, open again, print a report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=SOURCE / "counterclaim" / "weights" / "gazetteer.bin")
    path = parser.parse_args().out
    places = gather()
    for kind, number in Counter(place.kind.value for place in places).most_common():
        print(f"{number:9,} {kind}")
    for what, number in write(path, places).items():
        print(f"{number:12,} {what}")
    start = time.perf_counter()
    gazetteer = Gazetteer.open(path)
    opened = time.perf_counter()
    found = gazetteer.lookup("Kabul")
    print(
        f"opened in {1000 * (opened - start):.2f} ms; first look-up {1000 * (time.perf_counter() - opened):.2f} ms"
    )
    print(f"Kabul: {', '.join(entry.id for entry in found)}")


if __name__ == "__main__":
    main()
