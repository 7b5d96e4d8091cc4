"""What takes CPU, beside the event loop: one piece after the other, in one thread.

Owns how much of the interpreter is left to the event loop, which must answer at once what is
stored already. Knows nothing of what is run.
"""

import asyncio
import gc
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import ParamSpec, Protocol, Self, TypeVar

SWITCH_INTERVAL_S = 0.0002
"""Seconds after which a thread that computes gives the interpreter to one that waits for it, the
event loop. Python's own 0.005 would be waited for several times a request: at each system call."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


class RunAside(Protocol):
    """Runs a function beside the event loop, as ``asyncio.to_thread`` does."""

    def __call__(
        self, function: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Awaitable[Result]:
        """Return what ``function`` returns, raise what it raises."""
        ...  # pragma: no cover


class CpuThread:
    """The one thread that computes, for one event loop; use it as a context manager.

    More of them would do no more at a time, since one interpreter runs one of them, but the
    event loop would have to wait for each in turn.
    """

    def __init__(self) -> None:
        """Begin with nothing to do; the thread starts with the first piece."""
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="readout-cpu")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # What nobody waits for any more need not be computed; what has begun must be let end.
        self._executor.shutdown(cancel_futures=True)

    async def run(
        self, function: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """Return what ``function`` returns once all that was asked for before is done."""
        work = partial(function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)


@contextmanager
def favour_event_loop() -> Iterator[None]:
    """Let the event loop of this process wait as little as can be, as long as this lasts.

    Threads give way to it sooner; and what is loaded by now is left out of garbage collections,
    which stop everything for as long as it takes to look through it.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        sys.setswitchinterval(before)
