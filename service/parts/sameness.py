"""When what two parts of an article tell is one fact.

Owns what of an item makes it the fact that it is, and the two measures: two items that quote the
same words are one unless they contradict each other; two that quote other words are one only where
all agrees. In doubt they are two: a fact that stands twice is seen, one that was lost is not. Pure.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

from schemas.base import Party, Quantity
from schemas.draft import DraftItem
from schemas.parties import fold_firm, resolve_party
from service.checking.examination import ExaminedItem, mend_item
from service.checking.wording import list_meanings
from service.grounding import Span

NEAR_LIKENESS = 0.5
"""Least likeness of the statements of two items that quote the same words: one sentence often holds
several promises. "buy soybeans" and "purchase American soybeans" reach 0.8, "buy soybeans" and "buy
Boeing planes" 0.4."""
MIN_SHARED = 3
"""Fewest words that the statements of two items share which quote other words, and of which one may
say one word more: "cut the duty on steel" and "cut the duty on aluminium" are two facts, and so
may be "cut the duty" and "cut the duty on steel"."""
_CELL_CHARS = 512
"""Items that share a place have a quote in the same stretch of so many characters."""
_SHARED_QUOTE = 0.5
"""Least share of the shorter of two quotes that the other must hold to be the same place."""

_NAMES = ("participants", "actors", "targets", "companies", "products")
_DATES = ("date", "due", "announced", "effective", "until")
_NUMBERS = ("rate", "previous_rate", "quantity")
_KINDS = ("kind", "topic", "action", "instrument", "stance", "status", "aside")
_TEXTS = ("statement", "goods")
_TURNS = (
    frozenset({"impose", "increase", "tighten"}),
    frozenset({"reduce", "remove", "suspend", "exempt", "loosen"}),
)
"""What cannot be said of one act at once."""


class Identity(NamedTuple):
    """What of an item is held against another's, its fields by name."""

    is_act: bool
    """Whether it is told by a statement: neither a talk nor a doubt."""
    spans: tuple[Span, ...]
    quotes: frozenset[str]
    names: Mapping[str, frozenset[str]]
    """Of parties, firms and products; one name for all that name one party."""
    dates: Mapping[str, str]
    """Those that are given."""
    numbers: Mapping[str, float]
    """Those that are given."""
    kinds: Mapping[str, Hashable]
    meanings: frozenset[str]
    """What statement and goods speak of."""


def identify_item(item: ExaminedItem) -> Identity:
    """Return what makes ``item`` the fact that it is; what its quotes do not carry counts not."""
    draft = mend_item(item)
    texts = " ".join(value for name in _TEXTS if (value := getattr(draft, name, None)))
    return Identity(
        is_act=hasattr(draft, "statement"),
        spans=tuple(Span(one.start, one.end) for one in item.evidence),
        quotes=frozenset(one.quote for one in item.evidence),
        names={name: _fold_names(getattr(draft, name)) for name in _NAMES if hasattr(draft, name)},
        dates={name: value for name in _DATES if (value := getattr(draft, name, None))},
        numbers=dict(_list_numbers(draft)),
        kinds={name: getattr(draft, name) for name in _KINDS if hasattr(draft, name)},
        meanings=list_meanings(texts),
    )


def _fold_names(names: Iterable[Party | str]) -> frozenset[str]:
    return frozenset(map(_fold_name, names))


def _fold_name(name: Party | str) -> str:
    if isinstance(name, str):
        return fold_firm(name)
    entry = resolve_party(name)
    return fold_firm(name.name) if entry is None else entry.name


def _list_numbers(draft: DraftItem) -> Iterable[tuple[str, float]]:
    for name in _NUMBERS:
        value: Quantity | float | None = getattr(draft, name, None)
        if value is not None:
            yield name, value.value if isinstance(value, Quantity) else value


def list_traces(identity: Identity) -> set[Hashable]:
    """Return by what an item of the same list is found that may be the same fact.

    Two that share nothing of this are two facts: none need be held against each of a thousand.
    """
    return {
        *identity.quotes,
        *(cell for span in identity.spans for cell in _list_cells(span)),
        *_list_sayings(identity),
    }


def _list_cells(span: Span) -> range:
    return range(span.start // _CELL_CHARS, span.end // _CELL_CHARS + 1)


def _list_sayings(identity: Identity) -> Iterator[Hashable]:
    """Yield what is said, and that less one word."""
    named = tuple(
        frozenset(fields.items()) for fields in (identity.names, identity.numbers, identity.kinds)
    )
    if not identity.is_act:
        yield named, identity.dates.get("date")
        return
    yield named, identity.meanings
    for word in identity.meanings:
        yield named, identity.meanings - {word}


def measure_sameness(one: Identity, other: Identity) -> float:
    """Return how surely two items of one list are one fact, 0 (two facts) to 1."""
    if not _agree(one, other):
        return 0.0
    if not _share_place(one, other):
        return float(_is_same_throughout(one, other))
    if not one.is_act:
        return 1.0
    likeness = _measure_likeness(one, other)
    return likeness if likeness >= NEAR_LIKENESS else 0.0


def _share_place(one: Identity, other: Identity) -> bool:
    if not one.quotes.isdisjoint(other.quotes):
        return True
    return any(_is_same_place(a, b) for a in one.spans for b in other.spans)


def _is_same_place(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return shared >= shorter * _SHARED_QUOTE


def _agree(one: Identity, other: Identity) -> bool:
    """Say whether nothing that both give is another thing."""
    if one.kinds.get("kind") != other.kinds.get("kind") or _turn_around(one, other):
        return False
    if any(_exclude(given, other.names[field]) for field, given in one.names.items()):
        return False
    if any(one.numbers[name] != other.numbers[name] for name in one.numbers.keys() & other.numbers):
        return False
    return all(
        _may_be_one_date(one.dates[name], other.dates[name])
        for name in one.dates.keys() & other.dates
    )


def _exclude(names: frozenset[str], others: frozenset[str]) -> bool:
    return bool(names and others) and names.isdisjoint(others)


def _may_be_one_date(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _turn_around(one: Identity, other: Identity) -> bool:
    said, against = set(one.kinds.values()), set(other.kinds.values())
    up, down = _TURNS
    return bool((said & up and against & down) or (said & down and against & up))


def _is_same_throughout(one: Identity, other: Identity) -> bool:
    """Say whether all that identifies one is the other's too, and says enough to be trusted."""
    named = (one.names, one.numbers, one.kinds)
    if not any(one.names.values()) or named != (other.names, other.numbers, other.kinds):
        return False
    if not one.is_act:
        return "date" in one.dates and one.dates["date"] == other.dates.get("date")
    less, more = sorted((one.meanings, other.meanings), key=len)
    return less == more or (MIN_SHARED <= len(less) == len(more) - 1 and less < more)


def _measure_likeness(one: Identity, other: Identity) -> float:
    """Return how much of what both speak of is shared (Dice, 1945), 0 to 1."""
    both = len(one.meanings) + len(other.meanings)
    return 2 * len(one.meanings & other.meanings) / both if both else 0.0
