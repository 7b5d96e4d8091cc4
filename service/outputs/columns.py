"""Columns of a flat table, derived from the fields of a model.

Owns how a field becomes columns: which kinds of cells there are, and what is made of parties,
quantities and quotes. Knows no table and no file format.
"""

from collections.abc import Iterator
from datetime import datetime
from types import UnionType
from typing import Annotated, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from schemas.base import Party
from schemas.evidence import Evidence

Kind = Literal["text", "number", "integer", "truth", "instant", "texts", "integers"]
"""What the cells of a column are: ``number`` is a double, ``texts`` a list."""
Cell = str | float | bool | datetime | list[str | None] | list[int] | None
"""A value of a row."""

_KINDS: dict[object, Kind] = {
    str: "text",
    float: "number",
    int: "integer",
    bool: "truth",
    AwareDatetime: "instant",
}
_LISTS: dict[Kind, Kind] = {"text": "texts", "integer": "integers"}
_PARTS: dict[object, dict[str, str]] = {
    Party: {"name": "{field}", "country": "{field}_countries"},
    Evidence: {"quote": "quotes", "start": "quote_starts", "end": "quote_ends"},
}
"""What a list of such objects becomes: several columns of lists in one order, by their names."""


class Column(NamedTuple):
    """A column, and where in a row its cells are found."""

    name: str
    kind: Kind
    meaning: str
    """One sentence, as the contract has it; empty where the name says all."""
    path: tuple[str, ...]
    """Attributes that lead from a row to the value."""
    part: str | None = None
    """The attribute of each entry, where the value is a list of objects."""

    def read(self, row: object) -> Cell:
        """Return the cell of ``row``; ``None`` where there is nothing."""
        value = row
        for step in self.path:
            value = None if value is None else getattr(value, step)
        if self.part is not None and isinstance(value, list):
            return [getattr(entry, self.part) for entry in value]
        return value  # type: ignore[return-value]  # what the field's annotation says


def list_columns(model: type[BaseModel], *names: str, inside: tuple[str, ...] = ()) -> list[Column]:
    """Return the columns of the fields ``names`` of ``model``, in that order.

    ``inside`` are the attributes that lead from a row to the object of that model. Raises
    ``TypeError`` for a field that is no cell and not made of cells.
    """
    return [
        column
        for name in names
        for column in _flatten(name, model.model_fields[name], (*inside, name))
    ]


def _flatten(prefix: str, field: FieldInfo, path: tuple[str, ...]) -> Iterator[Column]:
    bare = _strip(field.annotation)
    meaning = field.description or ""
    if get_origin(bare) is list:
        yield from _flatten_list(prefix, _strip(*get_args(bare)), meaning, path)
    elif isinstance(bare, type) and issubclass(bare, BaseModel):
        for name, inner in bare.model_fields.items():
            yield from _flatten(f"{prefix}_{name}", inner, (*path, name))
    else:
        yield Column(prefix, _find_kind(bare), meaning, path)


def _flatten_list(
    field: str, entry: object, meaning: str, path: tuple[str, ...]
) -> Iterator[Column]:
    if entry not in _PARTS:
        yield Column(field, _LISTS[_find_kind(entry)], meaning, path)
        return
    assert isinstance(entry, type)
    assert issubclass(entry, BaseModel)
    for part, pattern in _PARTS[entry].items():
        inner = entry.model_fields[part]
        kind = _LISTS[_find_kind(_strip(inner.annotation))]
        name = pattern.format(field=field)
        own = meaning if name == field and meaning else inner.description or ""
        yield Column(name, kind, own, path, part)


def _strip(annotation: object) -> object:
    """Return the type without ``None`` and without what narrows it."""
    if get_origin(annotation) is Annotated:
        return _strip(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        kept = [one for one in get_args(annotation) if one is not type(None)]
        if len(kept) == 1:
            return _strip(kept[0])
    return annotation


def _find_kind(bare: object) -> Kind:
    if get_origin(bare) is Literal:
        return "text"
    try:
        return _KINDS[bare]
    except (KeyError, TypeError):
        raise TypeError(f"{bare!r} is no cell of a table") from None
