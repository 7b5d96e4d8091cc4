"""OpenAI's Batch files: what was asked in one, what came back, and the reports on both.

Owns the shapes that pass between the files, the store and whoever prints. Knows neither the wire
format nor the tables.
"""

from pydantic import AwareDatetime, Field

from schemas.article import Article
from schemas.base import Frozen
from schemas.reading import PaidReply, ReadingRequest, Usage


class NamedArticle(Frozen):
    """An article, and what messages call it."""

    name: str
    """Where it was found, printable."""
    article: Article


class BatchLine(Frozen):
    """A request that was written to a file, and the articles that its answer is for."""

    request: ReadingRequest
    """Its key is the line's ``custom_id``."""
    articles: list[NamedArticle] = Field(min_length=1)
    """Several where they differ in ``source``, ``url`` or ``language`` alone; each once."""


class BatchAnswer(Frozen):
    """One line of an answer file, as far as it could be read."""

    key: str
    """Its ``custom_id``; anything, where the file is another program's."""
    digest: str
    """SHA-256 over the line's JSON, members sorted: the same line in two files is one answer."""
    reply: PaidReply | None
    """What the model said; null where the line is an error."""
    error: str | None
    """The error's JSON, verbatim but for blanks; null where there is a reply."""


class BatchFault(Frozen):
    """What became of an article that has no summary yet."""

    name: str
    """The article's name, or the file and line."""
    message: str
    """What was wrong, and what to do."""


class WrittenFile(Frozen):
    """One file of requests."""

    path: str
    lines: int = Field(ge=0)
    size_bytes: int = Field(ge=0)


class ExportReport(Frozen):
    """What an export wrote, and what it left out."""

    files: list[WrittenFile]
    articles: int
    """Articles that were looked at, unreadable ones included."""
    requests: int
    """Lines written; articles that share a key share a line."""
    reasks: int
    """Of those, how many send an earlier reply back."""
    already_read: int
    """Articles that are read already; their summaries are in the store."""
    waiting: int
    """Articles whose request is in a batch of which the answer was not imported yet."""
    faults: list[BatchFault]
    """Articles that could not be read, each with its reason."""


class ImportReport(Frozen):
    """What an import took in, and what is still to be asked."""

    lines: int
    """Lines of the files, blank ones left out."""
    replies: int
    """Replies that were taken into the books now."""
    errors: int
    """Errors that were noted now."""
    repeated: int
    """Lines that were imported before, or stand in the files twice."""
    broken: list[BatchFault]
    """Lines that are no answer, each with file, number and reason."""
    unknown: list[str]
    """Ids that this store did not export, printable; the first few."""
    unknown_count: int
    other_models: int
    """New replies that name another model than was asked."""
    summaries: int
    """Articles of the files that have a summary now, those that had one before included."""
    read_now: int
    """Readings that were made of the replies, or online."""
    waiting: int
    """Articles that wait for the answer of another batch already."""
    to_ask: int
    """Requests that have to be asked again: sent back, refused, cut, expired."""
    files: list[WrittenFile]
    """Where those requests stand; empty where none was asked for."""
    faults: list[BatchFault]
    """Articles without a summary, each with its reason."""
    usage: Usage
    """Tokens of the new replies."""
    cost_usd: float = Field(ge=0, allow_inf_nan=False)
    """US dollars of the new replies whose price is known, at the price of a batch."""
    unpriced: int
    """New replies whose price is not known."""


class BatchProgress(Frozen):
    """A batch as the endpoint tells it."""

    id: str
    state: str
    """The endpoint's own word: ``validating``, ``in_progress``, ``completed``, ``expired`` …"""
    total: int
    completed: int
    failed: int
    output_file: str | None
    """Id of the file of replies; null until there is one."""
    error_file: str | None
    """Id of the file of errors; null where there is none."""
    message: str | None
    """Why the whole batch failed, as codes and line numbers; null where it did not."""


class SubmittedBatch(Frozen):
    """A file of requests that was uploaded, and the batch that it became."""

    digest: str
    """SHA-256 over the file."""
    file: str
    """The file's name, printable."""
    upload: str
    """The uploaded file's id."""
    id: str | None
    """The batch's id; null where the upload succeeded and nothing after it."""
    state: str
    """The endpoint's word for it when it was last asked; ``uploaded`` before there was a batch."""
    submitted_at: AwareDatetime


ENDED_STATES = frozenset({"completed", "failed", "expired", "cancelled"})
"""After these the endpoint does no more."""
