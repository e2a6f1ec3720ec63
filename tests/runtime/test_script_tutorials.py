"""The tutorials on event scripts do what they say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from runtime.commandline import Postroom
from runtime.tutorials import Reader

pytestmark = pytest.mark.system


@pytest.mark.parametrize("page", ["scripts-vbscript.md", "scripts-jscript.md", "scripts-python.md"])
def test_a_tutorial_does_what_it_says(server: Postroom, tmp_path: Path, page: str) -> None:
    data = Path(json.loads(server.start("status", "--json").stdout)["data"])
    server("settings", "set", "scripting.enabled", "no")
    server("settings", "set", "scripting.language", "VBScript")
    shutil.rmtree(data / "Events", ignore_errors=True)
    for written, came in Reader(server, tmp_path, data).follow(page):
        assert came == written
