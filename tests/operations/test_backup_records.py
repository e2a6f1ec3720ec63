"""What parts hold is read back as it was written, however it is cut; names that lead out of a directory are none."""

from __future__ import annotations

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.operations.backup.archive import compressed, decompressed
from postroom.operations.backup.errors import Damaged
from postroom.operations.backup.keys import Key
from postroom.operations.backup.records import Records, is_safe_name, lines, pack_head, pack_rows, unpack_rows

values = st.none() | st.integers(-(2**63), 2**63 - 1) | st.text() | st.binary()


@given(st.lists(st.lists(values, max_size=5), max_size=5))
def test_rows_are_read_back(rows: list[list[object]]) -> None:
    packed = pack_rows([tuple(row) for row in rows])
    assert packed.count(b"\n") == 1
    assert unpack_rows(packed) == rows


@given(st.lists(st.tuples(st.text(), st.binary(max_size=100)), max_size=4), st.integers(1, 40))
def test_contents_are_read_back_however_the_stream_is_cut(contents: list[tuple[str, bytes]], cut: int) -> None:
    stream = b"".join(pack_head((number, len(body), text)) + body for number, (text, body) in enumerate(contents))
    pieces = iter([stream[at : at + cut] for at in range(0, len(stream), cut)])
    found = [(record.columns["text"], b"".join(record.body)) for record in Records(("id", "size", "text"), pieces)]
    assert found == contents


@given(st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line), max_size=5), st.integers(1, 20))
def test_lines_are_read_back_however_the_stream_is_cut(wanted: list[bytes], cut: int) -> None:
    stream = b"".join(line + b"\n" for line in wanted)
    assert list(lines(stream[at : at + cut] for at in range(0, len(stream), cut))) == wanted


@given(st.binary(max_size=70_000))
def test_a_piece_is_decompressed_to_what_it_was(data: bytes) -> None:
    assert decompressed(compressed(data), len(data)) == data


def test_a_piece_that_grows_over_its_bound_is_refused_before_it_has_grown() -> None:
    bomb = zlib.compress(bytes(100_000_000))
    with pytest.raises(Damaged, match="longer than any"):
        decompressed(bomb, 500_000)
    with pytest.raises(Damaged):
        decompressed(compressed(b"x" * 1000)[:-1], 1000)
    with pytest.raises(Damaged):
        decompressed(compressed(b"x") + b"y", 1000)


@pytest.mark.parametrize("line", [b"{}", b"[1]", b"[[", b'[[{"octets":1}]]', b'[[{"x":"y"}]]', b"[[1" + b"[" * 100_000, b"\xff"])
def test_rows_that_we_never_write_are_refused(line: bytes) -> None:
    with pytest.raises(Damaged):
        unpack_rows(line)


@pytest.mark.parametrize(
    "stream", [b"\0", b"\0\0\0\x05[1]", b"\xff\xff\xff\xff", b"\0\0\0\x03[1]", b"\0\0\0\x08[1,-1,0]", b"\0\0\0\x0a[1,9,null]abc"]
)
def test_contents_that_we_never_write_are_refused(stream: bytes) -> None:
    with pytest.raises(Damaged):
        list(Records(("id", "size", "x"), iter([stream])))


@pytest.mark.parametrize(
    "name", ["secret.key", "tls/mail.example.test.pem", "Events/EventHandlers.vbs", "a b/c+d@e.txt", "ключ.pem", "elsewhere/cert.pem"]
)
def test_names_of_a_data_directory_are_names(name: str) -> None:
    assert is_safe_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "a/../b",
        "/etc/passwd",
        "a//b",
        "a/",
        "C:x",
        "c:\\x",
        "a\\b",
        "a\0b",
        "a\nb",
        ".hidden",
        "x/.",
        "x.",
        "con",
        "NUL.txt",
        "a:stream",
        "a" * 300,
        "/".join("a" * 20),
    ],
)
def test_names_that_lead_elsewhere_are_none(name: str) -> None:
    assert not is_safe_name(name)


def test_what_is_no_key_file_is_said_to_be_none() -> None:
    from postroom.operations.backup.errors import BackupError

    with pytest.raises(BackupError, match="no age key"):
        Key.of_text("hello", "x.key")
    with pytest.raises(BackupError, match="damaged"):
        Key.of_text("AGE-SECRET-KEY-1NONE", "x.key")
    assert "AGE" not in repr(Key(passphrase="secret")) + json.dumps(str(Key(passphrase="secret")))
