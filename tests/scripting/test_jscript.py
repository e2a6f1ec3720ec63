"""Handlers in JScript, in script processes: Microsoft's dialect with the server's objects."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventhouse import Kept, eventhouse
from postroom.scripting.scripts import Outcome

ALL = """
var calls = 0;
function OnHELO(oClient) {
    calls++;
    Result.Value = 2;
    result_text = oClient.HELO + " " + oClient.port + " " + HMAILSERVER_CLIENT.Authenticated + " " + calls + " " + typeof oClient;
    Result.Message = result_text;
}
function OnSMTPData(oClient, oMessage) {
    oMessage.Subject = "Gr\u00fc\u00dfe \U0001f4ea";
    oMessage.HeaderValue("X-Test") = "1";
    oMessage.HeaderValue("X-Test") += "2";
    with (oMessage) { AddRecipient("Alice", "alice@example.test"); HeaderValue("X-With") = "3" }
    EventLog.Write([oMessage.subject, oMessage.HeaderValue("x-test"), oMessage.HeaderValue("X-With")].join(" "));
    EventLog.Write(oMessage.Recipients.Count + " " + oMessage.Recipients(0).Address + " " + oMessage.Recipients.Item(0).address);
    /*@cc_on @if (@_win32) Result.Value = 1; @end @*/
}
function OnHelo() {}
function OnDeliveryFailed(oMessage, sRecipient, sError) { Write(sRecipient + "|" + sError) }
function OnError() { Value = 1 }
"""


async def test_the_dialect_works_on_the_servers_objects(tmp_path: Path, start: Kept) -> None:
    async with eventhouse(tmp_path, ALL, "JScript", start=start) as house:
        assert house.scripts.active == {"OnHELO", "OnSMTPData", "OnDeliveryFailed", "OnError"}
        for _ in range(3):
            assert await house.fire("OnHELO") == Outcome(2, 0, "mx.example.org 25 false 1 object")
        assert await house.fire("OnSMTPData", with_message=True) == Outcome(1)
        assert house.written() == ["Gr\u00fc\u00dfe \U0001f4ea 12 3", "1 alice@example.test alice@example.test"]


async def test_events_1_8_members_of_named_objects_are_global_names(tmp_path: Path, start: Kept) -> None:
    text = """
function OnHELO(oClient) { Value = 3; Message = IPAddress + " " + Port; Write("seen " + HELO) }
function OnSMTPData(oClient) { var Value = 1; Result.Parameter = Value }
"""
    async with eventhouse(tmp_path, text, "JScript", start=start) as house:
        assert await house.fire("OnHELO") == Outcome(3, 0, "192.0.2.1 25")
        assert house.written() == ["seen mx.example.org"]


async def test_events_5_2_arguments_are_values_not_source_text(tmp_path: Path, start: Kept) -> None:
    evil = "\"');Result.Value=9;//\\ \r\n \u2028 \0 \x01e \U0001f600"
    text = "function OnClientValidatePassword(a, sPassword) { Result.Value = sPassword.length; Result.Message = sPassword }"
    async with eventhouse(tmp_path, text, "JScript", start=start) as house:
        assert await house.fire("OnClientValidatePassword", evil) == Outcome(len(evil) + 1, 0, evil)


async def test_errors_of_the_server_can_be_caught_and_those_that_are_not_are_logged(tmp_path: Path, start: Kept) -> None:
    text = """function OnHELO(oClient) {
    Result.Value = 1;
    var app = new ActiveXObject("hMailServer.Application");
    try { app.Domains } catch (e) { EventLog.Write((e.number & 0xFFFF) + " " + e.description.slice(0, 22)) }
    app.Authenticate("Administrator", "secret-0");
    for (var e = new Enumerator(app.Domains); !e.atEnd(); e.moveNext()) EventLog.Write(e.item().Name + " " + app.Domains(0).Name);
    try { oClient.NoSuch } catch (e) { EventLog.Write((e.number & 0xFFFF) + " " + e.description) }
    try { undeclared() } catch (e) { EventLog.Write(e.number + " " + e.message) }
    oClient.HELO();
    oClient.NoSuch();
}"""
    async with eventhouse(tmp_path, text, "JScript", start=start) as house:
        assert (await house.fire("OnHELO")).value == 1
        denied, names, missing, undeclared = house.written()
        assert names == "example.test example.test"
        assert denied.endswith("You do not have access")
        assert missing == "438 Object doesn't support this property or method"
        assert undeclared == "-2146823281 Object expected"
        (line,) = [line["line"] for line in house.logged("script-error")]
        told = "Microsoft JScript runtime error - Error: 800A01B6 - Description: Object doesn't support this property or method"
        assert line.startswith(f"Script Error: Source: {told} - Line: 10 Column: ")
        assert line.endswith("- Code:     oClient.NoSuch();")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "function OnHELO(c) {\n  var x = ;\n}",
            "Microsoft JScript compilation error - Error: 800A03EA - Description: Syntax error - Line: 2 Column: 11",
        ),
        ("\nnothing()", "Microsoft JScript runtime error - Error: 800A138F - Description: Object expected - Line: 2 Column: 1 - Code: nothing()"),
        ("@if (1)", "Expected '@end'"),
        ('new ActiveXObject("No.Such")', "Error: 800A01AD"),
    ],
)
async def test_what_is_wrong_with_a_file_is_told_and_the_old_one_runs_on(tmp_path: Path, start: Kept, text: str, wanted: str) -> None:
    async with eventhouse(tmp_path, "function OnHELO(c) { Result.Value = 1 }", "JScript", start=start) as house:
        await house.load(text)
        assert wanted in house.logged("script-error")[0]["line"]
        assert (await house.fire("OnHELO")).value == 1


BAD = {
    "a loop": "for (;;);",
    "a loop that catches": "while (true) try { oClient.HELO } catch (e) {}",
    "a bomb": "for (var s = 'x', a = []; ; a.push(s)) s += s + s;",
    "a recursion": "(function f() { f() })(); for (;;);",
    "a pattern": "/(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab');",
}


@pytest.mark.long
@pytest.mark.parametrize("kind", BAD)
async def test_a_hang_or_a_bomb_costs_that_event_only(tmp_path: Path, start: Kept, kind: str) -> None:
    text = "function OnHELO(oClient) { Result.Value = 1; if (oClient.Port == 26) { " + BAD[kind] + " } }"
    async with eventhouse(tmp_path, text, "JScript", start=start, time_limit=1, memory_limit=128 << 20) as house:
        await house.fire("OnHELO", port=26)
        assert (await house.fire("OnHELO")).value == 1
