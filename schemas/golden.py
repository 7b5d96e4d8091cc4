"""Golden fixtures: what a reading of an article should find.

Owns the fixture format: the draft's shape in which every field may be left out (not judged),
given, or given as ``{"any": [...]}`` (each of these is right). How a fixture is compared with
a summary stands elsewhere.
"""

from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from schemas.base import Frozen, PartialDate
from schemas.draft import (
    DraftChipPolicy,
    DraftCommitment,
    DraftDoubt,
    DraftNonTariffMeasure,
    DraftTalk,
    DraftTariff,
)


class AnyOf(Frozen):
    """Several right values for one field; each field has a subclass with values of its type."""

    any: list[Any] = Field(min_length=1)
    """Each of these is right."""


class AnyOfText(AnyOf):
    """Several right texts."""

    any: list[str] = Field(min_length=1)
    """Each of these is right."""


class ForbiddenItem(Frozen):
    """A partial item: one that matches every field given here is a critical error."""

    @model_validator(mode="after")
    def _check_not_empty(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("a forbidden item without a field would forbid every item")
        return self


class GoldenItem(Frozen):
    """An expected item; a field that is not in ``model_fields_set`` is not judged."""

    optional: bool = False
    """May be found or missed: never a miss, and a find is never a false one."""


# To look for docstrings costs each of the 160 models built below as much as all else, and they
# have none: their descriptions are given.
_BUILT = ConfigDict(use_attribute_docstrings=False)


class _BuiltAnyOf(AnyOf):
    model_config = _BUILT


class _BuiltItem(GoldenItem):
    model_config = _BUILT


class _BuiltForbidden(ForbiddenItem):
    model_config = _BUILT


_Model = TypeVar("_Model", bound=BaseModel)


def _name_kind(item: type[BaseModel]) -> str:
    return item.__name__.removeprefix("Draft")


def _make_any_of(item: type[BaseModel], field: str, plain: Any) -> type[AnyOf]:  # noqa: ANN401  # a type expression
    """Return the ``AnyOf`` for one field; named, so that exported schemas have stable names."""
    return create_model(
        f"AnyOf{_name_kind(item)}{field.title().replace('_', '')}",
        __base__=_BuiltAnyOf,
        __module__=__name__,
        __doc__=AnyOf.__doc__,
        any=(list[plain], Field(min_length=1, description="Each of these is right.")),
    )


def _make_partial(item: type[BaseModel], base: type[_Model], prefix: str) -> type[_Model]:
    """Derive from ``item`` a model of which each field may be left out or be an ``AnyOf``."""
    fields: dict[str, Any] = {}
    for name, field in item.model_fields.items():
        plain: Any = field.annotation
        for constraint in field.metadata:
            plain = Annotated[plain, constraint]
        fields[name] = (
            plain | _make_any_of(item, name, plain),
            Field(default=None, description=field.description),
        )
    name = prefix + _name_kind(item)
    return create_model(name, __base__=base, __module__=__name__, __doc__=item.__doc__, **fields)


GoldenTalk = _make_partial(DraftTalk, _BuiltItem, "Golden")
GoldenCommitment = _make_partial(DraftCommitment, _BuiltItem, "Golden")
GoldenTariff = _make_partial(DraftTariff, _BuiltItem, "Golden")
GoldenChipPolicy = _make_partial(DraftChipPolicy, _BuiltItem, "Golden")
GoldenNonTariffMeasure = _make_partial(DraftNonTariffMeasure, _BuiltItem, "Golden")
GoldenDoubt = _make_partial(DraftDoubt, _BuiltItem, "Golden")

ForbiddenTalk = _make_partial(DraftTalk, _BuiltForbidden, "Forbidden")
ForbiddenCommitment = _make_partial(DraftCommitment, _BuiltForbidden, "Forbidden")
ForbiddenTariff = _make_partial(DraftTariff, _BuiltForbidden, "Forbidden")
ForbiddenChipPolicy = _make_partial(DraftChipPolicy, _BuiltForbidden, "Forbidden")
ForbiddenNonTariffMeasure = _make_partial(DraftNonTariffMeasure, _BuiltForbidden, "Forbidden")
ForbiddenDoubt = _make_partial(DraftDoubt, _BuiltForbidden, "Forbidden")


class Forbidden(Frozen):
    """What a reading of the article must not contain, list by list."""

    talks: list[ForbiddenTalk] = Field(default_factory=list)  # type: ignore[valid-type]  # built at run time
    commitments: list[ForbiddenCommitment] = Field(default_factory=list)  # type: ignore[valid-type]  # built at run time
    tariffs: list[ForbiddenTariff] = Field(default_factory=list)  # type: ignore[valid-type]  # built at run time
    chip_policies: list[ForbiddenChipPolicy] = Field(default_factory=list)  # type: ignore[valid-type]  # built at run time
    non_tariff_measures: list[ForbiddenNonTariffMeasure] = Field(default_factory=list)  # type: ignore[valid-type]  # built at run time
    doubts: list[ForbiddenDoubt] = Field(default_factory=list)  # type: ignore[valid-type]  # built at run time


class GoldenFixture(Frozen):
    """What a reading of one article should find, miss nothing of, and never claim."""

    article: str = Field(min_length=1)
    """Path of the article, relative to the repository's root."""
    published: PartialDate | None = None
    """The publication date that the reading is given."""
    headline: str | AnyOfText | None = None
    """A right headline; null is not judged."""
    gist: str | AnyOfText | None = None
    """A right gist; null is not judged."""
    talks: list[GoldenTalk] = Field(default_factory=list)  # type: ignore[valid-type]  # built at run time
    commitments: list[GoldenCommitment] = Field(default_factory=list)  # type: ignore[valid-type]  # built at run time
    tariffs: list[GoldenTariff] = Field(default_factory=list)  # type: ignore[valid-type]  # built at run time
    chip_policies: list[GoldenChipPolicy] = Field(default_factory=list)  # type: ignore[valid-type]  # built at run time
    non_tariff_measures: list[GoldenNonTariffMeasure] = Field(default_factory=list)  # type: ignore[valid-type]  # built at run time
    doubts: list[GoldenDoubt] = Field(default_factory=list)  # type: ignore[valid-type]  # built at run time
    forbidden: Forbidden = Forbidden()
    """Items that are critical errors where they are found."""
    must_not_contain: list[Annotated[str, Field(min_length=1)]] = Field(default_factory=list)
    """Strings that may stand in no field but evidence quotes."""
