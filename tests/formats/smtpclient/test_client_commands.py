"""MAIL and RCPT: what the client writes, the server's parsers read; what can't be written is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.address import Address, AddressError, quote_local
from postroom.formats.smtp.commands import verbs
from postroom.formats.smtp.events import Mail, Rcpt
from postroom.formats.smtpclient.commands import mail, rcpt
from postroom.formats.smtpclient.extensions import RECIPIENTS, Extensions
from postroom.formats.smtpclient.reply import Reply

EVERYTHING = Extensions(pipelining=True, chunking=True, eightbit=True, smtputf8=True, dsn=True, requiretls=True, size=0)
NOTHING = Extensions()
SERVER = verbs(dsn=True)
LOCAL = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=["C", "Z"]), min_size=1, max_size=15)
TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30)


def parsed(line: bytes) -> object:
    text = line.decode()
    assert text.endswith("\r\n")
    verb, _, argument = text[:-2].partition(" ")
    return SERVER[verb](argument)


@given(LOCAL, st.integers(0, 10**12), st.booleans(), TEXT, st.sampled_from(["FULL", "HDRS"]))
def test_mail_is_read_as_it_was_meant(local: str, size: int, eightbit: bool, envid: str, ret: str) -> None:
    sender = f"{quote_local(local)}@example.test"
    utf8 = not local.isascii()
    line = mail(sender, EVERYTHING, {"RET": ret, "ENVID": envid}, size=size, eightbit=eightbit, utf8=utf8)
    assert parsed(line) == Mail(Address(local, "example.test"), size, "8BITMIME" if eightbit or utf8 else "7BIT", utf8, None, ret, envid)  # type: ignore[arg-type] # hypothesis chose one of the two


@given(LOCAL, TEXT, st.sampled_from(["NEVER", "SUCCESS", "FAILURE,DELAY"]))
def test_rcpt_is_read_as_it_was_meant(local: str, original: str, notify: str) -> None:
    options = {"NOTIFY": notify, "ORCPT": f"rfc822;{original}"}
    line = rcpt(f"{quote_local(local)}@example.test", EVERYTHING, options, utf8=True)
    expected = Rcpt(Address(local, "example.test"), tuple(notify.split(",")), f"rfc822;{original}")  # type: ignore[arg-type] # likewise
    if local.isascii():
        assert parsed(line) == expected


def test_what_is_not_offered_is_not_said() -> None:
    options = {"RET": "FULL", "ENVID": "x", "REQUIRETLS": "1", "NOTIFY": "NEVER", "ORCPT": "rfc822;a@b.test"}
    assert mail("a@b.test", NOTHING, options, size=5, eightbit=True, utf8=False) == b"MAIL FROM:<a@b.test>\r\n"
    assert rcpt("a@b.test", NOTHING, options, utf8=False) == b"RCPT TO:<a@b.test>\r\n"
    assert mail("", EVERYTHING, options, size=5, eightbit=True, utf8=False) == b"MAIL FROM:<> SIZE=5 BODY=8BITMIME REQUIRETLS RET=FULL ENVID=x\r\n"


def test_an_original_address_beyond_ascii_is_written_by_rfc_6533() -> None:
    options = {"ORCPT": "utf-8;jürgen@b.test"}
    assert rcpt("a@b.test", EVERYTHING, options, utf8=True) == "RCPT TO:<a@b.test> ORCPT=utf-8;jürgen@b.test\r\n".encode()
    assert rcpt("a@b.test", EVERYTHING, options, utf8=False) == b"RCPT TO:<a@b.test> ORCPT=utf-8;j\\x{FC}rgen@b.test\r\n"


def test_the_address_that_was_accepted_stands_for_what_its_sender_did_not_say() -> None:
    assert rcpt("a@b.test", EVERYTHING, {"ALIAS": "team@c.test"}, utf8=False) == b"RCPT TO:<a@b.test> ORCPT=rfc822;team@c.test\r\n"
    both = {"ALIAS": "team@c.test", "ORCPT": "rfc822;Us@c.test"}
    assert rcpt("a@b.test", EVERYTHING, both, utf8=False) == b"RCPT TO:<a@b.test> ORCPT=rfc822;Us@c.test\r\n"
    assert rcpt("a@b.test", EVERYTHING, {"ALIAS": "jürgen@b.test"}, utf8=False) == b"RCPT TO:<a@b.test> ORCPT=utf-8;j\\x{FC}rgen@b.test\r\n"
    assert rcpt("a@b.test", NOTHING, both, utf8=False) == b"RCPT TO:<a@b.test>\r\n"


@pytest.mark.parametrize(
    "address", ["a@b.test>\r\nRCPT TO:<c@d.test", "a@b.test> SIZE=1", "a\0@b.test", "no address", "a@b.test\n", "a" * 2000 + "@b.test"]
)
def test_an_address_that_would_be_a_command_is_not_written(address: str) -> None:
    with pytest.raises(AddressError):
        mail(address, EVERYTHING, {}, size=1, eightbit=False, utf8=False)
    with pytest.raises(AddressError):
        rcpt(address, EVERYTHING, {}, utf8=False)


@pytest.mark.parametrize("option", [{"NOTIFY": "NEVER\r\nDATA"}, {"ORCPT": "rfc 822;x"}, {"ORCPT": "utf-8;a b"}, {"ORCPT": "utf-8;a\r\n"}])
def test_a_parameter_that_would_be_a_command_is_not_written(option: dict[str, str]) -> None:
    with pytest.raises(AddressError):
        rcpt("a@b.test", EVERYTHING, option, utf8=True)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([b"peer"], Extensions()),
        ([b"peer", b"PIPELINING", b"CHUNKING", b"8BITMIME", b"smtputf8", b"DSN", b"STARTTLS", b"REQUIRETLS", b"SIZE"],
         Extensions(pipelining=True, chunking=True, eightbit=True, smtputf8=True, dsn=True, starttls=True, requiretls=True, size=0)),
        ([b"peer", b"SIZE 35882577"], Extensions(size=35882577)),
        ([b"peer", b"SIZE lots", b"", b"\xff\xfe \xff"], Extensions(size=0)),
        ([b"peer", b"SIZE " + b"9" * 5000], Extensions(size=0)),
        ([b"peer", b"AUTH PLAIN login", b"AUTH=LOGIN"], Extensions(auth=frozenset({"PLAIN", "LOGIN"}))),
        ([b"peer", b"SMTPUTF8"], Extensions()),
        ([b"peer", b"LIMITS RCPTMAX=7 MAILMAX=3"], Extensions(recipients=7)),
        ([b"peer", b"LIMITS RCPTMAX=0"], Extensions(recipients=1)),
        ([b"peer", b"LIMITS RCPTMAX=x"], Extensions(recipients=RECIPIENTS)),
        ([b"PIPELINING"], Extensions()),
    ],
)  # fmt: skip
def test_what_a_server_offers_is_read(lines: list[bytes], expected: Extensions) -> None:
    assert Extensions.read(Reply(250, tuple(lines))) == expected
