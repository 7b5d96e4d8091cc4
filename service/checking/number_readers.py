"""Reads one number after the other off a text, each by itself.

Owns what a number is worth and of what kind it is by the words next to it. Must not know its
neighbours (ranges, lists) nor what is claimed. Never raises; the cost is linear in the length.
"""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from service.checking import number_patterns as patterns
from service.checking import number_words as words
from service.checking.number_mentions import Mention, NameMention, NumberMention, Page

MAX_DIGITS = 40
"""Longest run of digits that is read as a number."""
_Found = tuple[Mention | None, int]
"""What stands there, if anything, and where to go on; always behind the match's start."""


def iterate_mentions(page: Page) -> Iterator[Mention]:
    """Yield the numbers and the names with digits of ``page``, in order."""
    position = 0
    while (match := words.SCANNER.search(page.low, position)) is not None:
        mention, position = _READERS[match.lastgroup or ""](page, match)
        if mention is not None:
            yield mention


def _skip_date(page: Page, match: re.Match[str]) -> _Found:
    """Pass a date over; "may" and "march" in small letters are none."""
    start, end = match.span()
    month = patterns.SMALL_MONTH.search(page.raw, start, end)
    if month is None:
        return None, end
    digits = patterns.LONE_DIGITS.match(page.low, start)
    return _read_digits(page, digits) if digits else (None, month.end())


def _read_digits(page: Page, match: re.Match[str]) -> _Found:
    start, end = match.span()
    number = match["number"]
    groups = patterns.SPACED_GROUPS.match(page.low, end)
    if groups is not None and len(number) <= 3 and number.isdigit():
        end = groups.end()
        if " " in groups.group() and " 000" not in groups.group():
            return _make_name(page, start, end)
        number = re.sub(r"\D", "", number + groups.group())
    value = _parse_digits(number)
    before = page.low[max(0, start - 2) : start]
    if value is None or (before and before[-1] in "$€£¥"):
        return _make_name(page, start, end)
    if before[-1:] == "-" and not before[:-1].strip(" \n\t("):
        start, value = start - 1, -value
    currency = words.CURRENCY_SIGNS.get(match["sign"] or "", "")
    return _finish(page, NumberMention(start, end, value, unit=currency))


def _parse_digits(number: str) -> Fraction | None:
    """Return the worth of digits with separators; ``None`` where English leaves it open."""
    if len(number) > MAX_DIGITS:
        return None
    if patterns.DECIMAL.fullmatch(number):
        return Fraction(number)
    return Fraction(number.replace(",", "")) if patterns.GROUPED.fullmatch(number) else None


def _make_name(page: Page, start: int, end: int) -> _Found:
    """Take what is attached to ``start:end`` with it, and give it as a token of its own."""
    rest = patterns.REST.match(page.low, end)
    end = rest.end() if rest else end
    key = " ".join(page.low[start:end].split())
    plural = patterns.PLURAL_NAME.fullmatch(key)
    return NameMention(start, end, plural["name"] if plural else key), end


def _finish(page: Page, seen: NumberMention) -> _Found:
    """Add scale, percent, currency and unit to a number read up to ``seen.end``."""
    low, core_end = page.low, seen.end
    if (
        seen.kind == "plain"
        and not seen.spelled
        and (tail := patterns.ORDINAL_END.match(low, core_end))
    ):
        return seen._replace(end=tail.end(), kind="ordinal"), tail.end()
    seen = _add_kind(low, _add_scale(page, _add_vulgar(low, seen)))
    following = low[seen.end : seen.end + 1]
    if (following.isalnum() or following == "_") and not patterns.ATTACHED_UNIT.match(
        low, seen.end
    ):
        decade = patterns.DECADE.match(low, seen.start)
        return (None, decade.end()) if decade else _make_name(page, seen.start, core_end)
    if seen.kind == "plain" and not seen.spelled:
        return _settle_digits(page, seen)
    return seen, seen.end


def _add_vulgar(low: str, seen: NumberMention) -> NumberMention:
    part = words.VULGAR.get(low[seen.end : seen.end + 1])
    if part is None or seen.value.denominator != 1 or seen.spelled:
        return seen
    return seen._replace(value=seen.value + part, end=seen.end + 1)


def _add_scale(page: Page, seen: NumberMention) -> NumberMention:
    for _ in range(2):
        match = patterns.SCALE.match(page.low, seen.end)
        if match is None:
            break
        scale = words.SCALES[match["scale"]]
        seen = seen._replace(
            value=seen.value * scale, scale=seen.scale * scale, end=match.end(), kind="plain"
        )
    if seen.scale == 1 and not seen.spelled and patterns.LETTER_SCALE.match(page.low, seen.end):
        return _add_letter_scale(page, seen)
    return seen


def _add_letter_scale(page: Page, seen: NumberMention) -> NumberMention:
    """Read "1.5m", "$3T"; a capital or "t" needs a currency or a unit, "3M" is a company."""
    letter = page.raw[seen.end]
    end = seen.end + 1
    counts = patterns.UNIT.match(page.low, end) or patterns.CURRENCY.match(page.low, end)
    if not seen.unit and (letter in "tT" or (letter not in "km" and not counts)):
        return seen
    scale = words.LETTER_SCALES[letter.lower()]
    return seen._replace(value=seen.value * scale, scale=scale, end=end)


def _add_kind(low: str, seen: NumberMention) -> NumberMention:
    """Settle the kind by what follows: money, points, percent, "-fold"; else note the unit."""
    end = seen.end
    if seen.unit:
        return seen._replace(kind="money")
    if match := patterns.POINTS.match(low, end):
        value = seen.value / 100 if match["basis"] else seen.value
        return seen._replace(value=value, kind="percentage_points", end=match.end())
    if match := patterns.PERCENT.match(low, end):
        return seen._replace(kind="percent", end=match.end())
    if match := patterns.FOLD.match(low, end):
        return seen._replace(kind="multiple", end=match.end())
    if match := patterns.CURRENCY.match(low, end):
        unit = words.CURRENCY_WORDS[" ".join(match["currency"].split())]
        return seen._replace(kind="money", unit=unit, end=match.end())
    match = patterns.UNIT.match(low, end) or patterns.ATTACHED_UNIT.match(low, end)
    return seen._replace(unit=words.fold_unit(match["unit"])) if match else seen


def _settle_digits(page: Page, seen: NumberMention) -> _Found:
    """Tell bare digits that count something from clock times, labels, ratios and years."""
    low, end = page.low, seen.end
    if match := patterns.CLOCK.match(low, end):
        key = f"{low[seen.start : end]}{match['half'] or ''}m"
        return NameMention(seen.start, match.end(), key), match.end()
    if seen.scale == 1 and (label := _find_label(page, seen)) is not None:
        return label, end
    if ratio := _read_ratio(low, seen):
        return ratio, ratio.end
    written = low[seen.start : end]
    if patterns.EUROPEAN.fullmatch(written):
        return _make_name(page, seen.start, end)
    if not seen.unit and patterns.YEAR.fullmatch(written):
        return seen._replace(kind="year"), end
    return seen, end


def _find_label(page: Page, seen: NumberMention) -> Mention | None:
    """Return "Section 301", "RTX 6000" as a name and "No. 1" as an ordinal."""
    before = max(0, seen.start - 24)
    if match := patterns.LABEL.search(page.low, before, seen.start):
        if match["number"]:
            return seen._replace(start=match.start(), kind="ordinal")
        if "boeing" in match.group() and not patterns.BOEING.fullmatch(
            page.low, seen.start, seen.end
        ):
            return None
    elif not seen.unit:
        match = patterns.ACRONYM.search(page.raw, before, seen.start)
    if match is None or match.group().strip() in patterns.PLACES:
        return None
    key = " ".join(page.low[match.start() : seen.end].split())
    return NameMention(match.start(), seen.end, key)


def _read_ratio(low: str, seen: NumberMention) -> NumberMention | None:
    """Read "one in five", "9 out of 10" as a fraction."""
    match = patterns.RATIO.match(low, seen.end)
    if match is None or seen.scale != 1 or seen.unit:
        return None
    of = int(match["digits"]) if match["digits"] else words.NUMERALS[match["word"]]
    if not (0 < seen.value < of and (of <= 10 or of in (12, 20, 50, 100, 1000))):
        return None
    return seen._replace(value=seen.value / of, kind="fraction", end=match.end())


def _read_name(page: Page, match: re.Match[str]) -> _Found:
    """Read "H200", "COVID-19"; of "mid-2026" and "top-10" only the digits count."""
    start, end = match.span()
    head, hyphen, _ = match.group().partition("-")
    if hyphen and head.isalpha() and (page.raw[start].islower() or head in patterns.PREFIXES):
        return None, start + len(head) + 1
    if patterns.QUARTER.fullmatch(match.group()):
        return None, end
    return _make_name(page, start, end)


def _read_free(page: Page, match: re.Match[str]) -> _Found:
    """Read "duty-free", "zero tariffs", "no duties on" as 0 percent, unless it is denied."""
    start, end = match.span()
    denied = patterns.DENIED.search(page.low, max(0, start - 16), start)
    if denied or patterns.NO_LEVEL.match(page.low, end):
        return None, end
    if match.group().startswith("no") and not patterns.LEVEL_ENDS.match(page.low, end):
        return None, end
    return NumberMention(start, end, Fraction(0), "percent", spelled=True), end


def _read_vulgar(page: Page, match: re.Match[str]) -> _Found:
    value = words.VULGAR[match.group()]
    return _finish(page, NumberMention(*match.span(), value, "fraction", spelled=True))


def _read_word(page: Page, match: re.Match[str]) -> _Found:
    low, word = page.low, match.group()
    start, end = match.span()
    if word in words.NUMERALS:
        return _read_numeral(page, start)
    if word in _WORD_READERS:
        return _WORD_READERS[word](page, start, end)
    if word in words.ORDINALS:
        unit = patterns.UNIT.match(low, end)
        noun = words.fold_unit(unit["unit"]) if unit else ""
        value = Fraction(words.ORDINALS[word])
        return NumberMention(start, end, value, "ordinal", noun, spelled=True), end
    if word in words.MULTIPLES:
        if patterns.NO_MULTIPLE.match(low, end):
            return None, end
        return NumberMention(start, end, words.MULTIPLES[word], "multiple", spelled=True), end
    value = Fraction(words.NUMERALS[word.removesuffix("fold").removesuffix("-")])
    return NumberMention(start, end, value, "multiple", spelled=True), end


def _read_numeral(page: Page, start: int) -> _Found:
    fraction = words.read_fraction(page.low, start)
    if fraction is not None and not patterns.PERIODS.search(page.low, max(0, start - 12), start):
        return _finish_fraction(page, start, *fraction)
    between = page.low.endswith("between ", max(0, start - 8), start)
    value, end = words.read_cardinal(page.low, start, joins_and=not between)
    tail = patterns.ORDINAL_TAIL.match(page.low, end)
    if tail is not None:
        value += words.ORDINALS[tail[1]]
        return NumberMention(start, tail.end(), value, "ordinal", spelled=True), tail.end()
    mention, after = _finish(page, NumberMention(start, end, value, spelled=True))
    if isinstance(mention, NumberMention) and mention.kind == "plain":
        ratio = _read_ratio(page.low, mention)
        return (ratio, ratio.end) if ratio else (mention, after)
    return mention, after


def _read_article(page: Page, start: int, end: int) -> _Found:
    """Read "a million", "a third of", "a year"; "a third round" is an ordinal."""
    low = page.low
    fraction = words.read_fraction(low, start)
    if fraction is not None:
        part, after = fraction
        if patterns.IS_PART.match(low, after) or patterns.TAKES_PART.search(
            low, max(0, start - 10), start
        ):
            return _finish_fraction(page, start, part, after)
    value, after = words.read_cardinal(low, start)
    if value:
        return _finish(page, NumberMention(start, after, value, spelled=True))
    unit = patterns.UNIT.match(low, end)
    if unit is None:
        return None, end
    noun = words.fold_unit(unit["unit"])
    return NumberMention(start, end, Fraction(1), unit=noun, spelled=True, tacit=True), end


def _read_half(page: Page, start: int, end: int) -> _Found:
    if patterns.NO_HALF.search(page.low, max(0, start - 8), start) or patterns.HALF_WORD.match(
        page.low, end
    ):
        return None, end
    return _finish_fraction(page, start, Fraction(1, 2), end)


def _finish_fraction(page: Page, start: int, value: Fraction, end: int) -> _Found:
    """Read on behind a fraction: "half a million", "a quarter of a percentage point"."""
    seen = NumberMention(start, end, value, "fraction", spelled=True)
    if match := patterns.POINT_CUT.match(page.low, end):
        return seen._replace(kind="percentage_points", end=match.end()), match.end()
    of_one = patterns.OF_ONE.match(page.low, end)
    return _finish(page, seen._replace(end=of_one.end()) if of_one else seen)


def _read_zero(page: Page, start: int, end: int) -> _Found:
    """Read "zero"; where a duty is cut "to zero", 0 percent. "Zero-sum" is no number."""
    low = page.low
    if patterns.NO_ZERO.match(low, end):
        return None, end
    value, end = words.add_decimals(low, Fraction(0), end)
    mention, after = _finish(page, NumberMention(start, end, value, spelled=True))
    bare = isinstance(mention, NumberMention) and mention.kind == "plain" and not mention.unit
    if bare and mention and patterns.DUTY_TO.search(low, max(0, start - 100), start):
        return NumberMention(start, end, value, "percent", spelled=True), after
    return mention, after


_WORD_READERS: dict[str, Callable[[Page, int, int], _Found]] = {
    "a": _read_article,
    "an": _read_article,
    "half": _read_half,
    "zero": _read_zero,
    "nil": _read_zero,
}
_READERS: dict[str, Callable[[Page, re.Match[str]], _Found]] = {
    "date": _skip_date,
    "digits": _read_digits,
    "name": _read_name,
    "free": _read_free,
    "word": _read_word,
    "vulgar": _read_vulgar,
}
