"""Headline and gist: what in them the article does not say, and what stands there instead.

Owns the checks of the two texts that speak of the whole article. What they may rest on is the
article less the paragraphs that instruct machines.
"""

import re
from collections.abc import Iterator, Sequence

from schemas.draft import MAX_HEADLINE_CHARS, Draft
from service.checking.context import ArticleContext
from service.checking.dates import find_stray_dates
from service.checking.fields import describe_strays, find_turn
from service.checking.findings import Finding
from service.checking.instructions import find_instructions
from service.checking.numbers import find_stray_numbers
from service.checking.stray_names import find_stray_names
from service.checking.wording import find_nearest, find_unsupported, split_sentences

_DIGITS = re.compile(r"\d+")
_VOID = "none of your items stands in the article, so this cannot either; read it again."


def examine_texts(draft: Draft, context: ArticleContext, *, is_void: bool) -> Iterator[Finding]:
    """Yield what does not hold in headline and gist.

    ``is_void`` says that the draft has items of which none holds: then neither text does.
    """
    sources = _list_sources(context)
    for name, text in (("headline", draft.headline), ("gist", draft.gist)):
        message = _VOID if is_void else _examine_text(text, sources, context)
        if message is not None:
            yield Finding((name,), message, "quote_instead", "value_cleared")


def _list_sources(context: ArticleContext) -> list[str]:
    """Return what the texts may rest on: the article, and its title if it has one."""
    text, parts, done = context.article.text, [], 0
    for span in context.instructions:
        parts.append(text[done : span.start])
        done = span.end
    sources = ["".join((*parts, text[done:]))] if parts else [text]
    title = context.article.title
    if title and not find_instructions(title):
        sources.append(title)
    return sources


def _examine_text(text: str, sources: Sequence[str], context: ArticleContext) -> str | None:
    if not text.strip(" -"):
        return "it is missing."
    strays = _find_strays(text, sources, context)
    if strays:
        return describe_strays(strays)
    if not context.is_latin:
        return None
    unsupported = find_unsupported(text, sources)
    if unsupported:
        return f'the article hardly speaks of "{unsupported[0]}"; say what it says.'
    return _find_turn(text, context)


def _find_strays(text: str, sources: Sequence[str], context: ArticleContext) -> list[str]:
    """Return what of the text the article does not say, as the checks of items have it."""
    numbers = find_stray_numbers(text, _list_near(text, sources, context))
    return [
        # What the near sentences lack may still stand elsewhere, written in words.
        *(find_stray_numbers(text, sources) if numbers else ()),
        *find_stray_dates(text, sources, context.calendar),
        *find_stray_names(text, sources, context.names),
    ]


def _list_near(text: str, sources: Sequence[str], context: ArticleContext) -> Sequence[str]:
    """Return the article's sentences that have digits in common with the text.

    Reading all numbers of a long article for the few of a headline would cost most of all.
    """
    if context.instructions:
        return sources
    digits = set(_DIGITS.findall(text))
    return [one for one in context.names.sentences if any(run in one for run in digits)]


def _find_turn(text: str, context: ArticleContext) -> str | None:
    """Return how a sentence denies or turns around the article's sentence that is nearest."""
    for sentence in split_sentences(text):
        nearest = find_nearest(sentence, context.names.sentences)
        turn = nearest and find_turn(sentence, [nearest])
        if turn:
            return turn
    return None


def find_own_words(context: ArticleContext) -> tuple[str, str]:
    """Return a headline and a gist in the article's own words, for one that does not hold."""
    plain = [one for one in context.names.sentences if one and not find_instructions(one)]
    first = plain[0] if plain else context.names.sentences[0]
    title = context.article.title
    headline = title if title and not find_instructions(title) else first
    return _shorten(headline), first


def _shorten(text: str) -> str:
    """Cut ``text`` at a word so that it makes a headline; the cut shows."""
    line = " ".join(text.split())
    if len(line) <= MAX_HEADLINE_CHARS:
        return line
    cut = line[: MAX_HEADLINE_CHARS - 1]
    return f"{cut.rsplit(' ', 1)[0]}…"
