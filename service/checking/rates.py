"""Whether quotes carry a rate: a percentage as a level, and before and after in their places.

Owns the difference between a level ("to 25%"), a change ("by 25%") and a limit ("up to 25%"),
and what a quote says a rate moved from and to. Must not know items or fields. Pure; leans to
doubt: shares and growth rates look like levels here, but no change or limit is taken for one.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from service.checking.number_patterns import CHANGE_VERB
from service.checking.number_words import END, MULTIPLES, fold_text, join_words
from service.checking.numbers import NumberMention, find_numbers

Doubt = Literal["absent", "points", "change", "bound", "range", "share", "threatened", "denied"]
"""Why a rate is not carried; all but ``absent``: a quote has the number, but not as a level."""


class RateVerdict(NamedTuple):
    """Whether a rate is carried; where not, why, in one sentence to the reader ("" else)."""

    carried: bool
    reason: str = ""
    doubt: Doubt | None = None


class RateMention(NamedTuple):
    """A percentage in a quote; ``doubt`` is ``None`` where it reads as a level."""

    start: int
    end: int
    value: Fraction
    written: str
    doubt: Doubt | None


class RateMove(NamedTuple):
    """A movement that a quote tells; ``None`` on a side that it does not give.

    ``starts`` are the places of the percentages it is made of; ``derived`` tells that one side
    is reckoned from the other ("halved to 10%").
    """

    before: Fraction | None
    after: Fraction | None
    starts: tuple[int, ...]
    derived: bool = False


class QuotedRates(NamedTuple):
    """The percentages of a text that may be rates, and the movements between them."""

    rates: tuple[RateMention, ...]
    moves: tuple[RateMove, ...]


_DUTY = (
    r"(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|tax(?:es)?|rates?|fees?|charges?|surcharges?|penalt\w*)"
)
_RISE = (
    r"(?:increas\w*|ris(?:e|es|ing)|hik(?:e|es)|reductions?|cuts?|drops?|declin\w*|jumps?|surges?"
    r"|growth|gains?|falls?|decreas\w*|discounts?|boosts?|expansion|mark-?ups?|upticks?|slumps?"
    r"|plunges?|rebates?|contraction|more|less|higher|lower|faster|slower|better|worse|steeper"
    r"|year-on-year|year-over-year|annually|on\stop|above|below|off)"
)
_REVENUE = r"(?:sales?|revenues?|proceeds|profits?|earnings|income|receipts|turnover|value|price)"
_LEVEL_WORDS = r"(?:to|at|of|from|with|on|in|into|than|that|and|or|as|is|was|were|are)"
_MORE = r"(?:additional|additionally|extra|further|another|added|incremental)"
_BY = re.compile(r"(?<!\w)by\s(?P<between>(?:[^\s.,;:]+\s){0,5})$")
_ACTING = re.compile(
    r"(?<!\w)(?:impos|levy|slapp|plac|sett|charg|apply|introduc|announc|threaten|keep|hold|mak)ing"
)
_DIRECT_VERB = (
    r"(?:rais|increas|lower|reduc|hik|slash|trimm|declin|jump|soar|surg|climb|plung|escalat|gain"
    r"|expand|decreas|grow|fall|dropp?)(?:e|es|ed|ing|s)?"
    r"|cut(?:s|ting)?|trim|rose|rises?|rising|grew|fell|fallen|eas(?:e|ed|es|ing)|shrank|up|down"
)
_DIRECTLY = re.compile(rf"(?<!\w)(?:{_DIRECT_VERB})\s(?P<between>(?:[^\s.,;:]+\s){{0,6}})$")
_STOPS = re.compile(rf"(?<!\w)(?:{_LEVEL_WORDS}|the|an?|its|their|his|this|existing|current)\s")
_PREPOSITION = re.compile(rf"(?<!\w){_LEVEL_WORDS}\s")
_VERB_NEAR = re.compile(rf"(?<!\w){CHANGE_VERB}\w*(?!\w)[^.;]{{0,50}}$")
_AMOUNT = re.compile(
    rf"(?<!\w)(?:{_RISE}(?:\s(?:in|on|to)\s[^.;,]{{0,40}}?)?(?:\s{_DUTY})?\s(?:of|by)\s"
    rf"|{_MORE}\s(?:[\w-]+\s){{0,3}}?(?:(?:of|at)\s)?)(?:an?\s|the\s|\w+ly\s|about\s|around\s){{0,2}}$"
)
_RISE_NEXT = re.compile(
    r"(?:\s(?!(?:on|to|of|from|and|or|that|which|will|would|could|may|is|are|was|were|by)\s)[\w'-]+)"
    rf"{{0,2}}?\s{_RISE}{END}"
)
_SHARE_NEXT = re.compile(rf"\s(?:cuts?|share)\s(?:of|from)\s(?:[\w'-]+\s){{0,4}}?{_REVENUE}{END}")
_TAKES = re.compile(r"(?<!\w)(?:collect|tak|get|receiv|demand|keep)\w*\s(?:an?\s|its\s)?$")
_CUT_NEXT = re.compile(rf"\s(?:cut|share)(?!\s(?:in|to|on)\s){END}")
_DUTY_NEXT = re.compile(
    rf"\s(?!(?:after|before|since|despite|amid|following|because|under|as|when|if)\s)(?:[\w'-]+\s){{0,2}}?{_DUTY}{END}"
)
_THREATENED = re.compile(
    r"(?<!\w)(?:down\sfrom|instead\sof|rather\sthan|lower\sthan|below)\s(?:an?\s|the\s|its\s|his\s)?"
    r"(?:\w+ly\s)?(?:threatened|proposed|planned|feared|mooted)\s$"
)
_SHARE = re.compile(
    rf"\s(?:stakes?|chances?|probability|likelihood|odds|majority|ownership|owned|of\s(?:[\w'-]+\s)"
    rf"{{0,3}}?(?:importers?|exporters?|firms?|companies|businesses|respondents|voters|americans"
    rf"|people|economists|analysts|markets?|population|supply|supplies|production|output|capacity"
    rf"|exports|imports|shipments)){END}"
)
_OF_REVENUE = re.compile(rf"\sof\s(?:[\w'-]+\s){{0,4}}?{_REVENUE}{END}")

_SMALL = (
    r"(?:(?:an?|the|its|their|his|about|around|roughly|just|only|current|previous|earlier)\s){0,3}"
)
_NO_BREAK = r"(?:(?!\s(?:and|while|but|whereas)\s)[^.;]){0,80}?"
_FROM = re.compile(rf"(?<!\w)from\s{_SMALL}$")
_MOVED_FROM = re.compile(
    rf"(?<!\w)(?:up|down|{CHANGE_VERB}\w*|(?:instead|in\splace)\sof|rather\sthan)\s(?:from\s)?{_SMALL}$"
)
_TO = re.compile(rf"{_NO_BREAK}\s(?:to|into)\s{_SMALL}")
_OWN_DUTY = rf"(?![^.;]{{0,80}}?(?<!\w){_DUTY}\s(?:on|against)\s)"
_VERB_TO = re.compile(
    rf"{_NO_BREAK}(?<!\w){CHANGE_VERB}\w*(?!\w){_OWN_DUTY}{_NO_BREAK}\s(?:to|into)\s{_SMALL}"
)
"""Not "35% on whiskey, in reply to its decision to double the duty on steel to 50%"."""
_BACK = re.compile(
    rf"{_NO_BREAK}\s(?:from|instead\sof|rather\sthan|compared\s(?:with|to)|versus|against"
    rf"|in\splace\sof|replacing|\(?previously|formerly)\s{_SMALL}"
)
_REPLACING = re.compile(rf"(?<!\w)replac\w*\s{_SMALL}$")
_WITH = re.compile(rf"{_NO_BREAK}\s(?:with|by)\s{_SMALL}")
_MULTIPLIED = re.compile(
    rf"(?<!\w)(?P<verb>{join_words(MULTIPLES)}|in\shalf|by\shalf)\s{_NO_BREAK}"
    rf"(?P<side>to|from)\s{_SMALL}$"
)
_DENIED = re.compile(r"(?:(?<!\w)(?:not|never|no)|n't)\s(?:(?:be|at|to|an?|the|of)\s){0,2}$")
_INSTEAD = re.compile(rf"(?<!\w)(?:instead\sof|rather\sthan|in\splace\sof)\s{_SMALL}$")
_ANYTHING = re.compile(_NO_BREAK)
_INEXACT = re.compile(
    r"(?<!\w)(?:than|nearly|almost|about|roughly|around|over|at\sleast|not|n't)\s$"
)


def carries_rate(value: float, quotes: Sequence[str]) -> RateVerdict:
    """Say whether some quote gives ``value`` percent as a level.

    Levels are "a 30% tariff", "to 10%", "from 20% to 10%" (both), "about 15 percent", "a quarter
    of its revenue", "duty-free" (0), and what "halved to 10%" implies (20). No levels are
    changes ("by 145%", "a 10% increase", "an additional 10%"), limits ("up to", "at least"),
    ranges and percentage points. Nothing is raised, whatever ``value`` is.
    """
    read = [read_rates(quote) for quote in quotes]
    found = [rate for quote in read for rate in quote.rates]
    same = [rate for rate in found if _is_same(rate.value, value)]
    derived = [move for quote in read for move in quote.moves if move.derived]
    if any(rate.doubt is None for rate in same) or any(
        _is_same(side, value) for move in derived for side in (move.before, move.after)
    ):
        return RateVerdict(carried=True)
    if not same:
        return RateVerdict(carried=False, reason=_describe_absence(value, found), doubt="absent")
    return RateVerdict(carried=False, reason=_describe_doubt(same[0]), doubt=same[0].doubt)


def check_rate_pair(
    rate: float | None, previous: float | None, quotes: Sequence[str]
) -> str | None:
    """Return what is wrong with ``rate`` after and ``previous`` before it, or ``None``.

    Wrong is a pair that the quotes tell the other way round, a side that they give another
    partner, and a lone side that they give only as the other one. Quotes that tell no movement
    ("from 20% to 10%", "to 10% from 20%", "10% instead of 20%", "halved to 10%") prove nothing.
    """
    read = [read_rates(quote) for quote in quotes]
    moves = [move for quote in read for move in quote.moves]
    if any(_agrees(move, rate, previous) for move in moves):
        return None
    touched = [move for move in moves if _touches(move, rate) or _touches(move, previous)]
    if not touched:
        return None
    if rate is None or previous is None:
        lone = rate if previous is None else previous
        if any(_stands_alone(quote, lone) for quote in read):
            return None
    return _describe_move(touched[0])


def _is_same(value: Fraction | None, claimed: float | None) -> bool:
    return value is not None and claimed is not None and float(value) == claimed


def _agrees(move: RateMove, rate: float | None, previous: float | None) -> bool:
    """Say whether the move tells at least one of the two, in its place, and denies none."""
    after, before = _is_same(move.after, rate), _is_same(move.before, previous)
    if move.after is not None and rate is not None and not after:
        return False
    if move.before is not None and previous is not None and not before:
        return False
    return after or before


def _touches(move: RateMove, claimed: float | None) -> bool:
    return _is_same(move.before, claimed) or _is_same(move.after, claimed)


def _stands_alone(quote: QuotedRates, claimed: float | None) -> bool:
    """Say whether the quote gives the level outside every movement."""
    moved = {start for move in quote.moves for start in move.starts}
    return any(
        rate.doubt is None and rate.start not in moved and _is_same(rate.value, claimed)
        for rate in quote.rates
    )


@lru_cache(maxsize=512)
def read_rates(quote: str) -> QuotedRates:
    """Return the percentages of ``quote`` that may be rates, and how it moves them."""
    low = fold_text(quote)
    rates = tuple(_find_rates(quote, low))
    levels = [rate for rate in rates if rate.doubt is None]
    return QuotedRates(rates, tuple(_find_moves(low, levels)))


def _find_rates(quote: str, low: str) -> Iterator[RateMention]:
    for mention in find_numbers(quote):
        if mention.kind not in ("percent", "percentage_points", "fraction"):
            continue
        value = mention.value * 100 if mention.kind == "fraction" else mention.value
        written = quote[mention.start : mention.end]
        doubt = _find_doubt(low, mention)
        if mention.kind != "fraction" or doubt or _OF_REVENUE.match(low, mention.end):
            yield RateMention(mention.start, mention.end, value, written, doubt)


def _find_doubt(low: str, mention: NumberMention) -> Doubt | None:
    if mention.kind == "percentage_points":
        return "points"
    if mention.bound in {"range", "bound"}:
        return "range" if mention.bound == "range" else "bound"
    before = low[max(0, mention.start - 100) : mention.start]
    if _is_change(before, low, mention.end):
        return "change"
    doubts: tuple[tuple[Doubt, re.Match[str] | None], ...] = (
        ("share", _SHARE.match(low, mention.end)),
        ("threatened", _THREATENED.search(before)),
        ("denied", _DENIED.search(before)),
    )
    return next((doubt for doubt, match in doubts if match), None)


def _is_change(before: str, low: str, end: int) -> bool:
    duty_next = _DUTY_NEXT.match(low, end) is not None
    if _AMOUNT.search(before):
        return True
    takes = _TAKES.search(before) and _CUT_NEXT.match(low, end)
    if _RISE_NEXT.match(low, end) and not _SHARE_NEXT.match(low, end) and not takes:
        return True
    if (match := _BY.search(before)) and not _PREPOSITION.search(match["between"]):
        return not (
            _ACTING.search(match["between"])
            or (duty_next and not _VERB_NEAR.search(before[: match.start()]))
        )
    match = _DIRECTLY.search(before)
    return match is not None and not duty_next and not _STOPS.search(match["between"])


def _find_moves(low: str, levels: Sequence[RateMention]) -> Iterator[RateMove]:
    """Yield the movements between neighbouring levels, then those that name one side only."""
    taken: set[int] = set()
    for finder in (_find_forward, _find_backward):
        for first, second in pairwise(levels):
            if first.start in taken or second.start in taken:
                continue
            if move := finder(low, first, second):
                taken |= {first.start, second.start}
                yield move
    for level in levels:
        if level.start not in taken and (move := _find_single(low, level)):
            yield move


def _find_forward(low: str, first: RateMention, second: RateMention) -> RateMove | None:
    """Find "from A to B", "the A tariff is cut to B", "replace A with B"."""
    before = low[max(0, first.start - 60) : first.start]
    between = low[first.end : second.start]
    told = (
        (_FROM.search(before) and _TO.fullmatch(between))
        or _VERB_TO.fullmatch(between)
        or (_REPLACING.search(before) and _WITH.fullmatch(between))
        or (_INSTEAD.search(before) and _ANYTHING.fullmatch(between))
    )
    starts = (first.start, second.start)
    return RateMove(first.value, second.value, starts) if told else None


def _find_backward(low: str, first: RateMention, second: RateMention) -> RateMove | None:
    """Find "to B from A", "B, down from A", "B instead of A"."""
    if _BACK.fullmatch(low[first.end : second.start]):
        return RateMove(second.value, first.value, (first.start, second.start))
    return None


def _find_single(low: str, level: RateMention) -> RateMove | None:
    before = low[max(0, level.start - 120) : level.start]
    match = _MULTIPLIED.search(before)
    if match is not None and not _INEXACT.search(before[: match.start()]):
        factor = MULTIPLES.get(match["verb"], Fraction(1, 2))
        if match["side"] == "to":
            return RateMove(level.value / factor, level.value, (level.start,), derived=True)
        return RateMove(level.value, level.value * factor, (level.start,), derived=True)
    if _FROM.search(before) and _MOVED_FROM.search(before):
        return RateMove(level.value, None, (level.start,))
    return None


_DOUBTS: dict[Doubt, str] = {
    "points": "in percentage points, which is a change and no level",
    "change": "as a change, which is no level",
    "bound": "as a limit, which is no level",
    "range": "as an end of a range, which is no level",
    "threatened": "as what it was to be and is not",
    "share": "as a share of something, which is no rate",
    "denied": "as what it is not",
}


def _describe_doubt(rate: RateMention) -> str:
    assert rate.doubt is not None
    return f'the quotes give "{rate.written}" only {_DOUBTS[rate.doubt]}; set it to null.'


def _describe_absence(value: float, found: Sequence[RateMention]) -> str:
    said = ", ".join(dict.fromkeys(f'"{rate.written}"' for rate in found))
    given = f"they say {said}" if said else "they give no percentage"
    return f"no quote says {value:.15g} percent; {given}."


def _describe_move(move: RateMove) -> str:
    sides = [
        f"{float(side):.15g} percent as the rate {place}"
        for side, place in ((move.before, "before"), (move.after, "after"))
        if side is not None
    ]
    return f"the quotes give {' and '.join(sides)}; rate is the one after, previous_rate the other."
