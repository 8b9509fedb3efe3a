"""Opening a team directory: a file that its owner alone may read, or a server."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sqlalchemy import Engine

from counterclaim.ledger.opening import Kind, file_of, open_engine
from counterclaim.model.errors import Messages, TeamError
from counterclaim.teams import schema

TEAM = Kind("team directory", Path(__file__).parent / "migrations", schema.FIRST, Messages.team_missing)

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def open_team(place: str, *, create: bool) -> Engine:
    """Return an engine on the team directory at a place, as :func:`open_engine` does for a ledger.

    A new file has the mode 0600. Raises TeamError where others than its owner have rights to the
    file, and LedgerError where it cannot be opened.
    """
    path = file_of(place)
    if path is not None:
        if create and path.parent.is_dir():
            make_private(path)
        _refuse_exposed(path)
    return open_engine(place, create=create, kind=TEAM)


def make_private(path: Path) -> bool:
    """Make an empty file that its owner alone may read and write; False where something is there.

    SQLite gives the files that it keeps beside it (log, shared memory) the same mode.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        reason = error.strerror or str(error)
        raise TeamError(Messages.ledger_unusable(str(path), reason, TEAM.what)) from error
    return True


def _refuse_exposed(path: Path) -> None:
    """Raise TeamError where a file gives rights to others; systems without such modes give none."""
    if os.name != "posix" or not path.is_file():
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & _OTHERS:
        raise TeamError(Messages.team_exposed(str(path), mode))
