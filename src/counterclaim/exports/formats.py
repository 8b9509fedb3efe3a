"""The formats that a ledger is written in: one table, which the command line reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from counterclaim.exports.claimreview import claimreview
from counterclaim.exports.csv_table import csv_table
from counterclaim.exports.decisions import decisions
from counterclaim.exports.event_tables import acled, ucdp
from counterclaim.exports.ftm import ftm
from counterclaim.exports.geojson import geojson
from counterclaim.exports.lines import lines
from counterclaim.exports.page import page
from counterclaim.exports.parquet_table import parquet_table
from counterclaim.exports.prov import prov
from counterclaim.exports.source import Source
from counterclaim.exports.timeline import timeline
from counterclaim.exports.web_annotation import web_annotation


class Format(NamedTuple):
    """One form to export to: its name, what it is, its media type, the ending of its files.

    ``pieces`` gives the bytes, piece by piece, in order.
    """

    name: str
    what: str
    media_type: str
    ending: str
    pieces: Callable[[Source], Iterator[bytes]]


_CSV = "text/csv; charset=utf-8; header=present"
_ANNOTATIONS = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def _html(source: Source) -> Iterator[bytes]:
    happening = source.choices.happening
    words = happening.words if happening else None
    for piece in page(source.catalogue, as_of=source.choices.as_of, happened=words):
        yield piece.encode()


FORMATS = {
    each.name: each
    for each in (
        Format("jsonl", "every noun, one a line", "application/jsonl", ".jsonl", lines),
        Format("csv", "a table for spreadsheets", _CSV, ".csv", csv_table),
        Format("parquet", "a table with types", "application/vnd.apache.parquet", ".parquet", parquet_table),
        Format("geojson", "the places of statements as points", "application/geo+json", ".geojson", geojson),
        Format("acled", "claimed events in ACLED's columns", _CSV, ".csv", acled),
        Format("ucdp", "claimed events in the columns of UCDP GED", _CSV, ".csv", ucdp),
        Format("timeline", "statements in time, for TimelineJS", "application/json", ".json", timeline),
        Format("ftm", "entities of FollowTheMoney", "application/jsonl", ".ftm.json", ftm),
        Format("web-annotation", "statements as W3C annotations", _ANNOTATIONS, ".jsonld", web_annotation),
        Format("claimreview", "claims for schema.org", "application/ld+json", ".jsonld", claimreview),
        Format("prov", "where everything comes from, in PROV-O", "application/ld+json", ".jsonld", prov),
        Format("decisions", "what people decided, to learn from", "application/jsonl", ".jsonl", decisions),
        Format("html", "one page that needs no network", "text/html", ".html", _html),
    )
}
"""Every format by its name."""
