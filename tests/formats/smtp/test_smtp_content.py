"""DATA and BDAT: where a message ends, and what is refused."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.smtp import Core, Limits
from postroom.formats.smtp.events import Bad, Bdat, Chunk, End, Mail, Noop, Quit
from smtpfeed import events, message, same

SIZES = [1, 2, 3, 5, 1 << 20]
HEADER = b"Subject: hello\r\n\r\n"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("sent", "content"),
    [
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (b"a\r\n.\r\n", b"a\r\n"),
        (b"..\r\n.\r\n", b".\r\n"),
        (b"..a\r\n..b\r\n.c\r\n.\r\n", b".a\r\n.b\r\nc\r\n"),
        (b"a.\r\n.\r\n", b"a.\r\n"),
        (b"a\r\n\r\n.\r\n", b"a\r\n\r\n"),
        (b"\0\xff\r\n.\r\n", b"\0\xff\r\n"),
        (b"...\r\n....\r\n.\r\n", b"..\r\n...\r\n"),
    ],
)
def test_dots_are_unstuffed_and_the_end_is_found(sent: bytes, content: bytes, size: int) -> None:
    assert message(sent, size=size) == (content, "")


@pytest.mark.parametrize("size", [1, 1 << 20])
def test_smuggling_in_every_permutation_of_cr_lf_nul_and_dot_is_refused_or_content(size: int) -> None:
    """Up to five octets of CR, LF, NUL and dot between two lines: one message comes of it, or it is refused; never two."""
    for length in range(1, 6):
        for octets in itertools.product((b"\r", b"\n", b"\0", b"."), repeat=length):
            middle = b"".join(octets)
            sent = b"one" + middle + b"MAIL FROM:<evil@example.test>\r\n.\r\nNOOP\r\n"
            if b"\r\n.\r\n" in b"one" + middle:
                continue  # that is how a message ends
            data, fault = message(sent, size=size)
            pairs = middle.replace(b"\r\n", b"")
            bare = b"\r" in pairs or b"\n" in pairs
            assert fault == ("550 5.6.0" if bare else ""), middle
            assert bare or data.endswith(b"MAIL FROM:<evil@example.test>\r\n")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "ending", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\r\n\0.\r\n", b"\r\n.\0\r\n", b"\n\n.\r\n", b"\r\r\n.\r\n"]
)
def test_no_other_ending_ends_a_message(ending: bytes, size: int) -> None:
    found = events(b"DATA\r\nbody" + ending + b"QUIT\r\n", size=size)
    if ending == b"\r\r\n.\r\n":  # this holds the true one, behind a bare CR
        assert isinstance(found[-2], End)
        assert found[-2].fault is not None
    else:
        assert not any(isinstance(event, Quit) for event in found)


@given(st.binary(max_size=200).map(lambda octets: octets.replace(b"a", b"\r\n").replace(b"b", b".")), st.integers(1, 50))
def test_what_a_client_stuffs_arrives_as_it_was(content: bytes, size: int) -> None:
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"").replace(b"\n", b"\r\n") + b"\r\n"
    stuffed = (b"\r\n" + lines).replace(b"\r\n.", b"\r\n..")[2:]
    assert message(stuffed + b".\r\n", size=size) == (lines, "")


@given(st.text("ab\r\n.\0", max_size=30).map(str.encode), st.integers(1, 9))
def test_a_message_is_the_same_however_it_is_cut(content: bytes, size: int) -> None:
    data, fault = message(content + b"\r\n.\r\n", size=size)
    whole = message(content + b"\r\n.\r\n")
    assert fault == whole[1]
    assert fault or data == whole[0]


@pytest.mark.parametrize("size", [7, 1 << 20])
def test_a_message_over_the_size_is_read_to_its_end_and_refused(size: int) -> None:
    assert message(b"x" * 99 + b"\r\n.\r\n", size=size, limits=Limits(size=100))[1] == "552 5.3.4"
    assert message(b"x" * 98 + b"\r\n.\r\n", size=size, limits=Limits(size=100))[1] == ""


def test_a_message_without_end_ends_the_connection() -> None:
    found = events(b"DATA\r\n" + b"x" * 5000, size=100, limits=Limits(size=100, overrun=1000))
    assert isinstance(found[-1], Bad)
    assert found[-1].fatal


@pytest.mark.parametrize("size", [1, 3, 64, 1 << 20])
@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([20, 20, 20], ""),
        ([21], "554 5.6.0"),
        ([20] * 9 + [21], "554 5.6.0"),
        ([1] * 50, ""),
        ([0, 21, 0], "554 5.6.0"),
        ([20, 0, 20, 0], ""),
    ],
)
def test_a_line_of_content_over_the_limit_is_refused(lines: list[int], fault: str, size: int) -> None:
    content = b"".join(b"x" * length + b"\r\n" for length in lines)
    assert message(content + b".\r\n", size=size, limits=Limits(content_line=20))[1] == fault


@pytest.mark.parametrize("size", SIZES)
def test_chunks_join_to_one_message_and_a_crlf_may_be_cut_between_them(size: int) -> None:
    found = events(b"BDAT 5\r\nabc\r\nBDAT 1\r\n\rBDAT 6 LAST\r\n\n.\r\nd\nNOOP\r\n", size=size)
    end = found[-2]
    assert isinstance(end, End)
    assert end.fault is not None  # the lone LF behind d
    found = events(b"BDAT 6\r\nabc\r\n\rBDAT 5 LAST\r\n\n.\r\ndNOOP\r\n", size=size)
    same(
        [event for event in found if not isinstance(event, Chunk)],
        [Bdat(6, last=False), End(last=False, fault=None), Bdat(5, last=True), End(last=True, fault=None), Noop()],
    )
    assert b"".join(event.data for event in found if isinstance(event, Chunk)) == b"abc\r\n\r\n.\r\nd\r\n"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("octets", [b"a\nb", b"a\rb", b"a\r", b"\n", b"a\n\r\n", b"\r\r\n", b"\n.\n"])
def test_a_bare_cr_or_lf_in_bdat_is_refused(octets: bytes, size: int) -> None:
    found = events(b"BDAT %d LAST\r\n%sNOOP\r\n" % (len(octets), octets), size=size)
    end = found[-2]
    assert isinstance(end, End)
    assert end.fault is not None
    assert end.fault.code == 550
    same(found[-1:], [Noop()])


def test_an_empty_last_chunk_ends_what_came_before() -> None:
    found = events(b"BDAT 1\r\naBDAT 0 LAST\r\n")
    assert b"".join(event.data for event in found if isinstance(event, Chunk)) == b"a\r\n"
    assert found[-1] == End(last=True, fault=None)
    same(events(b"BDAT 0 LAST\r\n"), [Bdat(0, last=True), End(last=True, fault=None)])


def test_a_new_transaction_forgets_the_chunks_of_the_old_one() -> None:
    found = events(b"BDAT 2\r\na\rMAIL FROM:<>\r\nBDAT 1 LAST\r\nb")
    assert Mail(None) in found
    assert found[-1] == End(last=True, fault=None)


def test_chunks_count_towards_one_size() -> None:
    found = events(b"BDAT 60\r\n" + b"x" * 60 + b"BDAT 60 LAST\r\n" + b"x" * 60, limits=Limits(size=100))
    end = found[-1]
    assert isinstance(end, End)
    assert end.fault is not None
    assert end.fault.code == 552


def test_a_large_message_passes_in_large_pieces() -> None:
    core = Core()
    core.receive_data(b"DATA\r\n")
    core.next_event()
    core.expect_data()
    block = (b"x" * 70 + b"\r\n") * 3600
    sizes = []
    for _ in range(4):
        core.receive_data(block)
        while (event := core.next_event()) is not None:
            assert isinstance(event, Chunk)
            sizes.append(len(event.data))
    assert len(sizes) == 4
    assert core.content_size == sum(sizes)
