"""The POP3 core: lines into events, whole and byte by byte."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.pop3 import Bad, Core, Event, events
from postroom.formats.pop3.core import AUTH_LINE, COMMAND_LINE, OVERRUN

GOOD: list[tuple[bytes, Event]] = [
    (b"USER alice\r\n", events.User("alice")),
    (b"user  alice \r\n", events.User("alice")),
    ("USER jürgen\r\n".encode(), events.User("jürgen")),
    (b"PASS secret\r\n", events.Pass("secret")),
    (b"PASS  two words \r\n", events.Pass(" two words ")),
    (b"PASS gr\xf6\xdfe\r\n", events.Pass("gr\udcf6\udcdfe")),
    (b"AUTH\r\n", events.Mechanisms()),
    (b"AUTH plain\r\n", events.Auth("PLAIN")),
    (b"AUTH PLAIN =\r\n", events.Auth("PLAIN", b"")),
    (b"AUTH SCRAM-SHA-256 biws\r\n", events.Auth("SCRAM-SHA-256", b"n,,")),
    (b"STAT\r\n", events.Stat()),
    (b"stat \r\n", events.Stat()),
    (b"LIST\r\n", events.List(None)),
    (b"LIST 12\r\n", events.List(12)),
    (b"RETR 007\r\n", events.Retr(7)),
    (b"DELE 9999999999\r\n", events.Dele(9999999999)),
    (b"NOOP\r\n", events.Noop()),
    (b"RSET\r\n", events.Rset()),
    (b"TOP 1 0\r\n", events.Top(1, 0)),
    (b"UIDL\r\n", events.Uidl(None)),
    (b"UIDL 3\r\n", events.Uidl(3)),
    (b"QUIT\r\n", events.Quit()),
    (b"QUIT\n", events.Quit()),
    (b"CAPA\r\n", events.Capa()),
    (b"STLS\r\n", events.Stls(injected=False)),
    (b"UTF8\r\n", events.Utf8()),
    (b"LANG\r\n", events.Lang(None)),
    (b"LANG *\r\n", events.Lang("*")),
]

BAD = [
    b"\r\n",
    b"\n",
    b" STAT\r\n",
    b"STATS\r\n",
    b"STAT 1\r\n",
    b"USER\r\n",
    b"USER \r\n",
    b"PASS\r\n",
    b"PASS \r\n",
    b"RETR\r\n",
    b"RETR 1 2\r\n",
    b"RETR +1\r\n",
    b"RETR 1_0\r\n",
    "RETR ²\r\n".encode(),
    b"RETR 12345678901\r\n",
    b"TOP 1\r\n",
    b"TOP 1 2 3\r\n",
    b"TOP 1 99999999999\r\n",
    b"LIST x\r\n",
    b"AUTH PLAIN !\r\n",
    b"AUTH PLAIN AA==AA==\r\n",
    b"AUTH PL\xc4IN\r\n",
    b"LANG en fr\r\n",
    b"APOP alice c4c9334bac560ecc979e58001b3e22fb\r\n",
    b"US\0ER a\r\n",
    b"USER a\tb\r\n",
    b"USER a\x7f\r\n",
    b"USER a\rPASS b\r\n",
]


def heard(data: bytes, *, slowly: bool = False) -> list[Event]:
    core = Core()
    found = []
    for piece in [data[at : at + 1] for at in range(len(data))] if slowly else [data]:
        core.receive_data(piece)
        while (event := core.next_event()) is not None:
            found.append(event)
    return found


@pytest.mark.parametrize(("data", "event"), GOOD, ids=[repr(data) for data, _ in GOOD])
def test_a_command_is_read_whole_and_byte_by_byte(data: bytes, event: Event) -> None:
    assert heard(data) == [event]
    assert heard(data, slowly=True) == [event]


@pytest.mark.parametrize("data", BAD, ids=repr)
def test_what_is_no_command_is_refused_and_the_next_is_read(data: bytes) -> None:
    for slowly in (False, True):
        first, second = heard(data + b"NOOP\r\n", slowly=slowly)
        assert isinstance(first, Bad)
        assert not first.fatal
        assert second == events.Noop()


def test_pipelined_commands_come_one_by_one() -> None:
    data = b"".join(line for line, event in GOOD if not isinstance(event, events.Stls))
    assert heard(data) == heard(data, slowly=True) == [event for _, event in GOOD if not isinstance(event, events.Stls)]


def test_a_password_is_never_shown() -> None:
    assert "secret" not in repr(events.Pass("secret"))
    assert "secret" not in repr(events.Auth("PLAIN", b"secret"))
    assert "secret" not in repr(events.Line(b"secret"))


def test_what_follows_stls_is_noticed() -> None:
    core = Core()
    core.receive_data(b"STLS\r\nNOOP\r\n")
    assert core.next_event() == events.Stls(injected=True)
    assert not core.encrypted()
    assert core.buffered == 0
    assert core.next_event() is None
    core.receive_data(b"STLS\r\n")
    assert core.next_event() == events.Stls(injected=False)
    core.receive_data(b"USER mallory\r\n")
    assert not core.encrypted()
    assert core.next_event() is None
    assert core.encrypted()


def test_a_command_line_has_255_octets() -> None:
    fits = b"USER " + b"a" * (COMMAND_LINE - 7) + b"\r\n"
    assert len(fits) == COMMAND_LINE
    for slowly in (False, True):
        assert heard(fits, slowly=slowly) == [events.User("a" * 248)]
        [refusal, after] = heard(b"USER " + b"a" * (COMMAND_LINE - 6) + b"\r\nNOOP\r\n", slowly=slowly)
        assert isinstance(refusal, Bad)
        assert after == events.Noop()


def test_a_line_too_long_is_refused_before_it_ends() -> None:
    assert [type(event) for event in heard(b"x" * COMMAND_LINE)] == [Bad]


def test_a_line_without_an_end_is_dropped_and_then_fatal() -> None:
    core = Core()
    found = []
    for _ in range(OVERRUN // 1000 + 2):
        core.receive_data(b"x" * 1000)
        while (event := core.next_event()) is not None:
            found.append(event)
        assert core.buffered <= 1000
    assert [isinstance(event, Bad) and event.fatal for event in found] == [False, True]
    core.receive_data(b"\r\nNOOP\r\n")
    assert core.next_event() is None
    assert core.buffered == 0


def test_a_browsers_request_is_fatal() -> None:
    found = heard(b"POST / HTTP/1.1\r\nHost: x\r\n\r\nUSER alice\r\n")
    assert [isinstance(event, Bad) and event.fatal for event in found] == [True]


def test_an_answer_to_a_challenge_is_a_line_of_its_own() -> None:
    core = Core()
    core.expect_line()
    core.receive_data(b"QUIT\r\nQUIT\r\n")
    assert core.next_event() == events.Line(b"QUIT")
    assert core.next_event() == events.Quit()
    core.expect_line()
    long = base64.b64encode(b"x" * 9000)
    core.receive_data(long + b"\r\n")
    assert core.next_event() == events.Line(long)
    core.expect_line()
    core.receive_data(b"x" * AUTH_LINE)
    assert isinstance(core.next_event(), Bad)
    core.receive_data(b"\r\nNOOP\r\n")
    assert core.next_event() == events.Noop()


lines = st.sampled_from([line for line, _ in GOOD] + BAD + [b"x" * 300 + b"\r\n", b"GET / HTTP/1.0\r\n"])


@given(st.lists(lines | st.binary(max_size=30), max_size=8), st.data())
def test_however_the_bytes_are_cut_the_events_are_the_same(parts: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(parts)
    cut = data.draw(st.integers(0, len(whole)))
    core = Core()
    found = []
    for piece in (whole[:cut], whole[cut:]):
        core.receive_data(piece)
        while (event := core.next_event()) is not None:
            found.append(events.Stls(injected=False) if isinstance(event, events.Stls) else event)
    assert found == [events.Stls(injected=False) if isinstance(event, events.Stls) else event for event in heard(whole)]
