"""Where a quote stands in the article, exactly.

Owns the search for quotes and the one notion of "the same but for typography". Pure; knows
nothing of items, values or readers. A quote is never accepted because it resembles the text.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from schemas.evidence import Evidence

GROUNDING_VERSION = "1"
"""Changes whenever a quote could be placed differently; part of every summary's id."""

MAX_CANDIDATES = 1_000
"""Most places looked at for one quote, so that cost stays linear in the article."""

_SINGLE_QUOTES = "'‘’‚‛‹›ʼ`´′"
_DOUBLE_QUOTES = '"“”„‟«»″'
_DASHES = "-‐‑‒–—―−﹘﹣"
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_REWRITTEN = re.compile(rf"[ \s]{{2,}}|-{{2,}}|[{_INVISIBLE}]+|…|[{''.join(_LIGATURES)}]")

_NUMBER_AT_START = re.compile(
    r"[.,]?\d|(?:one|two|three|four|five|six|seven|eight|nine)\b", re.IGNORECASE
)
_NUMBER_GOES_ON = re.compile(
    r"^(?:[.,]\d|\s?%|[-\s](?:per\s?cent|percent|pct|percentage|basis|hundred|thousand|million|"
    r"billion|trillion|bn|mn|m|k|tn|dozen)\b|[-–—/]\d|(?:bn|mn|m|k|tn)\b)",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(r"(?:\d[.,]|\d[-–—/]|[$€£¥₩₹]|(?<!\w)[-−]|\b\w+ty-)$")


class Span(NamedTuple):
    """A half-open slice of the article, in Unicode code points."""

    start: int
    end: int


class Grounding(NamedTuple):
    """What became of an item's quotes."""

    evidence: tuple[Evidence, ...]
    """The quotes that stand in the article, in the order given, each place once."""
    missing: tuple[int, ...]
    """Positions of the quotes that do not."""
    repeated: tuple[int, ...]
    """Positions of the quotes that stand there more than once and were placed by rule."""


@cache
def _build_table() -> dict[int, str]:
    """Map each character that typography may vary to one plain form, one for one."""
    table = {ord(char): "'" for char in _SINGLE_QUOTES}
    table |= {ord(char): '"' for char in _DOUBLE_QUOTES}
    table |= {ord(char): "-" for char in _DASHES}
    table |= {code: " " for code in range(0x3001) if chr(code).isspace()}
    for code in (*range(0xFF01, 0xFFEF), 0x3000):
        kind, _, plain = unicodedata.decomposition(chr(code)).partition(" ")
        if kind in {"<wide>", "<narrow>"} and " " not in plain:
            char = chr(int(plain, 16))
            table[code] = table.get(ord(char), char)
    return table


def _replace(special: str) -> str:
    if special[0] in _INVISIBLE:
        return ""
    return {"…": "..."}.get(special) or _LIGATURES.get(special) or special[0]


class TextIndex:
    """An article's text, ready to be searched for quotes; built once per article.

    The typographic view is built only when a quote is not found as it is.
    """

    def __init__(self, text: str) -> None:
        """Index ``text``, which must be canonical (see intake)."""
        self.text = text
        self._plain: str | None = None
        self._starts: list[int] = []
        self._shifts: list[tuple[int, int]] = []

    def find(self, quote: str) -> list[Span]:
        """Return every place where ``quote`` stands, in order; empty when it does not.

        Letter case, words, numbers and punctuation must agree. Only typography may differ:
        quote marks, dashes, ligatures, invisible characters, kind and amount of white space,
        full and half width. A place that would cut a word or a number in two (``5%`` out of
        ``25%``, ``12`` out of ``12 million``) is no place.
        """
        quote = unicodedata.normalize("NFC", quote).strip()
        if not quote:
            return []
        exact = [Span(at, at + len(quote)) for at in _iterate_places(self.text, quote)]
        return exact or self._find_plain(quote)

    def _find_plain(self, quote: str) -> list[Span]:
        plain = self._build_plain()
        for wanted in _vary_wrapping(_fold(quote)):
            spans = [
                Span(self._restore_start(at), self._restore_end(at + len(wanted)))
                for at in _iterate_places(plain, wanted)
            ]
            if spans:
                return spans
        return []

    def _build_plain(self) -> str:
        if self._plain is not None:
            return self._plain
        translated = self.text.translate(_build_table())
        parts: list[str] = []
        length = done = 0
        for match in _REWRITTEN.finditer(translated):
            new = _replace(match.group())
            parts += (translated[done : match.start()], new)
            length += match.start() - done
            self._mark(length, match.start(), match.end(), len(new))
            length += len(new)
            done = match.end()
        self._plain = "".join((*parts, translated[done:]))
        return self._plain

    def _mark(self, plain_at: int, start: int, end: int, new_length: int) -> None:
        """Note that the plain text from ``plain_at`` on stands for ``start:end``."""
        if new_length:
            self._starts.append(plain_at)
            self._shifts.append((start, end))
        self._starts.append(plain_at + new_length)
        self._shifts.append((end, end))

    def _restore_start(self, plain_at: int) -> int:
        return self._restore(plain_at, is_end=False)

    def _restore_end(self, plain_at: int) -> int:
        return self._restore(plain_at - 1, is_end=True)

    def _restore(self, plain_at: int, *, is_end: bool) -> int:
        """Return the article's offset of (or behind) one character of the plain text."""
        step = 1 if is_end else 0
        at = bisect_right(self._starts, plain_at) - 1
        if at < 0:
            return plain_at + step
        start, end = self._shifts[at]
        if start != end:
            return end if is_end else start
        return start + plain_at - self._starts[at] + step


def _fold(quote: str) -> str:
    return _REWRITTEN.sub(lambda m: _replace(m.group()), quote.translate(_build_table())).strip()


def _vary_wrapping(plain: str) -> Iterator[str]:
    """Yield the quote, then the quote without a pair of marks put around it."""
    if plain:
        yield plain
    if len(plain) > 2 and plain[0] == plain[-1] and plain[0] in "'\"":
        yield plain[1:-1].strip() or plain


def _iterate_places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    for _ in range(MAX_CANDIDATES):
        if at < 0:
            return
        if _is_whole(text, at, at + len(quote)):
            yield at
            at = text.find(quote, at + len(quote))
        else:
            at = text.find(quote, at + 1)


def _is_letter_of_word(char: str) -> bool:
    """Say whether ``char`` belongs to a script that separates its words by blanks."""
    return char.isalnum() and ord(char) < 0x0E00


def _is_whole(text: str, start: int, end: int) -> bool:
    """Say whether the slice cuts neither a word nor a number in two."""
    before, after = text[max(0, start - 12) : start], text[end : end + 12]
    first, last = text[start], text[end - 1]
    if before and _is_letter_of_word(before[-1]) and _is_letter_of_word(first):
        return False
    if after and _is_letter_of_word(last) and _is_letter_of_word(after[0]):
        return False
    if last.isdigit() and _NUMBER_GOES_ON.match(after):
        return False
    head = text[start : start + 12]
    return not (_NUMBER_AT_START.match(head) and _NUMBER_BEFORE.search(before))


def ground_quotes(quotes: Sequence[str], index: TextIndex) -> Grounding:
    """Find each of an item's ``quotes`` in the article.

    A quote that stands there more than once goes to the place nearest the item's other
    evidence (those with one place decide, in the order given), else to the first. The slice
    that is returned is the article's own, also where typography differs.
    """
    places = [index.find(quote) for quote in quotes]
    anchors = [spans[0] for spans in places if len(spans) == 1]
    chosen = [_choose(spans, anchors) for spans in places if spans]
    evidence = [
        Evidence(quote=index.text[span.start : span.end], start=span.start, end=span.end)
        for span in dict.fromkeys(chosen)
    ]
    return Grounding(
        evidence=tuple(evidence),
        missing=tuple(at for at, spans in enumerate(places) if not spans),
        repeated=tuple(at for at, spans in enumerate(places) if len(spans) > 1),
    )


def _choose(spans: Sequence[Span], anchors: Sequence[Span]) -> Span:
    if len(spans) == 1 or not anchors:
        return spans[0]
    return min(spans, key=lambda span: min(_measure_gap(span, anchor) for anchor in anchors))


def _measure_gap(one: Span, other: Span) -> int:
    """Return the number of characters between two spans; 0 where they touch or overlap."""
    return max(0, other.start - one.end, one.start - other.end)
