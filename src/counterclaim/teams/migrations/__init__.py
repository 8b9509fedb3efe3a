"""Migrations of the team directory; how Alembic reaches it stands with those of the ledger."""
