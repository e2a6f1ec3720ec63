"""MSXML2.DOMDocument: documents read, searched and written.

Entities that a document declares are never expanded and nothing outside of it is read, so neither a billion laughs nor another file's content come
out of one.
"""

import re
from typing import Final

from lxml import etree

from postroom.languages.vbscript.conversions import to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import from_units
from postroom.languages.vbscript.values import MISSING, NOTHING, Object, Value
from postroom.scripting.helpers.bytes import octets_of
from postroom.scripting.helpers.component import Component, assignment, member, stored
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.disk import open_to_read, open_to_write, windows_errors
from postroom.scripting.helpers.stream import LARGEST
from postroom.scripting.helpers.web import Call
from postroom.scripting.helpers.xmlelement import Attribute, Element, Text, made, named, search
from postroom.scripting.helpers.xmlnodes import ATTRIBUTE, COMMENT, ELEMENT, PROCESSING, TEXT, Node, Nodes

_NAMESPACE: Final = re.compile(r"xmlns:([\w.-]+)\s*=\s*(?:'([^']*)'|\"([^\"]*)\")")
_PIECE: Final = 1 << 20
_BAD_XML: Final = 0xC00CE56D - (1 << 32)
_NOT_FOUND: Final = 0x80070002 - (1 << 32)


class ParseError(Component):
    """What was wrong with the last text that was loaded; errorCode 0: nothing."""

    __slots__ = ("_code", "_column", "_line", "_reason", "_url")

    type_name = "IXMLDOMParseError"

    def __init__(self, code: int = 0, reason: str = "", line: int = 0, column: int = 0, url: str = "") -> None:
        self._code, self._reason, self._line, self._column, self._url = code, reason, line, column, url

    @member(default=True)
    def error_code(self) -> int:
        """The error's number, 0 for none."""
        return self._code

    @member()
    def reason(self) -> str:
        """What is wrong."""
        return self._reason

    @member()
    def line(self) -> int:
        """In which line, 1 the first."""
        return self._line

    @member()
    def linepos(self) -> int:
        """In which column."""
        return self._column

    @member()
    def filepos(self) -> int:
        """0: it isn't counted."""
        return 0

    @member()
    def src_text(self) -> str:
        """Empty: the line is not repeated."""
        return ""

    @member()
    def url(self) -> str:
        """What was loaded."""
        return self._url


class DOMDocument(Node):
    """A document; `resolve` and `validate` are kept and do nothing."""

    __slots__ = ("_desk", "_error", "_keeps_space", "_properties", "_root", "_switches", "_url")

    type_name = "DOMDocument"
    KIND = 9

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._root: etree._Element | None = None
        self._error = ParseError()
        self._properties = {"selectionlanguage": "XPath", "selectionnamespaces": ""}
        self._keeps_space = False
        self._switches: dict[str, Value] = {}
        self._url = ""

    # loading and saving

    @member()
    def load_xml(self, text: str) -> bool:
        """Read a document from a text; parseError tells what is wrong with it."""
        # A text has no encoding any more, whatever its declaration says.
        bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", from_units(text), count=1)
        return self.load_bytes(bare.encode("utf-8", "replace"), "utf-8")

    @member()
    def load(self, source: Value) -> bool:
        """Read a document from a file of the folders that scripts may see, a URL, or a stream; False and parseError where that fails."""
        if isinstance(source, Object):
            return self.load_bytes(octets_of(source))
        self._url = from_units(to_text(source))
        try:
            data = self._fetched(self._url)
        except VBScriptError as error:
            return self._failed(ParseError(_NOT_FOUND, error.description, url=self._url))
        return self.load_bytes(data)

    def _fetched(self, url: str) -> bytes:
        if url.lower().startswith(("http://", "https://")):
            return self._desk.web.fetch(Call("GET", url)).body
        file = open_to_read(self._desk.paths.find(url).existing())
        if file.size() > LARGEST:
            raise VBScriptError(7)
        with windows_errors():
            return b"".join(iter(lambda: file.read(_PIECE), b""))

    def load_bytes(self, data: bytes, encoding: str | None = None) -> bool:
        """Read a document from bytes."""
        parser = etree.XMLParser(
            encoding=encoding, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_blank_text=not self._keeps_space
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            line, column = error.position
            return self._failed(ParseError(_BAD_XML, error.msg or "The document is empty.", line or 0, column or 0, self._url))
        except ValueError as error:
            return self._failed(ParseError(_BAD_XML, str(error), url=self._url))
        if any(node.tag is etree.Entity for node in root.iter(etree.Entity)):
            return self._failed(ParseError(_BAD_XML, "The document declares entities, which are not allowed.", url=self._url))
        self._root, self._error = root, ParseError()
        return True

    def _failed(self, error: ParseError) -> bool:
        self._root, self._error = None, error
        return False

    @member()
    def save(self, target: Value) -> None:
        """Write the document to a file of the folders that scripts may see, UTF-8; raises 70, 76."""
        file = open_to_write(self._desk.paths.find(to_text(target)).changeable())
        with windows_errors():
            file.write(from_units(self.xml()).encode())

    @member()
    def xml(self) -> str:
        """The document as text."""
        tree = [] if self._root is None else [*reversed(list(self._root.itersiblings(preceding=True))), self._root, *self._root.itersiblings()]
        return "".join(etree.tostring(node, encoding="unicode", with_tail=False) + "\r\n" for node in tree)

    # the document

    @member()
    def document_element(self) -> Value:
        """The root; Nothing for an empty document."""
        return NOTHING if self._root is None else Element(self._root)

    @assignment()
    def put_document_element(self, element: Value) -> None:
        """Make an element the root."""
        self._root = element.element if isinstance(element, Element) else None

    def children(self) -> list[Node]:
        """Give the root and what stands beside it."""
        if self._root is None:
            return []
        return [made(node) for node in (*reversed(list(self._root.itersiblings(preceding=True))), self._root, *self._root.itersiblings())]

    def text_content(self) -> str:
        """Give the text of all elements."""
        return "" if self._root is None else Element(self._root).text_content()

    def take(self, child: Node, before: Node | None) -> None:
        """Make an element the root of an empty document."""
        if isinstance(child, Element):
            if self._root is not None:
                raise VBScriptError(5)
            self._root = child.element
        elif self._root is not None and child.beside(self._root):
            return

    def drop(self, child: Node) -> None:
        """Take the root out."""
        if isinstance(child, Element) and child.element is self._root:
            self._root = None

    @member()
    def node_name(self) -> str:
        """The document's name."""
        return "#document"

    @member()
    def parse_error(self) -> Value:
        """What was wrong with the last text that was loaded."""
        return self._error

    @member()
    def ready_state(self) -> int:
        """4: loading is over when Load returns."""
        return 4

    @member()
    def url(self) -> str:
        """What was loaded."""
        return self._url

    @member()
    def preserve_white_space(self) -> bool:
        """Whether white space between elements is kept."""
        return self._keeps_space

    @assignment()
    def put_preserve_white_space(self, keep: bool) -> None:
        """Say whether white space between elements is kept by the next Load."""
        self._keeps_space = keep

    @member()
    def async_(self) -> bool:
        """Kept; loading is over when Load returns."""
        return bool(self._switches.get("async", True))

    @assignment()
    def put_async(self, on: bool) -> None:
        """Keep it."""
        self._switches["async"] = on

    @member()
    def validate_on_parse(self) -> bool:
        """Kept; documents are not validated."""
        return bool(self._switches.get("validate", False))

    @assignment()
    def put_validate_on_parse(self, on: bool) -> None:
        """Keep it."""
        self._switches["validate"] = on

    @member()
    def resolve_externals(self) -> bool:
        """False, whatever was assigned: nothing outside of a document is read."""
        return False

    @assignment()
    def put_resolve_externals(self, on: bool) -> None:
        """Do nothing."""

    @member()
    def get_property(self, name: str) -> Value:
        """Give a property: SelectionLanguage, SelectionNamespaces, and what was set."""
        return self._properties.get(name.lower(), "")

    @member()
    def set_property(self, name: str, value: Value) -> None:
        """Set a property; SelectionNamespaces gives prefixes to SelectNodes."""
        self._properties[name.lower()] = stored(value)

    # searching

    def _found(self, path: str) -> list[Node]:
        if self._root is None:
            return []
        text = to_text(self._properties["selectionnamespaces"])
        spaces = {prefix: one or other for prefix, one, other in _NAMESPACE.findall(text)}
        return search(self._root.getroottree(), path, spaces or {prefix: uri for prefix, uri in self._root.nsmap.items() if prefix})

    @member()
    def select_nodes(self, path: str) -> Value:
        """The nodes of an XPath."""
        return Nodes(self._found(path))

    @member()
    def select_single_node(self, path: str) -> Value:
        """The first node of an XPath; Nothing for none."""
        return next(iter(self._found(path)), NOTHING)

    @member()
    def get_elements_by_tag_name(self, name: str) -> Value:
        """The elements of a name, * for all."""
        return Nodes([] if self._root is None else named(self._root, name, itself=True))

    # making

    @member()
    def create_element(self, name: str) -> Value:
        """Make an element; raises 5 for what is no name."""
        return new_element(name)

    @member()
    def create_text_node(self, text: str) -> Value:
        """Make a text."""
        return Text(text)

    @member()
    def create_cdata_section(self, text: str) -> Value:
        """Make a text; it is written with entities rather than as CDATA."""
        return Text(text)

    @member()
    def create_comment(self, text: str) -> Value:
        """Make a comment."""
        return made(_checked(etree.Comment, from_units(text)))

    @member()
    def create_processing_instruction(self, target: str, text: str) -> Value:
        """Make a processing instruction."""
        return made(_checked(etree.ProcessingInstruction, target, from_units(text))) if target.lower() != "xml" else Text("")

    @member()
    def create_attribute(self, name: str) -> Value:
        """Make an attribute."""
        return Attribute(None, name, "")

    @member()
    def create_node(self, kind: Value, name: str, space: Value = MISSING) -> Value:
        """Make a node of a kind: 1 element, 2 attribute, 3 text, 7 processing instruction, 8 comment."""
        words = {"element": ELEMENT, "attribute": ATTRIBUTE, "text": TEXT, "processinginstruction": PROCESSING, "comment": COMMENT}
        number = words.get(to_text(kind).lower(), kind)
        if number == ELEMENT:
            return new_element(name, "" if space is MISSING else to_text(space))
        if number == ATTRIBUTE:
            return Attribute(None, name, "")
        if number == TEXT:
            return Text("")
        if number == COMMENT:
            return self.create_comment("")
        raise VBScriptError(5)


def new_element(name: str, space: str = "") -> Element:
    """Make an element of a name, which may have a prefix for its namespace; raises 5."""
    prefix, _, local = name.rpartition(":")
    return Element(_checked(etree.Element, f"{{{space}}}{local}" if space else name, nsmap={prefix or None: space} if space else None))


def _checked(make: object, *args: object, **named_args: object) -> "etree._Element":
    if not callable(make):
        raise VBScriptError(5)
    try:
        made_node: etree._Element = make(*args, **named_args)
    except (ValueError, TypeError):
        raise VBScriptError(5) from None
    return made_node
