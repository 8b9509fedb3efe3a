"""What the tests of the watch share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from watch_help import Desk

from web_help import serving


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    with serving() as web:
        yield Desk(tmp_path, web)
