"""What a name says: article, JSONL, ZIP, or none of our business.

Owns which names of a folder or an archive are articles. Opens nothing.
"""

from pathlib import PurePath

from service.intake.media_types import list_suffixes

LINES_SUFFIXES = (".jsonl", ".ndjson")
"""Suffixes of files with one article a line, as JSON."""
ARCHIVE_SUFFIXES = (".zip",)
"""Suffixes of archives."""
README = "README"
"""The label of files that tell about their folder and are no articles in it."""

_ARTICLE_SUFFIXES = frozenset(("", *list_suffixes()))


def find_suffix(name: str) -> str:
    """Return the suffix of ``name`` with its dot, in lower case; empty where it has none."""
    return PurePath(name).suffix.lower()


def cut_suffix(name: str) -> str:
    """Return ``name``, a path too, without its suffix."""
    suffix = PurePath(name).suffix
    return name.removesuffix(suffix) if suffix else name


def has_article_suffix(name: str) -> bool:
    """Say whether intake reads files of that suffix; none counts as plain text."""
    return find_suffix(name) in _ARTICLE_SUFFIXES


def find_skip_label(name: str) -> str | None:
    """Return under which label ``name`` is passed over in a folder; ``None`` for an article."""
    if not has_article_suffix(name):
        return find_suffix(name)
    return README if PurePath(name).stem.upper() == README else None


def is_hidden(name: str) -> bool:
    """Say whether a folder's listing leaves ``name``, a path too, out."""
    return any(part.startswith(".") and part != ".." for part in PurePath(name).parts)
