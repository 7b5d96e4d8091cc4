"""Folders: the articles in them and below them.

Owns the order (a folder's files by name, then its folders by name), what is left out, and that no
link leads in circles. Holds the names of one folder at a time.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from schemas.batch import Source
from service.errors import ReadoutError, UnreadableSourceError
from service.sources.findings import Found, Skipped, find_fault
from service.sources.places import (
    NO_FILE,
    describe_fault,
    encode_path,
    identify,
    make_name,
    stamp_status,
)
from service.sources.seen import Seen
from service.sources.sidecars import list_article_stems, list_sidecars
from service.sources.suffixes import cut_suffix, find_skip_label, has_article_suffix, is_hidden

STAMP_SEPARATOR = "+"
"""What stands between the stamps of an article and its sidecar."""


class Folder(NamedTuple):
    """A folder, and the names in it that are not hidden, sorted."""

    path: Path
    files: list[str]
    """Of everything that is no folder."""
    folders: list[str]


def walk_articles(top: Path, skipped: Skipped) -> Iterator[Found]:
    """Yield what is in ``top`` and below it; what is no article is counted in ``skipped``."""
    for step in walk_folders(top):
        if isinstance(step, Folder):
            yield from _list_articles(step, skipped)
        else:
            yield step


def walk_folders(top: Path) -> Iterator[Folder | Found]:
    """Yield ``top`` and the folders below it, each once; a fault for one that cannot be read.

    Links to folders are followed. Hidden folders are left out, except ``top`` itself.
    """
    waiting = [top]
    with Seen() as visited:
        while waiting:
            path = waiting.pop()
            try:
                if not visited.add(identify(path.stat())):
                    continue
                folder = _scan(path)
            except OSError as error:
                yield find_fault(str(path), describe_fault(error))
                continue
            yield folder
            waiting += [path / name for name in reversed(folder.folders)]


def _scan(path: Path) -> Folder:
    files: list[str] = []
    folders: list[str] = []
    with os.scandir(path) as entries:
        for entry in entries:
            if not is_hidden(entry.name):
                (folders if _is_folder(entry) else files).append(entry.name)
    return Folder(path, sorted(files), sorted(folders))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in circles: as a file it becomes a fault
        return False


def _list_articles(folder: Folder, skipped: Skipped) -> Iterator[Found]:
    stems: set[str] | None = None
    for name in folder.files:
        label = find_skip_label(name)
        if label is None:
            yield find_file(folder.path / name)
            continue
        if list_article_stems(name):
            stems = collect_stems(folder.files) if stems is None else stems
            if not stems.isdisjoint(list_article_stems(name)):
                continue
        skipped.count(label)


def collect_stems(names: list[str]) -> set[str]:
    """Return the names of articles among ``names``, without their suffixes."""
    return {cut_suffix(name) for name in names if has_article_suffix(name)}


def find_file(path: Path) -> Found:
    """Return the article in the file ``path``, whose suffix says what it is, or its fault."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return find_fault(str(path), UnreadableSourceError(NO_FILE))
        return Found(_make_source(path, status), identify(status))
    except OSError as error:
        return find_fault(str(path), describe_fault(error))
    except ReadoutError as error:
        return find_fault(str(path), error)


def _make_source(path: Path, status: os.stat_result) -> Source:
    return Source(
        name=make_name(str(path)),
        kind="file",
        path=encode_path(path),
        stamp=_join_stamps(path, status),
    )


def stamp_file(path: Path) -> str:
    """Return the stamp of the article ``path`` and its sidecar; ``OSError`` where it is gone."""
    return _join_stamps(path, path.stat())


def _join_stamps(path: Path, status: os.stat_result) -> str:
    beside = [stamp_status(sidecar.stat()) for sidecar in find_sidecars(path)]
    return STAMP_SEPARATOR.join([stamp_status(status), *beside])


def find_sidecars(path: Path) -> list[Path]:
    """Return the sidecars that stand beside the article ``path``: none, one, or one too many."""
    named = map(Path, list_sidecars(str(path)))
    return [sidecar for sidecar in named if sidecar.exists()]
