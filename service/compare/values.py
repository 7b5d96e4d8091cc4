"""Scorers of single values: words of a closed set, numbers, quantities, dates.

Owns what is the same for each kind. Numbers have no relative likeness: 25 is not nearly 26.
Pure and symmetric but for dates, where the golden one's precision decides.
"""

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from schemas.base import Quantity
from service.checking.number_words import SCALES
from service.checking.quantities import QuantityUnit, parse_unit
from service.compare.thresholds import COARSE_DATE_CREDIT
from service.compare.verdicts import RIGHT, WRONG, Verdict

_RELATIVE_ERROR = 1e-9
"""What writing a number in binary may cost; 25 and 26 differ by 4e-2."""


def judge_word(expected: object, found: object) -> Verdict:
    """Judge a value of a closed set, or a flag: the same or not."""
    return RIGHT if expected == found else WRONG


def judge_number(expected: float, found: float) -> Verdict:
    """Judge a percentage: equal or not, 10 and 10.0 being one."""
    return RIGHT if math.isclose(expected, found, rel_tol=_RELATIVE_ERROR) else WRONG


@lru_cache(maxsize=4096)
def judge_quantity(expected: Quantity, found: Quantity) -> Verdict:
    """Judge value and unit: 12 "million tons" is 12,000,000 "ton"; a ton is no student.

    A unit that says one word more ("metric ton", "ton") is the same, written differently.
    """
    value, unit = _write_out(expected)
    other_value, other_unit = _write_out(found)
    if not judge_number(value, other_value).is_right:
        return Verdict(0, note="another amount")
    if unit == other_unit:
        return Verdict(1, is_exact=expected == found)
    return Verdict(1, is_exact=False) if _is_same_unit(unit, other_unit) else _OTHER_UNIT


_OTHER_UNIT = Verdict(0, note="another unit")


def _is_same_unit(one: QuantityUnit, other: QuantityUnit) -> bool:
    if one.period != other.period or one.currency != other.currency:
        return False
    if one.currency:
        return True
    words, others = set(one.words), set(other.words)
    has_one_head = one.words[-1:] == other.words[-1:] != ()
    return has_one_head and (words <= others or others <= words)


def _write_out(quantity: Quantity) -> tuple[float, QuantityUnit]:
    """Return the value with the unit's magnitudes multiplied in, and the unit without them."""
    unit = parse_unit(_plain_unit(quantity.unit))
    scale = math.prod(islice(_iterate_scales(unit.words), _MAX_SCALES))
    rest = " ".join(word for word in unit.words if word not in SCALES)
    if scale == 1 or not rest:
        return quantity.value, unit
    return quantity.value * scale, parse_unit(rest)._replace(period=unit.period)


def _plain_unit(unit: str) -> str:
    """Return ``unit`` by its usual name: "tonnes of soybeans" and "MT" are a "metric ton"."""
    words = _OF_WHAT.sub("", unit).split()
    return " ".join(_SAME_UNITS.get(word.casefold(), word) for word in words)


_OF_WHAT = re.compile(r"\s+(?:worth\s+)?of\s.*$")
_SAME_UNITS = {
    **dict.fromkeys(("tonne", "tonnes", "mt", "t"), "metric ton"),
    **dict.fromkeys(("plane", "planes", "airplane", "airplanes"), "aircraft"),
    **dict.fromkeys(("pct", "%"), "percent"),
    **dict.fromkeys(("firm", "firms"), "company"),
}
"""Words for one unit, each with the one that stands for all."""
_MAX_SCALES = 2
"""Most words like "million" in a unit; more are no quantity."""


def _iterate_scales(words: Iterable[str]) -> Iterable[int]:
    return (SCALES[word] for word in words if word in SCALES)


def judge_date(expected: str, found: str) -> Verdict:
    """Judge a date by the precision that each states (ISO 8601, reduced precision).

    Against 2026-02, 2026-02 is right; 2026 says less and is half right; 2026-02-28 says a day
    that is not expected, and is as wrong as 2025-02.
    """
    if expected == found:
        return RIGHT
    if expected.startswith(f"{found}-"):
        return Verdict(COARSE_DATE_CREDIT, note="less precise", is_critical=False)
    if found.startswith(f"{expected}-"):
        return Verdict(0, note="more precise than what is expected")
    return WRONG
