from collections.abc import Sequence

from nameserver import name_server_in_thread
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.dnsrecords import asked
from scripthouse import echoed

ZONE = {
    ("2.0.0.127.zen.example", "A"): ["127.0.0.2", "127.0.0.4"],
    ("example.com", "TXT"): ["v=spf1 -all"],
    ("example.com", "MX"): ["10 mail.example.com"],
}


def records(name: str, kind: str) -> Sequence[str]:
    return ZONE.get((name, kind), ())


MAKE = 'Set r = CreateObject("DNSLibrary.DNSResolver")\n'


def test_addresses_come_one_a_line() -> None:
    assert echoed(MAKE + 'WScript.Echo Replace(r.DNSLookup("2.0.0.127.zen.example"), vbCrLf, "/")', Desk(records=records)) == "127.0.0.2/127.0.0.4"


def test_a_name_that_is_not_there_gives_an_empty_text() -> None:
    assert echoed(MAKE + 'WScript.Echo "[" & r.DNSLookup("none.example") & "]"', Desk(records=records)) == "[]"


def test_other_kinds_of_records() -> None:
    assert (
        echoed(MAKE + 'WScript.Echo r.TXT("example.com"), r.MX("example.com"), "[" & r.PTR("192.0.2.1") & "]"', Desk(records=records))
        == "v=spf1 -all 10 mail.example.com []"
    )


def test_what_is_no_name_is_not_asked() -> None:
    asked: list[tuple[str, str]] = []

    def heard(name: str, kind: str) -> Sequence[str]:
        asked.append((name, kind))
        return ()

    echoed(MAKE + 'WScript.Echo r.DNSLookup("a b"), r.DNSLookup(""), r.DNSLookup(String(300, "a"))', Desk(records=heard))
    assert asked == []


def test_the_name_servers_of_the_configuration_are_asked() -> None:
    with name_server_in_thread({("2.0.0.127.zen.example", "A"): ["127.0.0.2"], ("1.2.0.192.in-addr.arpa", "PTR"): ["mail.example."]}) as zone:
        servers = [("127.0.0.1", zone.port)]
        assert asked("2.0.0.127.zen.example", "A", servers) == ["127.0.0.2"]
        assert asked("192.0.2.1", "PTR", servers) == ["mail.example"]
        assert asked("none.example", "A", servers) == ()
