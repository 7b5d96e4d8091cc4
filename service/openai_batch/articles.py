"""The articles that are to be asked about, opened one by one.

Owns that a source that cannot be opened is an entry like any other. What is listed, and how an
article is opened, is ``service.sources``'s.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from schemas.article import Article
from schemas.batch import Source
from service.errors import BatchFileError, ReadoutError
from service.sources import SourceFault, list_sources, open_source


class Listed(NamedTuple):
    """An article, or why there is none, under its name."""

    name: str
    article: Article | ReadoutError


class Lengths(NamedTuple):
    """How long an article may be, in code points."""

    document: int
    """Longest that is opened."""
    reading: int
    """Longest that one reading takes; a longer one is read in parts, which no file can hold."""


def list_articles(
    arguments: Sequence[str], lengths: Lengths, *, stdin: BinaryIO | None = None
) -> Iterator[Listed]:
    """Yield the articles of ``arguments``, in the order of ``service.sources.list_sources``.

    One that cannot be read, or not by one request, is yielded with its error. Raises what that
    raises.
    """
    listed = list_sources(arguments, max_chars=lengths.document, stdin=stdin)
    return (_open(entry, lengths) for entry in listed)


def _open(entry: Source | SourceFault, lengths: Lengths) -> Listed:
    if isinstance(entry, SourceFault):
        return Listed(entry.name, entry.error)
    try:
        article = open_source(entry, max_chars=lengths.document)
    except ReadoutError as error:
        return Listed(entry.name, error)
    if len(article.text) <= lengths.reading:
        return Listed(entry.name, article)
    return Listed(entry.name, _describe_long(len(article.text), lengths.reading))


def _describe_long(actual: int, limit: int) -> BatchFileError:
    return BatchFileError(
        f"the article has {actual:,} characters, one reading takes {limit:,}: it is read in parts, "
        "which is not done by files; use `readout batch`, or raise READOUT_PART_CHARS"
    )
