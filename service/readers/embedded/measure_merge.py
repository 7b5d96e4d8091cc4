"""When two mentions tell of one measure.

Owns the comparison of measures and the look back from "that rule". Knows no words of an article.
"""

from collections.abc import Set as AbstractSet
from typing import TypeVar

from schemas.draft import DraftChipPolicy, DraftNonTariffMeasure
from service.readers.embedded.measure_clauses import Measure
from service.readers.embedded.measure_stance import tells_amount
from service.readers.embedded.measure_words import load_measure_pattern
from service.readers.embedded.merging import enrich, is_heading

_Draft = TypeVar("_Draft", DraftChipPolicy, DraftNonTariffMeasure)
_GIVEN = frozenset({"announced", "in_force"})
_JOINING = frozenset({"and", "of"})
_NEAR = 2
"""Sentences that "that rule" reaches back."""


def add_measure(found: list[_Draft], item: _Draft) -> None:
    """Add ``item`` to ``found``, or what it says to the measure in it that it tells again."""
    for at, known in enumerate(found):
        if _is_same(known, item):
            found[at] = _advance(enrich(known, item), known, item)
            return
    found.append(item)


def _advance(merged: _Draft, known: _Draft, item: _Draft) -> _Draft:
    """Return ``merged`` at the later stage: what was announced is told to be in force."""
    if not _has_come_true(known, item):
        return merged
    effective = item.effective or merged.effective
    return merged.model_copy(update={"status": "in_force", "effective": effective})


def _has_come_true(known: _Draft, item: _Draft) -> bool:
    """Say whether ``item`` tells that an easing that was announced has come."""
    is_later = (known.status, item.status) == ("announced", "in_force")
    is_eased = is_later and item.stance == "loosen" and not is_heading(known)
    return is_eased and _has_one_object(known, item)


def _is_same(known: _Draft, item: _Draft) -> bool:
    if (known.instrument, known.stance, known.aside) != (item.instrument, item.stance, item.aside):
        return False
    if known.status != item.status and not _is_told_again(known, item):
        return False
    if is_heading(known) and known.actors == item.actors and bool(known.actors):
        return True
    is_nameless = not known.actors or not item.actors
    if known.actors != item.actors and not (is_nameless and _has_one_object(known, item)):
        return False
    return _has_firms_of(known, item) and _overlap(_list_objects(known), _list_objects(item))


def _is_told_again(known: _Draft, item: _Draft) -> bool:
    """Say whether an item without a date of its own tells of a known measure once more."""
    is_undated = item.announced is None and item.effective is None and item.until is None
    if is_heading(known) and known.actors == item.actors:
        return {known.status, item.status} <= _GIVEN
    if _has_come_true(known, item):
        return True
    return {known.status, item.status} <= _GIVEN and is_undated and _has_one_object(known, item)


def _has_one_object(known: _Draft, item: _Draft) -> bool:
    """Say whether both name goods or products, and partly the same ones."""
    return bool((_list_objects(known) & _list_objects(item)) - _JOINING)


def _list_objects(item: DraftChipPolicy | DraftNonTariffMeasure) -> frozenset[str]:
    """Return the products, or the words of the goods."""
    if isinstance(item, DraftChipPolicy):
        return frozenset(item.products)
    return frozenset((item.goods or "").lower().split())


def _has_firms_of(
    known: DraftChipPolicy | DraftNonTariffMeasure, item: DraftChipPolicy | DraftNonTariffMeasure
) -> bool:
    """Say whether rate and firms do not tell two chip policies apart."""
    if isinstance(known, DraftChipPolicy) and isinstance(item, DraftChipPolicy):
        return known.rate == item.rate and _overlap(set(known.companies), set(item.companies))
    return True


def _overlap(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Say whether the two share a member; an empty one says nothing against it."""
    return not one or not other or not one.isdisjoint(other)


def refer_back(measure: Measure, before: Measure | None) -> Measure:
    """Return the measure with what "that rule" says of it: whose it is, and that it rests."""
    if before is None or not _points_to(measure, before):
        return measure
    if tells_amount(measure.act):
        # "The fees stood at": they are those of the measure before, and tell nothing else.
        measure = measure._replace(actors=(), targets=(), stance="tighten")
    is_paused = before.act.is_of("suspend") and before.status in {*_GIVEN, "agreed"}
    is_resting = is_paused or before.status == "suspended"
    is_standing = measure.stance == "tighten" and measure.status in {"in_force", "ended"}
    return measure._replace(
        actors=measure.actors or before.actors,
        targets=measure.targets or before.targets,
        status="suspended" if is_resting and is_standing else measure.status,
    )


def _points_to(measure: Measure, before: Measure) -> bool:
    """Say whether the subject points to the measure ``before``, told shortly before."""
    act = measure.act
    subject = act.sentence.cut(act.clause_first, act.chain_first).lower()
    if act.is_relative and before.act.sentence is act.sentence:
        return measure.instrument == before.instrument and tells_amount(act)
    is_near = act.sentence.index - before.act.sentence.index <= _NEAR
    return is_near and load_measure_pattern("earlier_measure").match(subject) is not None
