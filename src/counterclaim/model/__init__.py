"""The nouns of counterclaim: frozen, typed, without input or output.

Every name here is defined in ``docs/vocabulary.md``. All offsets are counted in
Unicode code points of a document's text, end exclusive, unless a name says ``byte``.
"""

from counterclaim.model.actor import Actor, ActorKind, Affiliation, Speaker
from counterclaim.model.capture import Capture
from counterclaim.model.claim import Attestation, Claim, Dispute, DisputeStatus, Position
from counterclaim.model.document import Document, OffsetMap, Origin, OriginBasis, Run
from counterclaim.model.errors import (
    CounterclaimError,
    InputError,
    LedgerError,
    Problem,
    SchemaError,
    SelectorError,
    Severity,
)
from counterclaim.model.judgement import Judgement, JudgementKind
from counterclaim.model.report import Board, Linker, Report, Snapshot
from counterclaim.model.serial import SCHEMA_VERSION, dump, load
from counterclaim.model.span import Span
from counterclaim.model.statement import (
    Act,
    Channel,
    Kind,
    Statement,
    Verification,
    VerificationStatus,
)

__all__ = [
    "SCHEMA_VERSION",
    "Act",
    "Actor",
    "ActorKind",
    "Affiliation",
    "Attestation",
    "Board",
    "Capture",
    "Channel",
    "Claim",
    "CounterclaimError",
    "Dispute",
    "DisputeStatus",
    "Document",
    "InputError",
    "Judgement",
    "JudgementKind",
    "Kind",
    "LedgerError",
    "Linker",
    "OffsetMap",
    "Origin",
    "OriginBasis",
    "Position",
    "Problem",
    "Report",
    "Run",
    "SchemaError",
    "SelectorError",
    "Severity",
    "Snapshot",
    "Span",
    "Speaker",
    "Statement",
    "Verification",
    "VerificationStatus",
    "dump",
    "load",
]
