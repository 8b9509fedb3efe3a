"""A ledger's content in forms that other programs and people read."""
