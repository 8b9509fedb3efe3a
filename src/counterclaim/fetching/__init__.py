"""Getting a report from the net, safely: public addresses only, within limits of size and time.

Needs the extra ``desk`` or ``watch``; :mod:`counterclaim.fetching.robots` needs ``watch``.
"""

from counterclaim.fetching.getting import fetch, get, post
from counterclaim.fetching.limits import Answer, Fetched, FetchError, FetchLimits, Validators

__all__ = ["Answer", "FetchError", "FetchLimits", "Fetched", "Validators", "fetch", "get", "post"]
