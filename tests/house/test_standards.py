import tomllib

from house.repository import ROOT, cited, sources

RFCS = tomllib.loads((ROOT / "rfcs.toml").read_text(encoding="utf-8"))["rfc"]
LISTED = {rfc["number"] for rfc in RFCS}
CITED = {number for text in sources().values() for number in cited(text)}


def test_lists_of_citations_are_read() -> None:
    text = "RFC 1870, 3461 and 6531; RFC 5321 section 4.5.3, RFC822.SIZE, RFC 9051 or 3501."
    assert list(cited(text)) == [1870, 3461, 6531, 5321, 9051, 3501]


def test_every_rfc_that_the_code_cites_is_in_the_table() -> None:
    assert not CITED - LISTED


def test_every_rfc_of_the_table_is_cited_by_the_code() -> None:
    assert not LISTED - CITED


def test_each_rfc_is_listed_once_with_a_known_status() -> None:
    assert len(LISTED) == len(RFCS)
    assert {rfc["status"] for rfc in RFCS} <= {"done", "partial", "used"}


def test_a_partial_one_says_what_is_there_or_missing() -> None:
    assert [rfc["number"] for rfc in RFCS if rfc["status"] == "partial" and not rfc.get("note")] == []
