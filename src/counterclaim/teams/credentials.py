"""Secrets: tokens for programs, and passwords for people; what is kept of them, and how they are compared."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import sys
import unicodedata
from base64 import b64decode, b64encode
from pathlib import Path

from counterclaim.model.errors import Messages, TeamError

SECRET_BYTES = 32
SHORTEST = 15
"""Characters of a password: NIST SP 800-63B-4, 3.1.1.2, for a password that is used alone; no other rule."""
LONGEST = 256

_TOKEN = re.compile(r"cc_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_N, _R, _P = 2**15, 8, 3
"""Cost of scrypt (RFC 7914): 32 MiB, three times over, as the OWASP Password Storage Cheat Sheet has it."""
_SALT, _KEY = 16, 32


def new_token() -> tuple[str, str]:
    """Return the id of a new token, and the text to hand to its user: the id and 32 random bytes."""
    name = secrets.token_hex(6)
    return f"t-{name}", f"cc_{name}_{secrets.token_urlsafe(SECRET_BYTES)}"


def token_id(secret: str) -> str | None:
    """Return the id that a token names itself by; None for what is no token."""
    found = _TOKEN.fullmatch(secret)
    return f"t-{found[1]}" if found else None


def digest(secret: str) -> str:
    """Return what is kept of a token: the SHA-256 of its text. 32 random bytes need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same_digest(one: str, other: str) -> bool:
    """Compare two digests in a time that does not depend on where they differ."""
    return hmac.compare_digest(one, other)


def hash_password(password: str) -> str:
    """Return what is kept of a password: ``scrypt$n$r$p$salt$hash``. Raises TeamError for a poor one."""
    prepared = _prepared(password)
    if prepared is None or not SHORTEST <= len(prepared) <= LONGEST:
        raise TeamError(Messages.password_refused(SHORTEST, LONGEST))
    salt = secrets.token_bytes(_SALT)
    key = _key(prepared, salt, _N, _R, _P)
    return "$".join(("scrypt", str(_N), str(_R), str(_P), b64encode(salt).decode(), b64encode(key).decode()))


def is_password(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one of which ``kept`` is kept.

    Where nothing is kept, as of an unknown user, it takes as long as a wrong password.
    """
    prepared = _prepared(password)
    if prepared is None or len(prepared) > LONGEST:
        prepared = ""  # no password is empty
    _scheme, n, r, p, salt, key = (kept or _NOBODY).split("$")
    found = _key(prepared, b64decode(salt), int(n), int(r), int(p))
    return hmac.compare_digest(found, b64decode(key)) and kept is not None


def read_password(place: str) -> str:
    """Return the first line of a file, or of standard input for ``-``. Raises TeamError where it cannot."""
    try:
        with sys.stdin.buffer if place == "-" else Path(place).open("rb") as stream:
            return stream.readline(4 * LONGEST + 2).decode().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise TeamError(Messages.password_unread(place, reason or str(error))) from error


def _prepared(password: str) -> str | None:
    """Return a password as it is hashed (RFC 8265, 4.2: spaces alike, NFC); None for what is no text.

    None, too, for what is too long however it is written: NFC makes one character of four at most.
    """
    if len(password) > 4 * LONGEST or any(unicodedata.category(each) in {"Cc", "Cs"} for each in password):
        return None
    spaced = "".join(" " if unicodedata.category(each) == "Zs" else each for each in password)
    return unicodedata.normalize("NFC", spaced)


def _key(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(
        password.encode(), salt=salt, n=n, r=r, p=p, maxmem=128 * r * (n + p + 2) + 2**20, dklen=_KEY
    )


_NOBODY = "$".join(
    ("scrypt", str(_N), str(_R), str(_P), b64encode(bytes(_SALT)).decode(), b64encode(bytes(_KEY)).decode())
)
