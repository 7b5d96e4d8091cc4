"""The draft: what a reader claims, before anything is verified.

Owns the unverified view of the contract: quotes as plain strings, no offsets, no ids. Every
field is required, so that strict structured outputs take the schema.
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from schemas.base import Frozen, ListName
from schemas.items import (
    ChipPolicyFields,
    CommitmentFields,
    DoubtFields,
    NonTariffMeasureFields,
    TalkFields,
    TariffFields,
)

MAX_QUOTES = 3
"""Most quotes that one item may carry."""
MAX_HEADLINE_CHARS = 120
"""Longest headline, in Unicode code points."""

Quotes = Annotated[
    list[Annotated[str, Field(min_length=1)]], Field(min_length=1, max_length=MAX_QUOTES)
]
"""1 to 3 verbatim quotes, each the shortest that carries the fact."""


class DraftTalk(TalkFields):
    """A talk as the reader claims it."""

    evidence: Quotes


class DraftCommitment(CommitmentFields):
    """A commitment as the reader claims it."""

    evidence: Quotes


class DraftTariff(TariffFields):
    """A tariff as the reader claims it."""

    evidence: Quotes


class DraftChipPolicy(ChipPolicyFields):
    """A chip policy as the reader claims it."""

    evidence: Quotes


class DraftNonTariffMeasure(NonTariffMeasureFields):
    """A non-tariff measure as the reader claims it."""

    evidence: Quotes


class DraftDoubt(DoubtFields):
    """A doubt as the reader claims it."""

    evidence: Quotes


DraftItem = (
    DraftTalk | DraftCommitment | DraftTariff | DraftChipPolicy | DraftNonTariffMeasure | DraftDoubt
)
"""An item of any list."""
DRAFT_ITEMS: Mapping[ListName, type[DraftItem]] = {
    "talks": DraftTalk,
    "commitments": DraftCommitment,
    "tariffs": DraftTariff,
    "chip_policies": DraftChipPolicy,
    "non_tariff_measures": DraftNonTariffMeasure,
    "doubts": DraftDoubt,
}
"""The type of each list's items."""


class Draft(Frozen):
    """What the LLM fills in: the six lists, then a headline and a gist."""

    talks: list[DraftTalk]
    """Calls, meetings, rounds and visits."""
    commitments: list[DraftCommitment]
    """Acts promised."""
    tariffs: list[DraftTariff]
    """Duties on goods."""
    chip_policies: list[DraftChipPolicy]
    """Policy on semiconductors."""
    non_tariff_measures: list[DraftNonTariffMeasure]
    """Controls, licences, quotas, fees, bans and listings outside chips."""
    doubts: list[DraftDoubt]
    """Where the article contradicts or corrects itself."""
    headline: str = Field(min_length=1, max_length=MAX_HEADLINE_CHARS)
    """At most 120 characters, in the summary's own words."""
    gist: str = Field(min_length=1)
    """Two or three sentences."""
