"""Step 4: from statements to claims: what is said, and by which actor across documents."""

from counterclaim.claims.actors import collect_actors
from counterclaim.claims.gist import Gist, gist_of

__all__ = ["Gist", "collect_actors", "gist_of"]
