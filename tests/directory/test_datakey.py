"""The key of a data directory."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.directory.datakey import FILE, DataKey, SealError, load
from postroom.errors import ConfigurationError

KEY = DataKey(bytes(32))


@given(st.binary(), st.text(max_size=10))
def test_a_sealed_secret_opens(secret: bytes, purpose: str) -> None:
    assert KEY.unseal(KEY.seal(secret, purpose), purpose) == secret


def test_a_secret_opens_only_whole_with_its_key_and_for_its_purpose() -> None:
    sealed = KEY.seal(b"relay password", "relay")
    assert b"relay" not in sealed
    for key, octets, purpose in (
        (KEY, sealed, "fetch"),
        (DataKey(bytes([1] * 32)), sealed, "relay"),
        (KEY, sealed[:-1], "relay"),
        (KEY, b"", "relay"),
    ):
        with pytest.raises(SealError):
            key.unseal(octets, purpose)


def test_keys_of_two_purposes_differ() -> None:
    assert KEY.derive("a") != KEY.derive("b")
    assert KEY.derive("a") == DataKey(bytes(32)).derive("a")


def test_the_key_file_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    (tmp_path / "secret.new").write_bytes(b"left by a crash")
    key = load(tmp_path)
    assert load(tmp_path).derive("x") == key.derive("x")
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_damaged_or_missing_key_file_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"short")
    with pytest.raises(ConfigurationError, match="is damaged"):
        load(tmp_path)
    with pytest.raises(ConfigurationError, match="can't be used"):
        load(tmp_path / "missing")
