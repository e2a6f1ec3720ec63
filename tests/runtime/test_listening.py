"""Where a new server listens, by its mode."""

from __future__ import annotations

from pathlib import Path

from postroom.network.listener import Encrypted
from postroom.runtime.config import Configuration
from postroom.runtime.house import House
from postroom.runtime.listening import listeners


async def places(data: Path, home: Path | None) -> set[tuple[str, str, int, Encrypted]]:
    house = await House.enter(Configuration(data=data, logs=data, hmailserver_home=home))
    try:
        return {(one.protocol, one.address, one.port, one.tls) for one in await listeners(house)}
    finally:
        await house.close()


async def test_model_6_3_a_new_server_in_hmailserver_s_mode_has_its_ports_without_encryption(tmp_path: Path) -> None:
    found = await places(tmp_path / "data", tmp_path / "home")
    mail = {("smtp", 25), ("submission", 587), ("pop3", 110), ("imap", 143)}
    assert found == {(word, "", port, Encrypted.NEVER) for word, port in mail} | {("http", "127.0.0.1", 8787, Encrypted.NEVER)}


async def test_a_new_server_has_the_ports_of_today(tmp_path: Path) -> None:
    found = await places(tmp_path / "data", None)
    assert {("submissions", "", 465, Encrypted.IMPLICIT), ("imap", "", 143, Encrypted.STARTTLS)} < found
    assert [address for word, address, _, _ in found if word == "http"] == ["127.0.0.1"]
