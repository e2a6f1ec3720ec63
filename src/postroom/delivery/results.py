"""Results: what the outcomes of a try make of the queue's rows, and the reasons in words that people read there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from postroom.delivery.outcome import Outcome, State
from postroom.delivery.queue import Result
from postroom.delivery.retries import USUAL, delay, exhausted
from postroom.formats.dsn import Action, wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from postroom.delivery.outcome import JobRecipient
    from postroom.delivery.plan import Plan
    from postroom.delivery.retries import Terms
    from postroom.directory.settings import Settings

LONGEST_REPLY: Final = 1000
"""Characters of a server's answer that are kept."""

_CODES = re.compile(r"\A(?:[245][0-9]{2}[ -]?)?(?:[245]\.[0-9]{1,3}\.[0-9]{1,3} ?)?")


def results(plan: Plan, outcomes: Sequence[Outcome], now: int, settings: Settings, random: Callable[[], float], terms: Terms = USUAL) -> list[Result]:
    """Give what becomes of each recipient of a try; who has no outcome waits on. Recipients that wait are tried again at one time, together."""
    known = {outcome.recipient_id: outcome for outcome in outcomes}
    chance = random()
    found = []
    for recipient in plan.job.recipients:
        outcome = known.get(recipient.id) or Outcome(recipient.id, State.WAITING, 0, "4.3.0", "the try ended without a word about this recipient")
        if outcome.state is State.WAITING and exhausted(plan.attempts[recipient.id] + 1, settings, terms):
            outcome = replace(outcome, state=State.FAILED)
        due = now + delay(plan.attempts[recipient.id] + 1, settings, lambda: chance, terms) if outcome.state is State.WAITING else now
        found.append(_result(plan, recipient, outcome, due, now))
    return found


def _result(plan: Plan, recipient: JobRecipient, outcome: Outcome, due: int, now: int) -> Result:
    owed = owed_after(outcome, plan.job.sender, recipient.options.get("NOTIFY", ""))
    return Result(recipient.id, outcome.state, due, now, outcome.enhanced, outcome.host, reply(outcome), words(outcome), owed)


def owed_after(outcome: Outcome, sender: str, notify: str) -> str:
    """Tell which report the end of a try owes to the sender: an action, or '' for none."""
    action = {State.FAILED: Action.FAILED, State.SENT: Action.RELAYED}.get(outcome.state)
    if action is None or outcome.reports:
        return ""
    return owed(action, sender, notify)


def owed(action: Action, sender: str, notify: str) -> str:
    """Give the action when its report is to be made. Nobody reports to the null sender: reports about reports would never end (RFC 3464 2)."""
    return action.value if sender and wanted(notify, action) else ""


def reply(outcome: Outcome) -> str:
    """Give what a server answered as one line that begins with its code; '' when none did."""
    if not outcome.code:
        return ""
    text = _CODES.sub("", _line(outcome.text), count=1)
    return " ".join(filter(None, (str(outcome.code), outcome.enhanced, text)))


def words(outcome: Outcome) -> str:
    """Tell why: `mail.example.org answered 450 4.2.0 greylisted`, or what kept us from asking."""
    answer = reply(outcome)
    if not answer:
        return _line(outcome.text)
    return f"{outcome.host or 'the server'} answered {answer}"


def _line(text: str) -> str:
    """Bring a peer's text onto one line without control characters, and bound it."""
    return " ".join("".join(character if character.isprintable() else " " for character in text[: 2 * LONGEST_REPLY]).split())[:LONGEST_REPLY]


def summary(found: Iterable[Result]) -> dict[str, int]:
    """Count how a try ended: sent, waiting, failed."""
    counts = dict.fromkeys(State, 0)
    for result in found:
        counts[State(result.state)] += 1
    return {state.value: count for state, count in counts.items()}
