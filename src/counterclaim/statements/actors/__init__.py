"""Actors within one document: every mention of a person, a group or an organisation, and who it is."""
