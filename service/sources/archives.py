"""ZIPs: which members are articles.

Owns what an archive's directory may hold. Nothing is unpacked here, and nothing ever to disk. How
a member is unpacked is ``service.sources.members``'s.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import FileIO
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from schemas.batch import Source
from service.errors import (
    EncryptedArticleError,
    ReadoutError,
    SourceError,
    UnreadableSourceError,
)
from service.showing import show_path
from service.sources.findings import Found, Skipped, find_fault
from service.sources.folders import STAMP_SEPARATOR, collect_stems
from service.sources.places import encode_path, identify, make_name, open_regular, stamp_status
from service.sources.sidecars import list_article_stems, list_sidecars
from service.sources.suffixes import find_skip_label, is_hidden

MAX_MEMBERS = 100_000
"""Most members of an archive, inclusive."""
MAX_DIRECTORY_BYTES = 16 * 1024 * 1024
"""Largest directory of an archive; it is held in memory, a member has some 150 bytes of it."""
MAX_UNPACKED_BYTES = 64 * 1024**3
"""Most bytes, inclusive, that an archive's members may have by its own account."""
_ENCRYPTED = 0x1
_NAMED_IN_UTF8 = 0x800

Directory = Mapping[str, ZipInfo]
"""The members of an archive by their names."""


class _Account(NamedTuple):
    """What an archive says of itself."""

    members: list[ZipInfo]
    """In the order of the archive; folders too."""
    directory: Directory
    """Of several members of one name the last, which every unpacker leaves."""


class _BoundedFile(FileIO):
    """An archive of whose directory no more is read than may be held."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read as ``FileIO`` does; ``BadZipFile`` for more than a directory has."""
        if size is not None and size > MAX_DIRECTORY_BYTES:
            raise BadZipFile(f"its directory has more than {MAX_DIRECTORY_BYTES:,} bytes")
        return super().read(-1 if size is None else size)


def list_members(path: Path, skipped: Skipped) -> Iterator[Found]:
    """Yield the articles of the ZIP ``path``; what is no article is counted in ``skipped``.

    A member that is encrypted, a link, or called by a name that leads out of the archive is a
    fault. Raises ``SourceError`` for a file that is no ZIP, or one of too many or too large
    members, and ``UnreadableSourceError`` for one that cannot be opened.
    """
    account = _load(path)
    stems = collect_stems(list(account.directory))
    identity, encoded = identify(path.stat()), encode_path(path)
    for member in account.members:
        if not _is_unsafe(member.orig_filename) and _is_passed_over(member, stems, skipped):
            continue
        name = f"{path}/{_decode_name(member)}"
        here = f"{identity}:{member.header_offset}"
        fault = _check(member, account.directory)
        if fault is not None:
            yield find_fault(name, fault, here)
            continue
        source = Source(
            name=make_name(name),
            kind="member",
            path=encoded,
            member=member.filename,
            stamp=stamp_member(account.directory, member.filename),
        )
        yield Found(source, here)


def load_directory(path: Path) -> Directory:
    """Return the members of the ZIP ``path``; raises what ``list_members`` raises."""
    return _load(path).directory


def stamp_member(directory: Directory, name: str) -> str:
    """Return the stamp of the member ``name`` and its sidecar: their sizes and CRCs."""
    named = [name, *(sidecar for sidecar in list_sidecars(name) if sidecar in directory)]
    parts = [directory[one] for one in named]
    return STAMP_SEPARATOR.join(f"{part.file_size}-{part.CRC:08x}" for part in parts)


def _load(path: Path) -> _Account:
    with open_regular(path) as file:
        return _read_directory(path, stamp_status(os.fstat(file.fileno())))


@lru_cache(maxsize=2)
def _read_directory(path: Path, _stamp: str) -> _Account:
    """Return what stands in the archive; kept, since every member's opening asks for it."""
    try:
        with _BoundedFile(path) as file, ZipFile(file) as archive:
            members = archive.infolist()
    except (BadZipFile, NotImplementedError, UnicodeError, ValueError) as error:
        raise SourceError(f"{show_path(path)} is no ZIP that can be read: {error}") from error
    except OSError as error:
        raise SourceError(f"{show_path(path)} is no ZIP that can be read: it is cut") from error
    _check_bounds(path, members)
    return _Account(members, {member.filename: member for member in members})


def _check_bounds(path: Path, members: list[ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise SourceError(
            f"{show_path(path)} has {len(members):,} members, the limit is {MAX_MEMBERS:,}; "
            "pack them into several, or unpack it and name the folder"
        )
    declared = sum(member.file_size for member in members)
    if declared > MAX_UNPACKED_BYTES:
        raise SourceError(
            f"{show_path(path)} unpacks to {declared:,} bytes, the limit is "
            f"{MAX_UNPACKED_BYTES:,}; pack its articles into several"
        )


def _is_passed_over(member: ZipInfo, stems: set[str], skipped: Skipped) -> bool:
    if member.is_dir() or is_hidden(member.filename):
        return True
    label = find_skip_label(member.filename)
    if label is None:
        return False
    if stems.isdisjoint(list_article_stems(member.filename)):
        skipped.count(label)
    return True


def _check(member: ZipInfo, directory: Directory) -> ReadoutError | None:
    if _is_unsafe(member.orig_filename):
        return UnreadableSourceError(
            "the member's name leads out of the archive; pack it again with plain names"
        )
    if member.flag_bits & _ENCRYPTED:
        return EncryptedArticleError(
            "the member is encrypted, and no password is taken; pack it again without one"
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        return UnreadableSourceError("the member is a link; pack the file to which it leads")
    if member is not directory[member.filename]:
        return UnreadableSourceError("a later member has the same name, and that one is read")
    return None


def _is_unsafe(name: str) -> bool:
    windows = PureWindowsPath(name)
    rooted = bool(windows.anchor) or PurePosixPath(name).is_absolute()
    return rooted or ".." in windows.parts or "\0" in name


def _decode_name(member: ZipInfo) -> str:
    """Return the name for people: many packers write UTF-8 and do not say so."""
    if member.flag_bits & _NAMED_IN_UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode()
    except UnicodeError:
        return member.filename
