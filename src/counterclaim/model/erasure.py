"""What the law made a ledger forget: which entries, when asked by whom, and why."""

from __future__ import annotations

import msgspec

from counterclaim.model.digest import identifier


class Erased(msgspec.Struct, frozen=True, order=True):
    """An entry of the log whose content is erased: its number, its kind and its key."""

    sequence: int
    kind: str
    key: str


class Erasure(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="erasure"):
    """That the contents of some entries were erased, by whom and why.

    ``kind`` and ``key`` name what was asked for, ``erased`` everything that went with it, in order of the
    log. ``author`` is a person's name. Nothing of the content stands in it. The time is kept by the ledger
    that records it.
    """

    id: str
    kind: str
    key: str
    author: str
    reason: str
    erased: tuple[Erased, ...]

    @classmethod
    def of(cls, kind: str, key: str, *, author: str, reason: str, erased: tuple[Erased, ...]) -> Erasure:
        """Make an erasure, named after what is erased, by whom and why."""
        numbers = (str(each.sequence) for each in erased)
        return cls(
            id=identifier("e", kind, key, author, reason, *numbers),
            kind=kind,
            key=key,
            author=author,
            reason=reason,
            erased=erased,
        )
