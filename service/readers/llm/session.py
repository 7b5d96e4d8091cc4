"""One reading in progress: its messages, its attempts and the best draft so far.

Owns the state that instructor's loop does not keep for us. Made anew for every reading, never
shared. Instructor decides whether to ask again; what is sent and what counts is decided here.
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from openai.types.chat import ChatCompletion
from pydantic import JsonValue

from schemas.draft import Draft
from schemas.reading import Attempt, AttemptOutcome, Complaint, PaidReply, ReadingRequest, Usage
from service.readers.llm.salvage import NO_DRAFT, salvage_draft
from service.readers.llm.transport import Transport
from service.readers.llm.wire import (
    Body,
    build_body,
    build_reask_messages,
    count_usage,
    find_fault,
    find_finish_reason,
    find_reply,
)
from service.readers.protocol import KeepReply, Review

RenderReask = Callable[[Sequence[Complaint]], str]
"""Renders the text that sends a draft back."""


class Candidate(NamedTuple):
    """A draft that could be taken, with what is wrong with it."""

    draft: Draft
    model: str
    """The model that gave it, as the endpoint reports it."""
    discarded: list[Complaint]
    """What of the reply was not of the schema and is not in the draft."""
    complaint_count: int
    """Faults in all: what was discarded, and what the review found."""


class _Arrival(NamedTuple):
    """A completion that arrived, what it used and how long it took."""

    completion: ChatCompletion
    usage: Usage
    """Counted at once: instructor overwrites a completion's usage with its running total."""
    latency_ms: int


class ReadingSession:
    """The messages, attempts and candidates of one reading."""

    def __init__(
        self,
        request: ReadingRequest,
        *,
        review: Review,
        transport: Transport,
        render_reask: RenderReask,
        keep_reply: KeepReply,
    ) -> None:
        """Begin with no attempt made."""
        self.request = request
        self.attempts: list[Attempt] = []
        self.best: Candidate | None = None
        self._review = review
        self._transport = transport
        self._render_reask = render_reask
        self._keep_reply = keep_reply
        self._body = build_body(request)
        self._last: _Arrival | None = None
        self._previous: ChatCompletion | None = None

    async def ask(self) -> ChatCompletion:
        """Send the request, or send the last reply back; return the next completion.

        Raises ``ReaderError`` when the call fails or its reply cannot be parsed at all; a
        reply that arrived is kept before it is looked at.
        """
        self.close()
        body = self._build_next_body()
        started = time.monotonic()
        completion = await self._transport.send(body)
        latency_ms = round((time.monotonic() - started) * 1_000)
        self._last = _Arrival(completion, count_usage(completion), latency_ms)
        self._keep_reply(self._make_paid_reply(self._last))
        fault = find_fault(completion)
        if fault is not None:
            outcome, error = fault
            self._note(outcome, [])
            raise error
        return completion

    def judge(self, data: JsonValue) -> bool:
        """Say whether all of ``data`` holds as a draft; note what does not."""
        draft, discarded = salvage_draft(data)
        found = list(self._review(draft)) if draft is not None else []
        complaints = [*discarded, *found]
        if draft is None:
            self._note("invalid", complaints)
            return False
        self._note("complaints" if complaints else "accepted", complaints)
        if self.best is None or len(complaints) < self.best.complaint_count:
            model = self.attempts[-1].model
            self.best = Candidate(draft, model, discarded, len(complaints))
        return not complaints

    def close(self) -> None:
        """Note a last reply that was not even JSON; harmless where there is none."""
        if self._last is not None:
            self._note("invalid", [NO_DRAFT])

    def _build_next_body(self) -> Body:
        if self._previous is None:
            return self._body
        messages = self._body["messages"]
        assert isinstance(messages, list)
        reask = self._render_reask(self.attempts[-1].complaints)
        return {**self._body, "messages": build_reask_messages(messages, self._previous, reask)}

    def _note(self, outcome: AttemptOutcome, complaints: Sequence[Complaint]) -> None:
        """Turn the arrival into an attempt; each is noted once."""
        assert self._last is not None
        completion, usage, latency_ms = self._last
        self._previous, self._last = completion, None
        self.attempts.append(
            Attempt(
                outcome=outcome,
                reply=find_reply(completion),
                complaints=list(complaints),
                model=completion.model,
                usage=usage,
                latency_ms=latency_ms,
            )
        )

    def _make_paid_reply(self, arrival: _Arrival) -> PaidReply:
        completion = arrival.completion
        return PaidReply(
            key=self.request.key,
            model=completion.model,
            reply=find_reply(completion),
            finish_reason=find_finish_reason(completion),
            usage=arrival.usage,
            received_at=datetime.now(UTC),
        )
