"""What is wrong with what a map or a timeline is asked for."""

from __future__ import annotations


class PictureMessages:
    """Makers of problems and messages, one for each thing that can go wrong."""

    @staticmethod
    def neither_dispute_nor_actor(name: str) -> str:
        """Return that a map and a timeline are of a dispute or an actor, and this is neither."""
        return f"{name[:80]!r} is neither a dispute nor an actor; maps and timelines are of these. Name one."
