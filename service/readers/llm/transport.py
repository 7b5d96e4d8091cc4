"""One call that reaches the endpoint, however often it must be tried.

Owns the client, the retries of transport, and the order in which a try waits: for a slot, then for
its turn. A reply that arrived is never asked for again here; what it says is not looked at.
"""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

import httpx2
import openai
from openai.types.chat import ChatCompletion
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_random_exponential

from schemas.base import Frozen
from service.errors import InvalidReplyError, ReaderTimeoutError, ReadoutError
from service.readers.llm.faults import (
    concerns_everybody,
    is_overload,
    is_transient,
    translate_fault,
)
from service.readers.llm.pacing import NoPace, estimate_tokens, suspend
from service.readers.llm.pauses import find_pause
from service.readers.llm.slots import Slot, Slots
from service.readers.llm.wire import Body, Keep, count_usage, normalise
from service.readers.protocol import Pace

Sleep = Callable[[float], Awaitable[None]]

_CHATTY_LOGGERS = ("instructor", "openai", "httpx2", "httpcore2")
"""Loggers that write articles, replies and addresses with keys."""
OPENAI_URL = "https://api.openai.com/v1"
"""Where calls go when no address is configured."""


class Endpoint(Frozen):
    """Where calls go, and how long they may take."""

    api_key: str | None
    """The key; ``None`` for an endpoint that asks for none."""
    base_url: str | None
    """Address with /v1; ``None`` is OpenAI's own."""
    timeout_s: float
    """Seconds for one try."""


class RetryPolicy(Frozen):
    """How often a call is tried, and how long is waited between."""

    max_tries: int = 5
    """Most tries of one call."""
    base_wait_s: float = 1.0
    """Seconds; the wait is drawn from 0 to this, doubled after each try (full jitter)."""
    max_wait_s: float = 60.0
    """Longest wait in seconds; an endpoint that asks for more is not waited for."""
    spread: float = 0.1
    """Most by which a wait that the endpoint asks for is stretched, as a share of it, so that
    callers who were turned away together do not come back together."""
    try_s: float
    """Seconds for one try, however slowly the answer drips."""
    deadline_s: float
    """Seconds for all tries of one call together and the waits between them; it measures the
    endpoint, so that waiting for a slot or a turn does not count."""


def silence_vendors() -> None:
    """Keep articles, replies and addresses with keys out of the logs."""
    for name in _CHATTY_LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def build_client(endpoint: Endpoint, *, max_connections: int = 64) -> openai.AsyncOpenAI:
    """Return the one client of a process: its own retries off, timeouts on the client."""
    silence_vendors()
    limits = httpx2.Limits(
        max_connections=max_connections,
        max_keepalive_connections=max_connections,
        keepalive_expiry=60.0,
    )
    return openai.AsyncOpenAI(
        api_key=endpoint.api_key or "none",
        # Said in full: left out, the SDK would read the environment, an empty variable included.
        base_url=endpoint.base_url or OPENAI_URL,
        timeout=endpoint.timeout_s,
        max_retries=0,
        http_client=openai.DefaultAioHttpClient(limits=limits, timeout=endpoint.timeout_s),
    )


class _Call(NamedTuple):
    """A call, for as long as it may take."""

    body: Body
    keep: Keep
    timer: asyncio.Timeout
    """Ends the call; suspended while it waits for anything but the endpoint."""


class Transport:
    """Sends bodies to an endpoint; safe to share between concurrent calls.

    At most as many are under way as were asked for, and fewer where the endpoint cannot bear them.
    """

    def __init__(
        self,
        client: openai.AsyncOpenAI,
        policy: RetryPolicy,
        *,
        pace: Pace | None = None,
        concurrency: int = 64,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """Send through ``client``, every try at its ``pace``; ``sleep`` is how it waits between."""
        # Looked up here and not at the first call: the SDK imports its resources for a second.
        self._completions = client.chat.completions
        self._policy = policy
        self._pace = pace or NoPace()
        self._slots = Slots(concurrency)
        self._sleep = sleep
        self._jitter = wait_random_exponential(multiplier=policy.base_wait_s, max=policy.max_wait_s)

    async def send(self, body: Body, keep: Keep) -> None:
        """Hand the endpoint's completion for ``body`` to ``keep``; else raise a ``ReaderError``.

        Tried again are timeouts, connection errors, 408, 409, 429 and 5xx, after the wait
        that the endpoint asks for, else a random one; never a refused key, request or quota, nor
        anything once there is a completion. Its slot is held until ``keep`` is done, so that no
        more replies can be lost than calls may be under way. Raises what ``keep`` raises, and
        ``StoreError`` where the pace cannot be looked up.
        """
        faults: list[BaseException] = []
        try:
            async with asyncio.timeout(self._policy.deadline_s) as timer:
                unkept = await self._retry(_Call(body, keep, timer), faults)
        except TimeoutError as error:
            if faults and isinstance(faults[-1], Exception):
                raise translate_fault(faults[-1]) from error
            raise ReaderTimeoutError(
                f"the LLM endpoint gave no answer within {self._policy.deadline_s:g} s, "
                "retries included; try again or raise READOUT_TIMEOUT_S"
            ) from error
        if unkept is not None:
            raise unkept

    async def _retry(self, call: _Call, faults: list[BaseException]) -> Exception | None:
        """Try until an answer arrives; ``faults`` collects what the failed tries raised.

        Returns what ``_try`` does.
        """

        async def note_fault(state: RetryCallState) -> None:
            if state.outcome and (fault := state.outcome.exception()):
                faults.append(fault)
                await self._cool_down(fault, state.upcoming_sleep, call.timer)

        # A new object for every call: one that is shared mixes up the tries of all of them.
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._policy.max_tries),
            retry=retry_if_exception(self._may_try_again),
            wait=self._decide_wait,
            sleep=self._sleep,
            before_sleep=note_fault,
            reraise=True,
        )
        tokens = estimate_tokens(call.body) if self._pace.counts_tokens else 0
        try:
            return await retrying(self._try, call, tokens)
        except ReadoutError:
            raise
        except Exception as error:
            await self._cool_down(error, self._policy.base_wait_s, call.timer)
            # Whatever the SDK raises becomes one of our typed errors: the last handler here.
            raise translate_fault(error) from error

    async def _try(self, call: _Call, tokens: int) -> Exception | None:
        """Make ``call`` once, when it is its turn, and tell slot and pace what came of it.

        What its ``keep`` raises is returned: it is no failed try, and not to be paid again.
        """
        async with self._hold_turn(tokens, call.timer) as slot:
            try:
                completion = await self._post(call.body)
            except Exception as error:
                if is_overload(error):
                    slot.note_overload()
                raise
            slot.note_good()
            self._settle(completion, tokens)
            try:
                with suspend(call.timer):
                    await call.keep(completion)
            except Exception as error:  # noqa: BLE001  # raised where nothing is tried again
                return error
        return None

    def _settle(self, completion: ChatCompletion, tokens: int) -> None:
        usage = count_usage(completion)
        if used := usage.input_tokens + usage.output_tokens:
            self._pace.settle(used - tokens)

    @asynccontextmanager
    async def _hold_turn(self, tokens: int, timer: asyncio.Timeout) -> AsyncIterator[Slot]:
        """Hold a slot while it is the call's turn: who has a turn must not wait any more."""
        with suspend(timer):
            slot = await self._slots.take()
        try:
            with suspend(timer):
                await self._pace.admit(tokens)
            yield slot
        finally:
            slot.free()

    async def _cool_down(
        self, error: BaseException, backoff_s: float, timer: asyncio.Timeout
    ) -> None:
        """Let all calls wait where ``error`` concerns them: as it says, else ``backoff_s``.

        What is longer than anybody waits is not passed on: everyone is told by the endpoint.
        """
        if concerns_everybody(error):
            pause = find_pause(error)
            seconds = backoff_s if pause is None else pause
            if seconds <= self._policy.max_wait_s:
                with suspend(timer):
                    await self._pace.cool_down(seconds)

    async def _post(self, body: Body) -> ChatCompletion:
        # `extra_body` goes out as it is; the typed parameters would be walked at every call.
        async with asyncio.timeout(self._policy.try_s):
            answer = await self._completions.create(
                model=str(body["model"]), messages=[], extra_body=body
            )
        completion = normalise(answer)
        if completion is None:
            raise InvalidReplyError("the endpoint's answer is no chat completion")
        return completion

    def _may_try_again(self, error: BaseException) -> bool:
        pause = find_pause(error)
        return is_transient(error) and (pause is None or pause <= self._policy.max_wait_s)

    def _decide_wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        pause = find_pause(error) if error else None
        if pause is None:
            return self._jitter(state)
        return pause * (1 + random.uniform(0, self._policy.spread))  # noqa: S311  # no secret
