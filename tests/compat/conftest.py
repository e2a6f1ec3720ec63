"""What these tests share: one Wine for all of them, since making its disk takes longer than they do."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from compat.wine import Wine, is_there
from compat.wine import wine as opened


@pytest.fixture(scope="session")
def wine() -> Iterator[Wine]:
    """Wine with the COM client registered; left out where it is not installed, but not in CI."""
    if not is_there() and "CI" not in os.environ:
        pytest.skip("there is no Wine with mingw-w64 here")
    with opened() as made:
        yield made
