"""Programs for Windows, built by mingw-w64 and run by Wine in a prefix of their own, where the COM client is registered."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "clients" / "windows"
BUILT = ROOT / "build" / "windows"
TOOLS = ("wine", "widl", "make", "x86_64-w64-mingw32-g++", "i686-w64-mingw32-g++")


def is_there() -> bool:
    """Tell whether all that is needed is installed."""
    return all(shutil.which(name) for name in TOOLS)


def runs_32_bit() -> bool:
    """Tell whether Wine runs programs of 32 bits too: Debian has that part for i386 only."""
    return any((Path("/usr/lib/wine") / name).exists() for name in ("wine", "wine32"))


class Wine:
    """A prefix, which is a disk with a registry."""

    def __init__(self, folder: Path) -> None:
        quiet = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=", "DISPLAY": "", "LC_ALL": "C.UTF-8", "TMPDIR": str(folder)}
        self.env = {**os.environ, **quiet, "WINEPREFIX": str(folder / "prefix")}

    async def run(self, *command: str | Path, **env: str) -> str:
        """Run a program of Windows; gives what it printed."""
        with tempfile.TemporaryFile() as told:  # a pipe would stay open: the system's programs of Windows inherit it
            program = await asyncio.create_subprocess_exec("wine", *command, env={**self.env, **env}, stdout=told, stderr=subprocess.DEVNULL)
            try:
                await asyncio.wait_for(program.wait(), 100)
            finally:
                if program.returncode is None:
                    program.kill()
                    await program.wait()
            told.seek(0)
            text = told.read().decode().replace("\r\n", "\n")
        assert program.returncode == 0, text
        return text

    def do(self, *command: str | Path) -> str:
        """Do the same where no loop runs."""
        return asyncio.run(self.run(*command))

    def register(self, *options: str, remove: bool = False, dll: Path = BUILT / "postroom64.dll") -> None:
        """Register the client, or take it away."""
        self.do("regsvr32", "/s", *(["/u"] if remove else []), *options, path(dll))

    def registered(self, key: str) -> str:
        """Give a key's default value; "" where there is none."""
        try:
            told = self.do("reg", "query", key, "/ve")
        except AssertionError:
            return ""
        return told.rsplit("REG_SZ", 1)[-1].strip()

    def close(self) -> None:
        """End all programs of this prefix."""
        subprocess.run(["wineserver", "-k"], env=self.env, check=False, timeout=60)


def path(file: Path) -> str:
    """Name a file as programs of Windows see it."""
    return "Z:" + str(file).replace("/", "\\")


def compiled(source: Path, folder: Path, tools: str = "x86_64-w64-mingw32", libraries: Sequence[str] = ("-lole32", "-loleaut32", "-luuid")) -> Path:
    """Build a program in C++ with the header of the type library."""
    program = folder / source.with_suffix(".exe").name
    subprocess.run([f"{tools}-g++", "-std=c++17", "-static", f"-I{BUILT}", source, "-o", program, *libraries], check=True, timeout=300)
    return program


def build(*targets: str, **variables: str | Path) -> None:
    """Build the client's DLLs, or other targets of its Makefile."""
    given = [f"{name}={value}" for name, value in {"OUT": BUILT, **variables}.items()]
    subprocess.run(["make", "--silent", "-j2", "-C", CLIENT, *given, *targets], check=True, timeout=600)


@contextmanager
def wine() -> Iterator[Wine]:
    """Open a prefix with the client built and registered; it is gone afterwards."""
    build("all", f"{BUILT}/hMailServer.h")
    folder = Path(tempfile.mkdtemp(prefix="wine-"))
    made = Wine(folder)
    try:
        (folder / "prefix").mkdir()
        subprocess.run(["wineserver", "--persistent"], env=made.env, check=True, timeout=60)
        made.do("wineboot", "--init")
        made.register()
        yield made
    finally:
        made.close()
        shutil.rmtree(folder, ignore_errors=True)
