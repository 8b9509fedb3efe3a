"""Names made out of names: what newspapers write for what gazetteers list.

Every rule is of a kind of name, none of a single place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ARABIC_COUNTRIES = frozenset(
    [
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "EH",
        "ER",
        "IQ",
        "JO",
        "KM",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SY",
        "TD",
        "TN",
        "YE",
    ]
)

GENERIC_LAST = (
    "county|parish|borough|census area|municipality|municipio|district|province|governorate|state|region"
    "|prefecture|department|division|territory|oblast|krai|raion|voivodeship|canton|regency|emirate"
    "|autonomous region|autonomous oblast|autonomous okrug|special administrative region|administrative region"
    "|metropolitan area|metropolitan region|planning region|city and borough|voblast|wilayat|community|shire"
    "|tehsil|upazila|taluk|mandal|subdistrict|sub district|woreda|council|city council|agency"
)
GENERIC_FIRST = (
    "province|state|region|department|district|county|municipality|governorate|prefecture|canton|commune|city"
    "|town|republic|kingdom|principality|commonwealth|emirate|free state|autonomous community|borough|parish"
)
LAST = re.compile(rf"^(.+?)\s+(?:{GENERIC_LAST})$", re.IGNORECASE)
FIRST = re.compile(rf"^(?:the\s+)?(?:{GENERIC_FIRST})\s+of\s+(?:the\s+)?(.+)$", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:al|ar|as|ash|ad|an|at|ath|az|adh|el|es|er)[\s\-‑’']\s*(\w{3,}.*)$", re.IGNORECASE)
SAINTS = {
    "st": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
    "saint": "st",
    "sainte": "ste",
    "fort": "ft",
    "mount": "mt",
}


def without_generic(name: str) -> str | None:
    """Return "Fairfield" for "Fairfield County" and "Kabul" for "Province of Kabul", None for others."""
    match = LAST.match(name) or FIRST.match(name)
    return match[1].strip() if match else None


def variants(name: str, country: str | None) -> Iterator[str]:
    """Yield other ways of writing ``name`` that no list has because everybody knows them."""
    first, _, rest = name.partition(" ")
    other = SAINTS.get(first.casefold().rstrip("."))
    if other and rest:
        yield f"{other} {rest}"
    if first.casefold() == "the" and rest:
        yield rest
    if "'" in name or "’" in name:
        yield re.sub(r"['’]", " ", name)
    if country in ARABIC_COUNTRIES:
        match = ARTICLE.match(name)
        bare = match[1] if match else name
        if match:
            yield bare
            yield f"al {bare}"
            yield f"el {bare}"
        if bare.endswith("ah"):
            yield bare[:-1]
            if match:
                yield f"al {bare[:-1]}"
                yield f"el {bare[:-1]}"


LATIN = re.compile(r"^[\x20-\x7e\u00a0-\u024f\u1e00-\u1eff\u02b0-\u02ff‘’‐-–]+$")


def alternates(names: list[str], *, codes: bool = False) -> Iterator[str]:
    """Yield those of GeoNames' alternate names that a newspaper in Latin letters may use.

    Left out: other scripts, names in small letters (GeoNames makes them by machine, out of the other
    scripts, vowels missing), names with digits, and codes of airports (``codes`` keeps these).
    """
    for name in names:
        if not LATIN.match(name) or name[0].islower() or any(character.isdigit() for character in name):
            continue
        if len(name) < 3 or len(name) > 60 or (not codes and len(name) <= 4 and name.isupper()):
            continue
        yield name
