"""Claims: the items of a fixture or summary in the one shape in which they are compared.

Owns what is judged of an item and the several right values that a field may have. Knows no
scorer. Both sides have the same shape, so that two fixtures can be compared as well.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pydantic import BaseModel

from schemas.base import LIST_NAMES, ListName, Party, Quantity
from schemas.golden import AnyOf, GoldenFixture, GoldenItem
from service.grounding import Span, TextIndex, ground_quotes

Value = object
"""A hashable value of a field: a string, number, flag, party or quantity, or a tuple of them."""


class Claim(NamedTuple):
    """One item, as it is compared."""

    list_name: ListName
    position: int
    """Its place in its list, from 0."""
    id: str | None
    """Its id, where it has one."""
    values: Mapping[str, tuple[Value, ...]]
    """Field to the values that are right; a field that is not judged is left out."""
    places: tuple[tuple[Span, ...], ...]
    """Where its quotes stand, for each right set of quotes; empty where they are not judged."""
    is_optional: bool = False
    """Whether it may be found or missed."""
    ungrounded: tuple[str, ...] = ()
    """Its quotes that do not stand where they are said to."""

    @property
    def name(self) -> str:
        """Return what it is about, in one phrase."""
        for field in ("statement", "about", "outcome", "kind"):
            for value in self.values.get(field, ()):
                if isinstance(value, str):
                    return value
        return f"{self.list_name}[{self.position}]"


Claims = Mapping[ListName, Sequence[Claim]]
"""The claims of all six lists."""


def list_golden_claims(fixture: GoldenFixture, index: TextIndex) -> Claims:
    """Return the items of ``fixture``; a quote that the text of ``index`` lacks is left out."""
    return {
        name: [
            _make_golden(name, position, item, index)
            for position, item in enumerate(getattr(fixture, name))
        ]
        for name in LIST_NAMES
    }


def list_forbidden_claims(fixture: GoldenFixture, index: TextIndex) -> Claims:
    """Return the partial items that must not be found."""
    return {
        name: [
            _make_partial(name, position, item, index)
            for position, item in enumerate(getattr(fixture.forbidden, name))
        ]
        for name in LIST_NAMES
    }


def _make_golden(name: ListName, position: int, item: GoldenItem, index: TextIndex) -> Claim:
    return _make_partial(name, position, item, index)._replace(is_optional=item.optional)


def _make_partial(name: ListName, position: int, item: BaseModel, index: TextIndex) -> Claim:
    given = {
        field: list_alternatives(getattr(item, field))
        for field in type(item).model_fields
        if field in item.model_fields_set and field != "optional"
    }
    quotes = given.pop("evidence", ())
    return Claim(
        list_name=name,
        position=position,
        id=None,
        values={field: tuple(freeze(value) for value in values) for field, values in given.items()},
        places=tuple(locate(one, index) for one in quotes if isinstance(one, Sequence)),
    )


def list_alternatives(value: object) -> tuple[object, ...]:
    """Return the right values of a golden field: one, or those of an ``any``."""
    return tuple(value.any) if isinstance(value, AnyOf) else (value,)


def locate(quotes: Sequence[str], index: TextIndex) -> tuple[Span, ...]:
    """Return where ``quotes`` stand, in the order of their places."""
    found = ground_quotes(quotes, index).evidence
    return tuple(sorted(Span(one.start, one.end) for one in found))


def freeze(value: object) -> Value:
    """Return ``value`` hashable: a list becomes a tuple, in its order.

    Equal parties and quantities become one object: memories of verdicts compare by identity
    first, and models of pydantic by every field.
    """
    if isinstance(value, list):
        return tuple(freeze(entry) for entry in value)
    return _intern(value) if isinstance(value, (Party, Quantity)) else value


@lru_cache(maxsize=16384)
def _intern(value: Party | Quantity) -> Party | Quantity:
    return value
