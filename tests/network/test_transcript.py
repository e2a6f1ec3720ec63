"""What those who read along see of conversations: everything but secrets and contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom import log
from postroom.network import transcript
from postroom.network.transcript import Transcript, wanted


@pytest.fixture
def lines() -> Iterator[list[str]]:
    found: list[str] = []

    def watch(line: dict[str, Any]) -> None:
        found.append(line["text"])

    with log.watching(watch):
        yield found


@pytest.mark.parametrize(
    ("kind", "line", "shown"),
    [
        ("SMTPD", b"AUTH LOGIN", "AUTH LOGIN"),
        ("SMTPD", b"auth plain AGFsaWNlAHNlY3JldA==", "auth plain ***"),
        ("SMTPD", b"MAIL FROM:<a@b.test> AUTH=<>", "MAIL FROM:<a@b.test> AUTH=<>"),
        ("POP3D", b"USER alice", "USER alice"),
        ("POP3D", b"PASS two words", "PASS ***"),
        ("POP3D", b"APOP alice c4c9334bac560ecc979e58001b3e22fb", "APOP alice ***"),
        ("IMAPD", b"a LOGIN alice secret", "a LOGIN alice ***"),
        ("IMAPD", b'a login "al ice" "sec\\"ret"', 'a login "al ice" ***'),
        ("IMAPD", b'a LOGIN "al\\"ice" secret', "a LOGIN ***"),
        ("IMAPD", b"a LOGIN {5}\r\nalice {6}\r\nsecret", "a LOGIN ***"),
        ("IMAPD", b"a AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==", "a AUTHENTICATE PLAIN ***"),
        ("IMAPD", b"a FETCH 1 FLAGS\r\n", "a FETCH 1 FLAGS"),
    ],
)
def test_a_secret_is_masked_with_all_that_follows(lines: list[str], kind: str, line: bytes, shown: str) -> None:
    Transcript(kind, "1", "192.0.2.1").received(line)
    assert lines == [f"RECEIVED: {shown}"]


def test_what_follows_a_refused_login_may_be_a_password_and_is_masked(lines: list[str]) -> None:
    talk = Transcript("SMTPD", "1", "192.0.2.1")
    talk.received(b"AUTH LOGIN")
    talk.received(b"YWxpY2U=", understood=False)
    talk.received(b"c2VjcmV0", understood=False)
    talk.received(b"NOOP")
    talk.received(b"FOO", understood=False)
    assert lines == ["RECEIVED: AUTH LOGIN", "RECEIVED: ***", "RECEIVED: ***", "RECEIVED: NOOP", "RECEIVED: FOO"]


def test_what_we_say_to_a_server_to_log_in_is_masked(lines: list[str]) -> None:
    talk = Transcript("SMTPC", "C1", "192.0.2.1")
    talk.sent_commands(b"AUTH LOGIN\r\n", secret=True)
    talk.sent_commands(b"YWxpY2U=\r\n", secret=True)
    talk.sent_commands(b"AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n", secret=True)
    talk.sent_commands(b"MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\n")
    assert lines == ["SENT: AUTH LOGIN", "SENT: ***", "SENT: AUTH PLAIN ***", "SENT: MAIL FROM:<a@b.test>", "SENT: RCPT TO:<c@d.test>"]


@given(st.lists(st.integers(1, 40)), st.binary(max_size=60))
def test_literals_are_left_out_however_the_data_is_cut(cuts: list[int], content: bytes) -> None:
    found: list[str] = []
    data = b"* 1 FETCH (UID 7 BODY[] {%d}\r\n%b FLAGS ())\r\na OK Done\r\n" % (len(content), content)
    head = data.index(b"\r\n") + 2  # a session never cuts within a line that announces a literal
    talk = Transcript("IMAPD", "1", "192.0.2.1")
    with log.watching(lambda line: found.append(line["text"].removeprefix("SENT: "))):
        rest = data[head:]
        talk.sent_with_literals(data[:head])
        for cut in cuts:
            talk.sent_with_literals(rest[:cut])
            rest = rest[cut:]
        talk.sent_with_literals(rest)
    assert "".join("".join(found).split()) == "".join(b"*1FETCH(UID7BODY[]{%d}FLAGS())aOKDone".decode().split()) % len(content)


def test_kinds_are_wanted_while_somebody_reads_them() -> None:
    def one() -> set[str]:
        return {"smtp"}

    def other() -> set[str]:
        return {"smtp", "debug"}

    transcript.join(one)
    transcript.join(other)
    assert (wanted.smtp, wanted.imap, wanted.debug) == (True, False, True)
    transcript.leave(other)
    assert (wanted.smtp, wanted.debug) == (True, False)
    transcript.leave(one)
    assert not wanted.smtp


def test_a_word_for_awstats_has_no_blank_and_no_control_character(lines: list[str]) -> None:
    transcript.tell_of_mail("", '"a b"@c.test', "192.0.2.1", "", 250, 17)
    assert lines[0].split("\t")[1:] == ["<>", '"a%20b"@c.test', "192.0.2.1", "-", "SMTP", "?", "250", "17"]
