"""Values as words, for reports and for an order that depends on nothing but them.

Owns how a value is written. Knows no outcome.
"""

from collections.abc import Sequence
from functools import singledispatch

from schemas.base import Party, Quantity
from service.grounding import Span


@singledispatch
def word_value(value: object) -> str:
    """Return ``value`` as a person would write it: "China (CN)", "12,000,000 ton", "10"."""
    return "nothing" if value is None else str(value)


@word_value.register
def _(value: bool) -> str:  # the value that is worded, no option
    return "yes" if value else "no"


@word_value.register
def _(value: float) -> str:
    return f"{value:,.15g}"


@word_value.register
def _(value: int) -> str:
    return f"{value:,}"


@word_value.register
def _(value: Party) -> str:
    return f"{value.name} ({value.country})" if value.country else value.name


@word_value.register
def _(value: Quantity) -> str:
    return f"{value.value:,.15g} {value.unit}"


@word_value.register
def _(value: Span) -> str:
    return f"{value.start}:{value.end}"


@word_value.register
def _(value: tuple) -> str:  # type: ignore[type-arg]  # of any values
    return ", ".join(map(word_value, value)) or "nothing"


def word_values(values: Sequence[object]) -> str:
    """Return several right values as words, "or" between them."""
    if len(values) == 1:
        return values[0] if isinstance(values[0], str) else word_value(values[0])
    return " or ".join(dict.fromkeys(map(word_value, values)))
