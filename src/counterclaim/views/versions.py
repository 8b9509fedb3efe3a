"""The versions of a report: which there are, what the shown one changed, and what is corrected by whom."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from counterclaim.disputes import Change, ChangeKind, Correction, changes, version_of
from counterclaim.model import Document, QuestionError, Statement, UnknownNameError
from counterclaim.model.errors import Messages
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.context import Words, words_of
from counterclaim.views.find import Found, find
from counterclaim.views.names import Named, named
from counterclaim.views.quotes import joined


class VersionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One version: 1 is the oldest. ``shown`` for the one that is looked at."""

    number: int
    key: str
    document: str
    published: str | None
    modified: str | None
    latest: bool
    shown: bool


class ReplacedWords(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the older version and those in their place, each with its place in its own text."""

    old: Words | None
    new: Words | None


class StatementChange(msgspec.Struct, frozen=True, kw_only=True):
    """One statement that was changed, dropped or added: ids and contents in both versions."""

    kind: ChangeKind
    speaker: str | None
    old: str | None
    new: str | None
    was: str | None
    now: str | None
    words: tuple[ReplacedWords, ...]


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """What a version changed against the one before: its title, and its statements."""

    older: str
    newer: str
    title: tuple[str | None, str | None] | None
    kept: int
    changed: tuple[StatementChange, ...]
    dropped: tuple[StatementChange, ...]
    added: tuple[StatementChange, ...]


class CorrectionNote(msgspec.Struct, frozen=True, kw_only=True):
    """What one report says of others: the words, and the reports that they are about."""

    document: Named
    words: Words
    retracts: bool
    about: tuple[Named, ...]


class History(msgspec.Struct, frozen=True, kw_only=True):
    """The versions of a report, oldest first; none where it has one alone."""

    versions: tuple[VersionRow, ...] = ()
    revision: Revision | None = None
    corrects: tuple[CorrectionNote, ...] = ()
    corrected_by: tuple[CorrectionNote, ...] = ()


def history_of(catalogue: Catalogue, document: Document) -> History:
    """Return the versions of a report, what this one changed, and the corrections about it."""
    chain = catalogue.versions.chain(document.key)
    before = catalogue.versions.before(document.key)
    notes = catalogue.corrections
    return History(
        versions=tuple(
            VersionRow(
                number=number,
                key=key,
                document=catalogue.documents[key].id,
                published=catalogue.documents[key].published,
                modified=catalogue.documents[key].modified,
                latest=key == chain[-1],
                shown=key == document.key,
            )
            for number, key in enumerate(chain, 1)
            if len(chain) > 1
        ),
        revision=revision_of(catalogue, before, document.key) if before else None,
        corrects=tuple(
            _note(catalogue, each, about) for each, about in notes if about and each.document == document.key
        ),
        corrected_by=tuple(_note(catalogue, each, about) for each, about in notes if document.key in about),
    )


def revision_of(catalogue: Catalogue, older: str, newer: str) -> Revision:
    """Return what one version (by its key) changed against another; clauses go with their statements."""
    versions = [
        version_of(catalogue.documents[key], [s for s in catalogue.statements_of(key) if s.part_of is None])
        for key in (older, newer)
    ]
    found = changes(*versions)
    titles = versions[0].document.title, versions[1].document.title
    return Revision(
        older=older,
        newer=newer,
        title=titles if titles[0] != titles[1] else None,
        kept=sum(each.kind is ChangeKind.KEPT for each in found),
        changed=_of_kind(catalogue, found, ChangeKind.CHANGED),
        dropped=_of_kind(catalogue, found, ChangeKind.DROPPED),
        added=_of_kind(catalogue, found, ChangeKind.ADDED),
    )


def find_version(catalogue: Catalogue, name: str, version: str | None) -> Found:
    """Return what is called ``name``, or the version of it that is asked for.

    Raises LedgerError where there is none, or where it is no report.
    """
    found = find(catalogue, name)
    if version is None:
        return found
    if not isinstance(found, Document):
        raise QuestionError(Messages.version_of_something_else(name))
    return version_named(catalogue, found, version)


def version_named(catalogue: Catalogue, document: Document, name: str) -> Document:
    """Return the version of a report with this number (1 is the oldest) or key, or beginning of a key.

    Raises LedgerError where there is none.
    """
    chain = catalogue.versions.chain(document.key)
    wanted = name.strip().casefold()
    if wanted.isdecimal() and 1 <= int(wanted) <= len(chain):
        return catalogue.documents[chain[int(wanted) - 1]]
    fits = [key for key in chain if key.startswith(wanted)] if len(wanted) > len("d-") else []
    if len(fits) == 1:
        return catalogue.documents[fits[0]]
    raise UnknownNameError(Messages.version_unknown(document.id, name, len(chain)))


def _of_kind(catalogue: Catalogue, found: Iterable[Change], kind: ChangeKind) -> tuple[StatementChange, ...]:
    return tuple(_change_view(catalogue, each) for each in found if each.kind is kind)


def _change_view(catalogue: Catalogue, change: Change) -> StatementChange:
    old = catalogue.statements[change.old] if change.old else None
    new = catalogue.statements[change.new] if change.new else None
    either = new or old
    return StatementChange(
        kind=change.kind,
        speaker=catalogue.speaker_name(either) if either else None,
        old=change.old,
        new=change.new,
        was=_content(old),
        now=_content(new),
        words=tuple(
            ReplacedWords(
                old=words_of(each.old) if each.old else None, new=words_of(each.new) if each.new else None
            )
            for each in change.words
        ),
    )


def _content(statement: Statement | None) -> str | None:
    return joined(statement.content) if statement else None


def _note(catalogue: Catalogue, correction: Correction, about: Iterable[str]) -> CorrectionNote:
    return CorrectionNote(
        document=Named(id=correction.document, name=catalogue.documents[correction.document].id),
        words=words_of(correction.span),
        retracts=correction.back,
        about=named((key, catalogue.documents[key].id) for key in about),
    )
