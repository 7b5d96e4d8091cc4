"""How far a run of a batch is, counted as its results are handed out.

Owns the sums. To have the store count its jobs takes longer the more there are, and would count
what earlier runs have paid; this does not.
"""

from datetime import datetime

from schemas.batch import BatchReport, JobCounts
from schemas.reading import Usage
from service.store.batches import BatchHandle
from service.store.outcomes import Delivery


class Tally:
    """The counts of one run, begun at ``created_at``, of a batch of ``total`` jobs."""

    def __init__(self, handle: BatchHandle, total: int, created_at: datetime) -> None:
        """Begin with nothing handed out."""
        self._handle = handle
        self._total = total
        self._created_at = created_at
        self._states = {"done": 0, "failed": 0, "dead": 0}
        self._hits = 0
        self._usage = Usage()
        self._cost_usd = 0.0
        self._unpriced = 0

    @property
    def spent_usd(self) -> float:
        """US dollars of what was read in this run and handed out, as far as prices are known."""
        return self._cost_usd

    def count(self, delivery: Delivery) -> None:
        """Count a result; what was settled before this run began, an earlier one has paid for."""
        self._states[delivery.state] += 1
        if delivery.settled_at is not None and delivery.settled_at < self._created_at:
            self._hits += delivery.state == "done"
            return
        self._hits += delivery.state == "done" and delivery.origin != "read"
        usage, cost_usd = delivery.spent
        self._usage += usage
        self._cost_usd += cost_usd or 0.0
        self._unpriced += cost_usd is None

    def report(self) -> BatchReport:
        """Return how far the batch is; what is not handed out counts as queued."""
        queued = self._total - sum(self._states.values())
        return BatchReport(
            id=self._handle.id,
            state="open" if queued else "finished",
            created_at=self._created_at,
            finished_at=None,
            counts=JobCounts(
                total=self._total,
                queued=queued,
                running=0,
                cancelled=0,
                hits=self._hits,
                **self._states,
            ),
            usage=self._usage,
            cost_usd=self._cost_usd,
            unpriced=self._unpriced,
        )
