"""What a process beside the service does: what of an article takes CPU.

Owns the tasks that there are, and the frames in which the process is told of them: the length in
eight bytes, big-endian, then a pickle. It reads them from standard input until that ends, as it
does when the service is killed. Knows no store and no setting.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple, Protocol, TypeVar

from schemas.article import Article
from schemas.draft import Draft
from schemas.reading import Reading, ReadingRequest
from schemas.summary import Summary
from service.engines import Examined, Examiner, list_notices
from service.errors import DefectError, EmbeddedReaderError, ReadoutError
from service.prompting import build_article_request, load_examples
from service.showing import show_fault

HEAD_BYTES = 8
"""Bytes of a frame's length."""
_NICENESS = 10
"""By how much the process stands back for the service itself, which answers what is stored."""

Result_co = TypeVar("Result_co", covariant=True)


class Task(Protocol[Result_co]):
    """Something of an article that is to be worked out; it must be possible to pickle it."""

    @property
    def article(self) -> Article:
        """Return the article, which decides how long the task may take."""
        ...  # pragma: no cover

    def work_out(self) -> Result_co:
        """Return the result; raise a ``ReadoutError`` where there is none for this article."""
        ...  # pragma: no cover

    def make_error(self, fault: str) -> ReadoutError:
        """Return the error for a process that did what ``fault`` says in place of an answer."""
        ...  # pragma: no cover


class Done(NamedTuple):
    """What rules made of an article."""

    reading: Reading
    summary: Summary


class ReadingTask(NamedTuple):
    """An article that is to be read by rules."""

    request: ReadingRequest
    article: Article
    stands_in: bool
    """Whether the summary says that another reader should have read it."""

    def work_out(self) -> Done:
        """Return the reading and summary; raise ``EmbeddedReaderError`` where the rules fail."""
        # Where an LLM reads, nobody needs them: they take a second to load.
        from service.readers.embedded.reader import read_by_rules  # noqa: PLC0415  # see above

        examiner = Examiner(self.article)
        reading = read_by_rules(self.request, examiner)
        notices = list_notices(stands_in=self.stands_in)
        return Done(reading, examiner.derive(reading, self.article, notices))

    def make_error(self, fault: str) -> ReadoutError:
        """Return the error for a process of rules that did what ``fault`` says."""
        return EmbeddedReaderError(f"the embedded reader {fault}")


class ReviewTask(NamedTuple):
    """A draft that is to be held against its article."""

    article: Article
    draft: Draft

    def work_out(self) -> Examined:
        """Return what is found of the draft."""
        return Examiner(self.article).examine(self.draft)

    def make_error(self, fault: str) -> ReadoutError:
        """Return the error for a process that did what ``fault`` says while it checked a draft."""
        return DefectError(f"the check of the model's reply, which is kept, {fault}")


Outcome = Any
"""The result of a task, or a ``ReadoutError``: a failure of one article is a value, and the process
goes on."""


def write_frame(message: object) -> bytes:
    """Return the frame of ``message``."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return len(body).to_bytes(HEAD_BYTES) + body


def _read_frame(source: BinaryIO) -> bytes | None:
    """Return the body of the next frame, ``None`` where there is none, or no whole one."""
    head = source.read(HEAD_BYTES)
    if len(head) < HEAD_BYTES:
        return None
    length = int.from_bytes(head)
    body = source.read(length)
    return body if len(body) == length else None


def work_out(task: Task[object]) -> object:
    """Return the result of ``task``; raise what it raises."""
    return task.work_out()


def serve(
    source: BinaryIO, target: BinaryIO, work: Callable[[Task[object]], object] = work_out
) -> None:
    """Do ``work`` for each task that comes from ``source``, and tell its outcome to ``target``."""
    while (body := _read_frame(source)) is not None:
        target.write(write_frame(_try(work, pickle.loads(body))))  # noqa: S301  # from our own parent
        target.flush()


def _try(work: Callable[[Task[object]], object], task: Task[object]) -> Outcome:
    try:
        return work(task)
    except ReadoutError as error:
        return error
    except Exception as error:  # noqa: BLE001  # told as a value, see above
        return DefectError(
            f"Readout failed at this article ({show_fault(error)}); please report it"
        )


def _warm_up(*, reads: bool) -> None:
    """Do once what is slow the first time; a fault will be told with the articles."""
    example = load_examples()[0]
    article = Article(text=example.text, published=example.published)
    task: Task[object] = ReviewTask(article, Draft.model_validate(example.draft))
    if reads:
        from service.readers.embedded.reading import EMBEDDED_VERSION  # noqa: PLC0415  # see above

        request = build_article_request(article, EMBEDDED_VERSION)
        task = ReadingTask(request, article, stands_in=False)
    _try(work_out, task)


def main(*, reads: bool = True) -> None:
    """Serve until standard input ends, warmed up for reading by rules or for reviews only."""
    # Ctrl-C reaches all processes of a terminal, and the service finishes what is in flight.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)
    # Frames go where standard output went; what anything prints must not get between them.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as target:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        _warm_up(reads=reads)
        try:
            serve(sys.stdin.buffer, target)
        except BrokenPipeError:
            # Nobody is left to be told; nor would the file's own last flush find anyone.
            os._exit(0)
