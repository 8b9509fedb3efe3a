"""What a WACZ is besides a ZIP archive: web archives in a folder, with a list of their digests."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator

from counterclaim.model import Problem
from counterclaim.model.errors import Messages

PACKAGE = "datapackage.json"
_LARGEST = 1 << 24
_ARCHIVE = re.compile(r"archive/.+\.warc(\.gz|\.zst)?", re.IGNORECASE)
_ALGORITHMS = {"sha256", "sha512", "sha1", "md5"}


def is_wacz(names: set[str]) -> bool:
    """Tell whether an archive with these members is a WACZ: a package of web archives."""
    return PACKAGE in names and any(_ARCHIVE.fullmatch(name) for name in names)


class Fixity:
    """Compares the web archives of a WACZ with the digests that its package states, as they are read.

    ``problems`` is what is wrong with the package itself.
    """

    def __init__(self, name: str, archive: zipfile.ZipFile, errors: tuple[type[Exception], ...]) -> None:
        errors = (*errors, KeyError, TypeError, RecursionError)
        self.problems: list[Problem] = []
        self._stated: dict[str, str] = {}
        self._running: dict[str, hashlib._Hash] = {}
        try:
            with archive.open(PACKAGE) as stream:
                package = json.loads(stream.read(_LARGEST))
            for resource in package["resources"]:
                self._stated[str(resource["path"])] = str(resource["hash"])
        except errors as error:
            self.problems.append(
                Messages.archive_damaged(f"{name}!{PACKAGE}", str(error) or "it is no package")
            )

    def is_wanted(self, member: str) -> bool:
        """Tell whether a member is one of the web archives."""
        return _ARCHIVE.fullmatch(member) is not None

    def watched(self, member: str, read: Callable[[int], bytes]) -> Callable[[int], bytes]:
        """Return a function that reads as ``read`` does, and counts the bytes into the digest."""
        algorithm = self._stated.get(member, "").partition(":")[0]
        if algorithm not in _ALGORITHMS:
            return read
        running = self._running[member] = hashlib.new(algorithm, usedforsecurity=False)

        def watching(size: int) -> bytes:
            data = read(size)
            running.update(data)
            return data

        return watching

    def checked(self, member: str, name: str) -> Iterator[Problem]:
        """Give the notice that a member, read to its end, does not have its digest, if that is so."""
        running = self._running.pop(member, None)
        if running is None:
            return
        algorithm, _, stated = self._stated[member].partition(":")
        if running.hexdigest() != stated.lower():
            yield Messages.digest_wrong(name, algorithm)
