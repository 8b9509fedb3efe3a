"""Teams: users, roles, tokens and projects kept apart, in a directory beside the ledgers."""

from counterclaim.teams.nouns import ALLOWED, Access, Action, Deed, Grant, Project, Role, Token, User
from counterclaim.teams.project_ledger import ProjectLedger
from counterclaim.teams.store import Team

__all__ = [
    "ALLOWED",
    "Access",
    "Action",
    "Deed",
    "Grant",
    "Project",
    "ProjectLedger",
    "Role",
    "Team",
    "Token",
    "User",
]
