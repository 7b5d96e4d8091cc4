"""From a reading to a summary, without a call.

Owns the id of a summary, the numbering of its items and what is warned of. Knows no reader
and no store.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from schemas.article import Article
from schemas.base import LIST_NAMES, SCHEMA_VERSION, ListName
from schemas.draft import Draft
from schemas.reading import AttemptOutcome, Complaint, Reading, ReadPart
from schemas.summary import (
    ChipPolicy,
    Commitment,
    Doubt,
    Item,
    NonTariffMeasure,
    Provenance,
    Summary,
    SummaryWarning,
    Talk,
    Tariff,
)
from service.canonical import digest
from service.checking.context import ArticleContext
from service.checking.dates import find_dates
from service.checking.examination import (
    CHECKING_VERSION,
    Examination,
    ExaminedItem,
    describe_findings,
    examine_draft,
    mend_item,
)
from service.checking.texts import find_own_words
from service.grounding import GROUNDING_VERSION

_ITEM_TYPES: dict[ListName, type[Item]] = {
    "talks": Talk,
    "commitments": Commitment,
    "tariffs": Tariff,
    "chip_policies": ChipPolicy,
    "non_tariff_measures": NonTariffMeasure,
    "doubts": Doubt,
}
_ITEM_NAMES: dict[ListName, str] = {
    "talks": "talk",
    "commitments": "commitment",
    "tariffs": "tariff",
    "chip_policies": "chip-policy",
    "non_tariff_measures": "non-tariff-measure",
    "doubts": "doubt",
}


FALLBACK_WARNING = SummaryWarning(
    code="fallback_reader",
    message="the LLM endpoint could not be reached; the article was read by the embedded reader: "
    "rules, not an LLM",
)
"""What a summary bears whose reader only stood in for another."""


class Content(NamedTuple):
    """What a summary says: all that does not depend on how its draft came about."""

    headline: str
    gist: str
    items: dict[ListName, list[Item]]
    warnings: list[SummaryWarning]
    """What was found of items, headline and gist, then of the article."""


def derive_summary(
    reading: Reading,
    context: ArticleContext,
    examination: Examination | None = None,
    notices: Sequence[SummaryWarning] = (),
) -> Summary:
    """Return the summary that ``reading`` gives for the article of ``context``; no call is made.

    ``examination`` is that of the reading's draft, where it is there already, as it must be for a
    reading in parts; ``notices`` is what to warn of beside what is found, and makes it another
    summary with an id of its own.
    """
    if examination is None:
        examination = examine_draft(reading.draft, context)
    content = derive_content(reading.draft, context, examination)
    return complete_summary(content, reading, context.article, notices)


def derive_content(draft: Draft, context: ArticleContext, examination: Examination) -> Content:
    """Return what of ``draft``, whose ``examination`` it is, a summary says."""
    items, warnings = _collect_items(examination)
    headline, gist = _mend_texts(draft, examination, context)
    for finding in examination.findings:
        warnings += describe_findings([finding], str(finding.path[0]))
    warnings += _warn_of_article(items, context)
    return Content(headline, gist, items, warnings)


def complete_summary(
    content: Content, reading: Reading, article: Article, notices: Sequence[SummaryWarning] = ()
) -> Summary:
    """Return the summary of ``article`` that says ``content``, which comes of ``reading``."""
    return Summary(
        id=derive_id(reading.key, article, notices),
        schema_version=SCHEMA_VERSION,
        article=article,
        headline=content.headline,
        gist=content.gist,
        **content.items,
        provenance=_make_provenance(reading),
        warnings=[*content.warnings, *_warn_of_reading(reading), *notices],
    )


def _mend_texts(draft: Draft, examination: Examination, context: ArticleContext) -> tuple[str, str]:
    """Return headline and gist; where one does not hold, the article's own words instead."""
    faulty = {str(finding.path[0]) for finding in examination.findings}
    if not faulty:
        return draft.headline, draft.gist
    own_headline, own_gist = find_own_words(context)
    return (
        own_headline if "headline" in faulty else draft.headline,
        own_gist if "gist" in faulty else draft.gist,
    )


def derive_id(key: str, article: Article, notices: Sequence[SummaryWarning] = ()) -> str:
    """Return the summary's id: 64 hex digits over reading, metadata, notices, rule versions."""
    decisive = {
        "key": key,
        "metadata": article.model_dump(exclude={"text"}),
        "versions": [SCHEMA_VERSION, GROUNDING_VERSION, CHECKING_VERSION],
    }
    if notices:
        decisive["notices"] = [notice.code for notice in notices]
    return digest(decisive)


def _collect_items(
    examination: Examination,
) -> tuple[dict[ListName, list[Item]], list[SummaryWarning]]:
    """Return the items that hold, list by list and numbered, and what to warn of."""
    items: dict[ListName, list[Item]] = {name: [] for name in LIST_NAMES}
    warnings: list[SummaryWarning] = []
    for examined in examination.items:
        kept = items[examined.list_name]
        name = _ITEM_NAMES[examined.list_name]
        if examined.is_kept:
            item_id = f"{name}-{len(kept) + 1}"
            kept.append(_make_item(examined, item_id))
            warnings += describe_findings(examined.findings, item_id)
        else:
            dropped = [one for one in examined.findings if one.remedy == "drop_item"]
            warnings += describe_findings(dropped, f"a {name.replace('-', ' ')}")
    return items, warnings


def _make_item(examined: ExaminedItem, item_id: str) -> Item:
    fields = mend_item(examined).model_dump(exclude={"evidence"})
    return _ITEM_TYPES[examined.list_name].model_validate(
        {"id": item_id, "evidence": list(examined.evidence), **fields}
    )


def _warn_of_article(
    items: Mapping[ListName, Sequence[Item]], context: ArticleContext
) -> list[SummaryWarning]:
    warnings = []
    dated = [item for name in LIST_NAMES for item in items[name] if name != "doubts"]
    if context.article.published is None and any(map(_has_open_date, dated)):
        message = "relative dates could not be resolved: no publication date was given"
        warnings.append(SummaryWarning(code="no_published", message=message))
    if context.instructions:
        message = "the article holds text addressed to its reader as a program; it was not followed"
        warnings.append(SummaryWarning(code="instructions_in_article", message=message))
    return warnings


def _has_open_date(item: Item) -> bool:
    """Say whether an item without a date has a quote that gives a relative one."""
    if any(getattr(item, name, None) for name in ("date", "announced", "effective")):
        return False
    mentions = [one for evidence in item.evidence for one in find_dates(evidence.quote)]
    return any(mention.weekday is not None or mention.relative for mention in mentions)


def _warn_of_reading(reading: Reading) -> list[SummaryWarning]:
    if reading.parts:
        return list(_warn_of_parts(reading.parts))
    message = _describe_discarded(reading.discarded, reading.attempts[-1].outcome)
    return [SummaryWarning(code="partial_reading", message=message)] if message else []


def _describe_discarded(discarded: Sequence[Complaint], last: AttemptOutcome) -> str | None:
    """Return what is wrong with the answer that was taken, ``None`` where nothing is."""
    if not discarded:
        return None
    if last in {"accepted", "complaints"} and all(complaint.path for complaint in discarded):
        return "the answer that was taken is not wholly of the schema; its good part is kept"
    return "asking the reader again failed; the best answer that it gave is kept"


def _warn_of_parts(parts: Sequence[ReadPart]) -> Iterator[SummaryWarning]:
    """Yield that the article was read in parts, and what of a part is missing."""
    message = (
        f"the article was read in {len(parts):,} parts: what one of them says was not held "
        "against what another says"
    )
    yield SummaryWarning(code="split", message=message)
    for number, part in enumerate(parts, start=1):
        fault = part.failure and f"could not be read ({part.failure}); send the article again"
        if fault is None:
            fault = _describe_discarded(part.discarded, part.outcomes[-1])
        if fault is not None:
            place = f"part {number:,} of {len(parts):,} (characters {part.start:,} to {part.end:,})"
            yield SummaryWarning(code="partial_reading", message=f"{place}: {fault}")


def _make_provenance(reading: Reading) -> Provenance:
    return Provenance(
        engine=reading.engine,
        model=reading.model,
        prompt_version=reading.prompt_version,
        created_at=reading.created_at,
        attempts=len(reading.attempts),
        usage=reading.usage,
        cost_usd=reading.cost_usd,
        latency_ms=reading.latency_ms,
        parts=max(1, len(reading.parts)),
    )
