"""Signatures, judged by dkimpy and by the example of RFC 8463."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given, settings
from hypothesis import strategies as st

from postroom.formats import headers
from postroom.formats.dkim import (
    Algorithm,
    BodyHash,
    KeyRecord,
    KeyRecordError,
    SigningKey,
    author_domain,
    canonical_field,
    make_key,
    record_of,
    sign,
)

DOMAIN = "football.example.com"
NOW = 1_700_000_000
FIELDS = b"""From: Joe SixPack <joe@football.example.com>\r
To: Suzie Q <suzie@shopping.example.net>\r
Subject: Is dinner ready?\r
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r
Message-ID: <20030712040037.46341.5F8J@football.example.com>\r
"""
BODY = b"Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n"

ED25519_RECORD = b"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
RSA_RECORD = (
    b"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/b"
    b"yYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB"
)
ED25519_FIELD = b"""DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r
 d=football.example.com; i=@football.example.com;\r
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r
 subject : date : message-id : from : subject : date;\r
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r
 b="""
ED25519_SIGNATURE = "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw=="
RSA_FIELD = ED25519_FIELD.replace(b"ed25519-sha256", b"rsa-sha256").replace(b"brisbane", b"test")
RSA_SIGNATURE = (
    "F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2JzdA+L10TeYt9BgD"
    "fQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8="
)


@cache
def keys() -> tuple[Sequence[SigningKey], dict[bytes, bytes]]:
    made = [(f"s{number}", algorithm, *make_key(algorithm)) for number, algorithm in enumerate(Algorithm)]
    records = {f"{selector}._domainkey.{DOMAIN}.".encode(): record.encode() for selector, _, _, record in made}
    return [SigningKey.load(selector, algorithm, secret) for selector, algorithm, secret, _ in made], records


def signed(message: bytes) -> bytes:
    end = headers.header_end(message)
    hashed = BodyHash()
    hashed.update(message[end:])
    return sign(message[:end], hashed.digest(), DOMAIN, keys()[0], NOW) + message


def verified(message: bytes) -> list[bool]:
    """What dkimpy says of each signature."""
    judge = dkim.DKIM(message, minkey=1024)
    return [judge.verify(idx=number, dnsfunc=lambda name, **_: keys()[1].get(name)) for number in range(2)]


def example(field: bytes) -> bytes:
    """What is signed in the example of RFC 8463: the fields in the order of h=, and the signature's own."""
    found = {field.partition(b":")[0].lower(): canonical_field(field) for field in headers.split(FIELDS)}
    return b"".join(found[name] for name in (b"from", b"to", b"subject", b"date", b"message-id")) + canonical_field(field)[:-2]


def test_the_signatures_of_rfc_8463_are_over_our_canonical_forms() -> None:
    hashed = BodyHash()
    hashed.update(BODY)
    assert base64.b64encode(hashed.digest()) == b"2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="
    edwards, rsa = KeyRecord.parse(ED25519_RECORD).key, KeyRecord.parse(RSA_RECORD).key
    assert isinstance(edwards, Ed25519PublicKey)
    assert isinstance(rsa, RSAPublicKey)
    edwards.verify(base64.b64decode(ED25519_SIGNATURE), hashlib.sha256(example(ED25519_FIELD)).digest())
    rsa.verify(base64.b64decode(RSA_SIGNATURE), example(RSA_FIELD), PKCS1v15(), SHA256())


def test_the_key_of_rfc_8463_gives_the_signature_of_rfc_8463() -> None:
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="))
    assert record_of(private.public_key()).encode() == ED25519_RECORD
    key = SigningKey("brisbane", Algorithm.ED25519, private)
    assert base64.b64encode(key.sign(example(ED25519_FIELD))).decode() == ED25519_SIGNATURE


@pytest.mark.parametrize(
    "body", [BODY, b"", b"\r\n", b"one\r\n\r\n\r\n", b" \r\n\t\r\n", b"a\nb \n\nc\n", b"\xe9\xff  8 bits\r\n", b"x" * 5000 + b"\r\n"]
)
def test_dkimpy_verifies_both_signatures(body: bytes) -> None:
    assert verified(signed(FIELDS + b"\r\n" + body)) == [True, True]


BROKEN = (
    b"Subject: folded\r\n\tagain \r\n  and again\r\nFrom:joe@football.example.com\r\n\r\nx\r\n",
    b"From: joe@football.example.com\nSubject: bare LF\n\nx\n",
    b"From: joe@football.example.com\r\nSubject: no body\r\n",
    b"From: joe@football.example.com\r\nSubject: \xe9\xff\r\n\r\n",
    b"From: joe@football.example.com\r\nSubject: one\r\nSubject: two\r\nTo: a@b\r\nTo: c@d\r\n\r\nx\r\n",
    b"subject:  \r\nFROM:\t joe@football.example.com\r\nList-Unsubscribe: <https://example.com/u>\r\n\r\nx\r\n",
)


@pytest.mark.parametrize("message", BROKEN)
def test_dkimpy_verifies_what_we_sign_of_broken_messages(message: bytes) -> None:
    assert verified(signed(message)) == [True, True]


NAMES = st.sampled_from([b"To", b"CC", b"subject", b"Date", b"X-Other", b"Message-Id", b"Content-Type", b"Sender", b"List-Id"])
VALUES = st.lists(st.sampled_from([b"a", b"b c", b" ", b"\t", b"\r\n ", b"\r\n\tx", b"\n y", b"\xe9", b":", b";", b'"']), max_size=8).map(b"".join)
LINES = st.lists(st.sampled_from([b"", b" ", b"text", b"  more  text\t", b"\xff", b".", b"From x"]), max_size=8)


@settings(deadline=None)
@given(st.lists(st.tuples(NAMES, VALUES), max_size=8), LINES, st.sampled_from([b"\r\n", b"\n"]))
def test_what_we_sign_dkimpy_verifies(fields: list[tuple[bytes, bytes]], lines: list[bytes], end: bytes) -> None:
    whole = [(b"From", b" joe@football.example.com"), *fields]
    message = b"".join(name + b":" + value.rstrip() + end for name, value in whole) + end + b"".join(line + end for line in lines)
    assert verified(signed(message)) == [True, True]


@pytest.mark.parametrize(
    "name", "From To Cc Subject Date Message-ID Reply-To In-Reply-To References MIME-Version Content-Type Content-Transfer-Encoding".split()
)
def test_adding_one_more_of_an_oversigned_field_breaks_the_signatures(name: str) -> None:
    message = signed(FIELDS + b"\r\n" + BODY)
    assert verified(message) == [True, True]
    assert verified(name.encode() + b": forged@example.net\r\n" + message) == [False, False]


@pytest.mark.parametrize(
    "field", [b"X-Mailer: ours\r\n", b"Received: from x by y; Fri, 11 Jul 2003 21:00:37 -0700\r\n", b"Sender: list@example.net\r\n"]
)
def test_trace_fields_and_those_of_a_list_may_be_added_on_the_way(field: bytes) -> None:
    assert verified(field + signed(FIELDS + b"\r\n" + BODY)) == [True, True]


def test_what_was_appended_breaks_the_signatures() -> None:
    with pytest.raises(dkim.ValidationError, match="body hash mismatch"):
        verified(signed(FIELDS + b"\r\n" + BODY) + b"more\r\n")


def test_a_message_without_from_is_not_signed() -> None:
    assert sign(b"Subject: x\r\n\r\n", bytes(32), DOMAIN, keys()[0], NOW) == b""


def test_lines_of_the_signature_keep_to_78_octets() -> None:
    message = signed(b"To: a@b\r\n" * 50 + FIELDS + b"\r\n")
    fields = message[: message.index(b"\r\nTo:") + 2]
    assert max(map(len, fields.split(b"\r\n"))) <= 78
    assert verified(message) == [True, True]


@pytest.mark.parametrize(
    ("header", "domain"),
    [
        (b"From: A <a@Example.COM>\r\n", "example.com"),
        (b"From: a@b\xc3\xbccher.example\r\n", "xn--bcher-kva.example"),
        (b"From: a@example.com, b@example.com\r\n", "example.com"),
        (b"From: a@example.com, b@example.net\r\n", ""),
        (b"From: a@example.com\r\nFrom: b@example.net\r\n", ""),
        (b"From: undisclosed:;\r\n", ""),
        (b"From: a@-\r\n", ""),
        (b"Subject: x\r\n", ""),
    ],
)
def test_the_domain_of_the_author(header: bytes, domain: str) -> None:
    assert author_domain(header) == domain


def test_a_record_says_what_a_key_says() -> None:
    for key in keys()[0]:
        parsed = KeyRecord.parse(record_of(key.private.public_key()).encode())
        assert parsed.key_type == key.algorithm.key_type
        assert parsed.key == key.private.public_key()


def test_a_record_may_be_written_in_other_ways() -> None:
    parsed = KeyRecord.parse(b"k=rsa;t=y:s; s=email ; n=note; h=sha1:sha256; p=" + RSA_RECORD.partition(b"p=")[2].replace(b"/", b" /\t"))
    assert parsed.flags == {"y", "s"}
    assert parsed.hashes == {"sha1", "sha256"}
    assert parsed.services == {"email"}
    assert KeyRecord.parse(b"v=DKIM1; p=").key is None


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (b"v=DKIM2; p=", "v=DKIM1"),
        (b"k=rsa; v=DKIM1; p=", "begin"),
        (b"v=DKIM1", "no key"),
        (b"v=DKIM1; p=%%%", "damaged"),
        (b"v=DKIM1; p=AAAA", "damaged"),
        (b"v=DKIM1; k=ed25519; p=AAAA", "damaged"),
        (b"v=DKIM1; p=a; p=b", "twice"),
        (b"\xff", "read"),
        (b"v=DKIM1; k=other; p=" + RSA_RECORD.partition(b"p=")[2], "does not know"),
    ],
)
def test_a_record_that_can_not_be_used_is_refused_with_the_reason(record: bytes, reason: str) -> None:
    with pytest.raises(KeyRecordError, match=reason):
        KeyRecord.parse(record)
