"""The arguments of the commands that have a table each: STORE, COPY, SELECT, CREATE, STATUS, LIST, LOGIN, AUTHENTICATE, ID, QUOTA."""

from collections.abc import Callable

import pytest

from postroom.formats.flags import DELETED, SEEN, Flags
from postroom.formats.imap.authenticate import Authenticate, Login, decode_response, parse_authenticate, parse_login
from postroom.formats.imap.copy import Copy, parse_copy
from postroom.formats.imap.create import Create, parse_create
from postroom.formats.imap.enable import parse_enable
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.id import parse_id
from postroom.formats.imap.list import List, parse_list, parse_lsub
from postroom.formats.imap.mailbox import parse_mailbox, parse_nothing, parse_rename, parse_uid_expunge
from postroom.formats.imap.quota import SetQuota, parse_getquota, parse_setquota
from postroom.formats.imap.select import Select, parse_select
from postroom.formats.imap.sequence import SequenceSet
from postroom.formats.imap.status import Status, StatusItem, parse_status
from postroom.formats.imap.store import Mode, Store, parse_store

Parse = Callable[[bytes], object]

ONE = SequenceSet(((1, 1),))
NONE = frozenset[str]()

UNDERSTOOD: list[tuple[Parse, bytes, object]] = [
    (parse_store, b"1 FLAGS (\\Seen)", Store(ONE, Mode.REPLACE, Flags(SEEN), silent=False)),
    (parse_store, b"1 FLAGS ()", Store(ONE, Mode.REPLACE, Flags(), silent=False)),
    (parse_store, b"1 +flags.silent \\Seen \\Deleted", Store(ONE, Mode.ADD, Flags(SEEN | DELETED), silent=True)),
    (parse_store, b"1 (UNCHANGEDSINCE 7) -FLAGS (Work)", Store(ONE, Mode.REMOVE, Flags(0, frozenset({"Work"})), False, 7)),
    (parse_copy, b"1 Sent", Copy(ONE, "Sent")),
    (parse_copy, b'1 "inbox"', Copy(ONE, "INBOX")),
    (parse_select, b"INBOX", Select("INBOX")),
    (parse_select, b"Sent (CONDSTORE)", Select("Sent", condstore=True)),
    (parse_create, b"a/b/", Create("a/b/")),
    (parse_create, b"Post (USE (\\sent \\Drafts))", Create("Post", ("\\Sent", "\\Drafts"))),
    (parse_create, b"Post (USE ())", Create("Post")),
    (parse_status, b"INBOX (MESSAGES uidnext MESSAGES)", Status("INBOX", (StatusItem.MESSAGES, StatusItem.UIDNEXT))),
    (parse_status, b"x (SIZE DELETED-STORAGE)", Status("x", (StatusItem.SIZE, StatusItem.DELETED_STORAGE))),
    (parse_list, b'"" *', List("", ("*",))),
    (parse_list, b'"" ""', List("", ("",))),
    (parse_list, b'(SUBSCRIBED) "" "a/%"', List("", ("a/%",), frozenset({"SUBSCRIBED"}), extended=True)),
    (parse_list, b'() "" (a* b%)', List("", ("a*", "b%"), extended=True)),
    (
        parse_list,
        b'(SUBSCRIBED RECURSIVEMATCH) "" * RETURN (CHILDREN STATUS (UNSEEN) SPECIAL-USE)',
        List(
            "",
            ("*",),
            frozenset({"SUBSCRIBED", "RECURSIVEMATCH"}),
            frozenset({"CHILDREN", "SPECIAL-USE"}),
            (StatusItem.UNSEEN,),
            extended=True,
        ),
    ),
    (parse_list, b'"" * return ()', List("", ("*",), extended=True)),
    (parse_lsub, b'"#news." "comp.*"', List("#news.", ("comp.*",))),
    (parse_login, b'alice "se\\"cret"', Login(b"alice", b'se"cret')),
    (parse_login, b"{1}\r\na {1}\r\nb", Login(b"a", b"b")),
    (parse_authenticate, b"plain", Authenticate("PLAIN")),
    (parse_authenticate, b"PLAIN AGEAYg==", Authenticate("PLAIN", b"\0a\0b")),
    (parse_authenticate, b"EXTERNAL =", Authenticate("EXTERNAL", b"")),
    (decode_response, b"*", None),
    (decode_response, b"", b""),
    (parse_id, b"NIL", {}),
    (parse_id, b'("Name" "mutt\x1b" "version" NIL)', {"name": "mutt?", "version": ""}),
    (parse_enable, b"condstore UTF8=ACCEPT", ("CONDSTORE", "UTF8=ACCEPT")),
    (parse_getquota, b'""', ""),
    (parse_setquota, b'"" (STORAGE 512 message 10)', SetQuota("", (("STORAGE", 512), ("MESSAGE", 10)))),
    (parse_setquota, b"root ()", SetQuota("root", ())),
    (parse_mailbox, b"Entw&APw-rfe", "Entwürfe"),
    (parse_rename, b'"a b" c', ("a b", "c")),
    (parse_uid_expunge, b"1", ONE),
    (parse_nothing, b"", None),
    (parse_nothing, b"  ", None),
]

REFUSED: list[tuple[Parse, bytes]] = [
    (parse_store, b"1 FLAGS"),
    (parse_store, b"1 FOO (\\Seen)"),
    (parse_store, b"1 FLAGS.LOUD (\\Seen)"),
    (parse_store, b"1 FLAGS (\\Recent)"),
    (parse_store, b"1 (UNCHANGEDSINCE) FLAGS ()"),
    (parse_store, b"1 (FOO 1) FLAGS ()"),
    (parse_copy, b"1"),
    (parse_copy, b"1 a b"),
    (parse_select, b""),
    (parse_select, b"INBOX ()"),
    (parse_select, b"INBOX (FOO)"),
    (parse_select, b"INBOX (CONDSTORE"),
    (parse_create, b"x (FOO (\\Sent))"),
    (parse_create, b"x (USE \\Sent)"),
    (parse_create, b"x (USE (Sent))"),
    (parse_create, b"x (USE (\\Foo))"),
    (parse_status, b"INBOX"),
    (parse_status, b"INBOX ()"),
    (parse_status, b"INBOX (FOO)"),
    (parse_list, b'""'),
    (parse_list, b'"" ()'),
    (parse_list, b'(FOO) "" *'),
    (parse_list, b'(RECURSIVEMATCH) "" *'),
    (parse_list, b'"" * RETURN'),
    (parse_list, b'"" * RETURN (FOO)'),
    (parse_list, b'"" * RETURN (STATUS)'),
    (parse_list, b'"" (' + b" ".join([b"*"] * 51) + b")"),
    (parse_lsub, b'"" (a b)'),
    (parse_login, b"alice"),
    (parse_login, b"alice secret more"),
    (parse_authenticate, b""),
    (parse_authenticate, b"PLAIN *"),
    (parse_authenticate, b"PLAIN AGE"),
    (parse_authenticate, b"PLAIN A G="),
    (decode_response, b"AG\r"),
    (parse_id, b"(name x)"),
    (parse_id, b'("name")'),
    (parse_id, b"(" + b" ".join([b'"a" "b"'] * 31) + b")"),
    (parse_id, b'("' + b"n" * 31 + b'" "b")'),
    (parse_enable, b""),
    (parse_enable, b"x " * 200),
    (parse_getquota, b""),
    (parse_setquota, b'"" (STORAGE)'),
    (parse_mailbox, b"a b"),
    (parse_rename, b"a"),
    (parse_uid_expunge, b"x"),
    (parse_nothing, b"x"),
]


@pytest.mark.parametrize(("parse", "text", "value"), UNDERSTOOD)
def test_arguments_are_understood(parse: Parse, text: bytes, value: object) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(("parse", "text"), REFUSED)
def test_wrong_arguments_are_refused(parse: Parse, text: bytes) -> None:
    with pytest.raises(CommandRefused):
        parse(text)


def test_a_special_use_that_is_not_known_is_no_with_useattr() -> None:
    with pytest.raises(CommandRefused) as caught:
        parse_create(b"x (USE (\\Foo))")
    assert (caught.value.condition, caught.value.code) == (b"NO", b"USEATTR")


def test_passwords_are_in_no_repr() -> None:
    assert "secret" not in repr(parse_login(b"alice secret"))
    assert "initial" not in repr(parse_authenticate(b"PLAIN AGEAYg=="))
