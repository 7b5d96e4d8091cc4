"""Lists of words and expressions that the lexicon's files hold for one rule each.

Owns how such a list becomes a set or a pattern: each entry is a word or a regular expression in
small letters. Knows no rule and no article.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from service.readers.embedded.lexicon import FOLDER

Lists = Mapping[str, tuple[str, ...]]
"""A table of a file: the name of a list to its entries, in order."""


@cache
def read_file(name: str) -> Mapping[str, Any]:
    """Return ``lexicon/name.toml``; read once."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def read_lists(name: str, table: str) -> Lists:
    """Return the lists of ``table`` in ``lexicon/name.toml``."""
    return {key: tuple(entries) for key, entries in read_file(name)[table].items()}


@cache
def load_words(name: str, key: str) -> frozenset[str]:
    """Return the list ``key`` of the table ``words`` in ``lexicon/name.toml`` as a set."""
    return frozenset(read_lists(name, "words")[key])


@cache
def load_pattern(name: str, key: str) -> re.Pattern[str]:
    """Return the pattern for any entry of the list ``key`` in ``lexicon/name.toml``.

    Entries of the table ``phrases`` are whole words; those of ``expressions`` are a word's or a
    phrase's beginning.
    """
    phrases = read_lists(name, "phrases")
    if key in phrases:
        return re.compile(rf"\b{join_expressions(phrases[key])}\b")
    return re.compile(rf"\b{join_expressions(read_lists(name, 'expressions')[key])}")


def join_expressions(entries: Iterable[str]) -> str:
    r"""Return one expression for any of ``entries``, earlier ones first; a blank is any ``\s``."""
    return f"(?:{'|'.join(entries)})".replace(" ", r"\s")
