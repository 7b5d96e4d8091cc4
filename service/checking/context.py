"""Everything about an article that its checks share, worked out once.

Owns the bundle of indexes and the widening of quotes to their sentences. Knows nothing of
items.
"""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.article import Article
from schemas.evidence import Evidence
from service.checking.affiliations import ArticleNames, build_names
from service.checking.dates import ArticleCalendar, build_calendar
from service.checking.instructions import find_instructions
from service.checking.wording import is_latin
from service.grounding import Span, TextIndex


class ArticleContext(NamedTuple):
    """An article, indexed for grounding and checking."""

    article: Article
    text_index: TextIndex
    calendar: ArticleCalendar
    names: ArticleNames
    instructions: tuple[Span, ...]
    """Paragraphs that speak to their reader as a program."""
    is_latin: bool
    """Whether the article's words can be compared with an English sentence's."""


class QuoteContext(NamedTuple):
    """An item's grounded quotes, and the sentences that hold them."""

    evidence: tuple[Evidence, ...]
    quotes: tuple[str, ...]
    spans: tuple[Span, ...]
    sentences: tuple[str, ...]


def build_context(article: Article) -> ArticleContext:
    """Return the context of ``article``; cost linear in its length."""
    return ArticleContext(
        article=article,
        text_index=TextIndex(article.text),
        calendar=build_calendar(article.text, article.published),
        names=build_names(article.text),
        instructions=tuple(find_instructions(article.text)),
        is_latin=is_latin(article.text),
    )


def widen_quotes(evidence: Sequence[Evidence], names: ArticleNames) -> QuoteContext:
    """Return ``evidence`` with the sentences that hold it."""
    spans = tuple(Span(one.start, one.end) for one in evidence)
    return QuoteContext(
        evidence=tuple(evidence),
        quotes=tuple(one.quote for one in evidence),
        spans=spans,
        sentences=tuple(names.find_sentences(spans)),
    )
