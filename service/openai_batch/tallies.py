"""What an import has seen so far.

Owns the counting; decides nothing.
"""

from collections import Counter
from collections.abc import Sequence

from schemas.openai_batch import BatchAnswer, BatchFault, ImportReport, WrittenFile
from schemas.reading import PaidReply, Usage
from service.openai_batch.settling import Outcome
from service.showing import show
from service.store.openai_batch_lines import Taken

MAX_UNKNOWN_SHOWN = 10
"""Ids of others that are named; all are counted."""


class Tally:
    """Counts of one import; ``keys`` are those of our lines that it met, in order."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.keys: dict[str, None] = {}
        self._counts: Counter[str] = Counter()
        self._broken: list[BatchFault] = []
        self._unknown: list[str] = []
        self._faults: list[BatchFault] = []
        self._usage = Usage()
        self._cost_usd = 0.0
        self._models: dict[str, str] = {}

    def add_lines(self, count: int, broken: Sequence[BatchFault]) -> None:
        """Count lines, and keep what was wrong with those that are no answer."""
        self._counts["lines"] += count
        self._broken += broken

    def add_answer(self, answer: BatchAnswer, taken: Taken) -> None:
        """Count an answer by what became of it."""
        if taken == "unknown":
            self._counts["unknown_count"] += 1
            self._unknown += [show(answer.key)][: MAX_UNKNOWN_SHOWN - len(self._unknown)]
            return
        self.keys[answer.key] = None
        if taken == "known":
            self._counts["repeated"] += 1
        elif answer.reply is None:
            self._counts["errors"] += 1
        else:
            self._add_reply(answer.reply)

    def _add_reply(self, reply: PaidReply) -> None:
        self._counts["replies"] += 1
        self._counts["unpriced"] += reply.cost_usd is None
        self._usage += reply.usage
        self._cost_usd += reply.cost_usd or 0.0
        self._models[reply.key] = reply.model

    def add_outcome(self, key: str, outcome: Outcome) -> None:
        """Count what became of a reading."""
        self._counts["summaries"] += outcome.summaries
        self._counts["read_now"] += outcome.was_read
        self._counts["waiting"] += outcome.is_waiting
        self._counts["to_ask"] += outcome.due is not None
        self._faults += outcome.faults
        # An endpoint names a snapshot of what was asked for: "gpt-5-mini-2025-08-07".
        model = self._models.get(key)
        if model is not None and not model.startswith(outcome.model):
            self._counts["other_models"] += 1

    def report(self, files: Sequence[WrittenFile]) -> ImportReport:
        """Return all of it; ``files`` are those that were written."""
        names = (
            "lines", "replies", "errors", "repeated", "unknown_count", "other_models",
            "summaries", "read_now", "waiting", "to_ask", "unpriced",
        )  # fmt: skip
        return ImportReport(
            broken=self._broken,
            unknown=self._unknown,
            files=list(files),
            faults=self._faults,
            usage=self._usage,
            cost_usd=self._cost_usd,
            **{name: self._counts[name] for name in names},
        )
