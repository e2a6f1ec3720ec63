"""THREAD's algorithms on small mailboxes, and on deep ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.imap.threads import Node, Threaded, by_ordered_subject, by_references, thread_line


def message(number: int, message_id: str, references: str = "", subject: str = "", date: int = 0) -> Threaded:
    return Threaded(number, message_id, tuple(references.split()), subject or f"s{number}", date or number)


M = message

FORESTS: list[tuple[list[Threaded], bytes]] = [
    ([], b""),
    ([M(1, "a")], b"(1)"),
    ([M(1, "a"), M(2, "b", "a"), M(3, "c", "a b")], b"(1 2 3)"),
    ([M(1, "a"), M(2, "b", "a"), M(3, "c", "a")], b"(1 (2)(3))"),
    ([M(3, "c", "a b"), M(2, "b", "a"), M(1, "a")], b"(1 2 3)"),
    # the parent isn't here: one child takes its place, several stand side by side
    ([M(2, "b", "a")], b"(2)"),
    ([M(2, "b", "a"), M(3, "c", "a")], b"((2)(3))"),
    ([M(1, "a"), M(3, "c", "a b"), M(4, "d", "a b")], b"(1 (3)(4))"),
    ([M(3, "c", "x y"), M(4, "d", "x z")], b"((3)(4))"),
    # circles, selves and doubles
    ([M(1, "a", "b"), M(2, "b", "a")], b"(2 1)"),
    ([M(1, "a", "a")], b"(1)"),
    ([M(1, "a"), M(2, "a"), M(3, "c", "a")], b"(1 3)(2)"),
    ([M(1, ""), M(2, "")], b"(1)(2)"),
    # order is by date
    ([M(1, "a", date=9), M(2, "b", date=5)], b"(2)(1)"),
    ([M(1, "a"), M(2, "b", "a", date=9), M(3, "c", "a", date=5)], b"(1 (3)(2))"),
    # subjects join threads
    ([M(1, "a", subject="x"), M(2, "b", subject="Re: X")], b"(1 2)"),
    ([M(1, "a", subject="Re: x"), M(2, "b", subject="x")], b"(2 1)"),
    ([M(1, "a", subject="x"), M(2, "b", subject="x")], b"((1)(2))"),
    ([M(1, "a", subject="x"), M(2, "b", subject="x"), M(3, "c", subject="x")], b"((1)(2)(3))"),
    ([M(1, "a", subject="Re:"), M(2, "b", subject="Re:")], b"(1)(2)"),
    ([M(1, "a", "z", subject="x"), M(2, "b", "z", subject="x"), M(3, "c", subject="x")], b"((1)(2)(3))"),
    ([M(1, "a", "z", "x"), M(2, "b", "z", "x"), M(3, "c", "y", "x"), M(4, "d", "y", "x")], b"((1)(2)(3)(4))"),
]


@pytest.mark.parametrize(("messages", "answer"), FORESTS)
def test_messages_are_threaded_by_references(messages: list[Threaded], answer: bytes) -> None:
    assert thread_line(by_references(messages)) == (b"* THREAD " + answer).rstrip() + b"\r\n"


def test_messages_are_threaded_by_subject() -> None:
    messages = [M(1, "a", subject="x", date=5), M(2, "b", subject="re: X", date=3), M(3, "c", subject="x"), M(4, "d", subject="y")]
    assert thread_line(by_ordered_subject(messages)) == b"* THREAD (2 (3)(1))(4)\r\n"


def numbers(roots: list[Node]) -> list[int]:
    nodes = list(roots)
    for node in nodes:
        nodes.extend(node.children)
    return sorted(node.message.number for node in nodes if node.message)


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.text("abcdefg", max_size=3), st.sampled_from(["", "x", "Re: x", "y"]))))
def test_every_message_is_in_one_thread_whatever_they_refer_to(raw: list[tuple[str, str, str]]) -> None:
    messages = [M(n, name, " ".join(references), subject) for n, (name, references, subject) in enumerate(raw, 1)]
    assert numbers(by_references(messages)) == [message.number for message in messages]
    assert thread_line(by_references(messages)).count(b"(") == thread_line(by_references(messages)).count(b")")


def test_a_thread_may_be_very_deep() -> None:
    messages = [M(n, str(n), str(n - 1)) for n in range(1, 20_001)]
    for order in (messages, messages[::-1]):
        assert thread_line(by_references(order)) == b"* THREAD (" + b" ".join(b"%d" % n for n in range(1, 20_001)) + b")\r\n"
