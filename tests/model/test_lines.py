"""Every numbered line of the object model's reference (tests/reference/object-model-lines.txt) has a test, or a reason why not.

A test names the lines that it proves: `test_model_2_7_...`, several as `test_model_6_7_6_8_...` or `..._and_3_7_...`.
"""

from __future__ import annotations

import re

from numbered import lines, lines_of, proven

KIND = "model"
LINES = lines("object-model")

WITHOUT = {
    "3.8": "The database is part of this server: while it can't be opened nothing runs that a program could ask, so no member meets that text.",
    "6.11": "The sets of bits stand in hMailServer's database and backup only, no member shows them: they come with import and its backup format.",
    "9.1": "Passwords are kept as argon2id and SCRAM keys only; the kinds of hMailServer's database are read once it is imported.",
    "9.6": "These two ways of writing hashes are read once hMailServer's database is imported; our own hashes have the PHC form.",
    "9.7": "By design: the administrator's password is kept as an argon2id hash in the database, not as a SHA-256 one in a file (test_model_3_3).",
    "12.7": "Mail is not tested for spam yet, so there is nothing to skip.",
    "12.8": "Mail is not tested for spam yet, before its content or after.",
}
"""Lines without a test, and why."""

IN_PART = {
    "1.6": "The members refuse aloud, as the line allows, instead of doing nothing.",
    "3.5": "Over the network failures count towards a ban as any login's do; on this machine they don't.",
    "12.3": "EHLO offers more extensions and no HELP; outside of hMailServer's mode HELO is answered with the host name (RFC 5321 section 4.1.1.1).",
    "12.1": "A client that is refused is not held for BlockedIPHoldSeconds: the option of the ini file is not built.",
    "12.6": "Spam tests and greylisting are not built yet; up to max_recipients are taken, not 50,000.",
    "12.9": "A message that turns out too large is refused with 552, as RFC 5321 section 4.5.3.1.9 has it, not with 554.",
    "12.10": "Bare line feeds, which smuggle mail, are always refused (AllowIncorrectLineEndings or not); outside hMailServer's mode in our words.",
    "12.11": "Outside of hMailServer's mode the message is answered with its id; the last word is 421, as RFC 5321 has it.",
    "12.13": "A client without a name gets no `Unknown`, bits of the cipher are not told; X-AuthUser is an option that is not built.",
    "12.14": "Mail of other servers is not fetched yet, so no message has X-hMailServer-ExternalAccount.",
    "12.16": "Outside of hMailServer's mode a ban is kept as such, not as an IP range of its own name; AutoBanMinutes is 1 at least.",
    "18.4": "Backups in hMailServer's format are not made or read yet: the members are there and say so.",
}
"""Lines whose tests prove only what is built, and what is not or differs."""


def test_a_name_tells_its_lines() -> None:
    assert lines_of("test_model_2_7_an_object_deletes_itself", KIND) == {"2.7"}
    assert lines_of("test_model_6_7_6_8_6_9_the_defaults", KIND) == {"6.7", "6.8", "6.9"}
    assert lines_of("test_model_3_1_connect_fails_and_3_7_needs_no_login", KIND) == {"3.1", "3.7"}
    assert lines_of("test_model_6_4_a_server_has_15_of_16_lists", KIND) == {"6.4"}


def test_every_line_has_its_test_or_its_reason() -> None:
    assert LINES - proven(KIND) == WITHOUT.keys()


def test_a_line_that_holds_in_part_has_a_test_of_that_part() -> None:
    assert IN_PART.keys() <= LINES & proven(KIND)


def test_a_reason_is_a_sentence() -> None:
    assert [line for line, reason in [*WITHOUT.items(), *IN_PART.items()] if not re.fullmatch(r"[A-Z].{20,}\.", reason)] == []
