"""Elements, texts and attributes as MSXML shows them: lxml keeps an element's texts with the elements, here they are nodes."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml import etree

from postroom.languages.vbscript.conversions import to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import from_units
from postroom.languages.vbscript.values import NOTHING, NULL, Value
from postroom.scripting.helpers.component import Component, assignment, member
from postroom.scripting.helpers.xmlnodes import ATTRIBUTE, COMMENT, ELEMENT, KINDS, PROCESSING, TEXT, Node, Nodes, xml_text

BAD_PATH: Final = 0x80004005 - (1 << 32)
_MARKUP: Final[Any] = (etree.Comment, etree.ProcessingInstruction)


class Element(Node):
    """An element, over lxml's."""

    __slots__ = ("element",)

    type_name = "IXMLDOMElement"
    KIND = ELEMENT

    def __init__(self, element: "etree._Element") -> None:
        self.element = element

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and other.element is self.element

    def __hash__(self) -> int:
        return hash(self.element)

    def children(self) -> list[Node]:
        """Give the elements and texts within."""
        texts: list[Node] = [Text(self.element.text, self.element)] if self.element.text else []
        for child in self.element:
            texts.append(made(child))
            if child.tail:
                texts.append(Text(child.tail, child, tail=True))
        return texts

    def text_content(self) -> str:
        """Give all texts within, without comments."""
        return str(self.element.xpath("string()")) if _markup_kind(self.element) == ELEMENT else self.element.text or ""

    def parent(self) -> Node | None:
        """Give the element around."""
        around = self.element.getparent()
        return None if around is None else Element(around)

    def take(self, child: Node, before: Node | None) -> None:
        """Take an element or a text in."""
        if isinstance(child, Element):
            self._take_element(child.element, before)
        elif isinstance(child, Text):
            self._take_text(child, before)
        else:
            raise VBScriptError(5)

    def _take_element(self, element: "etree._Element", before: Node | None) -> None:
        if element in (self.element, *self.element.iterancestors()):
            raise VBScriptError(5)
        if before is None:
            self.element.append(element)
        elif isinstance(before, Element):
            before.element.addprevious(element)
        else:
            raise VBScriptError(5)

    def _take_text(self, text: "Text", before: Node | None) -> None:
        last = len(self.element) - 1 if before is None else _place_before(self.element, before)
        if last < 0:
            self.element.text = (self.element.text or "") + text.own
            text.owner, text.tail = self.element, False
        else:
            owner = self.element[last]
            owner.tail = (owner.tail or "") + text.own
            text.owner, text.tail = owner, True

    def drop(self, child: Node) -> None:
        """Take an element or a text out; the texts around it stay."""
        if isinstance(child, Text) and child.owner is not None:
            child.put_own("")
            child.owner = None
        elif isinstance(child, Element) and child.element.getparent() is self.element:
            tail, place = child.element.tail, self.element.index(child.element)
            child.element.tail = None
            self.element.remove(child.element)
            if tail and place:
                self.element[place - 1].tail = (self.element[place - 1].tail or "") + tail
            elif tail:
                self.element.text = (self.element.text or "") + tail
        else:
            raise VBScriptError(5)

    def beside(self, _root: "etree._Element") -> bool:
        """Put a comment or processing instruction before the root."""
        if self.element.tag in _MARKUP:
            _root.addprevious(self.element)
            return True
        return False

    @member()
    def node_type(self) -> int:
        """Its kind."""
        return _markup_kind(self.element)

    @member()
    def node_type_string(self) -> str:
        """Its kind as a word."""
        return KINDS[self.node_type()]

    @member()
    def node_name(self) -> str:
        """Its name, with its prefix."""
        kind = _markup_kind(self.element)
        if kind != ELEMENT:
            return "#comment" if kind == COMMENT else str(getattr(self.element, "target", ""))
        local = etree.QName(self.element).localname
        return f"{self.element.prefix}:{local}" if self.element.prefix else local

    @member()
    def tag_name(self) -> str:
        """Its name."""
        return self.node_name()

    @member()
    def namespace_uri(self) -> str:
        """Its namespace."""
        return etree.QName(self.element).namespace or "" if _markup_kind(self.element) == ELEMENT else ""

    @member()
    def prefix(self) -> str:
        """Its prefix."""
        return self.element.prefix or ""

    @member()
    def xml(self) -> str:
        """The element as it is written."""
        return str(etree.tostring(self.element, encoding="unicode", with_tail=False))

    @member()
    def node_value(self) -> Value:
        """The value of a comment; Null for an element."""
        return NULL if _markup_kind(self.element) == ELEMENT else self.element.text or ""

    @assignment()
    def put_text(self, text: str) -> None:
        """Put a text in the place of all within."""
        for child in list(self.element):
            self.element.remove(child)
        self.element.text = xml_text(text)

    put_node_typed_value = put_text

    @member()
    def attributes(self) -> Value:
        """Its attributes."""
        return Attributes(self.element)

    @member()
    def get_attribute(self, name: str) -> Value:
        """An attribute's value; Null for none."""
        return self.element.get(_key(self.element, name), NULL)

    @member()
    def set_attribute(self, name: str, value: Value) -> None:
        """Set an attribute; raises 5 for what is no name."""
        try:
            self.element.set(_key(self.element, name), xml_text(to_text(value)))
        except ValueError:
            raise VBScriptError(5) from None

    @member()
    def remove_attribute(self, name: str) -> None:
        """Take an attribute out."""
        self.element.attrib.pop(_key(self.element, name), "")

    @member()
    def get_attribute_node(self, name: str) -> Value:
        """An attribute as a node; Nothing for none."""
        key = _key(self.element, name)
        return Attribute(self.element, key) if key in self.element.attrib else NOTHING

    @member()
    def set_attribute_node(self, node: Value) -> Value:
        """Take an attribute in."""
        return Attributes(self.element).set_named_item(node)

    @member()
    def get_elements_by_tag_name(self, name: str) -> Value:
        """The elements of a name within, * for all."""
        return Nodes(named(self.element, name))

    @member()
    def select_nodes(self, path: str) -> Value:
        """The nodes of an XPath from here."""
        return Nodes(self._found(path))

    @member()
    def select_single_node(self, path: str) -> Value:
        """The first node of an XPath from here; Nothing for none."""
        return next(iter(self._found(path)), NOTHING)

    def _found(self, path: str) -> list[Node]:
        return search(self.element, path, {prefix: uri for prefix, uri in self.element.nsmap.items() if prefix})

    @member()
    def clone_node(self, deep: bool) -> Value:
        """Give a copy, with all within if `deep`."""
        copy = etree.fromstring(etree.tostring(self.element, with_tail=False), etree.XMLParser(resolve_entities=False, no_network=True))
        if not deep:
            for child in list(copy):
                copy.remove(child)
            copy.text = None
        return Element(copy)


class Text(Node):
    """A text: an element's own before its children, or the tail behind a child; without `owner` it lies nowhere yet."""

    __slots__ = ("own", "owner", "tail")

    type_name = "IXMLDOMText"
    KIND = TEXT

    def __init__(self, text: str, owner: "etree._Element | None" = None, *, tail: bool = False) -> None:
        self.own = xml_text(text)
        self.owner = owner
        self.tail = tail

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text) or self.owner is None:
            return self is other
        return other.owner is self.owner and other.tail == self.tail

    def __hash__(self) -> int:
        return hash((self.owner, self.tail))

    def put_own(self, text: str) -> None:
        """Write another text."""
        self.own = xml_text(text)
        if self.owner is not None and self.tail:
            self.owner.tail = self.own
        elif self.owner is not None:
            self.owner.text = self.own

    def parent(self) -> Node | None:
        """Give the element around."""
        around = None if self.owner is None else self.owner.getparent() if self.tail else self.owner
        return None if around is None else Element(around)

    def text_content(self) -> str:
        """Give the text."""
        return self.own

    @member(default=False)
    def node_value(self) -> Value:
        """The text."""
        return self.own

    @member()
    def data(self) -> str:
        """The text."""
        return self.own

    @member()
    def length(self) -> int:
        """How long it is."""
        return len(self.own)

    @assignment()
    def put_node_value(self, text: str) -> None:
        """Write another text."""
        self.put_own(text)

    put_data = put_node_value
    put_text = put_node_value

    @member()
    def xml(self) -> str:
        """The text as it is written."""
        return self.own.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Attribute(Node):
    """An attribute; without `element` it belongs to none yet."""

    __slots__ = ("element", "key", "own")

    type_name = "IXMLDOMAttribute"
    KIND = ATTRIBUTE

    def __init__(self, element: "etree._Element | None", key: str, own: str = "") -> None:
        self.element = element
        self.key = key
        self.own = own

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Attribute) and other.element is self.element and other.key == self.key

    def __hash__(self) -> int:
        return hash((self.element, self.key))

    def text_content(self) -> str:
        """Give the value."""
        return self.own if self.element is None else str(self.element.get(self.key, ""))

    @member()
    def node_name(self) -> str:
        """Its name, with its prefix."""
        name = etree.QName(self.key) if self.key.startswith("{") else None
        if name is None or self.element is None:
            return self.key
        prefix = next((prefix for prefix, uri in self.element.nsmap.items() if uri == name.namespace), "xml")
        return f"{prefix}:{name.localname}"

    @member()
    def name(self) -> str:
        """Its name."""
        return self.node_name()

    @member()
    def text(self) -> str:
        """Its value."""
        return self.text_content()

    @member()
    def value(self) -> str:
        """Its value."""
        return self.text_content()

    @member()
    def node_value(self) -> Value:
        """Its value."""
        return self.text_content()

    @assignment()
    def put_value(self, value: str) -> None:
        """Set its value."""
        self.own = xml_text(value)
        if self.element is not None:
            self.element.set(self.key, self.own)

    put_text = put_value
    put_node_value = put_value

    @member()
    def xml(self) -> str:
        """The attribute as it is written."""
        value = self.text_content().replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        return f'{self.node_name()}="{value}"'


class Attributes(Component):
    """The attributes of an element."""

    __slots__ = ("_element",)

    type_name = "IXMLDOMNamedNodeMap"

    def __init__(self, element: "etree._Element") -> None:
        self._element = element

    def _all(self) -> list[Attribute]:
        return [Attribute(self._element, str(key)) for key in self._element.attrib]

    @member()
    def length(self) -> int:
        """How many there are."""
        return len(self._element.attrib)

    @member(default=True)
    def item(self, index: int) -> Value:
        """Give one by its number, 0 the first; Nothing beyond."""
        found = self._all()
        return found[index] if 0 <= index < len(found) else NOTHING

    @member()
    def get_named_item(self, name: str) -> Value:
        """Give one by its name; Nothing for none."""
        return Element(self._element).get_attribute_node(name)

    @member()
    def set_named_item(self, node: Value) -> Value:
        """Take an attribute in; raises 13 for another node."""
        if not isinstance(node, Attribute):
            raise VBScriptError(13)
        Element(self._element).set_attribute(node.key, node.text_content())
        return Attribute(self._element, _key(self._element, node.key))

    @member()
    def remove_named_item(self, name: str) -> None:
        """Take an attribute out."""
        Element(self._element).remove_attribute(name)

    def enumerate(self) -> Iterator[Value]:
        """Give them one after the other."""
        return iter(self._all())


def made(node: "etree._Element") -> Element:
    """Show an element, comment or processing instruction."""
    return Element(node)


def named(top: "etree._Element", name: str, *, itself: bool = False) -> list[Node]:
    """Give the elements of a name, prefix and all, in the order of the document; * is every name."""
    found = (Element(node) for node in top.iter(etree.Element) if itself or node is not top)
    return [node for node in found if name == "*" or node.node_name() == name]


def search(top: Any, path: str, spaces: Mapping[str, str]) -> list[Node]:
    """Give the nodes of an XPath; raises 0x80004005 for one that is none or that gives no nodes."""
    try:
        found = top.xpath(from_units(path), namespaces=dict(spaces) or None, smart_strings=True)
    except (etree.XPathError, ValueError) as error:
        raise VBScriptError(BAD_PATH, str(error)[:200], "msxml3.dll") from None
    if not isinstance(found, list):
        raise VBScriptError(BAD_PATH, "Expression does not return a DOM node.", "msxml3.dll")
    return [node for one in found if (node := _node_of(one)) is not None]


def _node_of(found: Any) -> Node | None:
    if etree.iselement(found):
        return Element(found)
    owner = getattr(found, "getparent", lambda: None)()
    if owner is None:
        return None
    return Attribute(owner, found.attrname) if found.is_attribute else Text(str(found), owner, tail=bool(found.is_tail))


def _markup_kind(element: Any) -> int:
    return COMMENT if element.tag is etree.Comment else PROCESSING if element.tag in _MARKUP else ELEMENT


def _key(element: "etree._Element", name: str) -> str:
    """Give lxml's name for an attribute's, whose prefix the element knows."""
    prefix, _, local = name.rpartition(":")
    space = {**element.nsmap, "xml": "http://www.w3.org/XML/1998/namespace"}.get(prefix) if prefix else None
    return f"{{{space}}}{local}" if space else local


def _place_before(parent: "etree._Element", before: Node) -> int:
    """Give the index of the element behind which a text must be to stand before a node; -1 is before all."""
    if isinstance(before, Element):
        return parent.index(before.element) - 1
    raise VBScriptError(5)
