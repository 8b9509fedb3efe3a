"""The nouns of counterclaim: frozen, typed, without input or output.

Every name here is defined in ``docs/vocabulary.md``. All offsets are counted in
Unicode code points of a document's text, end exclusive, unless a name says ``byte``.
"""

from counterclaim.model.actor import Actor, ActorKind, Affiliation, DocumentActor, Speaker
from counterclaim.model.capture import Capture
from counterclaim.model.claim import (
    Attestation,
    Claim,
    ClaimStatus,
    Dispute,
    DisputeStatus,
    Position,
    StatusNote,
    Voice,
)
from counterclaim.model.document import Document, OffsetMap, Origin, OriginBasis, Run
from counterclaim.model.erasure import Erased, Erasure
from counterclaim.model.errors import (
    AmbiguousNameError,
    CounterclaimError,
    InputError,
    LedgerError,
    Problem,
    QuestionError,
    RefusedError,
    SchemaError,
    SelectorError,
    Severity,
    UnavailableError,
    UnknownNameError,
)
from counterclaim.model.event import EventFrame, Figure, FigureBound, Participant
from counterclaim.model.judgement import Evidence, Grade, Judgement, JudgementKind, Protection
from counterclaim.model.places import (
    PlaceCandidate,
    PlaceKind,
    PlaceMention,
    PlaceReading,
    PlaceRelation,
    Precision,
)
from counterclaim.model.report import Annotations, Board, Form, Keys, Linker, Report, Snapshot
from counterclaim.model.serial import SCHEMA_VERSION, Line, dump, dump_line, load, load_line
from counterclaim.model.span import Span
from counterclaim.model.statement import (
    Act,
    Channel,
    Kind,
    Statement,
    Verification,
    VerificationStatus,
)
from counterclaim.model.times import Granularity, Interval, StatedTime, TimeBasis, TimeExpression, TimeKind

__all__ = [
    "SCHEMA_VERSION",
    "Act",
    "Actor",
    "ActorKind",
    "Affiliation",
    "AmbiguousNameError",
    "Annotations",
    "Attestation",
    "Board",
    "Capture",
    "Channel",
    "Claim",
    "ClaimStatus",
    "CounterclaimError",
    "Dispute",
    "DisputeStatus",
    "Document",
    "DocumentActor",
    "Erased",
    "Erasure",
    "EventFrame",
    "Evidence",
    "Figure",
    "FigureBound",
    "Form",
    "Grade",
    "Granularity",
    "InputError",
    "Interval",
    "Judgement",
    "JudgementKind",
    "Keys",
    "Kind",
    "LedgerError",
    "Line",
    "Linker",
    "OffsetMap",
    "Origin",
    "OriginBasis",
    "Participant",
    "PlaceCandidate",
    "PlaceKind",
    "PlaceMention",
    "PlaceReading",
    "PlaceRelation",
    "Position",
    "Precision",
    "Problem",
    "Protection",
    "QuestionError",
    "RefusedError",
    "Report",
    "Run",
    "SchemaError",
    "SelectorError",
    "Severity",
    "Snapshot",
    "Span",
    "Speaker",
    "StatedTime",
    "Statement",
    "StatusNote",
    "TimeBasis",
    "TimeExpression",
    "TimeKind",
    "UnavailableError",
    "UnknownNameError",
    "Verification",
    "VerificationStatus",
    "Voice",
    "dump",
    "dump_line",
    "load",
    "load_line",
]
