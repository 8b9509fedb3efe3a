"""What is claimed, and what is disputed."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from counterclaim.model.span import Span


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """One of those who are counted, and what was folded into it.

    ``key`` is that of the origin or the id of the party, ``statements`` are the ids of its statements,
    sorted, and ``because`` says in a few words each why they count as one.
    """

    key: str
    statements: tuple[str, ...]
    because: tuple[str, ...] = ()


class Attestation(msgspec.Struct, frozen=True, kw_only=True):
    """How well a claim or a position is borne out: two numbers, never one.

    ``origins`` are the keys of the independent origins that report it, copies folded into their
    origin: their number is *attested*. ``parties`` are the ids of the independent parties who
    assert it (a spokesman and his movement are one): their number is *corroborated*.
    ``conceded_by`` are the parties among them who admit it though it harms them. ``told_by`` and
    ``asserted_by`` say for each origin and each party which statements fold into it.
    """

    origins: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    conceded_by: tuple[str, ...] = ()
    told_by: tuple[Voice, ...] = ()
    asserted_by: tuple[Voice, ...] = ()

    @property
    def attested(self) -> int:
        """The number of independent origins."""
        return len(self.origins)

    @property
    def corroborated(self) -> int:
        """The number of independent parties."""
        return len(self.parties)


class ClaimStatus(StrEnum):
    """How a claim stands at a moment. Several may hold, and none is a verdict."""

    SINGLE_VOICE = "single voice"
    ATTESTED = "attested by several origins"
    CORROBORATED = "corroborated by several parties"
    CONTESTED = "contested"
    UNVERIFIED = "unverified, the report says"
    CONCEDED = "conceded by the party it harms"
    CORRECTED = "corrected by the outlet"
    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn by the outlet"
    """Only an older version of the report holds it."""
    SUPERSEDED = "superseded figure"
    VERIFIED = "verified by an analyst"


class StatusNote(msgspec.Struct, frozen=True, kw_only=True):
    """One status of a claim: the words that bear it out, and the ids of the statements that do.

    Where the words stand in one report, ``document`` is its key and ``span`` their place in its text.
    """

    status: ClaimStatus
    words: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    document: str | None = None
    span: Span | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="claim"):
    """One proposition that one or more statements make, with the same polarity.

    ``text`` is the content of one of its statements, the one that says most on its own;
    ``statements`` are ids, sorted.
    """

    id: str
    text: str
    statements: tuple[str, ...]
    actors: tuple[str, ...] = ()
    attestation: Attestation = Attestation()
    unverified: tuple[str, ...] = ()


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to the question of a dispute: the claims that give it and the actors who hold it.

    ``unverified`` are the ids of statements of which the report itself says that they could not
    be verified.
    """

    id: str
    label: str
    claims: tuple[str, ...]
    statements: tuple[str, ...]
    actors: tuple[str, ...]
    attestation: Attestation = Attestation()
    unverified: tuple[str, ...] = ()


class DisputeStatus(StrEnum):
    """Whether the dispute stands between different parties or only between reports."""

    CONTESTED = "contested"
    CONCEDED = "conceded"


class Dispute(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="dispute"):
    """A question on which claims conflict, and the positions taken.

    ``question`` is made from the words of the claims. ``judgements`` are the ids of the opposed
    edges on which the dispute stands, so that every dispute can be followed back to its reasons.
    """

    id: str
    question: str
    positions: tuple[Position, ...]
    judgements: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    first_published: str | None = None
    last_published: str | None = None
    status: DisputeStatus = DisputeStatus.CONTESTED
