"""The base subject, by which SORT and THREAD compare (RFC 5256 section 2.1)."""

import re

# subj-blob = "[" *BLOBCHAR "]" *WSP; subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":"
_blobs = re.compile(r"(?: *+\[[^\[\]]*+\])*+ *+").match
_refwd = re.compile(r"(?:re|fwd?) *+(?:\[[^\[\]]*+\] *+)?+:", re.IGNORECASE).match
_blanks = re.compile(r"[\t\r\n ]+").sub
MOST_ROUNDS = 100
"""How often brackets and prefixes are peeled off: a subject made of thousands of them is nobody's subject."""


def base_subject(subject: str) -> tuple[str, bool]:
    """Give the base of a decoded subject and whether it was a reply or a forward; case is kept, compare it folded."""
    text = _blanks(" ", subject).strip(" ")
    replied = False
    for _ in range(MOST_ROUNDS):
        text, trailer = _without_trailers(text)
        text, leader = _without_leaders(text)
        replied = replied or trailer or leader
        if text[:5].lower() == "[fwd:" and text[-1:] == "]":
            text, replied = text[5:-1].strip(" "), True
        else:
            break
    return text, replied


def _without_trailers(text: str) -> tuple[str, bool]:
    """Take (step 2) `(fwd)` and blanks off the end."""
    end, found = len(text), False
    while True:
        while end and text[end - 1] == " ":
            end -= 1
        if text[max(end - 5, 0) : end].lower() != "(fwd)":
            return text[:end], found
        end, found = end - 5, True


def _without_leaders(text: str) -> tuple[str, bool]:
    """Take (steps 3 to 5) `Re:`, `Fwd [x]:` and leading `[blobs]` off the start, a blob only while something is left behind it."""
    at, found = 0, False
    while True:
        blobs = _blobs(text, at)
        end = blobs.end() if blobs else at
        leader = _refwd(text, end)
        if not leader:
            return text[end if end < len(text) else max(text.rfind("[", at), at) :], found
        at, found = leader.end(), True
