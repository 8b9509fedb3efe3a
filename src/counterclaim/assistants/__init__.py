"""The ledger's questions as tools for assistants (Model Context Protocol), read-only and with citations."""
