"""SPF's evaluator over a table in place of the DNS. The suite of openspf.org judges it besides (tests/system/test_spf_suite.py)."""

from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.spf import NoAnswer, Record, Result, SPFError, evaluate
from postroom.formats.spf.record import is_spf

IP = "192.0.2.10"
ZONE: dict[tuple[str, str], list[str]] = {
    ("a.test", "A"): ["192.0.2.10", "192.0.2.11"],
    ("a.test", "AAAA"): ["2001:db8::10"],
    ("mx.test", "MX"): ["none.test", "a.test"],
    ("192.0.2.10", "PTR"): ["a.test", "forged.example"],
    ("pass.test", "TXT"): ["v=spf1 ip4:192.0.2.0/28 -all"],
    ("soft.test", "TXT"): ["V=SPF1 ~all"],
    ("includes.test", "TXT"): ["other", "v=spf1 include:soft.test include:pass.test -all"],
    ("redirects.test", "TXT"): ["v=spf1 redirect=soft.test"],
    ("two.test", "TXT"): ["v=spf1 -all", "v=spf1 +all"],
    ("loop.test", "TXT"): ["v=spf1 include:loop.test -all"],
    ("explains.test", "TXT"): ["v=spf1 -all exp=why.test"],
    ("why.test", "TXT"): ["%{i} is not one of %{d}'s hosts, says %{r}"],
    ("macro.test", "TXT"): ["v=spf1 exists:%{ir}.%{l1r-}.%{v}.%{d} -all"],
    ("10.2.0.192.news.in-addr.macro.test", "A"): ["127.0.0.2"],
    ("long.test", "TXT"): [f"v=spf1 exists:{'%{d}.' * 40}long.test -all"],
}
BROKEN = {"broken.test"}


class Table:
    """Answers from ZONE."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get(self, name: str, kind: str) -> list[str]:
        self.asked.append(name)
        if name in BROKEN:
            raise NoAnswer(f"{name} gives no answer")
        return ZONE.get((name.lower(), kind), [])

    async def txt(self, name: str) -> Sequence[bytes]:
        return [text.encode("latin-1") for text in self.get(name, "TXT")]

    async def addresses(self, name: str, version: int) -> Sequence[str]:
        return self.get(name, "A" if version == 4 else "AAAA")

    async def mx(self, name: str) -> Sequence[str]:
        return self.get(name, "MX")

    async def ptr(self, ip: str) -> Sequence[str]:
        return self.get(ip, "PTR")


async def result(record: str, ip: str = IP, sender: str = "news-letter@it.test") -> Result:
    ZONE["it.test", "TXT"] = [record]
    return (await evaluate(Table(), ip, sender, "helo.test")).result


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("v=spf1", Result.NEUTRAL),
        ("v=spf1 -all", Result.FAIL),
        ("v=spf1  ?all", Result.NEUTRAL),
        ("v=spf1 ip4:192.0.2.10 -all", Result.PASS),
        ("v=spf1 ip4:192.0.2.11 -all", Result.FAIL),
        ("v=spf1 ip4:192.0.2.0/24 -all", Result.PASS),
        ("v=spf1 ip6:2001:db8::/32 ~all", Result.SOFTFAIL),
        ("v=spf1 a:a.test -all", Result.PASS),
        ("v=spf1 a:a.test/24 -all", Result.PASS),
        ("v=spf1 mx:mx.test -all", Result.PASS),
        ("v=spf1 mx:mx.test/32//128 -all", Result.PASS),
        ("v=spf1 ptr:a.test -all", Result.PASS),
        ("v=spf1 ptr:forged.example -all", Result.FAIL),
        ("v=spf1 exists:%{p}.a.test a:%{p} -all", Result.PASS),
        ("v=spf1 include:pass.test -all", Result.PASS),
        ("v=spf1 include:includes.test -all", Result.PASS),
        ("v=spf1 include:soft.test -all", Result.FAIL),
        ("v=spf1 redirect=redirects.test", Result.SOFTFAIL),
        ("v=spf1 include:nothing.test -all", Result.PERMERROR),
        ("v=spf1 redirect=nothing.test", Result.PERMERROR),
        ("v=spf1 redirect=two.test", Result.PERMERROR),
        ("v=spf1 include:loop.test -all", Result.PERMERROR),
        ("v=spf1 a:broken.test -all", Result.TEMPERROR),
        ("v=spf1 include:broken.test -all", Result.TEMPERROR),
        ("v=spf1 a:v1.test a:v2.test a:v3.test +all", Result.PERMERROR),
        ("v=spf1 exists:a.test -all", Result.PASS),
        ("v=spf1 " + "ptr:forged.example " * 11 + "-all", Result.PERMERROR),
        ("v=spf1 unknown=%{d} ip4:192.0.2.10 -all", Result.PASS),
        ("v=spf1 exists:%{c}.test -all", Result.PERMERROR),
        ("v=spf1 exists:%{d0}.test -all", Result.PERMERROR),
        ("v=spf1 a:\xe9.test -all", Result.PERMERROR),
    ],
)
async def test_each_mechanism_is_evaluated(record: str, expected: Result) -> None:
    assert await result(record) == expected


@pytest.mark.parametrize(
    "term",
    "moo all:x ip4 ip4: ip4:1.2.3 ip4:1.2.3.4/33 ip4:1.2.3.4/032 ip6:1.2.3.4 a: a:/33 a:x/24 a:x.test/ a:x.test/33 a//129 mx:nodots"
    " include exists include: redirect:x.test redirect=x redirect= exp=%{x} a:%{d a:%x.test ptr:".split(),
)
def test_an_error_anywhere_is_found_before_anything_is_asked(term: str) -> None:
    with pytest.raises(SPFError):
        Record.parse(f"v=spf1 +all {term}".encode())


@pytest.mark.parametrize("twice", ["redirect=a.test redirect=b.test", "exp=a.test exp=a.test"])
def test_a_modifier_may_come_once(twice: str) -> None:
    with pytest.raises(SPFError, match="twice"):
        Record.parse(f"v=spf1 {twice}".encode())


@pytest.mark.parametrize(("text", "it_is"), [("v=spf1", True), ("V=spf1 -all", True), ("v=spf10", False), ("v=spf1\t-all", False), ("spf", False)])
def test_what_is_an_spf_record(text: str, it_is: bool) -> None:
    assert is_spf(text.encode()) == it_is


async def test_macros_are_expanded() -> None:
    assert (await evaluate(Table(), IP, "news-letter@macro.test", "helo.test")).result is Result.PASS
    assert (await evaluate(Table(), IP, "letter-news@macro.test", "helo.test")).result is Result.FAIL


async def test_a_name_that_grows_too_long_loses_labels_from_the_left() -> None:
    table = Table()
    await evaluate(table, IP, "a@long.test", "helo.test")
    assert table.asked[-1].startswith("long.test.long.test.")
    assert 240 < len(table.asked[-1]) <= 253


async def test_a_failure_is_explained_by_the_domain() -> None:
    verdict = await evaluate(Table(), IP, "a@explains.test", "helo.test", receiver="mail.example.test")
    assert verdict.explanation == "192.0.2.10 is not one of explains.test's hosts, says mail.example.test"
    assert verdict.mechanism == "-all"


async def test_for_the_null_sender_the_helo_name_stands() -> None:
    assert (await evaluate(Table(), IP, "", "pass.test")).result is Result.PASS
    assert (await evaluate(Table(), IP, "", "[192.0.2.10]")).result is Result.NONE


async def test_a_mapped_address_is_the_ipv4_address() -> None:
    assert (await evaluate(Table(), "::ffff:192.0.2.10", "a@pass.test", "helo.test")).result is Result.PASS
    assert (await evaluate(Table(), "2001:db8::10", "a@pass.test", "helo.test")).result is Result.FAIL


async def test_an_error_says_what_is_wrong() -> None:
    assert "2 SPF records" in (await evaluate(Table(), IP, "a@two.test", "helo.test")).problem
    assert "more than 10 lookups" in (await evaluate(Table(), IP, "a@loop.test", "helo.test")).problem


@given(st.text("v=spf1 ai:mx/%{}dr.-+~?4e,2p", max_size=60))
def test_any_record_is_read_or_refused(text: str) -> None:
    with suppress(SPFError):
        record = Record.parse(f"v=spf1 {text}".encode())
        assert len(record.directives) <= len(text.split(" "))
