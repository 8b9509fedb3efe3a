"""The files of a folder that are new or changed since they were read last."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from counterclaim.disputes.versions import same_report
from counterclaim.documents import read_document
from counterclaim.documents.reading import file_id
from counterclaim.ledger import Ledger
from counterclaim.model import Capture, InputError, LedgerError, Problem
from counterclaim.model.errors import Messages
from counterclaim.watching.state import File, State


def changed_files(folder: str, state: State, *, settled: float) -> Iterator[File | Problem | None]:
    """Give the files below a folder (or the one file) that are new or changed, in sorted order.

    Hidden files and linked folders are left out, as ``ingest`` does, and files that were changed less than
    ``settled`` seconds ago, which may still be written to: there is None for each of these.
    """
    top = Path(folder)
    if not top.exists():
        yield Messages.input_missing(folder)
        return
    refused: list[OSError] = []
    for path in [top] if top.is_file() else _below(top, refused):
        try:
            status = path.stat()
        except OSError as error:
            refused.append(error)
            continue
        known = state.file(str(path))
        if known is not None and (known.size, known.changed) == (status.st_size, status.st_mtime_ns):
            continue
        if time.time() - status.st_mtime < settled:
            yield None
            continue
        yield File(
            str(path),
            status.st_size,
            status.st_mtime_ns,
            known.sha256 if known else None,
            known.document if known else None,
        )
    for failure in refused:
        yield Messages.input_unreadable(str(failure.filename), failure.strerror or str(failure))


def _below(top: Path, refused: list[OSError]) -> Iterator[Path]:
    for parent, folders, files in os.walk(top, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                yield path


def report_id(file: File, capture: Capture, ledger: Ledger) -> str | None:
    """Return the id that the report in a file is to have, None where its content names it.

    A text or page that stands where another version of it stood has that one's id, so that the ledger
    takes it for a version; one that has nothing in common with it is another report.
    """
    if capture.media_type == "application/json":
        return None
    if file.sha256 and file.document and _same(file.sha256, capture, ledger):
        return file.document
    return file_id(capture.name, capture.sha256)


def _same(sha256: str, capture: Capture, ledger: Ledger) -> bool:
    try:
        before, after = read_document(ledger.capture(sha256)), read_document(capture)
    except (InputError, LedgerError):  # it was erased, or holds no text: nothing to be a version of
        return False
    return same_report(before[0], after[0])
