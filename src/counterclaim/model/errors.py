"""Every error and every message of the program, in one place.

A message names the input and says what to do. Code raises an error made by one of the
functions of :class:`Messages`; nothing else in the package holds text meant for a user's eyes
when something fails (the pattern is spaCy's ``Errors``). The messages of one topic stand in one
module of :mod:`counterclaim.model.messages`.
"""

from __future__ import annotations

from counterclaim.model.messages.actors import ActorMessages
from counterclaim.model.messages.archives import ArchiveMessages
from counterclaim.model.messages.assistants import AssistantMessages
from counterclaim.model.messages.containers import ContainerMessages
from counterclaim.model.messages.copies import CopyMessages
from counterclaim.model.messages.damage import DamageMessages
from counterclaim.model.messages.exchange import ExchangeMessages
from counterclaim.model.messages.exporting import ExportMessages
from counterclaim.model.messages.fetching import FetchMessages
from counterclaim.model.messages.formats import FormatMessages
from counterclaim.model.messages.inputs import InputMessages
from counterclaim.model.messages.judgements import JudgementMessages
from counterclaim.model.messages.ledgers import LedgerMessages
from counterclaim.model.messages.moments import MomentMessages
from counterclaim.model.messages.pictures import PictureMessages
from counterclaim.model.messages.protecting import ProtectionMessages
from counterclaim.model.messages.runs import RunMessages
from counterclaim.model.messages.serving import ServingMessages
from counterclaim.model.messages.tables import TableMessages
from counterclaim.model.messages.teams import TeamMessages
from counterclaim.model.messages.watching import WatchMessages
from counterclaim.model.problems import (
    AmbiguousNameError,
    CounterclaimError,
    InputError,
    LedgerError,
    NotAllowedError,
    NotKnownError,
    Problem,
    QuestionError,
    RefusedError,
    SchemaError,
    SelectorError,
    Severity,
    TeamError,
    ThrottledError,
    UnavailableError,
    UnknownNameError,
)

__all__ = [
    "AmbiguousNameError",
    "CounterclaimError",
    "InputError",
    "LedgerError",
    "Messages",
    "NotAllowedError",
    "NotKnownError",
    "Problem",
    "QuestionError",
    "RefusedError",
    "SchemaError",
    "SelectorError",
    "Severity",
    "TeamError",
    "ThrottledError",
    "UnavailableError",
    "UnknownNameError",
]


class Messages(
    ActorMessages,
    ArchiveMessages,
    AssistantMessages,
    ContainerMessages,
    CopyMessages,
    DamageMessages,
    ExchangeMessages,
    ExportMessages,
    FetchMessages,
    FormatMessages,
    InputMessages,
    JudgementMessages,
    LedgerMessages,
    MomentMessages,
    PictureMessages,
    ProtectionMessages,
    RunMessages,
    ServingMessages,
    TableMessages,
    TeamMessages,
    WatchMessages,
):
    """Makers of problems and messages, one for each thing that can go wrong, gathered from their topics."""
