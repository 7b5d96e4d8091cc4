"""What is sent to the HTTP service and what its lists hold.

Owns the requests of a summary and of a comparison, the filters, and the rows and pages of lists.
A summary itself is ``schemas.summary``'s, a problem ``schemas.problem``'s.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, JsonValue

from schemas.base import (
    CommitmentStatus,
    CountryCode,
    Frozen,
    ListName,
    MeasureStatus,
    PartialDate,
    TalkStatus,
    Topic,
)
from schemas.summary import (
    ChipPolicy,
    Commitment,
    Doubt,
    NonTariffMeasure,
    Talk,
    Tariff,
)

MAX_PAGE = 500
"""Most rows of one page."""
MAX_PAIRS = 200
"""Most articles of one comparison over HTTP."""

ItemStatus = Literal[TalkStatus, CommitmentStatus, MeasureStatus]
"""The statuses of all lists together."""


class SummaryRequest(Frozen):
    """An article to read, as JSON."""

    text: str
    """The article's text; canonicalised before it is read (NFC, LF, no trailing blanks)."""
    title: str | None = None
    """Its headline, at most 500 characters."""
    source: str | None = None
    """The outlet that published it, at most 500 characters."""
    url: str | None = None
    """Where it was published: http or https, at most 2,000 characters."""
    published: str | None = None
    """When: 2026, 2026-02, 2026-02-28 or a date-time; relative dates are resolved from it."""
    language: str | None = None
    """BCP 47 tag of its language."""


class ComparisonPair(Frozen):
    """A fixture, and the summary that is held against it."""

    fixture: dict[str, JsonValue]
    """A golden fixture, as `/v1/schema?name=golden` has it; its path is only a name here."""
    summary: dict[str, JsonValue] | None = None
    """A summary of this service's contract; without it and ``summary_id`` the pair counts as 0."""
    summary_id: str | None = None
    """The id of a stored summary, in the place of ``summary``."""


class ComparisonRequest(Frozen):
    """Summaries to compare with golden fixtures, and the bars that they must reach."""

    pairs: list[ComparisonPair] = Field(min_length=1, max_length=MAX_PAIRS)
    """One for each article, at most 200."""
    min_f1: float | None = Field(default=None, ge=0, le=1)
    """Least F1 of items, over all pairs."""
    min_leaf_f1: float | None = Field(default=None, ge=0, le=1)
    """Least F1 of values, over all pairs."""
    max_critical: int | None = Field(default=None, ge=0)
    """Most critical errors."""
    baseline: dict[str, JsonValue] | None = None
    """An earlier answer: no article may be worse than in it."""


class ItemFilter(Frozen):
    """What items a list shall hold; filters that are not given let everything through."""

    country: CountryCode | None = None
    """ISO 3166-1 alpha-2 code, or EU, of an actor (in talks: of a participant)."""
    list: ListName | None = None
    """The list that the item stands in."""
    topic: Topic | None = None
    """The topic of a commitment, or one of a talk's."""
    product: str | None = Field(default=None, min_length=1, max_length=200)
    """A product of a chip policy, as named, in any case: H20."""
    status: ItemStatus | None = None
    """The item's status."""
    since: PartialDate | None = None
    """Items of that date or later. An item's date is the last day of its ``announced``, ``date``
    or ``effective`` (the first that it has), else of its article's ``published``, else the day
    on which it was read."""


class PageQuery(ItemFilter):
    """A page of a list, newest first."""

    limit: int = Field(default=50, ge=1, le=MAX_PAGE)
    """Most rows of the page, 1 to 500."""
    cursor: str | None = Field(default=None, max_length=200)
    """Where the page begins: ``next`` of the page before; left out for the first."""


class ListCounts(Frozen):
    """How many items each list of a summary has."""

    talks: int
    commitments: int
    tariffs: int
    chip_policies: int
    non_tariff_measures: int
    doubts: int


class SummaryRow(Frozen):
    """A summary in a list: enough to choose it by, without text and items."""

    id: str
    """The summary's id; the whole of it is at /v1/summaries/{id}."""
    title: str | None
    source: str | None
    url: str | None
    published: PartialDate | None
    language: str | None
    headline: str
    gist: str
    counts: ListCounts
    """Items in each list."""
    warnings: int
    """How many warnings it bears."""
    engine: str
    """The reader: ``llm`` or ``embedded``."""
    model: str
    """The model's name as the endpoint reports it."""
    created_at: AwareDatetime
    """When the reading was finished, UTC."""
    cost_usd: float | None
    """US dollars of the reading; null where the model's price is not known."""


class Origin(Frozen):
    """Where an item of a flat list comes from."""

    summary_id: str
    """The summary that it stands in."""
    article_title: str | None
    article_source: str | None
    """The outlet; the item's own ``source`` is its first speaker."""
    article_url: str | None
    article_published: PartialDate | None


class TalkRow(Talk, Origin):
    """A talk, with its summary."""

    list: Literal["talks"]


class CommitmentRow(Commitment, Origin):
    """A commitment, with its summary."""

    list: Literal["commitments"]


class TariffRow(Tariff, Origin):
    """A tariff, with its summary."""

    list: Literal["tariffs"]


class ChipPolicyRow(ChipPolicy, Origin):
    """A chip policy, with its summary."""

    list: Literal["chip_policies"]


class NonTariffMeasureRow(NonTariffMeasure, Origin):
    """A non-tariff measure, with its summary."""

    list: Literal["non_tariff_measures"]


class DoubtRow(Doubt, Origin):
    """A doubt, with its summary."""

    list: Literal["doubts"]


ItemRow = Annotated[
    TalkRow | CommitmentRow | TariffRow | ChipPolicyRow | NonTariffMeasureRow | DoubtRow,
    Field(discriminator="list"),
]
"""An item of any list as one flat row; ``list`` says which fields it has."""


class SummaryPage(Frozen):
    """A page of summaries, newest first."""

    items: list[SummaryRow]
    next: str | None
    """The cursor of the next page; null on the last."""


class ItemPage(Frozen):
    """A page of items, those of the newest summary first."""

    items: list[ItemRow]
    next: str | None
    """The cursor of the next page; null on the last."""


class ProblemKind(Frozen):
    """What the ``type`` of a problem stands for."""

    type: str
    """URI reference, as problems bear it."""
    title: str
    """The kind of problem in words."""
    status: int
    """The HTTP status code that comes with it."""
    description: str
    """When it occurs."""


class Health(Frozen):
    """That the process answers, or that it can do its work."""

    status: Literal["ok"]
    version: str
    """The service's version."""
