"""What all nodes of an XML document have, and lists of them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import from_units
from postroom.languages.vbscript.values import NOTHING, NULL, Value
from postroom.scripting.helpers.component import Component, member

if TYPE_CHECKING:
    from lxml import etree

ELEMENT: Final = 1
ATTRIBUTE: Final = 2
TEXT: Final = 3
PROCESSING: Final = 7
COMMENT: Final = 8
KINDS: Final = {1: "element", 2: "attribute", 3: "text", 7: "processinginstruction", 8: "comment", 9: "document"}


class Node(Component):
    """What all nodes have."""

    __slots__ = ()

    type_name = "IXMLDOMNode"
    KIND: ClassVar[int] = 0

    def children(self) -> list["Node"]:
        """Give the nodes within this one."""
        return []

    def text_content(self) -> str:
        """Give the text of this and all nodes within."""
        return ""

    def parent(self) -> "Node | None":
        """Give the node that it lies in."""
        return None

    def take(self, child: "Node", before: "Node | None") -> None:
        """Take a node in, before one of the others or behind all; raises 5."""
        raise VBScriptError(5)

    def drop(self, child: "Node") -> None:
        """Take a node out; raises 5."""
        raise VBScriptError(5)

    def beside(self, _root: "etree._Element") -> bool:
        """Whether it may stand beside the root: comments and processing instructions, before it."""
        return False

    @member()
    def node_type(self) -> int:
        """Its kind: 1 element, 2 attribute, 3 text, 8 comment, 9 document."""
        return self.KIND

    @member()
    def node_type_string(self) -> str:
        """Its kind as a word."""
        return KINDS[self.KIND]

    @member()
    def node_name(self) -> str:
        """Its name."""
        return f"#{KINDS[self.KIND]}"

    @member()
    def base_name(self) -> str:
        """Its name without prefix."""
        return self.node_name().rpartition(":")[2]

    @member()
    def text(self) -> str:
        """The text of this and all nodes within."""
        return self.text_content().strip()

    @member()
    def xml(self) -> str:
        """The node as it is written."""
        return ""

    @member()
    def node_value(self) -> Value:
        """The value of a text, comment or attribute; Null else."""
        return NULL

    @member()
    def node_typed_value(self) -> Value:
        """The text."""
        return self.text()

    @member()
    def child_nodes(self) -> Value:
        """The nodes within."""
        return Nodes(self.children())

    @member()
    def has_child_nodes(self) -> bool:
        """Whether there are nodes within."""
        return bool(self.children())

    @member()
    def first_child(self) -> Value:
        """The first node within, or Nothing."""
        return next(iter(self.children()), NOTHING)

    @member()
    def last_child(self) -> Value:
        """The last node within, or Nothing."""
        return next(reversed(self.children()), NOTHING)

    @member()
    def parent_node(self) -> Value:
        """The node that it lies in, or Nothing."""
        return self.parent() or NOTHING

    def _sibling(self, step: int) -> Value:
        around = self.parent()
        nodes = around.children() if around else []
        place = nodes.index(self) + step if self in nodes else -1
        return nodes[place] if 0 <= place < len(nodes) else NOTHING

    @member()
    def next_sibling(self) -> Value:
        """The node behind it, or Nothing."""
        return self._sibling(1)

    @member()
    def previous_sibling(self) -> Value:
        """The node before it, or Nothing."""
        return self._sibling(-1)

    @member()
    def attributes(self) -> Value:
        """An element's attributes; Nothing else."""
        return NOTHING

    @member()
    def append_child(self, child: Value) -> Value:
        """Take a node in behind the others; raises 5."""
        return self.insert_before(child, NOTHING)

    @member()
    def insert_before(self, child: Value, other: Value) -> Value:
        """Take a node in before another; raises 5."""
        if not isinstance(child, Node):
            raise VBScriptError(13)
        around = child.parent()
        if around is not None:
            around.drop(child)
        self.take(child, other if isinstance(other, Node) else None)
        return child

    @member()
    def remove_child(self, child: Value) -> Value:
        """Take a node out; raises 5."""
        if not isinstance(child, Node):
            raise VBScriptError(13)
        self.drop(child)
        return child

    @member()
    def replace_child(self, child: Value, old: Value) -> Value:
        """Put a node in the place of another; raises 5."""
        self.insert_before(child, old)
        return self.remove_child(old)


class Nodes(Component):
    """A list of nodes; Item gives Nothing beyond it."""

    __slots__ = ("_next", "_nodes")

    type_name = "IXMLDOMNodeList"

    def __init__(self, nodes: list[Node]) -> None:
        self._nodes = nodes
        self._next = 0

    @member()
    def length(self) -> int:
        """How many there are."""
        return len(self._nodes)

    @member(default=True)
    def item(self, index: int) -> Value:
        """Give one by its number, 0 the first."""
        return self._nodes[index] if 0 <= index < len(self._nodes) else NOTHING

    @member()
    def next_node(self) -> Value:
        """Give the next one; Nothing behind the last."""
        self._next += 1
        return self.item(self._next - 1)

    @member()
    def reset(self) -> None:
        """Let NextNode begin anew."""
        self._next = 0

    def enumerate(self) -> Iterator[Value]:
        """Give them one after the other."""
        return iter(list(self._nodes))


def xml_text(text: str) -> str:
    """Give a script's text as XML may hold it: control characters, which it can't, are dropped."""
    return "".join(char for char in from_units(text) if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff"))
