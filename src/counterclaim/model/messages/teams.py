"""Why somebody is not let in, or something in a team directory cannot be done. None names a secret."""

from __future__ import annotations

from collections.abc import Sequence


class TeamMessages:
    """Makers of messages, one for each thing that can go wrong."""

    @staticmethod
    def team_missing(place: str) -> str:
        """Return that there is no team directory at this place."""
        made = f"`counterclaim team init --team {place}`"
        return f"{place}: there is no team directory here. Make one with {made}."

    @staticmethod
    def team_ready(place: str) -> str:
        """Return that there is a team directory now, and what comes next."""
        return f"{place}: the team directory is ready. Next: `counterclaim team users add NAME`."

    @staticmethod
    def token_shown(token: str, user: str, role: str, project: str, until: str) -> str:
        """Return what the token is that is shown above."""
        return f"{token}: {user}, {role} in {project}, {until}. It is shown this once and kept nowhere."

    @staticmethod
    def team_exposed(place: str, mode: int) -> str:
        """Return that others than the owner have rights to the file."""
        return (
            f"{place}: others have rights to the file (mode {mode:04o}). "
            f"Take them away with `chmod 600 {place}`, and set passwords anew if somebody may have read it."
        )

    @staticmethod
    def team_name_refused(what: str, name: str) -> str:
        """Return that a user or project cannot have this name."""
        return (
            f"{name[:80]!r} cannot be the name of a {what}. "
            "Use up to 64 letters a to z, digits, and the signs . _ - @ (no sign first)."
        )

    @staticmethod
    def team_name_taken(what: str, name: str) -> str:
        """Return that there is a user or project of this name."""
        return f"there is a {what} {name} already. Give another name."

    @staticmethod
    def team_name_unknown(what: str, name: str, near: Sequence[str] = ()) -> str:
        """Return that there is no user, project or token of this name, and which look like it."""
        hint = f"Did you mean {' or '.join(near)}? " if near else ""
        return (
            f"there is no {what} {name[:80]!r}. {hint}List those there are with `counterclaim team {what}s`."
        )

    @staticmethod
    def project_place_taken(place: str, project: str) -> str:
        """Return that the ledger is that of another project."""
        return (
            f"{place}: this is the ledger of the project {project}. Projects do not share one: give another."
        )

    @staticmethod
    def project_place_password(place: str) -> str:
        """Return that a URL with a password is not stored."""
        return (
            f"{place}: the URL holds a password, and the team directory keeps none. "
            "Leave it out; the server reads it from ~/.pgpass or PGPASSWORD."
        )

    @staticmethod
    def role_missing(user: str, project: str) -> str:
        """Return that a user has no role in a project."""
        given = f"`counterclaim team roles give {user} {project} ROLE`"
        return f"{user} has no role in the project {project}. An admin gives one with {given}."

    @staticmethod
    def role_exceeded(user: str, project: str, role: str, wanted: str) -> str:
        """Return that a token may not do more than its user."""
        return f"{user} is {role} in the project {project}: a token cannot be {wanted}. Give a lower role."

    @staticmethod
    def token_name_refused(longest: int) -> str:
        """Return that a token's name cannot be kept."""
        return f"the name of a token is up to {longest} characters that can be printed. Say what it is for."

    @staticmethod
    def token_over(expires: str) -> str:
        """Return that a token would have expired already."""
        return f"{expires} is past. Give a later moment for the token to expire."

    @staticmethod
    def token_revoked(token: str) -> str:
        """Return that a token is revoked already."""
        return f"the token {token} is revoked already."

    @staticmethod
    def user_disabled(user: str) -> str:
        """Return that a user is disabled."""
        return f"the user {user} is disabled. Enable it first: `counterclaim team users enable {user}`."

    @staticmethod
    def password_refused(shortest: int, longest: int) -> str:
        """Return what a password must be; it is not shown."""
        return (
            f"a password has {shortest} to {longest} characters, of any kind but control characters. "
            "Several words are easier to remember than signs."
        )

    @staticmethod
    def password_unread(place: str, reason: str) -> str:
        """Return that the file with a password cannot be read."""
        return f"{place}: the password cannot be read ({reason}). Give a file of one line in UTF-8."

    @staticmethod
    def token_refused() -> str:
        """Return that a token lets nobody in; why is not said, so that nothing can be learnt by trying."""
        return "the token is not valid: unknown, expired, revoked, or its user has no role there any more."

    @staticmethod
    def login_refused() -> str:
        """Return that a name or password is wrong, and not which."""
        return "the name or the password is wrong, or the user is disabled."

    @staticmethod
    def login_throttled(failures: int, minutes: int, seconds: int) -> str:
        """Return that there were too many failures, and for how long no password is tried."""
        return (
            f"{failures} tries to log in under this name failed within {minutes} minutes. "
            f"No password is tried for {seconds} seconds more; then try again."
        )

    @staticmethod
    def action_refused(user: str, project: str, role: str, action: str) -> str:
        """Return that a role does not allow an action."""
        return f"{user} is {role} in the project {project}, and may not {action} there. Ask an admin."

    @staticmethod
    def access_over(user: str, project: str) -> str:
        """Return that a user has no access to a project any more."""
        return f"{user} has no access to the project {project}. Log in again, or ask an admin."

    @staticmethod
    def writing_undeclared(user: str, project: str) -> str:
        """Return that something writes to a project's ledger without saying what it does."""
        return (
            f"{user} may not write to the ledger of {project} in this way. "
            "Say what is done, with `ledger.doing(Action...)`."
        )

    @staticmethod
    def author_foreign(user: str, author: str) -> str:
        """Return that a judgement is said to be another's."""
        return f"{user} cannot judge in the name of {author[:80]!r}. A judgement carries its author's name."

    @staticmethod
    def undo_refused(user: str, judgement: str, author: str) -> str:
        """Return that a user may not undo the judgement of another."""
        return (
            f"{judgement} is a judgement of {author}: {user} may undo only judgements of their own. "
            "Judge otherwise, or ask an editor."
        )

    @staticmethod
    def directory_refused(user: str) -> str:
        """Return that a user may not manage the directory."""
        return f"{user} may not manage users and projects. Ask an admin of the team directory."

    @staticmethod
    def token_of_other(user: str, other: str) -> str:
        """Return that nobody makes tokens for another."""
        return f"{user} cannot make a token for {other}: it would act in their name. They make it themselves."
