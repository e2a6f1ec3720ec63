"""Where mail goes next: a table of zones and what follows from them."""

from __future__ import annotations

from typing import Any

import pytest

from delivery.outgoing import Names
from postroom.delivery.outcome import State
from postroom.delivery.routing import MOST_ADDRESSES, MOST_HOSTS, Hop, Route, Routing, Unroutable


def routing(names: Names, *ours: str, shuffle: Any = lambda _: None) -> Routing:
    return Routing(names, lambda name: name in ours, shuffle)


async def ways(names: Names, destination: str = "d.test", *ours: str, route: Route | None = None, **more: Any) -> list[str]:
    return [f"{hop.host} {hop.ip}" async for hop in routing(names, *ours, **more).hops(destination, route or Route())]


FOUR = {"mx1.test": ["192.0.2.1"], "mx2.test": ["192.0.2.2", "192.0.2.3"], "d.test": ["192.0.2.9"], "us.test": ["198.51.100.1"]}
SIX = {"mx2.test": ["2001:db8::2"], "mx3.test": ["2001:db8::3"]}


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        ([(10, "mx1.test")], ["mx1.test 192.0.2.1"]),
        ([(20, "mx1.test"), (10, "mx3.test")], ["mx3.test 2001:db8::3", "mx1.test 192.0.2.1"]),
        ([(10, "mx2.test")], ["mx2.test 2001:db8::2", "mx2.test 192.0.2.2", "mx2.test 192.0.2.3"]),
        ([], ["d.test 192.0.2.9"]),
        ([(10, "gone.test"), (20, "mx1.test")], ["mx1.test 192.0.2.1"]),
        ([(0, ""), (10, "mx1.test")], ["mx1.test 192.0.2.1"]),
        ([(10, "mx1.test"), (10, "mx1.test")], ["mx1.test 192.0.2.1"]),
        ([(10, "mx1.test"), (20, "us.test"), (20, "mx2.test"), (30, "mx3.test")], ["mx1.test 192.0.2.1"]),
    ],
    ids=["one", "by preference", "both families", "none: the domain itself", "one gone", "null among others", "doubled", "up to ourselves"],
)
async def test_mail_exchangers_are_tried_in_their_order(mail: list[tuple[int, str]], expected: list[str]) -> None:
    names = Names({"d.test": mail}, FOUR, SIX)
    assert await ways(names, "d.test", "198.51.100.1") == expected


async def test_as_many_mail_exchangers_are_looked_at_as_the_setting_says() -> None:
    names = Names({"d.test": [(10, "mx1.test"), (20, "mx2.test"), (30, "mx3.test")]}, FOUR, SIX)
    found = Routing(names, lambda _: False, lambda _: None, exchangers=lambda: 1)
    assert [hop.host async for hop in found.hops("d.test", Route())] == ["mx1.test"]


@pytest.mark.parametrize(
    ("names", "state", "enhanced", "words"),
    [
        (Names(), State.FAILED, "5.1.2", "does not exist"),
        (Names({"d.test": [(0, "")]}), State.FAILED, "5.1.10", "takes no mail"),
        (Names({"d.test": []}), State.FAILED, "5.4.4", "no mail server"),
        (Names({"d.test": [(10, "gone.test")]}), State.FAILED, "5.4.4", "no mail server"),
        (Names(failing=frozenset({"d.test"})), State.WAITING, "4.4.3", "does not tell for now"),
        (Names({"d.test": [(10, "mx1.test")]}, FOUR, failing=frozenset({"mx1.test"})), State.WAITING, "4.4.3", "does not tell for now"),
        (Names({"d.test": [(10, "mx3.test")]}, {}, {"mx3.test": []}, frozenset({"A mx3.test"})), State.WAITING, "4.4.3", "for now"),
        (Names({"d.test": [(10, "us.test"), (20, "mx1.test")]}, FOUR), State.FAILED, "5.4.6", "leads back to this server"),
        (Names({"d.test": [(10, "us.test"), (10, "mx1.test")]}, FOUR), State.FAILED, "5.4.6", "leads back to this server"),
        (Names({"d.test": [(10, "gone.test"), (20, "us.test")]}, FOUR), State.FAILED, "5.4.6", "leads back to this server"),
        (Names({"d.test": [(10, "mx1.test"), (20, "us.test")]}, FOUR, failing=frozenset({"mx1.test"})), State.WAITING, "4.4.3", "for now"),
    ],
    ids=[
        "no such domain", "null MX", "no records", "exchanger without address", "MX unknown for now", "address unknown for now",
        "one family unknown for now", "we are the best", "we are among the best", "nobody before us", "before us unknown for now",
    ],
)  # fmt: skip
async def test_no_way_is_told_from_no_way_for_now(names: Names, state: State, enhanced: str, words: str) -> None:
    with pytest.raises(Unroutable, match=words) as raised:
        await ways(names, "d.test", "198.51.100.1")
    assert (raised.value.state, raised.value.enhanced) == (state, enhanced)


async def test_one_family_is_enough_while_the_other_has_no_answer() -> None:
    names = Names({"d.test": [(10, "mx2.test")]}, FOUR, SIX, frozenset({"AAAA mx2.test"}))
    assert await ways(names) == ["mx2.test 192.0.2.2", "mx2.test 192.0.2.3"]


async def test_our_own_name_among_the_exchangers_is_known_without_its_address() -> None:
    names = Names({"d.test": [(10, "mx1.test"), (20, "mail.us.test")]}, FOUR)
    assert await ways(names, "d.test", "mail.us.test") == ["mx1.test 192.0.2.1"]


async def test_equals_are_tried_in_a_random_order() -> None:
    names = Names({"d.test": [(10, "mx1.test"), (10, "mx3.test")]}, FOUR, SIX)
    assert await ways(names, shuffle=list.reverse) == ["mx3.test 2001:db8::3", "mx1.test 192.0.2.1"]


async def test_exchangers_are_looked_up_only_when_they_are_needed() -> None:
    names = Names({"d.test": [(10, "mx1.test"), (20, "mx2.test")]}, FOUR, SIX)
    async for _ in routing(names).hops("d.test", Route()):
        break
    assert names.asked == ["MX d.test", "AAAA mx1.test", "A mx1.test"]


async def test_a_zone_can_not_make_us_ask_for_ever() -> None:
    hosts = [f"h{number}.test" for number in range(1000)]
    names = Names({"d.test": list(enumerate(hosts))}, {host: [f"10.0.{at}.{number}" for number in range(200)] for at, host in enumerate(hosts[:200])})
    assert len(await ways(names)) == MOST_HOSTS * MOST_ADDRESSES
    assert len(names.asked) == 1 + 2 * MOST_HOSTS


@pytest.mark.parametrize(("destination", "expected"), [("[192.0.2.7]", "192.0.2.7 192.0.2.7"), ("[IPv6:2001:db8::7]", "2001:db8::7 2001:db8::7")])
async def test_an_address_literal_needs_no_name(destination: str, expected: str) -> None:
    names = Names()
    assert await ways(names, destination) == [expected]
    assert names.asked == []
    with pytest.raises(Unroutable, match="leads back"):
        await ways(names, destination, "192.0.2.7", "2001:db8::7")


async def test_a_route_leads_past_the_exchangers() -> None:
    names = Names({"d.test": [(10, "mx1.test")]}, FOUR)
    assert [hop async for hop in routing(names).hops("d.test", Route("mx2.test", 587))] == [
        Hop("mx2.test", "192.0.2.2", 587),
        Hop("mx2.test", "192.0.2.3", 587),
    ]
    assert await ways(names, route=Route("192.0.2.44")) == ["192.0.2.44 192.0.2.44"]
    assert await ways(names, "us.test", "us.test", route=Route("us.test")) == ["us.test 198.51.100.1"]
    assert "MX d.test" not in names.asked


async def test_a_route_to_nowhere_waits_for_the_administrator() -> None:
    with pytest.raises(Unroutable, match=r"smart\.test") as raised:
        await ways(Names(), route=Route("smart.test"))
    assert (raised.value.state, raised.value.enhanced) == (State.WAITING, "4.4.4")


@pytest.mark.parametrize(
    ("hop", "words"),
    [
        (Hop("mx.test", "192.0.2.1", 25), "mx.test [192.0.2.1]"),
        (Hop("mx.test", "2001:db8::1", 26), "mx.test [2001:db8::1]:26"),
        (Hop("192.0.2.1", "192.0.2.1", 25), "[192.0.2.1]"),
    ],
)
def test_a_hop_is_named_by_name_and_address(hop: Hop, words: str) -> None:
    assert str(hop) == words
