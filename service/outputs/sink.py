"""What takes results, and what may go wrong with it.

Owns the protocol of the formats and the sentences on a disk that is full. Knows no format.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from schemas.problem import Problem
from service.errors import OutputError
from service.showing import show_reason


class PipeClosedError(Exception):
    """Whoever read the output has left; that is no failure, and no reason to go on."""


class Sink(Protocol):
    """Takes the results of a batch, in any order.

    Each method raises ``OutputError`` where the system does not take what is written, and
    ``PipeClosedError`` where nobody reads on; what was written before stays whole.
    """

    def write(self, name: str, body: bytes) -> None:
        """Take the summary of the article ``name``: ``body``, its line of JSON as stored."""

    def fail(self, name: str, problem: Problem) -> None:
        """Take the problem that there was with the article ``name``."""

    def settle(self) -> None:
        """Let what was written take the place of what was there before; later calls do nothing."""

    def close(self) -> None:
        """Settle, and end. A second call does nothing."""

    def abandon(self) -> None:
        """End after a failure or an interruption: what is settled is closed properly and stays.

        What is not settled is removed, and what was there before stays. Raises nothing of its own.
        """


@contextmanager
def explain_faults(name: str) -> Iterator[None]:
    """Turn what the system says of ``name`` into ``OutputError`` or ``PipeClosedError``."""
    try:
        yield
    except BrokenPipeError as error:
        raise PipeClosedError from error
    except OSError as error:
        raise OutputError(
            f"{name} cannot be written: {show_reason(error)}; nothing that was read is lost, the "
            "database has it: make room or name another place, then run the same command again"
        ) from error
