"""Where the sentences of a text start.

Owns the ends of sentences: full stops that are none, line breaks, numbered lines. Must not know
who or what a sentence is about.
"""

import re
from collections.abc import Iterator

_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof sen rep gov gen st no vs jr sr inc corp co ltd jan feb mar apr jun jul aug sep
    sept oct nov dec u.s u.k u.n e.u u.a.e a.m p.m
    """.split()
)
"""Words whose final dot ends no sentence."""
_OPENERS = frozenset(
    """
    He She It They We The In On But And This That At A After Both If Its Their However Meanwhile As
    While
    """.split()
)
"""Words that begin a sentence even behind "U.S."."""
_SENTENCE_END = re.compile(r"(?P<mark>[.!?…。][\"'”’)\]]{0,3})\s+|\n\s*")
CAPITALISED = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]*")
"""A word with a capital."""
_BEFORE_NUMBER = frozenset(" \t\u00a0([*-•–—")
"""What may stand on a line before the number that numbers it."""
_MAX_INDENT = 12
"""Most characters of that."""


def find_sentence_starts(text: str) -> Iterator[int]:
    """Yield where sentences start, ascending and 0 first.

    A single line break before a small letter ends none, nor does the dot of an abbreviation, of
    an initial, or of a figure that numbers its line ("1. Review").
    """
    yield 0
    for match in _SENTENCE_END.finditer(text):
        end = match.end()
        if end == len(text) or (text[end].islower() and match.group().count("\n") < 2):
            continue
        if match["mark"] != "." or "\n" in match.group() or not _is_inside(text, match, end):
            yield end


def _is_inside(text: str, match: re.Match[str], following: int) -> bool:
    """Say whether the dot only marks an abbreviation, an initial or a numbered line."""
    last = text[max(0, match.start() - 12) : match.start()].rpartition(" ")[2].casefold()
    last = last.rpartition("\n")[2].lstrip("(\"'“‘")
    if last.isdigit() and not _numbers_line(text, match.start() - len(last)):
        # "On December 5. Both sides".
        return False
    if len(last) > 1 and last not in _ABBREVIATIONS:
        return False
    opener = CAPITALISED.match(text, following)
    return "." not in last or opener is None or opener.group() not in _OPENERS


def _numbers_line(text: str, start: int) -> bool:
    """Say whether the number at ``start`` opens its line, but for blanks, brackets and bullets."""
    before = text[max(0, start - _MAX_INDENT) : start]
    return set(before.rpartition("\n")[2]) <= _BEFORE_NUMBER
