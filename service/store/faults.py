"""What can go wrong with a database, in Readout's own errors.

Owns the sentences: the database, the reason and what to do, never SQL or parameters, which are
articles. Which code means what stands beside each database: ``sqlite_faults``,
``postgres_faults``.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from service.errors import StoreBusyError, StoreError


class Label(NamedTuple):
    """What a sentence says of the database itself."""

    name: str
    """Its path, or its address without user and password."""
    elsewhere: str
    """The advice where this one will not do."""


class Fault(NamedTuple):
    """What is wrong with a database, and what to do; ``{elsewhere}`` is the label's advice."""

    reason: str
    advice: str = "{elsewhere}"
    kind: type[StoreError] = StoreError


BUSY = Fault("another process holds it", "try again, or end that process", StoreBusyError)
ALL_TAKEN = Fault("all connections are taken", "try again", StoreBusyError)
READ_ONLY = Fault("it is read-only")
DENIED = Fault("access is denied")
DISK_FULL = Fault("the disk is full", "make room there, or {elsewhere}")
DISK_FAILS = Fault(
    "the disk cannot be read or written (I/O error)", "check the disk, or {elsewhere}"
)
DAMAGED = Fault("it is damaged", "restore it from a copy, or {elsewhere}")
MISSING_TABLES = Fault(
    "a table or column is missing", "if the database was replaced, start Readout again"
)
TOO_LARGE = Fault("a number is too large for it", "this is a fault of Readout's own: report it")
TOO_LONG = Fault("a value is too large for it", "shorten the article")
_UNREADABLE = Fault(
    "a reading or reply in it is damaged, or another version of Readout wrote it",
    "use that version, or remove it by `readout store prune`",
)


def describe(label: Label, fault: Fault) -> StoreError:
    """Return the error that says what is wrong with the database of ``label``."""
    advice = fault.advice.replace("{elsewhere}", label.elsewhere)
    return fault.kind(f"the database {label.name} does not work: {fault.reason}; {advice}")


@contextmanager
def translate_damage(label: Label) -> Iterator[None]:
    """Turn what unpacking and parsing of a stored value raise into a ``StoreError``."""
    try:
        yield
    except (zlib.error, ValueError) as error:
        raise describe(label, _UNREADABLE) from error
