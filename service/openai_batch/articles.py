"""The articles that are to be asked about, opened one by one.

Owns that a source that cannot be opened is an entry like any other. What is listed, and how an
article is opened, is ``service.sources``'s.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from schemas.article import Article
from schemas.batch import Source
from service.errors import ReadoutError
from service.sources import SourceFault, list_sources, open_source


class Listed(NamedTuple):
    """An article, or why there is none, under its name."""

    name: str
    article: Article | ReadoutError


def list_articles(
    arguments: Sequence[str], *, max_chars: int, stdin: BinaryIO | None = None
) -> Iterator[Listed]:
    """Yield the articles of ``arguments``, in the order of ``service.sources.list_sources``.

    One that cannot be read is yielded with its error. Raises what that raises.
    """
    listed = list_sources(arguments, max_chars=max_chars, stdin=stdin)
    return (_open(entry, max_chars) for entry in listed)


def _open(entry: Source | SourceFault, max_chars: int) -> Listed:
    if isinstance(entry, SourceFault):
        return Listed(entry.name, entry.error)
    try:
        return Listed(entry.name, open_source(entry, max_chars=max_chars))
    except ReadoutError as error:
        return Listed(entry.name, error)
