"""The alias file in the documentation is one that the program reads."""

from __future__ import annotations

import re
from pathlib import Path

from counterclaim.actors import KnowledgeBase
from counterclaim.actors.knowledge import parse_aliases

DOCS = Path(__file__).parent.parent.parent / "docs" / "actors-across.md"


def test_the_example_of_the_documentation_is_read() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    known = KnowledgeBase(parse_aliases(example, "docs"))
    trust = known.find("the Rivers Trust")
    assert trust is not None
    assert known.party(trust) == "keld-council"
    brel = known.find("Anna Brell")
    assert brel is not None
    assert known.party(brel, "2031-05-01") == "keld-council"
    assert known.party(brel, "2035-05-01") is None
