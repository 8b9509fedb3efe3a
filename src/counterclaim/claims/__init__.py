"""Step 4: from statements to claims: what is said, in a form in which it can be compared."""

from counterclaim.claims.gist import Gist, gist_of

__all__ = ["Gist", "gist_of"]
