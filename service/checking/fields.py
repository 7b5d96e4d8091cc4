"""Which check belongs to which field of an item.

Owns the table from fields to checks; the checks themselves stand in the modules on numbers,
dates and names. Pure: an item and its quotes go in, findings come out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import get_args

from schemas.base import Party, WarningCode
from schemas.draft import DraftCommitment, DraftItem, DraftTariff
from service.checking.context import ArticleContext, QuoteContext
from service.checking.date_tense import ActField
from service.checking.dates import carries_date, carries_date_from_article, find_stray_dates
from service.checking.findings import Finding, Remedy
from service.checking.names import check_entry, check_party
from service.checking.negation import find_dropped_negation
from service.checking.numbers import find_stray_numbers
from service.checking.quantities import carries_quantity
from service.checking.rates import carries_rate, check_rate_pair
from service.checking.roles import find_swapped_roles
from service.checking.stray_names import find_stray_names
from service.checking.wording import find_reversal, find_unsupported

Path = tuple[int | str, ...]

_RATES = ("rate", "previous_rate")
_DATES = ("date", "announced", "effective", "until", "due")
_RESTING_DATES = frozenset({"date", "announced"})
"""Dates that may also rest on a date that the article states elsewhere (SCHEMA, rule 3)."""
_DATES_OF_ACT: Mapping[str, ActField] = {name: name for name in get_args(ActField)}
"""Dates of one kind: the day of telling, a first day or a last day."""
_PARTIES = ("actors", "targets", "participants")
_ENTRIES = ("place", "goods", "agreement", "source")
_ENTRY_LISTS = ("companies", "products")
_TEXTS_WITH_DIRECTION = ("statement", "condition", "outcome")
_TEXTS: dict[str, Remedy] = {
    "statement": "quote_instead",
    "about": "quote_instead",
    "condition": "clear",
    "outcome": "clear",
}


@cache
def _list_fields(kind: type[DraftItem], names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of ``names`` that items of this kind have."""
    return tuple(name for name in names if name in kind.model_fields)


def check_fields(
    path: Path, item: DraftItem, held: QuoteContext, context: ArticleContext
) -> list[Finding]:
    """Return what in ``item`` its quotes do not carry; ``path`` names the item."""
    return [finding for check in _CHECKS for finding in check(path, item, held, context)]


Check = Callable[[Path, DraftItem, QuoteContext, ArticleContext], Iterator[Finding]]


def _clear(path: Path, message: str, remedy: Remedy = "clear") -> Finding:
    code: WarningCode = "item_dropped" if remedy == "drop_item" else "value_cleared"
    return Finding(path, message, remedy, code)


def _check_rates(
    path: Path, item: DraftItem, held: QuoteContext, _context: ArticleContext
) -> Iterator[Finding]:
    carried: dict[str, float] = {}
    for name in _list_fields(type(item), _RATES):
        value: float | None = getattr(item, name)
        if value is None:
            continue
        verdict = carries_rate(value, held.quotes)
        if verdict.carried:
            # A quote may start behind "up to" or "by": the sentence must give a level too.
            verdict = carries_rate(value, held.sentences)
        if verdict.carried:
            carried[name] = value
        else:
            yield _clear((*path, name), verdict.reason)
    if not carried:
        return
    wrong = check_rate_pair(carried.get("rate"), carried.get("previous_rate"), held.sentences)
    if wrong is not None:
        for name in carried:
            yield _clear((*path, name), wrong)


def _check_quantity(
    path: Path, item: DraftItem, held: QuoteContext, _context: ArticleContext
) -> Iterator[Finding]:
    if not isinstance(item, DraftCommitment) or item.quantity is None:
        return
    wrong = carries_quantity(item.quantity, held.quotes)
    if wrong is None:
        wrong = carries_quantity(item.quantity, held.sentences)
    if wrong is not None:
        yield _clear((*path, "quantity"), wrong)


def _check_dates(
    path: Path, item: DraftItem, held: QuoteContext, context: ArticleContext
) -> Iterator[Finding]:
    for name in _list_fields(type(item), _DATES):
        aside: bool = getattr(item, "aside")  # noqa: B009  # every kind with a date has it
        value: str | None = getattr(item, name)
        if value is None:
            continue
        verdict = carries_date(
            value,
            held.quotes,
            context.calendar,
            quote_spans=held.spans,
            aside=aside,
            of_act=_DATES_OF_ACT.get(name),
        )
        if verdict.carried:
            continue
        may_rest = name in _RESTING_DATES and not aside
        if not may_rest or not carries_date_from_article(value, context.calendar, of_telling=True):
            yield _clear((*path, name), verdict.reason)


def _check_parties(
    path: Path, item: DraftItem, held: QuoteContext, context: ArticleContext
) -> Iterator[Finding]:
    for name in _list_fields(type(item), _PARTIES):
        parties: Sequence[Party] = getattr(item, name)
        for position, party in enumerate(parties):
            wrong = check_party(
                party, held.quotes, held.spans, context.names, people=name == "participants"
            )
            if wrong is not None:
                yield _clear((*path, name, position), wrong, "drop_entry")


def _check_roles(
    path: Path, item: DraftItem, held: QuoteContext, _context: ArticleContext
) -> Iterator[Finding]:
    # Duties only: what the other side gives in exchange stands in the same sentence.
    if not isinstance(item, DraftTariff):
        return
    wrong = find_swapped_roles(item.actors, item.targets, held.sentences)
    if wrong is not None:
        for name in ("actors", "targets"):
            for position in range(len(getattr(item, name))):
                yield _clear((*path, name, position), wrong, "drop_entry")


def _check_entries(
    path: Path, item: DraftItem, held: QuoteContext, context: ArticleContext
) -> Iterator[Finding]:
    for name in _list_fields(type(item), _ENTRIES):
        value: str | None = getattr(item, name)
        wrong = value and _check_entry(value, held, context, is_name=name == "place")
        if wrong:
            yield _clear((*path, name), wrong)
    for name in _list_fields(type(item), _ENTRY_LISTS):
        entries: Sequence[str] = getattr(item, name)
        for position, entry in enumerate(entries):
            wrong = _check_entry(entry, held, context, is_name=name == "companies")
            if wrong is not None:
                yield _clear((*path, name, position), wrong, "drop_entry")


def _check_entry(
    value: str, held: QuoteContext, context: ArticleContext, *, is_name: bool
) -> str | None:
    if is_name and value == value.lower() and context.is_latin:
        return f'"{value}" is no name; name it as the article does, or leave it out.'
    return check_entry(value, held.quotes, held.spans, context.names)


def _check_texts(
    path: Path, item: DraftItem, held: QuoteContext, context: ArticleContext
) -> Iterator[Finding]:
    for name in _list_fields(type(item), tuple(_TEXTS)):
        text: str | None = getattr(item, name)
        if text is None:
            continue
        stray = find_strays(text, held.quotes, held.sentences, context)
        stray += find_stray_numbers(text, held.sentences)
        if stray:
            yield _clear((*path, name), describe_strays(stray), _TEXTS[name])
        elif context.is_latin and _is_unsupported(text, held, context):
            message = "the quotes hardly speak of this; say what they say, or leave it out."
            yield _clear((*path, name), message, _TEXTS[name])


def _is_unsupported(text: str, held: QuoteContext, context: ArticleContext) -> bool:
    """Say whether neither the sentences nor the two before them speak of what the text says."""
    return bool(find_unsupported(text, held.sentences)) and bool(
        find_unsupported(text, context.names.find_sentences(held.spans, before=2))
    )


def _check_direction(
    path: Path, item: DraftItem, held: QuoteContext, _context: ArticleContext
) -> Iterator[Finding]:
    for name in _list_fields(type(item), _TEXTS_WITH_DIRECTION):
        text: str | None = getattr(item, name)
        turn = text and find_turn(text, held.sentences)
        if turn:
            yield _clear((*path, name), turn, "drop_item" if name == "statement" else "clear")
    if isinstance(item, DraftTariff):
        turn = find_reversal(item.action, held.sentences) or _find_wrong_move(item, held)
        if turn:
            yield _clear((*path, "action"), turn, "drop_item")


def _find_wrong_move(item: DraftTariff, held: QuoteContext) -> str | None:
    """Return how the action goes against two rates that the quotes carry."""
    if item.rate is None or item.previous_rate is None or item.rate == item.previous_rate:
        return None
    if not all(carries_rate(rate, held.quotes).carried for rate in (item.rate, item.previous_rate)):
        return None
    rises = item.rate > item.previous_rate
    against = {"reduce", "remove", "exempt"} if rises else {"increase", "impose"}
    if item.action not in against | {"maintain"}:
        return None
    wanted = "increase" if rises else "reduce"
    return f'the rate goes from {item.previous_rate:g} to {item.rate:g}: the action is "{wanted}".'


def find_turn(text: str, sentences: Sequence[str]) -> str | None:
    """Return how ``text`` denies or turns around what ``sentences`` say; ``None`` if not."""
    return find_dropped_negation(text, sentences) or find_reversal(text, sentences)


def find_strays(
    text: str,
    values_from: Sequence[str],
    names_from: Sequence[str],
    context: ArticleContext,
) -> list[str]:
    """Return the numbers, dates and names in ``text`` that its sources do not carry."""
    return [
        *find_stray_numbers(text, values_from),
        *find_stray_dates(text, values_from, context.calendar),
        *find_stray_names(text, names_from, context.names),
    ]


def describe_strays(strays: Sequence[str]) -> str:
    """Return the sentence that tells a reader what its text must not say."""
    listed = ", ".join(f'"{stray}"' for stray in dict.fromkeys(strays))
    return f"the quotes do not carry {listed}; say only what they say, or quote more."


_CHECKS: tuple[Check, ...] = (
    _check_rates,
    _check_quantity,
    _check_dates,
    _check_parties,
    _check_roles,
    _check_entries,
    _check_texts,
    _check_direction,
)
