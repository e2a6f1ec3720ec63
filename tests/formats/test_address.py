import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.address import Address, AddressError, canonical_domain, unicode_domain

ACCEPTED = [
    # text, local, domain, str
    ("alice@example.test", "alice", "example.test", "alice@example.test"),
    ("Alice@EXAMPLE.Test", "Alice", "example.test", "Alice@example.test"),
    ("a.b+tag@x", "a.b+tag", "x", "a.b+tag@x"),
    ("!#$%&'*+/=?^_`{|}~-@example.test", "!#$%&'*+/=?^_`{|}~-", "example.test", "!#$%&'*+/=?^_`{|}~-@example.test"),
    ('"alice"@example.test', "alice", "example.test", "alice@example.test"),
    ('"a b"@example.test', "a b", "example.test", '"a b"@example.test'),
    ('"a@b"@example.test', "a@b", "example.test", '"a@b"@example.test'),
    (r'"a\"\\b"@example.test', r'a"\b', "example.test", r'"a\"\\b"@example.test'),
    (r'"\a"@example.test', "a", "example.test", "a@example.test"),
    ('""@example.test', "", "example.test", '""@example.test'),
    ('"a..b"@example.test', "a..b", "example.test", '"a..b"@example.test'),
    ("a@[127.0.0.1]", "a", "[127.0.0.1]", "a@[127.0.0.1]"),
    ("a@[ipv6:2001:DB8:0::1]", "a", "[IPv6:2001:db8::1]", "a@[IPv6:2001:db8::1]"),
    ("a@_dmarc.ex_ample.test", "a", "_dmarc.ex_ample.test", "a@_dmarc.ex_ample.test"),
    ("a@r3---sn.example", "a", "r3---sn.example", "a@r3---sn.example"),
    ("a@xn--not-punycode-.example", "a", None, None),
    ("a@Bücher.example", "a", "xn--bcher-kva.example", "a@xn--bcher-kva.example"),
    ("a@XN--BCHER-KVA.example", "a", "xn--bcher-kva.example", "a@xn--bcher-kva.example"),
    ("a@bücher。example", "a", "xn--bcher-kva.example", "a@xn--bcher-kva.example"),
    ("a@_x.bücher.example", "a", "_x.xn--bcher-kva.example", "a@_x.xn--bcher-kva.example"),
    ("a@faß.example", "a", "xn--fa-hia.example", "a@xn--fa-hia.example"),
    ("用户@例え.テスト", "用户", "xn--r8jz45g.xn--zckzah", "用户@xn--r8jz45g.xn--zckzah"),
    ("x" * 64 + "@example.test", "x" * 64, "example.test", "x" * 64 + "@example.test"),
]
REFUSED = [
    "", "@", "alice", "alice@", "@example.test", "a@b@c", "a b@example.test", "a..b@example.test", ".a@example.test", "a.@example.test",
    "a@.test", "a@test.", "a@a..b", "a@-x.test", "a@x-.test", "a@b c", "a@exa\nmple",
    "a\r\n@example.test", "a\0@example.test", '"a\r\nb"@x.test',
    '"a@example.test', '"a"b@example.test', '"a"', 'a"b@example.test', "x" * 65 + "@example.test", "é" * 33 + "@example.test",
    "a@" + "x" * 64 + ".test", "a@" + "x." * 130 + "test", "a@[127.0.0.256]", "a@[127.0.0.1", "a@[]", "a@[IPv6:fe80::1%eth0]", "a@[x:y]",
    "a@127.0.0.1]", "a@ü\x85.test", "a@\u2028.test", "\ud800@example.test", "a@" + "ü" * 300, "<a@example.test>", "a,b@example.test",
    "a@exam‥ple.test", "a@❤.test", "a@a\u2024b",
]  # fmt: skip


@pytest.mark.parametrize(("text", "local", "domain", "spelled"), [row for row in ACCEPTED if row[2]])
def test_an_address_has_its_parts_and_its_smtp_form(text: str, local: str, domain: str, spelled: str) -> None:
    address = Address.parse(text)
    assert (address.local, address.domain, str(address)) == (local, domain, spelled)
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        Address.parse(text)


@pytest.mark.parametrize("text", ['"' + "\\x" * 10000 + '"@x.test', "a" * 1000000, "a@" + "a." * 1000000], ids=["quoted", "local", "domain"])
def test_an_endless_address_is_refused_at_once(text: str) -> None:
    with pytest.raises(AddressError):
        Address.parse(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Alice@Example.test", '"aLICE"@example.TEST'), ("É@bücher.test", "e\u0301@XN--bcher-kva.test"), ("straße@x.test", "STRASSE@x.test")],
)
def test_addresses_that_are_one_mailbox_have_one_key(one: str, other: str) -> None:
    assert Address.parse(one).key == Address.parse(other).key


def test_only_the_local_part_decides_whether_smtputf8_is_needed() -> None:
    assert Address.parse("a@bücher.test").ascii
    assert not Address.parse("é@example.test").ascii


def test_the_bare_postmaster_has_no_domain() -> None:
    assert str(Address("postmaster", "")) == "postmaster"


def test_a_domain_is_shown_with_u_labels_where_they_exist() -> None:
    assert unicode_domain("xn--bcher-kva.example.xn--99zzzz-") == "bücher.example.xn--99zzzz-"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=16))
def test_any_local_part_survives_parse_and_print(local: str) -> None:
    address = Address(local, "example.test")
    if len(str(address)[: -len("@example.test")].encode()) <= 64:
        assert Address.parse(str(address)) == address
    assert Address.parse(f"{Address(local[:8], 'x')}").key == Address(local[:8], "x").key


@given(st.text(max_size=40))
def test_a_key_is_its_own_key_whatever_was_written(text: str) -> None:
    try:
        address = Address.parse(text)
    except AddressError:
        return
    assert Address.parse(str(address)) == address
    assert "\n" not in str(address)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12))
def test_a_canonical_domain_is_canonical(label: str) -> None:
    try:
        domain = canonical_domain(f"{label}.test")
    except AddressError:
        return
    assert domain.isascii()
    assert canonical_domain(domain) == domain
    assert canonical_domain(domain.upper()) == domain


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("a..b@example.test", '"a..b"@example.test'),
        (".a.@example.test", '".a."@example.test'),
        (f"{'v' * 200}@Example.test", f"{'v' * 200}@example.test"),
        ("alice@example.test", "alice@example.test"),
    ],
)
def test_senders_elsewhere_are_read_as_they_really_arrive(text: str, spelled: str) -> None:
    assert str(Address.read(text)) == spelled


@pytest.mark.parametrize("text", ["a", "a b@example.test", "@example.test", f"{'v' * 257}@example.test", "a..b@", "ä..b@example.test"])
def test_what_is_no_address_is_refused_of_senders_too(text: str) -> None:
    with pytest.raises(AddressError):
        Address.read(text)
