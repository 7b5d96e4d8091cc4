"""Measures as the two lists of the contract want them.

Owns which words of a sentence fill which field. Knows no rule for finding measures.
"""

import re
from typing import TypedDict

from schemas.base import MeasureStatus, NonTariffInstrument, Party, Stance
from schemas.draft import DraftChipPolicy, DraftNonTariffMeasure
from service.readers.embedded.measure_chips import (
    bound_measure,
    gets_license,
    list_firms,
    list_products,
    name_chip_instrument,
)
from service.readers.embedded.measure_clauses import Measure
from service.readers.embedded.page import Page, Sentence
from service.readers.embedded.timing import Times, find_times
from service.readers.embedded.undertakings import read_terms
from service.readers.embedded.wording import quote_act, read_noun_phrase, state_act

_PRICES = re.compile(r"dumping|subsidy|safeguard|countervailing")
_GOODS_REACH = 8
"""Words behind an instrument in which a preposition leads to its goods."""


class _Fields(TypedDict):
    """What chip policies and other measures have in common."""

    statement: str
    actors: list[Party]
    targets: list[Party]
    announced: str | None
    effective: str | None
    until: str | None
    stance: Stance
    status: MeasureStatus
    evidence: list[str]


def draft_chip_policy(page: Page, measure: Measure) -> DraftChipPolicy:
    """Return ``measure`` as a chip policy."""
    sentence = measure.act.sentence
    first, last = bound_measure(measure)
    return DraftChipPolicy(
        **_fill_fields(measure),
        **read_terms(page, measure.act),
        companies=list_firms(sentence, first, last) or _find_own_firm(sentence, first, last),
        products=list_products(sentence, first, last),
        instrument=name_chip_instrument(measure),
        rate=measure.rate,
    )


def draft_other_measure(
    page: Page, measure: Measure, instrument: NonTariffInstrument
) -> DraftNonTariffMeasure:
    """Return ``measure`` as one outside chips, by ``instrument``."""
    return DraftNonTariffMeasure(
        **_fill_fields(measure),
        **read_terms(page, measure.act),
        goods=_find_goods(measure),
        instrument=instrument,
    )


def _fill_fields(measure: Measure) -> _Fields:
    act, times = measure.act, _find_times(measure)
    is_led = measure.first < act.at and not gets_license(measure)
    statement = state_act(act, min(measure.first, act.clause_first) if is_led else None)
    if measure.last > max(act.clause_last, act.last):
        statement = act.sentence.cut(act.at, measure.last)
    return {
        "statement": statement,
        "actors": list(measure.actors),
        "targets": list(measure.targets),
        "announced": times.announced,
        "effective": times.effective,
        "until": times.until,
        "stance": measure.stance,
        "status": measure.status,
        "evidence": [quote_act(act, first=measure.first, last=measure.last)],
    }


def _find_times(measure: Measure) -> Times:
    """Return the dates of ``measure``; what was rejected never takes effect."""
    times = find_times(measure.act, measure.act.clause_first, bound_measure(measure)[1])
    if measure.status == "rejected" or measure.act.is_of("plan"):
        return times._replace(announced=times.announced or times.effective, effective=None)
    return times


def _find_own_firm(sentence: Sentence, first: int, last: int) -> list[str]:
    """Return the one firm that "the company" points to."""
    if {"company", "its"}.isdisjoint(sentence.words[first:last]):
        return []
    firms = list_firms(sentence, 0, first)
    return firms if len(firms) == 1 else []


def _find_goods(measure: Measure) -> str | None:
    """Return on what the instrument is: behind a preposition, else the goods of the clause."""
    if measure.instrument in {"entity_listing", "investment_limit"}:
        return None
    sentence = measure.act.sentence
    led_to = _find_led_to(measure)
    if led_to is not None:
        return led_to
    first, last = bound_measure(measure)
    held = [phrase for phrase in sentence.goods if first <= phrase.first < last]
    if measure.instrument == "visa":
        held = [phrase for phrase in held if "visa" not in phrase.value]
    return sentence.cut(held[0].first, held[0].last) if held else None


def _is_of_prices(measure: Measure) -> bool:
    """Say whether it is an inquiry into the prices of goods: what it is into are goods."""
    named = measure.act.sentence.cut(measure.first, measure.last).lower()
    return measure.instrument == "investigation" and _PRICES.search(named) is not None


def _find_led_to(measure: Measure) -> str | None:
    """Return the goods that "of", "on", "for" or "into" leads to behind the instrument."""
    sentence = measure.act.sentence
    stop = min(len(sentence.words) - 1, measure.last + _GOODS_REACH)
    for at in range(measure.first, stop):
        if sentence.words[at] in {"of", "on", "for", "into"}:
            phrase = read_noun_phrase(sentence, at + 1)
            held = (phrase.first <= one.first < phrase.last for one in sentence.goods)
            is_traded = phrase.parties and _is_of_prices(measure)
            if phrase.goods and (any(held) or is_traded):
                return phrase.goods.split(" with ")[0]
    return None
