"""Comparisons: how a reading is told from what its golden fixture expects.

Owns the shape of a report, down to one field of one item. How items are paired and fields are
scored stands elsewhere; so does what a report looks like on a page.
"""

from typing import Literal

from pydantic import Field

from schemas.base import Frozen, ListName

COMPARISON_VERSION = "1"
"""Version of a report's shape; a report of another version is no baseline."""

Outcome = Literal["right", "wrong", "missing", "invented", "absent"]
"""``missing``: expected and not found. ``invented``: found and not expected. ``absent``:
rightly left open, neither expected nor found."""
ItemOutcome = Literal["right", "wrong", "missing", "invented", "optional"]
"""``right``: found without a critical error. ``wrong``: found with one. ``optional``: found, and
free to be missed; it counts nowhere."""
Severity = Literal["none", "cosmetic", "error", "critical"]
"""``cosmetic``: right, but written differently. ``critical``: what a reader would act on."""
DocumentStatus = Literal["compared", "missing", "failed"]
"""``missing``: there is no summary. ``failed``: the reading gave none. Both count as zero."""
CriticalKind = Literal["wrong_value", "forbidden_item", "ungrounded_item", "forbidden_text"]
"""``forbidden_text``: a string that the fixture rules out stands in a field."""


class Place(Frozen):
    """A slice of the article: ``text[start:end]``, half-open, in Unicode code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class LeafComparison(Frozen):
    """One value: of a field, or one entry of a field that is a list."""

    field: str
    """The field's name in the contract."""
    outcome: Outcome
    """What became of it."""
    severity: Severity
    """How bad that is."""
    expected: str | None
    """The golden value, as words; several right ones with "or" between them."""
    found: str | None
    """The value that was found, as words."""
    credit: float = Field(ge=0, le=1)
    """1 for a right value, 0.5 for one that is half right, else 0."""
    note: str | None
    """Why it is not, or not quite, right; null where the two values say it."""

    @property
    def is_error(self) -> bool:
        """Say whether it is worse than written differently."""
        return self.severity in ("error", "critical")


Leaves = list[LeafComparison]
Places = list[Place]


class ItemComparison(Frozen):
    """An expected item and the found one that it was paired with, or one that has no partner."""

    list: ListName
    """The list that it stands in."""
    outcome: ItemOutcome
    """What became of it."""
    name: str
    """What it is about, in one phrase: the expected statement, else the found one."""
    expected_position: int | None
    """Its place in the fixture's list, from 0; null where it was invented."""
    found_position: int | None
    """Its place in the summary's list, from 0; null where it is missing."""
    found_id: str | None
    """The id of the found item in its summary."""
    similarity: float | None
    """How alike the identities of the two are, 0 to 1; null without a partner."""
    leaves: Leaves
    """Its fields, in the contract's order."""
    expected_places: Places
    """Where the golden quotes stand."""
    found_places: Places
    """Where the found quotes stand, those that do not stand there left out."""


class CriticalError(Frozen):
    """An error that someone would act on, with all that is needed to look it up."""

    kind: CriticalKind
    list: ListName | None
    """The list of the item; null for a headline or gist."""
    item: str | None
    """What the item is about; null for a headline or gist."""
    found_id: str | None = None
    """The found item's id in its summary, where it has one."""
    field: str | None
    """The field that is wrong; null where the whole item is."""
    expected: str | None
    found: str | None
    note: str | None


class Score(Frozen):
    """Precision, recall and F1, and the counts that they are made of."""

    right: float = Field(ge=0)
    """Credit earned."""
    found: int = Field(ge=0)
    """What was claimed."""
    expected: int = Field(ge=0)
    """What was to be found."""
    precision: float | None
    """``right / found``; null where nothing was claimed."""
    recall: float | None
    """``right / expected``; null where nothing was expected."""
    f1: float
    """``2 right / (found + expected)``; 1 where there was nothing to find and nothing was."""


class Scores(Frozen):
    """Three ways of counting, each stricter or finer than the one before."""

    found: Score
    """Items that have a partner, whatever is wrong with them."""
    items: Score
    """Items that have a partner and no critical error."""
    leaves: Score
    """Values, those of items without a partner included."""


class ListScores(Scores):
    """The scores of one list."""

    list: ListName


class FieldAccuracy(Frozen):
    """What became of one field, over all items that have a partner."""

    list: ListName
    field: str
    right: int
    wrong: int
    missing: int
    invented: int
    absent: int
    accuracy: float
    """Share of right and rightly absent values."""


class DocumentComparison(Frozen):
    """One article's reading against its fixture."""

    article: str
    """Path of the article, as the fixture has it."""
    summary_id: str | None
    """The summary's id; null where there is none."""
    status: DocumentStatus
    reason: str | None
    """Why there is no summary, in one sentence."""
    scores: Scores
    lists: list[ListScores]
    """The six lists, in the contract's order."""
    items: list[ItemComparison]
    """List by list: expected items in the fixture's order, then those that were invented."""
    texts: list[LeafComparison]
    """Headline and gist, where the fixture gives them."""
    critical_errors: list[CriticalError]
    cosmetic: int = Field(ge=0)
    """Values that are right but written differently."""


class Comparison(Frozen):
    """A run: every fixture, and what the readings made of it."""

    comparison_version: str
    """Version of this shape."""
    schema_version: str
    """Version of the field contract that both sides are of."""
    documents: list[DocumentComparison]
    """One for each fixture, in the order of their articles."""
    scores: Scores
    """Over all documents: counts are added up, so that a long article weighs more."""
    mean_f1: float
    """The mean of the documents' item F1: each article weighs the same."""
    lists: list[ListScores]
    fields: list[FieldAccuracy]
    critical_errors: int = Field(ge=0)
    cosmetic: int = Field(ge=0)
    unread: int = Field(ge=0)
    """Fixtures without a summary; each counts as zero."""
    strays: list[str]
    """Summaries for which there is no fixture, by id; they count nowhere."""


class LeafChange(Frozen):
    """A value that became better or worse since the baseline."""

    list: ListName | None
    item: str | None
    field: str
    before: str
    """Outcome and value in the baseline, as words."""
    after: str
    """Outcome and value now, as words."""


class DocumentChange(Frozen):
    """What changed for one article since the baseline."""

    article: str
    is_worse: bool
    """Whether items or leaves score lower, or there are more critical errors."""
    summary: str
    """The scores before and after, in one sentence."""
    changes: list[LeafChange]
    """The values that changed, worse ones first."""


class Spread(Frozen):
    """A score over several repetitions."""

    name: str
    """Which score: ``items``, ``leaves``, ``found``, ``mean_f1`` or ``critical_errors``."""
    values: list[float]
    """One for each repetition, in order."""
    mean: float
    low: float | None
    """Lower end of the 95 % interval of the mean (Student's t), cut at what can be; null for one
    repetition."""
    high: float | None
    """Upper end of it."""


class ComparisonReport(Frozen):
    """A run, held against bars and a baseline."""

    comparison: Comparison
    """The run; of several repetitions the one with the lowest item F1."""
    shortfalls: list[str]
    """What falls short of a bar, one sentence each; empty where all are met."""
    changes: list[DocumentChange]
    """What changed since the baseline; empty without one."""
    repetitions: list[Spread]
    """How the scores vary; empty where the articles were read once."""
