"""The recorder and the rebuilt disks, tried on a server so small that one sees what it does."""

import asyncio
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from . import journal
from .content import fault_in, message, some_size, token_of
from .faults import Act, Fault, FaultTable, On
from .journal import Kind
from .ledger import Answer, Ledger
from .load import Load, Sender, Target
from .rebuild import Disk, Loss, Names
from .recording import Recording, environment
from .wire import Switchboard

NOTHING_KEPT = Loss()
pytestmark = pytest.mark.skipif(sys.platform != "linux" or not journal.compiler(), reason="preloading needs Linux and a C compiler")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return journal.build(tmp_path_factory.mktemp("recorder"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    return data


def run_recorded(program: str, data: Path, library: Path, faults: Path | None = None) -> list[tuple[Kind, str]]:
    """Run a program in the data directory and return what was recorded, kinds and names."""
    file = data.parent / "journal"
    journal.begin(file)
    subprocess.run([sys.executable, "-c", program], cwd=data, env=os.environ | environment(library, data, file, faults), check=True)
    return [(record.kind, record.name or record.other) for record in journal.read(file)]


def disk_after(program: str, data: Path, library: Path, names: Names = Names.DIRECTORY_SYNC) -> Disk:
    """Run a program and return the disk with all that it did."""
    disk = Disk(data, names)
    run_recorded(program, data, library)
    for record in journal.read(data.parent / "journal"):
        disk.feed(record)
    return disk


def files(disk: Disk, target: Path, loss: Loss = NOTHING_KEPT) -> dict[str, bytes]:
    disk.write_out(target, loss)
    return {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def sync(name: str) -> str:
    return f"\nfd = os.open({name!r}, os.O_RDONLY); os.fsync(fd); os.close(fd)\n"


WRITE = "import os; f = open('mail', 'wb', buffering=0); f.write(b'one'); os.fsync(f.fileno()); f.write(b'two')\n"


def test_every_way_to_change_a_file_is_recorded(data: Path, library: Path) -> None:
    program = """
import os, shutil
with open("a", "wb", buffering=0) as f:
    f.write(b"1"); os.writev(f.fileno(), [b"2", b"3"]); os.pwrite(f.fileno(), b"4", 9); os.pwritev(f.fileno(), [b"5"], 10)
    os.truncate("a", 5); os.ftruncate(f.fileno(), 4); os.posix_fallocate(f.fileno(), 0, 8); os.fdatasync(f.fileno())
open("a", "ab").write(b"end")
shutil.copyfile("a", "b"); os.mkdir("d"); os.rename("b", "d/c"); os.link("d/c", "l"); os.unlink("l"); os.remove("d/c"); os.rmdir("d")
"""
    kinds = [kind.name for kind, _ in run_recorded(program, data, library)]
    first = ["CREATE", *["WRITE"] * 4, *["TRUNCATE"] * 3, "SYNC_BEGIN", "SYNC_END", "WRITE", "CREATE", "WRITE"]
    assert kinds == [*first, "MKDIR", "RENAME", "LINK", "UNLINK", "UNLINK", "RMDIR"]


def test_a_disk_that_lost_nothing_is_the_directory_itself(data: Path, library: Path, tmp_path: Path) -> None:
    program = WRITE + "os.mkdir('d'); os.rename('mail', 'd/mail'); f.seek(5); f.write(b'six'); open('x','wb').write(b'y'*1000); os.truncate('x', 7)"
    disk = disk_after(program, data, library)
    assert files(disk, tmp_path / "whole", Loss(kept=1.0)) == {"d/mail": b"onetwsix", "x": b"y" * 7}


def test_bytes_without_a_sync_are_lost(data: Path, library: Path, tmp_path: Path) -> None:
    assert files(disk_after(WRITE + sync("."), data, library), tmp_path / "cut") == {"mail": b"one"}


def test_a_name_without_a_sync_of_its_directory_is_lost(data: Path, library: Path, tmp_path: Path) -> None:
    assert files(disk_after(WRITE, data, library), tmp_path / "cut") == {}
    assert files(disk_after(WRITE.replace("mail", "mail2"), data, library, Names.JOURNALED), tmp_path / "ext4") == {
        "mail": b"onetwo",
        "mail2": b"one",
    }


def test_a_rename_without_a_sync_of_its_target_keeps_the_old_name(data: Path, library: Path, tmp_path: Path) -> None:
    program = WRITE + sync(".") + "os.mkdir('d')" + sync(".") + "os.rename('mail', 'd/mail')"
    assert files(disk_after(program, data, library), tmp_path / "cut") == {"mail": b"one"}


def test_a_rename_whose_target_was_synced_has_left_the_old_name(data: Path, library: Path, tmp_path: Path) -> None:
    program = WRITE + "os.mkdir('d')" + sync(".") + "os.rename('mail', 'd/mail')" + sync("d") + sync(".")
    assert files(disk_after(program, data, library), tmp_path / "cut") == {"d/mail": b"one"}


def test_a_reused_inode_is_another_file(data: Path, library: Path, tmp_path: Path) -> None:
    program = WRITE + sync(".") + "f.close(); os.unlink('mail')\nf = open('next', 'wb'); f.write(b'else'); f.close()" + sync("next")
    assert files(disk_after(program, data, library), tmp_path / "cut") == {"mail": b"one"}


def test_a_torn_write_keeps_whole_sectors(data: Path, library: Path, tmp_path: Path) -> None:
    program = "import os; f = open('mail', 'wb', buffering=0)" + sync(".") + "f.write(b'x' * 100); f.write(b'x' * 4000)"
    disk = disk_after(program, data, library)
    torn = [files(disk, tmp_path / str(seed), Loss(1.0, 1.0, seed))["mail"] for seed in range(20)]
    assert {len(set(body[start : start + 412])) for body in torn for start in [512]} <= {0, 1}
    assert len(set(torn)) > 10


def test_what_a_failed_sync_did_not_write_no_later_sync_brings(data: Path, library: Path, tmp_path: Path) -> None:
    table = FaultTable(tmp_path / "faults")
    program = """
import os
f = open("mail", "wb", buffering=0); f.write(b"lost")
try: os.fsync(f.fileno())
except OSError as error: print(error)
f.write(b"kept"); os.fsync(f.fileno())
""" + sync(".")
    disk = Disk(data)
    with table.struck(Fault(On.SYNC, "mail", times=1)):
        run_recorded(program, data, library, table.path)
    for record in journal.read(tmp_path / "journal"):
        disk.feed(record)
    assert table.hits() == 1
    assert files(disk, tmp_path / "cut") == {"mail": b"\0\0\0\0kept"}


def test_a_sync_can_be_left_out_without_the_program_knowing(data: Path, library: Path, tmp_path: Path) -> None:
    table = FaultTable(tmp_path / "faults")
    disk = Disk(data)
    with table.struck(Fault(On.SYNC, "mail", Act.DROP)):
        run_recorded(WRITE + sync("."), data, library, table.path)
    for record in journal.read(tmp_path / "journal"):
        disk.feed(record)
    assert files(disk, tmp_path / "cut") == {"mail": b""}


def test_a_short_write_is_recorded_as_short(data: Path, library: Path, tmp_path: Path) -> None:
    table = FaultTable(tmp_path / "faults")
    with table.struck(Fault(On.WRITE, "m*", Act.SHORT, times=1)):
        run_recorded("import os; f = os.open('mail', os.O_CREAT | os.O_WRONLY); print(os.write(f, b'abcdef'))", data, library, table.path)
    assert (data / "mail").read_bytes() == b"abc"
    assert [len(record.data) for record in journal.read(tmp_path / "journal") if record.kind is Kind.WRITE] == [3]


def test_what_the_recorder_cannot_follow_stops_the_campaign(data: Path, library: Path) -> None:
    with pytest.raises(journal.JournalError, match="can't follow"):
        run_recorded("import mmap; f = open('m', 'w+b'); f.truncate(4096); mmap.mmap(f.fileno(), 0)", data, library)


@pytest.mark.parametrize("size", [1_000, 1_001, 4_096, 300_000, 2_000_000])
def test_a_message_proves_itself(size: int) -> None:
    body = message(f"t-1-{size}")
    assert abs(len(body) - size) < max(600, size // 20)
    assert token_of(body) == f"t-1-{size}"
    assert fault_in(b"Return-Path: <a@b>\r\nReceived: from x\r\n\tby y\r\n" + body, f"t-1-{size}") is None
    assert fault_in(body[:-1], f"t-1-{size}")
    assert fault_in(body.replace(b"a", b"b", 1), f"t-1-{size}")
    assert fault_in(b"no header\r\n" + body, f"t-1-{size}")


async def recorded_standin(tmp_path: Path, data: Path, library: Path, mode: str) -> Recording:
    """Load the stand-in for a moment under the recorder."""
    file = tmp_path / "journal"
    journal.begin(file)
    (data / "mail").touch()
    disk = Disk(data)
    variables = os.environ | environment(library, data, file)
    process = await asyncio.create_subprocess_exec(
        sys.executable, Path(__file__).with_name("standin.py"), data / "mail", mode, env=variables, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    target = Target(int(await process.stdout.readline()), 0, 0, 0, tuple("abcdefghijkl"), "")
    ledger = Ledger()
    load = Load(target, ledger, Switchboard(), "t", 1, pause=0.001)
    await asyncio.gather(*(Sender(load, random.Random(seed)).session() for seed in range(3)))
    process.kill()
    await process.wait()
    recording = Recording(file, disk, ledger)
    recording.read()
    return recording


def kept(data: Path) -> set[str]:
    """Read the stand-in's file up to where it is torn, and return the tokens of whole messages."""
    tokens, rest = set(), (data / "mail").read_bytes()
    while rest:
        head, _, rest = rest.partition(b"\n")
        if not head.isdigit():
            break
        body, rest = rest[: int(head)], rest[int(head) :]
        token = token_of(body)
        if token is None or fault_in(body, token):
            break
        tokens.add(token)
    return tokens


@pytest.mark.long
@pytest.mark.parametrize(("mode", "loses"), [("sync", False), ("nosync", True)])
async def test_a_server_that_leaves_out_its_sync_is_found_out(mode: str, loses: bool, tmp_path: Path, data: Path, library: Path) -> None:
    recording = await recorded_standin(tmp_path, data, library, mode)
    promised = [request for request in recording.ledger.requests if request.answer is Answer.DONE]
    assert recording.acknowledgements == len(promised) == 24
    missing = 0
    for point, home, _ in recording.cut(recording.points(20, seed=3), tmp_path, seed=4):
        answered = recording.answered_before(point)
        missing += len({request.tokens[0] for request in promised if answered(request)} - kept(home / "data"))
    assert bool(missing) is loses


def test_sizes_span_a_kilobyte_to_two_megabytes() -> None:
    sizes = [some_size(random.Random(seed)) for seed in range(500)]
    assert min(sizes) < 1_500
    assert max(sizes) > 1_500_000
