"""Sign and hash broken messages, read broken keys: `python fuzz/dkim.py --runs 20000 --seed 1`.

A body's hash does not depend on how the body is cut, and is that of the canonical form as RFC 6376 words it; a signature is whole lines that a
verifier reads as tags; a key's record is read or refused with KeyRecordError. Nothing takes longer than its size allows.
"""

import base64
import hashlib
import random
import re
from contextlib import suppress

from fuzzing import fuzz
from postroom.formats import headers
from postroom.formats.dkim import Algorithm, BodyHash, KeyRecord, KeyRecordError, SigningKey, author_domain, make_key, sign
from postroom.formats.taglist import parse

PIECES = [b"\r\n", b"\n", b"\r", b" ", b"\t", b"a", b" \r\n", b"\t\r\n", b"word", b"\r\r\n", b"\0", b"\xff", b"  "]
FIELDS = [
    b"From: A <a@b.test>\r\n", b"From: a@b.test, c@d.test\r\n", b"from :x@y.test\r\n", b"Subject: x\r\n y\r\n", b"SUBJECT:\r\n", b"To: <@a:b@c>\r\n",
    b"From: =?utf-8?q?=C3=A4?= <a@\xc3\xa4.test>\r\n", b"no colon\r\n", b": empty\r\n", b"\r\n",
    b"Date: \t x \t\r\n", b"DKIM-Signature: v=1\r\n", b"\xff:\r\n",
]  # fmt: skip
RECORD = b"v=DKIM1; k=%b; t=s:y; h=sha256; p=%b; n=words"
KEYS = [(algorithm, *make_key(algorithm)) for algorithm in Algorithm]
SIGNING = [SigningKey.load("s1", algorithm, secret) for algorithm, secret, _ in KEYS]
_RUN = re.compile(rb"[ \t]+")


def relaxed(body: bytes) -> bytes:
    """Give the relaxed body as section 3.4.4 words it, slowly."""
    lines = [_RUN.sub(b" ", line).removesuffix(b" ") for line in re.split(rb"\r?\n", body)]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def check_body(dice: random.Random) -> None:
    """Hash a body whole and in pieces."""
    pieces = dice.choices(PIECES, k=dice.randrange(40))
    if pieces and dice.random() < 0.02:
        pieces.insert(dice.randrange(len(pieces)), dice.choice(PIECES) * dice.randrange(20_000, 90_000))
    body = b"".join(pieces)
    for form in (True, False):
        digests = set()
        for cut in (len(body) or 1, dice.choice((1, 2, 7)) if len(body) < 5000 else 65_537):
            hashing = BodyHash(relaxed=form)
            for start in range(0, len(body), cut):
                hashing.update(body[start : start + cut])
            digests.add(hashing.digest())
        assert len(digests) == 1, f"cut otherwise, hashed otherwise: {body[:300]!r}"
        assert not form or digests == {hashlib.sha256(relaxed(body)).digest()}, f"not the canonical form: {body[:300]!r}"


def check_signature(dice: random.Random) -> None:
    """Sign a header of any kind."""
    header = b"".join(dice.choices(FIELDS, k=dice.randrange(8)))
    domain = author_domain(header)
    assert domain.isascii()
    signed = sign(header, bytes(32), "b.test", SIGNING, 1)
    for field in headers.parse(signed):
        tags = parse(headers.unfold(field.value).decode("ascii"))
        assert (tags["d"], tags["bh"]) == ("b.test", base64.b64encode(bytes(32)).decode())
        assert "from" in tags["h"].lower().split(":")
        base64.b64decode("".join(tags["b"].split()), validate=True)
    assert all(len(line) < 80 for line in signed.split(b"\r\n")), signed


def check_key(dice: random.Random) -> None:
    """Read a key's record, broken in a few places."""
    _, _, record = dice.choice(KEYS)
    text = bytearray(
        record.encode() if dice.random() < 0.5 else RECORD % (dice.choice((b"rsa", b"ed25519", b"x")), base64.b64encode(dice.randbytes(40)))
    )
    for _ in range(dice.choice((0, 1, 4))):
        place = dice.randrange(len(text) + 1)
        text[place : place + dice.choice((0, 1, 9))] = dice.choice((b";", b"=", b" ", b"p=", b"v=", b"\xff", b"\0", b";" * 300, dice.randbytes(2)))
    with suppress(KeyRecordError):
        KeyRecord.parse(bytes(text))


def check(dice: random.Random) -> None:
    """Check a body, a key and, now and then, a signature: with RSA it costs a millisecond."""
    check_body(dice)
    check_key(dice)
    if dice.random() < 0.1:
        check_signature(dice)


if __name__ == "__main__":
    fuzz(check)
