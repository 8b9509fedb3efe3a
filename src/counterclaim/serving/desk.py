"""What is served: the ledger of this machine's user, or the projects of a team."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import msgspec

from counterclaim.ledger import Ledger
from counterclaim.ledger.moments import now
from counterclaim.model.errors import Messages, NotAllowedError, NotKnownError, TeamError, UnknownNameError
from counterclaim.serving.boards import Boards
from counterclaim.serving.settings import Settings
from counterclaim.teams import Access, Role, Team
from counterclaim.teams.project_ledger import ProjectLedger
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.reading import Question

LOCAL = "ledger"
"""The name of the one project where there is no team."""


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: a user by name, and, where a token let them in, what that token allows.

    ``session`` is the secret of the session by which they came, empty for others.
    """

    user: str
    token: Access | None = None
    session: str = ""


class Desk:
    """Opens ledgers for those who may; made once for a server, used by many threads."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = now) -> None:
        self.settings = settings
        self.clock = clock
        self.team = Team.open(settings.team, clock=clock) if settings.team else None
        self.boards = Boards(settings.small)
        self.streams: Counter[str] = Counter()  # clients that wait for what is new, by their users
        self._ledgers: dict[tuple[str, bool], Ledger] = {}
        self._lock = threading.Lock()
        if settings.ledger is not None:
            self._shared(settings.ledger, reveal=False)  # a ledger that is missing is told at once

    def close(self) -> None:
        """Close what is open."""
        self.boards.close()
        with self._lock:
            for ledger in self._ledgers.values():
                ledger.close()
            self._ledgers.clear()
        if self.team is not None:
            self.team.close()

    def by_token(self, secret: str) -> Visitor:
        """Return whose token this is. Raises NotKnownError where it lets nobody in."""
        if self.team is None:
            raise NotKnownError(Messages.token_refused())
        access = self.team.authenticate(secret)
        return Visitor(user=access.user, token=access)

    def by_session(self, secret: str) -> Visitor:
        """Return whose session this is. Raises NotKnownError where it is over."""
        if self.team is None:
            raise NotKnownError(Messages.not_logged_in())
        user = self.team.session(secret)
        if user is None:
            raise NotKnownError(Messages.not_logged_in())
        return Visitor(user=user.name, session=secret)

    def anybody(self) -> Visitor:
        """Return who asks without a token or a session. Raises NotKnownError where there is a team."""
        if self.team is not None:
            raise NotKnownError(Messages.not_logged_in())
        return Visitor(user=self.settings.author)

    def projects(self, visitor: Visitor) -> list[Access]:
        """Return what a visitor may open, sorted by name."""
        if self.team is None:
            return [self.access(visitor, LOCAL)]
        if visitor.token is not None:
            return [visitor.token]
        grants = self.team.roles(user=visitor.user)
        return [Access(user=visitor.user, project=each.project, role=each.role) for each in grants]

    def access(self, visitor: Visitor, project: str) -> Access:
        """Return what a visitor may do in a project.

        Raises UnknownNameError for a project that is not there or that they have no role in, and
        NotAllowedError for one that is not their token's.
        """
        if self.team is None:
            if project != LOCAL:
                raise UnknownNameError(Messages.project_unknown(project))
            return Access(user=visitor.user, project=LOCAL, role=Role.ADMIN)
        if visitor.token is not None:
            if visitor.token.project != project:
                raise NotAllowedError(Messages.token_elsewhere(visitor.token.project))
            return visitor.token
        try:
            return self.team.access(visitor.user, project)
        except TeamError as error:  # the same words, so that nobody learns which projects there are
            raise UnknownNameError(Messages.project_unknown(project)) from error

    def goes_on(self, visitor: Visitor, access: Access) -> bool:
        """Tell whether a visitor who was let into a project may still be there."""
        return self.team is None or self.team.goes_on(access, visitor.session)

    def place(self, project: str) -> str:
        """Return the place of a project's ledger."""
        if self.team is None:
            assert self.settings.ledger is not None
            return self.settings.ledger
        return next(each.place for each in self.team.projects() if each.name == project)

    @contextmanager
    def opened(self, access: Access, *, reveal: bool = False) -> Iterator[ProjectLedger]:
        """Give the ledger of a project for one request, for what ``access`` allows.

        Rights are those that :meth:`access` just looked up. ``reveal`` shows protected words; whether
        somebody may see them is asked before.
        """
        yield ProjectLedger.sharing(self._shared(self.place(access.project), reveal=reveal), access)

    def question(self, access: Access, ledger: Ledger, as_of: datetime | None = None) -> Question:
        """Return how to ask a project's ledger for what it knows, or knew, without a long wait."""
        return self.boards.question(self.place(access.project), ledger, as_of)

    def catalogue(self, access: Access, ledger: Ledger, as_of: datetime | None = None) -> Catalogue:
        """Return everything that a project's ledger knew at a moment, or knows; it may take long."""
        return self.boards.catalogue(self.place(access.project), ledger, as_of)

    def _shared(self, place: str, *, reveal: bool) -> Ledger:
        with self._lock:
            ledger = self._ledgers.get((place, reveal))
            if ledger is None:
                ledger = Ledger.open(place, clock=self.clock, reveal=reveal)
                self._ledgers[place, reveal] = ledger
            return ledger
