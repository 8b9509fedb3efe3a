"""Secrets: how they are made, kept and compared."""

from __future__ import annotations

import hashlib
import io
import string
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from team_help import OTHER_PASSWORD, PASSWORD

from counterclaim.model.errors import TeamError
from counterclaim.teams.credentials import (
    LONGEST,
    SHORTEST,
    digest,
    hash_password,
    is_password,
    new_token,
    read_password,
    same_digest,
    token_id,
)


def test_a_token_names_itself_and_holds_32_random_bytes():
    made = [new_token() for _ in range(200)]
    assert len({secret for _identifier, secret in made}) == 200
    for identifier, secret in made:
        assert token_id(secret) == identifier
        assert len(secret.split("_", 2)[2]) == 43  # 32 bytes in base64 without padding
        assert digest(secret) == hashlib.sha256(secret.encode()).hexdigest()
        assert secret.isascii()


@given(st.text())
def test_what_is_no_token_names_none(text):
    assert token_id(text) is None


@given(st.data())
def test_a_changed_token_has_another_digest(data):
    secret = f"cc_{'0' * 12}_{'x' * 43}"
    place = data.draw(st.integers(0, len(secret) - 1))
    letter = data.draw(st.sampled_from([c for c in string.ascii_letters + "-_" if c != secret[place]]))
    changed = secret[:place] + letter + secret[place + 1 :]
    assert not same_digest(digest(changed), digest(secret))
    assert same_digest(digest(secret), digest(secret))


def test_a_password_is_kept_as_scrypt_with_a_salt_of_its_own():
    one, other = hash_password(PASSWORD), hash_password(PASSWORD)
    assert one != other
    assert one.startswith("scrypt$32768$8$3$")
    assert PASSWORD not in one
    assert is_password(PASSWORD, one)
    assert is_password(PASSWORD, other)
    assert not is_password(OTHER_PASSWORD, one)
    assert not is_password("", one)
    assert not is_password(PASSWORD * 100, one)
    assert not is_password(PASSWORD + "\ud800", one)
    assert not is_password(PASSWORD, None)
    assert not is_password("", None)


def test_a_password_is_one_however_its_letters_are_composed():
    kept = hash_password("Fähren über Nacht")
    assert is_password(unicodedata.normalize("NFD", "Fähren über Nacht"), kept)
    assert is_password("Fähren\u00a0über Nacht", kept)
    assert not is_password("Fahren uber Nacht", kept)


@settings(max_examples=5, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=30, max_size=60))
def test_any_text_without_control_characters_is_a_password(text):
    assert is_password(text, hash_password(text))


@pytest.mark.parametrize(
    "poor", ["", "a" * (SHORTEST - 1), "a" * (LONGEST + 1), PASSWORD + "\n", PASSWORD + "\ud800"]
)
def test_a_poor_password_is_refused_without_being_shown(poor):
    with pytest.raises(TeamError, match="15 to 256 characters") as refused:
        hash_password(poor)
    assert not poor or poor not in str(refused.value)


def test_a_password_is_the_first_line_of_a_file(tmp_path, monkeypatch):
    path = tmp_path / "secret"
    path.write_text(f"{PASSWORD}\r\nmore\n", encoding="utf-8", newline="")
    assert read_password(str(path)) == PASSWORD
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{PASSWORD}\n".encode())))
    assert read_password("-") == PASSWORD
    path.write_bytes(b"\xff\xfe passwords")
    with pytest.raises(TeamError, match="not UTF-8"):
        read_password(str(path))
    with pytest.raises(TeamError, match="No such file"):
        read_password(str(tmp_path / "missing"))


class Unread(str):
    """A password of which nobody has looked at the characters."""

    def __iter__(self):
        raise AssertionError("it was looked at")


def test_a_password_of_any_length_is_refused_without_looking_at_all_of_it():
    kept = hash_password(PASSWORD)
    assert not is_password(Unread("x" * 5_000), kept)
    with pytest.raises(TeamError):
        hash_password(Unread("x" * 5_000))
