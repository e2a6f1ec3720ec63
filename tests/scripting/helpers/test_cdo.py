from pathlib import Path

from postroom.languages.vbscript.values import EMPTY, Object, Value
from postroom.scripting.helpers.desk import Desk
from scripthouse import echoed, folders


class Letter(Object):
    """hMailServer.Message, as far as it is asked: it notes what happens to it."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def get(self, name: str, args: list[Value]) -> Value:
        if name == "attachments":
            return self
        self.notes.append(" ".join([name, *args]))
        return EMPTY

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        self.notes.append(f"{' '.join([name, *args])}={value}")


def test_a_message_is_composed_and_queued(tmp_path: Path) -> None:
    letter = Letter()
    desk = Desk(folders(tmp_path), compose=lambda: letter)
    (tmp_path / "events" / "a.txt").write_text("x")
    program = r'''Set m = CreateObject("CDO.Message")
    m.Configuration.Fields.Item("http://schemas.microsoft.com/cdo/configuration/smtpserver") = "127.0.0.1"
    m.Configuration.Fields.Update
    m.From = """Joe"" <joe@example.com>": m.To = "a@example.com; B <b@example.com>": m.Bcc = "c@example.com": m.Subject = "Hi"
    m.TextBody = "Text": m.ReplyTo = "r@example.com"
    m.Fields("urn:schemas:mailheader:X-Mailer") = "script"
    m.AddAttachment "C:\Program Files (x86)\hMailServer\Events\A.txt"
    m.Send'''
    assert echoed(program, desk) == ""
    assert letter.notes == [
        'from="Joe" <joe@example.com>',
        "subject=Hi",
        "body=Text",
        "fromaddress=joe@example.com",
        "addrecipient  a@example.com",
        "addrecipient B b@example.com",
        "addrecipient  c@example.com",
        "headervalue To=a@example.com; B <b@example.com>",
        "headervalue Reply-To=r@example.com",
        "headervalue X-Mailer=script",
        f"add {(tmp_path / 'events' / 'a.txt').resolve()}",
        "save",
    ]


def test_a_configuration_is_an_object_of_its_own(tmp_path: Path) -> None:
    letter = Letter()
    program = 'Set c = CreateObject("CDO.Configuration"): c.Fields("x") = 1: Set m = CreateObject("CDO.Message"): Set m.Configuration = c: WScript.Echo m.Configuration.Fields("X"): m.To = "a@example.com": m.HTMLBody = "<p>": m.Send'
    assert echoed(program, Desk(compose=lambda: letter)) == "1"
    assert "htmlbody=<p>" in letter.notes


def test_attachments_come_only_from_mapped_folders(tmp_path: Path) -> None:
    desk = Desk(folders(tmp_path))
    assert echoed(r'CreateObject("CDO.Message").AddAttachment "C:\etc\passwd"', desk) == "!76"
    assert echoed(r'CreateObject("CDO.Message").AddAttachment "C:\Program Files (x86)\hMailServer\Events\none"', desk) == "!53"
