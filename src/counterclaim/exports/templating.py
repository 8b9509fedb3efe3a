"""Templates that print what reports say: everything is escaped, and cleaned of what HTML forbids."""

from __future__ import annotations

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from counterclaim.exports.filters import FILTERS, kept


def make_environment(*packages: str) -> Environment:
    """Return an environment with the templates of these packages, the first one's first, and of this one."""
    loaders = [PackageLoader(each) for each in (*packages, "counterclaim.exports")]
    environment = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        keep_trailing_newline=True,
    )
    environment.filters.update(FILTERS)
    return environment


def _finalized(value: object) -> object:
    """Clean every text that the templates print; it is escaped after that."""
    return kept(value) if type(value) is str else value
