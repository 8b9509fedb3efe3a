"""Whatever has an id, a unique beginning of one, or a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.model import (
    Actor,
    AmbiguousNameError,
    Claim,
    Dispute,
    Document,
    RefusedError,
    Statement,
    UnknownNameError,
)
from counterclaim.model.errors import Messages
from counterclaim.views.catalogue import Catalogue

Found = Actor | Claim | Dispute | Document | Statement


def find(catalogue: Catalogue, name: str) -> Found:
    """Return what is called ``name``.

    The whole of an id goes before the whole of a name, that before a unique beginning of one, and that
    before single words of an actor's name. Documents are known by their id, which stands for the latest
    version, and by their key, which stands for one version; actors also by name and aliases, disputes also
    by the ids of their positions; case does not matter. Raises LedgerError
    where nothing, or more than one thing, fits.
    """
    wanted = " ".join(name.casefold().split())
    if not wanted:
        raise UnknownNameError(Messages.name_unknown(name))
    names = [(label.casefold(), thing) for label, thing in _names(catalogue)]
    words = set(wanted.split())
    for fits in (
        [thing for label, thing in names if label == wanted == thing.id.casefold()],
        [thing for label, thing in names if label == wanted],
        [thing for label, thing in names if label.startswith(wanted)],
        [thing for label, thing in names if isinstance(thing, Actor) and words <= set(label.split())],
    ):
        different = {thing.key if isinstance(thing, Document) else thing.id: thing for thing in fits}
        if len(different) == 1:
            return next(iter(different.values()))
        if different:
            raise AmbiguousNameError(Messages.name_ambiguous(name, sorted(different)))
    raise UnknownNameError(Messages.name_unknown(name))


def stands_for_its_id(catalogue: Catalogue, document: Document) -> bool:
    """Tell whether it is the latest version of those that have its id."""
    chain = catalogue.versions.chain(document.key)
    return document.key == [key for key in chain if catalogue.documents[key].id == document.id][-1]


def _names(catalogue: Catalogue) -> Iterator[tuple[str, Found]]:
    for document in catalogue.documents.values():
        if stands_for_its_id(catalogue, document):
            yield document.id, document
        yield document.key, document
    yield from catalogue.statements.items()
    yield from catalogue.claims.items()
    for dispute in catalogue.disputes.values():
        yield dispute.id, dispute
        for position in dispute.positions:
            yield position.id, dispute
    for actor in catalogue.actors.values():
        for name in (actor.id, actor.name, *actor.aliases):
            yield name, actor


def find_claim(catalogue: Catalogue, name: str) -> Claim:
    """Return the claim with this id or a unique beginning of it, or the one that a statement makes."""
    found = find(catalogue, name)
    claim = catalogue.claim_of(found.id) if isinstance(found, Statement) else found
    if not isinstance(claim, Claim):
        raise RefusedError(Messages.judgement_refused(f"{name!r} is no claim, and makes none."))
    return claim


def find_speaking(catalogue: Catalogue, name: str) -> Actor | Statement:
    """Return the actor or statement that is called ``name``. Raises LedgerError where it is neither."""
    found = find(catalogue, name)
    if not isinstance(found, Actor | Statement):
        raise RefusedError(Messages.judgement_refused(f"{name} is neither an actor nor a statement."))
    return found


def claims_of_all(catalogue: Catalogue, statements: Sequence[str]) -> list[Claim]:
    """List the claims that all these statements make (one on what happened, one on how many, say).

    Raises LedgerError where there is none.
    """
    wanted = set(statements)
    found = [claim for claim in catalogue.board.claims if wanted <= set(claim.statements)]
    if found:
        return found
    raise RefusedError(Messages.judgement_refused("There is no claim that all of these statements make."))
