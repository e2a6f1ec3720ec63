"""The test suite of openspf.org for RFC 7208: SPF_SUITE names its file, rfc7208-tests.yml (it comes with the source of pyspf)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import dns.reversename
import pytest

from postroom.formats.spf import NoAnswer, evaluate

pytestmark = pytest.mark.system
SUITE = os.environ.get("SPF_SUITE", "")


class Zone:
    """Answers from the data of a scenario."""

    def __init__(self, data: dict[str, list[Any]]) -> None:
        self._data = {name.lower(): entries for name, entries in data.items()}

    def get(self, name: str, kind: str, hops: int = 5) -> list[Any]:
        entries = self._data.get(name.lower().removesuffix("."))
        if entries is None or not hops or any(len(label) > 63 or not label for label in name.split(".")):
            return []
        records = [(key, value) for entry in entries if isinstance(entry, dict) for key, value in entry.items()]
        also = {"SPF"} if kind == "TXT" and not any(key == "TXT" for key, _ in records) else set()
        if found := [value for key, value in records if key in {kind} | also and value != "NONE"]:
            return found
        if "TIMEOUT" in entries:
            raise NoAnswer("time-out")
        return [found for key, value in records if key == "CNAME" for found in self.get(value, kind, hops - 1)]

    async def txt(self, name: str) -> Sequence[bytes]:
        return ["".join(value).encode("latin-1") for value in self.get(name, "TXT")]

    async def addresses(self, name: str, version: int) -> Sequence[str]:
        return self.get(name, "A" if version == 4 else "AAAA")

    async def mx(self, name: str) -> Sequence[str]:
        return [host for _, host in self.get(name, "MX")]

    async def ptr(self, ip: str) -> Sequence[str]:
        return self.get(dns.reversename.from_address(ip).to_text(omit_final_dot=True), "PTR")


def scenarios() -> Iterator[Any]:
    if not SUITE:
        yield pytest.param({}, {}, marks=pytest.mark.skip("SPF_SUITE does not name the suite"))
        return
    yaml = pytest.importorskip("yaml")
    for scenario in yaml.safe_load_all(Path(SUITE).read_text(encoding="utf-8")):
        for name, test in scenario["tests"].items():
            yield pytest.param(scenario["zonedata"], test, id=name)


@pytest.mark.parametrize(("data", "test"), list(scenarios()))
async def test_a_scenario_of_the_suite(data: dict[str, list[Any]], test: dict[str, Any]) -> None:
    verdict = await evaluate(Zone(data), test["host"], test["mailfrom"], test["helo"], receiver="receiver")
    assert verdict.result in (test["result"] if isinstance(test["result"], list) else [test["result"]])
    if explanation := test.get("explanation"):
        assert verdict.explanation.lower() == ("" if explanation == "DEFAULT" else explanation.lower())
