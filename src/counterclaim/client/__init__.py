"""The REST API from Python: typed, with the very structs that the server answers with."""

from counterclaim.client.client import Client
from counterclaim.client.transport import ApiError

__all__ = ["ApiError", "Client"]
