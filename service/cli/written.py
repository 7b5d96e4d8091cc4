"""Reports that a command is to write: whether they can be.

Owns what is asked before anything is paid for. Knows nothing of what is written.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from service.errors import ComparisonError
from service.outputs.replacing import PREFIX, follow, is_replaced
from service.showing import show_path


def check_writable(paths: Iterable[Path | None]) -> None:
    """Raise ``ComparisonError`` for a path that no file can be written to, or that is given twice.

    Asked before anything is paid for. Raises ``OSError`` where a folder takes no new file.
    """
    seen = set()
    for path in paths:
        if path is None:
            continue
        name, target = show_path(path), follow(path)
        if path.is_dir():
            raise ComparisonError(f"{name} is a folder; name a file in it")
        if target in seen:
            raise ComparisonError(f"{name} is to hold two reports; name another file for one")
        seen.add(target)
        if is_replaced(path):
            _check_folder(target.parent)


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise ComparisonError(f"there is no folder {show_path(folder)}; make it first")
    with tempfile.NamedTemporaryFile(dir=folder, prefix=PREFIX):
        pass
