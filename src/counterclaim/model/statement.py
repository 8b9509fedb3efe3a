"""One attribution relation in one document."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from counterclaim.model.actor import Speaker
from counterclaim.model.digest import identifier
from counterclaim.model.event import EventFrame
from counterclaim.model.span import Span
from counterclaim.model.times import StatedTime


class Kind(StrEnum):
    """How the words are reported: all inside quotation marks, none, or some."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """What the speaker does with the content (after Searle's speech acts, cut for news)."""

    ASSERT = "assert"
    DENY = "deny"
    ACCUSE = "accuse"
    ADMIT = "admit"
    APPEAL = "appeal"
    PROMISE = "promise"
    PREDICT = "predict"
    QUESTION = "question"


class VerificationStatus(StrEnum):
    """What the report itself says about a check of the claim."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    REFUTED = "refuted"


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """The report's own words on whether a claim was checked, and where they stand."""

    status: VerificationStatus
    span: Span


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """By what way the words came: ``kind`` (a word such as "press conference"), and where it says so."""

    kind: str
    span: Span


class Statement(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="statement"):
    """Who (``source``), says (``cue``), what (``content``), in one document.

    The relation is that of PARC 3 (Pareti 2016) and PolNeAR (Newell et al. 2018). Each of the
    three is a list of spans in order of the text: a quotation that the report interrupts has two
    content spans; ``source`` is empty for an attribution that names nobody ("it was alleged");
    all but ``content`` are empty and ``speaker`` is None where the report speaks in its own voice.

    ``polarity`` is False where the statement as a whole says that its proposition does not hold
    (a denial of P, or an assertion of not-P) and True otherwise. ``refers_to`` are the ids of
    statements of the same document that the content names by a noun such as "the claim".
    ``reported_by`` is the id of the statement inside which this one stands, for reported speech
    within reported speech. ``part_of`` is the id of the statement of which this one is a clause: a content
    that makes several claims is linked claim by claim. ``said`` is when the speaker said it,
    ``happened`` when what is claimed is
    said to have happened, and ``event`` what that is; each None where the report does not tell.
    ``model`` is the name and version of what found the statement,
    ``confidence`` between 0 and 1.
    """

    id: str
    document: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind
    act: Act = Act.ASSERT
    polarity: bool = True
    speaker: Speaker | None = None
    hedged: bool = False
    hedges: tuple[Span, ...] = ()
    channel: Channel | None = None
    verification: Verification | None = None
    refers_to: tuple[str, ...] = ()
    reported_by: str | None = None
    part_of: str | None = None
    said: StatedTime | None = None
    happened: StatedTime | None = None
    event: EventFrame | None = None
    model: str = ""
    confidence: float = 1.0

    @staticmethod
    def id_of(document_key: str, cue: tuple[Span, ...], content: tuple[Span, ...]) -> str:
        """Return the id of a statement: made of the document's version and the places of cue and content."""
        places = [f"{span.start}:{span.end}" for span in cue]
        return identifier("s", document_key, *places, "|", *(f"{span.start}:{span.end}" for span in content))

    @property
    def content_text(self) -> str:
        """The words of the content, its spans joined by a space."""
        return " ".join(span.quote for span in self.content)

    @property
    def source_text(self) -> str:
        """The words of the source as written, empty where the report names nobody."""
        return " ".join(span.quote for span in self.source)

    @property
    def cue_text(self) -> str:
        """The words of the cue as written."""
        return " ".join(span.quote for span in self.cue)

    @property
    def whole(self) -> str:
        """The id of the statement that a reader sees: the one of which this is a clause, or this one."""
        return self.part_of or self.id

    @property
    def own_voice(self) -> bool:
        """Whether the report asserts this itself."""
        return not self.cue and not self.source
