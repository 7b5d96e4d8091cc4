"""The summary: the verified view of an article, as served and stored.

Owns the envelope and the verified items. Only the pipeline's evidence stage makes one; a
summary with an evidence that is not its article's own text cannot be constructed.
"""

from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator

from schemas.article import Article
from schemas.base import LIST_NAMES, Frozen, WarningCode
from schemas.draft import MAX_HEADLINE_CHARS, MAX_QUOTES
from schemas.evidence import Evidence
from schemas.items import (
    ChipPolicyFields,
    CommitmentFields,
    DoubtFields,
    NonTariffMeasureFields,
    TalkFields,
    TariffFields,
)
from schemas.reading import Usage

ItemId = Annotated[str, Field(pattern=r"^[a-z-]+-[1-9][0-9]*$")]
"""Unique in the summary: the item's kind and its number, ``commitment-1``."""
EvidenceList = Annotated[list[Evidence], Field(min_length=1, max_length=MAX_QUOTES)]


class Identified(Frozen):
    """An item that can be referred to."""

    id: ItemId
    """Unique in the summary."""


class Talk(TalkFields, Identified):
    """A talk whose quotes stand in the article."""

    evidence: EvidenceList


class Commitment(CommitmentFields, Identified):
    """A commitment whose quotes stand in the article."""

    evidence: EvidenceList


class Tariff(TariffFields, Identified):
    """A tariff whose quotes stand in the article."""

    evidence: EvidenceList


class ChipPolicy(ChipPolicyFields, Identified):
    """A chip policy whose quotes stand in the article."""

    evidence: EvidenceList


class NonTariffMeasure(NonTariffMeasureFields, Identified):
    """A non-tariff measure whose quotes stand in the article."""

    evidence: EvidenceList


class Doubt(DoubtFields, Identified):
    """A doubt whose quotes stand in the article."""

    evidence: EvidenceList


Item = Talk | Commitment | Tariff | ChipPolicy | NonTariffMeasure | Doubt
"""A verified item of any list."""


class Provenance(Frozen):
    """How the summary came about, and what it cost."""

    engine: str
    """The reader: ``llm`` or ``embedded``."""
    model: str
    """The model's name as the endpoint reports it."""
    prompt_version: str
    """The prompt's file version, ``summarize.v1``."""
    created_at: AwareDatetime
    """When the reading was finished, UTC."""
    attempts: int = Field(ge=1)
    """Calls made for the reading, re-asks and failed ones included."""
    usage: Usage
    """Tokens over all attempts."""
    cost_usd: float | None = Field(ge=0, allow_inf_nan=False)
    """US dollars over all attempts; null where the model's price is not known."""
    latency_ms: int = Field(ge=0)
    """Milliseconds of all attempts together, waits between retries included; of parts, which are
    read side by side, those of the one that took longest."""
    parts: int = Field(default=1, ge=1, exclude_if=lambda parts: parts == 1)
    """In how many parts the article was read. One that was read as a whole does not say so."""


class SummaryWarning(Frozen):
    """Something that was dropped, cleared or decided by rule."""

    code: WarningCode
    """What kind of warning it is."""
    message: str
    """One sentence that names the item and the value."""


class Summary(Frozen):
    """A typed, quoted summary of one article.

    Raises ``ValueError`` where an evidence is not the article's own text or an item id
    occurs twice.
    """

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32,64}$")]
    """Names the reading, the article's metadata and the versions that decide the answer."""
    schema_version: str
    """Version of the field contract."""
    article: Article
    """What was read."""
    headline: str = Field(max_length=MAX_HEADLINE_CHARS)
    """At most 120 characters."""
    gist: str
    """Two or three sentences."""
    talks: list[Talk]
    commitments: list[Commitment]
    tariffs: list[Tariff]
    chip_policies: list[ChipPolicy]
    non_tariff_measures: list[NonTariffMeasure]
    doubts: list[Doubt]
    provenance: Provenance
    """How it was made."""
    warnings: list[SummaryWarning]
    """What was dropped, cleared or decided by rule."""

    def iterate_items(self) -> "list[Item]":
        """Return the items of all lists, in the order of the lists."""
        return [item for name in LIST_NAMES for item in getattr(self, name)]

    @model_validator(mode="after")
    def _check_items(self) -> Self:
        items = self.iterate_items()
        if len({item.id for item in items}) != len(items):
            raise ValueError("an item id occurs twice")
        for item in items:
            for evidence in item.evidence:
                if self.article.text[evidence.start : evidence.end] != evidence.quote:
                    raise ValueError(f"{item.id}: evidence is not the article's own text")
        return self
