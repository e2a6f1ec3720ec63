"""The file of a backup.

    POSTROOM BACKUP 1 LF
    length (4), header: JSON, in the clear: id, base, time, schema, sealed key
    pieces              each up to 512 KB, compressed (zlib), then a file of age to the backup's own identity
    index               likewise: the parts with the lengths and SHA-256 of their pieces
    trailer             fixed length: where the index is, SHA-256 of header, index and trailer

Parts are streams of bytes cut into pieces: a file of the data directory, the rows of one table, a run of contents. What is read is bounded before it
is decompressed, and every octet of the file is covered by a digest, so that damage is told apart from a wrong key.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import os
import struct
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

import pyrage
from pyrage.x25519 import Identity

from postroom.operations.backup.errors import BackupError, Damaged, NewerBackup
from postroom.storage.disk import free_bytes, sync_directory, sync_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from postroom.operations.backup.keys import Key

VERSION: Final = 1
NAME: Final = b"POSTROOM BACKUP "
MAGIC: Final = NAME + b"%d\n" % VERSION
SUFFIX: Final = ".backup"
PIECE: Final = 512 * 1024
"""Octets of a piece before compression: age holds the interpreter for 2 ms over one."""

LONGEST_PIECE: Final = 2 * PIECE
LONGEST_HEADER: Final = 64 * 1024
LONGEST_INDEX: Final = 256 * 1024 * 1024
SAMPLE: Final = 16 * 1024
LENGTH: Final = struct.Struct("!I")
TRAILER: Final = struct.Struct("!8sQQ32s32s")
END: Final = b"PRBKEND1"
DIGEST: Final = hashlib.sha256().digest_size


class Header(NamedTuple):
    """What a backup says before it is opened. Times in UTC microseconds; `marks` are the highest content ids of each shard."""

    id: str
    base: str
    created: int
    postroom: str
    shards: int
    control_schema: int
    mail_schema: int
    key_mark: str
    sealed: str


class Piece(NamedTuple):
    """Octets of the file that decrypt to a piece of a part."""

    length: int
    digest: bytes


@dataclass(slots=True)
class Part:
    """A stream in the file. `kind` is file, rows or contents; `first` to `last` are the content ids; `size` counts octets before compression."""

    kind: str
    name: str = ""
    shard: int = -1
    columns: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    count: int = 0
    size: int = 0
    offset: int = 0
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """What a backup holds: its parts, and for each shard the content ids it begins after and ends with."""

    parts: tuple[Part, ...]
    after: tuple[int, ...]
    upto: tuple[int, ...]
    damaged: int


class ArchiveWriter:
    """Writes one backup beside its place; `finish` puts it there, `abandon` leaves nothing. Blocking code."""

    def __init__(self, path: Path, header: Header, key: Key, reserve: int = 0) -> None:
        """Seal a new identity for the key and write the header; raises BackupError. `reserve` bytes of the disk stay free."""
        self._reserve = reserve
        identity = Identity.generate()
        self._recipient = [identity.to_public()]
        self.path = path
        self.header = header._replace(key_mark=key.mark, sealed=base64.b64encode(key.seal(str(identity).encode())).decode())
        self._partial = path.with_name(f".{path.name}.partial")
        self._parts: list[Part] = []
        packed = json.dumps(self.header._asdict()).encode()
        head = MAGIC + LENGTH.pack(len(packed)) + packed
        self._header_digest = hashlib.sha256(head).digest()
        self._offset = 0
        with _told(path):
            descriptor = os.open(self._partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            self._file = os.fdopen(descriptor, "wb", buffering=1 << 20)
            try:
                self._write(head)
            except OSError:
                self.abandon()
                raise

    def part(self, part: Part, pieces: Sequence[Piece]) -> None:
        """Note a part whose pieces are the last that were written."""
        part.pieces, part.offset = tuple(pieces), self._offset - sum(piece.length for piece in pieces)
        self._parts.append(part)

    def piece(self, data: bytes) -> Piece:
        """Compress, encrypt and write one piece; returns what the index says of it. Raises BackupError."""
        sealed = pyrage.encrypt(compressed(data), self._recipient)
        with _told(self.path):
            if free_bytes(self.path.parent) < self._reserve:  # a backup must not be what keeps mail from coming in
                raise OSError(errno.ENOSPC, "the disk is nearly full (see the setting free_space_reserve)")
            self._write(sealed)
        return Piece(len(sealed), hashlib.sha256(sealed).digest())

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._offset += len(data)

    def finish(self, after: Sequence[int], upto: Sequence[int], damaged: int) -> int:
        """Write the index, sync, and give the file its name; returns its size. Raises BackupError."""
        index = pyrage.encrypt(compressed(_packed(self._parts, after, upto, damaged)), self._recipient)
        trailer = TRAILER.pack(END, self._offset, len(index), self._header_digest, hashlib.sha256(index).digest())
        with _told(self.path):
            self._write(index + trailer + hashlib.sha256(trailer).digest())
            self._file.flush()
            sync_file(self._file.fileno())
            self._file.close()
            self._partial.rename(self.path)
            sync_directory(self.path.parent)
        return self._offset

    def abandon(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._partial.unlink(missing_ok=True)


class _told:  # noqa: N801 - reads as a word of its `with`
    """Tells a failing disk as the sentence it is."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise BackupError(f"The backup {self._path} can't be written: {error.strerror}. What was written of it is removed.") from error


def compressed(data: bytes) -> bytes:
    """Compress a piece; what hardly repeats itself (base64) is only coded, three times as fast and no larger."""
    sample = data[:SAMPLE]
    dense = len(zlib.compress(sample, 1)) > len(sample) * 6 // 10
    packing = zlib.compressobj(1, zlib.DEFLATED, 15, 9, zlib.Z_HUFFMAN_ONLY if dense else zlib.Z_DEFAULT_STRATEGY)
    return packing.compress(data) + packing.flush()


def decompressed(data: bytes, most: int) -> bytes:
    """Decompress what must not be longer than `most`; raises Damaged."""
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(data, most + 1)
    except zlib.error as error:
        raise Damaged(f"A piece of the backup can't be decompressed: {error}.") from None
    if len(found) > most or not unpacking.eof or unpacking.unused_data:  # a bomb, or more than we wrote
        raise Damaged("A piece of the backup is longer than any that Postroom writes.")
    return found


def _packed(parts: Sequence[Part], after: Sequence[int], upto: Sequence[int], damaged: int) -> bytes:
    rows = [
        [
            *(it.kind, it.name, it.shard, it.columns, it.first, it.last, it.count, it.size, it.offset),
            [piece.length for piece in it.pieces],
            base64.b64encode(b"".join(piece.digest for piece in it.pieces)).decode(),
        ]
        for it in parts
    ]
    return json.dumps({"parts": rows, "after": list(after), "upto": list(upto), "damaged": damaged}).encode()


def read_header(path: Path) -> Header:
    """Read what a backup says in the clear; raises BackupError. Nothing is proven by it but the digests of header and trailer."""
    with ArchiveReader(path) as reader:
        return reader.header


class ArchiveReader:
    """Reads one backup; `open` it with a key before its parts are read. Blocking code, used by one thread at a time; close it."""

    def __init__(self, path: Path) -> None:
        """Read header and trailer; raises Damaged, NewerBackup or BackupError."""
        self.path = path
        try:
            self._file = path.open("rb")
            self.size = os.fstat(self._file.fileno()).st_size
        except OSError as error:
            raise BackupError(f"The backup {path} can't be read: {error.strerror}.") from error
        try:
            self._read_ends()
        except BaseException:
            self._file.close()
            raise
        self._identity: list[Identity] = []
        self.index = Index((), (), (), 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _read_ends(self) -> None:
        start = self._file.read(len(NAME) + 12)
        version, line_end, _ = start.removeprefix(NAME).partition(b"\n")
        if not start.startswith(NAME) or not line_end or not version.isdigit():
            raise Damaged(f"{self.path} is no backup of Postroom, or its beginning is damaged.")
        if int(version) > VERSION:
            raise NewerBackup(f"{self.path} was written by a newer Postroom (format {int(version)}, this one knows {VERSION}): upgrade first.")
        trailer = self._at(self.size - TRAILER.size - DIGEST, TRAILER.size + DIGEST)
        if hashlib.sha256(trailer[: TRAILER.size]).digest() != trailer[TRAILER.size :] or not trailer.startswith(END):
            raise Damaged(f"{self.path} has no end: the file is cut off or damaged there.")
        _, self._index_at, self._index_length, header_digest, self._index_digest = TRAILER.unpack(trailer[: TRAILER.size])
        (length,) = LENGTH.unpack(self._at(len(MAGIC), LENGTH.size))
        if length > LONGEST_HEADER:
            raise Damaged(f"{self.path} is damaged: its header is too long.")
        self._pieces_at = len(MAGIC) + LENGTH.size + length
        head = self._at(0, self._pieces_at)
        if hashlib.sha256(head).digest() != header_digest:
            raise Damaged(f"{self.path} is damaged in its header.")
        whole = self._index_at + self._index_length + TRAILER.size + DIGEST
        if whole != self.size or self._index_length > LONGEST_INDEX:
            raise Damaged(f"{self.path} is damaged: its index is not where it should be.")
        self.header = _header(head[len(MAGIC) + LENGTH.size :], self.path)

    def _at(self, offset: int, length: int) -> bytes:
        if offset < 0:
            raise Damaged(f"{self.path} is cut off.")
        try:
            self._file.seek(offset)
            found = self._file.read(length)
        except OSError as error:
            raise Damaged(f"{self.path} can't be read: {error.strerror}.") from error
        if len(found) != length:
            raise Damaged(f"{self.path} is cut off.")
        return found

    def open(self, key: Key) -> None:
        """Open the index; raises WrongKey or Damaged."""
        secret = key.unseal(base64.b64decode(self.header.sealed))
        try:
            self._identity = [Identity.from_str(secret.decode("ascii"))]
        except (pyrage.IdentityError, UnicodeDecodeError):
            raise Damaged(f"{self.path} is damaged: its own key is none.") from None
        packed = self._decrypted(self._index_at, Piece(self._index_length, self._index_digest), "index")
        self.index = _index(decompressed(packed, 2 * LONGEST_INDEX), self.path)
        offset = self._pieces_at
        for part in self.index.parts:
            if part.offset != offset:
                raise Damaged(f"{self.path} is damaged: its pieces do not follow each other.")
            offset += sum(piece.length for piece in part.pieces)
        if offset != self._index_at or self.header.shards != len(self.index.after) or self.header.shards != len(self.index.upto):
            raise Damaged(f"{self.path} is damaged: its index does not fit its pieces.")

    def _decrypted(self, offset: int, piece: Piece, what: str) -> bytes:
        sealed = self._at(offset, piece.length)
        if hashlib.sha256(sealed).digest() != piece.digest:
            raise Damaged(f"{self.path} is damaged in its {what}, near octet {offset}.")
        try:
            return bytes(pyrage.decrypt(sealed, self._identity))
        except pyrage.DecryptError:
            raise Damaged(f"{self.path} is damaged in its {what}, near octet {offset}.") from None

    def stream(self, part: Part) -> Iterator[bytes]:
        """Give a part's octets piece by piece; raises Damaged."""
        offset = part.offset
        for piece in part.pieces:
            if piece.length > LONGEST_PIECE:
                raise Damaged(f"{self.path} is damaged: a piece near octet {offset} is too long.")
            yield decompressed(self._decrypted(offset, piece, part.name or part.kind), PIECE)
            offset += piece.length


def _header(packed: bytes, path: Path) -> Header:
    try:
        values: dict[str, Any] = json.loads(packed)
        header = Header(**values)
        text = (header.id, header.base, header.postroom, header.key_mark, header.sealed)
        numbers = (header.created, header.shards, header.control_schema, header.mail_schema)
        base64.b64decode(header.sealed, validate=True)
    except (ValueError, TypeError) as error:
        raise Damaged(f"{path} is damaged in its header: {error}.") from None
    if not all(type(value) is str for value in text) or not all(type(value) is int for value in numbers):
        raise Damaged(f"{path} is damaged in its header.")
    return header


def _index(packed: bytes, path: Path) -> Index:
    try:
        values: dict[str, Any] = json.loads(packed)
        parts = tuple(_part(row) for row in values["parts"])
        return Index(parts, tuple(map(int, values["after"])), tuple(map(int, values["upto"])), int(values["damaged"]))
    except (ValueError, TypeError, KeyError, struct.error) as error:
        raise Damaged(f"{path} is damaged in its index: {error}.") from None


def _part(row: list[Any]) -> Part:
    kind, name, shard, columns, first, last, count, size, offset, lengths, packed = row
    digests = base64.b64decode(packed, validate=True)
    if len(digests) != DIGEST * len(lengths):
        raise ValueError("digests are missing")
    pieces = tuple(Piece(int(length), digests[at * DIGEST : (at + 1) * DIGEST]) for at, length in enumerate(lengths))
    numbers = (int(first), int(last), int(count), int(size), int(offset))
    return Part(str(kind), str(name), int(shard), tuple(map(str, columns)), *numbers, pieces)
