"""The shape of what a scan for numbers finds.

Owns the types. Must not know how a number is read, or what is claimed of it.
"""

from fractions import Fraction
from typing import Literal, NamedTuple

NumberKind = Literal[
    "plain", "percent", "percentage_points", "money", "ordinal", "fraction", "multiple", "year"
]
"""``percentage_points``: basis points too, as hundredths. ``fraction``: "a quarter", "one in
five". ``multiple``: "doubled", "tenfold", "halved" (1/2). ``year``: four bare digits,
1900..2099."""
Bound = Literal["exact", "approximate", "bound", "range"]
"""``bound``: "up to", "at least", "nearly". ``range``: either end of "10 to 15"."""


class NumberMention(NamedTuple):
    """One number that a text writes.

    ``start`` (inclusive) and ``end`` (exclusive) are offsets in code points and span the sign,
    the scale, "percent" and the currency. ``value`` is exact and written out; a percent is
    worth its number (25 for "25%"), a percentage point too. ``unit`` is the ISO 4217 code of
    money ("¥" where yuan and yen are both possible), else the singular measure or thing behind
    the number where it is a known one, else "". ``scale`` is the written multiplier, 1 where
    there is none. ``spelled`` tells that it stands in words; ``tacit``, that only an article
    says it ("a year"). ``motion`` is "by" or "to" where that word leads to a percent or to money.
    """

    start: int
    end: int
    value: Fraction
    kind: NumberKind = "plain"
    unit: str = ""
    bound: Bound = "exact"
    scale: int = 1
    spelled: bool = False
    tacit: bool = False
    motion: Literal["", "by", "to"] = ""


class NameMention(NamedTuple):
    """A token that holds digits and is no number: "H200", "Section 301", "10:30", "2,5".

    ``key`` is what must be equal for one to carry another: folded, blanks collapsed.
    """

    start: int
    end: int
    key: str


Mention = NumberMention | NameMention


class Page(NamedTuple):
    """A text in its two readable forms; offsets are the same in both and in the original."""

    raw: str
    low: str
