"""What is opened on a database and closed again: a ledger, and in the same way a team directory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Engine

from counterclaim.ledger.moments import now

Again = TypeVar("Again", bound="Opened")


class Opened:
    """A database that is open, and a clock that gives the time that is recorded there.

    Close it, or use it as a context manager.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now) -> None:
        self._engine = engine
        self._clock = clock

    def again(self, kind: type[Again]) -> Again:
        """Return the same open database as another kind of thing; closing one of the two closes both."""
        return kind(self._engine, self._clock)

    def close(self) -> None:
        """Let go of the file, or of the server."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
