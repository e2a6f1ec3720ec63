"""The scanner: a message of any kind, fed in pieces of any size, has one sane structure."""

import email
import email.policy
import random
from email.message import EmailMessage, Message

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postroom.formats.mime import Limits, Part, Scanner, Structure, scan, walk

MIXED = (
    b'From: a@example.test\r\nContent-Type: multipart/mixed;\r\n boundary="outer"\r\n\r\npreamble\r\n'
    b"--outer\r\nContent-Type: text/plain\r\n\r\nhello\r\nworld\r\n"
    b"--outer \t\r\nContent-Type: message/rfc822\r\n\r\n"
    b"Subject: inner\r\nContent-Type: multipart/alternative; boundary=outer-inner\r\n\r\n"
    b"--outer-inner\r\n\r\none\r\n--outer-inner\r\nContent-Type: text/html\r\n\r\n<p>two\r\n--outer-inner--\r\n\r\n"
    b"--outer\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
    b"--outer--\r\nepilogue\r\n"
)


def fed(message: bytes, step: int = 0, limits: Limits | None = None) -> Structure:
    """Scan a message in pieces of `step` octets, whole by default."""
    scanner = Scanner(limits or Limits())
    for start in range(0, len(message), step or len(message) or 1):
        scanner.feed(message[start : start + (step or len(message))])
    return scanner.finish()


def outline(part: Part, message: bytes) -> str:
    """Draw a structure in one line: types, and the bodies of leaves."""
    kind = (part.media.type + b"/" + part.media.subtype).decode()
    if part.parts:
        return f"{kind}({' '.join(outline(inner, message) for inner in part.parts)})"
    return f"{kind}:{message[part.body : part.end]!r}"


def check_sane(root: Part, size: int, limits: Limits) -> None:
    """Parts lie in their parents, one behind the other, and keep to the limits."""
    assert (root.header, root.end) == (0, size)
    found = list(walk(root))
    assert len(found) <= limits.parts
    for part in found:
        assert 0 <= part.header <= part.body <= part.end <= size
        assert part.lines >= 0
        place = part.body
        for inner in part.parts:
            assert place <= inner.header
            assert inner.end <= part.end
            place = inner.end
        assert bool(part.parts) == (part.media.type == b"multipart" or (part.media.type == b"message" and part.media.subtype == b"rfc822"))


def test_a_message_is_a_tree_of_parts() -> None:
    assert outline(fed(MIXED), MIXED) == (
        "multipart/mixed(text/plain:b'hello\\r\\nworld' "
        "message/rfc822(multipart/alternative(text/plain:b'one' text/html:b'<p>two')) application/pdf:b'AAAA')"
    )


@pytest.mark.parametrize("step", [1, 2, 3, 7, 64])
def test_a_message_fed_in_pieces_has_the_same_structure(step: int) -> None:
    assert fed(MIXED, step) == fed(MIXED)
    bare = MIXED.replace(b"\r\n", b"\n")
    assert fed(bare, step) == fed(bare)


def test_lines_are_counted_in_each_body() -> None:
    text, forwarded, _ = fed(MIXED).parts
    assert text.lines == 1
    assert forwarded.lines == MIXED[forwarded.body : forwarded.end].count(b"\n")
    assert forwarded.parts[0].header == forwarded.body


NASTY = {
    "nothing": (b"", "text/plain:b''"),
    "one LF": (b"\n", "text/plain:b''"),
    "one CR": (b"\r", "text/plain:b'\\r'"),
    "no header": (b"hello\r\nworld\r\n", "text/plain:b'hello\\r\\nworld\\r\\n'"),
    "no header, a blank first": (b" hello: x\r\n\r\nworld", "text/plain:b' hello: x\\r\\n\\r\\nworld'"),
    "empty header": (b"\r\nbody", "text/plain:b'body'"),
    "header only": (b"Subject: x", "text/plain:b''"),
    "header without empty line": (b"Subject: x\r\nhello\r\n", "text/plain:b'hello\\r\\n'"),
    "bare LF": (b"Subject: x\nTo: y\n\nhello\n", "text/plain:b'hello\\n'"),
    "mixed line ends": (b"Subject: x\r\nTo: y\n\r\nhello\n\r\n", "text/plain:b'hello\\n\\r\\n'"),
    "LF LF before CRLF CRLF": (b"Subject: x\n\nhello\r\n\r\nworld", "text/plain:b'hello\\r\\n\\r\\nworld'"),
    "mailbox line": (b"From a@b Fri Nov 21\r\nContent-Type: text/html\r\n\r\nx", "text/html:b'x'"),
    "8-bit header": (b"Subject: \xe4\xff\r\nContent-Type: text/html; charset=\xfc\r\n\r\nx", "text/html:b'x'"),
    "8-bit name": (b"Th\xe9me: a\r\nContent-Type: text/html\r\n\r\nx", "text/html:b'x'"),
    "NUL": (b"Subject: a\0b\r\nContent-Type: text/html\0\r\n\r\nx\0y", "text/plain:b'x\\x00y'"),
    "known name without colon": (b"Subject: x\r\nContent-Type\n\nx", "text/plain:b'Content-Type\\n\\nx'"),
    "blank before colon": (b"Content-Type : text/html\r\n\r\nx", "text/html:b'x'"),
    "type that is none": (b"Content-Type: text\r\n\r\nx", "text/plain:b'x'"),
    "empty type": (b"Content-Type:\r\n\r\nx", "text/plain:b'x'"),
    "two types": (b"Content-Type: text/html\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--", None),
    "no semicolon": (b"Content-Type: text/html charset=utf-8\r\n\r\nx", "text/html:b'x'"),
    "no boundary parameter": (b"Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nx", "text/plain:b'--b\\r\\n\\r\\nx'"),
    "boundary never comes": (b"Content-Type: multipart/mixed; boundary=b\r\n\r\nhello", "text/plain:b'hello'"),
    "no part at all": (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b--\r\n", "text/plain:b'--b--\\r\\n'"),
    "no end boundary": (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n", "multipart/mixed(text/plain:b'x\\r\\n')"),
    "ends in a boundary": (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b", "multipart/mixed(text/plain:b'x')"),
    "boundary instead of a body": (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nA: b\r\n--b--",
        "multipart/mixed(text/plain:b'')",
    ),
    "boundary with a colon": (
        b'Content-Type: multipart/mixed; boundary="b:"\r\n\r\n--b:\r\nA: b\r\n--b:--',
        "multipart/mixed(text/plain:b'')",
    ),
    "boundary at once": (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n--b--\r\n", "multipart/mixed(text/plain:b'')"),
    "inner boundary not closed": (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nx\n--b\n\ny\n--b--",
        "multipart/mixed(multipart/mixed(text/plain:b'x') text/plain:b'y')",
    ),
    "the same boundary within": (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--",
        "multipart/mixed(text/plain:b'' text/plain:b'x')",
    ),
    "digest": (
        b"Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\nhello\n--b\nContent-Type: text/html\n\ny\n--b--",
        "multipart/digest(message/rfc822(text/plain:b'hello') text/html:b'y')",
    ),
    "encoded message": (
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogeAo=",
        "application/octet-stream:b'U3ViamVjdDogeAo='",
    ),
    "empty message within": (b"Content-Type: message/rfc822\r\n\r\n", "message/rfc822(text/plain:b'')"),
    "parameters without end": (
        b'Content-Type: multipart/mixed; boundary="b\r\n\r\n--b\r\n\r\nx\r\n--b--',
        "multipart/mixed(text/plain:b'x')",
    ),
}


@pytest.mark.parametrize("name", NASTY)
def test_a_broken_message_has_a_sane_structure(name: str) -> None:
    message, drawn = NASTY[name]
    root = fed(message)
    check_sane(root, len(message), Limits())
    assert drawn is None or outline(root, message) == drawn
    assert all(fed(message, step) == root for step in (1, 2, 3, 5))
    assert scan(message).structure == root


def nested(depth: int, kind: str) -> bytes:
    if kind == "message":
        return b"Content-Type: message/rfc822\r\n\r\n" * depth + b"Subject: core\r\n\r\nx"
    heads = b"".join(b"Content-Type: multipart/mixed; boundary=b%03d\r\n\r\n--b%03d\r\n" % (i, i) for i in range(depth))
    return heads + b"\r\ncore" + b"".join(b"\r\n--b%03d--\r\n" % i for i in reversed(range(depth)))


@pytest.mark.parametrize("kind", ["message", "multipart"])
def test_what_is_nested_too_deep_is_opaque(kind: str) -> None:
    message = nested(100, kind)
    limits = Limits(depth=20)
    root = fed(message, limits=limits)
    check_sane(root, len(message), limits)
    *containers, innermost = walk(root)
    assert len(containers) == 20
    assert innermost.media.subtype == b"octet-stream"
    assert fed(message, 11, limits) == root
    assert scan(message, limits).structure == root


@pytest.mark.parametrize("kind", ["message", "multipart"])
def test_a_hundred_levels_are_scanned_and_rendered(kind: str) -> None:
    message = nested(100, kind)
    assert len(list(walk(scan(message, Limits(depth=200)).structure))) == 101


def test_what_follows_the_last_part_allowed_is_one_opaque_part() -> None:
    message = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 5000 + b"--b--\r\n"
    limits = Limits(parts=10)
    root = fed(message, limits=limits)
    check_sane(root, len(message), limits)
    assert len(list(walk(root))) == 10
    assert root.parts[-1].media.subtype == b"octet-stream"
    assert root.parts[-1].end == len(message)
    assert fed(message, 100, limits) == root


def test_a_header_without_end_becomes_body_at_its_limit() -> None:
    limits = Limits(header=1000)
    for message in (b"A: b\r\n" * 1000, b"A: b\r\n" + b"x" * 5000, b"A: " + b"x" * 5000, b"A: b\r\n" + b" y\r\n" * 2000):
        root = fed(message, limits=limits)
        check_sane(root, len(message), limits)
        assert root.body <= 1000
        assert fed(message, 1, limits) == root
        assert fed(message, 999, limits) == root
        assert scan(message, limits).structure == root


def test_a_boundary_line_without_end_is_not_kept() -> None:
    scanner = Scanner()
    scanner.feed(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b")
    for _ in range(100):
        scanner.feed(b"x" * 10000)
        assert len(scanner._buffer) < 20000
    scanner.feed(b"\r\n\r\nhello")
    assert scanner.finish().parts[0].size == len(b"hello")


def test_a_large_body_is_not_kept() -> None:
    scanner = Scanner()
    scanner.feed(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n")
    for _ in range(50):
        scanner.feed(b"some line\r\n" * 6000)
        assert len(scanner._buffer) < 100
    assert scanner.finish().parts[0].lines == 300000


FRAGMENTS = [
    b"\r\n", b"\n", b"\r", b"--", b"--b", b"--b--", b"--bb", b"\r\n--b\r\n", b"\n--b\n", b"\r\n--bb\r\n", b"\r\n--b--\r\n",
    b"\r\n--bb--\r\n", b"\r\n\r\n", b"Content-Type: multipart/mixed; boundary=b\r\n",
    b"Content-Type: multipart/digest;\r\n boundary=bb\r\n", b"Content-Type: message/rfc822\r\n", b"Content-Type: text/html\n",
    b"Subject: x\r\n", b" folded\r\n", b"text", b"From x\n", b">From ", b":", b" ", b"\0", b"\xff", b"-",
]  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40), st.integers(1, 30), st.sampled_from([Limits(), Limits(3, 5, 60)]))
def test_any_octets_have_one_sane_structure_however_they_are_fed(pieces: list[bytes], step: int, limits: Limits) -> None:
    message = b"".join(pieces)
    root = fed(message, limits=limits)
    check_sane(root, len(message), limits)
    assert fed(message, step, limits) == root
    assert fed(message, 1, limits) == root
    assert scan(message, limits).structure == root


def grown(chance: random.Random, depth: int = 0) -> EmailMessage:
    """Make a message of random shape with the standard library."""
    message = EmailMessage(policy=email.policy.SMTP)
    message.set_content(f"text {chance.random()}\nsecond line äöü\n")
    if chance.random() < 0.5:
        message.add_alternative(f"<p>html {chance.random()}</p>", subtype="html")
    for _ in range(chance.randrange(3)):
        if depth < 3 and chance.random() < 0.4:
            message.add_attachment(grown(chance, depth + 1))
        else:
            message.add_attachment(chance.randbytes(200), maintype="application", subtype="pdf", filename=f"ü{chance.random()}.pdf")
    message["Subject"] = "A subject äöü"
    return message


def drawn_by_email(message: Message, octets: bytes) -> list[object]:
    """Flatten what the standard library makes of a message: types, encodings, names and decoded sizes."""
    return [(part.get_content_type(), str(part.get("content-transfer-encoding", "7bit")).lower(), part.get_filename()) for part in message.walk()]


@pytest.mark.parametrize("seed", range(25))
def test_the_structure_is_what_the_standard_library_sees(seed: int) -> None:
    octets = grown(random.Random(seed)).as_bytes()
    parsed = email.message_from_bytes(octets, policy=email.policy.SMTP)
    ours = list(walk(fed(octets)))
    inner_roots = {id(part.parts[0]) for part in ours if part.media.type == b"message"}
    assert [
        ((part.media.type + b"/" + part.media.subtype).decode(), part.media.encoding.decode(), part.media.filename) for part in ours
    ] == drawn_by_email(parsed, octets)
    for part, theirs in zip(ours, parsed.walk(), strict=True):
        if not part.parts and id(part) not in inner_roots:
            payload = theirs.get_payload(decode=False)
            assert isinstance(payload, str)
            body = octets[part.body : part.end].decode("utf-8", "surrogateescape")
            assert body.replace("\r\n", "\n").rstrip("\n") == payload.replace("\r\n", "\n").rstrip("\n")
