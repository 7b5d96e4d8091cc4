"""A batch: many articles, each a job, and what came of them.

Owns where a job's article stands, the states of a job, and the report on a batch. Knows neither
how jobs are kept nor who runs them.
"""

from typing import Literal

from pydantic import AwareDatetime, Field

from schemas.api import SummaryRequest
from schemas.base import Frozen
from schemas.problem import Problem
from schemas.reading import Usage
from schemas.summary import Summary

JobState = Literal["queued", "running", "done", "failed", "dead", "cancelled"]
"""``failed``: its article, or the reader, said why; ``dead``: whoever ran it died of it, as often
as a job is tried. ``queued`` and ``running`` are open."""
Origin = Literal["stored", "derived", "read"]
"""Whether a summary was stored, derived from a stored reading, or read for this job."""


class Source(Frozen):
    """Where an article stands, so that it can be opened later and by another process.

    Its sidecar, where it has one, is not named: it is the one that stands beside it then.
    """

    name: str
    """How it is shown and found in the output; unique in its batch, printable, in NFC."""
    kind: Literal["file", "member", "line", "inline"]
    """A file, a member of a ZIP, a line of a JSONL file, or an article that the job holds."""
    path: str
    """The file's absolute path, its bytes percent-encoded (RFC 3986); empty where it is inline."""
    member: str | None = None
    """The member's name in its ZIP."""
    start: int | None = Field(default=None, ge=0)
    """Byte at which the line begins."""
    length: int | None = Field(default=None, ge=0)
    """Bytes of the line, without its end."""
    stamp: str
    """Differs when the content may have changed since: of the size and time of a file, of the size
    and CRC of a member, both with those of its sidecar, of the bytes of a line."""


class ArticleLine(SummaryRequest):
    """A line of a JSONL file: an article, and how its sender calls it."""

    name: str | None = Field(default=None, max_length=500)
    """How it shall be shown and found in the output."""
    id: str | int | None = Field(default=None, union_mode="left_to_right")
    """The same, where ``name`` is not given."""


class JobCounts(Frozen):
    """How many jobs are in which state."""

    total: int
    queued: int
    running: int
    done: int
    failed: int
    dead: int
    cancelled: int
    hits: int
    """Of those done, how many cost nothing: stored, derived, or read by another job."""


class BatchReport(Frozen):
    """A batch, and how far it is."""

    id: str
    """32 hex digits."""
    state: Literal["listing", "open", "finished", "cancelled"]
    """``listing`` until all of its jobs are known; ``cancelled``: nothing more is begun, and what
    was running is finished all the same."""
    created_at: AwareDatetime
    finished_at: AwareDatetime | None
    """When its last job was; null while it is open."""
    counts: JobCounts
    usage: Usage
    """Tokens of what was read for it."""
    cost_usd: float = Field(ge=0, allow_inf_nan=False)
    """US dollars of those readings whose price is known."""
    unpriced: int
    """Readings whose price is not known."""
    waits_for: Problem | None = None
    """What keeps it from going on, as a wrong key does; it is tried again by itself."""


class BatchSummary(Frozen):
    """A line of a batch's results: an article that was summarized."""

    name: str
    """The article's name in the batch."""
    summary: Summary
    """As it is served."""


class BatchProblem(Frozen):
    """A line of a batch's results: an article that could not be summarized."""

    name: str
    """The article's name in the batch."""
    problem: Problem
    """Why."""


class Forecast(Frozen):
    """What a batch would come to."""

    articles: int = 0
    """Entries in all."""
    faults: int = 0
    """Entries that cannot be read."""
    hits: int = 0
    """Articles that cost nothing: they were read before, or stand in the batch already."""
    usage: Usage = Usage()
    """Tokens of the others, about; re-asks not reckoned."""
    cost_usd: float = 0.0
    """US dollars of those whose price is known."""
    unpriced: int = 0
    """Articles whose price is not known."""
