"""Anything to captures: files, archives, folders and standard input become bytes with a name.

Every input that cannot be used becomes a :class:`~counterclaim.model.Problem` that names it; the
rest goes on.
"""

from counterclaim.sources.addresses import read_addresses
from counterclaim.sources.indexes import Address
from counterclaim.sources.reading import MAX_BYTES, read_captures, read_stream

__all__ = ["MAX_BYTES", "Address", "read_addresses", "read_captures", "read_stream"]
