"""What the store holds and what was paid: the report of ``readout store``.

Owns the shapes of the report and of what a pruning removes. Knows nothing of tables.
"""

from pydantic import AwareDatetime, Field

from schemas.base import Frozen
from schemas.reading import Usage


class ModelCosts(Frozen):
    """What the calls to one model came to."""

    model: str
    """The model's name as the endpoint reports it."""
    calls: int
    """Replies that were paid for."""
    usage: Usage
    """Tokens of all of them."""
    cost_usd: float = Field(ge=0, allow_inf_nan=False)
    """US dollars of those whose price is known."""
    unpriced: int
    """Replies whose price is not known."""


class StoreReport(Frozen):
    """What the store holds, and what it cost."""

    database: str
    """Where it is, without a password."""
    size_bytes: int
    """Size on disk, journal included."""
    revision: str
    """Version of its schema."""
    readings: int
    summaries: int
    """Summaries, superseded ones included."""
    superseded: int
    """Summaries of articles that were read again since; not in the lists."""
    items: int
    """Items in the lists."""
    calls: int
    """Calls that were begun."""
    unanswered: int
    """Calls without a reply: failed, or cut off with the process."""
    unused: int
    """Replies that no reading could be made of."""
    pending: int
    """Replies from which a reading has still to be made: they are taken up when asked again."""
    oldest: AwareDatetime | None
    """When the oldest reading was finished; null where there is none."""
    newest: AwareDatetime | None
    costs: list[ModelCosts]
    """Model by model, the dearest first; what was pruned is still in here."""


class PruneReport(Frozen):
    """What a pruning removed, or would."""

    before: AwareDatetime
    """Everything read before this instant."""
    readings: int
    summaries: int
    items: int
    replies: int
    """Paid replies whose text was removed; what they cost stays in the books."""
    batches: int
    """Batches that had ended, with their jobs."""
    size_bytes: int
    """Size on disk afterwards."""
