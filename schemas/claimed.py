"""A summary as someone hands it in: of the contract's shape, its evidence unproven.

Owns the loose twin of ``Summary``, which a comparison takes so that it can tell of a quote
that is not in the article instead of refusing the file. Nothing of it is ever served.
"""

from typing import Literal

from schemas.article import Article
from schemas.base import LIST_NAMES, Frozen, ListName
from schemas.items import (
    ChipPolicyFields,
    CommitmentFields,
    DoubtFields,
    NonTariffMeasureFields,
    TalkFields,
    TariffFields,
)
from schemas.summary import Identified, Provenance, SummaryWarning


class ClaimedEvidence(Frozen):
    """A quote, and where it is said to stand."""

    quote: str
    start: int
    end: int


class ClaimedTalk(TalkFields, Identified):
    """A talk with unproven quotes."""

    evidence: list[ClaimedEvidence]


class ClaimedCommitment(CommitmentFields, Identified):
    """A commitment with unproven quotes."""

    evidence: list[ClaimedEvidence]


class ClaimedTariff(TariffFields, Identified):
    """A tariff with unproven quotes."""

    evidence: list[ClaimedEvidence]


class ClaimedChipPolicy(ChipPolicyFields, Identified):
    """A chip policy with unproven quotes."""

    evidence: list[ClaimedEvidence]


class ClaimedNonTariffMeasure(NonTariffMeasureFields, Identified):
    """A non-tariff measure with unproven quotes."""

    evidence: list[ClaimedEvidence]


class ClaimedDoubt(DoubtFields, Identified):
    """A doubt with unproven quotes."""

    evidence: list[ClaimedEvidence]


ClaimedItem = (
    ClaimedTalk
    | ClaimedCommitment
    | ClaimedTariff
    | ClaimedChipPolicy
    | ClaimedNonTariffMeasure
    | ClaimedDoubt
)
"""An item of any list."""


class ClaimedSummary(Frozen):
    """A summary of this version of the contract, whoever made it."""

    id: str
    schema_version: Literal["1"]
    article: Article
    headline: str
    gist: str
    talks: list[ClaimedTalk]
    commitments: list[ClaimedCommitment]
    tariffs: list[ClaimedTariff]
    chip_policies: list[ClaimedChipPolicy]
    non_tariff_measures: list[ClaimedNonTariffMeasure]
    doubts: list[ClaimedDoubt]
    provenance: Provenance
    warnings: list[SummaryWarning]

    def list_items(self, name: ListName) -> list[ClaimedItem]:
        """Return the items of list ``name``."""
        items: list[ClaimedItem] = getattr(self, name)
        return items

    def iterate_items(self) -> list[ClaimedItem]:
        """Return the items of all lists, in the order of the lists."""
        return [item for name in LIST_NAMES for item in self.list_items(name)]
