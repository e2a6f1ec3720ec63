"""Handlers in Python: plain functions with the objects of `postroom.client`."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventhouse import Kept, eventhouse
from postroom.scripting.scripts import Outcome

ALL = """
import asyncio

def OnHELO(client):
    Result.Value, Result.Message = 2, f"{client.HELO} {client.port} {HMAILSERVER_CLIENT.Authenticated}"

async def OnSMTPData(client, message):
    await asyncio.sleep(0)
    message.Subject = "Grüße \U0001f4ea"
    message.HeaderValue["X-Test"] = "1"
    message.AddRecipient("Alice", "alice@example.test")
    EventLog.Write(f"{message.Subject} {message.HeaderValue('X-Test')} {len(message.Recipients)} {message.Recipients[0].Address}")
    Result.Value = 1
"""


async def test_objects_are_those_of_the_client(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ALL, "Python", start=start) as house:
        assert house.scripts.active == {"OnHELO", "OnSMTPData"}
        assert await house.fire("OnHELO") == Outcome(2, 0, "mx.example.org 25 False")
        assert await house.fire("OnSMTPData", with_message=True) == Outcome(1)
        assert house.written() == ["Grüße \U0001f4ea 1 1 alice@example.test"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "Python",
            """
def OnSMTPData(client, message):
    message.AddRecipient("", "alice@example.test")
    message.AddRecipient("", "bob@example.test")
    EventLog.Write(" ".join([one.Address for one in message.Recipients] + [one.Name for one in message.Headers] + list(message.Attachments)))
""",
        ),
        (
            "VBScript",
            """
Sub OnSMTPData(oClient, oMessage)
   Dim one, text
   oMessage.AddRecipient "", "alice@example.test"
   oMessage.AddRecipient "", "bob@example.test"
   For Each one In oMessage.Recipients
      text = text & one.Address & " "
   Next
   For Each one In oMessage.Headers
      text = text & one.Name & " "
   Next
   EventLog.Write Trim(text)
End Sub
""",
        ),
    ],
)
async def test_recipients_header_fields_and_attachments_are_walked(tmp_path: Path, start: Kept, language: str, text: str) -> None:
    async with eventhouse(tmp_path, text, language, start=start) as house:
        await house.fire("OnSMTPData", with_message=True)
        assert house.logged("script-error") == []
        assert house.written() == ["alice@example.test bob@example.test MIME-Version Content-Type To"]


async def test_the_server_is_there_and_its_errors_are_com_errors(tmp_path: Path, start: Kept) -> None:
    text = """
def OnHELO(client):
    app = CreateObject("hMailServer.Application")
    app.Authenticate("Administrator", "secret-0")
    EventLog.Write(" ".join(domain.Name for domain in app.Domains))
    try:
        app.Domains.ItemByName("nowhere.test")
    except com_error as error:
        EventLog.Write(f"{error.excepinfo[5]} {error.excepinfo[2]}")
    app.Domains.ItemByName("nowhere.test")
"""
    async with eventhouse(tmp_path, text, "Python", start=start) as house:
        await house.fire("OnHELO")
        assert house.written() == ["example.test", "-2147352565 Invalid index."]
        told = "Source: Python runtime error - Error: 8002000B - Description: Invalid index. - Line: 10 Column: 5 - Code: "
        assert [line["line"] for line in house.logged("script-error")] == [
            f'Script Error: {told}    app.Domains.ItemByName("nowhere.test")',
        ]


async def test_modules_beside_the_file_are_imported_anew_after_a_reload(tmp_path: Path, start: Kept) -> None:
    text = "import beside\nimport json\ndef OnHELO(client):\n    EventLog.Write(beside.told() + json.__name__)\n"
    async with eventhouse(tmp_path, language="Python", start=start) as house:
        (tmp_path / "Events").mkdir()
        (tmp_path / "Events" / "json.py").write_text("__name__ = 'not me'")
        for told in ("one ", "three "):
            (tmp_path / "Events" / "beside.py").write_text(f"def told():\n    return {told!r}\n")
            await house.load(text)
            await house.fire("OnHELO")
        assert house.logged("script-error") == []
        assert house.written() == ["one json", "three json"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("def OnHELO(client:\n    pass\n", "Python compilation error - Error: 80004005 - Description: SyntaxError: "),
        ("import no_such_module\n", "ModuleNotFoundError: No module named 'no_such_module' - Line: 1 Column: 1 - Code: import no_such_module"),
        ("x = " + "(" * 300 + ")" * 300, "SyntaxError: too many nested parentheses"),
        ("x = '\0'", "null bytes"),
    ],
)
async def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, start: Kept, text: str, wanted: str) -> None:
    async with eventhouse(tmp_path, "def OnHELO(client):\n    Result.Value = 1\n", "Python", start=start) as house:
        await house.load(text)
        assert wanted in house.logged("script-error")[0]["line"]
        assert (await house.fire("OnHELO")).value == 1


async def test_an_exception_is_logged_and_what_result_held_counts(tmp_path: Path, start: Kept) -> None:
    text = "def OnHELO(client):\n    Result.Value = 1\n    {}['x']\n"
    async with eventhouse(tmp_path, text, "Python", start=start) as house:
        assert (await house.fire("OnHELO")).value == 1
        told = "Error: 80004005 - Description: KeyError: 'x' - Line: 3 Column: 5 - Code:     {}['x']"
        assert house.logged("script-error")[0]["line"] == f"Script Error: Source: Python runtime error - {told}"


async def test_globals_are_fresh_and_exit_ends_the_handler(tmp_path: Path, start: Kept) -> None:
    text = "import sys\nn = 0\ndef OnHELO(client):\n    global n\n    n += 1\n    Result.Value = n\n    sys.exit(1)\n"
    async with eventhouse(tmp_path, text, "Python", start=start) as house:
        assert [(await house.fire("OnHELO")).value for _ in range(3)] == [1, 1, 1]
        assert house.logged("script-lost") == []


async def test_a_function_that_is_not_there_is_an_error_of_the_script(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ALL, "Python", start=start) as house:
        assert await house.fire("Missing") == Outcome()
        assert "There is no function Missing in " in house.logged("script-error")[0]["line"]
