"""Actors across documents: which ids stand for one actor."""
