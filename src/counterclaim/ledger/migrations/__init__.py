"""Alembic migrations of the ledger's schema, run when a ledger is opened."""
