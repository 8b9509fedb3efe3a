"""How attested and corroborated come about: ten outlets, one agency, one spokesman; chains of reports."""

from __future__ import annotations

import random
from collections.abc import Sequence

from counterclaim import pipeline
from counterclaim.disputes import DefaultLinker, read_board
from counterclaim.model import Board, Claim, Document, Origin, OriginBasis, Snapshot

LEAD = "The Harn River Authority said on Tuesday that the gates at Vell had been opened at midnight."
QUOTE = "“The gates were opened at midnight and every village was warned,” {} {}."
AROUND = [
    "Water reached the lower streets of Vell before dawn and stood a metre deep in the market square.",
    "The road to Ostrand was closed and two schools were used as shelters for the night.",
    "Vell has been flooded three times since the barrage upstream was finished eleven years ago.",
    "Farmers in the lower valley have asked for a new embankment since the spring.",
]


def report(
    name: str, text: str, publisher: str, origin: Origin | None = None, day: str = "2031-04-02"
) -> Document:
    return Document(
        id=name,
        key=Document.key_of(name, text),
        capture="0" * 64,
        text=text,
        publisher=publisher,
        published=day,
        origin=origin,
    )


def linked(documents: Sequence[Document]) -> tuple[Snapshot, Board]:
    snapshot = pipeline.gather([pipeline.analyse(document) for document in documents], DefaultLinker())
    return snapshot, read_board(snapshot)


def claims_with(board: Board, snapshot: Snapshot, words: str) -> list[Claim]:
    held = {s.id for s in snapshot.statements if words in s.content_text}
    return [claim for claim in board.claims if held & set(claim.statements)]


def ten() -> list[Document]:
    """Ten reports of one agency's story about one authority, each as an outlet would print it."""
    credit = Origin(name="Reuters", basis=OriginBasis.CREDIT)
    dateline = Origin(name="Reuters", basis=OriginBasis.DATELINE)
    told = QUOTE.format("Ada Merrow, a spokeswoman for the Harn River Authority,", "told Reuters")
    said = QUOTE.format("Ada Merrow, a spokeswoman for the Harn River Authority,", "said")
    stories = [
        ([LEAD, told, *AROUND], credit),
        ([LEAD, told, *AROUND], dateline),
        ([LEAD, said, *AROUND], None),
        ([LEAD, told, *AROUND[:2]], None),
        ([LEAD, told, *AROUND[1:]], credit),
        ([AROUND[0], LEAD, told, AROUND[1]], None),
        ([LEAD, said, *AROUND[::-1]], credit),
        ([LEAD, told, AROUND[3]], None),
        ([LEAD.replace("on Tuesday ", ""), said, *AROUND], None),
        ([LEAD, told], None),
    ]
    return [
        report(f"r{n}", "\n\n".join(parts), f"Outlet {n}", origin, f"2031-04-0{2 + n // 5}")
        for n, (parts, origin) in enumerate(stories)
    ]


def test_ten_outlets_that_carry_one_agencys_story_about_one_spokesman_are_one_and_one() -> None:
    documents = ten()
    snapshot, board = linked(documents)
    claims = claims_with(board, snapshot, "opened at midnight")
    assert claims
    for claim in claims:
        assert claim.attestation.origins == ("reuters",), claim
        assert claim.attestation.corroborated == 1, claim.attestation.parties
    told = {each for claim in claims for voice in claim.attestation.told_by for each in voice.statements}
    assert len({s.document for s in snapshot.statements if s.id in told}) == 10
    reasons = {why for claim in claims for voice in claim.attestation.told_by for why in voice.because}
    assert any("told Reuters" in why for why in reasons)
    assert any("copies of one report" in why for why in reasons)


def test_the_counts_do_not_depend_on_the_order_of_the_reports() -> None:
    documents = ten()
    _, expected = linked(documents)
    for seed in range(2):
        random.Random(seed).shuffle(documents)
        assert linked(documents)[1] == expected


def test_independent_outlets_that_quote_one_agency_are_one_origin_and_their_own_voice_another() -> None:
    first = report("a", f"{LEAD[:-1]}, according to Reuters.\n\n{AROUND[0]}", "Larre Post")
    second = report("b", f"{AROUND[3]}\n\nThe Harn River Authority told Reuters that {LEAD[46:]}", "Echo")
    third = report("c", f"The Harn River Authority said the {LEAD[50:]}\n\n{AROUND[1]}", "Ostrand Herald")
    snapshot, board = linked([first, second])
    for claim in claims_with(board, snapshot, "the gates at Vell had been opened"):
        assert claim.attestation.origins == ("reuters",)
    snapshot, board = linked([first, second, third])
    origins = {
        origin
        for claim in claims_with(board, snapshot, "the gates at Vell had been opened")
        for origin in claim.attestation.origins
    }
    assert origins == {"reuters", "ostrand herald"}


def test_what_another_outlet_reports_is_asserted_by_those_whom_it_reports() -> None:
    text = "The Larre Post reported that engineers at the barrage said the gates at Vell had failed to open."
    snapshot, board = linked([report("a", text, "Echo")])
    (claim,) = claims_with(board, snapshot, "had failed to open")[:1]
    assert claim.attestation.origins == ("larre post",)
    assert "larre-post" not in claim.attestation.parties


def test_every_count_says_which_statements_fold_into_it() -> None:
    _, board = linked(ten())
    for claim in board.claims:
        attestation = claim.attestation
        assert tuple(voice.key for voice in attestation.told_by) == attestation.origins
        assert tuple(voice.key for voice in attestation.asserted_by) == attestation.parties
        folded = sorted(each for voice in attestation.told_by for each in voice.statements)
        assert folded == sorted(claim.statements)
        assert all(voice.because for voice in attestation.told_by)
