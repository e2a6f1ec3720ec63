"""What IMAP announces follows the settings."""

from postroom.directory.settings import Settings
from postroom.servers.imap.capability import _after, _before
from postroom.servers.imap.rules import rules_of


def test_a_capability_that_is_switched_off_is_not_announced() -> None:
    all_on = rules_of(Settings(), "mx.test")
    assert all_on.hidden == frozenset()
    off = rules_of(
        Settings(
            imap_sort_enabled=False,
            imap_quota_enabled=False,
            imap_idle_enabled=False,
            imap_acl_enabled=False,
            imap_sasl_plain_enabled=False,
            imap_sasl_initial_response_enabled=False,
        ),
        "mx.test",
    )
    after = [set(_after(0, rules.hidden).split()) for rules in (all_on, off)]
    assert after[0] - after[1] == {b"SORT", b"QUOTA", b"QUOTA=RES-STORAGE", b"IDLE", b"SASL-IR", b"ACL", b"RIGHTS=kxte"}
    before = [set(_before(("PLAIN", "SCRAM-SHA-256"), rules.hidden, starttls=False, plain=True).split()) for rules in (all_on, off)]
    assert before[0] - before[1] == {b"AUTH=PLAIN", b"SASL-IR"}
    assert b"AUTH=SCRAM-SHA-256" in before[1]
