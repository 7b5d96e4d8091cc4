"""Headline and gist, from what was found and the article's own sentences.

Owns the choice. Says nothing that the article does not say: both are in its words, and each is
held against the checks that every reader's texts must pass before it is taken.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from schemas.base import LIST_NAMES, ListName
from schemas.draft import Draft
from service.checking.context import ArticleContext
from service.checking.texts import examine_texts, find_own_words
from service.readers.embedded.overview_headline import find_headline_line, list_headlines
from service.readers.embedded.overview_sentences import (
    MAX_CHARS,
    clean_text,
    points_back,
    stands_alone,
    strip_dateline,
)
from service.readers.embedded.page import Page, Sentence

MAX_GIST_CHARS = 700
"""Longest gist; a sentence that alone is longer is cut at a word."""
_MAX_SENTENCES = 3
_LEAD_SENTENCES = 5
"""Among how many of the first sentences the lead is sought."""
_MAX_TRIES = 4
_WORD = re.compile(r"[^\W\d_]{4,}")
_SALIENT = tuple(
    "agree promise impose increase reduce remove suspend extend restrict allow".split()
)


_OVER = frozenset({"ended", "rejected", "maintain", "withdrawn"})
"""What an item's status or action may be where it is hardly the news."""
_OVER_WEIGHT = 0.4
_Place = tuple[ListName, int]
"""A list, and an item's place in it."""


class _Candidate(NamedTuple):
    sentence: Sentence
    text: str
    items: frozenset[_Place]
    salience: float


def write_overview(page: Page, lists: Draft) -> tuple[str, str]:
    """Return headline (at most 120 characters) and gist (2 or 3 sentences) for what was found.

    ``lists`` is the draft so far; its own headline and gist are placeholders. Where nothing was
    found, or nothing stands alone, both are the article's own first sentences.
    """
    others = islice(list_headlines(page), _MAX_TRIES)
    headline = next(others, "-")
    candidates = _list_candidates(page, lists, headline)
    gist = ""
    for _ in range(_MAX_TRIES):
        chosen = _choose(candidates, lists)
        gist = " ".join(one.text for one in chosen) or _take_first(page)
        wrong = _find_wrong(lists, page.context, headline, gist)
        if not wrong:
            break
        if "headline" in wrong:
            headline = next(others, headline)
        if "gist" in wrong:
            candidates = _drop_wrong(candidates, chosen, page, lists)
            gist = _take_first(page)
    return headline, gist


def _find_wrong(lists: Draft, context: ArticleContext, headline: str, gist: str) -> set[str]:
    """Return which of the two the checks of every reader's texts find wrong."""
    draft = lists.model_copy(update={"headline": headline, "gist": gist})
    return {str(finding.path[0]) for finding in examine_texts(draft, context, is_void=False)}


def _drop_wrong(
    candidates: list[_Candidate], chosen: list[_Candidate], page: Page, lists: Draft
) -> list[_Candidate]:
    """Return the candidates without those that the checks find wrong, or without all chosen."""
    wrong = [one for one in chosen if _find_wrong(lists, page.context, one.text, one.text)]
    return [one for one in candidates if one not in (wrong or chosen)]


def _list_candidates(page: Page, lists: Draft, headline: str) -> list[_Candidate]:
    """Return the sentences that a gist may have, in order."""
    own = page.own
    line = find_headline_line(own)
    items, topics = _locate_items(page, lists), _list_topics(headline)
    found = []
    for at, sentence in enumerate(own):
        if len(sentence.text) > 2 * MAX_CHARS or (line and clean_text(sentence.text) in line):
            continue
        text = strip_dateline(clean_text(sentence.text))
        if text.rstrip(".") == headline and len(own) > 1 and line:
            continue
        if stands_alone(sentence, text):
            held = frozenset(items.get(sentence.index, ()))
            salience = _weigh(sentence, text, at) + 0.3 * min(3, len(topics & _list_topics(text)))
            found.append(_Candidate(sentence, text, held, salience))
    return found


def _locate_items(page: Page, lists: Draft) -> dict[int, set[_Place]]:
    """Return the items that stand in each sentence, by its index; no asides, no doubts."""
    starts = [sentence.start for sentence in page.sentences]
    article = page.context.article.text
    found: defaultdict[int, set[_Place]] = defaultdict(set)
    for name in LIST_NAMES:
        for at, item in enumerate(getattr(lists, name) if name != "doubts" else ()):
            for quote in () if item.aside else item.evidence:
                place = article.find(quote)
                if place >= 0:
                    index = max(0, bisect_right(starts, place) - 1)
                    found[page.sentences[index].index].add((name, at))
    return found


def _list_topics(text: str) -> frozenset[str]:
    """Return the longer words of a text, in small letters and singular."""
    return frozenset(word.lower().removesuffix("s") for word in _WORD.findall(text))


def _weigh(sentence: Sentence, text: str, at: int) -> float:
    """Return how much a sentence tells by itself: who, when, how much, and how early."""
    states = {name.entry.name for name in sentence.names if name.entry}
    weight = min(len(states), 2) + 0.5 * bool(sentence.dates) + 0.5 * bool(sentence.numbers)
    weight += 0.5 * any(token.is_of(*_SALIENT) for token in sentence.tokens)
    weight -= points_back(text) + (len(text) > MAX_CHARS) + at / 20
    return weight


def _choose(candidates: Sequence[_Candidate], lists: Draft) -> list[_Candidate]:
    """Return the sentences that together tell most, in the article's order."""
    if not any(one.items for one in candidates):
        return _fit(candidates[:2])
    chosen = [_choose_lead(candidates)]
    while len(chosen) < _MAX_SENTENCES:
        rest = [one for one in candidates if one not in chosen]
        told = frozenset[_Place]().union(*(one.items for one in chosen))
        news = [one for one in rest if one.items - told] or (rest if len(chosen) == 1 else [])
        if not news:
            break
        chosen.append(max(news, key=lambda one: _value(one, told, lists)))
    return sorted(_fit(chosen), key=lambda one: one.sentence.index)


def _value(one: _Candidate, told: frozenset[_Place], lists: Draft) -> float:
    """Return how much a sentence adds to the items that are told."""
    kinds = {name for name, _ in told}
    added = one.items - told
    value = sum(_weigh_item(lists, place) + 0.3 * (place[0] not in kinds) for place in added)
    return value + 0.4 * one.salience


def _weigh_item(lists: Draft, place: _Place) -> float:
    item = getattr(lists, place[0])[place[1]]
    is_over = item.status in _OVER or getattr(item, "action", None) in _OVER
    return _OVER_WEIGHT if is_over else 1


def _choose_lead(candidates: Sequence[_Candidate]) -> _Candidate:
    """Return the first sentence that tells an item or names a state, else the weightiest."""
    for one in candidates[:_LEAD_SENTENCES]:
        if one.items or any(name.entry for name in one.sentence.names):
            return one
    return max(candidates, key=lambda one: (len(one.items), one.salience))


def _fit(chosen: Sequence[_Candidate]) -> list[_Candidate]:
    """Return as many of the sentences as a gist has room for, the first in any case."""
    kept: list[_Candidate] = []
    length = 0
    for one in chosen:
        length += len(one.text) + 1
        if length <= MAX_GIST_CHARS or not kept:
            kept.append(one)
    return kept


def _take_first(page: Page) -> str:
    """Return the first sentences as they are, for a text of which none stands alone."""
    told = [one.text for one in page.own or page.told]
    texts = [clean_text(one) for one in told[:2]] or [clean_text(find_own_words(page.context)[1])]
    gist = " ".join(text for text in texts if text)
    if len(gist) <= MAX_GIST_CHARS:
        return gist or page.context.article.text[:MAX_GIST_CHARS].strip() or "-"
    cut = gist[: MAX_GIST_CHARS - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"
