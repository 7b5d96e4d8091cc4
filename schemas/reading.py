"""A reading: what was asked, what was answered, what it cost.

Owns the record of what was paid for. A summary can always be derived from it again; it knows
nothing of offsets, checks or how a summary looks.
"""

from typing import Literal

from pydantic import AwareDatetime, Field, JsonValue

from schemas.base import Frozen
from schemas.draft import Draft

AttemptOutcome = Literal[
    "accepted",
    "complaints",
    "invalid",
    "refusal",
    "truncated",
    "content_filter",
    "empty",
]
"""What became of one paid reply."""


class Usage(Frozen):
    """Tokens that the endpoint counted."""

    input_tokens: int = Field(default=0, ge=0)
    """Tokens of the prompt, cached ones included."""
    cached_input_tokens: int = Field(default=0, ge=0)
    """Tokens of the prompt that the provider's prompt cache held."""
    output_tokens: int = Field(default=0, ge=0)
    """Tokens of the reply, reasoning included."""

    def __add__(self, other: "Usage") -> "Usage":
        """Return the sum, field by field."""
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            cached_input_tokens=self.cached_input_tokens + other.cached_input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
        )


class Complaint(Frozen):
    """One thing in a draft that does not hold, as the reader is told it."""

    path: str
    """Where: ``commitments[0].due``, ``headline``, or empty for the whole reply."""
    message: str
    """What is wrong, with the value, and what to do."""


class Attempt(Frozen):
    """One call that reached the model, and its reply."""

    outcome: AttemptOutcome
    """What became of the reply."""
    reply: str | None
    """The reply's text, verbatim; null where there was none."""
    complaints: list[Complaint]
    """What was found wrong with it; empty when accepted."""
    model: str
    """The model's name as the endpoint reports it."""
    usage: Usage
    """Tokens of this call."""
    latency_ms: int = Field(ge=0)
    """Milliseconds from request to reply, waits between retries included."""


class PaidReply(Frozen):
    """A reply as it arrived, before anything was done with it."""

    key: str
    """The key of the request that it answers."""
    response: str
    """The completion, JSON of the Chat Completions API: what the model said, verbatim."""
    model: str
    """The model's name as the endpoint reports it."""
    usage: Usage
    """Tokens of the call."""
    cost_usd: float | None = Field(ge=0, allow_inf_nan=False)
    """US dollars of the call; null where the model's price is not known."""
    latency_ms: int = Field(ge=0)
    """Milliseconds from request to reply, waits between retries included."""
    received_at: AwareDatetime
    """When it arrived, UTC."""


class Progress(Frozen):
    """How far a reading is, for whoever waits for it."""

    stage: Literal["queued", "reading", "reasking"]
    """``queued`` until a place is free, ``reading`` once asked, ``reasking`` when sent back."""
    complaints: int = Field(default=0, ge=0)
    """What was found wrong with the last reply; 0 but for ``reasking``."""


class Message(Frozen):
    """One chat message, finished: it is sent byte for byte."""

    role: Literal["system", "user", "assistant", "tool"]
    content: str


class ReadingRequest(Frozen):
    """Everything that decides a reader's answer."""

    key: str
    """SHA-256 over all that follows, lower-case hex; never the API key."""
    messages: list[Message]
    """The finished messages; the first is the same for every article."""
    response_schema: dict[str, JsonValue]
    """The strict JSON Schema that the reply must follow."""
    model: str
    """The model that is asked."""
    engine: str
    """The reader and its version, ``llm/1``."""
    prompt_version: str
    """The prompt's file version."""
    mode: Literal["json_schema", "tools"]
    """How the schema is sent."""


class ReadPart(Frozen):
    """What became of one part of an article that was read in parts."""

    key: str
    """The key of the part's own reading."""
    start: int = Field(ge=0)
    """Offset of the part's first character in the article, in Unicode code points, inclusive."""
    end: int = Field(gt=0)
    """Offset behind its last character, exclusive."""
    draft: Draft | None
    """The draft that was taken of it; null where it could not be read."""
    discarded: list[Complaint]
    """What of the attempt that was taken was not of the schema."""
    outcomes: list[AttemptOutcome]
    """What became of its paid replies, in order; they are among the attempts of the reading."""
    failure: str | None
    """Why it could not be read; null where it was."""


class Reading(Frozen):
    """A reader's answer to one request: the draft that was taken, and every attempt.

    That to a long article is put together from the readings of its parts, which are readings by
    themselves.
    """

    key: str
    """The request's key."""
    engine: str
    """The reader, without its version: ``llm`` or ``embedded``."""
    model: str
    """The model's name as the endpoint reports it."""
    prompt_version: str
    """The prompt's file version."""
    draft: Draft
    """The draft of the attempt with the fewest complaints; of parts, theirs merged."""
    discarded: list[Complaint]
    """What of that attempt was not of the schema and is therefore not in the draft."""
    attempts: list[Attempt] = Field(min_length=1)
    """Every paid call, in order; part by part, those for parts that could not be read included."""
    cost_usd: float | None = Field(ge=0, allow_inf_nan=False)
    """US dollars over all attempts; null where the model's price is not known. Of parts, what
    those cost that were read."""
    created_at: AwareDatetime
    """When the last reply arrived, UTC."""
    latency_ms: int = Field(ge=0)
    """Milliseconds of all attempts together, waits between retries included; of parts, which are
    read side by side, those of the one that took longest."""
    parts: list[ReadPart] = Field(default=[])
    """The parts in which the article was read, in order; empty where it was read as a whole."""

    @property
    def is_partial(self) -> bool:
        """Say whether a part of the article could not be read."""
        return any(part.failure is not None for part in self.parts)

    @property
    def usage(self) -> Usage:
        """Tokens over all attempts."""
        return sum((attempt.usage for attempt in self.attempts), Usage())
