"""One reading in progress: its messages, its attempts and the best draft so far.

Owns the state that instructor's loop does not keep for us. Made anew for every reading, never
shared. Instructor decides whether to ask again; what is sent and what counts is decided here.
"""

import json
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from openai.types.chat import ChatCompletion
from pydantic import JsonValue

from schemas.draft import Draft
from schemas.reading import (
    Attempt,
    AttemptOutcome,
    Complaint,
    PaidReply,
    Progress,
    ReadingRequest,
    Usage,
)
from service.readers.llm.salvage import NO_DRAFT, salvage_draft
from service.readers.llm.wire import (
    Body,
    Keep,
    build_body,
    build_reask_messages,
    count_usage,
    find_fault,
    find_reply,
)
from service.readers.protocol import Account, Notify, Reviewer

RenderReask = Callable[[Sequence[Complaint]], str]
"""Renders the text that sends a draft back."""
ComputeCost = Callable[[str, Usage], float | None]
"""Returns the US dollars of a call, from its model and tokens; ``None`` for not known."""


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
    """A completion that arrived, now or in an earlier process, and what was noted of it."""

    completion: ChatCompletion
    paid: PaidReply
    """Counted at once: instructor overwrites a completion's usage with its running total."""


class _Verdict(NamedTuple):
    """What was found of a reply's JSON."""

    data: JsonValue
    draft: Draft | None
    """The draft, or what of it is good; ``None`` when nothing can be used."""
    discarded: list[Complaint]
    complaints: list[Complaint]
    """What was discarded, then what the review found."""


class Sender(Protocol):
    """Makes one call, however often it must be tried, or says that it is not made here."""

    async def send(self, body: Body, keep: Keep) -> None:
        """Hand the completion for ``body`` to ``keep``; else raise a ``ReaderError``.

        No other call takes this one's place before ``keep`` is done; what it raises is raised.
        """
        ...  # pragma: no cover


class SessionParts(NamedTuple):
    """What every reading of one reader shares."""

    transport: Sender
    render_reask: RenderReask
    compute_cost: ComputeCost


class ReadingSession:
    """The messages, attempts and candidates of one reading."""

    def __init__(
        self,
        request: ReadingRequest,
        parts: SessionParts,
        *,
        reviewer: Reviewer,
        account: Account,
        notify: Notify,
    ) -> None:
        """Begin with no attempt made; replies that ``account`` recalls are taken up first."""
        self.request = request
        self.attempts: list[Attempt] = []
        self.paid: list[PaidReply] = []
        self.best: Candidate | None = None
        self._parts = parts
        self._reviewer = reviewer
        self._account = account
        self._notify = notify
        self._body = build_body(request)
        self._recalled = deque(account.recalled)
        self._last: _Arrival | None = None
        self._verdict: _Verdict | None = None
        self._previous: ChatCompletion | None = None

    async def ask(self) -> ChatCompletion:
        """Send the request, or send the last reply back; return the next completion.

        A reply that was paid for before and not used stands in for the call. Raises
        ``ReaderError`` when the call fails or its reply cannot be parsed at all, and
        ``StoreError`` when the books cannot be kept; a reply that arrived is kept before it
        is looked at.
        """
        self.close()
        self._last = self._take_up() if self._recalled else await self._call()
        completion = self._last.completion
        fault = find_fault(completion)
        if fault is not None:
            outcome, error = fault
            self._note(outcome, [])
            raise error
        self._verdict = await self._assess_ahead(completion)
        return completion

    def _take_up(self) -> _Arrival:
        paid = self._recalled.popleft()
        return _Arrival(ChatCompletion.model_validate_json(paid.response), paid)

    async def _call(self) -> _Arrival:
        body = self._build_next_body()
        await self._account.enter()
        started = time.monotonic()
        arrived: list[_Arrival] = []

        async def keep(completion: ChatCompletion) -> None:
            latency_ms = round((time.monotonic() - started) * 1_000)
            paid = self._make_paid_reply(completion, latency_ms)
            await self._account.keep(paid)
            arrived.append(_Arrival(completion, paid))

        await self._parts.transport.send(body, keep)
        (arrival,) = arrived
        return arrival

    def judge(self, data: JsonValue) -> bool:
        """Say whether all of ``data`` holds as a draft; note what does not."""
        verdict = self._verdict
        if verdict is None or verdict.data != data:
            verdict = self._assess(data)
        draft, discarded, complaints = verdict.draft, verdict.discarded, verdict.complaints
        if draft is None:
            self._note("invalid", complaints)
            return False
        self._note("complaints" if complaints else "accepted", complaints)
        if self.best is None or len(complaints) < self.best.complaint_count:
            model = self.attempts[-1].model
            self.best = Candidate(draft, model, discarded, len(complaints))
        return not complaints

    async def _assess_ahead(self, completion: ChatCompletion) -> _Verdict | None:
        """Assess the reply before instructor asks for the verdict at once.

        The review takes some ten milliseconds, in which nobody else would be served. What is JSON
        only for instructor, in a code block for instance, or nested without end, is left to it.
        """
        try:
            data = json.loads(find_reply(completion) or "")
        except (ValueError, RecursionError):
            return None
        try:
            draft, discarded = salvage_draft(data)
            if draft is not None:
                await self._reviewer.look_ahead(draft)
        except RecursionError:
            return None
        return self._conclude(data, draft, discarded)

    def _assess(self, data: JsonValue) -> _Verdict:
        return self._conclude(data, *salvage_draft(data))

    def _conclude(
        self, data: JsonValue, draft: Draft | None, discarded: list[Complaint]
    ) -> _Verdict:
        found = self._reviewer.review(draft) if draft is not None else []
        return _Verdict(data, draft, discarded, [*discarded, *found])

    def close(self) -> None:
        """Note a last reply that was not even JSON; harmless where there is none."""
        if self._last is not None:
            self._note("invalid", [NO_DRAFT])

    def _build_next_body(self) -> Body:
        if self._previous is None:
            return self._body
        messages = self._body["messages"]
        assert isinstance(messages, list)
        complaints = self.attempts[-1].complaints
        self._notify(Progress(stage="reasking", complaints=len(complaints)))
        reask = self._parts.render_reask(complaints)
        return {**self._body, "messages": build_reask_messages(messages, self._previous, reask)}

    def _note(self, outcome: AttemptOutcome, complaints: Sequence[Complaint]) -> None:
        """Turn the arrival into an attempt; each is noted once."""
        assert self._last is not None
        completion, paid = self._last
        self._previous, self._last = completion, None
        self.paid.append(paid)
        self.attempts.append(
            Attempt(
                outcome=outcome,
                reply=find_reply(completion),
                complaints=list(complaints),
                model=paid.model,
                usage=paid.usage,
                latency_ms=paid.latency_ms,
            )
        )

    def _make_paid_reply(self, completion: ChatCompletion, latency_ms: int) -> PaidReply:
        usage = count_usage(completion)
        return PaidReply(
            key=self.request.key,
            response=completion.model_dump_json(exclude_none=True),
            model=completion.model,
            usage=usage,
            cost_usd=self._parts.compute_cost(completion.model, usage),
            latency_ms=latency_ms,
            received_at=datetime.now(UTC),
        )
