"""A message that is changed: fields, texts and attachments; every octet that nobody touched stays, so that signatures of other parts hold.

`Draft` is the way in. A draft is a tree of `Entity`s over the octets: a change replaces one field, one body or one place in a multipart.
"""

from postroom.formats.editing.draft import LARGEST, NEW, Draft
from postroom.formats.editing.tree import Entity

__all__ = ["LARGEST", "NEW", "Draft", "Entity"]
