"""What is wrong with an address, or with what a server answers."""

from __future__ import annotations

from counterclaim.model.problems import Problem


class FetchMessages:
    """Makers of problems and messages, one for each thing that can go wrong with a fetch."""

    @staticmethod
    def url_unreadable(url: str, reason: str) -> Problem:
        """Return the problem of what is no address of a page."""
        return Problem(
            name=url,
            code="bad-url",
            message=f"this is no address that can be fetched ({reason}).",
            advice="Give a whole address that begins with http:// or https://.",
        )

    @staticmethod
    def url_with_credentials(url: str) -> Problem:
        """Return the problem of an address with a name or a password; ``url`` is without them."""
        return Problem(
            name=url,
            code="credentials-in-url",
            message="the address has a name or a password in it.",
            advice="Leave them out; pages behind a login must be saved and given as files.",
        )

    @staticmethod
    def port_refused(url: str, port: int, ports: tuple[int, ...]) -> Problem:
        """Return the problem of a port that no page is fetched from."""
        allowed = ", ".join(str(each) for each in ports)
        return Problem(
            name=url,
            code="port-refused",
            message=f"port {port} is not one that reports are fetched from ({allowed}).",
            advice="Check the address; who runs the program can allow more ports.",
        )

    @staticmethod
    def address_refused(url: str, host: str) -> Problem:
        """Return the problem of a host that is not on the public network."""
        return Problem(
            name=url,
            code="private-address",
            message=f"{host} is not an address of the public network, and is not fetched from.",
            advice="Save the report and give it as a file; who runs the program can allow an inner network.",
        )

    @staticmethod
    def redirects_endless(url: str, limit: int) -> Problem:
        """Return the problem of an address that leads on and on."""
        return Problem(
            name=url,
            code="too-many-redirects",
            message=f"the address led on more than {limit} times.",
            advice="Open it in a browser and give the address at which it ends.",
        )

    @staticmethod
    def redirect_refused(url: str, reason: str) -> Problem:
        """Return the problem of an address that leads to where nothing is fetched from."""
        return Problem(
            name=url,
            code="redirect-refused",
            message=f"the address leads on to where nothing is fetched from ({reason}).",
            advice="Open it in a browser, save the report, and give it as a file.",
        )

    @staticmethod
    def fetch_too_large(url: str, limit: int) -> Problem:
        """Return the problem of an answer over the size limit, as received or unpacked."""
        return Problem(
            name=url,
            code="too-large",
            message=f"the answer is larger than {limit:,} bytes, as received or unpacked.",
            advice="Save the report itself and give it as a file, or raise the limit.",
        )

    @staticmethod
    def fetch_late(url: str, seconds: float) -> Problem:
        """Return the problem of a server that took too long."""
        return Problem(
            name=url,
            code="timeout",
            message=f"the server did not answer in full within {seconds:g} seconds.",
            advice="Try again later.",
        )

    @staticmethod
    def fetch_failed(url: str, reason: str) -> Problem:
        """Return the problem of a server that cannot be reached, or whose answer breaks off."""
        return Problem(
            name=url,
            code="unreachable",
            message=f"the address could not be fetched ({reason}).",
            advice="Check its spelling and the network, or try again later.",
        )

    @staticmethod
    def fetch_status(url: str, status: int) -> Problem:
        """Return the problem of a server that answers with an error."""
        return Problem(
            name=url,
            code="http-error",
            message=f"the server answered with status {status}.",
            advice="Open the address in a browser to see whether the report is there; try again later.",
        )

    @staticmethod
    def fetch_packed(url: str, reason: str) -> Problem:
        """Return the problem of an answer that cannot be unpacked."""
        return Problem(
            name=url,
            code="bad-packing",
            message=f"the answer cannot be unpacked ({reason}).",
            advice="Save the report with a browser and give it as a file.",
        )

    @staticmethod
    def fetched_json(url: str) -> Problem:
        """Return the problem of an address that holds data and no page."""
        return Problem(
            name=url,
            code="not-a-page",
            message="the address holds JSON, which is no page.",
            advice="If these are reports in JSON Lines, save them and give them as a file.",
        )

    @staticmethod
    def robots_refuse(url: str, agent: str) -> Problem:
        """Return the problem of a page that its site does not want fetched by programs."""
        return Problem(
            name=url,
            code="robots",
            message=f"the site's robots.txt asks {agent} not to fetch this.",
            advice="Read the page in a browser, save it, and give it as a file.",
        )

    @staticmethod
    def robots_unknown(url: str, reason: str) -> Problem:
        """Return the problem of a site whose robots.txt cannot be had just now."""
        return Problem(
            name=url,
            code="robots-unreachable",
            message=f"the site's robots.txt could not be had ({reason}), so that nothing is fetched there.",
            advice="Try again later.",
        )

    @staticmethod
    def network_unreadable(given: str, reason: str) -> str:
        """Return that a network that may be reached is not written as one."""
        return f"{given!r} is no network ({reason}). Write it as 10.1.0.0/16 or 127.0.0.1."
