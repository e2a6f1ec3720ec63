"""The kinds of values that settings have."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.directory.errors import DirectoryError
from postroom.directory.kinds import Choice, DomainName, Kind, Mailbox, Networks, Number, Size, Span, Spans, Switch, as_text
from postroom.formats.address import Address

READS = [
    (Switch(), "Yes", True),
    (Switch(), " off ", False),
    (Number(), "1_000", 1000),
    (Size(), "50 MB", 50 * 1024 * 1024),
    (Size(), "50mib", 50 * 1024 * 1024),
    (Size(), "20480 KB", 20480 * 1024),
    (Size(), "1000", 1000),
    (Span(), "30 minutes", 1800),
    (Span(), "45", 45),
    (Span(unit=60), "45", 45),
    (Span(unit=60), "1 hour", 60),
    (Choice(("never", "always")), "Always", "always"),
    (DomainName(), "MÜNCHEN.example", "xn--mnchen-3ya.example"),
    (Mailbox(), "post@Example.Test", Address("post", "example.test")),
    (Mailbox(), "", None),
    (Networks(), "", ()),
]

REFUSED = [
    (Switch(), "maybe"),
    (Number(1, 10), "11"),
    (Number(1, 10), "0"),
    (Number(), "-1"),
    (Number(), "١٢"),
    (Size(), "50 elephants"),
    (Size(1024), "1000"),
    (Size(), "9" * 16),
    (Span(), "a while"),
    (Span(unit=60), "90 seconds"),
    (Choice(("never", "always")), "often"),
    (DomainName(), "a b"),
    (Mailbox(), "nobody"),
    (Networks(), "10.0.0.1/8"),
    (Networks(), "::g"),
]


@pytest.mark.parametrize(("kind", "text", "value"), READS)
def test_what_people_write_is_read(kind: Kind, text: str, value: Any) -> None:
    assert kind.parse(text) == value


@pytest.mark.parametrize(("kind", "text"), REFUSED)
def test_what_a_setting_can_not_be_is_refused(kind: Kind, text: str) -> None:
    with pytest.raises(DirectoryError, match=r"^is "):
        kind.parse(text)


@given(st.integers(0, 1 << 50))
def test_a_size_reads_back(value: int) -> None:
    assert Size().parse(Size().format(value)) == value


@given(st.integers(0, 525600), st.sampled_from([1, 60]))
def test_a_time_reads_back(value: int, unit: int) -> None:
    assert Span(unit=unit).parse(Span(unit=unit).format(value)) == value


@given(st.lists(st.ip_addresses(), max_size=5))
def test_networks_read_back(addresses: list[Any]) -> None:
    value = Networks().parse(", ".join(map(str, addresses)))
    assert Networks().parse(Networks().format(value)) == value
    assert len(value) == len(addresses)


@pytest.mark.parametrize(("given", "text"), [(True, "yes"), (7, "7"), (["10.0.0.1", "::1"], "10.0.0.1, ::1"), ("50 MB", "50 MB")])
def test_a_configuration_files_values_are_read_as_text(given: object, text: str) -> None:
    assert as_text(given) == text


def test_spans_are_read_and_written_in_order() -> None:
    spans = Spans()
    assert spans.parse("1 minute, 5 minutes,90") == (60, 300, 90)
    assert spans.format((60, 300, 90)) == "1 minute, 5 minutes, 90 seconds"
    assert spans.parse("") == ()
    with pytest.raises(DirectoryError):
        spans.parse("soon")
