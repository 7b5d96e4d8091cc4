"""The articles that paths name, folders with all that is in them.

Owns which files of a folder are articles. What a file becomes is intake's.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from schemas.article import Article
from service.errors import IntakeError, ReadoutError, UndecodableArticleError
from service.intake import Metadata
from service.intake.files import read_file
from service.intake.media_types import list_suffixes
from service.showing import show_path, show_reason


class Listed(NamedTuple):
    """An article, or why there is none, under the name of its file."""

    name: str
    article: Article | ReadoutError


def list_articles(paths: Sequence[Path], max_chars: int) -> Iterator[Listed]:
    """Yield the articles of ``paths``, one by one, those of a folder in the order of their names.

    Of a folder, files are read whose suffix intake knows; hidden ones and links to folders are
    not followed. A file that cannot be read is yielded with its error. Raises ``OSError`` for a
    path that is not there.
    """
    for path in paths:
        for file in _walk(path) if path.is_dir() else (path,):
            yield Listed(show_path(file), _read(file, max_chars, given=file is path))


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and path.suffix.lower() in list_suffixes():
                yield path


def _read(path: Path, max_chars: int, *, given: bool) -> Article | ReadoutError:
    try:
        return read_file(path, Metadata(), max_chars=max_chars)
    except IntakeError as error:
        return error
    except OSError as error:
        if given:
            raise
        return UndecodableArticleError(f"the file cannot be read: {show_reason(error)}")
