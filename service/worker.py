"""What the embedded reader's own process does.

Owns the way of an article through that process, and the frames in which it is told of it: the
length in eight bytes, big-endian, then a pickle. It reads them from standard input until that ends,
as it does when the service is killed. Knows no store and no setting.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from schemas.article import Article
from schemas.reading import Reading, ReadingRequest
from schemas.summary import Summary
from service.engines import Examiner, list_notices
from service.errors import DefectError, ReadoutError
from service.prompting import build_article_request, load_examples
from service.readers.embedded.reader import name_fault, read_by_rules
from service.readers.embedded.reading import EMBEDDED_VERSION

HEAD_BYTES = 8
"""Bytes of a frame's length."""
_NICENESS = 10
"""By how much the process stands back for the service itself, which answers what is stored."""


class Task(NamedTuple):
    """An article that is to be read."""

    request: ReadingRequest
    article: Article
    stands_in: bool
    """Whether the summary says that another reader should have read it."""


class Done(NamedTuple):
    """What became of a task."""

    reading: Reading
    summary: Summary


Outcome = Done | ReadoutError
"""A failure of one article is a value: the process goes on."""


def work_out(task: Task) -> Done:
    """Return the reading and summary; raise ``EmbeddedReaderError`` where the rules fail."""
    examiner = Examiner(task.article)
    reading = read_by_rules(task.request, examiner.review)
    notices = list_notices(stands_in=task.stands_in)
    return Done(reading, examiner.derive(reading, task.article, notices))


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


def serve(source: BinaryIO, target: BinaryIO, work: Callable[[Task], Done] = work_out) -> None:
    """Do ``work`` for each task that comes from ``source``, and tell its outcome to ``target``."""
    while (body := _read_frame(source)) is not None:
        target.write(write_frame(_try(work, pickle.loads(body))))  # noqa: S301  # from our own parent
        target.flush()


def _try(work: Callable[[Task], Done], task: Task) -> Outcome:
    try:
        return work(task)
    except ReadoutError as error:
        return error
    except Exception as error:  # noqa: BLE001  # told as a value, see above
        return DefectError(
            f"Readout failed at this article ({name_fault(error)}); please report it"
        )


def _warm_up() -> None:
    """Do once what is slow the first time; a fault will be told with the articles."""
    example = load_examples()[0]
    article = Article(text=example.text, published=example.published)
    request = build_article_request(article, EMBEDDED_VERSION)
    _try(work_out, Task(request, article, stands_in=False))


def main() -> None:
    """Serve until standard input ends."""
    # Ctrl-C reaches all processes of a terminal, and the service finishes what is in flight.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)
    # Frames go where standard output went; what anything prints must not get between them.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as target:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        _warm_up()
        try:
            serve(sys.stdin.buffer, target)
        except BrokenPipeError:
            # Nobody is left to be told; nor would the file's own last flush find anyone.
            os._exit(0)
