"""The fields of the six lists, without evidence: what a draft and a summary share.

Owns names, types and meanings of the fields (contract: schema version 1). Must not know
whether an item is verified; drafts and summaries are different types built on these.
"""

from pydantic import Field

from schemas.base import (
    ChipInstrument,
    CommitmentStatus,
    Frozen,
    MeasureStatus,
    NonTariffInstrument,
    PartialDate,
    Party,
    Quantity,
    Stance,
    TalkKind,
    TalkStatus,
    TariffAction,
    Topic,
)


class TalkFields(Frozen):
    """A call, meeting, round or visit between parties."""

    kind: TalkKind
    """``call`` is anything remote; ``summit`` heads of state or government, face to face."""
    date: PartialDate | None
    """The day, or the first of several."""
    place: str | None
    """Where it was or will be held."""
    participants: list[Party]
    """People where they are named, else the parties."""
    topics: list[Topic]
    """What it was about."""
    outcome: str | None
    """One sentence: what came of it, readout phrases included."""
    status: TalkStatus
    """How far it is."""
    source: str | None
    """The first speaker who tells it; null if the article itself does."""
    aside: bool
    """Whether it stands in a teaser of another story on the same page."""


class UndertakingFields(Frozen):
    """What commitments, tariffs, chip policies and non-tariff measures share."""

    statement: str = Field(min_length=1)
    """One sentence or verb phrase: what is undertaken or what the measure does."""
    actors: list[Party]
    """Who undertakes, levies or sets; of a measure the government or body whose it is."""
    targets: list[Party]
    """To whom, whose goods, whom it bears on: countries; firms go to ``companies``."""
    announced: PartialDate | None
    """When it was given, decided, declared or threatened."""
    condition: str | None
    """What it answers, depends on or is given in exchange for."""
    agreement: str | None
    """The named deal that it belongs to."""
    source: str | None
    """The first speaker (a person, a ministry, an agency); null if the article itself says it."""
    aside: bool
    """Whether it stands in a teaser of another story on the same page."""


class CommitmentFields(UndertakingFields):
    """A promised act that one could check was done."""

    topic: Topic
    """What the act is about."""
    quantity: Quantity | None
    """How much is promised."""
    due: PartialDate | None
    """By when."""
    status: CommitmentStatus
    """The furthest stage that the article reports."""


class TariffFields(UndertakingFields):
    """A duty on goods: levied, moved, paused, threatened or lifted."""

    goods: str | None
    """On what; null when on all goods, or not said."""
    action: TariffAction
    """What is done to the duty; ``extend`` is a suspension or truce that goes on."""
    companies: list[str]
    """Firms with a rate or an exemption of their own."""
    rate: float | None = Field(allow_inf_nan=False)
    """Percent ad valorem after the action; null for a range, "up to" or "by"."""
    previous_rate: float | None = Field(allow_inf_nan=False)
    """Percent ad valorem before the action."""
    effective: PartialDate | None
    """From when it applies."""
    until: PartialDate | None
    """Until when it applies; a length of time is no date."""
    status: MeasureStatus
    """The furthest stage that the article reports."""


class ChipPolicyFields(UndertakingFields):
    """What a government does about semiconductors, and what firms do under it."""

    companies: list[str]
    """Firms it bears on or that act under it."""
    products: list[str]
    """Chips, chip families or tools as named."""
    instrument: ChipInstrument
    """By what means."""
    stance: Stance
    """The direction of the measure itself, were it applied."""
    rate: float | None = Field(allow_inf_nan=False)
    """Percent, where the instrument has one."""
    effective: PartialDate | None
    """From when it applies."""
    until: PartialDate | None
    """Until when it applies; a length of time is no date."""
    status: MeasureStatus
    """The furthest stage that the article reports."""


class NonTariffMeasureFields(UndertakingFields):
    """A control, licence, quota, fee, ban or listing outside chips."""

    goods: str | None
    """On what."""
    instrument: NonTariffInstrument
    """By what means."""
    stance: Stance
    """The direction of the measure itself, were it applied."""
    effective: PartialDate | None
    """From when it applies."""
    until: PartialDate | None
    """Until when it applies; a length of time is no date."""
    status: MeasureStatus
    """The furthest stage that the article reports."""


class DoubtFields(Frozen):
    """A place where the article contradicts or corrects itself."""

    about: str = Field(min_length=1)
    """One sentence: what does not fit, or what was corrected."""
