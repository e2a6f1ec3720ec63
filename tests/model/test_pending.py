"""What waits is told: in docs/reference/pending.md, member by member, and to who calls it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from modelhouse import modelhouse
from postroom.model.errors import NotAvailableYet
from postroom.model.tree import CLASSES

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "pending.md").read_text(encoding="utf-8")
PENDING = {f"{ours.name}.{one.name}": one for ours in CLASSES.values() for one in ours.members.values() if one.pending}


def test_the_page_lists_the_members_that_wait_and_no_others() -> None:
    listed = re.findall(r"^\| `(\w+\.\w+)` \| (method|property) \| (.+) \|$", PAGE, re.MULTILINE)
    assert sorted(name for name, _, _ in listed) == sorted(PENDING)
    assert [name for name, kind, _ in listed if (kind == "method") is not PENDING[name].is_method] == []
    assert [name for name, _, reason in listed if reason.strip() in {"", "."}] == []


@pytest.mark.parametrize(
    ("path", "arguments"),
    [
        ("BackupManager.StartBackup", ()),
        ("BackupManager.LoadBackup", ("x.7z",)),
        ("Settings.AntiSpam.ClearGreyListingTriplets", ()),
        ("Settings.AntiSpam.DKIMVerify", ("x.eml",)),
        ("Settings.AntiSpam.TestSpamAssassinConnection", ("127.0.0.1", 783)),
        ("Settings.AntiVirus.TestClamAVScanner", ("127.0.0.1", 3310)),
        ("Settings.AntiVirus.TestClamWinScanner", ("x", "y")),
        ("Settings.AntiVirus.TestCustomerScanner", ("x", 1)),
    ],
)
async def test_a_method_that_waits_says_so(tmp_path: Path, path: str, arguments: tuple[object, ...]) -> None:
    async with modelhouse(tmp_path) as house:
        with pytest.raises(NotAvailableYet, match=r"^Not available yet$") as caught:
            await (await house.login())(path, *arguments)
        assert caught.value.hresult == 0x800403E9
