"""The vocabulary that every list shares: parties, dates, quantities and the closed sets.

Owns the enum values of the contract. Must not know which list uses which of them.
"""

import re
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1"
"""Version of the field contract; part of every summary's id."""

Topic = Literal[
    "trade",
    "tariffs",
    "export_controls",
    "chips",
    "rare_earths",
    "agriculture",
    "narcotics",
    "market_access",
    "investment",
    "technology",
    "education",
    "security",
    "economy",
    "diplomacy",
    "other",
]
TalkKind = Literal["call", "meeting", "summit", "negotiation_round", "visit", "other"]
TalkStatus = Literal["planned", "ongoing", "held", "cancelled"]
CommitmentStatus = Literal[
    "proposed",
    "announced",
    "agreed",
    "in_progress",
    "fulfilled",
    "stalled",
    "broken",
    "withdrawn",
]
MeasureStatus = Literal[
    "threatened",
    "proposed",
    "agreed",
    "announced",
    "in_force",
    "suspended",
    "rejected",
    "ended",
]
TariffAction = Literal[
    "impose", "increase", "reduce", "remove", "suspend", "extend", "exempt", "maintain"
]
ChipInstrument = Literal[
    "export_control",
    "license",
    "revenue_share",
    "entity_listing",
    "usage_warning",
    "procurement_ban",
    "import_refusal",
    "legislation",
    "subsidy",
    "investigation",
    "enforcement",
    "other",
]
NonTariffInstrument = Literal[
    "export_control",
    "license",
    "import_ban",
    "export_ban",
    "quota",
    "fee",
    "entity_listing",
    "investment_limit",
    "investigation",
    "visa",
    "other",
]
Stance = Literal["tighten", "loosen", "maintain", "unclear"]
WarningCode = Literal[
    "item_dropped",
    "quote_dropped",
    "value_cleared",
    "repeated_quote",
    "partial_reading",
    "no_published",
    "instructions_in_article",
    "split",
    "fallback_reader",
]
ListName = Literal[
    "talks", "commitments", "tariffs", "chip_policies", "non_tariff_measures", "doubts"
]
LIST_NAMES: tuple[ListName, ...] = get_args(ListName)
"""The six lists, in the order in which a summary shows them."""

PARTIAL_DATE_PATTERN = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
COUNTRY_PATTERN = r"^[A-Z]{2}$"


def is_partial_date(value: str) -> bool:
    """Say whether ``value`` is an ISO 8601 date of year, month or day precision.

    A date that no calendar has (``2026-02-30``) is none. The source is ISO 8601-1:2019,
    5.2.2 (calendar dates and their reduced precision, extended format).
    """
    if not re.fullmatch(PARTIAL_DATE_PATTERN, value, flags=re.ASCII):
        return False
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _check_partial_date(value: str) -> str:
    if not is_partial_date(value):
        raise ValueError(f"{value!r} is no date of the form 2026, 2026-02 or 2026-02-28")
    return value


PartialDate = Annotated[
    str, Field(pattern=PARTIAL_DATE_PATTERN), AfterValidator(_check_partial_date)
]
"""An ISO 8601 date with reduced precision: ``2026``, ``2026-02`` or ``2026-02-28``."""

CountryCode = Annotated[str, Field(pattern=COUNTRY_PATTERN)]
"""An ISO 3166-1 alpha-2 code, or ``EU`` for the European Union."""


class Frozen(BaseModel):
    """A value object: immutable, unknown fields forbidden, attribute docstrings exported."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Party(Frozen):
    """Who acts or is acted on: a state, a body, a firm, or (in talks only) a person.

    ``name`` is the plain short form ("China", "AMD", "Scott Bessent"); ``country`` the
    ISO 3166-1 alpha-2 code that it belongs to, ``EU`` for the European Union, ``None`` for
    groups of states and where it is not known.
    """

    name: str = Field(min_length=1)
    """The plain short form, as English news writes it."""
    country: CountryCode | None
    """ISO 3166-1 alpha-2 code, ``EU``, or null."""


class Quantity(Frozen):
    """An amount, written out: 12 million metric tons is ``12000000`` of ``metric ton``.

    ``unit`` is singular and as the article has it ("student", "USD", "metric ton per year").
    """

    value: float = Field(allow_inf_nan=False)
    """The number, written out."""
    unit: str
    """Singular, as the article has it."""
