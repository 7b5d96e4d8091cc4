"""From files of answers to summaries, and to what has to be asked again.

Owns the two passes: every answer into the books, then every reading as far as it goes. Each can be
cut off and run again: an answer counts once, and a reading is made of what is in the books.
"""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from schemas.openai_batch import BatchAnswer, BatchFault, ImportReport
from service.openai_batch.answer_files import RawLine, read_answer, read_lines
from service.openai_batch.desk import BatchDesk
from service.openai_batch.request_files import RequestFiles
from service.openai_batch.settling import Outcome, Settling
from service.openai_batch.tallies import Tally
from service.store.openai_batch_lines import Taken

_COMMITTED_AT_ONCE = 200
"""Answers in one transaction."""
_SETTLED_AT_ONCE = 8
"""Readings that are worked on at the same time."""

Value = TypeVar("Value")


async def import_answers(
    paths: Sequence[Path], desk: BatchDesk, files: RequestFiles | None = None
) -> ImportReport:
    """Take in all answers of ``paths``, and make of them what can be made.

    What has to be asked again is written to ``files``, where that is given and the desk has no
    reader to ask at once. Raises ``OSError`` for a file that cannot be read or written, and
    ``StoreError``; what was taken in before stays.
    """
    tally = Tally()
    for some in _chunk(read_lines(paths), _COMMITTED_AT_ONCE):
        await _take(some, desk, tally)
    settling = Settling(desk)
    for keys in _chunk(iter(tally.keys), _SETTLED_AT_ONCE):
        outcomes = await asyncio.gather(*(settling.settle(key) for key in keys))
        for key, outcome in zip(keys, outcomes, strict=True):
            _note(key, outcome, tally, files)
    return tally.report(files.written if files else [])


def _chunk(values: Iterator[Value], size: int) -> Iterator[list[Value]]:
    while some := list(islice(values, size)):
        yield some


async def _take(lines: Sequence[RawLine], desk: BatchDesk, tally: Tally) -> None:
    def read() -> list[BatchAnswer | BatchFault]:
        return [read_answer(line, desk.compute_cost) for line in lines]

    found = await asyncio.to_thread(read)
    answers = [one for one in found if isinstance(one, BatchAnswer)]
    taken: list[Taken] = await desk.store.openai_batches.take(answers)
    tally.add_lines(len(lines), [one for one in found if isinstance(one, BatchFault)])
    for answer, what in zip(answers, taken, strict=True):
        tally.add_answer(answer, what)


def _note(key: str, outcome: Outcome, tally: Tally, files: RequestFiles | None) -> None:
    tally.add_outcome(key, outcome)
    if outcome.due is not None and files is not None:
        files.write(key, outcome.due.body)
