"""Writes: one transaction each, and again where the database broke off and nothing was acknowledged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TypeVar

from sqlalchemy import Connection

from counterclaim.model import LedgerError, RefusedError
from counterclaim.model.errors import Messages

PAUSES = (0.05, 0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds to wait before each further try: long enough for a server that starts again."""

Result = TypeVar("Result")


class BrokenOffError(LedgerError):
    """The database broke a transaction off (lost connection, deadlock, conflict): trying again may help."""


def retried(operation: Callable[[], Result]) -> Result:
    """Return what ``operation`` returns, after further tries where it was interrupted.

    The operation must be one whole transaction that may be run twice: everything in a ledger is named
    after its content, so that adding what is there already changes nothing.
    """
    for pause in PAUSES:
        try:
            return operation()
        except BrokenOffError:
            time.sleep(pause)
    return operation()


@contextmanager
def utf8_alone() -> Iterator[None]:
    """Raise LedgerError where a text cannot be written as UTF-8."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise RefusedError(Messages.text_unwritable(error.object[error.start])) from error


class Transaction:
    """A connection that holds the write lock from its first read on, committed at the end.

    Text that cannot be written as UTF-8 is a LedgerError, like all that the database refuses.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Connection:
        try:
            self._transaction = self._connection.begin()
        except BaseException:
            self._connection.close()
            raise
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._transaction.commit()
            else:
                self._transaction.rollback()
        finally:
            self._connection.close()
        if isinstance(error, UnicodeEncodeError):
            raise RefusedError(Messages.text_unwritable(error.object[error.start])) from error
