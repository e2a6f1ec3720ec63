"""What the server writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats import flags
from postroom.formats.imap import fetched, response
from postroom.formats.imap.response import ExtendedSearch
from postroom.formats.imap.strings import clean, literal
from postroom.formats.uidset import UidSet


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (response.status(b"a1", b"OK", "done"), b"a1 OK done\r\n"),
        (response.status(b"*", b"NO", "x\r\na2 OK y", b"ALERT"), b"* NO [ALERT] x  a2 OK y\r\n"),
        (response.status(b"a1", b"OK", ""), b"a1 OK -\r\n"),
        (response.continuation(), b"+ \r\n"),
        (response.continuation(b"YQ=="), b"+ YQ==\r\n"),
        (response.untagged(response.capability(["IMAP4rev1", "IDLE"])), b"* CAPABILITY IMAP4rev1 IDLE\r\n"),
        (response.exists(3) + response.recent(1), b"* 3 EXISTS\r\n* 1 RECENT\r\n"),
        (response.expunges([5, 4]), b"* 5 EXPUNGE\r\n* 4 EXPUNGE\r\n"),
        (response.flags_line(flags.render_flags(flags.SEEN, ["Work"])), b"* FLAGS (\\Seen Work)\r\n"),
        (response.list_line(["\\HasNoChildren", "\\Sent"], "/", "Entwürfe"), b'* LIST (\\HasNoChildren \\Sent) "/" Entw&APw-rfe\r\n'),
        (response.list_line([], "", "", command=b"LSUB"), b'* LSUB () NIL ""\r\n'),
        (response.list_line([], "/", "a b", child_info=["SUBSCRIBED"]), b'* LIST () "/" "a b" ("CHILDINFO" ("SUBSCRIBED"))\r\n'),
        (response.list_line([], "\\", "a"), b'* LIST () "\\\\" a\r\n'),
        (response.status_line("INBOX", [(b"MESSAGES", 3), (b"APPENDLIMIT", None), (b"MAILBOXID", b"(F1)")]),
         b"* STATUS INBOX (MESSAGES 3 APPENDLIMIT NIL MAILBOXID (F1))\r\n"),
        (response.namespace_line("", "/"), b'* NAMESPACE (("" "/")) NIL NIL\r\n'),
        (response.namespace_line("INBOX.", "."), b'* NAMESPACE (("INBOX." ".")) NIL NIL\r\n'),
        (response.quota_line("", [("STORAGE", 1, 2)]), b'* QUOTA "" (STORAGE 1 2)\r\n'),
        (response.quotaroot_line("INBOX", [""]), b'* QUOTAROOT INBOX ""\r\n'),
        (response.id_line({"name": "Postroom"}), b'* ID ("name" "Postroom")\r\n'),
        (response.id_line({}), b"* ID NIL\r\n"),
        (response.enabled_line([]), b"* ENABLED\r\n"),
        (response.enabled_line(["CONDSTORE"]), b"* ENABLED CONDSTORE\r\n"),
        (response.search_line([]), b"* SEARCH\r\n"),
        (response.search_line([2, 84], 917162500), b"* SEARCH 2 84 (MODSEQ 917162500)\r\n"),
        (response.search_line([2], command=b"SORT"), b"* SORT 2\r\n"),
        (response.appenduid(7, UidSet([3])), b"APPENDUID 7 3"),
        (response.copyuid(7, [1, 2, 5], [9, 10, 11]), b"COPYUID 7 1:2,5 9:11"),
        (response.copyuid(7, [2, 1], [4, 3]), b"COPYUID 7 2,1 4,3"),
        (fetched.fetch_line(3, [b"UID 5", fetched.flags_item(flags.SEEN)]), b"* 3 FETCH (UID 5 FLAGS (\\Seen))\r\n"),
        (fetched.section_item(b"BODY[]<0>", b"ab"), b"BODY[]<0> {2}\r\nab"),
        (fetched.section_start(b"BODY[]", 5), b"BODY[] {5}\r\n"),
        (fetched.internal_date(837596665000000), b'"17-Jul-1996 09:44:25 +0000"'),
        (fetched.internal_date(0), b'" 1-Jan-1970 00:00:00 +0000"'),
        (literal(clean(b"a\0b")), b"{3}\r\na\x80b"),
    ],
)  # fmt: skip
def test_lines_are_written_as_the_rfcs_show_them(line: bytes, written: bytes) -> None:
    assert line == written


@pytest.mark.parametrize(
    ("found", "returns", "written"),
    [
        ([2, 10, 11], {"MIN", "COUNT"}, b'* ESEARCH (TAG "a1") UID MIN 2 COUNT 3\r\n'),
        ([2, 10, 11], {"ALL", "MAX"}, b'* ESEARCH (TAG "a1") UID MAX 11 ALL 2,10:11\r\n'),
        ([], {"MIN", "MAX", "ALL", "COUNT"}, b'* ESEARCH (TAG "a1") UID COUNT 0\r\n'),
        ([], {"ALL"}, b'* ESEARCH (TAG "a1") UID\r\n'),
    ],
)
def test_esearch_tells_what_was_asked(found: list[int], returns: set[str], written: bytes) -> None:
    assert response.esearch_line(b"a1", ExtendedSearch.of(UidSet(found), frozenset(returns)), uid=True) == written


def test_esearch_tells_the_highest_modseq() -> None:
    result = ExtendedSearch.of(UidSet([4]), frozenset({"COUNT"}), modseq=99)
    assert response.esearch_line(b"a", result, uid=False) == b'* ESEARCH (TAG "a") COUNT 1 MODSEQ 99\r\n'


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99), st.integers(0, 63), st.sampled_from([(), ("Work",), ("a", "b")]))))
def test_chunks_of_flags_are_the_lines_one_by_one(rows: list[tuple[int, int, int, tuple[str, ...]]]) -> None:
    lines = [fetched.fetch_line(n, [b"UID %d" % uid, fetched.flags_item(bits, words)]) for n, uid, bits, words in rows]
    assert fetched.flags_chunk(rows) == b"".join(lines)
    assert fetched.flags_chunk(rows, uid=False) == b"".join(fetched.fetch_line(n, [fetched.flags_item(bits, words)]) for n, _, bits, words in rows)
    assert fetched.modseq_chunk([(*row, 7) for row in rows]) == b"".join(line[:-3] + b" MODSEQ (7))\r\n" for line in lines)
