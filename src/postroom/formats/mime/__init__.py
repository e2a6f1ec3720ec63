"""MIME: a message taken apart once, at arrival, and rendered into what IMAP answers with, so that reading never parses it again.

`scan(message)` does all for a message in memory. A large one is fed to a `Scanner` while it arrives, then `render(scanner.finish(), read)`.
`locate` finds a section of a stored message, `select` its usual header fields, `body` derives BODY from BODYSTRUCTURE.
Everything here takes hostile input: nothing raises, all work is bounded by Limits and linear in the octets.
"""

from postroom.formats.mime.bodystructure import body
from postroom.formats.mime.head import FIELDS, select
from postroom.formats.mime.offsets import encoding_of, locate
from postroom.formats.mime.readable import leaves, part_text, split_text, walk, written_text
from postroom.formats.mime.render import Rendered, render, scan
from postroom.formats.mime.scanner import Scanner
from postroom.formats.mime.stored import StoredPart, stored_parts
from postroom.formats.mime.structure import Limits, Media, Part, Structure

__all__ = [
    "FIELDS",
    "Limits",
    "Media",
    "Part",
    "Rendered",
    "Scanner",
    "StoredPart",
    "Structure",
    "body",
    "encoding_of",
    "leaves",
    "locate",
    "part_text",
    "render",
    "scan",
    "select",
    "split_text",
    "stored_parts",
    "walk",
    "written_text",
]
