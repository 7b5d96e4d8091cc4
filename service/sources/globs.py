"""Patterns such as ``news/**/*.txt``, which the shell was kept from expanding.

Owns what a pattern matches: as in a shell, hidden names only where the pattern's part begins with
a dot; ``**`` stands for any number of folders. Must not know what becomes of a match.
"""

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from service.sources.findings import Found, find_fault
from service.sources.folders import Folder, walk_folders
from service.sources.places import describe_fault

ANY_DEPTH = "**"
_WILD = frozenset("*?[")


def is_pattern(argument: str) -> bool:
    """Say whether ``argument`` has a wildcard."""
    return not _WILD.isdisjoint(argument)


def match_pattern(pattern: str) -> Iterator[Path | Found]:
    """Yield the files and folders that ``pattern`` matches, sorted folder by folder.

    A path may come more than once where there are several ``**``. A folder that cannot be read
    is a fault.
    """
    path = Path(pattern)
    start = Path(path.anchor)
    yield from _match(start, path.parts[1:] if path.anchor else path.parts)


def _match(folder: Path, parts: Sequence[str]) -> Iterator[Path | Found]:
    if not parts:
        yield folder
    elif parts[0] == ANY_DEPTH:
        yield from _match_any_depth(folder, parts[1:])
    elif is_pattern(parts[0]):
        yield from _match_names(folder, parts)
    elif os.path.lexists(folder / parts[0]):
        yield from _match(folder / parts[0], parts[1:])


def _match_any_depth(folder: Path, parts: Sequence[str]) -> Iterator[Path | Found]:
    if not parts:
        yield folder
        return
    for step in walk_folders(folder):
        if isinstance(step, Folder):
            yield from _match(step.path, parts)
        else:
            yield step


def _match_names(folder: Path, parts: Sequence[str]) -> Iterator[Path | Found]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if _matches(entry.name, parts[0]))
    except NotADirectoryError:
        return
    except OSError as error:
        yield find_fault(str(folder), describe_fault(error))
        return
    for name in names:
        # What has to be a folder and is none matches nothing, and is no fault.
        if len(parts) == 1 or (folder / name).is_dir():
            yield from _match(folder / name, parts[1:])


def _matches(name: str, pattern: str) -> bool:
    return fnmatchcase(name, pattern) and name.startswith(".") <= pattern.startswith(".")
