"""Folders, archives and lists to name for a batch, made in one call each.

Owns what the tests of sources share. Must not know how a source is listed.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from schemas.batch import Source
from service.sources import Skipped, SourceFault, list_sources

MAX_CHARS = 1_000
TEXT = "Envoys met on Friday and promised to keep the tariff truce."

Entry = Source | SourceFault


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write ``files`` below ``folder``, whose folders are made; return ``folder``."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def write_zip(path: Path, members: Mapping[str, str | bytes], method: int = ZIP_DEFLATED) -> Path:
    """Write a ZIP of ``members`` to ``path``; return ``path``."""
    with ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def write_lines(path: Path, lines: Iterable[object], end: str = "\n") -> Path:
    """Write ``lines`` as JSONL to ``path``; return ``path``."""
    path.write_bytes("".join(json.dumps(line) + end for line in lines).encode())
    return path


def list_all(
    *arguments: object, max_chars: int = MAX_CHARS, skipped: Skipped | None = None
) -> list[Entry]:
    """Return all that ``arguments`` stand for."""
    return list(list_sources(list(map(str, arguments)), max_chars=max_chars, skipped=skipped))


def name_all(folder: Path, *arguments: object) -> list[str]:
    """Return the names of all that ``arguments`` stand for, as seen from ``folder``."""
    return [os.path.relpath(entry.name, folder) for entry in list_all(*arguments)]


def list_one(*arguments: object, max_chars: int = MAX_CHARS) -> Source:
    """Return the only source that ``arguments`` stand for."""
    (entry,) = list_all(*arguments, max_chars=max_chars)
    assert isinstance(entry, Source)
    return entry


def list_faults(*arguments: object, max_chars: int = MAX_CHARS) -> dict[str, str]:
    """Return the faults' messages by their names without folders."""
    return {
        Path(entry.name).name: str(entry.error)
        for entry in list_all(*arguments, max_chars=max_chars)
        if isinstance(entry, SourceFault)
    }
