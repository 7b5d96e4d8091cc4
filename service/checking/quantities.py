"""Whether quotes carry a quantity: the value written out, and its unit as the article has it.

Owns the comparison of units, currencies and periods. Must not know items or fields. Pure;
leans to doubt: a unit that is a different word is a different unit, with two ways of writing
money the one exception.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from schemas.base import Quantity
from service.checking.number_words import (
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    END,
    EXACT_MEASURES,
    MEASURES,
    fold_plural,
    fold_text,
    list_words,
)
from service.checking.numbers import NumberMention, find_numbers

Period = str
"""A singular length of time ("year"), or "" for a quantity as such."""


class QuantityUnit(NamedTuple):
    """A unit, taken apart: singular words, or the ISO 4217 code of money; and per what."""

    words: tuple[str, ...]
    currency: str
    period: Period


_PERIOD_IN_UNIT = re.compile(
    r"(?:\s(?:per|an?|each|every)\s|/)(?P<unit>year|month|week|day|quarter|hour|annum)$"
    r"|\s(?P<adverb>annually|yearly|monthly|weekly|daily)$"
)
_PERIODS = {"annum": "year", "annually": "year", "yearly": "year", "annual": "year"}
_PERIODS |= {"monthly": "month", "weekly": "week", "daily": "day", "quarterly": "quarter"}
_NO_RATE = "".join(
    rf"(?<!\s{word})"
    for word in list_words("within in for over after than of half about under nearly")
)
_PER = re.compile(
    rf"(?:{_NO_RATE}[ -](?:per|an?|each|every|in\sany|in\seach)[ -]|\s?/)"
    rf"(?P<unit>year|month|week|day|quarter|hour|annum){END}(?!\s(?:ago|earlier|later|before|after))"
    rf"|\s(?P<adverb>annually|yearly|monthly|weekly|daily){END}|\s(?P<short>p\.a\.)"
    r"|\s(?P<years>in\seach\sof\s|each\sof\sthe\s|every\sone\sof\s)"
)
_BARREL_RATE = re.compile(rf"\s(?:bpd|b/d){END}")
_PERIOD_BEFORE = re.compile(
    r"(?<!\w)(?:(?P<adverb>annual|yearly|monthly|weekly|daily)(?:\s[a-z'-]+){0,4}"
    r"|(?:each|every|per)\s(?P<unit>year|month|week|day|quarter),?(?:\s[a-z'-]+){0,3})\s$"
)
_ATTACHED = re.compile(r"[a-z]+")
_TAIL = re.compile(r"(?:[\s-][^\W\d_][\w.'’-]*(?=[\s,;.)]|$)){0,2}")
_WORD = re.compile(r"[\s-]+([^\W\d_](?:[\w.'&]*\w)?)")
_STOPS = frozenset(
    list_words(
        "of and or to in for from with by the a an at on as is are was were will would per that "
        "which who than but over under up out into about worth more less has have had may could "
        "can should million billion trillion thousand hundred dozen percent"
    )
)
_QUALIFIERS = frozenset({"metric", "short", "long"})
_FOREIGN_DOLLAR = re.compile(
    r"(?:canadian|australian|hong\skong|taiwan(?:ese)?|singapore|new\szealand)\sdollars?"
    r"|(?<![a-z])(?:c|ca|can|a|au|hk|nt|s|nz|r|mx|mex)\$"
)
_KINDS = ("plain", "money", "percent", "percentage_points")
_PERCENT_UNITS = {
    ("percent",): "percent",
    ("%",): "percent",
    ("percentage", "point"): "percentage_points",
}
MAX_ADJECTIVES = 3
"""Most words between a number and the thing it counts ("600,000 new Chinese students")."""
_REACH = 60
"""Characters behind a unit in which "a year" still belongs to it."""
_PERIOD_AFTER = re.compile(
    rf"(?:[^.;,:]|[.,](?=\S)|(?<=\.[a-z])\.){{0,{_REACH}}}?(?:{_PER.pattern})"
)


class _Amount(NamedTuple):
    """A number of a quote, and the stretch behind it in which its unit and period stand.

    Of "10 to 12 million tons" the unit of both stands behind the second.
    """

    mention: NumberMention
    start: int
    stop: int


def carries_quantity(quantity: Quantity, quotes: Sequence[str]) -> str | None:
    """Return what is wrong with ``quantity``, in one sentence to the reader, or ``None``.

    The value must be a quote's number, written out (12 million is 12000000); ends of a range
    and bounds ("at least 25 million") count as their numbers. The unit's words must follow it
    there, singular or plural; a thing that is counted may stand a few adjectives further on. "A
    year" must be in both or in neither. Money goes by its ISO 4217 code.
    """
    unit = parse_unit(quantity.unit)
    if not unit.words and not unit.currency:
        return "the quantity has no unit; write it as the article does, in the singular."
    found = [
        _is_in_unit(unit, low, amount)
        for quote in quotes
        for low in (fold_text(quote),)
        for amount in _list_amounts(quote)
        if float(amount.mention.value) == quantity.value and amount.mention.kind in _KINDS
    ]
    if any(found):
        return None
    said = _describe_amounts(quotes)
    if not found:
        return f"no quote says {quantity.value:.15g} {quantity.unit}; {said}."
    return f'the unit is not "{quantity.unit}": {said}; write it as the article does.'


def parse_unit(unit: str) -> QuantityUnit:
    """Take ``unit`` apart: "metric tons per year" is ("metric", "ton"), no currency, "year"."""
    low = " ".join(fold_text(unit).split())
    period = ""
    if match := _PERIOD_IN_UNIT.search(low):
        low, period = low[: match.start()].rstrip(), _read_period(match)
    if low in ("bpd", "b/d"):
        low, period = "barrel", "day"
    singular = tuple(fold_plural(word) for word in low.replace("-", " ").split())
    currency = CURRENCY_WORDS.get(" ".join(singular)) or CURRENCY_SIGNS.get(low, "")
    return QuantityUnit(singular, currency, period)


def _read_period(match: re.Match[str]) -> Period:
    groups = match.groupdict()
    word = groups.get("unit") or groups.get("adverb") or "year"
    return _PERIODS.get(word, word)


def _list_amounts(quote: str) -> list[_Amount]:
    """Return the numbers of ``quote`` that can be amounts; years, ranks and "a year" are none."""
    mentions = [
        mention
        for mention in find_numbers(quote)
        if mention.kind not in ("year", "ordinal") and not mention.tacit
    ]
    starts = [*(mention.start for mention in mentions[1:]), len(quote), len(quote)]
    amounts = []
    for index, mention in enumerate(mentions):
        last = _is_first_end(mentions, index)
        behind = mentions[index + 1].end if last else mention.end
        amounts.append(_Amount(mention, behind, starts[index + last]))
    return amounts


def _is_first_end(mentions: Sequence[NumberMention], index: int) -> bool:
    """Say whether the mention opens a range that the next one closes."""
    if index + 1 == len(mentions):
        return False
    first, second = mentions[index], mentions[index + 1]
    is_range = first.bound == second.bound == "range" and first.kind == second.kind
    return is_range and not first.unit and second.start - first.end <= len(" to as much as ")


def _is_in_unit(unit: QuantityUnit, low: str, amount: _Amount) -> bool:
    """Say whether the number has the claimed unit and period; ``low`` is its folded quote."""
    end = _find_unit_end(unit, low, amount)
    if end is None:
        return False
    return _find_period(low, amount, end) == unit.period


def _find_unit_end(unit: QuantityUnit, low: str, amount: _Amount) -> int | None:
    """Return where the claimed unit ends behind the number; ``None`` where it is another one."""
    mention = amount.mention
    if unit.currency:
        return amount.start if _is_money(unit.currency, low, mention) else None
    if (kind := _PERCENT_UNITS.get(unit.words)) is not None:
        return amount.start if mention.kind == kind else None
    if mention.kind != "plain":
        return None
    per_day = unit.words == ("barrel",) and unit.period == "day"
    if per_day and _BARREL_RATE.match(low, amount.start):
        return amount.start
    return _match_words(unit.words, low, amount.start)


def _is_money(currency: str, low: str, mention: NumberMention) -> bool:
    """Compare currencies; a bare "$" or "dollars" is no US dollar beside another dollar."""
    if mention.kind != "money" or mention.unit != currency:
        return False
    written = low[mention.start : mention.end]
    if currency != "USD" or any(sign in written for sign in ("us", "u.s.", "american")):
        return True
    return not _names_other_dollar(low)


@lru_cache(maxsize=64)
def _names_other_dollar(low: str) -> bool:
    return _FOREIGN_DOLLAR.search(low) is not None


def _match_words(wanted: Sequence[str], low: str, start: int) -> int | None:
    """Find the unit's words right behind ``start``, or behind a few adjectives.

    A measure allows no adjective: "metric tons" are no tons of another kind.
    """
    if attached := _ATTACHED.match(low, start):
        return attached.end() if (fold_plural(attached.group()),) == tuple(wanted) else None
    found: list[tuple[str, int]] = []
    position = start
    while len(found) < len(wanted) + MAX_ADJECTIVES and (match := _WORD.match(low, position)):
        position = match.end()
        found.append((match[1], position))
    for skipped in range(MAX_ADJECTIVES + 1):
        window = found[skipped : skipped + len(wanted)]
        if tuple(fold_plural(word) for word, _ in window) == tuple(wanted):
            return window[-1][1]
        if skipped >= len(found) or _stops(found[skipped][0]) or wanted[-1] in EXACT_MEASURES:
            return None
    return None


def _stops(word: str) -> bool:
    """Say whether ``word`` is no adjective: behind "12 firms" stands nothing that they count."""
    singular = fold_plural(word)
    return word in _STOPS or word in _QUALIFIERS or singular in MEASURES or (word != singular)


def _find_period(low: str, amount: _Amount, end: int) -> Period:
    """Return per what the quote gives the number: "a year" behind it, "annual" before it."""
    stop = min(amount.stop, end + _REACH)
    if _BARREL_RATE.match(low, end, stop):
        return "day"
    if match := _PERIOD_AFTER.match(low, end, stop):
        return _read_period(match)
    start = amount.mention.start
    match = _PERIOD_BEFORE.search(low, max(0, start - _REACH), start)
    return _read_period(match) if match else ""


def _describe_amounts(quotes: Sequence[str]) -> str:
    """Return what the quotes do say, the numbers with a few words behind them."""
    said: dict[str, None] = {}
    for quote in quotes:
        for mention, start, stop in _list_amounts(quote):
            end = min(stop, start + 24)
            tail = _TAIL.match(quote, start, end)
            said[" ".join(quote[mention.start : tail.end() if tail else end].split())] = None
    listed = ", ".join(f'"{amount}"' for amount in said)
    return f"they say {listed}" if listed else "they give no amount"
