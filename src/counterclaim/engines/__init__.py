"""Many reports at once: shards of captures in, Parquet out, then one load into the ledger.

The same bytes whichever engine does the work: processes of this machine (``local``) or of a Ray cluster
(``ray``). ``docs/scale.md`` shows the way of a report through these modules.
"""
