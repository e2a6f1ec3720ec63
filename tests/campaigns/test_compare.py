"""The judge on trial: what it must find in mailboxes that a server served, and what it must let pass."""

import pytest

from .compare import Folder, Found, Verdict, judge
from .ledger import Answer, Fate, Ledger, Request, Sighting, Verb
from .replies import NEVER, Replies

STREAM = (25, 40000, 0)
A, B = "a@example.test", "b@example.test"


def asked(verb: Verb, *tokens: str, to: tuple[str, ...] = (A,), answer: Answer = Answer.DONE, **more: object) -> Request:
    return Request(verb, to, tokens, STREAM, answer=answer, offset=1, **more)  # type: ignore[arg-type]  # passed on as given


def box(*messages: str, start: int = 1, flags: frozenset[str] = frozenset(), fault: str | None = None) -> Folder:
    found = tuple(Found(uid, token, flags, 10, fault) for uid, token in enumerate(messages, start))
    return Folder(7, start + len(messages), found)


def verdict(ledger: Ledger, inbox: Folder, other: Folder | None = None, archive: Folder | None = None) -> Verdict:
    observed = {A: {"INBOX": inbox, "Archive": archive or box()}, B: {"INBOX": other or box()}}
    return judge(observed, ledger, ledger.fates(lambda _: True), lambda _: True)


DELIVERED = asked(Verb.DELIVER, "m")
UNANSWERED = asked(Verb.DELIVER, "m", to=(A, B), answer=Answer.NONE)


@pytest.mark.parametrize(
    ("requests", "inbox", "defect"),
    [
        ([DELIVERED], box("m"), ""),
        ([DELIVERED], box(), "was acknowledged and is missing"),
        ([DELIVERED], box("m", "m"), "is there twice"),
        ([DELIVERED], box("m", "x"), "x (uid 2) should not be there"),
        ([DELIVERED], box("m", fault="cut short"), "cut short"),
        ([DELIVERED], box("m", flags=frozenset({"\\Seen"})), "has flags"),
        ([DELIVERED], Folder(7, 1, box("m").messages), "UIDNEXT 1"),
        ([asked(Verb.DELIVER, "m", answer=Answer.REFUSED)], box("m"), "should not be there"),
        ([asked(Verb.DELIVER, "m", answer=Answer.NONE)], box("m"), ""),
        ([asked(Verb.DELIVER, "m", answer=Answer.NONE)], box(), ""),
        ([UNANSWERED], box("m"), "half a delivery"),
        ([DELIVERED, asked(Verb.STORE, "m", flags=frozenset({"\\Seen"}))], box("m", flags=frozenset({"\\Seen"})), ""),
        ([DELIVERED, asked(Verb.STORE, "m", flags=frozenset({"\\Seen"}))], box("m"), "has flags"),
        ([DELIVERED, asked(Verb.STORE, "m", flags=frozenset({"\\Seen"}), answer=Answer.NONE)], box("m"), ""),
        ([DELIVERED, asked(Verb.STORE, "m", flags=frozenset({"\\Deleted"})), asked(Verb.EXPUNGE)], box(), ""),
        ([DELIVERED, asked(Verb.STORE, "m", flags=frozenset({"\\Deleted"})), asked(Verb.EXPUNGE)], box("m"), "should not be there"),
        ([asked(Verb.APPEND, "m", flags=frozenset({"\\Seen"}))], box("m"), "has flags"),
        ([DELIVERED, asked(Verb.MOVE, "m", target="Archive")], box("m"), "missing"),
        ([DELIVERED, asked(Verb.MOVE, "m", target="Archive", answer=Answer.NONE)], box("m"), ""),
        ([DELIVERED, asked(Verb.MOVE, "m", target="Archive", answer=Answer.NONE)], box(), "missing"),
        ([DELIVERED, asked(Verb.COPY, "m", target="Archive")], box("m"), "Archive: m was acknowledged and is missing"),
    ],
)
def test_the_judge_finds_what_is_wrong_and_nothing_else(requests: list[Request], inbox: Folder, defect: str) -> None:
    defects = verdict(Ledger(requests=requests), inbox).defects
    assert defect in " ".join(defects)
    assert bool(defect) is bool(defects)


def test_a_message_moved_before_its_250_was_read_is_where_it_was_moved() -> None:
    requests = [asked(Verb.DELIVER, "m", answer=Answer.NONE), asked(Verb.MOVE, "m", target="Archive")]
    assert not verdict(Ledger(requests=requests), box(), archive=box("m")).defects
    assert verdict(Ledger(requests=requests), box("m")).defects


def test_a_delivery_without_an_answer_is_counted_apart() -> None:
    there = verdict(Ledger(requests=[UNANSWERED]), box("m"), box("m"))
    absent = verdict(Ledger(requests=[UNANSWERED]), box())
    assert (there.defects, there.kept_unanswered, there.lost_unanswered) == ([], [UNANSWERED], [])
    assert (absent.defects, absent.kept_unanswered, absent.lost_unanswered) == ([], [], [UNANSWERED])


@pytest.mark.parametrize(
    ("validity", "uid", "token", "defect"),
    [(7, 1, "m", ""), (7, 1, "gone", "uid 1 was gone and is m now"), (7, 5, "gone", "UIDNEXT is 2"), (6, 1, "m", "UIDVALIDITY 6 became 7")],
)
def test_a_uid_never_names_another_message(validity: int, uid: int, token: str, defect: str) -> None:
    ledger = Ledger(requests=[DELIVERED], sightings=[Sighting(A, "INBOX", validity, uid, token, STREAM, 1)])
    assert defect in " ".join(verdict(ledger, box("m")).defects)


def test_what_an_account_asked_after_a_late_answer_it_had_not_asked_yet() -> None:
    late, later, other = asked(Verb.STORE, "m"), asked(Verb.EXPUNGE), asked(Verb.EXPUNGE, to=(B,))
    ledger = Ledger(requests=[DELIVERED, late, later, other])
    fates = ledger.fates(lambda request: request in {DELIVERED, other})
    assert [fates[request] for request in ledger.requests] == [Fate.DONE, Fate.MAYBE, Fate.NOT, Fate.DONE]


def test_a_promise_the_journal_does_not_know_was_never_made() -> None:
    assert Replies().place(STREAM, 5) == NEVER
