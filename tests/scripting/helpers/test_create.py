import sys

import pytest

from postroom.languages.vbscript.errors import VBScriptError
from postroom.scripting.helpers import CLASSES, create
from postroom.scripting.helpers.desk import Desk
from scripthouse import attempt, echoed


@pytest.mark.parametrize(
    ("progid", "type_name"),
    [
        ("Scripting.Dictionary", "Dictionary"),
        ("SCRIPTING.filesystemobject", "FileSystemObject"),
        ("VBScript.RegExp", "IRegExp2"),
        ("WScript.Shell", "IWshShell3"),
        ("WScript.Shell.1", "IWshShell3"),
        ("WScript.Network", "IWshNetwork2"),
        ("Microsoft.XMLHTTP", "IXMLHTTPRequest"),
        ("Msxml2.XMLHTTP", "IXMLHTTPRequest"),
        ("Msxml2.XMLHTTP.3.0", "IXMLHTTPRequest"),
        ("MSXML2.XMLHTTP.6.0", "IXMLHTTPRequest"),
        ("MSXML2.ServerXMLHTTP", "IServerXMLHTTPRequest2"),
        ("MSXML2.ServerXMLHTTP.6.0", "IServerXMLHTTPRequest2"),
        ("WinHttp.WinHttpRequest.5.1", "IWinHttpRequest"),
        ("MSXML2.DOMDocument.6.0", "DOMDocument"),
        ("Microsoft.XMLDOM", "DOMDocument"),
        ("ADODB.Stream", "Stream"),
        ("DNSLibrary.DNSResolver", "DNSResolver"),
        ("CDO.Message", "IMessage"),
    ],
)
def test_objects_are_made_by_name_in_any_case_and_version(progid: str, type_name: str) -> None:
    assert echoed(f'WScript.Echo TypeName(CreateObject("{progid}"))') == type_name


@pytest.mark.parametrize("progid", ["Foo.Bar", "", "Shell.Application", "scripting.dictionary.x", "hMailServer.Nothing", "../os", "a" * 100_000])
def test_any_other_name_is_error_429_that_names_it_and_says_what_to_do(progid: str) -> None:
    with pytest.raises(VBScriptError) as caught:
        create(progid, Desk())
    assert caught.value.number == 429
    assert caught.value.description == "ActiveX component can't create object"
    assert caught.value.report.startswith(f"ActiveX component can't create object: '{progid[:100]} (")
    assert len(caught.value.report) < 300


def test_an_object_whose_library_is_not_installed_is_error_429_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "postroom.scripting.helpers.domdocument", raising=False)
    monkeypatch.setitem(sys.modules, "lxml", None)
    monkeypatch.delitem(sys.modules, "postroom.scripting.helpers.xmlelement", raising=False)
    with pytest.raises(VBScriptError, match="429") as caught:
        create("MSXML2.DOMDocument", Desk())
    assert "pip install" in caught.value.detail


def test_every_class_is_made_and_knows_no_member_by_a_wrong_name() -> None:
    made = [create(progid, Desk()) for progid in CLASSES]
    assert {attempt(one.get, "nosuchmember", [])[1] for one in made} == {438}
    assert not any(one.has("nosuchmember") or one.has("__init__") or one.has("octets") for one in made)
