"""Arguments: what each kind of them stands for.

Owns how folders, patterns, files, JSONL files, ZIPs and lists of paths are told apart. Must not
know that an article may be found twice.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from service.errors import IntakeError, ReadoutError, SourceError
from service.intake.media_types import find_media_type, list_suffixes
from service.showing import show_path
from service.sources.archives import list_members
from service.sources.findings import Found, Skipped, SourceFault, find_fault
from service.sources.folders import find_file, walk_articles
from service.sources.globs import is_pattern, match_pattern
from service.sources.lines import list_lines
from service.sources.path_lists import read_paths
from service.sources.places import describe_fault
from service.sources.sidecars import list_article_stems
from service.sources.suffixes import (
    ARCHIVE_SUFFIXES,
    LINES_SUFFIXES,
    find_suffix,
    has_article_suffix,
)


class Scope(NamedTuple):
    """What expanding an argument needs beside it."""

    skipped: Skipped
    """Counts what is no article."""
    max_chars: int
    """As for intake."""


def expand_argument(argument: str, scope: Scope) -> Iterator[Found]:
    """Yield what ``argument`` stands for: a path, or a pattern where no path has that name.

    Raises ``SourceError`` where it is neither, or of another kind than its suffix says.
    """
    path = Path(argument)
    if argument and os.path.lexists(path):
        yield from _expand_path(path, scope)
    elif is_pattern(argument):
        yield from _expand_pattern(argument, scope)
    else:
        raise SourceError(
            f"there is no file or folder {show_path(path) if argument else 'without a name'}; "
            "see how it is spelt"
        )


def expand_list(stream: BinaryIO, scope: Scope) -> Iterator[Found]:
    """Yield what the paths in ``stream`` stand for; here a path that is none is a fault."""
    for path in read_paths(stream):
        if isinstance(path, SourceFault):
            yield Found(path, None)
        else:
            yield from keep_faults(path, _expand_path(Path(path), scope))


def keep_faults(name: str, entries: Iterator[Found]) -> Iterator[Found]:
    """Yield ``entries``; what ends them too early becomes a fault of ``name``."""
    try:
        yield from entries
    except ReadoutError as error:
        yield find_fault(name, error)
    except OSError as error:
        yield find_fault(name, describe_fault(error))


def is_lone_file(argument: str) -> bool:
    """Say whether ``argument`` is a file that can hold one article at most."""
    return Path(argument).is_file() and find_suffix(argument) not in (
        *LINES_SUFFIXES,
        *ARCHIVE_SUFFIXES,
    )


def _expand_path(path: Path, scope: Scope) -> Iterator[Found]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        yield _describe_missing(path, error)
        return
    suffix = find_suffix(path.name)
    if is_folder:
        _check_folder(path, suffix)
        yield from walk_articles(path, scope.skipped)
    elif suffix in LINES_SUFFIXES:
        yield from list_lines(path, max_chars=scope.max_chars)
    elif suffix in ARCHIVE_SUFFIXES:
        yield from list_members(path, scope.skipped)
    else:
        yield from _expand_file(path)


def _describe_missing(path: Path, error: OSError | ValueError) -> Found:
    """Return the fault of a path that leads nowhere; a NUL byte in it is a ``ValueError``."""
    found = error if isinstance(error, OSError) else FileNotFoundError()
    return find_fault(str(path), describe_fault(found))


def _check_folder(path: Path, suffix: str) -> None:
    if suffix in (*LINES_SUFFIXES, *ARCHIVE_SUFFIXES):
        raise SourceError(
            f"{show_path(path)} is a folder, not a {suffix} file; name the files in it"
        )


def _expand_file(path: Path) -> Iterator[Found]:
    try:
        find_media_type(path)
    except IntakeError as error:
        if not _is_sidecar(path):
            yield find_fault(str(path), error)
        return
    yield find_file(path)


def _is_sidecar(path: Path) -> bool:
    """Say whether an article stands beside ``path`` whose sidecar it is."""
    return any(
        path.with_name(stem + suffix).is_file()
        for stem in list_article_stems(path.name)
        for suffix in ("", *list_suffixes())
        if stem
    )


def _expand_pattern(pattern: str, scope: Scope) -> Iterator[Found]:
    for match in match_pattern(pattern):
        if isinstance(match, Found):
            yield match
        elif _is_other(match):
            if not _is_sidecar(match):
                scope.skipped.count(find_suffix(match.name))
        else:
            yield from keep_faults(str(match), _expand_path(match, scope))


def _is_other(path: Path) -> bool:
    """Say whether ``path`` is a file of which nothing is read: a pattern may match anything."""
    return is_lone_file(str(path)) and not has_article_suffix(path.name)
