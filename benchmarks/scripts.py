"""Event scripts: what an event costs, how many there are a second, a live property, a large file checked, an event without handlers; delivery."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
import timeit
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from benchmarks import handled
from benchmarks.machine import Machine, this_machine
from benchmarks.rounds import Figures
from benchmarks.table import Table
from postroom.events import Client as Peer
from postroom.model.events import Client
from postroom.model.message import Message
from postroom.model.object import Object
from postroom.runtime.config import Configuration
from postroom.runtime.house import House
from postroom.runtime.model import alone
from postroom.scripting.scripts import Scripts

CALLS = 200
"""Live properties that one event reads."""
EVENT_MARKS, LIVE_MARKS = (150, 100), (100, 60)
RATE_MARK, CHECK_MARK = 10_000, 0.5
AT_ONCE = 4
"""Events at one time in each worker, for the number a second."""
GATHERING = 4.0
"""Seconds in which the workers of that get ready."""
VBSCRIPT = f"""
Sub OnHELO(oClient)
    If oClient.IPAddress <> "" And oClient.Port > 0 And Not oClient.Authenticated And Len(oClient.HELO) > 3 Then
        Result.Value = 0
    End If
End Sub
Sub OnAcceptMessage(oClient, oMessage)
    If oClient.IPAddress <> "" And oMessage.State = 0 Then oMessage.HeaderValue("X-Seen") = "yes"
End Sub
Sub OnSMTPData(oClient, oMessage)
    oMessage.Subject = "changed"
    For i = 1 To {CALLS}
        x = oMessage.FromAddress
    Next
End Sub
"""
PYTHON = f"""
def OnHELO(client):
    if client.IPAddress and client.Port and not client.Authenticated and len(client.HELO) > 3:
        Result.Value = 0
def OnAcceptMessage(client, message):
    if client.IPAddress and message.State == 0:
        message.HeaderValue["X-Seen"] = "yes"
def OnSMTPData(client, message):
    message.Subject = "changed"
    for _ in range({CALLS}):
        message.FromAddress
"""
BLOCK = """
Function Judge{0}(text, ByRef score)
    Dim words, word
    words = Split(LCase(text), " ")
    For Each word In words
        If InStr(word, "viagra{0}") > 0 Or Left(word, 4) = "http" Then
            score = score + 1
        End If
    Next
    Judge{0} = score > {0}
End Function
"""
METHOD = (
    "One worker's loop and its script processes on the same cores, without a server around it; for the events a second, a worker for each core. "
    "An event reads four properties of its snapshot and writes Result.Value; with a live write it sets a header field of a message instead. A live "
    f"property is one that the worker is asked for, as all are of an object that the script has changed, {CALLS} in an event. The file that is "
    f"checked has 1,000 lines; a fresh process compiles and runs it. Without handlers an event is a look into a set. {handled.METHOD}"
)


@dataclass(slots=True)
class Results:
    """Seconds by what was measured, and the machine."""

    machine: Machine
    latencies: dict[str, list[float]] = field(default_factory=dict)
    rate: float = 0.0
    check: float = 0.0
    idle: float = 0.0
    delivery: dict[str, dict[str, Figures]] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def median(self, name: str) -> float:
        """The median, in microseconds."""
        found = sorted(self.latencies[name])
        return found[len(found) // 2] * 1e6

    def late(self, name: str) -> float:
        """The 99th hundredth, in microseconds."""
        found = sorted(self.latencies[name])
        return found[len(found) * 99 // 100] * 1e6


@asynccontextmanager
async def opened(home: Path) -> AsyncIterator[tuple[House, Path, Scripts]]:
    """Open a house that runs scripts, and give the folder of its handlers too."""
    house = await House.enter(Configuration(data=home / "data", logs=home / "logs", workers=1))
    model = alone(house)
    scripts = Scripts(lambda: model)
    try:
        await scripts.open()
        await house.directory.table.set("scripting.enabled", value=True)
        model.places.events.mkdir(parents=True)
        yield house, model.places.events, scripts
    finally:
        await scripts.close()
        await house.close()


async def measure(told: Callable[[str], None], *, quick: bool = False) -> Results:
    """Opens houses, runs handlers in them."""
    home = Path(tempfile.mkdtemp(prefix="postroom-bench-"))
    results = Results(this_machine(home))
    try:
        async with opened(home / "one") as (house, events, scripts):
            await _measure(house, events, scripts, results, told, quick=quick)
        told("events a second")
        results.rate = await _rate(home, 2_000 if quick else 20_000)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return results


async def _measure(house: House, events: Path, scripts: Scripts, results: Results, told: Callable[[str], None], *, quick: bool) -> None:
    for language, ending, text in (("VBScript", "vbs", VBSCRIPT), ("Python", "py", PYTHON)):
        told(language)
        await house.directory.table.set("scripting.language", language)
        (events / f"EventHandlers.{ending}").write_text(text)
        await scripts.reload()
        await _latencies(scripts, results, language, 500 if quick else 5000)
    results.idle = timeit.timeit(lambda: "OnClientConnect" in scripts.active, number=100_000) / 100_000
    told("check")
    await house.directory.table.set("scripting.language", "VBScript")
    text = "\n".join(line for number in range(84) for line in [*BLOCK.format(number).strip().splitlines(), "'"])
    (events / "EventHandlers.vbs").write_text(text)
    assert 900 < text.count("\n") < 1100
    began = time.perf_counter()
    await scripts.reload()
    results.check = time.perf_counter() - began


async def _event(scripts: Scripts, name: str) -> None:
    context = scripts.context()
    client = Client(context, Peer(25, "192.0.2.1", "", "mx.example.org"))
    named: dict[str, Object | None] = {"HMAILSERVER_CLIENT": client}
    if name != "OnHELO":
        message = Message.create(context)
        message.standalone = False
        named["HMAILSERVER_MESSAGE"] = message
    await scripts.run(name, list(named.values()), named, context=context)


async def _latencies(scripts: Scripts, results: Results, language: str, count: int) -> None:
    for name, times in (("OnHELO", count), ("OnAcceptMessage", count), ("OnSMTPData", max(20, count // CALLS))):
        found = results.latencies[f"{language} {name}"] = []
        for turn in range(times + times // 10):
            began = time.perf_counter()
            await _event(scripts, name)
            if turn >= times // 10:
                found.append(time.perf_counter() - began)


async def _rate(home: Path, count: int) -> float:
    """Have as many processes as there are cores fire so many events each, as workers do; gives the events a second of all."""
    processes = os.cpu_count() or 1
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        bursts = [loop.run_in_executor(pool, burst, home / str(number), count, time.monotonic() + GATHERING) for number in range(processes)]
        spans = await asyncio.gather(*bursts)
    return processes * count / (max(end for _, end in spans) - min(began for began, _ in spans))


def burst(home: Path, count: int, at: float) -> tuple[float, float]:
    """Fire so many events from a moment on, some at one time; gives when it began and ended (time.monotonic)."""

    async def fire() -> tuple[float, float]:
        async with opened(home) as (_, events, scripts):
            (events / "EventHandlers.vbs").write_text(VBSCRIPT)
            await scripts.reload()

            async def many(number: int) -> None:
                for _ in range(number):
                    await _event(scripts, "OnHELO")

            await asyncio.gather(*(many(50) for _ in range(AT_ONCE)))  # all processes are there now
            await asyncio.sleep(at - time.monotonic())
            began = time.monotonic()
            await asyncio.gather(*(many(count // AT_ONCE) for _ in range(AT_ONCE)))
            return began, time.monotonic()

    return asyncio.run(fire())


def tables(results: Results) -> list[Table]:
    """The tables that are printed."""
    rows = []
    for language in ("VBScript", "Python"):
        plain, live = f"{language} OnHELO", f"{language} OnSMTPData"
        base = results.median(plain)
        each = (results.median(live) - base) / CALLS
        rows += [
            (f"{language}: an event, median", f"{base:,.0f} us", _marked(base, *EVENT_MARKS)),
            (f"{language}: an event, p99", f"{results.late(plain):,.0f} us", ""),
            (f"{language}: an event with a live write, median", f"{results.median(f'{language} OnAcceptMessage'):,.0f} us", ""),
            (f"{language}: a live property", f"{each:,.0f} us", _marked(each, *LIVE_MARKS)),
        ]
    rows += [
        ("events a second", f"{results.rate:,.0f}", f"{_judged(results.rate >= RATE_MARK)} {RATE_MARK:,}"),
        ("1,000 lines checked and loaded", f"{results.check * 1000:,.0f} ms", f"{_judged(results.check <= CHECK_MARK)} {CHECK_MARK * 1000:.0f} ms"),
        ("an event without handlers", f"{results.idle * 1e9:,.0f} ns", ""),
    ]
    return [Table("Event scripts", ("", "measured", "mark"), rows), *([handled.table(results.delivery)] if results.delivery else [])]


def _marked(value: float, must: float, aim: float) -> str:
    return f"{_judged(value <= must)} {must} us, {_judged(value <= aim)} aim {aim} us"


def _judged(good: bool) -> str:
    return "✓" if good else "✗"
