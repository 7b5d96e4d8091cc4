"""Where a long text is split so that each part can be read as an article of its own.

Owns the places of splits and the overlap of parts. Pure; knows no reader and no draft.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from schemas.article import Article
from service.checking.sentences import find_sentence_starts
from service.grounding import Span

_OVERLAP_SHARE = 12
"""A part repeats at most one in so many of the characters that a part may have."""
_SEEN_BEFORE = 8
"""Characters before a place that tell of what kind it is."""
_PARAGRAPH = re.compile(r"\n\n+(?=\S)")
_LINE = re.compile(r"\n+(?=\S)")
_FULL_STOP = re.compile(r"[。！？](?=\S)")
_WORD = re.compile(r"\s+(?=\S)")

FindStarts = Callable[[str], Iterable[int]]
"""Finds where something starts in a text, ascending, the text's own start aside."""


class Part(NamedTuple):
    """A part of an article."""

    span: Span
    article: Article
    """The part as an article: the same metadata, the part's text."""


def split_article(article: Article, part_chars: int) -> tuple[Part, ...]:
    """Return the parts of ``article``, in order; the only one is the whole, where that fits."""
    spans = split_text(article.text, part_chars)
    return tuple(Part(span, cut_article(article, span.start, span.end)) for span in spans)


def cut_article(article: Article, start: int, end: int) -> Article:
    """Return ``article`` with its text from ``start`` to ``end`` alone."""
    return article.model_copy(update={"text": article.text[start:end]})


def split_text(text: str, part_chars: int) -> list[Span]:
    """Return the parts of ``text``, which is canonical, each of at most ``part_chars``.

    Together they hold every character but blanks at their ends. A part ends before a paragraph,
    else a line, a sentence, a word, in its second half, as late as can be; where there is none, it
    is cut. The next one begins a twelfth to a twenty-fourth of ``part_chars`` before that end, by
    the same order of places: what stands across an end is whole in one of the two. Cost is
    linear.
    """
    overlap = part_chars // _OVERLAP_SHARE
    spans = []
    start = 0
    while len(text) - start > part_chars:
        end = _find_last_start(text, start + part_chars // 2, start + part_chars)
        spans.append(_trim(text, start, end))
        start = _find_first_start(text, end - overlap, end - overlap // 2)
    spans.append(_trim(text, start, len(text)))
    return [span for span in spans if span.start < span.end]


def _find_last_start(text: str, least: int, most: int) -> int:
    """Return where the last paragraph starts from ``least`` to ``most``, or what is next best."""
    for starts in _iterate_places(text, least, most):
        return starts[-1]
    return most


def _find_first_start(text: str, least: int, most: int) -> int:
    for starts in _iterate_places(text, least, most):
        return starts[0]
    return least


def _iterate_places(text: str, least: int, most: int) -> Iterator[list[int]]:
    """Yield the places from ``least`` to ``most``, kind by kind, the best first; none is empty."""
    shift = max(0, least - _SEEN_BEFORE)
    window = text[shift : most + 1]
    for find in _KINDS:
        starts = [shift + at for at in find(window) if least <= shift + at <= most]
        if starts:
            yield starts


def _find_by(pattern: re.Pattern[str]) -> FindStarts:
    return lambda text: (match.end() for match in pattern.finditer(text))


def _find_sentences(text: str) -> Iterator[int]:
    return (at for at in find_sentence_starts(text) if at > 0)


_KINDS = (
    _find_by(_PARAGRAPH),
    _find_by(_LINE),
    _find_sentences,
    _find_by(_FULL_STOP),
    _find_by(_WORD),
)
"""What a part had best end before, in this order."""


def _trim(text: str, start: int, end: int) -> Span:
    """Return the span without blanks at its ends, as canonical texts are."""
    piece = text[start:end]
    return Span(end - len(piece.lstrip()), start + len(piece.rstrip()))
