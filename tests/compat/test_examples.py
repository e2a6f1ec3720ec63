"""The manual's examples in PHP and C#: they print what Python prints."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from client.examples import in_python, steps
from comdoor import comdoor
from compat.test_scenario import ROOT, needs, run
from modelhouse import ADMINISTRATOR_PASSWORD


def of_php() -> str:
    """One program of all examples."""
    login = f"$app = new COM('hMailServer.Application', NULL, CP_UTF8);\n$app->Authenticate('Administrator', '{ADMINISTRATOR_PASSWORD}');\n"
    parts = [f"<?php\nrequire '{ROOT}/clients/php/com.php';\nini_set('html_errors', 0);\n", login]
    told = "echo '! ', preg_replace('/^.*Description: /s', '', $error->getMessage()), \"\\n\";"
    for number, (title, program) in enumerate(steps("php")):
        parts.append(
            f"function example{number}($app)\n{{\n{program}}}\n"
            f'echo "# {title}\\n";\ntry {{ example{number}($app); }} catch (com_exception $error) {{ {told} }}\n'
        )
    return "".join(parts)


def of_csharp() -> str:
    """Likewise."""
    parts = ["using System;\nusing hMailServer;\n\nclass Program\n{\n"]
    calls = []
    for number, (title, program) in enumerate(steps("csharp")):
        parts.append(f"static void Example{number}(Application app)\n{{\n{program}}}\n")
        calls.append(
            f'Console.WriteLine("# {title}");\ntry {{ Example{number}(app); }}\n'
            'catch (System.Runtime.InteropServices.COMException error) { Console.WriteLine("! " + error.Message); }\n'
        )
    login = f'Application app = new Application();\napp.Authenticate("Administrator", "{ADMINISTRATOR_PASSWORD}");\n'
    return "".join([*parts, "static void Main()\n{\n", login, *calls, "}\n}\n"])


async def php(folder: Path, url: str) -> str:
    (folder / "examples.php").write_text(of_php(), encoding="utf-8")
    return await run("php", folder / "examples.php", POSTROOM_CLIENT_URL=url)


async def dotnet(folder: Path, url: str) -> str:
    library, program = folder / "Interop.hMailServer.dll", folder / "Examples.exe"
    (folder / "Examples.cs").write_text(of_csharp(), encoding="utf-8")
    sources = [ROOT / "clients" / "dotnet" / name for name in ("Remote.cs", "Interop.cs")]
    await run("mcs", "-target:library", f"-out:{library}", *sources)
    await run("mcs", f"-r:{library}", f"-out:{program}", folder / "Examples.cs")
    return await run("mono", program, POSTROOM_CLIENT_URL=url)


@pytest.mark.compat
@pytest.mark.parametrize("client", [pytest.param(php, marks=needs("php")), pytest.param(dotnet, marks=needs("mcs"))])
async def test_the_manual_s_examples_print_in_every_language_what_they_print_in_python(client: object, tmp_path: Path) -> None:
    told = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    async with comdoor(tmp_path / "one") as door:
        text = await client(tmp_path, door.url)  # type: ignore[operator]  # one of the functions above
        told.append([line.replace(str(tmp_path / "one"), "FOLDER") for line in text.splitlines()])
    async with comdoor(tmp_path / "other") as door:
        lines = await asyncio.to_thread(lambda: list(in_python(door.url, steps("python"))))
        told.append([line.replace(str(tmp_path / "other"), "FOLDER") for line in "\n".join(lines).splitlines()])
    assert told[0] == told[1]
