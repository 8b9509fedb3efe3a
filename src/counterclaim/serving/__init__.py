"""What the API and the pages stand on: who asks, which ledger, what is allowed, and what is refused."""
