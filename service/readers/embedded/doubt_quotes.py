"""What the rules for doubts share: a contradiction, and the quote that carries one side of it.

Owns the cutting of a sentence to the clause that matters. Knows no rule.
"""

import re
from typing import NamedTuple

from service.readers.embedded.page import Sentence

MAX_QUOTE_CHARS = 300
_PART = re.compile(r"[,;:—–]\s|\s[—–]|[“”\"(]|[.!?][\"”’)]*$")


class Conflict(NamedTuple):
    """Two places of an article that cannot both be right."""

    about: str
    quotes: tuple[str, ...]


def cut_clause(sentence: Sentence, start: int, end: int) -> str:
    """Return the clause or clauses around the article's ``start:end``, at most 300 characters."""
    low, high = start - sentence.start, end - sentence.start
    begin, stop = 0, len(sentence.text)
    for mark in _PART.finditer(sentence.text):
        if mark.end() <= low:
            begin = mark.end()
        elif mark.start() >= high:
            stop = mark.start()
            break
    return cut_words(sentence.text[begin:stop].strip())


def cut_words(text: str) -> str:
    """Return ``text``, cut behind a word where it is longer than a quote may be."""
    if len(text) <= MAX_QUOTE_CHARS:
        return text
    cut = text[:MAX_QUOTE_CHARS]
    return cut.rpartition(" ")[0] or cut
