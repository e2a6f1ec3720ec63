"""What event scripts are handed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from modelhouse import Hand, modelhouse
from postroom.model.caller import Context, Login
from postroom.model.errors import ComError, Failed
from postroom.model.events import Client, EventLog, Peer, Result


async def test_model_8_11_the_event_log_takes_a_line_whatever_else_is_logged(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        caller = house.caller()
        log = Hand(caller, EventLog(Context(house.house, caller, Login())))
        await log("Write", "caf\u00e9\r\nnext\nlast")
        await log("Write", "second")
        path = tmp_path / "logs" / "hmailserver_events.log"
        first, second = path.read_bytes().decode().split("\r\n")[:2]
        assert re.fullmatch(r'\d+\t"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}"\t"caf\u00e9\[nl\]next\[nl\]last"', first)
        assert second.endswith('\t"second"')
        path.rename(tmp_path / "moved")  # somebody rotates it
        await log("Write", "third")
        assert path.read_bytes().endswith(b'"third"\r\n')
        path.unlink()
        path.mkdir()
        with pytest.raises(Failed, match="The event log could not be written"):
            await log("Write", "x")


async def test_model_8_13_a_result_is_written_and_a_client_is_read(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        caller = house.caller()
        context = Context(house.house, caller, Login())  # 3.16: no identity
        result = Hand(caller, Result(context))
        assert [await result(name) for name in ("Value", "Parameter", "Message")] == [0, 0, ""]
        await result.set(Value="2", Parameter=3, Message="no")
        assert [await result(name) for name in ("Value", "Parameter", "Message")] == [2, 3, "no"]
        peer = Peer(25, "192.0.2.1", "alice", "mx.remote.test", True, True, "TLSv1.3", "TLS_AES_256_GCM_SHA384", 256, 7)
        client = Hand(caller, Client(context, peer))
        told = [
            await client(name)
            for name in (
                "Port", "IPAddress", "Username", "HELO", "Authenticated", "EncryptedConnection", "CipherVersion", "CipherName",
                "CipherBits", "SessionID",
            )
        ]  # fmt: skip
        assert told == [25, "192.0.2.1", "alice", "mx.remote.test", True, True, "TLSv1.3", "TLS_AES_256_GCM_SHA384", 256, 7]
        for name in ("Port", "Username"):
            with pytest.raises(ComError, match="Unknown name"):
                await client.put(name, 1)
