"""The LLM reader: any OpenAI-compatible endpoint, strict schemas, re-asks that say why.

Owns the way through instructor. Instructor parses, validates and re-asks; the wrapper around
``create`` sends what prompting rendered, byte for byte, with one constant strict schema.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from instructor import Mode, Provider
from instructor.core import InstructorRetryException
from instructor.v2.core.errors import ResponseParsingError
from instructor.v2.core.patch import patch_v2
from instructor.v2.core.response_model import prepare_response_model
from openai.types.chat import ChatCompletion
from pydantic import (
    ConfigDict,
    RootModel,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from schemas.reading import Complaint, Reading, ReadingRequest
from service.errors import InvalidReplyError, ReaderError
from service.readers.llm.prices import add_costs, compute_cost_usd
from service.readers.llm.session import (
    Candidate,
    ReadingSession,
    RenderReask,
    Sender,
    SessionParts,
)
from service.readers.llm.wire import SCHEMA_NAME
from service.readers.protocol import Notify, OpenAccount, Reviewer, ignore_progress

ENGINE = "llm"
"""The reader's name in provenance."""

_MODES: Mapping[str, Mode] = {"json_schema": Mode.JSON_SCHEMA, "tools": Mode.TOOLS}


class DraftReply(RootModel[dict[str, Any]]):
    """The response model that instructor validates a reply with; judged by the session.

    ``Any``, and not JSON: instructor looks at all that a type is made of, four times a call.
    """

    model_config = ConfigDict(title=SCHEMA_NAME)

    @classmethod
    def model_json_schema(cls, *_args: object, **_kwargs: object) -> dict[str, Any]:
        """Return a constant: the schema that is sent is the request's own."""
        return {"title": SCHEMA_NAME, "type": "object", "properties": {}}

    @model_validator(mode="after")
    def _judge(self, info: ValidationInfo) -> "DraftReply":
        session: ReadingSession = (info.context or {})["session"]
        if not session.judge(self.root):
            # Neither the reply nor the article may stand in here: instructor logs it.
            raise ValueError("the draft does not hold")
        # Instructor walks what it returns for validators, of which there are none; nobody reads it.
        self.root.clear()
        return self


async def _ask(*, session: ReadingSession, **_ours_are_used_instead: object) -> ChatCompletion:
    return await session.ask()


class LlmReader:
    """Reads through a Chat Completions endpoint; safe to share between concurrent readings."""

    def __init__(
        self,
        transport: Sender,
        *,
        render_reask: RenderReask,
        open_account: OpenAccount,
        max_reasks: int,
        base_url: str | None = None,
    ) -> None:
        """Ask again at most ``max_reasks`` times; ``base_url`` decides the price table."""
        compute_cost = partial(compute_cost_usd, base_url=base_url)
        self._parts = SessionParts(transport, render_reask, compute_cost)
        self._open_account = open_account
        self._max_reasks = max_reasks
        # Prepared once: instructor would make a new class of it at every call.
        self._response_model = prepare_response_model(DraftReply)
        self._creates: dict[str, Callable[..., Awaitable[object]]] = {
            name: patch_v2(func=_ask, provider=Provider.OPENAI, mode=mode)
            for name, mode in _MODES.items()
        }

    async def read(
        self, request: ReadingRequest, reviewer: Reviewer, notify: Notify = ignore_progress
    ) -> Reading:
        """Return the reading for ``request``, after as many re-asks as are set and needed.

        Where drafts could be parsed, the one with the fewest complaints is taken, also when a
        later call fails: what was paid for is used. Raises a ``ReaderError`` that carries all
        attempts when no draft was to be had.
        """
        account = await self._open_account(request.key)
        session = ReadingSession(
            request, self._parts, reviewer=reviewer, account=account, notify=notify
        )
        failure = await self._converse(session)
        if session.best is None:
            assert failure is not None, "a reply that was judged is a candidate or invalid"
            failure.attempts = tuple(session.attempts)
            raise failure
        return self._make_reading(session, session.best, failure)

    async def _converse(self, session: ReadingSession) -> ReaderError | None:
        """Let instructor ask until a draft holds or its tries are spent; return what failed."""
        try:
            await self._creates[session.request.mode](
                response_model=self._response_model,
                # A context makes instructor render every message as a template; ours are not
                # handed to it at all, so that they arrive as they are.
                messages=[],
                context={"session": session},
                session=session,
                max_retries=self._max_reasks,
            )
        except InstructorRetryException as error:
            session.close()
            cause = error.__cause__
            if isinstance(cause, ReaderError):
                return cause
            if cause is not None and not isinstance(cause, (ValidationError, ResponseParsingError)):
                # A fault of our own, met while instructor held the thread: it is not the model's.
                raise cause from None
            if session.attempts[-1].outcome == "invalid":
                return InvalidReplyError(
                    "the model's last reply is no JSON object of the schema; "
                    "try again, or set READOUT_MODEL to a model that follows schemas"
                )
        return None

    def _make_reading(
        self, session: ReadingSession, best: Candidate, failure: ReaderError | None
    ) -> Reading:
        discarded = list(best.discarded)
        if failure is not None:
            discarded.append(Complaint(path="", message=f"asking again failed: {failure}"))
        return Reading(
            key=session.request.key,
            engine=ENGINE,
            model=best.model,
            prompt_version=session.request.prompt_version,
            draft=best.draft,
            discarded=discarded,
            attempts=session.attempts,
            cost_usd=add_costs(paid.cost_usd for paid in session.paid),
            created_at=session.paid[-1].received_at,
            latency_ms=sum(paid.latency_ms for paid in session.paid),
        )
