"""One item of what the article tells in several places.

Owns what a later mention may add to an item. Knows no article and does not decide whether two
mentions are one.
"""

from typing import TypeVar

from schemas.draft import MAX_QUOTES, DraftChipPolicy, DraftNonTariffMeasure, DraftTariff

_Measure = TypeVar("_Measure", DraftTariff, DraftChipPolicy, DraftNonTariffMeasure)
_MAX_HEADING = 130
_TERMS = ("actors", "targets", "goods", "condition", "agreement")
_DATES = ("announced", "effective", "until")


def enrich(known: _Measure, item: _Measure) -> _Measure:
    """Return ``known`` with what ``item``, which tells of it again, says beyond it.

    Dates are taken over only between the same named parties; ``known`` stays as it is where it
    would have more quotes than an item may.
    """
    quotes = list(dict.fromkeys([*known.evidence, *item.evidence]))
    if len(quotes) > MAX_QUOTES:
        return known
    is_one = known.actors == item.actors and known.targets == item.targets and bool(item.targets)
    names = (*_TERMS, *_DATES) if is_one else _TERMS
    told, more = dict(known), dict(item)
    changes = {
        name: more[name] for name in names if name in told and not told[name] and more.get(name)
    }
    return known.model_copy(update={**changes, "evidence": quotes})


def is_heading(item: _Measure) -> bool:
    """Say whether a headline is all that tells of ``item``: few words, without a final stop."""
    quote = item.evidence[0]
    return len(item.evidence) == 1 and len(quote) <= _MAX_HEADING and quote[-1].isalnum()
