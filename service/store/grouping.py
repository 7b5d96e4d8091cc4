"""Writes of one writer: those that wait are done together, in one transaction.

Owns the line of those who wait, and that each has its own outcome: what fails for one touches none
of the others. Knows no table, and not which database it is. To bring a transaction to the disk
costs more than what most of them write (group commit: DeWitt et al., 1984).
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

from sqlalchemy import Connection

from service.errors import StoreBusyError
from service.store.backend import Result, Work

MAX_TOGETHER = 16
"""Most that is done in one transaction: other processes wait for its end."""

Transact = Callable[[Work[Any]], Any]
"""Does work in a transaction of its own; what it returns is on disk."""


class _Waiting(NamedTuple):
    work: Work[Any]
    outcome: Future[Any]


class GroupWriter:
    """Does work in the order in which it came; may be asked from any thread."""

    def __init__(self, threads: ThreadPoolExecutor, transact: Transact) -> None:
        """Write in ``threads``, which is one; ``transact`` may do the same work a second time."""
        self._threads = threads
        self._transact = transact
        self._line: deque[_Waiting] = deque()

    def submit(self, work: Work[Result]) -> Future[Result]:
        """Return what will have the result of ``work``, once it is committed and on disk.

        ``work`` is called again where it was done beside another that failed.
        """
        outcome: Future[Result] = Future()
        self._line.append(_Waiting(work, outcome))
        # Whoever comes first does it for all; the others find nothing left.
        self._threads.submit(self._write_next)
        return outcome

    def _write_next(self) -> None:
        group = self._take_group()
        if len(group) == 1:
            self._write_alone(group[0])
        elif group:
            self._write_together(group)

    def _take_group(self) -> list[_Waiting]:
        taken: list[_Waiting] = []
        while self._line and len(taken) < MAX_TOGETHER:
            one = self._line.popleft()
            if one.outcome.set_running_or_notify_cancel():
                taken.append(one)
        return taken

    def _write_together(self, group: list[_Waiting]) -> None:
        def work_all(connection: Connection) -> list[Any]:
            return [one.work(connection) for one in group]

        try:
            results = self._transact(work_all)
        except StoreBusyError as error:
            # Nothing was begun, and each alone would wait for the lock as long again.
            _fail(group, error)
        except Exception:  # noqa: BLE001  # all of it was taken back: now each meets its own fate
            for one in group:
                self._write_alone(one)
        else:
            for one, result in zip(group, results, strict=True):
                one.outcome.set_result(result)

    def _write_alone(self, one: _Waiting) -> None:
        try:
            result = self._transact(one.work)
        except BaseException as error:  # noqa: BLE001  # it is raised where the outcome is awaited
            one.outcome.set_exception(error)
        else:
            one.outcome.set_result(result)


def _fail(group: list[_Waiting], error: StoreBusyError) -> None:
    """Tell each of ``group`` of ``error``, by an object of its own: tracebacks grow on them."""
    for one in group:
        told = type(error)(*error.args)
        told.__cause__ = error
        one.outcome.set_exception(told)
