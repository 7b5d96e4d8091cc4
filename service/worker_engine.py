"""What takes CPU beside the service: processes, each fed with one article at a time.

Owns the life of a process: it is started before it is needed, replaced when it has ended or
takes too long, and ended with the service; and what is done there: reading by rules, and the
review of drafts. What a process does with an article is ``service.worker``'s.
"""

import asyncio
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TypeVar

from schemas.article import Article
from schemas.draft import Draft
from schemas.reading import ReadingRequest
from schemas.summary import Summary
from service.engines import BuildRequest, Examiner, Made, derive_anew, list_notices
from service.errors import ReadoutError
from service.readers.protocol import Notify
from service.worker import HEAD_BYTES, Outcome, ReadingTask, ReviewTask, Task, write_frame

Result = TypeVar("Result")

LIMIT_S = 30.0
"""Seconds that an article may take, of up to 1,000 characters."""
_LIMIT_S_PER_CHAR = 0.001
"""Seconds for each character; some forty times what the rules need on a common machine."""


def name_command(*, reads: bool) -> tuple[str, ...]:
    """Return what the process runs, warmed up for reading by rules or for reviews only.

    That is no module of the working folder, whatever stands there, nor a module run as
    ``__main__``, whose classes would be others than ours.
    """
    return (sys.executable, "-P", "-c", f"from service.worker import main; main(reads={reads})")


class Worker:
    """The process, as the service sees it; for one event loop."""

    def __init__(self, command: Sequence[str], limit_s: float = LIMIT_S) -> None:
        """Begin with no process; it will run ``command``.

        ``limit_s`` is what a short article may take.
        """
        self._command = tuple(command)
        self._limit_s = limit_s
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._is_closed = False

    async def start(self) -> None:
        """Start the process; it gets ready by itself, and what is asked meanwhile waits."""
        async with self._turn:
            await self._find_process()

    async def work_out(self, task: Task[Result]) -> Result:
        """Return what the process makes of ``task``, once it is its turn.

        One that was killed is replaced, and the article tried once more. Raises what the process
        says, and the task's own error where it does not live to say it or takes too long.
        """
        async with self._turn:
            outcome = await self._ask(task) or await self._ask(task)
        if outcome is None:
            raise task.make_error("ended twice at this article; please report it")
        if isinstance(outcome, ReadoutError):
            raise outcome
        result: Result = outcome
        return result

    async def close(self) -> None:
        """End the process; whoever still waits for it is told so."""
        self._is_closed = True
        if self._process is not None:
            _kill(self._process)
        # Whoever was waiting for its answer has it ended, and gives the turn back.
        async with self._turn:
            await self._end()

    async def _find_process(self) -> Process:
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE
            )
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            await process.communicate()

    async def _ask(self, task: Task[object]) -> Outcome:
        """Return the outcome, ``None`` where the process ended without one."""
        if self._is_closed:
            raise task.make_error("was cut off, for the service is ending; send the article again")
        limit_s = self._limit_s + _LIMIT_S_PER_CHAR * len(task.article.text)
        process = await self._find_process()
        try:
            async with asyncio.timeout(limit_s):
                return await _exchange(process, task)
        except (asyncio.IncompleteReadError, ConnectionError):
            await self._end()
            return None
        except TimeoutError:
            await self._end()
            return task.make_error(
                f"took more than {limit_s:.0f} s for this article and was stopped; please report it"
            )
        except BaseException:
            # Cancelled in the middle of a frame: the next answer would be another article's.
            await self._end()
            raise


def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()


async def _exchange(process: Process, task: Task[object]) -> Outcome:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(write_frame(task))
    await process.stdin.drain()
    head = await process.stdout.readexactly(HEAD_BYTES)
    body = await process.stdout.readexactly(int.from_bytes(head))
    return pickle.loads(body)  # noqa: S301  # from our own child


class Workers:
    """Several workers, of which one that is free takes the next article; for one event loop."""

    def __init__(self, workers: Sequence[Worker]) -> None:
        """Begin with all ``workers`` free, the first to be asked first; who made them ends them."""
        # The last one that was busy comes first: its process is there, and warm.
        self._free: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        for worker in reversed(workers):
            self._free.put_nowait(worker)

    async def work_out(self, task: Task[Result]) -> Result:
        """Return what a worker makes of ``task``, as soon as one is free; raise what it raises."""
        worker = await self._free.get()
        try:
            return await worker.work_out(task)
        finally:
            self._free.put_nowait(worker)


@asynccontextmanager
async def open_workers(count: int, *, reads: bool = True) -> AsyncIterator[Workers]:
    """Yield ``count`` workers, warmed up for reading by rules or for reviews only.

    For reading one is starting, and each other does when it is needed: a single article needs no
    more. For reviews all are, since they get ready while the first replies are waited for.
    """
    async with AsyncExitStack() as stack:
        workers = []
        for number in range(count):
            worker = Worker(name_command(reads=reads))
            stack.push_async_callback(worker.close)
            workers.append(worker)
            if number == 0 or not reads:
                await worker.start()
        yield Workers(workers)


class WorkerExaminer(Examiner):
    """An examiner whose drafts are examined in the processes of workers."""

    def __init__(self, article: Article, workers: Workers) -> None:
        """Begin with nothing found."""
        super().__init__(article)
        self._workers = workers

    async def look_ahead(self, draft: Draft) -> None:
        """Have ``draft`` examined; raise ``DefectError`` where that fails."""
        self.note(draft, await self._workers.work_out(ReviewTask(self._article, draft)))


class WorkerEngine:
    """The embedded reader, with review and derivation, in a worker's process."""

    def __init__(
        self, workers: Workers, build_request: BuildRequest, *, stands_in: bool = False
    ) -> None:
        """Read in the processes of ``workers``."""
        self._workers = workers
        self.build_request = build_request
        self.stands_in = stands_in

    async def read(self, request: ReadingRequest, article: Article, _notify: Notify) -> Made:
        """Return the reading, whose summary is there already; raise ``EmbeddedReaderError``."""
        done = await self._workers.work_out(ReadingTask(request, article, self.stands_in))

        async def derive(other: Article) -> Summary:
            if other == article:
                return done.summary
            return await derive_anew(done.reading, other, list_notices(stands_in=self.stands_in))

        return Made(done.reading, derive)
