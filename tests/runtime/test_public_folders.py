"""Public folders over IMAP: who sees them and what they may do there is said by permissions (section 16), in whichever shard they lie."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modelhouse import Hand, added
from wholeserver import PASSWORD, Talk, Whole, whole

LOOKUP, READ, SEEN, WRITE, INSERT, CREATE, DELETE_FOLDER, DELETE, EXPUNGE = 1, 2, 4, 8, 16, 64, 128, 256, 512
LETTER = "Subject: shared\r\n\r\nfor all\r\n"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Whole]:
    async with whole(tmp_path, accounts=("alice", "bob", "carol"), imap_hierarchy_delimiter=".") as opened:
        yield opened


@pytest.fixture
async def folder(server: Whole) -> Hand:
    """The public folder Team, with Plans below it."""
    folders = await (await server.login())("Settings.PublicFolders")
    team: Hand = await folders("Add", "Team")
    await (await team("SubFolders"))("Add", "Plans")
    return team


class Client:
    """A user in an IMAP session."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    async def __call__(self, command: str) -> list[str]:
        return await self._talk.ask(command)

    async def ends(self, command: str) -> str:
        """Give the word of the tagged end, with its code: OK, NO [NOPERM]."""
        words = (await self._talk.ask(command))[-1].split()[1:]
        return " ".join(words[:2]) if words[1].startswith("[") and words[0] == "NO" else words[0]

    async def append(self, name: str, flags: str = "") -> str:
        answer = (await self._talk.ask(f"APPEND {name} ({flags}) {{{len(LETTER)}+}}\r\n{LETTER}"))[-1]
        return " ".join(answer.split()[1:3]) if answer.startswith("x NO [") else answer.split()[1]


async def login(talk: Talk, name: str) -> Client:
    await talk.hear()
    client = Client(talk)
    assert (await client(f"LOGIN {name}@example.test {PASSWORD}"))[-1].startswith("x OK")
    return client


async def allow(folder: Hand, value: int, *, kind: int = 2, **whom: int) -> Hand:
    return await added(await folder("Permissions"), PermissionType=kind, Value=value, **whom)


async def test_model_16_1_a_folder_is_seen_with_lookup_and_opened_with_read(server: Whole, folder: Hand) -> None:
    async with server.open("imap") as talk:
        alice = await login(talk, "alice")
        assert not [line for line in await alice('LIST "" *') if "#Public" in line]
        assert await alice.ends("SELECT #Public.Team") == "NO [NONEXISTENT]"
        permission = await allow(folder, LOOKUP)
        assert [line for line in await alice('LIST "" *') if "#Public" in line] == [
            '* LIST (\\Noselect \\HasChildren) "." #Public',
            '* LIST (\\HasChildren) "." #Public.Team',
            '* LIST (\\HasNoChildren) "." #Public.Team.Plans',
        ]
        assert '* LSUB () "." #Public.Team' in await alice('LSUB "" *')
        assert (await alice("NAMESPACE"))[0] == '* NAMESPACE (("" ".")) NIL (("#Public." "."))'
        assert await alice.ends("SELECT #Public.Team") == "NO [NOPERM]"
        assert await alice.ends("STATUS #Public.Team (MESSAGES)") == "NO [NOPERM]"
        await permission.set(Value=LOOKUP | READ)
        await permission("Save")
        assert (await alice("SELECT #Public.Team"))[-1].startswith("x OK [READ-ONLY]")
        assert (await alice("STATUS #Public.Team (MESSAGES)"))[0] == "* STATUS #Public.Team (MESSAGES 0)"


async def test_model_16_1_the_nearest_folder_with_permissions_decides_and_a_user_s_row_goes_before_a_group_s(server: Whole, folder: Hand) -> None:
    app = await server.login()
    ids = {name: (await server.house.directory.accounts.get(f"{name}@example.test")).id for name in ("alice", "bob", "carol")}
    group = await added(await app("Settings.Groups"), Name="team")
    await added(await group("Members"), AccountID=ids["bob"])
    await allow(folder, LOOKUP | READ)
    await allow(folder, LOOKUP | READ | INSERT, kind=1, PermissionGroupID=await group("ID"))
    await allow(folder, 0, kind=0, PermissionAccountID=ids["carol"])
    plans = await (await folder("SubFolders"))("Item", 0)
    seen = {}
    for name in ids:
        async with server.open("imap") as talk:
            client = await login(talk, name)
            seen[name] = (await client.ends("SELECT #Public.Team.Plans"), await client.append("#Public.Team.Plans"))
    assert seen == {"alice": ("OK", "NO [NOPERM]"), "bob": ("OK", "OK"), "carol": ("NO [NONEXISTENT]", "NO [TRYCREATE]")}
    await allow(plans, LOOKUP)
    async with server.open("imap") as talk:
        assert await (await login(talk, "bob")).ends("SELECT #Public.Team.Plans") == "NO [NOPERM]", "no merging with the folder above"


@pytest.mark.parametrize("name", ["alice", "bob"])
async def test_model_16_1_each_right_lets_do_its_own(server: Whole, folder: Hand, name: str) -> None:
    permission = await allow(folder, LOOKUP | READ | INSERT)

    async def may(*rights: int) -> None:
        await permission.set(Value=LOOKUP | READ | INSERT | sum(rights))
        await permission("Save")

    async with server.open("imap") as talk:
        client = await login(talk, name)
        assert await client.append("INBOX") == "OK"
        assert await client.append("#Public.Team") == "OK"
        assert await client.append("#Public.Team", "\\Seen") == "NO [NOPERM]"
        await client("SELECT INBOX")
        assert "COPYUID" in (await client("COPY 1 #Public.Team"))[-1]
        assert (await client("SELECT #Public.Team"))[-1].startswith("x OK [READ-WRITE]")
        assert (await client("FETCH 1 (FLAGS BODY[])"))[0].endswith(f"{{{len(LETTER)}}}")
        assert not any("\\Seen" in line for line in await client("FETCH 1 FLAGS")), "reading marks nothing without the right"
        steps = (
            (SEEN, "STORE 1 +FLAGS (\\Seen)"),
            (WRITE, "STORE 1 +FLAGS (\\Flagged)"),
            (DELETE, "STORE 1 +FLAGS (\\Deleted)"),
            (EXPUNGE, "EXPUNGE"),
            (CREATE, "CREATE #Public.Team.New"),
            (DELETE_FOLDER, "DELETE #Public.Team.New"),
        )
        for right, command in steps:
            await may()
            await client("SELECT #Public.Team")
            assert await client.ends(command) == "NO [NOPERM]", command
            await may(right)
            await client("SELECT #Public.Team")
            assert await client.ends(command) == "OK", command
        assert "(MESSAGES 1)" in (await client("STATUS #Public.Team (MESSAGES)"))[0]
        assert await client.ends("MOVE 1 INBOX") == "NO [NOPERM]"
        await may(DELETE, EXPUNGE)
        await client("SELECT #Public.Team")
        assert await client.ends("MOVE 1 INBOX") == "OK"
        assert "(MESSAGES 2)" in (await client("STATUS INBOX (MESSAGES)"))[0]
        assert "(MESSAGES 0)" in (await client("STATUS #Public.Team (MESSAGES)"))[0]
        assert await client.ends("RENAME #Public.Team Mine") == "NO [CANNOT]"
        assert await client.ends("RENAME #Public.Team #Public.Crew") == "NO [NOPERM]"


async def test_model_16_1_lists_are_read_and_changed_over_imap_by_who_administers(server: Whole, folder: Hand) -> None:
    ids = {name: (await server.house.directory.accounts.get(f"{name}@example.test")).id for name in ("alice", "bob")}
    await added(await (await server.login())("Settings.Groups"), Name="team")
    await allow(folder, 2047, kind=0, PermissionAccountID=ids["alice"])
    await allow(folder, LOOKUP | READ)
    async with server.open("imap") as talk, server.open("imap") as other:
        alice, bob = await login(talk, "alice"), await login(other, "bob")
        assert (await alice("GETACL #Public.Team"))[0] == "* ACL #Public.Team alice@example.test lrswipkxtea anyone lr"
        assert (await alice("MYRIGHTS #Public.Team.Plans"))[0] == "* MYRIGHTS #Public.Team.Plans lrswipkxtea"
        assert (await bob("MYRIGHTS #Public.Team"))[0] == "* MYRIGHTS #Public.Team lr"
        assert (await alice("LISTRIGHTS #Public.Team x"))[0] == '* LISTRIGHTS #Public.Team x "" l r s w i p k x t e a'
        for command in (
            "SETACL #Public.Team bob@example.test lrswi",
            "DELETEACL #Public.Team anyone",
            "GETACL #Public.Team",
            "LISTRIGHTS #Public.Team x",
        ):
            assert await bob.ends(command) == "NO [NOPERM]"
        assert await alice.ends("SETACL #Public.Team.Plans bob@example.test lrswi") == "OK"
        assert (await alice("GETACL #Public.Team.Plans"))[0] == (
            "* ACL #Public.Team.Plans alice@example.test lrswipkxtea bob@example.test lrswi anyone lr"
        ), "it began with the list of the folder above"
        assert await bob.append("#Public.Team.Plans", "\\Seen") == "OK"
        assert await bob.append("#Public.Team") == "NO [NOPERM]"
        for change, expected in (("+te", "lrswite"), ("-sw", "lrite"), ("+d", "lrite"), ("lrc", "lrkx"), ('""', '""')):
            assert await alice.ends(f"SETACL #Public.Team.Plans bob@example.test {change}") == "OK"
            listed = (await alice("GETACL #Public.Team.Plans"))[0].split()
            assert listed[listed.index("bob@example.test") + 1] == expected
        assert await bob.ends("SELECT #Public.Team.Plans") == "NO [NONEXISTENT]"
        assert await alice.ends("DELETEACL #Public.Team.Plans bob@example.test") == "OK"
        assert await bob.ends("SELECT #Public.Team.Plans") == "OK"
        assert await alice.ends("SETACL #Public.Team TEAM i") == "OK"
        assert (await alice("GETACL #Public.Team"))[0] == "* ACL #Public.Team alice@example.test lrswipkxtea team i anyone lr"
        for unknown in ("nobody@example.test", "nobody", "@", '"a b"'):
            assert await alice.ends(f"SETACL #Public.Team {unknown} l") == "NO [CANNOT]"
        await server.house.directory.table.set("imap_acl_enabled", value=False)
    async with server.open("imap") as talk:
        alice = await login(talk, "alice")
        assert " ACL " not in (await alice("CAPABILITY"))[0]
        assert await alice.ends("GETACL #Public.Team") == "BAD"
