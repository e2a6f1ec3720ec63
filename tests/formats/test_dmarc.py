import pytest

from postroom.formats.dmarc import DMARCError, Policy, is_dmarc


@pytest.mark.parametrize(
    ("record", "policy"),
    [
        (b"v=DMARC1; p=none", Policy("none", "none")),
        (b"v=DMARC1;p=Reject;sp=quarantine;adkim=s;aspf=s;pct=20", Policy("reject", "quarantine", True, True, 20)),
        (b"v=DMARC1; p=reject; rua=mailto:a@b.test!10m, mailto:c@d.test; ruf=mailto:e@f.test; fo=1; unknown=x",
         Policy("reject", "reject", reports=("mailto:a@b.test", "mailto:c@d.test"), failure_reports=("mailto:e@f.test",))),
        (b"v=DMARC1; p=what; rua=mailto:a@b.test", Policy("none", "none", reports=("mailto:a@b.test",))),
        (b"v=DMARC1; p=reject; sp=what; pct=many", Policy("reject", "reject")),
    ],
)  # fmt: skip
def test_a_record_is_read(record: bytes, policy: Policy) -> None:
    assert Policy.parse(record) == policy


@pytest.mark.parametrize("record", [b"v=DMARC1", b"v=DMARC1; p=what", b"p=none; v=DMARC1", b"v=DMARC2; p=none", b"v=DMARC1; p=\xff", b"v=DMARC1; p"])
def test_what_is_none_is_refused(record: bytes) -> None:
    with pytest.raises(DMARCError):
        Policy.parse(record)


@pytest.mark.parametrize(("record", "it_is"), [(b"v=DMARC1; p=none", True), (b"v = DMARC1;", True), (b"v=spf1", False), (b"", False)])
def test_other_records_are_told_apart(record: bytes, it_is: bool) -> None:
    assert is_dmarc(record) == it_is
