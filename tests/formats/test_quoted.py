"""What a reply quotes is left out, what its sender wrote stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.quoted import unquoted

ANSWER = "Yes, on Friday."


@pytest.mark.parametrize(
    "text",
    [
        f"{ANSWER}\n\nOn Mon, 1 Jan 2024 at 10:00, Alice <alice@example.com> wrote:\n> When?\n>\n> Alice",
        f"{ANSWER}\r\n\r\nOn Mon, 1 Jan 2024 at 10:00, Alice\r\n<alice@example.com> wrote:\r\n\r\n> When?\r\n",
        f"{ANSWER}\n\nAm 01.01.2024 um 10:00 schrieb Alice:\n> Wann?",
        f"{ANSWER}\n\nLe lun. 1 janv. 2024 à 10:00, Alice <alice@example.com> a écrit :\n\n> Quand ?",
        f"{ANSWER}\n\nEl lun, 1 ene 2024, Alice escribió:\n> ¿Cuándo?",
        f"{ANSWER}\n\n-----Original Message-----\nFrom: Alice\nSent: Monday\nTo: Bob\n\nWhen?",
        f"{ANSWER}\n\n________________________________\nFrom: Alice <alice@example.com>\nSent: Monday\nTo: Bob\nSubject: When\n\nWhen?",
        f"{ANSWER}\n\nFrom: Alice <alice@example.com>\nDate: Monday\nTo: Bob\n\nWhen?",
        f"{ANSWER}\n\nAlice <alice@example.com>:\n> When?",
        f"{ANSWER}\n\nOn Monday, Alice wrote:\n\nWhen? (as HTML programs quote: without marks)",
        f"{ANSWER}\n> When?",
        f"> When?\n{ANSWER}",
        f"On Monday Alice wrote:\n> When?\n\n{ANSWER}",
    ],
)
def test_only_the_answer_is_left(text: str) -> None:
    assert unquoted(text) == ANSWER


@pytest.mark.parametrize(
    "text",
    [
        ANSWER,
        "He wrote: this is fine.",
        "As I wrote yesterday:\n- one\n- two",
        "The colours:\n- red\n- blue",
        "From: the beginning",
        "---\nA line above",
        "",
    ],
)
def test_what_quotes_nothing_stays(text: str) -> None:
    assert unquoted(text) == text


def test_answers_between_the_quotes_stay() -> None:
    assert unquoted("On Monday Alice wrote:\n> One?\nYes.\n> Two?\nNo.") == "Yes.\nNo."


@given(st.text())
def test_any_text_gives_a_text_no_longer(text: str) -> None:
    assert len(unquoted(text)) <= len(text)


@pytest.mark.parametrize("line", ["On " + "x" * 380 + ":", "a" * 399 + ":", "<" * 300 + ":", "From: x", "> " * 100, "On x"])
def test_long_texts_of_traps_are_read(line: str) -> None:
    unquoted("\n".join([line] * 2000))
