"""Which items are one duty, told of again.

Owns when two items are the same and when one is an outline of the other. Knows no article.
"""

from collections.abc import Sequence

from schemas.base import Party
from schemas.draft import DraftTariff
from service.readers.embedded.merging import enrich, is_heading

_LITTLE_WORDS = frozenset("and or of from the a all other some most certain not".split())
"""What two names of goods may share and yet mean different things."""


def merge_tariff(found: list[DraftTariff], item: DraftTariff) -> None:
    """Add ``item`` to ``found``, or its quotes to the item of which it tells again."""
    for at, known in enumerate(found):
        is_same = _is_same(known, item)
        if not is_same and _is_outline(known, item):
            found[at] = enrich(item, known)
            return
        if is_same or _is_outline(item, known):
            found[at] = enrich(known, item)
            return
    found.append(item)


def drop_headlines(found: Sequence[DraftTariff]) -> list[DraftTariff]:
    """Return ``found`` without what a headline alone says of duties that the text tells in full."""
    return [item for item in found if not (_is_headline(item) and _is_told(item, found))]


def _is_headline(item: DraftTariff) -> bool:
    """Say whether a few words without a final stop are all that tells of the duty."""
    return is_heading(item) and item.rate is None and item.previous_rate is None


def _is_told(headline: DraftTariff, found: Sequence[DraftTariff]) -> bool:
    return any(
        item.actors == headline.actors
        and item.aside == headline.aside
        and not _is_headline(item)
        and _fits(headline, item)
        for item in found
    )


def _is_outline(outline: DraftTariff, item: DraftTariff) -> bool:
    """Say whether one tells of the other in outline: a headline without rate or goods."""
    if outline.action != item.action or outline.aside != item.aside:
        return False
    if outline.previous_rate is not None or outline.companies or not _fits(outline, item):
        return False
    if outline.rate is not None:
        is_bare = not outline.actors and not outline.targets and outline.goods is None
        return is_bare and outline.rate == item.rate
    if not outline.actors or outline.actors != item.actors:
        return False
    is_about_it = outline.goods is not None or outline.targets == item.targets
    return is_about_it and item.rate is not None and outline.effective is None


def _is_same(known: DraftTariff, item: DraftTariff) -> bool:
    if known.aside != item.aside or not _fits(known, item):
        return False
    if item.rate is None:
        is_alike = known.rate is None and known.action == item.action
        is_near = known.actors == item.actors or _has_same_object(known, item)
        befores = {known.previous_rate, item.previous_rate} - {None}
        return is_alike and is_near and len(befores) < 2
    is_same_rate = known.rate == item.rate and known.companies == item.companies
    return is_same_rate and _fits_before(known, item) and _has_same_object(known, item)


def _fits(known: DraftTariff, item: DraftTariff) -> bool:
    """Say whether parties and goods of the two do not contradict each other."""
    if not _meet(known.actors, item.actors) or not _meet(known.targets, item.targets):
        return False
    if known.goods is None or item.goods is None:
        return True
    return not _list_words(known.goods).isdisjoint(_list_words(item.goods))


def _list_words(goods: str) -> frozenset[str]:
    return frozenset(goods.lower().replace(",", " ").split()) - _LITTLE_WORDS


def _fits_before(known: DraftTariff, item: DraftTariff) -> bool:
    """Say whether neither the former rates nor the stages of the two contradict each other."""
    befores = {known.previous_rate, item.previous_rate} - {None}
    is_named = bool(known.actors) and known.actors == item.actors and known.targets == item.targets
    is_later_told = is_named and item.status != "suspended"
    return len(befores) < 2 and (known.status == item.status or is_later_told)


def _has_same_object(known: DraftTariff, item: DraftTariff) -> bool:
    """Say whether ``item``, which fits, names targets or goods of ``known``, or nothing at all."""
    if known.targets and known.targets == item.targets:
        return True
    has_goods = known.goods is not None and item.goods is not None
    return has_goods or not (item.targets or item.goods or item.companies)


def _meet(one: Sequence[Party], other: Sequence[Party]) -> bool:
    return not one or not other or any(party in other for party in one)
