"""What can go wrong with an input, and the errors that the package raises on purpose."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How bad a problem is: an error means that the input was not stored."""

    ERROR = "error"
    NOTICE = "notice"


class Problem(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="problem"):
    """Something wrong with one input, named, with what to do about it.

    ``name`` is the input as the user gave it (with ``#line`` for a line of JSON Lines), ``code``
    a stable machine-readable word, ``message`` what is wrong, ``advice`` what to do.
    """

    name: str
    code: str
    message: str
    advice: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.name}: {self.message} {self.advice}".rstrip()


class CounterclaimError(Exception):
    """The root of every error that this package raises on purpose."""


class InputError(CounterclaimError):
    """One input cannot be used; the rest of the batch goes on. Carries its :class:`Problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class SelectorError(CounterclaimError):
    """A span does not fit the text that it is said to stand in."""


class SchemaError(CounterclaimError):
    """Stored or received JSON does not have the form that this version reads."""


class LedgerError(CounterclaimError):
    """The ledger cannot be opened, read or written, or does not hold what was asked for."""


class UnknownNameError(LedgerError):
    """Nothing that was asked for by an id or a name is there."""


class AmbiguousNameError(LedgerError):
    """Several things have the name, or begin with the id, that was asked for."""


class QuestionError(LedgerError):
    """A question cannot be read: a moment, a period or a table that there cannot be."""


class RefusedError(LedgerError):
    """What was to be added is not right in itself, and nothing of it was added."""


class UnavailableError(LedgerError):
    """The file or the server cannot be used now; nothing is wrong with what was asked."""


class TeamError(CounterclaimError):
    """Something in a team directory cannot be done: a name is taken or unknown, a value is refused."""


class NotKnownError(TeamError):
    """A token or a password that lets nobody in."""


class NotAllowedError(TeamError):
    """Somebody who is known may not do this here."""


class ThrottledError(TeamError):
    """Too many failures to log in; no password is tried for so many ``seconds``."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
