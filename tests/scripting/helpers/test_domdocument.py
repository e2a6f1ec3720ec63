from pathlib import Path

import pytest

from postroom.scripting.helpers.desk import Desk
from scripthouse import echoed, folders

MAKE = r"""Set d = CreateObject("MSXML2.DOMDocument.6.0"): d.async = False: E = "C:\Program Files (x86)\hMailServer\Events\"
Sub L(t): If Not d.loadXML(t) Then WScript.Echo "bad"
End Sub
"""
BOOKS = "<books><book id='1'><title>A</title></book><!-- no --><book id='2'><title>B &amp; C</title></book></books>"

PROGRAMS = {
    "a text is loaded and searched": (
        f'L "{BOOKS}": WScript.Echo d.selectSingleNode("//book[@id=2]/title").text, d.selectNodes("//book").length',
        "B & C 2",
    ),
    "For Each walks the nodes": (
        f'L "{BOOKS}": For Each n In d.selectNodes("//title"): WScript.Echo n.text, n.parentNode.getAttribute("id"): Next',
        "A 1|B & C 2",
    ),
    "elements by name": (
        f'L "{BOOKS}": Set c = d.getElementsByTagName("book"): WScript.Echo c.length, c(1).getAttribute("id"), c.item(0).firstChild.nodeName, d.getElementsByTagName("*").length',
        "2 2 title 5",
    ),
    "attributes": (
        'L "<a x=\'1\' y=\'2\'/>": Set a = d.documentElement.attributes: WScript.Echo a.length, a(0).name, a.getNamedItem("y").value, a.getNamedItem("z") Is Nothing, IsNull(d.documentElement.getAttribute("z"))',
        "2 x 2 True True",
    ),
    "an attribute by path": (
        f'L "{BOOKS}": WScript.Echo d.selectSingleNode("//book[2]/@id").text, d.selectSingleNode("//book[2]/@id").nodeType',
        "2 2",
    ),
    "children are elements, texts and comments": (
        'L "<a>x<b/>y<!--z--></a>": For Each n In d.documentElement.childNodes: WScript.Echo n.nodeType, n.nodeName, n.text: Next',
        "3 #text x|1 b |3 #text y|8 #comment z",
    ),
    "siblings": (
        'L "<a><b/>t<c/></a>": Set b = d.documentElement.firstChild: WScript.Echo b.nextSibling.nodeValue, b.nextSibling.nextSibling.nodeName, b.previousSibling Is Nothing, d.documentElement.lastChild.nodeName',
        "t c True c",
    ),
    "what is not found is Nothing": ('L "<a/>": WScript.Echo d.selectSingleNode("//b") Is Nothing, d.selectNodes("//b").length', "True 0"),
    "namespaces by SelectionNamespaces": (
        'L "<a xmlns=\'urn:x\'><b>1</b></a>": d.setProperty "SelectionNamespaces", "xmlns:q=\'urn:x\'": WScript.Echo d.selectSingleNode("/q:a/q:b").text, d.documentElement.namespaceURI',
        "1 urn:x",
    ),
    "white space between elements is dropped": (
        'L "<a>" & vbCrLf & "  <b/>" & vbCrLf & "</a>": WScript.Echo d.documentElement.childNodes.length',
        "1",
    ),
    "white space is kept if wanted": ('d.preserveWhiteSpace = True: L "<a> <b/></a>": WScript.Echo d.documentElement.childNodes.length', "2"),
    "a text that is no XML": (
        'WScript.Echo d.loadXML("<a><b></a>"), d.parseError.errorCode <> 0, d.parseError.line, Len(d.parseError.reason) > 0, d.documentElement Is Nothing',
        "False True 1 True True",
    ),
    "no error": ('L "<a/>": WScript.Echo d.parseError.errorCode, d.parseError, d.parseError.reason', "0 0 "),
    "the encoding that a text declares doesn't matter": (
        """L "<?xml version='1.0' encoding='iso-8859-1'?><a>ä€</a>": WScript.Echo d.documentElement.text""",
        "ä€",
    ),
    "the document as text": (
        'L "<a x=\'1\'><b/></a>": WScript.Echo Replace(d.xml, vbCrLf, "/"), d.documentElement.firstChild.xml',
        '<a x="1"><b/></a>/ <b/>',
    ),
    "a document is made": (
        'Set r = d.createElement("r"): d.appendChild r: r.setAttribute "x", 5: Set t = d.createElement("t"): t.text = "a<b": r.appendChild t: r.appendChild d.createTextNode("!"): WScript.Echo r.xml',
        '<r x="5"><t>a&lt;b</t>!</r>',
    ),
    "nodes are inserted, replaced and removed": (
        'L "<a><b/><c/></a>": Set a = d.documentElement: a.insertBefore d.createElement("x"), a.lastChild: a.replaceChild d.createElement("y"), a.firstChild: a.removeChild a.lastChild: WScript.Echo a.xml',
        "<a><y/><x/></a>",
    ),
    "removing an element keeps the text behind it": (
        'L "<a>1<b/>2<c/>3</a>": Set a = d.documentElement: a.removeChild a.selectSingleNode("c"): a.removeChild a.selectSingleNode("b"): WScript.Echo a.xml',
        "<a>123</a>",
    ),
    "a text node is changed": (
        'L "<a>1<b/>2</a>": d.documentElement.lastChild.nodeValue = "9": d.documentElement.firstChild.data = "8": WScript.Echo d.documentElement.xml',
        "<a>8<b/>9</a>",
    ),
    "a copy is apart": (
        'L "<a><b>1</b></a>": Set c = d.documentElement.cloneNode(True): c.firstChild.text = "2": WScript.Echo d.documentElement.text, c.text, d.documentElement.cloneNode(False).xml',
        "1 2 <a/>",
    ),
    "nodes are the same nodes": (
        'L "<a><b/></a>": WScript.Echo d.documentElement.firstChild Is d.selectSingleNode("//b"), d.documentElement Is d.documentElement.firstChild.parentNode',
        "True True",
    ),
    "a file is saved and loaded": ('L "<a>ä</a>": d.save E & "a.xml": WScript.Echo d.load(E & "A.XML"), d.documentElement.text', "True ä"),
    "a file that isn't there is told by parseError": ('WScript.Echo d.load(E & "none.xml"), d.parseError.errorCode', "False -2147024894"),
    "a file out of bounds is not read": (r'WScript.Echo d.load("C:\etc\passwd"), d.load("file:///etc/passwd")', "False False"),
    "a URL inside is not fetched": (
        'WScript.Echo d.load("http://127.0.0.1/x.xml"), d.load("http://" & ChrW(&hD800) & "/"), d.load(Empty)',
        "False False False",
    ),
    "saving out of bounds is error 76": (r'L "<a/>": d.save "C:\x\a.xml"', "!76"),
    "an XPath that is none": ('L "<a/>": d.selectNodes "//["', "!-2147467259"),
    "an XPath that gives no nodes": ('L "<a/>": d.selectNodes "count(//a)"', "!-2147467259"),
    "a name that is none": ('d.createElement "a b"', "!5"),
    "an element in itself": ('L "<a><b/></a>": d.documentElement.firstChild.appendChild d.documentElement', "!5"),
    "control characters are dropped": ('L "<a/>": d.documentElement.text = "x" & Chr(0) & Chr(7) & "y": WScript.Echo d.documentElement.text', "xy"),
}


@pytest.mark.parametrize("sentence", PROGRAMS)
def test_domdocument(sentence: str, tmp_path: Path) -> None:
    program, result = PROGRAMS[sentence]
    assert echoed(MAKE + program, Desk(folders(tmp_path))) == result


LAUGHS = "<!DOCTYPE a [<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10)) + "]><a>&l9;</a>"


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'http://169.254.169.254/'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a b='&x;'/>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><a/>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<a>" * 100_000,
        "<a " + "x" * 100_000 + ">",
        "<a>\0</a>",
        "",
    ],
)
def test_entities_and_monsters_bring_nothing_in(text: str) -> None:
    from postroom.scripting.helpers.domdocument import DOMDocument

    document = DOMDocument(Desk())
    document.load_xml(text)
    assert document.text_content() in {"", "y"}
    assert "root:" not in document.xml()
    assert len(document.xml()) < 2000
