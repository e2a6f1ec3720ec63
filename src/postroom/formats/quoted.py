"""The quoted part of a reply found and left out: what the sender wrote anew. By the habits of mail programs, in linear time; never raises."""

import re

_WROTE = r"(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|kirjoitti|napsal\(a\)|napisał\(a\)|пишет|написал\(а\))"  # noqa: RUF001 - Russian
_ATTRIBUTION = re.compile(rf"[^>].{{3,400}}{_WROTE}(?: .{{1,80}})? ?:|[^>].{{1,400}}<[^<> ]{{3,254}}> ?:", re.IGNORECASE)
_BEGINS = re.compile(r"(?:On|Am|Le|El|Il|Op|Em|Den|Dne|W dniu)\b.{5,200}|.{0,200}<[^<>@ ]{1,64}@[^<>@ ]{1,255}>", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"-{2,} ?(?:Original Message|Original-Nachricht|Ursprüngliche Nachricht|Message d'origine|Mensaje original|Messaggio originale|"
    r"Oorspronkelijk bericht|Mensagem original) ?-{2,}",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(?:From|Von|De|Da|Van|Från) ?:\*? .{1,300}", re.IGNORECASE)
_SENT = re.compile(r"\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Inviato|Data|Verzonden|Skickat) ?:\*? .{1,200}", re.IGNORECASE)
_RULE = re.compile(r"[_-]{10,}")
_LOOK_AHEAD = 3


def unquoted(text: str) -> str:
    """Give a message's text without what it quotes: lines with `>`, the line that names their author, and a reply's copy of the original."""
    lines = text.replace("\r\n", "\n").split("\n")
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if line.startswith(">"):
            at += 1
            continue
        named = _attribution(lines, at) if line else 0
        if named:
            following = _next_text(lines, at + named)
            if following < len(lines) and lines[following].lstrip().startswith(">"):
                at = following
                continue
            if _BEGINS.match(line):  # programs that quote without marks; "as I wrote:" is the sender's own
                break
        if line and _original_begins(lines, at, line):
            break
        kept.append(lines[at].rstrip())
        at += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _attribution(lines: list[str], at: int) -> int:
    """Tell how many lines say who wrote what follows; 0 when none do. Programs wrap such a line once or twice."""
    line = lines[at].strip()
    if line.endswith(":") and _ATTRIBUTION.fullmatch(line):
        return 1
    if not _BEGINS.fullmatch(line):
        return 0
    for more in range(1, _LOOK_AHEAD):
        following = lines[at + more].strip() if at + more < len(lines) else ""
        if not following or following.startswith(">") or len(following) > 300:
            return 0
        line = f"{line} {following}"
        if line.endswith(":") and _ATTRIBUTION.fullmatch(line):
            return more + 1
    return 0


def _original_begins(lines: list[str], at: int, line: str) -> bool:
    """Tell whether the copy of the original begins here: a line that says so, or the block of fields that Outlook writes."""
    if _ORIGINAL.fullmatch(line):
        return True
    if _RULE.fullmatch(line):
        at = _next_text(lines, at + 1)
        line = lines[at].strip() if at < len(lines) else ""
    if not _FROM.fullmatch(line):
        return False
    return any(_SENT.fullmatch(following.strip()) for following in lines[at + 1 : at + 1 + _LOOK_AHEAD])


def _next_text(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at
