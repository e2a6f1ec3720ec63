"""hMailServer's ways with passwords."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats import oldsecrets
from postroom.formats.validity import is_address, is_domain, is_ip, is_strong


def test_model_9_2_md5_is_hex_of_the_narrow_text() -> None:
    assert oldsecrets.md5("Test") == "0cbc6611f5540bd0809a388dc95a615b"
    assert oldsecrets.md5("\u00e4") == "c15bcc5577f9fade4b4a3256190a59b0"


def test_model_9_3_sha256_has_a_salt_of_six_digits_before_it() -> None:
    made = oldsecrets.salted_sha256("secret")
    assert len(made) == 70
    assert made == oldsecrets.salted_sha256("secret", made[:6])
    assert made != oldsecrets.salted_sha256("secret")


def test_model_9_5_blowfish_gives_the_known_value() -> None:
    assert oldsecrets.encrypt("Test") == "08d04d2ef52d64ce"
    assert oldsecrets.decrypt("08D04D2EF52D64CE") == "Test"
    assert oldsecrets.encrypt("") == oldsecrets.decrypt("") == ""


@given(st.text(st.characters(min_codepoint=1, max_codepoint=126), max_size=254))
def test_what_was_encrypted_is_decrypted(text: str) -> None:
    assert oldsecrets.decrypt(oldsecrets.encrypt(text)) == text


@pytest.mark.parametrize("text", ["zz", "00", "0", "08d04d2ef52d64"])
def test_a_text_that_is_no_cipher_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        oldsecrets.decrypt(text)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("a@b.example", True), ("a@localhost", True), ("a@bc", True), ("a@b", False), ("a.b+c@x.y", True), ('"a b"@x.example', True),
        ("a b@x.example", False), ("a@@x.example", False), ("a@", False), ("@x.example", False), ("a", False), ("", False), ("a@-x.example", False),
        ("a@.example", False), ("a@x..example", False), ("a@x.-example", False), ("a@[127.0.0.1]", True), ("a@[1.2.3]", False),
        ("<a@x.example>", False),
        ("a\\b@x.example", False), (f"{'a' * 200}@{'b' * 60}.example", False), (f"a@{'b' * 65}.example", False), (f"a@{'b' * 64}.example", True),
        ("a@x." + "b" * 65, False), ("\u00e4@\u00f6.example", True),
    ],
)  # fmt: skip
def test_model_8_6_an_address_is_what_hmailserver_takes_for_one(text: str, valid: bool) -> None:
    assert is_address(text) is valid


@pytest.mark.parametrize(
    ("text", "valid"), [("x.example", True), ("ab", True), ("a", False), ("-a.example", False), ("[10.0.0.1]", True), ("a b", False), ("a@b", False)]
)
def test_model_8_6_a_domain_is_like_the_domain_of_an_address(text: str, valid: bool) -> None:
    assert is_domain(text) is valid


@pytest.mark.parametrize(
    ("name", "password", "strong"),
    [
        ("alice@example.test", "alice", False), ("alice@example.test", "ALICE@e", False), ("alice", "", False), ("alice", "a1b2", False),
        ("alice", "abcde", False), ("alice", "abcdef", False), ("alice", "abcd1", True), ("alice", "abcd!f", True), ("alice", "abcdefg", True),
        ("alice", "PassWord", False), ("alice", "webmaster", False), ("alice", "12345", False), ("alice", "qwerty", False),
    ],
)  # fmt: skip
def test_model_8_5_a_weak_password_is_known(name: str, password: str, strong: bool) -> None:
    assert is_strong(name, password) is strong


@pytest.mark.parametrize(
    ("text", "valid"), [("127.0.0.1", True), ("::1", True), ("fe80::1%eth0", False), ("1.2.3", False), ("", False), ("x", False)]
)
def test_an_ip_address_is_of_either_kind(text: str, valid: bool) -> None:
    assert is_ip(text) is valid
