"""How messages are dealt out to connections and accounts."""

import pytest
from benchmarks.loads.smtp_source import Mail, lanes
from hypothesis import given
from hypothesis import strategies as st

NAMES = [f"{number}user" for number in range(1, 101)]


@given(st.sampled_from([1, 3, 10, 50, 64]), st.integers(1, 20000))
def test_every_message_is_dealt_out_once_and_evenly(connections: int, messages: int) -> None:
    shares = [count for lane in lanes(Mail(4096, connections), messages, NAMES) for _, count in lane]
    assert sum(shares) == messages
    assert max(shares) - min(shares) <= 1


@pytest.mark.parametrize("connections", [1, 10, 50])
def test_there_are_as_many_lanes_as_connections_and_no_account_is_in_two(connections: int) -> None:
    dealt = lanes(Mail(4096, connections), 5000, NAMES)
    assert len(dealt) == connections
    names = [name for lane in dealt for name, _ in lane]
    assert len(set(names)) == len(names) == max(connections, 40)


def test_a_single_account_gets_everything() -> None:
    assert {name for lane in lanes(Mail(4096, 10), 1000, ["big"]) for name, _ in lane} == {"big"}


def test_a_load_is_named_as_people_say_it() -> None:
    assert Mail(4096, 1).name == "4 KB, 1 connection"
    assert Mail(102400, 10, kept=False).name == "100 KB, 10 connections, one a message"
