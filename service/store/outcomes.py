"""What is told of a job: to whom lists it, does it, and collects its result.

Owns these shapes. Knows no table.
"""

from datetime import datetime
from typing import NamedTuple

from schemas.article import Article
from schemas.batch import JobState, Origin, Source
from schemas.problem import Problem
from schemas.reading import Usage


class NewJob(NamedTuple):
    """An article to be summarized."""

    source: Source
    article: Article | None = None
    """The article itself, where ``source`` is inline."""
    problem: Problem | None = None
    """Why there is nothing to summarize: the job has failed from the start."""


class Job(NamedTuple):
    """A job that a worker has taken."""

    seq: int
    source: Source
    article: Article | None
    attempts: int
    """How often it was begun, this time included."""


class Spent(NamedTuple):
    """What an attempt at a job has used."""

    usage: Usage = Usage()
    cost_usd: float | None = 0.0
    """US dollars; ``None`` where the model's price is not known."""


class Settlement(NamedTuple):
    """What came of a job."""

    seq: int
    state: JobState
    """``done`` or ``failed``."""
    summary_id: str | None = None
    origin: Origin | None = None
    problem: Problem | None = None
    spent: Spent = Spent()


class PutBack(NamedTuple):
    """A job that may go better later."""

    seq: int
    delay_s: float
    """Seconds after which it may be taken again."""
    spent: Spent = Spent()


class Released(NamedTuple):
    """A job that was taken in vain: the attempt does not count."""

    seq: int


Outcome = Settlement | PutBack | Released
"""How a worker comes to be rid of a job."""


class Delivery(NamedTuple):
    """A job that is settled, for whoever collects results."""

    seq: int
    name: str
    state: JobState
    summary_id: str | None
    problem: Problem | None
    origin: Origin | None
    spent: Spent
    settled_at: datetime | None = None
