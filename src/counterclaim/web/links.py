"""Where each thing stands among the pages of one project, as of the moment that is looked at."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from counterclaim.exports.filters import anchor


class Links:
    """Makes the addresses of a project's pages; each keeps the moment that the reader looks at."""

    def __init__(self, project: str, as_of: str | None = None) -> None:
        self._base = f"/p/{quote(project, safe='')}"
        self._as_of = as_of

    def page(self, name: str = "", /, **parameters: str | int | None) -> str:
        """Return the address of a page of the project, with parameters; those that are None are left out."""
        given = {key: value for key, value in parameters.items() if value not in (None, "")}
        if self._as_of and "as_of" not in parameters:
            given["as_of"] = self._as_of
        path = f"{self._base}/{quote(name)}"
        return f"{path}?{urlencode(given)}" if given else path

    def dispute(self, dispute: str, **parameters: str | int | None) -> str:
        """Return the address of a dispute."""
        return self.page(f"disputes/{dispute}", **parameters)

    def position(self, dispute: str, position: str) -> str:
        """Return the address of a position of a dispute."""
        return f"{self.dispute(dispute)}#{anchor(position)}"

    def quotes(self, dispute: str, position: str, start: int) -> str:
        """Return the address of the quotes of a position from number ``start`` on, counted from 0."""
        return self.page(f"disputes/{dispute}/quotes", position=position, start=start)

    def report(self, key: str) -> str:
        """Return the address of a version of a report."""
        return self.page(f"reports/{key}")

    def statement(self, report: str, statement: str) -> str:
        """Return the address of a statement, marked in its report."""
        return f"{self.report(report)}#{anchor(statement)}"

    def evidence(self, statement: str) -> str:
        """Return the address of the page about one statement."""
        return self.page(f"statements/{statement}")

    def claim(self, claim: str) -> str:
        """Return the address of a claim."""
        return self.page(f"claims/{claim}")

    def actor(self, actor: str) -> str:
        """Return the address of an actor."""
        return self.page(f"actors/{actor}")
