"""The wire between worker and script process: frames in pieces, frames that are none, and waits."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postroom.scripting import wire
from postroom.scripting.wire import Broken, Frames, Gone, Pipe, Wait, packed, spoken

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the table of all characters is made at first use
@given(st.lists(VALUES, max_size=4), st.integers(1, 7))
def test_what_a_script_says_arrives_whole_and_in_pieces(values: list[Any], size: int) -> None:
    data = b"".join(spoken(value) for value in values)
    assert Frames().feed(data) == values
    frames, found = Frames(), []
    for start in range(0, len(data), size):
        found += frames.feed(data[start : start + size])
    assert found == values


@pytest.mark.parametrize("text", [b"", b"nothing", b"1 2", b'["a"]x', b"[" * 100_000, b"\xff"])
def test_what_is_no_json_is_broken(text: bytes) -> None:
    with pytest.raises(Broken):
        Frames().feed(wire.LENGTH.pack(len(text)) + text)


@pytest.mark.parametrize("polls", [True, False])
def test_a_script_hears_frames_one_after_the_other_however_they_come(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch, polls: bool
) -> None:
    monkeypatch.setattr(wire, "POLLS", polls)
    ours, theirs = ends
    pipe, values = Pipe(theirs), ["a" * 100_000, [1, 2.5, True, None, (3,), "\ud800"], "last"]
    sender = threading.Thread(target=ours.sendall, args=(b"".join(packed(value) for value in values),))
    sender.start()
    assert [pipe.hear(), pipe.hear(answer=True), pipe.hear()] == values
    sender.join()


def test_after_a_short_wait_a_script_looks_before_it_sleeps(ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "POLLS", True)
    clock = iter([0.0, 0.00001, 1.0, 1.00001, 1.1, 2.0, 2.1])
    monkeypatch.setattr(wire, "perf_counter", lambda: next(clock))
    ours, theirs = ends
    wait = Wait(theirs)
    ours.send(b"1")
    assert wait.more() == b"1"
    monkeypatch.setattr(os, "sched_yield", lambda: ours.send(b"2"), raising=False)
    assert wait.more() == b"2"
    monkeypatch.setattr(os, "sched_yield", lambda: None)
    ours.send(b"3")
    assert wait.more() == b"3"


def test_a_script_whose_worker_hung_up_is_told(ends: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = ends
    pipe = Pipe(theirs)
    ours.close()
    with pytest.raises(Gone):
        pipe.hear()
    with pytest.raises(Gone):
        pipe.say(["end"])
