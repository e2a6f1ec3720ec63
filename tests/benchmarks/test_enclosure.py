"""Process trees: measured whole, ended whole."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from benchmarks.enclosure import Enclosure

from benchmarks import enclosure


@pytest.fixture(params=["cgroup", "tree"])
def tree(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Enclosure:
    if request.param == "tree":
        monkeypatch.setattr(enclosure, "_make_group", lambda _name: None)
    made = Enclosure("test")
    if request.param == "cgroup" and made._group is None:
        pytest.skip("this machine lets us make no cgroup")
    return made


async def started(tree: Enclosure, script: str, tmp_path: Path, lines: int) -> None:
    """Starts a shell script and waits until it has written so many lines."""
    log = tmp_path / "log"
    await tree.start("sh", "-c", script, log=log)
    async with asyncio.timeout(10):
        while log.read_text().count("\n") < lines:  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.01)


def alive(pid: int) -> bool:
    """Whether a process runs: one that has ended but was not waited for has no command line."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False


async def test_closing_ends_children_that_ignore_the_polite_signal(tree: Enclosure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enclosure, "STOPPING", 0.1)
    await started(tree, "trap '' TERM; sh -c \"trap '' TERM; echo child; while :; do sleep 1; done\" & echo parent; wait; wait", tmp_path, 2)
    pids = tree.pids()
    assert len(pids) >= 2
    await tree.close()
    assert not any(map(alive, pids))


async def test_the_time_of_children_that_have_ended_is_counted(tree: Enclosure, tmp_path: Path) -> None:
    await started(tree, "sh -c 'i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done'; echo done; sleep 60", tmp_path, 1)
    assert tree.cpu_seconds() > 0
    assert tree.running
    await tree.close()


async def test_nothing_of_it_stays_in_the_control_groups(tmp_path: Path) -> None:
    tree = Enclosure("gone")
    await started(tree, "echo up; sleep 60", tmp_path, 1)
    await tree.close()
    assert tree._group is None or not tree._group.exists()


def test_a_process_belongs_to_its_own_tree() -> None:
    assert os.getpid() in enclosure.tree_of(os.getpid())
    assert enclosure.cpu_of(os.getpid()) > 0
    assert enclosure.cpu_of(2**22 + 1) == 0


async def test_nothing_outlives_a_program_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import asyncio, pathlib, sys\n"
        "from benchmarks.enclosure import Enclosure\n"
        "async def main():\n"
        "    tree = Enclosure('killed')\n"
        "    await tree.start('sh', '-c', 'sleep 60 & echo $!; wait', log=pathlib.Path(sys.argv[1]))\n"
        "    print(tree._group, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    log, root = tmp_path / "log", str(Path(enclosure.__file__).parents[1])
    command = (sys.executable, "-c", script, str(log))
    program = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONPATH": root})
    assert program.stdout is not None
    group = (await program.stdout.readline()).decode().strip()
    async with asyncio.timeout(10):
        while not log.exists() or not log.read_text().strip():  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.01)
        program.kill()
        await program.communicate()
        if group == "None":
            pytest.skip("this machine lets us make no cgroup")
        while alive(int(log.read_text())) or os.path.isdir(group):  # noqa: ASYNC110, ASYNC240, PTH112 - the guardian is another process
            await asyncio.sleep(0.01)
