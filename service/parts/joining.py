"""From the readings of parts to the reading of the whole, and to what of it holds.

Owns what a reading in parts says of tokens, money and time, and the offsets in the whole text. Each
part is examined by itself: a quote stands where it was read, whatever other parts say in the same
words. Knows no reader and no store.
"""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.article import Article
from schemas.base import LIST_NAMES, ListName
from schemas.draft import Draft, DraftItem
from schemas.evidence import Evidence
from schemas.reading import Attempt, Reading, ReadPart
from service.canonical import digest
from service.checking.context import ArticleContext, build_context
from service.checking.examination import Examination, ExaminedItem, examine_draft
from service.errors import ReaderError
from service.grounding import Span
from service.parts.merging import merge_items
from service.parts.splitting import Part, cut_article

PARTS_VERSION = "1"
"""Changes whenever a text could be split, or what its parts say be merged, in another way; part of
the key of every reading in parts."""


class PartOutcome(NamedTuple):
    """What came of one part."""

    part: Part
    key: str
    """The key of its reading."""
    result: Reading | ReaderError


class Joined(NamedTuple):
    """What the parts of an article say together."""

    examination: Examination
    """Its offsets are those in the whole text."""
    context: ArticleContext
    """What a derivation asks of the whole article: the instructions of all parts, and otherwise
    the first part that was read, of which headline and gist speak."""


def derive_key(parts: Sequence[tuple[Part, str]]) -> str:
    """Return the key of the reading of an article in ``parts``, each with its own key."""
    placed = [[key, part.span.start, part.span.end] for part, key in parts]
    return digest({"version": PARTS_VERSION, "parts": placed})


def join_readings(key: str, outcomes: Sequence[PartOutcome]) -> Reading:
    """Return the reading of the whole; at least one of ``outcomes`` is a reading.

    Where a part is missing, it is another reading, whose key is not ``key``: that is for the whole.
    """
    readings = [one.result for one in outcomes if isinstance(one.result, Reading)]
    first = readings[0]
    costs = [reading.cost_usd for reading in readings]
    if len(readings) < len(outcomes):
        key = digest({"of": key, "read": [reading.key for reading in readings]})
    return Reading(
        key=key,
        engine=first.engine,
        model=first.model,
        prompt_version=first.prompt_version,
        draft=first.draft,
        discarded=[],
        attempts=[attempt for one in outcomes for attempt in _list_attempts(one)],
        cost_usd=None if None in costs else sum(cost for cost in costs if cost is not None),
        created_at=max(reading.created_at for reading in readings),
        latency_ms=max(reading.latency_ms for reading in readings),
        parts=[_note_part(one) for one in outcomes],
    )


def _list_attempts(outcome: PartOutcome) -> Sequence[Attempt]:
    return outcome.result.attempts


def _note_part(outcome: PartOutcome) -> ReadPart:
    part, key, result = outcome
    reading = result if isinstance(result, Reading) else None
    return ReadPart(
        key=key,
        start=part.span.start,
        end=part.span.end,
        draft=reading.draft if reading else None,
        discarded=reading.discarded if reading else [],
        outcomes=[attempt.outcome for attempt in result.attempts],
        failure=None if reading else str(result),
    )


def merge_draft(reading: Reading, examination: Examination) -> Reading:
    """Return ``reading`` with the draft that its parts make together."""
    items: dict[ListName, list[DraftItem]] = {name: [] for name in LIST_NAMES}
    for item in examination.items:
        items[item.list_name].append(item.draft)
    draft = Draft.model_validate(
        {**items, "headline": reading.draft.headline, "gist": reading.draft.gist}
    )
    return reading.model_copy(update={"draft": draft})


class _Found(NamedTuple):
    """What a part holds; its offsets are those in the whole text."""

    items: list[ExaminedItem]
    instructions: list[Span]


def examine_parts(parts: Sequence[ReadPart], article: Article) -> Joined:
    """Return what of the drafts of ``parts``, which are ``article``'s, holds; one has a draft.

    Takes CPU in proportion to the article's length. Headline and gist are those of the first part
    that was read, and held against it alone.
    """
    first, *others = (part for part in parts if part.draft is not None)
    context, examination = _examine(first, article)
    found = [_shift(first, context, examination)]
    # One after the other: the index of a part takes more room than its text.
    found += (_shift(part, *_examine(part, article)) for part in others)
    items = merge_items(one.items for one in found)
    instructions = tuple(span for one in found for span in one.instructions)
    return Joined(
        examination._replace(items=items),
        context._replace(article=article, instructions=instructions),
    )


def _examine(part: ReadPart, article: Article) -> tuple[ArticleContext, Examination]:
    assert part.draft is not None
    context = build_context(cut_article(article, part.start, part.end))
    return context, examine_draft(part.draft, context)


def _shift(part: ReadPart, context: ArticleContext, examination: Examination) -> _Found:
    by = part.start
    items = [
        item._replace(evidence=tuple(_shift_evidence(one, by) for one in item.evidence))
        for item in examination.items
    ]
    return _Found(items, [Span(by + one.start, by + one.end) for one in context.instructions])


def _shift_evidence(evidence: Evidence, by: int) -> Evidence:
    return Evidence(quote=evidence.quote, start=evidence.start + by, end=evidence.end + by)
