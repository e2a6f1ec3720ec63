"""UTF8 and LANG (RFC 6856). Messages go out as they came in whether or not UTF8 was said; our own words are ASCII in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.pop3 import Refused, Reply
from postroom.servers.pop3 import replies

if TYPE_CHECKING:
    from postroom.formats.pop3.events import Lang, Utf8
    from postroom.servers.pop3.session import Session

NO_LANGUAGE = Reply.err("This language is not known")
LANGUAGES = ("i-default Default", "en English")


def utf8(session: Session, _event: Utf8) -> Reply:
    """Agree to UTF-8: only before login (RFC 6856 section 2.1)."""
    if session.maildrop is not None:
        raise Refused(replies.LOGGED_IN_ALREADY)
    return Reply.ok("UTF-8 it is")


def lang(_session: Session, event: Lang) -> Reply:
    """List the languages, or take one; `*` is the default."""
    if event.tag is None:
        return Reply.ok("Languages follow", LANGUAGES)
    tag = event.tag.lower()
    if tag in {"*", "i-default"}:
        return Reply.ok("i-default Default language")
    if tag == "en" or tag.startswith("en-"):
        return Reply.ok("en English")
    raise Refused(NO_LANGUAGE)
