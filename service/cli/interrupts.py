"""Ctrl-C, once and twice.

Owns what each means while a batch runs: the first lets what is in flight be finished, the second
does not wait for it.
"""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """How often the running task was asked to end."""

    def __init__(self, task: asyncio.Task[object], say: Callable[[str], None]) -> None:
        """Ask ``task`` to end, and ``say`` what comes next."""
        self.stop = asyncio.Event()
        self.count = 0
        self._task = task
        self._say = say

    def interrupt(self) -> None:
        """Stop beginning; where that was asked before, cancel."""
        self.count += 1
        self.stop.set()
        if self.count > 1:
            self._task.cancel()
        else:
            self._say("finishing what is in flight; Ctrl-C again stops at once")


@contextmanager
def catch_interrupts(say: Callable[[str], None]) -> Iterator[Interrupts]:
    """Yield what counts the interrupts of the task that runs, for as long as the context lasts."""
    task = asyncio.current_task()
    assert task is not None
    interrupts = Interrupts(task, say)
    loop = asyncio.get_running_loop()
    for sign in SIGNALS:
        loop.add_signal_handler(sign, interrupts.interrupt)
    try:
        yield interrupts
    finally:
        for sign in SIGNALS:
            loop.remove_signal_handler(sign)
