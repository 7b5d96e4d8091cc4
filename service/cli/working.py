"""The command ``worker``: does the articles of batches that others have submitted.

Owns what it says, and what its interrupts mean.
"""

import asyncio

from rich.console import Console

from service.addresses import mask_postgres
from service.bootstrap import open_batch_workbench
from service.cli.interrupts import catch_interrupts
from service.cli.output import say
from service.cli.reader_notice import find_notice
from service.errors import EXIT_GOOD, EXIT_INTERRUPTED, StoreBusyError
from service.scaling import build_worker
from service.settings import Settings


def run(concurrency: int | None) -> int:
    """Work until told to stop; return the exit code.

    Raises ``SettingsError`` where the database is a file, ``StoreError`` where it cannot be used
    at the start, and what every article would meet.
    """
    settings = Settings.load()
    if concurrency is not None:
        settings = settings.model_copy(update={"concurrency": concurrency})
    console = Console(stderr=True, highlight=False)
    if notice := find_notice(settings):
        say(console, notice)
    return asyncio.run(_work(settings, console))


async def _work(settings: Settings, console: Console) -> int:
    with catch_interrupts(lambda sentence: say(console, sentence)) as interrupts:
        try:
            async with open_batch_workbench(settings) as workbench:

                def wait(error: StoreBusyError) -> None:
                    say(console, f"{error}; waiting for it")

                worker = build_worker(settings, workbench, wait)
                say(console, _announce(settings))
                await worker.run(settings.database_url, interrupts.stop)
        except asyncio.CancelledError:
            return EXIT_INTERRUPTED
    return EXIT_GOOD


def _announce(settings: Settings) -> str:
    return (
        f"takes articles from {mask_postgres(settings.database_url)}, up to "
        f"{settings.concurrency} at once; Ctrl-C ends it"
    )
