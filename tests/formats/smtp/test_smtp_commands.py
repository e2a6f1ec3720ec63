"""Every command, right and wrong, as one table; each line is fed whole and byte by byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.address import Address
from postroom.formats.smtp import Core
from postroom.formats.smtp.events import (
    Auth,
    Bad,
    Bdat,
    Chunk,
    Data,
    Event,
    Expn,
    Hello,
    Help,
    Line,
    Mail,
    Noop,
    Quit,
    Rcpt,
    Rset,
    StartTls,
    Vrfy,
    Xclient,
)
from postroom.formats.smtp.limits import Limits
from smtpfeed import events, same

A = Address("a", "b.example")

GOOD: list[tuple[str, Event]] = [
    ("EHLO client.example", Hello("EHLO", "client.example")),
    ("ehlo [127.0.0.1]", Hello("EHLO", "[127.0.0.1]")),
    ("EHLO [IPv6:2001:db8::1]", Hello("EHLO", "[IPv6:2001:db8::1]")),
    ("HELO MY_PC", Hello("HELO", "MY_PC")),
    ("MAIL FROM:<>", Mail(None)),
    ("MAIL FROM:<a@b.example>", Mail(A)),
    ("mail from: <a@B.example>", Mail(A)),
    ("MAIL FROM:<a@b.example> SIZE=1000 BODY=8BITMIME", Mail(A, 1000, "8BITMIME")),
    ("MAIL FROM:<a@b.example> size=0  body=7bit", Mail(A, 0, "7BIT")),
    ("MAIL FROM:<a@b.example> AUTH=<>", Mail(A, auth="")),
    ("MAIL FROM:<a@b.example> AUTH=c+2Bd@e.example", Mail(A, auth="c+d@e.example")),
    ("MAIL FROM:<ä@b.example> SMTPUTF8", Mail(Address("ä", "b.example"), smtputf8=True)),
    ("MAIL FROM:<@x.example,@y.example:a@b.example>", Mail(A)),
    ('MAIL FROM:<"a"@b.example>', Mail(A)),
    ('MAIL FROM:<"a> b"@b.example> SIZE=1', Mail(Address("a> b", "b.example"), 1)),
    ("MAIL FROM:<a@[192.0.2.1]>", Mail(Address("a", "[192.0.2.1]"))),
    ("RCPT TO:<a@b.example>", Rcpt(A)),
    ("rcpt to:<Postmaster>", Rcpt(Address("postmaster", ""))),
    ("RCPT TO:<@[192.0.2.1]:a@b.example>", Rcpt(A)),
    ("DATA", Data()),
    ("RSET ", Rset()),
    ("NOOP", Noop()),
    ("NOOP with words", Noop()),
    ("QUIT", Quit()),
    ("HELP", Help("")),
    ("HELP MAIL", Help("MAIL")),
    ("VRFY someone", Vrfy("someone")),
    ("EXPN staff", Expn("staff")),
    ("STARTTLS", StartTls(injected=False)),
    ("BDAT 7 LAST", Bdat(7, last=True)),
    ("bdat 99999", Bdat(99999, last=False)),
    ("AUTH PLAIN", Auth("PLAIN", None)),
    ("auth scram-sha-256 bixhPQ==", Auth("SCRAM-SHA-256", b"n,a=")),
    ("AUTH EXTERNAL =", Auth("EXTERNAL", b"")),
    ("XCLIENT ADDR=192.0.2.1 NAME=[UNAVAILABLE] HELO=a+2Bb", Xclient({"ADDR": "192.0.2.1", "NAME": None, "HELO": "a+b"})),
]

BAD = [
    ("", "500 5.5.1"),
    ("XYZZY", "500 5.5.1"),
    ("TURN", "502 5.5.1"),
    ("LHLO client", "502 5.5.1"),
    ("EHLO", "501 5.5.4"),
    ("EHLO two words", "501 5.5.4"),
    ("EHLO <script>", "501 5.5.4"),
    ("MAIL", "501 5.5.4"),
    ("MAIL FROM:", "501 5.5.4"),
    ("MAIL FROM a@b.example", "501 5.5.4"),
    ("MAIL FROM:a@b.example", "501 5.5.4"),
    ("MAIL FROM:<a@b.example", "501 5.5.4"),
    ("MAIL FROM:<a@b.example>SIZE=1", "501 5.5.4"),
    ("MAIL FROM:<a b@c.example>", "501 5.5.4"),
    ("MAIL FROM:<a>", "501 5.1.7"),
    ("MAIL FROM:<@>", "501 5.1.7"),
    ("MAIL FROM:<a@b@c.example>", "501 5.1.7"),
    ("MAIL FROM:<ä@b.example>", "553 5.6.7"),
    ("MAIL FROM:<a@b.example> SIZE=x", "501 5.5.4"),
    ("MAIL FROM:<a@b.example> SIZE=-1", "501 5.5.4"),
    ("MAIL FROM:<a@b.example> SIZE=111111111111111111111", "501 5.5.4"),
    ("MAIL FROM:<a@b.example> SIZE=1 SIZE=2", "501 5.5.4"),
    ("MAIL FROM:<a@b.example> BODY=BINARYMIME", "555 5.5.4"),
    ("MAIL FROM:<a@b.example> BODY=9BIT", "501 5.5.4"),
    ("MAIL FROM:<a@b.example> SMTPUTF8=yes", "501 5.5.4"),
    ("MAIL FROM:<a@b.example> AUTH", "501 5.5.4"),
    ("MAIL FROM:<a@b.example> AUTH=a+0Ab", "501 5.5.4"),
    ("MAIL FROM:<a@b.example> RET=FULL", "555 5.5.4"),
    ("MAIL FROM:<a@b.example> WHAT=EVER", "555 5.5.4"),
    ("MAIL FROM:<a@b.example> ==", "501 5.5.4"),
    ("RCPT TO:<>", "553 5.1.3"),
    ("RCPT TO:<a>", "553 5.1.3"),
    ("RCPT TO:<a@b.example> NOTIFY=NEVER", "555 5.5.4"),
    ("RCPT FROM:<a@b.example>", "501 5.5.4"),
    ("DATA now", "501 5.5.4"),
    ("QUIT please", "501 5.5.4"),
    ("STARTTLS x", "501 5.5.4"),
    ("VRFY", "501 5.5.4"),
    ("AUTH", "501 5.5.4"),
    ("AUTH PLAIN two words", "501 5.5.4"),
    ("AUTH PLAIN ???", "501 5.5.2"),
    ("AUTH PLAIN ä", "501 5.5.2"),
    ("XCLIENT", "501 5.5.4"),
    ("XCLIENT ADDR", "501 5.5.4"),
    ("XCLIENT SHOE=44", "501 5.5.4"),
    ("XCLIENT HELO=+zz", "501 5.5.4"),
    ("MAIL FROM:<a\0@b.example>", "500 5.5.2"),
    ("NOOP \x07", "500 5.5.2"),
    ("RSET\r", "500 5.5.2"),
]


@pytest.mark.parametrize("size", [1, 1000])
@pytest.mark.parametrize(("line", "event"), GOOD)
def test_a_right_command_is_read(line: str, event: Event, size: int) -> None:
    same(events(line.encode() + b"\r\n", size=size), [event])


@pytest.mark.parametrize("size", [1, 1000])
@pytest.mark.parametrize(("line", "code"), BAD)
def test_a_wrong_command_is_refused_with_its_code(line: str, code: str, size: int) -> None:
    [event] = events(line.encode() + b"\r\n", size=size)
    assert isinstance(event, Bad)
    assert str(event.reply).startswith(code)
    assert not event.fatal


@pytest.mark.parametrize("line", ["GET / HTTP/1.1", "POST / HTTP/1.1", "PRI * HTTP/2.0", "BDAT", "BDAT x", "BDAT -1", "BDAT 1 FIRST"])
def test_what_can_only_go_wrong_from_here_ends_the_connection(line: str) -> None:
    [event] = events(f"{line}\r\nNOOP\r\n".encode())
    assert isinstance(event, Bad)
    assert event.fatal


def test_lmtp_greets_with_lhlo_only() -> None:
    same(events(b"LHLO a.example\r\n", lmtp=True), [Hello("LHLO", "a.example")])
    [event] = events(b"EHLO a.example\r\n", lmtp=True)
    assert isinstance(event, Bad)
    assert event.reply.code == 502


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("MAIL FROM:<a@b.example> RET=hdrs ENVID=x+2By", Mail(A, ret="HDRS", envid="x+y")),
        ("RCPT TO:<a@b.example> NOTIFY=SUCCESS,delay ORCPT=rfc822;a+2Bb@c.example", Rcpt(A, ("SUCCESS", "DELAY"), "rfc822;a+b@c.example")),
        ("RCPT TO:<a@b.example> NOTIFY=NEVER", Rcpt(A, ("NEVER",))),
        ("RCPT TO:<a@b.example> ORCPT=utf-8;ä@c.example", Rcpt(A, (), "utf-8;ä@c.example")),
    ],
)
def test_delivery_status_parameters_are_read_where_offered(line: str, event: Event) -> None:
    same(events(line.encode() + b"\r\n", dsn=True), [event])


@pytest.mark.parametrize(
    "line",
    [
        "MAIL FROM:<a@b.example> RET=SOME",
        "MAIL FROM:<a@b.example> ENVID=+0A",
        "MAIL FROM:<a@b.example> ENVID=+C3+A4",
        f"MAIL FROM:<a@b.example> ENVID={'x' * 101}",
        "RCPT TO:<a@b.example> NOTIFY=NEVER,DELAY",
        "RCPT TO:<a@b.example> NOTIFY=DELAY,DELAY",
        "RCPT TO:<a@b.example> NOTIFY",
        "RCPT TO:<a@b.example> ORCPT=nothing",
        "RCPT TO:<a@b.example> ORCPT=rfc822;a+0D+0Ab",
        "RCPT TO:<a@b.example> ORCPT=rfc822;+C3+A4@c.example",
    ],
)
def test_wrong_delivery_status_parameters_are_refused(line: str) -> None:
    [event] = events(line.encode() + b"\r\n", dsn=True)
    assert isinstance(event, Bad)
    assert str(event.reply).startswith("501 5.5.4")


@pytest.mark.parametrize("size", [1, 1000])
def test_a_command_line_too_long_is_answered_once_and_skipped(size: int) -> None:
    found = events(b"NOOP " + b"x" * 5000 + b"\r\nRSET\r\n", size=size)
    assert isinstance(found[0], Bad)
    assert str(found[0].reply).startswith("500 5.5.6")
    same(found[1:], [Rset()])


def test_a_line_without_end_ends_the_connection() -> None:
    found = events(b"x" * 9000, size=1000, limits=Limits(overrun=2000))
    assert [event.fatal for event in found if isinstance(event, Bad)] == [False, True]


@pytest.mark.parametrize("line", [b"NOOP\n", b"\n", b"MAIL FROM:<a@b.example>\n"])
def test_a_command_ended_by_a_bare_lf_is_refused(line: bytes) -> None:
    [event] = events(line)
    assert isinstance(event, Bad)
    assert str(event.reply).startswith("500 5.5.2")


def test_a_line_that_is_not_utf8_is_refused() -> None:
    [event] = events(b"NOOP \xff\r\n")
    assert isinstance(event, Bad)


def test_lines_are_given_raw_when_asked_for() -> None:
    same(events(b"AUTH PLAIN\r\nQUIT\r\nQUIT\r\n"), [Auth("PLAIN", None), Line(b"QUIT"), Quit()])


@pytest.mark.parametrize("size", [1, 1 << 20])
def test_an_auth_line_too_long_is_refused(size: int) -> None:
    found = events(b"AUTH PLAIN\r\n" + b"A" * 13000 + b"\r\nQUIT\r\n", size=size)
    assert isinstance(found[1], Bad)
    same(found[2:], [Quit()])


def test_plain_text_behind_starttls_is_seen_and_forgotten() -> None:
    core = Core()
    core.receive_data(b"STARTTLS\r\nMAIL FROM:<evil@example.test>\r\n")
    assert core.next_event() == StartTls(injected=True)
    assert not core.encrypted()
    assert core.next_event() is None


def test_plain_text_that_comes_before_the_handshake_is_seen_too() -> None:
    core = Core()
    core.receive_data(b"STARTTLS\r\n")
    assert core.next_event() == StartTls(injected=False)
    core.receive_data(b"RSET\r\n")
    assert not core.encrypted()
    core.receive_data(b"NOOP\r\n")
    same([core.next_event()], [Noop()])


def test_pipelined_commands_come_one_by_one_and_the_rest_is_counted() -> None:
    core = Core()
    core.receive_data(b"NOOP\r\nRSET\r\n")
    same([core.next_event()], [Noop()])
    assert core.buffered == 6
    core.receive_data(b"QUIT\r\n")
    assert core.buffered == 12
    same([core.next_event(), core.next_event(), core.next_event()], [Rset(), Quit(), None])


SAYINGS = [line.encode() + b"\r\n" for line, _ in GOOD if line != "STARTTLS"]  # what comes behind STARTTLS depends on the cut


@given(st.lists(st.one_of(st.binary(max_size=40), st.sampled_from(SAYINGS))), st.integers(1, 60))
def test_any_bytes_give_the_same_events_however_they_are_cut(parts: list[bytes], size: int) -> None:
    data = b"".join(parts)
    whole, cut = events(data), events(data, size=size)
    same([event for event in whole if not isinstance(event, Chunk)], [event for event in cut if not isinstance(event, Chunk)])
